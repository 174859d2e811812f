//! The figures: one pure fold over dated facts, the same for the command line, the pages
//! and whoever checks them from outside. Every matter lands in exactly one cell of each
//! counting identity by construction.

mod cell;
pub mod days;
mod facts;
mod fold;
mod life;
mod parts;
#[cfg(test)]
mod properties;
mod rates;
mod suppress;
#[cfg(test)]
mod tests;

pub use cell::Cell;
pub use facts::{Deadline, Fact, FactKind, Traits, facts_between, facts_of};
pub use fold::{Figures, Query, figures, tally};
pub use life::Tally;
pub use parts::{Breakdown, By, FLOWS, bucket, parts, turning_points};
pub use rates::{Rate, RateDef};
pub use suppress::{SMALLEST_GROUP, suppress};
