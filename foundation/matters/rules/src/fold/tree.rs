//! Folding the assignment tree: what each event does to the node it names.

use super::Step;
use crate::codes::{ContactWay, IntervalKind, NodeRole};
use crate::event::{Assigned, Event};
use crate::state::{ChildLimit, IntervalRequest, Matter, Node, NodeAnswer, NodeState, Objection, Phase};
use kernel::NodeId;
use kernel::time::Pause;

pub(super) fn apply(matter: &mut Matter, event: &Event, step: Step) {
    if let Event::Assigned(assigned) = event {
        assign(matter, assigned, step);
        return;
    }
    let Some(node) = concerned(event).and_then(|id| matter.nodes.iter_mut().find(|n| n.id == id)) else {
        return;
    };
    if is_work(event) {
        node.workers.extend(step.by);
        matter.handled_by.extend(step.by);
    }
    if is_work(event) || comes_back(event) {
        node.moved_at = Some(step.at);
    }
    match event {
        Event::Signed { .. } => {
            node.state = NodeState::Working;
            node.signed_at = Some(step.at);
            node.signed_by = step.by.account;
        }
        Event::Objected { ground, basis, suggests, decide_limit, .. } => {
            node.objection = Some(Objection {
                at: step.at,
                by: step.by,
                ground: ground.clone(),
                basis: basis.clone(),
                suggests: suggests.clone(),
                decide_limit: decide_limit.clone(),
                decided: false,
            });
            matter.objected.insert(node.unit.clone());
        }
        Event::Reassigned { .. } => {
            end(node, NodeState::Reassigned, step);
            matter.reassignments += 1;
        }
        Event::Succeeded { to, .. } => {
            let from = std::mem::replace(&mut node.unit, to.clone());
            node.held_before.push((from, step.at));
            let passed_on = Some(node.id);
            for part in matter.nodes.iter_mut().filter(|part| part.parent == passed_on) {
                part.from = to.clone();
            }
        }
        Event::ObjectionLapsed { .. } => settle_objection(node),
        Event::FinallyRuled { .. } => {
            settle_objection(node);
            node.ruled = true;
            node.limits.objection = None;
        }
        Event::Released { .. } => {
            end(node, NodeState::Released, step);
            let parent = node.parent;
            count_as_submitted(matter, parent, step);
        }
        Event::Contacted { way, .. } => contact(node, *way, step),
        Event::Progressed { report, .. } => {
            node.progress += 1;
            node.report.clone_from(report);
        }
        Event::IntervalRequested { kind, span, until, ground, reason, .. } => {
            node.request = Some(IntervalRequest {
                kind: *kind,
                span: *span,
                until: *until,
                by: step.by,
                at: step.at,
                ground: ground.clone(),
                reason: reason.clone(),
            });
        }
        Event::ExtensionGranted { limit, promise, .. } => {
            node.extended_by.extend(node.request.take().and_then(|request| request.span));
            node.extensions += 1;
            node.limits.handling = limit.clone();
            if promise.is_some() {
                matter.promise.clone_from(promise);
            }
        }
        Event::Paused { kind, until, report, .. } => {
            node.request = None;
            node.paused = Some((*kind, *until));
            node.pauses.push(Pause::open(step.at));
            node.report.clone_from(report);
        }
        Event::IntervalRefused { .. } => node.request = None,
        Event::Resumed { limit, first, .. } => {
            end_pause(node, step);
            node.limits.handling = limit.clone();
            node.first_limits.handling = first.clone();
        }
        Event::Answered { results, text, way, answered_at, .. } => {
            node.answer = Some(NodeAnswer {
                at: step.at,
                by: step.by,
                results: results.clone(),
                text: text.clone(),
                way: *way,
                answered_at: *answered_at,
                check: None,
            });
        }
        Event::AnswerChecked { check, .. } => {
            if let Some(answer) = &mut node.answer {
                answer.check = Some(check.clone());
            }
        }
        Event::Submitted { attachments, .. } => {
            node.state = NodeState::Submitted;
            node.submitted_at = Some(step.at);
            node.submitted_by = Some(step.by);
            node.attachments.extend(attachments);
            node.request = None;
        }
        Event::SignedOff { .. } => {
            node.state = NodeState::SignedOff;
            node.signed_off_by = step.by.account;
        }
        Event::SignOffRefused { .. } => take_back_submission(node),
        Event::Returned { .. } => {
            node.returns += 1;
            take_back_submission(node);
        }
        Event::Approved { .. } => {
            node.state = NodeState::Approved;
            node.approved_at = Some(step.at);
            node.approved_by = step.by.account;
            node.approved_submission_at = node.submitted_at;
            let parent = node.parent;
            count_as_submitted(matter, parent, step);
        }
        _ => {}
    }
}

/// The nodes that work again, each with its redo limit; first limits stay for statistics.
pub(super) fn redo(matter: &mut Matter, nodes: &[(NodeId, ChildLimit)], step: Step) {
    for (id, limit) in nodes {
        if let Some(node) = matter.nodes.iter_mut().find(|node| node.id == *id) {
            take_back_submission(node);
            node.limits.handling = limit.clone();
            node.answer = None;
            node.moved_at = Some(step.at);
            node.extended_by.clear();
        }
    }
}

fn assign(matter: &mut Matter, assigned: &Assigned, step: Step) {
    // Parents come first, so that the tree is one whatever a journal holds.
    let parent_known = assigned.parent.is_none_or(|parent| matter.node(parent).is_some());
    if matter.node(assigned.node).is_some() || !parent_known {
        return;
    }
    if matter.phase == Phase::Accepted {
        matter.phase = Phase::Assigned;
    }
    let assigned = assigned.clone();
    matter.nodes.push(Node {
        id: assigned.node,
        parent: assigned.parent,
        from: assigned.from,
        unit: assigned.unit,
        role: assigned.role,
        duty_item: assigned.duty_item,
        instruction: assigned.instruction,
        state: NodeState::Unsigned,
        assigned_at: step.at,
        assigned_by: step.by.account,
        first_limits: assigned.limits.clone(),
        limits: assigned.limits,
        signed_at: None,
        signed_by: None,
        objection: None,
        ruled: false,
        contacted_at: None,
        contact_way: None,
        contact_attempts: 0,
        progress: 0,
        report: None,
        request: None,
        extensions: 0,
        extended_by: Vec::new(),
        pauses: Vec::new(),
        paused: None,
        answer: None,
        submitted_at: None,
        submitted_by: None,
        attachments: Vec::new(),
        signed_off_by: None,
        approved_at: None,
        approved_by: None,
        approved_submission_at: None,
        ended_at: None,
        returns: 0,
        moved_at: None,
        workers: Default::default(),
        held_before: Vec::new(),
    });
}

fn concerned(event: &Event) -> Option<NodeId> {
    match event {
        Event::Signed { node }
        | Event::Objected { node, .. }
        | Event::Reassigned { node, .. }
        | Event::FinallyRuled { node, .. }
        | Event::ObjectionLapsed { node }
        | Event::Succeeded { node, .. }
        | Event::Released { node, .. }
        | Event::Contacted { node, .. }
        | Event::Progressed { node, .. }
        | Event::IntervalRequested { node, .. }
        | Event::ExtensionGranted { node, .. }
        | Event::Paused { node, .. }
        | Event::IntervalRefused { node, .. }
        | Event::Resumed { node, .. }
        | Event::Answered { node, .. }
        | Event::Submitted { node, .. }
        | Event::SignedOff { node, .. }
        | Event::SignOffRefused { node, .. }
        | Event::Returned { node, .. }
        | Event::Approved { node } => Some(*node),
        Event::AnswerChecked { node, .. } => *node,
        _ => None,
    }
}

/// What a unit's own people do for it. Reviewing, ruling and granting are the assigner's.
fn is_work(event: &Event) -> bool {
    matches!(
        event,
        Event::Signed { .. }
            | Event::Contacted { .. }
            | Event::Progressed { .. }
            | Event::IntervalRequested { .. }
            | Event::Answered { .. }
            | Event::Submitted { .. }
            | Event::SignedOff { .. }
    )
}

/// What puts the work before the unit again: from here on its silence counts anew.
fn comes_back(event: &Event) -> bool {
    matches!(
        event,
        Event::FinallyRuled { .. }
            | Event::ObjectionLapsed { .. }
            | Event::Resumed { .. }
            | Event::SignOffRefused { .. }
            | Event::Returned { .. }
    )
}

/// The first contact counts by when it was recorded; an attempt that reached nobody is none.
fn contact(node: &mut Node, way: ContactWay, step: Step) {
    if way == ContactWay::Unreachable {
        node.contact_attempts += 1;
    } else if node.contacted_at.is_none() {
        node.contacted_at = Some(step.at);
        node.contact_way = Some(way);
    }
}

fn take_back_submission(node: &mut Node) {
    node.state = NodeState::Working;
    node.submitted_at = None;
    node.submitted_by = None;
    node.signed_off_by = None;
    node.approved_at = None;
    node.approved_submission_at = None;
}

fn end(node: &mut Node, state: NodeState, step: Step) {
    settle_objection(node);
    end_pause(node, step);
    node.state = state;
    node.ended_at = Some(step.at);
    node.request = None;
}

fn settle_objection(node: &mut Node) {
    if let Some(objection) = &mut node.objection {
        objection.decided = true;
    }
}

fn end_pause(node: &mut Node, step: Step) {
    if let Some(pause) = node.pauses.last_mut().filter(|pause| pause.to.is_none()) {
        pause.to = Some(step.at);
    }
    if let Some((IntervalKind::Tracking, _)) = node.paused.take() {
        node.report = None;
    }
}

/// A unit that passed the matter on has submitted once all it passed on is approved; the
/// one whose decision completed it counts as the submitter.
fn count_as_submitted(matter: &mut Matter, parent: Option<NodeId>, step: Step) {
    let Some(parent) = parent else { return };
    if !matter.parts_approved(Some(parent)) {
        return;
    }
    if let Some(relay) = matter.nodes.iter_mut().find(|node| node.id == parent)
        && relay.state == NodeState::Working
    {
        relay.state = NodeState::SignedOff;
        relay.submitted_at = Some(step.at);
        relay.submitted_by = Some(step.by);
        relay.workers.extend(step.by);
        matter.handled_by.extend(step.by);
        end_pause(relay, step);
        relay.request = None;
    }
}

impl Node {
    /// Whether it is a part of the result: a lead or separate unit still in the tree.
    pub fn is_part(&self) -> bool {
        self.role != NodeRole::Co && !matches!(self.state, NodeState::Reassigned | NodeState::Released)
    }
}
