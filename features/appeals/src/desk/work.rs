//! `/desk/work`: an officer goes through what waits, one after another: the queue at the
//! side, the matter and the form of the next step beside it, next and previous by key. What
//! is done leaves the queue, and the next one comes up.

use super::drawn::{Asked, Drawn, draw};
use super::matter::load;
use super::onward::{Onward, Spot};
use super::words::Words;
use super::{QUEUES, page};
use crate::verbs::{self, Kind, Place, Spec};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::UnitId;
use matters::read::{COUNTED_TO, Waiting};
use matters::{MatterView, NodeView, Tab};
use matters_rules::ActionCode as A;
use platform::Failure;
use platform::ui::Page;
use platform::web::{Access, Routes, Staff};
use serde::Deserialize;

/// As many are lined up at once.
const LINED_UP: usize = 60;

/// The queues that are gone through here, with the steps each asks for, the usual first.
const QUEUES_OF_WORK: [(Tab, &[A]); 6] = [
    (
        Tab::Review,
        &[A::DecideDecline, A::Redact, A::Accept, A::AskCompletion, A::ProposeDecline, A::Transfer],
    ),
    (Tab::Dispatch, &[A::Redact, A::Accept, A::Assign, A::AnswerDirectly, A::Merge]),
    (Tab::Objections, &[A::DecideObjection]),
    (Tab::Requests, &[A::DecideInterval]),
    (Tab::ToReview, &[A::Review]),
    (Tab::RedoPending, &[A::DecideRedo, A::Escalate]),
];

/// The working desk.
pub fn routes() -> Routes {
    Routes::new().get("/desk/work", Access::SignedIn, show)
}

#[derive(Template)]
#[template(path = "desk/work.html")]
struct Work {
    page: Page,
    words: Words,
    tabs: Vec<TabLink>,
    tab: Tab,
    lined_up: Vec<Line>,
    at: Option<At>,
}

/// One queue.
struct TabLink {
    label: String,
    href: String,
    count: String,
    current: bool,
}

/// One thing in the queue.
struct Line {
    waiting: Waiting,
    href: String,
    current: bool,
}

/// What is worked on.
struct At {
    view: MatterView,
    node: Option<NodeView>,
    /// "3 / 12"
    place: (usize, usize),
    previous: Option<String>,
    next: Option<String>,
    /// The steps that are possible.
    ways: Vec<Way>,
    drawn: Option<Drawn>,
}

/// A step that can be chosen.
struct Way {
    key: &'static str,
    href: String,
    current: bool,
    /// The digit of its key.
    digit: usize,
}

#[derive(Deserialize)]
struct Look {
    tab: Option<String>,
    at: Option<String>,
    step: Option<String>,
    lead: Option<UnitId>,
}

/// Whether that queue can be gone through here.
pub fn is_worked(tab: Tab) -> bool {
    QUEUES_OF_WORK.iter().any(|(worked, _)| *worked == tab)
}

async fn show(staff: Staff, Query(look): Query<Look>) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let wanted = look.tab.as_deref().and_then(Tab::parse);
    let (counts, tab, lined_up) = staff
        .app
        .read(move |snapshot, app| {
            let mut counts = matters::tab_counts(snapshot, app, &grants)?;
            counts.retain(|(tab, _)| is_worked(*tab));
            let offered = |tab: &Tab| counts.iter().any(|(offered, _)| offered == tab);
            let busy = counts.iter().find(|(_, count)| *count > 0).or(counts.first());
            let Some(tab) = wanted.filter(offered).or(busy.map(|(tab, _)| *tab)) else {
                return Ok((counts, Tab::Review, Vec::new()));
            };
            Ok((counts, tab, matters::read::waiting(snapshot, app, &grants, tab, LINED_UP)?))
        })
        .await?;
    let page = staff.desk_page("desk-work-title", QUEUES);
    let words = Words::of(&staff.app, &page);
    let spots: Vec<Spot> = lined_up.iter().map(Spot::of).collect();
    let asked = look.at.as_deref().and_then(Spot::parse);
    let place = spots.iter().position(|spot| Some(*spot) == asked).unwrap_or(0);
    let at = match spots.get(place) {
        Some(_) => Some(work_on(&staff, &page, &words, &look, tab, &spots, place).await?),
        None => None,
    };
    let lined_up = lined_up.into_iter().enumerate().map(|(number, waiting)| {
        let spot = Spot::of(&waiting);
        let onward = Onward { tab, next: Some(spot) };
        Line { href: onward.href(), current: number == place, waiting }
    });
    let shown = Work {
        tabs: counts.iter().map(|(of, count)| tab_link(&page, *of, *count, *of == tab)).collect(),
        lined_up: lined_up.collect(),
        page,
        words,
        tab,
        at,
    };
    page::show(StatusCode::OK, &shown)
}

async fn work_on(
    staff: &Staff,
    page: &Page,
    words: &Words,
    look: &Look,
    tab: Tab,
    spots: &[Spot],
    place: usize,
) -> Result<At, Failure> {
    let (spot, next) = (spots[place], spots.get(place + 1).copied());
    let view = load(staff, Place { id: spot.id, node: spot.node, other: None }).await?;
    let node = spot.node.and_then(|id| view.node(id)).cloned();
    let onward = Onward { tab, next: next.or_else(|| spots.first().copied().filter(|first| *first != spot)) };
    let here = Onward { tab, next: Some(spot) }.href();
    let specs = possible(tab, &view, spot);
    let chosen = specs
        .iter()
        .find(|spec| Some(spec.action.code()) == look.step.as_deref())
        .or_else(|| specs.first())
        .copied();
    let ways = specs.iter().enumerate().map(|(number, spec)| Way {
        key: spec.action.key(),
        href: format!("{here}&step={}", spec.action.code()),
        current: chosen.is_some_and(|chosen| chosen.action == spec.action),
        digit: number + 1,
    });
    let ways = ways.collect();
    let drawn = match chosen {
        Some(spec) => {
            let asked = Asked {
                spec,
                view: &view,
                node: node.as_ref(),
                typed: None,
                led_by: look.lead.clone(),
                here: Some(format!("{here}&step={}", spec.action.code())),
                onward: Some(onward),
            };
            Some(draw(staff, page, words, asked).await?)
        }
        None => None,
    };
    let href = |spot: &Spot| Onward { tab, next: Some(*spot) }.href();
    Ok(At {
        view,
        node,
        place: (place + 1, spots.len()),
        previous: place.checked_sub(1).and_then(|before| spots.get(before)).map(href),
        next: next.as_ref().map(href),
        ways,
        drawn,
    })
}

/// The steps of this queue that the reader may take now.
fn possible(tab: Tab, view: &MatterView, spot: Spot) -> Vec<Spec> {
    let steps = QUEUES_OF_WORK.iter().find(|(worked, _)| *worked == tab).map_or(&[][..], |(_, steps)| *steps);
    let open = steps.iter().filter(|step| match step {
        // Redacting once more presses nobody.
        A::Redact => view.needs_redaction && view.may(A::Redact, None),
        step => view.may(**step, spot.node),
    });
    open.filter_map(|step| verbs::ALL.iter().find(|spec| spec.action == *step)).copied().collect()
}

fn tab_link(page: &Page, tab: Tab, count: u64, current: bool) -> TabLink {
    TabLink {
        label: page.t(&tab.key()),
        href: format!("/desk/work?tab={}", tab.code()),
        count: if count > COUNTED_TO { "1,000+".to_owned() } else { count.to_string() },
        current,
    }
}

impl Work {
    /// Whether several can be assigned at once here.
    fn dispatches(&self) -> bool {
        self.tab == Tab::Dispatch
    }

    fn unit(&self, line: &Line) -> String {
        let of_node = line.waiting.row.unit.as_ref().filter(|_| line.waiting.row.node.is_some());
        of_node.map_or_else(String::new, |unit| unit.brief(self.page.locale()).to_owned())
    }

    fn phase(&self, at: &At) -> String {
        self.page.t(&format!("phase-{}", at.view.phase.code()))
    }
}
