//! Pure rules: an issue, a special report's figures, what is a hot topic, what becomes of one.

pub mod issue;
pub mod report;
pub mod surge;
pub mod topic;
