//! The figures of real matters: both identities, the rows behind a number, and what pages
//! read equal to the fold.

use crate::support::*;
use kernel::permission::{Grant, Role};
use matters_rules::figures::{By, Cell, Figures};
use matters_rules::{Command, Grade, Solved};
use platform::App;
use std::sync::Arc;
use testkit::Engine;
use tongxin_matters::figures::{self, Asked, breakdown, figures, question, rows_of};

async fn counted(app: &App, asked: Asked) -> Figures {
    app.read(move |snapshot, app| {
        let question = question(snapshot, app, &asked)?;
        figures(snapshot, &question)
    })
    .await
    .expect("folds")
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_add_up() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let solved = file(app, request("13800000001")).await;
        let (top, leaf) = at_work(app, &solved).await;
        file(app, request("13800000002")).await;
        let open = file(app, request("13800000003")).await;
        accept(app, open.id).await;
        test.at("2022-06-17T10:00:00+08:00");
        to_result(app, &solved, top, leaf).await;
        rate(app, solved.id, Solved::Yes, Grade::FairlySatisfied).await;
        let left = file(app, request("13800000004")).await;
        act(app, platform::By::Appellant(left.id), left.id, |_, _| Ok(Command::Withdraw { reason: None }))
            .await
            .expect("withdrawn");

        let all = counted(app, Asked::default()).await;
        assert!(all.adds_up(), "{engine:?} {all:?}");
        let expected = [
            (Cell::Received, 4),
            (Cell::Pending, 1),
            (Cell::LeftBeforeAcceptance, 1),
            (Cell::Accepted, 2),
            (Cell::Assigned, 1),
            (Cell::Unassigned, 1),
            (Cell::Closed, 1),
            (Cell::Open, 1),
            (Cell::Rated, 1),
            (Cell::Satisfied, 1),
            (Cell::Assignments, 2),
            (Cell::OnTime, 2),
        ];
        for (cell, n) in expected {
            assert_eq!(all.count(cell), n, "{engine:?} {cell:?}");
        }
        let day = |text: &str| text.parse().ok();
        let before = counted(app, Asked { as_of: day("2022-06-16"), ..Asked::default() }).await;
        assert_eq!((before.count(Cell::Received), before.count(Cell::Open)), (3, 2));
        let period = counted(app, Asked { from: day("2022-06-17"), ..Asked::default() }).await;
        assert!(period.adds_up());
        assert_eq!((period.count(Cell::CarriedOver), period.count(Cell::PeriodClosed)), (2, 1));
        assert_eq!(period.json(None)["period"]["received"], 1);
        let power = counted(app, Asked { unit: Some("x-power".into()), ..Asked::default() }).await;
        assert_eq!((power.count(Cell::Received), power.count(Cell::Assignments)), (1, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_counts_and_lists_only_its_own() {
    let test = city(Engine::Sqlite).await;
    let app = &test.app;
    let receipt = file(app, request("13800000001")).await;
    at_work(app, &receipt).await;
    file(app, request("13800000002")).await;
    for (who, expected) in [
        (person(Role::UnitHead, "x-power"), 1),
        (person(Role::UnitHead, "y-power"), 0),
        (person(Role::ShiftHead, "c-office"), 2),
    ] {
        let (n, rows) = app
            .read(move |snapshot, app| {
                let question = question(snapshot, app, &Asked::default())?;
                let figures = breakdown(snapshot, &question, None, Some(&who.grants))?.sum();
                let rows = rows_of(snapshot, &question, Cell::Received, None, &who.grants)?;
                Ok((figures.count(Cell::Received), rows))
            })
            .await
            .expect("folds");
        assert_eq!((n, rows.len() as u64), (expected, expected));
    }
}

/// Asks everything, from the book and folded anew, and compares.
async fn assert_the_book_is_right(app: &App, readers: &[Option<Arc<[Grant]>>], when: &str) {
    let day = |text: &str| text.parse().ok();
    let questions = [
        Asked::default(),
        Asked { from: day("2022-06-01"), ..Asked::default() },
        Asked { as_of: day("2022-06-20"), ..Asked::default() },
        Asked { unit: Some("xx".into()), ..Asked::default() },
    ];
    for asked in questions {
        for grants in readers {
            for by in By::ALL.iter().copied().map(Some).chain([None]) {
                let (asked, grants) = (asked.clone(), grants.clone());
                app.read(move |snapshot, app| {
                    let grants = grants.as_deref();
                    let kept = figures::counted(snapshot, app, &asked, by, grants)?;
                    let question = question(snapshot, app, &asked)?;
                    let folded = breakdown(snapshot, &question, by, grants)?;
                    assert_eq!(*kept, folded, "{by:?} {asked:?}");
                    Ok(())
                })
                .await
                .unwrap_or_else(|error| panic!("{when}: {error:?}"));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_answers_follow_what_happens_and_equal_the_fold() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let grants = |role, unit| Some(person(role, unit).grants);
        let readers = [
            None,
            grants(Role::UnitHead, "x-power"),
            grants(Role::ShiftHead, "c-office"),
            Some(Arc::from([])),
        ];
        assert_the_book_is_right(app, &readers, "nothing yet").await;
        let solved = file(app, request("13800000001")).await;
        assert_the_book_is_right(app, &readers, "filed").await;
        let (top, leaf) = at_work(app, &solved).await;
        assert_the_book_is_right(app, &readers, "assigned, so that another unit counts it").await;
        platform::seal::run(app).await.expect("sealed");
        assert_the_book_is_right(app, &readers, "sealed").await;
        let late = file(app, request("13800000002")).await;
        at_work(app, &late).await;
        test.at("2022-06-17T10:00:00+08:00");
        to_result(app, &solved, top, leaf).await;
        platform::seal::run(app).await.expect("sealed");
        rate(app, solved.id, Solved::Yes, Grade::FairlySatisfied).await;
        assert_the_book_is_right(app, &readers, "rated, in part not sealed yet").await;
        test.at("2022-07-20T10:00:00+08:00");
        assert_the_book_is_right(app, &readers, "limits ran out and nobody wrote anything").await;
        test.at("2022-07-10T10:00:00+08:00");
        assert_the_book_is_right(app, &readers, "the clock went back").await;
    }
}

/// Every period between these days, by everything, from sums and folded anew.
async fn assert_the_days_are_right(app: &App, readers: &[Option<Arc<[Grant]>>], when: &str) {
    let days =
        ["2022-06-01", "2022-06-15", "2022-06-16", "2022-06-17", "2022-06-18", "2022-06-24", "2022-07-21"];
    for (index, from) in days.iter().enumerate() {
        for as_of in &days[index..] {
            for grants in readers {
                for by in By::ALL.iter().copied().map(Some).chain([None]) {
                    let asked = Asked { from: from.parse().ok(), as_of: as_of.parse().ok(), unit: None };
                    let grants = grants.clone();
                    app.read(move |snapshot, app| {
                        let grants = grants.as_deref();
                        let kept = figures::counted(snapshot, app, &asked, by, grants)?;
                        let question = question(snapshot, app, &asked)?;
                        let folded = breakdown(snapshot, &question, by, grants)?;
                        assert_eq!(*kept, folded, "{by:?} {asked:?}");
                        Ok(())
                    })
                    .await
                    .unwrap_or_else(|error| panic!("{when}: {error:?}"));
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sums_of_days_equal_the_fold_for_every_period() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let readers = [None, Some(person(Role::ShiftHead, "c-office").grants)];
        let solved = file(app, request("13800000001")).await;
        let (top, leaf) = at_work(app, &solved).await;
        let complaint = tongxin_matters::FileRequest {
            complained_about: Some("c-office".into()),
            ..request("13800000005")
        };
        file(app, complaint).await;
        test.at("2022-06-17T10:00:00+08:00");
        let late = file(app, request("13800000002")).await;
        at_work(app, &late).await;
        to_result(app, &solved, top, leaf).await;
        rate(app, solved.id, Solved::Yes, Grade::FairlySatisfied).await;
        test.catch_up().await;
        assert_the_days_are_right(app, &readers, "all taken in").await;
        // So many questions that nothing is kept of the first ones.
        test.at("2022-07-20T10:00:00+08:00");
        file(app, request("13800000003")).await;
        assert_the_days_are_right(app, &readers, "some not taken in").await;
    }
}
