//! A failure on its way out: handlers return it, [`super::present_failures`] turns it
//! into a page or problem details in the reader's language.

use crate::error::Failure;
use crate::ui::{Arg, Translator};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

/// The failure behind an empty response, picked up by the middleware.
#[derive(Clone)]
pub(super) struct Failed(pub(super) Arc<Failure>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if let Self::TooMany { retry_after } = &self {
            response.headers_mut().insert(header::RETRY_AFTER, (*retry_after).into());
        }
        response.extensions_mut().insert(Failed(Arc::new(self)));
        response
    }
}

/// The words for a failure, in the reader's language. Never personal data: arguments are
/// codes, counts and dates.
pub(super) fn words(failure: &Failure, translator: &Translator) -> String {
    let args: Vec<(&str, Arg)> = match failure {
        Failure::Refused(refusal) => {
            refusal.args.iter().map(|(name, value)| (*name, value.clone().into())).collect()
        }
        Failure::TooMany { retry_after } => vec![("seconds", retry_after.to_string().into())],
        _ => Vec::new(),
    };
    translator.ta(&failure.message_key(), &args)
}

/// RFC 9457 problem details. `errors` lists fields with their pointers, as the RFC's own
/// example does.
pub fn problem(failure: &Failure, translator: &Translator, reference: &str) -> Response {
    let detail = words(failure, translator);
    let mut body = json!({
        "type": format!("urn:tongxin:problem:{}", failure.code()),
        "title": translator.t(&format!("failure-{}", status_word(failure))),
        "status": failure.status(),
        "detail": detail,
        "code": failure.code(),
        "instance": format!("urn:uuid:{reference}"),
    });
    if let Failure::Refused(refusal) = failure {
        if let Some(field) = refusal.field {
            body["errors"] =
                json!([{ "pointer": format!("#/{field}"), "detail": detail, "code": refusal.code }]);
        }
    }
    let status = StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

fn status_word(failure: &Failure) -> &'static str {
    match failure {
        Failure::Refused(_) => "refused",
        other => other.code(),
    }
}
