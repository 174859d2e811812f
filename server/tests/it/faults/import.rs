//! `kill -9` of the real server while a workbook is taken into a register: what was taken is
//! whole, what was not is not there, and the same file sent again brings the rest and nothing
//! twice.

use super::process::{Installation, log_in, send};
use crate::support::person;
use kernel::permission::Role;
use store::Query;
use testkit::Engine;

/// Rows of the file: more than are taken before the blow falls.
const ROWS: usize = 3_000;
/// Rows of one transaction.
const CHUNK: usize = 200;
const IMPORT: &str = "/registers/programmes/import";

#[test]
fn an_import_that_was_killed_is_taken_up_again_on_sqlite() {
    taken_up_again(Engine::Sqlite);
}

#[test]
fn an_import_that_was_killed_is_taken_up_again_on_postgres() {
    taken_up_again(Engine::Postgres);
}

fn taken_up_again(engine: Engine) {
    let city = Installation::new(engine);
    let opened = city.place().open().expect("it opens");
    opened.block_on(person(&opened.app, Role::Registers, "ld"));
    drop(opened);
    let rows: Vec<String> = (0..ROWS).map(|n| format!("品牌{n},娄星区")).collect();
    let file = format!("品牌名称*,区划*\n{}\n", rows.join("\n"));

    let server = city.serve();
    let (address, session) = (server.address.clone(), log_in(&server, "registers.ld"));
    std::thread::scope(|scope| {
        let taking = scope.spawn(|| upload(&address, &session, "take", &file));
        while listed(&address, &session) == 0 {
            assert!(!taking.is_finished(), "{engine:?}: it was taken before the blow could fall");
        }
        server.kill();
        assert!(taking.join().expect("no panic").is_err(), "{engine:?}: nobody was told that it is done");
    });
    city.is_whole();
    let taken = held(&city);
    assert!(taken > 0 && taken < ROWS, "{engine:?}: {taken}");
    assert_eq!(taken % CHUNK, 0, "{engine:?}: {taken} rows, of whole transactions alone");
    assert_eq!(noted(&city), [(ROWS, taken)], "{engine:?}: what was noted is what is there");

    let server = city.serve();
    let session = log_in(&server, "registers.ld");
    let looked = upload(&server.address, &session, "check", &file).expect("it answers");
    assert_eq!(counted(&looked), [ROWS - taken, 0, taken, 0], "{engine:?}: {looked}");
    upload(&server.address, &session, "take", &file).expect("it answers");
    drop(server);
    assert_eq!(held(&city), ROWS, "{engine:?}");
    assert_eq!(noted(&city), [(ROWS, ROWS), (ROWS, taken)], "{engine:?}");
    city.is_whole();
}

/// What the page says about the file.
fn upload(address: &str, session: &str, intent: &str, file: &str) -> std::io::Result<String> {
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"intent\"\r\n\r\n{intent}\r\n\
         --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{file}\r\n--b--\r\n"
    );
    let headers = [
        ("content-type", "multipart/form-data; boundary=b"),
        ("sec-fetch-site", "same-origin"),
        ("accept", "text/html"),
        ("cookie", session),
    ];
    let answer = send(address, "POST", IMPORT, &headers, &body)?;
    assert_eq!(answer.status, 200, "{}", answer.body);
    Ok(answer.body)
}

/// New, changed, unchanged, refused.
fn counted(page: &str) -> Vec<usize> {
    let values = page.split("class=\"figure-value\">").skip(1);
    values.filter_map(|rest| rest.split('<').next()?.replace(',', "").parse().ok()).collect()
}

/// Records that a reader sees while the server runs; none where it is too busy to say.
fn listed(address: &str, session: &str) -> usize {
    let path = "/api/v1/registers/programmes/records";
    let answer = send(address, "GET", path, &[("cookie", session)], "");
    answer.map_or(0, |answer| answer.body.matches("\"title\"").count())
}

/// Records there are, by the register's own table.
fn held(city: &Installation) -> usize {
    let opened = city.place().open().expect("it opens");
    let read = opened.app.read(|q, _| Ok(q.query_one("select count(*) from reg_programmes", &[])?.int(0)?));
    usize::try_from(opened.block_on(read).expect("reads")).expect("a count")
}

/// The imports of the register, the latest first: rows, and how many were gone through.
fn noted(city: &Installation) -> Vec<(usize, usize)> {
    let opened = city.place().open().expect("it opens");
    let read = opened.app.read(|q, _| {
        let sql = "select row_count, added + changed + unchanged + refused from register_import \
                   where register = 'programmes' order by begun_at desc";
        let rows = q.query(sql, &[])?;
        rows.iter().map(|row| Ok((row.int(0)?, row.int(1)?))).collect::<Result<Vec<_>, platform::Failure>>()
    });
    let count = |count| usize::try_from(count).expect("a count");
    let noted = opened.block_on(read).expect("reads");
    noted.into_iter().map(|(rows, through)| (count(rows), count(through))).collect()
}
