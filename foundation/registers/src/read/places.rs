//! Where a register's records are: counted by area, and the points they lie at.

use super::condition::column;
use super::list::{Asked, filtered};
use crate::rules::definition::{Definition, Field, Kind};
use kernel::AreaId;
use kernel::permission::Grant;
use std::collections::BTreeMap;
use store::{Query, StoreError};

/// The field that says at which point a record lies; none where a register keeps no points.
pub fn point(definition: &Definition) -> Option<&Field> {
    definition.of_kind(|kind| matches!(kind, Kind::Point)).next()
}

/// Whether records say where they are, by a point or an area of their own.
pub fn known(definition: &Definition) -> bool {
    definition.of_kind(|kind| matches!(kind, Kind::Point | Kind::Area { .. })).next().is_some()
}

/// Records by the area they lie in, in the reader's scope; those of none are left out.
///
/// # Errors
/// Whatever the store says.
pub fn by_area(
    q: &mut dyn Query,
    definition: &Definition,
    grants: Option<&[Grant]>,
    asked: &Asked,
) -> Result<BTreeMap<AreaId, i64>, StoreError> {
    let filter = filtered(q.engine(), definition, grants, asked)?;
    let sql = format!(
        "select placed.area, count(*) from (select {} as area from {} t where {}) placed \
         where placed.area is not null group by placed.area",
        area(definition),
        definition.table(),
        filter.sql()
    );
    let rows = q.query(&sql, &filter.params)?;
    rows.iter().map(|row| Ok((AreaId(row.text(0)?), row.int(1)?))).collect()
}

/// The area of a record in SQL: what it says itself or, in a register that does not ask for
/// one, that of the unit it belongs to.
pub(super) fn area(definition: &Definition) -> String {
    match definition.of_kind(|kind| matches!(kind, Kind::Area { .. })).next() {
        Some(field) => column(definition, &field.code),
        None => "(select u.area from unit u where u.code = t.unit)".to_owned(),
    }
}

/// Counts by the areas that are drawn, each of which has one; what lies in none of them is
/// counted for its county, or for itself where it is larger than that.
pub fn gathered(counts: &BTreeMap<AreaId, i64>, drawn: &[AreaId]) -> BTreeMap<AreaId, i64> {
    let mut found: BTreeMap<AreaId, i64> = drawn.iter().map(|area| (area.clone(), 0)).collect();
    for (area, count) in counts {
        let holds = |drawn: &&AreaId| area.as_str().starts_with(drawn.as_str());
        let place = drawn.iter().find(holds).cloned().unwrap_or_else(|| cut(area, COUNTY));
        *found.entry(place).or_default() += count;
    }
    found
}

/// Counts by what lies right below an area, and for itself what lies no deeper.
pub fn below(counts: &BTreeMap<AreaId, i64>, opened: &AreaId) -> BTreeMap<AreaId, i64> {
    let (stem, _) = network::code_range(opened.as_str());
    // Two digits more name a city or county, three a township or village.
    let digits = if stem.len() < COUNTY { stem.len() + 2 } else { stem.len() + 3 };
    let mut found = BTreeMap::new();
    for (area, count) in counts {
        *found.entry(cut(area, digits.max(COUNTY))).or_default() += count;
    }
    found
}

/// An area, or the one of so many digits that it lies in: codes begin with it.
fn cut(area: &AreaId, digits: usize) -> AreaId {
    AreaId::from(area.as_str().get(..digits).unwrap_or(area.as_str()))
}

/// Digits of a county's code.
pub(super) const COUNTY: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn villages_count_for_the_area_drawn_and_what_is_not_drawn_for_its_county() {
        let counts = [("431302001001", 2), ("431302", 1), ("431321005", 4), ("431300", 3)];
        let counts = counts.into_iter().map(|(code, count)| (AreaId::from(code), count)).collect();
        let drawn = ["431302", "431381"].map(AreaId::from);
        let found: Vec<(String, i64)> =
            gathered(&counts, &drawn).into_iter().map(|(area, count)| (area.to_string(), count)).collect();
        let expected = [("431300", 3), ("431302", 3), ("431321", 4), ("431381", 0)];
        assert_eq!(found, expected.map(|(code, count)| (code.to_owned(), count)));
    }

    #[test]
    fn an_area_opens_to_what_lies_right_below_it() {
        let counts = [("431302001001", 2), ("431302001", 1), ("431302", 1), ("431302005", 4)];
        let counts: BTreeMap<AreaId, i64> =
            counts.into_iter().map(|(code, count)| (AreaId::from(code), count)).collect();
        let found = |opened: &str| -> Vec<(String, i64)> {
            let found = below(&counts, &AreaId::from(opened));
            found.into_iter().map(|(area, count)| (area.to_string(), count)).collect()
        };
        let townships = [("431302", 1), ("431302001", 3), ("431302005", 4)];
        assert_eq!(found("431302"), townships.map(|(code, count)| (code.to_owned(), count)));
        assert_eq!(found("431300"), [("431302".to_owned(), 8)]);
    }
}
