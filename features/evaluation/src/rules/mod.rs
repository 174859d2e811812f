//! Pure rules: a draw of closed matters, and a mark on an anomaly.

pub mod draw;
pub mod mark;
