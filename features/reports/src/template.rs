//! The templates, which the office changes: checked before they are kept, every version there.

use crate::read;
use crate::rules::period::Kind;
use crate::{NAV, PATH, shell, values};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::permission::Permission;
use kernel::time::Instant;
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};

#[derive(Template)]
#[template(path = "reports/template.html")]
struct Shown {
    page: Page,
    form: Form,
    kind: Kind,
    tabs: Vec<(String, String, bool)>,
    versions: Vec<(i64, Instant, String)>,
    /// Every placeholder with what it stands for today.
    values: Vec<(String, String)>,
}

/// `GET /desk/reports/templates/{kind}`
pub(crate) async fn show(staff: Staff, Path(kind): Path<String>) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    screen(&staff, kind, None).await
}

/// `POST /desk/reports/templates/{kind}`
pub(crate) async fn change(
    staff: Staff,
    Path(kind): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let kind = Kind::parse(&kind).ok_or(Failure::NotFound)?;
    let form = reply::form(fields);
    let (by, text) = (staff.by(), form.value("text").replace("\r\n", "\n"));
    match staff.app.write(move |work| shell::change(work, &by, kind, &text)).await {
        Ok(()) => Ok(reply::done(&staff, &href(kind), "flash-report-template")),
        Err(Failure::Refused(refusal)) => screen(&staff, kind, Some(form.refused(&refusal))).await,
        Err(failure) => Err(failure),
    }
}

fn href(kind: Kind) -> String {
    format!("{PATH}/templates/{}", kind.code())
}

async fn screen(staff: &Staff, kind: Kind, typed: Option<Form>) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let (template, versions, values) = staff
        .app
        .read(move |q, app| {
            if !shell::may(q, app, &grants, Permission::ReportTemplate)? {
                return Err(Failure::NotPermitted);
            }
            let (from, until) = kind.last_before(app.config.zone.date_of(app.now()));
            let values = values::of_period(q, app, from, until)?;
            Ok((read::template(q, kind)?, read::versions(q, kind)?, values))
        })
        .await?;
    let form = typed.unwrap_or_else(|| Form::new().with("text", &template.text));
    let page = staff.desk_page("report-templates", NAV).in_error(form.has_errors());
    let tab = |of: &Kind| (page.t(of.key()), href(*of), *of == kind);
    let tabs = Kind::ALL.iter().map(tab).collect();
    let shown = Shown { page, form, kind, tabs, versions, values };
    reply::page(&shown, Some(&shown.form))
}
