//! Drawing so that anyone can draw again: the platform draws a seed once the population stands, a
//! thing's rank is the SHA-256 of the seed and its id, and the lowest ranks are drawn.

use kernel::time::Date;
use kernel::{Refusal, codes};
use sha2::{Digest, Sha256};
use std::fmt::Display;

codes! {
    /// How a draw's size is said.
    Size, "draw-size" {
        /// 按比例
        Share = "share",
        /// 按件数
        Number = "number",
    }
}

/// The most of one draw: more are not checked in earnest.
pub const MOST: usize = 500;

/// Whether a draw from the days `from` to `to` may be asked for: the period is over, and the
/// amount is one that can be checked.
///
/// # Errors
/// `draw-period`, `draw-period-ahead`, `draw-amount`.
pub fn fits(from: Date, to: Date, today: Date, size: Size, amount: u32) -> Result<(), Refusal> {
    if from > to {
        return Err(Refusal::field("to", "draw-period"));
    }
    if to > today {
        return Err(Refusal::field("to", "draw-period-ahead"));
    }
    let most = if size == Size::Share { 100 } else { MOST };
    if amount == 0 || amount as usize > most {
        return Err(Refusal::field("amount", "draw-amount").with("max", most));
    }
    Ok(())
}

/// How many are drawn, where those are no more than can be checked.
///
/// # Errors
/// `draw-too-many`.
pub fn few_enough(size: Size, amount: u32, population: usize) -> Result<usize, Refusal> {
    match wanted(size, amount, population) {
        wanted if wanted > MOST => {
            Err(Refusal::field("amount", "draw-too-many").with("n", wanted).with("max", MOST))
        }
        wanted => Ok(wanted),
    }
}

/// How many are drawn of so many: a share is rounded up, and nothing is drawn twice.
pub fn wanted(size: Size, amount: u32, population: usize) -> usize {
    let amount = amount as usize;
    match size {
        Size::Share => (population * amount).div_ceil(100),
        Size::Number => amount.min(population),
    }
}

/// Those of the lowest ranks, the lowest first.
pub fn lowest<T: Display + Copy + Ord>(seed: &str, population: &[T], wanted: usize) -> Vec<T> {
    let mut ranked: Vec<(String, T)> = population.iter().map(|one| (rank(seed, *one), *one)).collect();
    ranked.sort();
    ranked.into_iter().take(wanted).map(|(_, one)| one).collect()
}

/// A thing's rank: SHA-256 over the seed's hex, a colon and its id, in hex.
pub fn rank<T: Display>(seed: &str, one: T) -> String {
    hex(&Sha256::digest(format!("{seed}:{one}")))
}

/// SHA-256 over the ids in order, each with a line feed, in hex.
pub fn digest<T: Display>(population: &[T]) -> String {
    let mut ids: Vec<String> = population.iter().map(|one| format!("{one}\n")).collect();
    ids.sort();
    hex(&Sha256::digest(ids.concat()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
