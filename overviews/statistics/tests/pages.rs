//! The figures' pages: for everyone without small groups, for staff with the rows they may
//! see, in both languages.

use kernel::permission::{Grant, Role, UnitPath};
use kernel::time::Instant;
use kernel::{AccountId, MatterId};
use matters::{FileRequest, TextSealer};
use matters_rules::command::Accept;
use matters_rules::{AppealType, Channel, Command, Urgency};
use network::import::{self, File, ImportOptions};
use platform::directory::{Directory, SignedIn};
use platform::{App, By, Failure};
use std::sync::{Arc, Mutex};
use testkit::{Engine, TestApp};

const UNITS: &str = "code,name,short_name,en_name,parent,level,kind,area,overlays
cc,某市人民政府,某市,City,,city,government,,
c-office,某市直通车办公室,直通车办,Office,cc,city,intake_office,,
xx,甲县人民政府,甲县,County,cc,county,government,,
";

/// Whoever sends a token is the person on duty.
struct OnDuty(Mutex<SignedIn>);

impl Directory for OnDuty {
    fn by_session(&self, _: &mut store::Snapshot, _: &str, _: Instant) -> Result<Option<SignedIn>, Failure> {
        Ok(None)
    }

    fn by_token(&self, _: &mut store::Snapshot, _: &str, _: Instant) -> Result<Option<SignedIn>, Failure> {
        Ok(Some(self.0.lock().expect("no test panics holding it").clone()))
    }
}

fn person(path: &str) -> SignedIn {
    let unit = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let grant = Grant::own(Role::Leader, unit.into(), UnitPath(path.into()));
    SignedIn {
        account: AccountId(uuid::Uuid::from_u128(1)),
        name: "演示领导".into(),
        grants: Arc::from([grant]),
        token: None,
        session: None,
        renew_until: None,
        must_change_password: false,
    }
}

async fn city() -> (TestApp, Arc<OnDuty>) {
    let duty = Arc::new(OnDuty(Mutex::new(person("cc/"))));
    let features =
        vec![network::feature(), identity::feature(), matters::feature(), tongxin_statistics::feature()];
    let test = TestApp::start(Engine::Sqlite, "2022-06-15T09:00:00+08:00", features, duty.clone());
    let file = File { name: "units.csv".into(), bytes: UNITS.into() };
    let options = ImportOptions { skip_bad: false, dry_run: false };
    assert!(import::units(&test.app, &By::Operator, &file, options).await.expect("a table").written);
    (test, duty)
}

async fn accepted(app: &App) -> MatterId {
    let request = FileRequest {
        title: "充电站报装".into(),
        text: "迟迟没有回音。".into(),
        ..FileRequest::new("c-office".into(), Channel::Online, AppealType::Help)
    };
    let receipt = app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed");
    app.write(move |work| {
        let sealer = TextSealer::of(work, receipt.id)?;
        let accept = Accept {
            urgency: Urgency::General,
            natural_time: false,
            category: "ENE-01".into(),
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

#[tokio::test(flavor = "multi_thread")]
async fn everyone_sees_figures_that_add_up_and_no_small_groups() {
    let (test, _) = city().await;
    let empty = test.browser().get("/figures").await;
    assert_eq!(empty.status, 200);
    assert!(empty.body.contains("截至这一天还没有诉求"));
    for _ in 0..3 {
        accepted(&test.app).await;
    }
    let few = test.browser().get("/figures").await;
    assert!(few.body.contains("一件不少，一件不重"));
    assert!(few.body.contains("少于 5 件，不公开"), "a rate of 3 is withheld");
    assert!(!few.body.contains("0/3"));
    for _ in 0..3 {
        accepted(&test.app).await;
    }
    let enough = test.browser().get("/figures?lang=en").await;
    assert!(
        enough.body.contains("0/6") && enough.body.contains("closed ÷ accepted"),
        "the formula stands beside it"
    );
    let before = test.browser().get("/figures?as_of=2022-06-14").await;
    assert!(before.body.contains("截至这一天还没有诉求"));
    let wrong = test.browser().get("/figures?as_of=soon").await;
    assert!(wrong.body.contains("日期有误"));
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_follow_a_number_to_its_rows_and_see_only_their_own() {
    let (test, duty) = city().await;
    let id = accepted(&test.app).await;
    assert_eq!(test.browser().get("/statistics").await.status, 303, "signed in only");
    let city = test.browser().with_header("authorization", "Bearer token");
    let page = city.get("/statistics?as_of=2022-06-15").await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("/statistics/rows?cell=accepted&#38;as_of=2022-06-15"), "{}", page.body);
    let rows = city.get("/statistics/rows?cell=accepted&as_of=2022-06-15").await;
    assert!(rows.body.contains(&format!("/matters/{id}")) && rows.body.contains("充电站报装"));
    let period = city.get("/statistics?from=2022-06-15&lang=en").await;
    assert!(period.body.contains("Carried over"), "{}", period.body);
    assert_eq!(city.get("/statistics/rows?cell=nothing").await.status, 404);
    assert_eq!(city.get("/statistics?unit=nowhere").await.status, 404);

    *duty.0.lock().expect("free") = person("cc/xx/");
    let rows = city.get("/statistics/rows?cell=accepted").await;
    assert!(
        rows.status == 200
            && !rows.body.contains(&id.to_string())
            && rows.body.contains("没有可以查看的明细")
    );
}
