//! The figures' stories.

use super::*;
use crate::codes::{ClosingType, Grade, NodeRole, RatedBy, Solved};
use kernel::time::{Date, Instant, Zone};
use kernel::{MatterId, NodeId, UnitId};

pub(super) fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

pub(super) fn at(text: &str) -> Instant {
    Instant::parse(&format!("{text}+08:00")).expect("a time")
}

pub(super) fn matter(n: u128) -> MatterId {
    MatterId(uuid(n))
}

fn uuid<T: std::str::FromStr<Err: std::fmt::Debug>>(n: u128) -> T {
    let hex = format!("{n:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
        .parse()
        .expect("a UUID")
}

pub(super) fn asked(as_of: &str) -> Query {
    Query::as_of(day(as_of), Zone::default(), Instant::MAX)
}

/// A matter told by when what happened.
fn story(n: u128, told: Vec<(&str, FactKind)>) -> Vec<Fact> {
    let fact = |(when, kind)| Fact { matter: matter(n), at: at(when), kind };
    told.into_iter().map(fact).collect()
}

pub(super) fn received() -> FactKind {
    FactKind::Received { office: "office".into() }
}

pub(super) fn accepted() -> FactKind {
    FactKind::Accepted { deemed: false }
}

pub(super) fn ended(closing: ClosingType) -> FactKind {
    FactKind::Ended { closing }
}

pub(super) fn node(n: u128) -> NodeId {
    NodeId(uuid(n))
}

fn assigned(n: u128, parent: Option<u128>, unit: &str, due: &str, fair: &str) -> FactKind {
    FactKind::NodeAssigned {
        node: node(n),
        parent: parent.map(node),
        unit: unit.into(),
        role: NodeRole::Lead,
        sign_by: at("2022-06-02T18:00:00"),
        contact_by: Some(at("2022-06-02T18:00:00")),
        limit: Deadline { due: at(due), fair: at(fair) },
    }
}

fn approved(n: u128, submitted: &str) -> FactKind {
    FactKind::NodeApproved { node: node(n), submitted_at: at(submitted) }
}

fn counts(matters: &[Vec<Fact>], query: &Query) -> Figures {
    let figures = figures(matters.iter().map(Vec::as_slice), query);
    assert!(figures.adds_up(), "{figures:?}");
    figures
}

#[test]
fn each_matter_stands_in_one_cell_and_assigned_wins() {
    let start = || vec![("2022-06-01T09:00:00", received()), ("2022-06-01T10:00:00", accepted())];
    let with = |n, more: Vec<(&'static str, FactKind)>| story(n, start().into_iter().chain(more).collect());
    let node = || assigned(1, None, "fgj", "2022-06-10T23:00:00", "2022-06-10T23:00:00");
    let matters = [
        story(1, vec![("2022-06-01T09:00:00", received())]),
        story(2, vec![("2022-06-01T09:00:00", received()), ("2022-06-02T09:00:00", FactKind::Declined)]),
        story(3, vec![("2022-06-01T09:00:00", received()), ("2022-06-02T09:00:00", FactKind::LeftEarly)]),
        with(4, vec![]),
        with(5, vec![("2022-06-02T09:00:00", ended(ClosingType::Withdrawn))]),
        with(6, vec![("2022-06-02T09:00:00", FactKind::Merged)]),
        with(7, vec![("2022-06-02T09:00:00", FactKind::AnsweredDirectly)]),
        // answered directly, contested, then assigned
        with(8, vec![("2022-06-02T09:00:00", FactKind::AnsweredDirectly), ("2022-06-03T09:00:00", node())]),
        // assigned, then merged and closed as such
        with(
            9,
            vec![
                ("2022-06-02T09:00:00", node()),
                ("2022-06-03T09:00:00", FactKind::Merged),
                ("2022-06-04T09:00:00", ended(ClosingType::Merged)),
            ],
        ),
        // merged, and the master fell away
        with(
            10,
            vec![("2022-06-02T09:00:00", FactKind::Merged), ("2022-06-03T09:00:00", FactKind::MergeUndone)],
        ),
    ];
    let figures = counts(&matters, &asked("2022-06-30"));
    let one = [
        Cell::Pending,
        Cell::Declined,
        Cell::LeftBeforeAcceptance,
        Cell::LeftBeforeAssignment,
        Cell::Merged,
        Cell::AnsweredDirectly,
    ];
    for cell in one {
        assert_eq!(figures.count(cell), 1, "{cell:?}");
    }
    assert_eq!(figures.count(Cell::Received), 10);
    assert_eq!(figures.count(Cell::Accepted), 7);
    assert_eq!(figures.count(Cell::Assigned), 2);
    assert_eq!(figures.count(Cell::Unassigned), 2);
    assert_eq!((figures.count(Cell::Closed), figures.count(Cell::Open)), (2, 5));
    assert_eq!(figures.count(Cell::ClosedAs(ClosingType::Merged)), 1);
}

#[test]
fn as_of_includes_the_whole_local_day_and_nothing_after_it() {
    let facts = [story(
        1,
        vec![
            ("2022-06-01T09:00:00", received()),
            ("2022-06-02T23:59:59", accepted()),
            ("2022-06-03T00:00:00", ended(ClosingType::Explained)),
        ],
    )];
    assert_eq!(counts(&facts, &asked("2022-06-01")).count(Cell::Pending), 1);
    let second = counts(&facts, &asked("2022-06-02"));
    assert_eq!((second.count(Cell::Accepted), second.count(Cell::Open)), (1, 1));
    assert_eq!(counts(&facts, &asked("2022-06-03")).count(Cell::Closed), 1);
    assert_eq!(counts(&facts, &asked("2022-05-31")).count(Cell::Received), 0);
}

#[test]
fn after_a_redo_the_last_rating_counts_and_exclusion_is_shown_apart() {
    let rated = |round, solved, grade| FactKind::Rated { round, solved, grade, by: RatedBy::Appellant };
    let told = vec![
        ("2022-06-01T09:00:00", received()),
        ("2022-06-01T10:00:00", accepted()),
        ("2022-06-05T10:00:00", rated(1, Solved::No, Grade::VeryDissatisfied)),
        ("2022-06-05T11:00:00", ended(ClosingType::Explained)),
        ("2022-06-06T10:00:00", FactKind::Reopened),
        ("2022-06-06T10:00:00", FactKind::RedoOrdered { round: 1 }),
        ("2022-06-09T10:00:00", rated(2, Solved::Yes, Grade::FairlySatisfied)),
        ("2022-06-09T10:00:00", ended(ClosingType::Solved)),
    ];
    let facts = [story(1, told.clone())];
    let early = counts(&facts, &asked("2022-06-05"));
    assert_eq!(
        (early.count(Cell::Rated), early.count(Cell::Satisfied), early.count(Cell::Redone)),
        (1, 0, 0)
    );
    let late = counts(&facts, &asked("2022-06-30"));
    assert_eq!((late.count(Cell::Rated), late.count(Cell::Satisfied), late.count(Cell::Solved)), (1, 1, 1));
    assert_eq!((late.count(Cell::Redone), late.count(Cell::ResultGiven)), (1, 1));
    let strict = Query { fairly_satisfied_counts: false, ..asked("2022-06-30") };
    assert_eq!(counts(&facts, &strict).count(Cell::Satisfied), 0);

    let excluded =
        [story(1, told.into_iter().chain([("2022-06-10T10:00:00", FactKind::RatingExcluded)]).collect())];
    let figures = counts(&excluded, &asked("2022-06-30"));
    assert_eq!((figures.count(Cell::Rated), figures.count(Cell::RatedAfterExclusions)), (1, 0));
}

/// The parent passed it on late: the child's limit is cut to the 9th, though it would have
/// had until the 14th. What comes between counts against the parent.
#[test]
fn one_units_delay_does_not_count_against_another() {
    let chain = |child_submitted: &str| {
        story(
            1,
            vec![
                ("2022-06-01T09:00:00", received()),
                ("2022-06-01T10:00:00", accepted()),
                (
                    "2022-06-01T11:00:00",
                    assigned(1, None, "platform", "2022-06-10T23:00:00", "2022-06-10T23:00:00"),
                ),
                (
                    "2022-06-08T11:00:00",
                    assigned(2, Some(1), "fgj", "2022-06-09T23:00:00", "2022-06-14T23:00:00"),
                ),
                ("2022-06-20T09:00:00", approved(2, child_submitted)),
                ("2022-06-20T09:00:00", approved(1, "2022-06-20T09:00:00")),
            ],
        )
    };
    let of = |facts: &[Fact], unit: &str| {
        let units = Some([UnitId::from(unit)].into());
        let tally = tally(facts, &Query { units, ..asked("2022-06-30") });
        (
            tally.get(&Cell::OnTime).copied().unwrap_or(0),
            tally.get(&Cell::FirstLimitDue).copied().unwrap_or(0),
        )
    };
    let within_the_cut = chain("2022-06-13T09:00:00");
    assert_eq!(of(&within_the_cut, "fgj"), (1, 1), "in time for what it would have had");
    assert_eq!(of(&within_the_cut, "platform"), (0, 1), "late through its own delay");
    let contact = tally(&within_the_cut, &asked("2022-06-30"));
    assert_eq!(
        contact.get(&Cell::ContactDue),
        Some(&1),
        "who passed it on need not contact the appellant too"
    );
    let own_delay = chain("2022-06-15T09:00:00");
    assert_eq!(of(&own_delay, "fgj"), (0, 1));
}

#[test]
fn open_assignments_count_once_overdue_and_ended_ones_by_when_they_ended() {
    let open = |more: Vec<(&'static str, FactKind)>| {
        let start = vec![
            ("2022-06-01T09:00:00", received()),
            ("2022-06-01T10:00:00", accepted()),
            ("2022-06-01T11:00:00", assigned(1, None, "fgj", "2022-06-10T23:00:00", "2022-06-10T23:00:00")),
        ];
        [story(1, start.into_iter().chain(more).collect())]
    };
    let due = |facts: &[Vec<Fact>], as_of: &str| {
        let figures = counts(facts, &asked(as_of));
        (figures.count(Cell::ExtendedLimitDue), figures.count(Cell::AssignmentsOverdue))
    };
    let running = open(vec![]);
    assert_eq!(due(&running, "2022-06-09"), (0, 0));
    assert_eq!(due(&running, "2022-06-10"), (1, 1));
    let submitted = open(vec![("2022-06-09T09:00:00", FactKind::NodeSubmitted { node: node(1) })]);
    assert_eq!(due(&submitted, "2022-06-20"), (0, 0), "awaits review; the unit did its part in time");
    let paused = open(vec![("2022-06-09T09:00:00", FactKind::NodePaused { node: node(1) })]);
    assert_eq!(due(&paused, "2022-06-20"), (0, 0));
    let ended = |when| (when, FactKind::NodeEnded { node: node(1), reassigned: false });
    assert_eq!(due(&open(vec![ended("2022-06-08T09:00:00")]), "2022-06-20"), (0, 0));
    assert_eq!(due(&open(vec![ended("2022-06-12T09:00:00")]), "2022-06-20"), (1, 0));
    let asked_at_noon = Query { now: at("2022-06-10T12:00:00"), ..asked("2022-06-10") };
    assert_eq!(counts(&running, &asked_at_noon).count(Cell::AssignmentsOverdue), 0);
}

#[test]
fn small_groups_are_hidden_and_cannot_be_subtracted() {
    assert_eq!(suppress(&[12, 7, 0]), [Some(12), Some(7), Some(0)]);
    assert_eq!(suppress(&[12, 3, 7]), [Some(12), None, None], "7 goes too, or 3 could be subtracted");
    assert_eq!(suppress(&[12, 3, 4]), [Some(12), None, None]);
    assert_eq!(
        suppress(&[12, 1, 1, 9]),
        [Some(12), None, None, None],
        "two ones would be told by a sum of 2"
    );
    assert_eq!(suppress(&[3]), [None]);
    assert_eq!(suppress(&[]), []);
}

#[test]
fn weeks_begin_on_monday_and_months_on_the_first() {
    assert_eq!(bucket(By::Week, day("2022-08-22")), (day("2022-08-22"), day("2022-08-28")));
    assert_eq!(bucket(By::Week, day("2022-08-21")), (day("2022-08-15"), day("2022-08-21")));
    assert_eq!(bucket(By::Month, day("2022-02-14")), (day("2022-02-01"), day("2022-02-28")));
    assert_eq!(bucket(By::Day, day("2022-02-14")), (day("2022-02-14"), day("2022-02-14")));
}

/// Counted as classified on the day asked for, not as corrected later.
#[test]
fn a_matter_stands_where_it_was_classified_then() {
    let traits =
        |category: &str| FactKind::Described(Traits { category: Some(category.into()), ..Traits::default() });
    let facts = story(
        1,
        vec![
            ("2022-06-01T09:00:00", received()),
            ("2022-06-02T09:00:00", traits("ENE-01")),
            ("2022-06-05T09:00:00", traits("FIN-02")),
        ],
    );
    let key = |as_of: &str| parts(&facts, &asked(as_of), Some(By::Category))[0].0.clone();
    assert_eq!([key("2022-06-01"), key("2022-06-04"), key("2022-06-05")], ["", "ENE-01", "FIN-02"]);
}

#[test]
fn rates_are_rounded_half_up() {
    let percent = |n, of| Rate { def: &RateDef::ALL[0], n, of }.percent();
    assert_eq!(percent(335, 346).as_deref(), Some("96.8"));
    assert_eq!(percent(319, 339).as_deref(), Some("94.1"));
    assert_eq!(percent(1, 2000).as_deref(), Some("0.1"));
    assert_eq!(percent(1, 1).as_deref(), Some("100.0"));
    assert_eq!(percent(0, 0), None);
}

#[test]
fn codes_read_back_and_facts_survive_json() {
    for cell in Cell::all() {
        assert_eq!(Cell::parse(&cell.code()), Some(cell));
    }
    let fact = &story(
        1,
        vec![("2022-06-01T09:00:00", assigned(1, None, "x", "2022-06-02T09:00:00", "2022-06-02T09:00:00"))],
    )[0];
    let json = serde_json::to_value(fact).expect("serializes");
    assert_eq!(json["fact"], fact.kind.code());
    assert_eq!(&serde_json::from_value::<Fact>(json).expect("reads"), fact);
}
