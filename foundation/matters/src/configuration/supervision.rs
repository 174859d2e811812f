//! Rules of supervision 督办规则: conditions on an assignment, and the measure that is taken
//! where all of them hold. Their conditions are the rules' own (`matters_rules::watch`).

use super::name::Name;

use super::{Document, cached, version_in_force};
use kernel::Refusal;
use kernel::reading::Reading;
use kernel::time::Date;
use matters_rules::watch::Condition;
use matters_rules::{Addressee, Colour, Measure};
use platform::{App, Failure};
use serde::Deserialize;
use std::sync::{Arc, LazyLock, Mutex};
use store::Query;
use toml::Spanned;

/// The rules as delivered.
pub const DEFAULT: &str = include_str!("../../defaults/supervision.toml");

/// One version of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supervision {
    /// Its version; rises with each change.
    pub version: u32,
    /// First local date on which it holds.
    pub effective_from: Date,
    /// In the order of the list, retired ones too.
    pub rules: Vec<Rule>,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Name,
    /// All of these must hold; never empty.
    pub when: Vec<Condition>,
    /// What is done then.
    pub measure: Measure,
    /// For whom.
    pub to: Addressee,
    /// Of a slip.
    pub colour: Colour,
    /// It fires no more.
    pub retired: bool,
}

/// The rules in force today.
///
/// # Errors
/// Whatever the store says.
pub fn in_force(query: &mut dyn Query, app: &App) -> Result<Arc<Supervision>, Failure> {
    static PARSED: super::Parsed<Supervision> = LazyLock::new(Mutex::default);
    static DELIVERED: LazyLock<Arc<Supervision>> =
        LazyLock::new(|| Arc::new(Supervision::parse(DEFAULT).expect("a test reads the delivered rules")));
    match version_in_force(query, app, Document::Supervision, app.now())? {
        None => Ok(DELIVERED.clone()),
        Some(version) => cached(&PARSED, &version.fingerprint, || {
            Supervision::parse(&version.toml(query)?).map_err(super::damaged)
        }),
    }
}

/// What a rule was called in the version under which it fired; its code where that version
/// was never published here.
///
/// # Errors
/// Whatever the store says.
pub fn name_of(query: &mut dyn Query, rule: &str, version: u32) -> Result<Name, Failure> {
    let text = match super::version_named(query, Document::Supervision, &version.to_string())? {
        Some(found) => found.toml(query)?,
        None => DEFAULT.to_owned(),
    };
    let rules = Supervision::parse(&text).map_err(super::damaged)?;
    let by_code = || Name { zh: rule.to_owned(), en: String::new() };
    Ok(rules.get(rule).map_or_else(by_code, |rule| rule.name.clone()))
}

impl Supervision {
    /// Reads the rules.
    ///
    /// # Errors
    /// Everything wrong with them, with line and field.
    pub fn parse(text: &str) -> Result<Self, Vec<Refusal>> {
        let mut reading = Reading::new(text);
        let file: File = reading.shape()?;
        reading.codes(file.rule.iter().map(|line| &line.code), "rule.code");
        let known: Vec<String> = file.rule.iter().map(|line| line.code.get_ref().clone()).collect();
        let mut rules = Vec::with_capacity(file.rule.len());
        for line in file.rule {
            if line.zh.trim().is_empty() {
                reading.wrong("document-name-missing", &line.code, "rule.zh");
            }
            let when = conditions(&mut reading, &line, &known);
            let measure = code(
                &mut reading,
                &line.measure,
                "rule.measure",
                Measure::parse,
                Measure::ALL,
                Measure::code,
            );
            let to =
                code(&mut reading, &line.to, "rule.to", Addressee::parse, Addressee::ALL, Addressee::code);
            let colour = match &line.colour {
                Some(colour) => {
                    code(&mut reading, colour, "rule.colour", Colour::parse, Colour::ALL, Colour::code)
                }
                None => Some(Colour::Yellow),
            };
            if let (Some(measure), Some(to), Some(colour)) = (measure, to, colour) {
                rules.push(Rule {
                    code: line.code.into_inner(),
                    name: Name { zh: line.zh, en: line.en },
                    when,
                    measure,
                    to,
                    colour,
                    retired: line.retired,
                });
            }
        }
        let (version, effective_from) = (file.version, file.effective_from);
        reading.finish(Self { version, effective_from, rules })
    }

    /// The rule of that code, retired or not.
    pub fn get(&self, code: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.code == code)
    }

    /// The rules that fire.
    pub fn acting(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| !rule.retired)
    }

    pub(super) fn removed_since(&self, before: &Self) -> Vec<String> {
        let gone = |rule: &&Rule| self.get(&rule.code).is_none();
        before.rules.iter().filter(gone).map(|rule| rule.code.clone()).collect()
    }
}

fn conditions(reading: &mut Reading<'_>, line: &Line, known: &[String]) -> Vec<Condition> {
    if line.when.is_empty() {
        reading.wrong("rule-when-missing", &line.code, "rule.when");
    }
    let mut when = Vec::with_capacity(line.when.len());
    for text in &line.when {
        let value = text.get_ref();
        match value.parse() {
            Ok(Condition::After(rule, _)) if !known.contains(&rule) || rule == *line.code.get_ref() => {
                reading.wrong("rule-after-unknown", text, "rule.when").args.insert("value", rule);
            }
            Ok(condition) => when.push(condition),
            Err(_) => {
                reading.wrong("rule-when-unreadable", text, "rule.when").args.insert("value", value.clone());
            }
        }
    }
    when
}

fn code<T: Copy>(
    reading: &mut Reading<'_>,
    text: &Spanned<String>,
    field: &str,
    parse: fn(&str) -> Option<T>,
    all: &[T],
    code: fn(T) -> &'static str,
) -> Option<T> {
    let read = parse(text.get_ref());
    if read.is_none() {
        let known: Vec<_> = all.iter().map(|item| code(*item)).collect();
        let refusal = reading.wrong("rule-code-unknown", text, field);
        refusal.args.insert("value", text.get_ref().clone());
        refusal.args.insert("known", known.join("、"));
    }
    read
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
    when: Vec<Spanned<String>>,
    measure: Spanned<String>,
    to: Spanned<String>,
    #[serde(default)]
    colour: Option<Spanned<String>>,
    #[serde(default)]
    retired: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delivered_rules_read() {
        let rules = Supervision::parse(DEFAULT).expect("delivered");
        assert!(rules.acting().count() >= 10);
        assert!(rules.rules.iter().all(|rule| !rule.name.en.is_empty() && !rule.when.is_empty()));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let code = |from: &str, to: &str| {
            Supervision::parse(&DEFAULT.replacen(from, to, 1)).expect_err("wrong")[0].code
        };
        assert_eq!(code("light = yellow", "light = pink"), "rule-when-unreadable");
        assert_eq!(code("[\"light = yellow\"]", "[]"), "rule-when-missing");
        assert_eq!(code("after late-head", "after late-tail"), "rule-after-unknown");
        assert_eq!(code("\"reminder\"", "\"hint\""), "rule-code-unknown");
        assert_eq!(code("\"late-urge\"", "\"late-head\""), "document-code-twice");
    }
}
