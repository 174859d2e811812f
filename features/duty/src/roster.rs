//! A unit's roster: two weeks at a time, published by whoever keeps it, a line a shift. A
//! workbook fills the lines; nothing is published before somebody has seen it.

use crate::now::roster_href;
use crate::read::{self, Publication, ShiftRow};
use crate::rules::roster::{Publish, Shift};
use crate::{NAV, shell, workbook};
use askama::Template;
use axum::extract::{Path, Query, Request};
use axum::response::Response;
use kernel::UnitId;
use kernel::permission::{Permission, permit};
use kernel::time::{Date, Zone};
use network::UnitRow;
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use serde::Deserialize;

/// Days shown at once.
const DAYS: u64 = 14;

#[derive(Deserialize)]
pub(crate) struct Look {
    #[serde(default)]
    from: String,
}

#[derive(Template)]
#[template(path = "duty/roster.html")]
struct Shown {
    page: Page,
    unit: UnitRow,
    phone: String,
    days: Vec<Day>,
    publications: Vec<Publication>,
    may_publish: bool,
    form: Form,
    earlier: String,
    later: String,
}

/// A day with its shifts.
struct Day {
    day: Date,
    shifts: Vec<ShiftRow>,
}

/// `GET /desk/duty/rosters/{unit}?from=`
pub(crate) async fn show(
    staff: Staff,
    Path(unit): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    screen(&staff, UnitId(unit), look.from.parse().ok(), None).await
}

/// `POST /desk/duty/rosters/{unit}`
pub(crate) async fn publish(
    staff: Staff,
    Path(unit): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let unit = UnitId(unit);
    let form = reply::form(fields);
    let command = match read(&form) {
        Ok(command) => command,
        Err(errors) => {
            let form = errors.into_iter().fold(form, Form::refused);
            return screen(&staff, unit, None, Some(form)).await;
        }
    };
    let (by, named) = (staff.by(), unit.clone());
    let published = staff.app.write(move |work| shell::publish(work, &by, &named, &command)).await;
    match published {
        Ok(()) => Ok(reply::done(&staff, &roster_href(&unit), "flash-duty-published")),
        Err(Failure::Refused(refusal)) => screen(&staff, unit, None, Some(form.refused(&refusal))).await,
        Err(failure) => Err(failure),
    }
}

/// `POST /desk/duty/rosters/{unit}/file`: the lines of a workbook into the form.
pub(crate) async fn fill(
    staff: Staff,
    Path(unit): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let form = match workbook::lines(&staff, request).await? {
        Ok(lines) => {
            let days: Vec<Date> =
                lines.iter().filter_map(|line| Shift::parse(line).ok()).map(|shift| shift.day).collect();
            let day = |day: Option<&Date>| day.map(Date::to_string).unwrap_or_default();
            Form::new()
                .with("from", day(days.iter().min()))
                .with("until", day(days.iter().max()))
                .with("shifts", lines.join("\n"))
        }
        Err(code) => Form::new().refused(FieldError::new("file", code)),
    };
    screen(&staff, UnitId(unit), None, Some(form)).await
}

/// What the form says; a program says it in the same fields.
pub(crate) fn read(form: &Form) -> Result<Publish, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut day = |field: &str| {
        let read = form.value(field).trim().parse::<Date>().ok();
        if read.is_none() {
            errors.push(FieldError::new(field, "duty-day-missing"));
        }
        read
    };
    let (from, until) = (day("from"), day("until"));
    let mut shifts = Vec::new();
    for line in form.value("shifts").lines().filter(|line| !line.trim().is_empty()) {
        match Shift::parse(line) {
            Ok(shift) => shifts.push(shift),
            Err(refusal) => errors.push(FieldError::from(&refusal)),
        }
    }
    match (from, until) {
        (Some(from), Some(until)) if errors.is_empty() => {
            Ok(Publish { from, until, shifts, reason: form.value("reason").to_owned() })
        }
        _ => Err(errors),
    }
}

async fn screen(
    staff: &Staff,
    unit: UnitId,
    from: Option<Date>,
    typed: Option<Form>,
) -> Result<Response, Failure> {
    let zone = staff.app.config.zone.clone();
    let today = zone.date_of(staff.app.now());
    let from = from.unwrap_or(today);
    let until = plus(from, DAYS - 1);
    let grants = staff.person.grants.clone();
    let (unit, phone, shifts, publications, may_publish) = staff
        .app
        .read(move |q, _| {
            let found = network::unit(q, &unit)?.ok_or(Failure::NotFound)?;
            let may = permit(&grants, Permission::DutyManage, &shell::own(&found.path)).is_some();
            let phone = network::duty_phone(q, &unit)?;
            let shifts = read::shifts(q, &unit, from, until)?;
            let publications = read::publications(q, &unit)?;
            Ok((found, phone, shifts, publications, may))
        })
        .await?;
    let form = typed.unwrap_or_else(|| preset(&zone, from.max(today), until, &shifts));
    let page = staff.desk_page("duty-roster", NAV).in_error(form.has_errors());
    let title = page.t1("duty-roster-of", "unit", unit.brief(page.locale()));
    let page = page.titled_text(title);
    let on = |day: Date| Day { day, shifts: shifts.iter().filter(|s| s.day == day).cloned().collect() };
    let at = |day: Date| format!("{}?from={day}", roster_href(&unit.code));
    let shown = Shown {
        days: (0..DAYS).map(|n| on(plus(from, n))).collect(),
        earlier: at(from.checked_sub(days(DAYS)).unwrap_or(from)),
        later: at(plus(from, DAYS)),
        page,
        unit,
        phone,
        publications,
        may_publish,
        form,
    };
    reply::page(&shown, Some(&shown.form))
}

/// The form with what is published for the days shown.
fn preset(zone: &Zone, from: Date, until: Date, shifts: &[ShiftRow]) -> Form {
    let lines: Vec<String> =
        shifts.iter().filter(|shift| shift.day >= from).map(|shift| written(zone, shift).line()).collect();
    Form::new().with("from", from).with("until", until).with("shifts", lines.join("\n"))
}

/// A shift as it is written down.
pub(crate) fn written(zone: &Zone, shift: &ShiftRow) -> Shift {
    Shift {
        day: shift.day,
        name: shift.name.clone(),
        from: zone.local(shift.starts).time(),
        until: zone.local(shift.ends).time(),
        post: shift.post.clone(),
        phone: shift.phone.clone(),
    }
}

fn plus(day: Date, n: u64) -> Date {
    day.checked_add(days(n)).unwrap_or(day)
}

fn days(n: u64) -> std::time::Duration {
    std::time::Duration::from_secs(n * 86_400)
}

impl Shown {
    fn href(&self) -> String {
        roster_href(&self.unit.code)
    }

    fn hours(&self, shift: &ShiftRow) -> String {
        let written = written(&self.page.site.zone, shift);
        let (from, until) = (written.from, written.until);
        format!("{:02}:{:02}–{:02}:{:02}", from.hour(), from.minute(), until.hour(), until.minute())
    }
}
