//! A command's way into draws and checks, and who is told.

use crate::rules::check::{Check, CheckRules, CheckState, Command, Facts, Score};
use crate::rules::draw::{self, Draw, DrawRules, Plan};
use kernel::permission::{Permission, Role, Standing, permit};
use kernel::{AccountId, Actor, ReceptionId};
use matters::TextSealer;
use matters::configuration::{NoticeKind, call_quality};
use matters::receptions;
use notices::rules::Leads;
use notices::{Telling, holders, tell_of_page};
use platform::ui::{Locale, Page, PagePrefs};
use platform::{App, By, Failure, Shell, Work};
use store::Query;

/// Who reads a score a second time.
const READERS: &[Role] = &[Role::Quality, Role::ShiftHead];

/// Draws. The name of the draw is the answer.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn draw(work: &mut Work<'_>, by: &By, plan: &Plan) -> Result<String, Failure> {
    let id = work.fresh.uuid().to_string();
    work.act::<DrawRules>(&id, by, None, plan)?;
    Ok(id)
}

/// What was heard and read in a call: points by item, and words.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Points by item.
    pub scores: crate::rules::check::Scores,
    /// What was heard and read.
    pub words: String,
}

/// Scores a drawn call.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn score(
    work: &mut Work<'_>,
    by: &By,
    call: ReceptionId,
    draw: &str,
    heard: &Heard,
) -> Result<(), Failure> {
    let score = sealed(work, heard)?;
    act(work, by, &Command::Score { draw: draw.to_owned(), call, score })
}

/// The officer answers the score of their own call.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn answer(work: &mut Work<'_>, by: &By, call: ReceptionId, words: &str) -> Result<(), Failure> {
    let text = TextSealer::with(work.new_subject()?).text(work, words);
    act(work, by, &Command::Answer { call, text })
}

/// Reads an answered score a second time.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn second(work: &mut Work<'_>, by: &By, call: ReceptionId, heard: &Heard) -> Result<(), Failure> {
    let score = sealed(work, heard)?;
    act(work, by, &Command::Second { call, score })
}

/// What a draw is made of: calls and visits of the period that were over at that moment.
///
/// # Errors
/// Whatever the store says.
pub fn population(
    query: &mut dyn Query,
    app: &App,
    plan: &Plan,
    as_of: kernel::time::Instant,
) -> Result<Vec<ReceptionId>, Failure> {
    let path = network::unit(query, &plan.office)?.ok_or(Failure::NotFound)?.path;
    let zone = &app.config.zone;
    receptions::over(query, &path, (zone.start_of_day(plan.from), zone.end_of_day(plan.to)), as_of)
}

/// How an office stands.
pub(crate) fn standing(query: &mut dyn Query, office: &kernel::UnitId) -> Result<Standing, Failure> {
    let unit = network::unit(query, office)?.ok_or(Failure::NotFound)?;
    Ok(Standing { office: Some(unit.path), ..Standing::default() })
}

/// In the language that the office writes in.
fn written_page(app: &App) -> Page {
    Page::new(app.locales.translator(Locale::ZhCn), app.config.site.clone(), PagePrefs::default(), "")
}

fn sealed(work: &mut Work<'_>, heard: &Heard) -> Result<Score, Failure> {
    let app = work.app();
    let version = call_quality::in_force(work.tx, app)?.version;
    let words = TextSealer::with(work.new_subject()?).text(work, &heard.words);
    Ok(Score { version, scores: heard.scores.clone(), words })
}

fn act(work: &mut Work<'_>, by: &By, command: &Command) -> Result<(), Failure> {
    work.act::<CheckRules>(&command.call().to_string(), by, None, command).map(drop)
}

impl Shell for DrawRules {
    fn facts(work: &mut Work<'_>, _: &Draw, plan: &Plan, _: &By) -> Result<draw::Facts, Failure> {
        let (app, now) = (work.app(), work.now());
        Ok(draw::Facts {
            now,
            today: app.config.zone.date_of(now),
            population: population(work.tx, app, plan, now)?,
            seed: platform::vault::hex(&work.fresh.bytes::<16>()),
            standing: standing(work.tx, &plan.office)?,
        })
    }

    fn permit(_: &Draw, _: &Plan, facts: &draw::Facts, by: &By) -> Result<Actor, Failure> {
        let grant = permit(by.grants(), Permission::CallCheckDraw, &facts.standing);
        by.actor(Some(grant.ok_or(Failure::NotPermitted)?)).ok_or(Failure::NotPermitted)
    }

    fn with_actor(_: &mut draw::Facts, _: Actor) {}

    fn after(_: &mut Work<'_>, _: &str, _: &Draw, _: &Draw) -> Result<(), Failure> {
        Ok(())
    }
}

impl Shell for CheckRules {
    fn facts(work: &mut Work<'_>, _: &Check, command: &Command, _: &By) -> Result<Facts, Failure> {
        let (app, now) = (work.app(), work.now());
        let call = receptions::taken(work.tx, command.call())?.ok_or(Failure::NotFound)?;
        let drawn = match command {
            Command::Score { draw, .. } => {
                platform::act::load::<DrawRules>(work.tx, draw)?.state.calls.contains(&call.id)
            }
            Command::Answer { .. } | Command::Second { .. } => true,
        };
        let sheet = call_quality::in_force(work.tx, app)?;
        Ok(Facts {
            now,
            actor: Actor::Public,
            officer: call.officer,
            standing: standing(work.tx, &call.office)?,
            office: call.office,
            begun_at: call.begun_at,
            drawn,
            items: sheet.in_use().map(|item| (item.code.clone(), item.points)).collect(),
        })
    }

    fn permit(_: &Check, command: &Command, facts: &Facts, by: &By) -> Result<Actor, Failure> {
        let permission = match command {
            Command::Answer { .. } => Permission::CallCheckOwn,
            Command::Score { .. } | Command::Second { .. } => Permission::CallCheckScore,
        };
        let grant = permit(by.grants(), permission, &facts.standing);
        by.actor(Some(grant.ok_or(Failure::NotPermitted)?)).ok_or(Failure::NotPermitted)
    }

    fn with_actor(facts: &mut Facts, actor: Actor) {
        facts.actor = actor;
    }

    /// The officer is told of a score, whoever reads again of an answer.
    fn after(work: &mut Work<'_>, id: &str, before: &Check, after: &Check) -> Result<(), Failure> {
        let Some(state) = after.state.filter(|state| before.state != Some(*state)) else { return Ok(()) };
        let app = work.app();
        let call = id.parse().map_err(|_| Failure::NotFound)?;
        let call = receptions::taken(work.tx, call)?.ok_or(Failure::NotFound)?;
        let (kind, to): (NoticeKind, Vec<AccountId>) = match state {
            CheckState::Scored | CheckState::Final => {
                (NoticeKind::CallChecked, after.officer.into_iter().collect())
            }
            CheckState::Answered => {
                let readers = holders(work.tx, app, std::slice::from_ref(&call.office), READERS)?;
                let first: Vec<AccountId> = after.by.into_iter().collect();
                (NoticeKind::CallAnswered, readers.into_iter().filter(|to| !first.contains(to)).collect())
            }
        };
        let telling = Telling {
            of: format!("call_check-{id}"),
            occasion: state.code().to_owned(),
            kind,
            page: Leads {
                name: written_page(app).datetime(&call.begun_at),
                href: crate::web::call_href(&call.id),
            },
            due: None,
        };
        tell_of_page(work, &telling, &to)
    }
}
