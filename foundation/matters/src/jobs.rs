//! What a matter leaves to be done later: its timers, the followers of a merge, and the
//! limits of all open matters when the calendar changes. Each job may run again harmlessly.

use crate::receptions;
use crate::shell::{self, Matters};
use crate::succession;
use kernel::{MatterId, NodeId};
use matters_rules::timers::{Timer, timers};
use matters_rules::{Command, Matter, Phase, TimerKind};
use platform::jobs::{JobHandler, enqueue, handler};
use platform::{App, By, Failure, Work};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::jobs::Job;
use store::{Query, params};

const TIMER: &str = "matter.timer";
const FOLLOW_MASTER: &str = "matter.follow_master";
const RECOMPUTE: &str = "matter.recompute";
/// Matters recomputed before the job looks at the next ones.
const CHUNK: i64 = 200;

/// The handlers, by kind.
pub fn handlers() -> Vec<(&'static str, JobHandler)> {
    vec![
        (TIMER, handler(run_timer)),
        (FOLLOW_MASTER, handler(run_follow_master)),
        (RECOMPUTE, handler(run_recompute)),
        (network::succession::JOB, handler(succession::run)),
        (network::succession::SPLIT, handler(succession::run_split)),
        (receptions::LAPSE, handler(receptions::run_lapse)),
    ]
}

/// Leaves the jobs that follow from a change of a matter, and takes back those that no
/// longer do.
pub(crate) fn follow(work: &mut Work<'_>, id: &str, before: &Matter, after: &Matter) -> Result<(), Failure> {
    let (was, is) = (by_key(id, before), by_key(id, after));
    for key in was.keys().filter(|key| !is.contains_key(*key)) {
        store::jobs::cancel(work.tx, TIMER, key)?;
    }
    for (key, timer) in is.iter().filter(|(key, timer)| was.get(*key).map(|was| was.at) != Some(timer.at)) {
        let payload = Waiting { matter: id.to_owned(), kind: timer.kind, node: timer.node };
        enqueue(work, TIMER, key, &payload, timer.at)?;
    }
    succession::follow(work, before, after)?;
    let now = work.now();
    if let Some(master) =
        after.master.filter(|_| before.phase != Phase::Merged && after.phase == Phase::Merged)
    {
        enqueue(work, FOLLOW_MASTER, &master.to_string(), &Following { master: master.to_string() }, now)?;
    }
    if settles_followers(before, after) && has_followers(work, id)? {
        enqueue(work, FOLLOW_MASTER, id, &Following { master: id.to_owned() }, now)?;
    }
    Ok(())
}

/// Leaves the job that computes the limits of every open matter anew.
pub(crate) fn recompute_all(work: &mut Work<'_>) -> Result<(), Failure> {
    let now = work.now();
    enqueue(work, RECOMPUTE, "all", &Recompute { after: String::new() }, now)
}

#[derive(Serialize, Deserialize)]
struct Waiting {
    matter: String,
    kind: TimerKind,
    node: Option<NodeId>,
}

#[derive(Serialize, Deserialize)]
struct Following {
    master: String,
}

#[derive(Serialize, Deserialize)]
struct Recompute {
    after: String,
}

async fn run_timer(app: App, job: Job) -> Result<(), Failure> {
    let waiting: Waiting = serde_json::from_str(&job.payload)?;
    app.write(move |work| {
        let matter = work.load::<Matters>(&waiting.matter)?.state;
        let due = timers(&matter)
            .into_iter()
            .find(|timer| timer.kind == waiting.kind && timer.node == waiting.node && timer.at <= work.now());
        let Some(timer) = due else {
            // It was moved or has gone since; a moved one left its own job.
            return Ok(());
        };
        let by = By::System(format!("timer.{}", timer.kind.code()));
        work.act::<Matters>(&waiting.matter, &by, None, &timer.command()).map(drop)
    })
    .await
}

/// Followers of a master get its result; they stand on their own again if it ended
/// without one.
async fn run_follow_master(app: App, job: Job) -> Result<(), Failure> {
    let following: Following = serde_json::from_str(&job.payload)?;
    let master = following.master.clone();
    let (state, followers) = app
        .read(move |snapshot, _| {
            let state = platform::act::load::<Matters>(snapshot, &master)?.state;
            Ok((state, followers_of(snapshot, &master)?))
        })
        .await?;
    let command = match (state.result_approved_at, state.phase) {
        (Some(_), _) => Command::FollowMaster,
        (None, phase) if phase.is_ended() => Command::LeaveMaster,
        _ => return Ok(()),
    };
    for follower in followers {
        let command = command.clone();
        let by = By::System(FOLLOW_MASTER.into());
        let followed = app.write(move |work| shell::act(work, &by, follower, None, &command).map(drop)).await;
        // A follower that has gone another way since needs nothing of its master.
        match followed {
            Err(Failure::Refused(_)) | Ok(()) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn run_recompute(app: App, job: Job) -> Result<(), Failure> {
    let Recompute { mut after } = serde_json::from_str(&job.payload)?;
    loop {
        let from = after.clone();
        let open: Vec<String> = app
            .read(move |snapshot, _| {
                let rows = snapshot.query(
                    "select id from matter where closed_at is null and id > $1 order by id limit $2",
                    &params![&from, CHUNK],
                )?;
                Ok(rows.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?)
            })
            .await?;
        let Some(last) = open.last() else {
            return Ok(());
        };
        after.clone_from(last);
        for id in open {
            let by = By::System(RECOMPUTE.into());
            let recomputed = app
                .write(move |work| work.act::<Matters>(&id, &by, None, &Command::RecomputeLimits).map(drop))
                .await;
            match recomputed {
                Err(Failure::Refused(_)) | Ok(()) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn by_key(id: &str, matter: &Matter) -> BTreeMap<String, Timer> {
    let key = |timer: &Timer| {
        let node = timer.node.map(|node| node.to_string()).unwrap_or_default();
        format!("{id}:{}:{node}", timer.kind.code())
    };
    timers(matter).into_iter().map(|timer| (key(&timer), timer)).collect()
}

/// Whether what the followers wait for has come: a result, or an end without one.
fn settles_followers(before: &Matter, after: &Matter) -> bool {
    let settled = |matter: &Matter| matter.result_approved_at.is_some() || matter.phase.is_ended();
    !settled(before) && settled(after)
}

fn has_followers(work: &mut Work<'_>, id: &str) -> Result<bool, Failure> {
    let row = work.tx.query_one_opt("select 1 from matter where master = $1 limit 1", &params![id])?;
    Ok(row.is_some())
}

fn followers_of(query: &mut dyn Query, master: &str) -> Result<Vec<MatterId>, Failure> {
    let sql = "select id from matter where master = $1 and phase = 'merged' order by id";
    let rows = query.query(sql, &params![master])?;
    rows.iter()
        .map(|row| row.str(0)?.parse().map_err(|_| Failure::Internal("a matter's id is no UUID".into())))
        .collect()
}
