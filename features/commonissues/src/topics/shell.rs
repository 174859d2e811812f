//! A command's way into a topic; its words are sealed under a key of their own.

use crate::rules::topic::{Command, Event, Found, Topic, TopicRules};
use kernel::permission::{Grant, Permission, Standing, permit};
use kernel::{Actor, Aggregate, Recorded, Refusal};
use matters::TextSealer;
use platform::{App, By, Failure, Shell, Work};
use store::Query;

/// The streams `hot_topic:<id>`: the pure rules with what surrounds them.
#[derive(Clone, Copy, Debug)]
pub struct Topics;

/// Notes a topic: somebody keeps an eye on it. The words may be empty.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn note(work: &mut Work<'_>, by: &By, id: &str, words: &str) -> Result<(), Failure> {
    let words = seal(work, words)?;
    act(work, by, id, &Command::Note { words })
}

/// Dismisses a topic with its reason.
///
/// # Errors
/// The rules' refusals; [`Failure::NotPermitted`].
pub fn dismiss(work: &mut Work<'_>, by: &By, id: &str, reason: &str) -> Result<(), Failure> {
    let reason = seal(work, reason)?;
    act(work, by, id, &Command::Dismiss { reason })
}

/// Notes the common issue that was made of it.
pub(crate) fn group(work: &mut Work<'_>, by: &By, id: &str, issue: &str) -> Result<(), Failure> {
    act(work, by, id, &Command::Group { issue: issue.to_owned() })
}

/// What was found, where the reader may see it.
pub(crate) fn found(query: &mut dyn Query, grants: &[Grant], id: &str) -> Result<Found, Failure> {
    load(query, grants, id).map(|(_, found)| found)
}

/// A topic, where the reader may see it.
pub(super) fn load(query: &mut dyn Query, grants: &[Grant], id: &str) -> Result<(Topic, Found), Failure> {
    let topic = platform::act::load::<Topics>(query, id)?.state;
    let found = topic.found.clone().ok_or(Failure::NotFound)?;
    permit(grants, Permission::IssueRead, &standing(query, &found)?).ok_or(Failure::NotFound)?;
    Ok((topic, found))
}

/// What was said of a topic; empty where nothing was.
pub(super) fn words(query: &mut dyn Query, app: &App, topic: &Topic) -> Result<String, Failure> {
    let Some(sealed) = &topic.words else { return Ok(String::new()) };
    match platform::act::subject_key(query, &app.vault, &sealed.subject)? {
        Some(key) => Ok(app.vault.open(&key, sealed)?.into_inner()),
        None => Ok(String::new()),
    }
}

fn seal(work: &mut Work<'_>, typed: &str) -> Result<Option<kernel::Sealed<String>>, Failure> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let sealer = TextSealer::with(work.new_subject()?);
    Ok(sealer.optional(work, typed))
}

fn act(work: &mut Work<'_>, by: &By, id: &str, command: &Command) -> Result<(), Failure> {
    work.act::<Topics>(id, by, None, command).map(drop)
}

fn standing(query: &mut dyn Query, found: &Found) -> Result<Standing, Failure> {
    let office = network::unit(query, &found.office)?.map(|unit| unit.path);
    Ok(Standing { office, ..Standing::default() })
}

impl Aggregate for Topics {
    type State = Topic;
    type Command = Command;
    type Event = Event;
    type Facts = Standing;

    const KIND: &'static str = TopicRules::KIND;

    fn event_kind(event: &Event) -> &'static str {
        TopicRules::event_kind(event)
    }

    fn decide(state: &Topic, command: &Command, _: &Standing) -> Result<Vec<Event>, Refusal> {
        TopicRules::decide(state, command, &())
    }

    fn fold(state: Topic, event: &Recorded<Event>) -> Topic {
        TopicRules::fold(state, event)
    }
}

impl Shell for Topics {
    fn facts(work: &mut Work<'_>, state: &Topic, command: &Command, _: &By) -> Result<Standing, Failure> {
        match (command, &state.found) {
            (Command::Find(found), _) => standing(work.tx, found),
            (_, Some(found)) => standing(work.tx, found),
            (_, None) => Err(Failure::NotFound),
        }
    }

    /// The platform finds; people settle.
    fn permit(_: &Topic, command: &Command, standing: &Standing, by: &By) -> Result<Actor, Failure> {
        let finds = matches!(command, Command::Find(_));
        let permission = match command {
            Command::Group { .. } => Permission::IssueManage,
            _ => Permission::TopicSettle,
        };
        match by {
            By::Operator => by.actor(None).ok_or(Failure::NotPermitted),
            By::System(_) if finds => by.actor(None).ok_or(Failure::NotPermitted),
            By::Person { .. } if !finds => {
                let grant = permit(by.grants(), permission, standing).ok_or(Failure::NotPermitted)?;
                by.actor(Some(grant)).ok_or(Failure::NotPermitted)
            }
            _ => Err(Failure::NotPermitted),
        }
    }

    fn with_actor(_: &mut Standing, _: Actor) {}

    fn after(_: &mut Work<'_>, _: &str, _: &Topic, _: &Topic) -> Result<(), Failure> {
        Ok(())
    }
}
