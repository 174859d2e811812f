//! When and on what paper a unit changed. Changes are recorded in the order in which they
//! take effect: so the network of any day is what it was after the changes up to then, and
//! nothing recorded later can tear it.

use kernel::Refusal;
use kernel::time::Date;
use serde::{Deserialize, Serialize};

/// The day a change takes effect, the document that orders it, and why; all of it unsaid for
/// what a list told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// From which day on. Of a unit that a first list named: none, it has been so since before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// The document's number, e.g. 娄编发〔2022〕5号.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Dated {
    /// What a list tells: the day at most.
    pub fn listed(on: Option<Date>) -> Self {
        Self { on, ..Self::default() }
    }

    /// Whether it can be recorded on `today`, after what took effect last.
    ///
    /// # Errors
    /// Says which field is wrong.
    pub fn check(&self, today: Date, last: Option<Date>) -> Result<(), Refusal> {
        let on = self.on.ok_or_else(|| Refusal::field("on", "unit-change-day-missing"))?;
        if on > today {
            return Err(Refusal::field("on", "unit-change-future"));
        }
        if let Some(last) = last.filter(|last| on < *last) {
            return Err(Refusal::field("on", "unit-change-before-last").with("date", last));
        }
        if self.document.trim().is_empty() {
            return Err(Refusal::field("document", "unit-document-missing"));
        }
        if self.reason.trim().is_empty() {
            return Err(Refusal::field("reason", "unit-reason-missing"));
        }
        Ok(())
    }
}
