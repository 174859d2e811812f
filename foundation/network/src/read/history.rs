//! The network of any day: each unit as it was after the changes up to then, the forest they
//! stood in, and what became of one unit in the course of time.

use super::UnitRow;
use crate::rules::UnitKind;
use kernel::initials::readings;
use kernel::permission::UnitPath;
use kernel::text::fold_for_search;
use kernel::time::Date;
use kernel::{AreaId, Level, UnitId};
use std::collections::{BTreeMap, BTreeSet};
use store::{Query, Row, StoreError, params};

/// The day on which the last change took effect; none while the network is as its first lists
/// told.
///
/// # Errors
/// Whatever the store says.
pub fn last_change(q: &mut dyn Query) -> Result<Option<Date>, StoreError> {
    let row = q.query_one("select max(since) from unit_history", &[])?;
    Ok(row.opt_text(0)?.and_then(|day| day.parse().ok()))
}

/// Something that happened to a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// From which day on; none where a first list told it.
    pub on: Option<Date>,
    /// The event's kind, e.g. `unit_renamed`.
    pub kind: String,
    /// Its name from then on.
    pub name: String,
    /// Its short name.
    pub short_name: String,
    /// Its English name; may be empty.
    pub en_name: String,
    /// The unit it stood below from then on.
    pub parent: Option<UnitId>,
    /// The unit it was split off from.
    pub origin: Option<UnitId>,
    /// Who went on with its open work.
    pub successor: Option<UnitId>,
    /// The document that ordered it; may be empty.
    pub document: String,
    /// Why; may be empty.
    pub reason: String,
}

/// What happened to a unit, the latest first.
///
/// # Errors
/// Whatever the store says.
pub fn changes(q: &mut dyn Query, unit: &UnitId) -> Result<Vec<Change>, StoreError> {
    let rows = q.query(
        "select since, change, name, short_name, en_name, parent, origin, successor, document, reason \
         from unit_history where unit = $1 order by position desc",
        &params![unit.as_str()],
    )?;
    let change = |row: &Row| {
        Ok(Change {
            on: row.str(0)?.parse().ok(),
            kind: row.text(1)?,
            name: row.text(2)?,
            short_name: row.text(3)?,
            en_name: row.text(4)?,
            parent: row.opt_text(5)?.map(UnitId),
            origin: row.opt_text(6)?.map(UnitId),
            successor: row.opt_text(7)?.map(UnitId),
            document: row.text(8)?,
            reason: row.text(9)?,
        })
    };
    rows.iter().map(change).collect()
}

/// The units of which this one went on with the open work, by code.
///
/// # Errors
/// Whatever the store says.
pub fn predecessors(q: &mut dyn Query, unit: &UnitId) -> Result<Vec<UnitId>, StoreError> {
    let sql = "select distinct unit from unit_history where successor = $1 order by unit";
    q.query(sql, &params![unit.as_str()])?.iter().map(|row| row.text(0).map(UnitId)).collect()
}

/// Who goes on for a unit today: the successor of its successor where that was closed as well.
/// None while it is open, or where nobody was named.
///
/// # Errors
/// Whatever the store says.
pub fn heir(q: &mut dyn Query, unit: &UnitId) -> Result<Option<UnitId>, StoreError> {
    let mut seen = BTreeSet::from([unit.clone()]);
    let mut current = unit.clone();
    loop {
        let row = q.query_one_opt(
            "select open, successor from unit_history where unit = $1 order by position desc limit 1",
            &params![current.as_str()],
        )?;
        let Some(row) = row else { return Ok(None) };
        if row.int(0)? == 1 {
            return Ok((current != *unit).then_some(current));
        }
        match row.opt_text(1)?.map(UnitId) {
            Some(next) if seen.insert(next.clone()) => current = next,
            _ => return Ok(None),
        }
    }
}

/// A unit under the names it had at the end of a day; as it is called now where it came later.
///
/// # Errors
/// Whatever the store says.
pub fn as_called_on(q: &mut dyn Query, unit: UnitRow, day: Date) -> Result<UnitRow, StoreError> {
    let row = q.query_one_opt(
        "select name, short_name, en_name from unit_history where unit = $1 and since <= $2 \
         order by position desc limit 1",
        &params![unit.code.as_str(), day.to_string()],
    )?;
    let Some(row) = row else { return Ok(unit) };
    Ok(UnitRow { name: row.text(0)?, short_name: row.text(1)?, en_name: row.text(2)?, ..unit })
}

/// The open units that were called exactly so before, by code.
///
/// # Errors
/// Whatever the store says.
pub fn formerly(q: &mut dyn Query, name: &str) -> Result<Vec<UnitRow>, StoreError> {
    let rows = q.query(
        "select distinct h.unit from unit_history h join unit u on u.code = h.unit \
         where u.open = 1 and (h.name = $1 or h.short_name = $1) order by h.unit",
        &params![name],
    )?;
    let mut found = Vec::new();
    for row in &rows {
        found.extend(super::unit(q, &UnitId(row.text(0)?))?);
    }
    Ok(found)
}

/// Closed units whose names, initials or code hold the text, at most `most`, each with who goes
/// on for it today.
///
/// # Errors
/// Whatever the store says.
pub fn search_closed(
    q: &mut dyn Query,
    text: &str,
    most: usize,
) -> Result<Vec<(UnitRow, Option<UnitRow>)>, StoreError> {
    let mut found = Vec::new();
    for unit in super::closed_like(q, text, most)? {
        let heir = heir(q, &unit.code)?;
        let heir = heir.map(|heir| super::unit(q, &heir)).transpose()?.flatten();
        found.push((unit, heir));
    }
    Ok(found)
}

/// What a unit was called from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// From which day on, as `2022-08-22`; empty where a first list told it.
    pub since: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// English name; may be empty.
    pub en_name: String,
}

/// The names in time of those of some units that were ever renamed, the first name first.
///
/// # Errors
/// Whatever the store says.
pub fn names<'u>(
    q: &mut dyn Query,
    units: impl Iterator<Item = &'u UnitId>,
) -> Result<BTreeMap<UnitId, Vec<Named>>, StoreError> {
    let asked: Vec<store::Value> = units.map(|unit| unit.as_str().into()).collect();
    if asked.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places: Vec<String> = (1..=asked.len()).map(|n| format!("${n}")).collect();
    let places = places.join(", ");
    let sql = format!(
        "select h.unit, h.since, h.name, h.short_name, h.en_name from unit_history h where h.unit in ({places}) \
         and exists (select 1 from unit_history r where r.unit = h.unit and r.change = 'unit_renamed') \
         order by h.unit, h.position"
    );
    let mut found: BTreeMap<UnitId, Vec<Named>> = BTreeMap::new();
    for row in q.query(&sql, &asked)? {
        let named = Named {
            since: row.text(1)?,
            name: row.text(2)?,
            short_name: row.text(3)?,
            en_name: row.text(4)?,
        };
        found.entry(row.text(0)?.into()).or_default().push(named);
    }
    Ok(found)
}

/// What people may still call an open unit: the names it had before, and those of the closed
/// units for which it goes on today. Each unit's names are said once.
///
/// # Errors
/// Whatever the store says.
pub fn bygone_names(q: &mut dyn Query) -> Result<BTreeMap<UnitId, BTreeSet<String>>, StoreError> {
    let rows = q.query(
        "select h.unit, h.name, h.short_name, h.en_name, u.name, u.short_name, u.en_name, u.open \
         from unit_history h join unit u on u.code = h.unit \
         where u.open = 0 or h.name <> u.name or h.short_name <> u.short_name or h.en_name <> u.en_name \
         order by h.unit, h.position",
        &[],
    )?;
    let mut heirs: BTreeMap<UnitId, Option<UnitId>> = BTreeMap::new();
    let mut found: BTreeMap<UnitId, BTreeSet<String>> = BTreeMap::new();
    for row in &rows {
        let (unit, open) = (UnitId(row.text(0)?), row.int(7)? == 1);
        let called = match heirs.get(&unit) {
            Some(known) => known.clone(),
            None => {
                let heir = if open { Some(unit.clone()) } else { heir(q, &unit)? };
                heirs.insert(unit, heir.clone());
                heir
            }
        };
        let Some(called) = called else { continue };
        for column in 1..=3 {
            let name = row.text(column)?;
            let is_still_so = open && name == row.text(column + 3)?;
            if !name.is_empty() && !is_still_so {
                found.entry(called.clone()).or_default().insert(name);
            }
        }
    }
    Ok(found)
}

/// The open units of which a bygone name holds the text, or its initials; see [`bygone_names`].
///
/// # Errors
/// Whatever the store says.
pub fn search_bygone(q: &mut dyn Query, text: &str) -> Result<Vec<UnitRow>, StoreError> {
    let wanted = fold_for_search(text);
    let mut found = Vec::new();
    for (unit, names) in bygone_names(q)? {
        let holds = |name: &String| fold_for_search(&format!("{name} {}", readings(name))).contains(&wanted);
        if names.iter().any(holds) {
            found.extend(super::unit(q, &unit)?);
        }
    }
    Ok(found)
}

/// A unit on a day, as [`Forest::of`] takes it: its path follows from the others.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The unit.
    pub unit: UnitRow,
    /// What searches look through, folded.
    pub search: String,
}

/// All units that were open on a day, each below its parent of that day.
#[derive(Clone, Debug, Default)]
pub struct Forest {
    units: BTreeMap<UnitId, Standing>,
    below: BTreeMap<Option<UnitId>, Vec<UnitId>>,
}

impl Forest {
    /// As of the end of a day.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn on(q: &mut dyn Query, day: Date) -> Result<Self, StoreError> {
        let rows = q.query(
            "select h.unit, h.name, h.short_name, h.en_name, h.parent, h.level, h.kind, h.area, h.search \
             from unit_history h where h.open = 1 and h.position = (select max(p.position) from unit_history p \
             where p.unit = h.unit and p.since <= $1)",
            &params![day.to_string()],
        )?;
        Ok(Self::of(rows.iter().map(standing).collect::<Result<_, _>>()?))
    }

    /// Of units that know their parents; their paths are found here.
    pub fn of(units: Vec<Standing>) -> Self {
        let mut forest = Self::default();
        for standing in units {
            let (code, parent) = (standing.unit.code.clone(), standing.unit.parent.clone());
            forest.below.entry(parent).or_default().push(code.clone());
            forest.units.insert(code, standing);
        }
        for children in forest.below.values_mut() {
            children
                .sort_by_key(|code| forest.units.get(code).map(|of| (of.unit.level, of.unit.code.clone())));
        }
        let mut ready: Vec<(UnitId, Option<UnitPath>)> =
            forest.codes(None).map(|code| (code.clone(), None)).collect();
        while let Some((code, above)) = ready.pop() {
            let path = UnitPath::below(above.as_ref(), &code);
            let children: Vec<UnitId> = forest.codes(Some(&code)).cloned().collect();
            ready.extend(children.into_iter().map(|child| (child, Some(path.clone()))));
            if let Some(standing) = forest.units.get_mut(&code) {
                standing.unit.path = path;
            }
        }
        forest
    }

    /// Whether every unit hangs on a root: no circle, no orphan.
    pub fn is_sound(&self) -> bool {
        let mut reached = BTreeSet::new();
        let mut ready: Vec<&UnitId> = self.codes(None).collect();
        while let Some(code) = ready.pop() {
            if !reached.insert(code) {
                return false;
            }
            ready.extend(self.codes(Some(code)));
        }
        reached.len() == self.units.len()
    }

    /// How many units there were.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there were none.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// One of them.
    pub fn unit(&self, code: &UnitId) -> Option<&UnitRow> {
        self.units.get(code).map(|standing| &standing.unit)
    }

    /// All of them, by code.
    pub fn iter(&self) -> impl Iterator<Item = &UnitRow> {
        self.units.values().map(|standing| &standing.unit)
    }

    /// The units right below one, or the roots, the highest level first.
    pub fn children(&self, parent: Option<&UnitId>) -> impl Iterator<Item = &UnitRow> {
        self.codes(parent).filter_map(|code| self.unit(code))
    }

    /// How many units stood below one, directly or not.
    pub fn below(&self, code: &UnitId) -> usize {
        let mut count = 0;
        let mut ready: Vec<&UnitId> = self.codes(Some(code)).collect();
        while let Some(code) = ready.pop() {
            count += 1;
            ready.extend(self.codes(Some(code)));
        }
        count
    }

    /// Units whose names, initials or code hold the text, the highest level first, at most
    /// `most`.
    pub fn search(&self, text: &str, most: usize) -> Vec<&UnitRow> {
        let wanted = fold_for_search(text);
        let mut found: Vec<&UnitRow> = self
            .units
            .values()
            .filter(|standing| standing.search.contains(wanted.as_str()))
            .map(|standing| &standing.unit)
            .collect();
        found.sort_by_key(|unit| (unit.level, unit.path.0.clone()));
        found.truncate(most);
        found
    }

    fn codes(&self, parent: Option<&UnitId>) -> impl Iterator<Item = &UnitId> {
        self.below.get(&parent.cloned()).into_iter().flatten()
    }
}

fn standing(row: &Row) -> Result<Standing, StoreError> {
    let unit = UnitRow {
        code: row.text(0)?.into(),
        name: row.text(1)?,
        short_name: row.text(2)?,
        en_name: row.text(3)?,
        parent: row.opt_text(4)?.map(UnitId),
        path: UnitPath(String::new()),
        level: Level::parse(row.str(5)?)
            .ok_or_else(|| StoreError::Corrupt(format!("level {:?}", row.str(5))))?,
        kind: UnitKind::parse(row.str(6)?)
            .ok_or_else(|| StoreError::Corrupt(format!("unit kind {:?}", row.str(6))))?,
        area: row.opt_text(7)?.map(AreaId),
        open: true,
    };
    Ok(Standing { unit, search: row.text(8)? })
}
