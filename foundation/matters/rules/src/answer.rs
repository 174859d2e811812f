//! An answer's words, checked before they are sealed: "forwarded" is no answer
//! (PRODUCT rule 5). The type is the proof that the check was made.

use crate::codes::Lack;
use crate::command::Text;
use kernel::Refusal;
use serde::{Deserialize, Serialize};

/// The fewest characters an answer can have and still say something.
pub const MIN_CHARS: usize = 10;

/// Phrases that hand the appellant on instead of answering.
const FORWARDED: &[&str] = &[
    "已转有关部门",
    "已转相关部门",
    "已转交有关部门",
    "已转交相关部门",
    "已转办",
    "已转交办理",
    "请联系有关部门",
    "请咨询有关部门",
    "请向有关部门反映",
    "forwarded to the department",
];

/// A sealed text whose words passed [`CheckedText::seal`]. It is journaled as the text alone;
/// what it lacks becomes an entry of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CheckedText {
    text: Text,
    #[serde(skip)]
    check: Option<AnswerCheck>,
}

/// What an answer's words lack, see [`crate::quality`], and why it was sent all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerCheck {
    /// What they lack; empty where nothing was found.
    pub lacks: Vec<Lack>,
    /// Keyed print of the words, by which equal answers are told.
    pub print: String,
    /// Why it was sent all the same.
    #[serde(default)]
    pub overridden: Option<Text>,
}

impl CheckedText {
    /// Checks the words, then seals them with `seal`.
    ///
    /// # Errors
    /// `answer-empty`, `answer-too-short` and `answer-forwarded`, each on the field `text`.
    pub fn seal(plain: &str, seal: impl FnOnce(&str) -> Text) -> Result<Self, Refusal> {
        check(plain)?;
        Ok(Self { text: seal(plain.trim()), check: None })
    }

    /// The same with what its words were found to lack.
    #[must_use]
    pub fn with(self, check: AnswerCheck) -> Self {
        Self { check: Some(check), ..self }
    }

    /// What its words were found to lack, where they were looked at.
    pub fn check(&self) -> Option<&AnswerCheck> {
        self.check.as_ref()
    }

    /// The sealed text.
    pub fn text(&self) -> &Text {
        &self.text
    }
}

fn check(plain: &str) -> Result<(), Refusal> {
    let words: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
    if words.is_empty() {
        return Err(Refusal::field("text", "answer-empty"));
    }
    if words.chars().count() < MIN_CHARS {
        return Err(Refusal::field("text", "answer-too-short").with("min", MIN_CHARS));
    }
    let mut rest = words.to_lowercase();
    let mut forwarded = false;
    for phrase in FORWARDED {
        let phrase: String = phrase.chars().filter(|c| !c.is_whitespace()).collect();
        if rest.contains(&phrase) {
            forwarded = true;
            rest = rest.replace(&phrase, "");
        }
    }
    // Naming who has it is fine beside a real answer; alone it is none.
    let substance = rest.chars().filter(|c| c.is_alphanumeric()).count();
    if forwarded && substance < 2 * MIN_CHARS {
        return Err(Refusal::field("text", "answer-forwarded"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Sealed, SubjectId};

    fn seal(plain: &str) -> Result<CheckedText, &'static str> {
        CheckedText::seal(plain, |s| Sealed::from_parts(SubjectId("s".into()), s.len().to_string()))
            .map_err(|refusal| refusal.code)
    }

    #[test]
    fn forwarding_is_no_answer() {
        assert_eq!(seal("  "), Err("answer-empty"));
        assert_eq!(seal("已办结。"), Err("answer-too-short"));
        assert_eq!(seal("您好，您的诉求已转有关部门办理。"), Err("answer-forwarded"));
        assert!(seal("6月14日供电公司到场勘查，6月16日完成增容并送电；后续由园区专人联系，其余事项已转办住建局牵头落实。").is_ok());
    }
}
