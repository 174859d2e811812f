//! From the journal to the other system: what happened to a matter becomes one job for each
//! subscription that wants it, in the transaction that reads the journal on; the job tries
//! again while the other side is away, and stands on `/admin/jobs` once it is given up.

use crate::projection::{self, WebhookRow};
use crate::rules::{Command, WebhookKind};
use crate::shell;
use kernel::time::Instant;
use kernel::{Aggregate, Source};
use matters::Matters;
use matters_rules::{Event, Matter, fold};
use outward::guard::Guard;
use outward::{Envelope, OutwardError, kept};
use platform::jobs::{JobHandler, enqueue, handler};
use platform::listeners::Listener;
use platform::{App, By, Failure, Work};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::jobs::Job;
use store::{Entry, Query};

const DELIVER: &str = "webhook.deliver";

/// The handler, by kind.
pub(crate) fn jobs() -> Vec<(&'static str, JobHandler)> {
    vec![(DELIVER, handler(run))]
}

/// What waits to be told.
#[derive(Clone, Serialize, Deserialize)]
struct Waiting {
    webhook: String,
    matter: String,
    version: i64,
}

/// Follows the streams `matter:<id>`.
pub(crate) struct MatterFollower;

impl Listener for MatterFollower {
    fn name(&self) -> &'static str {
        "webhooks"
    }

    /// What was imported or replayed is no news any more.
    fn take(&self, work: &mut Work<'_>, entries: &[Entry]) -> Result<(), Failure> {
        let told: Vec<WebhookRow> = projection::all(work.tx)?.into_iter().filter(|hook| hook.on).collect();
        if told.is_empty() {
            return Ok(());
        }
        for entry in entries.iter().filter(|entry| entry.source == Source::Live) {
            let Some((Matters::KIND, matter)) = entry.stream.split_once(':') else { continue };
            let event: Event = serde_json::from_str(&entry.body)?;
            let Some(kind) = WebhookKind::of(&event) else { continue };
            for hook in told.iter().filter(|hook| hook.kinds.contains(&kind)) {
                let (webhook, matter) = (hook.id.clone(), matter.to_owned());
                let waiting = Waiting { webhook, matter, version: entry.version };
                let key = format!("{}:{}:{}", waiting.webhook, waiting.matter, waiting.version);
                let now = work.when().recorded_at;
                enqueue(work, DELIVER, &key, &waiting, now)?;
            }
        }
        Ok(())
    }
}

async fn run(app: App, job: Job) -> Result<(), Failure> {
    let waiting: Waiting = serde_json::from_str(&job.payload)?;
    let asked = waiting.clone();
    let found = app
        .read(move |snapshot, _| {
            let Some(hook) = projection::one(snapshot, &asked.webhook)?.filter(|hook| hook.on) else {
                return Ok::<_, Failure>(None);
            };
            Ok(body(snapshot, &asked)?.map(|body| (hook, body)))
        })
        .await?;
    // It was turned off or removed since.
    let Some((hook, body)) = found else { return Ok(()) };
    let id = format!("msg_{}_{}", waiting.matter, waiting.version);
    match post(&app, &hook, &id, &body).await {
        Ok(()) => Ok(()),
        // "Gone" is how a receiver says that it wants no more.
        Err(OutwardError::Answered(410)) => {
            let by = By::System(DELIVER.into());
            app.write(move |work| shell::act(work, &by, &hook.id, &Command::Turn { on: false })).await
        }
        Err(error) => Err(Failure::Internal(format!("webhook: {error}"))),
    }
}

/// Says something that never happened, so that a receiver can be tried.
///
/// # Errors
/// See [`OutwardError`].
pub(crate) async fn trial(app: &App, hook: &WebhookRow) -> Result<(), OutwardError> {
    let now = app.now();
    let body = json!({ "type": "webhook.trial", "timestamp": now.to_string(), "data": {} }).to_string();
    post(app, hook, &format!("msg_trial_{}", now.micros()), &body).await
}

async fn post(app: &App, hook: &WebhookRow, id: &str, body: &str) -> Result<(), OutwardError> {
    let secret = kept::open(app, &shell::owner(&hook.id), &hook.secret).map_err(|_| OutwardError::Secret)?;
    let envelope = Envelope { id, at: app.now(), body };
    outward::post(&Guard::of(app), &hook.url, &secret, &envelope).await
}

/// The matter as it stood right after that event: codes, numbers and dates, nobody's name and
/// not a word of what was written.
fn body(query: &mut dyn Query, waiting: &Waiting) -> Result<Option<String>, Failure> {
    let history = platform::act::history::<Matters>(query, &waiting.matter)?;
    let Some(place) = history.iter().position(|entry| entry.version == waiting.version) else {
        return Ok(None);
    };
    let Some(kind) = WebhookKind::of(&history[place].event) else { return Ok(None) };
    let matter = history[..=place].iter().fold(Matter::default(), fold::fold);
    let told = json!({
        "type": kind.wire(),
        "timestamp": history[place].at().to_string(),
        "data": data(&waiting.matter, &matter, &history[place].event),
    });
    Ok(Some(told.to_string()))
}

fn data(id: &str, matter: &Matter, event: &Event) -> Value {
    let at = |instant: Option<Instant>| instant.map(|at| at.to_string());
    let units: Vec<Value> = matter
        .nodes
        .iter()
        .map(|node| {
            json!({
                "unit": node.unit,
                "role": node.role,
                "state": node.state.code(),
                "due": node.limits.handling.due().to_string(),
            })
        })
        .collect();
    let unit = match event {
        Event::Assigned(assigned) => matter.node(assigned.node),
        Event::Signed { node, .. } => matter.node(*node),
        Event::Supervised(taken) => taken.node.and_then(|node| matter.node(node)),
        _ => None,
    };
    json!({
        "id": id,
        "number": matter.number,
        "source_number": matter.source_number,
        "channel": matter.channel,
        "phase": matter.phase.code(),
        "category": matter.category,
        "area": matter.area,
        "office": matter.office,
        "urgency": matter.urgency,
        "filed_at": at(matter.filed_at),
        "promised": at(matter.promise.as_ref().map(|promise| promise.due)),
        "closing": matter.closing,
        "unit": unit.map(|node| node.unit.as_str()),
        "units": units,
        "redos": matter.redos,
    })
}
