//! What became of one demand, as it is sent.

use matters_rules::Outcome;
use matters_rules::command::DemandResult;
use serde::Deserialize;
use utoipa::ToSchema;

/// The result of one demand.
#[derive(Clone, Copy, Deserialize, ToSchema)]
pub struct DemandOutcome {
    /// Number of the demand, from 1.
    pub demand: u32,
    /// `solved`, `partly`, `explained` or `not_yet`.
    #[schema(value_type = String, example = "solved")]
    pub outcome: Outcome,
}

impl DemandOutcome {
    /// As the rules want them.
    pub(super) fn all(results: Vec<Self>) -> Vec<DemandResult> {
        results.into_iter().map(|Self { demand, outcome }| DemandResult { demand, outcome }).collect()
    }
}
