//! The answer as people read it, and as programs do.

use kernel::time::{Calendar, CountedDay, Date, Due, Instant, SkippedDay, TimeBase};
use platform::ui::{Arg, Translator};
use serde::Serialize;
use std::io::{self, Write};

/// Writes one JSON object on indented lines.
pub fn write_json(due: &Due, out: &mut dyn Write) -> io::Result<()> {
    let why = &due.explanation;
    let answer = Json {
        start: why.zone.rfc3339(why.start),
        span: why.span.to_string(),
        due_date: due.date,
        due_at: why.zone.rfc3339(due.at),
        rule: &why.rule,
        calendar: &why.calendar,
        zone: why.zone.name(),
        counted: &why.counted,
        skipped: &why.skipped,
        unlisted_counted: why.unlisted_counted,
        unlisted_skipped: why.unlisted_skipped,
        fallback_years: &why.fallback_years,
    };
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)
}

/// Writes the due time first, then where it comes from, day by day.
pub fn write_text(
    due: &Due,
    calendar: &Calendar,
    translator: &Translator,
    out: &mut dyn Write,
) -> io::Result<()> {
    let why = &due.explanation;
    let base = base_key(why.span.base);
    let mut line = |key: &str, args: &[(&str, Arg)]| writeln!(out, "{}", translator.ta(key, args));
    let due_at = [("at", wall_clock(due, calendar).into()), ("exact", exact(due, due.at).into())];
    line("cli-calendar-due", &due_at)?;
    line("cli-calendar-start", &[("at", minute(calendar, why.start).into())])?;
    let amount = ("n", why.span.amount.into());
    let span = translator.ta(&format!("cli-calendar-span-{base}"), &[amount]);
    line("cli-calendar-limit", &[("span", span.into())])?;
    let rule = translator.ta(
        &format!("cli-calendar-rule-{base}"),
        &[("ends", clock(calendar.day_ends()).into()), ("hours", working_hours(calendar).into())],
    );
    line("cli-calendar-rule", &[("rule", rule.into()), ("id", Arg::from(&why.rule))])?;
    line(
        "cli-calendar-calendar",
        &[("version", Arg::from(&why.calendar)), ("zone", why.zone.name().into())],
    )?;
    for year in &why.fallback_years {
        line("cli-calendar-fallback", &[("year", year.to_string().into())])?;
    }

    let total = why.counted.len() as u64 + u64::from(why.unlisted_counted);
    line("cli-calendar-counted", &[("n", total.into())])?;
    for day in &why.counted {
        let reason = reason(translator, "counted", day.reason.code(), day.name.as_deref());
        match day.minutes {
            None => line("cli-calendar-day", &day_args(translator, day.date, reason))?,
            Some(minutes) => {
                let mut args = day_args(translator, day.date, reason);
                args.extend([("h", (minutes / 60).into()), ("min", (minutes % 60).into())]);
                line("cli-calendar-day-time", &args)?;
            }
        }
    }
    unlisted(why.unlisted_counted, &mut line)?;

    let total = why.skipped.len() as u64 + u64::from(why.unlisted_skipped);
    line("cli-calendar-skipped", &[("n", total.into())])?;
    for day in &why.skipped {
        let reason = reason(translator, "skipped", day.reason.code(), day.name.as_deref());
        line("cli-calendar-day", &day_args(translator, day.date, reason))?;
    }
    unlisted(why.unlisted_skipped, &mut line)
}

#[derive(Serialize)]
struct Json<'a> {
    start: String,
    span: String,
    due_date: Date,
    due_at: String,
    rule: &'a str,
    calendar: &'a str,
    zone: &'a str,
    counted: &'a [CountedDay],
    skipped: &'a [SkippedDay],
    unlisted_counted: u32,
    unlisted_skipped: u32,
    fallback_years: &'a [i16],
}

fn unlisted(n: u32, line: &mut impl FnMut(&str, &[(&str, Arg)]) -> io::Result<()>) -> io::Result<()> {
    if n == 0 { Ok(()) } else { line("cli-calendar-unlisted", &[("n", n.into())]) }
}

fn base_key(base: TimeBase) -> &'static str {
    match base {
        TimeBase::WorkingDays => "working-days",
        TimeBase::WorkingHours => "working-hours",
        TimeBase::NaturalDays => "natural-days",
        TimeBase::NaturalHours => "natural-hours",
    }
}

fn reason(translator: &Translator, list: &str, code: &str, name: Option<&str>) -> String {
    let reason = translator.t(&format!("cli-calendar-{list}-{code}"));
    match name {
        None => reason,
        Some(name) => {
            let args = [("reason", Arg::from(reason)), ("name", name.into())];
            translator.ta("cli-calendar-reason-named", &args)
        }
    }
}

fn day_args(translator: &Translator, date: Date, reason: String) -> Vec<(&'static str, Arg)> {
    let weekday = format!("cli-calendar-weekday-{}", date.weekday().to_monday_one_offset());
    vec![
        ("date", date.to_string().into()),
        ("weekday", translator.t(&weekday).into()),
        ("reason", reason.into()),
    ]
}

/// The due time as people say it: midnight is 24:00 of the day that ends.
fn wall_clock(due: &Due, calendar: &Calendar) -> String {
    if due.explanation.span.base.counts_days() && due.at == calendar.zone().end_of_day(due.date) {
        format!("{} 24:00", due.date)
    } else {
        minute(calendar, due.at)
    }
}

fn exact(due: &Due, at: Instant) -> String {
    due.explanation.zone.rfc3339(at)
}

/// `2022-04-01 16:40`, with seconds only where there are any.
fn minute(calendar: &Calendar, at: Instant) -> String {
    let local = calendar.zone().local(at);
    let format = if local.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    local.strftime(format).to_string()
}

fn working_hours(calendar: &Calendar) -> String {
    let hours = calendar.working_hours().iter();
    let texts: Vec<String> =
        hours.map(|interval| format!("{}–{}", clock(interval.from), clock(interval.to))).collect();
    texts.join(", ")
}

fn clock(minute_of_day: u16) -> String {
    format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60)
}
