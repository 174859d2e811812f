//! Every verb of the loop as an endpoint: the same requests as the pages' forms, mounted
//! from the one list.

use crate::verbs::{Address, Place, Rejected, Verb, Visitor, perform, visit};
use axum::Json;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use platform::Failure;
use platform::web::{Access, BODY_MAX, Endpoint, Routes, Staff, json_body, parse};
use serde::Serialize;
use utoipa::ToSchema;

/// What came of a verb.
#[derive(Serialize, ToSchema)]
pub(super) struct Done {
    /// Version of the matter after it, for the next `If-Match`.
    version: i64,
    /// Where the matter is now.
    phase: &'static str,
    /// How many entries were written; none where it was so already.
    entries: usize,
}

pub(super) fn routes() -> Routes {
    let mut mount = Mount(Routes::new());
    visit(&mut mount);
    mount.0
}

struct Mount(Routes);

impl Visitor for Mount {
    fn verb<V: Verb>(&mut self) {
        for address in V::SPEC.addresses {
            let routes = std::mem::take(&mut self.0);
            self.0 =
                routes.endpoint(Access::Staff(V::SPEC.permission), endpoint::<V>(address), carry_out::<V>);
        }
    }
}

fn endpoint<V: Verb>(address: &Address) -> Endpoint {
    let code = V::SPEC.action.code();
    let both = V::SPEC.addresses.len() > 1;
    let id = if both && address.of_node { format!("{code}_of_assignment") } else { code.to_owned() };
    Endpoint::post(address.api, &camel(&id), &summary(code))
        .tag("verbs")
        .header(
            "If-Match",
            false,
            "The version the decision rests on, e.g. `\"7\"`; another one now is refused with 412.",
        )
        .body::<V>()
        .answer_with::<Done>(200, "Done", &[("ETag", "The matter's version after it")])
        .fails(&[412])
}

async fn carry_out<V: Verb>(staff: Staff, place: Place, request: Request) -> Result<Response, Failure> {
    let expected = expected(request.headers())?;
    let sent: V = parse(&body(request).await?)?;
    let done =
        perform(&staff.app, staff.by(), place, expected, sent, Vec::new()).await.map_err(|rejected| {
            match rejected {
                Rejected::Fields(errors) => Failure::Invalid(errors),
                Rejected::Failed(Failure::Stale) if expected.is_some() => Failure::Overtaken,
                Rejected::Failed(failure) => failure,
            }
        })?;
    let told = Done { version: done.version, phase: done.state.phase.code(), entries: done.entries.len() };
    Ok(([(header::ETAG, etag(done.version))], Json(told)).into_response())
}

/// A verb that takes nothing may be sent without a body.
async fn body(request: Request) -> Result<Bytes, Failure> {
    let empty = !request.headers().contains_key(header::CONTENT_TYPE)
        && request.headers().get(header::CONTENT_LENGTH).is_none_or(|length| length == "0")
        && !request.headers().contains_key(header::TRANSFER_ENCODING);
    if empty { Ok(Bytes::from_static(b"{}")) } else { json_body(request, BODY_MAX).await }
}

/// The version of `If-Match`; `*` is any.
fn expected(headers: &HeaderMap) -> Result<Option<i64>, Failure> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let version = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text).parse();
    version.map(Some).map_err(|_| Failure::Unreadable {
        pointer: "#".into(),
        detail: "If-Match takes one version in quotes, such as \"7\"".into(),
    })
}

/// A version as an entity tag.
pub(super) fn etag(version: i64) -> HeaderValue {
    HeaderValue::try_from(format!("\"{version}\"")).expect("digits in quotes")
}

/// `answer_directly` → `answerDirectly`.
fn camel(code: &str) -> String {
    let mut words = code.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |out, word| {
        let (head, tail) = word.split_at(word.len().min(1));
        out + &head.to_ascii_uppercase() + tail
    })
}

/// `answer_directly` → `Answer directly`.
fn summary(code: &str) -> String {
    let (head, tail) = code.split_at(1);
    head.to_ascii_uppercase() + &tail.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_entity_tags() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_MATCH, HeaderValue::try_from(text).expect("visible letters"));
            expected(&headers).ok()
        };
        assert_eq!(read("\"7\""), Some(Some(7)));
        assert_eq!(read("7"), Some(Some(7)));
        assert_eq!(read("*"), Some(None));
        assert_eq!(read("W/\"7\""), None);
        assert_eq!(expected(&HeaderMap::new()).ok(), Some(None));
    }

    #[test]
    fn operations_are_named_for_client_generators() {
        assert_eq!(camel("answer_directly"), "answerDirectly");
        assert_eq!(summary("answer_directly"), "Answer directly");
    }
}
