//! `/desk/evaluation`: the draws, and what came of all of them.

use super::read::{DrawRow, draws};
use super::{PATH, href};
use crate::{EVALUATION, Tab, tabs};
use askama::Template;
use axum::response::Response;
use kernel::permission::Permission;
use matters::words::Words;
use platform::Failure;
use platform::ui::Page;
use platform::web::{Staff, reply};

/// The most draws of the list.
const MOST: usize = 200;

#[derive(Template)]
#[template(path = "evaluation/draws.html")]
struct List {
    page: Page,
    words: Words,
    tabs: Vec<Tab>,
    rows: Vec<DrawRow>,
    may_draw: bool,
}

pub(super) async fn show(staff: Staff) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let rows = staff.app.read(move |snapshot, _| draws(snapshot, &grants, MOST)).await?;
    let page = staff.desk_page("evaluation-title", EVALUATION);
    let list = List {
        words: Words::of(&staff.app, &page),
        tabs: tabs(&staff, &page, PATH),
        may_draw: staff.person.may_ever(Permission::SampleDraw),
        page,
        rows,
    };
    reply::page(&list, None)
}

impl List {
    fn href(&self, row: &DrawRow) -> String {
        href(&row.id)
    }

    fn sum(&self, of: fn(&DrawRow) -> u64) -> u64 {
        self.rows.iter().map(of).sum()
    }

    fn drawn(&self) -> u64 {
        self.sum(|row| row.drawn)
    }

    fn checked(&self) -> u64 {
        self.sum(|row| row.checked)
    }

    fn false_closings(&self) -> u64 {
        self.sum(|row| row.false_closings)
    }

    fn incomplete(&self) -> u64 {
        self.sum(|row| row.incomplete)
    }

    fn kind(&self, row: &DrawRow) -> String {
        self.page.t(&format!("draw-kind-{}", row.kind))
    }

    fn period(&self, row: &DrawRow) -> String {
        format!("{} – {}", self.page.date(&row.from), self.page.date(&row.to))
    }
}
