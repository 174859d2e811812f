//! A mark on an anomaly: someone looked at it and says what it is. It holds for what was
//! there then; when more comes, it is looked at anew.

use kernel::{Actor, Aggregate, Recorded, Refusal};
use serde::{Deserialize, Serialize};

/// Someone looked at it.
#[derive(Clone, Debug)]
pub struct Look {
    /// How many rows it had.
    pub count: u64,
    /// What it is, sealed with the platform's own key.
    pub words: String,
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "fields as in `Look`")]
pub enum Event {
    Looked { count: u64, words: String },
}

/// How many rows were looked at.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// See [`Look`].
    pub count: u64,
}

/// What a look needs to know of the world.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Who looks.
    pub actor: Actor,
}

/// The rules of a mark.
#[derive(Clone, Copy, Debug)]
pub struct MarkRules;

impl Aggregate for MarkRules {
    type State = Mark;
    type Command = Look;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "anomaly";

    fn event_kind(_: &Event) -> &'static str {
        "anomaly_looked"
    }

    fn decide(mark: &Mark, look: &Look, _: &Facts) -> Result<Vec<Event>, Refusal> {
        if look.count <= mark.count {
            return Err(Refusal::new("anomaly-looked-already"));
        }
        Ok(vec![Event::Looked { count: look.count, words: look.words.clone() }])
    }

    fn fold(_: Mark, event: &Recorded<Event>) -> Mark {
        let Event::Looked { count, .. } = &event.event;
        Mark { count: *count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_looked_at_again_only_when_more_came() {
        let facts = Facts { actor: Actor::Public };
        let look = |count| Look { count, words: String::new() };
        let decide = |known, count| MarkRules::decide(&Mark { count: known }, &look(count), &facts).is_ok();
        assert!(decide(0, 3) && decide(3, 4));
        assert!(!decide(3, 3));
    }
}
