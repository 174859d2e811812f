//! The figures from the journal's dated facts: asked, answered, and led back to their rows.

mod book;
mod days;
mod fold;

pub use days::{FigureDays, Gathering};
pub use fold::breakdown;

use crate::configuration;
use kernel::permission::Grant;
use kernel::time::Date;
use kernel::{MatterId, UnitId};
use matters_rules::figures::{Breakdown, By, Cell, Figures, Query};
use platform::{App, Failure};
use std::collections::BTreeSet;
use std::sync::Arc;
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

/// The figures in rows, of the matters someone may count (all, where no grants are given):
/// from the book of answers, exact as of this snapshot. What was asked before costs as much
/// as happened since; what was not, a few sums over days, or for a part of the units a fold.
///
/// # Errors
/// [`Failure::NotFound`] for an unknown unit.
pub fn counted(
    query: &mut dyn store::Query,
    app: &App,
    asked: &Asked,
    by: Option<By>,
    grants: Option<&[Grant]>,
) -> Result<Arc<Breakdown>, Failure> {
    let now = app.now();
    let fairly = configuration::procedure_in_force(query, app, now)?.steps.fairly_satisfied_counts;
    let as_of = asked.as_of.unwrap_or_else(|| app.config.zone.date_of(now));
    let asked = Asked { as_of: Some(as_of), ..asked.clone() };
    let scope = grants.map(|grants| {
        let scopes: BTreeSet<String> =
            grants.iter().map(|grant| format!("{} {}", grant.role.code(), grant.path.0)).collect();
        scopes.into_iter().collect::<Vec<_>>().join(",")
    });
    let key = format!("{asked:?} {by:?} {fairly} {scope:?}");
    app.memos
        .get::<book::Book>()
        .answer(query, &key, now, (by, grants), &mut |query| question(query, app, &asked))
}

/// The figures, folded anew from all dated facts.
///
/// # Errors
/// Whatever the store says.
pub fn figures(query: &mut dyn store::Query, question: &Query) -> Result<Figures, Failure> {
    Ok(breakdown(query, question, None, None)?.sum())
}

/// Which rows of a breakdown are meant: by what, and a test of their keys.
pub type Rows<'a> = (By, &'a dyn Fn(&str) -> bool);

/// The matters behind a cell, among those someone may count, with how often each counts;
/// of some rows of a breakdown, or of all.
///
/// # Errors
/// Whatever the store says.
pub fn rows_of(
    query: &mut dyn store::Query,
    question: &Query,
    cell: Cell,
    rows: Option<Rows<'_>>,
    grants: &[Grant],
) -> Result<Vec<(MatterId, u64)>, Failure> {
    let mut found = Vec::new();
    let by = rows.map(|(by, _)| by);
    fold::each_matter(query, question, by, Some(grants), &mut |id, parts| {
        let wanted = parts.iter().filter(|(key, _)| rows.is_none_or(|(_, wanted)| wanted(key)));
        let n: u64 = wanted.filter_map(|(_, tally)| tally.get(&cell)).sum();
        if n > 0 {
            found.push((id, n));
        }
    })?;
    Ok(found)
}

fn subtree(query: &mut dyn store::Query, root: &UnitId) -> Result<BTreeSet<UnitId>, Failure> {
    let root = network::unit(query, root)?.ok_or(Failure::NotFound)?;
    let rows = query.query(
        "select code from unit where path >= $1 and path < $2",
        &params![&root.path.0, network::upper_bound(&root.path.0)],
    )?;
    Ok(rows.iter().map(|row| row.text(0).map(UnitId)).collect::<Result<_, _>>()?)
}
