//! Why a command was not carried out, as a code with arguments; the words stand in the
//! locale files under `refusal-<code>`.

use serde::Serialize;
use std::collections::BTreeMap;

/// A rule's "no". Never an error of the machine: the sender can do something about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("refused: {code}")]
pub struct Refusal {
    /// Stable code in kebab-case; the message key is `refusal-<code>`.
    pub code: &'static str,
    /// The form field (or JSON member) it concerns, where there is one.
    pub field: Option<&'static str>,
    /// Values for the message's placeholders. Never personal data.
    pub args: BTreeMap<&'static str, String>,
}

impl Refusal {
    /// A refusal that concerns the whole command.
    pub fn new(code: &'static str) -> Self {
        Self { code, field: None, args: BTreeMap::new() }
    }

    /// A refusal that concerns one field.
    pub fn field(field: &'static str, code: &'static str) -> Self {
        Self { code, field: Some(field), args: BTreeMap::new() }
    }

    /// Adds a value for the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.insert(name, value.to_string());
        self
    }
}
