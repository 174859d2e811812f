//! Drawing calls and visits: of which days, how many.

use super::{PATH, draw_href};
use crate::NAV;
use crate::rules::draw::Plan;
use crate::shell;
use askama::Template;
use axum::response::Response;
use kernel::Refusal;
use matters_rules::sampling::{Extent, Size, extent};
use platform::Failure;
use platform::ui::{Choice, Form, Page};
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
    let form = reply::form(fields);
    let office = staff.app.config.intake_office.clone().ok_or(Failure::NotFound)?;
    let [from, to, size, amount] = ["from", "to", "size", "amount"].map(|field| form.value(field));
    let Extent { from, to, size, amount } = match extent(from, to, size, amount) {
        Ok(extent) => extent,
        Err(wrong) => {
            let refused = |form: Form, wrong: &Refusal| form.refused(wrong);
            return screen(&staff, wrong.iter().fold(form, refused));
        }
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
