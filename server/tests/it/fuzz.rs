//! The fuzz targets on a stable compiler: over their corpus, and over mutations of it that are
//! the same in every run. Finding something new is libFuzzer's work (`fuzz/`).

#[path = "../../../fuzz/src/targets.rs"]
mod targets;

use crate::support::workspace;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Mutations of each input of the corpus.
const MUTATIONS: u64 = 24;

#[test]
fn no_input_is_a_fault_of_ours() {
    for (name, target) in targets::ALL {
        let folder = workspace().join("fuzz/corpus").join(name);
        let mut inputs: Vec<_> = std::fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .map(|entry| entry.expect("a readable entry").path())
            .collect();
        inputs.sort();
        assert!(!inputs.is_empty(), "{name} has no corpus");
        for path in inputs {
            let input = std::fs::read(&path).expect("a readable input");
            for number in 0..=MUTATIONS {
                let mutated = mutated(&input, number);
                let outcome = catch_unwind(AssertUnwindSafe(|| target(&mutated)));
                assert!(
                    outcome.is_ok(),
                    "{}, mutation {number}: {:?}",
                    path.display(),
                    String::from_utf8_lossy(&mutated)
                );
            }
        }
    }
}

/// Bytes that mean something to one parser or another.
const NOISE: &[u8] = b"\0\xff\"'<[{=&%,:";

/// The input itself for 0; otherwise cut short, with bytes changed, doubled or left out.
fn mutated(input: &[u8], number: u64) -> Vec<u8> {
    let mut bytes = input.to_vec();
    let mut seed = number;
    let mut draw = |below: usize| {
        // SplitMix64.
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        usize::try_from((mixed ^ (mixed >> 27)) % below.max(1) as u64).unwrap_or_default()
    };
    for _ in 0..number.min(8) {
        let at = draw(bytes.len() + 1);
        match draw(5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, NOISE[draw(NOISE.len())]),
            2 if at < bytes.len() => bytes[at] ^= 1 << draw(8),
            3 if at < bytes.len() => drop(bytes.remove(at)),
            _ => bytes.extend_from_within(..at.min(200)),
        }
    }
    bytes
}
