//! A small city with its three administrators.

use kernel::permission::Role;
use kernel::time::Date;
use kernel::{AccountId, UnitId};
use network::import::{self, File, ImportOptions};
use platform::config::Config;
use platform::directory::{Directory, SignedIn};
use platform::{App, By, Failure};
use std::sync::Arc;
use testkit::{Browser, Engine, TestApp};
use tongxin_identity::accounts::{self, NewGrant, OneTime};
use tongxin_identity::{StoreDirectory, feature};

/// The city at 2022-04-01, 08:00 local time.
pub struct City {
    pub test: TestApp,
    /// System, security, audit.
    pub admins: Vec<OneTime>,
}

pub const PASSWORD: &str = "资水东去锑都晨雾山高水长";

impl City {
    pub async fn found(engine: Engine) -> Self {
        let config = Config::default();
        let directory = Arc::new(StoreDirectory::new(config.zone.clone()));
        let features = vec![network::feature(), feature()];
        let test = TestApp::start_with(engine, "2022-04-01T08:00:00+08:00", features, directory, config);
        let units = "code,name,parent,level,kind\nld,某市,,city,government\nld-cz,市财政局,ld,city,department\n\
                     lx,某区,ld,county,government\nlx-cz,区财政局,lx,county,department\n";
        let file = File { name: "units.csv".into(), bytes: units.into() };
        let report =
            import::units(&test.app, &By::Operator, &file, ImportOptions::default()).await.expect("a table");
        assert_eq!(report.new, 4);
        let admins = accounts::create_admins(&test.app, &UnitId::from("ld")).await.expect("the three");
        Self { test, admins }
    }

    pub fn app(&self) -> &App {
        &self.test.app
    }

    /// An account that needs no new password, with a role.
    pub async fn officer(&self, login: &str, role: Role, unit: &str) -> AccountId {
        let id = accounts::create_with_password(self.app(), &By::Operator, login, login, PASSWORD)
            .await
            .expect("made");
        self.grant(id, role, unit).await.expect("granted");
        id
    }

    pub async fn grant(&self, id: AccountId, role: Role, unit: &str) -> Result<(), Failure> {
        let new = NewGrant { role, unit: unit.into(), from: day("2022-04-01"), to: None };
        accounts::grant(self.app(), &By::Operator, id, new).await.map(drop)
    }

    /// An account as the sender of commands, with its grants in force now.
    pub async fn by(&self, id: AccountId) -> By {
        self.person(id).await.expect("an enabled account").by()
    }

    /// Whoever a fresh session of the account would be.
    pub async fn person(&self, id: AccountId) -> Option<SignedIn> {
        self.app()
            .write(move |work| {
                let now = work.now();
                let session = store::sessions::Session {
                    token_hash: format!("test {id}"),
                    account: id.to_string(),
                    data: String::new(),
                    created_at: now,
                    last_seen_at: now,
                    expires_at: now.plus_hours(1),
                };
                Ok(store::sessions::put(work.tx, &session)?)
            })
            .await
            .expect("writes");
        let directory = StoreDirectory::new(self.app().config.zone.clone());
        self.app()
            .read(move |q, app| directory.by_session(q, &format!("test {id}"), app.now()))
            .await
            .expect("reads")
    }

    /// A browser in which someone has logged in.
    pub async fn logged_in(&self, login: &str, password: &str) -> Browser {
        let browser = self.test.browser();
        let answer = browser.post("/login", &[("login", login), ("password", password)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }
}

pub fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// The code of a refusal.
pub fn refused<T>(outcome: Result<T, Failure>) -> &'static str {
    outcome.err().expect("must be refused").code()
}
