//! Sites with their levels, tours over them, villages paired with firms.

use super::{COUNTIES, act, area, choice, day, number, record, text, values};
use crate::cast::CITY;
use ::registers::rules::record::{Award, RecordCommand};
use ::registers::rules::{Bound, Value};
use platform::{Failure, Work};

/// How far from a county's point its sites lie at most, in thousandths of a degree.
const AROUND: [[i64; 2]; 5] = [[80, 80], [90, 60], [150, 150], [165, 110], [220, 220]];

/// S01–S03, T01–T05, K03 and the days the press named.
pub(super) fn sites_and_tour(work: &mut Work<'_>) -> Result<(), Failure> {
    let mut sites = Vec::new();
    for (n, (code, name, county)) in villages(work, 145)?.into_iter().enumerate() {
        let (unit, _, _, [lon, lat]) = COUNTIES[county];
        // Evenly spread without a pattern: multiples of these parts of the width seldom meet.
        let off = |axis: usize, part: usize| {
            let place = i64::try_from(n / COUNTIES.len() * part % 1000).unwrap_or(0);
            (2 * place - 1000) * AROUND[county][axis]
        };
        let values = values([
            ("name", text(format!("{name}同心美丽乡村"))),
            ("kind", choice(if name.ends_with("社区") { "community" } else { "village" })),
            ("area", area(&code)),
            ("place", Value::Point([lon + off(0, 755), lat + off(1, 570)])),
            ("standard", Value::Choice(["hardware", "software", "experience"].map(str::to_owned).to_vec())),
        ]);
        let id = record(work, "sites", unit, day(2022, 3, 1), None, values)?;
        let level = if n < 10 {
            3
        } else if n < 39 {
            2
        } else {
            1
        };
        for (at, (level, on)) in
            [("county", day(2021, 6, 1)), ("city", day(2021, 12, 1)), ("province", day(2022, 5, 1))]
                .into_iter()
                .take(level)
                .enumerate()
        {
            let document = format!("示例发〔{}〕{}号", on.year(), at + 1);
            let award = Award { level: level.to_owned(), on, document, ended: None };
            act(work, id, RecordCommand::Award(award))?;
        }
        sites.push(id);
    }
    let base = values([
        ("name", text("双峰县跨境电商创业实践基地（示例）")),
        ("kind", choice("base")),
        ("area", area("431321")),
        ("sales", Value::Money { fen: 800_000_000, bound: Bound::AtLeast }),
    ]);
    record(work, "sites", "sf", day(2022, 8, 20), None, base)?;
    let first = values([
        ("name", text("首届同心美丽乡村娄底行")),
        ("kind", choice("tour")),
        ("edition", number(1, Bound::Exact)),
        ("from", Value::Date(day(2021, 7, 8))),
        ("to", Value::Date(day(2021, 7, 30))),
        ("sites", Value::Records(sites.iter().skip(3).step_by(12).take(9).copied().collect())),
    ]);
    record(work, "events", CITY, day(2021, 8, 2), None, first)?;
    let tour = values([
        ("name", text("第二届同心美丽乡村娄底行")),
        ("kind", choice("tour")),
        ("edition", number(2, Bound::Exact)),
        ("from", Value::Date(day(2022, 7, 1))),
        ("to", Value::Date(day(2022, 8, 5))),
        ("sites", Value::Records(sites.iter().step_by(10).take(14).copied().collect())),
        ("participants", number(1000, Bound::AtLeast)),
        ("distance", number(2000, Bound::AtMost)),
    ]);
    record(work, "events", CITY, day(2022, 8, 6), None, tour)?;
    for (name, kind, from, to) in [
        ("首个娄商日", "home_day", day(2021, 10, 9), day(2021, 10, 9)),
        ("首次双部长同心谈话会", "talk", day(2022, 6, 1), day(2022, 6, 1)),
        ("暑期谈心活动", "talk", day(2022, 8, 25), day(2022, 8, 27)),
        ("娄商返乡考察（示例）", "home_trip", day(2022, 5, 12), day(2022, 5, 14)),
    ] {
        let values = values([
            ("name", text(name)),
            ("kind", choice(kind)),
            ("from", Value::Date(from)),
            ("to", Value::Date(to)),
        ]);
        record(work, "events", CITY, day(2022, 8, 20), None, values)?;
    }
    Ok(())
}

/// Villages in turn from each county: code, name, county.
fn villages(work: &mut Work<'_>, count: usize) -> Result<Vec<(String, String, usize)>, Failure> {
    use store::Query;
    let mut by_county = Vec::new();
    for (_, code, _, _) in COUNTIES {
        let sql =
            "select code, name from area where level = 'village' and code >= $1 and code < $2 order by code";
        let rows = work.tx.query(sql, &store::params![code, format!("{code}:")])?;
        by_county.push(rows);
    }
    let mut found = Vec::new();
    for n in 0..count {
        let rows = &by_county[n % COUNTIES.len()];
        // Apart from each other, so that they lie in different townships.
        let row = rows.get((n / COUNTIES.len() * 7) % rows.len().max(1));
        let row = row.ok_or_else(|| Failure::Internal("no villages".into()))?;
        found.push((row.text(0)?, row.text(1)?, n % COUNTIES.len()));
    }
    Ok(found)
}

/// K04: the three forms of pairing.
pub(super) fn pairings(work: &mut Work<'_>) -> Result<(), Failure> {
    let pairs = [("甲", "一"), ("乙", "二"), ("丙", "二"), ("丁", "三"), ("丁", "四"), ("戊", "五")];
    for (village, firm) in pairs {
        let values = values([
            ("village", text(format!("新化县示例{village}村"))),
            ("firm", text(format!("示例企业{firm}号"))),
            ("area", area("431322")),
            ("since", Value::Date(day(2022, 4, 20))),
            ("work", text("农产品收购、技能培训")),
        ]);
        record(work, "pairings", "xh", day(2022, 4, 20), None, values)?;
    }
    Ok(())
}
