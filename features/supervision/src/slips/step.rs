//! The steps of a slip: each a small form on its page, each a command of its own.

use super::act;
use super::show::{self, Shown};
use crate::rules::slip::Command;
use axum::extract::Path;
use axum::response::Response;
use kernel::{MatterId, SlipId};
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

/// Reads the one text of a step, seals it under the matter's subject and acts; what is wrong is
/// said beside the field, and what was typed stays.
async fn step(
    staff: Staff,
    id: SlipId,
    mut form: Form,
    field: &'static str,
    needed: bool,
    flash: &'static str,
    command: impl Fn(Option<Text>) -> Option<Command> + Send + Sync + 'static,
) -> Result<Response, Failure> {
    let typed = form.text(field).map(str::to_owned);
    match &typed {
        None if needed => form.refuse(FieldError::new(field, "entry-missing")),
        Some(text) if text.chars().count() > LONGEST => {
            form.refuse(FieldError::new(field, "supervision-too-long").with("max", LONGEST as u64));
        }
        _ => {}
    }
    if form.has_errors() {
        return show::screen(staff, id, form).await;
    }
    let by = staff.by();
    let expected = form.value("version").parse().map_err(|_| Failure::Stale)?;
    let acted = staff
        .app
        .write(move |work| {
            let matter = matter_of(work, id)?;
            let text = match &typed {
                Some(text) => Some(TextSealer::of(work, matter)?.text(work, text)),
                None => None,
            };
            let command =
                command(text).ok_or_else(|| Failure::Malformed("a step without its text".into()))?;
            act(work, &by, id, Some(expected), &command).map(drop)
        })
        .await;
    match acted {
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

/// The matter whose words a slip's are sealed with.
pub(super) fn matter_of(work: &mut Work<'_>, id: SlipId) -> Result<MatterId, Failure> {
    let slip = work.load::<crate::rules::slip::SlipRules>(&id.to_string())?.state;
    slip.subject.map(|subject| subject.matter).ok_or(Failure::NotFound)
}
