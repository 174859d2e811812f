//! Queries on the network, for pages, imports and other crates' look-ups; [`history`] has the
//! network of any day.

pub mod history;

use crate::rules::UnitKind;
use crate::rules::boundaries::{Boundaries, Shape};
use crate::rules::unit::UnitDetails;
use kernel::Level;
use kernel::permission::UnitPath;
use kernel::text::{fold_for_search, like_containing};
use kernel::{AreaId, UnitId};
use platform::ui::Locale;
use store::{Query, Row, StoreError, Value, params};

/// The boundaries the installation was given.
pub(crate) fn boundaries(q: &mut dyn Query) -> Result<Option<Boundaries>, StoreError> {
    let rows = q.query("select area, rings, note, note_en from area_boundary order by area", &[])?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let (note, note_en) = (first.text(2)?, first.text(3)?);
    let shape = |row: &Row| {
        let rings = serde_json::from_str(row.str(1)?)
            .map_err(|error| StoreError::Corrupt(format!("a boundary: {error}")))?;
        Ok(Shape { area: AreaId(row.text(0)?), rings })
    };
    let shapes = rows.iter().map(shape).collect::<Result<_, StoreError>>()?;
    Ok(Some(Boundaries { note, note_en, shapes }))
}

/// A row of `area`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaRow {
    /// Official code.
    pub code: AreaId,
    /// Official name.
    pub name: String,
    /// English name; may be empty.
    pub en_name: String,
    /// The area it lies in.
    pub parent: Option<AreaId>,
    /// Codes from the topmost down, each closed by `/`.
    pub path: String,
    /// Level.
    pub level: Level,
    /// Official kind as a word, e.g. 县级市; may be empty.
    pub kind: String,
    /// Code in the civil-affairs list, where known.
    pub mca_code: Option<String>,
}

impl AreaRow {
    /// Its name as a reader of that language knows it.
    pub fn named(&self, locale: Locale) -> &str {
        match locale {
            Locale::En if !self.en_name.is_empty() => &self.en_name,
            _ => &self.name,
        }
    }
}

/// A row of `unit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// Its code.
    pub code: UnitId,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// English name; may be empty.
    pub en_name: String,
    /// The unit it belongs to.
    pub parent: Option<UnitId>,
    /// Where it stands in the tree.
    pub path: UnitPath,
    /// Level.
    pub level: Level,
    /// What it is.
    pub kind: UnitKind,
    /// The area it serves.
    pub area: Option<AreaId>,
    /// Whether it takes new work.
    pub open: bool,
}

impl UnitRow {
    /// Its full name as a reader of that language knows it.
    pub fn full(&self, locale: Locale) -> &str {
        self.english(locale).unwrap_or(&self.name)
    }

    /// Its short name, for tables.
    pub fn brief(&self, locale: Locale) -> &str {
        self.english(locale).unwrap_or(&self.short_name)
    }

    fn english(&self, locale: Locale) -> Option<&str> {
        (locale == Locale::En && !self.en_name.is_empty()).then_some(self.en_name.as_str())
    }
}

/// Which units of a subtree are wanted; the default is every open one.
#[derive(Clone, Debug, Default)]
pub struct UnitFilter {
    /// Of this level only.
    pub level: Option<Level>,
    /// Of this kind only.
    pub kind: Option<UnitKind>,
    /// Closed ones too.
    pub with_closed: bool,
    /// Without the root of the subtree itself.
    pub without_root: bool,
}

/// A node of the tree of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeNode {
    /// The unit.
    pub unit: UnitRow,
    /// What stands below it, in the order of the codes.
    pub children: Vec<TreeNode>,
}

/// How many closed units are looked at for who goes on.
const SIMILAR: usize = 3;

/// The most rows a search gives.
pub const SEARCH_LIMIT: i64 = 50;

/// One unit, closed or not.
///
/// # Errors
/// Whatever the store says.
pub fn unit(q: &mut dyn Query, code: &UnitId) -> Result<Option<UnitRow>, StoreError> {
    let sql = format!("select {UNIT} from unit u where u.code = $1");
    q.query_one_opt(&sql, &params![code.as_str()])?.as_ref().map(unit_row).transpose()
}

/// Where a unit is reached out of hours; empty where nobody said.
///
/// # Errors
/// Whatever the store says.
pub fn duty_phone(q: &mut dyn Query, code: &UnitId) -> Result<String, StoreError> {
    let row = q.query_one_opt("select duty_phone from unit where code = $1", &params![code.as_str()])?;
    row.map_or(Ok(String::new()), |row| row.text(0))
}

/// A unit and everything below it, parents before children.
///
/// # Errors
/// Whatever the store says.
pub fn units_below(
    q: &mut dyn Query,
    root: &UnitPath,
    filter: &UnitFilter,
) -> Result<Vec<UnitRow>, StoreError> {
    let mut sql = format!("select {UNIT} from unit u where u.path >= $1 and u.path < $2");
    let mut params: Vec<Value> = params![&root.0, upper_bound(&root.0)];
    if let Some(level) = filter.level {
        params.push(level.code().into());
        sql += &format!(" and u.level = ${}", params.len());
    }
    if let Some(kind) = filter.kind {
        params.push(kind.code().into());
        sql += &format!(" and u.kind = ${}", params.len());
    }
    if !filter.with_closed {
        sql += " and u.open = 1";
    }
    if filter.without_root {
        sql += " and u.path <> $1";
    }
    sql += " order by u.path";
    units(q, &sql, &params)
}

/// The open units of a level, whatever they stand below.
///
/// # Errors
/// Whatever the store says.
pub fn units_on(q: &mut dyn Query, level: Level) -> Result<Vec<UnitRow>, StoreError> {
    let sql = format!("select {UNIT} from unit u where u.level = $1 and u.open = 1 order by u.path");
    units(q, &sql, &params![level.code()])
}

/// The open units that serve exactly this area, the highest first.
///
/// # Errors
/// Whatever the store says.
pub fn units_serving(q: &mut dyn Query, area: &AreaId) -> Result<Vec<UnitRow>, StoreError> {
    let sql = format!("select {UNIT} from unit u where u.area = $1 and u.open = 1 order by u.path");
    units(q, &sql, &params![area.as_str()])
}

/// How many open units stand below one, directly or not.
///
/// # Errors
/// Whatever the store says.
pub fn count_below(q: &mut dyn Query, root: &UnitPath) -> Result<i64, StoreError> {
    let sql = "select count(*) from unit where path > $1 and path < $2 and open = 1";
    q.query_one(sql, &params![&root.0, upper_bound(&root.0)])?.int(0)
}

/// The units directly below a unit (or the roots), open ones first.
///
/// # Errors
/// Whatever the store says.
pub fn children(q: &mut dyn Query, parent: Option<&UnitId>) -> Result<Vec<UnitRow>, StoreError> {
    let order = "order by u.open desc, u.level, u.code";
    match parent {
        Some(parent) => units(
            q,
            &format!("select {UNIT} from unit u where u.parent = $1 {order}"),
            &params![parent.as_str()],
        ),
        None => units(q, &format!("select {UNIT} from unit u where u.parent is null {order}"), &[]),
    }
}

/// The units above a unit, the root first, without the unit itself.
///
/// # Errors
/// Whatever the store says.
pub fn ancestors(q: &mut dyn Query, of: &UnitPath) -> Result<Vec<UnitRow>, StoreError> {
    let above: Vec<&str> = of.0.trim_end_matches('/').split('/').collect();
    let mut found = Vec::with_capacity(above.len());
    for code in &above[..above.len() - 1] {
        found.extend(unit(q, &UnitId::from(*code))?);
    }
    Ok(found)
}

/// Open units whose names or code hold the text, up to [`SEARCH_LIMIT`], highest level
/// first.
///
/// # Errors
/// Whatever the store says.
pub fn search_units(q: &mut dyn Query, text: &str) -> Result<Vec<UnitRow>, StoreError> {
    let sql = format!(
        "select {UNIT} from unit u where u.search like $1 escape '!' and u.open = 1 \
         order by case u.level when 'province' then 0 when 'city' then 1 when 'county' then 2 \
         when 'township' then 3 else 4 end, u.path limit $2"
    );
    units(q, &sql, &params![like_containing(text), SEARCH_LIMIT])
}

/// Closed units whose names or code hold the text, at most `most`.
fn closed_like(q: &mut dyn Query, text: &str, most: usize) -> Result<Vec<UnitRow>, StoreError> {
    let sql = format!(
        "select {UNIT} from unit u where u.search like $1 escape '!' and u.open = 0 order by u.path limit $2"
    );
    units(q, &sql, &params![like_containing(text), i64::try_from(most).unwrap_or(i64::MAX)])
}

/// The unit of that code, name, short name or English name, or the one alone that was called so before;
/// otherwise those that look alike, perhaps none. For a closed one stands who goes on for it.
///
/// # Errors
/// Whatever the store says.
pub fn find_unit(q: &mut dyn Query, name: &str) -> Result<Result<UnitRow, Vec<UnitRow>>, StoreError> {
    if let Some(unit) = unit(q, &UnitId::from(name))? {
        return Ok(Ok(unit));
    }
    let mut found = search_units(q, name)?;
    let wanted = fold_for_search(name);
    let is = |text: &str| fold_for_search(text) == wanted;
    let exact: Vec<&UnitRow> =
        found.iter().filter(|unit| is(&unit.name) || is(&unit.short_name) || is(&unit.en_name)).collect();
    if let [unit] = exact[..] {
        return Ok(Ok(unit.clone()));
    }
    if exact.is_empty()
        && let [unit] = &history::formerly(q, name)?[..]
    {
        return Ok(Ok(unit.clone()));
    }
    for heir in history::search_closed(q, name, SIMILAR)?.into_iter().filter_map(|(_, heir)| heir) {
        if !found.contains(&heir) {
            found.insert(0, heir);
        }
    }
    Ok(Err(found))
}

/// Everything known of a unit, as a command takes it.
///
/// # Errors
/// Whatever the store says.
pub fn details(q: &mut dyn Query, code: &UnitId) -> Result<Option<UnitDetails>, StoreError> {
    let Some(unit) = unit(q, code)? else { return Ok(None) };
    let overlays = overlays(q, code)?.into_iter().map(|area| area.code).collect();
    Ok(Some(UnitDetails {
        name: unit.name,
        short_name: unit.short_name,
        en_name: unit.en_name,
        parent: unit.parent,
        level: unit.level,
        kind: unit.kind,
        area: unit.area,
        overlays,
    }))
}

/// The tree of units from a root down; `None` where there is no such unit.
///
/// # Errors
/// Whatever the store says.
pub fn tree(q: &mut dyn Query, root: &UnitId, filter: &UnitFilter) -> Result<Option<TreeNode>, StoreError> {
    let Some(root) = unit(q, root)? else {
        return Ok(None);
    };
    let filter = UnitFilter { without_root: true, ..filter.clone() };
    let below = units_below(q, &root.path, &filter)?;
    Ok(Some(grow(root, &mut below.into_iter().peekable())))
}

/// Zones that overlay an area, or the area it lies in.
///
/// # Errors
/// Whatever the store says.
pub fn zones_over(q: &mut dyn Query, area: &AreaId) -> Result<Vec<UnitRow>, StoreError> {
    let Some(area) = self::area(q, area)? else {
        return Ok(Vec::new());
    };
    let sql = format!(
        "select {UNIT} from unit u join unit_area o on o.unit = u.code \
         join area a on a.code = o.area \
         where u.open = 1 and a.path = substr($1, 1, length(a.path)) order by u.path"
    );
    units(q, &sql, &params![area.path])
}

/// The areas a zone overlays.
///
/// # Errors
/// Whatever the store says.
pub fn overlays(q: &mut dyn Query, unit: &UnitId) -> Result<Vec<AreaRow>, StoreError> {
    let sql = format!(
        "select {AREA} from area a join unit_area o on o.area = a.code where o.unit = $1 order by a.code"
    );
    areas(q, &sql, &params![unit.as_str()])
}

/// One area.
///
/// # Errors
/// Whatever the store says.
pub fn area(q: &mut dyn Query, code: &AreaId) -> Result<Option<AreaRow>, StoreError> {
    let sql = format!("select {AREA} from area a where a.code = $1");
    q.query_one_opt(&sql, &params![code.as_str()])?.as_ref().map(area_row).transpose()
}

/// The areas directly below an area (or the topmost), by code.
///
/// # Errors
/// Whatever the store says.
pub fn areas_below(q: &mut dyn Query, parent: Option<&AreaId>) -> Result<Vec<AreaRow>, StoreError> {
    match parent {
        Some(parent) => areas(
            q,
            &format!("select {AREA} from area a where a.parent = $1 order by a.code"),
            &params![parent.as_str()],
        ),
        None => areas(q, &format!("select {AREA} from area a where a.parent is null order by a.code"), &[]),
    }
}

/// The areas of a level, by code.
///
/// # Errors
/// Whatever the store says.
pub fn areas_on(q: &mut dyn Query, level: Level) -> Result<Vec<AreaRow>, StoreError> {
    areas(q, &format!("select {AREA} from area a where a.level = $1 order by a.code"), &params![level.code()])
}

/// Areas whose name or code holds the text, up to [`SEARCH_LIMIT`].
///
/// # Errors
/// Whatever the store says.
pub fn search_areas(q: &mut dyn Query, text: &str) -> Result<Vec<AreaRow>, StoreError> {
    let sql = format!(
        "select {AREA} from area a where a.search like $1 escape '!' order by length(a.code), a.code limit $2"
    );
    areas(q, &sql, &params![like_containing(text), SEARCH_LIMIT])
}

/// An item of the duty list: code and title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyRow {
    /// Its code.
    pub code: String,
    /// What the township has to do.
    pub title: String,
    /// Whether the list in force holds it.
    pub in_force: bool,
}

/// The duty list in force, by code.
///
/// # Errors
/// Whatever the store says.
pub fn duty_items(q: &mut dyn Query) -> Result<Vec<DutyRow>, StoreError> {
    all_duty_items(q).map(|items| items.into_iter().filter(|item| item.in_force).collect())
}

pub(crate) fn all_duty_items(q: &mut dyn Query) -> Result<Vec<DutyRow>, StoreError> {
    let rows = q.query("select code, title, in_force from duty_item order by code", &[])?;
    rows.iter()
        .map(|row| Ok(DutyRow { code: row.text(0)?, title: row.text(1)?, in_force: row.bool(2)? }))
        .collect()
}

pub(crate) fn all_areas(q: &mut dyn Query) -> Result<Vec<AreaRow>, StoreError> {
    areas(q, &format!("select {AREA} from area a order by a.code"), &[])
}

pub(crate) fn all_units(q: &mut dyn Query) -> Result<Vec<UnitRow>, StoreError> {
    units(q, &format!("select {UNIT} from unit u order by u.path"), &[])
}

pub(crate) fn all_overlays(q: &mut dyn Query) -> Result<Vec<(UnitId, AreaId)>, StoreError> {
    let rows = q.query("select unit, area from unit_area order by unit, area", &[])?;
    rows.iter().map(|row| Ok((row.text(0)?.into(), row.text(1)?.into()))).collect()
}

/// The codes of an area and of everything in it, from the first up to but without the second:
/// codes begin with that of the area they lie in.
pub fn code_range(area: &str) -> (String, String) {
    let bare = area.len() == 6;
    let stem = match area.strip_suffix("0000").filter(|_| bare) {
        Some(province) => province,
        None => area.strip_suffix("00").filter(|_| bare).unwrap_or(area),
    };
    (stem.to_owned(), format!("{stem}:"))
}

/// The end of the range of paths that begin with `path`: `/` is followed by `0` in the
/// order of bytes, so `ld/lx/` … `ld/lx0` holds the subtree and nothing else.
pub fn upper_bound(path: &str) -> String {
    let mut bound = path.strip_suffix('/').unwrap_or(path).to_owned();
    bound.push('0');
    bound
}

const UNIT: &str =
    "u.code, u.name, u.short_name, u.en_name, u.parent, u.path, u.level, u.kind, u.area, u.open";
const AREA: &str = "a.code, a.name, a.en_name, a.parent, a.path, a.level, a.kind, a.mca_code";

fn units(q: &mut dyn Query, sql: &str, params: &[Value]) -> Result<Vec<UnitRow>, StoreError> {
    q.query(sql, params)?.iter().map(unit_row).collect()
}

fn areas(q: &mut dyn Query, sql: &str, params: &[Value]) -> Result<Vec<AreaRow>, StoreError> {
    q.query(sql, params)?.iter().map(area_row).collect()
}

fn unit_row(row: &Row) -> Result<UnitRow, StoreError> {
    Ok(UnitRow {
        code: row.text(0)?.into(),
        name: row.text(1)?,
        short_name: row.text(2)?,
        en_name: row.text(3)?,
        parent: row.opt_text(4)?.map(UnitId),
        path: UnitPath(row.text(5)?),
        level: level(row.str(6)?)?,
        kind: UnitKind::parse(row.str(7)?)
            .ok_or_else(|| StoreError::Corrupt(format!("unit kind {:?}", row.str(7))))?,
        area: row.opt_text(8)?.map(AreaId),
        open: row.bool(9)?,
    })
}

fn area_row(row: &Row) -> Result<AreaRow, StoreError> {
    Ok(AreaRow {
        code: row.text(0)?.into(),
        name: row.text(1)?,
        en_name: row.text(2)?,
        parent: row.opt_text(3)?.map(AreaId),
        path: row.text(4)?,
        level: level(row.str(5)?)?,
        kind: row.text(6)?,
        mca_code: row.opt_text(7)?,
    })
}

fn level(code: &str) -> Result<Level, StoreError> {
    Level::parse(code).ok_or_else(|| StoreError::Corrupt(format!("level {code}")))
}

/// Takes from `rest`, ordered by path, what stands below the unit.
fn grow(unit: UnitRow, rest: &mut std::iter::Peekable<std::vec::IntoIter<UnitRow>>) -> TreeNode {
    let mut children = Vec::new();
    while let Some(next) = rest.next_if(|next| unit.path.holds(&next.path)) {
        children.push(grow(next, rest));
    }
    TreeNode { unit, children }
}
