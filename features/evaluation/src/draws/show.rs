//! A draw's page: what was drawn from what, drawn anew for the reader to compare; each drawn
//! matter with what was found. The population with its ranks as a workbook.

use super::population::population;
use super::read::{DrawnRow, rows_of};
use super::{href, load, standing_of};
use crate::EVALUATION;
use crate::rules::draw::{Draw, Plan, digest, lowest, rank, wanted};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::MatterId;
use kernel::permission::{Permission, permit};
use matters::Row;
use matters::words::Words;
use matters_rules::Finding;
use platform::ui::Page;
use platform::web::{Staff, download, reply};
use platform::{Failure, slow};
use print::xlsx::{Column, Heading, Table, XlsxError, workbook};
use std::collections::{BTreeMap, BTreeSet};

/// A drawn matter as the page shows it.
struct Line {
    drawn: DrawnRow,
    /// None where the reader may not see it (it came to be about their own unit).
    row: Option<Row>,
}

#[derive(Template)]
#[template(path = "evaluation/shown.html")]
struct Shown {
    page: Page,
    words: Words,
    id: String,
    draw: Draw,
    plan: Plan,
    office: String,
    lines: Vec<Line>,
    /// Whether population and ranks, taken again from the journal, give the same matters.
    same: bool,
    may_check: bool,
}

/// What a draw is made of, taken again from the journal.
struct Again {
    draw: Draw,
    plan: Plan,
    population: Vec<MatterId>,
}

pub(super) async fn show(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let asked = id.clone();
    let page = staff.desk_page("draw-shown-title", EVALUATION);
    let locale = page.locale();
    let (again, office, lines) = staff
        .app
        .read(move |snapshot, app| {
            let again = again(snapshot, app, &person.grants, &asked)?;
            let office = network::unit(snapshot, &again.plan.office)?;
            let office = office.map_or_else(String::new, |unit| unit.full(locale).to_owned());
            let drawn = rows_of(snapshot, &asked)?;
            let rows = matters::read::rows(snapshot, app, &person.grants, &again.draw.matters)?;
            let mut rows: BTreeMap<MatterId, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
            let lines = drawn
                .into_iter()
                .map(|drawn| Line { row: rows.remove(&drawn.matter), drawn })
                .collect::<Vec<_>>();
            Ok((again, office, lines))
        })
        .await?;
    let Again { draw, plan, population } = again;
    let same = draw.digest == digest(&population)
        && draw.matters == lowest(&draw.seed, &population, wanted(&plan, population.len()));
    let may_check = staff.person.may_ever(Permission::SampleCheck);
    let words = Words::of(&staff.app, &page);
    reply::page(&Shown { page, words, id, draw, plan, office, lines, same, may_check }, None)
}

pub(super) async fn export(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let again = staff.app.read(move |snapshot, app| again(snapshot, app, &person.grants, &id)).await?;
    let page = staff.desk_page("draw-shown-title", EVALUATION);
    let name = format!("{}.xlsx", page.t("draw-population"));
    let bytes =
        slow::apart(move || sheet(&page, &again).map_err(|error| Failure::Internal(error.to_string())))
            .await?;
    download(&name, bytes)
}

fn again(
    snapshot: &mut store::Snapshot,
    app: &platform::App,
    grants: &[kernel::permission::Grant],
    id: &str,
) -> Result<Again, Failure> {
    let (draw, plan) = load(snapshot, id)?;
    let standing = standing_of(snapshot, &plan.office)?;
    permit(grants, Permission::EvaluationRead, &standing).ok_or(Failure::NotFound)?;
    let population = population(snapshot, app, &plan, draw.as_of.unwrap_or(app.now()))?;
    Ok(Again { draw, plan, population })
}

fn sheet(page: &Page, again: &Again) -> Result<Vec<u8>, XlsxError> {
    let text = |key: &str, width| Column::text(page.t(key), width);
    let heading = Heading::new(page.t("draw-population"))
        .demo(page.site.demo.then(|| page.t("shell-demo")))
        .note(page.t1("draw-rule", "seed", again.draw.seed.as_str()));
    let columns = vec![text("draw-col-rank", 68), text("draw-col-id", 40), text("draw-col-drawn", 10)];
    let mut table = Table::new(&heading, columns)?;
    let mut ranked: Vec<(String, MatterId)> =
        again.population.iter().map(|matter| (rank(&again.draw.seed, *matter), *matter)).collect();
    ranked.sort();
    let drawn: BTreeSet<&MatterId> = again.draw.matters.iter().collect();
    for (rank, matter) in ranked {
        let taken = if drawn.contains(&matter) { page.t("draw-yes") } else { String::new() };
        table.row([rank.into(), matter.to_string().into(), taken.into()])?;
    }
    workbook([table])
}

impl Shown {
    fn kind(&self) -> String {
        self.page.t(self.plan.of.key())
    }

    fn period(&self) -> String {
        format!("{} – {}", self.page.date(&self.plan.from), self.page.date(&self.plan.to))
    }

    fn size(&self) -> String {
        self.page.t1(&format!("draw-said-{}", self.plan.size.code()), "amount", self.plan.amount)
    }

    fn check_href(&self, line: &Line) -> String {
        format!("{}/matters/{}", href(&self.id), line.drawn.matter)
    }

    fn export_href(&self) -> String {
        format!("{}/population", href(&self.id))
    }

    fn found(&self, finding: Finding) -> usize {
        self.draw.found.values().filter(|found| **found == finding).count()
    }

    fn false_closings(&self) -> usize {
        self.found(Finding::False)
    }

    fn incomplete(&self) -> usize {
        self.found(Finding::Incomplete)
    }

    fn drawn(&self) -> usize {
        self.draw.matters.len()
    }

    fn checked(&self) -> usize {
        self.draw.found.len()
    }

    fn tone(&self, finding: &Finding) -> &'static str {
        match finding {
            Finding::Confirmed => "success",
            Finding::Incomplete => "warning",
            Finding::False => "danger",
        }
    }

    fn back(&self) -> &'static str {
        super::PATH
    }

    fn as_of(&self) -> String {
        self.draw.as_of.map_or_else(String::new, |at| self.words.moment(&at))
    }
}
