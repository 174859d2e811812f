//! Words on their way into a command: checked, then sealed. What is wrong is gathered, so
//! that a form says everything at once.

use matters::quality::Examined;
use matters_rules::Lack;
use matters_rules::answer::{AnswerCheck, CheckedText};
use matters_rules::command::Text;
use platform::ui::{FieldError, Form};
use std::collections::BTreeSet;

/// Longest line (a title, a place), in characters.
pub(super) const SHORT: usize = 100;
/// Longest reason.
pub(super) const REASON: usize = 1_000;
/// Longest text.
pub(super) const LONG: usize = 5_000;

/// Checks and seals.
pub struct Ink<'a> {
    seal: Box<dyn FnMut(&str) -> Text + 'a>,
    examined: Option<Examined>,
    errors: Vec<FieldError>,
}

impl<'a> Ink<'a> {
    /// Ink that seals with `seal`.
    pub fn new(seal: impl FnMut(&str) -> Text + 'a) -> Self {
        Self { seal: Box::new(seal), examined: None, errors: Vec::new() }
    }

    /// The same, knowing what the words of the answer lack.
    #[must_use]
    pub fn examined(self, examined: Option<Examined>) -> Self {
        Self { examined, ..self }
    }

    /// What was wrong.
    pub fn into_errors(self) -> Vec<FieldError> {
        self.errors
    }

    /// A text that must be there.
    pub(super) fn text(&mut self, field: &str, plain: &str, max: usize) -> Option<Text> {
        let plain = self.plain(field, plain, max)?;
        Some((self.seal)(&plain))
    }

    /// The same, where it names nobody and stays readable.
    pub(super) fn plain(&mut self, field: &str, plain: &str, max: usize) -> Option<String> {
        let plain = plain.trim();
        if plain.is_empty() {
            return self.refuse(FieldError::new(field, "entry-missing"));
        }
        self.within(field, plain, max).then(|| plain.to_owned())
    }

    /// A text that may be missing: the outer `None` is an error.
    pub(super) fn optional(&mut self, field: &str, plain: Option<&str>, max: usize) -> Option<Option<Text>> {
        match plain.map(str::trim).filter(|plain| !plain.is_empty()) {
            None => Some(None),
            Some(plain) => self.within(field, plain, max).then(|| Some((self.seal)(plain))),
        }
    }

    /// A text that must be there if `needed`.
    pub(super) fn text_if(
        &mut self,
        needed: bool,
        field: &str,
        plain: Option<&str>,
        max: usize,
    ) -> Option<Option<Text>> {
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

    /// An answer, which must say something. Where its words lack something, `why` says why it
    /// is sent all the same.
    pub(super) fn answer(&mut self, field: &str, plain: &str, why: Option<&str>) -> Option<CheckedText> {
        if !self.within(field, plain.trim(), LONG) {
            return None;
        }
        let sealed = CheckedText::seal(plain, &mut self.seal);
        let text = sealed.map_err(|refusal| self.errors.push((&refusal).into())).ok()?;
        let Some(Examined { lacking, print }) = self.examined.take() else { return Some(text) };
        let why = self.optional("override_reason", why, REASON)?;
        if why.is_none() && !lacking.is_empty() {
            for found in &lacking {
                let error = FieldError::new(field, lack_code(found.lack)).with("what", found.what.as_str());
                self.errors.push(error);
            }
            return None;
        }
        let overridden = why.filter(|_| !lacking.is_empty());
        let lacks = lacking.into_iter().map(|found| found.lack).collect::<BTreeSet<_>>();
        Some(text.with(AnswerCheck { lacks: lacks.into_iter().collect(), print, overridden }))
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

/// The code under which a form says that.
fn lack_code(lack: Lack) -> &'static str {
    match lack {
        Lack::EmptyPhrase => "answer-empty-phrase",
        Lack::NoDateOrAct => "answer-no-date-or-act",
        Lack::DemandUnanswered => "answer-demand-unanswered",
        Lack::SameAsOther => "answer-same-as-other",
    }
}

/// Whether a form says what its answer lacks, or why it is sent all the same: then it asks
/// for that reason.
pub fn asks_why(form: &Form) -> bool {
    let is_lack = |error: &FieldError| Lack::ALL.iter().any(|lack| lack_code(*lack) == error.code);
    form.text("override_reason").is_some() || form.errors().iter().any(is_lack)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Sealed, SubjectId};

    fn seal(plain: &str) -> Text {
        Sealed::from_parts(SubjectId("s".into()), plain.to_owned())
    }

    #[test]
    fn everything_wrong_is_gathered_and_nothing_wrong_is_sealed() {
        let mut ink = Ink::new(seal);
        assert!(ink.text("reason", "  ", REASON).is_none());
        assert!(ink.text("title", &"长".repeat(SHORT + 1), SHORT).is_none());
        assert!(ink.answer("text", "已转有关部门", None).is_none());
        assert!(ink.list("demands", &["".into(), " ".into()], REASON).is_none());
        let codes: Vec<_> = ink.into_errors().into_iter().map(|error| error.code).collect();
        assert_eq!(codes, ["entry-missing", "entry-too-long", "answer-too-short", "entry-missing"]);
    }

    #[test]
    fn what_may_be_left_out_may_be_but_not_be_too_long() {
        let mut ink = Ink::new(seal);
        assert_eq!(ink.optional("note", Some(" "), REASON), Some(None));
        assert_eq!(ink.optional("note", Some(" 好 "), REASON), Some(Some(seal("好"))));
        assert_eq!(ink.text_if(true, "reason", None, REASON), None);
        assert_eq!(ink.text_if(false, "reason", None, REASON), Some(None));
        assert_eq!(ink.into_errors().len(), 1);
    }
}
