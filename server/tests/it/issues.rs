//! Common issues and hot topics from outside, on both engines: matters grouped and reported on,
//! one answer for all by each matter's own rules; a hot topic found from rows anyone can count
//! again, whoever filed them.

use crate::api::{problem, system};
use crate::inbox::assigned;
use crate::support::{on_both_engines, person, signed_in};
use axum::http::StatusCode;
use common_issues::issues::issues;
use kernel::permission::Role;
use kernel::{AreaId, MatterId, UnitId};
use matters::{FileRequest, Receipt, TextSealer};
use matters_rules::command::{Accept, ContactCard};
use matters_rules::{AppealType, Channel, Command, NodeRole, Urgency};
use platform::By;
use serde_json::{Value, json};
use testkit::{Browser, TestApp};

const UNIT: &str = "ld-zj";
const OTHER: &str = "ld-cz";
const OFFICE: &str = demo::cast::OFFICE;
const CITY: &str = demo::cast::CITY;
const TOWNSHIP: &str = "431302001";
const ANSWER: &str = "11月20日前统一更换该片区路灯控制箱，更换后逐处回访，请以实际亮灯为准。";

on_both_engines! {
    grouping_on_sqlite, grouping_on_postgres => matters_are_grouped_and_reported_on;
    answering_on_sqlite, answering_on_postgres => one_answer_goes_to_all_as_far_as_each_allows;
    reached_on_sqlite, reached_on_postgres => the_answer_stands_on_each_page_and_reaches_each_appellant;
    program_on_sqlite, program_on_postgres => a_program_groups_answers_and_closes;
    pages_on_sqlite, pages_on_postgres => lists_are_read_page_by_page;
    topic_on_sqlite, topic_on_postgres => a_hot_topic_is_found_from_rows_and_settled_once;
    usual_on_sqlite, usual_on_postgres => what_is_usual_is_no_topic_and_confidential_matters_do_not_count;
}

async fn page(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

/// An accepted matter of the township, which nobody has yet. All have the same telephone.
async fn accepted(test: &TestApp, title: &str, shielded: bool) -> MatterId {
    let office = person(&test.app, Role::ShiftHead, OFFICE).await;
    let title = title.to_owned();
    let filed = test.app.write(move |work| {
        let request = FileRequest {
            title: title.clone(),
            text: "整条街的路灯都不亮。".into(),
            area: Some(AreaId(TOWNSHIP.into())),
            contact: ContactCard {
                name: "王师傅".into(),
                phone: "13800001234".into(),
                ..ContactCard::default()
            },
            shielded,
            ..FileRequest::new(UnitId::from(OFFICE), Channel::Hotline, AppealType::Help)
        };
        let id = matters::file(work, &By::Public, &request)?.id;
        let sealer = TextSealer::of(work, id)?;
        let accept = Accept {
            urgency: Urgency::General,
            natural_time: false,
            category: "ENE-01".into(),
            demands: vec![sealer.text(work, "尽快修好路灯")],
        };
        matters::act(work, &office, id, None, &Command::Accept(accept))?;
        Ok(id)
    });
    filed.await.expect("accepted")
}

fn opening(matters: &[String]) -> Vec<(&str, &str)> {
    let words = [("title", "城区路灯集中熄灭"), ("unit", UNIT), ("grounds", "同一批控制箱到期。")];
    words.into_iter().chain(matters.iter().map(|matter| ("matter", matter.as_str()))).collect()
}

async fn opened(browser: &Browser, matters: &[String]) -> String {
    let made = browser.post("/common-issues", &opening(matters)).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    made.location.expect("to the issue")
}

async fn matters_are_grouped_and_reported_on(test: TestApp) {
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(assigned(&test, false, &[(UNIT, NodeRole::Lead)]).await.0.to_string());
    }
    let supervisor = signed_in(&test, Role::Supervisor, CITY).await;
    let one = supervisor.post("/common-issues", &opening(&ids[..1])).await;
    assert_eq!(one.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(one.body.contains("至少选择 2 件事项") && one.body.contains("同一批控制箱到期"), "{}", one.body);
    let issue = opened(&supervisor, &ids[..2]).await;
    let second = supervisor.post("/common-issues", &opening(&ids)).await;
    assert!(second.body.contains("已列入 共性〔2026〕1号"), "one issue at a time: {}", second.body);
    let shown = page(&supervisor, &issue).await;
    assert!(shown.contains("可能属于本问题的事项") && shown.contains(&ids[2]), "{shown}");
    let members = format!("{issue}/members");
    let added = supervisor.post(&members, &[("matter", &ids[2])]).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let removal = format!("{members}/{}/removal", ids[2]);
    let unsaid = supervisor.post(&removal, &[]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is needed");
    let field = format!("reason-{}", ids[2]);
    let removed = supervisor.post(&removal, &[(&field, "另有原因")]).await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.body);
    let shown = page(&supervisor, &issue).await;
    for words in ["移出 1 件", "另有原因", "列入的事项（2 件）"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }

    // The unit that answers for it sees it; another does not.
    let unit = signed_in(&test, Role::UnitHead, UNIT).await;
    assert!(page(&unit, "/common-issues").await.contains(&issue));
    assert_eq!(unit.post(&members, &[("matter", &ids[2])]).await.status, StatusCode::FORBIDDEN);
    let other = signed_in(&test, Role::UnitHead, OTHER).await;
    assert_eq!(other.get(&issue).await.status, StatusCode::NOT_FOUND);

    let words = [("findings", "控制箱到期未换。"), ("measure", "12月10日前全部更换。")];
    let written = supervisor.post(&format!("{issue}/reports"), &words).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.body);
    let report = written.location.expect("to the report");
    let read = page(&supervisor, &report).await;
    for words in ["共收到2件", "在办2件", "市住建局", "12月10日前全部更换"] {
        assert!(read.contains(words), "{words}: {read}");
    }
    let sign = format!("{report}/signature");
    assert_eq!(supervisor.post(&sign, &[]).await.status, StatusCode::FORBIDDEN, "who wrote it");
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    assert_eq!(head.post(&sign, &[]).await.status, StatusCode::SEE_OTHER);
    let paper = head.get(&format!("{report}/paper.docx")).await;
    assert_eq!(paper.status, StatusCode::OK);
    let clerk = signed_in(&test, Role::Clerk, CITY).await;
    assert!(page(&clerk, &report).await.contains("转为要情"));
    let draft =
        clerk.post("/briefs/draft", &[("kind", "digest"), ("title", "城区路灯"), ("text", "共2件")]).await;
    assert!(draft.status == StatusCode::OK && draft.body.contains("共2件"), "{}", draft.body);

    let closed = supervisor.post(&format!("{issue}/closing"), &[("result", "已全部更换。")]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    let late = supervisor.post(&members, &[("matter", &ids[2])]).await;
    assert!(late.body.contains("共性问题已办结"), "{}", late.body);
    let third = opened(&supervisor, &ids).await;
    assert_ne!(third, issue, "what stood under a closed issue may stand under another");
}

async fn one_answer_goes_to_all_as_far_as_each_allows(test: TestApp) {
    let here = accepted(&test, "东街路灯不亮", false).await;
    let (away, _) = assigned(&test, false, &[(UNIT, NodeRole::Lead)]).await;
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let issue = opened(&head, &[here.to_string(), away.to_string()]).await;
    let path = format!("{issue}/answer");
    let empty = head.post(&path, &[("answer", " "), ("outcome", "explained")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = head.post(&path, &[("answer", ANSWER), ("outcome", "explained")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let beside = page(&head, &format!("/matters/{away}")).await;
    assert!(beside.contains(&format!("href=\"{issue}\"")) && beside.contains("城区路灯集中熄灭"), "{beside}");
    let other = signed_in(&test, Role::Intake, OFFICE).await;
    let named = page(&other, &format!("/matters/{away}")).await;
    assert!(named.contains("城区路灯集中熄灭") && !named.contains(&format!("href=\"{issue}\"")), "{named}");
    let api = head.get(&format!("/api/v1{issue}")).await.json();
    assert_eq!(api["answer"], ANSWER, "{api}");
    assert_eq!(api["members"].as_array().map(Vec::len), Some(2));
    let answered = page(&head, &format!("/matters/{here}")).await;
    assert!(answered.contains(ANSWER) && answered.contains("直接答复"), "{answered}");
    let told = page(&head, &format!("/matters/{away}")).await;
    assert!(told.contains(ANSWER) && told.contains("办理中"), "the unit still answers: {told}");
    assert!(page(&head, &issue).await.contains("统一答复 2 件"));
}

async fn a_hot_topic_is_found_from_rows_and_settled_once(test: TestApp) {
    for n in 0..5 {
        accepted(&test, &format!("第{n}处路灯不亮"), false).await;
    }
    test.at("2026-11-18T02:10:00Z");
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    assert!(page(&head, "/hot-topics").await.contains("没有热点"));
    assert_eq!(common_issues::topics::run(&test.app).await.expect("looks"), 1);
    assert_eq!(common_issues::topics::run(&test.app).await.expect("looks"), 0, "as many are no news");
    let list = page(&head, "/hot-topics").await;
    let topic = list.split('"').find(|part| part.starts_with("/hot-topics/")).expect("a topic").to_owned();
    let shown = page(&head, &topic).await;
    for words in ["本时段 5 件，不少于 5 件", "第0处路灯不亮", "一致", "待处置"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    // Five calls from one telephone: neither the number nor that it is one stands anywhere.
    assert!(!shown.contains("1234") && !shown.contains("王师傅"), "{shown}");
    assert!(page(&head, "/me/notices").await.contains("热点预警"));

    let settle = format!("{topic}/settlement");
    let unsaid = head.post(&settle, &[("verdict", "dismiss"), ("words", "")]).await;
    assert!(unsaid.body.contains("请写明排除的理由"), "{}", unsaid.body);
    let noted = head.post(&settle, &[("verdict", "note"), ("words", "已联系供电公司")]).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
    let form = page(&head, &format!("/common-issues/new?topic={}", &topic["/hot-topics/".len()..])).await;
    assert_eq!(form.matches(" checked ").count(), 5, "its rows come along: {form}");
    let ids: Vec<String> = form
        .split("name=\"matter\" value=\"")
        .skip(1)
        .filter(|rest| rest.contains(" checked"))
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    let id = topic["/hot-topics/".len()..].to_owned();
    let mut fields = opening(&ids);
    fields.push(("topic", &id));
    let made = head.post("/common-issues", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let grouped = page(&head, &topic).await;
    assert!(grouped.contains("已列为共性问题") && grouped.contains(&made.location.expect("an issue")));
    accepted(&test, "又一处路灯不亮", false).await;
    test.at("2026-11-18T03:10:00Z");
    assert_eq!(common_issues::topics::run(&test.app).await.expect("looks"), 0, "settled is settled");
}

async fn what_is_usual_is_no_topic_and_confidential_matters_do_not_count(test: TestApp) {
    // Four in the same hours of each of the four weeks before.
    for day in ["2026-10-21", "2026-10-28", "2026-11-04", "2026-11-11"] {
        test.at(&format!("{day}T01:30:00Z"));
        for n in 0..4 {
            accepted(&test, &format!("{day}第{n}处路灯不亮"), false).await;
        }
    }
    test.at("2026-11-18T01:30:00Z");
    for n in 0..7 {
        accepted(&test, &format!("第{n}处路灯不亮"), false).await;
    }
    accepted(&test, "保密的第八处", true).await;
    test.at("2026-11-18T02:05:00Z");
    assert_eq!(common_issues::topics::run(&test.app).await.expect("looks"), 0, "7 × 4 × 10 < 20 × 16");
    accepted(&test, "第八处路灯不亮", false).await;
    test.at("2026-11-18T03:05:00Z");
    assert_eq!(
        common_issues::topics::run(&test.app).await.expect("looks"),
        2,
        "by both rules: 8 × 4 × 10 = 20 × 16"
    );
}

/// What an appellant reads, let in by number and code.
async fn tracked(test: &TestApp, receipt: &Receipt) -> String {
    let browser = test.browser();
    let entered = browser.post("/track", &[("number", &receipt.number), ("code", &receipt.code)]).await;
    assert_eq!(entered.location.as_deref(), Some("/track/matter"), "{}", entered.body);
    page(&browser, "/track/matter").await
}

async fn the_answer_stands_on_each_page_and_reaches_each_appellant(test: TestApp) {
    let at_desk = crate::desk::accepted(&test, "东街电压不稳", "ENE-01").await;
    let at_unit = crate::desk::accepted(&test, "西街电压不稳", "ENE-01").await;
    let alone = crate::desk::accepted(&test, "南街电压不稳", "ENE-01").await;
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let to = [("unit-1", UNIT), ("role-1", "lead")];
    let given = head.post(&format!("/matters/{}/assignments", at_unit.id), &to).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let issue = opened(&head, &[at_desk.id.to_string(), at_unit.id.to_string()]).await;
    let sent = head.post(&format!("{issue}/answer"), &[("answer", ANSWER), ("outcome", "explained")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    for receipt in [&at_desk, &at_unit] {
        let matter = page(&head, &format!("/matters/{}", receipt.id)).await;
        assert!(matter.contains("城区路灯集中熄灭") && matter.contains(ANSWER), "{matter}");
        assert!(tracked(&test, receipt).await.contains(ANSWER), "{}", receipt.number);
    }
    assert!(!page(&head, &format!("/matters/{}", alone.id)).await.contains(ANSWER));
    assert!(!tracked(&test, &alone).await.contains(ANSWER), "who is no member is told nothing");
}

async fn a_program_groups_answers_and_closes(test: TestApp) {
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(accepted(&test, &format!("第{n}处路灯不亮"), false).await.to_string());
    }
    let hidden = accepted(&test, "保密的一处", true).await;
    let program = system(&test, Role::ShiftHead, OFFICE).await;
    let path = "/api/v1/common-issues";
    let new = |grounds: &str, matters: &[String]| json!({"title": "路灯集中熄灭", "unit": UNIT, "category": "ENE-01", "grounds": grounds, "matters": matters});
    let unsaid = problem(&program.post_json(path, &new(" ", &ids[..2])).await, 422, "invalid");
    assert_eq!(unsaid["errors"][0]["pointer"], "#/grounds", "{unsaid}");
    let one = program.post_json(path, &new("同一批控制箱到期。", &[])).await;
    assert_eq!(one.status, StatusCode::UNPROCESSABLE_ENTITY, "of nothing there is no issue: {}", one.body);
    let made = program.post_json(path, &new("同一批控制箱到期。", &ids[..2])).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let issue = format!("{path}/{}", made.json()["id"].as_str().expect("its id"));
    let again = program.post_json(path, &new("同一批控制箱到期。", &ids[..2])).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "one open issue at a time: {}", again.body);

    let add = |matter: &str| json!({ "matters": [matter] });
    let members = format!("{issue}/members");
    assert_eq!(program.post_json(&members, &add(&ids[2])).await.status, StatusCode::NO_CONTENT);
    let shown = program.get(&issue).await.json();
    let listed: Vec<&str> =
        shown["members"].as_array().expect("members").iter().filter_map(|id| id.as_str()).collect();
    assert!(listed.len() == 3 && ids.iter().all(|id| listed.contains(&id.as_str())), "{shown}");
    assert_eq!((shown["answer"].as_str(), shown["grounds"].as_str()), (Some(""), Some("同一批控制箱到期。")));
    let unit = system(&test, Role::UnitHead, UNIT).await;
    problem(&unit.post_json(&members, &add(&hidden.to_string())).await, 403, "not-permitted");
    let stranger = system(&test, Role::UnitHead, OTHER).await;
    problem(&stranger.get(&issue).await, 404, "not-found");

    let answer = format!("{issue}/answer");
    let odd = json!({"answer": ANSWER, "outcome": "whatever"});
    let odd = problem(&program.post_json(&answer, &odd).await, 422, "invalid");
    assert_eq!(odd["errors"][0]["pointer"], "#/outcome", "{odd}");
    let sent = program.post_json(&answer, &json!({"answer": ANSWER, "outcome": "explained"})).await;
    assert_eq!(sent.json()["answered"].as_array().map(Vec::len), Some(3), "{}", sent.body);
    let matter = program.get(&format!("/api/v1/matters/{}", ids[0])).await;
    assert!(matter.body.contains(ANSWER), "{}", matter.body);

    let closing = format!("{issue}/closing");
    let unsaid = program.post_json(&closing, &json!({"result": " "})).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unsaid.body);
    let done = program.post_json(&closing, &json!({"result": "已全部更换。"})).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.body);
    let late = program.post_json(&members, &add(&ids[0])).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.body);
    let list = program.get(path).await.json();
    assert_eq!((&list["rows"][0]["state"], &list["next"]), (&json!("closed"), &Value::Null), "{list}");
}

async fn lists_are_read_page_by_page(test: TestApp) {
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let mut all = Vec::new();
    for n in 0..3 {
        test.at(&format!("2026-11-18T0{}:00:00Z", n + 2));
        let matters = [
            accepted(&test, &format!("{n}甲处路灯不亮"), false).await.to_string(),
            accepted(&test, &format!("{n}乙处路灯不亮"), false).await.to_string(),
        ];
        all.push(opened(&head, &matters).await.trim_start_matches("/common-issues/").to_owned());
    }
    let closed = format!("/common-issues/{}/closing", all[2]);
    assert_eq!(head.post(&closed, &[("result", "已更换。")]).await.status, StatusCode::SEE_OTHER);
    let by = person(&test.app, Role::ShiftHead, OFFICE).await;
    let (mut after, mut read) = (None, Vec::new());
    loop {
        let (grants, from) = (by.grants().to_vec(), after.clone());
        let page = test.app.read(move |snapshot, _| issues(snapshot, &grants, from.as_deref(), 1)).await;
        let (rows, next) = page.expect("a page");
        read.extend(rows.into_iter().map(|row| row.id));
        let Some(next) = next else { break };
        after = Some(next);
    }
    let order = [&all[1], &all[0], &all[2]];
    assert_eq!(read.iter().collect::<Vec<_>>(), order, "those under way first, none twice, none passed over");
    for path in [
        "/api/v1/common-issues",
        "/api/v1/hot-topics",
        "/api/v1/evaluation/draws",
        "/api/v1/call-checks/draws",
    ] {
        let reader = system(&test, Role::ShiftHead, OFFICE).await;
        let wrong = problem(&reader.get(&format!("{path}?after=whatever")).await, 422, "invalid");
        assert_eq!(wrong["errors"][0]["pointer"], "#/after", "{path}: {wrong}");
        assert!(reader.get(path).await.json()["rows"].is_array(), "{path}");
    }
}
