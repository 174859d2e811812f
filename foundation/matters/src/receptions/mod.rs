//! Callers and visitors at the intake desk: streams `reception:<id>`, whose rules are
//! `matters_rules::reception`. Begun when a call is put on the screen or the first word is
//! kept; what nobody ends, ends by itself with its draft.

mod figures;
mod projection;
mod taken;

pub use figures::{CallDay, days};
pub use projection::{Open, ReceptionProjection, held_by_others, invalid_calls_of, open_of, open_one};
pub use taken::{Taken, over, taken};

use crate::filing::PHONE;
use kernel::permission::{Grant, Permission, may_ever};
use kernel::text::normal_phone;
use kernel::{Actor, Aggregate, ReceptionId, Recorded, Refusal, UnitId};
use matters_rules::Channel;
use matters_rules::reception::{Command, Ending, Event, Reception, ReceptionRules};
use platform::jobs::enqueue;
use platform::vault::Vault;
use platform::{Acted, App, By, Failure, Shell, Work};
use store::jobs::Job;

/// How long what was begun may lie, in hours: over a weekend, not over a holiday.
pub const KEPT_HOURS: i64 = 72;

/// Job that ends what nobody took up again.
pub(crate) const LAPSE: &str = "reception.lapse";

/// The streams with what surrounds the rules.
#[derive(Clone, Copy, Debug)]
pub struct Receptions;

/// Someone is on the line or at the counter; again with the same id is harmless.
///
/// # Errors
/// [`Failure::NotPermitted`] for whoever may not file.
pub fn begin(
    work: &mut Work<'_>,
    by: &By,
    id: ReceptionId,
    office: UnitId,
    channel: Channel,
    phone: &str,
) -> Result<(), Failure> {
    let caller = blind_caller(work.vault(), phone);
    act(work, by, id, &Command::Begin { office, channel, caller }).map(drop)
}

/// Carries out a command on a reception.
///
/// # Errors
/// The rules' refusals; [`Failure::NotFound`] where it is another officer's.
pub fn act(
    work: &mut Work<'_>,
    by: &By,
    id: ReceptionId,
    command: &Command,
) -> Result<Acted<Reception>, Failure> {
    work.act::<Receptions>(&id.to_string(), by, None, command)
}

/// A caller's number as it is kept: never in the clear.
pub(crate) fn blind_caller(vault: &Vault, phone: &str) -> Option<String> {
    normal_phone(phone).map(|phone| vault.blind(PHONE, phone))
}

/// Ends a reception nobody came back to.
///
/// # Errors
/// Whatever the store says.
pub(crate) async fn run_lapse(app: App, job: Job) -> Result<(), Failure> {
    let id: ReceptionId = serde_json::from_str(&job.payload)?;
    let by = By::System(LAPSE.into());
    match app.write(move |work| act(work, &by, id, &Command::End(Ending::GivenUp)).map(drop)).await {
        // It was ended in time.
        Err(Failure::Refused(_)) => Ok(()),
        outcome => outcome,
    }
}

impl Aggregate for Receptions {
    type State = Reception;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    const KIND: &'static str = ReceptionRules::KIND;

    fn event_kind(event: &Event) -> &'static str {
        ReceptionRules::event_kind(event)
    }

    fn decide(state: &Reception, command: &Command, (): &()) -> Result<Vec<Event>, Refusal> {
        ReceptionRules::decide(state, command, &())
    }

    fn fold(state: Reception, event: &Recorded<Event>) -> Reception {
        ReceptionRules::fold(state, event)
    }
}

impl Shell for Receptions {
    fn facts(_: &mut Work<'_>, _: &Reception, _: &Command, _: &By) -> Result<(), Failure> {
        Ok(())
    }

    /// Whoever may file at all has a desk; what was begun is its officer's alone, until it is
    /// held: then whoever of the same office is free may take it up, and it is theirs.
    fn permit(state: &Reception, command: &Command, (): &(), by: &By) -> Result<Actor, Failure> {
        match by {
            By::System(_) => by.actor(None).ok_or(Failure::NotPermitted),
            By::Person { account, grants, .. } => {
                let grant = grants.iter().find(|grant| may_ever(grant.role, Permission::MatterFile));
                let actor = by.actor(grant).filter(|_| grant.is_some()).ok_or(Failure::NotPermitted)?;
                match state.officer {
                    Some(officer) if officer != *account && !takes_up(state, command, grants) => {
                        Err(Failure::NotFound)
                    }
                    _ => Ok(actor),
                }
            }
            _ => Err(Failure::NotPermitted),
        }
    }

    fn with_actor((): &mut (), _: Actor) {}

    fn after(work: &mut Work<'_>, id: &str, before: &Reception, after: &Reception) -> Result<(), Failure> {
        if before.begun_at.is_none() && after.begun_at.is_some() {
            let lapses_at = work.now().plus_hours(KEPT_HOURS);
            enqueue(work, LAPSE, id, &id, lapses_at)?;
        }
        if before.ending.is_none() && after.ending.is_some() {
            store::jobs::cancel(work.tx, LAPSE, id)?;
        }
        Ok(())
    }
}

/// Whether it is held, and taken up by someone who may file for its office.
fn takes_up(state: &Reception, command: &Command, grants: &[Grant]) -> bool {
    let held = matches!(command, Command::Resume) && state.held_at.is_some();
    held && grants.iter().any(|grant| {
        may_ever(grant.role, Permission::MatterFile) && state.office.as_ref() == Some(&grant.unit)
    })
}
