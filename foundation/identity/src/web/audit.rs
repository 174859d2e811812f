//! `GET /admin/audit`: what was done to accounts and grants, and who logged in.

use super::reply;
use crate::read::{self, AccessRow, TrailRow};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::time::Instant;
use platform::Failure;
use platform::ui::{Page, Tab};
use platform::web::Staff;
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    tab: String,
    /// Position of the last line of the page before.
    before: Option<i64>,
    /// Id of the last log-in of the page before, beside its time in `before`.
    id: Option<String>,
}

#[derive(Template)]
#[template(path = "identity/trail.html")]
struct Trail {
    page: Page,
    tabs: Vec<Tab>,
    rows: Vec<TrailRow>,
    older: String,
}

#[derive(Template)]
#[template(path = "identity/access.html")]
struct Access {
    page: Page,
    tabs: Vec<Tab>,
    rows: Vec<AccessRow>,
    older: String,
}

/// See the module.
pub(super) async fn show(staff: Staff, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let (access, locale) = (asked.tab == "access", staff.prefs.locale);
    let page = staff.desk_page("audit-title", "nav-audit");
    let tabs = tabs(&page, access);
    if access {
        let rows = staff
            .app
            .read(move |q, _| {
                let before = asked.before.map(Instant::from_micros).zip(asked.id.as_deref());
                Ok(read::access_log(q, before, locale)?)
            })
            .await?;
        let (rows, more) = reply::cut(rows);
        let older = rows.last().filter(|_| more).map(|row| {
            format!("/admin/audit?tab=access&before={}&id={}", row.at.micros(), reply::encoded(&row.id))
        });
        return reply::page(&Access { page, tabs, rows, older: older.unwrap_or_default() });
    }
    let rows = staff.app.read(move |q, _| Ok(read::trail(q, asked.before, locale)?)).await?;
    let (rows, more) = reply::cut(rows);
    let older = rows.last().filter(|_| more).map(|row| format!("/admin/audit?before={}", row.position));
    reply::page(&Trail { page, tabs, rows, older: older.unwrap_or_default() })
}

fn tabs(page: &Page, access: bool) -> Vec<Tab> {
    let tab = |key: &str, href: &str, current| Tab {
        label: page.t(key),
        href: href.to_owned(),
        count: None,
        current,
    };
    vec![
        tab("audit-changes", "/admin/audit", !access),
        tab("audit-access", "/admin/audit?tab=access", access),
    ]
}
