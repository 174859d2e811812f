//! The pure rules: what an item says ([`content`]), its life ([`item`]), and what was quoted
//! on a matter ([`quote`]).

pub mod content;
pub mod item;
pub mod quote;

pub use content::{Content, Document, DocumentFile, Kind, Offer};
pub use item::{Command, Event, Facts, Item, ItemRules, Outcome, Report, ReportId, State, Version};
pub use quote::{Quoted, Quoting};
