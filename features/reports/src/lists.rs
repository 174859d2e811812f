//! Lists that a row of a Word template is repeated for: the same cells and rates as of the
//! whole, counted apart.

use crate::values::told;
use kernel::{AreaId, Level, UnitId};
use matters::categories::Categories;
use matters::figures::{Asked, counted};
use matters_rules::Channel;
use matters_rules::figures::{By, Cell, Figures, RateDef};
use platform::ui::Page;
use platform::{App, Failure};
use std::collections::{BTreeMap, BTreeSet};
use store::Query;

/// The items of a list: their fields by name.
pub(crate) type Items = Vec<BTreeMap<String, String>>;

/// A list that a row can be repeated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// Units that had an assignment in the period, given in it or open when it began; those with
    /// the most first.
    Units,
    /// Counties.
    Areas,
    /// Groups of categories.
    Groups,
    /// Categories.
    Categories,
    /// Channels.
    Channels,
}

impl List {
    /// Every list.
    pub(crate) const ALL: [Self; 5] =
        [Self::Units, Self::Areas, Self::Groups, Self::Categories, Self::Channels];

    /// What a template calls it; what people call it stands under `report-list-<name>`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Areas => "areas",
            Self::Groups => "groups",
            Self::Categories => "categories",
            Self::Channels => "channels",
        }
    }

    fn by(self) -> By {
        match self {
            Self::Units => By::Unit,
            Self::Areas => By::Area,
            Self::Groups | Self::Categories => By::Category,
            Self::Channels => By::Channel,
        }
    }
}

/// Of a unit: assignments given in the period, and those open when it began.
const OF_PERIOD: [&str; 2] = ["given", "carried"];

/// The fields of every item of a list.
pub(crate) fn fields(list: List) -> BTreeSet<String> {
    let cells = Cell::all().map(Cell::code);
    let rates = RateDef::ALL.iter().map(|rate| format!("rate_{}", rate.name));
    let own = OF_PERIOD.iter().filter(|_| list == List::Units).map(|field| (*field).to_owned());
    ["name", "n"].map(str::to_owned).into_iter().chain(own).chain(cells).chain(rates).collect()
}

/// The items of a list in a period, with the fields that are wanted.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn of_period(
    q: &mut dyn Query,
    app: &App,
    page: &Page,
    asked: &Asked,
    (list, wanted): (List, &BTreeSet<String>),
) -> Result<Items, Failure> {
    let breakdown = counted(q, app, asked, Some(list.by()), None)?;
    let before = match list {
        List::Units => before(q, app, asked)?,
        _ => BTreeMap::new(),
    };
    let categories = matters::categories::in_force(q, app)?;
    let mut rows: BTreeMap<(usize, String), (String, Figures)> = BTreeMap::new();
    for (key, figures) in breakdown.rows().iter().filter(|(key, _)| !key.is_empty()) {
        let row = match list {
            List::Units => match unit(q, page, key, &Busy::of(before.get(key), figures))? {
                Some(row) => row,
                None => continue,
            },
            List::Areas => county(q, page, key)?,
            List::Groups | List::Categories => category(page, &categories, key, list),
            List::Channels => channel(page, key),
        };
        let Row { place, code, name } = row;
        let empty = || (name, Figures::new(breakdown.as_of, breakdown.from));
        rows.entry((place, code)).or_insert_with(empty).1.merge(figures);
    }
    let items = rows.into_iter().zip(1_u64..).map(|(((_, code), (name, figures)), n)| {
        let mut item = BTreeMap::from([("n".to_owned(), page.number(n)), ("name".to_owned(), name)]);
        item.extend(told(page, &figures));
        if list == List::Units {
            let Busy { given, carried } = Busy::of(before.get(&code), &figures);
            item.extend(
                OF_PERIOD.map(str::to_owned).into_iter().zip([given, carried].map(|n| page.number(n))),
            );
        }
        item.retain(|field, _| wanted.contains(field));
        item
    });
    Ok(items.collect())
}

/// The units' figures when the period began; of a report without a first day there is no before.
fn before(q: &mut dyn Query, app: &App, asked: &Asked) -> Result<BTreeMap<String, Figures>, Failure> {
    let Some(eve) = asked.from.and_then(|from| from.yesterday().ok()) else { return Ok(BTreeMap::new()) };
    let asked = Asked { from: None, as_of: Some(eve), unit: asked.unit.clone() };
    Ok(counted(q, app, &asked, Some(By::Unit), None)?.rows().clone())
}

/// What a unit had to deal with in the period.
struct Busy {
    /// Assignments given in it.
    given: u64,
    /// Assignments open when it began.
    carried: u64,
}

impl Busy {
    fn of(before: Option<&Figures>, now: &Figures) -> Self {
        let then = |cell| before.map_or(0, |figures| figures.count(cell));
        // Of units that were merged, what the one had is the other's now.
        let given = now.count(Cell::Assignments).saturating_sub(then(Cell::Assignments));
        Self { given, carried: then(Cell::AssignmentsOpen) }
    }
}

/// Where a key of the breakdown belongs: several keys may share a row.
struct Row {
    /// Rows stand in the order of their places.
    place: usize,
    code: String,
    name: String,
}

/// None where it had nothing to do in the period.
fn unit(q: &mut dyn Query, page: &Page, key: &str, busy: &Busy) -> Result<Option<Row>, Failure> {
    let had = busy.given + busy.carried;
    if had == 0 {
        return Ok(None);
    }
    let found = network::unit(q, &UnitId::from(key))?;
    let name = found.map_or_else(|| key.to_owned(), |unit| unit.brief(page.locale()).to_owned());
    let place = usize::MAX - usize::try_from(had).unwrap_or(usize::MAX);
    Ok(Some(Row { place, code: key.to_owned(), name }))
}

/// The county an area lies in; above the counties the area itself.
fn county(q: &mut dyn Query, page: &Page, key: &str) -> Result<Row, Failure> {
    let Some(mut area) = network::area(q, &AreaId::from(key))? else {
        return Ok(Row { place: 0, code: key.to_owned(), name: key.to_owned() });
    };
    let path = area.path.clone();
    for above in path.trim_end_matches('/').split('/') {
        if let Some(above) = network::area(q, &AreaId::from(above))?.filter(|one| one.level == Level::County)
        {
            area = above;
        }
    }
    Ok(Row { place: 0, name: area.named(page.locale()).to_owned(), code: area.code.as_str().to_owned() })
}

fn category(page: &Page, categories: &Categories, key: &str, list: List) -> Row {
    let all = categories.all();
    let Some(place) = all.iter().position(|category| category.code == key) else {
        return Row { place: usize::MAX, code: key.to_owned(), name: key.to_owned() };
    };
    let category = &all[place];
    if list == List::Groups {
        let first = all.iter().position(|one| one.group == category.group).unwrap_or(place);
        let name = category.group_name.in_locale(page.locale()).to_owned();
        return Row { place: first, code: category.group.clone(), name };
    }
    Row { place, code: key.to_owned(), name: category.name.in_locale(page.locale()).to_owned() }
}

fn channel(page: &Page, key: &str) -> Row {
    let place = Channel::ALL.iter().position(|channel| channel.code() == key);
    let name = place.map_or_else(|| key.to_owned(), |at| page.t(Channel::ALL[at].key()));
    Row { place: place.unwrap_or(usize::MAX), code: key.to_owned(), name }
}
