//! `GET /registers/{register}/map`: how many records lie in each area, and the points they
//! lie at; an area opens to its own map and its records. A table beside it says the same, and
//! stands alone where there is no map to show.

use crate::ask::Fields;
use crate::kept;
use crate::list::{Filter, Line, filters, label, line};
use crate::open::{Frame, register, today};
use crate::{reply, show};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::AreaId;
use kernel::time::Date;
use network::map::{Figure, Map, Point, Scale};
use network::{AreaRow, Boundaries};
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;
use registers::read::list::{self, Asked, Listed};
use registers::read::names::Names;
use registers::read::places;
use registers::rules::Definition;
use registers::rules::value::Value;
use std::collections::BTreeMap;

/// Points drawn at once; more hide each other.
const POINTS: i64 = 500;
/// Records listed of an area; the list has all.
const ROWS: i64 = 100;

#[derive(Template)]
#[template(path = "registers/map.html")]
struct Shown {
    page: Page,
    frame: Frame,
    form: Form,
    filters: Vec<Filter>,
    map: Option<Map>,
    places: Vec<Place>,
    total: String,
    /// The area that is opened; empty for all of them.
    within: String,
    heads: Vec<String>,
    rows: Vec<Line>,
    whole: String,
    list: String,
    notes: Vec<String>,
}

/// A row of the table beside the map.
struct Place {
    name: String,
    count: String,
    href: String,
}

/// What is read for the page.
struct Found {
    definition: std::sync::Arc<Definition>,
    boundaries: Option<Boundaries>,
    counts: BTreeMap<AreaId, i64>,
    areas: BTreeMap<AreaId, AreaRow>,
    points: Vec<Listed>,
    rows: Vec<Listed>,
    names: Names,
    today: Date,
}

/// See the module.
pub(crate) async fn show(
    staff: Staff,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::new(pairs);
    let (asked, grants, locale) = (fields.clone(), staff.person.grants.clone(), staff.prefs.locale);
    let found = staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            if !places::known(&definition) {
                return Err(Failure::NotFound);
            }
            let asked = Asked { after: None, sort: None, ..asked.asked(q, &definition, today(app))? };
            let opened = asked.within.clone();
            let boundaries = match (network::map::boundaries(q, app)?, &opened) {
                (Some(all), Some(area)) => all.of_area(area),
                (all, _) => all,
            };
            let shapes = boundaries.iter().flat_map(|boundaries| &boundaries.shapes);
            let drawn: Vec<AreaId> = shapes.map(|shape| shape.area.clone()).collect();
            let counts = places::by_area(q, &definition, Some(&grants), &asked)?;
            let counts = match &opened {
                Some(area) => places::below(&counts, area),
                None => places::gathered(&counts, &drawn),
            };
            let points = match (places::point(&definition), &boundaries) {
                (Some(_), Some(_)) => {
                    let asked = Asked { at_a_point: true, ..asked.clone() };
                    list::list(q, &definition, Some(&grants), &asked, POINTS + 1)?
                }
                _ => Vec::new(),
            };
            let by_title = Asked { sort: Some(("title".to_owned(), false)), ..asked };
            let rows = match opened.is_some() {
                true => list::list(q, &definition, Some(&grants), &by_title, ROWS)?,
                false => Vec::new(),
            };
            let mut areas = BTreeMap::new();
            for area in counts.keys().chain(&drawn).chain(&opened) {
                areas.extend(network::area(q, area)?.map(|row| (area.clone(), row)));
            }
            let all = || rows.iter().chain(&points);
            let names =
                Names::of(q, all().map(|row| &row.values), all().map(|row| row.unit.as_str()), locale)?;
            let today = today(app);
            Ok(Found { definition, boundaries, counts, areas, points, rows, names, today })
        })
        .await?;
    let page = staff.desk_page("register-tab-map", "nav-registers");
    let page = page.clone().titled_text(show::name(&page, &found.definition.name));
    reply::page(&shown(&staff, page, &fields, found), false)
}

fn shown(staff: &Staff, page: Page, fields: &Fields, found: Found) -> Shown {
    let definition = found.definition;
    let path = format!("/registers/{}", definition.code);
    let here = format!("{path}/map");
    let name = |area: &AreaId| {
        found.areas.get(area).map_or_else(|| area.to_string(), |row| row.named(page.locale()).to_owned())
    };
    let open = |area: &AreaId| fields.href(&here, &[("in", area.as_str())]);
    let opened = fields.get("in").to_owned();
    let mut notes = Vec::new();
    let map = found.boundaries.as_ref().map(|boundaries| {
        let title = page.t1("network-map", "figure", show::name(&page, &definition.name));
        let figure = |shape: &network::Shape| {
            if !opened.is_empty() {
                return Figure { value: Some(1.0), name: name(&shape.area), ..Figure::default() };
            }
            let count = found.counts.get(&shape.area).copied().unwrap_or(0);
            let (name, text) = (name(&shape.area), page.number(count));
            let label = format!("{name} {text}");
            Figure { value: Some(count as f64), name, text, label, href: open(&shape.area) }
        };
        let mut map = Map::new(&page, title, Scale::Count, boundaries, figure);
        let limit = usize::try_from(POINTS).unwrap_or(usize::MAX);
        if found.points.len() > limit {
            notes.push(page.t1("register-map-first", "count", page.number(POINTS)));
        }
        let points = found.points.iter().take(limit);
        let point = |row: &Listed| point(&page, &definition, &path, row);
        let off = map.mark(points.filter_map(point).collect());
        if off > 0 {
            notes.push(page.t1("register-map-off", "count", page.number(off)));
        }
        map
    });
    if map.is_none() {
        notes.push(page.t("register-map-none"));
    }
    let columns = kept::chosen(&definition, &[]);
    let heads = columns.iter().map(|column| label(&page, column)).collect();
    let rows = found
        .rows
        .iter()
        .map(|row| line(&page, &definition, &columns, row, &found.names, found.today))
        .collect();
    Shown {
        form: fields.form(),
        filters: filters(&page, &definition),
        places: found
            .counts
            .iter()
            .map(|(area, count)| Place {
                name: name(area),
                count: page.number(*count),
                href: if *count > 0 && area.as_str() != opened { open(area) } else { String::new() },
            })
            .collect(),
        total: page.number(found.counts.values().sum::<i64>()),
        within: if opened.is_empty() { String::new() } else { name(&AreaId::from(opened.as_str())) },
        heads,
        rows,
        whole: fields.href(&here, &[("in", "")]),
        list: fields.href(&path, &[]),
        map,
        notes,
        frame: Frame::new(staff, &page, definition.clone(), "map"),
        page,
    }
}

/// A record's point, told with its level or stage.
fn point(page: &Page, definition: &Definition, path: &str, row: &Listed) -> Option<Point> {
    let field = places::point(definition)?;
    let Value::Point(at) = row.values.get(&field.code)? else { return None };
    let state = match &row.level {
        Some(level) => show::level(page, definition, Some(level)),
        None => show::stage(page, definition, row.stage.as_deref()),
    };
    let label = if state.is_empty() { row.title.clone() } else { format!("{} · {state}", row.title) };
    Some(Point { at: *at, label, href: format!("{path}/records/{}", row.id) })
}
