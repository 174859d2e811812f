//! The map of a register: areas that open to their records, points, and the table that stands
//! instead of it.

use crate::support::{City, city_with, on_both_engines};
use network::import;
use platform::By;
use platform::config::Config;

const MAP: &str = r#"{"source":"手绘示意","source_en":"drawn by hand","features":[
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

async fn areas_open_to_their_records_and_points_to_theirs(city: City) {
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
    assert!(
        english.body.contains("drawn by hand") && !english.body.contains("手绘示意"),
        "the source is told in the reader's language: {}",
        english.body
    );
}

/// Where a page's links to areas lead, with the number that each is called by.
fn counted(page: &str) -> Vec<(String, usize)> {
    let links = page.split("<a href=\"/registers/sites/map?in=").skip(1);
    let read = links.filter_map(|link| {
        let (area, rest) = link.split_once('"')?;
        let label = rest.split_once("aria-label=\"")?.1.split('"').next()?;
        Some((area.to_owned(), label.rsplit(' ').next()?.parse().ok()?))
    });
    read.collect()
}

on_both_engines! {
    areas_open_to_their_records_and_points_to_theirs;
    each_number_of_the_map_is_the_length_of_the_list_it_leads_to;
    whoever_reads_a_register_reads_its_map_within_their_own_units;
    a_register_that_keeps_no_places_has_no_map;
}

async fn each_number_of_the_map_is_the_length_of_the_list_it_leads_to(city: City) {
    with_map(&city).await;
    for (name, area) in [("一", "甲一镇"), ("二", "甲一镇"), ("三", "甲二镇"), ("四", "甲县")]
    {
        site(&city, name, area, "112.5, 27.5").await;
    }
    // Drawn, and in the table beside: of the whole, and of an area that was opened.
    for (map, numbers) in [("map", 2), ("map?in=431302", 2)] {
        let page = city.browser.get(&format!("/registers/sites/{map}")).await.body;
        let found = counted(&page);
        assert_eq!(found.len(), numbers, "{found:?} {page}");
        for (area, count) in found {
            let list = city.browser.get(&format!("/registers/sites?in={area}&all=yes")).await.body;
            let rows = list.split("<tbody>").nth(1).expect("a table").matches("<tr>").count();
            assert_eq!(rows, count, "{area}: {list}");
        }
    }
    let filtered = city.browser.get("/registers/sites/map?q=&unit=%E4%B9%99%E5%8E%BF").await.body;
    assert!(
        counted(&filtered).iter().all(|(_, count)| *count == 0),
        "a filter holds for the map: {filtered}"
    );
}

async fn whoever_reads_a_register_reads_its_map_within_their_own_units(city: City) {
    with_map(&city).await;
    site(&city, "甲一村", "甲一镇", "112.5, 27.5").await;
    for (path, seen) in [("cc/xx/", "甲县 1"), ("cc/yy/", "甲县 0")] {
        city.on_duty(kernel::permission::Role::Registers, path, 9);
        let page = city.browser.get("/registers/sites/map").await;
        assert!(page.status.is_success(), "{}", page.status);
        assert!(page.body.contains(&format!("aria-label=\"{seen}\"")), "{path}: {}", page.body);
        assert_eq!(page.body.contains("map-pin"), path == "cc/xx/");
    }
}

async fn a_register_that_keeps_no_places_has_no_map(city: City) {
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
