//! The list of a register: filtered in SQL, paged by key, in the reader's scope.

use super::condition::{Where, column};
use super::indicators::{self, Span};
use super::{confined, places, readable};
use crate::projection::{columns, read_column};
use crate::rules::definition::{Definition, Field, Kind};
use crate::rules::value::Values;
use crate::texts;
use kernel::AreaId;
use kernel::permission::{Grant, Permission};
use kernel::time::{Date, Instant};
use std::collections::BTreeMap;
use store::{Engine, Query, Row, StoreError, Value, fulltext};

/// What is asked of a list.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Words that records hold.
    pub text: String,
    /// Only of this unit and those below it: its path.
    pub unit: Option<String>,
    /// Only in this stage.
    pub stage: Option<String>,
    /// Only those that lie in this area (see [`super::places`]).
    pub within: Option<AreaId>,
    /// Only those whose point is known.
    pub at_a_point: bool,
    /// Only of this current level.
    pub level: Option<String>,
    /// Fields that hold exactly this: a code, or a choice among several.
    pub fields: BTreeMap<String, String>,
    /// Only those whose next contact is overdue on this day.
    pub overdue_on: Option<Date>,
    /// Those taken out of the register instead of those in it.
    pub removed: bool,
    /// Only those an indicator counts in that period.
    pub counted: Option<(String, Span)>,
    /// Only these records.
    pub ids: Vec<String>,
    /// Only records whose day of this field lies within.
    pub between: Option<(String, Date, Date)>,
    /// The field to sort by, and whether downwards; none: last changed first.
    pub sort: Option<(String, bool)>,
    /// The key of the last row of the page before.
    pub after: Option<(String, String)>,
}

impl Asked {
    /// Whether it asks for less than all there is.
    pub fn is_filtered(&self) -> bool {
        let Self { text, unit, stage, within, at_a_point, level, fields, overdue_on, .. } = self;
        let Self { counted, ids, between, .. } = self;
        *at_a_point
            || [unit, stage, level].iter().any(|one| one.is_some())
            || !(text.is_empty() && fields.is_empty() && ids.is_empty())
            || within.is_some()
            || overdue_on.is_some()
            || counted.is_some()
            || between.is_some()
    }

    /// Whether a condition holds one value of one column: its index gives the rows in the order
    /// of a list. PostgreSQL sees that by itself.
    fn is_led(&self, engine: Engine, definition: &Definition) -> bool {
        let one = |(code, _): (&String, &String)| {
            definition.field(code).is_some_and(|field| {
                field.filtered
                    && !matches!(
                        field.kind,
                        Kind::Area { .. } | Kind::Reference { .. } | Kind::Choice { many: true, .. }
                    )
            })
        };
        engine == Engine::Sqlite
            && (self.stage.is_some() || self.level.is_some() || self.fields.iter().any(one))
    }
}

/// A row of a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which record.
    pub id: String,
    /// Whose.
    pub unit: String,
    /// Its title.
    pub title: String,
    /// Its stage.
    pub stage: Option<String>,
    /// Since when.
    pub stage_on: Option<String>,
    /// Its current level.
    pub level: Option<String>,
    /// The last contact.
    pub last_contact: Option<String>,
    /// By when the next one is due.
    pub next_contact: Option<String>,
    /// When it last changed.
    pub changed_at: Instant,
    /// What its fields hold, computed ones included; files only on the record's own page.
    pub values: Values,
    /// What it is sorted by, for the next page.
    pub key: String,
}

/// Rows of a register that the reader may see, in order, at most `limit`.
///
/// # Errors
/// Whatever the store says.
pub fn list(
    q: &mut dyn Query,
    definition: &Definition,
    grants: Option<&[Grant]>,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let grants = confined(q, grants)?;
    q.plan_by_values()?;
    let mut filter = filtered(q.engine(), definition, grants, asked)?;
    let (key, down, numeric) = sort_key(definition, asked.sort.as_ref());
    let sign = if down { "<" } else { ">" };
    if let Some((value, id)) = &asked.after {
        let value = match (numeric, value.parse::<f64>(), value.parse::<i64>()) {
            (_, _, Ok(number)) if key == CHANGED => filter.param(number),
            (true, Ok(number), _) => format!("cast({} as double precision)", filter.param(number)),
            _ => filter.param(value.as_str()),
        };
        let id = filter.param(id.as_str());
        filter.and(format!("({key}, t.id) {sign} ({value}, {id})"));
    }
    let fields: Vec<&Field> = definition.fields.iter().collect();
    let names: Vec<String> =
        fields.iter().flat_map(|field| columns(field)).map(|column| format!(", t.{column}")).collect();
    let direction = if down { "desc" } else { "asc" };
    let limit = filter.param(limit);
    let sql = format!(
        "select t.id, t.unit, t.title, t.stage, t.stage_on, t.level, t.last_contact, t.next_contact, \
         t.changed_at, {key}{} from {} t where {} order by {key} {direction}, t.id {direction} limit {limit}",
        names.concat(),
        definition.table(),
        filter.sql()
    );
    q.query(&sql, &filter.params)?.iter().map(|row| read(&fields, row)).collect()
}

/// How many rows there are, up to `limit` and one more.
///
/// # Errors
/// Whatever the store says.
pub fn count(
    q: &mut dyn Query,
    definition: &Definition,
    grants: Option<&[Grant]>,
    asked: &Asked,
    limit: i64,
) -> Result<i64, StoreError> {
    let grants = confined(q, grants)?;
    q.plan_by_values()?;
    let mut filter = filtered(q.engine(), definition, grants, asked)?;
    let limit = filter.param(limit + 1);
    // PostgreSQL would read the table from its beginning, where the rows of files that were only
    // looked at lie dead until it cleans up; in the list's order it reads what the list reads.
    let order = match q.engine() {
        Engine::Postgres => "order by t.changed_at desc, t.id desc",
        Engine::Sqlite => "",
    };
    let sql = format!(
        "select count(*) from (select 1 as one from {} t where {} {order} limit {limit}) as listed",
        definition.table(),
        filter.sql()
    );
    q.query_one(&sql, &filter.params)?.int(0)
}

/// Records per stage, in the reader's scope; those without a stage under an empty code.
///
/// # Errors
/// Whatever the store says.
pub fn by_stage(
    q: &mut dyn Query,
    definition: &Definition,
    grants: Option<&[Grant]>,
    asked: &Asked,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let grants = confined(q, grants)?;
    q.plan_by_values()?;
    let filter = filtered(q.engine(), definition, grants, asked)?;
    let sql = format!(
        "select t.stage, count(*) from {} t where {} group by t.stage",
        definition.table(),
        filter.sql()
    );
    let rows = q.query(&sql, &filter.params)?;
    rows.iter().map(|row| Ok((row.opt_text(0)?.unwrap_or_default(), row.int(1)?))).collect()
}

/// The condition of a list.
pub(super) fn filtered(
    engine: Engine,
    definition: &Definition,
    grants: Option<&[Grant]>,
    asked: &Asked,
) -> Result<Where, StoreError> {
    let led = asked.is_led(engine, definition);
    let mut filter = Where::default();
    filter.and(format!("t.removed = {}", i64::from(asked.removed)));
    if let Some(grants) = grants {
        let scope = readable(grants, Permission::RegisterRead, filter.next());
        filter.and_with(scope);
    }
    if !asked.text.trim().is_empty() {
        let terms = texts::wanted(&asked.text);
        match terms.is_empty() {
            true => filter.and("1 = 0".to_owned()),
            false => {
                let (holds, value) = fulltext::holds(engine, texts::INDEX, "t.doc__", &terms, filter.next())?;
                filter.and_with((holds, vec![value]));
            }
        }
    }
    if let Some(path) = &asked.unit {
        let (from, to) = (filter.param(path.as_str()), filter.param(network::upper_bound(path)));
        filter.and(format!("t.unit in (select u.code from unit u where u.path >= {from} and u.path < {to})"));
    }
    if let Some(within) = &asked.within {
        lies_in(&mut filter, &places::area(definition), within.as_str(), led);
    }
    if asked.at_a_point
        && let Some(field) = places::point(definition)
    {
        filter.and(format!("{} is not null", column(definition, &field.code)));
    }
    for (name, value) in [("stage", &asked.stage), ("level", &asked.level)] {
        if let Some(value) = value {
            let value = filter.param(value.as_str());
            filter.and(format!("t.{name} = {value}"));
        }
    }
    for (code, value) in &asked.fields {
        if let Some(field) = definition.field(code) {
            field_is(&mut filter, definition, field, value, led);
        }
    }
    if let Some(day) = asked.overdue_on {
        let day = filter.param(day.to_string());
        filter.and(format!("t.next_contact < {day}"));
    }
    if let Some((code, from, to)) = &asked.between
        && definition.field(code).is_some()
    {
        let column = column(definition, code);
        let (from, to) = (filter.param(from.to_string()), filter.param(to.to_string()));
        filter.and(format!("{column} >= {from} and {column} <= {to}"));
    }
    if !asked.ids.is_empty() {
        let places: Vec<String> = asked.ids.iter().map(|id| filter.param(id.as_str())).collect();
        filter.and(format!("t.id in ({})", places.join(", ")));
    }
    if let Some((indicator, span)) = &asked.counted
        && let Some(indicator) = definition.indicator(indicator)
    {
        indicators::counted(&mut filter, definition, indicator, *span);
    }
    Ok(filter)
}

fn field_is(filter: &mut Where, definition: &Definition, field: &Field, value: &str, led: bool) {
    let column = column(definition, &field.code);
    match &field.kind {
        // Several choices lie in one column, separated by spaces.
        Kind::Choice { many: true, .. } => {
            let pattern = filter.param(format!("% {} %", value.replace(['%', '_', '!'], "")));
            filter.and(format!("(' ' || {column} || ' ') like {pattern} escape '!'"));
        }
        Kind::Reference { .. } => {
            let (code, target) = (filter.param(field.code.as_str()), filter.param(value));
            filter.and(format!(
                "exists (select 1 from register_link l where l.record = t.id and l.field = {code} \
                 and l.target = {target})"
            ));
        }
        Kind::Area { .. } => lies_in(filter, &column, value, led),
        _ => {
            let value = filter.param(value);
            filter.and(format!("{column} = {value}"));
        }
    }
}

/// An area holds those below it. Where another condition leads to the rows in their order, that
/// they lie in a county or more is only looked at: found by it, they would have to be sorted.
fn lies_in(filter: &mut Where, column: &str, area: &str, led: bool) {
    let (from, to) = network::code_range(area);
    let column =
        if led && from.len() <= places::COUNTY { format!("{column} || ''") } else { column.to_owned() };
    let (from, to) = (filter.param(from), filter.param(to));
    filter.and(format!("({column} >= {from} and {column} < {to})"));
}

const CHANGED: &str = "t.changed_at";

/// What rows are sorted by, never null; whether downwards; whether it is a number.
fn sort_key(definition: &Definition, sort: Option<&(String, bool)>) -> (String, bool, bool) {
    let Some((code, down)) = sort else { return (CHANGED.to_owned(), true, true) };
    if code == "title" {
        return ("t.title".to_owned(), *down, false);
    }
    if code == "next_contact" {
        return ("coalesce(t.next_contact, '')".to_owned(), *down, false);
    }
    match definition.field(code) {
        None => (CHANGED.to_owned(), true, true),
        Some(field) => match field.kind {
            Kind::Number { .. } | Kind::Money { .. } => {
                (format!("cast(coalesce({}, 0) as double precision)", column(definition, code)), *down, true)
            }
            Kind::Point | Kind::Attachment | Kind::Derived { .. } => (CHANGED.to_owned(), true, true),
            _ => (format!("coalesce({}, '')", column(definition, code)), *down, false),
        },
    }
}

fn read(fields: &[&Field], row: &Row) -> Result<Listed, StoreError> {
    let mut values = Values::new();
    let mut at = 10;
    for field in fields {
        if let Some(value) = read_column(field, row, at)? {
            values.insert(field.code.clone(), value);
        }
        at += columns(field).len();
    }
    let key = match row.value(9)? {
        Value::Int(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Null | Value::Bytes(_) => String::new(),
    };
    Ok(Listed {
        id: row.text(0)?,
        unit: row.text(1)?,
        title: row.text(2)?,
        stage: row.opt_text(3)?,
        stage_on: row.opt_text(4)?,
        level: row.opt_text(5)?,
        last_contact: row.opt_text(6)?,
        next_contact: row.opt_text(7)?,
        changed_at: row.instant(8)?,
        values,
        key,
    })
}
