//! What of a unit's open work goes along when a part of it is split off: ticked one by one, or by
//! category and area. All that is not chosen stays with the unit.

use kernel::{AreaId, MatterId, NodeId, UnitId};
use matters::succession::{Part, open_parts};
use platform::ui::{Choice, Form, Page};
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::Query;

/// The open work of a unit, as the form of a split offers it.
#[derive(Default)]
pub(super) struct Offered {
    /// A box each.
    pub parts: Vec<Choice>,
    /// Categories and areas that some of it has, to tick all of one at once.
    pub categories: Vec<Choice>,
    pub areas: Vec<Choice>,
}

/// How a part is told in a form.
fn key(part: &Part) -> String {
    format!("{}/{}", part.matter, part.node)
}

/// The open parts that were ticked, of those there are.
pub(super) fn chosen(
    q: &mut dyn Query,
    unit: &UnitId,
    form: &Form,
) -> Result<Vec<(MatterId, NodeId)>, Failure> {
    let ticked = form.all("part");
    if ticked.is_empty() {
        return Ok(Vec::new());
    }
    let parts = open_parts(q, unit)?.into_iter().filter(|part| ticked.contains(&key(part)));
    Ok(parts.map(|part| (part.matter, part.node)).collect())
}

/// The form with what a category and an area hold ticked as well.
pub(super) fn picked(q: &mut dyn Query, unit: &UnitId, form: Form) -> Result<Form, Failure> {
    let (category, area) = (form.value("pick_category").to_owned(), form.value("pick_area").to_owned());
    if category.is_empty() && area.is_empty() {
        return Ok(form);
    }
    let (from, to) = network::code_range(&area);
    let lies_in = |of: &Option<AreaId>| {
        of.as_ref().is_some_and(|of| of.as_str() >= from.as_str() && of.as_str() < to.as_str())
    };
    let fits = |part: &Part| {
        (category.is_empty() || part.category.as_deref() == Some(category.as_str()))
            && (area.is_empty() || lies_in(&part.area))
    };
    let keys = open_parts(q, unit)?.iter().filter(|part| fits(part)).map(key).collect::<Vec<_>>();
    Ok(keys.into_iter().fold(form, |form, key| match form.all("part").contains(&key) {
        true => form,
        false => form.with("part", key),
    }))
}

/// What is open, in the reader's words. Titles are not told: who changes the network need not
/// know what people wrote.
pub(super) fn offered(q: &mut dyn Query, app: &App, page: &Page, unit: &UnitId) -> Result<Offered, Failure> {
    let categories = matters::categories::in_force(q, app)?;
    let mut offered = Offered::default();
    let (mut kinds, mut places): (BTreeMap<String, String>, BTreeMap<AreaId, String>) = Default::default();
    for part in open_parts(q, unit)? {
        let kind = part.category.as_deref().and_then(|code| categories.get(code));
        let kind = kind.map(|kind| kind.name.in_locale(page.locale()).to_owned()).unwrap_or_default();
        let place = match &part.area {
            Some(area) => network::area(q, area)?.map(|area| area.named(page.locale()).to_owned()),
            None => None,
        };
        let due = page.t1("network-order-part-due", "date", page.day(&part.due));
        let said = [part.number.clone(), kind.clone(), place.clone().unwrap_or_default(), due];
        let said: Vec<String> = said.into_iter().filter(|words| !words.is_empty()).collect();
        offered.parts.push(Choice::new(key(&part), said.join(" · ")));
        kinds.extend(part.category.clone().map(|code| (code, kind)));
        places.extend(part.area.clone().zip(place));
    }
    offered.categories = kinds.iter().map(|(code, name)| Choice::new(code, name.clone())).collect();
    offered.areas = places.iter().map(|(code, name)| Choice::new(code, name.clone())).collect();
    Ok(offered)
}
