//! Following an appeal: number and code open one matter to its appellant for an hour; one
//! page or verb per file. Who may do what is decided by the rules, not here.

mod attachment;
mod code;
mod contest;
mod enter;
mod exit;
pub(super) mod hold;
mod material;
mod matter;
mod message;
mod pressure;
mod question;
mod rating;
mod record;
mod redo;
mod send;
mod story;
pub(crate) mod tries;
mod withdrawal;

use axum::http::Method;
use platform::web::{Access, Routes};

/// The pages of tracking.
pub(super) fn routes() -> Routes {
    const HOLDER: Access = Access::Appellant;
    Routes::new()
        .get("/track", Access::Public, enter::show)
        .post("/track", Access::Public, enter::enter)
        .get("/track/matter", HOLDER, matter::show)
        .get("/track/attachments/{id}", HOLDER, attachment::show)
        .get("/track/material", HOLDER, material::show)
        .post("/track/material", HOLDER, material::add)
        .post("/track/material/uploads", HOLDER, material::begin)
        .get("/track/material/uploads/{id}", HOLDER, material::offset)
        .add(Method::PATCH, "/track/material/uploads/{id}", HOLDER, material::append)
        .get("/track/redo", HOLDER, redo::show)
        .post("/track/redo", HOLDER, redo::ask)
        .get("/track/pressure", HOLDER, pressure::show)
        .post("/track/pressure", HOLDER, pressure::report)
        .post("/track/code", HOLDER, code::renew)
        .get("/track/record", HOLDER, record::show)
        .get("/track/message", HOLDER, message::show)
        .post("/track/message", HOLDER, message::write)
        .get("/track/rating", HOLDER, rating::show)
        .post("/track/rating", HOLDER, rating::rate)
        .get("/track/contest", HOLDER, contest::show)
        .post("/track/contest", HOLDER, contest::contest)
        .get("/track/withdrawal", HOLDER, withdrawal::show)
        .post("/track/withdrawal", HOLDER, withdrawal::withdraw)
        .post("/track/exit", HOLDER, exit::leave)
}
