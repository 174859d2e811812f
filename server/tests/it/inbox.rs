//! A unit's desk from outside: from a link in a message to the answer, with a photo; papers;
//! substitutes; co-units; paper sign-off.

use crate::support::{city, on_both_engines, person, signed_in};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use identity::absences::{self, NewAbsence};
use identity::accounts::{self, NewGrant};
use identity::rules::AbsenceKind;
use kernel::permission::Role;
use kernel::time::Date;
use kernel::{MatterId, NodeId, UnitId};
use matters::{FileRequest, TextSealer};
use matters_rules::command::{Accept, Assignee, ContactCard};
use matters_rules::{AppealType, Channel, Command, DeclineGround, NodeRole, Urgency};
use platform::By;
use std::io::{Cursor, Read};
use testkit::{Answer, Browser, Engine, TestApp};

const OFFICE: &str = demo::cast::OFFICE;
const TOWNSHIP: &str = "431302001";
const LEAD: &str = "ld-zj";
const CO: &str = "ld-cz";
const PHONE: &str = "13800001234";
const TITLE: &str = "巷口路灯不亮，请王师傅回电 13800001234";
const ANSWER: &str = "11月18日已更换巷口三盏路灯灯头，当晚全部亮灯，今后每月巡查一次。";
pub const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xda rest of a picture";

/// An accepted matter with one demand, assigned by the office.
pub async fn assigned(test: &TestApp, shielded: bool, to: &[(&str, NodeRole)]) -> (MatterId, Vec<NodeId>) {
    let contact = ContactCard {
        name: "王师傅".into(),
        phone: PHONE.into(),
        enterprise: "示例机械有限公司".into(),
        ..ContactCard::default()
    };
    assigned_of(test, contact, shielded, to).await
}

/// The same of another appellant.
pub async fn assigned_of(
    test: &TestApp,
    contact: ContactCard,
    shielded: bool,
    to: &[(&str, NodeRole)],
) -> (MatterId, Vec<NodeId>) {
    let office = person(&test.app, Role::ShiftHead, OFFICE).await;
    let to: Vec<(UnitId, NodeRole)> = to.iter().map(|(unit, role)| (UnitId::from(*unit), *role)).collect();
    let written = test.app.write(move |work| {
        let request = FileRequest {
            title: TITLE.into(),
            text: "巷口三盏路灯全坏，夜里看不见路。".into(),
            contact: contact.clone(),
            shielded,
            ..FileRequest::new(UnitId::from(OFFICE), Channel::Hotline, AppealType::Help)
        };
        let id = matters::file(work, &By::Public, &request)?.id;
        let sealer = TextSealer::of(work, id)?;
        if shielded {
            let (title, text) =
                (sealer.text(work, "某居民反映路灯"), sealer.text(work, "路灯不亮（已脱敏）"));
            matters::act(work, &office, id, None, &Command::Redact { title, text })?;
        }
        let accept = Accept {
            urgency: Urgency::General,
            natural_time: false,
            category: "ENE-01".into(),
            demands: vec![sealer.text(work, "尽快修好路灯")],
        };
        matters::act(work, &office, id, None, &Command::Accept(accept))?;
        let to = to.iter().map(|(unit, role)| Assignee {
            unit: unit.clone(),
            role: *role,
            duty_item: (unit.as_str() == TOWNSHIP).then(|| "AQ-01".into()),
            instruction: None,
        });
        let assign = Command::Assign { parent: None, to: to.collect() };
        let state = matters::act(work, &office, id, None, &assign)?.state;
        Ok((id, state.nodes.iter().map(|node| node.id).collect()))
    });
    written.await.expect("assigned")
}

pub async fn send(
    browser: &Browser,
    path: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &str)>,
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    if let Some((field, name)) = file {
        let head =
            format!("--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(JPEG);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--b--\r\n");
    let request = Request::post(path).header("content-type", "multipart/form-data; boundary=b");
    browser.send(request, Body::from(body)).await
}

const RESPONSE: [(&str, &str); 7] = [
    ("demands", "1"),
    ("outcome-1", "solved"),
    ("text", ANSWER),
    ("way", "phone"),
    ("contact_text", "已电话联系，约当晚查看。"),
    ("contact_at", "2026-11-18T09:30"),
    ("answered_at", "2026-11-18T09:30"),
];

fn went_to(answer: &Answer, path: &str) {
    assert_eq!(
        (answer.status, answer.location.as_deref()),
        (StatusCode::SEE_OTHER, Some(path)),
        "{}",
        answer.body
    );
}

/// The short address on an assignment's page.
fn short(page: &str) -> String {
    let start = page.find("/a/").expect("a short address");
    page[start..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect()
}

on_both_engines! {
    a_township_answers_from_a_link_on_sqlite, a_township_answers_from_a_link_on_postgres => a_township_answers_from_a_link;
    a_substitute_signs_off_on_sqlite, a_substitute_signs_off_on_postgres => a_substitute_signs_off;
    the_lead_consolidates_on_sqlite, the_lead_consolidates_on_postgres => the_lead_consolidates;
}

async fn a_township_answers_from_a_link(test: TestApp) {
    let (matter, nodes) = assigned(&test, false, &[(TOWNSHIP, NodeRole::Lead)]).await;
    let path = format!("/matters/{matter}/nodes/{}", nodes[0]);
    let known = signed_in(&test, Role::UnitLiaison, TOWNSHIP).await;
    let page = known.get(&path).await.body;
    let link = short(&page);

    // The text for the work group names nobody.
    let text = page.split("id=\"group-text\"").nth(1).and_then(|rest| rest.split("</textarea>").next());
    let text = text.expect("the text for the work group");
    assert!(text.contains("巷口路灯不亮") && text.contains("尽快修好路灯") && text.contains(&link), "{text}");
    for private in ["王师傅", PHONE, "示例机械"] {
        assert!(!text.contains(private), "{private} in {text}");
    }

    // A stranger logs in first and comes back to where the link leads.
    let phone = test.browser();
    let next = format!("/login?next={link}");
    assert_eq!(phone.get(&link).await.location.as_deref(), Some(next.as_str()));
    let login = format!("unit_liaison.{TOWNSHIP}");
    let entered =
        [("login", login.as_str()), ("password", crate::support::PASSWORD), ("next", link.as_str())];
    went_to(&phone.post("/login", &entered).await, &link);
    went_to(&phone.get(&link).await, &path);
    let other = signed_in(&test, Role::UnitLiaison, CO).await;
    assert_eq!(other.get(&link).await.status, StatusCode::SEE_OTHER);
    assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "whose it is not learns nothing");
    let entered =
        [("login", login.as_str()), ("password", crate::support::PASSWORD), ("next", "//evil.example/")];
    let astray = test.browser().post("/login", &entered).await;
    went_to(&astray, "/desk");

    went_to(&phone.post(&format!("{path}/signature"), &[("from", "assignment")]).await, &path);
    let form = phone.get(&format!("{path}/response")).await.body;
    assert!(form.contains("capture=\"environment\"") && form.contains("name=\"contact_text\""), "{form}");

    // Something is missing: everything typed stays, and nothing is written.
    let wrong: Vec<_> = RESPONSE
        .iter()
        .map(|(name, value)| if *name == "text" { ("text", "已转有关部门。") } else { (*name, *value) })
        .collect();
    let refused = send(&phone, &format!("{path}/response"), &wrong, None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("已电话联系，约当晚查看。") && refused.body.contains("已转有关部门。"));
    assert!(!phone.get(&path).await.body.contains("已提交"));

    went_to(&send(&phone, &format!("{path}/response"), &RESPONSE, Some(("photo", "亮灯.jpg"))).await, &path);
    let page = phone.get(&path).await.body;
    assert!(page.contains(ANSWER) && page.contains("亮灯.jpg") && page.contains("等待本单位审签"), "{page}");
    assert_eq!(test.app.store.rebuild_check().await.expect("compares"), []);
}

async fn a_substitute_signs_off(test: TestApp) {
    let (matter, nodes) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    let path = format!("/matters/{matter}/nodes/{}", nodes[0]);
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let By::Person { account: deputy, .. } = person(&test.app, Role::Knowledge, LEAD).await else {
        panic!("a person is a person")
    };
    let substitute = signed_in(&test, Role::Knowledge, LEAD).await;
    liaison.post(&format!("{path}/signature"), &[]).await;
    let answered = send(&liaison, &format!("{path}/response"), &RESPONSE, None).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    assert_eq!(substitute.get(&path).await.status, StatusCode::FORBIDDEN, "no post, no matter");

    let head = person(&test.app, Role::UnitHead, LEAD).await;
    let By::Person { account: of, .. } = head else { panic!("a person is a person") };
    let day = Date::constant(2026, 11, 18);
    let new = |substitute| NewAbsence { from: day, until: day, kind: AbsenceKind::Duty, substitute };
    absences::note(&test.app, &head, of, new(Some(deputy))).await.expect("noted");
    let away = liaison.get(&path).await.body;
    assert!(away.contains("外出（公出）") && away.contains("代理"), "colleagues are told: {away}");

    let yes = [("approve", "yes")];
    went_to(&substitute.post(&format!("{path}/sign-off"), &yes).await, &format!("/matters/{matter}"));
    let story = substitute.get(&format!("/matters/{matter}")).await.body;
    assert!(story.contains(&format!("knowledge.{LEAD}代unit_head.{LEAD}")), "{story}");
    test.at("2026-11-19T01:30:00Z");
    let later = signed_in(&test, Role::Knowledge, LEAD).await;
    assert_eq!(later.get(&path).await.status, StatusCode::FORBIDDEN, "for those days only");
}

async fn the_lead_consolidates(test: TestApp) {
    let (matter, nodes) = assigned(&test, false, &[(LEAD, NodeRole::Lead), (CO, NodeRole::Co)]).await;
    let [lead, co] = [0, 1].map(|n| format!("/matters/{matter}/nodes/{}", nodes[n]));
    let (leading, helping) =
        (signed_in(&test, Role::UnitLiaison, LEAD).await, signed_in(&test, Role::UnitLiaison, CO).await);
    for (browser, path) in [(&leading, &lead), (&helping, &co)] {
        browser.post(&format!("{path}/signature"), &[]).await;
    }
    let form = leading.get(&format!("{lead}/response")).await.body;
    assert!(form.contains("协办单位反馈") && form.contains("尚无答复"), "{form}");
    assert!(form.contains("协办单位未反馈，主办单位也可以提交"), "the rule is said");

    // A co-unit answers the lead and need not have spoken to the appellant.
    let feedback = "已核拨路灯维修经费三千元，11月18日到账。";
    let fields = [
        ("demands", "1"),
        ("outcome-1", "solved"),
        ("text", feedback),
        ("way", "platform"),
        ("answered_at", "2026-11-18T09:30"),
    ];
    went_to(&send(&helping, &format!("{co}/response"), &fields, None).await, &co);

    // Without a script the button sends the form; what was typed stands before the quote.
    let typed = [("text", "经现场查看：".to_owned()), ("quote", nodes[1].to_string())];
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let quoted = send(&leading, &format!("{lead}/response"), &typed, None).await;
    assert_eq!(quoted.status, StatusCode::OK);
    let area = quoted.body.split("id=\"text\"").nth(1).and_then(|rest| rest.split("</textarea>").next());
    let area = area.expect("the answer");
    assert!(area.contains("经现场查看：\n") && area.contains(&format!("反馈：{feedback}")), "{area}");
}

#[tokio::test]
async fn a_township_of_one_signs_on_paper_and_uploads_it() {
    let test = city(Engine::Sqlite).await;
    let (matter, nodes) = assigned(&test, false, &[(TOWNSHIP, NodeRole::Lead)]).await;
    let path = format!("/matters/{matter}/nodes/{}", nodes[0]);
    let By::Person { account, .. } = person(&test.app, Role::UnitLiaison, TOWNSHIP).await else {
        panic!("a person is a person")
    };
    let from = Date::constant(2022, 1, 1);
    let head = NewGrant { role: Role::UnitHead, unit: TOWNSHIP.into(), from, to: None };
    accounts::grant(&test.app, &By::Operator, account, head).await.expect("one person, two posts");
    let solo = signed_in(&test, Role::UnitLiaison, TOWNSHIP).await;
    solo.post(&format!("{path}/signature"), &[]).await;
    send(&solo, &format!("{path}/response"), &RESPONSE, None).await;

    let sheet = solo.get(&format!("{path}/papers/sign-off")).await;
    assert!(sheet.body.contains("单位审签单") && sheet.body.contains(ANSWER), "{}", sheet.body);
    let refused = send(&solo, &format!("{path}/sign-off"), &[("approve", "yes")], None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("拍照上传"), "it says what to do: {}", refused.body);
    let scan = Some(("attachments", "审签单.jpg"));
    let signed = send(&solo, &format!("{path}/sign-off"), &[("approve", "yes")], scan).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
    let office = signed_in(&test, Role::ShiftHead, OFFICE).await;
    assert!(office.get(&format!("/matters/{matter}")).await.body.contains("审签单.jpg"));
}

/// The text of a downloaded Word document.
async fn word(browser: &Browser, path: &str) -> String {
    let bytes = browser.get(path).await.bytes;
    let mut container = zip::ZipArchive::new(Cursor::new(bytes)).expect("a document");
    let mut text = String::new();
    container.by_name("word/document.xml").expect("its body").read_to_string(&mut text).expect("UTF-8");
    text
}

#[tokio::test]
async fn papers_of_a_confidential_matter_are_redacted_whoever_prints_them() {
    let test = city(Engine::Sqlite).await;
    let (matter, nodes) = assigned(&test, true, &[(LEAD, NodeRole::Lead)]).await;
    let path = format!("/matters/{matter}/nodes/{}", nodes[0]);
    let office = signed_in(&test, Role::ShiftHead, OFFICE).await;
    assert!(office.get(&format!("/matters/{matter}")).await.body.contains("巷口路灯"), "the office knows");
    let page = office.get(&format!("{path}/papers/assignment")).await.body;
    for said in [page, word(&office, &format!("{path}/papers/assignment.docx")).await] {
        assert!(
            said.contains("事项承办单") && said.contains("路灯不亮（已脱敏）") && said.contains("〔2026〕")
        );
        for private in ["巷口", "王师傅", PHONE, "示例机械"] {
            assert!(!said.contains(private), "{private} in {said}");
        }
    }
}

#[tokio::test]
async fn what_is_ticked_prints_on_a_page_each() {
    let test = city(Engine::Sqlite).await;
    let (one, first) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    let (other, second) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    let (foreign, third) = assigned(&test, false, &[(CO, NodeRole::Lead)]).await;
    let ticked = format!(
        "assignment={one}:{}&assignment={other}:{}&assignment={foreign}:{}",
        first[0], second[0], third[0]
    );
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let page = liaison.get(&format!("/desk/papers?{ticked}")).await.body;
    assert_eq!(page.matches("class=\"sheet\"").count(), 2, "another's is left out");
    let document = word(&liaison, &format!("/desk/papers?as=docx&{ticked}")).await;
    assert_eq!(document.matches("<w:pageBreakBefore/>").count(), 1);
    went_to(&liaison.get("/desk/papers").await, "/desk");
}

#[tokio::test]
async fn a_decline_comes_with_a_written_notice() {
    let test = city(Engine::Sqlite).await;
    let (intake, head) =
        (person(&test.app, Role::Intake, OFFICE).await, person(&test.app, Role::ShiftHead, OFFICE).await);
    let request = FileRequest {
        title: "要求提高判决金额".into(),
        text: "对判决不服。".into(),
        contact: ContactCard { name: "刘女士".into(), phone: PHONE.into(), ..ContactCard::default() },
        ..FileRequest::new(UnitId::from(OFFICE), Channel::Letter, AppealType::Help)
    };
    let written = test.app.write(move |work| {
        let id = matters::file(work, &By::Public, &request)?.id;
        let right_way = TextSealer::of(work, id)?.text(work, "请在判决送达后十五日内提出上诉。");
        let propose = Command::ProposeDecline { ground: DeclineGround::ALL[0], right_way };
        matters::act(work, &intake, id, None, &propose)?;
        Ok(id)
    });
    let id = written.await.expect("proposed");
    let office = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let path = format!("/matters/{id}/papers/decline");
    assert_eq!(office.get(&path).await.status, StatusCode::NOT_FOUND, "no notice before the decision");
    let decided = test.app.write(move |work| {
        matters::act(work, &head, id, None, &Command::DecideDecline { approve: true, reason: None }).map(drop)
    });
    decided.await.expect("declined");
    let notice = word(&office, &format!("{path}.docx")).await;
    for part in ["不予受理告知书", "刘女士：", "十五日内提出上诉", "告〔2026〕", "2026年11月18日"]
    {
        assert!(notice.contains(part), "{part} in {notice}");
    }
}
