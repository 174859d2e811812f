//! Leads, projects with their funds, firms registered.

use super::{COUNTIES, act, area, choice, day, record, spread, text, values, wan};
use ::registers::rules::record::{Flow, RecordCommand};
use ::registers::rules::{Decimal, Value};
use kernel::credit_code::normal_credit_code;
use kernel::time::Date;
use platform::{Failure, Work};
use uuid::Uuid;

/// I02, I03: 29 projects, 44.09 亿元, signed on 9 October 2021.
pub(super) fn demo_projects(work: &mut Work<'_>) -> Result<(), Failure> {
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
pub(super) fn major_projects(work: &mut Work<'_>) -> Result<(), Failure> {
    let leads = leads(work)?;
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
        let scope = if returning { "returning" } else { "general" };
        let id = project(work, n, scope, total, leads.get(index(n)).copied())?;
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
        project(work, n, "general", 9_900, None)?;
    }
    Ok(())
}

fn index(n: i64) -> usize {
    usize::try_from(n).unwrap_or(0)
}

/// I08's platforms stand on the projects of those who return; the first projects come of leads.
fn project(
    work: &mut Work<'_>,
    n: i64,
    scope: &str,
    total: i64,
    lead: Option<Uuid>,
) -> Result<Uuid, Failure> {
    let (unit, code, _, _) = COUNTIES[index(n) % 5];
    let mut values = values([
        ("name", text(format!("重点投资项目{:02}（示例）", n + 1))),
        ("scope", choice(scope)),
        ("investor", text(format!("示例投资企业{:03}", n + 1))),
        ("area", area(code)),
        ("total", wan(total)),
        ("signed_on", Value::Date(spread(2022, 1..=6, index(n)))),
        ("listed_on", Value::Date(spread(2022, 1..=7, index(n)))),
    ]);
    if let Some(lead) = lead {
        values.insert("lead".into(), Value::Records(vec![lead]));
    }
    if scope == "returning" {
        let platform = ["invest", "represent", "contribute"][index(n) % 3];
        values.insert("platform".into(), choice(platform));
    }
    let stage = ["signed", "registered", "started", "producing"][index(n) % 4];
    record(work, "projects", unit, day(2022, 7, 31), Some(stage), values)
}

/// Leads at every stage; gives those that became projects.
fn leads(work: &mut Work<'_>) -> Result<Vec<Uuid>, Failure> {
    let stages =
        ["project", "project", "project", "project", "project", "talking", "assessed", "found", "ended"];
    let mut became = Vec::new();
    for (n, stage) in stages.into_iter().enumerate() {
        let (unit, code, _, _) = COUNTIES[n % 5];
        let industry = ["农机装备", "茶叶加工", "新能源充电", "打印耗材", "薄板加工"][n % 5];
        let mut values = values([
            ("name", text(format!("{industry}投资意向{:02}（示例）", n + 1))),
            ("source", choice(["liaison", "chamber", "home_day", "other"][n % 4])),
            ("found_on", Value::Date(spread(2021, 10..=12, n))),
            ("investor", text(format!("示例投资企业{:03}", n + 1))),
            ("industry", text(industry)),
            ("area", area(code)),
            ("expected", wan(6_000 + 500 * i64::try_from(n).unwrap_or(0))),
            ("assessment", text("符合产业链方向，用地、用电条件具备，建议对接。")),
        ]);
        if stage == "ended" {
            values.insert("reason".into(), text("意向方调整投资计划"));
        }
        let id = record(work, "leads", unit, day(2022, 1, 10), Some(stage), values)?;
        if stage == "project" {
            became.push(id);
        }
    }
    Ok(became)
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
pub(super) fn later_funds(work: &mut Work<'_>) -> Result<(), Failure> {
    use store::Query;
    let sql = "select id from reg_projects where scope = 'returning' order by title limit 5";
    for row in work.tx.query(sql, &[])? {
        let id = row.str(0)?.parse().map_err(|_| Failure::Internal("an id".into()))?;
        pay(work, id, 3_000, day(2022, 8, 12), true)?;
    }
    Ok(())
}

/// I04: 28 firms from January to July 2022, two more later.
pub(super) fn enterprises(work: &mut Work<'_>) -> Result<(), Failure> {
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
