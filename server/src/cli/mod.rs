//! The commands of the shell, one module each.

pub mod calendar;
