//! An import's way into the journal: who may begin one, and who may go on with it.

use crate::rules::import::{Counts, Import, ImportCommand, ImportFacts, ImportState};
use kernel::Actor;
use kernel::permission::{Permission, Standing, may_ever, permit};
use platform::{By, Failure, Shell, Work};
use uuid::Uuid;

/// Notes that someone takes a file of so many rows over, for the unit that they record for.
///
/// # Errors
/// [`Failure::NotPermitted`].
pub fn begin_import(
    work: &mut Work<'_>,
    by: &By,
    register: &str,
    file: &str,
    rows: u32,
) -> Result<Uuid, Failure> {
    let grant = by.grants().iter().find(|grant| may_ever(grant.role, Permission::RegisterWrite));
    let unit = grant.ok_or(Failure::NotPermitted)?.unit.clone();
    let id = work.fresh.uuid();
    let command = ImportCommand::Begin { register: register.to_owned(), unit, file: file.to_owned(), rows };
    work.begin::<Import>(&id.to_string(), by, &command)?;
    Ok(id)
}

/// Notes a piece of it, in the transaction that takes the piece.
///
/// # Errors
/// [`Failure::NotFound`] where none was begun; [`Failure::NotPermitted`].
pub fn advance_import(
    work: &mut Work<'_>,
    by: &By,
    id: Uuid,
    row: u32,
    counts: Counts,
) -> Result<(), Failure> {
    work.act::<Import>(&id.to_string(), by, None, &ImportCommand::Advance { row, counts }).map(drop)
}

impl Shell for Import {
    fn facts(
        work: &mut Work<'_>,
        state: &ImportState,
        command: &ImportCommand,
        _: &By,
    ) -> Result<ImportFacts, Failure> {
        let unit = match command {
            ImportCommand::Begin { unit, .. } => Some(unit),
            ImportCommand::Advance { .. } => state.unit.as_ref(),
        };
        let unit = unit.ok_or(Failure::NotFound)?;
        let standing = network::unit(work.tx, unit)?.map(|unit| unit.path);
        Ok(ImportFacts { actor: Actor::Public, standing })
    }

    fn permit(_: &ImportState, _: &ImportCommand, facts: &ImportFacts, by: &By) -> Result<Actor, Failure> {
        let standing = Standing { handlers: facts.standing.iter().cloned().collect(), ..Standing::default() };
        let grant = permit(by.grants(), Permission::RegisterWrite, &standing);
        by.actor(Some(grant.ok_or(Failure::NotPermitted)?)).ok_or(Failure::NotPermitted)
    }

    fn with_actor(facts: &mut ImportFacts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &ImportState, _: &ImportState) -> Result<(), Failure> {
        Ok(())
    }
}
