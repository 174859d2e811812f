//! Who is told what: the unit that gets a matter, who is late with one, the appellant by mail;
//! once each, whatever is run again, and nothing lost while a mail server is away.

use crate::configured::{ok, publish};
use crate::inbox::assigned;
use crate::support::{city_with, on_both_engines, person, signed_in};
use axum::http::StatusCode;
use demo::cast::OFFICE;
use kernel::permission::Role;
use kernel::time::Instant;
use kernel::{MatterId, Source, UnitId};
use matters::FileRequest;
use matters::configuration::{Document, notices as notices_document};
use matters_rules::command::{ContactCard, Supervise};
use matters_rules::{Addressee, AppealType, Channel, Command, Measure, NodeRole};
use platform::By;
use platform::config::{Carried, Config, Gateway, Mail, Outward};
use testkit::{Browser, Engine, Got, HttpReceiver, MailServer, Received, TestApp};

const LEAD: &str = "ld-zj";
const EMAIL: &str = "wang@example.cn";

fn appeal(title: &str) -> FileRequest {
    FileRequest {
        title: title.into(),
        text: "对判决不服。".into(),
        contact: ContactCard {
            name: "王先生".into(),
            phone: "13800001234".into(),
            email: EMAIL.into(),
            ..ContactCard::default()
        },
        ..FileRequest::new(UnitId::from(OFFICE), Channel::Online, AppealType::Help)
    }
}

async fn with_mail(engine: Engine, server: &MailServer) -> TestApp {
    city_with(engine, Config { mail: server.settings(), ..Config::default() }).await
}

/// Everything that is to happen now happens.
async fn settle(test: &TestApp) {
    test.follow().await;
    test.run_jobs().await;
}

fn all(server: &MailServer) -> Vec<Received> {
    std::iter::from_fn(|| server.next()).collect()
}

/// The notices in a person's list: address of each, newest first.
async fn listed(browser: &Browser) -> (String, Vec<String>) {
    let page = ok(browser.get("/me/notices").await);
    let opens = page.split("action=\"/me/notices/").skip(1).filter_map(|rest| rest.split('"').next());
    let opens =
        opens.filter(|rest| rest.bytes().all(|b| b.is_ascii_digit())).map(|n| format!("/me/notices/{n}"));
    (page.clone(), opens.collect())
}

async fn a_unit_is_told(engine: Engine) {
    let test = city_with(engine, Config::default()).await;
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let (id, nodes) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    settle(&test).await;
    settle(&test).await;
    let (page, opens) = listed(&liaison).await;
    assert_eq!(opens.len(), 1, "told once: {page}");
    assert!(page.contains("新派单：") && page.contains("1 条未读") && page.contains("路灯"), "{page}");
    let opened = liaison.post(&opens[0], &[]).await;
    assert_eq!(opened.location, Some(format!("/matters/{id}/nodes/{}", nodes[0])));
    assert!(listed(&liaison).await.0.contains("没有未读通知"));
    let other = signed_in(&test, Role::UnitLiaison, "ld-cz").await;
    assert!(listed(&other).await.1.is_empty(), "another unit's affair");
    assert_eq!(other.post(&opens[0], &[]).await.status, StatusCode::NOT_FOUND);
    let office = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let matter = ok(office.get(&format!("/matters/{id}")).await);
    assert!(matter.contains("通知记录") && matter.contains("新派单"), "{matter}");

    let object = [("ground", "not_our_duty"), ("basis", "三定规定第七条")];
    let path = format!("/matters/{id}/nodes/{}/objection", nodes[0]);
    assert_eq!(liaison.post(&path, &object).await.status, StatusCode::SEE_OTHER);
    settle(&test).await;
    let (page, opens) = listed(&office).await;
    assert!(page.contains("派单异议待裁定：") && opens.len() == 1, "{page}");
    assert_eq!(office.post("/me/notices/read", &[]).await.status, StatusCode::SEE_OTHER);
    assert!(listed(&office).await.0.contains("没有未读通知"));
    assert_eq!(listed(&liaison).await.1.len(), 1, "nobody is told what they did themselves");
}

async fn limits_are_told(engine: Engine) {
    let test = city_with(engine, Config::default()).await;
    for role in [Role::UnitLiaison, Role::UnitHead] {
        person(&test.app, role, LEAD).await;
    }
    assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    settle(&test).await;
    // The last of seven working days; whoever logged in nine days ago has to again.
    test.at("2026-11-27T08:00:00Z");
    settle(&test).await;
    let (page, _) = listed(&signed_in(&test, Role::UnitLiaison, LEAD).await).await;
    assert!(page.contains("即将超时："), "{page}");
    let (_, opens) = listed(&signed_in(&test, Role::UnitHead, LEAD).await).await;
    assert!(opens.is_empty(), "no head is troubled yet");
    test.at("2026-11-28T01:00:00Z");
    settle(&test).await;
    settle(&test).await;
    let (page, opens) = listed(&signed_in(&test, Role::UnitHead, LEAD).await).await;
    assert!(page.contains("已超时：") && opens.len() == 1, "{page}");
    let (page, opens) = listed(&signed_in(&test, Role::UnitLiaison, LEAD).await).await;
    assert_eq!(opens.len(), 3, "{page}");
}

async fn an_escalation_reaches_whom_it_is_for(engine: Engine) {
    const COUNTY: &str = "lx-platform";
    let test = city_with(engine, Config::default()).await;
    for (role, unit) in
        [(Role::UnitHead, LEAD), (Role::UnitHead, COUNTY), (Role::ShiftHead, OFFICE), (Role::Leader, "ld")]
    {
        person(&test.app, role, unit).await;
    }
    let (matter, nodes) = assigned(&test, false, &[(LEAD, NodeRole::Lead), (COUNTY, NodeRole::Co)]).await;
    let supervisor = person(&test.app, Role::Supervisor, OFFICE).await;
    let escalate = async |node: usize, to: Addressee| {
        let (by, node) = (supervisor.clone(), Some(nodes[node]));
        let written = test.app.write(move |work| {
            let measure = Measure::Escalation;
            let wanted = Supervise { node, measure, to, text: None, slip: None, trigger: None };
            matters::act(work, &by, matter, None, &Command::Supervise(Box::new(wanted))).map(drop)
        });
        written.await.expect("escalated");
        settle(&test).await;
    };
    let told = async |role: Role, unit: &str| listed(&signed_in(&test, role, unit).await).await.1.len();
    settle(&test).await;
    let shift = told(Role::ShiftHead, OFFICE).await;
    escalate(0, Addressee::UnitHead).await;
    assert_eq!((told(Role::UnitHead, LEAD).await, told(Role::UnitHead, COUNTY).await), (1, 0));
    escalate(1, Addressee::County).await;
    assert_eq!(told(Role::UnitHead, COUNTY).await, 1, "the county's platform answers for its units");
    assert_eq!(told(Role::ShiftHead, OFFICE).await, shift);
    escalate(0, Addressee::County).await;
    assert_eq!(told(Role::ShiftHead, OFFICE).await, shift + 1, "a unit of the city has no county above it");
    assert_eq!(told(Role::Leader, "ld").await, 0);
    escalate(0, Addressee::Leader).await;
    assert_eq!(told(Role::Leader, "ld").await, 1);
}

async fn a_gateway_carries_short_messages(engine: Engine) {
    let provider = HttpReceiver::start().await;
    let test = city_with(engine, by_gateway(&provider, vec![Carried::Sms])).await;
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let page = ok(liaison.get("/me/notices/settings").await);
    assert!(
        page.contains("同时发送短信") && !page.contains("企业微信"),
        "what is carried is offered: {page}"
    );
    let chosen = [("by_sms", "yes"), ("phone", "139 0000"), ("when", "at_once")];
    let wrong = liaison.post("/me/notices/settings", &chosen).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("11 位手机号码"));
    let chosen = [("by_sms", "yes"), ("phone", "13900001111"), ("when", "at_once")];
    assert!(liaison.post("/me/notices/settings", &chosen).await.status.is_redirection());
    provider.answers(503);
    let (matter, _) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    settle(&test).await;
    let first = provider.take();
    assert!(!first.is_empty(), "it was tried");
    provider.answers(204);
    test.at("2026-11-18T03:00:00Z");
    settle(&test).await;
    let to_unit: Vec<Got> =
        provider.take().into_iter().filter(|got| got.body.contains("13900001111")).collect();
    let [got] = to_unit.as_slice() else {
        panic!("once, while the provider was away nothing is lost: {to_unit:?}")
    };
    let sent: serde_json::Value = serde_json::from_str(&got.body).expect("JSON");
    assert_eq!(sent["channel"], "sms");
    assert!(sent["text"].as_str().is_some_and(|text| text.contains("签收")), "{sent}");
    assert!(!got.body.contains("路灯"), "nothing of what it is about: {sent}");
    let before = first.iter().find(|got| got.body.contains("13900001111")).expect("the first try");
    assert_eq!(before.headers["webhook-id"], got.headers["webhook-id"], "a provider can tell it is the same");
    settle(&test).await;
    assert!(provider.take().is_empty());
    let page = ok(signed_in(&test, Role::ShiftHead, OFFICE).await.get(&format!("/matters/{matter}")).await);
    assert!(page.contains("短信"), "the matter says how they were told: {page}");

    // All of a day in one goes by the way that was chosen; a provider that is away loses nothing.
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let chosen = [("by_sms", "yes"), ("phone", "13900001111"), ("when", "digest"), ("digest", "11:30")];
    assert!(liaison.post("/me/notices/settings", &chosen).await.status.is_redirection());
    let of_unit =
        |got: Vec<Got>| got.into_iter().filter(|got| got.body.contains("13900001111")).collect::<Vec<_>>();
    for _ in 0..2 {
        assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
        settle(&test).await;
    }
    assert!(of_unit(provider.take()).is_empty());
    provider.answers(503);
    test.at("2026-11-18T03:30:00Z");
    settle(&test).await;
    assert!(!of_unit(provider.take()).is_empty(), "it was tried");
    provider.answers(204);
    test.at("2026-11-18T05:00:00Z");
    settle(&test).await;
    let got = of_unit(provider.take());
    assert_eq!(got.len(), 1, "both in one: {got:?}");
    settle(&test).await;
    assert!(of_unit(provider.take()).is_empty());
}

fn by_gateway(provider: &HttpReceiver, carries: Vec<Carried>) -> Config {
    let gateway = Gateway { url: provider.url(), secret: outward::secret([3; 24]), carries };
    Config { outward: Outward { hosts: Vec::new(), gateway: Some(gateway) }, ..Config::default() }
}

/// One adapter for all: WeCom and DingTalk differ in the name of the way and in the address alone;
/// what is said are the office's own words.
async fn messengers_carry_the_offices_words(engine: Engine) {
    for (carried, way, name) in
        [(Carried::Wecom, "wecom", "企业微信"), (Carried::Dingtalk, "dingtalk", "钉钉")]
    {
        let provider = HttpReceiver::start().await;
        let test = city_with(engine, by_gateway(&provider, vec![carried])).await;
        let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
        let page = ok(liaison.get("/me/notices/settings").await);
        assert!(page.contains(name) && !page.contains("同时发送短信"), "what is carried is offered: {page}");
        let unnamed =
            liaison.post("/me/notices/settings", &[("by_messenger", "yes"), ("when", "at_once")]).await;
        assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unnamed.body);
        let chosen = [("by_messenger", "yes"), ("messenger", "zj.desk"), ("when", "at_once")];
        assert!(liaison.post("/me/notices/settings", &chosen).await.status.is_redirection());
        let own = notices_document::DEFAULT.replacen("version = 1", "version = 2", 1).replacen(
            "请及时签收",
            "请马上签收",
            1,
        );
        publish(&test, Document::Notices, own).await;
        let (matter, _) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
        settle(&test).await;
        let got: Vec<Got> = provider.take().into_iter().filter(|got| got.body.contains("zj.desk")).collect();
        let [got] = got.as_slice() else { panic!("once: {got:?}") };
        let sent: serde_json::Value = serde_json::from_str(&got.body).expect("JSON");
        assert_eq!((&sent["channel"], &sent["to"]), (&way.into(), &"zj.desk".into()), "{sent}");
        assert!(got.body.contains("请马上签收"), "{sent}");
        let office = signed_in(&test, Role::ShiftHead, OFFICE).await;
        let page = ok(office.get(&format!("/matters/{matter}")).await);
        assert!(page.contains(name) && page.contains("通知记录"), "whom it went to and how: {page}");
        assert!(!page.contains("zj.desk"), "{page}");
    }
}

/// A matter of which the unit's liaison is told by text message while the provider stays away for
/// longer than a job tries.
async fn given_up_while_away(test: &TestApp, provider: &HttpReceiver) -> MatterId {
    let liaison = signed_in(test, Role::UnitLiaison, LEAD).await;
    let chosen = [("by_sms", "yes"), ("phone", "13900001111"), ("when", "at_once")];
    assert!(liaison.post("/me/notices/settings", &chosen).await.status.is_redirection());
    provider.answers(503);
    let (matter, _) = assigned(test, false, &[(LEAD, NodeRole::Lead)]).await;
    test.follow().await;
    for hour in 2..14 {
        test.at(&format!("2026-11-18T{hour:02}:00:00Z"));
        test.run_jobs().await;
    }
    matter
}

/// A provider that stays away longer than a job tries: the letter lies where the system's
/// administrator sees it, and goes out when it is sent again.
async fn a_dead_letter_goes_out_again(engine: Engine) {
    let provider = HttpReceiver::start().await;
    let test = city_with(engine, by_gateway(&provider, vec![Carried::Sms])).await;
    let matter = given_up_while_away(&test, &provider).await;
    provider.take();
    provider.answers(204);
    test.at("2026-11-19T02:00:00Z");
    test.run_jobs().await;
    assert!(provider.take().iter().all(|got| !got.body.contains("13900001111")), "it was given up");
    let admin = signed_in(&test, Role::AdminSystem, "ld").await;
    let dead = ok(admin.get("/admin/jobs").await);
    let office = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let seen = ok(office.get(&format!("/matters/{matter}")).await);
    assert!(!seen.contains("短信已发送") && seen.contains("短信多次发送未成功，尚未送达"), "{seen}");
    retry_all(&admin, &dead).await;
    test.run_jobs().await;
    let got = provider.take().into_iter().filter(|got| got.body.contains("13900001111")).count();
    assert_eq!(got, 1);
    let office = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let seen = ok(office.get(&format!("/matters/{matter}")).await);
    assert!(seen.contains("短信已发送") && !seen.contains("未成功"), "{seen}");
    let admin = signed_in(&test, Role::AdminSystem, "ld").await;
    assert!(ok(admin.get("/admin/jobs").await).contains("没有失败的任务"));
}

/// Sends everything again that lies on the page of failed jobs.
async fn retry_all(admin: &Browser, dead: &str) {
    let actions = dead.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let again: Vec<&str> = actions.filter(|action| action.ends_with("/retry")).collect();
    assert!(!again.is_empty(), "it lies on the page: {dead}");
    for action in again {
        assert!(admin.post(action, &[]).await.status.is_redirection(), "{action}");
    }
}

/// What nobody could deliver while it was of use is not sent, and said: sent again from the page
/// of failed jobs too late, or first tried too late because the platform itself was away.
async fn what_is_too_late_is_never_dropped_without_a_word(engine: Engine) {
    let provider = HttpReceiver::start().await;
    let test = city_with(engine, by_gateway(&provider, vec![Carried::Sms])).await;
    let tried = given_up_while_away(&test, &provider).await;
    let (waited, _) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    test.follow().await;
    provider.answers(204);
    test.at("2026-11-23T02:00:00Z");
    let admin = signed_in(&test, Role::AdminSystem, "ld").await;
    let dead = ok(admin.get("/admin/jobs").await);
    retry_all(&admin, &dead).await;
    provider.take();
    test.run_jobs().await;
    assert!(provider.take().iter().all(|got| !got.body.contains("已派给")), "five days old");
    let office = signed_in(&test, Role::ShiftHead, OFFICE).await;
    for matter in [tried, waited] {
        let seen = ok(office.get(&format!("/matters/{matter}")).await);
        assert!(seen.contains("短信无法送达") && !seen.contains("未成功"), "{seen}");
    }
    assert!(ok(admin.get("/admin/jobs").await).contains("没有失败的任务"));
    assert!(test.app.store.rebuild_check().await.expect("compares").is_empty());
}

async fn an_appellant_is_written_to(engine: Engine) {
    let server = MailServer::start();
    let test = with_mail(engine, &server).await;
    let request = appeal("要求提高判决金额");
    let receipt =
        test.app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed");
    server.is_busy_for(1);
    settle(&test).await;
    assert!(all(&server).is_empty(), "the server turned it away");
    let office = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let path = format!("/matters/{}", receipt.id);
    assert!(!ok(office.get(&path).await).contains("邮件已发送"));
    test.at("2026-11-18T01:31:00Z");
    settle(&test).await;
    let mails = all(&server);
    assert_eq!(mails.len(), 1, "nothing is lost");
    assert_eq!(mails[0].to, EMAIL);
    assert!(!mails[0].content.contains("判决"), "nothing of the appeal itself: {}", mails[0].content);
    settle(&test).await;
    assert!(all(&server).is_empty(), "and nothing is sent twice");
    let page = ok(office.get(&path).await);
    assert!(page.contains("登记回执") && page.contains("诉求人 · 邮件已发送"), "{page}");
    assert!(!page.contains(EMAIL), "{page}");

    let old = appeal("旧系统里的事");
    let at = Instant::parse("2022-06-15T09:00:00+08:00").expect("a moment");
    let replayed =
        test.app.write_occurred(Source::Replayed, at, move |work| matters::file(work, &By::Public, &old));
    replayed.await.expect("filed");
    settle(&test).await;
    assert!(all(&server).is_empty(), "what is replayed is no news");
}

async fn mail_waits_for_the_morning(engine: Engine) {
    let server = MailServer::start();
    let test = with_mail(engine, &server).await;
    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let path = "/me/notices/settings";
    let wrong = liaison.post(path, &[("by_mail", "yes"), ("email", "nobody"), ("when", "at_once")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("邮箱地址格式不正确") && wrong.body.contains("value=\"nobody\""),
        "{}",
        wrong.body
    );
    let quiet = [
        ("by_mail", "yes"),
        ("email", "desk@example.cn"),
        ("when", "at_once"),
        ("quiet", "yes"),
        ("quiet_from", "22:00"),
        ("quiet_to", "07:00"),
    ];
    assert_eq!(liaison.post(path, &quiet).await.status, StatusCode::SEE_OTHER);
    assert!(ok(liaison.get(path).await).contains("desk@example.cn"));
    test.at("2026-11-18T15:00:00Z");
    assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    settle(&test).await;
    assert!(all(&server).is_empty(), "it is eleven at night");
    test.at("2026-11-18T23:00:00Z");
    settle(&test).await;
    let mails = all(&server);
    assert_eq!(mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["desk@example.cn"]);

    let liaison = signed_in(&test, Role::UnitLiaison, LEAD).await;
    let digest = [("by_mail", "yes"), ("email", "desk@example.cn"), ("when", "digest"), ("digest", "08:30")];
    assert_eq!(liaison.post(path, &digest).await.status, StatusCode::SEE_OTHER);
    for _ in 0..2 {
        assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
        settle(&test).await;
    }
    assert!(all(&server).is_empty());
    test.at("2026-11-19T00:30:00Z");
    settle(&test).await;
    assert_eq!(all(&server).len(), 1, "both in one");
}

#[tokio::test]
async fn the_count_of_new_notices_is_told_to_an_open_page() {
    let test = city_with(Engine::Sqlite, Config { mail: Mail::Off, ..Config::default() }).await;
    let By::Person { account, .. } = person(&test.app, Role::UnitLiaison, LEAD).await else {
        panic!("a person is a person")
    };
    assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    test.follow().await;
    let unread = test.app.read(move |snapshot, app| notices::read::unread(snapshot, app, account)).await;
    assert_eq!(unread.expect("read"), 1);
    let anyone = test.browser().get("/me/notices/live").await;
    assert!(anyone.status.is_redirection() || anyone.status == StatusCode::UNAUTHORIZED, "{}", anyone.status);
}

on_both_engines! {
    engine:
    a_unit_is_told_once_and_reads_it_on_sqlite, a_unit_is_told_once_and_reads_it_on_postgres => a_unit_is_told;
    limits_are_told_before_and_after_on_sqlite, limits_are_told_before_and_after_on_postgres => limits_are_told;
    an_escalation_is_told_on_sqlite, an_escalation_is_told_on_postgres => an_escalation_reaches_whom_it_is_for;
    short_messages_go_by_the_gateway_on_sqlite, short_messages_go_by_the_gateway_on_postgres => a_gateway_carries_short_messages;
    messengers_carry_the_offices_words_on_sqlite, messengers_carry_the_offices_words_on_postgres => messengers_carry_the_offices_words;
    a_dead_letter_goes_out_again_on_sqlite, a_dead_letter_goes_out_again_on_postgres => a_dead_letter_goes_out_again;
    what_is_too_late_is_said_on_sqlite, what_is_too_late_is_said_on_postgres => what_is_too_late_is_never_dropped_without_a_word;
    an_appellant_is_written_to_once_on_sqlite, an_appellant_is_written_to_once_on_postgres => an_appellant_is_written_to;
    mail_waits_for_the_morning_on_sqlite, mail_waits_for_the_morning_on_postgres => mail_waits_for_the_morning;
}
