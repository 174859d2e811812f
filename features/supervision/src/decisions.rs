//! `/desk/decisions`: what waits to be decided, in one queue, the one whose limit comes first on
//! top. Each is decided with its own verb by whoever may; what nobody decides within its limit
//! is not granted, by the platform's timers, and the timeline says so.

use crate::DECISIONS;
use crate::address::escaped;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::permission::{Grant, Permission};
use kernel::time::Instant;
use matters::words::Words;
use matters::{Filter, Row, Tab, Viewer};
use matters_rules::ActionCode;
use matters_rules::authority::Most;
use platform::Failure;
use platform::directory::SignedIn;
use platform::ui::Page;
use platform::web::reply;
use platform::web::{Access, Routes, Staff};
use serde::Deserialize;

/// Where the desk stands.
const PATH: &str = "/desk/decisions";
/// Rows that are read at once.
const ROWS: usize = 100;

/// What is decided. Its label's key is `decisions-kind-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 派单异议
    Objection,
    /// 延期、中止、挂账跟踪
    Interval,
    /// 不予受理
    Decline,
    /// 终止
    Termination,
    /// 评价申诉
    Exclusion,
    /// 承办单位已撤销
    Left,
}

impl Kind {
    /// In the order of the tabs.
    pub const ALL: [Self; 6] =
        [Self::Objection, Self::Left, Self::Interval, Self::Decline, Self::Termination, Self::Exclusion];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Objection => "objection",
            Self::Interval => "interval",
            Self::Decline => "decline",
            Self::Termination => "termination",
            Self::Exclusion => "exclusion",
            Self::Left => "left",
        }
    }

    /// Where its rows are.
    pub fn tab(self) -> Tab {
        match self {
            Self::Objection => Tab::Objections,
            Self::Interval => Tab::Requests,
            Self::Decline => Tab::Declines,
            Self::Termination => Tab::Terminations,
            Self::Exclusion => Tab::Exclusions,
            Self::Left => Tab::Left,
        }
    }

    /// The permission it takes.
    pub fn permission(self) -> Permission {
        match self {
            Self::Objection | Self::Left => Permission::ObjectionDecide,
            Self::Interval => Permission::IntervalDecide,
            Self::Decline => Permission::DeclineDecide,
            Self::Termination => Permission::TerminationDecide,
            Self::Exclusion => Permission::ExclusionJudge,
        }
    }

    /// Where it is decided.
    pub fn href(self, row: &Row) -> String {
        let matter = format!("/matters/{}", row.id);
        match (self, row.node) {
            (Self::Objection | Self::Left, Some(node)) => format!("{matter}/nodes/{node}/objection-decision"),
            (Self::Interval, Some(node)) => format!("{matter}/nodes/{node}/interval-decision"),
            (Self::Decline, _) => format!("{matter}/decline-decision"),
            (Self::Termination, _) => format!("{matter}/termination-decision"),
            (Self::Exclusion, _) => format!("{matter}/exclusion-judgement"),
            _ => matter,
        }
    }
}

/// One thing to decide.
pub struct Waiting {
    /// What.
    pub kind: Kind,
    /// Of which matter or assignment.
    pub row: Row,
    /// The reader's own limit, where it is more than they may grant.
    pub beyond: Option<Most>,
}

impl Waiting {
    /// Within which limit.
    pub fn due(&self) -> Option<Instant> {
        self.row.watched.decide_due
    }
}

#[derive(Deserialize)]
struct Look {
    #[serde(default)]
    kind: String,
}

#[derive(Template)]
#[template(path = "supervision/decisions.html")]
struct Desk {
    page: Page,
    words: Words,
    now: Instant,
    tabs: Vec<(String, String, usize, bool)>,
    waiting: Vec<Waiting>,
}

/// The desk's page.
pub(crate) fn routes() -> Routes {
    Routes::new().get(PATH, Access::Staff(Permission::SupervisionRead), show)
}

/// All that waits for this person, the earliest limit first. A claim against a rating is left
/// out where they have no voice in it, or have given it.
///
/// # Errors
/// Whatever the store says.
pub fn waiting(
    query: &mut dyn store::Query,
    app: &platform::App,
    person: &SignedIn,
) -> Result<Vec<Waiting>, Failure> {
    let grants = &person.grants;
    let mut found = Vec::new();
    for kind in Kind::ALL {
        let may = |grant: &Grant| kernel::permission::may_ever(grant.role, kind.permission());
        if !grants.iter().any(may) {
            continue;
        }
        let filter = Filter { tab: kind.tab(), ..Filter::default() };
        for row in all(query, app, grants, &filter)? {
            let mine = kind != Kind::Exclusion
                || matters::view(query, app, row.id, Viewer::Staff(person))?
                    .may(ActionCode::JudgeExclusion, None);
            if mine {
                let (id, node) = (row.id, row.node);
                let beyond =
                    matters::read::beyond_own_limit(query, app, grants, id, kind.permission(), node)?;
                found.push(Waiting { kind, row, beyond });
            }
        }
    }
    found.sort_by_key(|waiting| (waiting.due().unwrap_or(Instant::MAX), waiting.row.number.clone()));
    Ok(found)
}

/// Every row, however many pages they fill: what is cut off would lapse unseen.
fn all(
    query: &mut dyn store::Query,
    app: &platform::App,
    grants: &[Grant],
    filter: &Filter,
) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = matters::list(query, app, grants, filter, after.as_deref(), ROWS)?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(rows),
        }
    }
}

async fn show(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let person = staff.person.clone();
    let all = staff.app.read(move |snapshot, app| waiting(snapshot, app, &person)).await?;
    let chosen = Kind::ALL.into_iter().find(|kind| kind.code() == look.kind);
    let page = staff.desk_page("decisions-title", DECISIONS);
    let mut tabs = vec![(page.t("decisions-kind-all"), PATH.to_owned(), all.len(), chosen.is_none())];
    for kind in Kind::ALL.into_iter().filter(|kind| staff.person.may_ever(kind.permission())) {
        let count = all.iter().filter(|waiting| waiting.kind == kind).count();
        let href = format!("{PATH}?kind={}", escaped(kind.code()));
        tabs.push((page.t(&format!("decisions-kind-{}", kind.code())), href, count, chosen == Some(kind)));
    }
    let desk = Desk {
        words: Words::of(&staff.app, &page),
        now: staff.app.now(),
        page,
        tabs,
        waiting: all.into_iter().filter(|waiting| chosen.is_none_or(|kind| waiting.kind == kind)).collect(),
    };
    reply::page(&desk, None)
}

impl Desk {
    /// What is asked for, in words.
    fn asked(&self, waiting: &Waiting) -> String {
        match (waiting.kind, waiting.row.request) {
            (Kind::Interval, Some(kind)) => self.page.t(kind.key()),
            (kind, _) => self.page.t(&format!("decisions-kind-{}", kind.code())),
        }
    }

    /// What comes of it if nobody decides.
    fn else_key(&self, waiting: &Waiting) -> String {
        format!("decisions-else-{}", waiting.kind.code())
    }

    fn is_due(&self, waiting: &Waiting) -> bool {
        waiting.due().is_some_and(|due| due <= self.now.plus_hours(4))
    }
}
