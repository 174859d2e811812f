//! Small formulas of a definition: `if(total >= 100000000, 'major', 'other')`,
//! `sum(paid_in) / total * 100`, `degree(village)`.
//!
//! Numbers (money in yuan), 'texts', codes of fields, `stage`, `level`; `+ - * /`,
//! `= <> < <= > >=`, `and or not`, `&` joins texts. Functions: `if(c, a, b)`, `empty(f)`,
//! `count(f)` records or choices named, `degree(f)` records of the register with the same
//! value there, `sum(flow)`, `lines(flow)`, `contacts()`, `year(d)`, `month(d)`,
//! `days(from, to)`, `months(from, to)`, `round(x, n)`, `min(a, b)`, `max(a, b)`. There is no "now": a record's
//! figures change only when it does.

mod evaluate;
mod parse;
mod write;

pub use evaluate::{Environment, Outcome};

use super::Decimal;
use std::collections::BTreeSet;

/// The longest, in characters.
pub const LONGEST: usize = 500;
/// The deepest nesting.
pub(super) const DEEPEST: usize = 24;

/// A formula that reads.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number.
    Number(Decimal),
    /// A text, in single quotes.
    Text(String),
    /// A field, or the record's stage or level.
    Name(String),
    /// A function.
    Call(Function, Vec<Expression>),
    /// The opposite of a condition.
    Not(Box<Expression>),
    /// Two with an operator between them.
    Pair(Operator, Box<Expression>, Box<Expression>),
}

kernel::codes! {
    /// A function.
    Function {
        /// One of two, by a condition.
        If = "if",
        /// Whether a field holds nothing.
        Empty = "empty",
        /// How many records, choices or files a field names.
        Count = "count",
        /// How many records hold the same in this field, this one included.
        Degree = "degree",
        /// The sum of a flow's lines that count.
        Sum = "sum",
        /// How many lines of a flow count.
        Lines = "lines",
        /// How many contacts there were.
        Contacts = "contacts",
        /// The year of a day.
        Year = "year",
        /// The month of a day, 1 to 12.
        Month = "month",
        /// Days from one day to another.
        Days = "days",
        /// Whole months from one day to another.
        Months = "months",
        /// Rounded half up to so many digits.
        Round = "round",
        /// The smaller.
        Min = "min",
        /// The larger.
        Max = "max",
    }
}

kernel::codes! {
    /// What stands between two.
    Operator {
        /// Sum.
        Plus = "+",
        /// Difference.
        Minus = "-",
        /// Product.
        Times = "*",
        /// Quotient.
        Over = "/",
        /// Joined texts.
        Join = "&",
        /// The same.
        Equal = "=",
        /// Not the same.
        Unequal = "<>",
        /// Less.
        Less = "<",
        /// Less or the same.
        AtMost = "<=",
        /// More.
        More = ">",
        /// More or the same.
        AtLeast = ">=",
        /// Both.
        And = "and",
        /// Either.
        Or = "or",
    }
}

/// Where it stops making sense, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The character, counted from 0.
    pub at: usize,
    /// What was expected: a word of the message `register-expected`.
    pub expected: &'static str,
}

/// What a formula rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A field.
    Field(String),
    /// A flow.
    Flow(String),
    /// How many records share a field's value.
    Degree(String),
}

impl Expression {
    /// Reads a formula.
    ///
    /// # Errors
    /// Where it stops making sense.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        parse::parse(text)
    }

    /// What comes out for a record.
    pub fn evaluate(&self, of: &dyn Environment) -> Outcome {
        evaluate::evaluate(self, of)
    }

    /// Everything it rests on.
    pub fn sources(&self) -> BTreeSet<Source> {
        let mut found = BTreeSet::new();
        self.gather(&mut found);
        found
    }

    fn gather(&self, found: &mut BTreeSet<Source>) {
        match self {
            Self::Number(_) | Self::Text(_) => {}
            Self::Name(code) => {
                found.insert(Source::Field(code.clone()));
            }
            Self::Call(function, arguments) => {
                let code = arguments.first().and_then(Self::name).map(str::to_owned);
                match (function, code) {
                    (Function::Sum | Function::Lines, Some(code)) => {
                        found.insert(Source::Flow(code));
                    }
                    (Function::Degree, Some(code)) => {
                        found.insert(Source::Degree(code));
                    }
                    _ => arguments.iter().for_each(|argument| argument.gather(found)),
                }
            }
            Self::Not(inner) => inner.gather(found),
            Self::Pair(_, left, right) => {
                left.gather(found);
                right.gather(found);
            }
        }
    }

    /// The code, where it is nothing but a name.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Name(code) => Some(code),
            _ => None,
        }
    }

    /// Whether a database can decide it: comparisons of a name with a value, joined by
    /// `and`, `or`, `not`.
    pub fn is_condition(&self) -> bool {
        use Operator as Op;
        match self {
            Self::Pair(Op::And | Op::Or, left, right) => left.is_condition() && right.is_condition(),
            Self::Not(inner) => inner.is_condition(),
            Self::Call(Function::Empty, arguments) => arguments.first().is_some_and(|a| a.name().is_some()),
            Self::Pair(
                Op::Equal | Op::Unequal | Op::Less | Op::AtMost | Op::More | Op::AtLeast,
                left,
                right,
            ) => left.name().is_some() && matches!(**right, Self::Number(_) | Self::Text(_)),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::time::Date;
    use proptest::prelude::*;

    struct One;

    impl Environment for One {
        fn field(&self, code: &str) -> Outcome {
            match code {
                "total" => Outcome::Number(Decimal::whole(250_000_000)),
                "kind" => Outcome::Text("tea".into()),
                "on" => Outcome::Date(Date::constant(2022, 7, 31)),
                "begun" => Outcome::Date(Date::constant(2022, 6, 28)),
                _ => Outcome::Nothing,
            }
        }
        fn count(&self, field: &str) -> i64 {
            if field == "members" { 3 } else { 0 }
        }
        fn flow(&self, _: &str) -> (Decimal, i64) {
            (Decimal::whole(50_000_000), 2)
        }
        fn degree(&self, field: &str) -> i64 {
            if field == "village" { 2 } else { 1 }
        }
        fn contacts(&self) -> i64 {
            4
        }
    }

    fn gives(text: &str) -> String {
        Expression::parse(text).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}")).evaluate(&One).to_string()
    }

    #[test]
    fn formulas_give_what_they_say() {
        assert_eq!(gives("1 + 2 * 3 - 4 / 2"), "5");
        assert_eq!(gives("if(total >= 100000000, 'major', 'other')"), "major");
        assert_eq!(gives("round(sum(paid) / total * 100, 1)"), "20");
        assert_eq!(
            gives("if(degree(village) = 1, if(degree(firm) = 1, 'a', 'b'), if(degree(firm) = 1, 'c', 'd'))"),
            "c"
        );
        assert_eq!(gives("year(on) * 100 + month(on)"), "202207");
        assert_eq!(gives("kind & '-' & count(members)"), "tea-3");
        assert_eq!(gives("not (kind = 'steel') and contacts() > 3"), "1");
        assert_eq!(gives("-5 + max(2, 7)"), "2");
        assert_eq!(gives("months(begun, on)") + &gives("months(on, begun)"), "1-1");
    }

    #[test]
    fn what_is_not_known_stays_unknown() {
        assert_eq!(gives("missing + 1"), "");
        assert_eq!(gives("total / 0"), "");
        assert_eq!(gives("if(empty(missing), 'none', 'some')"), "none");
        assert_eq!(gives("missing > 3"), "0");
    }

    #[test]
    fn what_makes_no_sense_is_told_with_its_place() {
        let wrong = |text: &str| Expression::parse(text).expect_err(text).at;
        assert_eq!(wrong("1 +"), 3);
        assert_eq!(wrong("now()"), 0);
        assert_eq!(wrong("'open"), 0);
        assert_eq!(wrong("if(1, 2)"), 0);
        assert_eq!(wrong("a b"), 2);
        assert!(Expression::parse(&"(".repeat(200)).is_err());
        assert!(Expression::parse(&"1+".repeat(400)).is_err());
    }

    #[test]
    fn conditions_are_told_from_formulas() {
        let is = |text: &str| Expression::parse(text).expect(text).is_condition();
        assert!(is("total >= 100000000 and (kind = 'tea' or not empty(on))"));
        assert!(!is("total + 1") && !is("total = kind") && !is("degree(village) = 1"));
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_panic(text in "\\PC{0,60}") {
            if let Ok(expression) = Expression::parse(&text) {
                let _ = expression.evaluate(&One);
            }
        }

        #[test]
        fn sums_are_exact(a in -1_000_000_000_i64..1_000_000_000, b in -1_000_000_000_i64..1_000_000_000) {
            prop_assert_eq!(gives(&format!("({a}) + ({b})")), (a + b).to_string());
        }
    }
}
