//! The figures from the journal's dated facts, their rows, and the live counts.

use crate::configuration;
use kernel::permission::{Grant, Permission};
use kernel::time::Date;
use kernel::{MatterId, UnitId};
use matters_rules::figures::{Cell, Fact, Figures, Query, Tally, tally};
use platform::{App, Failure};
use std::collections::BTreeSet;
use store::params;

/// What is asked, in the words of the command line and the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// First day of the period.
    pub from: Option<Date>,
    /// The day whose end is meant; none: today.
    pub as_of: Option<Date>,
    /// Root of the subtree of units.
    pub unit: Option<UnitId>,
}

/// The question as the fold takes it.
///
/// # Errors
/// [`Failure::NotFound`] for an unknown unit.
pub fn question(query: &mut dyn store::Query, app: &App, asked: &Asked) -> Result<Query, Failure> {
    let now = app.now();
    let procedure = configuration::procedure_in_force(query, app, now)?;
    let units = match &asked.unit {
        Some(unit) => Some(subtree(query, unit)?),
        None => None,
    };
    Ok(Query {
        from: asked.from,
        as_of: asked.as_of.unwrap_or_else(|| app.config.zone.date_of(now)),
        units,
        zone: app.config.zone.clone(),
        now,
        fairly_satisfied_counts: procedure.steps.fairly_satisfied_counts,
    })
}

/// The figures, folded anew from all dated facts.
///
/// # Errors
/// Whatever the store says.
pub fn figures(query: &mut dyn store::Query, question: &Query) -> Result<Figures, Failure> {
    let mut figures = Figures::new(question.as_of, question.from);
    each_matter(query, question, None, &mut |_, tally| figures.add(tally))?;
    Ok(figures)
}

/// The figures of the matters someone may count, so that nobody learns from a number what
/// they may not see.
///
/// # Errors
/// Whatever the store says.
pub fn figures_for(
    query: &mut dyn store::Query,
    question: &Query,
    grants: &[Grant],
) -> Result<Figures, Failure> {
    let mut figures = Figures::new(question.as_of, question.from);
    each_matter(query, question, Some(grants), &mut |_, tally| figures.add(tally))?;
    Ok(figures)
}

/// The matters behind a cell, among those someone may count, with how often each counts.
///
/// # Errors
/// Whatever the store says.
pub fn rows_of(
    query: &mut dyn store::Query,
    question: &Query,
    cell: Cell,
    grants: &[Grant],
) -> Result<Vec<(MatterId, u64)>, Failure> {
    let mut rows = Vec::new();
    each_matter(query, question, Some(grants), &mut |id, tally| {
        rows.extend(tally.get(&cell).map(|n| (id, *n)));
    })?;
    Ok(rows)
}

/// The lasting cells as kept up with every event: what a wall screen reads. Equal to the
/// fold over all facts, which a test holds.
///
/// # Errors
/// Whatever the store says.
pub fn live_cells(query: &mut dyn store::Query) -> Result<Tally, Failure> {
    let rows = query
        .query("select cell, cast(sum(n) as bigint) from figure_cell group by cell order by cell", &[])?;
    let mut cells = Tally::new();
    for row in rows {
        if let (Some(cell), Ok(n @ 1..)) = (Cell::parse(row.str(0)?), u64::try_from(row.int(1)?)) {
            cells.insert(cell, n);
        }
    }
    Ok(cells)
}

/// Hands over the cells of each matter. Facts come ordered by matter, so one matter's are
/// held in memory at a time.
fn each_matter(
    query: &mut dyn store::Query,
    question: &Query,
    grants: Option<&[Grant]>,
    each: &mut dyn FnMut(MatterId, &Tally),
) -> Result<(), Failure> {
    let (scope, mut params) = match grants {
        Some(grants) => identity::scope::matter_filter(grants, Permission::FiguresRead, 2),
        None => ("1 = 1".to_owned(), Vec::new()),
    };
    params.insert(0, question.zone.end_of_day(question.as_of).into());
    let mut facts: Vec<Fact> = Vec::new();
    let mut finish = |facts: &mut Vec<Fact>| {
        if let Some(first) = facts.first() {
            each(first.matter, &tally(facts, question));
        }
        facts.clear();
    };
    query.query_each(
        &format!(
            "select f.data from matter_fact f join matter m on m.id = f.matter \
             where f.at < $1 and {scope} order by f.matter, f.version, f.seq"
        ),
        &params,
        &mut |row| {
            let fact: Fact = serde_json::from_str(row.str(0)?)
                .map_err(|error| store::StoreError::Corrupt(format!("a dated fact: {error}")))?;
            if facts.first().is_some_and(|first| first.matter != fact.matter) {
                finish(&mut facts);
            }
            facts.push(fact);
            Ok(())
        },
    )?;
    finish(&mut facts);
    Ok(())
}

fn subtree(query: &mut dyn store::Query, root: &UnitId) -> Result<BTreeSet<UnitId>, Failure> {
    let root = network::unit(query, root)?.ok_or(Failure::NotFound)?;
    let rows = query.query(
        "select code from unit where path >= $1 and path < $2",
        &params![&root.path.0, network::upper_bound(&root.path.0)],
    )?;
    Ok(rows.iter().map(|row| row.text(0).map(UnitId)).collect::<Result<_, _>>()?)
}
