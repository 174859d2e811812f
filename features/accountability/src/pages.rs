//! The list of measures, the record of a unit, and one measure with what is decided about it.

use crate::projection::{self, MeasureRow};
use crate::rules::{Command, Measure, MeasureKind, MeasureState, Proposed};
use crate::shell::{self, Accountability};
use crate::taking::{seal, take};
use crate::{NAV, PATH};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::UnitId;
use kernel::permission::{Permission, permit};
use matters::read::UnitName;
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Measures in a list: the latest.
const ROWS: i64 = 200;

#[derive(Template)]
#[template(path = "accountability/list.html")]
struct List {
    page: Page,
    rows: Vec<MeasureRow>,
    names: BTreeMap<UnitId, UnitName>,
    may_propose: bool,
    /// The unit whose record it is, with what supervision did about it.
    unit: Option<(UnitName, Vec<(String, i64)>)>,
}

/// A measure with its words opened.
pub(crate) struct Opened {
    pub id: Uuid,
    pub measure: Measure,
    pub proposed: Proposed,
    pub unit: UnitName,
    pub facts: String,
    pub basis: String,
    pub demand: String,
    pub reason: String,
    pub answer: String,
}

#[derive(Template)]
#[template(path = "accountability/measure.html")]
struct Shown {
    page: Page,
    form: Form,
    opened: Opened,
    may_decide: bool,
    may_cancel: bool,
    may_answer: bool,
}

pub(crate) async fn list(staff: Staff) -> Result<Response, Failure> {
    screen_of(staff, None).await
}

pub(crate) async fn unit(staff: Staff, Path(unit): Path<String>) -> Result<Response, Failure> {
    screen_of(staff, Some(UnitId(unit))).await
}

async fn screen_of(staff: Staff, unit: Option<UnitId>) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let (rows, names, unit) = staff
        .app
        .read(move |snapshot, _| {
            let about = match &unit {
                Some(unit) => {
                    let row = network::unit(snapshot, unit)?.ok_or(Failure::NotFound)?;
                    permit(&person.grants, Permission::AccountabilityRead, &shell::standing(&row.path))
                        .ok_or(Failure::NotFound)?;
                    Some((UnitName::from(row), projection::supervised(snapshot, unit)?))
                }
                None => None,
            };
            let rows = projection::latest(snapshot, &person.grants, unit.as_ref(), ROWS)?;
            let mut names = BTreeMap::new();
            for row in &rows {
                if !names.contains_key(&row.unit) {
                    names.insert(row.unit.clone(), UnitName::of(snapshot, &row.unit)?);
                }
            }
            Ok::<_, Failure>((rows, names, about))
        })
        .await?;
    let title = if unit.is_some() { "accountability-record" } else { "accountability-title" };
    let page = staff.desk_page(title, NAV);
    let may_propose = staff.person.may_ever(Permission::AccountabilityPropose);
    reply::page(&List { page, rows, names, may_propose, unit }, None)
}

pub(crate) async fn show(staff: Staff, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    screen(&staff, id, Form::new()).await
}

/// The measure, where the reader may see it: units see what was decided about them.
pub(crate) async fn load(staff: &Staff, id: Uuid) -> Result<(Opened, [bool; 2]), Failure> {
    let person = staff.person.clone();
    staff
        .app
        .read(move |snapshot, app| {
            let measure = platform::act::load::<Accountability>(snapshot, &id.to_string())?.state;
            let proposed = measure.proposed.clone().ok_or(Failure::NotFound)?;
            let row = network::unit(snapshot, &proposed.unit)?.ok_or(Failure::NotFound)?;
            let standing = shell::standing(&row.path);
            let may = |permission| permit(&person.grants, permission, &standing).is_some();
            let hands = [may(Permission::AccountabilityPropose), may(Permission::AccountabilityDecide)];
            let seen = !matches!(measure.state, Some(MeasureState::Proposed | MeasureState::Refused));
            if !may(Permission::AccountabilityRead) || !(seen || hands.contains(&true)) {
                return Err(Failure::NotFound);
            }
            let key = platform::act::subject_key(snapshot, &app.vault, &proposed.subject)?
                .ok_or(Failure::NotFound)?;
            let open = |text: &crate::rules::Text| Ok::<_, Failure>(app.vault.open(&key, text)?.into_inner());
            let maybe =
                |text: Option<&crate::rules::Text>| text.map(open).transpose().map(Option::unwrap_or_default);
            // What was decided keeps the unit's name of that day.
            let row = match measure.decided_at {
                Some(at) => network::read::history::as_called_on(snapshot, row, app.config.zone.date_of(at))?,
                None => row,
            };
            let opened = Opened {
                id,
                unit: UnitName::from(row),
                facts: open(&proposed.facts)?,
                basis: open(&proposed.basis)?,
                demand: maybe(proposed.rectify.as_ref().map(|(demand, _)| demand))?,
                reason: maybe(measure.reason.as_ref())?,
                answer: maybe(measure.answer.as_ref())?,
                measure,
                proposed,
            };
            Ok((opened, hands))
        })
        .await
}

async fn screen(staff: &Staff, id: Uuid, form: Form) -> Result<Response, Failure> {
    let (opened, [propose, decide]) = load(staff, id).await?;
    let page = staff.desk_page("accountability-one", NAV).in_error(form.has_errors());
    let by = opened.measure.by.into_iter().flatten().any(|account| account == staff.person.account);
    let at = |state| opened.measure.state == Some(state);
    let shown = Shown {
        may_decide: decide && !by && at(MeasureState::Proposed),
        may_cancel: decide && !by && at(MeasureState::Decided),
        may_answer: propose && at(MeasureState::Decided) && opened.proposed.kind == MeasureKind::Clue,
        page,
        form: form.clone(),
        opened,
    };
    reply::page(&shown, Some(&form))
}

pub(crate) async fn decide(staff: Staff, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let (approve, typed) = (form.value("approve") == "yes", form.clone());
    let (opened, _) = load(&staff, id).await?;
    let by = staff.by();
    let done = staff
        .app
        .write(move |work| {
            if approve {
                return take(work, &by, id, typed.value("reason"));
            }
            let reason = seal(work, &opened.proposed, typed.value("reason"))?;
            let command = Command::Decide { approve, reason, number: None, rectification: None };
            shell::act(work, &by, &id.to_string(), &command)
        })
        .await;
    answer(
        &staff,
        id,
        form,
        done,
        if approve { "flash-accountability-decided" } else { "flash-accountability-refused" },
    )
    .await
}

pub(crate) async fn feedback(
    staff: Staff,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Result<Response, Failure> {
    said(staff, id, fields, "answer", "flash-accountability-answered", |text| Command::Feedback { text })
        .await
}

pub(crate) async fn cancel(staff: Staff, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Failure> {
    said(staff, id, fields, "cancel", "flash-accountability-cancelled", |reason| Command::Cancel { reason })
        .await
}

/// A command that is nothing but words.
async fn said(
    staff: Staff,
    id: Uuid,
    fields: Fields,
    field: &'static str,
    flash: &'static str,
    command: fn(crate::rules::Text) -> Command,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let (opened, _) = load(&staff, id).await?;
    let (by, typed) = (staff.by(), form.value(field).to_owned());
    let done = staff
        .app
        .write(move |work| {
            let text = seal(work, &opened.proposed, &typed)?
                .ok_or_else(|| kernel::Refusal::field(field, "accountability-empty"))?;
            shell::act(work, &by, &id.to_string(), &command(text))
        })
        .await;
    answer(&staff, id, form, done, flash).await
}

async fn answer(
    staff: &Staff,
    id: Uuid,
    form: Form,
    done: Result<(), Failure>,
    flash: &str,
) -> Result<Response, Failure> {
    match done {
        Ok(()) => Ok(reply::done(staff, &format!("{PATH}/{id}"), flash)),
        Err(Failure::Refused(refusal)) => screen(staff, id, form.refused(&refusal)).await,
        Err(failure) => Err(failure),
    }
}

/// Its number as it is written, e.g. 通报〔2022〕3号; empty before it is decided.
pub(crate) fn number(page: &Page, kind: MeasureKind, number: Option<(i64, i64)>) -> String {
    number.map_or_else(String::new, |(year, n)| {
        page.ta(
            "accountability-number",
            [
                ("kind", page.t(kind.key()).into()),
                ("year", year.to_string().into()),
                ("n", n.to_string().into()),
            ],
        )
    })
}

impl List {
    fn name(&self, row: &MeasureRow) -> String {
        let name = self.names.get(&row.unit);
        name.map_or_else(|| row.unit.to_string(), |name| name.brief(self.page.locale()).to_owned())
    }

    fn number(&self, row: &MeasureRow) -> String {
        number(&self.page, row.kind, row.number)
    }

    fn tone(&self, row: &MeasureRow) -> &'static str {
        match row.state {
            MeasureState::Proposed => "warning",
            MeasureState::Decided => "primary",
            MeasureState::Answered => "success",
            MeasureState::Refused | MeasureState::Cancelled => "neutral",
        }
    }

    /// How many of each kind stand.
    fn counts(&self) -> Vec<(String, String)> {
        let stands = |row: &&MeasureRow| matches!(row.state, MeasureState::Decided | MeasureState::Answered);
        let count = |kind| self.rows.iter().filter(stands).filter(|row| row.kind == kind).count();
        let named = |kind: &MeasureKind| (self.page.t(kind.key()), self.page.number(count(*kind) as u64));
        MeasureKind::ALL.iter().map(named).collect()
    }

    fn supervised(&self, measure: &str, n: &i64) -> (String, String) {
        (self.page.t(&format!("measure-{measure}")), self.page.number(*n))
    }

    fn phase(&self, phase: &str) -> String {
        self.page.t(&format!("phase-{phase}"))
    }
}

impl Shown {
    fn number(&self) -> String {
        let found = self.opened.measure.number.map(|(year, n)| (i64::from(year), n));
        number(&self.page, self.opened.proposed.kind, found)
    }

    fn state(&self) -> String {
        self.opened.measure.state.map_or_else(String::new, |state| self.page.t(state.key()))
    }

    fn is_decided(&self) -> bool {
        self.opened.measure.number.is_some()
    }
}
