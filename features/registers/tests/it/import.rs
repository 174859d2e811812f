//! Records from a workbook: looked at first, taken over next, with a file of what is wrong.

use crate::support::{City, city};
use axum::body::Body;
use axum::http::Request;
use testkit::Answer;

const SHEET: &str = "企业名单,,,\n企业名称*,注册日期*,注册资本（万元）,民族\n示例一号,2022-03-01,500,x\n示例二号,三月,500,x\n示例三号,2022-04-01,近800,x\n示例一号,2022-05-01,100,x\n";

async fn send(city: &City, fields: &[(&str, &str)], file: Option<&str>) -> Answer {
    let mut body = String::new();
    for (name, value) in fields {
        body += &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    if let Some(file) = file {
        body += &format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n{file}\r\n"
        );
    }
    body += "--b--\r\n";
    let request = Request::post("/registers/enterprises/import")
        .header("content-type", "multipart/form-data; boundary=b");
    city.browser.send(request, Body::from(body)).await
}

fn carried(answer: &Answer) -> String {
    let start = answer.body.find("name=\"rows\"").expect("rows are carried");
    let start = start + answer.body[start..].find('>').expect("the tag ends") + 1;
    let end = start + answer.body[start..].find("</textarea>").expect("it closes");
    answer.body[start..end].to_owned()
}

async fn firms(city: &City) -> i64 {
    use store::Query;
    let read =
        city.test.app.read(|q, _| Ok(q.query_one("select count(*) from reg_enterprises", &[])?.int(0)?));
    read.await.expect("a count")
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_looked_at_before_they_are_taken() {
    let city = city().await;
    let template = city.browser.get("/registers/enterprises/template.xlsx").await;
    assert!(template.bytes.starts_with(b"PK"));
    let looked = send(&city, &[("intent", "check")], Some(SHEET)).await;
    assert!(looked.status.is_success(), "{} {}", looked.status, looked.body);
    assert!(looked.body.contains("共 4 行，2 行可以导入"), "{}", looked.body);
    assert!(looked.body.contains("请填日期") && looked.body.contains("只能填确数"));
    assert!(looked.body.contains("不导入：民族"), "a column the register may not have is named and left out");
    assert_eq!(firms(&city).await, 0, "looking changes nothing");

    let rows = carried(&looked);
    let taken = send(&city, &[("intent", "take"), ("rows", &rows)], None).await;
    assert!(taken.body.contains("导入了 2 行"), "{}", taken.body);
    assert_eq!(firms(&city).await, 2);
    let errors = send(&city, &[("intent", "errors"), ("rows", &carried(&taken))], None).await;
    assert!(errors.bytes.starts_with(b"PK"), "{}", errors.status);
    let nothing = send(&city, &[("intent", "check")], Some("a,b\n1,2\n")).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.body.contains("没有找到本台账的表头"));
}
