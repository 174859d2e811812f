//! The rows of assignments and of the units that have to do with them.

use super::now;
use matters_rules::state::NodeState;
use matters_rules::{Matter, Node};
use store::{Query, StoreError, Tx, params};

/// Writes the assignments that changed.
pub(super) fn write(tx: &mut Tx, id: &str, before: &Matter, after: &Matter) -> Result<(), StoreError> {
    for node in &after.nodes {
        let old = before.node(node.id);
        let row = Row::of(after, node);
        if old.is_none() {
            insert(tx, id, node, &row)?;
        } else if old.map(|old| Row::of(before, old)) != Some(row.clone()) {
            update(tx, node, &row)?;
        }
        if old.is_some_and(|old| (&old.unit, &old.from) != (&node.unit, &node.from)) {
            succeed(tx, node)?;
        }
        let was = old.map(|old| old.state);
        if was != Some(node.state) {
            parties(tx, id, node, was)?;
        }
    }
    Ok(())
}

/// A unit moved in the tree: the paths copied from it and from those below follow.
pub(super) fn follow_unit(tx: &mut Tx, code: &str) -> Result<(), StoreError> {
    let Some(row) = tx.query_one_opt("select path from unit where code = $1", &params![code])? else {
        return Ok(());
    };
    let path = row.text(0)?;
    let until = network::upper_bound(&path);
    for (table, unit, column) in COPIES {
        tx.execute_later(
            &format!(
                "update {table} set {column} = (select path from unit where code = {table}.{unit}) \
                 where {unit} in (select code from unit where path >= $1 and path < $2)"
            ),
            params![&path, &until],
        )?;
    }
    Ok(())
}

/// Where unit paths are copied to.
const COPIES: [(&str, &str, &str); 5] = [
    ("matter", "office", "office_path"),
    ("matter", "complained_unit", "complained_path"),
    ("matter_node", "unit", "unit_path"),
    ("matter_node", "from_unit", "from_path"),
    ("matter_party", "unit", "unit_path"),
];

/// What of an assignment's row can change.
#[derive(Clone, PartialEq)]
struct Row {
    state: &'static str,
    relay: bool,
    objected: bool,
    request: Option<&'static str>,
    paused: Option<&'static str>,
    next: now::Next,
    node: [Option<kernel::time::Instant>; 3],
    /// When its unit's next report is due, and when an open objection is to be decided.
    waits: [Option<kernel::time::Instant>; 2],
    moved_at: kernel::time::Instant,
    counts: [i64; 2],
    signing: now::Next,
}

impl Row {
    fn of(matter: &Matter, node: &Node) -> Self {
        Self {
            state: node.state.code(),
            relay: node.is_relay(matter),
            objected: node.objection.as_ref().is_some_and(|objection| !objection.decided),
            request: node.request.as_ref().map(|request| request.kind.code()),
            paused: node.paused.map(|(kind, _)| kind.code()),
            next: now::handling(node),
            node: [node.signed_at, node.submitted_at, node.approved_at],
            waits: [
                node.report.as_ref().map(|limit| limit.due),
                node.objection.as_ref().filter(|open| !open.decided).map(|open| open.decide_limit.due),
            ],
            moved_at: node.still_since(),
            counts: [i64::from(node.returns), measures(matter, node)],
            signing: now::signing(node),
        }
    }
}

/// How often supervision reminded, urged or did more about it.
fn measures(matter: &Matter, node: &Node) -> i64 {
    let taken = matter.measures.iter().filter(|taken| taken.node == Some(node.id));
    i64::try_from(taken.count()).unwrap_or(i64::MAX)
}

/// Writes down a measure of supervision.
pub(super) fn measure(tx: &mut Tx, id: &str, after: &Matter) -> Result<(), StoreError> {
    let Some(taken) = after.measures.last() else { return Ok(()) };
    tx.execute_later(
        "insert into matter_measure (matter, version, node, measure, addressee, rule, due, at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            id,
            after.version,
            taken.node.map(|node| node.to_string()),
            taken.measure.code(),
            taken.to.code(),
            taken.rule.as_ref(),
            taken.due,
            taken.at
        ],
    )
}

fn insert(tx: &mut Tx, id: &str, node: &Node, row: &Row) -> Result<(), StoreError> {
    tx.execute_later(
        "insert into matter_node (node, matter, parent, unit, unit_path, from_unit, from_path, role, state, \
         relay, objected, due, due_start, due_span, assigned_at, signing_due, signing_start, signing_span, \
         moved_at, returns, measures) \
         values ($1, $2, $3, $4, coalesce((select path from unit where code = $4), $4), \
         $5, coalesce((select path from unit where code = $5), $5), $6, $7, $8, $9, $10, $11, $12, $13, \
         $14, $15, $16, $17, 0, 0)",
        params![
            node.id.to_string(),
            id,
            node.parent.map(|parent| parent.to_string()),
            node.unit.as_str(),
            node.from.as_str(),
            node.role.code(),
            row.state,
            row.relay,
            row.objected,
            row.next.due,
            row.next.start,
            row.next.span.to_string(),
            node.assigned_at,
            row.signing.due,
            row.signing.start,
            row.signing.span.to_string(),
            row.moved_at
        ],
    )
}

fn update(tx: &mut Tx, node: &Node, row: &Row) -> Result<(), StoreError> {
    let [signed_at, submitted_at, approved_at] = row.node;
    let ([report_due, decide_due], [returns, measures]) = (row.waits, row.counts);
    tx.execute_later(
        "update matter_node set state = $2, relay = $3, objected = $4, request = $5, paused = $6, due = $7, \
         due_start = $8, due_span = $9, signed_at = $10, submitted_at = $11, approved_at = $12, \
         report_due = $13, decide_due = $14, moved_at = $15, returns = $16, measures = $17, signing_due = $18 \
         where node = $1",
        params![
            node.id.to_string(),
            row.state,
            row.relay,
            row.objected,
            row.request,
            row.paused,
            row.next.due,
            row.next.start,
            row.next.span.to_string(),
            signed_at,
            submitted_at,
            approved_at,
            report_due,
            decide_due,
            row.moved_at,
            returns,
            measures,
            row.signing.due
        ],
    )
}

/// Another unit has an assignment, or has passed it on.
fn succeed(tx: &mut Tx, node: &Node) -> Result<(), StoreError> {
    let name = node.id.to_string();
    tx.execute_later(
        "update matter_node set unit = $2, unit_path = coalesce((select path from unit where code = $2), $2), \
         from_unit = $3, from_path = coalesce((select path from unit where code = $3), $3) where node = $1",
        params![&name, node.unit.as_str(), node.from.as_str()],
    )?;
    for (relation, unit) in [("handler", &node.unit), ("assigner", &node.from)] {
        tx.execute_later(
            "update matter_party set unit = $3, unit_path = coalesce((select path from unit where code = $3), $3) \
             where node = $1 and relation = $2",
            params![&name, relation, unit.as_str()],
        )?;
    }
    Ok(())
}

fn parties(tx: &mut Tx, id: &str, node: &Node, was: Option<NodeState>) -> Result<(), StoreError> {
    let name = node.id.to_string();
    if node.state == NodeState::Reassigned {
        return tx.execute_later("delete from matter_party where node = $1", params![name]);
    }
    let open = node.state.is_open();
    if was.is_some() {
        return tx.execute_later("update matter_party set open = $2 where node = $1", params![name, open]);
    }
    for (relation, unit) in [("handler", &node.unit), ("assigner", &node.from)] {
        tx.execute_later(
            "insert into matter_party (matter, node, relation, unit, unit_path, open) \
             values ($1, $2, $3, $4, coalesce((select path from unit where code = $4), $4), $5)",
            params![id, &name, relation, unit.as_str(), open],
        )?;
    }
    Ok(())
}
