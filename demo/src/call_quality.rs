//! Quality checks of the intake desk's calls: a draw scored for the most part, one score that the
//! officer answered and another read again, one that waits to be read.

use crate::DemoError;
use crate::cast::{Cast, OFFICE};
use crate::raised::{at, morning};
use crate::story::Who;
use ::call_quality::read::calls_of;
use ::call_quality::rules::draw::Plan;
use ::call_quality::shell::{Heard, answer, draw, score, second};
use kernel::ReceptionId;
use kernel::permission::Role;
use matters_rules::sampling::Size;
use platform::{App, Failure};

/// Calls of the draw, and how many of them wait to be scored.
const DRAWN: u32 = 12;
const UNSCORED: usize = 3;
/// The sheet's items with their points.
const ITEMS: [(&str, u32); 6] = [
    ("opening", 10),
    ("listening", 20),
    ("recording", 30),
    ("answering", 20),
    ("manner", 10),
    ("closing", 10),
];

/// Plays all of it.
///
/// # Errors
/// See [`DemoError`].
pub(crate) async fn play(app: &App, cast: &Cast) -> Result<(), DemoError> {
    let by = cast.post(Role::Quality)?;
    let zone = app.config.zone.clone();
    let (from, to) = (zone.date_of(app.now().plus_days(-14)), zone.date_of(morning(app, 2)));
    let plan = Plan { from, to, office: OFFICE.into(), size: Size::Number, amount: DRAWN };
    let quality = by.clone();
    let id = at(app, morning(app, 1), "a draw of calls", move |work| draw(work, &quality, &plan)).await?;
    let asked = id.clone();
    let calls = app
        .read(move |snapshot, _| calls_of(snapshot, &asked))
        .await
        .map_err(DemoError::at("drawn calls"))?;
    let scored = calls.len().saturating_sub(UNSCORED);
    for (n, row) in calls.iter().take(scored).enumerate() {
        let (call, by, draw, heard) = (row.call, by.clone(), id.clone(), heard(n));
        let when = morning(app, 1).plus_seconds(600 * (i64::try_from(n).unwrap_or(0) + 1));
        at(app, when, "a score", move |work| score(work, &by, call, &draw, &heard)).await?;
    }
    let lowest: Vec<ReceptionId> = calls.iter().take(scored).skip(1).step_by(3).map(|row| row.call).collect();
    for (n, call) in lowest.into_iter().take(2).enumerate() {
        answered(app, cast, call, n == 0).await?;
    }
    Ok(())
}

/// Answered by the officer who took it; read again or not yet. What another took stays as it is.
async fn answered(app: &App, cast: &Cast, call: ReceptionId, again: bool) -> Result<(), DemoError> {
    let officer = cast.by(&Who::Intake)?;
    let when = morning(app, 1).plus_hours(4);
    let words = "结束时已口头告知查询方式，录音最后几秒可以听到。";
    let done = app
        .write_occurred(kernel::Source::Replayed, when.min(app.now()), move |work| {
            answer(work, &officer, call, words)
        })
        .await;
    match done {
        Ok(()) => {}
        Err(Failure::Refused(_)) => return Ok(()),
        Err(failure) => return Err(DemoError::at("an answer to a score")(failure)),
    }
    if !again {
        return Ok(());
    }
    let head = cast.post(Role::ShiftHead)?;
    let heard = Heard { scores: scores(0), words: "复听录音，确已告知，予以改分。".into() };
    at(app, when.plus_hours(1), "a second reading", move |work| second(work, &head, call, &heard)).await
}

fn heard(n: usize) -> Heard {
    let words = if n % 3 == 1 {
        "没有告知查询方式，地点记得不够细。"
    } else {
        "接听规范，记录完整。"
    };
    Heard {
        scores: scores(if n % 3 == 1 { 6 } else { u32::try_from(n % 3).unwrap_or(0) }),
        words: words.into(),
    }
}

/// Full points, but for so many lost on the record and half as many at the end.
fn scores(lost: u32) -> ::call_quality::rules::check::Scores {
    let points = |(item, most): (&str, u32)| {
        let lost = match item {
            "recording" => lost,
            "closing" => lost / 2,
            _ => 0,
        };
        (item.to_owned(), most - lost)
    };
    ITEMS.into_iter().map(points).collect()
}
