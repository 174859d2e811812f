//! Put aside, taken up again, handed to an emergency service, no call at all, given up: what
//! can come of a caller besides an appeal.

use super::draft::{self, reception};
use super::office;
use crate::desk::{page, sent};
use axum::extract::{Path, Request};
use axum::response::Response;
use kernel::ReceptionId;
use matters::receptions;
use matters_rules::reception::{Command, Ending};
use matters_rules::{EmergencyService, InvalidCall};
use platform::Failure;
use platform::ui::Form;
use platform::web::Staff;

/// `POST /intake/{id}/hold`: what is typed is kept, the next call can be taken.
pub async fn hold(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    let id = reception(&id)?;
    let form = sent::read(&staff.app, request).await?.form;
    let office = office(&staff).ok_or(Failure::NotPermitted)?;
    let by = staff.by();
    staff
        .app
        .write(move |work| {
            draft::save(work, &by, id, &office, &form)?;
            receptions::act(work, &by, id, &Command::Hold).map(drop)
        })
        .await?;
    Ok(page::go(&staff, "/intake/new", "flash-intake-held"))
}

/// `POST /intake/{id}/resumption`.
pub async fn resume(staff: Staff, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = reception(&id)?;
    let by = staff.by();
    staff.app.write(move |work| receptions::act(work, &by, id, &Command::Resume).map(drop)).await?;
    Ok(page::go(&staff, &format!("/intake/{id}"), "flash-intake-resumed"))
}

/// `POST /intake/{id}/emergency`: to which service stands in the field `service`.
pub async fn emergency(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    let form = sent::read(&staff.app, request).await?.form;
    let service = EmergencyService::parse(form.value("service"))
        .ok_or_else(|| Failure::Malformed("an emergency service is to be named".into()))?;
    end(staff, reception(&id)?, form, Ending::Emergency { service }, "flash-intake-emergency").await
}

/// `POST /intake/{id}/invalid`: why stands in the field `reason`.
pub async fn invalid(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    let form = sent::read(&staff.app, request).await?.form;
    let reason = InvalidCall::parse(form.value("reason"))
        .ok_or_else(|| Failure::Malformed("why it was no call is to be named".into()))?;
    end(staff, reception(&id)?, form, Ending::Invalid { reason }, "flash-intake-invalid").await
}

/// `POST /intake/{id}/discard`: nothing comes of it.
pub async fn discard(staff: Staff, Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    let form = sent::read(&staff.app, request).await?.form;
    end(staff, reception(&id)?, form, Ending::GivenUp, "flash-intake-discarded").await
}

/// Ends it in one transaction: counted, and not a word of it left.
async fn end(
    staff: Staff,
    id: ReceptionId,
    form: Form,
    ending: Ending,
    flash: &'static str,
) -> Result<Response, Failure> {
    let office = office(&staff).ok_or(Failure::NotPermitted)?;
    let by = staff.by();
    staff
        .app
        .write(move |work| {
            draft::save(work, &by, id, &office, &form)?;
            receptions::act(work, &by, id, &Command::End(ending.clone()))?;
            draft::clear(work, id)
        })
        .await?;
    Ok(page::go(&staff, "/intake/new", flash))
}
