//! Seals the words of a command under the matter's subject before the rules see them.

use kernel::text::plain;
use kernel::{MatterId, Sealed};
use matters_rules::answer::CheckedText;
use matters_rules::command::Text;
use platform::vault::SubjectKey;
use platform::{Failure, Work};
use serde::Serialize;

/// Seals under one subject's key. Got from [`TextSealer::of`] inside a unit of work.
pub struct TextSealer {
    key: SubjectKey,
}

impl TextSealer {
    /// The sealer of a matter.
    ///
    /// # Errors
    /// [`Failure::NotFound`] for an unknown matter or an erased person.
    pub fn of(work: &mut Work<'_>, id: MatterId) -> Result<Self, Failure> {
        let matter = work.load::<crate::Matters>(&id.to_string())?.state;
        let subject = matter.subject.ok_or(Failure::NotFound)?;
        Ok(Self { key: work.subject_key(&subject)? })
    }

    /// A sealer of a key at hand.
    pub fn with(key: SubjectKey) -> Self {
        Self { key }
    }

    /// The key, for attachments.
    pub fn key(&self) -> &SubjectKey {
        &self.key
    }

    /// Seals a text as it is kept ([`kernel::text::plain`]).
    pub fn text(&self, work: &mut Work<'_>, typed: &str) -> Text {
        self.seal(work, &plain(typed))
    }

    /// Seals a text that may be left out: none where nothing but space was typed.
    pub fn optional(&self, work: &mut Work<'_>, plain: &str) -> Option<Text> {
        (!plain.trim().is_empty()).then(|| self.text(work, plain))
    }

    /// Checks that an answer says something (PRODUCT rule 5), then seals it.
    ///
    /// # Errors
    /// The refusals of [`CheckedText::seal`].
    pub fn answer(&self, work: &mut Work<'_>, plain: &str) -> Result<CheckedText, Failure> {
        Ok(CheckedText::seal(plain, |plain| self.text(work, plain))?)
    }

    /// Seals any value.
    pub fn seal<T: Serialize>(&self, work: &mut Work<'_>, value: &T) -> Sealed<T> {
        work.vault().seal(&self.key, value, &mut work.fresh)
    }
}
