//! A failure on its way out: handlers return it, [`super::present_failures`] turns it
//! into a page or problem details in the reader's language.

use crate::error::Failure;
use crate::ui::{Arg, FieldError, Translator};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Problem details (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `urn:tongxin:problem:` and the code.
    #[serde(rename = "type")]
    kind: String,
    /// What kind of failure, in the reader's language.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What was wrong this time, in the reader's language.
    detail: String,
    /// Stable code; of a refused command the rule's own.
    code: String,
    /// The reference under which the log knows it.
    instance: String,
    /// Which members of the request are wrong, where some are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ProblemError>,
}

/// One member of the request that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemError {
    /// Where, as a JSON pointer in a URI fragment.
    pointer: String,
    /// What is wrong with it.
    detail: String,
    /// Stable code.
    code: String,
}

/// The failure behind an empty response, picked up by the middleware.
#[derive(Clone)]
pub(super) struct Failed(pub(super) Arc<Failure>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status(&self).into_response();
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
    match failure {
        Failure::Refused(refusal) => translator.refusal(refusal),
        Failure::TooMany { retry_after } => {
            translator.ta(&failure.message_key(), &[("seconds", retry_after.to_string().into())])
        }
        _ => translator.t(&failure.message_key()),
    }
}

/// RFC 9457 problem details. `errors` lists members with their pointers, as the RFC's own
/// example does.
pub fn problem(failure: &Failure, translator: &Translator, reference: &str) -> Response {
    let detail = words(failure, translator);
    let code = failure.code().to_owned();
    let errors = match failure {
        Failure::Refused(refusal) => refusal
            .field
            .map(|field| ProblemError { pointer: pointer(field), detail: detail.clone(), code: code.clone() })
            .into_iter()
            .collect(),
        Failure::Invalid(errors) => errors.iter().map(|error| invalid(error, translator)).collect(),
        Failure::Unreadable { pointer, detail } => {
            vec![ProblemError { pointer: pointer.clone(), detail: detail.clone(), code: code.clone() }]
        }
        _ => Vec::new(),
    };
    let title = match failure {
        Failure::Refused(_) => translator.t("failure-refused"),
        _ => detail.clone(),
    };
    let problem = Problem {
        kind: format!("urn:tongxin:problem:{code}"),
        title,
        status: failure.status(),
        detail,
        code,
        instance: format!("urn:uuid:{reference}"),
        errors,
    };
    let body = serde_json::to_string(&problem).expect("text and numbers always serialize");
    (status(failure), [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

fn invalid(error: &FieldError, translator: &Translator) -> ProblemError {
    let args: Vec<(&str, Arg)> = error.args.iter().map(|(name, arg)| (name.as_str(), arg.clone())).collect();
    ProblemError {
        pointer: error.field.as_deref().map_or_else(|| "#".to_owned(), pointer),
        detail: translator.ta(&format!("refusal-{}", error.code), &args),
        code: error.code.clone(),
    }
}

fn pointer(field: &str) -> String {
    format!("#/{field}")
}

pub(super) fn status(failure: &Failure) -> StatusCode {
    StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
