//! `tongxin calendar due`: when a limit runs out, and why. For the officer who is asked
//! about a date, and for scripts that want the same answer as the platform gives.

mod answer;

use super::CliError;
use clap::{Args, Subcommand};
use kernel::time::{Calendar, CalendarError, CalendarProblem, Date, DateTime, Instant, Span, TimeBase, Zone};
use platform::ui::{Arg, Locale, Locales, Source, Translator};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The words of this command.
pub const LOCALES: Source = Source {
    name: "server/calendar",
    zh_cn: include_str!("../../locales/zh-CN/calendar.ftl"),
    en: include_str!("../../locales/en/calendar.ftl"),
};

/// Questions to the working calendar.
#[derive(Subcommand, Debug)]
pub enum CalendarCommand {
    /// When a limit runs out: which days or hours count, which do not, and why
    Due(DueQuestion),
}

/// A limit and its start, as typed.
#[derive(Args, Debug)]
pub struct DueQuestion {
    /// Date on which the clock starts, e.g. 2022-04-01 (for limits in days)
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Local time at which the clock starts, e.g. 2022-04-01T16:40
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Limit in working days
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    working_days: Option<String>,
    /// Limit in working hours
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    working_hours: Option<String>,
    /// Limit in natural days
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    natural_days: Option<String>,
    /// Limit in natural hours
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    natural_hours: Option<String>,
    /// Time zone by its IANA name; without it the calendar's own
    #[arg(long, value_name = "NAME")]
    zone: Option<String>,
    /// Calendar file (TOML) in place of China's, which is built in
    #[arg(long, value_name = "FILE")]
    calendar: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Language of the answer: zh-CN or en
    #[arg(long, value_name = "LANG", default_value = "zh-CN", value_parser = language)]
    lang: Locale,
}

/// Answers the question on `out`.
///
/// # Errors
/// [`CliError::Usage`] says, in the asker's language, what to ask instead; otherwise `out`
/// did not take the answer.
pub fn run(command: CalendarCommand, out: &mut dyn Write) -> Result<(), CliError> {
    let CalendarCommand::Due(question) = command;
    let translator = Locales::new(&[LOCALES]).translator(question.lang);
    let asker = Asker { translator: &translator };
    let calendar = asker.calendar(question.calendar.as_deref(), question.zone.as_deref())?;
    let span = asker.span(&question)?;
    let start = asker.start(&question, span, &calendar)?;
    let due = calendar.due(start, span, &[]);
    // Written out in one piece, so that `| head` does not break off in the middle.
    let mut text = Vec::new();
    if question.json {
        answer::write_json(&due, &mut text)?;
    } else {
        answer::write_text(&due, &calendar, &translator, &mut text)?;
    }
    out.write_all(&text)?;
    Ok(out.flush()?)
}

fn language(code: &str) -> Result<Locale, String> {
    Locale::parse(code).ok_or_else(|| "zh-CN / en".to_owned())
}

/// Reads what was asked and, where it makes no sense, says so in the asker's language.
struct Asker<'a> {
    translator: &'a Translator,
}

type Answer<T> = Result<T, CliError>;

impl Asker<'_> {
    fn calendar(&self, file: Option<&Path>, zone: Option<&str>) -> Answer<Calendar> {
        let calendar = match file {
            None => Calendar::china(),
            Some(path) => {
                let file = path.display().to_string();
                let text = std::fs::read_to_string(path).map_err(|error| {
                    let args = [("file", Arg::from(&file)), ("error", error.to_string().into())];
                    self.wrong("cli-calendar-unreadable", &args)
                })?;
                Calendar::parse(&text).map_err(|error| self.wrong_calendar(&file, &error))?
            }
        };
        match zone {
            None => Ok(calendar),
            Some(name) => Zone::named(name)
                .map(|zone| calendar.in_zone(zone))
                .map_err(|_| self.wrong("cli-calendar-no-zone", &[("zone", name.into())])),
        }
    }

    fn span(&self, question: &DueQuestion) -> Answer<Span> {
        let asked = [
            (TimeBase::WorkingDays, &question.working_days),
            (TimeBase::WorkingHours, &question.working_hours),
            (TimeBase::NaturalDays, &question.natural_days),
            (TimeBase::NaturalHours, &question.natural_hours),
        ];
        let mut given = asked.into_iter().filter_map(|(base, n)| Some((base, n.as_deref()?)));
        let (Some((base, text)), None) = (given.next(), given.next()) else {
            return Err(self.wrong("cli-calendar-one-limit", &[]));
        };
        match text.parse() {
            Ok(amount) if amount <= Span::MAX_AMOUNT => Ok(Span { base, amount }),
            _ => {
                let args = [("value", text.into()), ("max", Span::MAX_AMOUNT.into())];
                Err(self.wrong("cli-calendar-no-amount", &args))
            }
        }
    }

    fn start(&self, question: &DueQuestion, span: Span, calendar: &Calendar) -> Answer<Instant> {
        match (question.from.as_deref(), question.at.as_deref()) {
            (Some(_), None) if !span.base.counts_days() => {
                Err(self.wrong("cli-calendar-hours-need-time", &[]))
            }
            (Some(text), None) => match date(text) {
                Some(date) => Ok(calendar.zone().start_of_day(date)),
                None => Err(self.wrong("cli-calendar-no-date", &[("value", text.into())])),
            },
            (None, Some(text)) => match local_time(text) {
                Some(local) => Ok(calendar.zone().instant(local)),
                None => Err(self.wrong("cli-calendar-no-time", &[("value", text.into())])),
            },
            _ => Err(self.wrong("cli-calendar-one-start", &[])),
        }
    }

    fn wrong(&self, key: &str, args: &[(&str, Arg)]) -> CliError {
        CliError::Usage(self.translator.ta(key, args))
    }

    fn wrong_calendar(&self, file: &str, error: &CalendarError) -> CliError {
        let (key, detail) = describe(&error.problem);
        let problem = self.translator.ta(key, &[("detail", detail.into())]);
        let args = [
            ("file", file.into()),
            ("line", error.line.into()),
            ("field", Arg::from(&error.field)),
            ("problem", problem.into()),
        ];
        self.wrong("cli-calendar-wrong-file", &args)
    }
}

/// `2022-04-01`, and nothing else that reads as a date.
fn date(text: &str) -> Option<Date> {
    (text.len() == "2022-04-01".len()).then(|| text.parse().ok())?
}

/// `2022-04-01T16:40`, with or without seconds, `T` or a space; an offset is not ignored
/// but refused, because the zone is the calendar's.
fn local_time(text: &str) -> Option<DateTime> {
    let (day, time) = text.split_once(['T', ' '])?;
    let plain = time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let complete = matches!(time.len(), 5 | 8);
    (plain && complete).then_some(())?;
    Some(date(day)?.to_datetime(time.parse().ok()?))
}

/// The message that tells the problem, and the detail it mentions.
fn describe(problem: &CalendarProblem) -> (&'static str, String) {
    match problem {
        CalendarProblem::Syntax(words) => ("cli-calendar-problem-syntax", words.clone()),
        CalendarProblem::UnknownField => ("cli-calendar-problem-unknown-field", String::new()),
        CalendarProblem::Year => ("cli-calendar-problem-year", String::new()),
        CalendarProblem::Shape(example) => ("cli-calendar-problem-form", (*example).to_owned()),
        CalendarProblem::Date(text) => ("cli-calendar-problem-date", text.clone()),
        CalendarProblem::OtherYear(date) => ("cli-calendar-problem-other-year", date.to_string()),
        CalendarProblem::Backwards(last, first) => {
            ("cli-calendar-problem-backwards", format!("{first} – {last}"))
        }
        CalendarProblem::Twice(date) => ("cli-calendar-problem-twice", date.to_string()),
        CalendarProblem::Time(text) => ("cli-calendar-problem-time", text.clone()),
        CalendarProblem::Intervals => ("cli-calendar-problem-intervals", String::new()),
        CalendarProblem::Zone(name) => ("cli-calendar-problem-zone", name.clone()),
        CalendarProblem::NoYears => ("cli-calendar-problem-no-years", String::new()),
    }
}

#[cfg(test)]
mod tests;
