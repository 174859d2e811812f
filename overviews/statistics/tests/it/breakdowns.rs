//! The figures counted apart: tables, map, workbooks, and the API's twin.

use crate::support::*;
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use std::io::Cursor;

fn sheet(bytes: Vec<u8>, index: usize) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range_at(index).expect("the sheet").expect("reads");
    range.rows().map(<[Data]>::to_vec).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn areas_stand_in_a_tree_and_on_the_map_and_every_number_leads_to_its_rows() {
    let (test, _) = city().await;
    let in_town = accepted_in(&test.app, "ENE-01", "431302001").await;
    accepted_in(&test.app, "ENE-01", "431321").await;
    accepted(&test.app).await;
    let city = test.browser().with_header("authorization", "Bearer token");

    let page = city.get("/statistics/by/area").await;
    assert_eq!(page.status, 200, "{}", page.body);
    for words in ["甲县", "甲一镇", "乙县", "未注明区划", "核对无误"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(!page.body.contains("<svg class=\"map\""), "no map was given: the table stands alone");
    with_map(&test.app).await;
    let page = city.get("/statistics/by/area?figure=accepted").await;
    assert!(page.body.contains("<svg class=\"map\"") && page.body.contains("手绘示意"), "{}", page.body);
    let href = "/statistics/rows?cell=accepted&#38;by=area&#38;key=431302&#38;below=1";
    assert!(page.body.contains(href), "the county leads to rows of its townships too");

    let rows = city.get("/statistics/rows?cell=accepted&by=area&key=431302&below=1").await;
    assert!(rows.body.contains(&format!("/matters/{in_town}")));
    let own = city.get("/statistics/rows?cell=accepted&by=area&key=431302").await;
    assert!(own.body.contains("没有可以查看的明细"), "nothing lies in the county but outside its townships");
    let none = city.get("/statistics/rows?cell=accepted&by=area&key=-").await;
    assert_eq!(none.body.matches("/matters/").count(), 1);
    assert_eq!(city.get("/statistics/by/religion").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_are_sorted_and_every_breakdown_answers_in_both_languages() {
    let (test, _) = city().await;
    accepted_in(&test.app, "ENE-01", "431302").await;
    for _ in 0..2 {
        accepted_in(&test.app, "FIN-01", "431321").await;
    }
    let city = test.browser().with_header("authorization", "Bearer token");
    for by in
        ["unit", "category", "area", "channel", "line", "urgency", "type", "closing", "day", "week", "month"]
    {
        for rest in ["", "?from=2022-06-01&view=time", "?view=result&lang=en"] {
            let page = city.get(&format!("/statistics/by/{by}{rest}")).await;
            assert_eq!(page.status, 200, "{by}{rest} {}", page.body);
            assert!(!page.body.contains("核对不符") && !page.body.contains("Check failed"), "{by}{rest}");
        }
    }
    let falling = city.get("/statistics/by/area?sort=accepted&dir=desc").await.body;
    let rising = city.get("/statistics/by/area?sort=accepted&dir=asc").await.body;
    let rows = |body: &str| {
        let table = body.split("<tbody>").nth(1).expect("a table").to_owned();
        (table.find("甲县").expect("a row"), table.find("乙县").expect("a row"))
    };
    assert!(rows(&falling).1 < rows(&falling).0 && rows(&rising).0 < rows(&rising).1);
    assert!(falling.contains("aria-sort=\"descending\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn workbooks_hold_exactly_the_numbers_and_rows_of_the_pages() {
    let (test, duty) = city().await;
    accepted_in(&test.app, "ENE-01", "431302001").await;
    accepted_in(&test.app, "ENE-01", "431321").await;
    let city = test.browser().with_header("authorization", "Bearer token");

    let table = sheet(city.get("/statistics/by/area/table.xlsx").await.bytes, 0);
    let head = table.iter().position(|row| row[0] == Data::String("区划".into())).expect("a head");
    let accepted = table[head].iter().position(|cell| *cell == "受理").expect("a column");
    let row = |name: &str| {
        table.iter().find(|row| row[0].to_string().trim() == name).unwrap_or_else(|| panic!("no row {name}"))
    };
    assert_eq!((&row("甲县")[accepted], &row("甲一镇")[accepted]), (&Data::Float(1.0), &Data::Float(1.0)));
    assert_eq!(row("合计")[accepted], Data::Float(2.0));
    let formulas = sheet(city.get("/statistics/by/area/table.xlsx").await.bytes, 1);
    assert!(formulas.iter().flatten().any(|cell| cell.to_string().contains('÷')));

    let rows = sheet(city.get("/statistics/rows.xlsx?cell=accepted&by=area&key=431321").await.bytes, 0);
    let titles = rows.iter().filter(|row| row.len() > 1 && row[1] == "充电站报装").count();
    assert_eq!(titles, 1);
    let all = sheet(city.get("/statistics.xlsx").await.bytes, 0);
    assert!(all.iter().any(|row| row[0] == "受理" && row[1] == Data::Float(2.0)));

    duty.relieve(person("cc/xx/"));
    let rows = sheet(city.get("/statistics/rows.xlsx?cell=accepted").await.bytes, 0);
    assert!(!rows.iter().flatten().any(|cell| *cell == "充电站报装"), "what is not theirs to see");
    assert_eq!(test.browser().get("/statistics/rows.xlsx?cell=accepted").await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_counts_apart_as_the_pages_do() {
    let (test, _) = city().await;
    accepted_in(&test.app, "ENE-01", "431302001").await;
    let api = test.browser().with_header("authorization", "Bearer token");
    let json = api.get("/api/v1/figures?by=area").await.json();
    assert_eq!((json["by"].as_str(), json["accepted"].as_u64()), (Some("area"), Some(1)));
    assert_eq!(json["rows"][0]["key"], "431302");
    assert_eq!(json["rows"][0]["figures"]["accepted"], 1);
    assert_eq!(json["rows"][0]["own"]["accepted"], 0);
    assert_eq!((&json["rows"][1]["name"], &json["rows"][1]["depth"]), (&"甲一镇".into(), &1.into()));
    assert_eq!(api.get("/api/v1/figures?by=faith").await.status, 422);
    let days = api.get("/api/v1/figures?by=day&from=2022-06-14").await.json();
    assert_eq!(days["rows"].as_array().map(Vec::len), Some(2));
    assert_eq!(days["rows"][1]["figures"]["period"]["accepted"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn small_groups_stay_hidden_in_every_public_breakdown() {
    let (test, _) = city().await;
    for _ in 0..6 {
        accepted_in(&test.app, "ENE-01", "431302").await;
    }
    for _ in 0..2 {
        accepted_in(&test.app, "FIN-01", "431321").await;
    }
    let body = test.browser().get("/figures").await.body;
    let row = |name: &str| {
        let table = body.split("<h2 class=\"panel-title\">区划").nth(1).expect("a table by area");
        let from = table.find(&format!("{name}</th>")).unwrap_or_else(|| panic!("no row {name}"));
        table[from..].split("</tr>").next().expect("a row").to_owned()
    };
    assert!(row("乙县").contains("少于 5 件"), "2 are withheld");
    assert!(row("甲县").contains("少于 5 件"), "6 are too, or 2 could be had by subtraction");
    for _ in 0..5 {
        accepted_in(&test.app, "FIN-01", "431321").await;
    }
    let body = test.browser().get("/figures").await.body;
    let table = body.split("<h2 class=\"panel-title\">区划").nth(1).expect("a table by area").to_owned();
    assert!(table.find("甲县") < table.find("乙县"), "never by rank: 7 stand after 6");
}
