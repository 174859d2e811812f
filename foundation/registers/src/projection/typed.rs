//! A register's own table: a column or two per field, typed.

use crate::rules::definition::{Definition, Field, Gives, Kind};
use crate::rules::derive::{derived, title};
use crate::rules::record::RecordState;
use crate::rules::value::{SEALED, Value};
use crate::rules::{Bound, Decimal};
use kernel::text::fold_for_search;
use std::collections::BTreeMap;
use std::fmt::Write;
use store::{Row, StoreError, Tx, params};

/// Columns every register's table begins with; `search` is the title as searches compare it,
/// `doc__` the record's number in the full-text index.
const OWN: &str = "id, unit, title, search, stage, stage_on, level, level_rank, last_contact, next_contact, \
                   removed, created_on, changed_at, doc__";
/// How many those are.
const OWN_COUNT: usize = 14;

/// How a field lies in columns.
enum Shape {
    Text,
    Whole,
    Measure,
    Place,
}

fn shape(field: &Field) -> Shape {
    match &field.kind {
        Kind::Number { decimals: 0, .. }
        | Kind::Money { .. }
        | Kind::Attachment
        | Kind::Derived { gives: Gives::Number(0) | Gives::Money, .. } => Shape::Whole,
        Kind::Number { .. } | Kind::Derived { gives: Gives::Number(_), .. } => Shape::Measure,
        Kind::Point => Shape::Place,
        _ => Shape::Text,
    }
}

fn bounded(field: &Field) -> bool {
    matches!(field.kind, Kind::Number { bounds: true, .. } | Kind::Money { bounds: true, .. })
}

/// The columns of a field, quoted: its value, then its bound where it may have one.
pub(crate) fn columns(field: &Field) -> Vec<String> {
    let code = &field.code;
    let mut found = match shape(field) {
        Shape::Place => vec![format!("\"{code}__lon\""), format!("\"{code}__lat\"")],
        _ => vec![format!("\"{code}\"")],
    };
    if bounded(field) {
        found.push(format!("\"{code}__bound\""));
    }
    found
}

/// The table's DDL.
pub(super) fn ddl(definition: &Definition) -> String {
    let table = definition.table();
    let mut ddl = format!(
        "create table {table} (id text primary key, unit text not null, title text not null, \
         search text not null, stage text, stage_on text, level text, level_rank bigint, last_contact text, \
         next_contact text, removed bigint not null, created_on text, changed_at bigint not null, \
         doc__ bigint not null"
    );
    for field in &definition.fields {
        let kind = match shape(field) {
            Shape::Text => "text",
            Shape::Whole => "bigint",
            Shape::Measure | Shape::Place => "double precision",
        };
        for column in columns(field) {
            let kind = if column.ends_with("__bound\"") { "text" } else { kind };
            write!(ddl, ", {column} {kind}").expect("a String takes any write");
        }
    }
    ddl.push_str(");\n");
    ddl
}

/// The statements that make its indexes.
pub(super) fn indexes(definition: &Definition) -> Vec<String> {
    let table = definition.table();
    let filtered = definition
        .fields
        .iter()
        .filter(|field| field.filtered)
        .filter_map(|field| columns(field).into_iter().next());
    let own = ["unit", "level", "next_contact"].map(str::to_owned);
    let columns = own.into_iter().chain(filtered).enumerate();
    let mut found: Vec<String> = columns
        .map(|(n, column)| format!("create index {table}_i{n} on {table} ({column}, changed_at, id)"))
        .collect();
    // How many there are of each stage is read from its index alone.
    for (name, columns) in [
        ("stage", "stage, removed, changed_at, id"),
        ("title", "title, id"),
        ("changed_at", "changed_at, id"),
        ("doc", "doc__"),
    ] {
        found.push(format!("create index {table}_{name} on {table} ({columns})"));
    }
    found
}

/// The columns of the table, in the order of [`row`].
pub(super) fn all_columns(definition: &Definition) -> Vec<String> {
    let own = OWN.split(',').map(|name| name.trim().to_owned());
    own.chain(definition.fields.iter().flat_map(columns)).collect()
}

/// What a record's row holds.
pub(super) fn row(
    definition: &Definition,
    (id, doc): (&str, i64),
    state: &RecordState,
    degrees: &BTreeMap<String, i64>,
) -> Vec<store::Value> {
    let computed = derived(definition, state, degrees);
    let title = title(definition, state);
    let level = state.level(definition);
    let mut values = params![
        id,
        &state.unit,
        &title,
        fold_for_search(&title),
        state.stage.clone(),
        state.stages.last().map(|(_, on)| on.to_string()),
        level.map(|(_, level)| level.code.clone()),
        level.map(|(rank, _)| rank),
        state.last_contact().map(|date| date.to_string()),
        state.next_contact(definition).map(|date| date.to_string()),
        state.removed.is_some(),
        state.created_on.map(|date| date.to_string()),
        state.changed_at.map(kernel::time::Instant::micros).unwrap_or_default(),
        doc
    ];
    debug_assert_eq!(values.len(), OWN_COUNT);
    for field in &definition.fields {
        let value =
            if field.is_derived() { computed.get(&field.code) } else { state.values.get(&field.code) };
        values.extend(cells(field, value));
    }
    values
}

/// Writes a record's row; a `fresh` record has none yet.
pub(super) fn put(
    tx: &mut Tx,
    definition: &Definition,
    (id, doc): (&str, i64),
    state: &RecordState,
    degrees: &BTreeMap<String, i64>,
    fresh: bool,
) -> Result<(), StoreError> {
    let table = definition.table();
    if !fresh {
        tx.execute_later(&format!("delete from {table} where id = $1"), params![id])?;
    }
    let (names, values) = (all_columns(definition), row(definition, (id, doc), state, degrees));
    let places: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
    let sql = format!("insert into {table} ({}) values ({})", names.join(", "), places.join(", "));
    tx.execute_later(&sql, values)
}

/// What the columns of a field hold, as many as [`columns`] names.
fn cells(field: &Field, value: Option<&Value>) -> Vec<store::Value> {
    use store::Value as Cell;
    let text = |words: Vec<String>| Cell::Text(words.join(" "));
    if field.is_sealed() {
        return vec![if value.is_some() { SEALED.into() } else { Cell::Null }];
    }
    let mut found: Vec<Cell> = match (shape(field), value) {
        (Shape::Place, Some(Value::Point(point))) => {
            point.iter().map(|millionths| Cell::Real(*millionths as f64 / 1e6)).collect()
        }
        (Shape::Place, _) => vec![Cell::Null, Cell::Null],
        (_, None) => vec![Cell::Null],
        (Shape::Whole, Some(Value::Number { number, .. })) => vec![Cell::Int(number.whole_part())],
        (Shape::Measure, Some(Value::Number { number, .. })) => vec![Cell::Real(number.as_f64())],
        (_, Some(Value::Money { fen, .. })) => vec![Cell::Int(*fen)],
        (_, Some(Value::Files(files))) => vec![Cell::Int(i64::try_from(files.len()).unwrap_or(i64::MAX))],
        (_, Some(Value::Choice(codes))) => vec![text(codes.clone())],
        (_, Some(Value::Records(ids))) => vec![text(ids.iter().map(ToString::to_string).collect())],
        (Shape::Text, Some(value)) => vec![Cell::Text(field.written(value))],
        (_, Some(_)) => vec![Cell::Null],
    };
    if bounded(field) {
        found.push(match value {
            Some(Value::Number { bound, .. } | Value::Money { bound, .. }) => bound.code().into(),
            _ => Cell::Null,
        });
    }
    found
}

/// Reads a field back from the columns that begin at `index`; files are counted only.
pub(crate) fn read_column(field: &Field, row: &Row, index: usize) -> Result<Option<Value>, StoreError> {
    let bound = if bounded(field) { row.opt_str(index + 1)? } else { None };
    let bound = match bound {
        Some("at_least") => Bound::AtLeast,
        Some("at_most") => Bound::AtMost,
        _ => Bound::Exact,
    };
    let list = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    Ok(match &field.kind {
        Kind::Money { .. } | Kind::Derived { gives: Gives::Money, .. } => {
            row.opt_int(index)?.map(|fen| Value::Money { fen, bound })
        }
        Kind::Number { decimals: 0, .. } | Kind::Derived { gives: Gives::Number(0), .. } => {
            row.opt_int(index)?.map(|number| Value::Number { number: Decimal::whole(number), bound })
        }
        Kind::Number { decimals, .. } | Kind::Derived { gives: Gives::Number(decimals), .. } => row
            .opt_real(index)?
            .and_then(Decimal::of_f64)
            .map(|number| Value::Number { number: number.rounded(*decimals), bound }),
        Kind::Point => {
            let degrees = (row.opt_real(index)?, row.opt_real(index + 1)?);
            match degrees {
                (Some(lon), Some(lat)) => {
                    Some(Value::Point([lon, lat].map(|degrees| (degrees * 1e6).round() as i64)))
                }
                _ => None,
            }
        }
        Kind::Attachment => None,
        Kind::Date | Kind::Derived { gives: Gives::Date, .. } => {
            row.opt_str(index)?.and_then(|text| text.parse().ok()).map(Value::Date)
        }
        Kind::Choice { .. } | Kind::Derived { gives: Gives::Choice(_), .. } => {
            row.opt_str(index)?.map(|text| Value::Choice(list(text)))
        }
        Kind::Unit => row.opt_text(index)?.map(|code| Value::Unit(code.into())),
        Kind::Area { .. } => row.opt_text(index)?.map(|code| Value::Area(code.into())),
        Kind::Reference { .. } => row
            .opt_str(index)?
            .map(|text| Value::Records(list(text).iter().filter_map(|id| id.parse().ok()).collect())),
        Kind::Recurrence => {
            row.opt_str(index)?.and_then(crate::rules::recurrence::Recurrence::parse).map(Value::Recurrence)
        }
        Kind::Text { .. } | Kind::Derived { gives: Gives::Text, .. } => row.opt_text(index)?.map(Value::Text),
    })
}
