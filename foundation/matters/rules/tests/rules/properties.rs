//! Random people doing random things in a small world: whatever they try, the rules that
//! make the loop honest hold after every step.

mod invariants;
mod wishes;

use crate::support::Scenario;
use crate::support::commands::{file, file_about, file_shielded};
use crate::support::world::{PEOPLE, another_matter};
use kernel::time::Instant;
use kernel::{Aggregate, Recorded};
use matters_rules::facts::OtherMatter;
use matters_rules::refusals::ALL_CODES;
use matters_rules::timers::timers;
use matters_rules::{Event, Matter, MatterRules};
use proptest::prelude::*;
use wishes::Wish;

/// One step: who, which of the verbs offered (or any verb), and two numbers for its content.
type Step = (u16, u16, u16, u16);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(any::<Step>(), 30..160)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_breaks_the_rules(start in 0..4_u8, steps in steps()) {
        let mut s = begin(start);
        for step in steps {
            let before = s.clone();
            let (who, events) = take(&mut s, step);
            invariants::hold(&before, &s, &who, &events);
            if events.len() > 1 {
                invariants::nothing_is_lost(&s);
            }
        }
        invariants::nothing_is_lost(&s);
        invariants::counted_once(&s);
    }

    #[test]
    fn folding_is_total_in_any_order(steps in steps(), order in any::<prop::sample::Index>(), seed in any::<u64>()) {
        let mut s = begin(0);
        for step in steps {
            take(&mut s, step);
        }
        let first = s.entries[0].clone();
        let mut entries: Vec<Recorded<Event>> = s.entries.clone();
        shuffle(&mut entries, seed);
        entries.insert(order.index(entries.len() + 1), first);
        let folded = entries.iter().fold(Matter::default(), MatterRules::fold);
        prop_assert_eq!(&folded.number, &s.matter.number);
        let refolded = s.entries.iter().fold(Matter::default(), MatterRules::fold);
        prop_assert_eq!(format!("{refolded:?}"), format!("{:?}", s.matter));
    }
}

fn begin(start: u8) -> Scenario {
    let filing = match start {
        1 => file_shielded(),
        2 => file_about("x-zjj"),
        3 => file_about("zjj"),
        _ => file(),
    };
    let mut s = Scenario::start().then("public", filing);
    s.world.master = Some(OtherMatter { id: another_matter(), open: true, merged: false });
    s
}

/// Lets time pass or someone act. Most wishes are among what is offered; some are not.
fn take(s: &mut Scenario, (who, pick, a, b): Step) -> (String, Vec<Event>) {
    if pick % 10 == 0 {
        let hours = [1, 1, 3, 8, 24, 100][usize::from(a) % 6];
        return pass(s, s.now.plus_hours(hours));
    }
    let cast: Vec<&str> = PEOPLE.iter().map(|(who, _)| *who).chain(["appellant", "system"]).collect();
    let first = usize::from(who) % cast.len();
    let wish = Wish { pick, a, b };
    let wanted = if pick % 10 == 1 {
        Some((cast[first], wish.anything(s)))
    } else {
        let mut others = cast[first..].iter().chain(&cast[..first]);
        others.find_map(|who| wish.among_offered(s, who).map(|command| (*who, command)))
    };
    let Some((who, command)) = wanted else { return ("nobody".into(), Vec::new()) };
    match s.tries(who, &command) {
        Ok(events) => (who.to_owned(), events),
        Err(refusal) => {
            let known = refusal.code == "not-permitted" || ALL_CODES.contains(&refusal.code);
            assert!(known, "an unlisted refusal: {refusal:?}");
            (who.to_owned(), Vec::new())
        }
    }
}

/// Time passes; the earliest timer that comes due does its work, the next step the rest.
fn pass(s: &mut Scenario, to: Instant) -> (String, Vec<Event>) {
    let next = timers(&s.matter).into_iter().filter(|timer| timer.at <= to).min_by_key(|timer| timer.at);
    let Some(timer) = next else {
        s.now = to;
        return ("system".into(), Vec::new());
    };
    s.now = s.now.max(timer.at);
    let done = s.tries("system", &timer.command());
    ("system".into(), done.unwrap_or_else(|refusal| panic!("a due timer is refused: {timer:?} {refusal:?}")))
}

fn shuffle<T>(items: &mut [T], mut seed: u64) {
    for last in (1..items.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(last, usize::try_from(seed >> 33).expect("31 bits") % (last + 1));
    }
}
