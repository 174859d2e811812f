//! Following an appeal: number and code open one matter to its appellant for an hour; one
//! page or verb per file. Who may do what is decided by the rules, not here.

mod attachment;
mod contest;
mod enter;
mod exit;
mod hold;
mod material;
mod matter;
mod message;
mod question;
mod rating;
mod send;
mod story;
pub(crate) mod tries;
mod withdrawal;

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
