//! The draws, what waits to be scored, and an officer's own checks.

use super::{OWN, PATH, QUEUE, Tab, call_href, channel, draw_href, ending, tabs};
use crate::read::{self, CallRow, DrawRow};
use crate::rules::check::CheckState;
use crate::{NAV, NAV_OWN};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::permission::Permission;
use platform::Failure;
use platform::paging::{After, Paged};
use platform::ui::Page;
use platform::web::{Staff, reply};

/// Draws of a page.
const DRAWS: usize = 50;
/// Calls of a page.
const CALLS: usize = 50;

#[derive(Template)]
#[template(path = "callquality/draws.html")]
struct Draws {
    page: Page,
    tabs: Vec<Tab>,
    rows: Vec<DrawRow>,
    may_draw: bool,
    first_href: String,
    next_href: String,
}

#[derive(Template)]
#[template(path = "callquality/calls.html")]
struct Calls {
    page: Page,
    tabs: Vec<Tab>,
    rows: Vec<CallRow>,
    /// Said above the list.
    rule: String,
    /// Said where there is none.
    none: (String, String),
    first_href: String,
    next_href: String,
}

pub(super) async fn draws(staff: Staff, Query(look): Query<After>) -> Result<Response, Failure> {
    let (grants, after) = (staff.person.grants.clone(), look.after.clone());
    let (rows, next) =
        staff.app.read(move |snapshot, _| read::draws(snapshot, &grants, after.as_deref(), DRAWS)).await?;
    let page = staff.desk_page("call-checks-title", NAV);
    let may_draw = staff.person.may_ever(Permission::CallCheckDraw);
    let [first_href, next_href] = look.hrefs(PATH, next.as_deref());
    let tabs = tabs(&staff, &page, PATH);
    reply::page(&Draws { tabs, page, rows, may_draw, first_href, next_href }, None)
}

pub(super) async fn queue(staff: Staff, Query(look): Query<After>) -> Result<Response, Failure> {
    let (person, after) = (staff.person.clone(), look.after.clone());
    let found = staff
        .app
        .read(move |snapshot, _| {
            read::waiting(snapshot, &person.grants, person.account, after.as_deref(), CALLS)
        })
        .await?;
    let page = staff.desk_page("call-queue-title", NAV);
    calls(&staff, page, &look, (QUEUE, "call-queue"), found)
}

pub(super) async fn own(staff: Staff, Query(look): Query<After>) -> Result<Response, Failure> {
    let (officer, after) = (staff.person.account, look.after.clone());
    let found = staff
        .app
        .read(move |snapshot, _| read::of_officer(snapshot, officer, after.as_deref(), CALLS))
        .await?;
    let page = staff.desk_page("call-own-title", NAV_OWN);
    calls(&staff, page, &look, (OWN, "call-own"), found)
}

/// A page of calls; `list`: where it stands, and how the keys of its words begin.
fn calls(
    staff: &Staff,
    page: Page,
    look: &After,
    (path, list): (&str, &str),
    (rows, next): Paged<CallRow>,
) -> Result<Response, Failure> {
    let word = |what: &str| page.t(&format!("{list}-{what}"));
    let (rule, none) = (word("rule"), (word("none"), word("none-what")));
    let [first_href, next_href] = look.hrefs(path, next.as_deref());
    let tabs = tabs(staff, &page, path);
    reply::page(&Calls { page, tabs, rows, rule, none, first_href, next_href }, None)
}

impl Draws {
    fn href(&self, row: &DrawRow) -> String {
        draw_href(&row.id)
    }

    fn period(&self, row: &DrawRow) -> String {
        format!("{} – {}", self.page.date(&row.from), self.page.date(&row.to))
    }
}

impl Calls {
    fn href(&self, row: &CallRow) -> String {
        format!("{}?draw={}", call_href(&row.call), row.draw)
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
}

/// How far a drawn call's check is, and its tone.
pub(super) fn state(page: &Page, row: &CallRow) -> (String, &'static str) {
    match row.checked {
        None => (page.t("call-open"), "neutral"),
        Some((CheckState::Answered, _)) => (page.t(CheckState::Answered.key()), "warning"),
        Some((state, _)) => (page.t(state.key()), "success"),
    }
}
