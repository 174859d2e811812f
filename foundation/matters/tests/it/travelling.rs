//! From filing to a verified answer, with timers and merges.

use crate::support::*;
use kernel::permission::Role;
use kernel::{MatterId, NodeId};
use matters_rules::{ActionCode, ClosingType, Command, Grade, Phase, Solved};
use platform::{By, Failure};
use store::Query;
use testkit::Engine;

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_travels_to_a_rated_answer_and_the_tables_are_the_journals() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let receipt = file(app, request("13800001234")).await;
        assert_eq!(receipt.number, "202206150001");
        let (top, leaf) = at_work(app, &receipt).await;
        let seen = view(app, receipt.id, None).await.expect("the appellant's own");
        assert_eq!(seen.holder.map(|unit| unit.id.0), Some("x-power".into()), "{engine:?}");
        assert_eq!(
            seen.clock.promise.as_ref().map(|limit| limit.due_date.to_string()).as_deref(),
            Some("2022-06-28")
        );
        let promise = seen.clock.promise.expect("promised");
        assert_eq!(promise.explanation.counted.len(), 9);
        test.at("2022-06-16T10:00:00+08:00");
        to_result(app, &receipt, top, leaf).await;
        assert_eq!(view(app, receipt.id, None).await.expect("own").phase, Phase::CallBack);
        rate(app, receipt.id, Solved::Yes, Grade::VerySatisfied).await;
        let closed = view(app, receipt.id, None).await.expect("own");
        assert_eq!((closed.phase, closed.closing), (Phase::Closed, Some(ClosingType::Solved)));
        assert_eq!(closed.demands[0].outcome, Some(matters_rules::Outcome::Solved));
        assert_rebuilt_alike(app).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn timers_accept_and_close_by_themselves_and_catch_up() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let receipt = file(app, request("13800001234")).await;
        assert_eq!(test.run_jobs().await, 0, "nothing is due yet");
        test.at("2022-06-18T00:00:01+08:00");
        assert!(test.run_jobs().await > 0);
        let seen = view(app, receipt.id, None).await.expect("own");
        assert!(seen.deemed && seen.phase == Phase::Accepted, "{engine:?} {:?}", seen.phase);
        // Down for a month: the same job again changes nothing.
        test.at("2022-07-20T09:00:00+08:00");
        test.run_jobs().await;
        assert_eq!(view(app, receipt.id, None).await.expect("own").version, seen.version);
        assert_rebuilt_alike(app).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unrated_result_closes_after_seven_working_days() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let receipt = file(app, request("13800001234")).await;
        let (top, leaf) = at_work(app, &receipt).await;
        to_result(app, &receipt, top, leaf).await;
        test.at("2022-06-24T23:00:00+08:00");
        test.run_jobs().await;
        assert_eq!(view(app, receipt.id, None).await.expect("own").phase, Phase::CallBack);
        test.at("2022-06-25T00:00:01+08:00");
        test.run_jobs().await;
        let seen = view(app, receipt.id, None).await.expect("own");
        assert_eq!(seen.phase, Phase::Closed, "{engine:?}");
        assert!(seen.ratings.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn followers_of_a_merge_get_the_masters_result() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let master = file(app, request("13800001234")).await;
        let follower = file(app, request("13800005678")).await;
        accept(app, follower.id).await;
        let (top, leaf) = at_work(app, &master).await;
        let intake = person(Role::Intake, "c-office");
        let under = master.id;
        act(app, intake.by(), follower.id, move |work, sealer| {
            Ok(Command::Merge { master: under, reason: sealer.text(work, "同一事项") })
        })
        .await
        .expect("merged");
        assert_eq!(view(app, follower.id, None).await.expect("own").phase, Phase::Merged);
        to_result(app, &master, top, leaf).await;
        test.run_jobs().await;
        let seen = view(app, follower.id, None).await.expect("own");
        assert_eq!(seen.phase, Phase::CallBack, "{engine:?}");
        let office = view(app, master.id, Some(&intake)).await.expect("reads");
        assert_eq!(office.followers.len(), 1);
        assert_rebuilt_alike(app).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_acts_out_of_position_and_strangers_learn_nothing() {
    let test = city(Engine::Sqlite).await;
    let app = &test.app;
    let receipt = file(app, request("13800001234")).await;
    let (_, leaf) = at_work(app, &receipt).await;
    let sign = |who: By, node: NodeId| act(app, who, receipt.id, move |_, _| Ok(Command::Sign { node }));
    let other = sign(person(Role::UnitLiaison, "y-power").by(), leaf).await;
    assert!(matches!(other, Err(Failure::NotFound)), "existence is secret: {other:?}");
    let office = sign(person(Role::Intake, "c-office").by(), leaf).await;
    assert!(matches!(office, Err(Failure::NotPermitted)), "{office:?}");
    let stranger =
        act(app, By::Appellant(MatterId(uuid::Uuid::from_u128(1))), receipt.id, |_, _| Ok(Command::Archive))
            .await;
    assert!(matches!(stranger, Err(Failure::NotFound)), "{stranger:?}");
    let unknown = app.write(|work| matters(work, &person(Role::Intake, "c-office").by())).await;
    assert!(matches!(unknown, Err(Failure::NotFound)), "{unknown:?}");
    let stale = app
        .write(move |work| {
            let by = person(Role::UnitLiaison, "x-power").by();
            tongxin_matters::act(work, &by, receipt.id, Some(1), &Command::Sign { node: leaf }).map(drop)
        })
        .await;
    assert!(matches!(stale, Err(Failure::Stale)), "{stale:?}");
}

fn matters(work: &mut platform::Work<'_>, by: &By) -> Result<(), Failure> {
    let nowhere = MatterId(uuid::Uuid::from_u128(9));
    tongxin_matters::act(work, by, nowhere, None, &Command::Archive).map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_offers_what_the_command_then_allows() {
    let test = city(Engine::Sqlite).await;
    let app = &test.app;
    let receipt = file(app, request("13800001234")).await;
    let intake = person(Role::Intake, "c-office");
    assert!(view(app, receipt.id, Some(&intake)).await.expect("reads").may(ActionCode::Accept, None));
    accept(app, receipt.id).await;
    let seen = view(app, receipt.id, Some(&intake)).await.expect("reads");
    assert!(!seen.may(ActionCode::Accept, None) && seen.may(ActionCode::AnswerDirectly, None));
    let appellant = view(app, receipt.id, None).await.expect("own");
    assert!(appellant.may(ActionCode::Withdraw, None) && !appellant.may(ActionCode::Rate, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_moves_takes_its_matters_along() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let app = &test.app;
        let receipt = file(app, request("13800001234")).await;
        at_work(app, &receipt).await;
        let moved = UNITS.replace(
            "x-power,甲县供电公司,甲县供电,Power,xx,county",
            "x-power,甲县供电公司,甲县供电,Power,yy,county",
        );
        let file = network::import::File { name: "units.csv".into(), bytes: moved.into() };
        let options = network::import::ImportOptions { skip_bad: false, dry_run: false };
        let report = network::import::units(app, &By::Operator, &file, options).await.expect("a table");
        assert!(report.written, "{:?}", report.bad);
        let paths = app
            .read(|snapshot, _| {
                let rows =
                    snapshot.query("select unit_path from matter_party where unit = 'x-power'", &[])?;
                Ok(rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?)
            })
            .await
            .expect("reads");
        assert_eq!(paths, ["cc/yy/x-power/"], "{engine:?}");
        assert_rebuilt_alike(app).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_calendar_moves_open_limits() {
    let test = city(Engine::Sqlite).await;
    let app = &test.app;
    let receipt = file(app, request("13800001234")).await;
    accept(app, receipt.id).await;
    let changed = changed_calendar(kernel::time::Calendar::CHINA_TOML);
    app.write(move |work| {
        tongxin_matters::configuration::publish_calendar(work, &By::Operator, changed.clone())
    })
    .await
    .expect("published");
    test.run_jobs().await;
    let promise = view(app, receipt.id, None).await.expect("own").clock.promise.expect("promised");
    assert_eq!(promise.due_date.to_string(), "2022-06-29", "one more day off");
    assert_rebuilt_alike(app).await;
}

/// The delivered calendar with 20 June 2022, a Monday, made a holiday.
fn changed_calendar(toml: &str) -> String {
    let holiday = "  [\"2022-06-03\", \"2022-06-05\", \"端午节\"],\n";
    assert!(toml.contains(holiday));
    toml.replacen("cn-2004-2026/1", "changed", 1).replacen(
        holiday,
        &format!("{holiday}  [\"2022-06-20\", \"2022-06-20\", \"调整\"],\n"),
        1,
    )
}
