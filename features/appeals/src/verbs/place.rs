//! What a verb is aimed at: read from the address.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use kernel::{MatterId, NodeId};
use platform::Failure;
use serde::Deserialize;

/// The matter, and the assignment where the address names one.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Place {
    /// The matter.
    pub id: MatterId,
    /// The assignment.
    #[serde(default)]
    pub node: Option<NodeId>,
    /// Another matter the verb refers to, once it is looked up.
    #[serde(skip)]
    pub other: Option<MatterId>,
}

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = Failure;

    /// An address that is none of ours is not found, whatever is wrong with it.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        Path::from_request_parts(parts, state).await.map(|Path(place)| place).map_err(|_| Failure::NotFound)
    }
}
