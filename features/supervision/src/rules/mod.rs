//! The pure rules of this feature.

pub mod slip;
