//! Results per demand (PRODUCT rule 5): whether they are complete, and which closing type
//! follows from them.

use crate::codes::{ClosingType, NodeRole, Outcome};
use crate::command::DemandResult;
use crate::state::{Matter, Node, NodeState, ResultSource};
use kernel::Refusal;

/// # Errors
/// `results-incomplete` unless each of the matter's demands has exactly one result.
pub(crate) fn covers_all(results: &[DemandResult], demands: usize) -> Result<(), Refusal> {
    known_once(results, demands)?;
    if results.len() < demands {
        return Err(Refusal::field("results", "results-incomplete").with("demands", demands));
    }
    Ok(())
}

/// # Errors
/// `results-wrong-demand` where a result names no demand, or one named before.
pub(crate) fn known_once(results: &[DemandResult], demands: usize) -> Result<(), Refusal> {
    for (position, result) in results.iter().enumerate() {
        let known = (1..=demands).contains(&(result.demand as usize));
        let again = results[..position].iter().any(|earlier| earlier.demand == result.demand);
        if !known || again {
            return Err(Refusal::field("results", "results-wrong-demand").with("demand", result.demand));
        }
    }
    Ok(())
}

impl Matter {
    /// The closing type that follows from where the result came from and what it says.
    pub fn closing_by_result(&self) -> ClosingType {
        match self.result {
            Some(ResultSource::Direct) => ClosingType::AnsweredDirectly,
            Some(ResultSource::Master) => ClosingType::Merged,
            Some(ResultSource::Tree) | None => closing_of(&self.outcomes()),
        }
    }

    /// What the answers that count say: those of the lead or separate units, and for a unit
    /// that passed the matter on without answering itself, of those below it.
    pub fn outcomes(&self) -> Vec<Outcome> {
        let mut found = Vec::new();
        for node in self.children(None) {
            self.collect_outcomes(node, &mut found);
        }
        found
    }

    fn collect_outcomes(&self, node: &Node, found: &mut Vec<Outcome>) {
        if node.role == NodeRole::Co || node.state != NodeState::Approved {
            return;
        }
        match &node.answer {
            Some(answer) => found.extend(answer.results.iter().map(|result| result.outcome)),
            None => self.children(Some(node.id)).for_each(|child| self.collect_outcomes(child, found)),
        }
    }
}

fn closing_of(outcomes: &[Outcome]) -> ClosingType {
    let all = |outcome| outcomes.iter().all(|o| *o == outcome);
    let any = |outcome| outcomes.contains(&outcome);
    if outcomes.is_empty() {
        ClosingType::NotYet
    } else if all(Outcome::Solved) {
        ClosingType::Solved
    } else if any(Outcome::Solved) || any(Outcome::Partly) {
        ClosingType::Partly
    } else if any(Outcome::NotYet) {
        ClosingType::NotYet
    } else {
        ClosingType::Explained
    }
}
