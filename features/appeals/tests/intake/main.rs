//! The intake desk over HTTP, on both engines: one key files and dispatches, a crash loses no
//! word, calls that are none become no appeal, a meeting's rows are filed together.

mod quoting;
mod support;

use kernel::permission::Role;
use matters::configuration::{self, Change, Document, templates};
use matters_rules::{Channel, Phase};
use platform::By;
use support::*;
use testkit::{Answer, Browser, Engine};

#[tokio::test(flavor = "multi_thread")]
async fn one_key_files_accepts_and_dispatches() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine).await;
        let browser = desk.browser();
        let screen = desk.screen(&browser).await;
        let path = format!("{screen}/assignments");

        let refused = browser.post(&path, &with(&[])).await;
        assert_eq!(refused.status, 422);
        for field in ["#unit-1", "#demands"] {
            assert!(refused.body.contains(&format!("href=\"{field}\"")), "{field}");
        }
        assert!(refused.body.contains("四月递交的增容申请至今没有答复。"), "nothing typed is lost");
        assert!(desk.rows().await.is_empty(), "and nothing is half done");

        let whole = with(&[("demands", "完成增容\n说明为何这么久"), ("unit-1", "power"), ("unit-2", "zone")]);
        let done = browser.post(&path, &whole).await;
        assert_eq!(done.status, 201, "{}", done.body);
        let rows = desk.rows().await;
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].phase, rows[0].channel), (Some(Phase::Assigned), Some(Channel::Hotline)));
        assert!(done.body.contains(&rows[0].number));
        let matter = browser.get(&format!("/matters/{}", rows[0].id)).await;
        for shown in ["完成增容", "说明为何这么久", "单位 power", "单位 zone", "138****1234"] {
            assert!(matter.body.contains(shown), "{shown}");
        }

        let again = browser.post(&path, &whole).await;
        assert_eq!(again.location, Some(format!("/matters/{}", rows[0].id)), "pressed twice, done once");
        assert_eq!(desk.rows().await.len(), 1);
        assert_eq!(browser.get(&screen).await.status, 404, "the draft is gone");
    }
}

/// Whether an option of the form is chosen.
fn is_chosen(body: &str, field: &str, value: &str) -> bool {
    let select =
        body.split(&format!("name=\"{field}\"")).nth(1).and_then(|rest| rest.split("</select>").next());
    let option = select.and_then(|select| select.split(&format!("<option value=\"{value}\"")).nth(1));
    option
        .and_then(|option| option.split('>').next())
        .is_some_and(|attributes| attributes.contains("selected"))
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_to_assign_is_suggested_while_the_caller_speaks() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine).await;
        let browser = desk.browser();
        let screen = desk.screen(&browser).await;
        let id = screen.rsplit('/').next().expect("an id").to_owned();
        let told = with(&[("id", id.as_str())]);
        let rail = browser.post("/intake/rail", &told).await.body;
        assert!(
            rail.contains("派单建议") && rail.contains("data-route=\"zone\""),
            "the zone named leads: {rail}"
        );

        let taken = browser.post(&format!("{screen}/draft"), &with(&[("route", "zone power")])).await;
        assert!(is_chosen(&taken.body, "unit-1", "zone") && is_chosen(&taken.body, "unit-2", "power"));
        let again = browser.get(&screen).await;
        assert!(is_chosen(&again.body, "unit-1", "zone"), "and is kept");

        desk.sits(person(1, Role::Intake));
        let rail = desk.browser().post("/intake/rail", &told).await.body;
        assert!(!rail.contains("data-route"), "not to one who may not assign: {rail}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_answers_directly_and_what_is_wished_is_the_demand() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine).await;
        let browser = desk.browser();
        let path = format!("{}/direct-answer", desk.screen(&browser).await);
        let forwarded =
            with(&[("expected", "告知办理进度"), ("answer", "已转有关部门"), ("outcome", "explained")]);
        let refused = browser.post(&path, &forwarded).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(refused.body.contains("href=\"#answer\""), "a forward is no answer");
        assert!(desk.rows().await.is_empty());
        let answer = "6月14日已完成现场查看，6月20日前送电，联系人为供电所值班人员。";
        let whole = with(&[("expected", "告知办理进度"), ("answer", answer), ("outcome", "explained")]);
        let done = browser.post(&path, &whole).await;
        assert_eq!(done.status, 201, "{}", done.body);
        let rows = desk.rows().await;
        assert_eq!(rows[0].phase, Some(Phase::CallBack));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_inserted_into_the_answer_and_names_the_number_once_there_is_one() {
    let desk = Desk::open(Engine::Sqlite).await;
    let own = "\n[[template]]\ncode = \"own\"\nzh = \"口头答复\"\nverbs = [\"answer_directly\"]\n\
               text = \"{name}，您好。您反映的问题（编号{number}）已于{today}核实，6月20日前送电。\"\n";
    let text = templates::DEFAULT.replacen("version = 1", "version = 2", 1) + own;
    let published = desk.app().write(move |work| {
        let change = Change::Publish { toml: text.clone(), note: String::new() };
        configuration::act(work, &By::Operator, Document::Templates, None, change).map(drop)
    });
    published.await.expect("published");
    let browser = desk.browser();
    let screen = desk.screen(&browser).await;
    let page = browser.get("/intake/new").await.body;
    assert!(page.contains("口头答复") && page.contains("答复：解释说明"), "{page}");
    assert!(!page.contains("进展告知"), "another verb's: {page}");
    let chosen = with(&[("answer", "先说一句。"), ("phrase", "own"), ("insert", "yes")]);
    let page = browser.post(&format!("{screen}/draft"), &chosen).await;
    let shown = "先说一句。\n王先生，您好。您反映的问题（编号{number}）已于6月15日核实，6月20日前送电。";
    assert!(page.body.contains(shown), "{}", page.body);
    let whole = with(&[("expected", "告知进度"), ("answer", shown), ("outcome", "explained")]);
    let done = browser.post(&format!("{screen}/direct-answer"), &whole).await;
    assert_eq!(done.status, 201, "{}", done.body);
    let row = desk.rows().await.remove(0);
    let matter = browser.get(&format!("/matters/{}", row.id)).await.body;
    assert!(matter.contains(&format!("（编号{}）", row.number)), "{matter}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intake_officer_accepts_and_passes_on_but_does_not_dispatch() {
    let desk = Desk::open(Engine::Sqlite).await;
    desk.sits(person(2, Role::Intake));
    let browser = desk.browser();
    let screen = desk.screen(&browser).await;
    let page = browser.get("/intake/new").await.body;
    assert!(page.contains("/acceptance\"") && !page.contains("/assignments\""));
    let whole = with(&[("demands", "送电"), ("unit-1", "power")]);
    assert_eq!(browser.post(&format!("{screen}/assignments"), &whole).await.status, 403);
    assert_eq!(browser.post(&format!("{screen}/acceptance"), &whole).await.status, 201);
    assert_eq!(desk.rows().await[0].phase, Some(Phase::Accepted));
    desk.sits(person(3, Role::UnitLiaison));
    assert_eq!(desk.browser().get("/intake").await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_survives_a_crash_and_is_its_officers_alone() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine).await;
        let browser = desk.browser();
        let screen = desk.screen(&browser).await;
        let script = desk.browser().with_header("accept", "application/json");
        let kept = script.post(&format!("{screen}/draft"), &with(&[])).await;
        assert_eq!(kept.status, 204, "{}", kept.body);

        let back = desk.browser().get("/intake").await;
        assert_eq!(back.location.as_deref(), Some(screen.as_str()), "what was left is shown first");
        let page = browser.get(&screen).await.body;
        assert!(page.contains("四月递交的增容申请至今没有答复。") && page.contains(PHONE));

        desk.sits(person(9, Role::Intake));
        assert_eq!(desk.browser().get(&screen).await.status, 404);
        let steal = desk.browser().post(&format!("{screen}/draft"), &with(&[("title", "别人的")])).await;
        assert_eq!(steal.status, 404);
        let take = desk.browser().post(&format!("{screen}/registration"), &with(&[])).await;
        assert_eq!(take.status, 404);

        desk.sits(person(1, Role::ShiftHead));
        let held = browser.post(&format!("{screen}/hold"), &with(&[("title", "改过的标题")])).await;
        assert_eq!(held.location.as_deref(), Some("/intake/new"));
        let next = browser.get("/intake").await;
        assert_eq!(next.status, 200, "a held call does not stand in the way of the next");
        assert!(next.body.contains(&format!("{screen}/resumption")));
        desk.sits(person(9, Role::Intake));
        let colleague = desk.browser();
        assert!(colleague.get("/intake/new").await.body.contains(&format!("{screen}/resumption")));
        let resumed = colleague.post(&format!("{screen}/resumption"), &[]).await;
        assert_eq!(resumed.location.as_deref(), Some(screen.as_str()));
        assert!(colleague.get(&screen).await.body.contains("改过的标题"), "whoever is free takes it up");
        desk.sits(person(1, Role::ShiftHead));
        assert_eq!(desk.browser().get(&screen).await.status, 404, "and it is theirs");
        desk.sits(person(9, Role::Intake));
        let browser = desk.browser();
        assert!(browser.get(&screen).await.body.contains("改过的标题"));
        let dropped = browser.post(&format!("{screen}/discard"), &with(&[])).await;
        assert_eq!(dropped.location.as_deref(), Some("/intake/new"));
        assert_eq!(browser.get(&screen).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_system_opens_the_screen_without_a_number_in_any_address() {
    let desk = Desk::open(Engine::Sqlite).await;
    let browser = desk.browser();
    let popped = browser.post("/intake/calls", &[("tel", PHONE), ("rec", "REC-7")]).await;
    let place = popped.location.expect("it leads to the screen");
    assert!(!place.contains(PHONE));
    let page = browser.get(&place).await.body;
    assert!(page.contains(PHONE) && page.contains("REC-7"));
}

#[tokio::test(flavor = "multi_thread")]
async fn emergencies_and_calls_that_are_none_are_counted_and_never_filed() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine).await;
        let browser = desk.browser();
        for (verb, field) in [("emergency", ("service", "fire")), ("invalid", ("reason", "harassment"))] {
            let screen = desk.screen(&browser).await;
            let done = browser.post(&format!("{screen}/{verb}"), &with(&[field])).await;
            assert_eq!(done.location.as_deref(), Some("/intake/new"), "{}", done.body);
            assert_eq!(browser.get(&screen).await.status, 404, "not a word is left");
        }
        let malformed = browser.post(&format!("{}/invalid", desk.screen(&browser).await), &with(&[])).await;
        assert_eq!(malformed.status, 400);
        assert!(desk.rows().await.is_empty());
        let figures = browser.get("/intake/figures").await;
        assert_eq!(figures.status, 200);
        assert!(figures.body.contains("骚扰") && figures.body.contains("消防 119"));
        let rail = browser
            .post("/intake/rail", &[("id", "018f0000-0000-7000-8000-000000000000"), ("phone", PHONE)])
            .await;
        assert!(rail.body.contains("无效来电 1 次"), "{}", rail.body);
        assert_eq!(browser.get("/intake/figures?from=gestern").await.status, 422);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_caller_is_known_and_their_details_are_taken_over() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine).await;
        let browser = desk.browser();
        let screen = desk.screen(&browser).await;
        let done =
            browser.post(&format!("{screen}/registration"), &with(&[("convenient_time", "下午")])).await;
        assert_eq!(done.status, 201, "{}", done.body);
        let first = desk.rows().await.remove(0);
        desk.test.at("2022-06-16T09:00:00+08:00");
        desk.test.catch_up().await;

        let screen = desk.screen(&browser).await;
        let id = screen.trim_start_matches("/intake/");
        let rail = browser.post("/intake/rail", &[("id", id), ("phone", "07388312345")]).await;
        assert!(rail.body.contains(&first.number), "by the second number too");
        let known = format!("{screen}/known/{}", first.id);
        assert!(browser.post("/intake/rail", &[("id", id), ("phone", PHONE)]).await.body.contains(&known));
        let script = desk.browser().with_header("accept", "application/json");
        let told = script.post(&known, &[]).await.json();
        assert_eq!(told["name"], "王");
        assert_eq!(told["convenient_time"], "下午");
        assert_eq!(told["county"], "431302");
        let opened = browser.get(&format!("/matters/{}", first.id)).await;
        assert!(
            opened.body.contains("查看联系方式") || opened.body.contains("联系方式"),
            "the opening is shown"
        );

        let without_script = browser.post(&known, &[("phone", PHONE), ("name", "已填")]).await;
        assert!(without_script.body.contains("value=\"已填\""), "what is typed stays");
        assert!(without_script.body.contains("甲县测试打印机有限公司"));

        let offered = script.post("/intake/enterprises", &[("enterprise", "csdyj")]).await.json();
        assert_eq!(offered[0]["name"], "甲县测试打印机有限公司");
        let alike = browser
            .post(
                "/intake/rail",
                &[("id", id), ("title", "充电站报装没有回音"), ("text", "增容申请没有答复")],
            )
            .await;
        assert!(alike.body.contains("可能重复的事项"), "{}", alike.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_message_fills_what_is_empty() {
    let desk = Desk::open(Engine::Sqlite).await;
    let browser = desk.browser();
    let screen = desk.screen(&browser).await;
    let message = "甲县乙镇测试茶叶专业合作社 周女士 13900005678，冷库停电三天";
    let script = desk.browser().with_header("accept", "application/json");
    let found = script.post(&format!("{screen}/split"), &[("message", message)]).await.json();
    assert_eq!(found["phone"], "13900005678");
    assert_eq!((found["county"].as_str(), found["area"].as_str()), (Some("431302"), Some("431302001")));
    let page = browser.post(&format!("{screen}/split"), &[("text", message), ("phone", PHONE)]).await.body;
    assert!(page.contains(&format!("value=\"{PHONE}\"")), "what is typed stays");
    assert!(page.contains("value=\"周\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn pasted_files_lie_with_the_draft_and_go_with_the_matter() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine).await;
        let browser = desk.browser();
        let screen = desk.screen(&browser).await;
        let script = desk.browser().with_header("accept", "application/json");
        let told = upload(&script, &format!("{screen}/files"), "截图.jpg", JPEG).await.json();
        assert_eq!(told["files"][0]["name"], "截图.jpg");
        let refused = upload(&script, &format!("{screen}/files"), "x.exe", b"MZ").await.json();
        assert_eq!(refused["errors"].as_array().map(Vec::len), Some(1));
        let second = upload(&script, &format!("{screen}/files"), "多余.jpg", JPEG).await.json();
        let extra = second["files"][1]["id"].as_str().expect("two files").to_owned();
        let left = script.post(&format!("{screen}/files/{extra}/removal"), &with(&[])).await.json();
        assert_eq!(left["files"].as_array().map(Vec::len), Some(1));
        let done = browser.post(&format!("{screen}/registration"), &with(&[])).await;
        assert_eq!(done.status, 201, "{}", done.body);
        let matter = browser.get(&format!("/matters/{}", desk.rows().await[0].id)).await.body;
        assert!(matter.contains("截图.jpg") && !matter.contains("多余.jpg"));
    }
}

const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xda rest of a picture";

async fn upload(browser: &Browser, path: &str, name: &str, content: &[u8]) -> Answer {
    let head =
        format!("--b\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"{name}\"\r\n\r\n");
    let body = [head.as_bytes(), content, b"\r\n--b--\r\n"].concat();
    let request = axum::http::Request::post(path).header("content-type", "multipart/form-data; boundary=b");
    browser.send(request, axum::body::Body::from(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rows_of_a_meeting_are_looked_at_and_filed_together() {
    for engine in Engine::BOTH {
        let desk = Desk::open(engine).await;
        let browser = desk.browser();
        assert_eq!(browser.get("/intake/forum").await.status, 200);
        let table = |kind: &str| {
            let rows: Vec<String> = (1..=20)
                .map(|n| format!("测试{n}厂\t1380000{n:04}\t{kind}\t乙镇\tENE-01\t第{n}家厂停电三天。"))
                .collect();
            format!("企业\t电话\t类型\t区划\t类别\t内容\n{}", rows.join("\n"))
        };
        let fields = |rows: String, send: &str| {
            vec![
                ("occasion".to_owned(), "六月企业座谈会".to_owned()),
                ("occasion_date".to_owned(), "2022-06-10".to_owned()),
                ("rows".to_owned(), rows),
                ("send".to_owned(), send.to_owned()),
            ]
        };
        async fn post(browser: &Browser, fields: Vec<(String, String)>) -> Answer {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            browser.post("/intake/forum", &fields).await
        }
        let bad = post(&browser, fields(table("吐槽"), "yes")).await;
        assert_eq!(bad.status, 422);
        assert!(bad.body.contains("类型应为"), "each row says what is wrong");
        assert!(desk.rows().await.is_empty(), "all or nothing");
        let looked = post(&browser, fields(table("投诉"), "")).await;
        assert_eq!(looked.status, 200, "{}", looked.body);
        assert!(looked.body.contains("登记 20 件") && desk.rows().await.is_empty());
        let filed = post(&browser, fields(table("投诉"), "yes")).await;
        assert_eq!(filed.status, 201, "{}", filed.body);
        let rows = desk.rows().await;
        assert_eq!(rows.len(), 20);
        assert!(rows.iter().all(|row| row.channel == Some(Channel::Forum)));
        let page = browser.get(&format!("/matters/{}", rows[0].id)).await.body;
        assert!(page.contains("六月企业座谈会"), "the meeting stands with the matter");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_credit_code_and_a_filing_for_another_without_consent_are_told_beside_the_field() {
    let desk = Desk::open(Engine::Sqlite).await;
    let browser = desk.browser();
    let path = format!("{}/registration", desk.screen(&browser).await);
    let wrong = browser.post(&path, &with(&[("credit_code", "91999999MA00000011")])).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("id=\"credit_code-error\""));
    let wrong = browser.post(&path, &with(&[("on_behalf", "agent"), ("filed_by_name", "代理人")])).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("id=\"consent-error\""), "{}", wrong.body);
}
