//! What a closed unit left open, or what of a split one was chosen, goes on in its successor, one
//! matter at a time, each in a transaction of its own. The jobs may run again harmlessly.

use crate::shell;
use kernel::time::Instant;
use kernel::{AreaId, MatterId, NodeId, UnitId};
use matters_rules::{Command, Matter};
use network::succession::{Closed, JOB, SPLIT, Split};
use platform::jobs::enqueue;
use platform::{App, By, Failure, Work};
use store::jobs::Job;
use store::{Query, StoreError, params};

/// An assignment that a unit has not finished, of a matter under way.
#[derive(Clone, Debug)]
pub struct Part {
    /// Of which matter.
    pub matter: MatterId,
    /// Which assignment.
    pub node: NodeId,
    /// The matter's number.
    pub number: String,
    /// Its category's code, once it has one.
    pub category: Option<String>,
    /// Where it happened, if that is known.
    pub area: Option<AreaId>,
    /// When the assignment is due.
    pub due: Instant,
}

/// The assignments a unit has not finished, the one due first on top.
///
/// # Errors
/// Whatever the store says.
pub fn open_parts(query: &mut dyn Query, unit: &UnitId) -> Result<Vec<Part>, StoreError> {
    let rows = query.query(
        "select n.matter, n.node, m.number, m.category, m.area, n.due from matter_node n \
         join matter m on m.id = n.matter where n.unit = $1 \
         and n.state in ('unsigned', 'working', 'submitted', 'signed_off') order by n.due, n.matter, n.node",
        &params![unit.as_str()],
    )?;
    let corrupt = || StoreError::Corrupt("an assignment's id is no UUID".into());
    rows.iter()
        .map(|row| {
            Ok(Part {
                matter: row.str(0)?.parse().map_err(|_| corrupt())?,
                node: row.str(1)?.parse().map_err(|_| corrupt())?,
                number: row.text(2)?,
                category: row.opt_text(3)?,
                area: row.opt_text(4)?.map(AreaId),
                due: row.instant(5)?,
            })
        })
        .collect()
}

/// Leaves the job that hands the chosen parts of a unit to the one split off from it.
///
/// # Errors
/// Whatever the store says.
pub fn hand_over_later(
    work: &mut Work<'_>,
    unit: UnitId,
    successor: UnitId,
    parts: Vec<(MatterId, NodeId)>,
) -> Result<(), Failure> {
    let (now, key) = (work.now(), successor.to_string());
    enqueue(work, SPLIT, &key, &Split { unit, successor, parts }, now)
}

/// A part that a redo opens again at a unit closed meanwhile goes to whoever goes on for it.
pub(crate) fn follow(work: &mut Work<'_>, before: &Matter, after: &Matter) -> Result<(), Failure> {
    let was_finished = |id: NodeId| before.nodes.iter().any(|node| node.id == id && !node.state.is_open());
    for node in after.nodes.iter().filter(|node| node.state.is_open() && was_finished(node.id)) {
        if let Some(successor) = network::read::history::heir(work.tx, &node.unit)? {
            let (now, unit) = (work.now(), node.unit.clone());
            enqueue(work, JOB, unit.clone().as_str(), &Closed { unit, successor }, now)?;
        }
    }
    Ok(())
}

/// Hands the open assignments of a closed unit to its successor.
pub(crate) async fn run(app: App, job: Job) -> Result<(), Failure> {
    let Closed { unit, successor } = serde_json::from_str(&job.payload)?;
    let left = unit.clone();
    let (parts, heir) = app
        .read(move |query, _| Ok((open_parts(query, &left)?, network::read::history::heir(query, &left)?)))
        .await?;
    let parts = parts.into_iter().map(|part| (part.matter, part.node)).collect();
    hand_over(&app, JOB, parts, heir.unwrap_or(successor), false).await
}

/// Hands the chosen assignments of a split unit to the new one; what was finished or passed on
/// meanwhile stays where it is.
pub(crate) async fn run_split(app: App, job: Job) -> Result<(), Failure> {
    let Split { unit, successor, parts: chosen } = serde_json::from_str(&job.payload)?;
    let open = app.read(move |query, _| Ok(open_parts(query, &unit)?)).await?;
    let parts =
        open.iter().map(|part| (part.matter, part.node)).filter(|part| chosen.contains(part)).collect();
    hand_over(&app, SPLIT, parts, successor, true).await
}

/// What may not go there (the unit complained about never gets a matter) stays where it is: at a
/// closed unit it waits in the queue of decisions ([`crate::Tab::Left`]) for another.
async fn hand_over(
    app: &App,
    job: &'static str,
    parts: Vec<(MatterId, NodeId)>,
    to: UnitId,
    split: bool,
) -> Result<(), Failure> {
    for (matter, node) in parts {
        let command = Command::Succeed { node, to: to.clone(), split };
        let by = By::System(job.into());
        match app.write(move |work| shell::act(work, &by, matter, None, &command).map(drop)).await {
            Ok(()) | Err(Failure::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
