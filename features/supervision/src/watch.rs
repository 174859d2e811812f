//! The job that lets rules fire: every few minutes it asks which assignments a rule matches and
//! takes the measure on each, in a transaction of its own. The rules of a matter look again
//! before they do it (`Command::Supervise` with a trigger), so running twice does nothing twice.

use crate::slips::{self, Wanted};
use kernel::time::Instant;
use matters::configuration::{Rule, supervision};
use matters::read::{Matching, matching};
use matters_rules::command::{Supervise, Trigger};
use matters_rules::{Command, Measure};
use platform::jobs::{self, JobHandler, handler};
use platform::{App, By, Failure, Work};
use serde::Serialize;
use store::jobs::Job;

/// The job's kind.
pub const KIND: &str = "supervision.watch";
/// How often rules are looked at, in minutes.
const EVERY: i64 = 5;
/// Assignments of one rule that one run takes on; the next run takes the others.
const MOST: usize = 500;
/// Working days to reply to a slip that a rule drafts, until somebody revises it.
const DAYS: u32 = 3;

/// The handler.
pub(crate) fn handlers() -> Vec<(&'static str, JobHandler)> {
    vec![(KIND, handler(run_job))]
}

/// Sees to it that rules are looked at from now on; again is harmless.
///
/// # Errors
/// Whatever the store says.
pub async fn begin(app: &App) -> Result<(), Failure> {
    app.write(|work| {
        let now = work.now();
        enqueue(work, now)
    })
    .await
}

/// Lets every rule in force fire where it matches; answers how often one did.
///
/// # Errors
/// Whatever the store says. A matter that refuses a measure is passed over.
pub async fn run(app: &App) -> Result<usize, Failure> {
    let rules = app.read(|snapshot, app| supervision::in_force(snapshot, app)).await?;
    let mut fired = 0;
    for rule in rules.acting() {
        let asked = rule.clone();
        let found =
            app.read(move |snapshot, app| matching(snapshot, app, &asked.code, &asked.when, MOST)).await?;
        for place in found {
            match fire(app, rule.clone(), rules.version, place).await {
                Ok(true) => fired += 1,
                Ok(false) | Err(Failure::Refused(_) | Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
        }
    }
    Ok(fired)
}

async fn run_job(app: App, _: Job) -> Result<(), Failure> {
    // The next run is written down first: whatever becomes of this one, rules go on.
    app.write(|work| {
        let next = work.now().plus_micros(EVERY * 60 * 1_000_000);
        enqueue(work, next)
    })
    .await?;
    let fired = run(&app).await?;
    if fired > 0 {
        tracing::info!(fired, "rules of supervision fired");
    }
    Ok(())
}

/// Takes the measure of a rule; a slip is drafted with it, once while one is open.
async fn fire(app: &App, rule: Rule, version: u32, place: Matching) -> Result<bool, Failure> {
    app.write(move |work| {
        let by = By::System(KIND.into());
        let wanted = Supervise {
            node: Some(place.node),
            measure: rule.measure,
            to: rule.to,
            text: None,
            slip: None,
            trigger: Some(Trigger { rule: rule.code.clone(), version, when: rule.when.clone() }),
        };
        let command = Command::Supervise(Box::new(wanted));
        let fired = !matters::act(work, &by, place.matter, None, &command)?.entries.is_empty();
        if fired && rule.measure == Measure::Slip && !slips::has_open(work.tx, place.node)? {
            let wanted = Wanted { colour: rule.colour, days: DAYS, demand: String::new() };
            slips::draft(work, &by, place.matter, place.node, &wanted, Some(&rule.code))?;
        }
        Ok(fired)
    })
    .await
}

/// What a run looks at: there is nothing to choose.
#[derive(Serialize)]
struct Everything {}

fn enqueue(work: &mut Work<'_>, run_at: Instant) -> Result<(), Failure> {
    jobs::enqueue(work, KIND, "all", &Everything {}, run_at)
}
