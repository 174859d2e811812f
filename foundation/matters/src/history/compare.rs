//! The earlier system's deadlines beside ours: where both judge the same case differently,
//! the reader sees which.

use super::row::Case;
use kernel::time::{Calendar, Instant};
use matters_rules::state::ChildLimit;
use matters_rules::{NodeRole, Procedure};

/// One case under both clocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The case's number there.
    pub number: String,
    /// Its deadline there, where it had one.
    pub due_there: Option<Instant>,
    /// Until when the unit would have had to submit it here.
    pub due_here: Instant,
    /// What the file says.
    pub said: Option<bool>,
    /// Whether it was on time by its own deadline, as we count it.
    pub by_due_there: Option<bool>,
    /// Whether it was on time by our limit.
    pub by_due_here: bool,
}

/// How often they agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Cases with a deadline there and a flag.
    pub judged: usize,
    /// Those where the flag is what their own deadline says.
    pub same_by_due_there: usize,
    /// Cases with a flag.
    pub flagged: usize,
    /// Those where our limit says the same.
    pub same_by_due_here: usize,
}

/// A case under both clocks; an open one is judged as of when the file was written.
pub(super) fn compare(
    case: &Case,
    calendar: &Calendar,
    procedure: &Procedure,
    written_at: Instant,
) -> Compared {
    let span = procedure.limits.handling(NodeRole::Lead, case.urgency, false);
    let due_here = ChildLimit::set(calendar, case.filed_at, span, &[], None).due();
    let ended = case.closed_at.unwrap_or(written_at);
    Compared {
        number: case.number.clone(),
        due_there: case.due,
        due_here,
        said: case.on_time,
        by_due_there: case.due.map(|due| ended <= due),
        by_due_here: ended <= due_here,
    }
}

/// Counts over all.
pub fn agreement(compared: &[Compared]) -> Agreement {
    let mut found = Agreement::default();
    for case in compared {
        let Some(said) = case.said else { continue };
        found.flagged += 1;
        found.same_by_due_here += usize::from(said == case.by_due_here);
        if let Some(by_due_there) = case.by_due_there {
            found.judged += 1;
            found.same_by_due_there += usize::from(said == by_due_there);
        }
    }
    found
}
