//! Who keeps an item is told before it expires, thirty days and seven days before, once each: what
//! has expired is never offered, and nobody notices an answer that is missing. A date that is
//! moved begins anew.

use kernel::UnitId;
use kernel::permission::Role;
use kernel::time::Date;
use knowledge::read::{Expiring, expiring, in_days};
use matters::configuration::NoticeKind;
use notices::rules::Leads;
use notices::{Telling, holders, tell_of_page};
use platform::jobs::{self, JobHandler, handler};
use platform::{App, Failure, Work};
use serde::Serialize;
use store::jobs::Job;

/// The job's kind.
const KIND: &str = "knowledge.remind";
/// The hour of the local day at which it looks.
const HOUR: i64 = 8;
/// Days before the last day on which is told, the nearest first.
const DAYS: [u64; 2] = [7, 30];

/// The handler.
pub(crate) fn handlers() -> Vec<(&'static str, JobHandler)> {
    vec![(KIND, handler(run_job))]
}

/// What a run looks at: there is nothing to choose.
#[derive(Serialize)]
struct Everything {}

/// Sees to it that owners are reminded from now on; again is harmless.
///
/// # Errors
/// Whatever the store says.
pub async fn begin(app: &App) -> Result<(), Failure> {
    app.write(plan).await
}

fn plan(work: &mut Work<'_>) -> Result<(), Failure> {
    let zone = work.app().config.zone.clone();
    let now = work.now();
    let today = zone.start_of_day(zone.date_of(now)).plus_hours(HOUR);
    let next = if today > now { today } else { zone.end_of_day(zone.date_of(now)).plus_hours(HOUR) };
    jobs::enqueue(work, KIND, "all", &Everything {}, next)
}

async fn run_job(app: App, _: Job) -> Result<(), Failure> {
    // The next run is written down first: whatever becomes of this one, reminders go on.
    app.write(plan).await?;
    run(&app).await.map(drop)
}

/// Tells the owners of what expires within the days; answers how many items that are.
///
/// # Errors
/// Whatever the store says.
pub async fn run(app: &App) -> Result<usize, Failure> {
    app.write(|work| {
        let today = work.app().config.zone.date_of(work.now());
        let items = expiring(work.tx, today, in_days(today, DAYS[1]))?;
        for item in &items {
            remind(work, item, today)?;
        }
        Ok(items.len())
    })
    .await
}

fn remind(work: &mut Work<'_>, item: &Expiring, today: Date) -> Result<(), Failure> {
    let app = work.app();
    let days = DAYS.into_iter().find(|days| item.until <= in_days(today, *days)).unwrap_or(DAYS[1]);
    let to = owners(work, &item.unit)?;
    let telling = Telling {
        of: format!("knowledge-{}", item.id),
        occasion: format!("{days}.{}", item.until),
        kind: NoticeKind::KnowledgeExpiring,
        page: Leads { name: item.title.clone(), href: format!("{}/{}", crate::PATH, item.id) },
        due: Some(app.config.zone.end_of_day(item.until)),
    };
    tell_of_page(work, &telling, &to)
}

/// Whoever keeps the unit's items; where nobody does, whoever keeps those of the unit above.
fn owners(work: &mut Work<'_>, unit: &UnitId) -> Result<Vec<kernel::AccountId>, Failure> {
    let app = work.app();
    let mut units = vec![unit.clone()];
    if let Some(row) = network::unit(work.tx, unit)? {
        units.extend(network::ancestors(work.tx, &row.path)?.into_iter().rev().map(|unit| unit.code));
    }
    for unit in units {
        let found = holders(work.tx, app, std::slice::from_ref(&unit), &[Role::Knowledge])?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}
