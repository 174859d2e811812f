//! What a public page may show of small groups: nothing below five, and nothing from which
//! a hidden number could be had by subtraction.

/// Groups with fewer are not shown.
pub const SMALLEST_GROUP: u64 = 5;

/// The sizes of groups that add up to a published total, with those hidden that must be.
///
/// A group of 1 to 4 is hidden. Where one hidden group, or hidden groups of fewer than
/// five in all, would stand against the total, the smallest shown group is hidden as well.
/// An empty group hides nobody and stays.
pub fn suppress(groups: &[u64]) -> Vec<Option<u64>> {
    let mut shown: Vec<Option<u64>> =
        groups.iter().map(|n| (*n == 0 || *n >= SMALLEST_GROUP).then_some(*n)).collect();
    while reveals(groups, &shown) {
        let smallest =
            shown.iter().enumerate().filter_map(|(index, n)| n.filter(|n| *n > 0).map(|n| (n, index))).min();
        match smallest {
            Some((_, index)) => shown[index] = None,
            None => break,
        }
    }
    shown
}

fn reveals(groups: &[u64], shown: &[Option<u64>]) -> bool {
    let hidden: Vec<u64> =
        groups.iter().zip(shown).filter(|(_, shown)| shown.is_none()).map(|(n, _)| *n).collect();
    !hidden.is_empty() && (hidden.len() == 1 || hidden.iter().sum::<u64>() < SMALLEST_GROUP)
}
