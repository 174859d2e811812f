//! What the appellant said of the result, as far as the viewer may know.

use super::model::{CallView, RatingView};
use super::view::Page;
use crate::attachments;
use matters_rules::Event;
use platform::Failure;
use store::Query;

/// The ratings, oldest first; a handler sees none before the matter is closed.
pub(super) fn ratings(page: &Page<'_>) -> Result<Vec<RatingView>, Failure> {
    if !page.eyes.ratings {
        return Ok(Vec::new());
    }
    let ratings = page.matter.ratings.iter();
    ratings
        .map(|rated| {
            Ok(RatingView {
                at: rated.at,
                round: rated.round,
                solved: rated.solved,
                grade: rated.grade,
                by: rated.by,
                reason: page.opener.optional(rated.reason.as_ref())?,
            })
        })
        .collect()
}

/// The call-back attempts. What was said and its recording are for those who call back.
pub(super) fn calls(page: &Page<'_>, query: &mut dyn Query) -> Result<Vec<CallView>, Failure> {
    let mut shown = Vec::new();
    for entry in page.history {
        let Event::CalledBack { outcome, again_at, note, recordings } = &entry.event else { continue };
        let (note, recordings) = match page.eyes.calls {
            true => (
                page.opener.optional(note.as_ref())?,
                attachments::list(query, page.app, page.opener.key.as_ref(), recordings)?,
            ),
            false => (String::new(), Vec::new()),
        };
        shown.push(CallView { at: entry.at(), outcome: *outcome, again_at: *again_at, note, recordings });
    }
    Ok(shown)
}
