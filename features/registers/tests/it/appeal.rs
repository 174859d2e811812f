//! From a ledger into the loop: a difficulty becomes an appeal in one click.

use crate::support::{city, pair, person};
use kernel::permission::Role;
use matters::TextSealer;
use matters_rules::command::{Accept, Command, DemandResult, Rating};
use matters_rules::{Grade, Outcome, Solved, Urgency};
use platform::{By, Failure, Work};
use store::Query;

#[tokio::test(flavor = "multi_thread")]
async fn a_difficulty_becomes_an_appeal_that_both_sides_name() {
    let city = city().await;
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

/// Acts on a matter for somebody of the intake office.
async fn office_acts(
    city: &crate::support::City,
    role: Role,
    id: kernel::MatterId,
    command: impl Fn(&mut Work<'_>, &TextSealer) -> Result<Command, Failure> + Send + 'static,
) {
    let by = person(role, "cc/c-office/", role as u128 + 50).by();
    let acted = city.test.app.write(move |work| {
        let sealer = TextSealer::of(work, id)?;
        let command = command(work, &sealer)?;
        matters::act(work, &by, id, None, &command).map(drop)
    });
    acted.await.expect("it may be done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_becomes_a_matter_that_is_due_on_the_day_promised_and_tells_when_it_is_kept() {
    let city = city().await;
    let id = pair(&city, "娄商002").await;
    let base = format!("/registers/liaison/records/{id}");
    let line = promised(&city, &id, "2022-09-30").await;
    let made = city.browser.post(&format!("{base}/contacts/{line}/matter"), &[]).await;
    assert!(made.status.is_redirection(), "{} {}", made.status, made.body);
    assert_eq!(city.browser.post(&format!("{base}/contacts/{line}/matter"), &[]).await.status, 422, "once");
    let by_hand = city.browser.post(&format!("{base}/contacts/{line}/promise"), &[]).await;
    assert!(by_hand.status == 422 && by_hand.body.contains("自动标记兑现"), "{}", by_hand.body);

    let matter = matter_of_promise(&city).await;
    office_acts(&city, Role::Intake, matter, |work, sealer| {
        Ok(Command::Accept(Accept {
            urgency: Urgency::General,
            natural_time: false,
            category: "ENE-01".into(),
            demands: vec![sealer.text(work, "接通厂区用水")],
        }))
    })
    .await;
    let page = city.browser.get(&base).await;
    assert!(page.body.contains("2022年9月30日 前办结"), "{}", page.body);
    assert!(!page.body.contains("已兑现"), "{}", page.body);

    office_acts(&city, Role::Intake, matter, |work, sealer| {
        let results = vec![DemandResult { demand: 1, outcome: Outcome::Solved }];
        Ok(Command::AnswerDirectly {
            results, text: sealer.answer(work, "已于8月22日接通厂区用水。")?
        })
    })
    .await;
    let rating = Rating { solved: Solved::Yes, grade: Grade::Satisfied, reason: None };
    let rated = city.test.app.write(move |work| {
        matters::act(work, &By::Appellant(matter), matter, None, &Command::Rate(rating.clone())).map(drop)
    });
    rated.await.expect("rated");
    platform::listeners::catch_up(&city.test.app).await.expect("follows");
    let page = city.browser.get(&base).await;
    assert!(page.body.contains("2022年8月22日 已兑现"), "{}", page.body);
    let differences = city.test.app.store.rebuild_check().await.expect("compares");
    assert!(differences.is_empty(), "{differences:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_made_of_a_record_is_a_right_of_its_own() {
    let city = city().await;
    let id = pair(&city, "娄商003").await;
    let base = format!("/registers/liaison/records/{id}");
    let line = promised(&city, &id, "2022-09-30").await;
    // Who may write records of the city's units, but hand nothing into the loop.
    city.on_duty(Role::UnitLiaison, "cc/", 9);
    let page = city.browser.get(&base).await;
    assert!(page.body.contains("协调园区月底前接通厂区用水") && !page.body.contains("/matter\""));
    assert_eq!(city.browser.post(&format!("{base}/contacts/{line}/matter"), &[]).await.status, 403);
}
