//! Drawing calls and visits: of which days, how many.

use super::{PATH, draw_href};
use crate::NAV;
use crate::rules::draw::Plan;
use crate::shell;
use askama::Template;
use axum::response::Response;
use kernel::time::Date;
use matters_rules::sampling::Size;
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};

/// Days that a fresh form looks back.
const DAYS: i64 = 7;
/// Per cent that a fresh form draws.
const SHARE: u32 = 5;

#[derive(Template)]
#[template(path = "callquality/draw.html")]
struct Drawing {
    page: Page,
    form: Form,
}

/// A form that draws a twentieth of the last week.
pub(super) async fn form(staff: Staff) -> Result<Response, Failure> {
    let (zone, now) = (&staff.app.config.zone, staff.app.now());
    let form = Form::new()
        .with("from", zone.date_of(now.plus_days(-DAYS)))
        .with("to", zone.date_of(now))
        .with("size", Size::Share.code())
        .with("amount", SHARE);
    screen(&staff, form)
}

pub(super) async fn save(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let mut form = reply::form(fields);
    let office = staff.app.config.intake_office.clone().ok_or(Failure::NotFound)?;
    let date = |form: &Form, field: &str| form.text(field).and_then(|text| text.parse::<Date>().ok());
    let (from, to) = (date(&form, "from"), date(&form, "to"));
    let (size, amount) = (Size::parse(form.value("size")), form.value("amount").trim().parse().ok());
    for (field, wrong, code) in [
        ("from", from.is_none(), "entry-not-a-date"),
        ("to", to.is_none(), "entry-not-a-date"),
        ("size", size.is_none(), "entry-not-chosen"),
        ("amount", amount.is_none(), "entry-not-a-number"),
    ] {
        if wrong {
            form.refuse(FieldError::new(field, code));
        }
    }
    let (Some(from), Some(to), Some(size), Some(amount)) = (from, to, size, amount) else {
        return screen(&staff, form);
    };
    let (by, plan) = (staff.by(), Plan { from, to, office, size, amount });
    match staff.app.write(move |work| shell::draw(work, &by, &plan)).await {
        Ok(id) => Ok(reply::done(&staff, &draw_href(&id), "flash-calls-drawn")),
        Err(Failure::Refused(refusal)) => screen(&staff, form.refused(&refusal)),
        Err(failure) => Err(failure),
    }
}

fn screen(staff: &Staff, form: Form) -> Result<Response, Failure> {
    let page = staff.desk_page("call-draw-title", NAV).in_error(form.has_errors());
    reply::page(&Drawing { page, form: form.clone() }, Some(&form))
}

impl Drawing {
    fn back(&self) -> &'static str {
        PATH
    }

    fn sizes(&self) -> Vec<Choice> {
        Size::ALL.iter().map(|size| Choice::new(size.code(), self.page.t(size.key()))).collect()
    }
}
