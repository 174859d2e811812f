//! `…/calendar/subscription`: a person's own address of a register's calendar: opened, put in
//! place of the one before, closed; by page and by API.

use crate::open::{has_days, register};
use crate::{feed, reply, show};
use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use identity::{accounts, read};
use kernel::permission::Permission;
use kernel::time::Instant;
use platform::Failure;
use platform::ui::Page;
use platform::web::{Access, Endpoint, Routes, Staff};
use registers::rules::Definition;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

#[derive(Template)]
#[template(path = "registers/subscription.html")]
struct Shown {
    page: Page,
    calendar: String,
    path: String,
    opened_at: Option<Instant>,
    /// The address, on the one page that shows it.
    address: Option<Address>,
}

struct Address {
    whole: String,
    /// As calendars on this device open it.
    device: String,
}

/// Whether a calendar may be subscribed to by an address, and since when.
#[derive(Serialize, ToSchema)]
struct CalendarSubscription {
    /// Since when the address is open; left out where none is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    opened_at: Option<Instant>,
    /// The address: in the answer that opened it, and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

/// The same over the API. An address is opened by whoever is signed in, not by a token: it would
/// outlive it.
pub(crate) fn routes() -> Routes {
    const PATH: &str = "/api/v1/registers/{register}/calendar-subscription";
    const REMOVAL: &str = "/api/v1/registers/{register}/calendar-subscription/removal";
    let read = Access::Staff(Permission::RegisterRead);
    Routes::new()
        .endpoint(
            read,
            Endpoint::get(PATH, "calendarSubscription", "Whether one's own address of a calendar is open")
                .tag("registers")
                .answer::<CalendarSubscription>(200, "Since when"),
            told,
        )
        .endpoint(
            read,
            Endpoint::post(PATH, "openCalendarSubscription", "Open an address, in place of the one before")
                .tag("registers")
                .about("For whoever is signed in; a bearer token opens none, since it would outlive it.")
                .answer::<CalendarSubscription>(201, "The address, this once"),
            opened,
        )
        .endpoint(
            read,
            Endpoint::post(REMOVAL, "closeCalendarSubscription", "Close one's own address of a calendar")
                .tag("registers")
                .done("Closed"),
            closed,
        )
}

/// See the module.
pub(crate) async fn show(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    shown(&staff, code, None).await
}

/// `POST …/calendar/subscription`: the page that shows the address, once.
pub(crate) async fn open(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let whole = opened_for(&staff, &code).await?;
    let device = match whole.split_once("://") {
        Some((_, rest)) => format!("webcal://{rest}"),
        None => whole.clone(),
    };
    shown(&staff, code, Some(Address { whole, device })).await
}

/// `POST …/calendar/subscription/removal`
pub(crate) async fn close(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    close_for(&staff, &code).await?;
    let back = format!("/registers/{code}/calendar/subscription");
    Ok(reply::done(&staff, &back, "flash-calendar-closed"))
}

async fn told(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let (_, opened_at) = found(&staff, &code).await?;
    Ok(json(StatusCode::OK, CalendarSubscription { opened_at, address: None }))
}

async fn opened(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let address = Some(opened_for(&staff, &code).await?);
    let (_, opened_at) = found(&staff, &code).await?;
    Ok(json(StatusCode::CREATED, CalendarSubscription { opened_at, address }))
}

async fn closed(staff: Staff, Path(code): Path<String>) -> Result<StatusCode, Failure> {
    close_for(&staff, &code).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn json(status: StatusCode, told: CalendarSubscription) -> Response {
    (status, [(CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(told)).into_response()
}

async fn shown(staff: &Staff, code: String, address: Option<Address>) -> Result<Response, Failure> {
    let (definition, opened_at) = found(staff, &code).await?;
    let page = staff.desk_page("register-subscription-title", "nav-registers");
    let title = page.t1("register-subscription-of", "name", show::name(&page, &definition.name));
    let calendar = format!("/registers/{code}/calendar");
    let path = format!("{calendar}/subscription");
    reply::page(&Shown { page: page.titled_text(&title), calendar, path, opened_at, address }, false)
}

async fn opened_for(staff: &Staff, code: &str) -> Result<String, Failure> {
    found(staff, code).await?;
    let account = staff.person.account;
    let secret = accounts::open_feed(&staff.app, &staff.by(), account, &feed::subject(code)).await?;
    Ok(feed::address(staff, code, &secret))
}

async fn close_for(staff: &Staff, code: &str) -> Result<(), Failure> {
    accounts::close_feed(&staff.app, &staff.by(), staff.person.account, &feed::subject(code)).await
}

async fn found(staff: &Staff, code: &str) -> Result<(Arc<Definition>, Option<Instant>), Failure> {
    let (account, code) = (staff.person.account, code.to_owned());
    staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            let opened_at = read::feed_opened_at(q, account, &feed::subject(&code))?;
            if has_days(&definition) { Ok((definition, opened_at)) } else { Err(Failure::NotFound) }
        })
        .await
}
