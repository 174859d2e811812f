//! The registers of the demo city, recorded through the product's own commands. Their
//! figures are those of the press of August 2022; every row is made up. Posts and
//! organisations are named by number, villages are real divisions, bad news belongs to the
//! made-up counties.

use crate::DemoError;
use crate::cast::CITY;
use ::registers::rules::record::{Award, ContactNote, ContactWay, Flow, RecordCommand};
use ::registers::rules::recurrence::Recurrence;
use ::registers::rules::{Bound, Decimal, Value, Values};
use kernel::credit_code::normal_credit_code;
use kernel::time::{Date, Instant, Time};
use kernel::{AreaId, Source, UnitId};
use platform::{App, By, Failure, Work};
use uuid::Uuid;

/// County of the city: unit, area, name, a point in it in millionths of a degree.
type County = (&'static str, &'static str, &'static str, [i64; 2]);

const COUNTIES: [County; 5] = [
    ("lx", "431302", "娄星区", [111_990_000, 27_717_000]),
    ("lsj", "431381", "冷水江市", [111_492_000, 27_684_000]),
    ("ly", "431382", "涟源市", [111_770_000, 27_778_000]),
    ("sf", "431321", "双峰县", [112_159_000, 27_434_000]),
    ("xh", "431322", "新化县", [111_307_000, 27_919_000]),
];

/// How far from that point its sites lie at most, in thousandths of a degree.
const AROUND: [[i64; 2]; 5] = [[80, 80], [90, 60], [150, 150], [165, 110], [220, 220]];

/// Fills the registers.
///
/// # Errors
/// See [`DemoError`].
pub async fn make(app: &App) -> Result<(), DemoError> {
    ::registers::seed(app).await.map_err(DemoError::at("definitions"))?;
    let today = app.config.zone.date_of(app.now());
    at(app, "liaison", day(2022, 8, 1), liaison).await?;
    at(app, "contacts", today, move |work| contacts(work, today)).await?;
    at(app, "late liaison", day(2026, 1, 5), late_liaison).await?;
    at(app, "sites", day(2022, 8, 22), sites_and_tour).await?;
    at(app, "programmes", day(2022, 8, 22), programmes).await?;
    at(app, "demo projects", day(2021, 10, 31), demo_projects).await?;
    at(app, "major projects", day(2022, 7, 31), major_projects).await?;
    at(app, "later funds", day(2022, 8, 22), later_funds).await?;
    at(app, "enterprises", day(2022, 8, 22), enterprises).await?;
    at(app, "research", day(2022, 8, 22), research).await?;
    at(app, "pairings", day(2022, 8, 22), pairings).await?;
    holders(app).await
}

/// Does a part of the script at noon of that day.
async fn at(
    app: &App,
    what: &str,
    on: Date,
    part: impl Fn(&mut Work<'_>) -> Result<(), Failure> + Send + 'static,
) -> Result<(), DemoError> {
    let noon: Instant = app.config.zone.instant(on.to_datetime(Time::constant(12, 0, 0, 0)));
    let occurred = noon.min(app.now());
    app.write_occurred(Source::Replayed, occurred, move |work| part(work))
        .await
        .map_err(DemoError::at(format!("registers: {what}")))
}

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

/// A day of the month that `n` picks.
fn spread(year: i16, months: std::ops::RangeInclusive<i8>, n: usize) -> Date {
    let (first, count) = (*months.start(), usize::try_from(months.end() - months.start() + 1).unwrap_or(1));
    let month = first + i8::try_from(n % count).unwrap_or(0);
    Date::constant(year, month, i8::try_from(1 + (n * 7) % 27).unwrap_or(1))
}

fn record(
    work: &mut Work<'_>,
    register: &str,
    unit: &str,
    on: Date,
    stage: Option<&str>,
    values: Values,
) -> Result<Uuid, Failure> {
    let id = work.fresh.uuid();
    let command = RecordCommand::Create {
        register: register.to_owned(),
        unit: UnitId::from(unit),
        values,
        stage: stage.map(str::to_owned),
        on: Some(on),
    };
    act(work, id, command)?;
    Ok(id)
}

fn act(work: &mut Work<'_>, id: Uuid, command: RecordCommand) -> Result<(), Failure> {
    ::registers::act_record(work, &By::Operator, id, None, &command).map(drop)
}

fn values<const N: usize>(pairs: [(&str, Value); N]) -> Values {
    pairs.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn choice(code: &str) -> Value {
    Value::Choice(vec![code.to_owned()])
}

fn number(number: i64, bound: Bound) -> Value {
    Value::Number { number: Decimal::whole(number), bound }
}

/// Money in ten thousand yuan.
fn wan(wan: i64) -> Value {
    Value::Money { fen: wan * 1_000_000, bound: Bound::Exact }
}

fn area(code: &str) -> Value {
    Value::Area(AreaId::from(code))
}

/// L01–L05: 27 posts with two counterparts each; 33 posts for 143 entrepreneurs and 42 chambers.
fn liaison(work: &mut Work<'_>) -> Result<(), Failure> {
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

/// Everyone was contacted within the last quarter.
fn contacts(work: &mut Work<'_>, today: Date) -> Result<(), Failure> {
    use store::Query;
    let rows = work.tx.query("select id from reg_liaison order by title, id", &[])?;
    for (n, row) in rows.iter().enumerate() {
        let id = row.str(0)?.parse().map_err(|_| Failure::Internal("an id".into()))?;
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
    }
    Ok(())
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
fn late_liaison(work: &mut Work<'_>) -> Result<(), Failure> {
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

/// S01–S03, T01–T05, K03 and the days the press named.
fn sites_and_tour(work: &mut Work<'_>) -> Result<(), Failure> {
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

/// K01, K02 and M03.
fn programmes(work: &mut Work<'_>) -> Result<(), Failure> {
    let mut first = None;
    for (unit, code, name, _) in COUNTIES {
        let mut values = values([
            ("name", text(format!("{name}同心服务日"))),
            ("area", area(code)),
            ("about", text("送政策、送服务、送技术")),
        ]);
        if unit == "lx" {
            values
                .insert("day".into(), Value::Recurrence(Recurrence { day: 8, off_day: Default::default() }));
        }
        let id = record(work, "programmes", unit, day(2022, 1, 8), None, values)?;
        first = first.or(Some(id));
    }
    const FIELDS: [&str; 18] = [
        "医疗", "教育", "法律", "农技", "茶叶", "农机", "电商", "金融", "文艺", "科技", "环保", "养老",
        "就业", "旅游", "消防", "水利", "打印", "心理",
    ];
    for (n, field) in FIELDS.into_iter().enumerate() {
        let values = values([
            ("name", text(format!("同心{field}服务团"))),
            ("profession", text(field)),
            ("area", area("431302")),
            ("members", number(i64::try_from(8 + n % 7).unwrap_or(8), Bound::Exact)),
            ("programme", Value::Records(first.into_iter().collect())),
            ("formed_on", Value::Date(day(2022, 2, 8))),
        ]);
        let id = record(work, "teams", "lx", day(2022, 2, 8), None, values)?;
        for month in [3, 5, 7] {
            let on = day(2022, month, 8);
            let amount = Decimal::whole(i64::try_from(20 + n).unwrap_or(20));
            act(
                work,
                id,
                RecordCommand::AddFlow(Flow { kind: "served".into(), on, amount, evidence: String::new() }),
            )?;
            let note = ContactNote {
                on,
                way: ContactWay::Visit,
                about: format!("{field}下乡服务一天"),
                difficulty: String::new(),
                promise: String::new(),
                promised_by: None,
            };
            act(work, id, RecordCommand::AddContact(note))?;
        }
    }
    for (n, (unit, name)) in [
        ("ld", "市"),
        ("lx", "娄星区"),
        ("lsj", "冷水江市"),
        ("ly", "涟源市"),
        ("sf", "双峰县"),
        ("xh", "新化县"),
    ]
    .into_iter()
    .enumerate()
    {
        let (sessions, bound) = if n == 0 { (60, Bound::AtLeast) } else { (28, Bound::Exact) };
        let values = values([
            ("topic", text(format!("{name}专题学习汇总"))),
            ("held_on", Value::Date(day(2022, 8, 15))),
            ("sessions", number(sessions, bound)),
            ("form", choice("group")),
        ]);
        record(work, "studies", unit, day(2022, 8, 16), None, values)?;
    }
    Ok(())
}

/// I02, I03: 29 projects, 44.09 亿元, signed on 9 October 2021.
fn demo_projects(work: &mut Work<'_>) -> Result<(), Failure> {
    let mut left = 440_900;
    for n in 0..29_i64 {
        // Around the mean, in pairs above and below it.
        let total = if n == 28 { left } else { 15_200 + (if n % 2 == 0 { 1 } else { -1 }) * (n / 2) * 300 };
        left -= total;
        let (unit, code, _, _) = COUNTIES[usize::try_from(n % 5).unwrap_or(0)];
        let values = values([
            ("name", text(format!("乡村振兴示范项目{:02}（示例）", n + 1))),
            ("scope", choice("demo")),
            ("investor", text(format!("示例企业{:03}", n + 1))),
            ("area", area(code)),
            ("total", wan(total)),
            ("signed_on", Value::Date(day(2021, 10, 9))),
        ]);
        record(work, "projects", unit, day(2021, 10, 9), Some("signed"), values)?;
    }
    Ok(())
}

/// I05–I07, I09: 73 projects, 558 亿元, one of exactly 1 亿元; 161.3 亿元 in place from
/// January to July. Below the threshold, outside the period and unverified stand others.
fn major_projects(work: &mut Work<'_>) -> Result<(), Failure> {
    let (mut total_left, mut paid_left) = (5_580_000_i64, 1_613_000_i64);
    for n in 0..73_i64 {
        let returning = n < 40;
        let total = match n {
            72 => total_left,
            71 => 10_000,
            _ if returning => 90_000 + (n % 7) * 1_000,
            _ => 58_000 + (n % 5) * 500,
        };
        total_left -= total;
        let id = project(work, n, if returning { "returning" } else { "general" }, total)?;
        if returning {
            let paid = if n == 39 { paid_left } else { 40_000 + (n % 9) * 50 };
            paid_left -= paid;
            let first = paid / 2;
            for (amount, on) in
                [(first, spread(2022, 1..=4, index(n))), (paid - first, spread(2022, 5..=7, index(n)))]
            {
                pay(work, id, amount, on, true)?;
            }
        }
        if n < 3 {
            pay(work, id, 5_000, day(2022, 6, 30), false)?;
        }
    }
    for n in 73..76 {
        project(work, n, "general", 9_900)?;
    }
    Ok(())
}

fn index(n: i64) -> usize {
    usize::try_from(n).unwrap_or(0)
}

fn project(work: &mut Work<'_>, n: i64, scope: &str, total: i64) -> Result<Uuid, Failure> {
    let (unit, code, _, _) = COUNTIES[index(n) % 5];
    let values = values([
        ("name", text(format!("重点投资项目{:02}（示例）", n + 1))),
        ("scope", choice(scope)),
        ("investor", text(format!("示例投资企业{:03}", n + 1))),
        ("area", area(code)),
        ("total", wan(total)),
        ("signed_on", Value::Date(spread(2022, 1..=6, index(n)))),
        ("listed_on", Value::Date(spread(2022, 1..=7, index(n)))),
    ]);
    let stage = ["signed", "registered", "started", "producing"][index(n) % 4];
    record(work, "projects", unit, day(2022, 7, 31), Some(stage), values)
}

fn pay(work: &mut Work<'_>, id: Uuid, wan: i64, on: Date, verified: bool) -> Result<(), Failure> {
    let amount = Decimal::whole(wan * 10_000);
    let evidence = format!("示例银行回单 {on}");
    act(work, id, RecordCommand::AddFlow(Flow { kind: "paid_in".into(), on, amount, evidence }))?;
    if !verified {
        return Ok(());
    }
    let loaded = work.load::<::registers::rules::Record>(&id.to_string())?;
    let line = loaded.state.flows.last().map(|line| line.id);
    act(work, id, RecordCommand::VerifyFlow(line.ok_or(Failure::NotFound)?))
}

/// Funds that came after the period.
fn later_funds(work: &mut Work<'_>) -> Result<(), Failure> {
    use store::Query;
    let sql = "select id from reg_projects where scope = 'returning' order by title limit 5";
    for row in work.tx.query(sql, &[])? {
        let id = row.str(0)?.parse().map_err(|_| Failure::Internal("an id".into()))?;
        pay(work, id, 3_000, day(2022, 8, 12), true)?;
    }
    Ok(())
}

/// I04: 28 firms from January to July 2022, two more later.
fn enterprises(work: &mut Work<'_>) -> Result<(), Failure> {
    for n in 0..30_usize {
        let (unit, code, _, _) = COUNTIES[n % 5];
        let on = if n < 28 { spread(2022, 1..=7, n) } else { day(2022, 8, 10) };
        let values = values([
            ("name", text(format!("娄底示例{:02}有限公司", n + 1))),
            ("credit", text(credit_code(n))),
            ("registered_on", Value::Date(on)),
            ("capital", wan(i64::try_from(200 + n * 50).unwrap_or(200))),
            ("area", area(code)),
            ("industry", text(["新能源", "农机", "打印服务", "茶叶", "薄板加工"][n % 5])),
        ]);
        record(work, "enterprises", unit, day(2022, 8, 20), None, values)?;
    }
    Ok(())
}

/// A code with a sound check character and a region that is nobody's.
fn credit_code(n: usize) -> String {
    let first = format!("91999999MA{n:07}");
    let ends = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars();
    let sound = ends.map(|end| format!("{first}{end}")).find(|code| normal_credit_code(code).is_some());
    sound.unwrap_or(first)
}

/// R01: 68 outputs.
fn research(work: &mut Work<'_>) -> Result<(), Failure> {
    for n in 0..70_usize {
        let formed = n < 68;
        let stage = match n {
            _ if !formed => "planned",
            _ if n < 12 => "converted",
            _ if n < 30 => "reported",
            _ => "formed",
        };
        let mut values = values([
            (
                "name",
                text(format!(
                    "调研报告{:02}：{}发展情况（示例）",
                    n + 1,
                    ["农机", "茶叶", "锑产业", "打印", "电商"][n % 5]
                )),
            ),
            ("campaign", choice(if n % 4 == 3 { "other" } else { "four_clear" })),
            ("body", text(format!("示例调研组{:02}", n % 17 + 1))),
        ]);
        if formed {
            values.insert("formed_on".into(), Value::Date(spread(2022, 1..=8, n)));
        }
        if stage == "converted" {
            values.insert("conversion".into(), text(format!("示例会议纪要〔2022〕{}号", n + 1)));
        }
        record(work, "research", CITY, day(2022, 8, 21), Some(stage), values)?;
    }
    Ok(())
}

/// K04: the three forms of pairing.
fn pairings(work: &mut Work<'_>) -> Result<(), Failure> {
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

/// Posts by level: name, level, kind of unit.
const POSTS: [(&str, &str, &str); 5] = [
    ("领导小组组长", "county", "government"),
    ("委员", "township", "township"),
    ("专干", "township", "township"),
    ("协理员", "village", "village"),
    ("信息员", "village", "village"),
];
/// Terms of office of one transaction.
const AT_ONCE: usize = 250;

/// K05–K09: every post on four levels is filled.
async fn holders(app: &App) -> Result<(), DemoError> {
    use store::Query;
    at(app, "posts", day(2022, 3, 1), |work| {
        for (name, level, kind) in POSTS {
            let values =
                values([("name", text(name)), ("at_level", choice(level)), ("unit_kind", text(kind))]);
            record(work, "posts", CITY, day(2022, 3, 1), None, values)?;
        }
        Ok(())
    })
    .await?;
    let read = app.read(|q, _| {
        let mut all = Vec::new();
        for post in ::registers::read::coverage::required(q)? {
            let sql = "select code from unit where path >= $1 and path < $2 and level = $3 and kind = $4 and open = 1 \
                       and area is not null \
                       order by path";
            let root = format!("{CITY}/");
            let params = store::params![&root, network::upper_bound(&root), &post.level, &post.kind];
            for row in q.query(sql, &params)? {
                all.push((post.id, row.text(0)?));
            }
        }
        Ok(all)
    });
    let all = read.await.map_err(DemoError::at("units"))?;
    for (n, chunk) in all.chunks(AT_ONCE).enumerate() {
        let chunk = chunk.to_vec();
        at(app, "holders", day(2022, 3, 15), move |work| {
            for (k, (post, unit)) in chunk.iter().enumerate() {
                let number = n * AT_ONCE + k + 1;
                let values = values([
                    ("place", Value::Unit(UnitId::from(unit.as_str()))),
                    ("post", Value::Records(vec![*post])),
                    ("holder", text(format!("示例任职人{number:04}"))),
                    ("from", Value::Date(day(2022, 3, 15))),
                    ("document", text("示例任〔2022〕3号")),
                ]);
                record(work, "holders", unit, day(2022, 3, 15), None, values)?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}
