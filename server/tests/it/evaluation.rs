//! Evaluation from outside: a claim against a rating and its panel, a draw and a second look that
//! reopens, an answer sent against a hint, the anomaly list, a report of pressure that its unit
//! never sees; on both engines.

use crate::inbox::{assigned, assigned_of, send};
use crate::support::{on_both_engines, person, signed_in};
use axum::http::StatusCode;
use evaluation::rules::draw::{Plan, Population, Size};
use kernel::permission::Role;
use kernel::time::Date;
use kernel::{BlobId, MatterId, NodeId};
use matters::TextSealer;
use matters_rules::answer::CheckedText;
use matters_rules::command::{ContactCard, DemandResult, Rating, Respond};
use matters_rules::figures::{Cell, Query as Asked};
use matters_rules::{
    CallOutcome, ClosingType, Command, ContactWay, Grade, NodeRole, Outcome, PressureKind, Solved,
};
use platform::By;
use testkit::{Answer, Browser, TestApp};

pub const LEAD: &str = "ld-zj";
const OFFICE: &str = demo::cast::OFFICE;
const CITY: &str = demo::cast::CITY;
const ANSWER: &str = "11月18日已更换巷口三盏路灯灯头，当晚全部亮灯，今后每月巡查一次。";

on_both_engines! {
    exclusion_on_sqlite, exclusion_on_postgres => a_rating_is_excluded_by_a_panel_and_both_rates_are_told;
    draw_on_sqlite, draw_on_postgres => a_draw_can_be_drawn_anew_and_a_false_closing_is_reopened;
    draws_on_sqlite, draws_on_postgres => draws_are_listed_page_by_page_and_counted_whole;
    hint_on_sqlite, hint_on_postgres => an_answer_that_lacks_something_is_sent_with_a_reason_only;
    praised_on_sqlite, praised_on_postgres => one_telephone_and_one_officer_that_is_always_praised_are_listed;
    odd_on_sqlite, odd_on_postgres => what_is_out_of_the_ordinary_is_listed_and_marked;
    pressure_on_sqlite, pressure_on_postgres => a_report_of_pressure_never_reaches_its_unit;
}

fn went_to(answer: &Answer, path: &str) {
    let found = (answer.status, answer.location.as_deref());
    assert_eq!(found, (StatusCode::SEE_OTHER, Some(path)), "{}", answer.body);
}

async fn page(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

pub async fn act(
    test: &TestApp,
    by: &By,
    id: MatterId,
    command: impl Fn(&dyn Fn(&str) -> kernel::Sealed<String>) -> Command + Send + Sync + 'static,
) {
    let by = by.clone();
    test.app
        .write(move |work| {
            let sealer = TextSealer::of(work, id)?;
            let sealed = std::cell::RefCell::new(work);
            let command = command(&|plain| sealer.text(&mut sealed.borrow_mut(), plain));
            matters::act(&mut sealed.borrow_mut(), &by, id, None, &command).map(drop)
        })
        .await
        .expect("the loop takes it");
}

/// A matter whose result was approved at `at`, answered with these words.
pub async fn answered(test: &TestApp, at: &str, words: &'static str) -> (MatterId, NodeId) {
    test.at(at);
    let (id, nodes) = assigned(test, false, &[(LEAD, NodeRole::Lead)]).await;
    answer(test, id, nodes[0], words, Vec::new()).await;
    (id, nodes[0])
}

/// Signed, answered, signed off and approved, all of it now.
pub async fn answer(
    test: &TestApp,
    id: MatterId,
    node: NodeId,
    words: &'static str,
    attachments: Vec<BlobId>,
) {
    let liaison = person(&test.app, Role::UnitLiaison, LEAD).await;
    let head = person(&test.app, Role::UnitHead, LEAD).await;
    let now = test.app.now();
    act(test, &liaison, id, move |_| Command::Sign { node }).await;
    act(test, &liaison, id, move |seal| {
        Command::Respond(Box::new(Respond {
            node,
            contact: Some((now, seal("已联系"))),
            way: ContactWay::Phone,
            results: vec![DemandResult { demand: 1, outcome: Outcome::Solved }],
            text: CheckedText::seal(words, seal).expect("says something"),
            answered_at: now,
            attachments: attachments.clone(),
            note: None,
        }))
    })
    .await;
    act(test, &head, id, move |_| Command::SignOff { node, approve: true, scan: None, reason: None }).await;
    let reviewer = person(&test.app, Role::Dispatcher, OFFICE).await;
    act(test, &reviewer, id, move |_| Command::Review { node, approve: true, reason: None }).await;
}

pub async fn rated(test: &TestApp, id: MatterId, solved: Solved, grade: Grade) {
    let rating = move |_: &dyn Fn(&str) -> kernel::Sealed<String>| {
        Command::Rate(Rating { solved, grade, reason: None })
    };
    act(test, &By::Appellant(id), id, rating).await;
}

async fn a_rating_is_excluded_by_a_panel_and_both_rates_are_told(test: TestApp) {
    let (id, node) = answered(&test, "2026-11-18T01:30:00Z", ANSWER).await;
    rated(&test, id, Solved::Partly, Grade::Dissatisfied).await;
    let officer = person(&test.app, Role::CallBack, OFFICE).await;
    act(&test, &officer, id, |seal| Command::DecideRedo { valid: false, reason: seal("已核实修好") }).await;
    act(&test, &officer, id, |_| Command::Close { closing: ClosingType::Solved, reason: None }).await;

    test.at("2026-11-20T02:00:00Z");
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let path = format!("/matters/{id}/nodes/{node}/exclusion");
    assert!(page(&liaison, &path).await.contains("评价所述与本诉求无关"));
    let claim = [("ground", "other_matter"), ("reason", "评价说的是供水，与路灯无关。")];
    let bare = send(&liaison, &path, &claim, None).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.body.contains("请附上证明材料") && bare.body.contains("评价说的是供水"), "{}", bare.body);
    went_to(
        &send(&liaison, &path, &claim, Some(("attachments", "说明.jpg"))).await,
        &format!("/matters/{id}"),
    );

    // Three members of three posts, none of the unit; each is told what waits on the decision desk.
    let judgement = format!("/matters/{id}/exclusion-judgement");
    let refused = liaison.get(&judgement).await.status;
    assert!(refused == StatusCode::FORBIDDEN || refused == StatusCode::NOT_FOUND, "{refused}");
    let voices =
        [(Role::Quality, OFFICE, "yes"), (Role::ShiftHead, OFFICE, "no"), (Role::Supervisor, CITY, "yes")];
    for (role, unit, grant) in voices {
        let member = signed_in(&test, role, unit).await;
        let desk = page(&member, "/desk/decisions?kind=exclusion").await;
        assert!(desk.contains(&judgement), "{role:?}: {desk}");
        let voice = member.post(&judgement, &[("grant", grant), ("reason", "按材料判断")]).await;
        assert_eq!(voice.status, StatusCode::SEE_OTHER, "{role:?}: {}", voice.body);
    }
    let quality = signed_in(&test, Role::Quality, OFFICE).await;
    let seen = page(&quality, &format!("/matters/{id}")).await;
    assert!(seen.contains("申诉成立") && seen.contains("不满意"), "granted, and the rating stays: {seen}");
    assert!(!page(&liaison, &format!("/matters/{id}")).await.contains("按材料判断"), "single opinions");
    assert!(!page(&quality, "/desk/decisions?kind=exclusion").await.contains(&judgement));

    // Before and after, each with n/N: 0 of 1, 0 of 0; pages, command line and fold alike.
    let zone = test.app.config.zone.clone();
    let asked = Asked::as_of(Date::constant(2026, 11, 20), zone, test.app.now());
    let figures = test
        .app
        .read(move |snapshot, _| matters::figures::figures(snapshot, &asked))
        .await
        .expect("computes");
    let counted = [Cell::Rated, Cell::RatedAfterExclusions].map(|cell| figures.count(cell));
    assert_eq!(counted, [1, 0]);
    let shown = page(&quality, "/statistics?as_of=2026-11-20").await;
    assert!(shown.contains("0/1") && shown.contains("剔除"), "{shown}");

    let view = test
        .app
        .read(move |snapshot, app| matters::view(snapshot, app, id, matters::Viewer::Appellant))
        .await
        .expect("the appellant's own");
    assert!(view.exclusions.is_empty() && view.ratings.len() == 1);
    assert!(
        view.timeline.iter().all(|item| !item.kind.starts_with("exclusion")),
        "the appellant's view is untouched"
    );
    assert!(test.app.store.rebuild_check().await.expect("compares").is_empty());
}

async fn a_draw_can_be_drawn_anew_and_a_false_closing_is_reopened(test: TestApp) {
    let mut closed = Vec::new();
    for hour in 1..=5 {
        let (id, _) = answered(&test, &format!("2026-11-18T0{hour}:30:00Z"), ANSWER).await;
        rated(&test, id, Solved::Yes, Grade::Satisfied).await;
        closed.push(id);
    }
    test.at("2026-11-20T02:00:00Z");
    let quality = signed_in(&test, Role::Quality, OFFICE).await;
    let plan = |to: &'static str| {
        [
            ("of", "both"),
            ("from", "2026-11-01"),
            ("to", to),
            ("size", "number"),
            ("amount", "2"),
            ("office", OFFICE),
        ]
    };
    let ahead = quality.post("/desk/evaluation/draws", &plan("2026-12-31")).await;
    assert_eq!(ahead.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ahead.body.contains("截止日期晚于今天"), "{}", ahead.body);
    let drawn = quality.post("/desk/evaluation/draws", &plan("2026-11-20")).await;
    let href = drawn.location.clone().unwrap_or_else(|| panic!("drawn: {}", drawn.body));
    let shown = page(&quality, &href).await;
    assert!(shown.contains("结果一致") && shown.contains("0/2"), "{shown}");
    let id = href.rsplit('/').next().expect("its id");
    let api = quality.get(&format!("/api/v1/evaluation/draws/{id}")).await.json();
    assert_eq!((&api["population"], api["matters"].as_array().map(Vec::len)), (&5.into(), Some(2)), "{api}");
    let taken: Vec<MatterId> = closed.iter().copied().filter(|id| shown.contains(&id.to_string())).collect();
    assert_eq!(taken.len(), 2);
    assert!(quality.get(&format!("{href}/population")).await.bytes.starts_with(b"PK"));

    // The unit that handled it sees neither draws nor what is to be checked.
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    assert_eq!(liaison.get(&href).await.status, StatusCode::FORBIDDEN);

    let queue = page(&quality, "/desk/evaluation/checks").await;
    let first = format!("{href}/matters/{}", taken[0]);
    assert!(queue.contains(&first), "{queue}");
    let half = quality.post(&first, &[("called", "yes"), ("text", "回访时仍未修好")]).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.body.contains("回访时仍未修好"), "nothing typed is lost");
    let fields =
        [("called", "yes"), ("true", "no"), ("complete", "yes"), ("text", "11月20日到场，路灯仍不亮。")];
    went_to(&quality.post(&first, &fields).await, &href);
    let fine = [("called", "no"), ("true", "yes"), ("complete", "yes"), ("text", "11月20日到场，灯亮。")];
    went_to(&quality.post(&format!("{href}/matters/{}", taken[1]), &fine).await, &href);
    let shown = page(&quality, &href).await;
    assert!(shown.contains("虚假办结") && shown.contains("2/2") && shown.contains("1/2"), "{shown}");
    assert!(page(&quality, "/desk/evaluation").await.contains("1/2"));

    // What is wrong is put before whoever decides on a redo, and is not theirs who found it.
    test.at("2026-11-20T02:30:00Z");
    let officer = person(&test.app, Role::CallBack, OFFICE).await;
    act(&test, &officer, taken[0], |seal| Command::DecideRedo {
        valid: true,
        reason: seal("抽查发现未修好"),
    })
    .await;
    let shown = page(&quality, &href).await;
    assert!(shown.contains("结果一致"), "the population is that of the moment it was drawn: {shown}");
    assert!(test.app.store.rebuild_check().await.expect("compares").is_empty());
}

async fn an_answer_that_lacks_something_is_sent_with_a_reason_only(test: TestApp) {
    let (id, nodes) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let node = format!("/matters/{id}/nodes/{}", nodes[0]);
    assert!(liaison.post(&format!("{node}/signature"), &[]).await.status.is_redirection());
    let empty = "您反映的情况已收悉，我局高度重视，正在处理，请耐心等待。";
    let mut fields = vec![
        ("demands", "1"),
        ("outcome-1", "solved"),
        ("text", empty),
        ("way", "phone"),
        ("contact_text", "已联系。"),
        ("contact_at", "2026-11-18T09:30"),
        ("answered_at", "2026-11-18T09:30"),
    ];
    let path = format!("{node}/response");
    assert!(!page(&liaison, &path).await.contains("override_reason"));
    let told = send(&liaison, &path, &fields, None).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["已收悉", "没有写明日期", "没有回应第 1 项诉求", "name=\"override_reason\"", empty]
    {
        assert!(told.body.contains(words), "{words}: {}", told.body);
    }
    fields.push(("override_reason", "诉求人要求先书面告知受理情况"));
    assert_eq!(send(&liaison, &path, &fields, None).await.status, StatusCode::SEE_OTHER);

    let quality = signed_in(&test, Role::Quality, OFFICE).await;
    let list = page(&quality, "/desk/evaluation/answers").await;
    assert!(list.contains(&id.to_string()) && list.contains("诉求人要求先书面告知受理情况"), "{list}");
    let head = signed_in(&test, Role::UnitHead, LEAD).await;
    let reviewing = page(&head, &format!("{node}/sign-off")).await;
    assert!(
        reviewing.contains("空话套话") && reviewing.contains("诉求人要求先书面告知受理情况"),
        "{reviewing}"
    );
    let view = test
        .app
        .read(move |snapshot, app| matters::view(snapshot, app, id, matters::Viewer::Appellant))
        .await
        .expect("the appellant's own");
    let answers = view.nodes.iter().filter_map(|node| node.answer.as_ref());
    assert!(answers.into_iter().all(|answer| answer.lacks.is_empty() && answer.overridden.is_empty()));
}

async fn one_telephone_and_one_officer_that_is_always_praised_are_listed(test: TestApp) {
    test.at("2026-11-18T01:30:00Z");
    // Three firms, each with a telephone of its own, that all name the same second one.
    for n in 1..=3 {
        let contact = ContactCard {
            name: format!("经办人{n}"),
            phone: format!("1390000000{n}"),
            second_phone: "13911112222".into(),
            enterprise: format!("示例{n}厂"),
            ..ContactCard::default()
        };
        let (id, nodes) = assigned_of(&test, contact, false, &[(LEAD, NodeRole::Lead)]).await;
        answer(&test, id, nodes[0], ANSWER, Vec::new()).await;
        rated(&test, id, Solved::Yes, Grade::Satisfied).await;
    }
    let officer = person(&test.app, Role::CallBack, OFFICE).await;
    for _ in 0..10 {
        let (id, _) = answered(&test, "2026-11-18T02:00:00Z", ANSWER).await;
        let reached = |_: &dyn Fn(&str) -> kernel::Sealed<String>| Command::CallBack {
            outcome: CallOutcome::Reached,
            again_at: None,
            note: None,
            recordings: Vec::new(),
        };
        act(&test, &officer, id, reached).await;
        let praise = |_: &dyn Fn(&str) -> kernel::Sealed<String>| {
            Command::Rate(Rating { solved: Solved::Yes, grade: Grade::VerySatisfied, reason: None })
        };
        act(&test, &officer, id, praise).await;
    }
    let quality = signed_in(&test, Role::Quality, OFFICE).await;
    let list = page(&quality, "/desk/evaluation/anomalies").await;
    for said in ["同一电话以 3 个诉求人名义评价 3 件", "同一回访员记录的 10 件评价全部满意"]
    {
        assert!(list.contains(said), "{said}: {list}");
    }
    assert!(!list.contains("13911112222"), "which telephone it is is not shown");
}

async fn what_is_out_of_the_ordinary_is_listed_and_marked(test: TestApp) {
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    for day in 16..=18 {
        // Rated the minute the result was approved, by three appellants with one telephone.
        let (id, _) = answered(&test, &format!("2026-11-{day}T01:30:00Z"), ANSWER).await;
        rated(&test, id, Solved::Yes, Grade::VerySatisfied).await;
    }
    test.at("2026-11-18T02:00:00Z");
    for _ in 0..3 {
        let (id, nodes) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
        let node = format!("/matters/{id}/nodes/{}", nodes[0]);
        assert!(liaison.post(&format!("{node}/signature"), &[]).await.status.is_redirection());
        let same = [
            ("demands", "1"),
            ("outcome-1", "solved"),
            ("text", ANSWER),
            ("way", "phone"),
            ("contact_text", "已联系。"),
            ("contact_at", "2026-11-18T10:00"),
            ("answered_at", "2026-11-18T10:00"),
            ("override_reason", "同一条巷子的路灯"),
        ];
        assert_eq!(
            send(&liaison, &format!("{node}/response"), &same, None).await.status,
            StatusCode::SEE_OTHER
        );
    }
    let quality = signed_in(&test, Role::Quality, OFFICE).await;
    let list = page(&quality, "/desk/evaluation/anomalies").await;
    let found = quality.get("/api/v1/evaluation/anomalies").await.json();
    let kinds: Vec<_> =
        found.as_array().expect("a list").iter().filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds, ["few_all_satisfied", "prompt", "same_answers"], "{found}");
    for heading in ["评价少而全部满意", "审核通过后即评价", "答复雷同"] {
        assert!(list.contains(heading), "{heading}: {list}");
    }
    // The title itself names a number in these tests.
    let untitled = list.replace("回电 13800001234", "");
    assert!(!untitled.contains("13800001234"), "a telephone is a number of appellants only");

    let start = list.find("/desk/evaluation/anomalies/").expect("something to mark");
    let action: String = list[start..].chars().take_while(|c| *c != '"').collect();
    let field = format!("words-{}", action.rsplit('/').next().expect("a key"));
    let empty = quality.post(&action, &[(&field, " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let marked = quality.post(&action, &[(&field, "已抽听录音，评价属实")]).await;
    went_to(&marked, "/desk/evaluation/anomalies");
    let list = page(&quality, "/desk/evaluation/anomalies").await;
    assert!(list.contains("已核看") && list.contains("已抽听录音，评价属实"), "{list}");
    let again = quality.post(&action, &[(&field, "再看一次")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing came since");
    let outside = signed_in(&test, Role::CallBack, OFFICE).await;
    assert_eq!(outside.post(&action, &[(&field, "x")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(liaison.get("/desk/evaluation/anomalies").await.status, StatusCode::FORBIDDEN);
    assert!(test.app.store.rebuild_check().await.expect("compares").is_empty());
}

async fn a_report_of_pressure_never_reaches_its_unit(test: TestApp) {
    let told = "他们派人到厂里，要我撤回并给好评";
    let (id, nodes) = assigned(&test, true, &[(LEAD, NodeRole::Lead)]).await;
    act(&test, &By::Appellant(id), id, move |seal| Command::ReportPressure {
        kind: PressureKind::Withdrawal,
        text: seal(told),
    })
    .await;

    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let queue = page(&supervisor, "/desk/pressure").await;
    assert!(queue.contains(told) && queue.contains("light-green"), "with its limit: {queue}");
    test.at("2026-11-23T02:00:00Z");
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    assert!(page(&supervisor, "/desk/pressure").await.contains("light-red"), "two working days");

    // Neither the unit, its head, nor its county's supervisor; not on any of their pages.
    let own = [
        (Role::UnitLiaison, LEAD),
        (Role::UnitHead, LEAD),
        (Role::Supervisor, LEAD),
        (Role::ShiftHead, LEAD),
    ];
    let settle = |words: &'static str| [("report", "1"), ("text", words)];
    let settlement = format!("/matters/{id}/pressure-settlement");
    for (role, unit) in own {
        let inside = signed_in(&test, role, unit).await;
        for path in [
            "/desk/pressure".to_owned(),
            "/desk".to_owned(),
            "/desk/supervision?view=all".to_owned(),
            "/desk/notices".to_owned(),
            format!("/matters/{id}"),
            format!("/matters/{id}/nodes/{}", nodes[0]),
            format!("/api/v1/matters/{id}"),
        ] {
            let body = inside.get(&path).await.body;
            assert!(!body.contains(told), "{role:?} {path}: {body}");
            // Whoever may settle reports elsewhere has the page, with nothing of this on it.
            let unit_only = matches!(role, Role::UnitLiaison | Role::UnitHead);
            assert!(!(unit_only && body.contains("施压")), "{role:?} {path}: {body}");
        }
        let refused = inside.post(&settlement, &settle("没有此事")).await.status;
        assert!(refused == StatusCode::FORBIDDEN || refused == StatusCode::NOT_FOUND, "{role:?}: {refused}");
    }

    assert_eq!(
        supervisor.post(&settlement, &settle("已约谈该单位负责人，今后由督办员直接联系您。")).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(!page(&supervisor, "/desk/pressure").await.contains(told));
    let view = test
        .app
        .read(move |snapshot, app| matters::view(snapshot, app, id, matters::Viewer::Appellant))
        .await
        .expect("the appellant's own");
    let settled = view.pressure[0].settled.as_ref().map(|(_, words)| words.as_str());
    assert_eq!(settled, Some("已约谈该单位负责人，今后由督办员直接联系您。"));
}

async fn draws_are_listed_page_by_page_and_counted_whole(test: TestApp) {
    for _ in 0..2 {
        let (id, _) = answered(&test, "2026-11-18T01:30:00Z", ANSWER).await;
        rated(&test, id, Solved::Yes, Grade::Satisfied).await;
    }
    let by = person(&test.app, Role::Quality, OFFICE).await;
    let mut drawn = Vec::new();
    for minute in 1..4 {
        test.at(&format!("2026-11-18T02:0{minute}:00Z"));
        let day = Date::constant(2026, 11, 18);
        let plan = Plan {
            of: Population::Both,
            from: day,
            to: day,
            office: OFFICE.into(),
            size: Size::Number,
            amount: 2,
        };
        let drawing = by.clone();
        let id = test.app.write(move |work| evaluation::draws::draw(work, &drawing, &plan)).await;
        drawn.insert(0, id.expect("drawn"));
    }
    let (mut after, mut read) = (None, Vec::new());
    loop {
        let (grants, from) = (by.grants().to_vec(), after.clone());
        let page = test.app.read(move |q, _| evaluation::draws::draws(q, &grants, from.as_deref(), 2)).await;
        let (rows, next) = page.expect("a page");
        read.extend(rows.into_iter().map(|row| row.id));
        let Some(next) = next else { break };
        after = Some(next);
    }
    assert_eq!(read, drawn, "the newest first, none twice, none passed over");
    let browser = signed_in(&test, Role::Quality, OFFICE).await;
    let key = format!("{}.{}", test.app.now().micros(), drawn[0]);
    let second = page(&browser, &format!("/desk/evaluation?after={key}")).await;
    let lists = |id: &str| second.contains(&format!("href=\"/desk/evaluation/draws/{id}\""));
    assert!(!lists(&drawn[0]) && lists(&drawn[1]) && lists(&drawn[2]), "{second}");
    assert!(second.contains("0/6"), "what all draws came to, whatever page is shown: {second}");
}
