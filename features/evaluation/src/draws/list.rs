//! `/desk/evaluation`: the draws, and what came of all of them.

use super::read::{self, DrawRow, Sums, draws};
use super::{PATH, href};
use crate::{EVALUATION, Tab, tabs};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::permission::Permission;
use matters::words::Words;
use platform::Failure;
use platform::paging::After;
use platform::ui::Page;
use platform::web::{Staff, reply};

/// Draws of a page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "evaluation/draws.html")]
struct List {
    page: Page,
    words: Words,
    tabs: Vec<Tab>,
    rows: Vec<DrawRow>,
    /// Of all draws, whatever page is shown.
    sums: Sums,
    may_draw: bool,
    first_href: String,
    next_href: String,
}

pub(super) async fn show(staff: Staff, Query(look): Query<After>) -> Result<Response, Failure> {
    let (grants, after) = (staff.person.grants.clone(), look.after.clone());
    let ((rows, next), sums) = staff
        .app
        .read(move |snapshot, _| {
            Ok::<_, Failure>((
                draws(snapshot, &grants, after.as_deref(), ROWS)?,
                read::sums(snapshot, &grants)?,
            ))
        })
        .await?;
    let [first_href, next_href] = look.hrefs(PATH, next.as_deref());
    let page = staff.desk_page("evaluation-title", EVALUATION);
    let list = List {
        words: Words::of(&staff.app, &page),
        tabs: tabs(&staff, &page, PATH),
        may_draw: staff.person.may_ever(Permission::SampleDraw),
        page,
        rows,
        sums,
        first_href,
        next_href,
    };
    reply::page(&list, None)
}

impl List {
    fn href(&self, row: &DrawRow) -> String {
        href(&row.id)
    }

    fn kind(&self, row: &DrawRow) -> String {
        self.page.t(&format!("draw-kind-{}", row.kind))
    }

    fn period(&self, row: &DrawRow) -> String {
        format!("{} – {}", self.page.date(&row.from), self.page.date(&row.to))
    }
}
