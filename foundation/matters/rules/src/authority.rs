//! 审批权限: how far a post may grant on its own what a unit asks for. What goes further is
//! decided by whoever stands above; refusing is within everybody's limits. The lines are data
//! of the configuration, those in force on the day of the decision.

use crate::codes::IntervalKind;
use crate::command::Command;
use crate::facts::{Facts, UnitFact};
use crate::standing::{self, permission};
use crate::state::{IntervalRequest, Limit, Matter, Node};
use kernel::permission::{Grant, Permission, Role, permit};
use kernel::time::{Calendar, Date, Instant, Span};
use kernel::{Level, NodeId, UnitId, codes};
use std::collections::BTreeMap;

codes! {
    /// What is granted.
    Granting, "granting" {
        /// 延期
        Extension = "extension",
        /// 中止
        Suspension = "suspension",
        /// 挂账跟踪
        Tracking = "tracking",
        /// 终止
        Termination = "termination",
    }
}

impl Granting {
    /// What it takes to decide on it at all.
    pub fn permission(self) -> Permission {
        match self {
            Self::Extension | Self::Suspension | Self::Tracking => Permission::IntervalDecide,
            Self::Termination => Permission::TerminationDecide,
        }
    }

    /// That of an interval.
    pub fn of(kind: IntervalKind) -> Self {
        match kind {
            IntervalKind::Extension => Self::Extension,
            IntervalKind::Suspension => Self::Suspension,
            IntervalKind::Tracking => Self::Tracking,
        }
    }
}

/// Who decides on what is beyond the limits of everybody else: no line limits that post.
pub const LAST: Role = Role::Supervisor;

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnLimit {
    /// Whose.
    pub role: Role,
    /// In units of that level; none: of any.
    pub level: Option<Level>,
    /// For granting what.
    pub granting: Granting,
    /// How much at most; of an amount of 0: nothing.
    pub most: Span,
}

/// The lines in force. Where nothing is said, a post grants whatever the procedure allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authority {
    /// In the order of the document.
    pub limits: Vec<OwnLimit>,
}

impl Authority {
    /// The most that such a post grants; a line of its level goes before one of any level.
    pub fn most(&self, role: Role, level: Option<Level>, granting: Granting) -> Option<Span> {
        let lines = || self.limits.iter().filter(|line| line.role == role && line.granting == granting);
        let own = lines().find(|line| line.level.is_some() && line.level == level);
        own.or_else(|| lines().find(|line| line.level.is_none())).map(|line| line.most)
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub enum Asked<'a> {
    /// An interval of an assignment.
    Interval {
        /// Which.
        node: &'a Node,
        /// Extension, suspension or tracking.
        kind: IntervalKind,
        /// How long.
        span: Option<Span>,
        /// Until when.
        until: Option<Date>,
        /// When it was asked for.
        at: Instant,
    },
    /// The end of the matter.
    Termination,
}

impl<'a> Asked<'a> {
    /// What is asked for now by that assignment, or of the whole matter.
    pub fn open(matter: &'a Matter, node: Option<NodeId>) -> Option<Self> {
        let Some(node) = node else { return matter.termination.as_ref().map(|_| Self::Termination) };
        let node = matter.node(node)?;
        let IntervalRequest { kind, span, until, at, .. } = *node.request.as_ref()?;
        Some(Self::Interval { node, kind, span, until, at })
    }

    fn granting(self) -> Granting {
        match self {
            Self::Interval { kind, .. } => Granting::of(kind),
            Self::Termination => Granting::Termination,
        }
    }

    fn node(self) -> Option<NodeId> {
        match self {
            Self::Interval { node, .. } => Some(node.id),
            Self::Termination => None,
        }
    }
}

/// What must be known to say whether a post reaches as far as what is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Reach<'a> {
    /// The lines in force.
    pub authority: &'a Authority,
    /// The working calendar in force.
    pub calendar: &'a Calendar,
    /// The units of the matter and of the posts.
    pub units: &'a BTreeMap<UnitId, UnitFact>,
}

impl<'a> Reach<'a> {
    /// As the facts of a command have it.
    pub fn of(facts: &'a Facts) -> Self {
        Self { authority: &facts.authority, calendar: &facts.calendar, units: &facts.units }
    }

    /// The post's own limit, where what is asked for goes beyond it.
    pub fn beyond(&self, asked: Asked<'_>, role: Role, unit: &UnitId) -> Option<Span> {
        let level = self.units.get(unit).map(|unit| unit.level);
        let most = self.authority.most(role, level, asked.granting())?;
        self.exceeds(asked, most).then_some(most)
    }

    /// Whether whoever assigned it cannot grant it: the head of the unit that passed it on, or
    /// of the office's shift.
    pub fn goes_up(&self, asked: Asked<'_>, node: &Node) -> bool {
        let role = if node.parent.is_none() { Role::ShiftHead } else { Role::UnitHead };
        self.beyond(asked, role, &node.from).is_some()
    }

    /// The own limit of a person in those posts, where they may decide on it and none of the
    /// posts reaches as far.
    pub fn beyond_all(&self, asked: Asked<'_>, matter: &Matter, grants: &[Grant]) -> Option<Span> {
        let wanted = asked.granting().permission();
        let standing = standing::standing_of(matter, asked.node(), self.units);
        let allows = |grant: &&Grant| permit(std::slice::from_ref(*grant), wanted, &standing).is_some();
        let limits = grants.iter().filter(allows).map(|post| self.beyond(asked, post.role, &post.unit));
        limits.collect::<Option<Vec<Span>>>()?.into_iter().max_by_key(|span| span.amount)
    }

    fn exceeds(&self, asked: Asked<'_>, most: Span) -> bool {
        let Asked::Interval { node, span, until, at, .. } = asked else { return most.amount == 0 };
        let extended = |by| node.limits.handling.own.extended(self.calendar, by, &node.pauses).due;
        let latest = || Limit::set(self.calendar, at, most, &[]).date(self.calendar);
        let longer = span.is_some_and(|span| extended(span) > extended(most));
        longer || until.is_some_and(|until| most.amount == 0 || until > latest())
    }
}

/// The post in which a person sends a command: the first that permits it, and of those who
/// grant something the first that reaches as far. Where none does it is the first all the same,
/// and the rules say why not.
pub fn post<'g>(matter: &Matter, command: &Command, facts: &Facts, grants: &'g [Grant]) -> Option<&'g Grant> {
    let wanted = permission(matter, command)?;
    let standing = standing::standing(matter, command, &facts.units);
    let (granted, reach) = (granted(matter, command), Reach::of(facts));
    let permits = |grant: &&Grant| permit(std::slice::from_ref(*grant), wanted, &standing).is_some();
    let reaches =
        |grant: &&Grant| granted.is_none_or(|asked| reach.beyond(asked, grant.role, &grant.unit).is_none());
    let mut permitted = grants.iter().filter(permits);
    permitted.clone().find(reaches).or_else(|| permitted.next())
}

/// What a command would grant; none where it grants nothing.
fn granted<'m>(matter: &'m Matter, command: &Command) -> Option<Asked<'m>> {
    match command {
        Command::DecideInterval { node, grant: true, .. } => Asked::open(matter, Some(*node)),
        Command::DecideTermination { approve: true, .. } => Asked::open(matter, None),
        _ => None,
    }
}
