//! Common issues and hot topics from outside, on both engines: matters grouped and reported on,
//! one answer for all by each matter's own rules; a hot topic found from rows anyone can count
//! again, whoever filed them.

use crate::inbox::assigned;
use crate::support::{on_both_engines, person, signed_in};
use axum::http::StatusCode;
use kernel::permission::Role;
use kernel::{AreaId, MatterId, UnitId};
use matters::{FileRequest, TextSealer};
use matters_rules::command::{Accept, ContactCard};
use matters_rules::{AppealType, Channel, Command, NodeRole, Urgency};
use platform::By;
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
