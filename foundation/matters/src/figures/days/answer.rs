//! A question answered from the sums of days.

use super::super::book::{self, Answer, Members};
use super::gather::{self, NAME};
use super::table;
use kernel::MatterId;
use kernel::permission::{Grant, Permission, Relation, allows};
use kernel::time::{Date, Instant};
use matters_rules::figures::days::{Course, Side, Signed, add, answers, tally_of, without_period};
use matters_rules::figures::{Breakdown, By, FLOWS, Query, bucket, parts};
use platform::Failure;
use std::collections::{BTreeMap, BTreeSet};
use store::chain::{self, Mark};
use store::{Value, follower};

/// Entries the sums may be behind; further behind, the fold is quicker.
const BEHIND: i64 = 20_000;
/// Matters the reader may not count, at most.
const SHUT_OUT: usize = 2_000;

/// Rows with signs.
type Rows = BTreeMap<String, Signed>;

/// The answer as of this snapshot; none where the sums do not hold it: for a part of the
/// units, for a reader who may count a part only, or where the follower is far behind.
pub(in super::super) fn answer(
    q: &mut dyn store::Query,
    question: &Query,
    by: Option<By>,
    grants: Option<&[Grant]>,
) -> Result<Option<Answer>, Failure> {
    let series = by.is_some_and(By::is_series);
    if question.units.is_some() || !(series || answers(by, question.from.is_some())) {
        return Ok(None);
    }
    let seq = follower::cursor(q, NAME)?;
    if chain::last(q)?.seq - seq > BEHIND {
        return Ok(None);
    }
    let shut_out = match grants {
        None => BTreeSet::new(),
        Some(grants) => match shut_out(q, grants)? {
            Some(ids) => ids,
            None => return Ok(None),
        },
    };
    let mark = Mark::sealed(seq);
    let Some((grown, next)) = chain::grown(q, &mark)? else { return Ok(None) };
    let written = book::written(&grown);
    // The sums judge limits at the end of their day.
    let judged = Query { now: Instant::MAX, ..question.clone() };
    let rows = if series { stretches(q, &judged, by)? } else { sums(q, &judged, by)? };
    let rows = with_odd_ones(q, rows, &judged, by, &written)?;
    let Some(breakdown) = breakdown(&rows, &judged, by) else {
        tracing::error!("the sums of days hold less than nothing: folding instead");
        return Ok(None);
    };
    let members = if grants.is_some() { Members::AllBut(Default::default()) } else { Members::All };
    let mut answer = Answer::new(judged, breakdown, next, members);
    answer.catch_up(q, question, &written, shut_out, by, grants)?;
    Ok(Some(answer))
}

/// The matters that the reader may not count, where these are few; none where they are not.
fn shut_out(q: &mut dyn store::Query, grants: &[Grant]) -> Result<Option<BTreeSet<MatterId>>, Failure> {
    let whole = grants.iter().find(|grant| {
        let may = |relation| allows(grant.role, Permission::FiguresRead, relation);
        may(Relation::Office)
    });
    let Some(whole) = whole else { return Ok(None) };
    let (path, end) = (whole.path.0.as_str(), network::upper_bound(&whole.path.0));
    let elsewhere = q.query_one_opt(
        "select 1 from matter where office_path < $1 union all select 1 from matter where office_path >= $2 limit 1",
        &[path.into(), end.into()],
    )?;
    if elsewhere.is_some() {
        return Ok(None);
    }
    // Shut out is only who stands within the unit complained about: its path begins theirs.
    let prefixes: Vec<Value> = path.match_indices('/').map(|(at, _)| Value::from(&path[..=at])).collect();
    let places: Vec<String> = (1..=prefixes.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "select id from matter where complained_path in ({}) limit {}",
        places.join(", "),
        SHUT_OUT + 1
    );
    let rows = q.query(&sql, &prefixes)?;
    if rows.len() > SHUT_OUT {
        return Ok(None);
    }
    rows.iter().map(|row| Ok(book::matter_id(row.str(0)?)?)).collect::<Result<_, Failure>>().map(Some)
}

/// What the sums come to.
fn sums(q: &mut dyn store::Query, question: &Query, by: Option<By>) -> Result<Rows, Failure> {
    let mut rows = table::until(q, by, Side::Whole, question.as_of)?;
    match question.from {
        Some(from) => {
            for (key, cells) in table::until(q, by, Side::Before, begun(from, question.as_of))? {
                add(rows.entry(key).or_default(), &cells, 1);
            }
        }
        None => rows.values_mut().for_each(without_period),
    }
    Ok(rows)
}

/// The flows of each stretch: differences of the same sums, read once.
fn stretches(q: &mut dyn store::Query, question: &Query, by: Option<By>) -> Result<Rows, Failure> {
    let (Some(by), Some(from)) = (by, question.from) else { return Ok(Rows::new()) };
    let begun = begun(from, question.as_of);
    let mut sides = Vec::new();
    for side in [Side::Whole, Side::Before] {
        let before = table::until(q, None, side, begun)?.remove("").unwrap_or_default();
        sides.push((before, table::daily(q, side, begun, question.as_of)?));
    }
    let mut rows = Rows::new();
    let mut first = from;
    while first <= question.as_of {
        let (start, end) = bucket(by, first);
        let last = end.min(question.as_of);
        // As of the day before the stretch, then as of its last day.
        let mut flows = sides[1].0.clone();
        for (before, daily) in &mut sides {
            for (_, cells) in daily.range(table::ymd(first)..=table::ymd(last)) {
                add(before, cells, 1);
            }
        }
        add(&mut flows, &sides[0].0, 1);
        flows.retain(|(cell, _), _| FLOWS.contains(cell));
        rows.insert(start.to_string(), flows);
        let Ok(next) = last.tomorrow() else { break };
        first = next;
    }
    Ok(rows)
}

/// Replaces what the sums make of odd matters by what these count for, as far as the sums
/// know them.
fn with_odd_ones(
    q: &mut dyn store::Query,
    mut rows: Rows,
    question: &Query,
    by: Option<By>,
    written: &BTreeMap<MatterId, i64>,
) -> Result<Rows, Failure> {
    let Some(from) = question.from else { return Ok(rows) };
    let series = by.is_some_and(By::is_series);
    let (part, last) = if series { (None, question.as_of) } else { (by, from) };
    let odd = table::odd(q, part, from, last)?;
    let ids = odd.iter().map(|id| book::matter_id(id)).collect::<Result<Vec<_>, _>>()?;
    gather::each_of(q, &ids, &mut |id, facts| {
        let facts = gather::known(&facts, written.get(&id).copied().unwrap_or(i64::MAX));
        let course = Course::of(&facts, &question.zone);
        for (key, cells) in in_sums(&course, question, by) {
            add(rows.entry(key).or_default(), &cells, -1);
        }
        for (key, tally) in parts(&facts, question, by) {
            let cells = matters_rules::figures::days::slots(&tally, question.fairly_satisfied_counts);
            add(rows.entry(key).or_default(), &cells, 1);
        }
    })?;
    Ok(rows)
}

/// What the sums make of a matter.
fn in_sums(course: &Course<'_>, question: &Query, by: Option<By>) -> Rows {
    let (Some(series), Some(from)) = (by.filter(|by| by.is_series()), question.from) else {
        return course.in_sums(question, by);
    };
    let mut rows = Rows::new();
    let mut first = from;
    while first <= question.as_of {
        let (start, end) = bucket(series, first);
        let last = end.min(question.as_of);
        let part = Query { from: Some(first), as_of: last, ..question.clone() };
        let mut flows = course.in_sums(&part, None).remove("").unwrap_or_default();
        flows.retain(|(cell, _), _| FLOWS.contains(cell));
        rows.insert(start.to_string(), flows);
        let Ok(next) = last.tomorrow() else { break };
        first = next;
    }
    rows
}

fn breakdown(rows: &Rows, question: &Query, by: Option<By>) -> Option<Breakdown> {
    let mut counted = Vec::with_capacity(rows.len());
    for (key, cells) in rows {
        let tally = tally_of(cells, question.fairly_satisfied_counts)?;
        if !tally.is_empty() {
            counted.push((key.clone(), tally));
        }
    }
    let mut breakdown = Breakdown::new(by, question);
    breakdown.add(&counted);
    Some(breakdown)
}

/// The day before the period, which may not lie behind its end.
fn begun(from: Date, as_of: Date) -> Date {
    from.yesterday().unwrap_or(from).min(as_of)
}
