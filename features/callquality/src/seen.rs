//! A drawn call as its reader may see it, and what a score or an answer must hold: the same for the
//! page and for programs.

use crate::rules::check::{ANSWER_DAYS, Check, CheckRules, CheckState, Scores, Text};
use crate::shell::{self, Heard};
use kernel::ReceptionId;
use kernel::permission::{Permission, permit};
use matters::configuration::{CallItem, CallQuality, call_quality};
use matters::receptions::{self, Taken};
use platform::ui::FieldError;
use platform::web::Staff;
use platform::{App, Failure};
use std::sync::Arc;

/// The longest words, in characters.
const LONGEST: usize = 1_000;

/// What may be done with it by this reader.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Score,
    Answer,
    Second,
    Look,
}

/// A drawn call, its check with the words opened.
pub(crate) struct Seen {
    pub taken: Taken,
    pub check: Check,
    pub sheet: Arc<CallQuality>,
    /// Of the first score, the answer, the second score; empty for none.
    pub words: [String; 3],
    pub part: Part,
}

/// The call, where this reader may see it: of their own an officer sees what was checked, and
/// nothing that only was drawn.
///
/// # Errors
/// [`Failure::NotFound`] where not.
pub(crate) async fn load(staff: &Staff, call: ReceptionId) -> Result<Seen, Failure> {
    let person = staff.person.clone();
    staff
        .app
        .read(move |snapshot, app| {
            let taken = receptions::taken(snapshot, call)?.ok_or(Failure::NotFound)?;
            let check = platform::act::load::<CheckRules>(snapshot, &call.to_string())?.state;
            let standing = shell::standing(snapshot, &taken.office)?;
            let may = |permission| permit(&person.grants, permission, &standing).is_some();
            let own = taken.officer == Some(person.account);
            let seen = may(Permission::CallCheckRead) || (own && check.state.is_some());
            if !seen {
                return Err(Failure::NotFound);
            }
            let scored = check.by.into_iter().any(|account| account == person.account);
            let part = match check.state {
                None if may(Permission::CallCheckScore) && !own => Part::Score,
                Some(CheckState::Scored) if own && may(Permission::CallCheckOwn) && in_time(app, &check) => {
                    Part::Answer
                }
                Some(CheckState::Answered) if may(Permission::CallCheckScore) && !own && !scored => {
                    Part::Second
                }
                _ => Part::Look,
            };
            let mut open = |text: Option<&Text>| -> Result<String, Failure> {
                let Some(text) = text else { return Ok(String::new()) };
                match platform::act::subject_key(snapshot, &app.vault, &text.subject)? {
                    Some(key) => Ok(app.vault.open(&key, text)?.into_inner()),
                    None => Ok(String::new()),
                }
            };
            let words = [
                open(check.first.as_ref().map(|score| &score.words))?,
                open(check.answer.as_ref())?,
                open(check.second.as_ref().map(|score| &score.words))?,
            ];
            Ok(Seen { taken, check, sheet: call_quality::in_force(snapshot, app)?, words, part })
        })
        .await
}

/// Points of each item and words, or everything wrong with them. `of` gives an item's field and
/// its points, none where they are no number.
pub(crate) fn heard(
    sheet: &CallQuality,
    of: impl Fn(&CallItem) -> (String, Option<u32>),
    words: &str,
) -> Result<Heard, Vec<FieldError>> {
    let (mut scores, mut wrong) = (Scores::new(), Vec::new());
    for item in sheet.in_use() {
        match of(item) {
            (_, Some(points)) if points <= item.points => _ = scores.insert(item.code.clone(), points),
            (field, _) => {
                wrong.push(FieldError::new(&field, "call-points-range").with("max", item.points));
            }
        }
    }
    match said(words) {
        Ok(words) if wrong.is_empty() => Ok(Heard { scores, words }),
        Ok(_) => Err(wrong),
        Err(unsaid) => Err(wrong.into_iter().chain([unsaid]).collect()),
    }
}

/// Words that say something, no longer than anyone reads.
pub(crate) fn said(words: &str) -> Result<String, FieldError> {
    let words = words.trim();
    match words.chars().count() {
        0 => Err(FieldError::new("words", "entry-missing")),
        n if n > LONGEST => Err(FieldError::new("words", "entry-too-long").with("max", LONGEST)),
        _ => Ok(words.to_owned()),
    }
}

/// Whether the officer may still answer.
fn in_time(app: &App, check: &Check) -> bool {
    check.scored_at.is_some_and(|at| app.now() <= at.plus_days(ANSWER_DAYS))
}
