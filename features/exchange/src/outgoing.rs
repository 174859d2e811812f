//! From the journal to the other platform: what happened to a matter that passed becomes a
//! message, in the transaction that reads the journal on. A job carries it; it tries again
//! while the other side is away, and stands on `/admin/jobs` once it is given up.

use crate::projection::{self, HandoverRow, MessageRow, PartnerRow};
use crate::rules::handover::{Command, Passed};
use crate::rules::news;
use crate::rules::partner::{Adapter, Direction};
use crate::rules::wire::{Kind, Message};
use crate::{compose, folder, shell};
use kernel::{Aggregate, NodeId, Source};
use matters::Matters;
use matters_rules::Event;
use outward::guard::Guard;
use outward::{Envelope, kept};
use platform::jobs::{JobHandler, enqueue, handler};
use platform::listeners::Listener;
use platform::{App, By, Failure, Work};
use serde::{Deserialize, Serialize};
use store::Entry;
use store::jobs::Job;

const DELIVER: &str = "exchange.deliver";

/// The handler, by kind.
pub(crate) fn jobs() -> Vec<(&'static str, JobHandler)> {
    vec![(DELIVER, handler(run))]
}

/// What waits to be carried.
#[derive(Clone, Serialize, Deserialize)]
struct Waiting {
    handover: String,
    message: String,
}

/// Follows the streams `matter:<id>`.
pub(crate) struct MatterFollower;

impl Listener for MatterFollower {
    fn name(&self) -> &'static str {
        "exchange"
    }

    /// What was imported or replayed is no news any more.
    fn take(&self, work: &mut Work<'_>, entries: &[Entry]) -> Result<(), Failure> {
        let partners = projection::partners(work.tx)?;
        if partners.is_empty() {
            return Ok(());
        }
        for entry in entries.iter().filter(|entry| entry.source == Source::Live) {
            let Some((Matters::KIND, matter)) = entry.stream.split_once(':') else { continue };
            let event: Event = serde_json::from_str(&entry.body)?;
            for handover in projection::of_matter(work.tx, matter)? {
                if let Some(kind) = told(&handover, &event) {
                    tell(work, &handover.id, kind, entry.version)?;
                }
            }
            if let Event::Assigned(assigned) = &event {
                let handles = |partner: &&PartnerRow| {
                    partner.direction == Direction::Below && partner.terms.unit == assigned.unit && partner.on
                };
                if let Some(partner) = partners.iter().find(handles) {
                    hand_down(work, partner, matter, assigned.node, entry.version)?;
                }
            }
        }
        Ok(())
    }
}

/// What an event of the matter is to the platform it passed from or to; none where it is no
/// news there.
fn told(handover: &HandoverRow, event: &Event) -> Option<Kind> {
    match (handover.direction, handover.node) {
        (Direction::Above, _) => news::to_above(event),
        (Direction::Below, node) => news::to_below(node?, event),
    }
}

/// An assignment of a unit whose work another platform does: it goes there at once.
fn hand_down(
    work: &mut Work<'_>,
    partner: &PartnerRow,
    matter: &str,
    node: NodeId,
    version: i64,
) -> Result<(), Failure> {
    let number = work.load::<Matters>(matter)?.state.number;
    // A second assignment of the same matter to the same unit has a number of its own.
    let mut own_number = number.clone();
    let mut n = 1;
    while projection::numbered(work.tx, &partner.code, &own_number)?.is_some() {
        n += 1;
        own_number = format!("{number}-{n}");
    }
    let id = work.fresh.uuid().to_string();
    let matter = matter.parse().map_err(|_| Failure::Internal("a matter's id is no UUID".into()))?;
    let passed = Passed {
        partner: partner.code.clone(),
        direction: Direction::Below,
        number: own_number,
        matter,
        node: Some(node),
    };
    shell::pass(work, &by(), &id, &Command::Open(passed))?;
    tell(work, &id, Kind::HandedDown, version)
}

/// Writes down that a message is to be sent, and leaves the job that carries it. The message
/// speaks of the matter as of that version.
fn tell(work: &mut Work<'_>, handover: &str, kind: Kind, version: i64) -> Result<(), Failure> {
    let message = format!("{handover}:{version}");
    shell::pass(work, &by(), handover, &Command::Tell { message: message.clone(), kind })?;
    carry(work, handover, &message)
}

/// Leaves the job that carries a message.
fn carry(work: &mut Work<'_>, handover: &str, message: &str) -> Result<(), Failure> {
    let now = work.when().recorded_at;
    let waiting = Waiting { handover: handover.to_owned(), message: message.to_owned() };
    enqueue(work, DELIVER, message, &waiting, now)
}

/// Everything that waits for a partner is tried again now.
///
/// # Errors
/// The store's.
pub(crate) fn carry_all(work: &mut Work<'_>, partner: &str) -> Result<usize, Failure> {
    let waiting = projection::waiting(work.tx, partner)?;
    for (handover, message) in &waiting {
        carry(work, handover, message)?;
    }
    Ok(waiting.len())
}

fn by() -> By {
    By::System(DELIVER.into())
}

async fn run(app: App, job: Job) -> Result<(), Failure> {
    let waiting: Waiting = serde_json::from_str(&job.payload)?;
    let asked = waiting.clone();
    let found = app
        .read(move |snapshot, app| {
            let Some(handover) = projection::handover(snapshot, &asked.handover)? else {
                return Ok::<_, Failure>(None);
            };
            let messages = projection::messages(snapshot, &handover.id)?;
            let wanted = |row: &MessageRow| row.id == asked.message && !row.incoming;
            let Some(row) = messages.into_iter().find(wanted) else { return Ok(None) };
            // While it is turned off messages wait; turned on, they are left to be carried anew.
            let partner = projection::partner(snapshot, &handover.partner)?.filter(|partner| partner.on);
            let (Some(partner), None) = (partner, row.delivered_at) else { return Ok(None) };
            Ok(compose::message(snapshot, app, &handover, &row)?.map(|message| (partner, message)))
        })
        .await?;
    let Some((partner, message)) = found else { return Ok(()) };
    send(&app, &partner, &message).await?;
    app.write(move |work| {
        let deliver = Command::Deliver { message: waiting.message.clone() };
        shell::pass(work, &by(), &waiting.handover, &deliver)
    })
    .await
}

async fn send(app: &App, partner: &PartnerRow, message: &Message) -> Result<(), Failure> {
    let body = serde_json::to_string(message)?;
    match partner.terms.adapter {
        Adapter::Files => folder::put(app, partner, message, body).await,
        Adapter::Http => {
            let secret = kept::open(app, &shell::owner(&partner.code), &partner.secret)?;
            let envelope = Envelope { id: &message.id, at: app.now(), body: &body };
            outward::post(&Guard::of(app), &partner.terms.url, &secret, &envelope)
                .await
                .map_err(|error| Failure::Internal(format!("exchange with {}: {error}", partner.code)))
        }
    }
}
