//! Two nodes on one PostgreSQL behind a proxy: sessions, jobs, timers and figures work across
//! them; one is killed under load, and nothing is lost or done twice.

use super::process::{Installation, another_source, file_over, header, is_there, receipt, send, send_over};
use crate::support::{PASSWORD, person};
use demo::cast::OFFICE;
use kernel::permission::Role;
use matters::FileRequest;
use matters_rules::command::ContactCard;
use matters_rules::{AppealType, Channel};
use platform::By;
use std::collections::BTreeSet;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use testkit::Engine;

/// Where Debian puts it; not in everyone's path.
const HAPROXY: &str = "/usr/sbin/haproxy";
/// Appeals whose review limit has run out when the nodes start.
const OVERDUE: usize = 12;
const CLIENTS: usize = 4;
/// Acknowledged before one node is killed, and again afterwards.
const ACKNOWLEDGED: usize = 20;
/// Looks for something that a node does by itself, before it is given up.
const LOOKS: usize = 20_000;

#[test]
fn two_nodes_behind_a_proxy_are_one_service() {
    let city = Installation::new(Engine::Postgres);
    let overdue = prepared(&city);
    let (one, two) = (city.serve(), city.serve());
    let proxy = Proxy::before(city.folder.path(), [&one.address, &two.address]);

    // A session of one node is a session of the other.
    let cookie = log_in(&proxy);
    let mut seen = BTreeSet::new();
    while seen.len() < 2 {
        let answer = proxy.get("/api/v1/me", &[("cookie", cookie.as_str())]);
        assert_eq!(answer.status, 200, "{}", answer.body);
        seen.insert(header(&answer.head, "x-node").to_owned());
    }

    // Timers that fell due are carried out by whichever node comes first, once.
    let accepted = (0..LOOKS).find(|_| {
        overdue.iter().all(|(number, code)| {
            let source = another_source();
            let headers = [("tongxin-tracking-code", code.as_str()), ("x-forwarded-for", source.as_str())];
            let answer = proxy.get(&format!("/api/v1/appeals/{number}"), &headers);
            answer.body.contains("\"accepted\"")
        })
    });
    assert!(accepted.is_some(), "the timers do not run: {}", city.log());
    let figures = city.says(&["figures", "--json"]);
    assert!(figures.contains(&format!("\"accepted\": {OVERDUE}")), "{figures}");

    // The same figures on both nodes.
    let figures = |address: &str| {
        let answer = send(address, "GET", "/figures", &[("accept", "text/html")], "").expect("it answers");
        let rows = answer
            .body
            .split("<td")
            .skip(1)
            .map(|cell| cell.split("</td>").next().unwrap_or_default().to_owned());
        rows.collect::<Vec<_>>()
    };
    assert_eq!(figures(&one.address), figures(&two.address));

    // One is killed under load.
    let sent = Mutex::new(0_usize);
    let receipts = Mutex::new(Vec::new());
    let (acknowledge, heard) = channel();
    let (stop, order) = (std::sync::atomic::AtomicBool::new(false), std::sync::atomic::Ordering::SeqCst);
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (proxy, sent, receipts, stop, acknowledge) =
                (&proxy, &sent, &receipts, &stop, acknowledge.clone());
            scope.spawn(move || {
                for n in 0.. {
                    if stop.load(order) {
                        return;
                    }
                    *sent.lock().expect("no panic") += 1;
                    // Whoever gets no answer asks again under the same key, as the API says.
                    let filed = (0..LOOKS).find_map(|_| {
                        let answer =
                            file_over(proxy.connect().ok()?, &format!("client-{client}-{n}")).ok()?;
                        (answer.status == 201).then_some(answer)
                    });
                    receipts
                        .lock()
                        .expect("no panic")
                        .push(receipt(&filed.expect("the other node takes it")));
                    let _ = acknowledge.send(());
                }
            });
        }
        drop(acknowledge);
        heard.iter().take(ACKNOWLEDGED).for_each(drop);
        one.kill();
        heard.iter().take(ACKNOWLEDGED).for_each(drop);
        stop.store(true, order);
    });
    let receipts = receipts.into_inner().expect("no panic");
    for (number, code) in &receipts {
        assert!(is_there(&two.address, number, code), "{number} is lost");
    }
    assert_eq!(proxy.get("/api/v1/me", &[("cookie", cookie.as_str())]).status, 200, "the session lives on");
    drop(two);
    city.is_whole();
    let sent = sent.into_inner().expect("no panic");
    assert_eq!(
        (receipts.len(), city.received()),
        (sent, (sent + OVERDUE) as i64),
        "nothing lost, nothing twice"
    );
}

/// An officer's account, and appeals of an earlier year that nobody reviewed.
fn prepared(city: &Installation) -> Vec<(String, String)> {
    let place = city.place();
    let then = kernel::time::Instant::parse("2022-06-16T01:30:00Z").expect("a time");
    let clock = std::sync::Arc::new(platform::clock::FixedClock::at(then));
    let opened = place.open_with(|setup| setup.clock = clock).expect("it opens");
    opened.block_on(async {
        matters::configuration::seed(&opened.app).await.expect("the configuration is published");
        person(&opened.app, Role::Dispatcher, OFFICE).await;
        let mut filed = Vec::new();
        for n in 0..OVERDUE {
            let request = FileRequest {
                category: Some("ENE-01".into()),
                area: Some("431302".into()),
                title: format!("变压器增容{n}"),
                text: "上月起每天跳闸三次。".into(),
                contact: ContactCard {
                    name: "王先生".into(),
                    phone: "13800001234".into(),
                    ..Default::default()
                },
                ..FileRequest::new(OFFICE.into(), Channel::Online, AppealType::Help)
            };
            let filing = opened.app.write(move |work| matters::file(work, &By::Public, &request)).await;
            let receipt = filing.expect("filed");
            filed.push((receipt.number.clone(), receipt.code.to_string()));
        }
        filed
    })
}

fn log_in(proxy: &Proxy) -> String {
    let login = format!("dispatcher.{OFFICE}");
    let body = format!("login={login}&password={}", PASSWORD.replace(' ', "+"));
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let answer =
        send_over(proxy.connect().expect("listens"), "POST", "/login", &headers, &body).expect("answers");
    assert_eq!(answer.status, 303, "{}", answer.body);
    header(&answer.head, "set-cookie").split(';').next().unwrap_or_default().to_owned()
}

/// HAProxy in front of the nodes, on a socket in the test's folder.
struct Proxy {
    child: Child,
    socket: PathBuf,
}

impl Proxy {
    fn before(folder: &Path, nodes: [&str; 2]) -> Self {
        let socket = folder.join("proxy.sock");
        let [one, two] = nodes;
        let settings = format!(
            "defaults\n mode http\n timeout connect 5s\n timeout client 60s\n timeout server 60s\n retries 3\n \
             option redispatch\n\
             frontend public\n bind unix@{}\n http-response set-header X-Node %s\n default_backend nodes\n\
             backend nodes\n balance roundrobin\n option httpchk GET /api/v1/health\n \
             default-server check inter 300ms fall 1 rise 1 on-marked-down shutdown-sessions\n \
             server one {one}\n server two {two}\n",
            socket.display()
        );
        let file = folder.join("haproxy.cfg");
        std::fs::write(&file, settings).expect("the folder takes a file");
        let mut child = Command::new(HAPROXY)
            .args(["-db", "-f"])
            .arg(&file)
            .stdout(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{HAPROXY}: {error}; install the Debian package haproxy"));
        while UnixStream::connect(&socket).is_err() {
            assert!(child.try_wait().expect("a child").is_none(), "haproxy does not start");
            std::thread::yield_now();
        }
        Self { child, socket }
    }

    fn connect(&self) -> std::io::Result<UnixStream> {
        UnixStream::connect(&self.socket)
    }

    fn get(&self, path: &str, headers: &[(&str, &str)]) -> super::process::Answer {
        send_over(self.connect().expect("it listens"), "GET", path, headers, "").expect("it answers")
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // It holds nothing that must be closed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
