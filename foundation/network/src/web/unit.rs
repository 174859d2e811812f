//! `GET /network/units/{code}`: one unit, where it stands and what stands below it.

use super::Shown;
use super::index::with_counts;
use crate::read::{self, AreaRow, UnitRow};
use crate::rules::unit::{Unit, UnitCommand};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{Html, IntoResponse, Redirect, Response};
use kernel::UnitId;
use kernel::permission::Permission;
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::{CookieKind, Staff, set_cookie};

#[derive(Template)]
#[template(path = "network/unit.html")]
struct OneUnit {
    page: Page,
    shown: Shown,
    ancestors: Vec<UnitRow>,
    area: Option<AreaRow>,
    overlays: Vec<AreaRow>,
    zones: Vec<UnitRow>,
    children: Vec<Shown>,
    duty_phone: String,
    may_manage: bool,
    form: Form,
}

/// See the module.
pub(super) async fn unit(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    screen(&staff, UnitId(code), None).await
}

/// Says where the unit is reached out of hours.
pub(super) async fn set_duty_phone(
    staff: Staff,
    Path(code): Path<String>,
    fields: axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Form = fields.0.into_iter().collect();
    let (by, unit, phone) = (staff.by(), code.clone(), form.value("phone").to_owned());
    let set = staff.app.write(move |work| {
        work.act::<Unit>(&unit, &by, None, &UnitCommand::SetDutyPhone { phone: phone.clone() }).map(drop)
    });
    match set.await {
        Ok(()) => {
            let cookie =
                set_cookie(&staff.app.config, CookieKind::Flash, "flash-network-duty-phone", Some(60));
            Ok(([(SET_COOKIE, cookie)], Redirect::to(&format!("/network/units/{code}"))).into_response())
        }
        Err(Failure::Refused(refusal)) => screen(&staff, UnitId(code), Some(form.refused(&refusal))).await,
        Err(failure) => Err(failure),
    }
}

/// The page; `typed` is a duty line that was refused.
async fn screen(staff: &Staff, code: UnitId, typed: Option<Form>) -> Result<Response, Failure> {
    let (unit, ancestors, area, overlays, zones, children, duty_phone) = staff
        .app
        .read(move |q, _| {
            let unit = read::unit(q, &code)?.ok_or(Failure::NotFound)?;
            let ancestors = read::ancestors(q, &unit.path)?;
            let overlays = read::overlays(q, &code)?;
            let (area, zones) = match &unit.area {
                Some(area) => (read::area(q, area)?, read::zones_over(q, area)?),
                None => (None, Vec::new()),
            };
            let children = read::children(q, Some(&code))?;
            let duty_phone = read::duty_phone(q, &code)?;
            Ok((unit, ancestors, area, overlays, zones, with_counts(q, children)?, duty_phone))
        })
        .await?;
    let page = staff.desk_page("network-unit", "nav-network").titled_text(unit.full(staff.prefs.locale));
    let children: Vec<Shown> =
        children.into_iter().map(|(unit, below)| Shown::new(&page, unit, below)).collect();
    let shown = Shown::new(&page, unit, i64::try_from(children.len()).unwrap_or(i64::MAX));
    let form = typed.unwrap_or_else(|| Form::new().with("phone", &duty_phone));
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let may_manage = staff.person.may_ever(Permission::NetworkManage);
    let page = page.in_error(form.has_errors());
    let one =
        OneUnit { page, shown, ancestors, area, overlays, zones, children, duty_phone, may_manage, form };
    Ok((status, Html(one.render()?)).into_response())
}
