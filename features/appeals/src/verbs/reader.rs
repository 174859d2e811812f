//! Reads a sent form field by field, gathering everything that cannot be read.

use super::result::DemandOutcome;
use kernel::time::{Date, DateTime, Instant, Zone};
use matters_rules::Outcome;
use platform::ui::{FieldError, Form};
use std::str::FromStr;

/// A sent form, and the zone its local times are in.
#[derive(Clone, Copy)]
pub struct FormData<'a> {
    /// The fields. Files come beside it, see [`super::perform`].
    pub form: &'a Form,
    /// The city's zone.
    pub zone: &'a Zone,
}

/// Reads fields; [`Reader::finish`] makes the request of them or says what is wrong.
pub struct Reader<'a> {
    data: FormData<'a>,
    errors: Vec<FieldError>,
}

impl<'a> Reader<'a> {
    /// A reader of that form.
    pub fn new(data: &FormData<'a>) -> Self {
        Self { data: *data, errors: Vec::new() }
    }

    /// The request, or everything that is wrong with the form.
    ///
    /// # Errors
    /// See above.
    pub fn finish<T>(self, request: impl FnOnce() -> Option<T>) -> Result<T, Vec<FieldError>> {
        let sound = self.errors.is_empty();
        request().filter(|_| sound).ok_or(self.errors)
    }

    /// A text as typed; whether it must be there is checked with its words.
    pub fn typed(&self, field: &str) -> String {
        self.data.form.value(field).to_owned()
    }

    /// A text, or nothing.
    pub fn maybe(&self, field: &str) -> Option<String> {
        self.data.form.text(field).map(str::to_owned)
    }

    /// The lines of a text that say something.
    pub fn lines(&self, field: &str) -> Vec<String> {
        self.data
            .form
            .value(field)
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Whether a box is ticked, or "yes" chosen.
    pub fn ticked(&self, field: &str) -> bool {
        self.data.form.value(field) == "yes"
    }

    /// A choice between yes and no that must be made.
    pub fn yes_or_no(&mut self, field: &str) -> Option<bool> {
        self.code(field, |code| match code {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        })
    }

    /// One of a list of codes.
    pub fn code<T>(&mut self, field: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        match self.data.form.text(field) {
            None => self.refuse(FieldError::new(field, "entry-not-chosen")),
            Some(code) => parse(code).or_else(|| self.refuse(FieldError::new(field, "entry-unknown"))),
        }
    }

    /// One of a list of codes, or none.
    pub fn maybe_code<T>(&mut self, field: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
        if self.data.form.text(field).is_none() { Some(None) } else { self.code(field, parse).map(Some) }
    }

    /// Every ticked code.
    pub fn codes<T>(&mut self, field: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        let found: Option<Vec<T>> = self.data.form.all(field).iter().map(|code| parse(code)).collect();
        found.or_else(|| self.refuse(FieldError::new(field, "entry-unknown")))
    }

    /// A date.
    pub fn maybe_date(&mut self, field: &str) -> Option<Option<Date>> {
        match self.data.form.text(field) {
            None => Some(None),
            Some(text) => match text.parse() {
                Ok(date) => Some(Some(date)),
                Err(_) => self.refuse(FieldError::new(field, "entry-not-a-date")),
            },
        }
    }

    /// A local time of day and date, as the city's clocks show it.
    pub fn moment(&mut self, field: &str) -> Option<Instant> {
        let zone = self.data.zone;
        match self.data.form.text(field).map(DateTime::from_str) {
            None => self.refuse(FieldError::new(field, "entry-missing")),
            Some(Ok(local)) => Some(zone.instant(local)),
            Some(Err(_)) => self.refuse(FieldError::new(field, "entry-not-a-time")),
        }
    }

    /// What became of each demand: fields `outcome-1`, `outcome-2` and so on.
    pub fn results(&mut self) -> Option<Vec<DemandOutcome>> {
        let count: u32 = self.data.form.text("demands").and_then(|count| count.parse().ok()).unwrap_or(1);
        let results: Vec<_> = (1..=count.min(MAX_DEMANDS))
            .map(|demand| {
                let outcome = self.code(&format!("outcome-{demand}"), Outcome::parse)?;
                Some(DemandOutcome { demand, outcome })
            })
            .collect();
        results.into_iter().collect()
    }

    /// Notes something wrong.
    pub fn refuse<T>(&mut self, error: FieldError) -> Option<T> {
        self.errors.push(error);
        None
    }
}

/// No form lists more demands than this.
pub(super) const MAX_DEMANDS: u32 = 50;
