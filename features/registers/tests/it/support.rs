//! A small city with its registers, and who is on duty.

use axum::body::Body;
use axum::http::Request;
use kernel::AccountId;
use kernel::permission::{Grant, Role, UnitPath};
use network::import::{self, File, ImportOptions};
use platform::By;
use platform::config::Config;
use platform::directory::SignedIn;
use std::sync::Arc;
use testkit::{Answer, Browser, Engine, OnDuty, TestApp};
use uuid::Uuid;

const DIVISIONS: &str = "code,name,parent,level
430000,某省,,province
431300,某市,430000,city
431302,甲县,431300,county
431302001,甲一镇,431302,township
431302002,甲二镇,431302,township
";

const UNITS: &str = "code,name,short_name,en_name,parent,level,kind,area,overlays
cc,某市人民政府,某市,City,,city,government,431300,
c-office,某市直通车办公室,直通车办,Office,cc,city,intake_office,431300,
xx,甲县人民政府,甲县,County,cc,county,government,431302,
xx-a,甲一镇人民政府,甲一镇,Township,xx,township,township,431302001,
xx-b,甲二镇人民政府,甲二镇,Other township,xx,township,township,431302002,
yy,乙县人民政府,乙县,Other,cc,county,government,,
";

pub fn person(role: Role, path: &str, n: u128) -> SignedIn {
    let unit = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let grant = Grant::own(role, unit.into(), UnitPath(path.into()));
    SignedIn {
        account: AccountId(Uuid::from_u128(n)),
        name: "演示专员".into(),
        en_name: String::new(),
        grants: Arc::from([grant]),
        token: None,
        session: None,
        renew_until: None,
        must_change_password: false,
    }
}

pub struct City {
    pub test: TestApp,
    pub duty: Arc<OnDuty>,
    pub browser: Browser,
}

impl City {
    /// Somebody else comes on duty.
    pub fn on_duty(&self, role: Role, path: &str, n: u128) {
        self.duty.relieve(person(role, path, n));
    }
}

pub async fn city() -> City {
    city_on(Engine::Sqlite, Config::default()).await
}

/// The same with other settings.
pub async fn city_with(config: Config) -> City {
    city_on(Engine::Sqlite, config).await
}

/// Tests of scenarios on both engines: each is handed the city on it.
macro_rules! on_both_engines {
    ($($scenario:ident;)+) => {$(
        mod $scenario {
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$scenario($crate::support::city().await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                let city = $crate::support::city_on(testkit::Engine::Postgres, Default::default());
                super::$scenario(city.await).await;
            }
        }
    )+};
}
pub(crate) use on_both_engines;

/// The city on an engine.
pub async fn city_on(engine: Engine, config: Config) -> City {
    let duty = Arc::new(OnDuty::new(person(Role::Registers, "cc/", 1)));
    let features = vec![
        network::feature(),
        identity::feature(),
        matters::feature(),
        registers::feature(),
        tongxin_register_pages::feature(),
    ];
    let config = Config { intake_office: Some("c-office".into()), ..config };
    let now = "2022-08-22T10:00:00+08:00";
    let test = TestApp::start_with(engine, now, features, duty.clone(), config);
    let (by, options) = (By::Operator, ImportOptions::default());
    let file = |text: &str| File { name: "list.csv".into(), bytes: text.into() };
    import::divisions(&test.app, &by, &file(DIVISIONS), options).await.expect("a table");
    import::units(&test.app, &by, &file(UNITS), options).await.expect("a table");
    matters::configuration::seed(&test.app).await.expect("configured");
    registers::seed(&test.app).await.expect("defined");
    let browser = test.browser().with_header("cookie", "tx_session=anything");
    City { test, duty, browser }
}

/// The id at the end of where a page leads.
pub fn id_of(location: Option<&str>) -> String {
    location.and_then(|to| to.rsplit('/').next()).expect("it leads on").to_owned()
}

/// A pair of the liaison register, recorded through its form.
pub async fn pair(city: &City, counterpart: &str) -> String {
    let fields = [
        ("unit", "甲县"),
        ("kind", "site"),
        ("liaison_post", "市级领导岗位01"),
        ("counterpart_kind", "entrepreneur"),
        ("counterpart", counterpart),
        ("since", "2022-03-01"),
    ];
    let answer = city.browser.post("/registers/liaison/records", &fields).await;
    assert!(answer.status.is_redirection(), "{} {}", answer.status, answer.body);
    id_of(answer.location.as_deref())
}

/// Sends a form with a file, or with the rows that a look carries on.
pub async fn upload(city: &City, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    if let Some((name, bytes)) = file {
        let head = format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--b--\r\n");
    let request = Request::post(path).header("content-type", "multipart/form-data; boundary=b");
    city.browser.send(request, Body::from(body)).await
}

/// The rows that a page carries on.
pub fn carried(answer: &Answer) -> String {
    let start = answer.body.find("name=\"rows\"").expect("rows are carried");
    let start = start + answer.body[start..].find('>').expect("the tag ends") + 1;
    let end = start + answer.body[start..].find("</textarea>").expect("it closes");
    answer.body[start..end].to_owned()
}
