//! All of one's own appeals by a code sent to the e-mail given in them, over a real mail
//! server on loopback.

use crate::support::*;
use axum::http::StatusCode;
use matters::configuration::{self, Change, Document, notices};
use matters::enterprises::accounts;
use matters_rules::enterprise::{Basis, Person, RevocationReason};
use platform::By;
use platform::config::Mail;
use testkit::{Browser, Engine, MailServer, TestApp};

const EMAIL: &str = "wang@example.cn";

fn english(test: &TestApp) -> Browser {
    test.browser().with_header("accept-language", "en")
}

/// Asks for a code and takes it out of the mail.
async fn code(test: &TestApp, server: &MailServer, browser: &Browser, email: &str) -> Option<String> {
    assert_eq!(step(browser, "/own", &[("email", email)]).await, "/own/code");
    test.run_jobs().await;
    let mail = server.next()?;
    assert_eq!(mail.to, email.to_lowercase());
    let code = mail
        .content
        .lines()
        .map(str::trim)
        .find(|line| line.len() == 8 && line.bytes().all(|byte| byte.is_ascii_digit()));
    Some(code.unwrap_or_else(|| panic!("a code in {}", mail.content)).to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_of_an_address_sees_and_opens_what_names_it_and_nothing_else() {
    for engine in Engine::BOTH {
        let server = MailServer::start();
        let test = start_with(engine, server.settings()).await;
        let own = file_with_email(&test.browser(), EMAIL).await;
        let again = file_with_email(&test.browser(), "Wang@Example.CN").await;
        // The same telephone number, another's address.
        let other = file_with_email(&test.browser(), "zhang@example.cn").await;
        let browser = english(&test);
        assert_eq!(browser.get("/own/appeals").await.location.as_deref(), Some("/own"), "not yet");
        let code = code(&test, &server, &browser, EMAIL).await.expect("a mail");
        let wrong = browser.post("/own/code", &[("code", "00000000")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let stranger = test.browser();
        assert_eq!(step(&stranger, "/own/code", &[("code", &code)]).await, "/own", "another browser");
        let typed = format!("{} {}", &code[..4], &code[4..]);
        assert_eq!(step(&browser, "/own/code", &[("code", &typed)]).await, "/own/appeals");
        let list = browser.get("/own/appeals").await.body;
        assert!(list.contains(&own) && list.contains(&again) && !list.contains(&other), "{list}");
        let foreign = browser.post("/own/appeals", &[("number", &other)]).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        assert_eq!(step(&browser, "/own/appeals", &[("number", &own)]).await, "/track/matter");
        assert!(browser.get("/track/matter").await.body.contains(STORY));
        let renewed = receipt(&browser.post("/track/code", &[]).await);
        let phone = test.browser();
        assert_eq!(step(&phone, "/track", &[("number", &own), ("code", &renewed.1)]).await, "/track/matter");
        step(&browser, "/own/exit", &[]).await;
        assert_eq!(browser.get("/own/appeals").await.location.as_deref(), Some("/own"));
    }
}

/// Made up; the check character fits.
const FIRM: &str = "91350100M000100Y43";

/// What an officer does at the desk: the address is verified for the firm.
async fn verified(test: &TestApp, email: &'static str) -> kernel::AddressId {
    let request = accounts::Request {
        credit_code: FIRM.into(),
        enterprise: "演示甲厂".into(),
        person: Person { name: "张会计".into(), email: email.into(), ..Person::default() },
        basis: Basis::Licence,
        matter: None,
    };
    test.app
        .write(move |work| {
            accounts::verify(work, &By::Operator, &request)?;
            let app = work.app();
            Ok(accounts::memberships(work.tx, app, email)?[0].address)
        })
        .await
        .expect("verified")
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_one_enterprise_see_its_appeals_but_not_each_others_confidential_ones() {
    for engine in Engine::BOTH {
        let server = MailServer::start();
        let test = start_with(engine, server.settings()).await;
        let open = file_for_enterprise(&test.browser(), "qian@example.cn", FIRM, "no").await;
        let confidential = file_for_enterprise(&test.browser(), "qian@example.cn", FIRM, "yes").await;
        let foreign = file_with_email(&test.browser(), EMAIL).await;
        let stranger = english(&test);
        assert!(code(&test, &server, &stranger, "zhang@example.cn").await.is_none(), "not verified yet");

        let address = verified(&test, "zhang@example.cn").await;
        let browser = english(&test);
        let code = code(&test, &server, &browser, "Zhang@example.cn").await.expect("a mail");
        assert_eq!(step(&browser, "/own/code", &[("code", &code)]).await, "/own/appeals");
        let list = browser.get("/own/appeals").await.body;
        assert!(list.contains(&open) && !list.contains(&confidential) && !list.contains(&foreign), "{list}");
        let hidden = browser.post("/own/appeals", &[("number", &confidential)]).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);

        assert_eq!(step(&browser, "/own/appeals", &[("number", &open)]).await, "/track/matter");
        let page = browser.get("/track/matter").await.body;
        assert!(page.contains(STORY) && page.contains("A colleague at your enterprise"));
        assert!(!page.contains("13800005678") && !page.contains("钱工"), "not how to reach who filed it");
        assert!(!page.contains("/track/withdrawal") && !page.contains("/track/code"));
        assert_eq!(browser.get("/track/withdrawal").await.location.as_deref(), Some("/track/matter"));
        assert_eq!(step(&browser, "/track/code", &[]).await, "/track/matter", "the code stays the filer's");
        assert_eq!(
            step(&browser, "/track/message", &[("message", "变压器铭牌照片随后补上")]).await,
            "/track/matter"
        );

        let used = test.app.read(move |snapshot, app| accounts::account(snapshot, app, FIRM));
        assert!(used.await.expect("an account").1[0].used_at.is_some(), "each use is noted");
        let revoke = |work: &mut platform::Work<'_>, address| {
            accounts::revoke(work, &By::Operator, FIRM, address, RevocationReason::Left)
        };
        test.app.write(move |work| revoke(work, address)).await.expect("taken back");
        assert_eq!(browser.get("/track/matter").await.location.as_deref(), Some("/track?again"), "at once");
        assert!(!browser.get("/own/appeals").await.body.contains(&open));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_is_answered_alike_and_gets_no_mail() {
    let server = MailServer::start();
    let test = start_with(Engine::Sqlite, server.settings()).await;
    file_with_email(&test.browser(), EMAIL).await;
    let (known, unknown) = (english(&test), english(&test));
    assert!(code(&test, &server, &known, EMAIL).await.is_some());
    assert!(code(&test, &server, &unknown, "nobody@example.cn").await.is_none());
    assert_eq!(known.get("/own/code").await.body, unknown.get("/own/code").await.body);
    for browser in [&known, &unknown] {
        let wrong = browser.post("/own/code", &[("code", "12")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_dies_of_time_and_of_wrong_tries_and_few_are_sent() {
    let server = MailServer::start();
    let test = start_with(Engine::Sqlite, server.settings()).await;
    file_with_email(&test.browser(), EMAIL).await;
    let browser = english(&test);
    let tried = code(&test, &server, &browser, EMAIL).await.expect("a mail");
    for _ in 0..4 {
        browser.post("/own/code", &[("code", "1")]).await;
    }
    assert_eq!(step(&browser, "/own/code", &[("code", "1")]).await, "/own?gone");
    assert_eq!(step(&browser, "/own/code", &[("code", &tried)]).await, "/own?gone");
    let late = code(&test, &server, &browser, EMAIL).await.expect("another");
    test.at("2022-06-01T09:10:01+08:00");
    assert_eq!(step(&browser, "/own/code", &[("code", &late)]).await, "/own?gone");
    for email in [EMAIL, "nobody@example.cn"] {
        let mut last = StatusCode::SEE_OTHER;
        for _ in 0..6 {
            last = test.browser().post("/own", &[("email", email)]).await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "{email}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_is_worded_as_the_office_configures_it() {
    let server = MailServer::start();
    let test = start_with(Engine::Sqlite, server.settings()).await;
    file_with_email(&test.browser(), EMAIL).await;
    let delivered = notices::DEFAULT.replacen("version = 1", "version = 2", 1);
    let (before, _) = delivered.split_once("code = \"one_time_code\"").expect("the occasion");
    let worded = "code = \"one_time_code\"\nsubject_zh = \"Zhengwu {minutes}\"\ntext_zh = \"Ma:\\n{code}\"\n\
                  subject_en = \"Office {minutes}\"\ntext_en = \"Pin:\\n{code}\"\n";
    let toml = format!("{before}{worded}");
    let published = test.app.write(move |work| {
        let change = Change::Publish { toml: toml.clone(), note: String::new() };
        configuration::act(work, &By::Operator, Document::Notices, None, change).map(drop)
    });
    published.await.expect("published");
    for (browser, subject, word) in
        [(english(&test), "Office 10", "Pin:"), (test.browser(), "Zhengwu 10", "Ma:")]
    {
        assert_eq!(step(&browser, "/own", &[("email", EMAIL)]).await, "/own/code");
        test.run_jobs().await;
        let mail = server.next().expect("a mail").content;
        assert!(mail.contains(&format!("Subject: {subject}")) && mail.contains(word), "{mail}");
        let code = mail.lines().map(str::trim).find(|line| line.len() == 8 && line.parse::<u32>().is_ok());
        assert_eq!(step(&browser, "/own/code", &[("code", code.expect("a code"))]).await, "/own/appeals");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_busy_loses_nothing() {
    let server = MailServer::start();
    let test = start_with(Engine::Sqlite, server.settings()).await;
    file_with_email(&test.browser(), EMAIL).await;
    server.is_busy_for(1);
    let browser = english(&test);
    assert!(code(&test, &server, &browser, EMAIL).await.is_none());
    test.at("2022-06-01T09:05:00+08:00");
    test.run_jobs().await;
    assert!(server.next().is_some(), "the job tried again");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_short_messages_are_sent_a_telephone_number_does_too() {
    for engine in Engine::BOTH {
        let test = start_with(engine, Mail::Outbox).await;
        let own = file_with_email(&test.browser(), EMAIL).await;
        let browser = test.browser();
        for wrong in ["", "12345", "0738-8312345"] {
            let told = browser.post("/own", &[("email", wrong)]).await;
            assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        assert_eq!(step(&browser, "/own", &[("email", "138 0000 1234")]).await, "/own/code");
        test.run_jobs().await;
        let sent = test.app.read(|snapshot, app| mail::outbox::latest(snapshot, app)).await.expect("reads");
        let [sent] = sent.as_slice() else { panic!("{} messages", sent.len()) };
        assert!(sent.message.channel == mail::Channel::Sms && sent.message.to == "13800001234");
        let words = sent.message.text.split(|c: char| !c.is_ascii_digit());
        let entered = words.into_iter().find(|word| word.len() == 8).expect("a code in the message");
        assert_eq!(step(&browser, "/own/code", &[("code", entered)]).await, "/own/appeals");
        assert!(browser.get("/own/appeals").await.body.contains(&own));
        let stranger = test.browser();
        assert_eq!(
            step(&stranger, "/own", &[("email", "13900009999")]).await,
            "/own/code",
            "nothing is told"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mail_server_the_page_says_so() {
    let test = start_with(Engine::Sqlite, Mail::Off).await;
    let page = test.browser().get("/own").await.body;
    assert!(page.contains("尚未开通短信和邮件发送") && !page.contains("name=\"email\""), "{page}");
    assert_eq!(test.browser().get("/outbox").await.status, StatusCode::NOT_FOUND);
}
