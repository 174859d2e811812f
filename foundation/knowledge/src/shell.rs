//! A command's way into an item, and a quote's onto a matter.

use crate::rules::item::{Command, Facts, Item, ItemRules};
use crate::rules::quote::{Facts as QuoteFacts, Quote, Quoted, Quoting};
use kernel::permission::{Permission, Standing, UnitPath, may_ever, permit};
use kernel::time::Span;
use kernel::{Actor, MatterId, UnitId};
use platform::{Acted, By, Failure, Shell, Work};
use store::{Query, params};
use uuid::Uuid;

/// Working days within which an owner settles a report.
pub const SETTLE_DAYS: u32 = 3;

/// Carries out a command on an item. `expected` is the version of the stream the sender saw.
///
/// # Errors
/// The rules' refusals; [`Failure::NotFound`] for an item there is not.
pub fn act(
    work: &mut Work<'_>,
    by: &By,
    id: Uuid,
    expected: Option<i64>,
    command: &Command,
) -> Result<Acted<Item>, Failure> {
    work.act::<ItemRules>(&id.to_string(), by, expected, command)
}

/// Notes on a matter that an item was quoted in its answer, in the answer's transaction.
///
/// # Errors
/// A refusal where the version is no longer offered.
pub fn quote(work: &mut Work<'_>, by: &By, matter: MatterId, quoted: Quoted) -> Result<(), Failure> {
    work.act::<Quoting>(&matter.to_string(), by, None, &Quote(quoted)).map(drop)
}

impl Shell for ItemRules {
    fn facts(work: &mut Work<'_>, state: &Item, command: &Command, _: &By) -> Result<Facts, Failure> {
        if !state.exists() && !matches!(command, Command::Draft(_)) {
            return Err(Failure::NotFound);
        }
        let now = work.now();
        let (app, calendar) = (work.app(), matters::configuration::calendar_in_force(work.tx)?);
        let mut units: Vec<UnitId> = state.unit().cloned().into_iter().collect();
        let (mut unit_open, mut category_known) = (true, true);
        if let Command::Draft(content) = command {
            unit_open = network::unit(work.tx, &content.unit)?.is_some_and(|unit| unit.open);
            units.push(content.unit.clone());
            if let Some(code) = &content.category {
                let categories = matters::categories::in_force(work.tx, app)?;
                category_known = categories.offer(code).is_some();
            }
        }
        // A draft beside a version may hand the item to another department.
        units.extend(state.draft.as_ref().map(|draft| draft.content.unit.clone()));
        let mut owners = Vec::with_capacity(units.len());
        for unit in units {
            owners.extend(network::unit(work.tx, &unit)?.map(|unit| unit.path));
        }
        Ok(Facts {
            today: app.config.zone.date_of(now),
            actor: Actor::Public,
            report_due: calendar.due(now, Span::working_days(SETTLE_DAYS), &[]).at,
            owners,
            unit_open,
            category_known,
        })
    }

    /// Who keeps it, or reviews, does so for every department it belongs to, before and after.
    /// Whoever reads may say that it is wrong.
    fn permit(_: &Item, command: &Command, facts: &Facts, by: &By) -> Result<Actor, Failure> {
        let permission = match command {
            Command::Draft(_)
            | Command::Attach(_)
            | Command::Detach(_)
            | Command::Submit
            | Command::Discard
            | Command::Withdraw { .. }
            | Command::Settle { .. } => Permission::KnowledgeWrite,
            Command::Review { .. } => Permission::KnowledgeReview,
            Command::Report { .. } => Permission::KnowledgeReport,
        };
        let grant = by.grants().iter().find(|grant| {
            let own = std::slice::from_ref(*grant);
            let may = |path: &UnitPath| permit(own, permission, &owned_by(path)).is_some();
            match permission {
                Permission::KnowledgeReport => permit(own, permission, &Standing::default()).is_some(),
                _ => !facts.owners.is_empty() && facts.owners.iter().all(may),
            }
        });
        by.actor(grant).filter(|_| grant.is_some()).ok_or(Failure::NotPermitted)
    }

    fn with_actor(facts: &mut Facts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &Item, _: &Item) -> Result<(), Failure> {
        Ok(())
    }
}

/// How the owner's unit stands to its item.
pub fn owned_by(path: &UnitPath) -> Standing {
    Standing { handlers: vec![path.clone()], ..Standing::default() }
}

impl Shell for Quoting {
    fn facts(
        work: &mut Work<'_>,
        _: &Vec<Quoted>,
        Quote(quoted): &Quote,
        _: &By,
    ) -> Result<QuoteFacts, Failure> {
        let today = work.app().config.zone.date_of(work.now()).to_string();
        let sql = "select 1 from knowledge_item where id = $1 and version = $2 and state = 'in_force' \
                   and valid_from <= $3 and valid_until >= $3";
        let found = work.tx.query_one_opt(sql, &params![quoted.item.to_string(), quoted.version, today])?;
        Ok(QuoteFacts { offered: found.is_some() })
    }

    /// Whoever answered the matter has been permitted to; here it is enough to read.
    fn permit(_: &Vec<Quoted>, _: &Quote, _: &QuoteFacts, by: &By) -> Result<Actor, Failure> {
        let grant = by.grants().iter().find(|grant| may_ever(grant.role, Permission::KnowledgeRead));
        by.actor(grant).filter(|_| grant.is_some()).ok_or(Failure::NotPermitted)
    }

    fn with_actor(_: &mut QuoteFacts, _: Actor) {}

    fn after(_: &mut Work<'_>, _: &str, _: &Vec<Quoted>, _: &Vec<Quoted>) -> Result<(), Failure> {
        Ok(())
    }
}
