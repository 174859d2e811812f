//! The city these tests play in.

use axum::http::StatusCode;
use kernel::permission::{Grant, Role, UnitPath};
use kernel::{AccountId, UnitId};
use network::import::{self, File, ImportOptions};
use platform::By;
use platform::config::Config;
use platform::directory::SignedIn;
use platform::feature::Feature;
use platform::ui::Source;
use std::sync::Arc;
use testkit::{Answer, Browser, Engine, OnDuty, TestApp};
use uuid::Uuid;

/// A working morning.
pub const NOW: &str = "2026-11-18T01:30:00Z";

const DIVISIONS: &str = "code,name,parent,level
430000,某省,,province
431300,某市,430000,city
431302,甲县,431300,county
";

const UNITS: &str = "code,name,short_name,en_name,parent,level,kind,area,overlays
ld,某市人民政府,某市,City,,city,government,431300,
ld-ztc,市营商环境直通车办公室,直通车办,Office,ld,city,intake_office,431300,
ld-czj,市财政局,市财政局,Finance,ld,city,department,431300,
ld-rsj,市人力资源和社会保障局,市人社局,Labour,ld,city,department,431300,
";

/// Words that the product has from features which are not here.
const WORDS: Source = Source {
    name: "words",
    zh_cn: "refusal-entry-missing = 请填写\nrefusal-entry-not-chosen = 请选择\nrefusal-entry-too-long = 不超过 { $max } 个字\nportal-nav-file = 我要反映\nportal-nav-services = 服务直达\n",
    en: "",
};

/// Everything the pages need.
fn features() -> Vec<Feature> {
    vec![
        network::feature(),
        identity::feature(),
        matters::feature(),
        registers::feature(),
        knowledge::feature(),
        tongxin_knowledge_pages::feature(),
        Feature { locales: vec![WORDS], ..Feature::default() },
    ]
}

/// A city with two departments, and whoever is on duty in it.
pub struct City {
    /// The application.
    pub test: TestApp,
    people: Arc<OnDuty>,
    /// A browser with a session; whose it is says [`City::on_duty`].
    pub browser: Browser,
}

impl City {
    /// Opens it.
    pub async fn open(engine: Engine) -> Self {
        let people = Arc::new(OnDuty::new(person(1, Role::Knowledge, "ld-czj")));
        let config = Config { intake_office: Some("ld-ztc".into()), ..Config::default() };
        let test = TestApp::start_with(engine, NOW, features(), people.clone(), config);
        let (by, options) = (By::Operator, ImportOptions::default());
        let file = |text: &str| File { name: "list.csv".into(), bytes: text.into() };
        import::divisions(&test.app, &by, &file(DIVISIONS), options).await.expect("a table");
        import::units(&test.app, &by, &file(UNITS), options).await.expect("a table");
        matters::configuration::seed(&test.app).await.expect("the configuration is published");
        let browser = test.browser().with_header("cookie", "tx_session=anything");
        Self { test, people, browser }
    }

    /// Somebody else sits down.
    pub fn on_duty(&self, who: u128, role: Role, unit: &str) {
        self.people.relieve(person(who, role, unit));
    }

    /// An item that another person approved; gives its address.
    pub async fn in_force(&self, fields: &[(&str, &str)]) -> String {
        self.on_duty(1, Role::Knowledge, "ld-czj");
        let mut fields = fields.to_vec();
        fields.push(("submit", "yes"));
        let made = self.browser.post("/desk/knowledge/new", &fields).await;
        let href = made.location.clone().unwrap_or_else(|| panic!("{}", made.body));
        self.on_duty(2, Role::UnitHead, "ld-czj");
        self.post(&href, "review", &[("approve", "yes")]).await;
        href
    }

    /// A step as the page offers it now; it must be done.
    pub async fn post(&self, href: &str, step: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.try_to(href, step, fields).await;
        assert!(answer.status.is_redirection(), "{step}: {} {}", answer.status, answer.body);
        answer
    }

    /// The same, whatever comes of it.
    pub async fn try_to(&self, href: &str, step: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.page(href).await;
        let version = page.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let mut fields = fields.to_vec();
        let version = version.unwrap_or("0").to_owned();
        fields.push(("version", &version));
        self.browser.post(&format!("{href}/{step}"), &fields).await
    }

    /// A page that is there.
    pub async fn page(&self, path: &str) -> String {
        let answer = self.browser.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        answer.body
    }
}

fn person(who: u128, role: Role, unit: &str) -> SignedIn {
    let path = if unit == "ld" { "ld/".to_owned() } else { format!("ld/{unit}/") };
    let grant = Grant::own(role, UnitId::from(unit), UnitPath(path));
    SignedIn {
        account: AccountId(Uuid::from_u128(who)),
        name: format!("person {who}"),
        en_name: String::new(),
        grants: Arc::from([grant]),
        token: None,
        session: None,
        renew_until: None,
        must_change_password: false,
    }
}

/// What a policy says.
pub const POLICY: &[(&str, &str)] = &[
    ("kind", "policy"),
    ("title", "小微企业贷款贴息"),
    ("questions", "贷款利息能不能补\n贴息怎么申请"),
    ("answer", "符合条件的小微企业，按贷款合同利率的一半给予贴息，每户每年不超过五十万元。"),
    ("unit", "ld-czj"),
    ("source", "小微企业贷款贴息办法"),
    ("number", "娄政办发〔2026〕5号"),
    ("from", "2026-01-01"),
    ("until", "2026-12-10"),
    ("conditions", "在本市注册满一年、无欠税记录的小微企业"),
    ("most", "50万元"),
    ("apply_until", "2026-12-01"),
    ("phone", "0738-8310000"),
];

/// What an answer says.
pub const ANSWER: &[(&str, &str)] = &[
    ("kind", "answer"),
    ("title", "政府采购投诉怎么提"),
    ("answer", "先向采购人提出质疑，对答复不满意的，十五个工作日内向财政部门投诉。"),
    ("unit", "ld-czj"),
    ("source", "政府采购质疑和投诉办法"),
    ("from", "2026-01-01"),
    ("until", "2027-12-31"),
];
