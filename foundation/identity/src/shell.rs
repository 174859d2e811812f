//! What an account's rules need around them: look-ups before, permission by position,
//! sessions that end with the account.

use crate::read;
use crate::rules::absence::{Absence, SubstituteFact};
use crate::rules::account::{Account, AccountCommand, AccountFacts, AccountState, GrantId, HeldGrant};
use crate::rules::decide::handed_over;
use kernel::Actor;
use kernel::permission::{Permission, Standing, UnitPath, may_be_stood_in_for, permit};
use kernel::time::Date;
use platform::{By, Failure, Shell, Work};
use store::sessions;

impl Shell for Account {
    fn facts(
        work: &mut Work<'_>,
        state: &AccountState,
        command: &AccountCommand,
        _: &By,
    ) -> Result<AccountFacts, Failure> {
        let today = work.app().config.zone.date_of(work.now());
        let mut facts = AccountFacts {
            actor: Actor::Operator,
            today,
            now: work.now(),
            login_taken: false,
            unit_open: false,
            successor_enabled: false,
            inherited: Vec::new(),
            substitute: None,
        };
        match command {
            AccountCommand::NoteAbsence(absence) => facts.substitute = substitute(work, state, absence)?,
            AccountCommand::Create { login, .. } => {
                let login = login.trim().to_ascii_lowercase();
                facts.login_taken = read::by_login(work.tx, &login)?.is_some();
            }
            AccountCommand::Grant(grant) => {
                facts.unit_open = network::unit(work.tx, &grant.unit)?.is_some_and(|unit| unit.open);
            }
            AccountCommand::HandOver { to, from } => {
                facts.successor_enabled = work.load::<Self>(&to.to_string())?.state.enabled(*from);
            }
            AccountCommand::TakeOver { of, from } => {
                let leaver = work.load::<Self>(&of.to_string())?.state;
                let fresh = &mut work.fresh;
                let renamed = |grant: HeldGrant| HeldGrant { grant: GrantId(fresh.uuid()), ..grant };
                facts.inherited = handed_over(&leaver, *from).into_iter().map(renamed).collect();
            }
            _ => {}
        }
        Ok(facts)
    }

    fn permit(
        state: &AccountState,
        command: &AccountCommand,
        _: &AccountFacts,
        by: &By,
    ) -> Result<Actor, Failure> {
        let permission = match command {
            // Whoever has a token asks with it; it opens no address that would outlive it.
            AccountCommand::ChangePassword
            | AccountCommand::OpenFeed(_)
            | AccountCommand::CloseFeed { .. } => return holder(state, by),
            AccountCommand::NoteAbsence(_) | AccountCommand::EndAbsence { .. } if is_own(state, by) => {
                return holder(state, by);
            }
            AccountCommand::NoteAbsence(_) | AccountCommand::EndAbsence { .. } => Permission::GrantsManage,
            AccountCommand::Create { .. }
            | AccountCommand::ResetPassword
            | AccountCommand::Disable
            | AccountCommand::Enable
            | AccountCommand::HandOver { .. }
            | AccountCommand::TakeOver { .. } => Permission::AccountsManage,
            AccountCommand::Unlock | AccountCommand::Grant(_) | AccountCommand::EndGrant { .. } => {
                Permission::GrantsManage
            }
            AccountCommand::IssueToken(_) | AccountCommand::RevokeToken { .. } => Permission::TokensManage,
        };
        let permitted = match by {
            By::Operator => by.actor(None),
            // A token acts for its account, but never administers.
            By::Person { grants, token: None, .. } => {
                permit(grants, permission, &Standing::default()).and_then(|grant| by.actor(Some(grant)))
            }
            _ => None,
        };
        permitted.ok_or(Failure::NotPermitted)
    }

    fn with_actor(facts: &mut AccountFacts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(work: &mut Work<'_>, id: &str, _: &AccountState, after: &AccountState) -> Result<(), Failure> {
        let today = work.app().config.zone.date_of(work.now());
        if !after.enabled(today) {
            sessions::delete_of_account(work.tx, id, None)?;
        }
        Ok(())
    }
}

/// What the rules must know of whoever is to stand in.
fn substitute(
    work: &mut Work<'_>,
    holder: &AccountState,
    absence: &Absence,
) -> Result<Option<SubstituteFact>, Failure> {
    let Some(id) = absence.substitute else { return Ok(None) };
    let substitute = work.load::<Account>(&id.to_string())?.state;
    if substitute.id.is_none() {
        return Ok(None);
    }
    let (from, until) = (absence.from, absence.until);
    let lent = paths(work, holder, from)?;
    let own = paths(work, &substitute, from)?;
    Ok(Some(SubstituteFact {
        enabled: substitute.enabled(from),
        away: substitute.absences.iter().any(|known| known.overlaps(from, until)),
        within: lent.iter().any(|post| own.iter().any(|other| post.holds(other))),
    }))
}

/// Where someone's own posts stand that may be lent, on a day.
fn paths(work: &mut Work<'_>, account: &AccountState, day: Date) -> Result<Vec<UnitPath>, Failure> {
    let mut paths = Vec::new();
    let lendable = |held: &&HeldGrant| may_be_stood_in_for(held.role) && held.in_force(day);
    for held in account.grants.iter().filter(lendable) {
        paths.extend(network::unit(work.tx, &held.unit)?.map(|unit| unit.path));
    }
    Ok(paths)
}

fn is_own(state: &AccountState, by: &By) -> bool {
    matches!(by, By::Person { account, token: None, .. } if state.id == Some(*account))
}

/// Only the holder changes the password and opens or closes addresses, or the operator at the
/// shell does. Someone without any grant may, too: their post has just been handed over or is
/// not granted yet.
fn holder(state: &AccountState, by: &By) -> Result<Actor, Failure> {
    match by {
        By::Operator => by.actor(None).ok_or(Failure::NotPermitted),
        By::Person { account, grants, token: None } if state.id == Some(*account) => match grants.first() {
            Some(grant) => by.actor(Some(grant)),
            None => Some(Actor::System { job: "account".into() }),
        }
        .ok_or(Failure::NotPermitted),
        _ => Err(Failure::NotPermitted),
    }
}
