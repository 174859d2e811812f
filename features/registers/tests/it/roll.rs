//! The network with its holders goes out as a workbook and comes in again.

use crate::support::{City, carried, on_both_engines, upload};
use kernel::permission::Role;
use network::import::{File, rows};
use serde_json::{Value, json};
use store::Query;

const PATH: &str = "/network/roll";

/// The workbook as rows below its headings.
async fn exported(city: &City) -> (Vec<u8>, Vec<Vec<String>>) {
    let answer = city.browser.get("/network/roll.xlsx").await;
    let file = File { name: "network.xlsx".into(), bytes: answer.bytes.to_vec() };
    let read = rows(&file).expect("a workbook");
    let head = read.iter().position(|row| row.cells().first().is_some_and(|cell| cell == "单位编码"));
    let head = head.expect("headings");
    (file.bytes, read[head..].iter().map(|row| row.cells().to_vec()).collect())
}

fn row<'r>(sheet: &'r [Vec<String>], code: &str) -> &'r [String] {
    sheet.iter().find(|row| row[0] == code).unwrap_or_else(|| panic!("{code}: {sheet:?}"))
}

fn csv(sheet: &[Vec<String>]) -> String {
    sheet.iter().map(|row| row.join(",") + "\n").collect()
}

/// New, changed and unchanged: of units, of holders.
fn counts(page: &str) -> Vec<i64> {
    let table = page.split("<tbody>").nth(1).and_then(|rest| rest.split("</tbody>").next());
    let cells = table.expect("a report").split("<td class=\"cell-number\">").skip(1);
    cells.filter_map(|rest| rest.split('<').next()?.parse().ok()).collect()
}

async fn written(city: &City) -> (i64, i64) {
    let read = city.test.app.read(|q, _| {
        let count = |q: &mut store::Snapshot, table: &str| {
            q.query_one(&format!("select count(*) from {table}"), &[])?.int(0)
        };
        Ok((count(q, "unit")?, count(q, "reg_holders")?))
    });
    read.await.expect("counts")
}

on_both_engines! {
    the_network_goes_out_with_its_holders_and_comes_in_again;
    a_list_of_holders_alone_orders_nothing_and_closes_nothing;
    programs_look_and_take_as_the_page_does;
}

async fn the_network_goes_out_with_its_holders_and_comes_in_again(city: City) {
    let post = [("unit", "某市"), ("name", "委员"), ("at_level", "township"), ("unit_kind", "township")];
    assert!(city.browser.post("/registers/posts/records", &post).await.status.is_redirection());
    let (_, mut sheet) = exported(&city).await;
    assert_eq!(row(&sheet, "xx-a")[9], "委员", "a post that nobody holds has its row");
    let units = written(&city).await.0;

    // A vacancy is filled, a unit is new with its holder, one is renamed; three rows are wrong.
    for line in &mut sheet {
        line.resize(15, String::new());
        if line[0] == "xx-a" {
            line[10..14].clone_from_slice(
                &["示例任职人1", "2022-03-15", "", "示例政发〔2022〕3号"].map(str::to_owned),
            );
        }
        if line[0] == "xx-b" {
            line[2] = "甲二街道".into();
        }
    }
    let line = |cells: &[&str]| {
        let mut line: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        line.resize(15, String::new());
        line
    };
    let told = ["xx-c", "甲三镇人民政府", "甲三镇", "", "xx", "乡级", "乡镇街道", "431302001", ""];
    let with = |holder: &[&str]| line(&[&told[..], holder].concat());
    sheet.push(with(&["委员", "示例任职人3", "2022-08-22", "", "", "示例代理人"]));
    let mut other = with(&[]);
    other[1] = "别的名称".into();
    sheet.push(other);
    sheet.push(line(&["xx-b", "", "", "", "", "", "", "", "", "委员", "示例任职人2", "三月"]));
    sheet.push(line(&["zz", "某单位", "某单位", "", "没有的上级", "乡级", "乡镇街道"]));
    let sheet = csv(&sheet);
    let looked = upload(&city, PATH, &[("intent", "check")], Some(("list.csv", sheet.as_bytes()))).await;
    assert!(looked.status.is_success(), "{}", looked.body);
    assert_eq!(counts(&looked.body), [1, 1, 5, 2, 0, 0], "{}", looked.body);
    for said in ["与前面同一单位的行不一致", "任职日期：请填日期", "上级单位 没有的上级 不存在", "甲二街道"]
    {
        assert!(looked.body.contains(said), "{said}: {}", looked.body);
    }
    assert_eq!(written(&city).await, (units, 0), "a look changes nothing");
    let rows = carried(&looked);
    let errors = upload(&city, PATH, &[("intent", "errors"), ("rows", &rows)], None).await;
    assert!(errors.bytes.starts_with(b"PK"), "{}", errors.body);

    let take = [("intent", "take"), ("rows", rows.as_str()), ("on", "2022-08-22"), ("reason", "区划调整")];
    let unsaid = upload(&city, PATH, &take, None).await;
    assert!(unsaid.status == 422 && unsaid.body.contains("请填写文号"), "{}", unsaid.body);
    assert!(unsaid.body.contains("区划调整") && carried(&unsaid) == rows, "nothing typed is lost");
    assert_eq!(written(&city).await, (units, 0));
    let order: Vec<(&str, &str)> = take.into_iter().chain([("document", "示例编发〔2022〕9号")]).collect();
    let taken = upload(&city, PATH, &order, None).await;
    assert!(taken.body.contains("数据已写入"), "{}", taken.body);
    assert_eq!(written(&city).await, (units + 1, 2));
    let again = upload(&city, PATH, &order, None).await;
    assert_eq!(counts(&again.body), [0, 0, 7, 0, 0, 2], "sent twice, it is taken once: {}", again.body);
    assert_eq!(written(&city).await, (units + 1, 2));
    assert!(city.browser.get("/network/posts").await.body.contains("2/3"));
    let unit = city.browser.get("/network/units/xx-c").await.body;
    assert!(unit.contains("示例编发〔2022〕9号") && unit.contains("区划调整"), "{unit}");

    let (bytes, sheet) = exported(&city).await;
    assert_eq!(row(&sheet, "xx-c")[9..12], ["委员", "示例任职人3", "2022-08-22"]);
    let back = upload(&city, PATH, &[("intent", "check")], Some(("network.xlsx", &bytes))).await;
    assert_eq!(counts(&back.body), [0, 0, 7, 0, 0, 2], "what went out comes in as it is: {}", back.body);
    assert!(!back.body.contains("roll-refused") && !back.body.contains("行有问题"), "{}", back.body);
}

async fn a_list_of_holders_alone_orders_nothing_and_closes_nothing(city: City) {
    let post = [("unit", "某市"), ("name", "委员"), ("at_level", "township"), ("unit_kind", "township")];
    assert!(city.browser.post("/registers/posts/records", &post).await.status.is_redirection());
    let sheet = "某县名册\nUnit code,Post,Holder,From\nxx-a,委员,示例任职人1,2022-03-15\nxx-b,委员,,\n没有的单位,委员,示例任职人2,2022-03-15\n";
    let looked = upload(&city, PATH, &[("intent", "check")], Some(("list.csv", sheet.as_bytes()))).await;
    assert_eq!(counts(&looked.body), [0, 0, 0, 1, 0, 0], "{}", looked.body);
    assert!(!looked.body.contains("name=\"document\""), "no unit changes, no order is asked for");
    let taken = upload(&city, PATH, &[("intent", "take"), ("rows", &carried(&looked))], None).await;
    assert!(
        taken.body.contains("数据已写入") && taken.body.contains("单位编码")
            || taken.body.contains("Unit code")
    );
    assert_eq!(written(&city).await.1, 1);
    let nothing = upload(&city, PATH, &[("intent", "check")], Some(("list.csv", b"a,b\n1,2\n"))).await;
    assert!(nothing.status == 422 && nothing.body.contains("单位编码"), "{}", nothing.body);
    city.on_duty(Role::Leader, "cc/", 2);
    assert_eq!(city.browser.get(PATH).await.status, 403);
}

async fn programs_look_and_take_as_the_page_does(city: City) {
    const API: &str = "/api/v1/network/roll";
    let post = [("unit", "某市"), ("name", "委员"), ("at_level", "township"), ("unit_kind", "township")];
    assert!(city.browser.post("/registers/posts/records", &post).await.status.is_redirection());
    let vacant = city.browser.get(API).await.json();
    let of = |lines: &Value, code: &str| {
        let found = lines.as_array().expect("lines").iter().find(|line| line["code"] == code).cloned();
        found.unwrap_or_else(|| panic!("{code}: {lines}"))
    };
    assert_eq!(
        (&of(&vacant, "xx-a")["post"], &of(&vacant, "xx-a")["holder"]),
        (&json!("委员"), &Value::Null)
    );

    let rows = json!([
        {"code": "xx-a", "post": "委员", "holder": "示例任职人1", "from": "2022-03-15"},
        {"code": "xx-b", "post": "委员", "holder": "示例任职人2", "from": "三月"},
    ]);
    let looked = city.browser.post_json(API, &json!({"rows": rows})).await.json();
    assert_eq!((&looked["taken"], &looked["holders"]["new"]), (&json!(false), &json!(1)), "{looked}");
    assert_eq!(looked["problems"][0]["row"], 2, "{looked}");
    assert_eq!(written(&city).await.1, 0, "a look changes nothing");
    let taken = city.browser.post_json(API, &json!({"rows": rows, "take": true})).await.json();
    assert_eq!((&taken["taken"], &taken["holders"]["new"]), (&json!(true), &json!(1)), "{taken}");
    let filled = of(&city.browser.get(&format!("{API}?on=2022-08-22")).await.json(), "xx-a");
    assert_eq!((&filled["holder"], &filled["from"]), (&json!("示例任职人1"), &json!("2022-03-15")));
    let before = of(&city.browser.get(&format!("{API}?on=2022-03-14")).await.json(), "xx-a");
    assert_eq!(before["holder"], Value::Null, "on the day before nobody held it");

    // Units change by an order here as well; a column that is misspelt is refused.
    let unit = json!([{"code": "xx-b", "name": "甲二街道办事处", "short_name": "甲二街道", "parent": "xx",
        "level": "township", "kind": "township", "area": "431302002"}]);
    let unsaid = city.browser.post_json(API, &json!({"rows": unit, "take": true})).await;
    assert_eq!(unsaid.status, 422, "{}", unsaid.body);
    let order = json!({"rows": unit, "take": true, "on": "2022-08-22", "document": "示例编发〔2022〕9号", "reason": "更名"});
    let ordered = city.browser.post_json(API, &order).await.json();
    assert_eq!(ordered["units"]["changed"], 1, "{ordered}");
    let misspelt = city.browser.post_json(API, &json!({"rows": [{"code": "xx-a", "hodler": "某人"}]})).await;
    assert!(misspelt.status == 422 && misspelt.body.contains("hodler"), "{}", misspelt.body);
    city.on_duty(Role::Leader, "cc/", 3);
    assert!(city.browser.get(API).await.status.is_success());
    assert_eq!(city.browser.post_json(API, &json!({"rows": rows})).await.status, 403);
}
