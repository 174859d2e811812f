//! `/me/notices`: a person's own notices, how many are new, and how else to be reached.

mod list;
mod live;
mod settings;

use platform::web::{Access, Routes};

/// Everyone's own, whatever their post.
const OWN: Access = Access::SignedIn;

/// Every address of one's own notices.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/me/notices", OWN, list::show)
        .post("/me/notices/read", OWN, list::read_all)
        .get("/me/notices/live", OWN, live::stream)
        .get("/me/notices/settings", OWN, settings::show)
        .post("/me/notices/settings", OWN, settings::keep)
        .post("/me/notices/{position}", OWN, list::open)
}
