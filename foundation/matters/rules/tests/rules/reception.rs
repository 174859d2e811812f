//! A call at the desk: begun once, held and resumed, ended once.

use crate::support::at;
use kernel::{Actor, Aggregate, MatterId, Recorded, Refusal, Source};
use matters_rules::reception::{Command, Ending, Event, Reception, ReceptionRules};
use matters_rules::{Channel, EmergencyService, InvalidCall};

struct Desk(Reception, i64);

impl Desk {
    fn begun() -> Self {
        let mut desk = Self(Reception::default(), 0);
        assert_eq!(desk.does(begin()).expect("it begins").len(), 1);
        desk
    }

    fn does(&mut self, command: Command) -> Result<Vec<Event>, Refusal> {
        let events = ReceptionRules::decide(&self.0, &command, &())?;
        for event in &events {
            self.1 += 1;
            let at = at("2022-06-13T09:00");
            let entry = Recorded {
                version: self.1,
                occurred_at: at,
                recorded_at: at,
                source: Source::Live,
                actor: Actor::Operator,
                event: event.clone(),
            };
            self.0 = ReceptionRules::fold(std::mem::take(&mut self.0), &entry);
        }
        Ok(events)
    }
}

fn begin() -> Command {
    Command::Begin { office: "office".into(), channel: Channel::Hotline, caller: None }
}

#[test]
fn a_call_is_held_and_taken_up_again_however_often_the_key_is_pressed() {
    let mut desk = Desk::begun();
    assert!(desk.does(begin()).expect("again is harmless").is_empty());
    assert_eq!(desk.does(Command::Hold), Ok(vec![Event::Held]));
    assert_eq!(desk.does(Command::Hold), Ok(vec![]));
    assert!(desk.0.held_at.is_some());
    assert_eq!(desk.does(Command::Resume), Ok(vec![Event::Resumed]));
    assert_eq!(desk.does(Command::Resume), Ok(vec![]));
    assert_eq!((desk.0.held_at, desk.0.holds), (None, 1));
}

#[test]
fn it_ends_once_in_one_way() {
    let endings = [
        Ending::Filed { matter: MatterId(Default::default()), channel: Channel::Visit },
        Ending::Emergency { service: EmergencyService::Fire },
        Ending::Invalid { reason: InvalidCall::Silent },
        Ending::GivenUp,
    ];
    for ending in endings {
        let mut desk = Desk::begun();
        desk.does(Command::Hold).expect("held");
        desk.does(Command::End(ending.clone())).expect("ended");
        assert_eq!((desk.0.held_at, &desk.0.ending), (None, &Some(ending)));
        for late in [begin(), Command::Hold, Command::Resume, Command::End(Ending::GivenUp)] {
            assert_eq!(desk.does(late).expect_err("it is over").code, "reception-ended");
        }
    }
}

#[test]
fn the_channel_is_the_one_it_was_filed_under() {
    let mut desk = Desk::begun();
    let matter = MatterId(Default::default());
    desk.does(Command::End(Ending::Filed { matter, channel: Channel::Visit })).expect("filed");
    assert_eq!(desk.0.channel, Some(Channel::Visit));
}

#[test]
fn nothing_comes_of_what_never_began() {
    let mut desk = Desk(Reception::default(), 0);
    for command in [Command::Hold, Command::Resume, Command::End(Ending::GivenUp)] {
        assert_eq!(desk.does(command).expect_err("nothing began").code, "reception-unknown");
    }
}

#[test]
fn an_events_kind_is_its_tag() {
    let events = [
        Event::Begun { office: "office".into(), channel: Channel::Hotline, caller: None },
        Event::Held,
        Event::Resumed,
        Event::Ended(Ending::Invalid { reason: InvalidCall::Test }),
    ];
    for event in events {
        let json = serde_json::to_value(&event).expect("an event");
        assert_eq!(json["type"], ReceptionRules::event_kind(&event));
        assert_eq!(serde_json::from_value::<Event>(json).expect("it reads back"), event);
    }
}
