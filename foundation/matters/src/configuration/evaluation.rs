//! What evaluation looks at: empty phrases that are no answer, and the thresholds from which
//! on something is out of the ordinary 评估规则.

use super::{Document, cached, version_in_force};
use kernel::reading::Reading;
use kernel::time::Date;
use kernel::{Refusal, codes};
use platform::{App, Failure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};
use store::Query;
use toml::Spanned;

/// The document as delivered.
pub const DEFAULT: &str = include_str!("../../defaults/evaluation.toml");

codes! {
    /// From where on something is out of the ordinary.
    Threshold, "threshold" {
        /// Days back that are looked at.
        Days = "days",
        /// All satisfied on so many ratings at least …
        FewFrom = "few_from",
        /// … and so many at most.
        FewTo = "few_to",
        /// Minutes between a result and its rating.
        PromptMinutes = "prompt_minutes",
        /// Appellants with one telephone number.
        PhoneAppellants = "phone_appellants",
        /// Answers of one unit with the same words.
        SameAnswers = "same_answers",
        /// Ratings one officer recorded, all positive.
        CallsPositive = "calls_positive",
    }
}

/// One version of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// Its version; rises with each change.
    pub version: u32,
    /// First local date on which it holds.
    pub effective_from: Date,
    /// The phrases that are no answer, retired ones left out.
    pub phrases: Vec<String>,
    thresholds: BTreeMap<&'static str, u32>,
}

/// The document in force today.
///
/// # Errors
/// Whatever the store says.
pub fn in_force(query: &mut dyn Query, app: &App) -> Result<Arc<Evaluation>, Failure> {
    static PARSED: super::Parsed<Evaluation> = LazyLock::new(Mutex::default);
    static DELIVERED: LazyLock<Arc<Evaluation>> =
        LazyLock::new(|| Arc::new(Evaluation::parse(DEFAULT).expect("a test reads the delivered document")));
    match version_in_force(query, app, Document::Evaluation, app.now())? {
        None => Ok(DELIVERED.clone()),
        Some(version) => cached(&PARSED, &version.fingerprint, || {
            Evaluation::parse(&version.toml(query)?).map_err(super::damaged)
        }),
    }
}

impl Evaluation {
    /// Reads the document.
    ///
    /// # Errors
    /// Everything wrong with it, with line and field.
    pub fn parse(text: &str) -> Result<Self, Vec<Refusal>> {
        let mut reading = Reading::new(text);
        let file: File = reading.shape()?;
        reading.codes(file.phrase.iter().map(|line| &line.code), "phrase.code");
        reading.codes(file.threshold.iter().map(|line| &line.code), "threshold.code");
        let mut phrases = Vec::with_capacity(file.phrase.len());
        for line in file.phrase {
            if line.text.trim().is_empty() {
                reading.wrong("document-name-missing", &line.code, "phrase.text");
            }
            if !line.retired {
                phrases.push(line.text.trim().to_owned());
            }
        }
        let mut thresholds = BTreeMap::new();
        for line in file.threshold {
            let Some(threshold) = Threshold::parse(line.code.get_ref()) else {
                let value = line.code.get_ref().clone();
                reading.wrong("threshold-unknown", &line.code, "threshold.code").args.insert("value", value);
                continue;
            };
            match line.value.get_ref().trim().parse() {
                Ok(value) if value > 0 => _ = thresholds.insert(threshold.code(), value),
                _ => _ = reading.wrong("threshold-no-number", &line.value, "threshold.value"),
            }
        }
        let (version, effective_from) = (file.version, file.effective_from);
        reading.finish(Self { version, effective_from, phrases, thresholds })
    }

    /// The value in force; as delivered where the document does not name it.
    pub fn threshold(&self, threshold: Threshold) -> u32 {
        self.thresholds.get(threshold.code()).copied().unwrap_or(match threshold {
            Threshold::Days => 90,
            Threshold::FewFrom | Threshold::PhoneAppellants | Threshold::SameAnswers => 3,
            Threshold::FewTo | Threshold::PromptMinutes | Threshold::CallsPositive => 10,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    effective_from: Date,
    phrase: Vec<Phrase>,
    threshold: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    code: Spanned<String>,
    text: String,
    #[serde(default)]
    retired: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    code: Spanned<String>,
    value: Spanned<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delivered_document_names_every_threshold_as_the_code_falls_back_to() {
        let delivered = Evaluation::parse(DEFAULT).expect("delivered");
        let bare = "version = 1\neffective_from = \"2022-01-01\"\nphrase = []\nthreshold = []";
        let bare = Evaluation::parse(bare).expect("bare");
        assert!(delivered.phrases.iter().any(|phrase| phrase == "已收悉"));
        for threshold in Threshold::ALL {
            assert_eq!(delivered.threshold(*threshold), bare.threshold(*threshold), "{}", threshold.code());
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let code = |from: &str, to: &str| {
            Evaluation::parse(&DEFAULT.replacen(from, to, 1)).expect_err("wrong")[0].code
        };
        assert_eq!(code("code = \"days\"", "code = \"weeks\""), "threshold-unknown");
        assert_eq!(code("value = \"90\"", "value = \"many\""), "threshold-no-number");
        assert_eq!(code("text = \"已收悉\"", "text = \"\""), "document-name-missing");
    }
}
