//! The pure words every other crate speaks: time, ids, actors, permissions,
//! events, refusals. No IO, no clock, no randomness: time and ids come in as values.

pub mod actor;
pub mod codes;
pub mod credit_code;
pub mod decide;
pub mod event;
pub mod id;
pub mod initials;
pub mod permission;
pub mod personal;
pub mod reading;
pub mod refusal;
pub mod text;
pub mod time;

pub use actor::{Actor, Hands};
pub use codes::Level;
pub use decide::Aggregate;
pub use event::{Recorded, Source};
pub use id::{AccountId, AddressId, AreaId, BlobId, MatterId, NodeId, ReceptionId, SlipId, TokenId, UnitId};
pub use personal::{Personal, Sealed, SubjectId};
pub use refusal::Refusal;
