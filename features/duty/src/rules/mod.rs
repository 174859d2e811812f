//! The pure rules: a unit's [`roster`] and a [`handover`] between two shifts.

pub mod handover;
pub mod roster;
