//! Items from a workbook and into one.

use crate::support::{City, POLICY};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use testkit::{Answer, Engine};

const SHEET: &str = "类型,标题,答复内容,归口单位,依据文件,文号,生效日期,失效日期,申报条件,最高额度,办理电话\n\
    问答,发票怎么申领,在电子税务局申领。,市财政局,办事指南,,2026-01-01,2027-01-01,,,\n\
    政策,技改补助,按投资额的百分之十补助。,市财政局,技改办法,娄财〔2026〕3号,2026年1月1日,2026-12-31,规上工业企业,100万元,0738-8310001\n\
    政策,缺条件的,没有写条件。,市财政局,办法,,2026-01-01,2026-12-31,,,0738-8310001\n\
    问答,别人的,不归我们管。,市人社局,指南,,2026-01-01,2027-01-01,,,\n";

async fn send(city: &City, file: Option<&str>, fields: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    if let Some(text) = file {
        body += &format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n{text}\r\n"
        );
    }
    for (name, value) in fields {
        body += &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += "--b--\r\n";
    let request = Request::post("/desk/knowledge/import")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
    city.browser.send(request, Body::from(body)).await
}

async fn rows_are_checked_then_taken(engine: Engine) {
    let city = City::open(engine).await;
    let checked = send(&city, Some(SHEET), &[("intent", "check")]).await;
    assert_eq!(checked.status, StatusCode::OK, "{}", checked.body);
    assert!(checked.body.contains("导入 2 条"), "{}", checked.body);
    assert!(checked.body.contains("申报条件：") && checked.body.contains("不是您可以维护的单位"));
    assert!(!city.page("/desk/knowledge?tab=to_review").await.contains("技改补助"), "nothing is there yet");
    let rows = checked.body.split("<textarea name=\"rows\" hidden readonly>").nth(1).expect("the rows");
    let rows = rows.split("</textarea>").next().expect("their end").to_owned();
    let taken = send(&city, None, &[("rows", &rows), ("intent", "take")]).await;
    assert!(taken.body.contains("已导入 2 条"), "{}", taken.body);
    let waiting = city.page("/desk/knowledge?tab=to_review").await;
    assert!(waiting.contains("技改补助") && waiting.contains("发票怎么申领"), "{waiting}");
    let wrong = send(&city, None, &[("rows", &rows), ("intent", "errors")]).await;
    assert_eq!(wrong.status, StatusCode::OK);
    assert!(wrong.bytes.starts_with(b"PK"), "a workbook");
    let headless = send(&city, Some("a,b\n1,2\n"), &[("intent", "check")]).await;
    assert_eq!(headless.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn the_list_goes_into_a_workbook(engine: Engine) {
    let city = City::open(engine).await;
    city.in_force(POLICY).await;
    for path in ["/desk/knowledge/table.xlsx", "/desk/knowledge/template.xlsx"] {
        city.on_duty(1, kernel::permission::Role::Knowledge, "ld-czj");
        let file = city.browser.get(path).await;
        assert!(file.bytes.starts_with(b"PK"), "{path}: {}", file.body);
    }
}

#[tokio::test]
async fn rows_are_checked_then_taken_on_sqlite() {
    rows_are_checked_then_taken(Engine::Sqlite).await;
}

#[tokio::test]
async fn rows_are_checked_then_taken_on_postgres() {
    rows_are_checked_then_taken(Engine::Postgres).await;
}

#[tokio::test]
async fn the_list_goes_into_a_workbook_on_sqlite() {
    the_list_goes_into_a_workbook(Engine::Sqlite).await;
}
