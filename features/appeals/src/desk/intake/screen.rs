//! The screen: a call being written down, with the lists to choose from, what is known of the
//! caller, and whoever else waits.

use super::super::phrases::{self, Offer};
use super::super::words::Words;
use super::complete::UNITS;
use super::draft::{self, DraftFile, reception};
use super::files::{self, FileLine};
use super::lists::{self, Lists, Pick};
use super::office;
use super::pop::preset;
use super::rail::{self, Rail};
use crate::desk::known;
use crate::desk::{INTAKE, page};
use crate::verbs::Phrase;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::ReceptionId;
use kernel::permission::Permission;
use knowledge::read::Offered as Item;
use matters::Row;
use matters::receptions::{self, Open};
use matters::search::Why;
use matters_rules::{
    ActionCode, AppealType, Channel, Consent, EmergencyService, ExpressLine, InvalidCall, OnBehalf, Outcome,
    Salutation, Urgency,
};
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;

#[derive(Template)]
#[template(path = "desk/intake/screen.html")]
struct Screen {
    page: Page,
    words: Words,
    form: Form,
    id: String,
    /// Whether this one is on hold.
    held: bool,
    waiting: Vec<Open>,
    lists: Lists,
    files: Vec<FileLine>,
    rail: Rail,
    may_accept: bool,
    may_answer: bool,
    may_dispatch: bool,
    units: Vec<usize>,
    /// Texts to insert into the answer.
    phrases: Vec<Phrase>,
}

/// `GET /intake`: what was left unfinished, as after a crash; else an empty screen.
pub async fn enter(staff: Staff) -> Result<Response, Failure> {
    let officer = staff.person.account;
    let open = staff.app.read(move |snapshot, _| receptions::open_of(snapshot, officer)).await?;
    match open.iter().rev().find(|open| open.held_at.is_none()) {
        Some(open) => Ok(Redirect::to(&format!("/intake/{}", open.id)).into_response()),
        None => fresh(staff).await,
    }
}

/// `GET /intake/new`: an empty screen under a fresh id; nothing is kept before the first word.
pub async fn fresh(staff: Staff) -> Result<Response, Failure> {
    let id = ReceptionId(staff.app.fresh().uuid());
    show(&staff, id, preset(), Vec::new(), StatusCode::OK).await
}

/// `GET /intake/{id}`: one of this officer's own that is not over.
pub async fn open(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let (id, officer) = (reception(&id)?, staff.person.account);
    let draft = staff
        .app
        .read(move |snapshot, app| match receptions::open_one(snapshot, officer, id)? {
            Some(_) => draft::load(snapshot, app, id),
            None => Err(Failure::NotFound),
        })
        .await?;
    let (form, files) = match draft {
        Some(draft) => (draft.form(), draft.files),
        None => (preset(), Vec::new()),
    };
    show(&staff, id, form, files, StatusCode::OK).await
}

/// The screen with a form on it.
///
/// # Errors
/// Whatever the store says.
pub async fn show(
    staff: &Staff,
    id: ReceptionId,
    form: Form,
    files: Vec<DraftFile>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let (office, officer) = (office(staff), staff.person.account);
    let (grants, question) = (staff.person.grants.clone(), rail::Question::of(staff, &form));
    let (rows, rail, open, offer) = staff
        .app
        .read(move |snapshot, app| {
            let rows = lists::read(snapshot, app, office.as_ref())?;
            let rail = rail::look(snapshot, app, &grants, &question)?;
            let offer = Offer::look_up(snapshot, app, ActionCode::AnswerDirectly)?;
            let mut open = receptions::open_of(snapshot, officer)?;
            if let Some(office) = &office {
                open.extend(receptions::held_by_others(snapshot, office, officer)?);
            }
            Ok((rows, rail, open, offer))
        })
        .await?;
    let page = staff.desk_page("intake-title", INTAKE);
    let may = |permission| staff.person.may_ever(permission);
    let phrases = offer.for_call(staff, &page, &form);
    let form = match form.value("insert") {
        "yes" => phrases::inserted_into(form, &phrases, "answer"),
        _ => form,
    };
    let screen = Screen {
        words: Words::of(&staff.app, &page),
        lists: rows.into_lists(&page),
        held: open.iter().any(|open| open.id == id && open.held_at.is_some()),
        waiting: open.into_iter().filter(|open| open.id != id).collect(),
        id: id.to_string(),
        files: files::lines(&files),
        rail,
        may_accept: may(Permission::MatterAccept),
        may_answer: may(Permission::AnswerDirectly),
        may_dispatch: may(Permission::MatterAssign),
        units: (1..=UNITS).collect(),
        phrases,
        page: page.in_error(form.has_errors()),
        form,
    };
    page::show(status, &screen)
}

impl Screen {
    /// See [`UNITS`].
    fn places(&self) -> usize {
        UNITS
    }

    fn state(&self, row: &Row) -> String {
        rail::state(&self.page, row)
    }

    fn why(&self, why: &Why) -> String {
        rail::why(&self.page, why)
    }

    fn about(&self, row: &Item) -> String {
        known::about(&self.page, row)
    }

    fn quote(&self, row: &Item) -> String {
        known::text(self.page.translator(), row)
    }

    /// An error with the name of its field.
    fn told(&self, error: &FieldError) -> String {
        let words = self.page.error(error);
        let label = error.field.as_deref().map(|field| {
            format!("intake-{}", field.trim_end_matches(|c: char| c == '-' || c.is_ascii_digit()))
        });
        match label.filter(|label| self.page.translator().has(label)) {
            Some(label) => self.page.t2("desk-field-error", "field", self.page.t(&label), "error", words),
            None => words,
        }
    }

    fn codes<T: Copy>(
        &self,
        all: &[T],
        code: fn(T) -> &'static str,
        key: fn(T) -> &'static str,
    ) -> Vec<Choice> {
        all.iter().map(|item| Choice::new(code(*item), self.page.t(key(*item)))).collect()
    }

    fn channels(&self) -> Vec<Choice> {
        self.codes(Channel::ALL, Channel::code, Channel::key)
    }

    /// The express line a channel is taken to have come by, for the script.
    fn line_of(&self, channel: &str) -> &'static str {
        Channel::parse(channel).and_then(Channel::express_line).map_or("", ExpressLine::code)
    }

    fn types(&self) -> Vec<Choice> {
        self.codes(AppealType::ALL, AppealType::code, AppealType::key)
    }

    fn salutations(&self) -> Vec<Choice> {
        self.codes(Salutation::ALL, Salutation::code, Salutation::key)
    }

    fn urgencies(&self) -> Vec<Choice> {
        self.codes(Urgency::ALL, Urgency::code, Urgency::key)
    }

    fn outcomes(&self) -> Vec<Choice> {
        self.codes(Outcome::ALL, Outcome::code, Outcome::key)
    }

    fn lines(&self) -> Vec<Choice> {
        self.codes(ExpressLine::ALL, ExpressLine::code, ExpressLine::key)
    }

    fn on_behalf(&self) -> Vec<Choice> {
        self.codes(&[OnBehalf::Agent, OnBehalf::Chamber], OnBehalf::code, OnBehalf::key)
    }

    fn consents(&self) -> Vec<Choice> {
        self.codes(Consent::ALL, Consent::code, Consent::key)
    }

    fn services(&self) -> Vec<Choice> {
        self.codes(EmergencyService::ALL, EmergencyService::code, EmergencyService::key)
    }

    fn reasons(&self) -> Vec<Choice> {
        self.codes(InvalidCall::ALL, InvalidCall::code, InvalidCall::key)
    }

    /// Whether a folded part holds something typed or wrong.
    fn unfolds(&self, fields: &[&str]) -> bool {
        fields.iter().any(|field| self.form.text(field).is_some() || self.form.error(field).is_some())
    }

    /// How someone waiting came.
    fn came(&self, open: &Open) -> String {
        open.channel.map_or_else(String::new, |channel| self.page.t(channel.key()))
    }

    /// A list under its headings, in order.
    fn grouped<'a>(&self, picks: &'a [Pick]) -> Vec<(&'a str, Vec<&'a Pick>)> {
        let mut groups: Vec<(&str, Vec<&Pick>)> = Vec::new();
        for pick in picks {
            match groups.last_mut().filter(|(group, _)| *group == pick.group) {
                Some((_, picks)) => picks.push(pick),
                None => groups.push((&pick.group, vec![pick])),
            }
        }
        groups
    }
}
