//! The real program as a process of its own, and just enough HTTP to talk to it.

use crate::support::{PASSWORD, workspace};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use store::Query;
use tempfile::TempDir;
use testkit::Engine;
use testkit::postgres::TestServer;
use tongxin::cli::Place;

/// An installation on disk or on the test server, with a small city in it.
pub struct Installation {
    pub folder: TempDir,
    place: Vec<String>,
}

/// A running `tongxin serve`; killed when dropped.
pub struct Server {
    child: Child,
    /// Host and port.
    pub address: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Installation {
    /// With the city, one county and their units.
    pub fn new(engine: Engine) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name).display().to_string();
        let place = match engine {
            Engine::Sqlite => vec!["--data".to_owned(), path("data")],
            Engine::Postgres => vec!["--database".to_owned(), TestServer::shared().database()],
        };
        let place =
            [place, vec!["--keys".into(), path("keys"), "--config".into(), path("tongxin.toml")]].concat();
        let made = Self { folder, place };
        made.put("tongxin.toml", "intake_office = \"ld-ydb\"\ntrusted_proxies = [\"127.0.0.1\"]\n");
        let county = |line: &str| {
            ["430000,", "431300,", "431302", "ld", "lx"].iter().any(|start| line.starts_with(start))
        };
        for (file, kind) in [("divisions.csv", "divisions"), ("units.csv", "units")] {
            let all =
                std::fs::read_to_string(workspace().join("demo/data").join(file)).expect("the demo's data");
            let head = all.lines().take(1);
            let few = all.lines().skip(1).filter(|line| county(line)).take(60);
            made.put(file, &head.chain(few).collect::<Vec<_>>().join("\n"));
            made.says(&["import", kind, &made.path(file)]);
        }
        made
    }

    /// The place as the program takes it.
    pub fn place(&self) -> Place {
        let value = |name: &str| {
            let at = self.place.iter().position(|word| word == name);
            at.and_then(|at| self.place.get(at + 1)).cloned()
        };
        Place {
            data: value("--data").map(Into::into),
            database: value("--database"),
            keys: value("--keys").map(Into::into),
            config: value("--config").map(Into::into),
            master_key: None,
        }
    }

    /// An empty place beside it, opened with the same keys.
    pub fn empty_beside(&self, name: &str) -> Vec<String> {
        vec![
            "--data".into(),
            self.path(name),
            "--keys".into(),
            self.path("keys"),
            "--config".into(),
            self.path("tongxin.toml"),
        ]
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The embedded database.
    pub fn database_file(&self) -> std::path::PathBuf {
        self.folder.path().join("data/tongxin.db")
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("the folder takes a file");
    }

    /// Runs a command of the shell on it.
    pub fn run(&self, args: &[&str]) -> Output {
        self.run_at(args, &self.place)
    }

    /// The same at another place.
    pub fn run_at(&self, args: &[&str], place: &[String]) -> Output {
        program(self.folder.path()).args(args).args(place).output().expect("the program runs")
    }

    /// What a command that must succeed says.
    pub fn says(&self, args: &[&str]) -> String {
        said(args, &self.run(args))
    }

    /// Serves it.
    pub fn serve(&self) -> Server {
        let mut command = program(self.folder.path());
        command.arg("serve");
        self.started(command)
    }

    /// Serves it with files limited to so many kilobytes. What goes beyond is an error of
    /// the disk for the program, as when it is full; the signal that comes with it is ignored.
    pub fn serve_on_a_small_disk(&self, kilobytes: u64) -> Server {
        let mut command = Command::new("bash");
        let script = format!("trap '' XFSZ; ulimit -S -f {kilobytes}; exec \"$0\" \"$@\"");
        command.current_dir(self.folder.path()).args(["-c", &script, env!("CARGO_BIN_EXE_tongxin"), "serve"]);
        self.started(command)
    }

    fn started(&self, mut command: Command) -> Server {
        let log = File::options().create(true).append(true).open(self.path("log")).expect("a log");
        command.args(&self.place).args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("piped"));
        let listening = out
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("listening on http://").map(str::to_owned));
        let address = listening.unwrap_or_else(|| panic!("it does not serve: {}", self.log()));
        Server { child, address }
    }

    /// What the servers told their operator.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    /// Chains, attachments and read models are whole.
    pub fn is_whole(&self) {
        self.says(&["doctor"]);
        self.says(&["rebuild", "--check"]);
    }

    /// The matter of that number.
    pub fn id_of(&self, number: &str) -> String {
        let (opened, number) = (self.place().open().expect("it opens"), number.to_owned());
        let sql = "select id from matter where number = $1";
        let read = opened.app.read(move |snapshot, _| {
            Ok(snapshot.query_one(sql, &store::params![number.as_str()])?.text(0)?)
        });
        opened.block_on(read).expect("it is there")
    }

    /// How many appeals were received, by the figures.
    pub fn received(&self) -> i64 {
        let figures: Value = serde_json::from_str(&self.says(&["figures", "--json"])).expect("JSON");
        figures["received"].as_i64().unwrap_or_else(|| panic!("a number in {figures}"))
    }
}

/// What a command that must succeed printed.
pub fn said(args: &[&str], output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {error}{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongxin"));
    command.current_dir(folder);
    for name in ["TONGXIN_DATA", "TONGXIN_DATABASE", "TONGXIN_KEYS", "TONGXIN_MASTER_KEY", "TONGXIN_CONFIG"] {
        command.env_remove(name);
    }
    command
}

impl Server {
    /// SIGKILL: no destructor, no flush.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone after `kill`.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Someone's session with a server, as a cookie.
pub fn log_in(server: &Server, user: &str) -> String {
    let body = format!("login={user}&password={}", PASSWORD.replace(' ', "+"));
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let answer = send(&server.address, "POST", "/login", &headers, &body).expect("it answers");
    assert_eq!(answer.status, 303, "{}", answer.body);
    header(&answer.head, "set-cookie").split(';').next().unwrap_or_default().to_owned()
}

/// Sends a request and reads the answer to its end.
///
/// # Errors
/// When the server is not there, or goes away before it has answered.
pub fn send(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> std::io::Result<Answer> {
    send_over(TcpStream::connect(address)?, method, path, headers, body)
}

/// The same over an open connection.
///
/// # Errors
/// See [`send`].
pub fn send_over(
    mut stream: impl Read + Write,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> std::io::Result<Answer> {
    // HTTP/1.0: one answer, in one piece, then the end.
    let mut request = format!("{method} {path} HTTP/1.0\r\nhost: tongxin.test\r\n");
    if !headers.iter().any(|(name, _)| *name == "accept") {
        request.push_str("accept: application/json\r\n");
    }
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    // An answer that was cut off is none.
    if header(head, "content-length").parse().is_ok_and(|length: usize| body.len() < length) {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Answer { status: status.unwrap_or_default(), head: head.to_owned(), body: body.to_owned() })
}

/// A header of an answer; empty where there is none.
pub fn header<'a>(head: &'a str, name: &str) -> &'a str {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
}

/// A sender no rate limit has seen yet.
pub fn another_source() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("10.{}.{}.{}", count >> 16 & 255, count >> 8 & 255, count & 255)
}

/// Files an appeal under a key of the sender's.
///
/// # Errors
/// See [`send`].
pub fn file(address: &str, key: &str) -> std::io::Result<Answer> {
    file_over(TcpStream::connect(address)?, key)
}

/// The same over an open connection.
///
/// # Errors
/// See [`send`].
pub fn file_over(stream: impl Read + Write, key: &str) -> std::io::Result<Answer> {
    let appeal = json!({
        "appeal_type": "help",
        "category": "ENE-01",
        "area": "431302",
        "title": "车间变压器增容",
        "text": "新厂房报装已经两周，一直没有人来现场勘查。",
        "contact": { "name": "王先生", "phone": "13800001234", "enterprise": "示例机械有限公司" },
    });
    let source = another_source();
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", key),
        ("x-forwarded-for", source.as_str()),
    ];
    send_over(stream, "POST", "/api/v1/appeals", &headers, &appeal.to_string())
}

/// Number and code of a receipt.
pub fn receipt(answer: &Answer) -> (String, String) {
    let receipt: Value = serde_json::from_str(&answer.body).expect("JSON");
    let text = |name: &str| receipt[name].as_str().expect("a text").to_owned();
    (text("number"), text("code"))
}

/// Whether the appeal can be followed with its code.
pub fn is_there(address: &str, number: &str, code: &str) -> bool {
    let source = another_source();
    let headers = [("tongxin-tracking-code", code), ("x-forwarded-for", source.as_str())];
    let answer = send(address, "GET", &format!("/api/v1/appeals/{number}"), &headers, "");
    answer.is_ok_and(|answer| answer.status == 200)
}
