//! The steps of a slip: each a small form on its page, each a command of its own.

use super::act;
use super::show::{self, Shown};
use crate::rules::slip::Command;
use axum::extract::Path;
use axum::response::Response;
use kernel::{MatterId, Refusal, SlipId};
use matters::TextSealer;
use matters_rules::command::Text;
use platform::ui::{FieldError, Form};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use platform::{Failure, Work};

/// The longest text of a step, in characters.
const LONGEST: usize = 1_000;

/// Approves a draft, or sends it back with a reason.
pub(super) async fn check(staff: Staff, Path(id): Path<SlipId>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let approve = form.value("approve") == "yes";
    let needed = !approve;
    step(staff, id, form, "reason", needed, "flash-slip-checked", move |text| {
        Some(Command::Check { approve, reason: text })
    })
    .await
}

/// Gives it its number and sends it out.
pub(super) async fn issue(staff: Staff, Path(id): Path<SlipId>, fields: Fields) -> Result<Response, Failure> {
    step(staff, id, reply::form(fields), "", false, "flash-slip-issued", |_| Some(Command::Issue)).await
}

/// The unit's reply.
pub(super) async fn reply(staff: Staff, Path(id): Path<SlipId>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    step(staff, id, form, "text", true, "flash-slip-replied", |text| Some(Command::Reply { text: text? }))
        .await
}

/// Accepts the reply, or sends it back with a reason.
pub(super) async fn settle(
    staff: Staff,
    Path(id): Path<SlipId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let accept = form.value("accept") == "yes";
    let needed = !accept;
    step(staff, id, form, "verdict", needed, "flash-slip-settled", move |text| {
        Some(Command::Settle { accept, reason: text })
    })
    .await
}

/// Takes it back with a reason.
pub(super) async fn cancel(
    staff: Staff,
    Path(id): Path<SlipId>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    step(staff, id, form, "why", true, "flash-slip-cancelled", |text| Some(Command::Cancel { reason: text? }))
        .await
}

/// Reads the one text of a step and takes it; what is wrong is said beside the field, and what was
/// typed stays.
async fn step(
    staff: Staff,
    id: SlipId,
    form: Form,
    field: &'static str,
    needed: bool,
    flash: &'static str,
    command: impl Fn(Option<Text>) -> Option<Command> + Send + Sync + 'static,
) -> Result<Response, Failure> {
    let typed = form.text(field).map(str::to_owned);
    if let Err(refusal) = words(field, typed.as_deref(), needed) {
        return show::screen(staff, id, form.refused(&refusal)).await;
    }
    let expected = form.value("version").parse().map_err(|_| Failure::Stale)?;
    match take(&staff, id, Some(expected), typed, command).await {
        Ok(()) => Ok(reply::done(&staff, &Shown::href(id), flash)),
        Err(Failure::Refused(refusal)) => {
            let mut told = FieldError::from(&refusal);
            told.field = None;
            show::screen(staff, id, form.refused(told)).await
        }
        Err(Failure::Stale) => {
            let told = FieldError { field: None, ..FieldError::new("", "slip-overtaken") };
            show::screen(staff, id, form.refused(told)).await
        }
        Err(failure) => Err(failure),
    }
}

/// Whether the words of a step are there where it needs them, and not too long.
///
/// # Errors
/// `entry-missing`, `supervision-too-long`.
pub(crate) fn words(field: &'static str, typed: Option<&str>, needed: bool) -> Result<(), Refusal> {
    match typed {
        None if needed => Err(Refusal::field(field, "entry-missing")),
        Some(text) if text.chars().count() > LONGEST => {
            Err(Refusal::field(field, "supervision-too-long").with("max", LONGEST))
        }
        _ => Ok(()),
    }
}

/// Seals the words under the matter's subject and acts. `expected` is the version the sender saw.
///
/// # Errors
/// See [`act`].
pub(crate) async fn take(
    staff: &Staff,
    id: SlipId,
    expected: Option<i64>,
    typed: Option<String>,
    command: impl Fn(Option<Text>) -> Option<Command> + Send + Sync + 'static,
) -> Result<(), Failure> {
    let by = staff.by();
    staff
        .app
        .write(move |work| {
            let matter = matter_of(work, id)?;
            let text = match &typed {
                Some(text) => Some(TextSealer::of(work, matter)?.text(work, text)),
                None => None,
            };
            let command =
                command(text).ok_or_else(|| Failure::Malformed("a step without its text".into()))?;
            act(work, &by, id, expected, &command).map(drop)
        })
        .await
}

/// The matter whose words a slip's are sealed with.
pub(super) fn matter_of(work: &mut Work<'_>, id: SlipId) -> Result<MatterId, Failure> {
    let slip = work.load::<crate::rules::slip::SlipRules>(&id.to_string())?.state;
    slip.subject.map(|subject| subject.matter).ok_or(Failure::NotFound)
}
