//! `GET /registers/{register}/coverage`: of which areas the register holds a record, by the
//! areas above them; a number that is not full opens to the areas that lack one.

use crate::ask::Fields;
use crate::export::{failed, heading};
use crate::open::{Frame, register};
use crate::{reply, show};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;
use print::xlsx::{Cell, Column, Table, workbook};
use registers::read::reach::{Reach, reach};
use registers::rules::Definition;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "registers/reach.html")]
struct Shown {
    page: Page,
    frame: Frame,
    title: String,
    level: String,
    total: Group,
    groups: Vec<Group>,
    /// The areas of the group that was opened, or of all.
    areas: Vec<(String, Vec<Place>)>,
    opened: String,
    export: String,
}

/// Areas that lie in one.
struct Group {
    name: String,
    required: i64,
    reached: i64,
    href: String,
}

impl Group {
    fn of(name: String, href: String, areas: &[&Reach]) -> Self {
        let count = |areas: usize| i64::try_from(areas).unwrap_or(i64::MAX);
        let reached = areas.iter().filter(|area| area.records > 0).count();
        Self { name, href, required: count(areas.len()), reached: count(reached) }
    }

    fn is_full(&self) -> bool {
        self.reached == self.required
    }
}

/// An area with its records.
struct Place {
    name: String,
    records: i64,
    href: String,
}

async fn found(staff: &Staff, code: String) -> Result<(Arc<Definition>, Vec<Reach>), Failure> {
    let (grants, locale) = (staff.person.grants.clone(), staff.prefs.locale);
    staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            let coverage = definition.coverage.clone().ok_or(Failure::NotFound)?;
            let areas = reach(q, &definition, Some(&grants), &coverage, locale)?;
            Ok((definition, areas))
        })
        .await
}

/// See the module.
pub(crate) async fn show(
    staff: Staff,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::new(pairs);
    let (definition, areas) = found(&staff, code).await?;
    let page = staff.desk_page("register-tab-coverage", "nav-registers");
    let page = page.clone().titled_text(show::name(&page, &definition.name));
    let path = format!("/registers/{}/coverage", definition.code);
    let opened = fields.get("in").to_owned();
    let mut within: Vec<(String, String)> = areas.iter().map(|area| area.within.clone()).collect();
    within.dedup();
    let of = |code: &str| areas.iter().filter(|area| area.within.0 == code).collect::<Vec<&Reach>>();
    let groups = within
        .iter()
        .map(|(code, name)| Group::of(name.clone(), fields.href(&path, &[("in", code)]), &of(code)))
        .collect();
    let shown_groups = within.iter().filter(|(code, _)| opened.is_empty() || *code == opened);
    let field = definition.coverage.as_ref().map(|coverage| coverage.field.clone()).unwrap_or_default();
    let place = |area: &&Reach| Place {
        name: area.name.clone(),
        records: area.records,
        href: format!("/registers/{}?f.{field}={}", definition.code, area.area),
    };
    let shown = Shown {
        title: show::name(&page, &definition.coverage.as_ref().map(|c| c.name.clone()).unwrap_or_default())
            .to_owned(),
        level: definition
            .coverage
            .as_ref()
            .map(|coverage| page.t(&format!("level-{}", coverage.level.code())))
            .unwrap_or_default(),
        total: Group::of(
            page.t("register-coverage-all"),
            fields.href(&path, &[("in", "")]),
            &areas.iter().collect::<Vec<_>>(),
        ),
        groups,
        areas: shown_groups
            .map(|(code, name)| (name.clone(), of(code).iter().map(place).collect()))
            .collect(),
        opened,
        export: format!("{path}.xlsx"),
        frame: Frame::new(&staff, &page, definition.clone(), "coverage"),
        page: page.clone(),
    };
    reply::page(&shown, false)
}

/// Every area with its records, as a workbook.
pub(crate) async fn export(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let (definition, areas) = found(&staff, code).await?;
    let page = staff.desk_page("register-tab-coverage", "nav-registers");
    let columns = vec![
        Column::text(page.t("register-coverage-within"), 18),
        Column::text(page.t("register-coverage-area"), 24),
        Column::new(page.t("register-coverage-records"), print::xlsx::Kind::Number, 10),
    ];
    let name = show::name(&page, &definition.name);
    let mut table = Table::new(&heading(&staff, &page, name), columns).map_err(failed)?;
    for area in &areas {
        let cells: [Cell; 3] =
            [area.within.1.as_str().into(), area.name.as_str().into(), area.records.into()];
        table.row(cells).map_err(failed)?;
    }
    let bytes = workbook([table]).map_err(failed)?;
    Ok(reply::workbook(&format!("{}-coverage.xlsx", definition.code), bytes))
}
