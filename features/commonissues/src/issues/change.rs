//! Matters come to an issue and leave it; it is closed with its result.

use super::open::ticked;
use super::shell::{self, seal};
use super::{href, show};
use crate::rules::issue::Command;
use axum::extract::Path;
use axum::response::Response;
use kernel::{MatterId, Refusal};
use platform::Failure;
use platform::ui::{FieldError, Form};
use platform::web::Staff;
use platform::web::reply::{self, Fields};

/// The longest reason or result, in characters.
pub(super) const TEXT_MAX: usize = 2000;

/// Adds the ticked matters; only what the sender sees.
pub(super) async fn add(staff: Staff, Path(id): Path<String>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let matters = ticked(&form);
    let (by, grants, issue) = (staff.by(), staff.person.grants.clone(), id.clone());
    let done = staff
        .app
        .write(move |work| {
            let app = work.app();
            let seen = matters::read::rows(work.tx, app, &grants, &matters)?;
            let matters = matters.iter().copied().filter(|matter| seen.iter().any(|row| row.id == *matter));
            shell::act(work, &by, &issue, &Command::Add { matters: matters.collect() })
        })
        .await;
    answer(&staff, &id, form, done, ("matter", "flash-issue-added")).await
}

pub(super) async fn remove(
    staff: Staff,
    Path((id, matter)): Path<(String, MatterId)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let field = format!("reason-{matter}");
    let (by, issue, typed) = (staff.by(), id.clone(), form.value(&field).to_owned());
    let done = staff
        .app
        .write(move |work| {
            let reason = said(work, &issue, &typed)?;
            shell::act(work, &by, &issue, &Command::Remove { matter, reason })
        })
        .await;
    answer(&staff, &id, form, done, (&field, "flash-issue-removed")).await
}

pub(super) async fn close(staff: Staff, Path(id): Path<String>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let (by, issue, typed) = (staff.by(), id.clone(), form.value("result").to_owned());
    let done = staff
        .app
        .write(move |work| {
            let result = said(work, &issue, &typed)?;
            shell::act(work, &by, &issue, &Command::Close { result })
        })
        .await;
    answer(&staff, &id, form, done, ("result", "flash-issue-closed")).await
}

/// Sealed words that must be there and not too many. Refused on the field `text`.
pub(crate) fn said(
    work: &mut platform::Work<'_>,
    issue: &str,
    typed: &str,
) -> Result<crate::rules::issue::Text, Failure> {
    if typed.trim().chars().count() > TEXT_MAX {
        return Err(Refusal::field("text", "issue-too-long").with("max", TEXT_MAX).into());
    }
    seal(work, issue, typed)?.ok_or_else(|| Refusal::field("text", "issue-empty").into())
}

/// Back to the issue, or the issue again with what was typed; what is wrong with `text` is said
/// beside the field in which it was typed.
pub(super) async fn answer(
    staff: &Staff,
    id: &str,
    form: Form,
    done: Result<(), Failure>,
    (field, flash): (&str, &str),
) -> Result<Response, Failure> {
    match done {
        Ok(()) => Ok(reply::done(staff, &href(id), flash)),
        Err(Failure::Refused(refusal)) => {
            let mut error = FieldError::from(&refusal);
            if error.field.as_deref() == Some("text") {
                error.field = Some(field.to_owned());
            }
            show::screen(staff, id, form.refused(error)).await
        }
        Err(failure) => Err(failure),
    }
}
