//! The figures of a special report 专报: what the members of an issue add up to on a day. Pure.

use kernel::UnitId;
use kernel::time::{Date, Instant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known of one matter of an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// The local day it was filed.
    pub filed: Option<Date>,
    /// Whether it is over.
    pub over: bool,
    /// Whether a limit of it has passed while it is open.
    pub late: bool,
    /// Where it belongs, by its code.
    pub place: Option<String>,
    /// Its category's code.
    pub category: Option<String>,
    /// The units that lead it.
    pub units: Vec<UnitId>,
}

/// What the members add up to. Each matter counts once in every part but `units`, where it
/// counts for each unit that leads a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// When it was counted.
    pub as_of: Option<Instant>,
    /// Matters.
    pub matters: u64,
    /// Over.
    pub over: u64,
    /// Open and past a limit.
    pub late: u64,
    /// The first and the last local day on which one was filed.
    pub days: Option<(Date, Date)>,
    /// By place, the most first; `None` where none is known.
    pub places: Vec<(Option<String>, u64)>,
    /// By category.
    pub categories: Vec<(Option<String>, u64)>,
    /// By leading unit; `None`: not assigned.
    pub units: Vec<(Option<UnitId>, u64)>,
    /// By week of filing, each named by its Monday, in order; weeks without one are left out.
    pub weeks: Vec<(Date, u64)>,
}

/// Adds the members up.
pub fn figures(members: &[Member], as_of: Instant) -> Figures {
    let filed: Vec<Date> = members.iter().filter_map(|member| member.filed).collect();
    let mut units: Vec<Option<UnitId>> = Vec::with_capacity(members.len());
    for member in members {
        if member.units.is_empty() {
            units.push(None);
        }
        units.extend(member.units.iter().cloned().map(Some));
    }
    let mut weeks: BTreeMap<Date, u64> = BTreeMap::new();
    for day in &filed {
        *weeks.entry(monday(*day)).or_default() += 1;
    }
    Figures {
        as_of: Some(as_of),
        matters: members.len() as u64,
        over: members.iter().filter(|member| member.over).count() as u64,
        late: members.iter().filter(|member| member.late && !member.over).count() as u64,
        days: filed.iter().min().copied().zip(filed.iter().max().copied()),
        places: most_first(members.iter().map(|member| member.place.clone())),
        categories: most_first(members.iter().map(|member| member.category.clone())),
        units: most_first(units),
        weeks: weeks.into_iter().collect(),
    }
}

/// The Monday of a day's week.
fn monday(day: Date) -> Date {
    let back = day.weekday().to_monday_zero_offset();
    (0..back).fold(day, |day, _| day.yesterday().unwrap_or(day))
}

/// How often each is there: the most first, equals in their own order.
fn most_first<T: Ord>(of: impl IntoIterator<Item = T>) -> Vec<(T, u64)> {
    let mut counts: BTreeMap<T, u64> = BTreeMap::new();
    for one in of {
        *counts.entry(one).or_default() += 1;
    }
    let mut counted: Vec<(T, u64)> = counts.into_iter().collect();
    counted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(filed: &str, place: &str, units: &[&str]) -> Member {
        Member {
            filed: Some(filed.parse().expect("a date")),
            place: Some(place.into()),
            category: Some("ENE-01".into()),
            units: units.iter().map(|unit| UnitId::from(*unit)).collect(),
            ..Member::default()
        }
    }

    #[test]
    fn every_matter_counts_once_in_each_part() {
        let members = [
            Member { over: true, ..member("2022-06-01", "a", &["u"]) },
            Member { late: true, ..member("2022-06-05", "b", &["u", "v"]) },
            // What is over is late no more.
            Member { over: true, late: true, ..member("2022-06-06", "b", &[]) },
        ];
        let found = figures(&members, Instant::from_micros(0));
        assert_eq!((found.matters, found.over, found.late), (3, 2, 1));
        assert_eq!(found.places, [(Some("b".into()), 2), (Some("a".into()), 1)]);
        for part in
            [found.places.iter().map(|(_, n)| n).sum::<u64>(), found.weeks.iter().map(|(_, n)| n).sum()]
        {
            assert_eq!(part, found.matters);
        }
        assert_eq!(found.units[0], (Some("u".into()), 2));
        assert!(found.units.contains(&(None, 1)));
        let date = |text: &str| text.parse::<Date>().expect("a date");
        assert_eq!(found.weeks, [(date("2022-05-30"), 2), (date("2022-06-06"), 1)]);
        assert_eq!(found.days, Some((date("2022-06-01"), date("2022-06-06"))));
    }

    #[test]
    fn nothing_adds_up_to_nothing() {
        let found = figures(&[], Instant::from_micros(7));
        assert_eq!(found, Figures { as_of: Some(Instant::from_micros(7)), ..Figures::default() });
    }
}
