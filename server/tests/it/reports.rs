//! Reports over matters, on both engines: the table of units is the period's.

use crate::evaluation::{LEAD, answer};
use crate::inbox::assigned;
use crate::support::{on_both_engines, signed_in};
use ::reports::rules::period::Kind;
use ::reports::rules::word::Command;
use kernel::permission::Role;
use kernel::time::Date;
use matters::attachments::Upload;
use matters_rules::NodeRole;
use std::io::{Cursor, Read};
use testkit::TestApp;
use zip::ZipArchive;

const OFFICE: &str = demo::cast::OFFICE;
/// Units with something to do in the period.
const OPEN: &str = "ld-cz";
const NEW: &str = "ld-gd";
const ANSWER: &str = "11月18日已更换巷口三盏路灯灯头，当晚全部亮灯，今后每月巡查一次。";

on_both_engines! {
    units_on_sqlite, units_on_postgres => the_table_of_units_is_the_periods;
}

/// The rows of a document's last table, as the words of their cells.
fn rows(document: &[u8]) -> Vec<Vec<String>> {
    let mut text = String::new();
    let mut archive = ZipArchive::new(Cursor::new(document)).expect("a document");
    archive.by_name("word/document.xml").expect("a body").read_to_string(&mut text).expect("UTF-8");
    // What stands between the tags.
    let words = |cell: &str| cell.split('<').filter_map(|part| Some(part.split_once('>')?.1)).collect();
    let table = text.rsplit("<w:tbl>").next().expect("a table");
    let rows = table.split("</w:tr>").filter(|row| row.contains("<w:tc>"));
    rows.map(|row| row.split("</w:tc>").filter(|cell| cell.contains("<w:tc>")).map(words).collect()).collect()
}

async fn the_table_of_units_is_the_periods(test: TestApp) {
    let names = async |unit: &'static str| {
        let read = test.app.read(move |q, _| Ok(network::unit(q, &unit.into())?)).await;
        read.expect("reads").expect("a unit").brief(platform::ui::Locale::ZhCn).to_owned()
    };
    let (done, open, new) = (names(LEAD).await, names(OPEN).await, names(NEW).await);
    let (id, nodes) = assigned(&test, false, &[(LEAD, NodeRole::Lead)]).await;
    answer(&test, id, nodes[0], ANSWER, Vec::new()).await;
    assigned(&test, false, &[(OPEN, NodeRole::Lead)]).await;
    test.at("2026-11-19T02:00:00Z");
    for _ in 0..2 {
        assigned(&test, false, &[(NEW, NodeRole::Lead)]).await;
    }
    test.at("2026-11-20T02:00:00Z");
    let head = signed_in(&test, Role::ShiftHead, OFFICE).await;
    let by = crate::support::person(&test.app, Role::ShiftHead, OFFICE).await;
    let start = ::reports::start_of(&test.app, Kind::Daily.delivered()).expect("a start");
    let upload = Upload { name: "a.docx".into(), bytes: start };
    let version = ::reports::keep_word(&test.app, &by, Kind::Daily, upload).await.expect("kept");
    let choose = Command::Choose(Some(version));
    let chosen = by.clone();
    let write =
        test.app.write(move |work| ::reports::shell::change_word(work, &chosen, Kind::Daily, &choose));
    write.await.expect("chosen");
    let table = async |day: Date| {
        let made = ::reports::make::make(&test.app, &by, Kind::Daily, day, day).await.expect("made");
        rows(&head.get(&format!("/desk/reports/{made}/report.docx")).await.bytes)
    };
    let of_day = table(Date::constant(2026, 11, 19)).await;
    let listed: Vec<&str> = of_day[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        listed,
        [new.as_str(), open.as_str()],
        "the most first; what ended before is none: {of_day:?}"
    );
    assert_eq!(of_day[1][1..3], ["0", "2"], "none before, two given: {of_day:?}");
    assert_eq!(of_day[2][1..3], ["1", "0"], "one open when it began: {of_day:?}");
    let before = table(Date::constant(2026, 11, 18)).await;
    let listed: Vec<&str> = before[1..].iter().map(|row| row[0].as_str()).collect();
    assert!(listed.contains(&done.as_str()) && !listed.contains(&new.as_str()), "{before:?}");
}
