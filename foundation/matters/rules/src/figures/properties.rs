//! What must hold of the figures whatever happened, in whatever order.

use super::tests::{accepted, asked, at, day, ended, matter, node, received};
use super::*;
use crate::codes::{
    AppealType, Channel, ClosingType, ExpressLine, Grade, NodeRole, RatedBy, Solved, Urgency,
};
use kernel::AreaId;
use kernel::time::{Instant, Zone};
use proptest::prelude::*;

/// Anything in any order, sensible or not.
fn any_kind() -> impl Strategy<Value = FactKind> {
    let closing = prop::sample::select(ClosingType::ALL);
    let n = 1_u128..4;
    let instant = (0_i64..60).prop_map(|days| at("2022-06-01T12:00:00").plus_days(days));
    prop_oneof![
        3 => Just(received()),
        3 => any_traits().prop_map(FactKind::Described),
        4 => Just(accepted()),
        1 => Just(FactKind::Declined),
        1 => Just(FactKind::LeftEarly),
        1 => Just(FactKind::AnsweredDirectly),
        1 => Just(FactKind::ResultGiven),
        1 => Just(FactKind::Merged),
        1 => Just(FactKind::MergeUndone),
        3 => closing.prop_map(ended),
        2 => Just(FactKind::Reopened),
        1 => Just(FactKind::RedoOrdered { round: 1 }),
        1 => Just(FactKind::RatingExcluded),
        2 => prop::sample::select(Grade::ALL).prop_map(|grade| FactKind::Rated {
            round: 1,
            solved: Solved::Yes,
            grade,
            by: RatedBy::Appellant
        }),
        2 => (n.clone(), prop::option::of(n.clone()), instant.clone(), instant.clone()).prop_map(|(n, parent, due, fair)| {
            FactKind::NodeAssigned {
                node: node(n),
                parent: parent.map(node),
                unit: "fgj".into(),
                role: NodeRole::Co,
                sign_by: due,
                contact_by: None,
                limit: Deadline { due, fair },
            }
        }),
        1 => n.clone().prop_map(|n| FactKind::NodeSubmitted { node: node(n) }),
        1 => n.clone().prop_map(|n| FactKind::NodeTakenBack { node: node(n) }),
        1 => (n.clone(), instant).prop_map(|(n, submitted_at)| FactKind::NodeApproved { node: node(n), submitted_at }),
        1 => (n.clone(), any::<bool>()).prop_map(|(n, reassigned)| FactKind::NodeEnded { node: node(n), reassigned }),
        1 => n.prop_map(|n| FactKind::NodePaused { node: node(n) }),
    ]
}

fn any_traits() -> impl Strategy<Value = Traits> {
    let lines = prop::collection::vec(prop::sample::select(ExpressLine::ALL), 0..3);
    (
        prop::option::of(prop::sample::select(AppealType::ALL)),
        prop::option::of(prop::sample::select(vec!["ENE-01", "FIN-02"])),
        prop::option::of(prop::sample::select(vec!["431302", "431321001"])),
        prop::option::of(prop::sample::select(Urgency::ALL)),
        prop::option::of(prop::sample::select(Channel::ALL)),
        lines,
    )
        .prop_map(|(appeal_type, category, area, urgency, channel, lines)| Traits {
            appeal_type,
            category: category.map(str::to_owned),
            area: area.map(AreaId::from),
            urgency,
            channel,
            lines,
        })
}

fn any_matters() -> impl Strategy<Value = Vec<Vec<Fact>>> {
    let fact = (0_i64..60, any_kind());
    prop::collection::vec(prop::collection::vec(fact, 0..16), 0..8).prop_map(|matters| {
        let told = |(n, facts): (u128, Vec<(i64, FactKind)>)| {
            let fact = |(days, kind)| Fact {
                matter: matter(n),
                at: at("2022-06-01T09:00:00").plus_days(days),
                kind,
            };
            facts.into_iter().map(fact).collect()
        };
        (1..).zip(matters).map(told).collect()
    })
}

fn broken_down(matters: &[Vec<Fact>], query: &Query, by: Option<By>) -> Breakdown {
    let mut breakdown = Breakdown::new(by, query);
    matters.iter().for_each(|facts| breakdown.add(&parts(facts, query, by)));
    breakdown
}

/// No stretch of time can hold what happened to a matter that was not received yet.
fn first_received(mut facts: Vec<Fact>) -> Vec<Fact> {
    if let Some(first) = facts.first() {
        facts.push(Fact { matter: first.matter, at: at("2022-05-01T09:00:00"), kind: received() });
    }
    facts
}

proptest! {
    /// Nothing is lost and nothing counted twice when figures are counted apart.
    #[test]
    fn rows_add_up_to_the_whole(matters in any_matters(), to in 0_i64..60, from in prop::option::of(0_i64..60)) {
        let date = |days| Zone::default().date_of(at("2022-06-01T00:00:00").plus_days(days));
        let query = Query { from: from.map(date), ..Query::as_of(date(to), Zone::default(), Instant::MAX) };
        let whole = figures(matters.iter().map(Vec::as_slice), &query);
        for by in [By::Category, By::Area, By::Channel, By::Urgency, By::Type] {
            prop_assert_eq!(&broken_down(&matters, &query, Some(by)).sum(), &whole, "{:?}", by);
        }
        prop_assert_eq!(&broken_down(&matters, &query, None).sum(), &whole);

        let by_line = broken_down(&matters, &query, Some(By::Line));
        for cell in Cell::all() {
            prop_assert!(by_line.sum().count(cell) >= whole.count(cell), "{:?}", cell);
        }
        let by_closing = broken_down(&matters, &query, Some(By::Closing));
        for cell in [Cell::Closed, Cell::Rated, Cell::Satisfied, Cell::ClosedOfAssigned] {
            prop_assert_eq!(by_closing.sum().count(cell), whole.count(cell), "{:?}", cell);
        }
        prop_assert_eq!(by_closing.sum().count(Cell::Open), 0);
        let by_unit = broken_down(&matters, &query, Some(By::Unit));
        for cell in Cell::all().filter(|cell| cell.is_of_assignments()) {
            prop_assert_eq!(by_unit.sum().count(cell), whole.count(cell), "{:?}", cell);
        }
        for row in by_unit.rows().values() {
            let parts = Figures::ASSIGNMENTS.map(|cell| row.count(cell));
            prop_assert_eq!(parts.iter().sum::<u64>(), row.count(Cell::Assignments));
            prop_assert_eq!(row.count(Cell::Received), 0, "a unit's row counts assignments alone");
        }
    }

    /// Stretch by stretch: what was there, and came, and came back, is what went and what is left.
    #[test]
    fn stretches_of_time_lead_from_one_to_the_next(matters in any_matters(), to in 0_i64..60, from in 0_i64..60) {
        let date = |days| Zone::default().date_of(at("2022-06-01T00:00:00").plus_days(days));
        let (from, to) = (from.min(to), from.max(to));
        let query = Query { from: Some(date(from)), ..Query::as_of(date(to), Zone::default(), Instant::MAX) };
        let matters: Vec<Vec<Fact>> = matters.into_iter().map(first_received).collect();
        let whole = figures(matters.iter().map(Vec::as_slice), &query);
        for by in [By::Day, By::Week, By::Month] {
            let series = broken_down(&matters, &query, Some(by));
            let mut open = whole.count(Cell::CarriedOver);
            for flows in series.rows().values() {
                open = open + flows.count(Cell::PeriodAccepted) + flows.count(Cell::PeriodReopened)
                    - flows.count(Cell::PeriodClosed);
            }
            prop_assert_eq!(open, whole.count(Cell::Open), "{:?}", by);
            for cell in [Cell::PeriodReceived, Cell::PeriodAccepted] {
                prop_assert_eq!(series.sum().count(cell), whole.count(cell), "{:?} {:?}", by, cell);
            }
        }
    }

    /// Between two moments a matter's cells change only if a limit lies between them.
    #[test]
    fn time_alone_changes_cells_only_at_limits(matters in any_matters(), one in 0_i64..1500, other in 0_i64..1500) {
        let moment = |hours| at("2022-06-01T09:30:00").plus_hours(hours);
        let (before, after) = (moment(one.min(other)), moment(one.max(other)));
        let asked = |now| Query::as_of(day("2022-09-01"), Zone::default(), now);
        for facts in &matters {
            let limits = facts.iter().flat_map(|fact| turning_points(&fact.kind));
            if !limits.into_iter().any(|limit| (before..after).contains(&limit)) {
                prop_assert_eq!(tally(facts, &asked(before)), tally(facts, &asked(after)));
            }
        }
    }

    /// What was added can be taken out again.
    #[test]
    fn a_matter_taken_out_leaves_no_trace(matters in any_matters()) {
        let query = asked("2022-07-01");
        for by in By::ALL.iter().copied().map(Some).chain([None]) {
            let mut breakdown = broken_down(&matters, &query, by);
            if let Some((first, rest)) = matters.split_first() {
                breakdown.take_out(&parts(first, &query, by));
                prop_assert_eq!(&breakdown, &broken_down(rest, &query, by));
            }
        }
    }

    #[test]
    fn whatever_happened_adds_up(matters in any_matters(), to in 0_i64..60, from in prop::option::of(0_i64..60)) {
        let date = |days| Zone::default().date_of(at("2022-06-01T00:00:00").plus_days(days));
        let query = Query { from: from.map(date), ..Query::as_of(date(to), Zone::default(), Instant::MAX) };
        let figures = figures(matters.iter().map(Vec::as_slice), &query);
        prop_assert!(figures.adds_up(), "{figures:?}");
        for rate in figures.rates() {
            prop_assert!(rate.n <= rate.of, "{rate:?}");
        }
        if from.is_none() {
            prop_assert_eq!(figures.count(Cell::CarriedOver), 0);
        }
    }

    /// Sums over days, and the odd matters one by one, are the fold: for every period, by
    /// everything.
    #[test]
    fn sums_over_days_and_the_odd_ones_are_the_fold(
        matters in any_matters(),
        to in 0_i64..70,
        from in prop::option::of(0_i64..70),
        fairly in any::<bool>(),
    ) {
        let date = |days| Zone::default().date_of(at("2022-06-01T00:00:00").plus_days(days));
        let query = Query {
            from: from.map(date),
            fairly_satisfied_counts: fairly,
            ..Query::as_of(date(to), Zone::default(), Instant::MAX)
        };
        for by in days::KEPT.into_iter().filter(|by| days::answers(*by, from.is_some())) {
            let counted = from_days(&matters, &query, by);
            prop_assert_eq!(counted, broken_down(&matters, &query, by), "{:?}", by);
        }
    }
}

/// What whoever keeps sums does: adds up the steps, and replaces what odd matters came to.
fn from_days(matters: &[Vec<Fact>], query: &Query, by: Option<By>) -> Breakdown {
    use days::Side;
    let begun = query.from.map(|from| from.yesterday().expect("a day").min(query.as_of));
    let mut sums: std::collections::BTreeMap<String, days::Signed> = std::collections::BTreeMap::new();
    for facts in matters {
        let course = days::Course::of(facts, &query.zone);
        for step in course.steps().into_iter().filter(|step| step.by == by) {
            let counts = match step.side {
                Side::Whole => step.day <= query.as_of,
                Side::Before => begun.is_some_and(|begun| step.day <= begun),
            };
            if counts {
                days::add(sums.entry(step.key).or_default(), &step.cells, 1);
            }
        }
        if query.from.is_none() {
            sums.values_mut().for_each(days::without_period);
        }
        let odd = query.from.is_some_and(|from| {
            course.odd().iter().any(|(odd, first, last)| *odd == by && (*first..=*last).contains(&from))
        });
        if odd {
            for (key, cells) in course.in_sums(query, by) {
                days::add(sums.entry(key).or_default(), &cells, -1);
            }
            for (key, tally) in parts(facts, query, by) {
                let cells = days::slots(&tally, query.fairly_satisfied_counts);
                days::add(sums.entry(key).or_default(), &cells, 1);
            }
        }
    }
    let rows = sums.into_iter().map(|(key, cells)| {
        let tally =
            days::tally_of(&cells, query.fairly_satisfied_counts).expect("nothing is less than nothing");
        (key, tally)
    });
    let rows: Vec<_> = rows.filter(|(_, tally)| !tally.is_empty()).collect();
    let mut counted = Breakdown::new(by, query);
    counted.add(&rows);
    counted
}
