//! What a closed unit keeps in registers goes on with whoever goes on for it: its records are
//! handed over one by one, each in a transaction of its own. The job may run again harmlessly.

use crate::rules::record::RecordCommand;
use crate::writing::act_record;
use kernel::{Aggregate, Recorded, UnitId};
use network::read::history::heir;
use network::rules::unit::{Unit, UnitEvent};
use platform::jobs::enqueue;
use platform::listeners::Listener;
use platform::{App, By, Failure, Work};
use store::jobs::Job;
use store::{Entry, Query, StoreError, params};
use uuid::Uuid;

/// The kind of the job that a closure leaves.
pub(crate) const JOB: &str = "register.unit_closed";

/// How many records a unit keeps, those taken out of their registers apart.
///
/// # Errors
/// Whatever the store says.
pub fn kept_by(q: &mut dyn Query, unit: &UnitId) -> Result<usize, StoreError> {
    Ok(records_of(q, unit)?.len())
}

/// Reads which units were closed.
pub(crate) struct Closures;

impl Listener for Closures {
    fn name(&self) -> &'static str {
        "register_closures"
    }

    fn take(&self, work: &mut Work<'_>, entries: &[Entry]) -> Result<(), Failure> {
        for entry in entries {
            let Some((Unit::KIND, code)) = entry.stream.split_once(':') else { continue };
            let closed: Recorded<UnitEvent> = platform::act::read_entry::<Unit>(entry)?;
            if let UnitEvent::UnitClosed { successor: Some(_), .. } = closed.event {
                let now = work.now();
                enqueue(work, JOB, code, &code, now)?;
            }
        }
        Ok(())
    }
}

/// Hands the records of a closed unit to whoever goes on for it today.
pub(crate) async fn run(app: App, job: Job) -> Result<(), Failure> {
    let unit = UnitId(serde_json::from_str(&job.payload)?);
    let found = app.read(move |q, _| Ok((records_of(q, &unit)?, heir(q, &unit)?)));
    let (records, Some(to)) = found.await? else { return Ok(()) };
    for record in records {
        let (by, command) = (By::System(JOB.to_owned()), RecordCommand::HandOver { unit: to.clone() });
        match app.write(move |work| act_record(work, &by, record, None, &command).map(drop)).await {
            // It was taken out of its register meanwhile.
            Ok(()) | Err(Failure::Refused(_) | Failure::Invalid(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn records_of(q: &mut dyn Query, unit: &UnitId) -> Result<Vec<Uuid>, StoreError> {
    let sql = "select id, body from register_record where unit = $1 order by id";
    let mut found = Vec::new();
    for row in &q.query(sql, &params![unit.as_str()])? {
        if crate::projection::state(row.str(1)?)?.is_live() {
            found.extend(row.str(0)?.parse::<Uuid>().ok());
        }
    }
    Ok(found)
}
