//! Rows that stand in a tree: units, areas, categories.

use super::names::none;
use super::{Line, NONE};
use kernel::time::Date;
use kernel::{AreaId, Level, UnitId};
use matters_rules::figures::{Breakdown, Figures};
use platform::ui::Translator;
use platform::{App, Failure};
use std::collections::BTreeMap;

/// A place in the tree.
struct Place {
    path: String,
    key: String,
    name: String,
    level: Option<Level>,
}

/// Units with something to count and those above them, under the names of the day that is counted.
pub(super) fn units(
    q: &mut dyn store::Query,
    words: &Translator,
    breakdown: &Breakdown,
    today: Date,
) -> Result<Vec<Line>, Failure> {
    let past = Some(breakdown.as_of).filter(|day| *day < today);
    let place = |q: &mut dyn store::Query, unit: network::UnitRow| -> Result<Place, Failure> {
        let now = unit.brief(words.locale()).to_owned();
        let then = match past {
            Some(day) => network::read::history::as_called_on(q, unit.clone(), day)?,
            None => unit,
        };
        let mut name = then.brief(words.locale()).to_owned();
        if name != now {
            name = words.ta("network-then-and-now", &[("name", name.into()), ("now", now.into())]);
        }
        Ok(Place { name, path: then.path.0, key: then.code.0, level: Some(then.level) })
    };
    let mut tree = Tree::new(breakdown);
    for (key, own) in breakdown.rows() {
        let Some(unit) = network::unit(q, &UnitId::from(key.as_str()))? else {
            tree.add(vec![unknown(key)], own);
            continue;
        };
        let above = network::ancestors(q, &unit.path)?;
        let own_path = unit.path.clone();
        let mut way = Vec::with_capacity(above.len() + 1);
        for above in above.into_iter().filter(|above| above.path != own_path) {
            way.push(place(q, above)?);
        }
        way.push(place(q, unit)?);
        tree.add(way, own);
    }
    Ok(tree.lines())
}

/// Counties with their townships; what lies in a village counts for its township.
pub(super) fn areas(
    q: &mut dyn store::Query,
    words: &Translator,
    breakdown: &Breakdown,
) -> Result<Vec<Line>, Failure> {
    let mut tree = Tree::new(breakdown);
    for (key, own) in breakdown.rows() {
        if key.is_empty() {
            tree.add(vec![nothing(words, breakdown)], own);
            continue;
        }
        let Some(area) = network::area(q, &AreaId::from(key.as_str()))? else {
            tree.add(vec![unknown(key)], own);
            continue;
        };
        let mut way = Vec::new();
        for code in area.path.split('/').filter(|code| !code.is_empty()) {
            let Some(above) = network::area(q, &AreaId::from(code))? else { continue };
            let itself = above.code == area.code;
            let shown = match above.level {
                Level::County | Level::Township => true,
                Level::Province | Level::City => itself,
                Level::Village => false,
            };
            if shown {
                let key = above.code.as_str().to_owned();
                let name = above.named(words.locale()).to_owned();
                way.push(Place { path: above.path, key, name, level: Some(above.level) });
            }
        }
        if way.is_empty() {
            way.push(unknown(key));
        }
        tree.add(way, own);
    }
    Ok(tree.lines())
}

/// Groups with their categories, in the order of the list in force.
pub(super) fn categories(
    q: &mut dyn store::Query,
    app: &App,
    words: &Translator,
    breakdown: &Breakdown,
) -> Result<Vec<Line>, Failure> {
    let list = matters::categories::in_force(q, app)?;
    let order: BTreeMap<&str, usize> =
        list.all().iter().enumerate().map(|(index, category)| (category.code.as_str(), index)).collect();
    let mut tree = Tree::new(breakdown);
    for (key, own) in breakdown.rows() {
        let Some(category) = list.get(key) else {
            let place = if key.is_empty() { nothing(words, breakdown) } else { unknown(key) };
            tree.add(vec![place], own);
            continue;
        };
        let of_group = list.all().iter().filter(|other| other.group == category.group);
        let first = of_group.filter_map(|other| order.get(other.code.as_str())).min().copied().unwrap_or(0);
        let group = Place {
            path: format!("{first:06}/"),
            key: category.group.clone(),
            name: category.group_name.in_locale(words.locale()).to_owned(),
            level: None,
        };
        let index = order.get(key.as_str()).copied().unwrap_or(0);
        let own_place = Place {
            path: format!("{first:06}/{index:06}/"),
            key: key.clone(),
            name: category.name.in_locale(words.locale()).to_owned(),
            level: None,
        };
        tree.add(vec![group, own_place], own);
    }
    Ok(tree.lines())
}

/// A code nothing is known of any more; it stands at the end under its own name.
fn unknown(key: &str) -> Place {
    Place { path: format!("~{key}/"), key: key.to_owned(), name: key.to_owned(), level: None }
}

fn nothing(words: &Translator, breakdown: &Breakdown) -> Place {
    Place { path: "~~/".to_owned(), key: NONE.to_owned(), name: none(words, breakdown.by), level: None }
}

/// Rows by path; parents sort before their children.
struct Tree {
    empty: Figures,
    lines: BTreeMap<String, Line>,
}

impl Tree {
    fn new(breakdown: &Breakdown) -> Self {
        Self { empty: Figures::new(breakdown.as_of, breakdown.from), lines: BTreeMap::new() }
    }

    /// Adds figures to the last place of the way, and to the sums of all on it.
    fn add(&mut self, way: Vec<Place>, own: &Figures) {
        let last = way.len().saturating_sub(1);
        for (depth, place) in way.into_iter().enumerate() {
            let line = self.lines.entry(place.path).or_insert_with(|| Line {
                key: place.key,
                name: place.name,
                depth,
                level: place.level,
                own: self.empty.clone(),
                sum: self.empty.clone(),
                branch: false,
            });
            line.sum.merge(own);
            if depth == last {
                line.own.merge(own);
            } else {
                line.branch = true;
            }
        }
    }

    fn lines(self) -> Vec<Line> {
        self.lines.into_values().collect()
    }
}
