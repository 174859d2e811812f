//! Pure rules: a draw of calls, the check of one, figures of many.

pub mod check;
pub mod draw;
pub mod figures;
