//! From a ledger into the loop: a difficulty becomes an appeal in one click.

use crate::support::{city, pair};
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
