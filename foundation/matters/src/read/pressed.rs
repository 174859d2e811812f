//! Reports of pressure and reprisal that wait to be settled, with their limits: for whoever
//! settles them, outside the units they are about.

use super::list::{Filter, Row, list, uuid};
use super::tab::Tab;
use crate::configuration;
use kernel::MatterId;
use kernel::permission::Grant;
use kernel::time::{Instant, Light, Remaining, Span, light, remaining};
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::{Query, params};

/// A matter with reports that wait.
#[derive(Clone, Debug)]
pub struct Pressed {
    /// As a list shows it.
    pub row: Row,
    /// Until when the first of them is to be settled, how pressing that is and what is left;
    /// none in old journals.
    pub limit: Option<(Instant, Light, Remaining)>,
}

/// Up to `most` of them, the earliest limit first.
///
/// # Errors
/// Whatever the store says.
pub fn pressed(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    most: usize,
) -> Result<Vec<Pressed>, Failure> {
    let filter = Filter { tab: Tab::Pressure, ..Filter::default() };
    let rows = list(query, app, grants, &filter, None, most)?.rows;
    let limits = limits(query)?;
    let (calendar, now) = (configuration::calendar_in_force(query)?, app.now());
    let mut found: Vec<Pressed> = rows
        .into_iter()
        .map(|row| {
            let limit = limits.get(&row.id).map(|(start, span, due)| {
                let lit = light(&calendar, *start, *due, *span, &[], now);
                (*due, lit, remaining(&calendar, *due, span.base, &[], now))
            });
            Pressed { row, limit }
        })
        .collect();
    found.sort_by_key(|pressed| pressed.limit.map_or(Instant::MAX, |(due, ..)| due));
    Ok(found)
}

fn limits(query: &mut dyn Query) -> Result<BTreeMap<MatterId, (Instant, Span, Instant)>, Failure> {
    let sql = "select id, pressure_start, pressure_span, pressure_due from matter \
               where pressure_open = 1 and pressure_due is not null";
    let mut found = BTreeMap::new();
    for row in query.query(sql, &params![])? {
        if let Ok(span) = Span::parse(row.str(2)?) {
            found.insert(MatterId(uuid(row.str(0)?)?), (row.instant(1)?, span, row.instant(3)?));
        }
    }
    Ok(found)
}
