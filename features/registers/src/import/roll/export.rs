//! `GET /network/roll.xlsx`: every unit of a day, with a row for each post it must have or that
//! somebody holds in it.

use super::columns::Column;
use crate::ask::Fields;
use crate::export::{failed, heading};
use crate::open::{register, today};
use crate::reply;
use axum::extract::Query;
use axum::response::Response;
use kernel::UnitId;
use kernel::time::Date;
use network::{Forest, UnitRow};
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;
use print::xlsx::{self, Cell, Table, workbook};
use registers::read::coverage;
use registers::read::list::{self, Asked, Listed};
use registers::rules::Value;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The most terms of office in one workbook.
const TERMS: i64 = 100_000;

/// What the workbook holds.
pub(crate) struct Found {
    units: Vec<(UnitRow, String)>,
    /// Name of a post, by its record.
    posts: BTreeMap<Uuid, String>,
    /// Who holds a post in a unit on that day, as far as the reader may see.
    terms: BTreeMap<String, Vec<Listed>>,
    /// Posts of a unit that nobody holds.
    vacant: BTreeMap<String, Vec<String>>,
}

/// A row: a unit, and a post of it.
pub(crate) struct Line<'f> {
    pub unit: &'f UnitRow,
    /// Codes of the areas that a zone lies over.
    pub overlays: &'f str,
    /// The post; none where the unit must have none.
    pub post: Option<&'f str>,
    /// Who holds it; none where nobody does.
    pub term: Option<&'f Listed>,
}

impl Found {
    /// Every unit with its posts: those that are held, then those that are vacant.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.units.iter().flat_map(|(unit, overlays)| {
            let of_unit = move |post, term| Line { unit, overlays, post, term };
            let name = |term| post_of(term).and_then(|post| self.posts.get(&post)).map(String::as_str);
            let held = self.terms.get(unit.code.as_str()).into_iter().flatten();
            let vacant = self.vacant.get(unit.code.as_str()).into_iter().flatten();
            let mut lines: Vec<Line<'_>> = held.map(|term| of_unit(name(term), Some(term))).collect();
            lines.extend(vacant.map(|post| of_unit(Some(post.as_str()), None)));
            if lines.is_empty() {
                lines.push(of_unit(None, None));
            }
            lines
        })
    }
}

/// See the module.
pub(crate) async fn table(
    staff: Staff,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::new(pairs);
    let day = fields.day("on").unwrap_or_else(|| today(&staff.app));
    let page = staff.desk_page("roll-title", "nav-network");
    let found = find(&staff, day).await?;
    let note = page.t1("register-coverage-on", "date", page.date(&day));
    let columns = Column::ALL.map(|column| column.of_sheet(page.translator())).into();
    let mut table =
        Table::new(&heading(&staff, &page, &page.t("roll-title")).note(note), columns).map_err(failed)?;
    for line in found.lines() {
        let mut cells = of_unit(&page, line.unit, line.overlays);
        match (line.term, line.post) {
            (Some(term), post) => cells.extend(of_term(term, post)),
            (None, Some(vacant)) => cells.push(vacant.into()),
            (None, None) => {}
        }
        cells.resize(Column::ALL.len(), Cell::Empty);
        table.row(cells).map_err(failed)?;
    }
    let bytes = workbook([table]).map_err(failed)?;
    Ok(reply::workbook(&format!("network-{day}.xlsx"), bytes))
}

fn of_unit(page: &Page, unit: &UnitRow, overlays: &str) -> Vec<Cell> {
    vec![
        unit.code.as_str().into(),
        unit.name.as_str().into(),
        unit.short_name.as_str().into(),
        unit.en_name.as_str().into(),
        unit.parent.as_ref().map_or("", |parent| parent.as_str()).into(),
        page.t(&format!("level-{}", unit.level.code())).into(),
        page.t(&format!("unit-kind-{}", unit.kind.code())).into(),
        unit.area.as_ref().map_or("", |area| area.as_str()).into(),
        overlays.into(),
    ]
}

fn of_term(term: &Listed, post: Option<&str>) -> Vec<Cell> {
    let text = |code: &str| match term.values.get(code) {
        Some(Value::Text(text)) => xlsx::Cell::from(text.as_str()),
        Some(Value::Date(day)) => Cell::Date(*day),
        _ => Cell::Empty,
    };
    let mut cells = vec![post.map_or(Cell::Empty, Cell::from)];
    cells.extend(["holder", "from", "to", "document", "substitute"].map(text));
    cells
}

pub(crate) async fn find(staff: &Staff, day: Date) -> Result<Found, Failure> {
    let grants = staff.person.grants.clone();
    staff
        .app
        .read(move |q, app| {
            let forest = Forest::on(q, day)?;
            let mut sorted: Vec<&UnitRow> = forest.iter().collect();
            sorted.sort_by_key(|unit| &unit.path.0);
            let mut units = Vec::with_capacity(sorted.len());
            for unit in sorted {
                let overlays = match unit.kind {
                    network::UnitKind::Zone => network::overlays(q, &unit.code)?,
                    _ => Vec::new(),
                };
                let overlays: Vec<String> =
                    overlays.into_iter().map(|area| area.code.as_str().to_owned()).collect();
                units.push((unit.clone(), overlays.join("；")));
            }
            let mut posts = BTreeMap::new();
            let mut vacant: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for post in coverage::required(q)? {
                for gap in coverage::gaps(q, &forest, None, &post, day, usize::MAX)? {
                    vacant.entry(gap.unit).or_default().push(post.name.clone());
                }
                posts.insert(post.id, post.name);
            }
            let definition = register(q, app, "holders")?;
            let all = list::list(q, &definition, Some(&grants), &Asked::default(), TERMS)?;
            let known: BTreeSet<&UnitId> = units.iter().map(|(unit, _)| &unit.code).collect();
            let mut terms: BTreeMap<String, Vec<Listed>> = BTreeMap::new();
            for term in all.into_iter().filter(|term| holds_on(term, day)) {
                if let Some(Value::Unit(place)) = term.values.get("place")
                    && known.contains(place)
                {
                    terms.entry(place.to_string()).or_default().push(term);
                }
            }
            for terms in terms.values_mut() {
                terms.sort_by_key(|term| (post_of(term), term.id.clone()));
            }
            Ok(Found { units, posts, terms, vacant })
        })
        .await
}

fn post_of(term: &Listed) -> Option<Uuid> {
    match term.values.get("post") {
        Some(Value::Records(posts)) => posts.first().copied(),
        _ => None,
    }
}

/// Whether somebody holds the post at the end of that day.
fn holds_on(term: &Listed, day: Date) -> bool {
    let on = |code: &str| match term.values.get(code) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    };
    on("from").is_some_and(|from| from <= day) && on("to").is_none_or(|to| to > day)
}
