//! What supervision watches for 督办条件: conditions on an assignment, read from and written
//! as one line each (`late >= 2wd`), and whether they hold, with what was found. Lists ask
//! the same in SQL; a test compares the two.

use crate::codes::Urgency;
use crate::state::{Limit, Matter, Node, NodeState};
use kernel::codes;
use kernel::time::{Calendar, Instant, Light, Span, light};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

codes! {
    /// What a condition is about.
    WatchFact, "watch" {
        /// 办理逾期: the handling limit passed that long ago.
        Late = "late",
        /// 超时未签收: the signing limit passed that long ago, and nobody signed.
        Unsigned = "unsigned",
        /// 无办理动态: signed, and nothing recorded for that long.
        Silent = "silent",
        /// 挂账跟踪漏报: the report of a tracked assignment was due that long ago.
        Report = "report",
        /// 亮灯: the light of the handling limit.
        Light = "light",
        /// 异议单位数: so many units objected in this matter.
        Objections = "objections",
        /// 改派次数
        Reassignments = "reassignments",
        /// 重办次数
        Redos = "redos",
        /// 退回次数: so often was a submission returned.
        Returns = "returns",
        /// 紧急程度
        Urgency = "urgency",
        /// 诉求分类: a category or a group of them.
        Category = "category",
        /// 已触发规则: another rule fired that long ago, and still it is not done.
        After = "after",
    }
}

/// One condition. All conditions of a rule must hold at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "as in `WatchFact`")]
pub enum Condition {
    Late(Span),
    Unsigned(Span),
    Silent(Span),
    Report(Span),
    Light(Light),
    Objections(u32),
    Reassignments(u32),
    Redos(u32),
    Returns(u32),
    Urgency(Urgency),
    Category(String),
    After(String, Span),
}

/// A line that is no condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a condition such as `late >= 2wd`, `redos >= 2`, `light = red` or `after late-urge >= 1wd`"
)]
pub struct ConditionError(pub String);

/// What was found when a condition held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// It has been so since then.
    Since(Instant),
    /// So often.
    Times(u32),
    /// It is so, as the condition says.
    AsSaid,
}

/// A condition that held, with what was found: how a firing explains itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// The condition.
    pub condition: Condition,
    /// What was found.
    pub found: Found,
}

/// What was found of each condition, where all of them hold for that assignment.
pub fn met(
    conditions: &[Condition],
    matter: &Matter,
    node: &Node,
    calendar: &Calendar,
    now: Instant,
) -> Option<Vec<Met>> {
    let watched = Watched { matter, node, calendar, now };
    let found = conditions
        .iter()
        .map(|condition| Some(Met { condition: condition.clone(), found: watched.found(condition)? }));
    found.collect()
}

struct Watched<'a> {
    matter: &'a Matter,
    node: &'a Node,
    calendar: &'a Calendar,
    now: Instant,
}

impl Watched<'_> {
    fn found(&self, condition: &Condition) -> Option<Found> {
        let (matter, node) = (self.matter, self.node);
        let times = |have: u32, least: u32| (have >= least).then_some(Found::Times(have));
        let said = |holds: bool| holds.then_some(Found::AsSaid);
        match condition {
            Condition::Late(by) => self.passed(self.running()?.due(), *by),
            Condition::Unsigned(by) if node.state == NodeState::Unsigned => {
                self.passed(node.limits.signing.due, *by)
            }
            Condition::Silent(long) if node.state == NodeState::Working && !node.is_relay(matter) => {
                self.running()?;
                self.lasted(node.still_since(), *long)
            }
            Condition::Report(by) => self.passed(node.report.as_ref()?.due, *by),
            Condition::Light(wanted) => {
                let limit = self.running()?;
                let Limit { start, span, .. } = limit.own;
                let is = light(self.calendar, start, limit.due(), span, &[], self.now);
                said(is == *wanted || (*wanted == Light::Red && is == Light::Gross))
            }
            Condition::Objections(least) => times(count(matter.objected.len()), *least),
            Condition::Reassignments(least) => times(matter.reassignments, *least),
            Condition::Redos(least) => times(matter.redos, *least),
            Condition::Returns(least) => times(node.returns, *least),
            Condition::Urgency(urgency) => said(matter.urgency == Some(*urgency)),
            Condition::Category(code) => {
                said(matter.category.as_deref().is_some_and(|of| is_within(of, code)))
            }
            Condition::After(rule, long) => {
                let due = node.limits.handling.due();
                let fired = matter.measures.iter().find(|taken| taken.fired(rule, node.id, due))?;
                self.lasted(fired.at, *long)
            }
            Condition::Unsigned(_) | Condition::Silent(_) => None,
        }
    }

    /// The handling limit while the unit has still to submit and its clock runs.
    fn running(&self) -> Option<&crate::state::ChildLimit> {
        let node = self.node;
        let to_do = matches!(node.state, NodeState::Unsigned | NodeState::Working);
        (to_do && node.paused.is_none()).then_some(&node.limits.handling)
    }

    /// A due at 24:00 belongs to the day it ends.
    fn passed(&self, due: Instant, by: Span) -> Option<Found> {
        (due < self.now && self.over(due.plus_micros(-1), by)).then_some(Found::Since(due))
    }

    fn lasted(&self, since: Instant, long: Span) -> Option<Found> {
        self.over(since, long).then_some(Found::Since(since))
    }

    fn over(&self, since: Instant, span: Span) -> bool {
        span.amount == 0 || self.calendar.due(since, span, &[]).at <= self.now
    }
}

/// Whether a category is that one or of that group.
fn is_within(category: &str, wanted: &str) -> bool {
    category.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Condition {
    /// What it is about.
    pub fn fact(&self) -> WatchFact {
        match self {
            Self::Late(_) => WatchFact::Late,
            Self::Unsigned(_) => WatchFact::Unsigned,
            Self::Silent(_) => WatchFact::Silent,
            Self::Report(_) => WatchFact::Report,
            Self::Light(_) => WatchFact::Light,
            Self::Objections(_) => WatchFact::Objections,
            Self::Reassignments(_) => WatchFact::Reassignments,
            Self::Redos(_) => WatchFact::Redos,
            Self::Returns(_) => WatchFact::Returns,
            Self::Urgency(_) => WatchFact::Urgency,
            Self::Category(_) => WatchFact::Category,
            Self::After(..) => WatchFact::After,
        }
    }

    /// The value it compares with, as it is written.
    pub fn value(&self) -> String {
        match self {
            Self::Late(span) | Self::Unsigned(span) | Self::Silent(span) | Self::Report(span) => {
                span.to_string()
            }
            Self::After(_, span) => span.to_string(),
            Self::Light(light) => light_code(*light).to_owned(),
            Self::Objections(n) | Self::Reassignments(n) | Self::Redos(n) | Self::Returns(n) => n.to_string(),
            Self::Urgency(urgency) => urgency.code().to_owned(),
            Self::Category(code) => code.clone(),
        }
    }

    /// The condition of a fact, its value and, for [`WatchFact::After`], a rule's code.
    pub fn of(fact: WatchFact, rule: &str, value: &str) -> Option<Self> {
        let span = || Span::parse(value).ok();
        let times = || value.parse().ok().filter(|n| (1..=99).contains(n));
        let word =
            |text: &str| (!text.is_empty() && !text.contains(char::is_whitespace)).then(|| text.to_owned());
        Some(match fact {
            WatchFact::Late => Self::Late(span()?),
            WatchFact::Unsigned => Self::Unsigned(span()?),
            WatchFact::Silent => Self::Silent(span()?),
            WatchFact::Report => Self::Report(span()?),
            WatchFact::Light => Self::Light(parse_light(value)?),
            WatchFact::Objections => Self::Objections(times()?),
            WatchFact::Reassignments => Self::Reassignments(times()?),
            WatchFact::Redos => Self::Redos(times()?),
            WatchFact::Returns => Self::Returns(times()?),
            WatchFact::Urgency => Self::Urgency(Urgency::parse(value)?),
            WatchFact::Category => Self::Category(word(value)?),
            WatchFact::After => Self::After(word(rule)?, span()?),
        })
    }
}

/// The code of a light in conditions and addresses.
pub fn light_code(light: Light) -> &'static str {
    match light {
        Light::Green => "green",
        Light::Yellow => "yellow",
        Light::Red => "red",
        Light::Gross => "gross",
    }
}

fn parse_light(code: &str) -> Option<Light> {
    [Light::Green, Light::Yellow, Light::Red, Light::Gross]
        .into_iter()
        .find(|light| light_code(*light) == code)
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self {
            Self::Light(_) | Self::Urgency(_) | Self::Category(_) => "=",
            _ => ">=",
        };
        match self {
            Self::After(rule, span) => write!(f, "after {rule} {sign} {span}"),
            _ => write!(f, "{} {sign} {}", self.fact().code(), self.value()),
        }
    }
}

impl FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let read = match words.as_slice() {
            ["after", rule, ">=", value] => Self::of(WatchFact::After, rule, value),
            [fact, "=" | ">=", value] => WatchFact::parse(fact).and_then(|fact| Self::of(fact, "", value)),
            _ => None,
        };
        read.filter(|read| read.to_string() == words.join(" ")).ok_or_else(|| ConditionError(text.to_owned()))
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_reads_back_as_it_is_written() {
        for line in [
            "late >= 2wd",
            "unsigned >= 4wh",
            "silent >= 3wd",
            "report >= 0wd",
            "light = gross",
            "objections >= 2",
            "reassignments >= 2",
            "redos >= 2",
            "returns >= 1",
            "urgency = urgent",
            "category = ENE",
            "after late-urge >= 1wd",
        ] {
            assert_eq!(line.parse::<Condition>().expect("reads").to_string(), line);
        }
        for line in [
            "",
            "late",
            "late > 2wd",
            "late = 2wd",
            "late >= soon",
            "redos >= 0",
            "light >= red",
            "after >= 1wd",
        ] {
            assert!(line.parse::<Condition>().is_err(), "{line}");
        }
    }

    #[test]
    fn a_category_is_of_its_group_and_of_no_other() {
        assert!(is_within("ENE-01", "ENE") && is_within("ENE-01", "ENE-01"));
        assert!(!is_within("ENERGY", "ENE") && !is_within("ENE", "ENE-01"));
    }
}
