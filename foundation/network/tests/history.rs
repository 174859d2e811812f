//! The network of any day: changes by order on both engines, and the property that no sequence
//! of them tears the forest of any day.

use kernel::permission::UnitPath;
use kernel::time::Date;
use kernel::{Actor, Aggregate, Level, Recorded, Source, UnitId};
use network::read::history::{self, Forest, Standing};
use network::rules::dated::Dated;
use network::rules::unit::{ParentFact, Unit, UnitCommand, UnitDetails, UnitEvent, UnitFacts, UnitState};
use network::succession;
use network::{UnitKind, UnitRow};
use platform::{By, Failure};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Query;
use testkit::{Engine, Nobody, TestApp};
use tongxin_network as network;

fn day(day: i8) -> Date {
    Date::constant(2022, 4, day)
}

fn dated(on: i8) -> Dated {
    Dated { on: Some(day(on)), document: "示例编发〔2022〕1号".into(), reason: "机构改革".into() }
}

fn details(name: &str, parent: Option<&str>, level: Level) -> UnitDetails {
    UnitDetails {
        name: name.into(),
        short_name: name.into(),
        en_name: String::new(),
        parent: parent.map(UnitId::from),
        level,
        kind: UnitKind::Department,
        area: None,
        overlays: Vec::new(),
    }
}

async fn act(test: &TestApp, unit: &'static str, command: UnitCommand) -> Result<(), Failure> {
    test.app.write(move |work| work.act::<Unit>(unit, &By::Operator, None, &command).map(drop)).await
}

async fn forest(test: &TestApp, on: i8) -> Forest {
    test.app.read(move |q, _| Ok(Forest::on(q, day(on))?)).await.expect("a forest")
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> &'static str {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_day_has_the_names_and_parents_of_that_day() {
    for engine in Engine::BOTH {
        let test =
            TestApp::start(engine, "2022-04-20T08:00:00+08:00", vec![network::feature()], Arc::new(Nobody));
        for (code, name, parent) in [
            ("ld", "娄底市", None),
            ("gxw", "工信委", Some("ld")),
            ("kjj", "科技局", Some("ld")),
            ("xx", "信息中心", Some("gxw")),
        ] {
            let details = details(name, parent, Level::City);
            act(&test, code, UnitCommand::Put { code: code.into(), details }).await.expect("listed");
        }
        let rename =
            UnitCommand::Change { details: details("工信局", Some("ld"), Level::City), dated: dated(5) };
        act(&test, "gxw", rename).await.expect("renamed");
        let shift = UnitCommand::Change {
            details: details("信息中心", Some("kjj"), Level::City),
            dated: dated(8),
        };
        act(&test, "xx", shift).await.expect("moved");
        let close = UnitCommand::Dissolve { successor: "kjj".into(), dated: dated(10) };
        act(&test, "gxw", close).await.expect("closed");
        let early =
            UnitCommand::Change { details: details("科工局", Some("ld"), Level::City), dated: dated(9) };
        assert_eq!(code(act(&test, "kjj", early).await), "unit-change-before-last");
        let late =
            UnitCommand::Change { details: details("科工局", Some("ld"), Level::City), dated: dated(21) };
        assert_eq!(code(act(&test, "kjj", late).await), "unit-change-future");

        let name = |forest: &Forest, code: &str| forest.unit(&code.into()).map(|unit| unit.name.clone());
        let path = |forest: &Forest, code: &str| forest.unit(&code.into()).map(|unit| unit.path.0.clone());
        let (first, fifth, eighth, last) =
            (forest(&test, 1).await, forest(&test, 5).await, forest(&test, 8).await, forest(&test, 20).await);
        assert_eq!(
            (name(&first, "gxw"), name(&fifth, "gxw")),
            (Some("工信委".into()), Some("工信局".into()))
        );
        assert_eq!(path(&fifth, "xx").as_deref(), Some("ld/gxw/xx/"));
        assert_eq!(path(&eighth, "xx").as_deref(), Some("ld/kjj/xx/"));
        assert_eq!((last.unit(&"gxw".into()).is_none(), last.below(&"ld".into())), (true, 2));
        assert_eq!(first.search("gxw", 9).first().map(|unit| unit.code.as_str()), Some("gxw"));
        assert_eq!(last.search("xxzx", 9).first().map(|unit| unit.code.as_str()), Some("xx"), "by initials");

        let (changes, before, job) = test
            .app
            .read(|q, _| {
                let job = q.query_one("select payload from jobs where kind = 'unit.closed'", &[])?.text(0)?;
                Ok((history::changes(q, &"gxw".into())?, history::predecessors(q, &"kjj".into())?, job))
            })
            .await
            .expect("read");
        let kinds: Vec<&str> = changes.iter().map(|change| change.kind.as_str()).collect();
        assert_eq!(kinds, ["unit_closed", "unit_renamed", "unit_established"]);
        assert_eq!((changes[0].successor.clone(), changes[2].on), (Some("kjj".into()), None));
        assert_eq!(before, ["gxw".into()]);
        let closed: succession::Closed = serde_json::from_str(&job).expect("it reads");
        assert_eq!(closed.successor.as_str(), "kjj", "open work follows by a job");
        let differences = test.app.store.rebuild_check().await.expect("the store answers");
        assert!(differences.is_empty(), "{differences:#?}");
    }
}

#[test]
fn journals_from_before_changes_had_a_day_still_read() {
    let closed: UnitEvent = serde_json::from_str(r#"{"event":"unit_closed"}"#).expect("it reads");
    assert_eq!(closed, UnitEvent::UnitClosed { successor: None, dated: Dated::default() });
    let named: UnitEvent =
        serde_json::from_str(r#"{"event":"unit_renamed","name":"a","short_name":"a","en_name":""}"#)
            .expect("it reads");
    assert!(matches!(named, UnitEvent::UnitRenamed { dated: Dated { on: None, .. }, .. }));
}

/// The network in memory: what shell and tables do, by the rules alone.
#[derive(Default)]
struct World {
    states: BTreeMap<UnitId, UnitState>,
    /// Each state a unit was in, with the day from which on; none: since before.
    past: Vec<(Option<Date>, UnitId, Option<UnitDetails>)>,
    last: Option<Date>,
}

impl World {
    fn open(&self, code: &UnitId) -> Option<&UnitDetails> {
        let state = self.states.get(code)?;
        state.established.as_ref().filter(|_| !state.closed).map(|(_, details)| details)
    }

    fn path(&self, code: &UnitId) -> UnitPath {
        let parent = self.open(code).and_then(|details| details.parent.clone());
        let above = parent.map(|parent| self.path(&parent));
        UnitPath::below(above.as_ref(), code)
    }

    fn does(&mut self, code: &UnitId, command: &UnitCommand) {
        let named = match command {
            UnitCommand::Put { details, .. }
            | UnitCommand::Open { details, .. }
            | UnitCommand::Change { details, .. } => details.parent.clone(),
            _ => None,
        };
        let parent = named.filter(|parent| self.states.contains_key(parent)).map(|parent| ParentFact {
            path: self.path(&parent),
            level: Level::City,
            open: self.open(&parent).is_some(),
        });
        let successor = match command {
            UnitCommand::Dissolve { successor, .. } => Some(successor),
            _ => None,
        };
        let below = |details: &UnitDetails| details.parent.as_ref() == Some(code);
        let open_children =
            self.states.keys().filter_map(|child| self.open(child)).filter(|d| below(d)).count();
        let facts = UnitFacts {
            actor: Actor::Operator,
            own_path: self.open(code).map(|_| self.path(code)),
            parent,
            unknown_areas: Vec::new(),
            open_children: i64::try_from(open_children).expect("few"),
            today: day(30),
            last_change: self.last,
            successor_open: successor
                .filter(|code| self.states.contains_key(*code))
                .map(|code| self.open(code).is_some()),
        };
        let state = self.states.get(code).cloned().unwrap_or_default();
        let Ok(events) = Unit::decide(&state, command, &facts) else { return };
        let at = kernel::time::Instant::parse("2022-04-30T08:00:00+08:00").expect("an instant");
        let mut state = state;
        for event in events {
            let on = on(&event);
            self.last = self.last.max(on);
            let entry = Recorded {
                version: 1,
                occurred_at: at,
                recorded_at: at,
                source: Source::Live,
                actor: Actor::Operator,
                event,
            };
            state = Unit::fold(state, &entry);
            let now = state.established.clone().filter(|_| !state.closed).map(|(_, details)| details);
            self.past.push((on, code.clone(), now));
        }
        self.states.insert(code.clone(), state);
    }

    /// As the table gives it: of each unit the last state that began by then.
    fn forest(&self, on: Date) -> Forest {
        let mut then: BTreeMap<&UnitId, &Option<UnitDetails>> = BTreeMap::new();
        for (since, code, details) in &self.past {
            if since.is_none_or(|since| since <= on) {
                then.insert(code, details);
            }
        }
        let standing = |(code, details): (&UnitId, &Option<UnitDetails>)| {
            let details = details.clone()?;
            let unit = UnitRow {
                code: code.clone(),
                name: details.name,
                short_name: details.short_name,
                en_name: details.en_name,
                parent: details.parent,
                path: UnitPath(String::new()),
                level: details.level,
                kind: details.kind,
                area: None,
                open: true,
            };
            Some(Standing { unit, search: String::new() })
        };
        Forest::of(then.into_iter().filter_map(standing).collect())
    }
}

fn on(event: &UnitEvent) -> Option<Date> {
    match event {
        UnitEvent::UnitEstablished { dated, .. }
        | UnitEvent::UnitRenamed { dated, .. }
        | UnitEvent::UnitMoved { dated, .. }
        | UnitEvent::UnitDescribed { dated, .. }
        | UnitEvent::UnitClosed { dated, .. }
        | UnitEvent::UnitReopened { dated } => dated.on,
        UnitEvent::UnitDutyPhone { .. } => None,
    }
}

const CODES: [&str; 7] = ["aa", "bb", "cc", "dd", "ee", "ff", "gg"];

/// Something somebody might order, sensible or not.
fn wish() -> impl Strategy<Value = (usize, usize, u8, i8)> {
    (0..CODES.len(), 0..=CODES.len(), 0..6_u8, 1..=30_i8)
}

fn command((unit, other, what, on): (usize, usize, u8, i8)) -> (UnitId, UnitCommand) {
    let code = UnitId::from(CODES[unit]);
    let other = CODES.get(other).copied();
    let details = details(&format!("单位{on}"), other, Level::City);
    let command = match what {
        0 | 1 => UnitCommand::Put { code: code.clone(), details },
        2 => UnitCommand::Open { code: code.clone(), details, split_from: None, dated: dated(on) },
        3 | 4 => UnitCommand::Change { details, dated: dated(on) },
        _ => UnitCommand::Dissolve { successor: other.unwrap_or("aa").into(), dated: dated(on) },
    };
    (code, command)
}

proptest! {
    #[test]
    fn no_sequence_of_changes_tears_the_forest_of_any_day(wishes in prop::collection::vec(wish(), 1..40)) {
        let mut world = World::default();
        for wish in wishes {
            let (code, command) = command(wish);
            world.does(&code, &command);
            for on in 1..=30 {
                prop_assert!(world.forest(day(on)).is_sound(), "torn on {on} by {command:?}");
            }
        }
    }
}
