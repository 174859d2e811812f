//! Names of units, areas and records: found by what people type, and shown for what
//! records hold.

use crate::rules::value::{Value, Values};
use kernel::time::Date;
use kernel::{AreaId, Level, UnitId};
use network::AreaRow;
use network::read::history::Named;
use platform::ui::Locale;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::{Query, StoreError, params};
use uuid::Uuid;

/// How many look-alikes are named where nothing is called so.
const SIMILAR: usize = 5;

/// What names were found to mean, for rows that name the same again and again. It holds while
/// nothing else changes the network: for one file.
#[derive(Debug, Default)]
pub struct Lookups {
    units: HashMap<String, UnitId>,
    areas: HashMap<(String, Option<Level>), AreaId>,
}

impl Lookups {
    /// As [`find_unit`].
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn unit(&mut self, q: &mut dyn Query, name: &str) -> Result<Result<UnitId, String>, StoreError> {
        if let Some(known) = self.units.get(name) {
            return Ok(Ok(known.clone()));
        }
        let found = find_unit(q, name)?;
        self.units.extend(found.iter().map(|unit| (name.to_owned(), unit.clone())));
        Ok(found)
    }

    /// As [`find_area`].
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn area(
        &mut self,
        q: &mut dyn Query,
        name: &str,
        level: Option<Level>,
    ) -> Result<Result<AreaId, String>, StoreError> {
        let key = (name.to_owned(), level);
        if let Some(known) = self.areas.get(&key) {
            return Ok(Ok(known.clone()));
        }
        let found = find_area(q, name, level)?;
        self.areas.extend(found.iter().map(|area| (key.clone(), area.clone())));
        Ok(found)
    }
}

/// The unit of that name, short name or code.
///
/// # Errors
/// Whatever the store says. `Err` inside: names that look alike, perhaps none.
pub fn find_unit(q: &mut dyn Query, name: &str) -> Result<Result<UnitId, String>, StoreError> {
    Ok(network::find_unit(q, name)?
        .map(|unit| unit.code)
        .map_err(|alike| similar(alike.iter().map(|unit| format!("{}（{}）", unit.short_name, unit.code)))))
}

/// The area of that name or code; a name that several bear is told apart by what it lies
/// in, as in `新化县 水车镇`.
///
/// # Errors
/// Whatever the store says. `Err` inside: names that look alike, perhaps none.
pub fn find_area(
    q: &mut dyn Query,
    name: &str,
    level: Option<Level>,
) -> Result<Result<AreaId, String>, StoreError> {
    let code = name.split_whitespace().next().unwrap_or_default();
    if let Some(area) = network::area(q, &AreaId::from(code))? {
        return Ok(Ok(area.code));
    }
    let parts = parts(name);
    let Some((last, above)) = parts.split_last() else { return Ok(Err(String::new())) };
    let mut found = network::search_areas(q, last)?;
    found.retain(|area| level.is_none_or(|level| area.level == level));
    let mut fits = Vec::new();
    for area in found.iter().filter(|area| is_called(area, last)) {
        let mut lies_in = true;
        for part in above {
            lies_in &= ancestors(q, &area.path)?.iter().any(|area| is_called(area, part));
        }
        if lies_in {
            fits.push(area);
        }
    }
    if let [area] = fits[..] {
        return Ok(Ok(area.code.clone()));
    }
    // Look-alikes in the language that was typed.
    let locale = if name.is_ascii() { Locale::En } else { Locale::ZhCn };
    let mut names = Vec::new();
    for area in found.iter().take(SIMILAR) {
        names.push(area_name(q, &area.code, locale)?);
    }
    Ok(Err(similar(names.into_iter())))
}

/// What was typed, from the area above down: `新化县 水车镇`, `Xinhua County · Shuiche Town`.
fn parts(name: &str) -> Vec<&str> {
    let apart: Vec<&str> = name.split(['/', '·']).map(str::trim).filter(|part| !part.is_empty()).collect();
    match apart[..] {
        // Names in English have spaces of their own.
        [one] if !one.is_ascii() => one.split_whitespace().collect(),
        _ => apart,
    }
}

fn is_called(area: &AreaRow, name: &str) -> bool {
    area.name == name || (!area.en_name.is_empty() && area.en_name.eq_ignore_ascii_case(name))
}

/// The record of a register with that title or id.
///
/// # Errors
/// Whatever the store says. `Err` inside: titles that look alike, perhaps none.
pub fn find_record(
    q: &mut dyn Query,
    register: &str,
    title: &str,
) -> Result<Result<Uuid, String>, StoreError> {
    if let Ok(id) = title.parse::<Uuid>() {
        let row = q.query_one_opt(
            "select 1 from register_record where id = $1 and register = $2",
            &params![id.to_string(), register],
        )?;
        return Ok(if row.is_some() { Ok(id) } else { Err(String::new()) });
    }
    if !super::exists(q, register)? {
        return Ok(Err(String::new()));
    }
    let sql = format!("select id from reg_{register} where title = $1 and removed = 0 order by id limit 2");
    let rows = q.query(&sql, &params![title])?;
    if let [row] = &rows[..] {
        return Ok(row.str(0)?.parse().map_err(|_| String::new()));
    }
    let sql = format!(
        "select title from reg_{register} where search like $1 escape '!' and removed = 0 order by title limit $2"
    );
    let rows = q.query(&sql, &params![kernel::text::like_containing(title), SIMILAR as i64])?;
    let titles = rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
    Ok(Err(similar(titles.into_iter())))
}

/// An area with the county and township it lies in, as a reader of that language knows them
/// and as [`find_area`] finds it again: `新化县 水车镇 某村`, `Xinhua County · Shuiche Town`.
///
/// # Errors
/// Whatever the store says.
pub fn area_name(q: &mut dyn Query, code: &AreaId, locale: Locale) -> Result<String, StoreError> {
    let Some(area) = network::area(q, code)? else { return Ok(code.to_string()) };
    let mut names = match area.level {
        Level::Province | Level::City | Level::County => Vec::new(),
        _ => ancestors(q, &area.path)?,
    };
    let level = area.level;
    // The city and what lies above it go without saying.
    let above = names.len().saturating_sub(2 - usize::from(level == Level::Township));
    names.drain(..above);
    names.push(area);
    let names: Vec<&str> = names.iter().map(|area| area.named(locale)).collect();
    Ok(names.join(if locale == Locale::En { " · " } else { " " }))
}

fn ancestors(q: &mut dyn Query, path: &str) -> Result<Vec<AreaRow>, StoreError> {
    let codes: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let mut found = Vec::new();
    for code in &codes[..codes.len().saturating_sub(1)] {
        found.extend(network::area(q, &AreaId::from(*code))?);
    }
    Ok(found)
}

fn similar(names: impl Iterator<Item = String>) -> String {
    names.take(SIMILAR).collect::<Vec<_>>().join("、")
}

/// Names of everything that some values name.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Short names of units, Chinese and English.
    pub units: BTreeMap<String, (String, String)>,
    /// Names of areas, in the reader's language.
    pub areas: BTreeMap<String, String>,
    /// Register and title of records.
    pub records: BTreeMap<Uuid, (String, String)>,
    /// What units that were renamed were called, each with the day from which on.
    former: BTreeMap<UnitId, Vec<Named>>,
}

impl Names {
    /// Looks up what these values and units name, for a reader of that language.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn of<'v>(
        q: &mut dyn Query,
        values: impl Iterator<Item = &'v Values>,
        units: impl Iterator<Item = &'v str>,
        locale: Locale,
    ) -> Result<Self, StoreError> {
        let mut units: BTreeSet<String> = units.map(str::to_owned).collect();
        let (mut areas, mut records) = (BTreeSet::new(), BTreeSet::new());
        for value in values.flat_map(BTreeMap::values) {
            match value {
                Value::Unit(unit) => {
                    units.insert(unit.to_string());
                }
                Value::Area(area) => {
                    areas.insert(area.clone());
                }
                Value::Records(ids) => records.extend(ids.iter().copied()),
                _ => {}
            }
        }
        let mut names = Self::default();
        for unit in units {
            if let Some(row) = network::unit(q, &UnitId::from(unit.as_str()))? {
                names.units.insert(unit, (row.short_name, row.en_name));
            }
        }
        for area in areas {
            let name = area_name(q, &area, locale)?;
            names.areas.insert(area.to_string(), name);
        }
        for id in records {
            names.records.extend(record_title(q, id)?.map(|found| (id, found)));
        }
        Ok(names)
    }

    /// The same with what its units were called before, for [`Self::on`].
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn with_former(mut self, q: &mut dyn Query) -> Result<Self, StoreError> {
        let units: Vec<UnitId> = self.units.keys().map(|unit| UnitId::from(unit.as_str())).collect();
        self.former = network::read::history::names(q, units.iter())?;
        Ok(self)
    }

    /// The names at the end of a day.
    pub fn on(&self, day: Date) -> Cow<'_, Self> {
        if self.former.is_empty() {
            return Cow::Borrowed(self);
        }
        let day = day.to_string();
        let mut names = self.clone();
        for (unit, in_time) in &self.former {
            let then = in_time.iter().rev().find(|named| named.since <= day).or(in_time.first());
            let then = then.map(|named| (named.short_name.clone(), named.en_name.clone()));
            names.units.extend(then.map(|then| (unit.to_string(), then)));
        }
        Cow::Owned(names)
    }

    /// A unit's name.
    pub fn unit(&self, code: &str, english: bool) -> String {
        match self.units.get(code) {
            Some((_, en)) if english && !en.is_empty() => en.clone(),
            Some((zh, _)) => zh.clone(),
            None => code.to_owned(),
        }
    }
}

/// Register and title of a record.
///
/// # Errors
/// Whatever the store says.
pub fn record_title(q: &mut dyn Query, id: Uuid) -> Result<Option<(String, String)>, StoreError> {
    let id = id.to_string();
    let Some(row) = q.query_one_opt("select register from register_record where id = $1", &params![&id])?
    else {
        return Ok(None);
    };
    let register = row.text(0)?;
    let title = q.query_one_opt(&format!("select title from reg_{register} where id = $1"), &params![&id])?;
    Ok(title.map(|row| row.text(0)).transpose()?.map(|title| (register, title)))
}
