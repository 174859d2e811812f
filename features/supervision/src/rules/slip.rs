//! A supervision slip 督办单: drafted, checked and issued by three different people, answered
//! by the unit it is addressed to, settled by supervision, or cancelled with a reason.

use kernel::permission::Standing;
use kernel::time::{Calendar, Instant, Span};
use kernel::{AccountId, Actor, Aggregate, Hands, MatterId, NodeId, Recorded, Refusal, UnitId, codes};
use matters_rules::Colour;
use matters_rules::command::Text;
use matters_rules::state::Limit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

codes! {
    /// How far a slip is.
    SlipState, "slip-state" {
        /// 待审核
        Drafted = "drafted",
        /// 待签发
        Checked = "checked",
        /// 待回复
        Issued = "issued",
        /// 已回复, to be settled
        Replied = "replied",
        /// 已办结
        Settled = "settled",
        /// 已撤销
        Cancelled = "cancelled",
    }
}

impl SlipState {
    /// Whether somebody still has to act.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Settled | Self::Cancelled)
    }
}

/// The longest limit to reply, in working days.
const LONGEST: u32 = 30;

/// What a slip says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Content {
    /// How pressing.
    pub colour: Colour,
    /// Within which time the unit replies, from issuing on.
    pub limit: Span,
    /// What is demanded; a rule's draft has none yet.
    pub demand: Option<Text>,
}

/// Whom and what a slip is about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Subject {
    /// The matter.
    pub matter: MatterId,
    /// The assignment.
    pub node: NodeId,
    /// The unit it is addressed to.
    pub unit: UnitId,
}

/// What someone may want of a slip.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the variants carry their own words")]
pub enum Command {
    /// A draft; `rule` brought it about where a rule did.
    Draft {
        subject: Subject,
        content: Content,
        rule: Option<String>,
    },
    Revise {
        content: Content,
    },
    Check {
        approve: bool,
        reason: Option<Text>,
    },
    Issue,
    Reply {
        text: Text,
    },
    /// Accepts the reply, or sends it back under the limit as it was.
    Settle {
        accept: bool,
        reason: Option<Text>,
    },
    Cancel {
        reason: Text,
    },
}

/// What can have happened to a slip.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    SlipDrafted {
        subject: Subject,
        content: Content,
        #[serde(default)]
        rule: Option<String>,
    },
    SlipRevised {
        content: Content,
    },
    SlipChecked,
    SlipSentBack {
        reason: Option<Text>,
    },
    /// `year` and `serial` make its number: a series of its own each year.
    SlipIssued {
        year: i16,
        serial: u32,
        limit: Limit,
    },
    SlipReplied {
        text: Text,
    },
    SlipReplyReturned {
        reason: Option<Text>,
    },
    SlipSettled {
        reason: Option<Text>,
    },
    SlipCancelled {
        reason: Text,
    },
}

/// What a slip adds up to.
#[derive(Clone, Debug, Default)]
pub struct Slip {
    /// Version of its stream.
    pub version: i64,
    /// Whom and what it is about, once drafted.
    pub subject: Option<Subject>,
    /// What it says.
    pub content: Option<Content>,
    /// How far it is.
    pub state: Option<SlipState>,
    /// Who wrote it.
    pub authors: BTreeSet<AccountId>,
    /// Who checked it.
    pub checker: Option<AccountId>,
    /// Year and running number.
    pub number: Option<(i16, u32)>,
    /// To reply.
    pub limit: Option<Limit>,
}

/// What a command needs to know of the world.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The time that counts.
    pub now: Instant,
    /// Who acts.
    pub actor: Actor,
    /// The working calendar in force.
    pub calendar: Arc<Calendar>,
    /// The next number of the year; only for issuing.
    pub number: Option<(i16, u32)>,
    /// Where the matter's office and the unit addressed stand.
    pub standing: Standing,
}

/// The rules of a slip.
#[derive(Clone, Copy, Debug)]
pub struct SlipRules;

impl Aggregate for SlipRules {
    type State = Slip;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "slip";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::SlipDrafted { .. } => "slip_drafted",
            Event::SlipRevised { .. } => "slip_revised",
            Event::SlipChecked => "slip_checked",
            Event::SlipSentBack { .. } => "slip_sent_back",
            Event::SlipIssued { .. } => "slip_issued",
            Event::SlipReplied { .. } => "slip_replied",
            Event::SlipReplyReturned { .. } => "slip_reply_returned",
            Event::SlipSettled { .. } => "slip_settled",
            Event::SlipCancelled { .. } => "slip_cancelled",
        }
    }

    fn decide(slip: &Slip, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        Ok(vec![match command {
            Command::Draft { subject, content, rule } => {
                refuse_if(slip.state.is_some(), "slip-drafted-already")?;
                check_limit(content.limit)?;
                Event::SlipDrafted { subject: subject.clone(), content: content.clone(), rule: rule.clone() }
            }
            Command::Revise { content } => {
                slip.stands_at(SlipState::Drafted)?;
                check_limit(content.limit)?;
                Event::SlipRevised { content: content.clone() }
            }
            Command::Check { approve, reason } => {
                slip.stands_at(SlipState::Drafted)?;
                other_than(facts, slip.authors.iter().copied())?;
                match approve {
                    true if slip.content.as_ref().is_none_or(|content| content.demand.is_none()) => {
                        return Err(Refusal::new("slip-demand-missing"));
                    }
                    true => Event::SlipChecked,
                    false => Event::SlipSentBack { reason: reason.clone() },
                }
            }
            Command::Issue => {
                slip.stands_at(SlipState::Checked)?;
                other_than(facts, slip.authors.iter().copied().chain(slip.checker))?;
                let (Some((year, serial)), Some(content)) = (facts.number, &slip.content) else {
                    return Err(Refusal::new("slip-not-here"));
                };
                let limit = Limit::set(&facts.calendar, facts.now, content.limit, &[]);
                Event::SlipIssued { year, serial, limit }
            }
            Command::Reply { text } => {
                slip.stands_at(SlipState::Issued)?;
                Event::SlipReplied { text: text.clone() }
            }
            Command::Settle { accept, reason } => {
                slip.stands_at(SlipState::Replied)?;
                match accept {
                    true => Event::SlipSettled { reason: reason.clone() },
                    false => Event::SlipReplyReturned { reason: reason.clone() },
                }
            }
            Command::Cancel { reason } => {
                refuse_if(!slip.state.is_some_and(SlipState::is_open), "slip-not-here")?;
                Event::SlipCancelled { reason: reason.clone() }
            }
        }])
    }

    fn fold(mut slip: Slip, entry: &Recorded<Event>) -> Slip {
        slip.version = entry.version;
        let hands = entry.actor.hands();
        match &entry.event {
            Event::SlipDrafted { subject, content, .. } => {
                slip.subject = Some(subject.clone());
                slip.content = Some(content.clone());
                slip.state = Some(SlipState::Drafted);
                slip.authors.extend(hands);
            }
            Event::SlipRevised { content } => {
                slip.content = Some(content.clone());
                slip.authors.extend(hands);
            }
            Event::SlipChecked => {
                slip.state = Some(SlipState::Checked);
                slip.checker = hands.account;
            }
            Event::SlipSentBack { .. } => slip.state = Some(SlipState::Drafted),
            Event::SlipIssued { year, serial, limit } => {
                slip.state = Some(SlipState::Issued);
                slip.number = Some((*year, *serial));
                slip.limit = Some(limit.clone());
            }
            Event::SlipReplied { .. } => slip.state = Some(SlipState::Replied),
            Event::SlipReplyReturned { .. } => slip.state = Some(SlipState::Issued),
            Event::SlipSettled { .. } => slip.state = Some(SlipState::Settled),
            Event::SlipCancelled { .. } => slip.state = Some(SlipState::Cancelled),
        }
        slip
    }
}

impl Slip {
    fn stands_at(&self, state: SlipState) -> Result<(), Refusal> {
        refuse_if(self.state != Some(state), "slip-not-here")
    }
}

/// Three people see a slip before it goes out: nobody takes two of the steps.
fn other_than(facts: &Facts, accounts: impl IntoIterator<Item = AccountId>) -> Result<(), Refusal> {
    let Hands { account, stood_in_for } = facts.actor.hands();
    let own = |other| account == Some(other) || stood_in_for == Some(other);
    refuse_if(accounts.into_iter().any(own), "own-work")
}

fn check_limit(limit: Span) -> Result<(), Refusal> {
    let fits = limit.base == Span::working_days(1).base && (1..=LONGEST).contains(&limit.amount);
    if fits { Ok(()) } else { Err(Refusal::field("days", "slip-limit").with("max", LONGEST)) }
}

fn refuse_if(wrong: bool, code: &'static str) -> Result<(), Refusal> {
    if wrong { Err(Refusal::new(code)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::permission::{Role, UnitPath};
    use kernel::{Source, SubjectId};

    struct World {
        slip: Slip,
        now: Instant,
    }

    fn person(n: u128) -> Actor {
        Actor::Person {
            account: AccountId(uuid(n)),
            unit: "office".into(),
            role: Role::Supervisor,
            stands_in_for: None,
        }
    }

    fn uuid<T: std::str::FromStr>(n: u128) -> T
    where
        T::Err: std::fmt::Debug,
    {
        format!("{n:032x}").parse().expect("hexadecimal")
    }

    fn text() -> Text {
        kernel::Sealed::from_parts(SubjectId("subject".into()), "words".into())
    }

    impl World {
        fn drafted(demand: bool) -> Self {
            let mut world =
                Self { slip: Slip::default(), now: "2022-06-20T01:00:00Z".parse().expect("a time") };
            world.does(1, draft(demand)).expect("drafted");
            world
        }

        fn does(&mut self, who: u128, command: Command) -> Result<(), &'static str> {
            let facts = Facts {
                now: self.now,
                actor: person(who),
                calendar: Arc::new(Calendar::china()),
                number: Some((2022, 7)),
                standing: Standing { office: Some(UnitPath("c/".into())), ..Standing::default() },
            };
            let events = SlipRules::decide(&self.slip, &command, &facts).map_err(|refusal| refusal.code)?;
            for event in events {
                let entry = Recorded {
                    version: self.slip.version + 1,
                    occurred_at: self.now,
                    recorded_at: self.now,
                    source: Source::Live,
                    actor: person(who),
                    event,
                };
                self.slip = SlipRules::fold(std::mem::take(&mut self.slip), &entry);
            }
            Ok(())
        }
    }

    fn draft(demand: bool) -> Command {
        Command::Draft {
            subject: Subject { matter: uuid(1), node: uuid(2), unit: "jia".into() },
            content: content(3, demand),
            rule: None,
        }
    }

    fn content(days: u32, demand: bool) -> Content {
        Content { colour: Colour::Red, limit: Span::working_days(days), demand: demand.then(text) }
    }

    #[test]
    fn three_people_see_a_slip_before_it_goes_out() {
        let mut world = World::drafted(true);
        let check = || Command::Check { approve: true, reason: None };
        assert_eq!(world.does(1, check()), Err("own-work"));
        assert_eq!(world.does(2, Command::Issue), Err("slip-not-here"));
        world.does(2, check()).expect("checked");
        assert_eq!(world.does(1, Command::Issue), Err("own-work"));
        assert_eq!(world.does(2, Command::Issue), Err("own-work"));
        world.does(3, Command::Issue).expect("issued");
        assert_eq!(world.slip.number, Some((2022, 7)));
        let due = world.slip.limit.as_ref().expect("a limit").due;
        let end: Instant = "2022-06-23T16:00:00Z".parse().expect("a time");
        assert_eq!(due, end, "three working days, at 24:00 in the city");
    }

    #[test]
    fn what_a_rule_drafted_is_written_by_a_person_first() {
        let mut world = World::drafted(false);
        let check = || Command::Check { approve: true, reason: None };
        assert_eq!(world.does(2, check()), Err("slip-demand-missing"));
        world.does(2, Command::Revise { content: content(5, true) }).expect("revised");
        assert_eq!(world.does(2, check()), Err("own-work"));
        world.does(3, check()).expect("checked");
        assert_eq!(world.does(3, Command::Revise { content: content(5, true) }), Err("slip-not-here"));
    }

    #[test]
    fn a_reply_is_accepted_or_sent_back_and_a_limit_is_within_bounds() {
        let mut world = World::drafted(true);
        assert_eq!(world.does(1, Command::Revise { content: content(31, true) }), Err("slip-limit"));
        world.does(2, Command::Check { approve: true, reason: None }).expect("checked");
        world.does(3, Command::Issue).expect("issued");
        world.does(9, Command::Reply { text: text() }).expect("replied");
        world.does(1, Command::Settle { accept: false, reason: Some(text()) }).expect("sent back");
        assert_eq!(world.slip.state, Some(SlipState::Issued));
        world.does(9, Command::Reply { text: text() }).expect("replied again");
        world.does(1, Command::Settle { accept: true, reason: None }).expect("settled");
        assert_eq!(world.does(1, Command::Cancel { reason: text() }), Err("slip-not-here"));
    }
}
