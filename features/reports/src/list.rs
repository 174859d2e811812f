//! `/desk/reports`: what was made, and the form to make one.

use crate::read::{self, Line};
use crate::rules::period::Kind;
use crate::{NAV, PATH, make as making, shell};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::permission::Permission;
use kernel::time::Date;
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use serde::Deserialize;

/// Rows on a page.
const ROWS: usize = 40;

#[derive(Deserialize, Default)]
pub(crate) struct Look {
    #[serde(default)]
    kind: String,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "reports/list.html")]
struct List {
    page: Page,
    form: Form,
    kinds: Vec<Choice>,
    tabs: Vec<(String, String, bool)>,
    rows: Vec<Line>,
    may_issue: bool,
    may_template: bool,
    next_href: String,
    first_href: String,
}

/// The page.
pub(crate) async fn show(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let today = staff.app.config.zone.date_of(staff.app.now());
    let form = Form::new().with("kind", Kind::Daily.code()).with("day", today);
    screen(&staff, look, form).await
}

/// Makes one for the period that holds the day.
pub(crate) async fn make(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let mut form = reply::form(fields);
    let today = staff.app.config.zone.date_of(staff.app.now());
    let kind = Kind::parse(form.value("kind"));
    if kind.is_none() {
        form.refuse(FieldError::new("kind", "entry-not-chosen"));
    }
    let day: Option<Date> = form.value("day").trim().parse().ok();
    match day {
        None => form.refuse(FieldError::new("day", "report-day-missing")),
        Some(day) if day > today => form.refuse(FieldError::new("day", "report-day-ahead")),
        Some(_) => {}
    }
    let (Some(kind), Some(day), false) = (kind, day, form.has_errors()) else {
        return screen(&staff, Look::default(), form).await;
    };
    let (from, until) = kind.around(day);
    let id = making::make(&staff.app, &staff.by(), kind, from, until.min(today)).await?;
    Ok(reply::done(&staff, &format!("{PATH}/{id}"), "flash-report-made"))
}

async fn screen(staff: &Staff, look: Look, form: Form) -> Result<Response, Failure> {
    let kind = Kind::parse(&look.kind);
    let grants = staff.person.grants.clone();
    let after = look.after.clone();
    let (rows, next) = staff
        .app
        .read(move |q, app| {
            if !shell::may(q, app, &grants, Permission::ReportRead)? {
                return Err(Failure::NotPermitted);
            }
            read::list(q, kind, after.as_deref(), ROWS)
        })
        .await?;
    let page = staff.desk_page("report-title", NAV).in_error(form.has_errors());
    let href =
        |of: Option<Kind>| of.map_or_else(|| PATH.to_owned(), |of| format!("{PATH}?kind={}", of.code()));
    let mut tabs = vec![(page.t("report-all"), href(None), kind.is_none())];
    tabs.extend(Kind::ALL.iter().map(|of| (page.t(of.key()), href(Some(*of)), kind == Some(*of))));
    let more = if kind.is_some() { "&" } else { "?" };
    let list = List {
        kinds: Kind::ALL.iter().map(|kind| Choice::new(kind.code(), page.t(kind.key()))).collect(),
        tabs,
        rows,
        may_issue: staff.person.may_ever(Permission::ReportIssue),
        may_template: staff.person.may_ever(Permission::ReportTemplate),
        next_href: next.map_or_else(String::new, |after| format!("{}{more}after={after}", href(kind))),
        first_href: look.after.map_or_else(String::new, |_| href(kind)),
        page,
        form,
    };
    reply::page(&list, Some(&list.form))
}

impl List {
    fn period(&self, row: &Line) -> String {
        period(&self.page, row.from, row.until)
    }
}

/// Of which days, in words.
pub(crate) fn period(page: &Page, from: Date, until: Date) -> String {
    if from == until {
        return page.date(&from);
    }
    page.t2("report-period", "from", page.date(&from), "until", page.date(&until))
}
