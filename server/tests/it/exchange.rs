//! Matters that pass between platforms: two installations hand one down and back over signed
//! requests; what is not signed, not agreed or said before changes nothing; files and workbooks.

use crate::configured::ok;
use crate::evaluation;
use crate::inbox::{JPEG, assigned};
use crate::support::{city_with, on_both_engines, person, signed_in};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use demo::cast::OFFICE;
use kernel::permission::Role;
use kernel::time::Instant;
use kernel::{MatterId, NodeId, UnitId};
use matters::attachments::{Upload, keep, seal_all};
use matters::{Matters, TextSealer};
use matters_rules::command::{Accept, Assignee, DemandResult};
use matters_rules::state::{NodeState, Phase};
use matters_rules::{Command, IntervalKind, Matter, NodeRole, Outcome, Urgency};
use platform::config::{Config, Outward};
use serde_json::{Value, json};
use std::fs;
use testkit::{Answer, Browser, Engine, Got, HttpReceiver, TestApp};

const LEAD: &str = "ld-zj";
const SECRET: &str = "whsec_dG9uZ3hpbi1leGNoYW5nZS10ZXN0LWtleQ==";
const ANSWER: &str = "11月18日已更换巷口三盏路灯灯头，当晚全部亮灯，今后每月巡查一次。";

on_both_engines! {
    engine:
    down_and_back_on_sqlite, down_and_back_on_postgres => a_matter_goes_down_and_its_result_comes_back;
    more_time_on_sqlite, more_time_on_postgres => more_time_is_asked_for_above_and_the_answer_brings_its_files;
    only_agreed_on_sqlite, only_agreed_on_postgres => only_what_is_signed_and_agreed_is_acted_on;
    taken_back_on_sqlite, taken_back_on_postgres => what_was_handed_down_is_urged_and_taken_back;
    files_on_sqlite, files_on_postgres => files_are_taken_over_once_and_answers_laid_down;
    workbooks_on_sqlite, workbooks_on_postgres => a_workbook_is_looked_at_then_taken_over;
}

async fn installation(engine: Engine, receiver: &HttpReceiver) -> TestApp {
    let outward = Outward { hosts: vec![receiver.host()], gateway: None };
    city_with(engine, Config { outward, ..Config::default() }).await
}

async fn agree(test: &TestApp, direction: &str, code: &str, unit: &str, url: &str) -> Browser {
    let admin = signed_in(test, Role::AdminSystem, "ld").await;
    let adapter = if url.is_empty() { "files" } else { "http" };
    let fields = [
        ("direction", direction),
        ("code", code),
        ("name", if direction == "above" { "省12345平台" } else { "住建局平台" }),
        ("unit", unit),
        ("adapter", adapter),
        ("url", url),
        ("secret", SECRET),
    ];
    let made = admin.post("/admin/exchange", &fields).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    assert!(made.body.contains(SECRET), "shown once");
    assert!(!ok(admin.get(&format!("/admin/exchange/{code}")).await).contains(SECRET), "and never again");
    admin
}

async fn settle(test: &TestApp) {
    test.follow().await;
    test.run_jobs().await;
}

/// Sends on what one installation sent, as the line would.
async fn carry(got: &Got, to: &TestApp, code: &str) -> Answer {
    let mut request = Request::post(format!("/api/v1/exchange/{code}"));
    for name in ["content-type", "webhook-id", "webhook-timestamp", "webhook-signature"] {
        request = request.header(name, got.headers[name].clone());
    }
    to.browser().send(request, Body::from(got.body.clone())).await
}

/// Carries everything, and says of which types it was.
async fn carry_all(from: &HttpReceiver, to: &TestApp, code: &str) -> Vec<String> {
    let mut types = Vec::new();
    for got in from.take() {
        let answer = carry(&got, to, code).await;
        assert_eq!(answer.status, StatusCode::OK, "{}: {}", got.body, answer.body);
        let said: Value = serde_json::from_str(&got.body).expect("JSON");
        types.push(said["type"].as_str().expect("a type").to_owned());
    }
    types
}

/// A message as another system would sign it, with the published library.
async fn said(test: &TestApp, code: &str, message: &Value) -> Answer {
    let body = message.to_string();
    let seconds = test.app.now().micros() / 1_000_000;
    let library = standardwebhooks::Webhook::new(SECRET).expect("a secret");
    let signature = library.sign("msg_1", seconds, body.as_bytes()).expect("signs");
    signed(test, code, &seconds.to_string(), &signature, body).await
}

async fn signed(test: &TestApp, code: &str, seconds: &str, signature: &str, body: String) -> Answer {
    let request = Request::post(format!("/api/v1/exchange/{code}"))
        .header("content-type", "application/json")
        .header("webhook-id", "msg_1")
        .header("webhook-timestamp", seconds)
        .header("webhook-signature", signature);
    test.browser().with_header("accept", "application/json").send(request, Body::from(body)).await
}

fn message(kind: &str, data: Value) -> Value {
    json!({ "id": format!("m-{kind}"), "timestamp": "2026-11-18T01:00:00Z", "type": kind, "data": data })
}

fn handed_down(number: &str) -> Value {
    message(
        "matter.handed_down",
        json!({
            "number": number, "due": "2026-11-20", "title": "企业用电增容迟迟未批",
            "text": "申请增容两个月没有结果。", "expected": "明确办结时间",
            "category": "ENE-01", "area": "no-such-area",
            "contact": { "name": "李经理", "phone": "13900001111", "enterprise": "示例机械有限公司" },
        }),
    )
}

async fn matter(test: &TestApp, id: MatterId) -> Matter {
    test.app
        .write(move |work| Ok::<_, platform::Failure>(work.load::<Matters>(&id.to_string())?.state))
        .await
        .expect("reads")
}

/// The matter that has this number on the platform above.
async fn taken_as(test: &TestApp, partner: &'static str, number: &str) -> MatterId {
    let number = number.to_owned();
    test.app
        .read(move |snapshot, _| Ok(exchange::projection::numbered(snapshot, partner, &number)?))
        .await
        .expect("reads")
        .expect("it passed")
        .matter
}

async fn accept(test: &TestApp, id: MatterId) {
    let by = person(&test.app, Role::ShiftHead, OFFICE).await;
    test.app
        .write(move |work| {
            let sealer = TextSealer::of(work, id)?;
            let accept = Accept {
                urgency: Urgency::General,
                natural_time: false,
                category: "ENE-01".into(),
                demands: vec![sealer.text(work, "明确办结时间")],
            };
            matters::act(work, &by, id, None, &Command::Accept(accept)).map(drop)
        })
        .await
        .expect("accepted");
}

async fn answer_directly(test: &TestApp, id: MatterId) {
    let by = person(&test.app, Role::ShiftHead, OFFICE).await;
    test.app
        .write(move |work| {
            let sealer = TextSealer::of(work, id)?;
            let text = sealer.answer(work, ANSWER)?;
            let results = vec![DemandResult { demand: 1, outcome: Outcome::Solved }];
            matters::act(work, &by, id, None, &Command::AnswerDirectly { results, text }).map(drop)
        })
        .await
        .expect("answered");
}

async fn returned(test: &TestApp, id: MatterId, node: NodeId) {
    let by = person(&test.app, Role::Dispatcher, OFFICE).await;
    test.app
        .write(move |work| {
            let reason = TextSealer::of(work, id)?.text(work, "第三盏仍然不亮，请复查");
            let review = Command::Review { node, approve: false, reason: Some(reason) };
            matters::act(work, &by, id, None, &review).map(drop)
        })
        .await
        .expect("sent back");
}

async fn a_matter_goes_down_and_its_result_comes_back(engine: Engine) {
    let (line_down, line_up) = (HttpReceiver::start().await, HttpReceiver::start().await);
    let upper = installation(engine, &line_down).await;
    let lower = installation(engine, &line_up).await;
    agree(&upper, "below", "zj", LEAD, &line_down.url()).await;
    agree(&lower, "above", "city", OFFICE, &line_up.url()).await;

    let (id, nodes) = assigned(&upper, false, &[(LEAD, NodeRole::Lead)]).await;
    let node = nodes[0];
    let before = matter(&upper, id).await;
    settle(&upper).await;
    let sent = line_down.take();
    let [got] = sent.as_slice() else { panic!("{sent:?}") };
    let first = carry(got, &lower, "city").await;
    assert_eq!(
        (first.status, first.json()["known"].as_bool()),
        (StatusCode::OK, Some(false)),
        "{}",
        first.body
    );
    let again = carry(got, &lower, "city").await;
    assert_eq!(again.json()["known"], true, "the same message is acted on once");

    let below = taken_as(&lower, "city", &before.number).await;
    let filed = matter(&lower, below).await;
    let due = before.node(node).expect("the node").limits.handling.due();
    assert_eq!(filed.source_number.as_deref(), Some(before.number.as_str()), "it keeps its number");
    assert_eq!(filed.source_due, Some(due), "and its limit");

    settle(&lower).await;
    assert_eq!(carry_all(&line_up, &upper, "zj").await, ["matter.received"]);
    assert_eq!(matter(&upper, id).await.node(node).expect("the node").state, NodeState::Working, "signed");

    accept(&lower, below).await;
    let promise = matter(&lower, below).await.promise.expect("a promise").due;
    assert!(promise <= due, "no promise beyond the limit above: {promise} {due}");
    answer_directly(&lower, below).await;
    settle(&lower).await;
    assert_eq!(carry_all(&line_up, &upper, "zj").await, ["matter.progress", "matter.answered"]);
    let answered = matter(&upper, id).await;
    let held = answered.node(node).expect("the node");
    assert_eq!(held.state, NodeState::SignedOff, "answered, submitted and signed off");
    assert_eq!(held.answer.as_ref().expect("an answer").results[0].outcome, Outcome::Solved);
    let shift = signed_in(&upper, Role::ShiftHead, OFFICE).await;
    let page = ok(shift.get(&format!("/matters/{id}")).await);
    assert!(page.contains(ANSWER) && page.contains("住建局平台"), "the page says who answered");

    returned(&upper, id, node).await;
    settle(&upper).await;
    assert_eq!(carry_all(&line_down, &lower, "city").await, ["matter.redo"]);
    assert!(matter(&lower, below).await.redo_pending, "below it is to be decided on");

    let list = ok(shift.get("/exchange").await);
    assert!(list.contains(&before.number) && list.contains("退回重办"), "{list}");
    let open = list.split("href=\"/exchange/").nth(1).and_then(|rest| rest.split('"').next()).expect("a row");
    let one = ok(shift.get(&format!("/exchange/{open}")).await);
    assert!(one.contains("答复结果") && one.contains(&filed.number), "{one}");
}

/// Assigned to a unit there, and answered by it with a picture.
async fn answer_with_a_picture(test: &TestApp, id: MatterId) {
    let picture = Upload { name: "灯已修好.jpg".into(), bytes: JPEG.to_vec() };
    let sealed = seal_all(&test.app, vec![picture]).await.expect("a picture");
    let office = person(&test.app, Role::ShiftHead, OFFICE).await;
    let kept = test
        .app
        .write(move |work| {
            let sealer = TextSealer::of(work, id)?;
            let to = vec![Assignee {
                unit: UnitId::from(LEAD),
                role: NodeRole::Lead,
                duty_item: None,
                instruction: None,
            }];
            matters::act(work, &office, id, None, &Command::Assign { parent: None, to })?;
            keep(work, sealer.key(), &sealed[0])
        })
        .await
        .expect("assigned");
    let node = matter(test, id).await.nodes[0].id;
    evaluation::answer(test, id, node, ANSWER, vec![kept]).await;
}

async fn more_time_is_asked_for_above_and_the_answer_brings_its_files(engine: Engine) {
    let (line_down, line_up) = (HttpReceiver::start().await, HttpReceiver::start().await);
    let upper = installation(engine, &line_down).await;
    let lower = installation(engine, &line_up).await;
    agree(&upper, "below", "zj", LEAD, &line_down.url()).await;
    agree(&lower, "above", "city", OFFICE, &line_up.url()).await;
    let (id, nodes) = assigned(&upper, false, &[(LEAD, NodeRole::Lead)]).await;
    let node = nodes[0];
    let number = matter(&upper, id).await.number;
    settle(&upper).await;
    carry_all(&line_down, &lower, "city").await;
    let below = taken_as(&lower, "city", &number).await;
    accept(&lower, below).await;
    let first = matter(&lower, below).await.source_due.expect("a limit");

    // From the page of the matter below to the decision desk above, and back.
    let shift = signed_in(&lower, Role::ShiftHead, OFFICE).await;
    let page = ok(shift.get(&format!("/matters/{below}")).await);
    assert!(page.contains("来源时限") && page.contains("向来源单位申请延期"), "{page}");
    let form = format!("/matters/{below}/source-extension");
    let soon = shift.post(&form, &[("until", "2026-11-18"), ("reason", "配件未到")]).await;
    assert_eq!(soon.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(soon.body.contains("请填写晚于来源时限"), "{}", soon.body);
    let zone = lower.app.config.zone.clone();
    let last = zone.date_of(first.plus_micros(-1));
    let until = (0..3).fold(last, |day, _| day.tomorrow().expect("a day")).to_string();
    let asked = shift.post(&form, &[("until", until.as_str()), ("reason", "配件未到")]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    assert!(ok(shift.get(&format!("/matters/{below}")).await).contains("已申请延期至"));
    settle(&lower).await;
    let told = carry_all(&line_up, &upper, "zj").await;
    assert_eq!(told, ["matter.received", "matter.progress", "matter.extension_asked"]);
    let request = matter(&upper, id).await.node(node).expect("the node").request.clone().expect("asked");
    assert_eq!(request.kind, IntervalKind::Extension);
    let decider = person(&upper.app, Role::ShiftHead, OFFICE).await;
    evaluation::act(&upper, &decider, id, move |seal| Command::DecideInterval {
        node,
        kind: IntervalKind::Extension,
        grant: true,
        reason: seal("同意"),
    })
    .await;
    settle(&upper).await;
    assert_eq!(carry_all(&line_down, &lower, "city").await, ["matter.limit_set"]);
    let moved = matter(&lower, below).await;
    let limit = matter(&upper, id).await.node(node).expect("the node").limits.handling.due();
    assert!(limit > first);
    assert_eq!((moved.source_due, moved.source_asked), (Some(limit), None), "the limit above, word for word");

    answer_with_a_picture(&lower, below).await;
    settle(&lower).await;
    assert_eq!(carry_all(&line_up, &upper, "zj").await, ["matter.progress", "matter.answered"]);
    let answered = matter(&upper, id).await;
    let held = answered.node(node).expect("the node");
    assert_eq!((held.state, held.attachments.len()), (NodeState::SignedOff, 1));
    let reader = signed_in(&upper, Role::ShiftHead, OFFICE).await;
    assert!(
        ok(reader.get(&format!("/matters/{id}")).await).contains("灯已修好.jpg"),
        "the picture came along"
    );
}

async fn only_what_is_signed_and_agreed_is_acted_on(engine: Engine) {
    let line = HttpReceiver::start().await;
    let test = installation(engine, &line).await;
    let admin = agree(&test, "above", "province", OFFICE, &line.url()).await;
    let now = test.app.now().micros() / 1_000_000;
    let body = handed_down("SJ1").to_string();
    let other =
        standardwebhooks::Webhook::new("whsec_YW5vdGhlci1zZWNyZXQtdGhhdC1pcy1sb25n").expect("a secret");
    let wrong = other.sign("msg_1", now, body.as_bytes()).expect("signs");
    for (code, signature) in [("province", wrong.as_str()), ("province", ""), ("nobody", wrong.as_str())] {
        let refused = signed(&test, code, &now.to_string(), signature, body.clone()).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{code}: {}", refused.body);
    }
    let fine = said(&test, "province", &handed_down("SJ1")).await;
    assert_eq!(fine.status, StatusCode::OK, "{}", fine.body);
    assert_eq!(said(&test, "province", &handed_down("SJ1")).await.json()["known"], true);
    let id = taken_as(&test, "province", "SJ1").await;
    let filed = matter(&test, id).await;
    assert_eq!(filed.source_due, Some(Instant::parse("2026-11-20T16:00:00Z").expect("a time")));
    assert_eq!(
        (filed.category.as_deref(), filed.area),
        (Some("ENE-01"), None),
        "an unknown area is left open"
    );

    let code = |answer: &Answer| answer.json()["code"].as_str().unwrap_or_default().to_owned();
    let refused =
        said(&test, "province", &message("matter.answered", json!({ "number": "SJ1", "text": ANSWER })))
            .await;
    assert_eq!((refused.status.as_u16(), code(&refused).as_str()), (422, "exchange-wrong-way"));
    let refused =
        said(&test, "province", &message("matter.redo", json!({ "number": "SJ2", "text": "再办" }))).await;
    assert_eq!(code(&refused), "exchange-number-unknown");
    let mut undated = handed_down("SJ3");
    undated["data"]["due"] = "下周".into();
    assert_eq!(code(&said(&test, "province", &undated).await), "exchange-due-unreadable");
    let refused = said(&test, "province", &message("matter.unheard_of", json!({}))).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);

    // While it is paused nothing is taken, and what is to be sent waits.
    settle(&test).await;
    assert_eq!(line.take().len(), 1, "that it was received is told");
    admin.post("/admin/exchange/province/state", &[("on", "no")]).await;
    assert_eq!(code(&said(&test, "province", &handed_down("SJ4")).await), "exchange-off");
    accept(&test, id).await;
    settle(&test).await;
    assert!(line.take().is_empty(), "it waits");
    let shift = signed_in(&test, Role::ShiftHead, OFFICE).await;
    assert!(ok(shift.get("/exchange").await).contains("1 条待送达"));
    line.answers(503);
    admin.post("/admin/exchange/province/state", &[("on", "yes")]).await;
    test.run_jobs().await;
    assert_eq!(line.take().len(), 1, "tried at once");
    line.answers(204);
    test.at("2026-11-18T04:00:00Z");
    test.run_jobs().await;
    let got = line.take();
    let told: Value = serde_json::from_str(&got[0].body).expect("JSON");
    assert_eq!(
        (told["type"].as_str(), told["data"]["number"].as_str()),
        (Some("matter.progress"), Some("SJ1"))
    );
    assert!(told["data"]["text"].as_str().expect("words").starts_with("已受理"), "{told}");
    let clerk = signed_in(&test, Role::CallBack, OFFICE).await;
    assert_eq!(clerk.get("/exchange").await.status, StatusCode::FORBIDDEN);
}

async fn what_was_handed_down_is_urged_and_taken_back(engine: Engine) {
    let line = HttpReceiver::start().await;
    let test = installation(engine, &line).await;
    agree(&test, "above", "province", OFFICE, &line.url()).await;
    said(&test, "province", &handed_down("SJ1")).await;
    let id = taken_as(&test, "province", "SJ1").await;
    let urged = message("matter.urged", json!({ "number": "SJ1", "text": "请尽快办理" }));
    assert_eq!(said(&test, "province", &urged).await.status, StatusCode::OK);
    let shift = signed_in(&test, Role::ShiftHead, OFFICE).await;
    assert!(ok(shift.get(&format!("/matters/{id}")).await).contains("请尽快办理"), "the office reads it");
    let recalled = message("matter.recalled", json!({ "number": "SJ1", "text": "诉求人已撤诉" }));
    assert_eq!(said(&test, "province", &recalled).await.status, StatusCode::OK);
    assert_eq!(matter(&test, id).await.phase, Phase::LeftEarly);
    settle(&test).await;
    let types: Vec<Value> =
        line.take().iter().map(|got| serde_json::from_str(&got.body).expect("JSON")).collect();
    assert_eq!(types.last().expect("told")["type"], "matter.closed");

    // What is answered cannot be taken back any more: the office is told.
    said(&test, "province", &handed_down("SJ2")).await;
    let id = taken_as(&test, "province", "SJ2").await;
    accept(&test, id).await;
    answer_directly(&test, id).await;
    let mut late = message("matter.recalled", json!({ "number": "SJ2", "text": "来电要求撤回" }));
    late["id"] = "m-late".into();
    assert_eq!(said(&test, "province", &late).await.status, StatusCode::OK);
    assert_eq!(matter(&test, id).await.phase, Phase::CallBack);
    assert!(ok(shift.get(&format!("/matters/{id}")).await).contains("来电要求撤回"));
}

async fn files_are_taken_over_once_and_answers_laid_down(engine: Engine) {
    let folder = tempfile::tempdir().expect("a folder");
    let exchange_folder = Some(folder.path().to_owned());
    let test = city_with(engine, Config { exchange_folder, ..Config::default() }).await;
    agree(&test, "above", "province", OFFICE, "").await;
    let home = folder.path().join("province");
    fs::create_dir_all(home.join("in")).expect("made");
    fs::write(home.join("in/1.json"), handed_down("SJ1").to_string()).expect("written");
    fs::write(home.join("in/2.json"), "{ not a message").expect("written");
    fs::write(home.join("in/.3.json"), handed_down("SJ3").to_string()).expect("written");
    assert_eq!(exchange::folder::run(&test.app).await.expect("runs"), 2, "one is still being written");
    assert!(home.join("done/1.json").is_file() && home.join("refused/2.json").is_file());
    let why = fs::read_to_string(home.join("refused/2.json.txt")).expect("a reason");
    assert!(why.contains("不是本平台能识别的消息文件"), "{why}");
    // Taken over, but not put away when the power went: nothing is done twice.
    fs::rename(home.join("done/1.json"), home.join("in/1.json")).expect("moved");
    exchange::folder::run(&test.app).await.expect("runs");
    let id = taken_as(&test, "province", "SJ1").await;
    accept(&test, id).await;
    answer_directly(&test, id).await;
    settle(&test).await;
    settle(&test).await;
    let mut out: Vec<String> = fs::read_dir(home.join("out"))
        .expect("answers")
        .map(|entry| fs::read_to_string(entry.expect("a file").path()).expect("reads"))
        .map(|body| serde_json::from_str::<Value>(&body).expect("whole")["type"].to_string())
        .collect();
    out.sort();
    assert_eq!(out, ["\"matter.answered\"", "\"matter.progress\"", "\"matter.received\""]);
}

async fn a_workbook_is_looked_at_then_taken_over(engine: Engine) {
    let test = city_with(engine, Config::default()).await;
    agree(&test, "above", "province", OFFICE, "").await;
    let shift = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let path = "/exchange/partners/province/sheet";
    let csv = "来件编号,办结时限,诉求类型,区域,标题,诉求内容,联系电话\n\
               SJ1,2026-11-20,求助,,路灯不亮,巷口三盏路灯全坏,13900001111\n\
               SJ2,下周,求助,,积水,门口积水,\n\
               ,2026-11-20,求助,,没有编号,内容,\n";
    let upload = |intent: &str, file: Option<&str>, rows: &str| {
        let mut body = format!("--b\r\nContent-Disposition: form-data; name=\"intent\"\r\n\r\n{intent}\r\n");
        body += &format!("--b\r\nContent-Disposition: form-data; name=\"rows\"\r\n\r\n{rows}\r\n");
        if let Some(file) = file {
            body += &format!(
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{file}\r\n"
            );
        }
        body += "--b--\r\n";
        (Request::post(path).header("content-type", "multipart/form-data; boundary=b"), Body::from(body))
    };
    let (request, body) = upload("check", Some(csv), "");
    let looked = ok(shift.send(request, body).await);
    assert!(
        looked.contains("导入 1 件") && looked.contains("时限须为日期") && looked.contains("缺少来件编号")
    );
    assert!(ok(shift.get("/exchange").await).contains("还没有往来"), "a look changes nothing");
    let rows = looked.split("<textarea name=\"rows\" hidden readonly>").nth(1).expect("carried");
    let rows = rows.split("</textarea>").next().expect("its end").replace("&#31;", "\u{1f}");
    let (request, body) = upload("take", None, &rows);
    let taken = ok(shift.send(request, body).await);
    assert!(taken.contains("登记了 1 件诉求"), "{taken}");
    let id = taken_as(&test, "province", "SJ1").await;
    assert!(matter(&test, id).await.source_due.is_some());
    let (request, body) = upload("check", Some(csv), "");
    assert!(ok(shift.send(request, body).await).contains("已登记过"));
    let wrong = upload("check", Some("名称\n甲\n"), "");
    let headless = shift.send(wrong.0, wrong.1).await;
    assert!(headless.status == StatusCode::UNPROCESSABLE_ENTITY && headless.body.contains("没有找到表头"));
    for file in ["template.xlsx", "results.xlsx"] {
        let got = shift.get(&format!("/exchange/partners/province/{file}")).await;
        assert!(got.bytes.starts_with(b"PK"), "{file}: {}", got.status);
    }
}
