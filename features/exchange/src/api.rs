//! `POST /api/v1/exchange/{partner}`: a message of another platform, signed.

use crate::projection::{self, PartnerRow};
use crate::rules::wire::Message;
use crate::{folder, incoming, shell};
use axum::Json;
use axum::extract::{Path, Request};
use outward::{Came, HEADERS, is_signed, kept};
use platform::Failure;
use platform::web::{Access, Ctx, Endpoint, Routes, json_body};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A message; see docs/exchange.md for what each type carries.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "describes the body, which is read as `rules::wire::Message`")]
struct ExchangeMessage {
    /// Names it: sent again, it is acted on once.
    id: String,
    /// When what it says happened.
    #[schema(format = DateTime)]
    timestamp: String,
    /// `matter.handed_down`, `redo`, `urged`, `recalled` from above; `matter.received`,
    /// `progress`, `returned`, `answered`, `closed` from below.
    #[serde(rename = "type")]
    #[schema(example = "matter.handed_down")]
    kind: String,
    /// What it says; `number` is the number under which the matter was handed down.
    #[schema(value_type = Object)]
    data: serde_json::Value,
}

/// What came of a message.
#[derive(Serialize, ToSchema)]
struct MessageTaken {
    /// The number under which the matter was handed down.
    number: String,
    /// Its number here.
    own_number: String,
    /// It was known, and nothing was done.
    known: bool,
}

pub(crate) fn routes() -> Routes {
    let [id, timestamp, signature] = HEADERS;
    let receive = Endpoint::post(
        "/api/v1/exchange/{partner}",
        "receiveExchangeMessage",
        "Take a message of another platform",
    )
    .tag("exchange")
    .about(
        "Signed by the Standard Webhooks specification with the secret agreed for that platform; an unknown \
         platform answers like a wrong signature.",
    )
    .header(id, true, "Names the request.")
    .header(timestamp, true, "When it was sent, in seconds since 1970.")
    .header(signature, true, "`v1,` and the HMAC-SHA256 of id, time and body in base64.")
    .body::<ExchangeMessage>()
    .answer::<MessageTaken>(200, "Acted on, or known")
    .fails(&[401]);
    Routes::new().endpoint(Access::Public, receive, handle)
}

async fn handle(ctx: Ctx, Path(code): Path<String>, request: Request) -> Result<Json<MessageTaken>, Failure> {
    let headers = request.headers().clone();
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let named = HEADERS.map(header);
    let body = json_body(request, folder::LARGEST).await?;
    let found =
        ctx.app.read(move |snapshot, _| Ok::<_, Failure>(projection::partner(snapshot, &code)?)).await?;
    let partner = found.ok_or(Failure::NotSignedIn)?;
    let secret = kept::open(&ctx.app, &shell::owner(&partner.code), &partner.secret)?;
    if !is_signed(&secret, &Came { headers: named, body: &body, at: ctx.app.now() }) {
        return Err(Failure::NotSignedIn);
    }
    let message = read(&body)?;
    let taken = incoming::take(&ctx.app, &partner.by(), &partner, &message).await?;
    let PartnerRow { code, .. } = &partner;
    tracing::info!(partner = code, kind = message.said.kind().code(), known = taken.known, "message taken");
    Ok(Json(MessageTaken {
        number: message.said.number().to_owned(),
        own_number: taken.own_number,
        known: taken.known,
    }))
}

/// A newer platform may say more than is known here: that is passed over. What is not of the
/// form at all is said, without repeating what was sent.
fn read(body: &[u8]) -> Result<Message, Failure> {
    serde_json::from_slice(body).map_err(|error| {
        let at =
            if error.is_data() { "the message is not of a known type" } else { "the message is not JSON" };
        Failure::Unreadable { pointer: "#".into(), detail: at.into() }
    })
}
