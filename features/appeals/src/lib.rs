//! Appeals in the browser and over the API: the portal where they are filed and followed,
//! the desks where they are handled. The rules are `foundation/matters`.
//!
//! - [`portal`]: file, receipt, track, rate: works without JavaScript.
//! - [`verbs`]: one file per verb: what is sent, checked and turned into a command; both
//!   the pages and the API use it.
//! - [`desk`]: the staff's queues, the matter page and its actions.
//! - [`api`]: the same over JSON.
//! - `quota`, `download`: what pages and API share.

pub mod api;
pub mod desk;
pub mod portal;
pub mod verbs;

mod download;
mod quota;

use platform::feature::Feature;
use platform::web::Routes;

/// What this feature brings along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![
            portal::LOCALES,
            desk::LOCALES,
            desk::intake::LOCALES,
            desk::enterprises::LOCALES,
            verbs::LOCALES,
            api::LOCALES,
        ],
        routes: Routes::new().merge(portal::routes()).merge(desk::routes()).merge(api::routes()),
        nav: desk::NAV.to_vec(),
        ..Feature::default()
    }
}
