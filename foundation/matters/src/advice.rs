//! Asks the pure rules whom a matter should go to: gathers what they must know of the
//! network, of the configured categories and departments, and of the matter at hand.

use crate::configuration::{categories, routing as table};
use crate::read::{MatterView, NodeView};
use kernel::permission::UnitPath;
use kernel::{AreaId, Level, NodeId, UnitId};
use matters_rules::routing::{
    self, Candidate, DepartmentKind, Directory, DutyItem, Inquiry, Nature, Origin, UnitSort,
};
use matters_rules::state::NodeState;
use network::{UnitFilter, UnitKind, UnitRow};
use platform::ui::Locale;
use platform::{App, Failure};
use std::sync::LazyLock;
use store::Query;
use table::{Department, Routing};

pub use matters_rules::routing::{Precedent, Reason, Suggested, Suggestion};

/// From where somebody assigns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The office does.
    Office,
    /// The unit of this assignment passes it on.
    PassOn(NodeId),
    /// This assignment's unit objected: someone else gets it instead.
    Reassign(NodeId),
}

/// Which words of the duty list cover which category.
static DUTY_WORDS: LazyLock<Vec<(&'static str, Vec<String>)>> = LazyLock::new(|| {
    let rows = include_str!("../defaults/duty-routing.csv").lines().skip(1);
    rows.filter_map(|row| row.split_once(',')).map(|(code, words)| (code, listed(words))).collect()
});

/// What of a matter decides whom it should go to: one that is filed, or one that is just
/// being written down.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// Code of its category.
    pub category: Option<String>,
    /// Where it is about.
    pub area: Option<AreaId>,
    /// The development zone it was said to lie in; else those over the area count.
    pub zone: Option<UnitId>,
    /// Against whom it is directed.
    pub complained_about: Option<UnitId>,
    /// Units that have it or gave it away.
    pub barred: Vec<UnitId>,
    /// Who led similar matters ([`crate::search::precedents`]).
    pub precedents: Vec<Precedent>,
}

impl Subject {
    /// Of a matter as it stands.
    pub fn of(view: &MatterView) -> Self {
        let taken = |node: &&NodeView| node.state.is_open() || node.state == NodeState::Reassigned;
        Self {
            category: view.category.as_ref().map(|(code, _)| code.clone()),
            area: view.area.as_ref().map(|area| area.id.clone()),
            zone: view.zone.as_ref().map(|zone| zone.id.clone()),
            complained_about: view.complained_about.as_ref().map(|about| about.id.clone()),
            barred: view.nodes.iter().filter(taken).map(|node| node.unit.id.clone()).collect(),
            precedents: Vec::new(),
        }
    }

    /// The same, knowing who led similar ones.
    #[must_use]
    pub fn after(self, precedents: Vec<Precedent>) -> Self {
        Self { precedents, ..self }
    }
}

/// Whom the matter should go to in that step; names stand in the reasons as `locale` has
/// them.
///
/// # Errors
/// Whatever the store says.
pub fn suggest(
    query: &mut dyn Query,
    app: &App,
    view: &MatterView,
    step: Step,
    locale: Locale,
) -> Result<Suggestion, Failure> {
    suggest_knowing(query, app, view, step, locale, Vec::new())
}

/// The same, backed by who led similar matters ([`crate::search::precedents`]).
///
/// # Errors
/// Whatever the store says.
pub fn suggest_knowing(
    query: &mut dyn Query,
    app: &App,
    view: &MatterView,
    step: Step,
    locale: Locale,
    precedents: Vec<Precedent>,
) -> Result<Suggestion, Failure> {
    match origin(query, view, step)? {
        Some(from) => routed(query, app, from, Subject::of(view).after(precedents), locale),
        None => Ok(Suggestion::default()),
    }
}

/// Whom an office should assign what is told to it, before anything is filed.
///
/// # Errors
/// Whatever the store says.
pub fn suggest_from(
    query: &mut dyn Query,
    app: &App,
    office: UnitId,
    subject: Subject,
    locale: Locale,
) -> Result<Suggestion, Failure> {
    routed(query, app, Origin::Office(office), subject, locale)
}

fn routed(
    query: &mut dyn Query,
    app: &App,
    from: Origin,
    subject: Subject,
    locale: Locale,
) -> Result<Suggestion, Failure> {
    let mut place = Place::of(query, subject.area.as_ref())?;
    if let Some(zone) = subject.zone {
        place.zones = vec![zone];
    }
    let (categories, routing) = (categories::in_force(query, app)?, table::in_force(query, app)?);
    let category = subject.category.as_ref().and_then(|code| categories.get(code));
    let inquiry = Inquiry {
        from,
        leads: category.map(|category| category.leads.clone()).unwrap_or_default(),
        co: category.map(|category| category.co.clone()).unwrap_or_default(),
        duty_words: category.map(|category| duty_words(&category.code)).unwrap_or_default(),
        zones: place.zones,
        county: place.county.clone(),
        township: place.township.as_ref().map(|unit| unit.code.clone()),
        complained_about: match &subject.complained_about {
            Some(about) => network::unit(query, about)?.map(|unit| unit.path),
            None => None,
        },
        barred: subject.barred.into_iter().collect(),
        precedents: subject.precedents,
    };
    let directory = directory(query, &routing, place.county.as_ref(), place.township, locale)?;
    Ok(routing::suggest(&inquiry, &directory))
}

fn origin(query: &mut dyn Query, view: &MatterView, step: Step) -> Result<Option<Origin>, Failure> {
    let node = match step {
        Step::Office => None,
        Step::PassOn(node) => view.node(node),
        Step::Reassign(node) => view.node(node).and_then(|node| node.parent).and_then(|id| view.node(id)),
    };
    let Some(node) = node else {
        return Ok(view.office.as_ref().map(|office| Origin::Office(office.id.clone())));
    };
    let unit = network::unit(query, &node.unit.id)?;
    let sideways = node.parent.is_none();
    Ok(unit.map(|unit| Origin::Unit { path: unit.path, level: unit.level, sideways }))
}

/// What the network says of where the matter is about.
#[derive(Default)]
struct Place {
    zones: Vec<UnitId>,
    county: Option<UnitPath>,
    township: Option<UnitRow>,
}

impl Place {
    fn of(query: &mut dyn Query, area: Option<&AreaId>) -> Result<Self, Failure> {
        let Some(area) = area else {
            return Ok(Self::default());
        };
        let mut place = Self {
            zones: network::zones_over(query, area)?.into_iter().map(|zone| zone.code).collect(),
            ..Self::default()
        };
        let mut next = Some(area.clone());
        while let Some(row) = next.take().map(|code| network::area(query, &code)).transpose()?.flatten() {
            match row.level {
                Level::Township => place.township = serving(query, &row.code, UnitKind::Township)?,
                Level::County => {
                    place.county = serving(query, &row.code, UnitKind::Government)?.map(|unit| unit.path);
                }
                _ => {}
            }
            next = row.parent;
        }
        Ok(place)
    }
}

/// The unit of that kind that serves exactly that area.
fn serving(query: &mut dyn Query, area: &AreaId, kind: UnitKind) -> Result<Option<UnitRow>, Failure> {
    Ok(network::units_serving(query, area)?.into_iter().find(|unit| unit.kind == kind))
}

/// The city's units, and those of the county at hand.
fn directory(
    query: &mut dyn Query,
    routing: &Routing,
    county: Option<&UnitPath>,
    township: Option<UnitRow>,
    locale: Locale,
) -> Result<Directory, Failure> {
    let on = |level| UnitFilter { level: Some(level), ..UnitFilter::default() };
    let mut units = network::units_on(query, Level::City)?;
    if let Some(county) = county {
        units.extend(network::units_below(query, county, &on(Level::County))?);
    }
    units.extend(township);
    let duty_items = network::duty_items(query)?;
    Ok(Directory {
        units: units.into_iter().map(|unit| candidate(unit, routing, locale)).collect(),
        kinds: routing.departments().iter().flat_map(|department| kinds(department, locale)).collect(),
        duty_items: duty_items
            .into_iter()
            .map(|item| DutyItem { code: item.code, title: item.title })
            .collect(),
    })
}

/// The words by which categories call a department.
fn kinds(department: &Department, locale: Locale) -> impl Iterator<Item = DepartmentKind> {
    let nature = match department.unit_kinds.as_slice() {
        // Roles both, but the place says who plays them.
        [UnitKind::Zone] => Nature::Zone,
        [UnitKind::Township] => Nature::Township,
        _ if department.role => Nature::Role,
        _ if department.vertical => Nature::Vertical,
        _ => Nature::Department,
    };
    let words = std::iter::once(&department.kind).chain(&department.also);
    words.map(move |word| DepartmentKind {
        word: word.clone(),
        kind: department.kind.clone(),
        name: department.name.in_locale(locale).to_owned(),
        note: department.note.in_locale(locale).to_owned(),
        nature,
    })
}

fn candidate(unit: UnitRow, routing: &Routing, locale: Locale) -> Candidate {
    let english = locale == Locale::En && !unit.en_name.is_empty();
    Candidate {
        kinds: routing.kinds_of(&unit).map(|department| department.kind.clone()).collect(),
        id: unit.code,
        name: if english { unit.en_name } else { unit.name },
        path: unit.path,
        level: unit.level,
        sort: match unit.kind {
            UnitKind::Department | UnitKind::Utility => UnitSort::Department,
            UnitKind::Platform => UnitSort::Platform,
            UnitKind::Zone => UnitSort::Zone,
            UnitKind::Township => UnitSort::Township,
            UnitKind::Government | UnitKind::IntakeOffice | UnitKind::Farm | UnitKind::Village => {
                UnitSort::Other
            }
        },
    }
}

fn duty_words(category: &str) -> Vec<String> {
    DUTY_WORDS.iter().find(|(code, _)| *code == category).map(|(_, words)| words.clone()).unwrap_or_default()
}

fn listed(words: &str) -> Vec<String> {
    words.trim_end().split('、').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duty_words_are_of_categories_there_are() {
        let delivered = categories::Categories::parse(categories::DEFAULT).expect("delivered");
        for (code, words) in DUTY_WORDS.iter() {
            assert!(delivered.get(code).is_some() && !words.is_empty(), "{code}");
        }
    }

    #[test]
    fn zones_townships_and_roles_are_told_apart() {
        let delivered = Routing::parse(table::DEFAULT).expect("delivered");
        let nature = |word: &str| {
            let department = delivered.department(word).expect("delivered");
            kinds(department, Locale::ZhCn).next().map(|kind| kind.nature)
        };
        assert_eq!(nature("税务"), Some(Nature::Vertical));
        assert_eq!(nature("发改"), Some(Nature::Department));
        assert_eq!(nature("园区"), Some(Nature::Zone));
        assert_eq!(nature("乡镇"), Some(Nature::Township));
        assert_eq!(nature("产权单位"), Some(Nature::Role));
    }
}
