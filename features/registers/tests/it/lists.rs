//! What people keep of lists, what search finds, and texts that stay sealed.

use crate::support::{City, id_of, on_both_engines, pair};
use kernel::permission::Role;
use store::Query;

on_both_engines! {
    filters_and_columns_are_kept_for_their_owner_alone;
    two_characters_are_found_wherever_a_record_says_them;
    a_sealed_text_is_in_the_clear_nowhere_and_every_look_is_told;
}

async fn filters_and_columns_are_kept_for_their_owner_alone(city: City) {
    pair(&city, "娄商001").await;
    let list = "/registers/liaison";
    let save = [("name", "实地联系"), ("query", "f.kind=site&all=yes&after=x"), ("first", "yes")];
    let saved = city.browser.post(&format!("{list}/filters"), &save).await;
    assert_eq!(saved.location.as_deref(), Some("/registers/liaison?f.kind=site"));
    let first = city.browser.get(list).await;
    assert_eq!(first.location.as_deref(), Some("/registers/liaison?f.kind=site"), "it comes first");
    let page = city.browser.get("/registers/liaison?f.kind=site").await;
    assert!(page.body.contains("实地联系") && page.body.contains("aria-current=\"true\""), "{}", page.body);
    assert!(city.browser.get("/registers/liaison?all=yes").await.status.is_success(), "the whole is at hand");

    let columns = [("column", "since"), ("column", "changed_at"), ("query", "")];
    assert!(city.browser.post(&format!("{list}/columns"), &columns).await.status.is_redirection());
    let page = city.browser.get("/registers/liaison?all=yes").await;
    assert!(page.body.contains("data-label=\"最近变动\"") && !page.body.contains("data-label=\"所属单位\""));

    city.on_duty(Role::Leader, "cc/", 5);
    let other = city.browser.get(list).await;
    assert!(other.status.is_success() && !other.body.contains("实地联系"), "another's list is their own");
    assert!(other.body.contains("data-label=\"所属单位\""));
    city.on_duty(Role::Registers, "cc/", 1);
    assert!(city.browser.post(&format!("{list}/filters/0/removal"), &[]).await.status.is_redirection());
    assert!(city.browser.get(list).await.status.is_success(), "nothing comes first any more");
}

async fn two_characters_are_found_wherever_a_record_says_them(city: City) {
    let id = pair(&city, "娄商001").await;
    let other = pair(&city, "娄商002").await;
    let contact = [
        ("contact-on", "2022-08-20"),
        ("contact-way", "visit"),
        ("contact-about", "走访茶叶加工厂"),
        ("contact-difficulty", "夜间电压不稳"),
    ];
    let base = format!("/registers/liaison/records/{id}");
    assert!(city.browser.post(&format!("{base}/contacts"), &contact).await.status.is_redirection());
    platform::texts::catch_up(&city.test.app).await.expect("follows");
    for word in ["电压", "茶叶", "商001", "茶叶 电压"] {
        let encoded: String = word.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let found = city.browser.get(&format!("/registers/liaison?q={encoded}")).await.body;
        assert!(found.contains(&id) && !found.contains(&other), "{word}: {found}");
    }
    let none = city.browser.get("/registers/liaison?q=%E9%92%A2%E9%93%81").await.body;
    assert!(none.contains("没有符合条件的条目"));
    assert_eq!(platform::texts::check(&city.test.app).await.expect("compares"), Vec::<&str>::new());
}

const SEALED: &str = r#"
code = "visits"
version = 1
effective_from = "2022-01-01"
zh = "走访登记"
title = ["name"]
[[field]]
code = "name"
zh = "企业"
kind = "text"
required = true
listed = true
[[field]]
code = "contact"
zh = "联系电话"
kind = "text"
sealed = true
"#;

async fn a_sealed_text_is_in_the_clear_nowhere_and_every_look_is_told(city: City) {
    let shown = SEALED.replace("sealed = true", "sealed = true\nlisted = true");
    let refused = city.browser.post("/registers/definitions", &[("intent", "check"), ("toml", &shown)]).await;
    assert!(refused.status == 422 && refused.body.contains("密封保存"), "{}", refused.body);
    city.browser.post("/registers/definitions", &[("intent", "draft"), ("toml", SEALED)]).await;
    let publication = "/registers/visits/definition/publication";
    let published = city.browser.post(publication, &[("from", "2022-08-22"), ("head", "1")]).await;
    assert!(published.status.is_redirection(), "{}", published.body);
    let phone = "13800009999";
    let fields = [("unit", "甲县"), ("name", "示例企业"), ("contact", phone)];
    let made = city.browser.post("/registers/visits/records", &fields).await;
    let record = format!("/registers/visits/records/{}", id_of(made.location.as_deref()));

    platform::texts::catch_up(&city.test.app).await.expect("follows");
    let clear = city.test.app.read(move |q, _| {
        let like = format!("%{phone}%");
        let mut found = 0;
        for (table, column) in [
            ("journal", "body"),
            ("register_record", "body"),
            ("reg_visits", "contact"),
            ("reg_visits", "search"),
        ] {
            let sql = format!("select count(*) from {table} where {column} like $1");
            found += q.query_one(&sql, &store::params![&like])?.int(0)?;
        }
        Ok(found)
    });
    assert_eq!(clear.await.expect("reads"), 0);
    let page = city.browser.get(&record).await;
    assert!(page.body.contains("（已密封）") && !page.body.contains(phone), "{}", page.body);
    let opened = city.browser.post(&format!("{record}/opening"), &[]).await;
    assert!(opened.body.contains(phone) && opened.body.contains("查看密封内容"), "{}", opened.body);
    let edit = city.browser.get(&format!("{record}/edit")).await;
    assert!(edit.body.contains(phone), "whoever changes it sees it");
    let start =
        edit.body.find("name=\"version\" value=\"").expect("a version") + "name=\"version\" value=\"".len();
    let version = edit.body[start..].split('"').next().unwrap_or_default().to_owned();
    assert_eq!(version, "3", "recorded, and opened twice");
    let same = [("version", version.as_str()), ("name", "示例企业"), ("contact", phone)];
    assert!(city.browser.post(&format!("{record}/values"), &same).await.status.is_redirection());
    let stays = city.browser.get(&format!("{record}/edit")).await;
    assert!(
        stays.body.contains("name=\"version\" value=\"4\""),
        "nothing changed; it was looked at once more"
    );

    city.on_duty(Role::Leader, "cc/", 5);
    assert_eq!(city.browser.post(&format!("{record}/opening"), &[]).await.status, 403);
    assert!(!city.browser.get(&record).await.body.contains(phone));
}
