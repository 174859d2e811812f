//! Which posts are filled on a day: the units that must have one (`posts`), the terms of
//! office (`holders`), and what is between them. The units are those of that day, under the
//! names and parents they had then: what was split off later had no post to fill.

use kernel::UnitId;
use kernel::time::Date;
use network::{Forest, UnitRow};
use std::collections::{BTreeMap, BTreeSet};
use store::{Query, StoreError, params};
use uuid::Uuid;

/// A post that units of a level must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required {
    /// Its record.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// At which level.
    pub level: String,
    /// In which kind of unit; empty: all.
    pub kind: String,
}

/// How a post is filled among some units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Units that must have it.
    pub required: i64,
    /// Of them, units in which somebody holds it.
    pub filled: i64,
}

/// A unit without a holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The unit's code.
    pub unit: String,
    /// Its name on that day.
    pub name: String,
    /// Its English name; may be empty.
    pub en_name: String,
    /// Since when the post is empty; none: nobody ever held it.
    pub since: Option<Date>,
    /// Who stands in, where someone does.
    pub substitute: Option<String>,
}

/// The posts required, from the top down.
///
/// # Errors
/// Whatever the store says.
pub fn required(q: &mut dyn Query) -> Result<Vec<Required>, StoreError> {
    if !super::exists(q, "posts")? {
        return Ok(Vec::new());
    }
    let rows = q.query(
        "select id, name, at_level, coalesce(unit_kind, '') from reg_posts where removed = 0 \
         order by case at_level when 'city' then 1 when 'county' then 2 when 'township' then 3 else 4 end, name, id",
        &[],
    )?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Ok(id) = row.str(0)?.parse() {
            found.push(Required { id, name: row.text(1)?, level: row.text(2)?, kind: row.text(3)? });
        }
    }
    Ok(found)
}

/// How a post is filled on a day, by the unit directly below the top that holds the units (none
/// for the top itself). `units` are those of that day.
///
/// # Errors
/// Whatever the store says.
pub fn by_branch(
    q: &mut dyn Query,
    units: &Forest,
    post: &Required,
    on: Date,
) -> Result<BTreeMap<Option<UnitId>, Filled>, StoreError> {
    let held = held(q, post, on)?;
    let mut found: BTreeMap<Option<UnitId>, Filled> = BTreeMap::new();
    for unit in units.iter().filter(|unit| must_have(unit, post)) {
        let filled = found.entry(branch(unit)).or_default();
        filled.required += 1;
        filled.filled += i64::from(held.contains(unit.code.as_str()));
    }
    Ok(found)
}

/// The units of a branch, or of all, whose post nobody holds on a day, at most `limit`.
///
/// # Errors
/// Whatever the store says.
pub fn gaps(
    q: &mut dyn Query,
    units: &Forest,
    within: Option<&UnitId>,
    post: &Required,
    on: Date,
    limit: usize,
) -> Result<Vec<Gap>, StoreError> {
    let held = held(q, post, on)?;
    let lacks = |unit: &&UnitRow| {
        must_have(unit, post)
            && !held.contains(unit.code.as_str())
            && within.is_none_or(|within| branch(unit).as_ref() == Some(within))
    };
    let mut empty: Vec<&UnitRow> = units.iter().filter(lacks).collect();
    empty.sort_by_key(|unit| &unit.path.0);
    let mut found = Vec::new();
    for unit in empty.into_iter().take(limit) {
        let last = q.query_one_opt(
            "select h.\"to\", h.substitute from reg_holders h where h.removed = 0 and h.place = $1 and h.post = $2 \
             and h.\"to\" is not null and h.\"to\" <= $3 order by h.\"to\" desc limit 1",
            &params![unit.code.as_str(), post.id.to_string(), on.to_string()],
        )?;
        let since = last.as_ref().map(|row| row.opt_text(0)).transpose()?.flatten();
        let substitute = last.as_ref().map(|row| row.opt_text(1)).transpose()?.flatten();
        found.push(Gap {
            unit: unit.code.to_string(),
            name: unit.short_name.clone(),
            en_name: unit.en_name.clone(),
            since: since.and_then(|day| day.parse().ok()),
            substitute,
        });
    }
    Ok(found)
}

/// Units that serve no area are nobody's network.
fn must_have(unit: &UnitRow, post: &Required) -> bool {
    unit.area.is_some()
        && unit.level.code() == post.level
        && (post.kind.is_empty() || unit.kind.code() == post.kind)
}

/// The unit directly below the top that a unit stands in.
fn branch(unit: &UnitRow) -> Option<UnitId> {
    unit.path.0.split('/').nth(1).filter(|code| !code.is_empty()).map(UnitId::from)
}

/// The units in which somebody holds the post on that day.
fn held(q: &mut dyn Query, post: &Required, on: Date) -> Result<BTreeSet<String>, StoreError> {
    let (id, day) = (post.id.to_string(), on.to_string());
    let rows = q.query(
        "select distinct h.place from reg_holders h where h.removed = 0 and h.post = $1 and h.\"from\" <= $2 \
         and (h.\"to\" is null or h.\"to\" > $3)",
        &params![id, &day, &day],
    )?;
    rows.iter().map(|row| row.text(0)).collect()
}
