//! What the office configures is what forms offer, papers say and appellants read.

use crate::inbox::assigned;
use crate::support::{city, signed_in};
use axum::http::StatusCode;
use demo::cast::OFFICE;
use kernel::UnitId;
use kernel::permission::Role;
use matters::FileRequest;
use matters::configuration::{self, Change, Document, grounds, templates};
use matters_rules::command::ContactCard;
use matters_rules::{AppealType, Channel, NodeRole, Salutation};
use platform::By;
use testkit::{Answer, Browser, Engine, TestApp};

const LEAD: &str = "ld-zj";
const CO: &str = "ld-cz";

pub async fn publish(test: &TestApp, document: Document, toml: String) {
    let note = String::new();
    let written = test.app.write(move |work| {
        let change = Change::Publish { toml: toml.clone(), note: note.clone() };
        configuration::act(work, &By::Operator, document, None, change).map(drop)
    });
    written.await.expect("published");
}

pub fn ok(answer: Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

/// The delivered grounds as another version, worded otherwise and with one retired.
fn reworded(version: u32, from: &str, name: &str, en: &str) -> String {
    grounds::DEFAULT
        .replacen("version = 1", &format!("version = {version}"), 1)
        .replacen("2022-01-01", from, 1)
        .replacen("zh = \"已进入诉讼、仲裁、行政复议程序\"", &format!("zh = \"{name}\""), 1)
        .replacen(
            "en = \"Before a court, in arbitration or under administrative review\"",
            &format!("en = \"{en}\""),
            1,
        )
        .replacen("code = \"secrecy\"", "code = \"secrecy\"\nretired = true", 1)
}

async fn in_english(browser: &Browser, path: &str) -> String {
    ok(browser.get(&format!("{path}?lang=en")).await)
}

async fn a_ground_is_worded_as_configured(engine: Engine) {
    let test = city(engine).await;
    let request = FileRequest {
        title: "要求提高判决金额".into(),
        text: "对判决不服。".into(),
        contact: ContactCard {
            name: "刘女士".into(), phone: "13800001234".into(), ..ContactCard::default()
        },
        ..FileRequest::new(UnitId::from(OFFICE), Channel::Letter, AppealType::Help)
    };
    let receipt =
        test.app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed");
    publish(&test, Document::Grounds, reworded(2, "2026-11-18", "正在打官司", "At court")).await;

    let intake = signed_in(&test, Role::Intake, OFFICE).await;
    let path = format!("/matters/{}/decline", receipt.id);
    let form = ok(intake.get(&path).await);
    assert!(form.contains("正在打官司") && form.contains("《信访工作条例》"), "{form}");
    assert!(!form.contains("已进入诉讼") && !form.contains("value=\"secrecy\""), "{form}");
    let typed = [("ground", "in_proceedings"), ("right_way", ""), ("phrase", "way:in_proceedings")];
    let sent: Vec<_> = typed.into_iter().chain([("insert", "yes")]).collect();
    let form = ok(intake.post(&path, &sent).await);
    assert!(form.contains(">请依法在原程序中主张权利。</textarea>"), "the way is filled in: {form}");
    assert!(form.contains("value=\"in_proceedings\" checked"), "the ground stays chosen: {form}");
    let english = in_english(&intake, &path).await;
    assert!(
        english.contains("At court") && english.contains("Regulations on Public Complaints"),
        "{english}"
    );
    assert!(english.contains("Reply templates"), "{english}");
    let fields = [("ground", "in_proceedings"), ("right_way", "请依法上诉。")];
    assert_eq!(intake.post(&path, &fields).await.status, StatusCode::SEE_OTHER);

    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let proposed = ok(head.get(&format!("{path}-decision")).await);
    assert!(proposed.contains("正在打官司"), "{proposed}");
    let decided = head.post(&format!("{path}-decision"), &[("approve", "yes")]).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
    publish(&test, Document::Grounds, reworded(3, "2026-11-19", "以后的说法", "Later words")).await;
    test.at("2026-11-20T01:30:00Z");

    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let notice = format!("/matters/{}/papers/decline", receipt.id);
    let said = ok(head.get(&notice).await);
    assert!(said.contains("理由：正在打官司。") && said.contains("依据：《信访工作条例》。"), "{said}");
    let said = in_english(&head, &notice).await;
    assert!(said.contains("At court") && !said.contains("Later words"), "{said}");
    let track = test.browser();
    let entered = track.post("/track", &[("number", &receipt.number), ("code", &receipt.code)]).await;
    let page = ok(track.get(&entered.location.expect("it goes on")).await);
    assert!(page.contains("正在打官司") && page.contains("依据：《信访工作条例》"), "{page}");
    assert!(!page.contains("已进入诉讼") && !page.contains("以后的说法"), "{page}");
    let page = in_english(&track, "/track/matter").await;
    assert!(page.contains("At court") && page.contains("Basis: Regulations on Public Complaints"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decline_says_what_was_configured_when_it_was_decided() {
    a_ground_is_worded_as_configured(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decline_says_what_was_configured_when_it_was_decided_on_postgres() {
    a_ground_is_worded_as_configured(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_of_the_verb_and_the_unit_is_inserted_filled_in() {
    let test = city(Engine::Sqlite).await;
    let own = format!(
        "\n[[template]]\ncode = \"own\"\nzh = \"本局答复\"\nen = \"Our own\"\nverbs = [\"respond\"]\nunit = \"{LEAD}\"\n\
         text = \"编号{{number}}，{{name}}：{{today}}已由{{unit}}办理，{{due}}前\"\n\
         [[template]]\ncode = \"other\"\nzh = \"别局答复\"\nverbs = [\"respond\"]\nunit = \"{CO}\"\ntext = \"无\"\n"
    );
    let text = templates::DEFAULT.replacen("version = 1", "version = 2", 1) + &own;
    publish(&test, Document::Templates, text).await;
    let (id, nodes) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let node = format!("/matters/{id}/nodes/{}", nodes[0]);
    assert_eq!(liaison.post(&format!("{node}/signature"), &[]).await.status, StatusCode::SEE_OTHER);
    let path = format!("{node}/response");
    let form = ok(liaison.get(&path).await);
    assert!(form.contains("本局答复") && form.contains("答复：已解决"), "{form}");
    assert!(
        !form.contains("别局答复") && !form.contains("请补充材料"),
        "another unit's, another verb's: {form}"
    );
    let english = in_english(&liaison, &path).await;
    assert!(english.contains("Our own") && english.contains("Answer: solved"), "{english}");

    let typed =
        [("outcome-1", "solved"), ("text", "先说一句。"), ("contact_text", "已电话联系"), ("phrase", "own")];
    let sent: Vec<_> = typed.into_iter().chain([("demands", "1"), ("insert", "yes")]).collect();
    let form = ok(liaison.post(&path, &sent).await);
    let shown = form.split_once("name=\"text\"").expect("the field").1.split_once('>').expect("a tag").1;
    let shown = shown.split("</textarea>").next().expect("a text");
    let number = seen_number(&test, id).await;
    assert!(shown.starts_with(&format!("先说一句。\n编号{number}，王师傅：11月18日已由")), "{shown}");
    assert!(shown.contains("11月") && !shown.contains('{'), "{shown}");
    assert!(
        form.contains("已电话联系") && form.contains("value=\"solved\" checked"),
        "nothing is lost: {form}"
    );
    assert!(!form.contains("error-summary"), "nothing is checked yet: {form}");

    let nothing = ok(liaison.post(&path, &[("text", "先说一句。"), ("insert", "yes")]).await);
    assert!(nothing.contains("先说一句。</textarea>"), "{nothing}");
    let page = ok(liaison.get(&format!("/matters/{id}")).await);
    assert!(page.contains("第 1 版办理流程与时限"), "the procedure it runs under: {page}");
    assert!(in_english(&liaison, &format!("/matters/{id}")).await.contains("Runs under version 1"));
}

async fn seen_number(test: &TestApp, id: kernel::MatterId) -> String {
    let view = test
        .app
        .read(move |snapshot, app| matters::view(snapshot, app, id, matters::Viewer::Appellant))
        .await
        .expect("the appellant sees it");
    view.number
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_to_the_appellant_offer_their_templates() {
    let test = city(Engine::Sqlite).await;
    let request = FileRequest {
        title: "办证材料反复退回".into(),
        text: "窗口三次退回材料。".into(),
        contact: ContactCard {
            name: "王建国".into(),
            phone: "13800001234".into(),
            salutation: Some(Salutation::Mr),
            ..ContactCard::default()
        },
        ..FileRequest::new(UnitId::from(OFFICE), Channel::Letter, AppealType::Help)
    };
    let receipt =
        test.app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed");
    let intake = signed_in(&test, Role::Intake, OFFICE).await;
    let path = format!("/matters/{}/completion", receipt.id);
    assert!(ok(intake.get(&path).await).contains("补正：请补充材料"));
    let form = ok(intake.post(&path, &[("phrase", "completion"), ("insert", "yes")]).await);
    assert!(form.contains("王建国先生，您好。"), "the form of address: {form}");
    let desk = ok(intake.get("/desk/work?tab=review&step=ask_completion").await);
    assert!(desk.contains("补正：请补充材料"), "the working desk shows the same form: {desk}");
    let message = ok(intake.get(&format!("/matters/{}/messages", receipt.id)).await);
    assert!(message.contains("进展告知") && !message.contains("答复：已解决"), "{message}");
}
