//! How a telephone system opens the screen (docs/telephony.md): it opens
//! `/intake#tel=NUMBER&rec=RECORDING`. What stands behind `#` never leaves the browser in an
//! address; the page's script sends it here in a body and clears it.

use super::{draft, office};
use crate::desk::sent;
use axum::extract::Request;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::ReceptionId;
use matters_rules::{AppealType, Channel};
use platform::Failure;
use platform::ui::Form;
use platform::web::Staff;

/// `POST /intake/calls`: a call is on the line. It is begun and its draft kept at once, so
/// that the number is nowhere but sealed.
pub async fn pop(staff: Staff, request: Request) -> Result<Response, Failure> {
    let sent = sent::read(&staff.app, request).await?.form;
    let office = office(&staff).ok_or(Failure::NotPermitted)?;
    let form = preset().with("phone", sent.value("tel").trim()).with("recording", sent.value("rec").trim());
    let by = staff.by();
    let id = staff
        .app
        .write(move |work| {
            let id = ReceptionId(work.fresh.uuid());
            draft::save(work, &by, id, &office, &form).map(|_| id)
        })
        .await?;
    Ok(Redirect::to(&format!("/intake/{id}")).into_response())
}

/// A call on the hotline, as most are.
pub fn preset() -> Form {
    let line = Channel::Hotline.express_line();
    let form = Form::new()
        .with("channel", Channel::Hotline.code())
        .with("appeal_type", AppealType::Help.code())
        .with("urgency", "general");
    line.into_iter().fold(form, |form, line| form.with("express_lines", line.code()))
}
