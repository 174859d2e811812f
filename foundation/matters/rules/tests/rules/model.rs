//! Every way through a small world, without exception: an office of two people, two units
//! on two levels, time that is in order, near its end or over. No payload.

mod small_world;

use small_world::{Loop, State, cell_of_accepted, cell_of_received};
use stateright::{Checker, Model};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

#[test]
fn every_reachable_state_keeps_the_rules_and_can_end() {
    let model = Loop::default();
    let edges = model.edges.clone();
    let checker = model.checker().threads(2).spawn_bfs().join();
    println!("{} states, depth {}", checker.unique_state_count(), checker.max_depth());
    checker.assert_properties();
    assert!(checker.unique_state_count() > 5_000, "the world is not trivial");
    let edges = edges.lock().expect("no thread panicked");
    assert_eq!(cut_off(&edges.after, &edges.ended), 0, "states from which no end can be reached");
}

/// How many states there are from which none of the ended ones can be reached.
fn cut_off(after: &BTreeMap<u64, BTreeSet<u64>>, ended: &BTreeSet<u64>) -> usize {
    let mut before: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for (from, tos) in after {
        for to in tos {
            before.entry(*to).or_default().push(*from);
        }
    }
    let mut reached = ended.clone();
    let mut queue: VecDeque<u64> = ended.iter().copied().collect();
    while let Some(state) = queue.pop_front() {
        for from in before.get(&state).into_iter().flatten() {
            if reached.insert(*from) {
                queue.push_back(*from);
            }
        }
    }
    after.keys().filter(|state| !reached.contains(state)).count()
}

impl Loop {
    /// Each matter stands in exactly one cell of both identities.
    fn counted_once(&self, state: &State) -> bool {
        let received = cell_of_received(&state.matter);
        received.len() == 1 && (received != ["accepted"] || cell_of_accepted(&state.matter).len() == 1)
    }
}
