//! What may be recorded, and what stands in the way.

use crate::support::{act, by, city, day, officer, rebuilds, record, refused};
use kernel::permission::Role;
use kernel::{MatterId, UnitId};
use platform::Failure;
use store::Query;
use testkit::Engine;
use tongxin_registers::read::list::{self, Asked};
use tongxin_registers::read::{in_force, record as records};
use tongxin_registers::rules::record::{Award, ContactNote, ContactWay, Flow, RecordCommand};
use tongxin_registers::rules::{Bound, Decimal, Value};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_lies_in_typed_columns() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let typed = [
            ("name", "春茶加工"),
            ("kind", "茶叶"),
            ("marks", "甲、乙"),
            ("total", "800多万元"),
            ("length", "12.5"),
            ("on", "2022年3月8日"),
            ("place", "甲县 甲一镇"),
            ("where", "112.0012, 27.7281"),
        ];
        let id = record(&test.app, &officer(), "xx", &typed).await.expect("recorded");
        let row = test
            .app
            .read(move |q, _| {
                let sql = "select kind, marks, total, total__bound, length, \"on\", place, where__lon, stage, title \
                           from reg_things where id = $1";
                Ok(q.query_one(&sql.replace("where__lon", "\"where__lon\""), &store::params![id.to_string()])?)
            })
            .await
            .expect("a row");
        assert_eq!(row.str(0).expect("text"), "tea");
        assert_eq!(row.str(1).expect("text"), "a b");
        assert_eq!(row.int(2).expect("fen"), 800_000_000);
        assert_eq!(row.str(3).expect("text"), "at_least");
        assert!((row.real(4).expect("a measurement") - 12.5).abs() < 1e-9);
        assert_eq!(row.str(5).expect("text"), "2022-03-08");
        assert_eq!(row.str(6).expect("text"), "431302001");
        assert!((row.real(7).expect("degrees") - 112.0012).abs() < 1e-9);
        assert_eq!(row.str(8).expect("text"), "open");
        assert_eq!(row.str(9).expect("text"), "春茶加工");
        rebuilds(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_told_beside_its_field() {
    let test = city(Engine::Sqlite).await;
    let officer = officer();
    let try_it = |typed: Vec<(&'static str, &'static str)>| {
        let (app, officer) = (test.app.clone(), officer.clone());
        async move { refused(record(&app, &officer, "xx", &typed).await) }
    };
    let said = |field: &str, code: &str| (field.to_owned(), code.to_owned());
    assert_eq!(try_it(vec![("kind", "tea")]).await, said("name", "register-required"));
    assert_eq!(try_it(vec![("name", "a"), ("kind", "木头")]).await, said("kind", "register-choice"));
    assert_eq!(try_it(vec![("name", "a"), ("total", "很多钱")]).await, said("total", "register-money"));
    assert_eq!(try_it(vec![("name", "a"), ("length", "1.25")]).await, said("length", "register-decimals"));
    assert_eq!(try_it(vec![("name", "a"), ("length", "近3")]).await, said("length", "register-bound"));
    assert_eq!(
        try_it(vec![("name", "a"), ("place", "无名镇")]).await,
        said("place", "register-area-unknown")
    );
    assert_eq!(
        try_it(vec![("name", "a"), ("parts", "没有的")]).await,
        said("parts", "register-record-unknown")
    );
    assert_eq!(
        try_it(vec![("name", "a"), ("colour", "red")]).await,
        said("colour", "register-no-such-field")
    );
    assert_eq!(try_it(vec![("name", "a"), ("shared", "3")]).await, said("shared", "register-not-typed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_must_be_unique_is_and_what_was_removed_makes_room() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let typed = [("name", "春茶"), ("kind", "tea")];
        let first = record(&test.app, &officer(), "xx", &typed).await.expect("recorded");
        assert_eq!(refused(record(&test.app, &officer(), "yy", &typed).await).1, "register-taken");
        record(&test.app, &officer(), "xx", &[("name", "春茶"), ("kind", "steel")])
            .await
            .expect("another kind");
        act(&test.app, &officer(), first, RecordCommand::Remove("登记错了".into())).await.expect("removed");
        let second = record(&test.app, &officer(), "yy", &typed).await.expect("there is room");
        assert_eq!(
            refused(act(&test.app, &officer(), first, RecordCommand::Restore).await).1,
            "register-taken"
        );
        act(&test.app, &officer(), second, RecordCommand::Remove("换一条".into())).await.expect("removed");
        act(&test.app, &officer(), first, RecordCommand::Restore).await.expect("there is room again");
        rebuilds(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_is_reached_in_order_with_what_it_requires() {
    let test = city(Engine::Sqlite).await;
    let id = record(&test.app, &officer(), "xx", &[("name", "项目")]).await.expect("recorded");
    let to = |on: &str| RecordCommand::Move { stage: "signed".into(), on: day(on), note: String::new() };
    assert_eq!(refused(act(&test.app, &officer(), id, to("2022-08-22")).await).1, "register-stage-needs");
    let total = Value::Money { fen: 100, bound: Bound::Exact };
    let change = RecordCommand::Change { values: [("total".to_owned(), Some(total))].into() };
    act(&test.app, &officer(), id, change).await.expect("changed");
    assert_eq!(refused(act(&test.app, &officer(), id, to("2022-08-23")).await).1, "register-in-the-future");
    assert_eq!(refused(act(&test.app, &officer(), id, to("2022-08-21")).await).1, "register-stage-before");
    let state = act(&test.app, &officer(), id, to("2022-08-22")).await.expect("moved");
    assert_eq!(state.stage.as_deref(), Some("signed"));
    let emptied = RecordCommand::Change { values: [("total".to_owned(), None)].into() };
    assert_eq!(refused(act(&test.app, &officer(), id, emptied).await).1, "register-stage-requires");
    let back = RecordCommand::Move { stage: "open".into(), on: day("2022-08-22"), note: String::new() };
    assert_eq!(refused(act(&test.app, &officer(), id, back).await).1, "register-stage-not-next");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_verifies_what_they_recorded_and_only_verified_lines_count() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let id = record(&test.app, &officer(), "xx", &[("name", "项目")]).await.expect("recorded");
        let flow = |evidence: &str| {
            RecordCommand::AddFlow(Flow {
                kind: "paid".into(),
                on: day("2022-05-01"),
                amount: Decimal::whole(5_000_000),
                evidence: evidence.into(),
            })
        };
        assert_eq!(refused(act(&test.app, &officer(), id, flow("")).await).0, "evidence");
        let state = act(&test.app, &officer(), id, flow("银行回单")).await.expect("recorded");
        let line = state.flows[0].id;
        let verify = RecordCommand::VerifyFlow(line);
        assert_eq!(refused(act(&test.app, &officer(), id, verify.clone()).await).1, "register-own-line");
        assert_eq!(in_place(&test, id).await, 0);
        let other = by(Role::UnitHead, "cc/xx/", 2);
        act(&test.app, &other, id, verify).await.expect("another person verifies");
        assert_eq!(in_place(&test, id).await, 500_000_000);
        let void = RecordCommand::VoidFlow(line, "退款".into());
        act(&test.app, &officer(), id, void).await.expect("void");
        assert_eq!(in_place(&test, id).await, 0);
        rebuilds(&test).await;
    }
}

async fn in_place(test: &testkit::TestApp, id: Uuid) -> i64 {
    let read = test.app.read(move |q, _| {
        let sql = "select in_place from reg_things where id = $1";
        Ok(q.query_one(sql, &store::params![id.to_string()])?.int(0)?)
    });
    read.await.expect("a row")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_overdue_follows_from_the_contacts_there_were() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let id = record(&test.app, &officer(), "xx", &[("name", "企业"), ("on", "2022-06-30")])
            .await
            .expect("recorded");
        assert_eq!(
            overdue(&test, "2022-07-30").await,
            0,
            "a month after 30 June is 30 July, which is in time"
        );
        assert_eq!(overdue(&test, "2022-07-31").await, 1);
        let state = act(&test.app, &officer(), id, contact("2022-08-01", "道路破损")).await.expect("noted");
        assert_eq!(overdue(&test, "2022-09-01").await, 0);
        assert_eq!(overdue(&test, "2022-09-02").await, 1);
        let line = state.contacts[0].id;
        let void = RecordCommand::VoidContact(line, "记错了".into());
        act(&test.app, &officer(), id, void).await.expect("void");
        assert_eq!(overdue(&test, "2022-08-22").await, 1, "a contact that was none helps nobody");
        rebuilds(&test).await;
    }
}

fn contact(on: &str, difficulty: &str) -> RecordCommand {
    RecordCommand::AddContact(ContactNote {
        on: day(on),
        way: ContactWay::Visit,
        about: "走访".into(),
        difficulty: difficulty.into(),
        promise: String::new(),
        promised_by: None,
    })
}

async fn overdue(test: &testkit::TestApp, on: &str) -> i64 {
    let asked = Asked { overdue_on: Some(day(on)), ..Asked::default() };
    let read = test.app.read(move |q, app| {
        let definition = in_force(q, app, "things")?.expect("defined");
        Ok(list::count(q, &definition, None, &asked, 10)?)
    });
    read.await.expect("counts")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_difficulty_becomes_one_appeal_and_each_names_the_other() {
    let test = city(Engine::Sqlite).await;
    let id = record(&test.app, &officer(), "xx", &[("name", "企业")]).await.expect("recorded");
    let state = act(&test.app, &officer(), id, contact("2022-08-20", "夜间电压不稳")).await.expect("noted");
    let matter = MatterId(Uuid::from_u128(7));
    let link = RecordCommand::LinkAppeal(state.contacts[0].id, matter);
    act(&test.app, &officer(), id, link.clone()).await.expect("linked");
    assert_eq!(refused(act(&test.app, &officer(), id, link).await).1, "register-appeal-linked");
    let found = test.app.read(move |q, _| Ok(records::of_matter(q, matter)?)).await.expect("reads");
    assert_eq!(found, Some(("things".to_owned(), id)));
    let state = act(&test.app, &officer(), id, contact("2022-08-21", "")).await.expect("noted");
    let link = RecordCommand::LinkAppeal(state.contacts[1].id, matter);
    assert_eq!(refused(act(&test.app, &officer(), id, link).await).1, "register-no-difficulty");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_belongs_to_its_unit_and_those_above() {
    let test = city(Engine::Sqlite).await;
    let county = by(Role::Registers, "cc/xx/", 3);
    let other = by(Role::Registers, "cc/yy/", 4);
    let reader = by(Role::Leader, "cc/", 5);
    let id = record(&test.app, &county, "xx-a", &[("name", "甲一镇的")]).await.expect("recorded");
    let change = || RecordCommand::Change {
        values: [("village".to_owned(), Some(Value::Text("某村".into())))].into(),
    };
    assert!(
        matches!(act(&test.app, &other, id, change()).await, Err(Failure::NotFound)),
        "none of theirs to know of"
    );
    assert!(matches!(act(&test.app, &reader, id, change()).await, Err(Failure::NotPermitted)));
    act(&test.app, &county, id, change()).await.expect("their own");
    let over = RecordCommand::HandOver { unit: UnitId::from("yy") };
    assert!(matches!(act(&test.app, &county, id, over.clone()).await, Err(Failure::NotPermitted)));
    act(&test.app, &officer(), id, over).await.expect("from above both");
    assert!(matches!(act(&test.app, &county, id, change()).await, Err(Failure::NotFound)));
    assert!(matches!(
        record(&test.app, &county, "yy", &[("name", "别家的")]).await,
        Err(Failure::NotPermitted)
    ));
    assert_eq!(
        refused(record(&test.app, &officer(), "nowhere", &[("name", "无主的")]).await).1,
        "register-unit-unknown"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_level_is_held_once_and_ends() {
    let test = city(Engine::Sqlite).await;
    let id = record(&test.app, &officer(), "xx", &[("name", "阵地")]).await.expect("recorded");
    let award = |level: &str, on: &str| {
        RecordCommand::Award(Award { level: level.into(), on: day(on), document: String::new(), ended: None })
    };
    act(&test.app, &officer(), id, award("county", "2021-06-01")).await.expect("awarded");
    assert_eq!(
        refused(act(&test.app, &officer(), id, award("county", "2022-06-01")).await).1,
        "register-level-held"
    );
    act(&test.app, &officer(), id, award("city", "2022-01-01")).await.expect("awarded");
    let end = |on: &str| RecordCommand::EndAward { level: "city".into(), on: day(on) };
    assert_eq!(refused(act(&test.app, &officer(), id, end("2021-12-31")).await).1, "register-ends-before");
    act(&test.app, &officer(), id, end("2022-06-30")).await.expect("ended");
    let level =
        test.app.read(move |q, _| Ok(q.query_one("select level from reg_things", &[])?.text(0)?)).await;
    assert_eq!(level.expect("a row"), "county");
    rebuilds(&test).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_seen_through_by_one_matter_which_alone_says_that_it_is_kept() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let id = record(&test.app, &officer(), "xx", &[("name", "企业")]).await.expect("recorded");
        let noted = RecordCommand::AddContact(ContactNote {
            on: day("2022-08-20"),
            way: ContactWay::Visit,
            about: "走访".into(),
            difficulty: String::new(),
            promise: "月底前接通用水".into(),
            promised_by: Some(day("2022-08-31")),
        });
        let state = act(&test.app, &officer(), id, noted).await.expect("noted");
        let (line, matter) = (state.contacts[0].id, MatterId(Uuid::from_u128(8)));
        act(&test.app, &officer(), id, RecordCommand::LinkPromise(line, matter)).await.expect("linked");
        let again = act(&test.app, &officer(), id, RecordCommand::LinkPromise(line, matter)).await;
        assert_eq!(refused(again).1, "register-promise-linked");
        let kept = RecordCommand::KeepPromise(line, day("2022-08-22"));
        assert_eq!(
            refused(act(&test.app, &officer(), id, kept.clone()).await).1,
            "register-promise-runs",
            "nobody says so by hand"
        );
        let found = test.app.read(move |q, _| Ok(records::of_promise(q, matter)?)).await.expect("reads");
        assert_eq!(found, Some((id, line)));
        let platform = platform::By::System("register_promises".into());
        let state = act(&test.app, &platform, id, kept).await.expect("the matter was closed");
        assert_eq!(state.contacts[0].kept_on, Some(day("2022-08-22")));
        rebuilds(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_brings_a_record_up_to_date_as_a_whole_or_not_at_all() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let id = record(&test.app, &officer(), "xx", &[("name", "一号")]).await.expect("recorded");
        let text = |text: &str| Some(Value::Text(text.into()));
        let row = |name: &str, stage: &str| RecordCommand::Revise {
            values: [("name".to_owned(), text(name))].into(),
            unit: Some("xx-a".into()),
            stage: Some((stage.to_owned(), None)),
        };
        let refused = refused(act(&test.app, &officer(), id, row("二号", "nowhere")).await);
        assert_eq!(refused, ("stage".into(), "register-no-such-stage".into()));
        let state = test.app.read(move |q, app| {
            let grants = officer().grants().to_vec();
            Ok(records::open(q, app, &grants, "things", id)?.state)
        });
        let state = state.await.expect("reads");
        assert_eq!(
            (state.unit.as_str(), state.values.get("name").cloned()),
            ("xx", text("一号")),
            "none of it"
        );
        let revise = RecordCommand::Revise {
            values: [("name".to_owned(), text("二号"))].into(),
            unit: Some("xx-a".into()),
            stage: None,
        };
        let state = act(&test.app, &officer(), id, revise.clone()).await.expect("revised");
        assert_eq!((state.unit.as_str(), state.values.get("name").cloned()), ("xx-a", text("二号")));
        let again = test.app.write(move |work| {
            Ok(tongxin_registers::act_record(work, &officer(), id, None, &revise)?.entries.len())
        });
        assert_eq!(again.await.expect("nothing to do"), 0, "the same row again changes nothing");
        rebuilds(&test).await;
    }
}
