//! What the holder of a matter may do beside following it.

use crate::support::*;
use axum::http::StatusCode;
use testkit::{Browser, Engine, TestApp};

async fn holder(test: &TestApp) -> (Browser, String, String) {
    let (number, code) = file(&test.browser()).await;
    let browser = test.browser();
    step(&browser, "/track", &[("number", &number), ("code", &code)]).await;
    (browser, number, code)
}

#[tokio::test(flavor = "multi_thread")]
async fn pressure_is_reported_and_shown_to_its_reporter() {
    for engine in Engine::BOTH {
        let test = start(engine).await;
        let (browser, ..) = holder(&test).await;
        let short = browser.post("/track/pressure", &[("pressure", "有人找")]).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        for shown in ["id=\"kind-error\"", "id=\"pressure-error\"", ">有人找</textarea>"] {
            assert!(short.body.contains(shown), "{shown}: {}", short.body);
        }
        let story = "昨天下午有人到厂里打听是谁打的电话。";
        let report = [("kind", "exposure"), ("pressure", story)];
        assert_eq!(step(&browser, "/track/pressure", &report).await, "/track/matter");
        let page = browser.get("/track/matter").await.body;
        for shown in ["身份被打听或泄露", "正在核实处理", story] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_code_replaces_the_old_one() {
    let test = start(Engine::Sqlite).await;
    let (browser, number, old) = holder(&test).await;
    let page = browser.post("/track/code", &[]).await;
    let (shown, new) = receipt(&page);
    assert_eq!(shown, number);
    assert_ne!(new, old);
    let other = test.browser();
    let refused = other.post("/track", &[("number", &number), ("code", &old)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(step(&other, "/track", &[("number", &number), ("code", &new)]).await, "/track/matter");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_holds_a_picture_and_the_record_the_whole_course() {
    let test = start(Engine::Sqlite).await;
    let browser = test.browser();
    file(&browser).await;
    assert!(browser.get("/appeals/receipt").await.body.contains("<svg viewBox=\"0 0 "));
    let (browser, number, _) = holder(&test).await;
    step(&browser, "/track/message", &[("message", "请先打电话")]).await;
    let record = browser.get("/track/record").await;
    for shown in [number.as_str(), STORY, "请先打电话", "单位 office", "现场.jpg"] {
        assert!(record.body.contains(shown), "{shown}: {}", record.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_files_for_another_is_named_to_them_with_their_consent() {
    let test = start(Engine::Sqlite).await;
    let liaison = test.browser();
    answer_all(&liaison).await;
    let card = [
        ("name", "王先生"),
        ("phone", PHONE),
        ("enterprise", "某印务有限公司"),
        ("shielded", "no"),
        ("filer", "chamber"),
        ("filed_by_name", "商会联络员"),
        ("filed_by_phone", "13800005678"),
    ];
    let refused = liaison.post("/appeals/new/contact", &card).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("id=\"consent-error\"")
            && refused.body.contains("<details class=\"more\" open")
    );
    let complete = [&card[..], &[("consent", "written")]].concat();
    step(&liaison, "/appeals/new/contact", &complete).await;
    step(&liaison, "/appeals/new/check", &[("declaration", "yes")]).await;
    let (number, code) = receipt(&liaison.get("/appeals/receipt").await);
    let enterprise = test.browser();
    step(&enterprise, "/track", &[("number", &number), ("code", &code)]).await;
    let page = enterprise.get("/track/matter").await.body;
    for shown in ["商会联络员", "13800005678", "书面委托", "某印务有限公司"] {
        assert!(page.contains(shown), "{shown}");
    }
}
