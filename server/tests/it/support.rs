//! What these tests share.

use identity::accounts::{self, NewGrant};
use kernel::UnitId;
use kernel::permission::{Grant, Role};
use kernel::time::{Date, Zone};
use platform::config::Config;
use platform::{App, By};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use testkit::{Browser, Engine, Made, TestApp};
use tokio::sync::OnceCell;
use tongxin::features;

/// A working morning.
pub const NOW: &str = "2026-11-18T01:30:00Z";
/// Of everyone.
pub const PASSWORD: &str = "a long test password";

/// The workspace's folder.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("server/ lies in the workspace").to_owned()
}

/// Files below the workspace with that ending, as (path from the workspace, text).
pub fn files(ending: &'static str) -> impl Iterator<Item = (String, String)> {
    let root = workspace();
    let mut open = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let skipped =
                ["target", "node_modules", "dist", ".git", "fuzz"].contains(&name) || name.ends_with("-data");
            if path.is_dir() && !skipped {
                open.push(path);
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found.into_iter().map(move |path| {
        let name = path.strip_prefix(&root).expect("below the root").display().to_string();
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, text)
    })
}

/// The product's Rust sources: no tests, no examples, no comments.
pub fn rust_files() -> impl Iterator<Item = (String, String)> {
    let beside = ["/tests/", "/tests.rs", "_tests.rs", "/examples/"];
    files(".rs").filter(move |(name, _)| !beside.iter().any(|part| name.contains(part))).map(
        |(name, text)| {
            let product = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code =
                product.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>();
            (name, code.join("\n"))
        },
    )
}

/// Tests of a scenario on both engines: one that is handed the city on it, or after `engine:`
/// the engine itself.
macro_rules! on_both_engines {
    (engine: $($sqlite:ident, $postgres:ident => $scenario:ident;)+) => {$(
        #[tokio::test]
        async fn $sqlite() {
            $scenario(testkit::Engine::Sqlite).await;
        }

        #[tokio::test]
        async fn $postgres() {
            $scenario(testkit::Engine::Postgres).await;
        }
    )+};
    ($($sqlite:ident, $postgres:ident => $scenario:ident;)+) => {$(
        #[tokio::test]
        async fn $sqlite() {
            $scenario($crate::support::city(testkit::Engine::Sqlite).await).await;
        }

        #[tokio::test]
        async fn $postgres() {
            $scenario($crate::support::city(testkit::Engine::Postgres).await).await;
        }
    )+};
}
pub(crate) use on_both_engines;

/// The whole product with the demo city's divisions and units, without appeals.
pub async fn city(engine: Engine) -> TestApp {
    city_with(engine, Config::default()).await
}

/// The same with settings.
pub async fn city_with(engine: Engine, config: Config) -> TestApp {
    static CITIES: [OnceCell<Made>; 2] = [const { OnceCell::const_new() }; 2];
    let made = CITIES[usize::from(engine == Engine::Postgres)]
        .get_or_init(async || Made::of(founded(engine).await).await);
    let directory = Arc::new(identity::StoreDirectory::new(Zone::default()));
    made.await.copy(NOW, features::all(), directory, of_the_city(config))
}

fn of_the_city(config: Config) -> Config {
    Config { intake_office: Some(demo::cast::OFFICE.into()), zone: Zone::default(), ..config }
}

/// The city as it begins, made anew.
async fn founded(engine: Engine) -> TestApp {
    let directory = Arc::new(identity::StoreDirectory::new(Zone::default()));
    let config = of_the_city(Config::default());
    let test = TestApp::start_with(engine, NOW, features::all(), directory, config);
    demo::city::make(&test.app).await.expect("the city's data import");
    matters::configuration::seed(&test.app).await.expect("the configuration is published");
    registers::seed(&test.app).await.expect("the registers are defined");
    test
}

/// Someone with one grant, as the sender of commands.
pub async fn person(app: &App, role: Role, unit: &str) -> By {
    let login = format!("{}.{unit}", role.code());
    let known = login.clone();
    let found =
        app.read(move |snapshot, _| Ok(identity::read::by_login(snapshot, &known)?)).await.expect("reads");
    let account = match found {
        Some(row) => row.id,
        None => {
            let account = accounts::create_with_password(app, &By::Operator, &login, &login, PASSWORD)
                .await
                .expect("creates");
            let from = Date::constant(2022, 1, 1);
            let grant = NewGrant { role, unit: unit.into(), from, to: None };
            accounts::grant(app, &By::Operator, account, grant).await.expect("grants");
            account
        }
    };
    let id = UnitId::from(unit);
    let row =
        app.read(move |snapshot, _| Ok(network::unit(snapshot, &id)?)).await.expect("reads").expect("a unit");
    By::Person { account, grants: Arc::from([Grant::own(role, row.code, row.path)]), token: None }
}

/// A browser in which that person has logged in.
pub async fn signed_in(test: &TestApp, role: Role, unit: &str) -> Browser {
    person(&test.app, role, unit).await;
    let browser = test.browser();
    let login = format!("{}.{unit}", role.code());
    let answer = browser.post("/login", &[("login", &login), ("password", PASSWORD)]).await;
    assert!(answer.status.is_redirection(), "{login} cannot log in: {} {}", answer.status, answer.body);
    browser
}
