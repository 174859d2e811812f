//! What the desk's pages have in common.

pub use platform::web::reply::{done as go, show};
