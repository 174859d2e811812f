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

/// How much of which days is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// From this local day on …
    pub from: Date,
    /// … to this one, the whole day included.
    pub to: Date,
    /// Whether `amount` is a percentage or a number.
    pub size: Size,
    /// How much.
    pub amount: u32,
}

/// Reads it as it was typed or sent.
///
/// # Errors
/// `entry-not-a-date`, `entry-not-chosen`, `entry-not-a-number`: all that is wrong, each with its
/// field.
pub fn extent(from: &str, to: &str, size: &str, amount: &str) -> Result<Extent, Vec<Refusal>> {
    let day = |text: &str| text.trim().parse::<Date>().ok();
    let read = (day(from), day(to), Size::parse(size), amount.trim().parse().ok());
    if let (Some(from), Some(to), Some(size), Some(amount)) = read {
        return Ok(Extent { from, to, size, amount });
    }
    let wrong = [
        ("from", read.0.is_none(), "entry-not-a-date"),
        ("to", read.1.is_none(), "entry-not-a-date"),
        ("size", read.2.is_none(), "entry-not-chosen"),
        ("amount", read.3.is_none(), "entry-not-a-number"),
    ];
    let wrong = wrong.into_iter().filter(|(_, wrong, _)| *wrong);
    Err(wrong.map(|(field, _, code)| Refusal::field(field, code)).collect())
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_wrong_with_an_extent_is_said_at_once() {
        let read = extent("2026-11-01", " 2026-11-30 ", "share", "5").expect("an extent");
        assert_eq!((read.size, read.amount), (Size::Share, 5));
        let wrong = extent("x", "2026-11-30", "some", "").expect_err("three things");
        let fields: Vec<_> = wrong.iter().filter_map(|wrong| wrong.field).collect();
        assert_eq!(fields, ["from", "size", "amount"]);
    }
}
