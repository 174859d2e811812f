//! From request to handler and back: who asks, may they use this route, and how a
//! failure is told.

mod access;
mod cookies;
mod ctx;
mod failure;
mod guard;
mod routes;

pub use access::Access;
pub use cookies::{CookieKind, clear_cookie, cookie, set_cookie};
pub use ctx::{Ctx, Staff};
pub use failure::problem;
pub use guard::{identify, present_failures, service};
pub use routes::{Declared, Routes};
