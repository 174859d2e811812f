//! From request to handler and back: who asks, may they use this route, and how a
//! failure is told.

mod access;
mod cookies;
mod ctx;
mod download;
mod endpoint;
mod failure;
mod guard;
mod json;
mod routes;
mod sent;
mod source;

pub mod openapi;
pub mod reply;

pub use access::Access;
pub use cookies::{CookieKind, clear_cookie, cookie, set_cookie};
pub use ctx::{Ctx, Staff};
pub use download::download;
pub use endpoint::{Endpoint, TRACKING_CODE};
pub use failure::{Problem, ProblemError, problem};
pub use guard::{identify, present_failures, service};
pub use json::{ApiJson, ApiQuery, BODY_MAX, json_body, json_with_files, parse};
pub use routes::{Declared, Routes};
pub use sent::{SentFile, sent};
