//! Slips around their rules: whether the sender's position allows it, the number from the
//! year's series, what the matter's timeline is told, and the pages.

mod draft;
mod list;
mod paper;
mod projection;
mod read;
mod show;
mod step;
mod steps_api;

pub(crate) use draft::PATH as DRAFT;
pub use draft::{Wanted, draft};
pub use projection::SlipProjection;
pub use read::{SlipRow, SlipTab, has_open, list_of, tab_counts};

use crate::rules::slip::{Command, Event, Facts, Slip, SlipRules, SlipState, Subject};
use kernel::permission::{Permission, Standing, permit};
use kernel::{Actor, SlipId};
use matters_rules::{Addressee, Measure};
use platform::web::{Access, Routes};
use platform::{Acted, By, Failure, Shell, Work};
use store::{Query, params};

/// Where the list stands.
pub(crate) const PATH: &str = "/desk/slips";

/// The slips' pages.
pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::SupervisionRead);
    let draft = Access::Staff(Permission::SlipDraft);
    Routes::new()
        .get(PATH, read, list::show)
        .get("/desk/slips/export", read, list::export)
        .get(draft::PATH, draft, draft::form)
        .post(draft::PATH, draft, draft::save)
        .get("/desk/slips/{slip}", read, show::show)
        .get("/desk/slips/{slip}/revision", draft, draft::revision)
        .post("/desk/slips/{slip}/revision", draft, draft::revise)
        .post("/desk/slips/{slip}/check", Access::Staff(Permission::SlipCheck), step::check)
        .post("/desk/slips/{slip}/issue", Access::Staff(Permission::SlipIssue), step::issue)
        .post("/desk/slips/{slip}/reply", Access::Staff(Permission::SlipReply), step::reply)
        .post("/desk/slips/{slip}/settlement", draft, step::settle)
        .post("/desk/slips/{slip}/cancellation", draft, step::cancel)
        .get("/desk/slips/{slip}/paper", read, paper::page)
        .get("/desk/slips/{slip}/paper.docx", read, paper::word)
        .merge(steps_api::routes())
}

/// Carries out a command on a slip; issuing one is told on the matter's timeline too, in the
/// same transaction.
///
/// # Errors
/// See [`Failure`]; [`Failure::NotFound`] where the sender may not know of the slip.
pub fn act(
    work: &mut Work<'_>,
    by: &By,
    id: SlipId,
    expected: Option<i64>,
    command: &Command,
) -> Result<Acted<Slip>, Failure> {
    let acted = work.act::<SlipRules>(&id.to_string(), by, expected, command)?;
    if let (Command::Issue, Some(subject), Some((year, serial))) =
        (command, &acted.state.subject, acted.state.number)
    {
        let told = matters_rules::command::Supervise {
            node: Some(subject.node),
            measure: Measure::Slip,
            to: Addressee::Unit,
            text: None,
            slip: Some(format!("{year}-{serial}")),
            trigger: None,
        };
        let command = matters_rules::Command::Supervise(Box::new(told));
        matters::act(work, by, subject.matter, None, &command)?;
    }
    Ok(acted)
}

impl Shell for SlipRules {
    fn facts(work: &mut Work<'_>, state: &Slip, command: &Command, _: &By) -> Result<Facts, Failure> {
        if state.state.is_none() && !matches!(command, Command::Draft { .. }) {
            return Err(Failure::NotFound);
        }
        let now = work.now();
        let number = match (command, state.state) {
            (Command::Issue, Some(SlipState::Checked)) => {
                let year = work.app().config.zone.date_of(now).year();
                let serial = store::series::next(work.tx, &format!("slip-{year}"))?;
                Some((year, u32::try_from(serial).unwrap_or(u32::MAX)))
            }
            _ => None,
        };
        let calendar = matters::configuration::calendar_in_force(work.tx)?;
        Ok(Facts { now, actor: Actor::Public, calendar, number, standing: standing(work, state, command)? })
    }

    fn permit(_: &Slip, command: &Command, facts: &Facts, by: &By) -> Result<Actor, Failure> {
        if let (By::System(_), Command::Draft { rule: Some(_), .. }) = (by, command) {
            return by.actor(None).ok_or(Failure::NotPermitted);
        }
        let permission = match command {
            Command::Draft { .. }
            | Command::Revise { .. }
            | Command::Settle { .. }
            | Command::Cancel { .. } => Permission::SlipDraft,
            Command::Check { .. } => Permission::SlipCheck,
            Command::Issue => Permission::SlipIssue,
            Command::Reply { .. } => Permission::SlipReply,
        };
        let grant = permit(by.grants(), permission, &facts.standing);
        match (grant, permit(by.grants(), Permission::SupervisionRead, &facts.standing)) {
            (Some(grant), _) => by.actor(Some(grant)).ok_or(Failure::NotPermitted),
            (None, Some(_)) => Err(Failure::NotPermitted),
            (None, None) => Err(Failure::NotFound),
        }
    }

    fn with_actor(facts: &mut Facts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &Slip, _: &Slip) -> Result<(), Failure> {
        Ok(())
    }
}

/// How the units stand to a slip: the office of its matter and the unit it is addressed to.
fn standing(work: &mut Work<'_>, state: &Slip, command: &Command) -> Result<Standing, Failure> {
    let subject = match (command, &state.subject) {
        (Command::Draft { subject, .. }, _) | (_, Some(subject)) => subject.clone(),
        (_, None) => return Err(Failure::NotFound),
    };
    standing_of(work.tx, &subject)
}

/// The same for whoever only looks.
pub(crate) fn standing_of(query: &mut dyn Query, subject: &Subject) -> Result<Standing, Failure> {
    let sql = "select office_path, complained_path from matter where id = $1";
    let row = query.query_one_opt(sql, &params![subject.matter.to_string()])?.ok_or(Failure::NotFound)?;
    let path = kernel::permission::UnitPath;
    Ok(Standing {
        office: Some(path(row.text(0)?)),
        assigners: Vec::new(),
        handlers: network::unit(query, &subject.unit)?.map(|unit| unit.path).into_iter().collect(),
        complained_about: row.opt_text(1)?.map(path),
    })
}

/// What a slip's history says, for its page.
pub(crate) fn history(query: &mut dyn Query, id: SlipId) -> Result<Vec<kernel::Recorded<Event>>, Failure> {
    platform::act::history::<SlipRules>(query, &id.to_string())
}
