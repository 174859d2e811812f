//! Limits that are about to pass, and that have passed: a job each, moved with the limit.

use crate::follow::{name, recipients};
use crate::rules::{Audience, Command, DESK, DESK_AND_HEAD, Deadline, Notice, deadlines};
use crate::shell;
use kernel::MatterId;
use matters::Matters;
use matters::configuration::{self, NoticeKind};
use matters_rules::Matter;
use platform::jobs::{JobHandler, enqueue, handler};
use platform::{App, Failure, Work};
use serde::{Deserialize, Serialize};
use store::jobs::Job;

const DEADLINE: &str = "notice.deadline";

/// The handlers, by kind.
pub(crate) fn jobs() -> Vec<(&'static str, JobHandler)> {
    vec![(DEADLINE, handler(run))]
}

#[derive(Serialize, Deserialize)]
struct Waiting {
    matter: MatterId,
    kind: NoticeKind,
    node: kernel::NodeId,
}

/// Leaves a job for each limit of the matter that lies ahead; one that moved replaces its
/// own. What has gone since is seen when the job runs.
pub(crate) fn plan(work: &mut Work<'_>, id: MatterId, matter: &Matter) -> Result<(), Failure> {
    let now = work.now();
    let calendar = configuration::calendar_in_force(work.tx)?;
    for Deadline { kind, node, at, .. } in deadlines(matter, &calendar) {
        if at <= now {
            continue;
        }
        let key = format!("{id}:{node}:{}", kind.code());
        enqueue(work, DEADLINE, &key, &Waiting { matter: id, kind, node }, at)?;
    }
    Ok(())
}

async fn run(app: App, job: Job) -> Result<(), Failure> {
    let waiting: Waiting = serde_json::from_str(&job.payload)?;
    app.write(move |work| {
        let id = waiting.matter;
        let matter = work.load::<Matters>(&id.to_string())?.state;
        let calendar = configuration::calendar_in_force(work.tx)?;
        let now = work.now();
        let due = deadlines(&matter, &calendar).into_iter().find(|deadline| {
            deadline.kind == waiting.kind && deadline.node == waiting.node && deadline.at <= now
        });
        // Met, paused or moved since; a moved one left its own job.
        let Some(deadline) = due else { return Ok(()) };
        // Found late after a standstill: whoever is late needs no word that they will be.
        if deadline.kind == NoticeKind::DueSoon && deadline.due < now {
            return Ok(());
        }
        tell(work, id, &matter, &deadline)
    })
    .await
}

fn tell(work: &mut Work<'_>, id: MatterId, matter: &Matter, deadline: &Deadline) -> Result<(), Failure> {
    let Some(node) = matter.node(deadline.node) else { return Ok(()) };
    let roles = if deadline.kind == NoticeKind::Late { DESK_AND_HEAD } else { DESK };
    let (app, unit) = (work.app(), node.unit.clone());
    let found = recipients(work.tx, app, &Audience::Unit { unit, roles })?;
    let notices = found.into_iter().map(|to| Notice {
        key: format!("{}.{}.{}", deadline.kind.code(), deadline.due.micros(), name(&to, Some(node.id))),
        kind: deadline.kind,
        to,
        node: Some(node.id),
        due: Some(deadline.due),
        page: None,
    });
    shell::act(work, &id.to_string(), &Command::Tell(notices.collect()))
}
