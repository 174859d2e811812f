//! One answer for all members, where the rules allow: what the office still has is answered
//! directly with it; where units are at work their appellants are written to, and the units
//! still answer each demand. Each matter is a command of its own: what one refuses does not hold
//! up the others. What became of it is noted on the issue.

use super::change::{TEXT_MAX, answer};
use super::shell::{act, seal};
use crate::rules::issue::{Command, Sent};
use axum::extract::Path;
use axum::response::Response;
use kernel::{MatterId, Refusal};
use matters::{TextSealer, Viewer};
use matters_rules::command::DemandResult;
use matters_rules::{ActionCode, Outcome};
use platform::directory::SignedIn;
use platform::ui::FieldError;
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use platform::{App, By, Failure};

/// One answer for all.
#[derive(Clone, Debug)]
pub struct All {
    /// The answer.
    pub text: String,
    /// What it makes of each demand of the matters it answers directly; none: these are written to
    /// like the others.
    pub outcome: Option<Outcome>,
}

/// What is done with one member; an answer says how many demands it answers.
#[derive(Clone, Copy)]
enum Way {
    Answer(usize),
    Write,
    Pass,
}

pub(super) async fn send(staff: Staff, Path(id): Path<String>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let text = form.value("answer").trim().to_owned();
    let wrong = match text.chars().count() {
        0 => Some(FieldError::new("answer", "issue-empty")),
        n if n > TEXT_MAX => Some(FieldError::new("answer", "issue-too-long").with("max", TEXT_MAX)),
        _ => None,
    };
    if let Some(wrong) = wrong {
        return super::show::screen(&staff, &id, form.refused(wrong)).await;
    }
    let all = All { text, outcome: Outcome::parse(form.value("outcome")) };
    let done = answer_all(&staff.app, &staff.by(), &staff.person, &id, &all).await.map(drop);
    answer(&staff, &id, form, done, ("answer", "flash-issue-answered")).await
}

/// Sends one answer to all members.
///
/// # Errors
/// Those of the rules where nothing could be sent; [`Failure::NotPermitted`].
pub async fn answer_all(app: &App, by: &By, person: &SignedIn, id: &str, all: &All) -> Result<Sent, Failure> {
    let (asked, reader) = (id.to_owned(), person.clone());
    let members = app
        .read(move |snapshot, app| {
            Ok(super::read::load(snapshot, app, &reader.grants, &asked)?.issue.members)
        })
        .await?;
    let mut sent = Sent { answered: Vec::new(), written: Vec::new(), passed: Vec::new() };
    let mut why = None;
    for matter in members {
        match one(app, by, person, matter, all).await {
            Ok(Way::Answer(_)) => sent.answered.push(matter),
            Ok(Way::Write) => sent.written.push(matter),
            Ok(Way::Pass) | Err(Failure::NotFound | Failure::NotPermitted) => sent.passed.push(matter),
            Err(Failure::Refused(refusal)) => {
                sent.passed.push(matter);
                why = Some(refusal);
            }
            Err(failure) => return Err(failure),
        }
    }
    if sent.answered.is_empty() && sent.written.is_empty() {
        return Err(why.unwrap_or_else(|| Refusal::field("text", "issue-nobody-to-answer")).into());
    }
    let (by, id, typed, noted) = (by.clone(), id.to_owned(), all.text.clone(), sent.clone());
    app.write(move |work| {
        let text = seal(work, &id, &typed)?.ok_or_else(|| Refusal::field("text", "issue-empty"))?;
        act(work, &by, &id, &Command::Answer { text, sent: noted.clone() })
    })
    .await?;
    Ok(sent)
}

async fn one(app: &App, by: &By, person: &SignedIn, matter: MatterId, all: &All) -> Result<Way, Failure> {
    let reader = person.clone();
    let view =
        app.read(move |snapshot, app| matters::view(snapshot, app, matter, Viewer::Staff(&reader))).await?;
    let way = match all.outcome {
        Some(_) if view.may(ActionCode::AnswerDirectly, None) => Way::Answer(view.demands.len()),
        _ if view.may(ActionCode::Message, None) => Way::Write,
        _ => Way::Pass,
    };
    let (by, all) = (by.clone(), all.clone());
    app.write(move |work| {
        let command = match (way, all.outcome) {
            (Way::Answer(demands), Some(outcome)) => {
                let results = (1..=u32::try_from(demands).unwrap_or(u32::MAX))
                    .map(|demand| DemandResult { demand, outcome })
                    .collect();
                let text = TextSealer::of(work, matter)?.answer(work, &all.text)?;
                matters_rules::Command::AnswerDirectly { results, text }
            }
            (Way::Write, _) => {
                let text = TextSealer::of(work, matter)?.text(work, &all.text);
                matters_rules::Command::Message { to_appellant: true, node: None, text }
            }
            _ => return Ok(Way::Pass),
        };
        matters::act(work, &by, matter, None, &command)?;
        Ok(way)
    })
    .await
}
