//! What passes between platforms, as pure functions.
//!
//! - [`wire`]: the messages, in the form they have on the line and in files.
//! - [`news`]: which events of a matter the other side is told of.
//! - [`partner`]: another platform, above or below.
//! - [`handover`]: one matter that passed between two platforms, with every message about it.

pub mod handover;
pub mod news;
pub mod partner;
pub mod wire;
