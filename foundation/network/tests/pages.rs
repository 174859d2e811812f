//! The network's pages, in both languages.

use kernel::permission::{Grant, Role, UnitPath};
use kernel::time::Instant;
use platform::directory::{Directory, SignedIn};
use platform::{By, Failure};
use std::sync::Arc;
use store::Snapshot;
use testkit::{Engine, TestApp};
use tongxin_network::import::{self, File, ImportOptions};

/// Everyone is a leader of the city.
struct Leader;

impl Directory for Leader {
    fn by_session(&self, _: &mut Snapshot, digest: &str, _: Instant) -> Result<Option<SignedIn>, Failure> {
        let grant = Grant::own(Role::Leader, "ld".into(), UnitPath("ld/".into()));
        Ok(Some(SignedIn {
            account: "00000000-0000-7000-8000-000000000001".parse().expect("an id"),
            name: "演示领导".into(),
            en_name: String::new(),
            grants: Arc::from([grant]),
            token: None,
            session: Some(digest.to_owned()),
            renew_until: None,
            must_change_password: false,
        }))
    }
    fn by_token(&self, _: &mut Snapshot, _: &str, _: Instant) -> Result<Option<SignedIn>, Failure> {
        Ok(None)
    }
}

fn start() -> TestApp {
    // The labels of roles come with identity; its texts alone are enough here.
    let labels =
        platform::ui::Source { name: "roles", zh_cn: "role-leader = 领导\n", en: "role-leader = Leader\n" };
    let mut feature = tongxin_network::feature();
    feature.locales.push(labels);
    TestApp::start(Engine::Sqlite, "2022-04-01T08:00:00+08:00", vec![feature], Arc::new(Leader))
}

async fn fill(test: &TestApp) {
    let units = "code,name,short_name,parent,level,kind,area,overlays\nld,娄底市人民政府,娄底市,,市,政府,431300,\n\
                 ld-jkq,经开区管委会,经开区,ld,市,园区,431300,431302\nlx,娄星区人民政府,娄星区,ld,县,政府,431302,\n";
    let areas = "code,name,parent\n430000,湖南省,\n431300,娄底市,430000\n431302,娄星区,431300\n";
    let file = |text: &str| File { name: "list.csv".into(), bytes: text.into() };
    let (by, options) = (By::Operator, ImportOptions::default());
    let report = import::divisions(&test.app, &by, &file(areas), options).await.expect("a table");
    assert_eq!(report.new, 3);
    let report = import::units(&test.app, &by, &file(units), options).await.expect("a table");
    assert_eq!(report.new, 3, "{:?}", report.bad);
    let duties = file("code,title\nAQ-01,开展安全生产日常巡查\n");
    import::duty_items(&test.app, &by, &duties, options).await.expect("a table");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tree_a_search_a_unit_and_the_duty_list_are_shown() {
    let test = start();
    let browser = test.browser().with_header("cookie", "tx_session=anything");
    let empty = browser.get("/network").await;
    assert!(empty.status.is_success() && empty.body.contains("还没有单位"), "{}", empty.body);
    fill(&test).await;

    let index = browser.get("/network").await;
    assert!(index.body.contains("/network/units/ld-jkq") && index.body.contains("县级"));
    let found = browser.get("/network?q=%E5%A8%84%E6%98%9F").await;
    assert!(found.body.contains("找到 1 个单位"), "{}", found.body);
    assert!(browser.get("/network?q=nothing").await.body.contains("没有找到这样的单位"));

    let county = browser.get("/network/units/lx").await;
    assert!(county.body.contains("所在园区") && county.body.contains("经开区"), "{}", county.body);
    assert!(browser.get("/network/units/ld-jkq").await.body.contains("覆盖区划"));
    assert_eq!(browser.get("/network/units/nowhere").await.status, 404);
    assert!(browser.get("/network/duties").await.body.contains("安全生产日常巡查"));

    let english = browser.get("/network/units/ld?lang=en").await;
    assert!(english.body.contains("Units below") && english.body.contains("County"), "{}", english.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reads_the_network_without_signing_in() {
    let test = start();
    let answer = test.browser().get("/network").await;
    assert_eq!(answer.location.as_deref(), Some("/login?next=/network"));
}

#[test]
fn every_text_stands_in_both_languages() {
    use platform::ui::Locale;
    let texts = tongxin_network::LOCALES;
    assert_eq!(texts.keys(Locale::ZhCn), texts.keys(Locale::En));
}
