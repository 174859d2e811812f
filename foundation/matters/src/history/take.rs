//! Writes cases: each filed and taken over at the moment it came in, and ended at the moment
//! it was closed, so that figures of any day are those of that day.

use super::row::Case;
use crate::filing;
use crate::sealing::TextSealer;
use crate::shell::{self, Matters};
use kernel::time::Instant;
use kernel::{MatterId, Source};
use matters_rules::command::TakeOver;
use matters_rules::{Command, Phase};
use network::import::Report;
use platform::{App, By, Failure, Work};
use std::sync::Arc;
use tokio::task::JoinSet;

/// Cases under way at once: the store writes them as one group.
const AT_ONCE: usize = 64;

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    New,
    Changed,
    Unchanged,
}

/// Takes all cases over and counts them.
pub(super) async fn all(
    app: &App,
    system: &str,
    cases: Vec<Case>,
    report: &mut Report,
) -> Result<(), Failure> {
    let system: Arc<str> = system.into();
    let mut running = JoinSet::new();
    let mut count = |taken: Taken| match taken {
        Taken::New => report.new += 1,
        Taken::Changed => report.changed += 1,
        Taken::Unchanged => report.unchanged += 1,
    };
    for case in cases {
        while running.len() >= AT_ONCE {
            if let Some(done) = running.join_next().await {
                count(outcome(done)?);
            }
        }
        running.spawn(one(app.clone(), Arc::clone(&system), Arc::new(case)));
    }
    while let Some(done) = running.join_next().await {
        count(outcome(done)?);
    }
    Ok(())
}

fn outcome(done: Result<Result<Taken, Failure>, tokio::task::JoinError>) -> Result<Taken, Failure> {
    done.map_err(|error| Failure::Internal(format!("a case was not taken over: {error}")))?
}

async fn one(app: App, system: Arc<str>, case: Arc<Case>) -> Result<Taken, Failure> {
    let id = named(&app, &system, &case.number);
    let filed = {
        let case = Arc::clone(&case);
        at(&app, case.filed_at, move |work| file(work, id, &case)).await?
    };
    let Some(closed_at) = case.closed_at else {
        return Ok(if filed { Taken::New } else { Taken::Unchanged });
    };
    let ended = at(&app, closed_at, move |work| conclude(work, id, &case)).await?;
    Ok(match (filed, ended) {
        (true, _) => Taken::New,
        (false, true) => Taken::Changed,
        (false, false) => Taken::Unchanged,
    })
}

async fn at<T: Send + 'static>(
    app: &App,
    when: Instant,
    f: impl FnMut(&mut Work<'_>) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    app.write_occurred(Source::Imported, when, f).await
}

/// The matter of a case: the same whenever the case is met again.
fn named(app: &App, system: &str, number: &str) -> MatterId {
    let digest = app.vault.blind("history", format!("{system}\u{0}{number}"));
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(digest.as_bytes().chunks_exact(2)) {
        let hex = std::str::from_utf8(pair).unwrap_or_default();
        *byte = u8::from_str_radix(hex, 16).unwrap_or_default();
    }
    MatterId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// Files the case and gives it to its unit, unless it is here already.
fn file(work: &mut Work<'_>, id: MatterId, case: &Case) -> Result<bool, Failure> {
    if work.load::<Matters>(&id.to_string())?.version > 0 {
        return Ok(false);
    }
    filing::file_as(work, &By::Operator, id, &case.request)?;
    let demand = TextSealer::of(work, id)?.text(work, &case.request.title);
    let (urgency, category, unit) = (case.urgency, case.category.clone(), case.unit.clone());
    let taken = Command::TakeOver(TakeOver { urgency, category, unit, demand });
    shell::act(work, &By::Operator, id, None, &taken)?;
    Ok(true)
}

/// Ends it as the earlier system did, unless it has ended or went on here.
fn conclude(work: &mut Work<'_>, id: MatterId, case: &Case) -> Result<bool, Failure> {
    if work.load::<Matters>(&id.to_string())?.state.phase != Phase::Assigned {
        return Ok(false);
    }
    let command = Command::Conclude { closing: case.closing, note: None };
    match shell::act(work, &By::Operator, id, None, &command) {
        Ok(_) => Ok(true),
        Err(Failure::Refused(refusal)) if refusal.code == "history-went-on" => Ok(false),
        Err(failure) => Err(failure),
    }
}
