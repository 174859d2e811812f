//! What is a hot topic 热点: more matters of one category in one place within some hours than
//! there used to be. Pure, and a formula that anyone can work out by hand:
//!
//! > n ≥ minimum, and n × weeks × 10 ≥ factor × (n₁ + … + n_weeks)
//!
//! n is what was filed in the hours before the full hour `until`; n₁ … are the same hours of the
//! same weekday one, two … weeks before; `factor` is in tenths (20: twice the mean). It looks at
//! categories and places alone: nobody who filed is known here, so nobody who files often can
//! be told from it.

use kernel::MatterId;
use kernel::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Hours of a week.
const WEEK_HOURS: i64 = 7 * 24;

/// How it is measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Hours looked at.
    pub hours: u32,
    /// Matters at least.
    pub minimum: u32,
    /// Times the mean of the weeks before, in tenths.
    pub factor: u32,
    /// Weeks looked back.
    pub weeks: u32,
}

/// A matter as it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub matter: MatterId,
    /// The group of its category.
    pub group: String,
    /// Where it belongs, by its code.
    pub place: String,
    /// When it was filed.
    pub at: Instant,
}

/// A hot topic as it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surge {
    /// The group of categories.
    pub group: String,
    /// The place.
    pub place: String,
    /// The end of the hours looked at, itself left out.
    pub until: Instant,
    /// The matters, in the order they were filed.
    pub matters: Vec<MatterId>,
    /// How many there were in the same hours of the weeks before, the last week first.
    pub before: Vec<u64>,
}

impl Measure {
    /// The hours looked at: from, and until (left out). `back`: so many weeks before.
    pub fn window(&self, until: Instant, back: u32) -> (Instant, Instant) {
        let end = until.plus_hours(-WEEK_HOURS * i64::from(back));
        (end.plus_hours(-i64::from(self.hours)), end)
    }

    /// Whether so many are out of the ordinary.
    pub fn is_reached(&self, n: u64, before: &[u64]) -> bool {
        let sum: u64 = before.iter().sum();
        n >= u64::from(self.minimum) && n * u64::from(self.weeks) * 10 >= u64::from(self.factor) * sum
    }

    /// What is out of the ordinary at that hour, by group and place.
    pub fn surges(&self, seen: &[Seen], until: Instant) -> Vec<Surge> {
        let mut cells: BTreeMap<(&str, &str), Vec<&Seen>> = BTreeMap::new();
        for one in seen {
            cells.entry((&one.group, &one.place)).or_default().push(one);
        }
        let cells = cells.into_iter().map(|((group, place), of)| self.cell(group, place, &of, until));
        cells.filter(|cell| self.is_reached(cell.matters.len() as u64, &cell.before)).collect()
    }

    /// One group in one place, whether it is out of the ordinary or not.
    pub fn cell(&self, group: &str, place: &str, seen: &[&Seen], until: Instant) -> Surge {
        let within = |back: u32| {
            let (from, end) = self.window(until, back);
            let mut found: Vec<&Seen> =
                seen.iter().copied().filter(|one| one.at >= from && one.at < end).collect();
            found.sort_by_key(|one| (one.at, one.matter));
            found
        };
        Surge {
            group: group.to_owned(),
            place: place.to_owned(),
            until,
            matters: within(0).into_iter().map(|one| one.matter).collect(),
            before: (1..=self.weeks).map(|back| within(back).len() as u64).collect(),
        }
    }
}

/// The last full hour.
pub fn full_hour(now: Instant) -> Instant {
    const HOUR: i64 = 3_600_000_000;
    Instant::from_micros(now.micros().div_euclid(HOUR) * HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEASURE: Measure = Measure { hours: 24, minimum: 4, factor: 20, weeks: 4 };

    fn seen(n: u32, hours_before: i64, place: &str) -> Seen {
        Seen {
            matter: format!("00000000-0000-7000-8000-{n:012}").parse().expect("an id"),
            group: "ENE".into(),
            place: place.into(),
            at: until().plus_hours(-hours_before),
        }
    }

    fn until() -> Instant {
        Instant::from_micros(1_800_000_000_000_000).plus_hours(0)
    }

    #[test]
    fn the_formula_is_the_one_written_down() {
        assert!(!MEASURE.is_reached(3, &[0, 0, 0, 0]), "fewer than the minimum");
        assert!(MEASURE.is_reached(4, &[0, 0, 0, 0]), "nothing before");
        assert!(MEASURE.is_reached(4, &[2, 2, 2, 2]), "exactly twice the mean of 2");
        assert!(!MEASURE.is_reached(4, &[2, 2, 2, 3]), "4 × 4 × 10 < 20 × 9");
        let half = Measure { factor: 15, ..MEASURE };
        assert!(half.is_reached(6, &[4, 4, 4, 4]) && !half.is_reached(5, &[4, 4, 4, 4]));
    }

    #[test]
    fn hours_are_those_before_and_of_the_weeks_before() {
        let mut all: Vec<Seen> = (1..=4).map(|n| seen(n, i64::from(n), "jia")).collect();
        // At the end of the hours itself, and just before their beginning.
        all.extend([seen(5, 0, "jia"), seen(6, 25, "jia")]);
        // One in the same hours a week ago, one of three weeks ago.
        all.extend([seen(7, 7 * 24 + 3, "jia"), seen(8, 21 * 24 + 24, "jia")]);
        // Elsewhere, and too few.
        all.extend([seen(9, 2, "yi"), seen(10, 3, "yi")]);
        let found = MEASURE.surges(&all, until());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].place.as_str(), found[0].before.as_slice()), ("jia", [1, 0, 1, 0].as_slice()));
        let oldest_first: Vec<MatterId> = (1..=4).rev().map(|n| seen(n, 0, "").matter).collect();
        assert_eq!(found[0].matters, oldest_first);
        let mut reversed = all.clone();
        reversed.reverse();
        assert_eq!(MEASURE.surges(&reversed, until()), found, "in whatever order they are read");
    }

    #[test]
    fn an_hour_is_full_at_its_beginning() {
        let at = until().plus_seconds(-1);
        assert_eq!(full_hour(until()), until());
        assert_eq!(full_hour(at), until().plus_hours(-1));
    }
}
