//! What a closed unit left open goes on in its successor, one matter at a time, each in a
//! transaction of its own. The job may run again harmlessly.

use crate::shell;
use kernel::{MatterId, NodeId, UnitId};
use matters_rules::Command;
use network::succession::Closed;
use platform::{App, By, Failure};
use store::jobs::Job;
use store::{Query, StoreError, params};

/// The assignments a unit has not finished, of matters under way.
///
/// # Errors
/// Whatever the store says.
pub fn open_parts(query: &mut dyn Query, unit: &UnitId) -> Result<Vec<(MatterId, NodeId)>, StoreError> {
    let rows = query.query(
        "select n.matter, n.node from matter_node n where n.unit = $1 \
         and n.state in ('unsigned', 'working', 'submitted', 'signed_off') order by n.matter, n.node",
        &params![unit.as_str()],
    )?;
    let corrupt = || StoreError::Corrupt("an assignment's id is no UUID".into());
    rows.iter()
        .map(|row| {
            let (matter, node) = (row.str(0)?.parse(), row.str(1)?.parse());
            Ok((matter.map_err(|_| corrupt())?, node.map_err(|_| corrupt())?))
        })
        .collect()
}

/// Hands the open assignments of a closed unit to its successor.
pub(crate) async fn run(app: App, job: Job) -> Result<(), Failure> {
    let Closed { unit, successor } = serde_json::from_str(&job.payload)?;
    let left = unit.clone();
    let parts = app.read(move |query, _| Ok(open_parts(query, &left)?)).await?;
    let mut refused = None;
    for (matter, node) in parts {
        let command = Command::Succeed { node, to: successor.clone() };
        let by = By::System(network::succession::JOB.into());
        match app.write(move |work| shell::act(work, &by, matter, None, &command).map(drop)).await {
            Ok(()) => {}
            // One that may not go there keeps none of the others; the office reassigns it.
            Err(Failure::Refused(refusal)) => refused = Some(refusal),
            Err(error) => return Err(error),
        }
    }
    refused.map_or(Ok(()), |refusal| Err(Failure::Refused(refusal)))
}
