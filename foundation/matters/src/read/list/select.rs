//! A list as SQL: the reader's scope, the tab, and whatever the filter asks for besides.

use super::super::model::READ;
use super::super::tab::{OPEN_NODES, Rows, Tab};
use super::Filter;
use super::row::{ENDED_NODES, Found, Key, MATTER_COLUMNS, NODE_COLUMNS, read_row};
use crate::search::{INDEX, wanted};
use kernel::permission::{Grant, Permission, Relation, allows};
use kernel::text::fold_for_search;
use kernel::time::{Calendar, Instant, Light, Span, Zone, light_bounds};
use matters_rules::MatterKind;
use platform::Failure;
use store::{Query, Value, fulltext};

/// A reader whose units have to do with no more matters than this has them looked up one by
/// one; of all others enough stand near the top of the list.
const FEW: i64 = 10_000;
/// Of a frequent word only so many of the newest matters are looked through.
const HITS: usize = 5_000;
/// Digits from which on a search is taken for the beginning of a number (a day).
const DAY_DIGITS: usize = 8;
/// Digits from which on a search may be the end of a number.
const END_DIGITS: usize = 4;

/// When a filter is asked, and under which calendar.
pub(in crate::read) struct Moment<'a> {
    pub zone: &'a Zone,
    pub calendar: &'a Calendar,
    pub now: Instant,
}

/// A query under construction.
pub(in crate::read) struct Select {
    from: String,
    permission: Permission,
    of_nodes: bool,
    watched: bool,
    conditions: Vec<String>,
    params: Vec<Value>,
}

impl Select {
    /// A tab within the reader's scope, unfiltered.
    pub fn scoped(grants: &[Grant], tab: Tab) -> Self {
        let rows = tab.rows();
        let permission = match rows {
            Rows::Guarded(_, permission) => permission,
            Rows::Watched(_) => Permission::SupervisionRead,
            _ => READ,
        };
        let (scope, params) = identity::scope::matter_filter(grants, permission, 1);
        let of_nodes = matches!(rows, Rows::Nodes(..) | Rows::Watched(_));
        let from = if of_nodes { "matter_node n join matter m on m.id = n.matter" } else { "matter m" };
        let watched = matches!(rows, Rows::Watched(_));
        let mut select =
            Self { from: from.to_owned(), permission, of_nodes, watched, conditions: vec![scope], params };
        if tab == Tab::Pressure {
            let posts = of_no_handling_unit(grants, &mut select.params);
            select.demand(posts);
        }
        match rows {
            Rows::Matters(condition) | Rows::Guarded(condition, _) => select.demand(condition.to_owned()),
            Rows::Watched(condition) => {
                select.demand(condition.to_owned());
                select.watched_nodes(grants);
            }
            Rows::Nodes(condition, permission, relation) => {
                select.demand(condition.to_owned());
                select.own_nodes(grants, permission, relation);
            }
        }
        select
    }

    /// Every open assignment, in nobody's scope: for the platform's own jobs.
    pub fn of_platform() -> Self {
        let from = "matter_node n join matter m on m.id = n.matter".to_owned();
        Self {
            from,
            permission: READ,
            of_nodes: true,
            watched: true,
            conditions: vec![OPEN_NODES.to_owned()],
            params: Vec::new(),
        }
    }

    /// The same, filtered.
    pub fn of(
        query: &mut dyn Query,
        grants: &[Grant],
        filter: &Filter,
        moment: &Moment<'_>,
    ) -> Result<Self, Failure> {
        let mut select = Self::scoped(grants, filter.tab).led(query, grants)?;
        select.equal(filter);
        select.places(filter);
        select.dates(filter, moment.zone);
        select.watch(query, &filter.watch, moment)?;
        if let Some(rule) = &filter.unfired {
            select.unfired(rule);
        }
        if let Some((from, to)) = filter.went_late {
            select.went_late(from, to, moment.now);
        }
        if let Some(light) = filter.light {
            select.light(query, light, moment)?;
        }
        if let Some(text) = filter.text.as_deref().map(fold_for_search).filter(|text| !text.is_empty()) {
            select.text(query, &text)?;
        }
        Ok(select)
    }

    /// Led from the matters the reader's units have a part in, where these are few and all
    /// there is to see.
    pub fn led(mut self, query: &mut dyn Query, grants: &[Grant]) -> Result<Self, Failure> {
        let may = |grant: &&Grant, relation| allows(grant.role, self.permission, relation);
        let readers: Vec<&Grant> = grants
            .iter()
            .filter(|grant| Relation::ALL.iter().any(|relation| may(grant, *relation)))
            .collect();
        let beyond = |grant: &&&Grant| may(grant, Relation::Office) || may(grant, Relation::Outside);
        if self.of_nodes || readers.is_empty() || readers.iter().any(|grant| beyond(&grant)) {
            return Ok(self);
        }
        let mut ranges: Vec<(String, String)> =
            readers.iter().map(|grant| (grant.path.0.clone(), network::upper_bound(&grant.path.0))).collect();
        ranges.sort();
        ranges.dedup();
        let within = |first: usize| {
            let range = |n: usize| {
                format!("(p.unit_path >= ${} and p.unit_path < ${})", first + 2 * n, first + 2 * n + 1)
            };
            (0..ranges.len()).map(range).collect::<Vec<_>>().join(" or ")
        };
        let values = || ranges.iter().flat_map(|(from, until)| [from.as_str().into(), until.as_str().into()]);
        let sql = format!(
            "select count(*) from (select 1 from matter_party p where {} limit {}) parts",
            within(1),
            FEW + 1
        );
        if query.query_one(&sql, &values().collect::<Vec<Value>>())?.int(0)? <= FEW {
            self.from = format!(
                "(select distinct p.matter as id from matter_party p where {}) own cross join matter m",
                within(self.params.len() + 1)
            );
            self.params.extend(values());
            self.demand("m.id = own.id".to_owned());
        }
        Ok(self)
    }

    /// Narrows the list by a condition on `m` (and `n` on tabs of assignments).
    pub fn demand(&mut self, condition: String) {
        self.conditions.push(condition);
    }

    /// The place of a value.
    pub fn param(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("${}", self.params.len())
    }

    fn own_nodes(&mut self, grants: &[Grant], permission: Permission, relation: Relation) {
        let column = if relation == Relation::Handler { "n.unit_path" } else { "n.from_path" };
        let mut any = Vec::new();
        for grant in grants.iter().filter(|grant| allows(grant.role, permission, relation)) {
            let (from, until) = (self.param(&grant.path.0), self.param(network::upper_bound(&grant.path.0)));
            any.push(format!("({column} >= {from} and {column} < {until})"));
        }
        // Whoever decides for the office decides on what any of its units asks for.
        let office = |grant: &&Grant| {
            relation == Relation::Assigner && allows(grant.role, permission, Relation::Office)
        };
        for grant in grants.iter().filter(office) {
            let (from, until) = (self.param(&grant.path.0), self.param(network::upper_bound(&grant.path.0)));
            any.push(format!("(m.office_path >= {from} and m.office_path < {until})"));
        }
        self.demand(if any.is_empty() { "1 = 0".into() } else { format!("({})", any.join(" or ")) });
    }

    /// Of a matter with parts in several subtrees, the parts that concern the reader: what
    /// their units handle, assigned, or received the matter for.
    fn watched_nodes(&mut self, grants: &[Grant]) {
        const COLUMNS: [(Relation, &str); 3] = [
            (Relation::Office, "m.office_path"),
            (Relation::Assigner, "n.from_path"),
            (Relation::Handler, "n.unit_path"),
        ];
        let mut any = Vec::new();
        for grant in grants {
            let place = |column: &str, from: &str, until: &str| {
                format!("({column} >= {from} and {column} < {until})")
            };
            let may = |relation| allows(grant.role, Permission::SupervisionRead, relation);
            let columns: Vec<&str> =
                COLUMNS.iter().filter(|(relation, _)| may(*relation)).map(|(_, column)| *column).collect();
            if !columns.is_empty() {
                let (from, until) =
                    (self.param(&grant.path.0), self.param(network::upper_bound(&grant.path.0)));
                any.extend(columns.into_iter().map(|column| place(column, &from, &until)));
            }
        }
        self.demand(if any.is_empty() { "1 = 0".into() } else { format!("({})", any.join(" or ")) });
    }

    fn equal(&mut self, filter: &Filter) {
        let codes = [
            ("m.phase", filter.phase.map(|phase| phase.code().to_owned())),
            ("m.urgency", filter.urgency.map(|urgency| urgency.code().to_owned())),
            ("m.appeal_type", filter.appeal_type.map(|kind| kind.code().to_owned())),
            ("m.closing", filter.closing.map(|closing| closing.code().to_owned())),
            ("m.channel", filter.channel.map(|channel| channel.code().to_owned())),
            ("m.number", filter.number.clone()),
        ];
        for (column, code) in codes {
            if let Some(code) = code {
                let code = self.param(code);
                self.demand(format!("{column} = {code}"));
            }
        }
        match filter.kind {
            None => {}
            Some(MatterKind::Appeal) => self.demand("m.kind = 'appeal'".to_owned()),
            // Said twice, so that the index of what is no appeal is used.
            Some(kind) => {
                let kind = self.param(kind.code());
                self.demand(format!("m.kind <> 'appeal' and m.kind = {kind}"));
            }
        }
        if let Some(line) = filter.express_line {
            let pattern = self.param(format!("% {} %", line.code().replace('_', "!_")));
            self.demand(format!("m.express_lines like {pattern} escape '!'"));
        }
        if let Some(category) = &filter.category {
            self.category(category);
        }
    }

    /// Of that category, or of a group where a group's code is given.
    pub(super) fn category(&mut self, category: &str) {
        let group = category.split('-').next().unwrap_or(category);
        let place = self.param(group);
        self.demand(format!("m.category_group = {place}"));
        if group != category {
            let (code, below) = (self.param(category), self.param(format!("{category}-")));
            let end = self.param(format!("{category}."));
            self.demand(format!("(m.category = {code} or (m.category >= {below} and m.category < {end}))"));
        }
    }

    fn places(&mut self, filter: &Filter) {
        if let Some(area) = &filter.area {
            let area = self.param(area.as_str());
            self.demand(format!(
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
            // The board lists what that unit has to do, not what others do in its matters.
            if self.watched {
                self.demand(format!("n.unit in {below}"));
                return;
            }
            self.demand(format!(
                "(m.holder in {below} or exists (select 1 from matter_party q where q.matter = m.id \
                 and q.relation = 'handler' and q.unit in {below}))"
            ));
        }
    }

    fn dates(&mut self, filter: &Filter, zone: &Zone) {
        if let Some(from) = filter.from {
            let from = self.param(zone.start_of_day(from));
            self.demand(format!("m.filed_at >= {from}"));
        }
        if let Some(to) = filter.to {
            let to = self.param(zone.end_of_day(to));
            self.demand(format!("m.filed_at < {to}"));
        }
        if let Some(due) = filter.due_to {
            let due = self.param(zone.end_of_day(due));
            let open = self.open();
            self.demand(format!("{}.due <= {due} and {open}", self.table()));
        }
    }

    /// A light follows from the calendar, which SQL does not know: for each span that limits
    /// have, the kernel says at which due and which start the light turns.
    pub(super) fn light(
        &mut self,
        query: &mut dyn Query,
        light: Light,
        moment: &Moment<'_>,
    ) -> Result<(), Failure> {
        let (table, open) = (self.table(), self.open());
        let now = self.param(moment.now);
        let late = super::watch::is_late(light);
        self.demand(format!("{open} and {table}.due {} {now}", if late { "<" } else { ">=" }));
        if light == Light::Red {
            return Ok(());
        }
        let mut any = Vec::new();
        for span in self.spans(query)? {
            let bounds = light_bounds(moment.calendar, span, moment.now);
            let place = self.param(span.to_string());
            any.push(match light {
                Light::Gross => {
                    format!(
                        "{table}.due_span = {place} and {table}.due_start <= {}",
                        self.param(bounds.gross_from)
                    )
                }
                Light::Yellow => {
                    format!("{table}.due_span = {place} and {table}.due <= {}", self.param(bounds.yellow_to))
                }
                _ => format!("{table}.due_span = {place} and {table}.due > {}", self.param(bounds.yellow_to)),
            });
        }
        self.demand(if any.is_empty() { "1 = 0".into() } else { format!("(({}))", any.join(") or (")) });
        Ok(())
    }

    /// The spans in use: a walk over the index, one seek each, however many rows there are.
    fn spans(&self, query: &mut dyn Query) -> Result<Vec<Span>, Failure> {
        let table = if self.of_nodes { "matter_node" } else { "matter" };
        let sql = format!(
            "with recursive spans(span) as (select min(due_span) from {table} union all \
             select (select min(t.due_span) from {table} t where t.due_span > spans.span) from spans \
             where spans.span is not null) select span from spans where span is not null"
        );
        let rows = query.query(&sql, &[])?;
        let spans = rows.iter().map(|row| row.str(0)).collect::<Result<Vec<_>, _>>()?;
        Ok(spans.into_iter().filter_map(|span| Span::parse(span).ok()).collect())
    }

    /// Words, or a number: its first eight digits (a day) and more, or its last four and more; of
    /// what an office raised, the letters of its kind and what follows.
    fn text(&mut self, query: &mut dyn Query, text: &str) -> Result<(), Failure> {
        let mut any = Vec::new();
        if let Some(number) = raised_number(text) {
            let (from, until) = (self.param(&*number), self.param(format!("{number}:")));
            any.push(format!("(m.number >= {from} and m.number < {until})"));
        } else if text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() >= END_DIGITS {
            if text.len() >= DAY_DIGITS {
                let (from, until) = (self.param(text), self.param(format!("{text}:")));
                any.push(format!("(m.number >= {from} and m.number < {until})"));
            } else {
                any.push(format!("m.number like {} escape '!'", self.param(format!("%{text}"))));
            }
        }
        let terms = wanted(&search::wanted(text));
        if !terms.is_empty() {
            let newest = fulltext::newest(query, INDEX, &terms, None, HITS)?;
            let place = self.params.len() + 1;
            let (mut holds, value) = fulltext::holds(query.engine(), INDEX, "m.doc", &terms, place)?;
            self.params.push(value);
            if let Some(oldest) = newest.last().filter(|_| newest.len() == HITS) {
                holds = format!("(m.doc >= {} and {holds})", self.param(*oldest));
            }
            any.push(holds);
        }
        self.demand(if any.is_empty() { "1 = 0".into() } else { format!("({})", any.join(" or ")) });
        Ok(())
    }

    /// The tables.
    pub fn from(&self) -> &str {
        &self.from
    }

    /// All conditions at once.
    pub fn conditions(&self) -> String {
        self.conditions.join(" and ")
    }

    /// The values, in the order of their places.
    pub fn params(&self) -> &[Value] {
        &self.params
    }

    fn table(&self) -> &'static str {
        if self.of_nodes { "n" } else { "m" }
    }

    /// What someone still has to do.
    fn open(&self) -> String {
        if self.of_nodes {
            format!("n.paused is null and n.state not in ('{}')", ENDED_NODES.join("', '"))
        } else {
            "m.due is not null".to_owned()
        }
    }

    /// The next rows after a key, in the order of the list.
    pub fn rows(
        &mut self,
        query: &mut dyn Query,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<Found>, Failure> {
        let (sort, id, past, order) =
            if self.of_nodes { ("n.due", "n.node", ">", "asc") } else { ("m.filed_at", "m.id", "<", "desc") };
        if let Some(key) = after {
            let (at, name) = (self.param(key.at), self.param(key.id.as_str()));
            self.demand(format!("({sort}, {id}) {past} ({at}, {name})"));
        }
        let limit = self.param(i64::try_from(limit).unwrap_or(i64::MAX));
        let (columns, holder) =
            if self.of_nodes { (NODE_COLUMNS, "n.unit") } else { (MATTER_COLUMNS, "m.holder") };
        let sql = format!(
            "select {sort}, {id}, m.id, m.number, m.title, m.shielded, m.phase, m.appeal_type, m.category, \
             m.urgency, m.channel, a.code, a.name, u.code, u.name, u.short_name, m.filed_at, m.redo_pending, \
             m.closing, m.closed_at, {columns}, u.en_name, m.express_lines, \
             m.accepted_at, m.promise_due, m.objections, m.reassignments, m.redos, a.en_name, m.kind from {} left join area a on a.code = m.area \
             left join unit u on u.code = {holder} where {} order by {sort} {order}, {id} {order} limit {limit}",
            self.from,
            self.conditions(),
        );
        query.query(&sql, &self.params)?.iter().map(read_row).collect()
    }

    /// How many rows there are, up to so many and one.
    pub fn count(&self, query: &mut dyn Query, most: u64) -> Result<u64, Failure> {
        let sql = format!(
            "select count(*) from (select 1 from {} where {} limit {}) counted",
            self.from,
            self.conditions(),
            most + 1
        );
        Ok(u64::try_from(query.query_one(&sql, &self.params)?.int(0)?).unwrap_or(0))
    }
}

/// Matters of no unit in or below which one of these posts is held: nobody calls back for
/// their own unit, or learns who complained of it (PRODUCT rule 4).
pub(in crate::read) fn of_no_handling_unit(grants: &[Grant], values: &mut Vec<Value>) -> String {
    if grants.is_empty() {
        return "1 = 1".to_owned();
    }
    let mut posts = Vec::with_capacity(grants.len());
    for grant in grants {
        values.push(grant.path.0.as_str().into());
        posts.push(format!("substr(${}, 1, length(p.unit_path)) = p.unit_path", values.len()));
    }
    format!(
        "not exists (select 1 from matter_party p where p.matter = m.id and p.relation = 'handler' \
         and ({}))",
        posts.join(" or ")
    )
}

/// The beginning of a number of what an office raised, e.g. `rw2026`, as numbers are written.
fn raised_number(text: &str) -> Option<String> {
    let text = text.to_ascii_uppercase();
    let kinds = MatterKind::ALL.iter().map(|kind| kind.prefix()).filter(|prefix| !prefix.is_empty());
    let digits = kinds.filter_map(|prefix| text.strip_prefix(prefix)).next()?;
    let number = digits.len() >= END_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    number.then_some(text)
}
