//! The figures of a register: counted in SQL from the same condition that lists their rows.

use super::condition::{Where, column};
use super::list::{self, Asked};
use crate::projection::columns;
use crate::rules::amount::{Decimal, Total};
use crate::rules::definition::{Definition, Field, Gives, Indicator, Kind, Measure, Period};
use kernel::permission::Grant;
use kernel::time::Date;
use store::{Query, StoreError};

/// A stretch of days, both included; open where `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

/// What an indicator comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// The number with what is known of its bounds; money in yuan.
    pub total: Total,
    /// Whether it is money.
    pub money: bool,
}

/// What an indicator comes to among the records the reader may see and `asked` lets through.
///
/// # Errors
/// Whatever the store says.
pub fn figure(
    q: &mut dyn Query,
    definition: &Definition,
    grants: Option<&[Grant]>,
    asked: &Asked,
    indicator: &Indicator,
    span: Span,
) -> Result<Figure, StoreError> {
    let mut filter = list::filtered(q.engine(), definition, grants, asked)?;
    counted(&mut filter, definition, indicator, span);
    let table = definition.table();
    let whole = |number: i64| Figure {
        total: Total { sum: Decimal::whole(number), ..Total::default() },
        money: false,
    };
    match &indicator.measure {
        Measure::Count | Measure::Level(_) | Measure::EverLevel(_) => {
            let sql = format!("select count(*) from {table} t where {}", filter.sql());
            Ok(whole(q.query_one(&sql, &filter.params)?.int(0)?))
        }
        Measure::Distinct(field) => {
            let column = column(definition, field);
            let sql = format!("select count(distinct {column}) from {table} t where {}", filter.sql());
            Ok(whole(q.query_one(&sql, &filter.params)?.int(0)?))
        }
        Measure::Sum(field) => match definition.field(field) {
            Some(field) => sum(q, definition, field, &filter),
            None => Ok(Figure::default()),
        },
        Measure::Flow(kind) => {
            let money = definition.flow(kind).is_some_and(|flow| flow.money.is_some());
            let records = filter.sql();
            let lines = lines(&mut filter, "f", span);
            let kind = filter.param(kind.as_str());
            let sql = format!(
                "select cast(coalesce(sum(f.fen), 0) as bigint), coalesce(sum(f.amount), 0) from register_flow f \
                 join {table} t on t.id = f.record where f.kind = {kind} and f.counts = 1{lines} and {records}"
            );
            let row = q.query_one(&sql, &filter.params)?;
            let sum = match money {
                true => Decimal::of_fen(row.int(0)?),
                false => measured(row.value(1)?).rounded(6),
            };
            Ok(Figure { total: Total { sum, ..Total::default() }, money })
        }
        Measure::Contacts => {
            let records = filter.sql();
            let lines = lines(&mut filter, "c", span);
            let sql = format!(
                "select count(*) from register_contact c join {table} t on t.id = c.record where {records}{lines}"
            );
            Ok(whole(q.query_one(&sql, &filter.params)?.int(0)?))
        }
    }
}

/// The records that an indicator counts in that period: what its figure opens to.
pub(super) fn counted(filter: &mut Where, definition: &Definition, indicator: &Indicator, span: Span) {
    if let Some(condition) = &indicator.condition {
        filter.holds(definition, condition);
    }
    match &indicator.period {
        Some(Period::Field(field)) => within(filter, &column(definition, field), span),
        Some(Period::Stage(stage)) => {
            let stage = filter.param(stage.as_str());
            let first = format!(
                "(select min(s.reached_on) from register_stage s where s.record = t.id and s.stage = {stage})"
            );
            filter.and(format!("{first} is not null"));
            within(filter, &first, span);
        }
        None => {}
    }
    match &indicator.measure {
        Measure::Flow(kind) => {
            let kind = filter.param(kind.as_str());
            let lines = lines(filter, "f", span);
            filter.and(format!(
                "exists (select 1 from register_flow f where f.record = t.id and f.kind = {kind} and f.counts = 1{lines})"
            ));
        }
        Measure::Contacts => {
            let lines = lines(filter, "c", span);
            filter.and(format!("exists (select 1 from register_contact c where c.record = t.id{lines})"));
        }
        Measure::Level(level) => {
            // As of the last day of the period, or as of now.
            let rank = definition.level(level).map_or(0, |(rank, _)| rank);
            let held = match span.to {
                None => "l.ended_on is null".to_owned(),
                Some(day) => {
                    let (on, off) = (filter.param(day.to_string()), filter.param(day.to_string()));
                    format!("l.awarded_on <= {on} and (l.ended_on is null or l.ended_on > {off})")
                }
            };
            let rank = filter.param(rank);
            filter.and(format!(
                "(select max(l.rank) from register_level l where l.record = t.id and {held}) = {rank}"
            ));
        }
        Measure::EverLevel(level) => {
            let level = filter.param(level.as_str());
            let until = match span.to {
                None => String::new(),
                Some(day) => format!(" and l.awarded_on <= {}", filter.param(day.to_string())),
            };
            filter.and(format!(
                "exists (select 1 from register_level l where l.record = t.id and l.level = {level}{until})"
            ));
        }
        Measure::Count | Measure::Sum(_) | Measure::Distinct(_) => {}
    }
}

fn within(filter: &mut Where, column: &str, span: Span) {
    if let Some(from) = span.from {
        let from = filter.param(from.to_string());
        filter.and(format!("{column} >= {from}"));
    }
    if let Some(to) = span.to {
        let to = filter.param(to.to_string());
        filter.and(format!("{column} <= {to}"));
    }
}

/// The lines of a period, as a condition that goes on from another.
fn lines(filter: &mut Where, table: &str, span: Span) -> String {
    let mut sql = String::new();
    if let Some(from) = span.from {
        sql += &format!(" and {table}.on_day >= {}", filter.param(from.to_string()));
    }
    if let Some(to) = span.to {
        sql += &format!(" and {table}.on_day <= {}", filter.param(to.to_string()));
    }
    sql
}

fn sum(
    q: &mut dyn Query,
    definition: &Definition,
    field: &Field,
    filter: &Where,
) -> Result<Figure, StoreError> {
    let column = column(definition, &field.code);
    let bound = columns(field).into_iter().nth(1).filter(|column| column.ends_with("__bound\""));
    let some = |code: &str| match &bound {
        Some(bound) => format!("coalesce(max(case when t.{bound} = '{code}' then 1 else 0 end), 0)"),
        None => "0".to_owned(),
    };
    let whole = matches!(
        field.kind,
        Kind::Money { .. }
            | Kind::Number { decimals: 0, .. }
            | Kind::Derived { gives: Gives::Money | Gives::Number(0), .. }
    );
    let sum = match whole {
        true => format!("cast(coalesce(sum({column}), 0) as bigint)"),
        false => format!("coalesce(sum({column}), 0)"),
    };
    let sql = format!(
        "select {sum}, {}, {} from {} t where {}",
        some("at_least"),
        some("at_most"),
        definition.table(),
        filter.sql()
    );
    let row = q.query_one(&sql, &filter.params)?;
    let money = matches!(field.kind, Kind::Money { .. } | Kind::Derived { gives: Gives::Money, .. });
    let sum = match &field.kind {
        _ if money => Decimal::of_fen(row.int(0)?),
        Kind::Number { decimals, .. } | Kind::Derived { gives: Gives::Number(decimals), .. } => {
            measured(row.value(0)?).rounded(*decimals)
        }
        _ => measured(row.value(0)?),
    };
    let total = Total { sum, at_least: row.int(1)? == 1, at_most: row.int(2)? == 1 };
    Ok(Figure { total, money })
}

fn measured(value: &store::Value) -> Decimal {
    match value {
        store::Value::Int(number) => Decimal::whole(*number),
        store::Value::Real(number) => Decimal::of_f64(*number).unwrap_or_default(),
        _ => Decimal::ZERO,
    }
}
