//! A command's way into an issue, and opening one: its number is allocated, its words are sealed.

use super::read;
use crate::rules::issue::{Command, Event, Facts, Issue, IssueRules, Opened, Text};
use crate::topics;
use kernel::permission::{Permission, Standing, permit};
use kernel::text::plain_line;
use kernel::{Actor, Aggregate, AreaId, MatterId, Recorded, Refusal, UnitId};
use matters::TextSealer;
use platform::{By, Failure, Shell, Work};

/// The streams `common_issue:<id>`: the pure rules with what surrounds them.
#[derive(Clone, Copy, Debug)]
pub struct Issues;

/// An issue as typed.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What it is about.
    pub title: String,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// The category it is about.
    pub category: Option<String>,
    /// The place it is about.
    pub area: Option<AreaId>,
    /// Why these matters are one issue.
    pub grounds: String,
    /// The matters.
    pub matters: Vec<MatterId>,
    /// The hot topic it comes from, which is settled with it.
    pub topic: Option<String>,
}

/// Opens an issue of the office that receives appeals. Its id is the answer.
///
/// # Errors
/// Those of the rules; [`Failure::NotPermitted`].
pub fn open(work: &mut Work<'_>, by: &By, wanted: &Wanted) -> Result<String, Failure> {
    let office = work.app().config.intake_office.clone().ok_or(Failure::NotFound)?;
    let id = work.fresh.uuid().to_string();
    let key = work.new_subject()?;
    let subject = key.subject().clone();
    let sealer = TextSealer::with(key);
    let year = work.app().config.zone.date_of(work.now()).year();
    let n = store::series::next(work.tx, &format!("common-issue-{year}"))?;
    let opened = Opened {
        number: format!("共性〔{year}〕{n}号"),
        title: plain_line(&wanted.title),
        office,
        unit: wanted.unit.clone(),
        category: wanted.category.clone(),
        area: wanted.area.clone(),
        subject,
        grounds: sealer.text(work, &wanted.grounds),
        topic: wanted.topic.clone(),
    };
    let matters = wanted.matters.clone();
    act(work, by, &id, &Command::Open { opened: Box::new(opened), matters })?;
    if let Some(topic) = &wanted.topic {
        topics::group(work, by, topic, &id)?;
    }
    Ok(id)
}

/// Carries out a command on an issue.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn act(work: &mut Work<'_>, by: &By, id: &str, command: &Command) -> Result<(), Failure> {
    work.act::<Issues>(id, by, None, command).map(drop)
}

/// Words about an issue, sealed as its own are; none where nothing was typed.
pub(crate) fn seal(work: &mut Work<'_>, id: &str, typed: &str) -> Result<Option<Text>, Failure> {
    let issue = work.load::<Issues>(id)?.state;
    let opened = issue.opened.ok_or(Failure::NotFound)?;
    let key = work.subject_key(&opened.subject)?;
    Ok(TextSealer::with(key).optional(work, typed))
}

/// What must be known, and how the sender stands to the issue.
#[derive(Clone, Debug)]
pub struct Around {
    facts: Facts,
    standing: Standing,
}

impl Aggregate for Issues {
    type State = Issue;
    type Command = Command;
    type Event = Event;
    type Facts = Around;

    const KIND: &'static str = IssueRules::KIND;

    fn event_kind(event: &Event) -> &'static str {
        IssueRules::event_kind(event)
    }

    fn decide(state: &Issue, command: &Command, around: &Around) -> Result<Vec<Event>, Refusal> {
        IssueRules::decide(state, command, &around.facts)
    }

    fn fold(state: Issue, event: &Recorded<Event>) -> Issue {
        IssueRules::fold(state, event)
    }
}

impl Shell for Issues {
    fn facts(work: &mut Work<'_>, state: &Issue, command: &Command, _: &By) -> Result<Around, Failure> {
        let (opened, matters) = match command {
            Command::Open { opened, matters } => (Some(&**opened), matters.as_slice()),
            Command::Add { matters } => (state.opened.as_ref(), matters.as_slice()),
            _ => (state.opened.as_ref(), [].as_slice()),
        };
        let opened = opened.ok_or(Failure::NotFound)?;
        if network::unit(work.tx, &opened.unit)?.is_none() {
            return Err(Refusal::field("unit", "issue-unit-missing").into());
        }
        let standing = read::standing(work.tx, opened)?;
        let elsewhere = read::elsewhere(work.tx, matters, &opened.number)?;
        Ok(Around { facts: Facts { actor: Actor::Public, elsewhere }, standing })
    }

    fn permit(_: &Issue, command: &Command, around: &Around, by: &By) -> Result<Actor, Failure> {
        let permission = match command {
            Command::Sign { .. } => Permission::IssueSign,
            _ => Permission::IssueManage,
        };
        match by {
            By::Operator => by.actor(None).ok_or(Failure::NotPermitted),
            By::Person { .. } => {
                let grant = permit(by.grants(), permission, &around.standing).ok_or(Failure::NotPermitted)?;
                by.actor(Some(grant)).ok_or(Failure::NotPermitted)
            }
            By::Appellant(_) | By::Public | By::System(_) | By::Platform { .. } => Err(Failure::NotPermitted),
        }
    }

    fn with_actor(around: &mut Around, actor: Actor) {
        around.facts.actor = actor;
    }

    fn after(_: &mut Work<'_>, _: &str, _: &Issue, _: &Issue) -> Result<(), Failure> {
        Ok(())
    }
}
