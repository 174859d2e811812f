//! The closed loop as pure functions 收集 → 交办 → 督办 → 评估 → 反馈 → 问责: procedures,
//! commands, events, `decide`, `fold`, timers and the figures.
//!
//! This crate depends on `kernel` alone, so it can do no IO and read no clock. Start
//! with [`state`], then [`command`] and [`event`]; `decide/` has one file per group of
//! verbs. The state diagram stands in the README beside this crate.

pub mod answer;
pub mod authority;
pub mod codes;
pub mod command;
pub mod decide;
pub mod enterprise;
pub mod event;
pub mod facts;
pub mod figures;
pub mod fold;
pub mod ground;
pub mod kind;
pub mod limits;
pub mod procedure;
pub mod quality;
pub mod reception;
pub mod refusals;
pub mod results;
pub mod routing;
pub mod sampling;
pub mod standing;
pub mod state;
pub mod timers;
pub mod watch;

pub use codes::*;
pub use command::Command;
pub use decide::MatterRules;
pub use event::Event;
pub use facts::Facts;
pub use ground::GivenGround;
pub use kind::MatterKind;
pub use procedure::Procedure;
pub use state::{Matter, Node, Phase};
