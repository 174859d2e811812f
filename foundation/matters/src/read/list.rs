//! Lists of matters and assignments: filtered in SQL by the reader's scope, paged by key.

use super::model::{AreaName, READ, UnitName};
use super::tab::{COUNTED_TO, Rows, Tab};
use crate::configuration;
use kernel::permission::{Grant, Permission, Relation, allows};
use kernel::text::fold_for_search;
use kernel::time::{Calendar, Date, Instant, Light, Remaining, Span, Zone, light, remaining};
use kernel::{AreaId, MatterId, NodeId, UnitId};
use matters_rules::{AppealType, Channel, ClosingType, IntervalKind, NodeRole, Phase, Urgency};
use platform::{App, Failure};
use store::{Query, Value};

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Which tab.
    pub tab: Tab,
    /// Words of the title, or part of the number.
    pub text: Option<String>,
    /// In that phase.
    pub phase: Option<Phase>,
    /// Held or handled by that unit or one below it.
    pub unit: Option<UnitId>,
    /// In that area or one within it.
    pub area: Option<AreaId>,
    /// Of that category, or of a group where a group's code is given.
    pub category: Option<String>,
    /// Of that urgency.
    pub urgency: Option<Urgency>,
    /// With that light.
    pub light: Option<Light>,
    /// Filed on that local day or later.
    pub from: Option<Date>,
    /// Filed on that local day or earlier.
    pub to: Option<Date>,
    /// With exactly that number.
    pub number: Option<String>,
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
    let mut key = after.and_then(Key::parse);
    let mut found = Vec::with_capacity(limit + 1);
    // A light follows from the calendar, which SQL does not know: rows of the wrong light
    // are passed over, page by page.
    loop {
        let mut select = Select::of(grants, filter, &app.config.zone, now);
        let rows = select.rows(query, key.as_ref(), limit + 1)?;
        let more = rows.len() > limit;
        for Found { key: row_key, mut row, limit: span } in rows {
            if found.len() == limit {
                return Ok(ListPage { rows: found, next: key.map(|key| key.to_string()) });
            }
            key = Some(row_key);
            set_light(&mut row, span, &calendar, now);
            if filter.light.is_none_or(|light| is_shown_as(row.light, light)) {
                found.push(row);
            }
        }
        if !more {
            return Ok(ListPage { rows: found, next: None });
        }
    }
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
    let mut select = Select::of(grants, &Filter::default(), &app.config.zone, now);
    let ids: Vec<String> = ids.iter().map(|id| select.param(id.to_string())).collect();
    select.conditions.push(format!("m.id in ({})", ids.join(", ")));
    let found = select.rows(query, None, ids.len())?;
    Ok(found
        .into_iter()
        .map(|Found { mut row, limit, .. }| {
            set_light(&mut row, limit, &calendar, now);
            row
        })
        .collect())
}

/// How many rows each offered tab has, up to [`COUNTED_TO`] and one.
///
/// # Errors
/// Whatever the store says.
pub fn tab_counts(query: &mut dyn Query, app: &App, grants: &[Grant]) -> Result<Vec<(Tab, u64)>, Failure> {
    let now = app.now();
    Tab::offered(grants)
        .into_iter()
        .map(|tab| {
            let filter = Filter { tab, ..Filter::default() };
            let select = Select::of(grants, &filter, &app.config.zone, now);
            Ok((tab, select.count(query)?))
        })
        .collect()
}

/// Where a page ended: the sorted instant and the id of the last row.
struct Key {
    at: i64,
    id: String,
}

impl Key {
    fn parse(text: &str) -> Option<Self> {
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
struct Found {
    key: Key,
    row: Row,
    limit: Option<(Instant, Span)>,
}

struct Select {
    from: &'static str,
    of_nodes: bool,
    conditions: Vec<String>,
    params: Vec<Value>,
}

impl Select {
    fn of(grants: &[Grant], filter: &Filter, zone: &Zone, now: Instant) -> Self {
        let (scope, params) = identity::scope::matter_filter(grants, READ, 1);
        let rows = filter.tab.rows();
        let of_nodes = matches!(rows, Rows::Nodes(..));
        let from = if of_nodes { "matter_node n join matter m on m.id = n.matter" } else { "matter m" };
        let mut select = Self { from, of_nodes, conditions: vec![scope], params };
        match rows {
            Rows::Matters(condition) => select.conditions.push(condition.to_owned()),
            Rows::Nodes(condition, permission, relation) => {
                select.conditions.push(condition.to_owned());
                select.own_nodes(grants, permission, relation);
            }
        }
        select.filter(filter, zone, now);
        select
    }

    fn param(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("${}", self.params.len())
    }

    fn own_nodes(&mut self, grants: &[Grant], permission: Permission, relation: Relation) {
        let column = if relation == Relation::Handler { "n.unit_path" } else { "n.from_path" };
        let mut any = Vec::new();
        for grant in grants.iter().filter(|grant| allows(grant.role, permission, relation)) {
            any.push(self.under(column, &grant.path.0));
        }
        self.conditions.push(if any.is_empty() { "1 = 0".into() } else { format!("({})", any.join(" or ")) });
    }

    fn under(&mut self, column: &str, path: &str) -> String {
        let (from, until) = (self.param(path), self.param(network::upper_bound(path)));
        format!("({column} >= {from} and {column} < {until})")
    }

    fn filter(&mut self, filter: &Filter, zone: &Zone, now: Instant) {
        if let Some(text) = filter.text.as_deref().map(fold_for_search).filter(|text| !text.is_empty()) {
            let pattern = self.param(containing(&text));
            self.conditions.push(format!("m.search like {pattern} escape '!'"));
        }
        let equal = [
            ("m.phase", filter.phase.map(|phase| phase.code().to_owned())),
            ("m.urgency", filter.urgency.map(|urgency| urgency.code().to_owned())),
            ("m.number", filter.number.clone()),
        ];
        for (column, value) in equal {
            if let Some(value) = value {
                let value = self.param(value);
                self.conditions.push(format!("{column} = {value}"));
            }
        }
        if let Some(category) = &filter.category {
            let (code, group) = (self.param(category), self.param(format!("{}-%", escaped(category))));
            self.conditions.push(format!("(m.category = {code} or m.category like {group} escape '!')"));
        }
        if let Some(area) = &filter.area {
            let area = self.param(area.as_str());
            self.conditions.push(format!(
                "m.area in (select a.code from area a join area root on root.code = {area} \
                 where substr(a.path, 1, length(root.path)) = root.path)"
            ));
        }
        if let Some(unit) = &filter.unit {
            let unit = self.param(unit.as_str());
            let below = format!(
                "(select u.code from unit u join unit root on root.code = {unit} \
                 where substr(u.path, 1, length(root.path)) = root.path)"
            );
            self.conditions.push(format!(
                "(m.holder in {below} or exists (select 1 from matter_party q where q.matter = m.id \
                 and q.relation = 'handler' and q.unit in {below}))"
            ));
        }
        if let Some(from) = filter.from {
            let from = self.param(zone.start_of_day(from));
            self.conditions.push(format!("m.filed_at >= {from}"));
        }
        if let Some(to) = filter.to {
            let to = self.param(zone.end_of_day(to));
            self.conditions.push(format!("m.filed_at < {to}"));
        }
        if let Some(light) = filter.light {
            let now = self.param(now);
            let side = if matches!(light, Light::Red | Light::Gross) { "<" } else { ">=" };
            let due = self.due();
            self.conditions.push(format!("{due} {side} {now}"));
        }
    }

    fn due(&self) -> &'static str {
        if self.of_nodes { "n.due" } else { "m.due" }
    }

    fn rows(
        &mut self,
        query: &mut dyn Query,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<Found>, Failure> {
        let (sort, id, past, order) =
            if self.of_nodes { ("n.due", "n.node", ">", "asc") } else { ("m.filed_at", "m.id", "<", "desc") };
        if let Some(key) = after {
            let (at, name) = (self.param(key.at), self.param(key.id.as_str()));
            self.conditions.push(format!("({sort}, {id}) {past} ({at}, {name})"));
        }
        let limit = self.param(i64::try_from(limit).unwrap_or(i64::MAX));
        let (columns, holder) =
            if self.of_nodes { (NODE_COLUMNS, "n.unit") } else { (MATTER_COLUMNS, "m.holder") };
        let sql = format!(
            "select {sort}, {id}, m.id, m.number, m.title, m.shielded, m.phase, m.appeal_type, m.category, \
             m.urgency, m.channel, a.code, a.name, u.code, u.name, u.short_name, m.filed_at, m.redo_pending, \
             m.closing, m.closed_at, {columns} from {} left join area a on a.code = m.area \
             left join unit u on u.code = {holder} where {} order by {sort} {order}, {id} {order} limit {limit}",
            self.from,
            self.conditions.join(" and "),
        );
        query.query(&sql, &self.params)?.iter().map(read_row).collect()
    }

    fn count(&self, query: &mut dyn Query) -> Result<u64, Failure> {
        let sql = format!(
            "select count(*) from (select 1 from {} where {} limit {}) counted",
            self.from,
            self.conditions.join(" and "),
            COUNTED_TO + 1
        );
        Ok(u64::try_from(query.query_one(&sql, &self.params)?.int(0)?).unwrap_or(0))
    }
}

const MATTER_COLUMNS: &str = "m.due, m.due_start, m.due_span, cast(null as text), cast(null as text), cast(null as text), cast(0 as bigint), \
     cast(null as text), cast(null as text)";
const NODE_COLUMNS: &str =
    "n.due, n.due_start, n.due_span, n.node, n.role, n.state, n.objected, n.request, n.paused";

fn read_row(row: &store::Row) -> Result<Found, Failure> {
    let key = Key { at: row.int(0)?, id: row.text(1)? };
    let limit = match (row.opt_instant(21)?, row.opt_str(22)?) {
        (Some(start), Some(span)) => Span::parse(span).ok().map(|span| (start, span)),
        _ => None,
    };
    let code = |index: usize| row.opt_str(index);
    let area = match (row.opt_text(11)?, row.opt_text(12)?) {
        (Some(id), Some(name)) => Some(AreaName { id: AreaId(id), name }),
        _ => None,
    };
    let unit = match (row.opt_text(13)?, row.opt_text(14)?, row.opt_text(15)?) {
        (Some(id), Some(name), Some(short)) => Some(UnitName { id: UnitId(id), name, short }),
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
    };
    Ok(Found { key, row: found, limit })
}

/// Red shows everything overdue, grossly or not.
fn is_shown_as(found: Option<Light>, wanted: Light) -> bool {
    found == Some(wanted) || (wanted == Light::Red && found == Some(Light::Gross))
}

/// A light only for what someone still has to do.
fn set_light(row: &mut Row, limit: Option<(Instant, Span)>, calendar: &Calendar, now: Instant) {
    let open = row
        .node_state
        .as_deref()
        .is_none_or(|state| !matches!(state, "approved" | "reassigned" | "released"));
    if let (Some(due), Some((start, span)), true) = (row.due_at, limit, open) {
        row.light = Some(light(calendar, start, due, span, &[], now));
        row.remaining = Some(remaining(calendar, due, span.base, &[], now));
    }
}

/// Reads a phase's code.
pub(crate) fn phase_of(code: &str) -> Option<Phase> {
    const PHASES: [Phase; 11] = [
        Phase::None,
        Phase::Registered,
        Phase::Declined,
        Phase::LeftEarly,
        Phase::Accepted,
        Phase::Merged,
        Phase::Assigned,
        Phase::CallBack,
        Phase::Redo,
        Phase::Closed,
        Phase::Archived,
    ];
    PHASES.into_iter().find(|phase| phase.code() == code)
}

pub(crate) fn uuid<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::Internal("an id in a table is no UUID".into()))
}

fn containing(text: &str) -> String {
    format!("%{}%", escaped(text))
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if matches!(c, '%' | '_' | '!') {
            out.push('!');
        }
        out.push(c);
        out
    })
}
