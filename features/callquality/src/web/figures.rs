//! Calls and their quality by period: by office, shift and item; never by person.

use super::{FIGURES, Tab, points, tabs};
use crate::NAV;
use crate::read;
use crate::rules::figures::{Figures, Mean, figures};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::UnitId;
use kernel::time::Date;
use matters::configuration::{CallQuality, call_quality};
use matters::read::UnitName;
use matters::receptions::{self, CallDay};
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::{Staff, reply};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Days shown without being asked.
const DAYS: i64 = 30;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

#[derive(Template)]
#[template(path = "callquality/figures.html")]
struct Shown {
    page: Page,
    tabs: Vec<Tab>,
    form: Form,
    figures: Figures,
    calls: CallDay,
    sheet: Arc<CallQuality>,
    names: BTreeMap<UnitId, UnitName>,
}

pub(super) async fn show(staff: Staff, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let (zone, now) = (&staff.app.config.zone, staff.app.now());
    let (first, last) = (zone.date_of(now.plus_days(1 - DAYS)), zone.date_of(now));
    let mut form = Form::new();
    let mut day = |field: &str, typed: &str, preset: Date| {
        let shown = if typed.is_empty() { preset.to_string() } else { typed.to_owned() };
        form = std::mem::take(&mut form).with(field, shown);
        typed.parse().unwrap_or_else(|_| {
            if !typed.is_empty() {
                form.refuse(FieldError::new(field, "entry-not-a-date"));
            }
            preset
        })
    };
    let (from, to) = (day("from", &asked.from, first), day("to", &asked.to, last));
    let grants = staff.person.grants.clone();
    let (figures, calls, sheet, names) = staff
        .app
        .read(move |snapshot, app| {
            let sheet = call_quality::in_force(snapshot, app)?;
            let figures = figures(&read::counted(snapshot, app, Some(&grants), &sheet, (from, to))?);
            let mut calls = CallDay::default();
            for day in receptions::days(snapshot, app, &grants, from, to)?.values() {
                calls.add(day);
            }
            let mut names = BTreeMap::new();
            for office in figures.offices.keys() {
                names.insert(office.clone(), UnitName::of(snapshot, office)?);
            }
            Ok((figures, calls, sheet, names))
        })
        .await?;
    let page = staff.desk_page("call-figures-title", NAV).in_error(form.has_errors());
    let shown =
        Shown { tabs: tabs(&staff, &page, FIGURES), page, form: form.clone(), figures, calls, sheet, names };
    reply::page(&shown, Some(&form))
}

impl Shown {
    fn mean(&self) -> String {
        points(self.figures.all.tenths())
    }

    /// Name, checks, mean.
    fn offices(&self) -> Vec<(String, u64, String)> {
        let name = |office: &UnitId| {
            self.names
                .get(office)
                .map_or_else(|| office.to_string(), |unit| unit.brief(self.page.locale()).to_owned())
        };
        self.figures.offices.iter().map(|(office, mean)| row(name(office), mean)).collect()
    }

    fn shifts(&self) -> Vec<(String, u64, String)> {
        let name = |code: &Option<String>| {
            let shift = self.sheet.shifts.iter().find(|shift| Some(&shift.code) == code.as_ref());
            let named = shift.map(|shift| shift.name.in_locale(self.page.locale()).to_owned());
            named.unwrap_or_else(|| self.page.t("call-no-shift"))
        };
        self.figures.shifts.iter().map(|(shift, mean)| row(name(shift), mean)).collect()
    }

    /// Name, the most points, mean; in the order of the sheet.
    fn items(&self) -> Vec<(String, u32, String)> {
        let counted = |code: &str| self.figures.items.get(code).and_then(Mean::tenths);
        let item = |item: &matters::configuration::CallItem| {
            (item.name.in_locale(self.page.locale()).to_owned(), item.points, points(counted(&item.code)))
        };
        let shown = self.sheet.items.iter().filter(|item| self.figures.items.contains_key(&item.code));
        shown.map(item).collect()
    }
}

fn row(name: String, mean: &Mean) -> (String, u64, String) {
    (name, mean.n, points(mean.tenths()))
}
