//! The shape of every rule in the product: decide on a command, fold the events.

use crate::{Recorded, Refusal};
use serde::{Serialize, de::DeserializeOwned};

/// A kind of stream in the journal with its pure rules.
///
/// Architecture invariant: both functions are synchronous and take no handle; whatever
/// they need to know of the world (now, fresh ids, the actor, the calendar, looked-up
/// rows) stands in `Facts`.
pub trait Aggregate {
    /// What the past adds up to. `Default` is the stream that has no event yet.
    type State: Default + Clone + Send;
    /// What someone wants.
    type Command: Send;
    /// What happened. Serialized into the journal; shapes only ever grow.
    type Event: Serialize + DeserializeOwned + Clone + Send;
    /// What is known of the world when deciding.
    type Facts: Send;

    /// Prefix of its stream names: `<KIND>:<id>`.
    const KIND: &'static str;

    /// The name under which an event is journaled, e.g. `accepted`.
    fn event_kind(event: &Self::Event) -> &'static str;

    /// What follows from the command, or why nothing does.
    ///
    /// # Errors
    /// A [`Refusal`] names the rule that stands in the way.
    fn decide(
        state: &Self::State,
        command: &Self::Command,
        facts: &Self::Facts,
    ) -> Result<Vec<Self::Event>, Refusal>;

    /// The state after one more event. Total: whatever the journal holds, folds.
    fn fold(state: Self::State, event: &Recorded<Self::Event>) -> Self::State;
}
