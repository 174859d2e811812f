//! 审批权限: how far a post may grant on its own what a unit asks for. What goes further is
//! decided by whoever stands above; refusing is within everybody's limits. The lines are data
//! of the configuration, those in force on the day of the decision.

use crate::codes::IntervalKind;
use crate::command::{Command, ObjectionRuling};
use crate::facts::{Facts, UnitFact};
use crate::standing::{self, permission};
use crate::state::{IntervalRequest, Limit, Matter, Node};
use kernel::permission::{Grant, Permission, Role, may_ever, permit};
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
        /// 改派: an objection is upheld.
        Reassignment = "reassignment",
        /// 不予受理
        Decline = "decline",
        /// 终止
        Termination = "termination",
        /// 评价剔除: an opinion in favour of it.
        Exclusion = "exclusion",
    }
}

impl Granting {
    /// What it takes to decide on it at all.
    pub fn permission(self) -> Permission {
        match self {
            Self::Extension | Self::Suspension | Self::Tracking => Permission::IntervalDecide,
            Self::Reassignment => Permission::ObjectionDecide,
            Self::Decline => Permission::DeclineDecide,
            Self::Termination => Permission::TerminationDecide,
            Self::Exclusion => Permission::ExclusionJudge,
        }
    }

    /// How much of it there is to grant.
    pub fn measure(self) -> Measured {
        match self {
            Self::Extension | Self::Suspension | Self::Tracking => Measured::Time,
            Self::Reassignment => Measured::Times,
            Self::Decline | Self::Termination | Self::Exclusion => Measured::AllOrNone,
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

/// What the amount of a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// Days.
    Time,
    /// How often it has been granted to the matter.
    Times,
    /// Nothing: it is granted or not.
    AllOrNone,
}

/// How much a post grants at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Most {
    /// So long; of an amount of 0: nothing.
    Time(Span),
    /// So often, all grants to the matter counted; 0: never.
    Times(u32),
}

impl Most {
    /// Nothing at all.
    pub const NOTHING: Self = Self::Times(0);

    /// Whether nothing is granted.
    pub fn is_nothing(self) -> bool {
        self.amount() == 0
    }

    fn amount(self) -> u32 {
        match self {
            Self::Time(span) => span.amount,
            Self::Times(times) => times,
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
    /// How much at most, in what [`Granting::measure`] counts.
    pub most: Most,
}

/// The lines in force. Where nothing is said, a post grants whatever the procedure allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authority {
    /// In the order of the document.
    pub limits: Vec<OwnLimit>,
}

impl Authority {
    /// The most that such a post grants; a line of its level goes before one of any level.
    pub fn most(&self, role: Role, level: Option<Level>, granting: Granting) -> Option<Most> {
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
    /// Another unit for an assignment that is objected to.
    Reassignment {
        /// Which.
        node: &'a Node,
        /// How often the matter was reassigned before.
        before: u32,
    },
    /// That the matter is not taken on.
    Decline,
    /// The end of the matter.
    Termination,
    /// That a rating does not count.
    Exclusion,
}

impl<'a> Asked<'a> {
    /// What waits to be decided with that permission: of the assignment, or of the whole matter.
    pub fn open(matter: &'a Matter, decides: Permission, node: Option<NodeId>) -> Option<Self> {
        let node = node.and_then(|id| matter.node(id));
        match decides {
            Permission::IntervalDecide => {
                let node = node?;
                let IntervalRequest { kind, span, until, at, .. } = *node.request.as_ref()?;
                Some(Self::Interval { node, kind, span, until, at })
            }
            Permission::ObjectionDecide => {
                let node = node.filter(|node| node.has_open_objection())?;
                Some(Self::Reassignment { node, before: matter.reassignments })
            }
            Permission::DeclineDecide => {
                let proposed = matter.decline.as_ref().filter(|decline| decline.declined_at.is_none());
                proposed.map(|_| Self::Decline)
            }
            Permission::TerminationDecide => matter.termination.as_ref().map(|_| Self::Termination),
            Permission::ExclusionJudge => matter.open_exclusion().map(|_| Self::Exclusion),
            _ => None,
        }
    }

    fn granting(self) -> Granting {
        match self {
            Self::Interval { kind, .. } => Granting::of(kind),
            Self::Reassignment { .. } => Granting::Reassignment,
            Self::Decline => Granting::Decline,
            Self::Termination => Granting::Termination,
            Self::Exclusion => Granting::Exclusion,
        }
    }

    fn node(self) -> Option<NodeId> {
        match self {
            Self::Interval { node, .. } | Self::Reassignment { node, .. } => Some(node.id),
            Self::Decline | Self::Termination | Self::Exclusion => None,
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
    pub fn beyond(&self, asked: Asked<'_>, role: Role, unit: &UnitId) -> Option<Most> {
        let level = self.units.get(unit).map(|unit| unit.level);
        let most = self.authority.most(role, level, asked.granting())?;
        self.exceeds(asked, most).then_some(most)
    }

    /// Whether whoever assigned it cannot grant it: of the unit that passed it on, or of the
    /// office, none of those who decide on it.
    pub fn goes_up(&self, asked: Asked<'_>, node: &Node) -> bool {
        const DECIDERS: [(bool, Role); 4] = [
            (true, Role::Dispatcher),
            (true, Role::ShiftHead),
            (false, Role::UnitLiaison),
            (false, Role::UnitHead),
        ];
        let (of_office, wanted) = (node.parent.is_none(), asked.granting().permission());
        let decide = |(office, role): &&(bool, Role)| *office == of_office && may_ever(*role, wanted);
        let mut deciders = DECIDERS.iter().filter(decide);
        deciders.all(|(_, role)| self.beyond(asked, *role, &node.from).is_some())
    }

    /// The own limit of a person in those posts, where they may decide on it and none of the
    /// posts reaches as far.
    pub fn beyond_all(&self, asked: Asked<'_>, matter: &Matter, grants: &[Grant]) -> Option<Most> {
        let wanted = asked.granting().permission();
        let standing = standing::standing_of(matter, asked.node(), self.units);
        let allows = |grant: &&Grant| permit(std::slice::from_ref(*grant), wanted, &standing).is_some();
        let limits = grants.iter().filter(allows).map(|post| self.beyond(asked, post.role, &post.unit));
        limits.collect::<Option<Vec<Most>>>()?.into_iter().max_by_key(|most| most.amount())
    }

    fn exceeds(&self, asked: Asked<'_>, most: Most) -> bool {
        match (asked, most) {
            (Asked::Interval { node, span, until, at, .. }, Most::Time(most)) => {
                let extended = |by| node.limits.handling.own.extended(self.calendar, by, &node.pauses).due;
                let latest = || Limit::set(self.calendar, at, most, &[]).date(self.calendar);
                let longer = span.is_some_and(|span| extended(span) > extended(most));
                longer || until.is_some_and(|until| most.amount == 0 || until > latest())
            }
            (Asked::Reassignment { before, .. }, Most::Times(most)) => before >= most,
            (_, most) => most.is_nothing(),
        }
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
    let grants = match command {
        Command::DecideInterval { grant, .. } | Command::JudgeExclusion { grant, .. } => *grant,
        Command::DecideObjection { ruling, .. } => matches!(ruling, ObjectionRuling::Reassign { .. }),
        Command::DecideDecline { approve, .. } | Command::DecideTermination { approve, .. } => *approve,
        _ => false,
    };
    let decides = permission(matter, command).filter(|_| grants)?;
    Asked::open(matter, decides, command.node())
}
