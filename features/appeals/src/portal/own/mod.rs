//! All of one's own appeals, by the e-mail address given in them: the address is proved by a
//! one-time code sent to it, then every appeal that names it is listed and opens, also where
//! its number or tracking code is lost. Where an officer verified the address for an
//! enterprise, the enterprise's appeals are listed too. Short messages to a telephone join here once a
//! channel for them exists (`mail::Channel`).

mod code;
mod exit;
mod hold;
mod list;
mod proof;
mod start;

use platform::web::{Access, Routes};

/// The pages of one's own appeals.
pub(super) fn routes() -> Routes {
    const ANYONE: Access = Access::Public;
    Routes::new()
        .get("/own", ANYONE, start::show)
        .post("/own", ANYONE, start::ask)
        .get("/own/code", ANYONE, code::show)
        .post("/own/code", ANYONE, code::enter)
        .get("/own/appeals", ANYONE, list::show)
        .post("/own/appeals", ANYONE, list::open)
        .post("/own/exit", ANYONE, exit::leave)
}
