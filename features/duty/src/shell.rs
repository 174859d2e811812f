//! Who may publish a roster, hand a shift over and take one over.

use crate::rules::handover::{self, Handover, HandoverRules};
use crate::rules::roster::{Facts, Publish, Roster, RosterRules};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use kernel::permission::{Permission, Standing, UnitPath, permit};
use kernel::{Actor, UnitId};
use platform::{App, By, Failure, Shell, Work};
use uuid::Uuid;

/// Publishes a unit's roster.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`] for another unit's.
pub fn publish(work: &mut Work<'_>, by: &By, unit: &UnitId, command: &Publish) -> Result<(), Failure> {
    work.act::<RosterRules>(unit.as_str(), by, None, command).map(drop)
}

/// Carries out a command on a hand-over.
///
/// # Errors
/// As [`publish`].
pub fn hand_over(work: &mut Work<'_>, by: &By, id: Uuid, command: &handover::Command) -> Result<(), Failure> {
    work.act::<HandoverRules>(&id.to_string(), by, None, command).map(drop)
}

/// Words of a hand-over as they are kept: a caller may be named in them.
pub fn seal(work: &mut Work<'_>, id: Uuid, words: &str) -> String {
    if words.trim().is_empty() {
        return String::new();
    }
    let sealed = work.vault().seal_own(&context(id), words.trim().as_bytes(), &mut work.fresh);
    STANDARD_NO_PAD.encode(sealed)
}

/// The same in the clear.
///
/// # Errors
/// [`Failure::Internal`] where they do not read.
pub fn open(app: &App, id: Uuid, sealed: &str) -> Result<String, Failure> {
    if sealed.is_empty() {
        return Ok(String::new());
    }
    let unreadable = || Failure::Internal("the words of a hand-over do not read".into());
    let sealed = STANDARD_NO_PAD.decode(sealed).map_err(|_| unreadable())?;
    let plain = app.vault.open_own(&context(id), &sealed)?;
    String::from_utf8(plain).map_err(|_| unreadable())
}

fn context(id: Uuid) -> String {
    format!("handover:{id}")
}

/// How a unit stands to its own roster.
pub(crate) fn own(path: &UnitPath) -> Standing {
    Standing { handlers: vec![path.clone()], ..Standing::default() }
}

/// How an office stands to its own shifts.
pub(crate) fn of_office(path: &UnitPath) -> Standing {
    Standing { office: Some(path.clone()), ..Standing::default() }
}

impl Shell for RosterRules {
    fn facts(work: &mut Work<'_>, _: &Roster, _: &Publish, _: &By) -> Result<Facts, Failure> {
        let unit = UnitId::from(work.acting_on());
        let unit = network::unit(work.tx, &unit)?.filter(|unit| unit.open).ok_or(Failure::NotFound)?;
        let zone = work.app().config.zone.clone();
        Ok(Facts { today: zone.date_of(work.now()), zone, unit: unit.path, actor: Actor::Public })
    }

    fn permit(_: &Roster, _: &Publish, facts: &Facts, by: &By) -> Result<Actor, Failure> {
        let grant = permit(by.grants(), Permission::DutyManage, &own(&facts.unit));
        by.actor(grant).filter(|_| grant.is_some()).ok_or(Failure::NotPermitted)
    }

    fn with_actor(facts: &mut Facts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &Roster, _: &Roster) -> Result<(), Failure> {
        Ok(())
    }
}

impl Shell for HandoverRules {
    fn facts(
        work: &mut Work<'_>,
        state: &Handover,
        command: &handover::Command,
        _: &By,
    ) -> Result<handover::Facts, Failure> {
        let office = match (command, &state.written) {
            (_, Some(written)) => written.office.clone(),
            (handover::Command::Write { office, .. }, None) => office.clone(),
            (handover::Command::Sign { .. }, None) => return Err(Failure::NotFound),
        };
        let office = network::unit(work.tx, &office)?.ok_or(Failure::NotFound)?;
        Ok(handover::Facts { office: office.path, actor: Actor::Public })
    }

    fn permit(
        _: &Handover,
        _: &handover::Command,
        facts: &handover::Facts,
        by: &By,
    ) -> Result<Actor, Failure> {
        let grant = permit(by.grants(), Permission::ShiftHandOver, &of_office(&facts.office));
        by.actor(grant).filter(|_| grant.is_some()).ok_or(Failure::NotFound)
    }

    fn with_actor(facts: &mut handover::Facts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &Handover, _: &Handover) -> Result<(), Failure> {
        Ok(())
    }
}
