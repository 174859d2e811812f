//! A draw's page: what was drawn from what, drawn anew for the reader to compare; the population
//! with its ranks as a workbook.

use super::lists::state;
use super::{PATH, call_href, channel, draw_href, ending};
use crate::NAV;
use crate::read::{self, CallRow};
use crate::rules::draw::{Draw, DrawRules, Plan};
use crate::shell;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::ReceptionId;
use kernel::permission::{Grant, Permission, permit};
use matters_rules::sampling::{digest, lowest, rank, wanted};
use platform::ui::Page;
use platform::web::{Staff, download, reply};
use platform::{App, Failure, slow};
use print::xlsx::{Column, Heading, Table, XlsxError, workbook};
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "callquality/drawn.html")]
struct Shown {
    page: Page,
    id: String,
    draw: Draw,
    plan: Plan,
    rows: Vec<CallRow>,
    /// Whether population and ranks, taken again, give the same calls.
    same: bool,
    may_score: bool,
}

/// What a draw is made of, taken again.
struct Again {
    draw: Draw,
    plan: Plan,
    population: Vec<ReceptionId>,
}

pub(super) async fn show(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let (grants, asked) = (staff.person.grants.clone(), id.clone());
    let (again, rows) = staff
        .app
        .read(move |snapshot, app| {
            Ok((again(snapshot, app, &grants, &asked)?, read::calls_of(snapshot, &asked)?))
        })
        .await?;
    let page = staff.desk_page("call-drawn-title", NAV);
    let Again { draw, plan, population } = again;
    let count = wanted(plan.size, plan.amount, population.len());
    let same = draw.digest == digest(&population) && draw.calls == lowest(&draw.seed, &population, count);
    let may_score = staff.person.may_ever(Permission::CallCheckScore);
    reply::page(&Shown { page, id, draw, plan, rows, same, may_score }, None)
}

pub(super) async fn export(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let again = staff.app.read(move |snapshot, app| again(snapshot, app, &grants, &id)).await?;
    let page = staff.desk_page("call-drawn-title", NAV);
    let name = format!("{}.xlsx", page.t("call-population"));
    let bytes =
        slow::apart(move || sheet(&page, &again).map_err(|error| Failure::Internal(error.to_string())))
            .await?;
    download(&name, bytes)
}

fn again(snapshot: &mut store::Snapshot, app: &App, grants: &[Grant], id: &str) -> Result<Again, Failure> {
    let draw = platform::act::load::<DrawRules>(snapshot, id)?.state;
    let plan = draw.plan.clone().ok_or(Failure::NotFound)?;
    let standing = shell::standing(snapshot, &plan.office)?;
    permit(grants, Permission::CallCheckRead, &standing).ok_or(Failure::NotFound)?;
    let population = shell::population(snapshot, app, &plan, draw.as_of.unwrap_or(app.now()))?;
    Ok(Again { draw, plan, population })
}

fn sheet(page: &Page, again: &Again) -> Result<Vec<u8>, XlsxError> {
    let text = |key: &str, width| Column::text(page.t(key), width);
    let heading = Heading::new(page.t("call-population"))
        .demo(page.site.demo.then(|| page.t("shell-demo")))
        .note(page.t1("call-draw-rule", "seed", again.draw.seed.as_str()));
    let columns = vec![text("call-col-rank", 68), text("call-col-id", 40), text("call-col-drawn", 10)];
    let mut table = Table::new(&heading, columns)?;
    let mut ranked: Vec<(String, ReceptionId)> =
        again.population.iter().map(|call| (rank(&again.draw.seed, *call), *call)).collect();
    ranked.sort();
    let drawn: BTreeSet<&ReceptionId> = again.draw.calls.iter().collect();
    for (rank, call) in ranked {
        let taken = if drawn.contains(&call) { page.t("call-yes") } else { String::new() };
        table.row([rank.into(), call.to_string().into(), taken.into()])?;
    }
    workbook([table])
}

impl Shown {
    fn back(&self) -> &'static str {
        PATH
    }

    fn export_href(&self) -> String {
        format!("{}/population", draw_href(&self.id))
    }

    fn href(&self, row: &CallRow) -> String {
        format!("{}?draw={}", call_href(&row.call), self.id)
    }

    fn channel(&self, row: &CallRow) -> String {
        channel(&self.page, &row.channel)
    }

    fn ending(&self, row: &CallRow) -> String {
        ending(&self.page, &row.ending)
    }

    fn state(&self, row: &CallRow) -> (String, &'static str) {
        state(&self.page, row)
    }

    fn period(&self) -> String {
        format!("{} – {}", self.page.date(&self.plan.from), self.page.date(&self.plan.to))
    }

    fn as_of(&self) -> String {
        self.draw.as_of.map_or_else(String::new, |at| self.page.datetime(&at))
    }
}
