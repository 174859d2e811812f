//! Exact numbers, money, and the bounds that reports put on them: 余 and 多 say "at least",
//! 近 says "at most". A bound stays a bound through every sum.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// How exactly a number is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// That many.
    #[default]
    Exact,
    /// 余、多、以上: that many or more.
    AtLeast,
    /// 近、不足: not quite that many.
    AtMost,
}

impl Bound {
    /// The code stored beside the number.
    pub fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
        }
    }

    /// What stands before the number.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Exact => "",
            Self::AtLeast => "≥",
            Self::AtMost => "<",
        }
    }
}

/// A number with up to six decimals, exact. Written as text, `12.5`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i128);

const ONE: i128 = 1_000_000;
/// The most digits before the point.
const DIGITS: usize = 15;

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self(i128::from(number) * ONE)
    }

    /// Yuan of that many fen.
    pub fn of_fen(fen: i64) -> Self {
        Self(i128::from(fen) * (ONE / 100))
    }

    /// The fen of that many yuan, half up.
    pub fn fen(self) -> i64 {
        i64::try_from(div_half_up(self.0, ONE / 100)).unwrap_or(i64::MAX)
    }

    /// The whole part, towards zero.
    pub fn whole_part(self) -> i64 {
        i64::try_from(self.0 / ONE).unwrap_or(i64::MAX)
    }

    /// For columns of measurements; never compared.
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / ONE as f64
    }

    /// The nearest to a measurement that a spreadsheet holds.
    pub fn of_f64(number: f64) -> Option<Self> {
        (number.is_finite() && number.abs() < 1e15).then(|| Self((number * ONE as f64).round() as i128))
    }

    /// Digits after the point that say something.
    pub fn decimals(self) -> u8 {
        let mut part = self.0.unsigned_abs() % ONE as u128;
        let mut digits = 6;
        while digits > 0 && part.is_multiple_of(10) {
            part /= 10;
            digits -= 1;
        }
        digits
    }

    /// Rounded half up to that many digits after the point.
    #[must_use]
    pub fn rounded(self, decimals: u8) -> Self {
        let step = 10_i128.pow(u32::from(6 - decimals.min(6)));
        Self(div_half_up(self.0, step) * step)
    }

    /// Sum; `None` beyond all bounds.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Product.
    pub fn times(self, other: Self) -> Option<Self> {
        self.0.checked_mul(other.0).map(|product| Self(div_half_up(product, ONE)))
    }

    /// Quotient; `None` where there is nothing to divide by.
    pub fn over(self, other: Self) -> Option<Self> {
        let scaled = self.0.checked_mul(ONE)?;
        (other.0 != 0).then(|| {
            let sign = if (scaled < 0) == (other.0 < 0) { 1 } else { -1 };
            Self(sign * div_half_up(scaled.abs(), other.0.abs()))
        })
    }

    /// Reads `-1,234.5`, full-width digits and separators included.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = kernel::text::fold_for_search(text)
            .chars()
            .filter(|c| !matches!(c, ',' | ' ' | '，'))
            .map(|c| if c == '−' { '-' } else { c })
            .collect();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let numeric = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !numeric(whole) || !numeric(part) || part.len() > 6 || whole.len() > DIGITS {
            return None;
        }
        if whole.is_empty() && part.is_empty() {
            return None;
        }
        let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let part: i128 = format!("{part:0<6}").parse().ok()?;
        let value = whole * ONE + part;
        Some(Self(if negative { -value } else { value }))
    }
}

/// Rounds to the nearest, halves away from zero.
fn div_half_up(value: i128, by: i128) -> i128 {
    let half = by / 2;
    if value < 0 { -((-value + half) / by) } else { (value + half) / by }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / ONE as u128, self.0.unsigned_abs() % ONE as u128);
        match usize::from(self.decimals()) {
            0 => write!(f, "{sign}{whole}"),
            digits => write!(f, "{sign}{whole}.{}", &format!("{part:06}")[..digits]),
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("a number with at most six decimals"))
    }
}

kernel::codes! {
    /// The unit in which an amount of money is typed where none is written beside it.
    MoneyUnit, "money-unit" {
        /// 元
        Yuan = "yuan",
        /// 万元
        Wan = "wan",
        /// 亿元
        Yi = "yi",
    }
}

impl MoneyUnit {
    /// Fen of one.
    pub fn fen(self) -> i64 {
        match self {
            Self::Yuan => 100,
            Self::Wan => 1_000_000,
            Self::Yi => 10_000_000_000,
        }
    }

    /// How it is written behind a number.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::Wan => "万元",
            Self::Yi => "亿元",
        }
    }
}

/// Reads a number with its bound: `1000余`, `近2000`, `≥800`, `12.5`.
pub fn read_number(text: &str) -> Option<(Decimal, Bound)> {
    let (rest, bound) = read_bound(text);
    Some((Decimal::parse(&rest)?, bound))
}

/// Reads money with its bound, in fen: `800多万元`, `44.09亿`, `1200` in the unit given.
pub fn read_money(text: &str, unit: MoneyUnit) -> Option<(i64, Bound)> {
    let (rest, bound) = read_bound(text);
    let rest = rest.trim().trim_start_matches(['¥', '￥']);
    let units =
        [("亿元", MoneyUnit::Yi), ("亿", MoneyUnit::Yi), ("万元", MoneyUnit::Wan), ("万", MoneyUnit::Wan)];
    let found = units
        .into_iter()
        .chain([("元", MoneyUnit::Yuan)])
        .find_map(|(word, unit)| rest.strip_suffix(word).map(|number| (number, unit)));
    let (number, unit) = found.unwrap_or((rest, unit));
    let number = Decimal::parse(number)?;
    let fen = div_half_up(number.0.checked_mul(i128::from(unit.fen()))?, ONE);
    i64::try_from(fen).ok().map(|fen| (fen, bound))
}

fn read_bound(text: &str) -> (String, Bound) {
    let text = text.trim();
    for (mark, bound) in [
        ("不少于", Bound::AtLeast),
        ("至少", Bound::AtLeast),
        ("超过", Bound::AtLeast),
        (">=", Bound::AtLeast),
        ("≥", Bound::AtLeast),
        ("不足", Bound::AtMost),
        ("近", Bound::AtMost),
        ("<=", Bound::AtMost),
        ("≤", Bound::AtMost),
        ("<", Bound::AtMost),
    ] {
        if let Some(rest) = text.strip_prefix(mark) {
            return (rest.trim().to_owned(), bound);
        }
    }
    let without: String = text.replace("以上", "").chars().filter(|c| !matches!(c, '余' | '多')).collect();
    let bound = if without == text { Bound::Exact } else { Bound::AtLeast };
    (without, bound)
}

/// A sum that keeps what is known of its parts: one bound part bounds the whole; parts
/// bounded on both sides leave only "about", told as the larger claim's bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum of the numbers.
    pub sum: Decimal,
    /// Whether some part is at least what it says.
    pub at_least: bool,
    /// Whether some part is at most what it says.
    pub at_most: bool,
}

impl Total {
    /// What stands before the sum: nothing, ≥, < or ≈.
    pub fn sign(&self) -> &'static str {
        match (self.at_least, self.at_most) {
            (false, false) => "",
            (true, false) => Bound::AtLeast.sign(),
            (false, true) => Bound::AtMost.sign(),
            (true, true) => "≈",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_offices_write_them() {
        assert_eq!(read_number("1000余"), Some((Decimal::whole(1000), Bound::AtLeast)));
        assert_eq!(read_number("近2,000"), Some((Decimal::whole(2000), Bound::AtMost)));
        assert_eq!(read_number("１２.５"), Some((Decimal(12_500_000), Bound::Exact)));
        assert_eq!(read_number("twelve"), None);
        assert_eq!(read_number(""), None);
    }

    #[test]
    fn money_is_read_in_the_unit_written_or_the_fields_own() {
        assert_eq!(read_money("44.09亿元", MoneyUnit::Wan), Some((440_900_000_000, Bound::Exact)));
        assert_eq!(read_money("800多万元", MoneyUnit::Yuan), Some((800_000_000, Bound::AtLeast)));
        assert_eq!(read_money("1200", MoneyUnit::Wan), Some((1_200_000_000, Bound::Exact)));
        assert_eq!(read_money("¥35.5", MoneyUnit::Yuan), Some((3550, Bound::Exact)));
        assert_eq!(read_money("亿", MoneyUnit::Yuan), None);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(millionths in -1_000_000_000_000_000_i64..1_000_000_000_000_000) {
            let number = Decimal(i128::from(millionths));
            prop_assert_eq!(Decimal::parse(&number.to_string()), Some(number));
        }

        #[test]
        fn fen_are_exact(fen in -1_000_000_000_000_i64..1_000_000_000_000) {
            prop_assert_eq!(Decimal::of_fen(fen).fen(), fen);
        }
    }
}
