//! Making a report: by hand for any period, and by a timer once a day, a week and a month is
//! over. A period of a kind is made once by the timer; by hand as often as somebody wants.

use crate::read;
use crate::rules::period::Kind;
use crate::rules::report::Command;
use crate::{shell, values, word};
use kernel::time::Date;
use platform::jobs::{self, JobHandler, handler};
use platform::{App, By, Failure, Work};
use serde::Serialize;
use store::jobs::Job;
use uuid::Uuid;

/// The job's kind.
pub const KIND: &str = "report.make";
/// Minutes after midnight at which the reports of what is over are made.
const MINUTES: i64 = 20;

/// The handler.
pub(crate) fn handlers() -> Vec<(&'static str, JobHandler)> {
    vec![(KIND, handler(run_job))]
}

/// What a run looks at: there is nothing to choose.
#[derive(Serialize)]
struct Everything {}

/// Sees to it that reports are made from now on; again is harmless.
///
/// # Errors
/// Whatever the store says.
pub async fn begin(app: &App) -> Result<(), Failure> {
    app.write(plan).await
}

fn plan(work: &mut Work<'_>) -> Result<(), Failure> {
    let zone = work.app().config.zone.clone();
    let next = zone.end_of_day(zone.date_of(work.now())).plus_seconds(MINUTES * 60);
    jobs::enqueue(work, KIND, "all", &Everything {}, next)
}

async fn run_job(app: App, _: Job) -> Result<(), Failure> {
    // The next run is written down first: whatever becomes of this one, reports go on.
    app.write(plan).await?;
    run(&app).await.map(drop)
}

/// Makes the reports of the last day, week and month that are over, where there are none yet;
/// answers how many.
///
/// # Errors
/// Whatever the store says.
pub async fn run(app: &App) -> Result<usize, Failure> {
    let today = app.config.zone.date_of(app.now());
    let mut made = 0;
    for kind in Kind::ALL {
        let (from, until) = kind.last_before(today);
        let known = app.read(move |q, _| read::exists(q, *kind, from, until)).await?;
        if !known {
            make(app, &By::System(KIND.into()), *kind, from, until).await?;
            made += 1;
        }
    }
    Ok(made)
}

/// Makes one: its figures as they stand, in the words of the template in force.
///
/// # Errors
/// Whatever the store says; [`Failure::NotPermitted`].
pub async fn make(app: &App, by: &By, kind: Kind, from: Date, until: Date) -> Result<Uuid, Failure> {
    let id = app.fresh().uuid();
    let (template, values, used) = app
        .read(move |q, app| {
            let values = values::of_period(q, app, from, until)?;
            Ok((read::template(q, kind)?, values, word::in_use(q, app, kind, (from, until))?))
        })
        .await?;
    let (template, text) = (template.version, word::with_values(&template.text, &values));
    let (word, lists) = used.map(|used| ((used.version, used.word), used.lists)).unzip();
    let lists = lists.unwrap_or_default();
    let command = Command::Make { kind, from, until, template, text, values, word, lists };
    let by = by.clone();
    app.write(move |work| shell::act(work, &by, id, None, &command)).await?;
    Ok(id)
}
