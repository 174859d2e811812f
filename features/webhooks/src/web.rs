//! `/admin/webhooks`: who is told of what, secrets shown once, and a trial.

use crate::projection::{self, WebhookRow};
use crate::rules::{Command, WebhookKind};
use crate::{NAV, deliver, shell};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::permission::Permission;
use outward::{OutwardError, kept};
use platform::config::Secret;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::reply::{self, Fields};
use platform::web::{Access, Routes, Staff};
use platform::{Failure, Work};
use std::collections::BTreeSet;

/// The list.
pub(crate) const PATH: &str = "/admin/webhooks";

/// Every address.
pub(crate) fn routes() -> Routes {
    let manage = Access::Staff(Permission::WebhooksManage);
    Routes::new()
        .get(PATH, manage, list)
        .post(PATH, manage, add)
        .get("/admin/webhooks/new", manage, fresh)
        .get("/admin/webhooks/{id}", manage, show)
        .post("/admin/webhooks/{id}", manage, change)
        .post("/admin/webhooks/{id}/secret", manage, renew)
        .post("/admin/webhooks/{id}/state", manage, turn)
        .post("/admin/webhooks/{id}/trial", manage, trial)
        .post("/admin/webhooks/{id}/removal", manage, remove)
}

#[derive(Template)]
#[template(path = "webhooks/list.html")]
struct List {
    page: Page,
    rows: Vec<WebhookRow>,
}

#[derive(Template)]
#[template(path = "webhooks/webhook.html")]
struct Shown {
    page: Page,
    form: Form,
    /// None for one that is not there yet.
    row: Option<WebhookRow>,
    /// A secret that was just made.
    secret: Option<Secret>,
}

async fn list(staff: Staff) -> Result<Response, Failure> {
    let rows = staff.app.read(|snapshot, _| Ok::<_, Failure>(projection::all(snapshot)?)).await?;
    reply::page(&List { page: staff.desk_page("webhooks-title", NAV), rows }, None)
}

async fn fresh(staff: Staff) -> Result<Response, Failure> {
    screen(&staff, None, Form::new(), None)
}

async fn show(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let row = known(&staff, id).await?;
    let form = filled(&row);
    screen(&staff, Some(row), form, None)
}

async fn add(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let (by, wanted) = (staff.by(), form.clone());
    let id = staff.app.fresh().uuid().to_string();
    let named = id.clone();
    let added = staff
        .app
        .write(move |work| {
            let (secret, sealed) = kept::fresh(work, &shell::owner(&named));
            let (url, kinds) = (url(&wanted), kinds(&wanted));
            shell::act(work, &by, &named, &Command::Add { url, kinds, secret: sealed })?;
            Ok(secret)
        })
        .await;
    match added {
        Ok(secret) => {
            let row = known(&staff, id).await?;
            let form = filled(&row);
            screen(&staff, Some(row), form, Some(secret))
        }
        Err(Failure::Refused(refusal)) => screen(&staff, None, form.refused(&refusal), None),
        Err(failure) => Err(failure),
    }
}

async fn change(staff: Staff, Path(id): Path<String>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let command = Command::Change { url: url(&form), kinds: kinds(&form) };
    match act(&staff, &id, command).await {
        Ok(()) => Ok(reply::done(&staff, PATH, "flash-webhook-changed")),
        Err(Failure::Refused(refusal)) => {
            let row = known(&staff, id).await?;
            screen(&staff, Some(row), form.refused(&refusal), None)
        }
        Err(failure) => Err(failure),
    }
}

async fn renew(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let row = known(&staff, id.clone()).await?;
    let by = staff.by();
    let secret = staff
        .app
        .write(move |work| {
            let (secret, sealed) = kept::fresh(work, &shell::owner(&id));
            shell::act(work, &by, &id, &Command::Renew { secret: sealed })?;
            Ok::<_, Failure>(secret)
        })
        .await?;
    let form = filled(&row);
    screen(&staff, Some(row), form, Some(secret))
}

async fn turn(staff: Staff, Path(id): Path<String>, fields: Fields) -> Result<Response, Failure> {
    let on = reply::form(fields).value("on") == "yes";
    act(&staff, &id, Command::Turn { on }).await?;
    Ok(reply::done(&staff, PATH, if on { "flash-webhook-on" } else { "flash-webhook-off" }))
}

async fn remove(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    act(&staff, &id, Command::Remove).await?;
    Ok(reply::done(&staff, PATH, "flash-webhook-removed"))
}

async fn trial(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let row = known(&staff, id).await?;
    let form = filled(&row);
    match deliver::trial(&staff.app, &row).await {
        Ok(()) => Ok(reply::done(&staff, &format!("{PATH}/{}", row.id), "flash-webhook-tried")),
        Err(error) => screen(&staff, Some(row), form.refused(told(error)), None),
    }
}

/// Why a trial did not arrive, beside the address.
fn told(error: OutwardError) -> FieldError {
    let said = |code: &str| FieldError::new("url", code);
    match error {
        OutwardError::Malformed => said("webhook-url-malformed"),
        OutwardError::Refused => said("webhook-url-refused"),
        OutwardError::Secret => said("webhook-secret-unreadable"),
        OutwardError::Unreachable => said("webhook-unreachable"),
        OutwardError::Answered(status) => said("webhook-answered").with("status", u64::from(status)),
    }
}

async fn act(staff: &Staff, id: &str, command: Command) -> Result<(), Failure> {
    let (by, id) = (staff.by(), id.to_owned());
    staff.app.write(move |work: &mut Work<'_>| shell::act(work, &by, &id, &command)).await
}

async fn known(staff: &Staff, id: String) -> Result<WebhookRow, Failure> {
    staff.app.read(move |snapshot, _| projection::one(snapshot, &id)?.ok_or(Failure::NotFound)).await
}

fn filled(row: &WebhookRow) -> Form {
    let form = Form::new().with("url", &row.url);
    row.kinds.iter().fold(form, |form, kind| form.with("kinds", kind.code()))
}

fn url(form: &Form) -> String {
    form.value("url").trim().to_owned()
}

fn kinds(form: &Form) -> BTreeSet<WebhookKind> {
    form.all("kinds").iter().filter_map(|code| WebhookKind::parse(code)).collect()
}

fn screen(
    staff: &Staff,
    row: Option<WebhookRow>,
    form: Form,
    secret: Option<Secret>,
) -> Result<Response, Failure> {
    let title = if row.is_some() { "webhooks-one" } else { "webhooks-new" };
    let page = staff.desk_page(title, NAV).in_error(form.has_errors());
    let status = match (form.has_errors(), &secret) {
        (true, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, Some(_)) => StatusCode::CREATED,
        (false, None) => StatusCode::OK,
    };
    reply::show(status, &Shown { page, form, row, secret })
}

impl List {
    fn kinds(&self, row: &WebhookRow) -> String {
        row.kinds
            .iter()
            .map(|kind| self.page.t(kind.key()))
            .collect::<Vec<_>>()
            .join(&self.page.t("webhooks-join"))
    }
}

impl Shown {
    fn action(&self) -> String {
        self.row.as_ref().map_or_else(|| PATH.to_owned(), |row| format!("{PATH}/{}", row.id))
    }

    fn kinds(&self) -> Vec<Choice> {
        let choice = |kind: &WebhookKind| Choice::new(kind.code(), self.page.t(kind.key())).hint(kind.wire());
        WebhookKind::ALL.iter().map(choice).collect()
    }
}
