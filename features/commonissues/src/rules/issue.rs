//! A common issue 共性问题: open or closed matters that have one cause, one unit that answers for
//! it, one special report, and a result. Pure. The matters keep their own lives: an issue
//! neither closes nor moves them.

use super::report::Figures;
use kernel::time::Instant;
use kernel::{
    AccountId, Actor, Aggregate, AreaId, Hands, MatterId, Recorded, Refusal, Sealed, SubjectId, UnitId, codes,
};
use serde::{Deserialize, Serialize};

/// Sealed words.
pub type Text = Sealed<String>;

/// What many have in common is had by two at least.
pub const FEWEST: usize = 2;
/// The most matters of one issue: more are not read by anybody.
pub const MOST: usize = 500;
/// The longest title, in characters.
pub const TITLE_MAX: usize = 60;

codes! {
    /// How far an issue is.
    IssueState, "issue-state" {
        /// 处理中
        Open = "open",
        /// 已办结
        Closed = "closed",
    }
}

/// An issue as it is opened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Opened {
    /// Its number, e.g. 共性〔2022〕3号.
    pub number: String,
    /// What it is about: a thing and a place, never a person.
    pub title: String,
    /// The office that groups.
    pub office: UnitId,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// The category it is about, or a group of them.
    #[serde(default)]
    pub category: Option<String>,
    /// The place it is about.
    #[serde(default)]
    pub area: Option<AreaId>,
    /// Under whose key its words are sealed: its own.
    pub subject: SubjectId,
    /// Why these matters are one issue.
    pub grounds: Text,
    /// The hot topic it came from.
    #[serde(default)]
    pub topic: Option<String>,
}

/// A special report 专报 as it was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// The figures of the members as they were then.
    pub figures: Figures,
    /// What is behind it.
    pub findings: Text,
    /// What is proposed.
    pub measure: Text,
}

/// What became of one answer for all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Matters that it answered directly.
    pub answered: Vec<MatterId>,
    /// Matters whose appellants were written to; their units still answer them.
    pub written: Vec<MatterId>,
    /// Matters it could not reach: over, or not the sender's.
    pub passed: Vec<MatterId>,
}

/// What is wanted.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the variants carry their own words")]
pub enum Command {
    Open {
        opened: Box<Opened>,
        matters: Vec<MatterId>,
    },
    Add {
        matters: Vec<MatterId>,
    },
    Remove {
        matter: MatterId,
        reason: Text,
    },
    /// Writes the report's next version.
    Write(Box<Report>),
    /// By somebody who did not write it.
    Sign {
        version: u32,
    },
    /// One answer was sent to all.
    Answer {
        text: Text,
        sent: Sent,
    },
    Close {
        result: Text,
    },
}

/// What happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(missing_docs, reason = "past tense of the command of the same name")]
pub enum Event {
    Opened { opened: Box<Opened>, matters: Vec<MatterId> },
    Added { matters: Vec<MatterId> },
    Removed { matter: MatterId, reason: Text },
    Written { version: u32, report: Box<Report> },
    Signed { version: u32 },
    Answered { text: Text, sent: Sent },
    Closed { result: Text },
}

/// A version of the report, and who wrote and signed it.
#[derive(Clone, Debug)]
pub struct Version {
    /// From 1.
    pub version: u32,
    /// As written.
    pub report: Report,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: Hands,
    /// When it was signed off.
    pub signed_at: Option<Instant>,
}

/// An issue.
#[derive(Clone, Debug, Default)]
pub struct Issue {
    /// As opened; none: it never was.
    pub opened: Option<Opened>,
    /// When.
    pub at: Option<Instant>,
    /// How far it is.
    pub state: Option<IssueState>,
    /// Its matters, in the order they came.
    pub members: Vec<MatterId>,
    /// The versions of its report.
    pub versions: Vec<Version>,
    /// What came of it.
    pub result: Option<Text>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
}

/// What must be known.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Who acts.
    pub actor: Actor,
    /// Matters of the command that stand under another open issue, by its number.
    pub elsewhere: Vec<String>,
}

/// The rules.
#[derive(Clone, Copy, Debug)]
pub struct IssueRules;

impl Aggregate for IssueRules {
    type State = Issue;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    const KIND: &'static str = "common_issue";

    fn event_kind(event: &Event) -> &'static str {
        match event {
            Event::Opened { .. } => "issue_opened",
            Event::Added { .. } => "issue_added",
            Event::Removed { .. } => "issue_removed",
            Event::Written { .. } => "issue_report_written",
            Event::Signed { .. } => "issue_report_signed",
            Event::Answered { .. } => "issue_answered",
            Event::Closed { .. } => "issue_closed",
        }
    }

    fn decide(issue: &Issue, command: &Command, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        if let Command::Open { opened, matters } = command {
            return open(issue, opened, matters, facts);
        }
        match issue.state {
            Some(IssueState::Open) => {}
            Some(IssueState::Closed) => return Err(Refusal::new("issue-over")),
            None => return Err(Refusal::new("issue-unknown")),
        }
        let event = match command {
            Command::Open { .. } => return Err(Refusal::new("issue-opened-already")),
            Command::Add { matters } => add(issue, matters, facts)?,
            Command::Remove { matter, reason } => {
                if !issue.members.contains(matter) {
                    return Err(Refusal::new("issue-no-member"));
                }
                Event::Removed { matter: *matter, reason: reason.clone() }
            }
            Command::Write(report) => {
                if issue.members.is_empty() {
                    return Err(Refusal::new("issue-without-members"));
                }
                Event::Written { version: issue.next_version(), report: report.clone() }
            }
            Command::Sign { version } => sign(issue, *version, facts)?,
            Command::Answer { text, sent } => Event::Answered { text: text.clone(), sent: sent.clone() },
            Command::Close { result } => Event::Closed { result: result.clone() },
        };
        Ok(vec![event])
    }

    fn fold(mut issue: Issue, entry: &Recorded<Event>) -> Issue {
        match &entry.event {
            Event::Opened { opened, matters } => {
                issue.opened = Some((**opened).clone());
                issue.at = Some(entry.at());
                issue.state = Some(IssueState::Open);
                issue.members.clone_from(matters);
            }
            Event::Added { matters } => issue.members.extend(matters),
            Event::Removed { matter, .. } => issue.members.retain(|member| member != matter),
            Event::Written { version, report } => issue.versions.push(Version {
                version: *version,
                report: (**report).clone(),
                at: entry.at(),
                by: entry.actor.hands(),
                signed_at: None,
            }),
            Event::Signed { version } => {
                issue.versions.iter_mut().filter(|known| known.version == *version).for_each(|known| {
                    known.signed_at = Some(entry.at());
                });
            }
            Event::Answered { .. } => {}
            Event::Closed { result } => {
                issue.state = Some(IssueState::Closed);
                issue.result = Some(result.clone());
                issue.closed_at = Some(entry.at());
            }
        }
        issue
    }
}

impl Issue {
    /// The newest version of the report.
    pub fn latest(&self) -> Option<&Version> {
        self.versions.last()
    }

    fn next_version(&self) -> u32 {
        self.latest().map_or(1, |latest| latest.version.saturating_add(1))
    }
}

fn open(issue: &Issue, opened: &Opened, matters: &[MatterId], facts: &Facts) -> Result<Vec<Event>, Refusal> {
    if issue.state.is_some() {
        return Err(Refusal::new("issue-opened-already"));
    }
    let length = opened.title.trim().chars().count();
    if length == 0 {
        return Err(Refusal::field("title", "issue-empty"));
    }
    if length > TITLE_MAX {
        return Err(Refusal::field("title", "issue-too-long").with("max", TITLE_MAX));
    }
    let matters = distinct(matters, &[]);
    if matters.len() < FEWEST {
        return Err(Refusal::field("matter", "issue-too-few").with("min", FEWEST));
    }
    fits(matters.len(), facts)?;
    Ok(vec![Event::Opened { opened: Box::new(opened.clone()), matters }])
}

fn add(issue: &Issue, matters: &[MatterId], facts: &Facts) -> Result<Event, Refusal> {
    let matters = distinct(matters, &issue.members);
    if matters.is_empty() {
        return Err(Refusal::field("matter", "issue-none-new"));
    }
    fits(issue.members.len() + matters.len(), facts)?;
    Ok(Event::Added { matters })
}

fn fits(members: usize, facts: &Facts) -> Result<(), Refusal> {
    if members > MOST {
        return Err(Refusal::field("matter", "issue-too-many").with("max", MOST));
    }
    if facts.elsewhere.is_empty() {
        return Ok(());
    }
    Err(Refusal::field("matter", "issue-elsewhere").with("issues", facts.elsewhere.join("、")))
}

/// Each once, in their order, without those known.
fn distinct(matters: &[MatterId], known: &[MatterId]) -> Vec<MatterId> {
    let mut fresh: Vec<MatterId> = Vec::with_capacity(matters.len());
    for matter in matters.iter().filter(|matter| !known.contains(matter)) {
        if !fresh.contains(matter) {
            fresh.push(*matter);
        }
    }
    fresh
}

/// The newest version alone, once, by somebody who did not write it.
fn sign(issue: &Issue, version: u32, facts: &Facts) -> Result<Event, Refusal> {
    let latest = issue.latest().ok_or_else(|| Refusal::new("issue-report-unknown"))?;
    if latest.version != version {
        return Err(Refusal::new("issue-report-older"));
    }
    if latest.signed_at.is_some() {
        return Err(Refusal::new("issue-report-signed-already"));
    }
    let Hands { account, stood_in_for } = facts.actor.hands();
    let own = |other: AccountId| account == Some(other) || stood_in_for == Some(other);
    if latest.by.into_iter().any(own) {
        return Err(Refusal::new("own-work"));
    }
    Ok(Event::Signed { version })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Source;
    use kernel::permission::Role;

    fn matter(n: u32) -> MatterId {
        format!("00000000-0000-7000-8000-{n:012}").parse().expect("an id")
    }

    fn matters(n: u32) -> Vec<MatterId> {
        (1..=n).map(matter).collect()
    }

    fn person(n: u32) -> Actor {
        let account = format!("00000000-0000-7000-9000-{n:012}").parse().expect("an id");
        Actor::Person { account, unit: "office".into(), role: Role::Supervisor, stands_in_for: None }
    }

    fn facts(by: u32) -> Facts {
        Facts { actor: person(by), elsewhere: Vec::new() }
    }

    fn words() -> Text {
        Sealed::from_parts(SubjectId("s".into()), "sealed".into())
    }

    fn opening(title: &str, matters: Vec<MatterId>) -> Command {
        let opened = Opened {
            number: "1".into(),
            title: title.into(),
            office: "office".into(),
            unit: "unit".into(),
            category: None,
            area: None,
            subject: SubjectId("s".into()),
            grounds: words(),
            topic: None,
        };
        Command::Open { opened: Box::new(opened), matters }
    }

    fn report() -> Command {
        let report = Report { figures: Figures::default(), findings: words(), measure: words() };
        Command::Write(Box::new(report))
    }

    fn refused(issue: &Issue, command: &Command, facts: &Facts) -> &'static str {
        IssueRules::decide(issue, command, facts).expect_err("refused").code
    }

    fn done(issue: Issue, command: &Command, facts: &Facts) -> Issue {
        let events = IssueRules::decide(&issue, command, facts).expect("allowed");
        events.into_iter().fold(issue, |issue, event| {
            let at = Instant::from_micros(0);
            let (source, actor) = (Source::Live, facts.actor.clone());
            IssueRules::fold(
                issue,
                &Recorded { version: 1, occurred_at: at, recorded_at: at, source, actor, event },
            )
        })
    }

    fn open_issue() -> Issue {
        done(Issue::default(), &opening("停电", matters(3)), &facts(1))
    }

    #[test]
    fn an_issue_takes_two_matters_and_a_title() {
        let fresh = Issue::default();
        assert_eq!(refused(&fresh, &opening("停电", vec![matter(1), matter(1)]), &facts(1)), "issue-too-few");
        assert_eq!(refused(&fresh, &opening(" ", matters(2)), &facts(1)), "issue-empty");
        let long = "停".repeat(TITLE_MAX + 1);
        assert_eq!(refused(&fresh, &opening(&long, matters(2)), &facts(1)), "issue-too-long");
        assert_eq!(refused(&fresh, &opening("停电", matters(501)), &facts(1)), "issue-too-many");
        assert_eq!(refused(&fresh, &report(), &facts(1)), "issue-unknown");
        assert_eq!(open_issue().members, matters(3));
    }

    #[test]
    fn a_matter_stands_under_one_open_issue_at_a_time() {
        let elsewhere = Facts { elsewhere: vec!["共性〔2026〕1号".into()], ..facts(1) };
        assert_eq!(refused(&Issue::default(), &opening("停电", matters(2)), &elsewhere), "issue-elsewhere");
        let add = Command::Add { matters: vec![matter(3), matter(4)] };
        assert_eq!(refused(&open_issue(), &add, &elsewhere), "issue-elsewhere");
        let grown = done(open_issue(), &add, &facts(1));
        assert_eq!(grown.members, matters(4), "what is a member already is not added again");
        assert_eq!(refused(&grown, &Command::Add { matters: matters(2) }, &facts(1)), "issue-none-new");
    }

    #[test]
    fn what_is_no_member_cannot_be_removed() {
        let remove = |n| Command::Remove { matter: matter(n), reason: words() };
        assert_eq!(refused(&open_issue(), &remove(9), &facts(1)), "issue-no-member");
        let smaller = done(open_issue(), &remove(2), &facts(1));
        assert_eq!(smaller.members, vec![matter(1), matter(3)]);
        let empty = [1, 3].into_iter().fold(smaller, |issue, n| done(issue, &remove(n), &facts(1)));
        assert_eq!(refused(&empty, &report(), &facts(1)), "issue-without-members");
    }

    #[test]
    fn the_newest_report_is_signed_once_by_another() {
        let sign = |version| Command::Sign { version };
        assert_eq!(refused(&open_issue(), &sign(1), &facts(2)), "issue-report-unknown");
        let written = done(done(open_issue(), &report(), &facts(1)), &report(), &facts(1));
        assert_eq!(written.versions.iter().map(|known| known.version).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(refused(&written, &sign(1), &facts(2)), "issue-report-older");
        assert_eq!(refused(&written, &sign(2), &facts(1)), "own-work");
        let signed = done(written, &sign(2), &facts(2));
        assert!(signed.versions[0].signed_at.is_none() && signed.versions[1].signed_at.is_some());
        assert_eq!(refused(&signed, &sign(2), &facts(3)), "issue-report-signed-already");
    }

    #[test]
    fn what_is_closed_stays_as_it_is() {
        let closed = done(open_issue(), &Command::Close { result: words() }, &facts(1));
        assert_eq!(closed.state, Some(IssueState::Closed));
        for command in
            [Command::Add { matters: vec![matter(9)] }, report(), Command::Close { result: words() }]
        {
            assert_eq!(refused(&closed, &command, &facts(1)), "issue-over");
        }
    }
}
