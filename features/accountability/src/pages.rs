//! The list of measures, the record of a unit, and one measure with what is decided about it.

use crate::projection::{self, MeasureRow};
use crate::rules::{Command, Measure, MeasureKind, MeasureState, Proposed, Text};
use crate::shell::{self, Accountability};
use crate::taking::{seal, take};
use crate::{NAV, PATH};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::permission::{Grant, Permission, permit};
use kernel::{MatterId, UnitId};
use matters::read::UnitName;
use matters::{Row, words};
use platform::paging::After;
use platform::ui::{Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::Query as Read;
use uuid::Uuid;

/// Measures of a page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "accountability/list.html")]
struct List {
    page: Page,
    rows: Vec<MeasureRow>,
    names: BTreeMap<UnitId, UnitName>,
    /// Rectifications as the reader may see them.
    rectifications: BTreeMap<MatterId, Row>,
    may_propose: bool,
    /// The unit whose record it is, with what supervision did about it.
    unit: Option<(UnitName, Vec<(String, i64)>)>,
    first_href: String,
    next_href: String,
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
    /// Its rectification, as the reader may see it.
    rectification: Option<Row>,
    may_decide: bool,
    may_cancel: bool,
    may_answer: bool,
}

pub(crate) async fn list(staff: Staff, Query(look): Query<After>) -> Result<Response, Failure> {
    screen_of(staff, None, look).await
}

pub(crate) async fn unit(
    staff: Staff,
    Path(unit): Path<String>,
    Query(look): Query<After>,
) -> Result<Response, Failure> {
    screen_of(staff, Some(UnitId(unit)), look).await
}

async fn screen_of(staff: Staff, unit: Option<UnitId>, look: After) -> Result<Response, Failure> {
    let (person, after) = (staff.person.clone(), look.after.clone());
    let path = unit.as_ref().map_or_else(|| PATH.to_owned(), |unit| format!("{PATH}/units/{unit}"));
    let (rows, next, names, rectifications, unit) = staff
        .app
        .read(move |snapshot, app| {
            let about = match &unit {
                Some(unit) => {
                    let row = network::unit(snapshot, unit)?.ok_or(Failure::NotFound)?;
                    permit(&person.grants, Permission::AccountabilityRead, &shell::standing(&row.path))
                        .ok_or(Failure::NotFound)?;
                    Some((UnitName::from(row), projection::supervised(snapshot, unit)?))
                }
                None => None,
            };
            let (rows, next) =
                projection::latest(snapshot, &person.grants, unit.as_ref(), after.as_deref(), ROWS)?;
            let mut names = BTreeMap::new();
            for row in &rows {
                if !names.contains_key(&row.unit) {
                    names.insert(row.unit.clone(), UnitName::of(snapshot, &row.unit)?);
                }
            }
            let asked = rows.iter().filter_map(|row| row.rectification.as_ref()?.0.parse().ok());
            let asked: Vec<MatterId> = asked.collect();
            let rectifications = seen(snapshot, app, &person.grants, &asked)?;
            Ok::<_, Failure>((rows, next, names, rectifications, about))
        })
        .await?;
    let title = if unit.is_some() { "accountability-record" } else { "accountability-title" };
    let page = staff.desk_page(title, NAV);
    let may_propose = staff.person.may_ever(Permission::AccountabilityPropose);
    let [first_href, next_href] = look.hrefs(&path, next.as_deref());
    let list = List { page, rows, names, rectifications, may_propose, unit, first_href, next_href };
    reply::page(&list, None)
}

/// Those of these matters that the reader may see.
fn seen(
    snapshot: &mut dyn Read,
    app: &App,
    grants: &[Grant],
    ids: &[MatterId],
) -> Result<BTreeMap<MatterId, Row>, Failure> {
    let rows = matters::read::rows(snapshot, app, grants, ids)?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
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
            let open = |text: &Text| Ok::<_, Failure>(app.vault.open(&key, text)?.into_inner());
            let maybe = |text: Option<&Text>| text.map(open).transpose().map(Option::unwrap_or_default);
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
    let rectification = match opened.measure.rectification {
        Some(id) => {
            let grants = staff.person.grants.clone();
            staff.app.read(move |snapshot, app| seen(snapshot, app, &grants, &[id])).await?.remove(&id)
        }
        None => None,
    };
    let shown = Shown {
        rectification,
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
    let approve = form.value("approve") == "yes";
    let done = decided(&staff, id, approve, form.value("reason")).await;
    let flash = if approve { "flash-accountability-decided" } else { "flash-accountability-refused" };
    answer(&staff, id, form, done, flash).await
}

/// Takes a proposed measure, or refuses it with a reason.
///
/// # Errors
/// Those of the rules; [`Failure::NotFound`] for who may not see it.
pub(crate) async fn decided(staff: &Staff, id: Uuid, approve: bool, reason: &str) -> Result<(), Failure> {
    let (opened, _) = load(staff, id).await?;
    let (by, reason) = (staff.by(), reason.to_owned());
    staff
        .app
        .write(move |work| {
            if approve {
                return take(work, &by, id, &reason);
            }
            let reason = seal(work, &opened.proposed, &reason)?;
            let command = Command::Decide { approve, reason, number: None, rectification: None };
            shell::act(work, &by, &id.to_string(), &command)
        })
        .await
}

pub(crate) async fn feedback(
    staff: Staff,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let done = said(&staff, id, "answer", form.value("answer"), FEEDBACK).await;
    answer(&staff, id, form, done, "flash-accountability-answered").await
}

pub(crate) async fn cancel(staff: Staff, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let done = said(&staff, id, "cancel", form.value("cancel"), CANCEL).await;
    answer(&staff, id, form, done, "flash-accountability-cancelled").await
}

/// A command that is nothing but words, which came in that field.
///
/// # Errors
/// Those of the rules; [`Failure::NotFound`] for who may not see it.
pub(crate) async fn said(
    staff: &Staff,
    id: Uuid,
    field: &'static str,
    words: &str,
    command: fn(Text) -> Command,
) -> Result<(), Failure> {
    let (opened, _) = load(staff, id).await?;
    let (by, words) = (staff.by(), words.to_owned());
    staff
        .app
        .write(move |work| {
            let text = seal(work, &opened.proposed, &words)?
                .ok_or_else(|| kernel::Refusal::field(field, "accountability-empty"))?;
            shell::act(work, &by, &id.to_string(), &command(text))
        })
        .await
}

/// What the competent body answered.
pub(crate) const FEEDBACK: fn(Text) -> Command = |text| Command::Feedback { text };
/// It no longer stands.
pub(crate) const CANCEL: fn(Text) -> Command = |reason| Command::Cancel { reason };

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

    fn lights(&self, id: &str) -> Vec<(&'static str, String)> {
        let row = id.parse().ok().and_then(|id| self.rectifications.get(&id));
        row.map(|row| words::lights(&self.page, row)).unwrap_or_default()
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

    /// How far its rectification is, with its lights.
    fn made_good(&self) -> (String, Vec<(&'static str, String)>) {
        let Some(row) = &self.rectification else { return Default::default() };
        let phase = row.phase.map(|phase| self.page.t(&format!("phase-{}", phase.code())));
        (phase.unwrap_or_default(), words::lights(&self.page, row))
    }

    fn is_decided(&self) -> bool {
        self.opened.measure.number.is_some()
    }
}
