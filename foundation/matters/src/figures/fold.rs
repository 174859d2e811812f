//! The fold over all dated facts, matter by matter.

use super::book::matter_id;
use kernel::MatterId;
use kernel::permission::{Grant, Permission};
use matters_rules::figures::{Breakdown, By, Fact, Query, Tally, parts};
use platform::Failure;
use std::collections::HashSet;
use store::{StoreError, Value};

/// The figures in rows, folded anew from all dated facts; of the matters someone may count
/// where grants are given, so that nobody learns from a number what they may not see.
///
/// # Errors
/// Whatever the store says.
pub fn breakdown(
    query: &mut dyn store::Query,
    question: &Query,
    by: Option<By>,
    grants: Option<&[Grant]>,
) -> Result<Breakdown, Failure> {
    let mut breakdown = Breakdown::new(by, question);
    each_matter(query, question, by, grants, &mut |_, parts| breakdown.add(parts))?;
    Ok(breakdown)
}

/// Told each matter with what it counts in.
type Each<'a> = dyn FnMut(MatterId, &[(String, Tally)]) + 'a;

/// Hands over the cells of each matter, by row. Facts come ordered by matter, so one
/// matter's are held in memory at a time.
pub(super) fn each_matter(
    query: &mut dyn store::Query,
    question: &Query,
    by: Option<By>,
    grants: Option<&[Grant]>,
    each: &mut Each<'_>,
) -> Result<(), Failure> {
    let (scope, mut params) = scope(grants, 2);
    params.insert(0, question.zone.end_of_day(question.as_of).into());
    let mut facts: Vec<Fact> = Vec::new();
    let mut finish = |facts: &mut Vec<Fact>| {
        if let Some(first) = facts.first() {
            each(first.matter, &parts(facts, question, by));
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
            let fact = fact(row.str(0)?)?;
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

/// Which matters someone may count, among these or among all.
pub(super) fn in_scope(
    query: &mut dyn store::Query,
    grants: &[Grant],
    among: Option<&[MatterId]>,
) -> Result<HashSet<MatterId>, Failure> {
    let (scope, mut params) = scope(Some(grants), 1);
    let among = match among {
        Some(ids) => {
            let (places, ids) = places(ids, params.len() + 1);
            params.extend(ids);
            format!(" and m.id in ({places})")
        }
        None => String::new(),
    };
    let mut members = HashSet::new();
    query.query_each(&format!("select m.id from matter m where {scope}{among}"), &params, &mut |row| {
        members.insert(matter_id(row.str(0)?)?);
        Ok(())
    })?;
    Ok(members)
}

/// The scope as a condition on `matter m`.
fn scope(grants: Option<&[Grant]>, first_param: usize) -> (String, Vec<Value>) {
    match grants {
        Some(grants) => identity::scope::matter_filter(grants, Permission::FiguresRead, first_param),
        None => ("1 = 1".to_owned(), Vec::new()),
    }
}

/// `$1, $2, …` for these ids, counted from `first`, with their values.
pub(super) fn places(ids: &[MatterId], first: usize) -> (String, Vec<Value>) {
    let places: Vec<String> = (first..).take(ids.len()).map(|place| format!("${place}")).collect();
    (places.join(", "), ids.iter().map(|id| id.to_string().into()).collect())
}

/// A fact as it stands in the table.
pub(super) fn fact(data: &str) -> Result<Fact, StoreError> {
    serde_json::from_str(data).map_err(|error| StoreError::Corrupt(format!("a dated fact: {error}")))
}
