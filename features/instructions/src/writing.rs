//! Writing a sheet: its number is allocated and its words are sealed.

use crate::rules::{BriefKind, Command, Written};
use crate::shell;
use kernel::MatterId;
use kernel::text::plain_line;
use matters::{Matters, TextSealer};
use platform::{By, Failure, Work};
use uuid::Uuid;

/// A sheet as typed.
pub struct Draft {
    /// Which.
    pub kind: BriefKind,
    /// The post it is put before.
    pub post: String,
    /// The matter it is about.
    pub about: Option<MatterId>,
    /// One line.
    pub title: String,
    /// The facts.
    pub text: String,
    /// The opinion proposed; a digest has none.
    pub opinion: String,
}

/// Writes a sheet. Its words are sealed under its matter's key, so that they end with it; under
/// one of its own where it is about none.
///
/// # Errors
/// Those of the rules; [`Failure::NotFound`] where there is no such matter.
pub fn write(work: &mut Work<'_>, by: &By, id: Uuid, draft: &Draft) -> Result<(), Failure> {
    let key = match draft.about {
        Some(about) => {
            let subject = work.load::<Matters>(&about.to_string())?.state.subject.ok_or(Failure::NotFound)?;
            work.subject_key(&subject)?
        }
        None => work.new_subject()?,
    };
    let year = work.app().config.zone.date_of(work.now()).year();
    let n = store::series::next(work.tx, &format!("brief-{}-{year}", draft.kind.code()))?;
    let word = if draft.kind == BriefKind::Submission { "呈批" } else { "要情" };
    let subject = key.subject().clone();
    let sealer = TextSealer::with(key);
    let opinion = match draft.kind {
        BriefKind::Submission => sealer.optional(work, &draft.opinion),
        BriefKind::Digest => None,
    };
    let command = Command::Write(Box::new(Written {
        kind: draft.kind,
        number: format!("{word}〔{year}〕{n}号"),
        post: plain_line(&draft.post),
        about: draft.about,
        subject,
        title: sealer.text(work, &plain_line(&draft.title)),
        text: sealer.text(work, &draft.text),
        opinion,
    }));
    shell::act(work, by, &id.to_string(), &command)
}
