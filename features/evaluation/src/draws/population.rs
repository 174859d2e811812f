//! What there is to draw from: by the dated facts alone, which are never rewritten, so that
//! the same question asked later for the same moment gives the same answer.

use crate::rules::draw::{Plan, Population};
use kernel::MatterId;
use kernel::time::Instant;
use matters_rules::ClosingType;
use matters_rules::figures::{Fact, FactKind};
use platform::{App, Failure};
use store::{Query, params};

/// The matters of the plan that stood closed at that moment, in the order of their ids.
///
/// # Errors
/// Whatever the store says.
pub fn population(
    query: &mut dyn Query,
    app: &App,
    plan: &Plan,
    as_of: Instant,
) -> Result<Vec<MatterId>, Failure> {
    let path = network::unit(query, &plan.office)?.ok_or(Failure::NotFound)?.path;
    let zone = &app.config.zone;
    let from = zone.start_of_day(plan.from);
    let to = zone.end_of_day(plan.to).min(as_of.plus_micros(1));
    let rows = query.query(
        "select f.matter, f.data from matter_fact f join matter m on m.id = f.matter \
         where f.kind = 'ended' and f.at >= $1 and f.at < $2 and m.office_path >= $3 and m.office_path < $4 \
         and not exists (select 1 from matter_fact g where g.matter = f.matter \
         and g.kind in ('ended', 'reopened') and g.version > f.version and g.at <= $5) order by f.matter",
        &params![from, to, path.0.as_str(), network::upper_bound(&path.0), as_of],
    )?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let fact: Fact = serde_json::from_str(row.str(1)?)?;
        if let FactKind::Ended { closing } = fact.kind
            && is_of(plan.of, closing)
        {
            found
                .push(row.str(0)?.parse().map_err(|_| Failure::Internal("a matter's id is no UUID".into()))?);
        }
    }
    Ok(found)
}

/// What has a result that can be looked at: not what was withdrawn, merged or terminated.
fn is_of(population: Population, closing: ClosingType) -> bool {
    use ClosingType as C;
    let direct = closing == C::AnsweredDirectly;
    let closed = matches!(closing, C::Solved | C::Partly | C::Explained | C::NotYet);
    match population {
        Population::Closed => closed,
        Population::Direct => direct,
        Population::Both => closed || direct,
    }
}
