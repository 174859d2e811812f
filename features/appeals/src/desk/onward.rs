//! Where an officer who goes through a queue goes on once this one is done: carried in the
//! form, so that it works with several windows and without scripts.

use kernel::{MatterId, NodeId};
use matters::Tab;
use matters::read::Waiting;
use platform::ui::Form;

/// One thing in a queue: a matter, or an assignment of one; `matter` or `matter:node`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The matter.
    pub id: MatterId,
    /// The assignment.
    pub node: Option<NodeId>,
}

/// The queue, and what comes after this one in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Onward {
    /// Whose queue.
    pub tab: Tab,
    /// What comes next; none at the end.
    pub next: Option<Spot>,
}

impl Spot {
    /// Where it stands.
    pub fn of(waiting: &Waiting) -> Self {
        Self { id: waiting.row.id, node: waiting.row.node }
    }

    /// Reads what [`std::fmt::Display`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some((id, node)) => Some(Self { id: id.parse().ok()?, node: Some(node.parse().ok()?) }),
            None => Some(Self { id: text.parse().ok()?, node: None }),
        }
    }
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.node {
            Some(node) => write!(f, "{}:{node}", self.id),
            None => write!(f, "{}", self.id),
        }
    }
}

impl Onward {
    /// As a form carries it; none where the form is on a page of its own.
    pub fn of(form: &Form) -> Option<Self> {
        let tab = Tab::parse(form.text("queue")?)?;
        Some(Self { tab, next: form.text("next").and_then(Spot::parse) })
    }

    /// The page to go on at.
    pub fn href(&self) -> String {
        match self.next {
            Some(next) => format!("/desk/work?tab={}&at={next}", self.tab.code()),
            None => format!("/desk/work?tab={}", self.tab.code()),
        }
    }

    /// What comes next, as a form carries it.
    pub fn next(&self) -> String {
        self.next.map(|next| next.to_string()).unwrap_or_default()
    }
}
