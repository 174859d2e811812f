//! What a new calendar would do, before it is published: which open matters would move.

use crate::shell::Matters;
use kernel::time::{Calendar, Instant};
use kernel::{Actor, Aggregate, MatterId};
use matters_rules::{Command, Event, Facts, Matter};
use platform::{App, Failure};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::{Query, params};

/// Matters looked at before the answer says that there are more.
const MOST: i64 = 5000;
/// Matters named one by one.
const NAMED: usize = 20;

/// What would move.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Open matters looked at.
    pub looked_at: usize,
    /// Whether there are open matters that were not looked at.
    pub more: bool,
    /// Matters with at least one limit that would move.
    pub matters: usize,
    /// The first of them.
    pub named: Vec<Move>,
}

/// A matter whose limits would move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Which.
    pub id: MatterId,
    /// Its number.
    pub number: String,
    /// The date promised to the appellant: now and then, where that moves.
    pub promise: Option<(Instant, Instant)>,
    /// How many limits of its assignments would move.
    pub assignments: usize,
}

/// Computes the limits of all open matters under a calendar, changing nothing.
///
/// # Errors
/// Whatever the store says.
pub fn moves(query: &mut dyn Query, app: &App, calendar: &Calendar) -> Result<Moves, Failure> {
    let calendar = Arc::new(calendar.clone());
    let rows = query
        .query("select id from matter where closed_at is null order by id limit $1", &params![MOST + 1])?;
    let ids = rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
    let mut found = Moves { more: ids.len() as i64 > MOST, ..Moves::default() };
    for id in ids.iter().take(usize::try_from(MOST).unwrap_or(usize::MAX)) {
        found.looked_at += 1;
        let matter = platform::act::load::<Matters>(query, id)?.state;
        let Some(moved) = moved(query, app, &matter, &calendar)? else { continue };
        found.matters += 1;
        if found.named.len() < NAMED {
            found.named.push(moved);
        }
    }
    Ok(found)
}

fn moved(
    query: &mut dyn Query,
    app: &App,
    matter: &Matter,
    calendar: &Arc<Calendar>,
) -> Result<Option<Move>, Failure> {
    let Some(id) = matter.id else { return Ok(None) };
    let facts = Facts {
        now: app.now(),
        matter: id,
        actor: Actor::System { job: "matter.recompute".into() },
        actor_units: Vec::new(),
        calendar: calendar.clone(),
        authority: Arc::default(),
        procedure: super::procedure(query, matter.kind, matter.procedure.1)?,
        node_ids: Vec::new(),
        units: BTreeMap::new(),
        duty_items: BTreeSet::new(),
        ground: None,
        other: None,
    };
    // A matter whose limits are no longer computed refuses; it does not move.
    let events = Matters::decide(matter, &Command::RecomputeLimits, &facts).unwrap_or_default();
    Ok(events.into_iter().find_map(|event| match event {
        Event::LimitsRecomputed(recomputed) => Some(Move {
            id,
            number: matter.number.clone(),
            promise: recomputed.promise.and_then(|to| Some((matter.promise.as_ref()?.due, to.due))),
            assignments: recomputed.nodes.len(),
        }),
        _ => None,
    }))
}
