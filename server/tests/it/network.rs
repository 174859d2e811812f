//! Units change by order in the browser: looked at first, then done; open work goes on with
//! the successor, and what is past keeps the name of its day.

use crate::configured::ok;
use crate::evaluation;
use crate::inbox::assigned;
use crate::support::{city, on_both_engines, person, signed_in};
use axum::http::StatusCode;
use demo::cast::OFFICE;
use kernel::permission::Role;
use matters_rules::command::{Assignee, Correction};

use matters_rules::{Command, Grade, NodeRole, Solved};
use testkit::{Browser, Engine, TestApp};

const ENDING: &str = "ld-zj";
const SUCCESSOR: &str = "ld-gxj";
const PAPER: [(&str, &str); 3] =
    [("on", "2026-11-19"), ("document", "示例编发〔2026〕7号"), ("reason", "机构改革")];

async fn order(admin: &Browser, step: &str, fields: &[(&str, &str)]) -> testkit::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().chain(&PAPER).copied().chain([("step", step)]).collect();
    admin.post("/admin/network/changes", &fields).await
}

async fn a_unit_is_renamed_and_closed(test: TestApp) {
    let (open, nodes) = assigned(&test, false, &[(ENDING, NodeRole::Lead)]).await;
    test.at("2026-11-19T01:30:00Z");
    let admin = signed_in(&test, Role::AdminSystem, "ld").await;
    let rename = [
        ("kind", "rename"),
        ("unit", ENDING),
        ("name", "娄底市住房城乡建设委员会"),
        ("short_name", "市建委"),
    ];
    let renamed = order(&admin, "confirm", &rename).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{}", renamed.body);

    let form = ok(admin.get(&format!("/admin/network/changes/new?kind=close&unit={ENDING}")).await);
    assert!(form.contains("承接单位"), "{form}");
    let close = [("kind", "close"), ("unit", ENDING), ("successor", SUCCESSOR)];
    let nobody =
        order(&admin, "look", &[("kind", "close"), ("unit", ENDING), ("successor", "没有的单位")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        nobody.body.contains("没有找到唯一对应的在用单位") && nobody.body.contains("value=\"没有的单位\""),
        "{}",
        nobody.body
    );
    let look = ok(order(&admin, "look", &close).await);
    assert!(look.contains("撤销市建委，在办 1 件由市工信局承接") && look.contains("尚未执行"), "{look}");
    assert!(
        ok(admin.get(&format!("/network/units/{ENDING}")).await).contains("娄底市住房城乡建设委员会"),
        "nothing is done yet"
    );

    let done = order(&admin, "confirm", &close).await;
    assert_eq!(done.location.as_deref(), Some("/network/units/ld-gxj"), "{}", done.body);
    assert_eq!(test.run_jobs().await, 1, "the open work follows by a job");
    let successor = signed_in(&test, Role::UnitLiaison, SUCCESSOR).await;
    let page = ok(successor.get(&format!("/matters/{open}")).await);
    assert!(page.contains("机构调整，由承接单位继续办理") && page.contains("市工信局"), "{page}");
    let sign = format!("/matters/{open}/nodes/{}/signature", nodes[0]);
    assert_eq!(
        successor.post(&sign, &[]).await.status,
        StatusCode::SEE_OTHER,
        "it goes on where the other stood"
    );
    let head = signed_in(&test, Role::Dispatcher, OFFICE).await;
    let page = ok(head.get(&format!("/matters/{open}")).await);
    assert!(page.contains("市住建局"), "what happened before is told under the name of its day: {page}");

    let unit = ok(admin.get(&format!("/network/units/{ENDING}")).await);
    assert!(!unit.contains("/duty-phone"), "nobody is reached there any more");
    for words in ["历史沿革", "更名为", "撤销", "示例编发〔2026〕7号", "市工信局"] {
        assert!(unit.contains(words), "{words}: {unit}");
    }
    let before = ok(admin.get("/network?on=2026-11-17&q=zfhcx").await);
    assert!(
        before.contains("市住建局") && before.contains("已撤销"),
        "by initials, as it was called then: {before}"
    );
    assert!(
        !ok(admin.get("/network?at=ld").await).contains("/network/units/ld-zj\""),
        "it is in no tree of today"
    );
    let differences = test.app.store.rebuild_check().await.expect("the store answers");
    assert!(differences.is_empty(), "{differences:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_renamed_and_closed_on_sqlite() {
    a_unit_is_renamed_and_closed(city(Engine::Sqlite).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_renamed_and_closed_on_postgresql() {
    a_unit_is_renamed_and_closed(city(Engine::Postgres).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn units_are_opened_moved_split_and_merged() {
    let test = city(Engine::Sqlite).await;
    test.at("2026-11-19T01:30:00Z");
    let admin = signed_in(&test, Role::AdminSystem, "ld").await;
    let open = [
        ("kind", "open"),
        ("unit", "lx"),
        ("code", "lx-sjj"),
        ("name", "娄星区数据局"),
        ("level", "county"),
        ("unit_kind", "department"),
    ];
    let opened = order(&admin, "confirm", &open).await;
    assert_eq!(opened.location.as_deref(), Some("/network/units/lx-sjj"), "{}", opened.body);
    let twice = order(&admin, "confirm", &open).await;
    assert!(
        twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.body.contains("已被使用"),
        "{}",
        twice.body
    );
    let unsaid = admin
        .post(
            "/admin/network/changes",
            &[("kind", "rename"), ("unit", "lx-sjj"), ("name", "某局"), ("on", "2026-11-19")],
        )
        .await;
    assert!(unsaid.body.contains("请填写文号"), "{}", unsaid.body);
    let split = [("kind", "split"), ("unit", "lx-sjj"), ("code", "lx-sjzx"), ("name", "娄星区数据中心")];
    assert_eq!(order(&admin, "confirm", &split).await.status, StatusCode::SEE_OTHER);
    let shift = [("kind", "move"), ("unit", "lx-sjzx"), ("parent", "lx-sjj")];
    assert_eq!(order(&admin, "confirm", &shift).await.status, StatusCode::SEE_OTHER);
    let circle =
        order(&admin, "confirm", &[("kind", "move"), ("unit", "lx-sjj"), ("parent", "lx-sjzx")]).await;
    assert_eq!(circle.status, StatusCode::UNPROCESSABLE_ENTITY, "never below itself");
    let back = [("kind", "move"), ("unit", "lx-sjzx"), ("parent", "lx")];
    assert_eq!(order(&admin, "confirm", &back).await.status, StatusCode::SEE_OTHER);
    let merge = [("kind", "merge"), ("unit", "lx-sjj"), ("ticked", "lx-sjzx")];
    assert_eq!(order(&admin, "confirm", &merge).await.location.as_deref(), Some("/network/units/lx-sjj"));
    let merged = ok(admin.get("/network/units/lx-sjj?lang=en").await);
    assert!(merged.contains("Goes on with the work of") && merged.contains("娄星区数据中心"), "{merged}");
    let leader = signed_in(&test, Role::Leader, "ld").await;
    assert_eq!(leader.get("/admin/network/changes/new?kind=open").await.status, StatusCode::FORBIDDEN);
}

async fn a_split_takes_what_was_chosen(test: TestApp) {
    let (stays, _) = assigned(&test, false, &[(ENDING, NodeRole::Lead)]).await;
    let (goes, nodes) = assigned(&test, false, &[(ENDING, NodeRole::Lead)]).await;
    test.at("2026-11-19T01:30:00Z");
    let admin = signed_in(&test, Role::AdminSystem, "ld").await;
    let split = [
        ("kind", "split"),
        ("unit", ENDING),
        ("code", "ld-rqj"),
        ("name", "娄底市燃气管理局"),
        ("short_name", "市燃气局"),
    ];
    let form = ok(admin.get(&format!("/admin/network/changes/new?kind=split&unit={ENDING}")).await);
    let part = format!("{goes}/{}", nodes[0]);
    assert!(form.contains(&part) && form.contains("划转新单位办理"), "{form}");
    let of_category: Vec<(&str, &str)> = split.into_iter().chain([("pick_category", "ENE-01")]).collect();
    let ticked = ok(order(&admin, "pick", &of_category).await);
    assert_eq!(ticked.matches(" checked").count(), 2, "both are of that category: {ticked}");
    let chosen: Vec<(&str, &str)> = split.into_iter().chain([("part", part.as_str())]).collect();
    let look = ok(order(&admin, "look", &chosen).await);
    assert!(look.contains("划转 1 件，1 件仍由原单位办理"), "{look}");
    assert_eq!(order(&admin, "confirm", &chosen).await.status, StatusCode::SEE_OTHER);
    assert_eq!(test.run_jobs().await, 1);
    let new = signed_in(&test, Role::UnitLiaison, "ld-rqj").await;
    let page = ok(new.get(&format!("/matters/{goes}")).await);
    assert!(page.contains("机构调整，由承接单位继续办理"), "{page}");
    assert_eq!(new.get(&format!("/matters/{stays}")).await.status, StatusCode::NOT_FOUND);
    let old = signed_in(&test, Role::UnitLiaison, ENDING).await;
    ok(old.get(&format!("/matters/{stays}")).await);
    let differences = test.app.store.rebuild_check().await.expect("the store answers");
    assert!(differences.is_empty(), "{differences:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_split_takes_what_was_chosen_on_sqlite() {
    a_split_takes_what_was_chosen(city(Engine::Sqlite).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_split_takes_what_was_chosen_on_postgresql() {
    a_split_takes_what_was_chosen(city(Engine::Postgres).await).await;
}

on_both_engines! {
    merged_on_sqlite, merged_on_postgres => a_merged_townships_work_and_records_go_along;
}

async fn a_merged_townships_work_and_records_go_along(test: TestApp) {
    let (ending, staying) = ("431302001", "431302002");
    let id = crate::desk::accepted(&test, "栏舍备案卡住", "ENE-01").await.id;
    let office = person(&test.app, Role::ShiftHead, OFFICE).await;
    let item = test.app.read(|q, _| Ok(network::duty_items(q)?.remove(0).code)).await.expect("a duty list");
    let to = Assignee { unit: ending.into(), role: NodeRole::Lead, duty_item: Some(item), instruction: None };
    let assign = test.app.write(move |work| {
        let command = Command::Assign { parent: None, to: vec![to.clone()] };
        matters::act(work, &office, id, None, &command).map(drop)
    });
    assign.await.expect("a township has what its duty list names");
    let old = signed_in(&test, Role::Registers, ending).await;
    let named = [("unit", ending), ("name", "示例服务日"), ("area", "431302")];
    let record = old.post("/registers/programmes/records", &named).await.location.expect("recorded");
    let new = signed_in(&test, Role::Registers, staying).await;
    assert_eq!(new.get(&record).await.status, StatusCode::NOT_FOUND, "it is another unit's");
    let admin = signed_in(&test, Role::AdminSystem, "ld").await;
    let merge = [("kind", "merge"), ("unit", staying), ("ticked", ending)];
    let today = [("on", "2026-11-18"), ("document", "示例编发〔2026〕7号"), ("reason", "区划调整")];
    let fields = |step| [&merge[..], &today[..], &[("step", step)][..]].concat();
    let look = ok(admin.post("/admin/network/changes", &fields("look")).await);
    assert!(look.contains("台账 1 条一并移交"), "{look}");
    let done = admin.post("/admin/network/changes", &fields("confirm")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    test.follow().await;
    test.run_jobs().await;
    let liaison = signed_in(&test, Role::UnitLiaison, staying).await;
    let matter = ok(liaison.get(&format!("/matters/{id}")).await);
    assert!(matter.contains("机构调整，由承接单位继续办理"), "{matter}");
    let page = ok(new.get(&record).await);
    assert!(page.contains("示例服务日") && page.contains(&format!("{record}/edit")), "{page}");
    let differences = test.app.store.rebuild_check().await.expect("the store answers");
    assert!(differences.is_empty(), "{differences:#?}");
}

/// A matter about the successor never goes there: whoever assigned it finds it among what waits
/// to be decided.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_successor_may_not_have_waits_for_whoever_assigned_it() {
    let test = city(Engine::Sqlite).await;
    let (open, nodes) = assigned(&test, false, &[(ENDING, NodeRole::Lead)]).await;
    let office = person(&test.app, Role::ShiftHead, OFFICE).await;
    let about = Correction { complained_about: Some(Some(SUCCESSOR.into())), ..Correction::default() };
    let corrected = test.app.write(move |work| {
        let about = Command::Correct(Box::new(about.clone()));
        matters::act(work, &office, open, None, &about).map(drop)
    });
    corrected.await.expect("the unit complained about is noted");
    test.at("2026-11-19T01:30:00Z");
    let admin = signed_in(&test, Role::AdminSystem, "ld").await;
    let close = [("kind", "close"), ("unit", ENDING), ("successor", SUCCESSOR)];
    assert_eq!(order(&admin, "confirm", &close).await.status, StatusCode::SEE_OTHER);
    assert_eq!(test.run_jobs().await, 1, "the job is done, nothing lies dead");
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let desk = ok(head.get("/desk/decisions?kind=left").await);
    let decision = format!("/matters/{open}/nodes/{}/objection-decision", nodes[0]);
    assert!(desk.contains(&decision) && desk.contains("承办单位已撤销"), "{desk}");
    let given = [("uphold", "yes"), ("to", "ld-cz"), ("reason", "承办单位撤销，由市财政局办理")];
    let decided = head.post(&decision, &given).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    assert!(!ok(head.get("/desk/decisions?kind=left").await).contains(&decision), "it waits no longer");
}

/// What a closed unit had finished is its own until it has to be done again: then it is the
/// successor's.
#[tokio::test(flavor = "multi_thread")]
async fn a_redo_goes_to_whoever_goes_on_for_a_closed_unit() {
    let test = city(Engine::Sqlite).await;
    let (id, _) = evaluation::answered(&test, "2026-11-18T01:30:00Z", "11月18日已更换，现已恢复照明。").await;
    test.at("2026-11-19T01:30:00Z");
    let admin = signed_in(&test, Role::AdminSystem, "ld").await;
    let close = [("kind", "close"), ("unit", evaluation::LEAD), ("successor", SUCCESSOR)];
    assert_eq!(order(&admin, "confirm", &close).await.status, StatusCode::SEE_OTHER);
    test.run_jobs().await;
    let successor = signed_in(&test, Role::UnitLiaison, SUCCESSOR).await;
    let matter = format!("/matters/{id}");
    assert_eq!(successor.get(&matter).await.status, StatusCode::NOT_FOUND, "what was finished stays");
    evaluation::rated(&test, id, Solved::No, Grade::Dissatisfied).await;
    let officer = person(&test.app, Role::CallBack, OFFICE).await;
    evaluation::act(&test, &officer, id, |seal| Command::DecideRedo {
        valid: true,
        reason: seal("回访时仍未修好"),
    })
    .await;
    test.run_jobs().await;
    assert!(ok(successor.get(&matter).await).contains("机构调整，由承接单位继续办理"));
}

async fn names_of_the_past_stand_where_they_belong(test: TestApp) {
    assigned(&test, false, &[(ENDING, NodeRole::Lead)]).await;
    test.at("2026-11-19T01:30:00Z");
    let admin = signed_in(&test, Role::AdminSystem, "ld").await;
    let rename =
        [("kind", "rename"), ("unit", ENDING), ("name", "娄底市建设委员会"), ("short_name", "市建委")];
    assert_eq!(order(&admin, "confirm", &rename).await.status, StatusCode::SEE_OTHER);

    let assessor = signed_in(&test, Role::Assessor, "ld").await;
    let before = ok(assessor.get("/statistics/by/unit?as_of=2026-11-18&open=all").await);
    assert!(before.contains("市住建局（现为：市建委）"), "{before}");
    let english = ok(assessor.get("/statistics/by/unit?as_of=2026-11-18&open=all&lang=en").await);
    assert!(english.contains("Development Bureau (today: 市建委)"), "{english}");
    let now = ok(assessor.get("/statistics/by/unit?open=all&lang=zh-CN").await);
    assert!(now.contains("市建委") && !now.contains("市住建局"), "{now}");

    let found = ok(admin.get("/network?q=住建局").await);
    assert!(found.contains("市建委") && found.contains("（原：市住建局）"), "{found}");
    let named = [("kind", "move"), ("unit", "ld-cg"), ("parent", "市住建局")];
    let look = ok(order(&admin, "look", &named).await);
    assert!(look.contains("划归市建委"), "a former name that one unit alone had serves: {look}");

    // Whoever takes a call types what people still say.
    let intake = signed_in(&test, Role::Intake, OFFICE).await;
    let picker = |page: String, unit: &str| {
        let at = page.find(&format!("<option value=\"{unit}\"")).expect("it is offered");
        page[at..].split('>').next().unwrap_or_default().to_owned()
    };
    let renamed = picker(ok(intake.get("/intake/new").await), ENDING);
    assert!(renamed.contains("（原：市住建局）") && renamed.contains("szjj"), "{renamed}");

    let close = [("kind", "close"), ("unit", ENDING), ("successor", SUCCESSOR)];
    assert_eq!(order(&admin, "confirm", &close).await.status, StatusCode::SEE_OTHER);
    let page = ok(intake.get("/intake/new").await);
    assert!(!page.contains(&format!("<option value=\"{ENDING}\"")), "nothing goes to a closed unit");
    let heir = picker(page, SUCCESSOR);
    assert!(heir.contains("（原：市建委）") && heir.contains("（原：市住建局）"), "{heir}");
    let matter = crate::desk::accepted(&test, "住建窗口排队", "ENE-01").await.id;
    let dispatcher = signed_in(&test, Role::Dispatcher, OFFICE).await;
    let form =
        dispatcher.post(&format!("/matters/{matter}/assignments"), &[("unit_search", "住建局")]).await.body;
    assert!(form.contains(&format!("value=\"{SUCCESSOR}\"")), "who goes on is offered: {form}");
    let gone = ok(admin.get("/network?q=住建局").await);
    assert!(gone.contains("已撤销的单位") && gone.contains("市工信局"), "{gone}");
    let refused = order(&admin, "look", &named).await;
    assert!(refused.body.contains("市工信局"), "who goes on is named: {}", refused.body);
    let differences = test.app.store.rebuild_check().await.expect("the store answers");
    assert!(differences.is_empty(), "{differences:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_the_past_stand_where_they_belong_on_sqlite() {
    names_of_the_past_stand_where_they_belong(city(Engine::Sqlite).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_the_past_stand_where_they_belong_on_postgresql() {
    names_of_the_past_stand_where_they_belong(city(Engine::Postgres).await).await;
}
