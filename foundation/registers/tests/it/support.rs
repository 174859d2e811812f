//! A small city, and a register with everything in it.

use kernel::permission::{Grant, Role, UnitPath};
use kernel::time::Date;
use kernel::{AccountId, UnitId};
use network::import::{self, File, ImportOptions};
use platform::ui::FieldError;
use platform::{App, By, Failure};
use std::sync::Arc;
use testkit::{Engine, Nobody, TestApp};
use tongxin_registers::rules::definitions::Change;
use tongxin_registers::rules::record::RecordCommand;
use tongxin_registers::rules::{RecordState, Values};
use tongxin_registers::{act_definition, act_record, read_values};
use uuid::Uuid;

pub const NOW: &str = "2022-08-22T10:00:00+08:00";

const DIVISIONS: &str = "code,name,parent,level
430000,某省,,province
431300,某市,430000,city
431302,甲县,431300,county
431302001,甲一镇,431302,township
431302002,甲二镇,431302,township
";

const UNITS: &str = "code,name,short_name,en_name,parent,level,kind,area,overlays
cc,某市人民政府,某市,City,,city,government,,
xx,甲县人民政府,甲县,County,cc,county,government,431302,
xx-a,甲一镇人民政府,甲一镇,Township,xx,township,government,431302001,
yy,乙县人民政府,乙县,Other,cc,county,government,,
";

pub const REGISTER: &str = include_str!("register.toml");

pub async fn city(engine: Engine) -> TestApp {
    let features = vec![network::feature(), tongxin_registers::feature()];
    let test = TestApp::start(engine, NOW, features, Arc::new(Nobody));
    let (by, options) = (By::Operator, ImportOptions::default());
    let file = |text: &str| File { name: "list.csv".into(), bytes: text.into() };
    import::divisions(&test.app, &by, &file(DIVISIONS), options).await.expect("a table");
    import::units(&test.app, &by, &file(UNITS), options).await.expect("a table");
    publish(&test.app, REGISTER).await.expect("it is a definition");
    test
}

pub fn by(role: Role, path: &str, n: u128) -> By {
    let unit = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let grants = Arc::from([Grant::own(role, unit.into(), UnitPath(path.into()))]);
    By::Person { account: AccountId(Uuid::from_u128(n)), grants, token: None }
}

pub fn officer() -> By {
    by(Role::Registers, "cc/", 1)
}

pub async fn publish(app: &App, toml: &str) -> Result<(), Failure> {
    let change = Change::Publish { toml: toml.to_owned(), note: String::new() };
    app.write(move |work| act_definition(work, &officer(), "things", None, &change)).await
}

/// Records something typed, as a form or a workbook would.
pub async fn record(app: &App, by: &By, unit: &str, typed: &[(&str, &str)]) -> Result<Uuid, Failure> {
    let (by, unit) = (by.clone(), UnitId::from(unit));
    let typed: Vec<(String, String)> =
        typed.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    app.write(move |work| {
        let app = work.app();
        let definition = tongxin_registers::read::in_force(work.tx, app, "things")?.expect("defined");
        let pairs = typed.iter().map(|(field, text)| (field.as_str(), text.as_str()));
        let values = read_values(work.tx, &definition, pairs)?.map_err(Failure::Invalid)?;
        let values: Values = values.into_iter().filter_map(|(field, value)| Some((field, value?))).collect();
        tongxin_registers::create(work, &by, "things", unit.clone(), values)
    })
    .await
}

pub async fn act(app: &App, by: &By, id: Uuid, command: RecordCommand) -> Result<RecordState, Failure> {
    let by = by.clone();
    app.write(move |work| Ok(act_record(work, &by, id, None, &command)?.state)).await
}

pub fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// The first error of a refused command: field and code.
pub fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> (String, String) {
    match outcome {
        Err(Failure::Invalid(errors)) => {
            let FieldError { field, code, .. } = errors.into_iter().next().expect("an error");
            (field.unwrap_or_default(), code)
        }
        Err(Failure::Refused(refusal)) => (String::new(), refusal.code.to_owned()),
        other => panic!("not refused: {other:?}"),
    }
}

/// The tables are what the journal gives.
pub async fn rebuilds(test: &TestApp) {
    let differences = test.app.store.rebuild_check().await.expect("the store answers");
    assert!(differences.is_empty(), "{differences:#?}");
}
