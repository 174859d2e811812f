//! A register of one's own, made in the browser.

use crate::support::{City, on_both_engines};
use kernel::permission::Role;

on_both_engines! {
    a_register_is_drafted_checked_and_published_without_a_programmer;
    who_only_reads_defines_and_records_nothing;
}

const OWN: &str = include_str!("../../beginning.toml");

async fn a_register_is_drafted_checked_and_published_without_a_programmer(city: City) {
    let beginning = city.browser.get("/registers/definitions/new").await;
    assert!(beginning.body.contains("my_register"), "{}", beginning.body);
    let checked = city.browser.post("/registers/definitions", &[("intent", "check"), ("toml", OWN)]).await;
    assert!(checked.body.contains("定义没有问题") && checked.body.contains("第一类"), "{}", checked.body);
    let forbidden = OWN.replace("zh = \"名称\"", "zh = \"政治面貌\"");
    let refused =
        city.browser.post("/registers/definitions", &[("intent", "draft"), ("toml", &forbidden)]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("任何台账都不得采集") && refused.body.contains("第 12 行"),
        "{}",
        refused.body
    );

    let drafted = city.browser.post("/registers/definitions", &[("intent", "draft"), ("toml", OWN)]).await;
    let publication = drafted.location.expect("it leads on");
    assert_eq!(publication, "/registers/my_register/definition/publication");
    assert_eq!(
        city.browser.get("/registers/my_register").await.status,
        404,
        "not there before it is published"
    );
    let published = city.browser.post(&publication, &[("from", "2022-08-22"), ("head", "1")]).await;
    assert!(published.status.is_redirection(), "{}", published.body);
    let made = city
        .browser
        .post("/registers/my_register/records", &[("unit", "甲县"), ("name", "第一条"), ("kind", "first")])
        .await;
    assert!(made.status.is_redirection(), "{}", made.body);
    assert!(city.browser.get("/registers/my_register").await.body.contains("第一条"));

    let source = "/registers/my_register/definition/source";
    let lost = OWN.replace("code = \"on\"", "code = \"day\"");
    city.browser.post(source, &[("intent", "draft"), ("toml", &lost), ("head", "2")]).await;
    let review = city.browser.get(&publication).await;
    assert!(review.body.contains("“日期”会丢失"), "{}", review.body);
    let refused = city.browser.post(&publication, &[("from", "2022-08-22"), ("head", "3")]).await;
    assert_eq!(refused.status, 422);
    let retired = OWN.replace("code = \"on\"", "code = \"on\"\nretired = true");
    city.browser.post(source, &[("intent", "draft"), ("toml", &retired), ("head", "3")]).await;
    assert!(city.browser.get(&publication).await.body.contains("停用字段“日期”"));
    let published = city.browser.post(&publication, &[("from", "2022-08-22"), ("head", "4")]).await;
    assert!(published.status.is_redirection(), "{}", published.body);
    assert!(city.browser.get("/registers/my_register/definition").await.body.contains("已停用"));
}

async fn who_only_reads_defines_and_records_nothing(city: City) {
    city.on_duty(Role::Leader, "cc/", 5);
    assert!(city.browser.get("/registers/sites").await.status.is_success());
    for path in ["/registers/sites/new", "/registers/sites/import", "/registers/sites/definition/source"] {
        assert_eq!(city.browser.get(path).await.status, 403, "{path}");
    }
    assert_eq!(
        city.browser.post("/registers/sites/records", &[("unit", "甲县"), ("name", "x")]).await.status,
        403
    );
}
