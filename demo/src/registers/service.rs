//! Programmes, service teams, study sessions, research and its conversion.

use super::{COUNTIES, act, area, choice, day, number, record, spread, text, values};
use crate::cast::CITY;
use ::registers::rules::record::{ContactNote, ContactWay, Flow, RecordCommand};
use ::registers::rules::recurrence::Recurrence;
use ::registers::rules::{Bound, Decimal, Value};
use kernel::UnitId;
use platform::{Failure, Work};

/// K01, K02 and M03.
pub(super) fn programmes(work: &mut Work<'_>) -> Result<(), Failure> {
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
            ("evidence", text(format!("{name}学习通知、签到表、简报（示例）"))),
        ]);
        record(work, "studies", unit, day(2022, 8, 16), Some("checked"), values)?;
    }
    // Reported by made-up counties and not checked yet, or sent back: neither counts.
    for (unit, name, stage) in [("jia", "甲县", "reported"), ("yi", "乙县", "returned")] {
        let values = values([
            ("topic", text(format!("{name}专题学习"))),
            ("held_on", Value::Date(day(2022, 8, 10))),
            ("sessions", number(4, Bound::Exact)),
            ("form", choice("lecture")),
            ("evidence", text("签到表缺一次（示例）")),
        ]);
        record(work, "studies", unit, day(2022, 8, 16), Some(stage), values)?;
    }
    Ok(())
}

/// R01: 68 outputs; a dozen of them were converted after one of three meetings.
pub(super) fn research(work: &mut Work<'_>) -> Result<(), Failure> {
    let mut meetings = Vec::new();
    for (n, month) in [5, 6, 8].into_iter().enumerate() {
        let values = values([
            ("name", text(format!("第{}次调研成果转化会（示例）", ["一", "二", "三"][n]))),
            ("held_on", Value::Date(day(2022, month, 18))),
            ("host", Value::Unit(UnitId::from(CITY))),
            ("departments", text("市发改委、市工信局、市农业农村局、市科技局")),
            ("conclusion", text("所提建议逐条明确牵头单位和时限，按季度通报进展。")),
            ("document", text(format!("示例会议纪要〔2022〕{}号", n + 1))),
        ]);
        meetings.push(record(work, "conversions", CITY, day(2022, 8, 20), None, values)?);
    }
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
            values.insert("meeting".into(), Value::Records(vec![meetings[n % meetings.len()]]));
            values.insert(
                "conversion".into(),
                text(format!("示例会议纪要〔2022〕{}号", n % meetings.len() + 1)),
            );
        }
        record(work, "research", CITY, day(2022, 8, 21), Some(stage), values)?;
    }
    Ok(())
}
