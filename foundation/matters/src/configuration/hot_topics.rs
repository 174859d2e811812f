//! From when on a category in a place is a hot topic 热点预警规则.

use super::{Document, Name, cached, version_in_force};
use kernel::Refusal;
use kernel::reading::Reading;
use kernel::time::Date;
use platform::{App, Failure};
use serde::Deserialize;
use std::sync::{Arc, LazyLock, Mutex};
use store::Query;
use toml::Spanned;

/// The document as delivered.
pub const DEFAULT: &str = include_str!("../../defaults/hot-topics.toml");

/// The most hours that a rule looks at: two weeks overlap from then on.
const HOURS_MAX: u32 = 168;
/// The most weeks that a rule looks back.
const WEEKS_MAX: u32 = 52;

/// One version of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HotTopics {
    /// Its version; rises with each change.
    pub version: u32,
    /// First local date on which it holds.
    pub effective_from: Date,
    /// The rules, retired ones among them.
    pub rules: Vec<SurgeRule>,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurgeRule {
    /// What topics name it by.
    pub code: String,
    /// Its name.
    pub name: Name,
    /// Hours looked at.
    pub hours: u32,
    /// Matters at least.
    pub minimum: u32,
    /// Times the mean of the weeks before, in tenths.
    pub factor: u32,
    /// Weeks looked back.
    pub weeks: u32,
    /// No longer in use.
    pub retired: bool,
}

/// The document in force today.
///
/// # Errors
/// Whatever the store says.
pub fn in_force(query: &mut dyn Query, app: &App) -> Result<Arc<HotTopics>, Failure> {
    static PARSED: super::Parsed<HotTopics> = LazyLock::new(Mutex::default);
    static DELIVERED: LazyLock<Arc<HotTopics>> =
        LazyLock::new(|| Arc::new(HotTopics::parse(DEFAULT).expect("a test reads the delivered document")));
    match version_in_force(query, app, Document::HotTopics, app.now())? {
        None => Ok(DELIVERED.clone()),
        Some(version) => cached(&PARSED, &version.fingerprint, || {
            HotTopics::parse(&version.toml(query)?).map_err(super::damaged)
        }),
    }
}

impl HotTopics {
    /// Reads the document.
    ///
    /// # Errors
    /// Everything wrong with it, with line and field.
    pub fn parse(text: &str) -> Result<Self, Vec<Refusal>> {
        let mut reading = Reading::new(text);
        let file: File = reading.shape()?;
        reading.codes(file.rule.iter().map(|line| &line.code), "rule.code");
        let mut rules = Vec::with_capacity(file.rule.len());
        for line in file.rule {
            if line.zh.trim().is_empty() {
                reading.wrong("document-name-missing", &line.code, "rule.zh");
            }
            let mut number = |field, text: &Spanned<String>, most: u32| {
                let read = text.get_ref().trim().parse::<u32>().ok();
                read.filter(|n| (1..=most).contains(n)).unwrap_or_else(|| {
                    reading.wrong("surge-no-number", text, field).args.insert("max", most.to_string());
                    1
                })
            };
            rules.push(SurgeRule {
                hours: number("rule.hours", &line.hours, HOURS_MAX),
                minimum: number("rule.minimum", &line.minimum, 100_000),
                weeks: number("rule.weeks", &line.weeks, WEEKS_MAX),
                factor: tenths(line.factor.get_ref()).unwrap_or_else(|| {
                    reading.wrong("surge-no-factor", &line.factor, "rule.factor");
                    10
                }),
                code: line.code.into_inner(),
                name: Name { zh: line.zh, en: line.en },
                retired: line.retired,
            });
        }
        let (version, effective_from) = (file.version, file.effective_from);
        reading.finish(Self { version, effective_from, rules })
    }

    /// The rule of that code, retired or not.
    pub fn rule(&self, code: &str) -> Option<&SurgeRule> {
        self.rules.iter().find(|rule| rule.code == code)
    }

    /// The codes that an earlier version had and this one does not.
    pub fn removed_since<'a>(&self, before: &'a Self) -> Vec<&'a str> {
        before.rules.iter().map(|rule| rule.code.as_str()).filter(|code| self.rule(code).is_none()).collect()
    }
}

/// `1.5` as 15; none for what is no number from 1 to 100 with one decimal.
fn tenths(text: &str) -> Option<u32> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let digit = part.parse::<u32>().ok().filter(|_| part.len() == 1)?;
    let tenths = whole.parse::<u32>().ok()?.checked_mul(10)? + digit;
    (10..=1000).contains(&tenths).then_some(tenths)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    effective_from: Date,
    rule: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    code: Spanned<String>,
    zh: String,
    #[serde(default)]
    en: String,
    hours: Spanned<String>,
    minimum: Spanned<String>,
    factor: Spanned<String>,
    weeks: Spanned<String>,
    #[serde(default)]
    retired: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delivered_rules_read() {
        let delivered = HotTopics::parse(DEFAULT).expect("delivered");
        let day = delivered.rule("day").expect("there");
        assert_eq!((day.hours, day.minimum, day.factor, day.weeks), (24, 5, 20, 4));
        assert_eq!(delivered.rule("three_days").map(|rule| rule.factor), Some(15));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let code = |from: &str, to: &str| {
            HotTopics::parse(&DEFAULT.replacen(from, to, 1)).expect_err("wrong")[0].code
        };
        assert_eq!(code("hours = \"24\"", "hours = \"169\""), "surge-no-number");
        assert_eq!(code("minimum = \"5\"", "minimum = \"0\""), "surge-no-number");
        assert_eq!(code("factor = \"2\"", "factor = \"0.5\""), "surge-no-factor");
        assert_eq!(code("factor = \"1.5\"", "factor = \"1.25\""), "surge-no-factor");
        assert_eq!(code("zh = \"24小时内集中反映\"", "zh = \"\""), "document-name-missing");
    }
}
