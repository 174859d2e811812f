//! The figures of every day, as sums that follow the journal: any period is then a difference
//! of sums, and of the matters only those are looked at for which it is not
//! (`matters_rules::figures::days`) or that were written to since. Equal to the fold, which a
//! test holds.

mod answer;
mod gather;
mod table;

pub(super) use answer::answer;
pub use gather::{FigureDays, Gathering};
