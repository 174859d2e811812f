//! `/accountability/new`: a measure proposed with its facts and the rule it rests on.

use crate::rules::{Command, Failing, MeasureKind, Proposed};
use crate::{NAV, PATH, shell};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::text::plain_line;
use kernel::time::Date;
use kernel::{MatterId, Refusal, UnitId};
use matters::raising::{self, units};
use matters::{MatterView, TextSealer};
use network::UnitRow;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use platform::{Failure, Work};
use serde::Deserialize;

/// Longest words, in characters.
const TEXT_MAX: usize = 1000;
/// Longest name of a body, in characters.
const BODY_MAX: usize = 60;

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// The matter in which a unit failed.
    #[serde(default)]
    matter: String,
    #[serde(default)]
    unit: String,
}

#[derive(Template)]
#[template(path = "accountability/propose.html")]
struct Screen {
    page: Page,
    form: Form,
    units: Vec<UnitRow>,
    matter: Option<MatterView>,
    today: String,
}

pub(crate) async fn fresh(staff: Staff, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let form = Form::new()
        .with("kind", MeasureKind::Reminder.code())
        .with("matter", &asked.matter)
        .with("unit", &asked.unit);
    screen(&staff, form).await
}

pub(crate) async fn add(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let wrong = wrong(&form);
    if !wrong.is_empty() {
        let form = wrong.iter().fold(form, |form, refusal| form.refused(refusal));
        return screen(&staff, form).await;
    }
    match propose(&staff, &form).await {
        Ok(id) => Ok(reply::done(&staff, &format!("{PATH}/{id}"), "flash-accountability-proposed")),
        Err(Failure::Refused(refusal)) => screen(&staff, form.refused(&refusal)).await,
        Err(Failure::NotPermitted) => {
            screen(&staff, form.refused(FieldError::new("unit", "accountability-unit-not-yours"))).await
        }
        Err(failure) => Err(failure),
    }
}

/// Proposes what the fields say; the id of the measure.
///
/// # Errors
/// The first thing wrong with them; [`Failure::NotPermitted`] where the unit is not theirs.
pub(crate) async fn propose(staff: &Staff, form: &Form) -> Result<String, Failure> {
    if let Some(refusal) = wrong(form).into_iter().next() {
        return Err(refusal.into());
    }
    let matter = raising::sent_matter(staff, "matter", form.value("matter")).await?;
    let (by, typed) = (staff.by(), form.clone());
    let id = staff.app.fresh().uuid().to_string();
    let named = id.clone();
    staff
        .app
        .write(move |work| {
            let command = Command::Propose(Box::new(proposed(work, &typed, matter)?));
            shell::act(work, &by, &named, &command)
        })
        .await?;
    Ok(id)
}

/// What is missing or too long in a proposal; nothing that is not known is taken for something
/// else.
fn wrong(form: &Form) -> Vec<Refusal> {
    let mut wrong = Vec::new();
    if MeasureKind::parse(form.value("kind")).is_none() {
        wrong.push(Refusal::field("kind", "accountability-empty"));
    }
    if Failing::parse(form.value("failing")).is_none() {
        wrong.push(Refusal::field("failing", "accountability-empty"));
    }
    for field in ["unit", "facts", "basis"] {
        if form.value(field).trim().is_empty() {
            wrong.push(Refusal::field(field, "accountability-empty"));
        }
    }
    for (field, max) in [("facts", TEXT_MAX), ("basis", TEXT_MAX), ("demand", TEXT_MAX), ("body", BODY_MAX)] {
        if form.value(field).trim().chars().count() > max {
            wrong.push(Refusal::field(field, "accountability-too-long").with("max", max));
        }
    }
    let (demand, due) = (form.value("demand").trim(), form.value("due").trim());
    if !demand.is_empty() && due.parse::<Date>().is_err() {
        wrong.push(Refusal::field("due", "accountability-due-missing"));
    }
    wrong
}

fn proposed(work: &mut Work<'_>, form: &Form, matter: Option<MatterId>) -> Result<Proposed, Failure> {
    let key = work.new_subject()?;
    let subject = key.subject().clone();
    let sealer = TextSealer::with(key);
    let demand = sealer.optional(work, form.value("demand"));
    Ok(Proposed {
        kind: MeasureKind::parse(form.value("kind")).unwrap_or(MeasureKind::Reminder),
        unit: UnitId::from(form.value("unit")),
        failing: Failing::parse(form.value("failing")).unwrap_or(Failing::Other),
        matter,
        subject,
        facts: sealer.text(work, form.value("facts")),
        basis: sealer.text(work, form.value("basis")),
        rectify: demand.zip(form.value("due").trim().parse().ok()),
        body: plain_line(form.value("body")),
    })
}

async fn screen(staff: &Staff, form: Form) -> Result<Response, Failure> {
    let office = staff.app.config.intake_office.clone().ok_or(Failure::NotFound)?;
    let matter = raising::about(staff, form.value("matter")).await?;
    let units = staff.app.read(move |snapshot, _| units(snapshot, &office)).await?;
    let page = staff.desk_page("accountability-new", NAV).in_error(form.has_errors());
    let today = staff.app.config.zone.date_of(staff.app.now()).to_string();
    reply::page(&Screen { page, form: form.clone(), units, matter, today }, Some(&form))
}

impl Screen {
    fn path(&self) -> &'static str {
        PATH
    }

    fn kinds(&self) -> Vec<Choice> {
        let choice = |kind: &MeasureKind| {
            Choice::new(kind.code(), self.page.t(kind.key()))
                .hint(self.page.t(&format!("{}-hint", kind.key())))
        };
        MeasureKind::ALL.iter().map(choice).collect()
    }

    fn failings(&self) -> Vec<Choice> {
        Failing::ALL.iter().map(|failing| Choice::new(failing.code(), self.page.t(failing.key()))).collect()
    }

    /// Units of the matter first, where it is about one.
    fn unit_choices(&self) -> Vec<Choice> {
        let locale = self.page.locale();
        let of_matter = self.matter.iter().flat_map(|matter| &matter.nodes).map(|node| {
            Choice::new(&node.unit.id, node.unit.full(locale))
                .group(self.page.t("accountability-units-matter"))
        });
        let all = raising::unit_choices(&self.page, &self.units);
        of_matter.chain(all).collect()
    }
}
