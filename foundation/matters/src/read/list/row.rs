//! A row of a list as it is read, and where it stands in the order.

use super::super::model::{AreaName, UnitName};
use super::{Row, Signing, Watched};
use kernel::time::{Calendar, Instant, Span, light, remaining};
use kernel::{AreaId, MatterId, NodeId, UnitId};
use matters_rules::state::NodeState;
use matters_rules::{
    AppealType, Channel, ClosingType, ExpressLine, IntervalKind, MatterKind, NodeRole, Phase, Urgency,
};
use platform::Failure;

/// Where a page ended: the sorted instant and the id of the last row.
pub(in crate::read) struct Key {
    pub at: i64,
    pub id: String,
}

impl Key {
    pub fn parse(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        Some(Self { at: at.parse().ok()?, id: id.to_owned() })
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at, self.id)
    }
}

/// A row as read: where it stands in the order, and the limit its light follows from.
pub(in crate::read) struct Found {
    pub key: Key,
    row: Row,
    limit: Option<(Instant, Span)>,
    signing: Option<(Instant, Instant, Span)>,
}

impl Found {
    /// The row with its light: only for what someone still has to do.
    pub fn lit(self, calendar: &Calendar, now: Instant) -> Row {
        let Self { mut row, limit, signing, .. } = self;
        let open = row.node_state.as_deref().is_none_or(|state| !ENDED_NODES.contains(&state));
        // A clock that stands still shows no light.
        let runs = open && row.paused.is_none();
        if let (Some(due), Some((start, span)), true) = (row.due_at, limit, runs) {
            row.light = Some(light(calendar, start, due, span, &[], now));
            row.remaining = Some(remaining(calendar, due, span.base, &[], now));
        }
        let unsigned = row.node_state.as_deref() == Some(NodeState::Unsigned.code());
        row.signing = signing.filter(|_| unsigned).map(|(due_at, start, span)| Signing {
            due_at,
            light: light(calendar, start, due_at, span, &[], now),
            remaining: remaining(calendar, due_at, span.base, &[], now),
        });
        row
    }
}

/// States in which nobody has to do anything about an assignment any more.
pub(super) const ENDED_NODES: [&str; 3] = ["approved", "reassigned", "released"];

/// Columns of [`read_row`] that differ between matters and assignments.
pub(super) const MATTER_COLUMNS: &str = "m.due, m.due_start, m.due_span, cast(null as text), cast(null as text), \
     cast(null as text), cast(0 as bigint), cast(null as text), cast(null as text), cast(null as bigint), \
     cast(null as bigint), cast(null as text), cast(null as bigint), cast(null as bigint), \
     coalesce(m.termination_due, m.exclusion_due, case when m.phase = 'registered' then m.due end), cast(0 as bigint), cast(0 as bigint)";
/// See [`MATTER_COLUMNS`].
pub(super) const NODE_COLUMNS: &str = "n.due, n.due_start, n.due_span, n.node, n.role, n.state, n.objected, n.request, n.paused, n.signing_due, \
     n.signing_start, n.signing_span, n.moved_at, n.report_due, \
     coalesce(n.decide_due, case when n.request is not null then n.due end), n.returns, n.measures";

/// Reads what [`super::select::Select::rows`] selects.
pub(super) fn read_row(row: &store::Row) -> Result<Found, Failure> {
    let key = Key { at: row.int(0)?, id: row.text(1)? };
    let limit = match (row.opt_instant(21)?, row.opt_str(22)?) {
        (Some(start), Some(span)) => Span::parse(span).ok().map(|span| (start, span)),
        _ => None,
    };
    let code = |index: usize| row.opt_str(index);
    let count = |index: usize| row.int(index).map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    let area = match (row.opt_text(11)?, row.opt_text(12)?) {
        (Some(id), Some(name)) => {
            Some(AreaName { id: AreaId(id), name, en: row.opt_text(44)?.unwrap_or_default() })
        }
        _ => None,
    };
    let unit = match (row.opt_text(13)?, row.opt_text(14)?, row.opt_text(15)?) {
        (Some(id), Some(name), Some(short)) => {
            Some(UnitName { id: UnitId(id), name, short, en: row.opt_text(37)?.unwrap_or_default() })
        }
        _ => None,
    };
    let found = Row {
        id: MatterId(uuid(row.str(2)?)?),
        node: row.opt_str(23)?.map(uuid).transpose()?.map(NodeId),
        role: code(24)?.and_then(NodeRole::parse),
        node_state: row.opt_text(25)?,
        number: row.text(3)?,
        title: row.opt_text(4)?,
        shielded: row.bool(5)?,
        phase: phase_of(row.str(6)?),
        kind: MatterKind::parse(row.str(45)?).unwrap_or_default(),
        appeal_type: code(7)?.and_then(AppealType::parse),
        category: row.opt_text(8)?,
        urgency: code(9)?.and_then(Urgency::parse),
        channel: code(10)?.and_then(Channel::parse),
        area,
        unit,
        filed_at: row.instant(16)?,
        due_at: row.opt_instant(20)?,
        light: None,
        remaining: None,
        redo_pending: row.bool(17)?,
        objected: row.bool(26)?,
        request: code(27)?.and_then(IntervalKind::parse),
        paused: code(28)?.and_then(IntervalKind::parse),
        closing: code(18)?.and_then(ClosingType::parse),
        closed_at: row.opt_instant(19)?,
        express_lines: row.str(38)?.split_whitespace().filter_map(ExpressLine::parse).collect(),
        accepted_at: row.opt_instant(39)?,
        promise_due: row.opt_instant(40)?,
        signing: None,
        watched: Watched {
            moved_at: row.opt_instant(32)?,
            report_due: row.opt_instant(33)?,
            decide_due: row.opt_instant(34)?,
            objections: count(41)?,
            reassignments: count(42)?,
            redos: count(43)?,
            returns: count(35)?,
            measures: count(36)?,
        },
    };
    let signing = match (row.opt_instant(29)?, row.opt_instant(30)?, row.opt_str(31)?) {
        (Some(due), Some(start), Some(span)) => Span::parse(span).ok().map(|span| (due, start, span)),
        _ => None,
    };
    Ok(Found { key, row: found, limit, signing })
}

/// Reads a phase's code.
pub(crate) fn phase_of(code: &str) -> Option<Phase> {
    const PHASES: [Phase; 12] = [
        Phase::None,
        Phase::Registered,
        Phase::Declined,
        Phase::LeftEarly,
        Phase::Accepted,
        Phase::Merged,
        Phase::Assigned,
        Phase::CallBack,
        Phase::Verification,
        Phase::Redo,
        Phase::Closed,
        Phase::Archived,
    ];
    PHASES.into_iter().find(|phase| phase.code() == code)
}

pub(crate) fn uuid<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::Internal("an id in a table is no UUID".into()))
}
