//! Duty in the demo: the office's roster of two weeks, those of a few units, and hand-overs of
//! the last days, the newest waiting to be signed.

use crate::DemoError;
use crate::cast::{Cast, OFFICE};
use crate::story::Who;
use ::duty::rules::handover::Command;
use ::duty::rules::roster::{Publish, Shift};
use ::duty::shell;
use kernel::time::Date;
use kernel::{Source, UnitId};
use network::rules::unit::{Unit, UnitCommand};
use platform::{App, By, Failure};
use std::time::Duration;

/// Days published.
const DAYS: u64 = 14;
/// Units with a roster of their own: code and duty telephone.
const UNITS: [(&str, &str); 4] = [
    ("ld-gd", "0738-0000201"),
    ("ld-rs", "0738-0000202"),
    ("ld-zj", "0738-0000203"),
    ("lx-platform", "0738-0000204"),
];
/// Days ago, shift, words, promise.
const HANDOVERS: [(i64, &str, &str, &str); 3] = [
    (2, "前日白班", "来电平稳，用电报装咨询偏多，已按知识库答复。", ""),
    (1, "昨日白班", "两件紧急件已派出，承办单位均已签收。", "答应充电站业主今天上午十点前回电告知勘查时间。"),
    (
        0,
        "今日白班",
        "上午来电集中，一件退单申请待裁定，请接班后优先处理。",
        "答应来电人今天下班前告知派单结果。",
    ),
];

/// Publishes rosters and hands shifts over.
///
/// # Errors
/// See [`DemoError`].
pub(crate) async fn play(app: &App, cast: &Cast) -> Result<(), DemoError> {
    let today = app.config.zone.date_of(app.now());
    let head = cast.user("shift_head")?;
    let office = [
        ("白班", "08:00-20:00", "值班长岗", "0738-0000200"),
        ("夜班", "20:00-08:00", "夜班值守岗", "0738-0000200"),
    ];
    publish(app, head.clone(), OFFICE, today, &office).await.map_err(DemoError::at("a roster"))?;
    for (unit, phone) in UNITS {
        let by = cast.by(&Who::Liaison(UnitId::from(unit)))?;
        let shifts =
            [("昼间", "08:30-17:30", "综合科值班岗", phone), ("夜间", "17:30-08:30", "应急值班岗", phone)];
        publish(app, by, unit, today, &shifts).await.map_err(DemoError::at("a roster"))?;
        let phone = UnitCommand::SetDutyPhone { phone: phone.to_owned() };
        let set = app.write(move |work| work.act::<Unit>(unit, &By::Operator, None, &phone).map(drop));
        set.await.map_err(DemoError::at("a duty telephone"))?;
    }
    for (ago, shift, words, promised) in HANDOVERS {
        hand_over(app, cast, ago, (shift, words, promised)).await?;
    }
    Ok(())
}

async fn publish(
    app: &App,
    by: By,
    unit: &'static str,
    today: Date,
    shifts: &[(&str, &str, &str, &str)],
) -> Result<(), Failure> {
    let on = |n: u64| today.checked_add(Duration::from_secs(n * 86_400)).unwrap_or(today);
    let line = |day: Date, (name, hours, post, phone): &(&str, &str, &str, &str)| {
        Shift::parse(&format!("{day} {name} {hours} {post} {phone}"))
    };
    let all = (0..DAYS).flat_map(|n| shifts.iter().map(move |shift| (on(n), shift)));
    let shifts = all.map(|(day, shift)| line(day, shift)).collect::<Result<Vec<_>, _>>()?;
    let command = Publish { from: today, until: on(DAYS - 1), shifts, reason: String::new() };
    app.write(move |work| shell::publish(work, &by, &UnitId::from(unit), &command)).await
}

async fn hand_over(
    app: &App,
    cast: &Cast,
    ago: i64,
    (shift, words, promised): (&'static str, &'static str, &'static str),
) -> Result<(), DemoError> {
    let by = cast.user("shift_head")?;
    let at = app.now().plus_days(-ago).plus_seconds(-1_800);
    let id = app.fresh().uuid();
    let written = app.write_occurred(Source::Replayed, at, move |work| {
        let (words, promised) = (shell::seal(work, id, words), shell::seal(work, id, promised));
        let command = Command::Write {
            office: OFFICE.into(),
            shift: shift.to_owned(),
            words,
            promised,
            open: Vec::new(),
            calls: 0,
        };
        shell::hand_over(work, &by, id, &command)
    });
    written.await.map_err(DemoError::at("a hand-over"))?;
    if ago == 0 {
        return Ok(());
    }
    let by = cast.user("shift_head.night")?;
    let signed = app.write_occurred(Source::Replayed, at.plus_seconds(900), move |work| {
        shell::hand_over(work, &by, id, &Command::Sign { note: String::new() })
    });
    signed.await.map_err(DemoError::at("a signature"))
}
