//! The anomaly list 异常清单: what is out of the ordinary, by thresholds that an office sets.
//! It is about units and answers. A telephone stands in it as a number of appellants only, an
//! officer who calls back as a number of calls only.

mod find;
mod marks;
mod page;

pub use find::{Anomaly, AnomalyKind, find};
pub(crate) use marks::marked;
pub use marks::{MarkProjection, Marked, look};
pub(crate) use page::routes;

/// Where the list stands.
pub const PATH: &str = "/desk/evaluation/anomalies";
