//! An event as the journal gives it back: what, when, by whom, and how it got there.

use crate::Actor;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// How an entry came into the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Recorded as it happened; its effective time is when it was recorded.
    Live,
    /// Taken over from another system; counts by when it occurred.
    Imported,
    /// Replayed from a script (the demo city); counts by when it occurred.
    Replayed,
}

impl Source {
    /// The code stored in the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Imported => "imported",
            Self::Replayed => "replayed",
        }
    }

    /// Reads the code stored in the journal.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "live" => Some(Self::Live),
            "imported" => Some(Self::Imported),
            "replayed" => Some(Self::Replayed),
            _ => None,
        }
    }
}

/// One event with its circumstances.
#[derive(Clone, Debug)]
pub struct Recorded<E> {
    /// Position in its stream, from 1.
    pub version: i64,
    /// When it is said to have happened.
    pub occurred_at: Instant,
    /// When the platform wrote it down.
    pub recorded_at: Instant,
    /// How it got here.
    pub source: Source,
    /// Who did it.
    pub actor: Actor,
    /// What happened.
    pub event: E,
}

impl<E> Recorded<E> {
    /// The time that counts (PRODUCT rule 1): when it was recorded, unless it is marked as
    /// imported or replayed. So nothing live can be back-dated.
    pub fn at(&self) -> Instant {
        match self.source {
            Source::Live => self.recorded_at,
            Source::Imported | Source::Replayed => self.occurred_at,
        }
    }
}
