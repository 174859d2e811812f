//! The map of a register: areas that open to their records, points, and the table that stands
//! instead of it.

use crate::support::{City, city, city_with};
use network::import;
use platform::By;
use platform::config::Config;

const MAP: &str = r#"{"source":"手绘示意","features":[
{"id":"431302","geometry":{"type":"Polygon","coordinates":[[[112,27],[113,27],[113,28],[112,28],[112,27]]]}}]}"#;

async fn site(city: &City, name: &str, area: &str, place: &str) -> String {
    let fields = [("unit", "甲县"), ("name", name), ("kind", "village"), ("area", area), ("place", place)];
    let answer = city.browser.post("/registers/sites/records", &fields).await;
    assert!(answer.status.is_redirection(), "{}", answer.body);
    answer.location.expect("it leads to the record")
}

async fn with_map(city: &City) {
    import::boundaries(&city.test.app, &By::Operator, MAP.as_bytes(), None).await.expect("a map");
}

#[tokio::test(flavor = "multi_thread")]
async fn areas_open_to_their_records_and_points_to_theirs() {
    let city = city().await;
    with_map(&city).await;
    let inside = site(&city, "甲一村", "甲一镇", "112.5, 27.5").await;
    let beyond = site(&city, "远处的村", "甲二镇", "115.0, 27.5").await;
    site(&city, "没有位置的村", "甲二镇", "").await;

    let page = city.browser.get("/registers/sites/map").await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("<svg class=\"map\"") && page.body.contains("手绘示意"), "{}", page.body);
    let area = "href=\"/registers/sites/map?in=431302\" aria-label=\"甲县 3\"";
    assert!(page.body.contains(area), "an area is a link that says its name and number: {}", page.body);
    let pin = |record: &str| format!("<a class=\"map-pin\" href=\"{record}\"");
    assert!(page.body.contains(&pin(&inside)) && !page.body.contains(&pin(&beyond)), "{}", page.body);
    assert!(page.body.contains("有 1 条的位置不在本图范围内"), "{}", page.body);

    let opened = city.browser.get("/registers/sites/map?in=431302").await;
    for name in ["甲一村", "远处的村", "没有位置的村", "在列表中查看"] {
        assert!(opened.body.contains(name), "{name}: {}", opened.body);
    }
    let list = city.browser.get("/registers/sites?in=431302001").await;
    assert!(list.body.contains("甲一村") && !list.body.contains("远处的村"), "{}", list.body);
    assert!(list.body.contains("只显示位于甲一镇的条目"), "{}", list.body);
    let english = city.browser.get("/registers/sites/map?lang=en").await;
    assert!(english.body.contains("Records by area"), "{}", english.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_that_keeps_no_places_has_no_map() {
    let city = city().await;
    assert_eq!(city.browser.get("/registers/posts/map").await.status, 404);
    let list = city.browser.get("/registers/posts").await;
    assert!(!list.body.contains("/registers/posts/map"), "{}", list.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_map_may_be_shown_the_table_says_the_same() {
    let city = city_with(Config { maps: false, ..Config::default() }).await;
    with_map(&city).await;
    site(&city, "甲一村", "甲一镇", "112.5, 27.5").await;
    let page = city.browser.get("/registers/sites/map").await;
    assert!(!page.body.contains("<svg class=\"map\""), "{}", page.body);
    assert!(
        page.body.contains("按配置不展示地图") && page.body.contains("aria-label=\"甲县 1\""),
        "{}",
        page.body
    );
    assert!(city.browser.get("/registers/sites/map?in=431302").await.body.contains("甲一村"));
}
