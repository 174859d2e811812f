//! Of which areas a register holds a record, as its definition's `coverage` demands: e.g. one
//! base in every town. An area is reached by a record of its own or of an area within it.

use super::condition::{Where, column};
use super::readable;
use crate::rules::definition::{Coverage, Definition};
use kernel::permission::{Grant, Permission};
use platform::ui::Locale;
use std::collections::{BTreeMap, BTreeSet};
use store::{Query, StoreError, params};

/// An area that should be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Its code.
    pub area: String,
    /// Its name.
    pub name: String,
    /// The code and the name of the area it lies in.
    pub within: (String, String),
    /// How many records there are for it.
    pub records: i64,
}

/// Every area of the demanded level in the city, by code and named in that language, with the
/// records that the reader may see.
///
/// # Errors
/// Whatever the store says.
pub fn reach(
    q: &mut dyn Query,
    definition: &Definition,
    grants: Option<&[Grant]>,
    coverage: &Coverage,
    locale: Locale,
) -> Result<Vec<Reach>, StoreError> {
    let mut records: BTreeMap<String, i64> = BTreeMap::new();
    for (path, count) in places(q, definition, grants, coverage)? {
        // A record of a village is one of its town's, and of all above.
        for (at, _) in path.match_indices('/') {
            *records.entry(path[..=at].to_owned()).or_default() += count;
        }
    }
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut found = Vec::new();
    // Official lists hold more than towns at their level: those count that a unit governs,
    // where the network reaches that far down.
    let mut of_level: Vec<store::Value> = params![coverage.level.code()];
    let mut governed =
        "exists (select 1 from unit u where u.area = a.code and u.level = a.level and u.open = 1".to_owned();
    if let Some(kind) = &coverage.unit_kind {
        of_level.push(kind.as_str().into());
        governed += " and u.kind = $2";
    }
    let select = format!(
        "select a.code, {}, a.path, coalesce(a.parent, '') from area a where a.level = $1",
        name(locale)
    );
    let mut rows = q.query(&format!("{select} and {governed}) order by a.code"), &of_level)?;
    if rows.is_empty() {
        rows = q.query(&format!("{select} order by a.code"), &params![coverage.level.code()])?;
    }
    let roots = roots(q)?;
    for row in &rows {
        let path = row.text(2)?;
        if !roots.iter().any(|root| path.starts_with(root.as_str())) {
            continue;
        }
        let parent = row.text(3)?;
        if !names.contains_key(&parent) {
            let above = q.query_one_opt(
                &format!("select {} from area a where a.code = $1", name(locale)),
                &params![&parent],
            )?;
            names.insert(parent.clone(), above.map(|row| row.text(0)).transpose()?.unwrap_or_default());
        }
        let within = names.get(&parent).cloned().unwrap_or_default();
        found.push(Reach {
            area: row.text(0)?,
            name: row.text(1)?,
            within: (parent, within),
            records: records.get(&path).copied().unwrap_or(0),
        });
    }
    Ok(found)
}

/// An area's name in that language, as far as it has one.
fn name(locale: Locale) -> &'static str {
    match locale {
        Locale::ZhCn => "a.name",
        Locale::En => "coalesce(nullif(a.en_name, ''), a.name)",
    }
}

/// Where records are: the paths of their areas, with how many are there.
fn places(
    q: &mut dyn Query,
    definition: &Definition,
    grants: Option<&[Grant]>,
    coverage: &Coverage,
) -> Result<Vec<(String, i64)>, StoreError> {
    let mut filter = Where::default();
    filter.and("t.removed = 0".to_owned());
    if let Some(grants) = grants {
        let scope = readable(grants, Permission::RegisterRead, filter.next());
        filter.and_with(scope);
    }
    if let Some(condition) = &coverage.condition {
        filter.holds(definition, condition);
    }
    let sql = format!(
        "select a.path, count(*) from {} t join area a on a.code = {} where {} group by a.path",
        definition.table(),
        column(definition, &coverage.field),
        filter.sql()
    );
    let rows = q.query(&sql, &filter.params)?;
    rows.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

/// The areas that the topmost units serve: other cities' areas are nobody's gap.
fn roots(q: &mut dyn Query) -> Result<BTreeSet<String>, StoreError> {
    let mut found = BTreeSet::new();
    for unit in network::children(q, None)? {
        if let Some(code) = &unit.area
            && let Some(area) = network::area(q, code)?
        {
            found.insert(area.path);
        }
    }
    Ok(found)
}
