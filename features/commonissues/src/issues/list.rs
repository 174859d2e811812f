//! `/common-issues`: those under way first.

use super::read::{IssueRow, issues};
use super::{PATH, href};
use crate::rules::issue::IssueState;
use crate::words::Names;
use crate::{NAV, Tab, tabs};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::permission::Permission;
use platform::Failure;
use platform::paging::After;
use platform::ui::Page;
use platform::web::{Staff, reply};

/// Issues of a page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "commonissues/list.html")]
struct List {
    page: Page,
    tabs: Vec<Tab>,
    rows: Vec<IssueRow>,
    names: Names,
    may_manage: bool,
    first_href: String,
    next_href: String,
}

pub(super) async fn show(staff: Staff, Query(look): Query<After>) -> Result<Response, Failure> {
    let (grants, after) = (staff.person.grants.clone(), look.after.clone());
    let (rows, next, names) = staff
        .app
        .read(move |snapshot, app| {
            let (rows, next) = issues(snapshot, &grants, after.as_deref(), ROWS)?;
            let mut names = Names::read(snapshot, app)?;
            for row in &rows {
                names.with_unit(snapshot, &row.unit)?;
            }
            Ok((rows, next, names))
        })
        .await?;
    let page = staff.desk_page("issues-title", NAV);
    let may_manage = staff.person.may_ever(Permission::IssueManage);
    let [first_href, next_href] = look.hrefs(PATH, next.as_deref());
    let tabs = tabs(&page, PATH);
    reply::page(&List { tabs, page, rows, names, may_manage, first_href, next_href }, None)
}

impl List {
    fn href(&self, row: &IssueRow) -> String {
        href(&row.id)
    }

    fn unit(&self, row: &IssueRow) -> String {
        self.names.unit(&self.page, Some(&row.unit))
    }

    fn tone(&self, row: &IssueRow) -> &'static str {
        match row.state {
            IssueState::Open => "primary",
            IssueState::Closed => "success",
        }
    }

    fn report(&self, row: &IssueRow) -> (String, &'static str) {
        match row.report {
            (0, _) => (self.page.t("issues-report-none"), "neutral"),
            (written, signed) if written == signed => (self.page.t("issues-report-signed"), "success"),
            _ => (self.page.t("issues-report-unsigned"), "warning"),
        }
    }
}
