//! A register of many records: Excel files taken over through the product's own pages, its
//! list, and what a new version of its definition costs.

use crate::BenchError;
use crate::clients::{Ask, Measured, run};
use crate::http::{Answer, Client, request};
use crate::rounds::{READERS, expect, log_in};
use platform::{App, By};
use print::xlsx::{Cell, Column, Heading, Table, workbook};
use registers::rules::definitions::Change;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Files that fill the register.
const FILES: usize = 2;
const CODE: &str = "bench_ledger";
const DEFINITION: &str = include_str!("ledger.toml");
/// What the second version adds.
const ADDED: &str = "\n[[field]]\ncode = \"remark\"\nzh = \"备注\"\nkind = \"text\"\n";
const AREAS: [&str; 5] = ["娄星区", "冷水江市", "涟源市", "双峰县", "新化县"];
const KINDS: [&str; 4] = ["农机", "茶叶", "打印", "新能源"];
const BOUNDARY: &str = "bench-boundary";

/// What a register came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ledger {
    /// Records it held.
    pub records: usize,
    /// Rows of one file.
    pub rows: usize,
    /// Seconds to look at a file.
    pub looked: f64,
    /// Seconds to take one over, the slower of them.
    pub taken: f64,
    /// A filtered list of fifty.
    pub list: Measured,
    /// Seconds to publish a version with one more field.
    pub change: f64,
}

/// Defines the register.
///
/// # Errors
/// See [`BenchError`].
pub async fn define(app: &App) -> Result<(), BenchError> {
    let publish = Change::Publish { toml: DEFINITION.to_owned(), note: String::new() };
    app.write(move |work| registers::act_definition(work, &By::Operator, CODE, None, &publish)).await?;
    Ok(())
}

/// Fills it with [`FILES`] files of `rows` rows and measures.
///
/// # Errors
/// See [`BenchError`].
pub async fn measure(
    address: SocketAddr,
    rows: usize,
    span: Duration,
    today: &str,
) -> Result<Ledger, BenchError> {
    let cookie = log_in(address, "registers").await?;
    let mut line = Client::connect(address).await?;
    let mut ledger = Ledger { rows, records: rows * FILES, ..Ledger::default() };
    for file in 0..FILES {
        let bytes = rows_of(file, rows)?;
        if file == 0 {
            let begun = Instant::now();
            send(&mut line, &cookie, "check", &bytes).await?;
            ledger.looked = begun.elapsed().as_secs_f64();
        }
        let begun = Instant::now();
        send(&mut line, &cookie, "take", &bytes).await?;
        ledger.taken = ledger.taken.max(begun.elapsed().as_secs_f64());
    }
    let list = List { address, cookie: cookie.clone() };
    run(list.clone(), READERS, span / 8).await?;
    ledger.list = run(list, READERS, span).await?;
    ledger.change = change(&mut line, &cookie, today).await?;
    Ok(ledger)
}

/// An Excel file as an office would send it.
fn rows_of(file: usize, rows: usize) -> Result<Vec<u8>, BenchError> {
    let heads = ["编号", "名称", "区划", "类别", "金额", "日期", "说明"];
    let columns = Vec::from(heads.map(|head| Column::text(head, 16)));
    let mut table = Table::new(&Heading::new("台账"), columns).map_err(unexpected)?;
    for row in 0..rows {
        let n = file * rows + row;
        let cells: [Cell; 7] = [
            format!("B{n:07}").into(),
            format!("示例项目{n}").into(),
            AREAS[n % AREAS.len()].into(),
            KINDS[n % KINDS.len()].into(),
            (n % 5_000 + 1).to_string().into(),
            format!("2022-{:02}-{:02}", n % 12 + 1, n % 28 + 1).into(),
            "走访时了解到扩建计划，正在办理用地手续。".into(),
        ];
        table.row(cells).map_err(unexpected)?;
    }
    workbook([table]).map_err(unexpected)
}

async fn send(line: &mut Client, cookie: &str, intent: &str, file: &[u8]) -> Result<Answer, BenchError> {
    let mut body = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"intent\"\r\n\r\n{intent}\r\n--{BOUNDARY}\r\n\
         content-disposition: form-data; name=\"file\"; filename=\"rows.xlsx\"\r\n\
         content-type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    let (length, kind) = (body.len().to_string(), format!("multipart/form-data; boundary={BOUNDARY}"));
    let headers = [("cookie", cookie), ("content-type", kind.as_str()), ("content-length", length.as_str())];
    let path = format!("/registers/{CODE}/import");
    let mut bytes = request("POST", &path, &headers, "");
    bytes.extend(body);
    let answer = line.send(&bytes).await?;
    expect(&answer, 200, &path)?;
    Ok(answer)
}

/// Publishes a version with one more field; gives the seconds that took.
async fn change(line: &mut Client, cookie: &str, today: &str) -> Result<f64, BenchError> {
    let headers = [("cookie", cookie), ("content-type", "application/x-www-form-urlencoded")];
    let toml: String = format!("{DEFINITION}{ADDED}").bytes().map(|byte| format!("%{byte:02X}")).collect();
    let source = format!("/registers/{CODE}/definition/source");
    let draft = request("POST", &source, &headers, &format!("intent=draft&head=1&toml={toml}"));
    expect(&line.send(&draft).await?, 303, &source)?;
    let publication = format!("/registers/{CODE}/definition/publication");
    let publish = request("POST", &publication, &headers, &format!("head=2&note=&from={today}"));
    let begun = Instant::now();
    expect(&line.send(&publish).await?, 303, &publication)?;
    Ok(begun.elapsed().as_secs_f64())
}

/// Readers of the list, each time with another filter.
#[derive(Clone)]
struct List {
    address: SocketAddr,
    cookie: String,
}

impl Ask for List {
    type Line = Client;

    async fn open(&self) -> Result<Client, BenchError> {
        Client::connect(self.address).await
    }

    async fn ask(&self, line: &mut Client, number: u64) -> Result<(), BenchError> {
        let kind = ["farming", "tea", "printing", "energy"][number as usize % KINDS.len()];
        let area = ["431302", "431381", "431382", "431321", "431322"][number as usize / 4 % AREAS.len()];
        let path = format!("/registers/{CODE}?all=yes&f.kind={kind}&f.area={area}");
        let headers = [("cookie", self.cookie.as_str()), ("accept", "text/html")];
        expect(&line.send(&request("GET", &path, &headers, "")).await?, 200, &path)
    }
}

fn unexpected(error: impl std::fmt::Display) -> BenchError {
    BenchError::unexpected(error.to_string())
}
