//! One matter as of a moment, and the cells it is counted in.

use super::cell::Cell;
use super::facts::{Deadline, Fact, FactKind, Traits};
use super::fold::Query;
use crate::codes::{ClosingType, Grade, NodeRole, Solved};
use kernel::time::Instant;
use kernel::{NodeId, UnitId};
use std::collections::BTreeMap;

/// How often a matter counts in each cell: once at most, but for assignments.
pub type Tally = BTreeMap<Cell, u64>;

/// What the facts up to a moment add up to. Facts that make no sense (an end before
/// acceptance, a second end) change nothing that is counted.
#[derive(Default)]
pub(super) struct Life<'a> {
    moment: Instant,
    office: Option<&'a UnitId>,
    traits: Option<&'a Traits>,
    received_at: Option<Instant>,
    accepted_at: Option<Instant>,
    declined_at: Option<Instant>,
    left_at: Option<Instant>,
    answered_at: Option<Instant>,
    merged: bool,
    ended: Option<(Instant, ClosingType)>,
    reopened_at: Option<Instant>,
    result: bool,
    redone: bool,
    rating: Option<(Solved, Grade)>,
    excluded: bool,
    nodes: Vec<NodeLife<'a>>,
}

struct NodeLife<'a> {
    id: NodeId,
    parent: Option<NodeId>,
    unit: &'a UnitId,
    role: NodeRole,
    assigned_at: Instant,
    sign_by: Instant,
    contact_by: Option<Instant>,
    first: Deadline,
    limit: Deadline,
    signed_at: Option<Instant>,
    contacted_at: Option<Instant>,
    submitted_at: Option<Instant>,
    approved: Option<Instant>,
    ended_at: Option<Instant>,
    reassigned: bool,
    paused_at: Option<Instant>,
    objected: bool,
    extended: bool,
}

#[derive(PartialEq, Eq)]
enum Lateness {
    InTime,
    ChargedToParent,
    Late,
}

impl<'a> Life<'a> {
    /// Folds the facts of one matter, those dated before `moment` (which is 24:00 of a day).
    pub(super) fn at(facts: &'a [Fact], moment: Instant) -> Self {
        let mut counted: Vec<&Fact> = facts.iter().filter(|fact| fact.at < moment).collect();
        counted.sort_by_key(|fact| fact.at);
        let mut life = Self { moment, ..Self::default() };
        for fact in counted {
            life.take(fact.at, &fact.kind);
        }
        life
    }

    /// Judges limits as of `now` instead of the end of the day.
    pub(super) fn judged_at(mut self, now: Instant) -> Self {
        self.moment = self.moment.min(now);
        self
    }

    fn take(&mut self, at: Instant, kind: &'a FactKind) {
        match kind {
            FactKind::Received { office } => {
                self.office.get_or_insert(office);
                self.received_at.get_or_insert(at);
            }
            FactKind::Described(traits) => self.traits = Some(traits),
            FactKind::Accepted { .. } => _ = self.accepted_at.get_or_insert(at),
            FactKind::Declined => _ = self.declined_at.get_or_insert(at),
            FactKind::LeftEarly => _ = self.left_at.get_or_insert(at),
            FactKind::AnsweredDirectly => _ = self.answered_at.get_or_insert(at),
            FactKind::ResultGiven => self.result = true,
            FactKind::Merged => self.merged = true,
            FactKind::MergeUndone => self.merged = false,
            FactKind::Ended { closing } => _ = self.ended.get_or_insert((at, *closing)),
            FactKind::Reopened => {
                if self.ended.take().is_some() {
                    self.reopened_at.get_or_insert(at);
                }
            }
            FactKind::RedoOrdered { .. } => self.redone = true,
            FactKind::Rated { solved, grade, .. } => {
                self.rating = Some((*solved, *grade));
                self.excluded = false;
            }
            FactKind::RatingExcluded => self.excluded = true,
            FactKind::NodeAssigned { node, parent, unit, role, sign_by, contact_by, limit } => {
                if self.node(*node).is_none() {
                    self.nodes.push(NodeLife {
                        id: *node,
                        parent: *parent,
                        unit,
                        role: *role,
                        assigned_at: at,
                        sign_by: *sign_by,
                        contact_by: *contact_by,
                        first: *limit,
                        limit: *limit,
                        signed_at: None,
                        contacted_at: None,
                        submitted_at: None,
                        approved: None,
                        ended_at: None,
                        reassigned: false,
                        paused_at: None,
                        objected: false,
                        extended: false,
                    });
                }
            }
            FactKind::NodeSucceeded { node, unit } => self.change(*node, |n| n.unit = unit),
            FactKind::NodeSigned { node } => self.change(*node, |n| _ = n.signed_at.get_or_insert(at)),
            FactKind::NodeContacted { node } => self.change(*node, |n| _ = n.contacted_at.get_or_insert(at)),
            FactKind::NodeSubmitted { node } => self.change(*node, |n| n.submitted_at = Some(at)),
            FactKind::NodeTakenBack { node } => self.change(*node, |n| {
                n.submitted_at = None;
                n.approved = None;
            }),
            FactKind::NodeApproved { node, submitted_at } => {
                self.change(*node, |n| n.approved = Some(*submitted_at));
            }
            FactKind::NodeEnded { node, reassigned } => self.change(*node, |n| {
                n.ended_at.get_or_insert(at);
                n.reassigned = *reassigned;
            }),
            FactKind::NodeLimit { node, first, limit } => self.change(*node, |n| {
                n.first = *first;
                n.limit = *limit;
            }),
            FactKind::NodePaused { node } => self.change(*node, |n| _ = n.paused_at.get_or_insert(at)),
            FactKind::NodeResumed { node } => self.change(*node, |n| n.paused_at = None),
            FactKind::NodeObjected { node } => self.change(*node, |n| n.objected = true),
            FactKind::NodeExtended { node } => self.change(*node, |n| n.extended = true),
        }
    }

    fn node(&mut self, id: NodeId) -> Option<&mut NodeLife<'a>> {
        self.nodes.iter_mut().find(|node| node.id == id)
    }

    fn change(&mut self, id: NodeId, f: impl FnOnce(&mut NodeLife<'a>)) {
        if let Some(node) = self.node(id) {
            f(node);
        }
    }

    fn is_open(&self) -> bool {
        self.accepted_at.is_some() && self.ended.is_none()
    }

    /// Whether the matter concerns one of the units: received by it, or assigned to it.
    fn concerns(&self, query: &Query) -> bool {
        self.office.is_some_and(|office| query.includes(office))
            || self.nodes.iter().any(|node| query.includes(node.unit))
    }

    /// The cells it counts in; none before it is received.
    pub(super) fn tally(&self, query: &Query, at_start: Option<&Life<'_>>) -> Tally {
        let mut tally = Tally::new();
        if self.received_at.is_none() || !self.concerns(query) {
            return tally;
        }
        tally.insert(Cell::Received, 1);
        tally.insert(self.review_cell(), 1);
        if self.accepted_at.is_some() {
            self.accepted_cells(query, &mut tally);
        }
        if let Some(start) = at_start {
            self.period_cells(start, &mut tally);
        }
        for node in self.nodes.iter().filter(|node| query.includes(node.unit)) {
            self.node_cells(node, &mut tally);
        }
        tally
    }

    /// The assignments each unit had, in the cells of assignments.
    pub(super) fn tally_by_unit(&self, query: &Query) -> Vec<(&'a UnitId, Tally)> {
        let mut units: BTreeMap<&UnitId, Tally> = BTreeMap::new();
        if self.received_at.is_some() {
            for node in self.nodes.iter().filter(|node| query.includes(node.unit)) {
                self.node_cells(node, units.entry(node.unit).or_default());
            }
        }
        units.into_iter().collect()
    }

    /// What it is about, as far as it was known at the moment.
    pub(super) fn traits(&self) -> Option<&'a Traits> {
        self.traits
    }

    /// How it was closed, where it is.
    pub(super) fn closing(&self) -> Option<ClosingType> {
        self.ended.filter(|_| self.accepted_at.is_some()).map(|(_, closing)| closing)
    }

    /// received = accepted + declined + left before acceptance + pending.
    fn review_cell(&self) -> Cell {
        if self.accepted_at.is_some() {
            Cell::Accepted
        } else if self.declined_at.is_some() {
            Cell::Declined
        } else if self.left_at.is_some() {
            Cell::LeftBeforeAcceptance
        } else {
            Cell::Pending
        }
    }

    /// accepted = answered directly + assigned + unassigned + merged + left before
    /// assignment. Once assigned is assigned, also when merged or withdrawn later.
    fn disposal_cell(&self) -> Cell {
        if !self.nodes.is_empty() {
            Cell::Assigned
        } else if self.merged {
            Cell::Merged
        } else if self.answered_at.is_some() {
            Cell::AnsweredDirectly
        } else if self.ended.is_some() {
            Cell::LeftBeforeAssignment
        } else {
            Cell::Unassigned
        }
    }

    fn accepted_cells(&self, query: &Query, tally: &mut Tally) {
        let disposal = self.disposal_cell();
        tally.insert(disposal, 1);
        if self.result || self.redone {
            tally.insert(Cell::ResultGiven, 1);
        }
        if self.redone {
            tally.insert(Cell::Redone, 1);
        }
        let Some((_, closing)) = self.ended else {
            tally.insert(Cell::Open, 1);
            return;
        };
        tally.insert(Cell::Closed, 1);
        tally.insert(Cell::ClosedAs(closing), 1);
        if disposal == Cell::Assigned {
            tally.insert(Cell::ClosedOfAssigned, 1);
        }
        if let Some((solved, grade)) = self.rating {
            let satisfied = grade.is_satisfied(query.fairly_satisfied_counts);
            let counts = [
                (Cell::Rated, true),
                (Cell::Solved, solved == Solved::Yes),
                (Cell::Satisfied, satisfied),
                (Cell::RatedAfterExclusions, !self.excluded),
                (Cell::SatisfiedAfterExclusions, satisfied && !self.excluded),
            ];
            tally.extend(counts.into_iter().filter(|(_, holds)| *holds).map(|(cell, _)| (cell, 1)));
        }
    }

    /// carried over + accepted + reopened = closed in the period + open at its end.
    fn period_cells(&self, start: &Life<'_>, tally: &mut Tally) {
        let within = |at: Option<Instant>| at.is_some_and(|at| at >= start.moment);
        let accepted_before = start.accepted_at.is_some();
        let closed_before = accepted_before && start.ended.is_some();
        let closed_at = self.ended.filter(|_| self.accepted_at.is_some()).map(|(at, _)| at);
        let not_accepted = self.accepted_at.is_none();
        let first_assigned = self.nodes.first().map(|node| node.assigned_at);
        let reopened = closed_before && (self.is_open() || within(closed_at));
        let counts = [
            (Cell::CarriedOver, start.is_open()),
            (Cell::PeriodReceived, within(self.received_at)),
            (Cell::PeriodDeclined, not_accepted && within(self.declined_at)),
            (Cell::PeriodAccepted, within(self.accepted_at)),
            (Cell::PeriodAssigned, self.accepted_at.is_some() && within(first_assigned)),
            (Cell::PeriodAnsweredDirectly, self.accepted_at.is_some() && within(self.answered_at)),
            (
                Cell::PeriodClosed,
                within(closed_at) || (self.is_accepted_after_its_end(start) && closed_at.is_some()),
            ),
            (Cell::PeriodReopened, reopened),
        ];
        tally.extend(counts.into_iter().filter(|(_, holds)| *holds).map(|(cell, _)| (cell, 1)));
    }

    /// An end recorded before an acceptance counts from the acceptance on.
    fn is_accepted_after_its_end(&self, start: &Life<'_>) -> bool {
        start.accepted_at.is_none() && self.accepted_at.is_some()
    }

    /// assignments = finished + open + ended; and what the rates about them need.
    fn node_cells(&self, node: &NodeLife<'_>, tally: &mut Tally) {
        let mut add = |cell: Cell, holds: bool| {
            if holds {
                *tally.entry(cell).or_default() += 1;
            }
        };
        let finished = node.is_finished();
        let open = node.is_open();
        add(Cell::Assignments, true);
        add(Cell::AssignmentsFinished, finished);
        add(Cell::AssignmentsOpen, open);
        add(Cell::AssignmentsEnded, !finished && !open);
        add(Cell::AssignmentsObjected, node.objected);
        add(Cell::AssignmentsReassigned, node.reassigned);
        add(Cell::AssignmentsExtended, node.extended);

        let until = node.ended_at.unwrap_or(self.moment);
        add(Cell::SigningDue, node.signed_at.is_some() || until > node.sign_by);
        add(Cell::SignedInTime, node.signed_at.is_some_and(|at| at <= node.sign_by));
        if let Some(contact_by) = node.contact_by.filter(|_| !self.is_relay(node)) {
            add(Cell::ContactDue, node.contacted_at.is_some() || until > contact_by);
            add(Cell::ContactedInTime, node.contacted_at.is_some_and(|at| at <= contact_by));
        }

        let late_first = self.is_late(node, |node| node.first);
        let late = self.is_late(node, |node| node.limit);
        let counts = |late: bool| finished || (!node.reassigned && late);
        add(Cell::FirstLimitDue, counts(late_first));
        add(Cell::OnTime, finished && !late_first);
        add(Cell::ExtendedLimitDue, counts(late));
        add(Cell::OnTimeExtended, finished && !late);
        add(Cell::AssignmentsOverdue, open && late);
    }

    /// Passed on to a unit below, which contacts the appellant in its stead.
    fn is_relay(&self, node: &NodeLife<'_>) -> bool {
        self.nodes.iter().any(|child| {
            child.parent == Some(node.id) && child.role != NodeRole::Co && child.ended_at.is_none()
        })
    }

    /// Late by its own delay, or by having passed a part on so late that the part's limit
    /// was cut and overrun within the cut.
    fn is_late(&self, node: &NodeLife<'_>, limit: fn(&NodeLife<'_>) -> Deadline) -> bool {
        node.lateness(limit(node), self.moment) == Lateness::Late
            || self.nodes.iter().any(|child| {
                child.parent == Some(node.id)
                    && child.ended_at.is_none()
                    && child.lateness(limit(child), self.moment) == Lateness::ChargedToParent
            })
    }
}

impl NodeLife<'_> {
    fn is_finished(&self) -> bool {
        self.approved.is_some() && self.ended_at.is_none()
    }

    fn is_open(&self) -> bool {
        self.approved.is_none() && self.ended_at.is_none()
    }

    /// Judged by the approved submission, else by one that awaits approval, else by when
    /// it ended or its clock stopped, else by the moment.
    fn lateness(&self, limit: Deadline, moment: Instant) -> Lateness {
        let at = self.approved.or(self.submitted_at).or(self.ended_at).or(self.paused_at).unwrap_or(moment);
        if at <= limit.due {
            Lateness::InTime
        } else if at <= limit.fair {
            Lateness::ChargedToParent
        } else {
            Lateness::Late
        }
    }
}
