//! A formula as it is written: what [`Expression::parse`] reads as the same again.

use super::{Expression, Operator};
use std::fmt;

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Name(name) => f.write_str(name),
            Self::Call(function, arguments) => {
                write!(f, "{}(", function.code())?;
                for (n, argument) in arguments.iter().enumerate() {
                    if n > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{argument}")?;
                }
                f.write_str(")")
            }
            Self::Not(inner) => {
                f.write_str("not ")?;
                part(f, inner, rank_of(Operator::Equal))
            }
            Self::Pair(operator, left, right) => {
                let rank = rank_of(*operator);
                // Comparisons do not chain; everything else leans to the left.
                let chains = rank != rank_of(Operator::Equal);
                part(f, left, if chains { rank } else { rank + 1 })?;
                write!(f, " {} ", operator.code())?;
                part(f, right, rank + 1)
            }
        }
    }
}

/// A part, in parentheses where it binds less than its place demands.
fn part(f: &mut fmt::Formatter<'_>, part: &Expression, demanded: u8) -> fmt::Result {
    let rank = match part {
        Expression::Pair(operator, ..) => rank_of(*operator),
        Expression::Not(_) => rank_of(Operator::And) + 1,
        _ => u8::MAX,
    };
    if rank < demanded { write!(f, "({part})") } else { write!(f, "{part}") }
}

/// How tightly an operator binds.
fn rank_of(operator: Operator) -> u8 {
    use Operator as Op;
    match operator {
        Op::Or => 1,
        Op::And => 2,
        // Between these stands `not`.
        Op::Equal | Op::Unequal | Op::Less | Op::AtMost | Op::More | Op::AtLeast => 4,
        Op::Join => 5,
        Op::Plus | Op::Minus => 6,
        Op::Times | Op::Over => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parentheses_stand_where_they_are_needed() {
        let again = |text: &str| Expression::parse(text).expect(text).to_string();
        for text in
            ["a + b * 2 - (c - 1)", "if(a >= 1 and not b = 'x', (a + 1) * 2, 0)", "not (a = 1 or b = 2)"]
        {
            assert_eq!(again(text), text);
        }
        assert_eq!(again("-a*2"), "(0 - a) * 2");
    }

    fn expressions() -> impl Strategy<Value = Expression> {
        let leaf = prop_oneof![
            (0_i64..1000).prop_map(|n| Expression::Number(crate::rules::Decimal::whole(n))),
            "[a-z]{2,6}x".prop_map(Expression::Name),
            "[甲-癸 a-z]{0,4}".prop_map(Expression::Text),
        ];
        leaf.prop_recursive(4, 24, 2, |inner| {
            let operators = proptest::sample::select(Operator::ALL.to_vec());
            prop_oneof![
                (operators, inner.clone(), inner.clone()).prop_map(|(sign, a, b)| Expression::Pair(
                    sign,
                    Box::new(a),
                    Box::new(b)
                )),
                inner.prop_map(|a| Expression::Not(Box::new(a))),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_the_same(expression in expressions()) {
            let text = expression.to_string();
            prop_assert_eq!(Expression::parse(&text).expect(&text), expression);
        }
    }
}
