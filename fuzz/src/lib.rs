//! See `targets.rs`.

pub mod targets;
