//! `/intake/figures`: the calls by day. Every call stands in exactly one column.

use crate::desk::{CALLS, page};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::time::Date;
use matters::receptions::{self, CallDay};
use matters_rules::{EmergencyService, InvalidCall};
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use serde::Deserialize;

/// Days shown without being asked.
const DAYS: usize = 14;
/// The longest period, in days.
const DAYS_MAX: usize = 366;

/// Which days; texts, so that a slip is told beside its field.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

#[derive(Template)]
#[template(path = "desk/intake/figures.html")]
struct FiguresPage {
    page: Page,
    form: Form,
    days: Vec<(Date, CallDay)>,
    total: CallDay,
}

/// The page.
pub async fn show(staff: Staff, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let today = staff.app.config.zone.date_of(staff.app.now());
    let mut form = Form::new();
    let mut day = |field: &str, typed: &str, preset: Date| {
        form = std::mem::take(&mut form)
            .with(field, if typed.is_empty() { preset.to_string() } else { typed.to_owned() });
        match (typed.is_empty(), typed.parse()) {
            (true, _) => preset,
            (false, Ok(day)) => day,
            (false, Err(_)) => {
                form.refuse(FieldError::new(field, "entry-not-a-date"));
                preset
            }
        }
    };
    let to = day("to", &asked.to, today);
    let from = day("from", &asked.from, days_before(to, DAYS - 1));
    if from < days_before(to, DAYS_MAX - 1) {
        form.refuse(FieldError::new("from", "intake-period-too-long").with("max", DAYS_MAX));
    }
    let grants = staff.person.grants.clone();
    let counted = if form.has_errors() {
        Default::default()
    } else {
        staff.app.read(move |snapshot, app| receptions::days(snapshot, app, &grants, from, to)).await?
    };
    let mut total = CallDay::default();
    counted.values().for_each(|day| total.add(day));
    let page = staff.desk_page("intake-figures-title", CALLS).in_error(form.has_errors());
    let status = if form.has_errors() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page::show(status, &FiguresPage { page, form, days: counted.into_iter().rev().collect(), total })
}

fn days_before(day: Date, days: usize) -> Date {
    std::iter::successors(Some(day), |day| day.yesterday().ok()).take(days + 1).last().unwrap_or(day)
}

impl FiguresPage {
    /// The services or reasons behind a sum, each with its number.
    fn services(&self) -> Vec<(String, u64)> {
        let count = |service: &EmergencyService| self.total.emergency.get(service).copied().unwrap_or(0);
        EmergencyService::ALL.iter().map(|service| (self.page.t(service.key()), count(service))).collect()
    }

    fn reasons(&self) -> Vec<(String, u64)> {
        let count = |reason: &InvalidCall| self.total.invalid.get(reason).copied().unwrap_or(0);
        InvalidCall::ALL.iter().map(|reason| (self.page.t(reason.key()), count(reason))).collect()
    }
}
