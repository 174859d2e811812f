//! A hot topic 热点预警 from the hour it was found: noted, dismissed with a reason, or made a
//! common issue of. Pure.

use super::surge::{Measure, Surge};
use kernel::time::Instant;
use kernel::{Aggregate, Recorded, Refusal, Sealed, UnitId, codes};
use serde::{Deserialize, Serialize};

codes! {
    /// How far a topic is.
    TopicState, "topic-state" {
        /// 待处置
        Open = "open",
        /// 已关注: somebody keeps an eye on it.
        Noted = "noted",
        /// 已排除: no issue.
        Dismissed = "dismissed",
        /// 已列为共性问题
        Grouped = "grouped",
    }
}

/// What was found, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The office whose matters they are.
    pub office: UnitId,
    /// The rule's code, and the version of the document it stood in.
    pub rule: String,
    /// See [`Found::rule`].
    pub version: u32,
    /// What the rule said then.
    pub measure: Measure,
    /// What was found.
    pub surge: Surge,
}

/// What is wanted.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the variants carry their own words")]
pub enum Command {
    /// It was found, or found again with more matters.
    Find(Box<Found>),
    Note {
        words: Option<Sealed<String>>,
    },
    Dismiss {
        reason: Option<Sealed<String>>,
    },
    /// A common issue was made of it.
    Group {
        issue: String,
    },
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Found(Box<Found>),
    Noted { words: Option<Sealed<String>> },
    Dismissed { reason: Sealed<String> },
    Grouped { issue: String },
}

/// A topic.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// As found last; none: it never was.
    pub found: Option<Found>,
    /// When it was found first.
    pub since: Option<Instant>,
    /// How far it is.
    pub state: Option<TopicState>,
    /// What was said of it.
    pub words: Option<Sealed<String>>,
    /// When it was settled.
    pub settled_at: Option<Instant>,
    /// The issue made of it.
    pub issue: Option<String>,
}

/// The rules.
#[derive(Clone, Copy, Debug)]
pub struct TopicRules;

impl Aggregate for TopicRules {
    type State = Topic;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    const KIND: &'static str = "hot_topic";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Found(_) => "topic_found",
            Event::Noted { .. } => "topic_noted",
            Event::Dismissed { .. } => "topic_dismissed",
            Event::Grouped { .. } => "topic_grouped",
        }
    }

    fn decide(topic: &Topic, command: &Command, (): &()) -> Result<Vec<Event>, Refusal> {
        let Some(state) = topic.state else {
            return match command {
                Command::Find(found) => Ok(vec![Event::Found(found.clone())]),
                _ => Err(Refusal::new("topic-unknown")),
            };
        };
        let event = match command {
            Command::Find(found) => {
                let known = topic.found.as_ref().map_or(0, |known| known.surge.matters.len());
                // What is settled stays so; fewer or as many are no news.
                let news = matches!(state, TopicState::Open | TopicState::Noted)
                    && found.surge.matters.len() > known;
                return Ok(if news { vec![Event::Found(found.clone())] } else { Vec::new() });
            }
            Command::Group { .. } if state == TopicState::Grouped => {
                return Err(Refusal::new("topic-settled"));
            }
            Command::Group { issue } => Event::Grouped { issue: issue.clone() },
            Command::Note { words } if state == TopicState::Open => Event::Noted { words: words.clone() },
            Command::Dismiss { reason } if matches!(state, TopicState::Open | TopicState::Noted) => {
                let reason = reason.clone().ok_or_else(|| Refusal::field("words", "topic-reason-missing"))?;
                Event::Dismissed { reason }
            }
            Command::Note { .. } | Command::Dismiss { .. } => return Err(Refusal::new("topic-settled")),
        };
        Ok(vec![event])
    }

    fn fold(mut topic: Topic, entry: &Recorded<Event>) -> Topic {
        let mut settle = |state, words: Option<&Sealed<String>>| {
            topic.state = Some(state);
            topic.words = words.cloned();
            topic.settled_at = Some(entry.at());
        };
        match &entry.event {
            Event::Found(found) => {
                topic.state.get_or_insert(TopicState::Open);
                topic.since.get_or_insert(entry.at());
                topic.found = Some((**found).clone());
            }
            Event::Noted { words } => settle(TopicState::Noted, words.as_ref()),
            Event::Dismissed { reason } => settle(TopicState::Dismissed, Some(reason)),
            Event::Grouped { issue } => {
                settle(TopicState::Grouped, None);
                topic.issue = Some(issue.clone());
            }
        }
        topic
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Actor, Source, SubjectId};

    fn found(matters: u32) -> Command {
        let id = |n: u32| format!("00000000-0000-7000-8000-{n:012}").parse().expect("an id");
        Command::Find(Box::new(Found {
            office: "office".into(),
            rule: "day".into(),
            version: 1,
            measure: Measure { hours: 24, minimum: 3, factor: 20, weeks: 4 },
            surge: Surge {
                group: "ENE".into(),
                place: "jia".into(),
                until: Instant::from_micros(0),
                matters: (1..=matters).map(id).collect(),
                before: vec![0; 4],
            },
        }))
    }

    fn words() -> Option<Sealed<String>> {
        Some(Sealed::from_parts(SubjectId("s".into()), "sealed".into()))
    }

    fn after(commands: &[Command]) -> Topic {
        commands.iter().fold(Topic::default(), |topic, command| {
            let events = TopicRules::decide(&topic, command, &()).expect("allowed");
            events.into_iter().fold(topic, |topic, event| {
                let at = Instant::from_micros(5);
                let (source, actor) = (Source::Live, Actor::Operator);
                let entry = Recorded { version: 1, occurred_at: at, recorded_at: at, source, actor, event };
                TopicRules::fold(topic, &entry)
            })
        })
    }

    fn refused(topic: &Topic, command: &Command) -> &'static str {
        TopicRules::decide(topic, command, &()).expect_err("refused").code
    }

    #[test]
    fn more_is_news_and_as_many_is_not() {
        let topic = after(&[found(3), found(3), found(2), found(5)]);
        assert_eq!(topic.found.as_ref().map(|found| found.surge.matters.len()), Some(5));
        assert_eq!(topic.state, Some(TopicState::Open));
        let dismissed = after(&[found(3), Command::Dismiss { reason: words() }, found(9)]);
        assert_eq!(dismissed.found.map(|found| found.surge.matters.len()), Some(3), "settled is settled");
    }

    #[test]
    fn it_is_dismissed_with_a_reason_and_settled_once() {
        let open = after(&[found(3)]);
        assert_eq!(refused(&open, &Command::Dismiss { reason: None }), "topic-reason-missing");
        let noted = after(&[found(3), Command::Note { words: None }]);
        assert_eq!(refused(&noted, &Command::Note { words: None }), "topic-settled");
        let grouped = after(&[found(3), Command::Note { words: None }, Command::Group { issue: "i".into() }]);
        assert_eq!((grouped.state, grouped.issue.as_deref()), (Some(TopicState::Grouped), Some("i")));
        assert_eq!(refused(&grouped, &Command::Dismiss { reason: words() }), "topic-settled");
        assert_eq!(refused(&Topic::default(), &Command::Note { words: None }), "topic-unknown");
    }
}
