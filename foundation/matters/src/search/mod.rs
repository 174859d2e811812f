//! Full text of matters: what is found by it, and what is like another.
//!
//! - [`MatterTexts`]: what the index holds of a matter, kept close behind the journal.
//! - [`find`]: search over all the reader may see, with the place where the words stand.
//! - [`similar`]: likely duplicates, [`answered_like`]: what others were answered; both say
//!   why, and both only know what the reader may see.
//!
//! The index holds terms, never a text; what is shown of a hit is opened under its person's
//! key at that moment. A shielded matter is not in it at all, an erased one no longer.

mod find;
mod index;
mod similar;

pub use find::{Found, Hit, Sought, find, numbered};
pub use index::{INDEX, MatterTexts};
pub(crate) use similar::wanted;
pub use similar::{Answered, Asked, Similar, Why, answered_like, similar};
