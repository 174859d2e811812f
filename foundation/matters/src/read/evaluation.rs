//! What the appellant said of the result, as far as the viewer may know.

use super::model::{CallView, ExclusionView, GroundView, RatingView};
use super::view::Page;
use crate::attachments;
use kernel::permission::Permission;
use matters_rules::answer::AnswerCheck;
use matters_rules::state::ExclusionOutcome;
use matters_rules::{Event, Lack};
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

/// The claims that a rating should not count. What the panel said so far is the office's.
pub(super) fn exclusions(page: &Page<'_>, query: &mut dyn Query) -> Result<Vec<ExclusionView>, Failure> {
    if page.eyes.appellant {
        return Ok(Vec::new());
    }
    let mut shown = Vec::new();
    for claim in &page.matter.exclusions {
        let Some(node) = page.matter.node(claim.node) else { continue };
        let granted = claim.opinions.iter().filter(|opinion| opinion.grant).count();
        let files = &claim.attachments;
        shown.push(ExclusionView {
            unit: page.units.name_at(node.unit_at(claim.at), claim.at),
            at: claim.at,
            ground: claim.ground.clone().map(GroundView::from),
            reason: page.opener.text(&claim.reason)?,
            attachments: attachments::list(query, page.app, page.opener.key.as_ref(), files)?,
            due: claim.limit.due,
            outcome: claim.outcome.map(|(outcome, at)| (outcome_key(outcome), at)),
            beyond: match claim.outcome {
                None => page.beyond_own_limit(query, Permission::ExclusionJudge, None)?,
                Some(_) => None,
            },
            votes: page.eyes.evaluation.then_some((granted, claim.opinions.len() - granted)),
        });
    }
    Ok(shown)
}

fn outcome_key(outcome: ExclusionOutcome) -> &'static str {
    match outcome {
        ExclusionOutcome::Granted => "exclusion-granted",
        ExclusionOutcome::Refused => "exclusion-refused",
        ExclusionOutcome::Lapsed => "exclusion-lapsed",
        ExclusionOutcome::Overtaken => "exclusion-overtaken",
    }
}

/// What the words of an answer lacked and why it was sent all the same; not the appellant's.
pub(super) fn lacks(page: &Page<'_>, check: Option<&AnswerCheck>) -> Result<(Vec<Lack>, String), Failure> {
    match check.filter(|_| !page.eyes.appellant) {
        Some(check) => Ok((check.lacks.clone(), page.opener.optional(check.overridden.as_ref())?)),
        None => Ok((Vec::new(), String::new())),
    }
}
