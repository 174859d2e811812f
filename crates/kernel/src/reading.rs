//! Reads a configuration file and says where it is wrong: line, field, what to do.

use crate::Refusal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use toml::Spanned;

/// A file while it is read: finds the line of what is wrong in it.
pub struct Reading<'t> {
    text: &'t str,
    problems: Vec<Refusal>,
}

impl<'t> Reading<'t> {
    /// Begins to read.
    pub fn new(text: &'t str) -> Self {
        Self { text, problems: Vec::new() }
    }

    /// The file as that shape.
    ///
    /// # Errors
    /// `document-unreadable`, with line and field.
    pub fn shape<T: DeserializeOwned>(&self) -> Result<T, Vec<Refusal>> {
        let unreadable = |field: String, error: &toml::de::Error| {
            let line = error.span().map_or(1, |span| self.line(span.start));
            vec![problem("document-unreadable", line, &field).with("error", error.message())]
        };
        let reader =
            toml::Deserializer::parse(self.text).map_err(|error| unreadable(String::new(), &error))?;
        serde_path_to_error::deserialize(reader).map_err(|error| {
            let field = error.path().to_string();
            unreadable(field, error.inner())
        })
    }

    /// Notes that something is wrong at that place.
    pub fn wrong<T>(&mut self, code: &'static str, at: &Spanned<T>, field: &str) -> &mut Refusal {
        let line = self.line(at.span().start);
        self.problems.push(problem(code, line, field));
        self.problems.last_mut().expect("just pushed")
    }

    /// Codes that are empty, malformed or said twice.
    pub fn codes<'a>(&mut self, codes: impl Iterator<Item = &'a Spanned<String>>, field: &str) {
        let mut seen = BTreeSet::new();
        for code in codes {
            let text = code.get_ref();
            if text.trim().is_empty() || text.chars().count() > 40 || text.contains(char::is_whitespace) {
                self.wrong("document-code-malformed", code, field).args.insert("value", text.clone());
            } else if !seen.insert(text.clone()) {
                self.wrong("document-code-twice", code, field).args.insert("value", text.clone());
            }
        }
    }

    /// What was found wrong, if anything.
    ///
    /// # Errors
    /// All of it.
    pub fn finish<T>(self, value: T) -> Result<T, Vec<Refusal>> {
        if self.problems.is_empty() { Ok(value) } else { Err(self.problems) }
    }

    fn line(&self, at: usize) -> usize {
        self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
    }
}

/// Something wrong with a file, with its place.
pub fn problem(code: &'static str, line: usize, field: &str) -> Refusal {
    let field = if field.is_empty() { "·" } else { field };
    Refusal::field("toml", code).with("line", line).with("field", field)
}

/// The file that reads back as this value.
pub fn written(value: &impl Serialize) -> String {
    toml::to_string(value).expect("a configuration has no map with keys that are no text")
}
