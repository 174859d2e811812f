//! The ground of a step as it was given: its code and its words as the office had them that
//! day. Later wordings change nothing of what was said.

use serde::{Deserialize, Serialize};

/// See the module. It names nobody and lies in the journal as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenGround {
    /// Its code among the configured grounds of that kind of step.
    pub code: String,
    /// Its wording in Chinese.
    pub zh: String,
    /// The same in English; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
    /// The act, regulation or document it rests on; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis_zh: String,
    /// The same in English; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis_en: String,
}
