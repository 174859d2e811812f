//! What may be done to an item from its page: each form becomes one command; a refusal shows
//! the page again with the form as typed.

use crate::show::{href, screen};
use axum::extract::Path;
use axum::response::Response;
use kernel::MatterId;
use knowledge::rules::{Command, Outcome, ReportId};
use platform::Failure;
use platform::ui::{FieldError, Form};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use uuid::Uuid;

/// `POST …/submission`
pub(crate) async fn submit(staff: Staff, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Failure> {
    act(staff, id, reply::form(fields), &[], Command::Submit, "flash-know-submitted").await
}

/// `POST …/review`: approves, or sends back with a reason.
pub(crate) async fn review(staff: Staff, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let approve = form.value("approve") == "yes";
    let command = Command::Review { approve, reason: form.text("review").map(str::to_owned) };
    let told = if approve { "flash-know-approved" } else { "flash-know-sent-back" };
    act(staff, id, form, &[("reason", "review")], command, told).await
}

/// `POST …/discard`
pub(crate) async fn discard(staff: Staff, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let expected = form.value("version").parse().map_err(|_| Failure::Stale)?;
    let by = staff.by();
    let left = staff
        .app
        .write(move |work| {
            let acted = knowledge::act(work, &by, id, Some(expected), &Command::Discard)?;
            Ok::<_, Failure>(acted.state.exists())
        })
        .await?;
    let to = if left { href(id) } else { crate::PATH.to_owned() };
    Ok(reply::done(&staff, &to, "flash-know-discarded"))
}

/// `POST …/withdrawal`
pub(crate) async fn withdraw(
    staff: Staff,
    Path(id): Path<Uuid>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let command = Command::Withdraw { reason: form.value("withdraw").to_owned() };
    act(staff, id, form, &[("reason", "withdraw")], command, "flash-know-withdrawn").await
}

/// `POST …/reports`: 答错.
pub(crate) async fn report(staff: Staff, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let report = ReportId(staff.app.fresh().uuid());
    let matter = form.text("matter").and_then(|id| id.parse::<MatterId>().ok());
    let command = Command::Report { report, text: form.value("wrong").to_owned(), matter };
    act(staff, id, form, &[("text", "wrong")], command, "flash-know-reported").await
}

/// `POST …/reports/{report}/settlement`: the answer is right, and why.
pub(crate) async fn settle(
    staff: Staff,
    Path((id, report)): Path<(Uuid, Uuid)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let reason = form.text("settle").map(str::to_owned);
    let command = Command::Settle { report: ReportId(report), outcome: Outcome::Upheld, reason };
    act(staff, id, form, &[("reason", "settle")], command, "flash-know-settled").await
}

/// `aim` tells under which name a field of the command stands on the page. A report may be
/// written whatever happened meanwhile; all else only to what the sender saw.
async fn act(
    staff: Staff,
    id: Uuid,
    form: Form,
    aim: &[(&str, &str)],
    command: Command,
    told: &str,
) -> Result<Response, Failure> {
    let expected = match command {
        Command::Report { .. } => None,
        _ => Some(form.value("version").parse().map_err(|_| Failure::Stale)?),
    };
    let by = staff.by();
    let acted =
        staff.app.write(move |work| knowledge::act(work, &by, id, expected, &command).map(drop)).await;
    match acted {
        Ok(()) => Ok(reply::done(&staff, &href(id), told)),
        Err(Failure::Refused(refusal)) => {
            let named = |error: &FieldError| {
                let field = error.field.as_deref()?;
                aim.iter().find(|(name, _)| *name == field).map(|(_, shown)| (*shown).to_owned())
            };
            screen(&staff, id, form.refused(&refusal).aimed(named)).await
        }
        Err(Failure::Stale) => {
            let told = FieldError { field: None, ..FieldError::new("", "know-overtaken") };
            screen(&staff, id, form.refused(told)).await
        }
        Err(failure) => Err(failure),
    }
}
