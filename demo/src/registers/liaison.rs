//! Who keeps in touch with whom, and what was said.

use super::{act, choice, day, record, spread, text, values};
use crate::cast::CITY;
use ::registers::rules::Value;
use ::registers::rules::record::{ContactNote, ContactWay, RecordCommand};
use kernel::time::Date;
use platform::{By, Failure, Work};
use register_pages::{ContactAt, Part, hand_in};
use uuid::Uuid;

/// L01–L05: 27 posts with two counterparts each; 33 posts for 143 entrepreneurs and 42 chambers.
pub(super) fn liaison(work: &mut Work<'_>) -> Result<(), Failure> {
    let pair = |work: &mut Work<'_>, kind: &str, post: usize, whom: &str, counterpart: String, n: usize| {
        let values = values([
            ("kind", choice(kind)),
            ("liaison_post", text(format!("市级领导岗位{post:02}"))),
            ("counterpart_kind", choice(whom)),
            ("counterpart", text(counterpart)),
            ("since", Value::Date(spread(2022, 1..=6, n))),
        ]);
        record(work, "liaison", CITY, day(2022, 7, 1), None, values).map(drop)
    };
    for n in 0..54 {
        pair(
            work,
            "friendship",
            n / 2 + 1,
            "representative",
            format!("代表人士{:02}（示例协会负责岗位）", n + 1),
            n,
        )?;
    }
    for n in 0..143 {
        pair(work, "site", n % 33 + 1, "entrepreneur", format!("娄商{:03}（示例企业负责岗位）", n + 1), n)?;
    }
    for n in 0..42 {
        pair(work, "site", n % 33 + 1, "chamber", format!("示例商协会{:02}", n + 1), n)?;
    }
    Ok(())
}

const TALKS: [(&str, &str, &str); 5] = [
    ("了解春茶加工旺季的用工情况", "", ""),
    ("走访农机配件企业，看新车间的进度", "厂区门口道路破损，大货车进出困难", "协调交通部门一周内现场查看"),
    ("座谈打印复印产业返乡办厂的打算", "", "把返乡用地政策整理成一页送企业"),
    ("回访薄板加工企业的供电问题", "夜间电压不稳，设备跳停", ""),
    ("介绍新能源充电场站的申报流程", "", ""),
];

/// Everyone was contacted within the last quarter; the last promise is seen through by the loop.
pub(super) fn contacts(work: &mut Work<'_>, today: Date) -> Result<(), Failure> {
    use store::Query;
    let rows = work.tx.query("select id from reg_liaison order by title, id", &[])?;
    for (n, row) in rows.iter().enumerate() {
        let id: Uuid = row.str(0)?.parse().map_err(|_| Failure::Internal("an id".into()))?;
        let (about, difficulty, promise) = TALKS[n % TALKS.len()];
        let back = jiff_days(today, i64::try_from(3 + n % 60).unwrap_or(3));
        let promised_by = (!promise.is_empty()).then(|| jiff_days(today, -14));
        let note = ContactNote {
            on: back,
            way: ContactWay::ALL[n % ContactWay::ALL.len()],
            about: about.to_owned(),
            difficulty: difficulty.to_owned(),
            promise: promise.to_owned(),
            promised_by,
        };
        act(work, id, RecordCommand::AddContact(note))?;
        if !promise.is_empty() && n + TALKS.len() >= rows.len() {
            promised(work, id)?;
        }
    }
    Ok(())
}

/// The promise of a record's last contact becomes a task, due on the day promised.
fn promised(work: &mut Work<'_>, record: Uuid) -> Result<(), Failure> {
    let loaded = work.load::<::registers::rules::Record>(&record.to_string())?;
    let line = loaded.state.contacts.last().ok_or(Failure::NotFound)?.id;
    hand_in(work, &By::Operator, ContactAt { record, line }, Part::Promise).map(drop)
}

/// That many days before a day.
fn jiff_days(day: Date, before: i64) -> Date {
    let mut on = day;
    for _ in 0..before.abs() {
        on = if before > 0 { on.yesterday() } else { on.tomorrow() }.unwrap_or(on);
    }
    on
}

/// Contacts that are overdue, in counties that do not exist.
pub(super) fn late_liaison(work: &mut Work<'_>) -> Result<(), Failure> {
    for (n, unit) in ["jia", "yi", "bing"].into_iter().enumerate() {
        for k in 0..3 {
            let values = values([
                ("kind", choice("counterpart")),
                ("liaison_post", text(format!("县级领导岗位{:02}", k + 1))),
                ("counterpart_kind", choice("chamber")),
                ("counterpart", text(format!("{}示例商会{:02}", ["甲县", "乙县", "丙县"][n], k + 1))),
                ("since", Value::Date(day(2026, 1, 4))),
            ]);
            record(work, "liaison", unit, day(2026, 1, 5), None, values)?;
        }
    }
    Ok(())
}
