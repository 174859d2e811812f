//! The page that says why there is no page: not found, not permitted, overtaken, broken.

use super::page::Page;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// An error as a reader sees it; the machine's own words stay in the log.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    page: Page,
    status: StatusCode,
    what: String,
    next: String,
    reference: String,
    desk: bool,
}

impl ErrorPage {
    /// An error page for a status: 403, 404 and 409 speak for themselves, any other client
    /// error is "not understood", all else is "our fault".
    pub fn new(page: Page, status: StatusCode) -> Self {
        let kind = match status {
            StatusCode::FORBIDDEN => "forbidden",
            StatusCode::NOT_FOUND => "not-found",
            StatusCode::CONFLICT => "overtaken",
            StatusCode::TOO_MANY_REQUESTS => "too-many",
            _ if status.is_client_error() => "not-understood",
            _ => "broken",
        };
        let page = page.titled(&format!("error-{kind}-title"));
        let what = page.t(&format!("error-{kind}-what"));
        let next = page.t(&format!("error-{kind}-next"));
        Self { page, status, what, next, reference: String::new(), desk: false }
    }

    /// The log's reference that a reader can quote.
    #[must_use]
    pub fn reference(mut self, reference: impl Into<String>) -> Self {
        self.reference = reference.into();
        self
    }

    /// More exact words than the status has: a refusal's own, or when to try again.
    #[must_use]
    pub fn saying(mut self, what: impl Into<String>) -> Self {
        self.what = what.into();
        self
    }

    /// The button leads to the staff's desk; to the front page otherwise.
    #[must_use]
    pub fn of_the_desk(mut self) -> Self {
        self.desk = true;
        self
    }
}

/// The same within the desk's navigation, for who is signed in: they go on from there.
#[derive(Template)]
#[template(path = "error_desk.html")]
struct ErrorOnDesk<'a> {
    page: &'a Page,
    status: StatusCode,
    what: &'a str,
    next: &'a str,
    reference: &'a str,
    desk: bool,
}

impl ErrorPage {
    fn html(&self) -> askama::Result<String> {
        let Self { page, status, what, next, reference, desk } = self;
        if page.nav.is_empty() {
            return self.render();
        }
        ErrorOnDesk { page, status: *status, what, next, reference, desk: *desk }.render()
    }
}

impl IntoResponse for ErrorPage {
    fn into_response(self) -> Response {
        match self.html() {
            Ok(html) => (self.status, Html(html)).into_response(),
            Err(error) => {
                tracing::error!(%error, "the error page itself cannot be rendered");
                self.status.into_response()
            }
        }
    }
}
