//! Lists of matters and assignments: filtered in SQL by the reader's scope, paged by key.

mod row;
mod select;
mod watch;

pub(crate) use row::{phase_of, uuid};
pub(super) use select::{Select, of_no_handling_unit};
pub(super) use watch::LATE;

use super::model::{AreaName, UnitName};
use super::tab::{COUNTED_TO, FOUND_TO, Tab};
use crate::configuration;
use kernel::permission::Grant;
use kernel::time::{Date, Instant, Light, Remaining};
use kernel::{AreaId, MatterId, NodeId, UnitId};
use matters_rules::watch::Condition;
use matters_rules::{
    AppealType, Channel, ClosingType, ExpressLine, IntervalKind, MatterKind, NodeRole, Phase, Urgency,
};
use platform::ui::FieldError;
use platform::{App, Failure};
use row::Key;
use select::Moment;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};
use store::Query;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Which tab.
    pub tab: Tab,
    /// Words of title, text or answers, or the number or its end.
    pub text: Option<String>,
    /// Of that kind.
    pub kind: Option<MatterKind>,
    /// In that phase.
    pub phase: Option<Phase>,
    /// Of that type.
    pub appeal_type: Option<AppealType>,
    /// Closed so.
    pub closing: Option<ClosingType>,
    /// Come in that way.
    pub channel: Option<Channel>,
    /// Under that label.
    pub express_line: Option<ExpressLine>,
    /// Held or handled by that unit or one below it.
    pub unit: Option<UnitId>,
    /// In that area or one within it.
    pub area: Option<AreaId>,
    /// Of that category, or of a group where a group's code is given.
    pub category: Option<String>,
    /// Of that urgency.
    pub urgency: Option<Urgency>,
    /// With that light; red is everything overdue, grossly or not.
    pub light: Option<Light>,
    /// Filed on that local day or later.
    pub from: Option<Date>,
    /// Filed on that local day or earlier.
    pub to: Option<Date>,
    /// Due on that local day or earlier.
    pub due_to: Option<Date>,
    /// With exactly that number.
    pub number: Option<String>,
    /// On [`Tab::Watched`]: assignments for which all of these hold.
    pub watch: Vec<Condition>,
    /// On [`Tab::Watched`]: those for whose limit this rule has not fired.
    pub unfired: Option<String>,
    /// On [`Tab::WentLate`]: gone late after the first and by the second moment.
    pub went_late: Option<(Instant, Instant)>,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct ListPage {
    /// Its rows.
    pub rows: Vec<Row>,
    /// What to give as `after` for the next page; none on the last.
    pub next: Option<String>,
}

/// A row of a list: a matter, or an assignment of one.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which matter.
    pub id: MatterId,
    /// Which assignment, on the tabs that list assignments.
    pub node: Option<NodeId>,
    /// In which role.
    pub role: Option<NodeRole>,
    /// Code of the assignment's state.
    pub node_state: Option<String>,
    /// Public number.
    pub number: String,
    /// Title; none where it is shielded or erased.
    pub title: Option<String>,
    /// Filed as confidential.
    pub shielded: bool,
    /// Where it is.
    pub phase: Option<Phase>,
    /// What it is.
    pub kind: MatterKind,
    /// Type.
    pub appeal_type: Option<AppealType>,
    /// Category code.
    pub category: Option<String>,
    /// Urgency.
    pub urgency: Option<Urgency>,
    /// Channel.
    pub channel: Option<Channel>,
    /// Where it is about.
    pub area: Option<AreaName>,
    /// Who has it, or whose assignment it is.
    pub unit: Option<UnitName>,
    /// When it was filed.
    pub filed_at: Instant,
    /// When what is next is due.
    pub due_at: Option<Instant>,
    /// Light of that.
    pub light: Option<Light>,
    /// How much is left of it.
    pub remaining: Option<Remaining>,
    /// An objection or a bad rating awaits a decision.
    pub redo_pending: bool,
    /// An objection awaits a decision.
    pub objected: bool,
    /// An interval awaits a decision.
    pub request: Option<IntervalKind>,
    /// The clock stands still.
    pub paused: Option<IntervalKind>,
    /// How it was closed.
    pub closing: Option<ClosingType>,
    /// When it was closed, declined or left.
    pub closed_at: Option<Instant>,
    /// Labels.
    pub express_lines: Vec<ExpressLine>,
    /// When it was accepted.
    pub accepted_at: Option<Instant>,
    /// The promised date.
    pub promise_due: Option<Instant>,
    /// To sign, while nobody has: it ages beside the handling limit.
    pub signing: Option<Signing>,
    /// What supervision looks at.
    pub watched: Watched,
}

/// The signing limit of an assignment that nobody has signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signing {
    /// When it is due.
    pub due_at: Instant,
    /// Its light.
    pub light: Light,
    /// How much is left of it.
    pub remaining: Remaining,
}

/// What supervision looks at in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// Since when nothing moves in the assignment.
    pub moved_at: Option<Instant>,
    /// When the report of a tracked assignment is due.
    pub report_due: Option<Instant>,
    /// When what was asked for is to be decided.
    pub decide_due: Option<Instant>,
    /// How many units objected in the matter.
    pub objections: u32,
    /// 改派次数
    pub reassignments: u32,
    /// Times it was redone.
    pub redos: u32,
    /// Times the assignment was returned.
    pub returns: u32,
    /// Measures of supervision about the assignment.
    pub measures: u32,
}

/// Rows in scope, newest first (assignments: most urgent first), at most `limit`, after
/// the key of an earlier page.
///
/// # Errors
/// Whatever the store says.
pub fn list(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    filter: &Filter,
    after: Option<&str>,
    limit: usize,
) -> Result<ListPage, Failure> {
    let calendar = configuration::calendar_in_force(query)?;
    let now = app.now();
    let mut select =
        Select::of(query, grants, filter, &Moment { zone: &app.config.zone, calendar: &calendar, now })?;
    let mut found = select.rows(query, key_of(after)?.as_ref(), limit + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| last.key.to_string());
    Ok(ListPage { rows: found.into_iter().map(|found| found.lit(&calendar, now)).collect(), next })
}

/// Where an earlier page ended. A key that no page gave is refused: were it passed over, a client
/// that turns pages would begin again and never end.
fn key_of(after: Option<&str>) -> Result<Option<Key>, Failure> {
    let Some(after) = after.filter(|after| !after.is_empty()) else { return Ok(None) };
    let key = Key::parse(after).filter(|key| !key.id.is_empty());
    let unknown = || Failure::Invalid(vec![FieldError::new("after", "entry-unknown")]);
    key.map(Some).ok_or_else(unknown)
}

/// Those of these matters that the reader may see, newest first.
///
/// # Errors
/// Whatever the store says.
pub fn rows(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    ids: &[MatterId],
) -> Result<Vec<Row>, Failure> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let calendar = configuration::calendar_in_force(query)?;
    let now = app.now();
    let mut select = Select::scoped(grants, Tab::All);
    let ids: Vec<String> = ids.iter().map(|id| select.param(id.to_string())).collect();
    select.demand(format!("m.id in ({})", ids.join(", ")));
    let found = select.rows(query, None, ids.len())?;
    Ok(found.into_iter().map(|found| found.lit(&calendar, now)).collect())
}

/// An assignment for which a rule is to fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Matching {
    /// Of which matter.
    pub matter: MatterId,
    /// Which assignment.
    pub node: NodeId,
}

/// The assignments for which all conditions hold now and for whose limit the rule has not
/// fired, in nobody's scope: for the platform's own job. At most `limit`.
///
/// # Errors
/// Whatever the store says.
pub fn matching(
    query: &mut dyn Query,
    app: &App,
    rule: &str,
    conditions: &[Condition],
    limit: usize,
) -> Result<Vec<Matching>, Failure> {
    let calendar = configuration::calendar_in_force(query)?;
    let mut select = Select::of_platform();
    select.watch(
        query,
        conditions,
        &Moment { zone: &app.config.zone, calendar: &calendar, now: app.now() },
    )?;
    select.unfired(rule);
    let limit = select.param(i64::try_from(limit).unwrap_or(i64::MAX));
    let sql = format!(
        "select n.matter, n.node from {} where {} order by n.due, n.node limit {limit}",
        select.from(),
        select.conditions()
    );
    let found = query.query(&sql, select.params())?;
    found.iter().map(|row| Ok(Matching { matter: uuid(row.str(0)?)?, node: uuid(row.str(1)?)? })).collect()
}

/// The units that have an open assignment in the reader's supervision, and those above them
/// within the reader's own subtrees: what the board is narrowed by.
///
/// # Errors
/// Whatever the store says.
pub fn watched_units(query: &mut dyn Query, grants: &[Grant]) -> Result<Vec<UnitName>, Failure> {
    let select = Select::scoped(grants, Tab::Watched);
    let sql = format!("select distinct n.unit_path from {} where {}", select.from(), select.conditions());
    let mut paths = BTreeSet::new();
    for row in query.query(&sql, select.params())? {
        let path = row.text(0)?;
        let ends = path.match_indices('/').map(|(at, _)| &path[..=at]);
        paths.extend(
            ends.filter(|end| grants.iter().any(|grant| end.starts_with(&grant.path.0))).map(str::to_owned),
        );
        paths.insert(path.clone());
    }
    let codes = paths.iter().filter_map(|path| path.trim_end_matches('/').rsplit('/').next());
    codes.map(|code| Ok(UnitName::of(query, &UnitId::from(code))?)).collect()
}

/// How many rows each offered tab has, up to [`super::COUNTED_TO`] and one. Counted again
/// only when something was written since.
///
/// # Errors
/// Whatever the store says.
pub fn tab_counts(query: &mut dyn Query, app: &App, grants: &[Grant]) -> Result<Vec<(Tab, u64)>, Failure> {
    let committed = store::chain::committed(query)?;
    let counts = app.memos.get::<Counts>();
    let key: String = grants.iter().map(|grant| format!("{} {} ", grant.role.code(), grant.path.0)).collect();
    if let Some(counted) = counts.known(&key, committed) {
        return Ok(counted);
    }
    let count = |tab| Ok((tab, Select::scoped(grants, tab).led(query, grants)?.count(query, COUNTED_TO)?));
    let counted = Tab::offered(grants).into_iter().map(count).collect::<Result<Vec<_>, Failure>>()?;
    counts.keep(key, committed, &counted);
    Ok(counted)
}

/// Counts by whose they are.
#[derive(Default)]
struct Counts(Mutex<HashMap<String, Counted>>);

/// Counts as of so many committed entries.
type Counted = (i64, Vec<(Tab, u64)>);

impl Counts {
    /// Kept for so many readers; when more come, all are forgotten.
    const CAPACITY: usize = 1_000;

    fn known(&self, key: &str, committed: i64) -> Option<Vec<(Tab, u64)>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(key).filter(|(at, _)| *at == committed).map(|(_, counted)| counted.clone())
    }

    fn keep(&self, key: String, committed: i64, counted: &[(Tab, u64)]) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= Self::CAPACITY {
            known.clear();
        }
        known.insert(key, (committed, counted.to_vec()));
    }
}

/// How many rows a filter finds, up to [`super::FOUND_TO`] and one.
///
/// # Errors
/// Whatever the store says.
pub fn count(query: &mut dyn Query, app: &App, grants: &[Grant], filter: &Filter) -> Result<u64, Failure> {
    let calendar = configuration::calendar_in_force(query)?;
    let moment = Moment { zone: &app.config.zone, calendar: &calendar, now: app.now() };
    Select::of(query, grants, filter, &moment)?.count(query, FOUND_TO)
}
