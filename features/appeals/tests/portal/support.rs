//! A small city, a browser that files, and what a receipt says.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use kernel::{AreaId, UnitId};
use network::rules::area::{Area, AreaCommand, AreaDetails};
use network::rules::unit::{Unit, UnitCommand, UnitDetails};
use network::{Level, UnitKind};
use platform::App;
use platform::By;
use platform::config::{Config, Mail};
use platform::feature::Feature;
use std::sync::Arc;
use testkit::{Answer, Browser, Engine, Nobody, TestApp};
use tongxin_appeals::portal;

pub const PHONE: &str = "13800001234";
pub const STORY: &str = "园区三天没有通电，机器停着，订单要违约了。";
pub const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xda rest of a picture";

/// With nothing that sends messages.
pub async fn start(engine: Engine) -> TestApp {
    start_with(engine, Mail::Off).await
}

pub async fn start_with(engine: Engine, mail: Mail) -> TestApp {
    let pages = Feature { locales: vec![portal::LOCALES], routes: portal::routes(), ..Feature::default() };
    let config = Config { intake_office: Some("office".into()), mail, ..Config::default() };
    let features = vec![mail::feature(), network::feature(), matters::feature(), notices::feature(), pages];
    let test = TestApp::start_with(engine, "2022-06-01T09:00:00+08:00", features, Arc::new(Nobody), config);
    network(&test.app).await;
    test
}

async fn network(app: &App) {
    let areas = [("431300", "某市", None, Level::City), ("431302", "甲县", Some("431300"), Level::County)];
    let township = ("431302001", "乙镇", Some("431302"), Level::Township);
    let units = [
        ("city", None, Level::City, UnitKind::Government),
        ("office", Some("city"), Level::City, UnitKind::IntakeOffice),
        ("power", Some("city"), Level::City, UnitKind::Utility),
    ];
    app.write(move |work| {
        for (code, name, parent, level) in areas.into_iter().chain([township]) {
            let details = AreaDetails {
                en_name: String::new(),
                name: name.into(),
                parent: parent.map(AreaId::from),
                level,
                kind: String::new(),
                mca_code: None,
            };
            let command = AreaCommand::Register { code: code.into(), details };
            work.act::<Area>(code, &By::Operator, None, &command)?;
        }
        for (code, parent, level, kind) in units {
            let details = UnitDetails {
                name: format!("单位 {code}"),
                short_name: code.into(),
                en_name: String::new(),
                parent: parent.map(UnitId::from),
                level,
                kind,
                area: Some("431300".into()),
                overlays: Vec::new(),
            };
            work.act::<Unit>(code, &By::Operator, None, &UnitCommand::Put { code: code.into(), details })?;
        }
        Ok(())
    })
    .await
    .expect("a small network");
}

pub async fn step(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
    answer.location.expect("it leads on")
}

pub async fn send_file(
    browser: &Browser,
    path: &str,
    field: &str,
    name: &str,
    content: &[u8],
    text: (&str, &str),
) -> Answer {
    let mut body = Vec::new();
    body.extend_from_slice(
        format!("--b\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", text.0, text.1)
            .as_bytes(),
    );
    let head =
        format!("--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let request = Request::post(path).header("content-type", "multipart/form-data; boundary=b");
    browser.send(request, Body::from(body)).await
}

/// Answers every question but the last check; says where each answer led.
pub async fn answer_all(browser: &Browser) {
    assert_eq!(step(browser, "/appeals/new/type", &[("type", "help")]).await, "/appeals/new/category");
    assert_eq!(
        step(browser, "/appeals/new/category", &[("group", "ENE")]).await,
        "/appeals/new/category/item"
    );
    assert_eq!(
        step(browser, "/appeals/new/category/item", &[("category", "ENE-01")]).await,
        "/appeals/new/place"
    );
    assert_eq!(
        step(browser, "/appeals/new/place", &[("county", "431302")]).await,
        "/appeals/new/place/township"
    );
    assert_eq!(
        step(browser, "/appeals/new/place/township", &[("township", "431302001")]).await,
        "/appeals/new/story"
    );
    let story = [("story", STORY), ("expected", "恢复供电"), ("about", "power")];
    assert_eq!(step(browser, "/appeals/new/story", &story).await, "/appeals/new/files");
    let sent = send_file(browser, "/appeals/new/files", "files", "现场.jpg", JPEG, ("then", "next")).await;
    assert_eq!(sent.location.as_deref(), Some("/appeals/new/contact"), "{}", sent.body);
    let contact = [("name", "王先生"), ("phone", PHONE), ("shielded", "no")];
    assert_eq!(step(browser, "/appeals/new/contact", &contact).await, "/appeals/new/check");
}

pub async fn file(browser: &Browser) -> (String, String) {
    answer_all(browser).await;
    assert_eq!(step(browser, "/appeals/new/check", &[("declaration", "yes")]).await, "/appeals/receipt");
    receipt(&browser.get("/appeals/receipt").await)
}

/// Number and code as the receipt offers them for copying.
pub fn receipt(page: &Answer) -> (String, String) {
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let mut copies = page
        .body
        .split("data-copy=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or_default().to_owned());
    (copies.next().expect("a number"), copies.next().expect("a code"))
}

/// Files with that address as well; answers with the number.
pub async fn file_with_email(browser: &Browser, email: &str) -> String {
    answer_all(browser).await;
    let card = [("name", "王先生"), ("phone", PHONE), ("email", email), ("shielded", "no")];
    step(browser, "/appeals/new/contact", &card).await;
    step(browser, "/appeals/new/check", &[("declaration", "yes")]).await;
    receipt(&browser.get("/appeals/receipt").await).0
}

/// Files for an enterprise; its number.
pub async fn file_for_enterprise(
    browser: &Browser,
    email: &str,
    credit_code: &str,
    shielded: &str,
) -> String {
    answer_all(browser).await;
    let card = [
        ("name", "钱工"),
        ("phone", "13800005678"),
        ("email", email),
        ("enterprise", "演示甲厂"),
        ("credit_code", credit_code),
        ("shielded", shielded),
    ];
    step(browser, "/appeals/new/contact", &card).await;
    step(browser, "/appeals/new/check", &[("declaration", "yes")]).await;
    receipt(&browser.get("/appeals/receipt").await).0
}
