//! What checks of a period add up to: by office, by shift, by item. Never by person. Pure.

use super::check::Scores;
use kernel::UnitId;
use std::collections::BTreeMap;

/// A check as it counts.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The office.
    pub office: UnitId,
    /// The shift it began in; none where there are no shifts.
    pub shift: Option<String>,
    /// The points that count.
    pub scores: Scores,
    /// Whether it was answered by the officer.
    pub answered: bool,
    /// The points before a second reading, where there was one.
    pub before: Option<u32>,
}

/// A sum with its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mean {
    /// Points.
    pub sum: u64,
    /// Checks.
    pub n: u64,
}

/// The figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// All.
    pub all: Mean,
    /// By office.
    pub offices: BTreeMap<UnitId, Mean>,
    /// By shift.
    pub shifts: BTreeMap<Option<String>, Mean>,
    /// By item.
    pub items: BTreeMap<String, Mean>,
    /// Answered by the officer.
    pub answered: u64,
    /// Changed by a second reading.
    pub changed: u64,
}

impl Mean {
    fn add(&mut self, points: u32) {
        self.sum += u64::from(points);
        self.n += 1;
    }

    /// Tenths of the mean, rounded half up; none of none.
    pub fn tenths(&self) -> Option<u64> {
        (self.n > 0).then(|| (self.sum * 10 + self.n / 2) / self.n)
    }
}

/// Adds checks up.
pub fn figures(checks: &[Counted]) -> Figures {
    let mut figures = Figures::default();
    for check in checks {
        let total = check.scores.values().sum();
        figures.all.add(total);
        figures.offices.entry(check.office.clone()).or_default().add(total);
        figures.shifts.entry(check.shift.clone()).or_default().add(total);
        for (item, points) in &check.scores {
            figures.items.entry(item.clone()).or_default().add(*points);
        }
        figures.answered += u64::from(check.answered);
        figures.changed += u64::from(check.before.is_some_and(|before| before != total));
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_counts_once_in_each_part() {
        let check = |shift: &str, a, before| Counted {
            office: "o".into(),
            shift: Some(shift.into()),
            scores: [("a".to_owned(), a), ("b".to_owned(), 10)].into(),
            answered: before != a + 10,
            before: Some(before),
        };
        let found = figures(&[check("day", 70, 80), check("day", 75, 70), check("night", 80, 90)]);
        assert_eq!(found.all, Mean { sum: 255, n: 3 });
        assert_eq!(found.all.tenths(), Some(850));
        assert_eq!(found.shifts.values().map(|mean| mean.n).sum::<u64>(), found.all.n);
        assert_eq!(found.items["a"].tenths(), Some(750));
        assert_eq!((found.answered, found.changed), (1, 1), "a second reading that upholds changes nothing");
        assert_eq!(Mean::default().tenths(), None);
        assert_eq!(Mean { sum: 5, n: 4 }.tenths(), Some(13), "1.25 is 1.3");
    }
}
