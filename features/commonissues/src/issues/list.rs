//! `/common-issues`: those under way first.

use super::read::{IssueRow, issues};
use super::{PATH, href};
use crate::rules::issue::IssueState;
use crate::words::Names;
use crate::{NAV, Tab, tabs};
use askama::Template;
use axum::response::Response;
use kernel::permission::Permission;
use platform::Failure;
use platform::ui::Page;
use platform::web::{Staff, reply};

/// Issues in the list: the latest.
const ROWS: i64 = 200;

#[derive(Template)]
#[template(path = "commonissues/list.html")]
struct List {
    page: Page,
    tabs: Vec<Tab>,
    rows: Vec<IssueRow>,
    names: Names,
    may_manage: bool,
}

pub(super) async fn show(staff: Staff) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let (rows, names) = staff
        .app
        .read(move |snapshot, app| {
            let rows = issues(snapshot, &grants, ROWS)?;
            let mut names = Names::read(snapshot, app)?;
            for row in &rows {
                names.with_unit(snapshot, &row.unit)?;
            }
            Ok((rows, names))
        })
        .await?;
    let page = staff.desk_page("issues-title", NAV);
    let may_manage = staff.person.may_ever(Permission::IssueManage);
    reply::page(&List { tabs: tabs(&page, PATH), page, rows, names, may_manage }, None)
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
