//! What a formula gives for a record. What is not known makes what rests on it unknown.

use super::{Expression, Function, Operator};
use crate::rules::Decimal;
use kernel::time::Date;
use std::cmp::Ordering;
use std::fmt;

/// What comes out of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Nothing is known.
    Nothing,
    /// A number; money in yuan.
    Number(Decimal),
    /// Words, or a choice's code.
    Text(String),
    /// A day.
    Date(Date),
    /// Whether something holds.
    Truth(bool),
}

/// What a formula may ask of a record.
pub trait Environment {
    /// A field's value; `stage` and `level` too.
    fn field(&self, code: &str) -> Outcome;
    /// How many records, choices or files a field names.
    fn count(&self, field: &str) -> i64;
    /// Sum and number of a flow's lines that count.
    fn flow(&self, code: &str) -> (Decimal, i64);
    /// How many records of the register hold the same in that field.
    fn degree(&self, field: &str) -> i64;
    /// How many contacts there were.
    fn contacts(&self) -> i64;
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Date(date) => date.fmt(f),
            Self::Truth(truth) => f.write_str(if *truth { "1" } else { "0" }),
        }
    }
}

impl Outcome {
    /// As a number, where it is one; a truth counts as 1 or 0.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Truth(truth) => Some(Decimal::whole(i64::from(*truth))),
            _ => None,
        }
    }

    fn holds(&self) -> bool {
        match self {
            Self::Truth(truth) => *truth,
            Self::Number(number) => *number != Decimal::ZERO,
            _ => false,
        }
    }
}

/// See [`Expression::evaluate`].
pub(super) fn evaluate(expression: &Expression, of: &dyn Environment) -> Outcome {
    match expression {
        Expression::Number(number) => Outcome::Number(*number),
        Expression::Text(text) => Outcome::Text(text.clone()),
        Expression::Name(code) => of.field(code),
        Expression::Call(function, arguments) => call(*function, arguments, of),
        Expression::Not(inner) => Outcome::Truth(!evaluate(inner, of).holds()),
        Expression::Pair(operator, left, right) => pair(*operator, evaluate(left, of), evaluate(right, of)),
    }
}

fn call(function: Function, arguments: &[Expression], of: &dyn Environment) -> Outcome {
    let value = |n: usize| arguments.get(n).map_or(Outcome::Nothing, |argument| evaluate(argument, of));
    let code = arguments.first().and_then(Expression::name).unwrap_or_default();
    let whole = |number: i64| Outcome::Number(Decimal::whole(number));
    match function {
        Function::If => value(if value(0).holds() { 1 } else { 2 }),
        Function::Empty => Outcome::Truth(of.field(code) == Outcome::Nothing && of.count(code) == 0),
        Function::Count => whole(of.count(code)),
        Function::Degree => whole(of.degree(code)),
        Function::Sum => Outcome::Number(of.flow(code).0),
        Function::Lines => whole(of.flow(code).1),
        Function::Contacts => whole(of.contacts()),
        Function::Year | Function::Month => match value(0) {
            Outcome::Date(date) if function == Function::Year => whole(i64::from(date.year())),
            Outcome::Date(date) => whole(i64::from(date.month())),
            _ => Outcome::Nothing,
        },
        Function::Days | Function::Months => match (value(0), value(1)) {
            (Outcome::Date(from), Outcome::Date(to)) if function == Function::Days => {
                from.until(to).map_or(Outcome::Nothing, |span| whole(i64::from(span.get_days())))
            }
            (Outcome::Date(from), Outcome::Date(to)) => {
                let span = from.until((jiff::Unit::Month, to));
                span.map_or(Outcome::Nothing, |span| whole(i64::from(span.get_months())))
            }
            _ => Outcome::Nothing,
        },
        Function::Round => match (value(0).number(), value(1).number()) {
            (Some(number), Some(digits)) => {
                let digits = u8::try_from(digits.whole_part().clamp(0, 6)).unwrap_or(0);
                Outcome::Number(number.rounded(digits))
            }
            _ => Outcome::Nothing,
        },
        Function::Min | Function::Max => match (value(0).number(), value(1).number()) {
            (Some(a), Some(b)) => {
                Outcome::Number(if function == Function::Min { a.min(b) } else { a.max(b) })
            }
            _ => Outcome::Nothing,
        },
    }
}

fn pair(operator: Operator, left: Outcome, right: Outcome) -> Outcome {
    let numbers = || Some((left.number()?, right.number()?));
    let number = |found: Option<Decimal>| found.map_or(Outcome::Nothing, Outcome::Number);
    let ordered = |fits: fn(Ordering) -> bool| Outcome::Truth(compare(&left, &right).is_some_and(fits));
    match operator {
        Operator::Plus => number(numbers().and_then(|(a, b)| a.plus(b))),
        Operator::Minus => number(numbers().and_then(|(a, b)| a.minus(b))),
        Operator::Times => number(numbers().and_then(|(a, b)| a.times(b))),
        Operator::Over => number(numbers().and_then(|(a, b)| a.over(b))),
        Operator::Join => Outcome::Text(format!("{left}{right}")),
        Operator::And => Outcome::Truth(left.holds() && right.holds()),
        Operator::Or => Outcome::Truth(left.holds() || right.holds()),
        Operator::Equal => ordered(Ordering::is_eq),
        Operator::Unequal => ordered(Ordering::is_ne),
        Operator::Less => ordered(Ordering::is_lt),
        Operator::AtMost => ordered(Ordering::is_le),
        Operator::More => ordered(Ordering::is_gt),
        Operator::AtLeast => ordered(Ordering::is_ge),
    }
}

/// Like with like only; a day compares with its text.
fn compare(left: &Outcome, right: &Outcome) -> Option<Ordering> {
    match (left, right) {
        (Outcome::Text(a), Outcome::Text(b)) => Some(a.cmp(b)),
        (Outcome::Date(a), Outcome::Date(b)) => Some(a.cmp(b)),
        (Outcome::Date(a), Outcome::Text(b)) => Some(a.to_string().as_str().cmp(b)),
        _ => Some(left.number()?.cmp(&right.number()?)),
    }
}
