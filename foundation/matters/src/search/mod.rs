//! Full text of matters: what is found by it, and what is like another.
//!
//! - [`MatterTexts`]: what the index holds of a matter, kept close behind the journal.
//! - [`find`]: search over all the reader may see, with the place where the words stand.
//! - [`similar`]: likely duplicates, [`answered_like`]: what others were answered,
//!   [`fitting`]: the categories it may be of and who led what was like it; all say why, and
//!   all only know what the reader may see.
//! - [`measure`]: how often they are right, on texts of which that is known.
//!
//! The index holds terms, never a text; what is shown of a hit is opened under its person's
//! key at that moment. A shielded matter is not in it at all, an erased one no longer.

mod asked;
mod find;
mod fitting;
mod index;
pub mod measure;
mod similar;

pub use asked::{Asked, Why};
pub use find::{Found, Hit, Sought, find, numbered};
pub use fitting::{Fitting, WORTH_OFFERING, fitting, precedents};
pub use index::{INDEX, MatterTexts};
pub(crate) use similar::wanted;
pub use similar::{Answered, Compared, Similar, WORTH_A_LOOK, WORTH_A_LOOK_OF_SAME, answered_like, similar};
