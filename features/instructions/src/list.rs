//! `/instructions`: what leaders instructed, and how far it is.

use crate::NAV;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::permission::Permission;
use matters::{Filter, ListPage, Row, Tab, words};
use matters_rules::{MatterKind, Phase};
use platform::Failure;
use platform::ui::Page;
use platform::web::{Staff, reply};
use serde::Deserialize;

/// The list.
pub(crate) const PATH: &str = "/instructions";
/// Rows on a page.
const ROWS: usize = 50;

#[derive(Deserialize)]
pub(crate) struct Look {
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "instructions/list.html")]
struct List {
    page: Page,
    rows: Vec<Row>,
    next: Option<String>,
    first: bool,
    may_record: bool,
}

pub(crate) async fn show(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let first = look.after.is_none();
    let found = found(&staff, look.after).await?;
    let shown = List {
        page: staff.desk_page("instructions-title", NAV),
        rows: found.rows,
        next: found.next.map(|after| format!("{PATH}?after={after}")),
        first,
        may_record: staff.person.may_ever(Permission::InstructionRecord),
    };
    reply::page(&shown, None)
}

/// A page of what this reader may see of it, after the key of an earlier page.
pub(crate) async fn found(staff: &Staff, after: Option<String>) -> Result<ListPage, Failure> {
    let grants = staff.person.grants.clone();
    let filter = Filter { tab: Tab::All, kind: Some(MatterKind::Instruction), ..Filter::default() };
    let read = staff
        .app
        .read(move |snapshot, app| matters::list(snapshot, app, &grants, &filter, after.as_deref(), ROWS));
    read.await
}

impl List {
    fn title(&self, row: &Row) -> String {
        row.title.clone().unwrap_or_else(|| self.page.t("matter-title-withheld"))
    }

    fn unit(&self, row: &Row) -> String {
        row.unit.as_ref().map_or_else(String::new, |unit| unit.brief(self.page.locale()).to_owned())
    }

    fn phase(&self, row: &Row) -> String {
        row.phase.map_or_else(String::new, |phase| self.page.t(&format!("phase-{}", phase.code())))
    }

    fn lights(&self, row: &Row) -> Vec<(&'static str, String)> {
        words::lights(&self.page, row)
    }

    fn due(&self, row: &Row) -> String {
        row.promise_due.map_or_else(String::new, |at| self.page.day(&at.plus_micros(-1)))
    }

    /// Once something was answered there is a page to take to the leader.
    fn is_answered(&self, row: &Row) -> bool {
        matches!(row.phase, Some(Phase::Verification | Phase::Closed | Phase::Archived))
    }
}
