//! The assignment tree as shown: parents before children, each with its limits.

use super::limits::{Limits, Running};
use super::list::uuid;
use super::model::{AnswerView, GroundView, NodeView, ObjectionView, RequestView, Viewer};
use super::view::Page;
use crate::attachments;
use kernel::permission::Permission;
use kernel::{MatterId, NodeId};
use matters_rules::{MatterKind, Node};
use platform::Failure;
use store::{Query, params};

/// The matter an assignment belongs to; whether the reader may know of it is another question.
///
/// # Errors
/// Whatever the store says.
pub fn matter_of(query: &mut dyn Query, node: NodeId) -> Result<Option<MatterId>, Failure> {
    let sql = "select matter from matter_node where node = $1";
    let row = query.query_one_opt(sql, &params![node.to_string()])?;
    row.map(|row| uuid(row.str(0)?)).transpose()
}

/// All nodes, depth first in the order of assignment.
pub(super) fn show(
    page: &Page<'_>,
    query: &mut dyn Query,
    limits: &mut Limits,
) -> Result<Vec<NodeView>, Failure> {
    let duty_titles = match page.matter.nodes.iter().any(|node| node.duty_item.is_some()) {
        true => network::duty_items(query)?.into_iter().map(|item| (item.code, item.title)).collect(),
        false => Vec::new(),
    };
    let mut shown = Vec::with_capacity(page.matter.nodes.len());
    for (node, depth) in in_order(page.matter) {
        let mut view = show_one(page, query, limits, node, depth)?;
        view.duty_item = node.duty_item.as_ref().map(|code| {
            let title = duty_titles.iter().find(|(known, _)| known == code).map(|(_, title)| title.clone());
            (code.clone(), title.unwrap_or_default())
        });
        shown.push(view);
    }
    Ok(shown)
}

fn in_order(matter: &matters_rules::Matter) -> Vec<(&Node, u8)> {
    let mut ordered = Vec::with_capacity(matter.nodes.len());
    let mut waiting: Vec<(&Node, u8)> = matter.children(None).map(|node| (node, 0)).collect();
    waiting.reverse();
    while let Some((node, depth)) = waiting.pop() {
        ordered.push((node, depth));
        let mut children: Vec<_> =
            matter.children(Some(node.id)).map(|child| (child, depth.saturating_add(1))).collect();
        children.reverse();
        waiting.extend(children);
    }
    ordered
}

fn show_one(
    page: &Page<'_>,
    query: &mut dyn Query,
    limits: &mut Limits,
    node: &Node,
    depth: u8,
) -> Result<NodeView, Failure> {
    let open = node.state.is_open();
    let is_relay = node.is_relay(page.matter);
    let parent_due =
        node.parent.and_then(|id| page.matter.node(id)).map(|parent| parent.limits.handling.due());
    let done = node.approved_submission_at.or(node.submitted_at);
    let signing = limits.plain(query, &node.limits.signing, Running::until(node.signed_at, open))?;
    let objecting = Running::until(node.objection.as_ref().map(|objection| objection.at), open);
    let objection_limit = match &node.limits.objection {
        Some(limit) => Some(limits.plain(query, limit, objecting)?),
        None => None,
    };
    let contact = match &node.limits.contact {
        Some(limit) => {
            Some(limits.plain(query, limit, Running::until(node.contacted_at, open && !is_relay))?)
        }
        None => None,
    };
    let handling = match node.paused {
        Some(_) => Running::Paused,
        None => Running::until(done, open),
    };
    let handling = limits.handling(query, &node.limits.handling, &node.pauses, parent_due, handling)?;
    let first_due = node.first_limits.handling.due();
    let for_staff = !page.eyes.appellant;
    Ok(NodeView {
        id: node.id,
        parent: node.parent,
        depth,
        from: page.units.name(&node.from),
        unit: page.units.name(&node.unit),
        role: node.role,
        state: node.state,
        is_relay,
        duty_item: None,
        instruction: if for_staff { page.opener.optional(node.instruction.as_ref())? } else { String::new() },
        assigned_at: node.assigned_at,
        signed_at: node.signed_at,
        contacted_at: node.contacted_at,
        contact_way: node.contact_way,
        submitted_at: node.submitted_at,
        approved_at: node.approved_at,
        returns: node.returns,
        signing,
        objection_limit,
        contact,
        first_due_at: (first_due != handling.due_at).then_some(first_due),
        handling,
        objection: if for_staff { objection(page, query, limits, node)? } else { None },
        ruled: node.ruled,
        request: if for_staff { request(page, query, node)? } else { None },
        paused: node.paused,
        report_at: node.report.as_ref().map(|limit| limit.due),
        pauses: node.pauses.clone(),
        answer: answer(page, node)?,
        attachments: match for_staff {
            true => attachments::list(query, page.app, page.opener.key.as_ref(), &node.attachments)?,
            false => Vec::new(),
        },
        duty_phone: match for_staff && open && limits.out_of_hours() {
            true => Some(network::duty_phone(query, &node.unit)?).filter(|phone| !phone.is_empty()),
            false => None,
        },
        mine: is_mine(page, node),
    })
}

fn objection(
    page: &Page<'_>,
    query: &mut dyn Query,
    limits: &mut Limits,
    node: &Node,
) -> Result<Option<ObjectionView>, Failure> {
    let Some(objection) = &node.objection else {
        return Ok(None);
    };
    let running = if objection.decided { Running::Over } else { Running::Yes };
    Ok(Some(ObjectionView {
        at: objection.at,
        ground: objection.ground.clone().map(GroundView::from),
        basis: page.opener.text(&objection.basis)?,
        suggests: objection.suggests.as_ref().map(|unit| page.units.name(unit)),
        decide: limits.plain(query, &objection.decide_limit, running)?,
        decided: objection.decided,
        beyond: page.beyond_own_limit(query, Permission::ObjectionDecide, Some(node.id))?,
    }))
}

fn request(page: &Page<'_>, query: &mut dyn Query, node: &Node) -> Result<Option<RequestView>, Failure> {
    let Some(request) = &node.request else {
        return Ok(None);
    };
    let beyond = page.beyond_own_limit(query, Permission::IntervalDecide, Some(node.id))?;
    Ok(Some(RequestView {
        kind: request.kind,
        span: request.span,
        until: request.until,
        at: request.at,
        ground: request.ground.clone().map(GroundView::from),
        reason: page.opener.text(&request.reason)?,
        beyond,
    }))
}

/// The answer went to the appellant when it was given, so they see it at once.
fn answer(page: &Page<'_>, node: &Node) -> Result<Option<AnswerView>, Failure> {
    let Some(answer) = &node.answer else {
        return Ok(None);
    };
    let (lacks, overridden) = super::evaluation::lacks(page, answer.check.as_ref())?;
    Ok(Some(AnswerView {
        at: answer.at,
        unit: Some(page.units.name(&node.unit)),
        text: page.opener.text(answer.text.text())?,
        way: (page.matter.kind == MatterKind::Appeal).then_some(answer.way),
        answered_at: Some(answer.answered_at),
        results: answer.results.iter().map(|result| (result.demand, result.outcome)).collect(),
        lacks,
        overridden,
    }))
}

fn is_mine(page: &Page<'_>, node: &Node) -> bool {
    let Viewer::Staff(person) = page.viewer else {
        return false;
    };
    page.units
        .facts
        .get(&node.unit)
        .is_some_and(|unit| person.grants.iter().any(|grant| grant.path.holds(&unit.path)))
}
