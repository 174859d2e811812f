//! What a register is and what may happen to its records: pure. Start with [`definition`]
//! for the file an office writes, [`record`] for the life of one record.

pub mod amount;
pub mod definition;
pub mod definitions;
pub mod derive;
pub mod expression;
pub mod import;
pub mod record;
pub mod recurrence;
pub mod value;

mod cadence;
mod change;
mod decide;
mod lines;
mod words;

pub use amount::{Bound, Decimal, MoneyUnit};
pub use cadence::Cadence;
pub use change::{Effect, How, effects};
pub use definition::Definition;
pub use record::{Record, RecordCommand, RecordEvent, RecordFacts, RecordState};
pub use value::{Value, Values};
pub use words::forbidden;

use serde::{Deserialize, Serialize};

/// What a thing is called. English may be empty: then the Chinese name stands for both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Chinese.
    pub zh: String,
    /// English; may be empty.
    pub en: String,
}

impl Name {
    /// As a reader of English, or of Chinese, sees it.
    pub fn read(&self, english: bool) -> &str {
        if english && !self.en.is_empty() { &self.en } else { &self.zh }
    }
}
