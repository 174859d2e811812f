//! From a ledger into the loop: a difficulty becomes an appeal in one click, a promise a task.

use crate::support::{City, on_both_engines, pair, person};
use kernel::NodeId;
use kernel::permission::Role;
use matters::{Matters, TextSealer};
use matters_rules::command::{Assignee, Command, DemandResult, Respond};
use matters_rules::{ContactWay, MatterKind, NodeRole, Outcome};
use platform::{Failure, Work};
use store::Query;

on_both_engines! {
    a_difficulty_becomes_an_appeal_that_both_sides_name;
    a_promise_becomes_a_task_that_is_due_on_the_day_promised_and_tells_when_it_is_kept;
    a_promise_whose_day_is_over_becomes_a_task_with_the_limit_of_its_procedure;
    what_may_be_made_of_a_record_is_a_right_of_its_own;
    the_api_hands_difficulties_and_promises_in_as_the_page_does;
}

async fn a_difficulty_becomes_an_appeal_that_both_sides_name(city: City) {
    let id = pair(&city, "娄商001").await;
    let base = format!("/registers/liaison/records/{id}");
    let contact = [
        ("contact-on", "2022-08-20"),
        ("contact-way", "visit"),
        ("contact-about", "走访企业"),
        ("contact-difficulty", "厂区门口道路破损，大货车进出困难"),
    ];
    assert!(city.browser.post(&format!("{base}/contacts"), &contact).await.status.is_redirection());
    let page = city.browser.get(&base).await;
    let start = page.body.find("/contacts/").expect("it may become an appeal") + "/contacts/".len();
    let line = page.body[start..start + 36].to_owned();
    let made = city.browser.post(&format!("{base}/contacts/{line}/appeal"), &[]).await;
    assert!(made.status.is_redirection(), "{} {}", made.status, made.body);
    let page = city.browser.get(&base).await;
    let number = city
        .test
        .app
        .read(move |q, _| {
            let sql = "select m.number, m.id from matter m join register_contact c on c.appeal = m.id";
            let row = q.query_one(sql, &[])?;
            Ok((row.text(0)?, row.text(1)?))
        })
        .await;
    let (number, matter) = number.expect("the appeal and the contact name each other");
    assert!(page.body.contains(&number) && page.body.contains("待审"), "{}", page.body);
    assert!(!page.body.contains(&matter), "who may not read matters is not led to one");
    let again = city.browser.post(&format!("{base}/contacts/{line}/appeal"), &[]).await;
    assert_eq!(again.status, 422, "once only");
    let count = city.test.app.read(|q, _| Ok(q.query_one("select count(*) from matter", &[])?.int(0)?)).await;
    assert_eq!(count.expect("a count"), 1, "the refused one left nothing behind");
}

async fn promised(city: &crate::support::City, id: &str, by: &str) -> String {
    let base = format!("/registers/liaison/records/{id}");
    let contact = [
        ("contact-on", "2022-08-20"),
        ("contact-way", "visit"),
        ("contact-about", "座谈返乡办厂"),
        ("contact-promise", "协调园区月底前接通厂区用水"),
        ("contact-promised_by", by),
    ];
    assert!(city.browser.post(&format!("{base}/contacts"), &contact).await.status.is_redirection());
    let page = city.browser.get(&base).await;
    let start = page.body.find("/contacts/").expect("it may become a matter") + "/contacts/".len();
    page.body[start..start + 36].to_owned()
}

async fn matter_of_promise(city: &crate::support::City) -> kernel::MatterId {
    let read = city.test.app.read(|q, _| {
        let row = q.query_one("select matter from register_contact where matter is not null", &[])?;
        Ok(row.text(0)?)
    });
    read.await.expect("the promise names it").parse().expect("an id")
}

/// Somebody of a unit acts on a matter; of its assignment there is at most one.
async fn acts(
    city: &crate::support::City,
    (role, path): (Role, &str),
    id: kernel::MatterId,
    command: impl Fn(&mut Work<'_>, NodeId, &TextSealer) -> Result<Command, Failure> + Send + 'static,
) {
    let by = person(role, path, role as u128 + 50).by();
    let acted = city.test.app.write(move |work| {
        let sealer = TextSealer::of(work, id)?;
        let node = work.load::<Matters>(&id.to_string())?.state.nodes.first().map(|node| node.id);
        let command = command(work, node.unwrap_or(NodeId(uuid::Uuid::nil())), &sealer)?;
        matters::act(work, &by, id, None, &command).map(drop)
    });
    acted.await.expect("it may be done");
}

/// The county's office takes it, reports it done, and is believed.
async fn done(city: &crate::support::City, matter: kernel::MatterId) {
    let (dispatcher, unit) = ((Role::Dispatcher, "cc/c-office/"), "cc/xx/");
    acts(city, dispatcher, matter, |_, _, _| {
        let unit = Assignee { unit: "xx".into(), role: NodeRole::Lead, duty_item: None, instruction: None };
        Ok(Command::Assign { parent: None, to: vec![unit] })
    })
    .await;
    acts(city, (Role::UnitLiaison, unit), matter, |_, node, _| Ok(Command::Sign { node })).await;
    acts(city, (Role::UnitLiaison, unit), matter, |work, node, sealer| {
        Ok(Command::Respond(Box::new(Respond {
            node,
            contact: None,
            way: ContactWay::Platform,
            results: vec![DemandResult { demand: 1, outcome: Outcome::Solved }],
            text: sealer.answer(work, "已于8月22日接通厂区用水。")?,
            answered_at: work.now(),
            attachments: Vec::new(),
            note: None,
        })))
    })
    .await;
    acts(city, (Role::UnitHead, unit), matter, |_, node, _| {
        Ok(Command::SignOff { node, approve: true, scan: None, reason: None })
    })
    .await;
    acts(city, dispatcher, matter, |_, node, _| Ok(Command::Review { node, approve: true, reason: None }))
        .await;
}

async fn a_promise_becomes_a_task_that_is_due_on_the_day_promised_and_tells_when_it_is_kept(city: City) {
    let id = pair(&city, "娄商002").await;
    let base = format!("/registers/liaison/records/{id}");
    let line = promised(&city, &id, "2022-09-30").await;
    let made = city.browser.post(&format!("{base}/contacts/{line}/matter"), &[]).await;
    assert!(made.status.is_redirection(), "{} {}", made.status, made.body);
    assert_eq!(city.browser.post(&format!("{base}/contacts/{line}/matter"), &[]).await.status, 422, "once");
    let by_hand = city.browser.post(&format!("{base}/contacts/{line}/promise"), &[]).await;
    assert!(by_hand.status == 422 && by_hand.body.contains("自动标记兑现"), "{}", by_hand.body);

    let matter = matter_of_promise(&city).await;
    let read = city.test.app.write(move |work| {
        let task = work.load::<Matters>(&matter.to_string())?.state;
        Ok((task.kind, task.number, task.source_number, task.raised.due.map(|day| day.to_string())))
    });
    let (kind, number, source, due) = read.await.expect("it is there");
    assert_eq!((kind, due.as_deref()), (MatterKind::Task, Some("2022-09-30")));
    assert_eq!(source.as_deref(), Some(format!("register:liaison/{id}").as_str()), "it names the record");
    let page = city.browser.get(&base).await;
    assert!(page.body.contains(&number), "the record names it: {}", page.body);
    assert!(page.body.contains("2022年9月30日 前办结"), "{}", page.body);
    assert!(!page.body.contains("已兑现"), "{}", page.body);

    done(&city, matter).await;
    platform::listeners::catch_up(&city.test.app).await.expect("follows");
    let page = city.browser.get(&base).await;
    assert!(page.body.contains("2022年8月22日 已兑现"), "{}", page.body);
    let differences = city.test.app.store.rebuild_check().await.expect("compares");
    assert!(differences.is_empty(), "{differences:#?}");
}

async fn a_promise_whose_day_is_over_becomes_a_task_with_the_limit_of_its_procedure(city: City) {
    let id = pair(&city, "娄商004").await;
    let line = promised(&city, &id, "2022-08-21").await;
    let base = format!("/registers/liaison/records/{id}");
    assert!(city.browser.post(&format!("{base}/contacts/{line}/matter"), &[]).await.status.is_redirection());
    let page = city.browser.get(&base).await;
    assert!(page.body.contains("承诺已逾期"), "still late: {}", page.body);
    let matter = matter_of_promise(&city).await;
    let read = city.test.app.write(move |work| {
        let task = work.load::<Matters>(&matter.to_string())?.state;
        Ok((task.raised.due, task.promise.map(|promise| promise.due > work.now())))
    });
    assert_eq!(read.await.expect("it is there"), (None, Some(true)));
}

async fn what_may_be_made_of_a_record_is_a_right_of_its_own(city: City) {
    let id = pair(&city, "娄商003").await;
    let base = format!("/registers/liaison/records/{id}");
    let line = promised(&city, &id, "2022-09-30").await;
    // Who may write records of the city's units, but hand nothing into the loop.
    city.on_duty(Role::UnitLiaison, "cc/", 9);
    let page = city.browser.get(&base).await;
    assert!(page.body.contains("协调园区月底前接通厂区用水") && !page.body.contains("/matter\""));
    assert_eq!(city.browser.post(&format!("{base}/contacts/{line}/matter"), &[]).await.status, 403);
}

async fn the_api_hands_difficulties_and_promises_in_as_the_page_does(city: City) {
    let id = pair(&city, "娄商005").await;
    let contacts = format!("/api/v1/registers/liaison/records/{id}/contacts");
    let new = serde_json::json!({
        "on": "2022-08-20", "way": "visit", "about": "走访企业",
        "difficulty": "厂区门口道路破损", "promise": "协调园区月底前接通厂区用水", "promised_by": "2022-09-30",
    });
    let noted = city.browser.post_json(&contacts, &new).await;
    assert_eq!(noted.status, 201, "{}", noted.body);
    let line = noted.json()["id"].as_str().expect("an id").to_owned();

    let appeal = city.browser.post_json(&format!("{contacts}/{line}/appeal"), &serde_json::json!({})).await;
    assert_eq!(
        (appeal.status.as_u16(), appeal.json()["kind"].as_str()),
        (201, Some("appeal")),
        "{}",
        appeal.body
    );
    let task = city.browser.post_json(&format!("{contacts}/{line}/matter"), &serde_json::json!({})).await;
    assert_eq!((task.status.as_u16(), task.json()["kind"].as_str()), (201, Some("task")), "{}", task.body);
    assert!(task.json()["number"].as_str().is_some_and(|number| number.starts_with("RW")));

    let listed = city.browser.get(&contacts).await.json();
    assert_eq!(listed[0]["appeal"], appeal.json()["id"]);
    assert_eq!(listed[0]["matter"], task.json()["id"]);
    for what in ["appeal", "matter"] {
        let again =
            city.browser.post_json(&format!("{contacts}/{line}/{what}"), &serde_json::json!({})).await;
        assert_eq!(again.status, 422, "once only: {}", again.body);
        assert!(again.json()["code"].as_str().is_some(), "a problem: {}", again.body);
    }
    let nothing = uuid::Uuid::nil();
    let none = city.browser.post_json(&format!("{contacts}/{nothing}/appeal"), &serde_json::json!({})).await;
    assert_eq!(none.status, 404);
    city.on_duty(Role::UnitLiaison, "cc/", 9);
    let denied = city.browser.post_json(&format!("{contacts}/{line}/matter"), &serde_json::json!({})).await;
    assert_eq!(denied.status, 403);
}
