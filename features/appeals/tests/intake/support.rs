//! A small city, its intake desk, and a call.

use kernel::permission::{Grant, Role, UnitPath};
use kernel::{AccountId, AreaId, UnitId};
use matters::{Filter, Row};
use network::rules::area::{Area, AreaCommand, AreaDetails};
use network::rules::unit::{Unit, UnitCommand, UnitDetails};
use network::{Level, UnitKind};
use platform::config::Config;
use platform::directory::SignedIn;
use platform::{App, By};
use std::sync::Arc;
use testkit::{Answer, Browser, Engine, OnDuty, TestApp};

pub const PHONE: &str = "13800001234";

pub fn person(n: u128, role: Role) -> SignedIn {
    let path = UnitPath("city/office/".into());
    let grant = Grant { role, unit: "office".into(), path, stands_in_for: None };
    SignedIn {
        account: AccountId(uuid::Uuid::from_u128(n)),
        name: "演示人员".into(),
        en_name: String::new(),
        grants: Arc::from([grant]),
        token: None,
        session: None,
        renew_until: None,
        must_change_password: false,
    }
}

pub struct Desk {
    pub test: TestApp,
    pub duty: Arc<OnDuty>,
}

impl Desk {
    pub async fn open(engine: Engine) -> Self {
        let duty = Arc::new(OnDuty::new(person(1, Role::ShiftHead)));
        let config = Config { intake_office: Some("office".into()), ..Config::default() };
        let features = vec![
            network::feature(),
            identity::feature(),
            matters::feature(),
            knowledge::feature(),
            notices::feature(),
            tongxin_appeals::feature(),
        ];
        let test = TestApp::start_with(engine, "2022-06-15T09:00:00+08:00", features, duty.clone(), config);
        matters::configuration::seed(&test.app).await.expect("the delivered configuration is published");
        network(&test.app).await;
        Self { test, duty }
    }

    pub fn app(&self) -> &App {
        &self.test.app
    }

    pub fn sits(&self, who: SignedIn) {
        self.duty.relieve(who);
    }

    pub fn browser(&self) -> Browser {
        self.test.browser().with_header("authorization", "Bearer tx_0123456789abcdef0123456789abcdef")
    }

    /// The address of an empty screen's form, without the verb.
    pub async fn screen(&self, browser: &Browser) -> String {
        let page = browser.get("/intake/new").await;
        assert_eq!(page.status, 200, "{}", page.body);
        address(&page)
    }

    pub async fn rows(&self) -> Vec<Row> {
        let grants = person(1, Role::ShiftHead).grants;
        let found = self
            .app()
            .read(move |snapshot, app| matters::list(snapshot, app, &grants, &Filter::default(), None, 50))
            .await;
        found.expect("a list").rows
    }
}

pub fn address(page: &Answer) -> String {
    let (_, after) = page.body.split_once("data-intake=\"").expect("the desk's form");
    format!("/intake/{}", &after[..36])
}

pub async fn network(app: &App) {
    let areas = [
        ("431300", "某市", None, Level::City),
        ("431302", "甲县", Some("431300"), Level::County),
        ("431302001", "乙镇", Some("431302"), Level::Township),
    ];
    let units = [
        ("city", None, UnitKind::Government),
        ("office", Some("city"), UnitKind::IntakeOffice),
        ("power", Some("city"), UnitKind::Utility),
        ("zone", Some("city"), UnitKind::Zone),
    ];
    app.write(move |work| {
        for (code, name, parent, level) in areas {
            let details = AreaDetails {
                en_name: String::new(),
                name: name.into(),
                parent: parent.map(AreaId::from),
                level,
                kind: String::new(),
                mca_code: None,
            };
            work.act::<Area>(
                code,
                &By::Operator,
                None,
                &AreaCommand::Register { code: code.into(), details },
            )?;
        }
        for (code, parent, kind) in units {
            let details = UnitDetails {
                name: format!("单位 {code}"),
                short_name: code.into(),
                en_name: String::new(),
                parent: parent.map(UnitId::from),
                level: Level::City,
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

pub const CALL: [(&str, &str); 14] = [
    ("channel", "hotline"),
    ("appeal_type", "help"),
    ("urgency", "urgent"),
    ("express_lines", "hotline_direct"),
    ("phone", PHONE),
    ("second_phone", "0738-8312345"),
    ("name", "王"),
    ("salutation", "mr"),
    ("enterprise", "甲县测试打印机有限公司"),
    ("category", "ENE-01"),
    ("county", "431302"),
    ("zone", "zone"),
    ("title", "充电站报装迟迟没有回音"),
    ("text", "四月递交的增容申请至今没有答复。"),
];

pub fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    CALL.into_iter()
        .filter(|(field, _)| !more.iter().any(|(other, _)| other == field))
        .chain(more.iter().copied())
        .collect()
}
