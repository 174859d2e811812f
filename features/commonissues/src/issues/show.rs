//! An issue's page: its matters, what may belong to it, its report, one answer for all, its
//! history.

use super::read::{Opening, load, plain};
use super::seek::{Candidate, DAYS, Sought, candidates};
use super::shell::Issues;
use super::{PATH, href};
use crate::NAV;
use crate::rules::issue::{Event, IssueState};
use crate::words::{Names, phase, title};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Actor;
use matters::Row;
use matters_rules::Outcome;
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::{Staff, reply};

#[derive(Template)]
#[template(path = "commonissues/issue.html")]
struct Shown {
    page: Page,
    form: Form,
    id: String,
    opening: Opening,
    names: Names,
    rows: Vec<Row>,
    offered: Vec<Candidate>,
    history: Vec<Told>,
}

/// An entry of the history in words.
struct Told {
    title: String,
    at: String,
    who: String,
    text: String,
}

pub(super) async fn show(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    screen(&staff, &id, Form::new().with("outcome", Outcome::Explained.code())).await
}

/// The page, with what was typed.
pub(super) async fn screen(staff: &Staff, id: &str, form: Form) -> Result<Response, Failure> {
    let page = staff.desk_page("issues-one", NAV).in_error(form.has_errors());
    let (person, asked) = (staff.person.clone(), id.to_owned());
    let opening = staff.app.read(move |snapshot, app| load(snapshot, app, &person.grants, &asked)).await?;
    let about = &opening.opened;
    let words = format!("{} {}", about.title, opening.grounds);
    let sought = Sought::of(&words, about.category.clone(), about.area.clone(), DAYS);
    let (person, asked, said_on) = (staff.person.clone(), id.to_owned(), page.clone());
    let (opening, names, rows, offered, history) = staff
        .app
        .read(move |snapshot, app| {
            let mut names = Names::read(snapshot, app)?;
            names.with_unit(snapshot, &opening.opened.unit)?;
            if let Some(area) = &opening.opened.area {
                names.with_area(snapshot, area)?;
            }
            let members = &opening.issue.members;
            let rows = matters::read::rows(snapshot, app, &person.grants, members)?;
            let is_open = opening.issue.state == Some(IssueState::Open);
            let offered = if is_open && opening.may[0] {
                candidates(snapshot, app, &person.grants, &sought.or_like(&rows), members)?
            } else {
                Vec::new()
            };
            let mut history = Vec::new();
            for entry in platform::act::history::<Issues>(snapshot, &asked)? {
                let who = match &entry.actor {
                    Actor::Person { unit, .. } | Actor::Integration { unit, .. } => {
                        names.with_unit(snapshot, unit)?;
                        names.unit(&said_on, Some(unit))
                    }
                    _ => String::new(),
                };
                let (key, n, sealed) = match &entry.event {
                    Event::Opened { matters, .. } => ("issues-told-opened", matters.len(), None),
                    Event::Added { matters } => ("issues-told-added", matters.len(), None),
                    Event::Removed { reason, .. } => ("issues-told-removed", 1, Some(reason)),
                    Event::Written { version, .. } => ("issues-told-written", *version as usize, None),
                    Event::Signed { version } => ("issues-told-signed", *version as usize, None),
                    Event::Answered { text, sent } => {
                        ("issues-told-answered", sent.answered.len() + sent.written.len(), Some(text))
                    }
                    Event::Closed { result } => ("issues-told-closed", 1, Some(result)),
                };
                history.push(Told {
                    title: said_on.t1(key, "n", n),
                    at: said_on.datetime(&entry.at()),
                    who,
                    text: plain(snapshot, app, &opening.opened, sealed)?,
                });
            }
            history.reverse();
            Ok((opening.clone(), names, rows, offered, history))
        })
        .await?;
    let page = page.titled_text(opening.opened.title.clone());
    let shown = Shown { page, form: form.clone(), id: id.to_owned(), opening, names, rows, offered, history };
    reply::page(&shown, Some(&form))
}

impl Shown {
    fn path(&self) -> &'static str {
        PATH
    }

    fn here(&self) -> String {
        href(&self.id)
    }

    fn is_open(&self) -> bool {
        self.opening.issue.state == Some(IssueState::Open)
    }

    fn may_manage(&self) -> bool {
        self.opening.may[0] && self.is_open()
    }

    fn unit(&self) -> String {
        self.names.unit(&self.page, Some(&self.opening.opened.unit))
    }

    fn category(&self) -> String {
        self.names.category(&self.page, self.opening.opened.category.as_deref())
    }

    fn area(&self) -> String {
        self.names.area(&self.page, self.opening.opened.area.as_ref())
    }

    fn opened_at(&self) -> String {
        self.opening.issue.at.map_or_else(String::new, |at| self.page.datetime(&at))
    }

    fn title(&self, row: &Row) -> String {
        title(&self.page, row)
    }

    fn phase(&self, row: &Row) -> String {
        phase(&self.page, row)
    }

    fn holder(&self, row: &Row) -> String {
        row.unit.as_ref().map_or_else(String::new, |unit| unit.brief(self.page.locale()).to_owned())
    }

    fn place(&self, row: &Row) -> String {
        row.area.as_ref().map_or_else(String::new, |area| area.full(self.page.locale()).to_owned())
    }

    fn lights(&self, row: &Row) -> Vec<(&'static str, String)> {
        matters::words::lights(&self.page, row)
    }

    /// Members that the reader does not see.
    fn unseen(&self) -> usize {
        self.opening.issue.members.len() - self.rows.len()
    }

    fn outcomes(&self) -> Vec<Choice> {
        let choice = |outcome: &Outcome| Choice::new(outcome.code(), self.page.t(outcome.key()));
        let none = Choice::new("none", self.page.t("issues-outcome-none"));
        Outcome::ALL.iter().map(choice).chain([none]).collect()
    }

    /// The versions of the report, the newest first: number, when, whether it is signed.
    fn versions(&self) -> Vec<(u32, String, bool)> {
        let version = |known: &crate::rules::issue::Version| {
            (known.version, self.page.datetime(&known.at), known.signed_at.is_some())
        };
        self.opening.issue.versions.iter().rev().map(version).collect()
    }

    fn reason_field(&self, row: &Row) -> String {
        format!("reason-{}", row.id)
    }
}
