//! `GET /network/units/{code}`: one unit, where it stands and what stands below it.

use super::Shown;
use super::with_counts;
use crate::read::history::{self, Change};
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
use platform::ui::{Form, Locale, Page};
use platform::web::{CookieKind, Staff, set_cookie};
use std::collections::BTreeMap;

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
    past: Vec<Past>,
    predecessors: Vec<UnitRow>,
    may_manage: bool,
    /// Whether the reader may see who holds posts.
    reads_holders: bool,
    form: Form,
}

/// A line of what became of the unit.
struct Past {
    day: String,
    what: String,
    document: String,
    reason: String,
    /// The unit that went on, or the one it came from: code and name.
    other: Option<(String, String)>,
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
    let (unit, ancestors, area, overlays, zones, children, duty_phone, past, names) = staff
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
            let past = history::changes(q, &code)?;
            let mut names = BTreeMap::new();
            let before = history::predecessors(q, &code)?;
            let named = past.iter().flat_map(|change| [&change.parent, &change.origin, &change.successor]);
            for code in named.flatten().chain(&before) {
                names.extend(read::unit(q, code)?.map(|unit| (code.clone(), unit)));
            }
            let children = with_counts(q, children)?;
            Ok((unit, ancestors, area, overlays, zones, children, duty_phone, past, (names, before)))
        })
        .await?;
    let page = staff.desk_page("network-unit", "nav-network").titled_text(unit.full(staff.prefs.locale));
    let children: Vec<Shown> =
        children.into_iter().map(|(unit, below)| Shown::new(&page, unit, below)).collect();
    let shown = Shown::new(&page, unit, i64::try_from(children.len()).unwrap_or(i64::MAX));
    let (names, before) = names;
    let past = past.into_iter().map(|change| told(&page, &names, change)).collect();
    let predecessors = before.iter().filter_map(|code| names.get(code).cloned()).collect();
    let form = typed.unwrap_or_else(|| Form::new().with("phone", &duty_phone));
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let may_manage = staff.person.may_ever(Permission::NetworkManage);
    let page = page.in_error(form.has_errors());
    let one = OneUnit {
        page,
        shown,
        ancestors,
        area,
        overlays,
        zones,
        children,
        duty_phone,
        past,
        predecessors,
        may_manage,
        reads_holders: staff.person.may_ever(Permission::RegisterRead),
        form,
    };
    Ok((status, Html(one.render()?)).into_response())
}

/// A change in words.
fn told(page: &Page, names: &BTreeMap<UnitId, UnitRow>, change: Change) -> Past {
    let named = |code: &UnitId| {
        names.get(code).map_or_else(|| code.to_string(), |unit| unit.brief(page.locale()).to_owned())
    };
    let own = match page.locale() {
        Locale::En if !change.en_name.is_empty() => &change.en_name,
        _ => &change.name,
    };
    let what = match (change.kind.as_str(), &change.parent) {
        ("unit_moved", Some(parent)) => page.t1("network-change-unit_moved", "parent", named(parent)),
        ("unit_moved", None) => page.t("network-change-moved-to-top"),
        (kind, _) => page.t1(&format!("network-change-{kind}"), "name", own.as_str()),
    };
    let other = change.successor.as_ref().or(change.origin.as_ref());
    Past {
        day: change.on.map_or_else(|| page.t("network-since-ever"), |on| page.date(&on)),
        what,
        document: change.document,
        reason: change.reason,
        other: other.map(|code| (code.to_string(), named(code))),
    }
}
