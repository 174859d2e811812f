//! Choices that look like life and come out the same every time: a stream of numbers made
//! from a name and a position, never from the machine.

/// Numbers from a seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The dice of the thing of that name and position.
    pub fn of(name: &str, position: u64) -> Self {
        // FNV-1a: spreads names; the generator does the rest.
        let seed = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(seed ^ position.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number of `from..=to`.
    pub fn range(&mut self, from: u32, to: u32) -> u32 {
        let width = u64::from(to.saturating_sub(from)) + 1;
        from + u32::try_from(self.next() % width).unwrap_or(0)
    }

    /// True in `percent` of all cases.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.range(1, 100) <= percent
    }

    /// One of them; `None` of none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let last = u32::try_from(of.len().checked_sub(1)?).ok()?;
        of.get(self.range(0, last) as usize)
    }

    /// One of them, each as often as its weight says.
    pub fn weighted<'a, T>(&mut self, of: &'a [(u32, T)]) -> Option<&'a T> {
        let whole: u32 = of.iter().map(|(weight, _)| weight).sum();
        let mut at = self.range(1, whole.max(1));
        for (weight, thing) in of {
            match at.checked_sub(*weight) {
                None | Some(0) => return Some(thing),
                Some(left) => at = left,
            }
        }
        None
    }

    /// Puts them in another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for end in (1..things.len()).rev() {
            let with = self.range(0, u32::try_from(end).unwrap_or(u32::MAX)) as usize;
            things.swap(end, with);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_dice_fall_the_same_way_and_stay_within_their_range() {
        let throws = |position| {
            let mut dice = Dice::of("x", position);
            (0..200).map(|_| dice.range(3, 9)).collect::<Vec<_>>()
        };
        assert_eq!(throws(1), throws(1));
        assert_ne!(throws(1), throws(2));
        assert!((3..=9).all(|n| throws(1).contains(&n)));
    }

    #[test]
    fn weights_and_shuffles_lose_nothing() {
        let mut dice = Dice::of("y", 0);
        let thrown: Vec<_> = (0..300).filter_map(|_| dice.weighted(&[(9, 'a'), (1, 'b')]).copied()).collect();
        let rare = thrown.iter().filter(|c| **c == 'b').count();
        assert!(thrown.len() == 300 && (5..80).contains(&rare), "{rare}");
        let mut things: Vec<u32> = (0..50).collect();
        dice.shuffle(&mut things);
        assert_ne!(things, (0..50).collect::<Vec<_>>());
        things.sort_unstable();
        assert_eq!(things, (0..50).collect::<Vec<_>>());
    }
}
