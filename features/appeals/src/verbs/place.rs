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

impl Place {
    /// What the tick box of a row in a list says: the matter and its assignment.
    pub fn ticked(value: &str) -> Option<Self> {
        let (matter, node) = value.split_once(':')?;
        let (id, node): (MatterId, NodeId) = (matter.parse().ok()?, node.parse().ok()?);
        Some(Self { id, node: Some(node), other: None })
    }

    /// The value of that tick box.
    pub fn tick(&self) -> Option<String> {
        self.node.map(|node| format!("{}:{node}", self.id))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Place {
    type Rejection = Failure;

    /// An address that is none of ours is not found, whatever is wrong with it.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        Path::from_request_parts(parts, state).await.map(|Path(place)| place).map_err(|_| Failure::NotFound)
    }
}
