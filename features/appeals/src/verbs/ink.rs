//! Words on their way into a command: checked, then sealed. What is wrong is gathered, so
//! that a form says everything at once.

use matters_rules::answer::CheckedText;
use matters_rules::command::Text;
use platform::ui::FieldError;

/// Longest line (a title, a place), in characters.
pub(super) const SHORT: usize = 100;
/// Longest reason.
pub(super) const REASON: usize = 1_000;
/// Longest text.
pub(super) const LONG: usize = 5_000;

/// Checks and seals.
pub struct Ink<'a> {
    seal: Box<dyn FnMut(&str) -> Text + 'a>,
    errors: Vec<FieldError>,
}

impl<'a> Ink<'a> {
    /// Ink that seals with `seal`.
    pub fn new(seal: impl FnMut(&str) -> Text + 'a) -> Self {
        Self { seal: Box::new(seal), errors: Vec::new() }
    }

    /// What was wrong.
    pub fn into_errors(self) -> Vec<FieldError> {
        self.errors
    }

    /// A text that must be there.
    pub(super) fn text(&mut self, field: &str, plain: &str, max: usize) -> Option<Text> {
        let plain = plain.trim();
        if plain.is_empty() {
            return self.refuse(FieldError::new(field, "entry-missing"));
        }
        self.within(field, plain, max).then(|| (self.seal)(plain))
    }

    /// A text that may be missing: the outer `None` is an error.
    #[expect(clippy::option_option, reason = "absent and wrong are two things")]
    pub(super) fn optional(&mut self, field: &str, plain: Option<&str>, max: usize) -> Option<Option<Text>> {
        match plain.map(str::trim).filter(|plain| !plain.is_empty()) {
            None => Some(None),
            Some(plain) => self.within(field, plain, max).then(|| Some((self.seal)(plain))),
        }
    }

    /// A text that must be there if `needed`.
    #[expect(clippy::option_option, reason = "absent and wrong are two things")]
    pub(super) fn text_if(&mut self, needed: bool, field: &str, plain: Option<&str>, max: usize) -> Option<Option<Text>> {
        if needed {
            self.text(field, plain.unwrap_or_default(), max).map(Some)
        } else {
            self.optional(field, plain, max)
        }
    }

    /// Several texts, at least one.
    pub(super) fn list(&mut self, field: &str, plain: &[String], max: usize) -> Option<Vec<Text>> {
        if plain.iter().all(|line| line.trim().is_empty()) {
            return self.refuse(FieldError::new(field, "entry-missing"));
        }
        let lines = plain.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
        lines.map(|line| self.within(field, line, max).then(|| (self.seal)(line))).collect()
    }

    /// An answer, which must say something.
    pub(super) fn answer(&mut self, field: &str, plain: &str) -> Option<CheckedText> {
        if !self.within(field, plain.trim(), LONG) {
            return None;
        }
        CheckedText::seal(plain, &mut self.seal).map_err(|refusal| self.errors.push((&refusal).into())).ok()
    }

    /// Notes something wrong.
    pub(super) fn refuse<T>(&mut self, error: FieldError) -> Option<T> {
        self.errors.push(error);
        None
    }

    fn within(&mut self, field: &str, plain: &str, max: usize) -> bool {
        let fits = plain.chars().count() <= max;
        if !fits {
            self.errors.push(FieldError::new(field, "entry-too-long").with("max", max));
        }
        fits
    }
}
