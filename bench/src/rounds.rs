//! What is measured of a running product, and what asks it.

use crate::BenchError;
use crate::city::PASSWORD;
use crate::clients::{Ask, Measured, run};
use crate::http::{Answer, Client, request};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Clients that look at pages side by side.
pub const READERS: usize = 8;
/// Clients that take in side by side.
pub const WRITERS: [usize; 3] = [1, 8, 32];
/// More than can be accepted in one round.
const ENOUGH: usize = 40_000;
/// Pause between two appeals that come in while pages are measured.
const BESIDE: Duration = Duration::from_millis(20);

/// What the clients know of the place they ask.
#[derive(Clone, Debug)]
pub struct Known {
    /// Where it listens.
    pub address: SocketAddr,
    /// Bearer token of an intake officer.
    pub token: String,
    /// Matters with many events.
    pub long: Arc<[String]>,
    /// Days on which there are matters, as the lists and periods ask for them.
    pub days: Arc<[String]>,
}

/// A page that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A matter with thirty events.
    Matter,
    /// A list of fifty, filtered by category, channel and days.
    List,
    /// Fifty found by words.
    Search,
    /// The figures of a period that was never asked for before.
    Statistics,
    /// The figures of today, as a wall screen asks for them again and again.
    Today,
}

impl Look {
    /// All, in the order of the report.
    pub const ALL: [Self; 5] = [Self::Matter, Self::List, Self::Search, Self::Statistics, Self::Today];

    fn path(self, known: &Known, number: u64) -> String {
        let pick = |of: &[String], by: u64| of[(number * by % of.len().max(1) as u64) as usize].clone();
        let day = |by| pick(&known.days, by);
        match self {
            Self::Matter => format!("/matters/{}", pick(&known.long, 7)),
            Self::List => {
                let (one, other) = (day(13), day(29));
                let (from, to) = if one < other { (one, other) } else { (other, one) };
                let category = CATEGORIES[number as usize % CATEGORIES.len()];
                let channel = CHANNELS[number as usize % CHANNELS.len()];
                format!("/desk?tab=all&category={category}&channel={channel}&from={from}&to={to}")
            }
            Self::Search => format!("/search?q={}", WORDS[number as usize % WORDS.len()]),
            Self::Statistics => {
                let (one, other) = (day(13), day(29));
                let (from, to) = if one < other { (one, other) } else { (other, one) };
                format!("/statistics?from={from}&as_of={to}")
            }
            Self::Today => "/statistics".to_owned(),
        }
    }
}

/// Groups of categories.
const CATEGORIES: [&str; 4] = ["ENE", "FIN", "ENV", "LAB"];
const CHANNELS: [&str; 3] = ["hotline", "online", "visit"];
/// Words of two characters, percent-encoded: 电价, 贷款, 充电, 施工, 噪声, 补贴.
const WORDS: [&str; 6] = [
    "%E7%94%B5%E4%BB%B7",
    "%E8%B4%B7%E6%AC%BE",
    "%E5%85%85%E7%94%B5",
    "%E6%96%BD%E5%B7%A5",
    "%E5%99%AA%E5%A3%B0",
    "%E8%A1%A5%E8%B4%B4",
];

/// What one product was measured at.
#[derive(Clone, Debug, Default)]
pub struct Rounds {
    /// Pages, in the order of [`Look::ALL`].
    pub looks: Vec<Measured>,
    /// Intake, in the order of [`WRITERS`].
    pub intake: Vec<Measured>,
    /// Acceptance of what was taken in.
    pub acceptance: Measured,
    /// The first search after the start.
    pub first_search: f64,
    /// Memory at rest and at most, in bytes.
    pub memory: (u64, u64),
    /// From the start of the process until it listens, in seconds.
    pub start: f64,
    /// An empty handler of the same kind.
    pub empty: Measured,
}

/// Measures everything: pages with appeals coming in beside them, then intake, then
/// acceptance. `memory` tells what the process holds now and held at most.
///
/// # Errors
/// See [`BenchError`].
pub async fn measure(
    known: &Known,
    span: Duration,
    memory: impl Fn() -> Result<(u64, u64), BenchError>,
) -> Result<Rounds, BenchError> {
    let cookie = log_in(known.address, "dispatcher").await?;
    let at_rest = memory()?.0;
    let first_search =
        once(&Pages { known: known.clone(), look: Look::Search, cookie: cookie.clone() }).await?;
    let mut looks = Vec::new();
    for look in Look::ALL {
        let pages = Pages { known: known.clone(), look, cookie: cookie.clone() };
        let beside = tokio::spawn(trickle(Intake { known: known.clone() }));
        // Plans, pages and statements are warm after this; measured is what follows.
        run(pages.clone(), READERS, span / 8).await?;
        looks.push(run(pages, READERS, span).await?);
        beside.abort();
    }
    let mut intake = Vec::new();
    for writers in WRITERS {
        intake.push(run(Intake { known: known.clone() }, writers, span).await?);
    }
    let waiting = Waiting::gather(known).await?;
    let acceptance = run(Acceptance { known: known.clone(), waiting }, WRITERS[2], span).await?;
    let empty = empty(span).await?;
    Ok(Rounds { looks, intake, acceptance, first_search, memory: (at_rest, memory()?.1), start: 0.0, empty })
}

/// How long one answer takes, in milliseconds.
async fn once(pages: &Pages) -> Result<f64, BenchError> {
    let mut line = pages.open().await?;
    let begun = std::time::Instant::now();
    pages.ask(&mut line, 0).await?;
    Ok(begun.elapsed().as_secs_f64() * 1000.0)
}

/// Logs in and gives the session's cookie.
pub(crate) async fn log_in(address: SocketAddr, user: &str) -> Result<String, BenchError> {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let sent = request("POST", "/login", &form, &format!("login={user}&password={PASSWORD}&next="));
    let answer = Client::connect(address).await?.send(&sent).await?;
    let cookies = answer.head.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
    let pairs: Vec<&str> = cookies.filter_map(|cookie| cookie.split(';').next()).collect();
    if answer.status != 303 || pairs.is_empty() {
        return Err(BenchError::unexpected(format!("{user} could not log in: {}", answer.status)));
    }
    Ok(pairs.join("; "))
}

/// Readers of one kind of page.
#[derive(Clone)]
struct Pages {
    known: Known,
    look: Look,
    cookie: String,
}

impl Ask for Pages {
    type Line = Client;

    async fn open(&self) -> Result<Client, BenchError> {
        Client::connect(self.known.address).await
    }

    async fn ask(&self, line: &mut Client, number: u64) -> Result<(), BenchError> {
        let path = self.look.path(&self.known, number);
        let headers = [("cookie", self.cookie.as_str()), ("accept", "text/html")];
        let answer = line.send(&request("GET", &path, &headers, "")).await?;
        expect(&answer, 200, &path)
    }
}

/// Matters that wait for acceptance.
#[derive(Clone)]
struct Waiting(Arc<Mutex<Vec<String>>>);

impl Waiting {
    /// Those that were just taken in, newest last.
    async fn gather(known: &Known) -> Result<Self, BenchError> {
        let bearer = format!("Bearer {}", known.token);
        let mut line = Client::connect(known.address).await?;
        let (mut ids, mut after) = (Vec::new(), String::new());
        while ids.len() < ENOUGH {
            let path = format!("/api/v1/matters?tab=review&limit=200{after}");
            let answer = line.send(&request("GET", &path, &[("authorization", bearer.as_str())], "")).await?;
            expect(&answer, 200, &path)?;
            let page: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            let rows = page["rows"].as_array().cloned().unwrap_or_default();
            ids.extend(rows.iter().filter_map(|row| row["id"].as_str().map(str::to_owned)));
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        ids.reverse();
        Ok(Self(Arc::new(Mutex::new(ids))))
    }

    fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

/// Officers at the intake desk.
#[derive(Clone)]
struct Intake {
    known: Known,
}

impl Ask for Intake {
    type Line = Client;

    async fn open(&self) -> Result<Client, BenchError> {
        Client::connect(self.known.address).await
    }

    async fn ask(&self, line: &mut Client, number: u64) -> Result<(), BenchError> {
        let bearer = format!("Bearer {}", self.known.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let body = serde_json::json!({"appeal": {
            "channel": "hotline",
            "appeal_type": "help",
            "category": "ENE-01",
            "area": "431302",
            "title": format!("充电站电价高于公示价格 {number}"),
            "text": "我公司在高新区经营充电站，上月电费按一般工商业电价结算，比公示的价格高出三成，多次询问没有答复，请帮助核实并退还多收部分。",
            "expected": "核实电价并退还多收的电费",
            "name": "演示甲",
            "phone": format!("139{:08}", (number * 7_919 + 13) % 100_000_000),
            "express_lines": ["hotline_direct"],
        }});
        let sent = request("POST", "/api/v1/matters", &headers, &body.to_string());
        let answer = line.send(&sent).await?;
        expect(&answer, 201, "intake")
    }
}

/// Appeals that come in at a steady pace, until the task is stopped.
async fn trickle(intake: Intake) -> Result<(), BenchError> {
    let mut line = intake.open().await?;
    let mut pace = tokio::time::interval(BESIDE);
    for number in 50_000_000.. {
        pace.tick().await;
        intake.ask(&mut line, number).await?;
    }
    Ok(())
}

/// Officers who accept what was taken in.
#[derive(Clone)]
struct Acceptance {
    known: Known,
    waiting: Waiting,
}

impl Ask for Acceptance {
    type Line = Client;

    async fn open(&self) -> Result<Client, BenchError> {
        Client::connect(self.known.address).await
    }

    async fn ask(&self, line: &mut Client, _: u64) -> Result<(), BenchError> {
        let id = self.waiting.take().ok_or_else(|| BenchError::unexpected("nothing is left to accept"))?;
        let bearer = format!("Bearer {}", self.known.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let body = r#"{"urgency":"general","category":"ENE-01","demands":["核实电价并退还多收的电费"]}"#;
        let path = format!("/api/v1/matters/{id}/acceptance");
        let answer = line.send(&request("POST", &path, &headers, body)).await?;
        expect(&answer, 200, &path)
    }
}

pub(crate) fn expect(answer: &Answer, status: u16, what: &str) -> Result<(), BenchError> {
    if answer.status == status {
        return Ok(());
    }
    let body = String::from_utf8_lossy(&answer.body).chars().take(300).collect::<String>();
    Err(BenchError::unexpected(format!("{what}: {} {body}", answer.status)))
}

/// Readers of an empty handler in the same kind of server: what the wire costs.
async fn empty(span: Duration) -> Result<Measured, BenchError> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let handler = axum::routing::any(|| async { "" });
    let serving = tokio::spawn(async move { axum::serve(listener, handler.into_make_service()).await });
    let measured = run(Nothing(address), READERS, span / 2).await;
    serving.abort();
    measured
}

#[derive(Clone)]
struct Nothing(SocketAddr);

impl Ask for Nothing {
    type Line = Client;

    async fn open(&self) -> Result<Client, BenchError> {
        Client::connect(self.0).await
    }

    async fn ask(&self, line: &mut Client, _: u64) -> Result<(), BenchError> {
        expect(&line.send(&request("GET", "/", &[], "")).await?, 200, "nothing")
    }
}
