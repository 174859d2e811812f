//! The layers around every route: who asks, may they at all, and how a failure is told.

use super::access::Access;
use super::cookies::{CookieKind, clear_cookie, cookie};
use super::ctx;
use super::failure::{Failed, problem, status, words};
use super::routes::Routes;
use super::source;
use crate::app::App;
use crate::directory::SignedIn;
use crate::error::Failure;
use crate::ui::{ErrorPage, Page, PagePrefs, assets, prefs, security};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::time::Instant;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;

/// Who asks and how, found out once per request.
#[derive(Clone)]
pub(super) struct Asking {
    pub(super) person: Option<SignedIn>,
    pub(super) prefs: PagePrefs,
    pub(super) path: String,
    pub(super) source: String,
}

/// The whole service: every route behind its guard, sessions, CSRF protection, security
/// headers, failures told in the reader's language.
pub fn service(app: App, routes: Routes) -> Router {
    let router = routes
        .into_router()
        .merge(assets::routes())
        .merge(prefs::routes())
        .fallback(|| async { Failure::NotFound })
        .method_not_allowed_fallback(|| async { Failure::WrongMethod });
    router
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(app.clone(), identify))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), present_failures))
        .layer(axum::middleware::map_response_with_state(app.clone(), secure))
        .with_state(app)
}

/// Sets each security header that a handler has not set itself.
async fn secure(State(app): State<App>, mut response: Response) -> Response {
    for (name, value) in security::headers() {
        response.headers_mut().entry(name).or_insert(value);
    }
    if app.config.is_https() {
        let a_year = HeaderValue::from_static("max-age=31536000");
        response.headers_mut().entry(header::STRICT_TRANSPORT_SECURITY).or_insert(a_year);
    }
    response
}

/// Finds out who asks: a session cookie for browsers, a bearer token for the API.
pub async fn identify(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let found = asking(&app, &parts).await;
    let mut request = Request::from_parts(parts, body);
    let asking = match found {
        Ok(asking) => asking,
        Err(failure) => return failure.into_response(),
    };
    let person = asking.person.clone();
    request.extensions_mut().insert(asking);
    let mut response = next.run(request).await;
    // A failure is told outside of here, on a page that knows its reader.
    if let Some(person) = person {
        response.extensions_mut().insert(Known(person));
    }
    response
}

/// Who a failure is told to.
#[derive(Clone)]
struct Known(SignedIn);

/// Checks a route's declared access.
pub(super) async fn check(access: Access, request: Request, next: Next) -> Response {
    let person = request.extensions().get::<Asking>().and_then(|asking| asking.person.clone());
    let path = request.uri().path();
    let denied = match (access, &person) {
        (Access::Public | Access::Appellant, _) => None,
        (_, None) => Some(Failure::NotSignedIn),
        (_, Some(person))
            if person.must_change_password && path != "/account/password" && path != "/logout" =>
        {
            if path.starts_with("/api/") {
                return Failure::NotPermitted.into_response();
            }
            return Redirect::to("/account/password").into_response();
        }
        (Access::SignedIn, Some(_)) => None,
        (Access::Staff(permission), Some(person)) => {
            (!person.may_ever(permission)).then_some(Failure::NotPermitted)
        }
    };
    match denied {
        None => next.run(request).await,
        Some(failure) => failure.into_response(),
    }
}

/// Turns a failure into a page (people) or problem details (programs).
pub async fn present_failures(State(app): State<App>, request: Request, next: Next) -> Response {
    let prefs = PagePrefs::of(request.headers(), request.uri().query());
    let path = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let reads = request.method() == Method::GET || request.method() == Method::HEAD;
    let program = path.starts_with("/api/") || !wants_html(request.headers());
    let signed_in = cookie(request.headers(), CookieKind::Session).is_some();
    let had_flash = cookie(request.headers(), CookieKind::Flash).is_some();
    let mut response = next.run(request).await;
    if had_flash
        && response.status() == StatusCode::OK
        && !response.headers().contains_key(header::SET_COOKIE)
    {
        response.headers_mut().append(header::SET_COOKIE, clear_cookie(&app.config, CookieKind::Flash));
    }
    let failure = match (response.extensions().get::<Failed>(), untold(&response)) {
        (Some(Failed(failure)), _) => failure.clone(),
        (None, Some(failure)) => {
            *response.status_mut() = status(&failure);
            Arc::new(failure)
        }
        (None, None) => return response,
    };
    let reference = app.fresh().uuid().to_string();
    if response.status().is_server_error() {
        // The failure's own words never hold personal data; the request's path might not be
        // safe to log, so the route's failure and the reference are all there is.
        tracing::error!(%reference, error = %failure, "request failed");
    }
    let translator = app.locales.translator(prefs.locale);
    let retry = response.headers().get(header::RETRY_AFTER).cloned();
    let mut told = if program {
        problem(&failure, &translator, &reference)
    } else if matches!(*failure, Failure::NotSignedIn) && reads {
        return Redirect::to(&format!("/login?next={}", urlencode(&path))).into_response();
    } else {
        let mut page = Page::new(translator.clone(), app.config.site.clone(), prefs, path);
        if let Some(Known(person)) = response.extensions().get() {
            page.person = Some(ctx::shown(person, &page));
            page.nav = ctx::navigation(&app, person);
        }
        let mut told = ErrorPage::new(page, response.status());
        if response.status().is_server_error() {
            told = told.reference(reference);
        }
        if signed_in {
            told = told.of_the_desk();
        }
        if let Failure::Refused(_) | Failure::TooMany { .. } | Failure::TooLarge = *failure {
            told = told.saying(words(&failure, &translator));
        }
        told.into_response()
    };
    if let Some(retry) = retry {
        told.headers_mut().insert(header::RETRY_AFTER, retry);
    }
    told
}

/// The failure behind an answer that no handler gave: the framework's own refusals and a
/// panic say bare text in English, or nothing.
fn untold(response: &Response) -> Option<Failure> {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if kind.is_some_and(|kind| !kind.starts_with("text/plain")) {
        return None;
    }
    match response.status() {
        StatusCode::FORBIDDEN => Some(Failure::NotPermitted),
        StatusCode::NOT_FOUND => Some(Failure::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(Failure::WrongMethod),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Failure::TooLarge),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Failure::UnsupportedType),
        other if other.is_client_error() => {
            Some(Failure::Malformed("refused before a handler saw it".into()))
        }
        other if other.is_server_error() => Some(Failure::Internal("a handler broke off".into())),
        _ => None,
    }
}

async fn asking(app: &App, request: &Parts) -> Result<Asking, Failure> {
    if request.uri.path_and_query().is_some_and(|whole| whole.as_str().contains("%00")) {
        return Err(Failure::Malformed("no text may hold U+0000, which PostgreSQL cannot keep".into()));
    }
    let headers = &request.headers;
    let bearer = bearer(headers).map(|token| app.vault.token_digest(token));
    let session = cookie(headers, CookieKind::Session).map(|token| app.vault.token_digest(&token));
    let by_token = bearer.is_some();
    let person = match (bearer, session) {
        (None, None) => None,
        (bearer, session) => {
            let now = app.now();
            let found = app
                .read(move |snapshot, app| match (&bearer, &session) {
                    (Some(digest), _) => app.directory.by_token(snapshot, digest, now),
                    (None, Some(digest)) => app.directory.by_session(snapshot, digest, now),
                    (None, None) => Ok(None),
                })
                .await?;
            if found.is_none() && by_token {
                return Err(Failure::NotSignedIn);
            }
            renew(app, found.as_ref(), now).await?;
            found
        }
    };
    Ok(Asking {
        person,
        prefs: PagePrefs::of(headers, request.uri.query()),
        path: request.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        source: source::of(request, &app.config.trusted_proxies),
    })
}

/// Notes that a session is in use, so that it does not end for idleness.
async fn renew(app: &App, person: Option<&SignedIn>, now: Instant) -> Result<(), Failure> {
    let Some((session, until)) =
        person.and_then(|person| Some((person.session.clone()?, person.renew_until?)))
    else {
        return Ok(());
    };
    app.store.write(move |tx| store::sessions::touch(tx, &session, now, until)).await?;
    Ok(())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

fn urlencode(path: &str) -> String {
    use std::fmt::Write;
    path.bytes().fold(String::with_capacity(path.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").expect("a String takes any write"),
        }
        out
    })
}
