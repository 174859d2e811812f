//! A PostgreSQL server for tests: the one `scripts/with-postgres` started around the whole
//! run, or one of this process's own that ends with it, even when it is killed.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio_postgres::config::Host;
use tokio_postgres::{Config, NoTls};

/// A running server on which databases may be created.
pub struct TestServer {
    admin: Config,
    /// The script around our own server. It stops the server when its input ends, which
    /// happens when this process does.
    _script: Option<Child>,
    databases: AtomicU64,
}

impl TestServer {
    /// The server of this process, started when first asked for.
    ///
    /// # Panics
    /// When there is no PostgreSQL: the message names the Debian package.
    pub fn shared() -> &'static Self {
        static SERVER: OnceLock<TestServer> = OnceLock::new();
        SERVER.get_or_init(Self::attach_or_start)
    }

    /// Makes a fresh, empty database and gives its address for `StoreConfig::postgres`.
    pub fn database(&self) -> String {
        self.create("template0")
    }

    /// A fresh database that holds what the one at `address` holds, which nobody uses any more.
    pub fn copy(&self, address: &str) -> String {
        let config: Config = address.parse().expect("an address of this server");
        let name = config.get_dbname().expect("it names its database");
        // A connection that was closed a moment ago may still be seen.
        self.run(&format!(
            "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '{name}'"
        ));
        self.create(name)
    }

    fn create(&self, template: &str) -> String {
        let count = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{count}", std::process::id());
        self.run(&format!("drop database if exists {name} with (force)"));
        self.run(&format!("create database {name} template {template}"));
        self.address(&name)
    }

    /// Runs one statement on the server, outside the database under test (cutting its
    /// connections, for example).
    pub fn run(&self, sql: &str) {
        let config = self.admin.clone();
        let statement = sql.to_owned();
        // A thread of its own, so that a test may also call this inside its runtime.
        let running = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let (client, connection) = config.connect(NoTls).await?;
                tokio::spawn(connection);
                client.batch_execute(&statement).await
            })
        });
        let outcome = running.join().expect("the helper thread ends");
        outcome.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    }

    fn attach_or_start() -> Self {
        #[expect(clippy::disallowed_methods, reason = "a test's environment is its configuration")]
        let given = std::env::var(ADDRESS).ok();
        let (address, script) = match given {
            Some(address) if !address.is_empty() => (address, None),
            _ => {
                let (address, script) = start();
                (address, Some(script))
            }
        };
        Self {
            admin: address.parse().unwrap_or_else(|error| panic!("{ADDRESS}={address}: {error}")),
            _script: script,
            databases: AtomicU64::new(0),
        }
    }

    fn address(&self, database: &str) -> String {
        let mut words = vec![format!("dbname={database}")];
        for host in self.admin.get_hosts() {
            words.push(match host {
                Host::Tcp(name) => format!("host={name}"),
                Host::Unix(path) => format!("host={}", path.display()),
            });
        }
        words.extend(self.admin.get_ports().iter().map(|port| format!("port={port}")));
        words.extend(self.admin.get_user().map(|user| format!("user={user}")));
        if let Some(password) = self.admin.get_password() {
            words.push(format!("password={}", String::from_utf8_lossy(password)));
        }
        words.join(" ")
    }
}

/// Where the address of a server comes from, for tests run under `scripts/with-postgres`.
const ADDRESS: &str = "TONGXIN_TEST_POSTGRES";

/// Starts a server through the same script, which tells its address and then waits for its
/// input to end.
fn start() -> (String, Child) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/with-postgres");
    let mut child = Command::new(&script)
        .args(["sh", "-c", &format!("echo \"${ADDRESS}\"; read -r _")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // Out of reach of a Ctrl-C meant for the tests, so that it can still clean up.
        .process_group(0)
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", script.display()));
    let output = child.stdout.take().expect("its output is piped");
    let mut address = String::new();
    BufReader::new(output).read_line(&mut address).expect("its output can be read");
    assert!(
        !address.trim().is_empty(),
        "no PostgreSQL for the tests: apt-get install postgresql (or set {ADDRESS})"
    );
    (address.trim().to_owned(), child)
}
