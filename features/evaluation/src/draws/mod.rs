//! Draws around their rules: whether the sender's position allows it, what there is to draw
//! from, and the pages.

mod check;
mod draw;
mod list;
mod population;
mod projection;
mod queue;
mod read;
mod show;

pub use population::population;
pub use projection::DrawProjection;
pub use queue::PATH as QUEUE;
pub use read::{DrawRow, DrawnRow, draws, rows_of};

use crate::rules::draw::{Command, Draw, DrawRules, Facts, Plan};
use kernel::permission::{Permission, Standing, permit};
use kernel::{Actor, MatterId, UnitId};
use matters_rules::Finding;
use matters_rules::command::Recheck;
use platform::web::{Access, Routes};
use platform::{By, Failure, Shell, Work};

/// Where the list stands.
pub const PATH: &str = "/desk/evaluation";

/// The draws' pages.
pub(crate) fn routes() -> Routes {
    let read = Access::Staff(Permission::EvaluationRead);
    let draw = Access::Staff(Permission::SampleDraw);
    let check = Access::Staff(Permission::SampleCheck);
    Routes::new()
        .get(PATH, read, list::show)
        .get("/desk/evaluation/draws/new", draw, draw::form)
        .post("/desk/evaluation/draws", draw, draw::save)
        .get("/desk/evaluation/draws/{draw}", read, show::show)
        .get("/desk/evaluation/draws/{draw}/population", read, show::export)
        .get("/desk/evaluation/draws/{draw}/matters/{matter}", check, check::form)
        .post("/desk/evaluation/draws/{draw}/matters/{matter}", check, check::save)
        .get(QUEUE, check, queue::show)
}

/// Where a draw's page is.
pub(crate) fn href(draw: &str) -> String {
    format!("{PATH}/draws/{draw}")
}

/// Draws. The name of the draw is the answer.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn draw(work: &mut Work<'_>, by: &By, plan: &Plan) -> Result<String, Failure> {
    let id = work.fresh.uuid().to_string();
    work.act::<DrawRules>(&id, by, None, &Command::Draw(plan.clone()))?;
    Ok(id)
}

/// What a second look found.
pub struct Found {
    /// Whether the appellant was spoken to.
    pub called: bool,
    /// What was found.
    pub finding: Finding,
    /// What was seen and heard.
    pub words: String,
}

/// Notes a second look: in the matter, where what is wrong is put before whoever decides on a
/// redo, and in the draw, in one transaction.
///
/// # Errors
/// The refusals of both; [`Failure::NotFound`] where the matter is not for this person.
pub fn check(
    work: &mut Work<'_>,
    by: &By,
    draw: &str,
    matter: MatterId,
    found: &Found,
) -> Result<(), Failure> {
    let text = matters::TextSealer::of(work, matter)?.text(work, &found.words);
    let (called, finding) = (found.called, found.finding);
    let recheck = Recheck { draw: draw.to_owned(), called, finding, text };
    matters::act(work, by, matter, None, &matters_rules::Command::Recheck(Box::new(recheck)))?;
    work.act::<DrawRules>(draw, by, None, &Command::Record { matter, called, finding })?;
    Ok(())
}

/// A draw as it stands.
///
/// # Errors
/// [`Failure::NotFound`] where there is none.
pub(crate) fn load(query: &mut dyn store::Query, draw: &str) -> Result<(Draw, Plan), Failure> {
    let state = platform::act::load::<DrawRules>(query, draw)?.state;
    let plan = state.plan.clone().ok_or(Failure::NotFound)?;
    Ok((state, plan))
}

/// How an office stands to whoever draws from its matters.
pub(crate) fn standing_of(query: &mut dyn store::Query, office: &UnitId) -> Result<Standing, Failure> {
    let unit = network::unit(query, office)?.ok_or(Failure::NotFound)?;
    Ok(Standing { office: Some(unit.path), ..Standing::default() })
}

impl Shell for DrawRules {
    fn facts(work: &mut Work<'_>, state: &Draw, command: &Command, _: &By) -> Result<Facts, Failure> {
        let now = work.now();
        let plan = match (command, &state.plan) {
            (Command::Draw(plan), _) | (_, Some(plan)) => plan.clone(),
            (_, None) => return Err(Failure::NotFound),
        };
        let population = match command {
            Command::Draw(plan) => {
                let app = work.app();
                population(work.tx, app, plan, now)?
            }
            Command::Record { .. } => Vec::new(),
        };
        Ok(Facts {
            now,
            today: work.app().config.zone.date_of(now),
            actor: Actor::Public,
            population,
            seed: platform::vault::hex(&work.fresh.bytes::<16>()),
            standing: standing_of(work.tx, &plan.office)?,
        })
    }

    fn permit(_: &Draw, command: &Command, facts: &Facts, by: &By) -> Result<Actor, Failure> {
        let permission = match command {
            Command::Draw(_) => Permission::SampleDraw,
            Command::Record { .. } => Permission::SampleCheck,
        };
        let grant = permit(by.grants(), permission, &facts.standing).ok_or(Failure::NotPermitted)?;
        by.actor(Some(grant)).ok_or(Failure::NotPermitted)
    }

    fn with_actor(facts: &mut Facts, actor: Actor) {
        facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &Draw, _: &Draw) -> Result<(), Failure> {
        Ok(())
    }
}
