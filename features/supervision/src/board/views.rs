//! What the board is divided into: each view is a list of conditions, the same that rules use.

use kernel::permission::{Grant, Permission, Relation, allows};
use kernel::time::{Light, Span};
use matters::{Filter, Tab};
use matters_rules::watch::Condition;

/// A view of the board. Its label's key is `supervision-view-<code>`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// 已逾期
    #[default]
    Late,
    /// 即将到期
    Soon,
    /// 超时未签收
    Unsigned,
    /// 无办理动态
    Silent,
    /// 多次异议
    Objected,
    /// 多次改派
    Reassigned,
    /// 多次重办
    Redone,
    /// 挂账漏报
    Unreported,
    /// 本级待办: what the office itself has to do.
    Office,
    /// Everything open that is supervised.
    All,
    /// Gone late in a week, whatever became of it since: the rows behind the heat table.
    WentLate,
}

impl View {
    /// In the order of the tabs; [`View::WentLate`] is reached from the heat table.
    pub const TABS: [Self; 10] = [
        Self::Late,
        Self::Soon,
        Self::Unsigned,
        Self::Silent,
        Self::Objected,
        Self::Reassigned,
        Self::Redone,
        Self::Unreported,
        Self::Office,
        Self::All,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Soon => "soon",
            Self::Unsigned => "unsigned",
            Self::Silent => "silent",
            Self::Objected => "objected",
            Self::Reassigned => "reassigned",
            Self::Redone => "redone",
            Self::Unreported => "unreported",
            Self::Office => "office",
            Self::All => "all",
            Self::WentLate => "went_late",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::TABS.into_iter().chain([Self::WentLate]).find(|view| view.code() == code)
    }

    /// Key of its label.
    pub fn key(self) -> String {
        format!("supervision-view-{}", self.code())
    }

    /// The views that mean something to someone with these grants: the office's own steps
    /// are supervised by those above the office.
    pub fn offered(grants: &[Grant]) -> Vec<Self> {
        let office =
            grants.iter().any(|grant| allows(grant.role, Permission::SupervisionRead, Relation::Office));
        Self::TABS.into_iter().filter(|view| office || *view != Self::Office).collect()
    }

    /// What it lists; `days` of silence.
    pub fn filter(self, days: u32) -> Filter {
        let any = Span::working_days(0);
        let (tab, watch) = match self {
            Self::Late => (Tab::Watched, vec![Condition::Late(any)]),
            Self::Soon => (Tab::Watched, vec![Condition::Light(Light::Yellow)]),
            Self::Unsigned => (Tab::Watched, vec![Condition::Unsigned(any)]),
            Self::Silent => (Tab::Watched, vec![Condition::Silent(Span::working_days(days))]),
            Self::Objected => (Tab::Watched, vec![Condition::Objections(2)]),
            Self::Reassigned => (Tab::Watched, vec![Condition::Reassignments(2)]),
            Self::Redone => (Tab::Watched, vec![Condition::Redos(2)]),
            Self::Unreported => (Tab::Watched, vec![Condition::Report(any)]),
            Self::Office => (Tab::OfficeLate, Vec::new()),
            Self::All => (Tab::Watched, Vec::new()),
            Self::WentLate => (Tab::WentLate, Vec::new()),
        };
        Filter { tab, watch, ..Filter::default() }
    }

    /// Whether its rows are assignments that can be acted on together.
    pub fn acts(self) -> bool {
        !matches!(self, Self::Office | Self::WentLate)
    }
}
