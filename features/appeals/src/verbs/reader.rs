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
    /// When it was sent.
    pub now: Instant,
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

    /// A text as typed; whether it may be empty is for the caller to say.
    pub fn typed(&self, field: &str) -> String {
        self.data.form.value(field).to_owned()
    }

    /// A text that must be there, as typed.
    pub fn needed(&mut self, field: &str) -> String {
        if self.data.form.text(field).is_none() {
            self.errors.push(FieldError::new(field, "entry-missing"));
        }
        self.typed(field)
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

    /// One of a list that others know: whether it is on it, the rules say.
    pub fn chosen(&mut self, field: &str) -> Option<String> {
        self.code(field, |code| Some(code.to_owned()))
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

    /// A whole number, or nothing.
    pub fn maybe_number(&mut self, field: &str) -> Option<Option<u32>> {
        match self.data.form.text(field).map(str::parse) {
            None => Some(None),
            Some(Ok(number)) => Some(Some(number)),
            Some(Err(_)) => self.refuse(FieldError::new(field, "entry-not-a-number")),
        }
    }

    /// A date that must be there.
    pub fn date(&mut self, field: &str) -> Option<Date> {
        match self.maybe_date(field)? {
            None => self.refuse(FieldError::new(field, "entry-missing")),
            found => found,
        }
    }

    /// A date, or nothing.
    pub fn maybe_date(&mut self, field: &str) -> Option<Option<Date>> {
        match self.data.form.text(field) {
            None => Some(None),
            Some(text) => match text.parse() {
                Ok(date) => Some(Some(date)),
                Err(_) => self.refuse(FieldError::new(field, "entry-not-a-date")),
            },
        }
    }

    /// A local time of day and date, as the city's clocks show it. Clocks are read to the
    /// minute: the last moment of it that has passed is meant, so that what is noted in the
    /// minute of an assignment does not lie before it. A minute to come is its beginning.
    pub fn moment(&mut self, field: &str) -> Option<Instant> {
        let FormData { form, zone, now } = self.data;
        match form.text(field).map(DateTime::from_str) {
            None => self.refuse(FieldError::new(field, "entry-missing")),
            Some(Ok(local)) => {
                let begins = zone.instant(local);
                let ends = begins.plus_micros(MINUTE_MICROS - 1);
                Some(if begins <= now { ends.min(now) } else { begins })
            }
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

const MINUTE_MICROS: i64 = 60_000_000;

/// No form lists more demands than this.
pub(super) const MAX_DEMANDS: u32 = 50;

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str, now: &str) -> Option<Instant> {
        let form: Form = [("at".to_owned(), typed.to_owned())].into_iter().collect();
        let (zone, now) = (Zone::default(), now.parse().expect("a moment"));
        Reader::new(&FormData { form: &form, zone: &zone, now }).moment("at")
    }

    fn moment(text: &str) -> Option<Instant> {
        Some(text.parse().expect("a moment"))
    }

    #[test]
    fn a_typed_minute_is_the_last_moment_of_it_that_has_passed() {
        let now = "2026-11-23T02:30:20Z";
        assert_eq!(read("2026-11-23T10:30", now), moment(now));
        assert_eq!(read("2026-11-23T10:29", now), moment("2026-11-23T02:29:59.999999Z"));
        assert_eq!(read("2026-11-23T10:31", now), moment("2026-11-23T02:31:00Z"));
        assert_eq!(read("gestern", now), None);
    }
}
