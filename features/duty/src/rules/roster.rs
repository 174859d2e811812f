//! A unit's roster: which post is on duty in which shift of which day. Published as a whole
//! for a span of days; publishing again replaces what lies ahead and says why. What is past
//! stays as it was.

use kernel::permission::UnitPath;
use kernel::text::{is_mobile, normal_phone};
use kernel::time::{Date, Instant, Time, Zone};
use kernel::{Actor, Aggregate, Recorded, Refusal};
use serde::{Deserialize, Serialize};

/// The longest name of a shift or post, in characters.
const NAME: usize = 40;
/// The most shifts of one publication.
const SHIFTS: usize = 400;

/// A shift as it is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Of which day: on which it begins.
    pub day: Date,
    /// 班次, e.g. 白班.
    pub name: String,
    /// When it begins.
    pub from: Time,
    /// When it ends; on the next day where that is not later.
    pub until: Time,
    /// Which post is on duty.
    pub post: String,
    /// The telephone of the duty desk; empty where the unit's own serves.
    pub phone: String,
}

/// A shift as it is published: with the moments between which it runs here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Of which day.
    pub day: Date,
    /// Which shift.
    pub name: String,
    /// From when.
    pub starts: Instant,
    /// Until when.
    pub ends: Instant,
    /// Which post.
    pub post: String,
    /// Which telephone.
    #[serde(default)]
    pub phone: String,
}

impl Shift {
    /// Reads a line: day, shift, `08:30-17:30`, post and perhaps a telephone, apart by spaces
    /// or tabs, as they come out of a spreadsheet.
    ///
    /// # Errors
    /// What is wrong with it; the field is the whole text.
    pub fn parse(line: &str) -> Result<Self, Refusal> {
        let wrong = || Refusal::field("shifts", "duty-line-malformed").with("line", line.trim());
        let cells: Vec<&str> = line.split_whitespace().collect();
        let (day, name, hours, post, phone) = match cells[..] {
            [day, name, hours, post] => (day, name, hours, post, ""),
            [day, name, hours, post, phone] => (day, name, hours, post, phone),
            _ => return Err(wrong()),
        };
        let hours = hours.replace(['－', '–', '—', '~', '～'], "-").replace('：', ":");
        let (from, until) = hours.split_once('-').ok_or_else(wrong)?;
        let clock = |text: &str| -> Option<Time> {
            let (hour, minute) = text.trim().split_once(':')?;
            Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
        };
        let shift = Self {
            day: calendar_day(day).ok_or_else(wrong)?,
            name: name.to_owned(),
            from: clock(from).ok_or_else(wrong)?,
            until: clock(until).ok_or_else(wrong)?,
            post: post.to_owned(),
            phone: phone.to_owned(),
        };
        if [&shift.name, &shift.post].iter().any(|text| text.chars().count() > NAME) {
            return Err(wrong());
        }
        match normal_phone(&shift.phone) {
            None if !shift.phone.is_empty() => Err(wrong()),
            Some(phone) if is_mobile(&phone) => {
                Err(Refusal::field("shifts", "duty-phone-personal").with("line", line.trim()))
            }
            _ => Ok(shift),
        }
    }

    /// As [`Shift::parse`] reads it.
    pub fn line(&self) -> String {
        let clock = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
        let line =
            format!("{} {} {}-{} {}", self.day, self.name, clock(self.from), clock(self.until), self.post);
        if self.phone.is_empty() { line } else { format!("{line} {}", self.phone) }
    }

    fn placed(&self, zone: &Zone) -> Duty {
        let last = if self.until <= self.from { self.day.tomorrow().unwrap_or(self.day) } else { self.day };
        Duty {
            day: self.day,
            name: self.name.clone(),
            starts: zone.instant(self.day.to_datetime(self.from)),
            ends: zone.instant(last.to_datetime(self.until)),
            post: self.post.clone(),
            phone: self.phone.clone(),
        }
    }
}

/// A day as spreadsheets write it: `2026-12-01`, `2026/12/1`.
fn calendar_day(text: &str) -> Option<Date> {
    let mut parts = text.split(['-', '/', '.']);
    let day =
        Date::new(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    day.ok().filter(|_| parts.next().is_none())
}

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Publish {
    /// The first day that is replaced.
    pub from: Date,
    /// The last.
    pub until: Date,
    /// All shifts of these days.
    pub shifts: Vec<Shift>,
    /// Why what was published is changed.
    pub reason: String,
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// See [`Publish`].
    Published {
        /// The first day that is replaced.
        from: Date,
        /// The last.
        until: Date,
        /// All shifts of these days.
        duties: Vec<Duty>,
        /// Why what was published was changed.
        #[serde(default)]
        reason: String,
    },
}

/// What is published, the earliest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roster {
    /// All shifts.
    pub duties: Vec<Duty>,
}

/// What the rules must know.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The day, here.
    pub today: Date,
    /// The zone that shifts are in.
    pub zone: Zone,
    /// Where the unit stands.
    pub unit: UnitPath,
    /// Who.
    pub actor: Actor,
}

/// The pure rules of the streams `roster:<unit>`.
#[derive(Clone, Copy, Debug)]
pub struct RosterRules;

impl Aggregate for RosterRules {
    type State = Roster;
    type Command = Publish;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "roster";

    fn event_kind(_: &Event) -> &'static str {
        "published"
    }

    fn decide(state: &Roster, command: &Publish, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        let Publish { from, until, shifts, reason } = command;
        if *from < facts.today {
            return Err(Refusal::field("from", "duty-in-the-past"));
        }
        if until < from {
            return Err(Refusal::field("until", "duty-days-reversed"));
        }
        if shifts.is_empty() {
            return Err(Refusal::field("shifts", "entry-missing"));
        }
        if shifts.len() > SHIFTS {
            return Err(Refusal::field("shifts", "duty-too-many").with("max", SHIFTS));
        }
        let mut shifts = shifts.clone();
        shifts.sort_by(|a, b| (a.day, a.from, &a.name, &a.post).cmp(&(b.day, b.from, &b.name, &b.post)));
        if let Some(stray) = shifts.iter().find(|shift| shift.day < *from || shift.day > *until) {
            return Err(Refusal::field("shifts", "duty-day-outside").with("line", stray.line()));
        }
        let twice = |pair: &&[Shift]| {
            (pair[0].day, &pair[0].name, &pair[0].post) == (pair[1].day, &pair[1].name, &pair[1].post)
        };
        if let Some(pair) = shifts.windows(2).find(twice) {
            return Err(Refusal::field("shifts", "duty-twice").with("line", pair[1].line()));
        }
        let duties: Vec<Duty> = shifts.iter().map(|shift| shift.placed(&facts.zone)).collect();
        let before: Vec<&Duty> =
            state.duties.iter().filter(|duty| (*from..=*until).contains(&duty.day)).collect();
        if before.iter().copied().eq(&duties) {
            return Ok(Vec::new());
        }
        let reason = kernel::text::plain(reason);
        if !before.is_empty() && reason.is_empty() {
            return Err(Refusal::field("reason", "duty-reason-missing"));
        }
        Ok(vec![Event::Published { from: *from, until: *until, duties, reason }])
    }

    fn fold(mut state: Roster, entry: &Recorded<Event>) -> Roster {
        let Event::Published { from, until, duties, .. } = &entry.event;
        state.duties.retain(|duty| !(*from..=*until).contains(&duty.day));
        state.duties.extend(duties.iter().cloned());
        state.duties.sort_by_key(|duty| (duty.starts, duty.name.clone(), duty.post.clone()));
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Source;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn facts() -> Facts {
        Facts {
            today: day("2026-12-01"),
            zone: Zone::default(),
            unit: UnitPath("ld/".into()),
            actor: Actor::Operator,
        }
    }

    fn publish(lines: &[&str], reason: &str) -> Publish {
        let shifts = lines.iter().map(|line| Shift::parse(line).expect("reads")).collect();
        Publish { from: day("2026-12-01"), until: day("2026-12-02"), shifts, reason: reason.into() }
    }

    fn after(state: Roster, command: &Publish) -> Roster {
        let events = RosterRules::decide(&state, command, &facts()).expect("decided");
        events.into_iter().fold(state, |state, event| {
            let at = Instant::from_micros(1);
            let (actor, source) = (Actor::Operator, Source::Live);
            let entry = Recorded { version: 1, occurred_at: at, recorded_at: at, source, actor, event };
            RosterRules::fold(state, &entry)
        })
    }

    fn code(state: &Roster, command: &Publish) -> &'static str {
        RosterRules::decide(state, command, &facts()).expect_err("refused").code
    }

    #[test]
    fn a_line_reads_as_it_is_written() {
        let shift = Shift::parse("2026/12/1\t夜班\t20：00－08：00\t值班长\t0738-8310000").expect("reads");
        assert_eq!(shift.line(), "2026-12-01 夜班 20:00-08:00 值班长 0738-8310000");
        let wrong = |line: &str| Shift::parse(line).expect_err("wrong").code;
        assert_eq!(wrong("2026-12-01 夜班 20点 值班长"), "duty-line-malformed");
        assert_eq!(wrong("2026-12-01 夜班 20:00-08:00 值班长 13800001234"), "duty-phone-personal");
    }

    #[test]
    fn a_night_shift_ends_on_the_next_day() {
        let roster =
            after(Roster::default(), &publish(&["2026-12-01 夜班 20:00-08:00 值班长 0738-8310000"], ""));
        let duty = &roster.duties[0];
        assert_eq!((duty.ends.micros() - duty.starts.micros()) / 3_600_000_000, 12);
    }

    #[test]
    fn a_change_says_why_and_the_past_stays() {
        let first = publish(&["2026-12-01 白班 08:00-20:00 甲岗", "2026-12-02 白班 08:00-20:00 乙岗"], "");
        let roster = after(Roster::default(), &first);
        assert!(RosterRules::decide(&roster, &first, &facts()).expect("the same").is_empty());
        let swapped = ["2026-12-01 白班 08:00-20:00 乙岗", "2026-12-02 白班 08:00-20:00 甲岗"];
        assert_eq!(code(&roster, &publish(&swapped, " ")), "duty-reason-missing");
        let roster = after(roster, &publish(&swapped, "调班"));
        assert_eq!(roster.duties[0].post, "乙岗");
        let late = Publish { from: day("2026-11-30"), ..first.clone() };
        assert_eq!(code(&roster, &late), "duty-in-the-past");
        let short = Publish { until: day("2026-12-01"), ..first };
        assert_eq!(code(&roster, &short), "duty-day-outside");
        let twice = publish(&["2026-12-01 白班 08:00-20:00 甲岗", "2026-12-01 白班 08:00-12:00 甲岗"], "x");
        assert_eq!(code(&roster, &twice), "duty-twice");
    }
}
