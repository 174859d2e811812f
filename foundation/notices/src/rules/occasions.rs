//! Which event of a matter is news to whom.

use kernel::permission::Role;
use kernel::{NodeId, UnitId};
use matters::configuration::NoticeKind;
use matters_rules::{Addressee, Event, Finding, Matter, Node, NodeRole, Phase, authority};

/// Who is to be told, before anyone looks up who that is today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The one who filed it.
    Appellant,
    /// Those of a unit who hold one of these roles there.
    Unit {
        /// Which.
        unit: UnitId,
        /// As what.
        roles: &'static [Role],
    },
    /// Whoever answers in the county for what a unit does: its platform; of a unit of the
    /// city, the office that assigned it.
    County {
        /// Whose work it is.
        unit: UnitId,
        /// Who assigned it.
        from: UnitId,
    },
    /// Those above an office who hold one of these roles.
    Above {
        /// The office.
        office: UnitId,
        /// As what.
        roles: &'static [Role],
    },
}

/// A reason to tell somebody something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// What for.
    pub kind: NoticeKind,
    /// Whom.
    pub to: Audience,
    /// The assignment it is about.
    pub node: Option<NodeId>,
}

/// Who signs and answers for a unit.
pub const DESK: &[Role] = &[Role::UnitLiaison];
/// The same and whoever answers for them.
pub const DESK_AND_HEAD: &[Role] = &[Role::UnitLiaison, Role::UnitHead];
const HEAD: &[Role] = &[Role::UnitHead];
/// Who assigns for the office, and answers for it.
pub const OFFICE: &[Role] = &[Role::Dispatcher, Role::ShiftHead];
const REVIEWERS: &[Role] = &[Role::Intake, Role::ShiftHead];
const LEADERS: &[Role] = &[Role::Leader];
/// Who decides on what is beyond the limits of everybody else.
const LAST: &[Role] = &[authority::LAST];
const CALLERS: &[Role] = &[Role::CallBack];
/// Those of the office who may sit on a panel.
const PANEL: &[Role] = &[Role::Quality, Role::ShiftHead];

/// Everyone to whom that event of this matter is news. `matter` is the state after it.
pub fn occasions(matter: &Matter, event: &Event) -> Vec<Occasion> {
    use Event as E;
    use NoticeKind as K;
    let about = Of { matter };
    match event {
        E::Filed(_) => vec![about.appellant(K::Receipt)],
        E::Accepted(_) => vec![about.appellant(K::Accepted)],
        E::CompletionAsked { .. } => vec![about.appellant(K::Completion)],
        E::Declined => vec![about.appellant(K::Declined)],
        E::ExtensionGranted { node, promise, .. } => {
            let told = promise.is_some().then(|| about.appellant(K::Extended));
            told.into_iter().chain(about.unit(*node, K::IntervalDecided, DESK)).collect()
        }
        E::Paused { node, .. } => {
            let unit = about.unit(*node, K::IntervalDecided, DESK);
            std::iter::once(about.appellant(K::Extended)).chain(unit).collect()
        }
        E::IntervalRefused { node, .. } => about.unit(*node, K::IntervalDecided, DESK),
        E::Messaged { to_appellant: true, .. } => vec![about.appellant(K::Message)],
        E::Messaged { to_appellant: false, .. } | E::MaterialAdded { .. } => about.whoever_works(K::Reply),
        E::AnsweredDirectly { .. } | E::ResultApproved { .. } | E::MasterFollowed { .. } => {
            std::iter::once(about.appellant(K::Answered)).chain(about.office(K::CallBack, CALLERS)).collect()
        }
        E::Closed { .. } => vec![about.appellant(K::Closed)],
        E::Assigned(assigned) => about.unit(assigned.node, K::Assigned, DESK),
        // Taken over from a unit that was closed, it is as new to its successor.
        E::Succeeded { node, .. } => about.unit(*node, K::Assigned, DESK),
        E::Objected { node, goes_up, .. } => about.asked(*node, K::Objected, *goes_up),
        E::Reassigned { node, .. } | E::FinallyRuled { node, .. } => {
            about.unit(*node, K::ObjectionDecided, DESK)
        }
        E::IntervalRequested { node, goes_up, .. } => about.asked(*node, K::IntervalAsked, *goes_up),
        E::Submitted { node, .. } => about.unit(*node, K::Submitted, HEAD),
        E::SignedOff { node, .. } => about.above(*node, K::Submitted),
        E::SignOffRefused { node, .. } | E::Returned { node, .. } => about.unit(*node, K::Returned, DESK),
        E::RedoOrdered { nodes, .. } => {
            nodes.iter().flat_map(|(node, _)| about.unit(*node, K::Redo, DESK_AND_HEAD)).collect()
        }
        E::Contested { .. } | E::RedoAsked { .. } => about.office(K::RedoAsked, CALLERS),
        E::Supervised(taken) => match (taken.node, taken.to) {
            (Some(node), Addressee::Unit) => about.unit(node, K::Supervised, DESK_AND_HEAD),
            (Some(node), Addressee::UnitHead) => about.unit(node, K::Supervised, HEAD),
            (Some(node), Addressee::County) => about.county(node, K::Supervised),
            (Some(node), Addressee::Leader) => about.over_the_office(Some(node), K::Supervised, LEADERS),
            (None, Addressee::Leader) => about.over_the_office(None, K::Supervised, LEADERS),
            (None, _) => about.office(K::Supervised, OFFICE),
        },
        E::ExclusionClaimed { node, .. } => {
            let claim = about.office(K::ExclusionAsked, PANEL);
            claim.into_iter().map(|occasion| Occasion { node: Some(*node), ..occasion }).collect()
        }
        E::ExclusionGranted | E::ExclusionRefused { .. } => match matter.exclusions.last() {
            Some(claim) => about.unit(claim.node, K::ExclusionDecided, DESK_AND_HEAD),
            None => Vec::new(),
        },
        E::Rechecked { finding: Finding::False | Finding::Incomplete, .. } => {
            about.office(K::FoundWrong, CALLERS)
        }
        E::Withdrawn { .. } => about.all_units(K::Withdrawn),
        E::PressureReported { .. } => about.office(K::Pressure, &[Role::ShiftHead]),
        _ => Vec::new(),
    }
}

struct Of<'a> {
    matter: &'a Matter,
}

impl Of<'_> {
    fn appellant(&self, kind: NoticeKind) -> Occasion {
        Occasion { kind, to: Audience::Appellant, node: None }
    }

    fn office(&self, kind: NoticeKind, roles: &'static [Role]) -> Vec<Occasion> {
        let unit = self.matter.office.iter().cloned();
        unit.map(|unit| Occasion { kind, to: Audience::Unit { unit, roles }, node: None }).collect()
    }

    fn unit(&self, node: NodeId, kind: NoticeKind, roles: &'static [Role]) -> Vec<Occasion> {
        let node = self.matter.node(node).into_iter();
        node.map(|node| to_unit(node, node.unit.clone(), kind, roles)).collect()
    }

    /// Whoever assigned it: the office, or the unit that passed it on.
    fn above(&self, node: NodeId, kind: NoticeKind) -> Vec<Occasion> {
        let node = self.matter.node(node).into_iter();
        let roles = |node: &Node| if node.parent.is_none() { OFFICE } else { DESK_AND_HEAD };
        node.map(|node| to_unit(node, node.from.clone(), kind, roles(node))).collect()
    }

    /// Whoever assigned it, and, where it is more than they may grant, who decides on it.
    fn asked(&self, node: NodeId, kind: NoticeKind, goes_up: bool) -> Vec<Occasion> {
        let last = goes_up.then(|| self.over_the_office(Some(node), kind, LAST));
        self.above(node, kind).into_iter().chain(last.into_iter().flatten()).collect()
    }

    fn county(&self, node: NodeId, kind: NoticeKind) -> Vec<Occasion> {
        let node = self.matter.node(node).into_iter();
        let to = |node: &Node| Audience::County { unit: node.unit.clone(), from: node.from.clone() };
        node.map(|node| Occasion { kind, to: to(node), node: Some(node.id) }).collect()
    }

    fn over_the_office(
        &self,
        node: Option<NodeId>,
        kind: NoticeKind,
        roles: &'static [Role],
    ) -> Vec<Occasion> {
        let office = self.matter.office.iter().cloned();
        office.map(|office| Occasion { kind, to: Audience::Above { office, roles }, node }).collect()
    }

    /// The units at work; where there are none, whoever reviews it.
    fn whoever_works(&self, kind: NoticeKind) -> Vec<Occasion> {
        match self.matter.phase {
            Phase::Assigned | Phase::Redo => {
                let at_work = self.matter.nodes.iter().filter(|node| {
                    let passed_on = self.matter.children(Some(node.id)).any(|child| child.state.is_open());
                    node.state.is_open() && node.role != NodeRole::Co && !passed_on
                });
                at_work.map(|node| to_unit(node, node.unit.clone(), kind, DESK)).collect()
            }
            _ => self.office(kind, REVIEWERS),
        }
    }

    fn all_units(&self, kind: NoticeKind) -> Vec<Occasion> {
        let nodes = self.matter.nodes.iter();
        nodes.map(|node| to_unit(node, node.unit.clone(), kind, DESK)).collect()
    }
}

fn to_unit(node: &Node, unit: UnitId, kind: NoticeKind, roles: &'static [Role]) -> Occasion {
    Occasion { kind, to: Audience::Unit { unit, roles }, node: Some(node.id) }
}
