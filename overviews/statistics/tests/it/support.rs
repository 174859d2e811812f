//! A small city with one office and one county, and who is on duty.

use kernel::permission::{Grant, Role, UnitPath};
use kernel::{AccountId, AreaId, MatterId};
use matters::{FileRequest, TextSealer};
use matters_rules::command::Accept;
use matters_rules::{AppealType, Channel, Command, Urgency};
use network::import::{self, File, ImportOptions};
use platform::directory::SignedIn;
use platform::{App, By};
use std::sync::Arc;
use testkit::{Engine, OnDuty, TestApp};

const DIVISIONS: &str = "code,name,parent,level
430000,某省,,province
431300,某市,430000,city
431302,甲县,431300,county
431321,乙县,431300,county
431302001,甲一镇,431302,township
";

const MAP: &str = r#"{"source":"手绘示意","features":[
{"id":"431302","geometry":{"type":"Polygon","coordinates":[[[112,27],[113,27],[113,28],[112,28],[112,27]]]}},
{"id":"431321","geometry":{"type":"Polygon","coordinates":[[[113,27],[114,27],[114,28],[113,28],[113,27]]]}}]}"#;

const UNITS: &str = "code,name,short_name,en_name,parent,level,kind,area,overlays
cc,某市人民政府,某市,City,,city,government,,
c-office,某市直通车办公室,直通车办,Office,cc,city,intake_office,,
xx,甲县人民政府,甲县,County,cc,county,government,,
";

pub fn person(path: &str) -> SignedIn {
    person_as(Role::Leader, path)
}

/// The same in another role.
pub fn person_as(role: Role, path: &str) -> SignedIn {
    let unit = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let grant = Grant::own(role, unit.into(), UnitPath(path.into()));
    SignedIn {
        account: AccountId(uuid::Uuid::from_u128(1)),
        name: "演示领导".into(),
        en_name: String::new(),
        grants: Arc::from([grant]),
        token: None,
        session: None,
        renew_until: None,
        must_change_password: false,
    }
}

pub async fn city() -> (TestApp, Arc<OnDuty>) {
    let duty = Arc::new(OnDuty::new(person("cc/")));
    let features = vec![
        network::feature(),
        identity::feature(),
        matters::feature(),
        registers::feature(),
        tongxin_statistics::feature(),
    ];
    let test = TestApp::start(Engine::Sqlite, "2022-06-15T09:00:00+08:00", features, duty.clone());
    let divisions = File { name: "divisions.csv".into(), bytes: DIVISIONS.into() };
    let taken = import::divisions(&test.app, &By::Operator, &divisions, ImportOptions::default()).await;
    assert!(taken.expect("a table").written);
    let file = File { name: "units.csv".into(), bytes: UNITS.into() };
    let options = ImportOptions { skip_bad: false, dry_run: false };
    assert!(import::units(&test.app, &By::Operator, &file, options).await.expect("a table").written);
    (test, duty)
}

/// A matter that was filed and accepted.
pub async fn accepted(app: &App) -> MatterId {
    accept(app, request(None), "ENE-01").await
}

fn request(area: Option<&str>) -> FileRequest {
    FileRequest {
        title: "充电站报装".into(),
        text: "迟迟没有回音。".into(),
        area: area.map(AreaId::from),
        ..FileRequest::new("c-office".into(), Channel::Online, AppealType::Help)
    }
}

async fn accept(app: &App, request: FileRequest, category: &'static str) -> MatterId {
    let receipt = app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed");
    app.write(move |work| {
        let sealer = TextSealer::of(work, receipt.id)?;
        let accept = Accept {
            urgency: Urgency::General,
            natural_time: false,
            category: category.into(),
            demands: vec![sealer.text(work, "送电")],
        };
        let path = UnitPath("cc/c-office/".into());
        let grants = Arc::from([Grant::own(Role::Intake, "c-office".into(), path)]);
        let by = By::Person { account: AccountId(uuid::Uuid::from_u128(2)), grants, token: None };
        matters::act(work, &by, receipt.id, None, &Command::Accept(accept)).map(drop)
    })
    .await
    .expect("accepted");
    receipt.id
}

/// Gives the installation a map of its two counties.
pub async fn with_map(app: &App) {
    let drawn = import::boundaries(app, &By::Operator, MAP.as_bytes(), None).await.expect("a map");
    assert_eq!(drawn, 2);
}

/// As [`accepted`], but of that category and about that area.
pub async fn accepted_in(app: &App, category: &'static str, area: &str) -> MatterId {
    accept(app, request(Some(area)), category).await
}
