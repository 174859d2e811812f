//! What holds for every limit: it agrees with the oracle, more time never ends sooner,
//! and explanations add up.

use crate::oracle::{self, Stop, instant};
use proptest::prelude::*;
use tongxin_kernel::time::{
    Calendar, Elapsed, Instant, Light, Pause, SkipReason, Span, TimeBase, light, light_bounds,
};

/// 2005-01-01 to 2027-03-01 in minutes since the epoch: the last weeks have no notice.
const STARTS: std::ops::Range<i64> = 18_408_960..30_062_880;

fn spans() -> impl Strategy<Value = Span> {
    prop_oneof![
        (0u32..20).prop_map(Span::working_days),
        (0u32..30).prop_map(Span::working_hours),
        (0u32..100).prop_map(Span::natural_hours),
        (0u32..20).prop_map(Span::natural_days),
    ]
}

/// Stops around a start: some before it, some long after.
fn stops(start: i64) -> impl Strategy<Value = Vec<Stop>> {
    let stop = (-5_000i64..30_000, 0i64..4_000);
    prop::collection::vec(stop.prop_map(move |(ahead, long)| (start + ahead, start + ahead + long)), 0..5)
}

fn cases() -> impl Strategy<Value = (i64, Span, Vec<Stop>)> {
    (STARTS, spans()).prop_flat_map(|(start, span)| (Just(start), Just(span), stops(start)))
}

fn pauses(stops: &[Stop]) -> Vec<Pause> {
    stops.iter().map(|(from, to)| Pause::closed(instant(*from), instant(*to))).collect()
}

fn minutes_of(span: Span) -> u64 {
    u64::from(span.amount) * 60
}

proptest! {
    #[test]
    fn bounds_give_the_same_lights(start in STARTS, span in spans(), later in 0i64..200_000) {
        let calendar = Calendar::china();
        let (start, now) = (instant(start), instant(start + later));
        let due = calendar.due(start, span, &[]).at;
        let bounds = light_bounds(&calendar, span, now);
        let expected = match () {
            () if now > due && start <= bounds.gross_from => Light::Gross,
            () if now > due => Light::Red,
            () if due <= bounds.yellow_to => Light::Yellow,
            () => Light::Green,
        };
        prop_assert_eq!(light(&calendar, start, due, span, &[], now), expected, "due {}, {:?}", due, bounds);
    }

    #[test]
    fn limits_agree_with_the_oracle((start, span, stops) in cases()) {
        let due = Calendar::china().due(instant(start), span, &pauses(&stops));
        let expected = oracle::due(start, span.base, span.amount, &stops);
        prop_assert_eq!(due.at, instant(expected), "{}", due.at);
    }

    #[test]
    fn starting_later_never_ends_sooner((start, span, stops) in cases(), later in 0i64..10_000) {
        let (calendar, pauses) = (Calendar::china(), pauses(&stops));
        let first = calendar.due(instant(start), span, &pauses);
        let second = calendar.due(instant(start + later), span, &pauses);
        prop_assert!(first.at <= second.at);
    }

    #[test]
    fn a_larger_limit_never_ends_sooner((start, span, stops) in cases(), more in 0u32..10) {
        let (calendar, pauses) = (Calendar::china(), pauses(&stops));
        let larger = Span { amount: span.amount + more, ..span };
        let due = calendar.due(instant(start), span, &pauses);
        prop_assert!(due.at <= calendar.due(instant(start), larger, &pauses).at);
        prop_assert!(instant(start) <= due.at);
    }

    #[test]
    fn a_pause_never_makes_a_limit_end_sooner((start, span, stops) in cases()) {
        let (calendar, pauses) = (Calendar::china(), pauses(&stops));
        for kept in 0..pauses.len() {
            let fewer = calendar.due(instant(start), span, &pauses[..kept]);
            let more = calendar.due(instant(start), span, &pauses[..=kept]);
            prop_assert!(fewer.at <= more.at);
        }
    }

    #[test]
    fn it_is_all_one_how_pauses_are_cut((start, span, stops) in cases()) {
        let calendar = Calendar::china();
        let whole = calendar.due(instant(start), span, &pauses(&stops));
        let halves: Vec<Stop> = stops
            .iter()
            .rev()
            .flat_map(|(from, to)| [((from + to) / 2, *to), (*from, (from + to) / 2)])
            .collect();
        prop_assert_eq!(&whole, &calendar.due(instant(start), span, &pauses(&halves)));
        let in_force: Vec<Pause> = whole.explanation.paused.clone();
        prop_assert_eq!(&whole, &calendar.due(instant(start), span, &in_force));
    }

    #[test]
    fn what_is_due_has_elapsed_and_no_sooner((start, span, stops) in cases()) {
        let (calendar, pauses) = (Calendar::china(), pauses(&stops));
        let due = calendar.due(instant(start), span, &pauses);
        let used = |end: Instant| calendar.elapsed(instant(start), end, span.base, &pauses);
        let before = due.at.plus_micros(-1);
        match (used(due.at), used(before)) {
            (Elapsed::Days(days), Elapsed::Days(fewer)) => {
                prop_assert_eq!(days, span.amount);
                prop_assert!(span.amount == 0 || fewer < days);
            }
            (Elapsed::Minutes(minutes), Elapsed::Minutes(fewer)) => {
                prop_assert_eq!(minutes, minutes_of(span));
                prop_assert!(span.amount == 0 || fewer < minutes);
            }
            mixed => prop_assert!(false, "{:?}", mixed),
        }
    }

    #[test]
    fn explanations_add_up((start, span, stops) in cases(), seconds in 0i64..60) {
        let (calendar, pauses) = (Calendar::china(), pauses(&stops));
        let due = calendar.due(instant(start).plus_seconds(seconds), span, &pauses);
        let why = &due.explanation;
        if span.base.counts_days() {
            prop_assert_eq!(why.counted.len(), span.amount as usize);
            prop_assert!(why.counted.iter().all(|day| day.minutes.is_none()));
        } else {
            let minutes: u64 = why.counted.iter().filter_map(|day| day.minutes).map(u64::from).sum();
            prop_assert_eq!(minutes, minutes_of(span));
        }
        let mut dates: Vec<_> = why.counted.iter().map(|day| day.date).collect();
        dates.extend(why.skipped.iter().map(|day| day.date));
        dates.sort_unstable();
        prop_assert!(dates.windows(2).all(|pair| pair[0].tomorrow().ok() == Some(pair[1])));
        let paused = why.skipped.iter().any(|day| day.reason == SkipReason::Paused);
        prop_assert!(!paused || !why.paused.is_empty());
        let asks = matches!(span.base, TimeBase::WorkingDays | TimeBase::WorkingHours);
        let beyond = dates.last().is_some_and(|last| last.year() > 2026);
        prop_assert_eq!(!why.fallback_years.is_empty(), asks && beyond);
    }

    #[test]
    fn caps_only_cut_and_never_before_the_start((start, span, stops) in cases(), parent in -10_000i64..40_000) {
        let (calendar, pauses) = (Calendar::china(), pauses(&stops));
        let own = calendar.due(instant(start), span, &pauses);
        let capped = own.clone().capped(instant(start + parent), &calendar);
        prop_assert_eq!((capped.own_at, capped.own_date), (own.at, own.date));
        prop_assert!(instant(start) <= capped.at && capped.at <= own.at);
        prop_assert_eq!(capped.explanation.capped.is_some(), capped.at < own.at);
        prop_assert!(parent <= 0 || capped.at <= own.at.min(instant(start + parent)));
    }

    #[test]
    fn extending_in_steps_ends_where_one_limit_would((start, span, stops) in cases(), more in 0u32..10) {
        let (calendar, pauses) = (Calendar::china(), pauses(&stops));
        let by = Span { amount: more, ..span };
        let first = calendar.due(instant(start), span, &pauses);
        let now = first.at;
        let extended = first.clone().extended(by, &pauses, now, &calendar);
        let at_once = Span { amount: span.amount + more, ..span };
        prop_assert_eq!(extended.at, calendar.due(instant(start), at_once, &pauses).at);
        prop_assert_eq!(extended.first_at(), first.at);
    }

    #[test]
    fn the_light_never_gets_better_with_time((start, span, stops) in cases(), steps in prop::collection::vec(0i64..3_000, 1..20)) {
        let (calendar, pauses) = (Calendar::china(), pauses(&stops));
        let due = calendar.due(instant(start), span, &pauses);
        let mut now = instant(start);
        let mut worst = Light::Green;
        for step in steps {
            now = now.plus_seconds(step * 60);
            let found = light(&calendar, instant(start), due.at, span, &pauses, now);
            prop_assert!(found >= worst);
            prop_assert_eq!(found >= Light::Red, now > due.at);
            worst = found;
        }
    }
}
