//! Reads a formula: a small recursive descent, bounded in length and depth.

use super::{DEEPEST, Expression, Function, LONGEST, Operator, Wrong};
use crate::rules::Decimal;

/// See [`Expression::parse`].
pub(super) fn parse(text: &str) -> Result<Expression, Wrong> {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() > LONGEST {
        return Err(Wrong { at: LONGEST, expected: "length" });
    }
    let mut reader = Reader { chars, at: 0, depth: 0 };
    let expression = reader.either()?;
    reader.space();
    match reader.peek() {
        None => Ok(expression),
        Some(_) => Err(reader.wrong("operator")),
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

impl Reader {
    fn either(&mut self) -> Result<Expression, Wrong> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong("levels"));
        }
        let mut left = self.both()?;
        while self.word("or") {
            left = pair(Operator::Or, left, self.both()?);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn both(&mut self) -> Result<Expression, Wrong> {
        let mut left = self.negated()?;
        while self.word("and") {
            left = pair(Operator::And, left, self.negated()?);
        }
        Ok(left)
    }

    fn negated(&mut self) -> Result<Expression, Wrong> {
        if self.word("not") {
            return Ok(Expression::Not(Box::new(self.compared()?)));
        }
        self.compared()
    }

    fn compared(&mut self) -> Result<Expression, Wrong> {
        let left = self.joined()?;
        for (sign, operator) in [
            ("<=", Operator::AtMost),
            (">=", Operator::AtLeast),
            ("<>", Operator::Unequal),
            ("<", Operator::Less),
            (">", Operator::More),
            ("=", Operator::Equal),
        ] {
            if self.sign(sign) {
                return Ok(pair(operator, left, self.joined()?));
            }
        }
        Ok(left)
    }

    fn joined(&mut self) -> Result<Expression, Wrong> {
        let mut left = self.sum()?;
        while self.sign("&") {
            left = pair(Operator::Join, left, self.sum()?);
        }
        Ok(left)
    }

    fn sum(&mut self) -> Result<Expression, Wrong> {
        let mut left = self.product()?;
        loop {
            let operator = if self.sign("+") {
                Operator::Plus
            } else if self.sign("-") {
                Operator::Minus
            } else {
                return Ok(left);
            };
            left = pair(operator, left, self.product()?);
        }
    }

    fn product(&mut self) -> Result<Expression, Wrong> {
        let mut left = self.signed()?;
        loop {
            let operator = if self.sign("*") {
                Operator::Times
            } else if self.sign("/") {
                Operator::Over
            } else {
                return Ok(left);
            };
            left = pair(operator, left, self.signed()?);
        }
    }

    fn signed(&mut self) -> Result<Expression, Wrong> {
        if self.sign("-") {
            let value = self.atom()?;
            return Ok(pair(Operator::Minus, Expression::Number(Decimal::ZERO), value));
        }
        self.atom()
    }

    fn atom(&mut self) -> Result<Expression, Wrong> {
        self.space();
        let start = self.at;
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let inner = self.either()?;
                self.closed()?;
                Ok(inner)
            }
            Some('\'') => self.text(),
            Some(c) if c.is_ascii_digit() => {
                let digits = self.take(|c| c.is_ascii_digit() || c == '.' || c == '_').replace('_', "");
                let number = Decimal::parse(&digits);
                number.map(Expression::Number).ok_or(Wrong { at: start, expected: "number" })
            }
            Some(c) if c.is_ascii_lowercase() => {
                let word = self.take(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
                self.space();
                if self.peek() == Some('(') { self.call(&word, start) } else { Ok(Expression::Name(word)) }
            }
            _ => Err(self.wrong("value")),
        }
    }

    fn text(&mut self) -> Result<Expression, Wrong> {
        let start = self.at;
        self.at += 1;
        let text = self.take(|c| c != '\'');
        if self.peek() != Some('\'') {
            return Err(Wrong { at: start, expected: "quote" });
        }
        self.at += 1;
        Ok(Expression::Text(text))
    }

    fn call(&mut self, word: &str, start: usize) -> Result<Expression, Wrong> {
        let Some(function) = Function::parse(word) else {
            return Err(Wrong { at: start, expected: "function" });
        };
        self.at += 1;
        let mut arguments = Vec::new();
        self.space();
        if self.peek() != Some(')') {
            arguments.push(self.either()?);
            while self.sign(",") {
                arguments.push(self.either()?);
            }
        }
        self.closed()?;
        let (wanted, of_a_field) = match function {
            Function::Contacts => (0, false),
            Function::Empty | Function::Count | Function::Degree | Function::Sum | Function::Lines => {
                (1, true)
            }
            Function::Year | Function::Month => (1, false),
            Function::Days | Function::Months | Function::Round | Function::Min | Function::Max => (2, false),
            Function::If => (3, false),
        };
        if arguments.len() != wanted {
            return Err(Wrong { at: start, expected: "arguments" });
        }
        if of_a_field && arguments[0].name().is_none() {
            return Err(Wrong { at: start, expected: "code" });
        }
        Ok(Expression::Call(function, arguments))
    }

    fn closed(&mut self) -> Result<(), Wrong> {
        if self.sign(")") { Ok(()) } else { Err(self.wrong("parenthesis")) }
    }

    fn sign(&mut self, sign: &str) -> bool {
        self.space();
        let there = sign.chars().enumerate().all(|(n, c)| self.chars.get(self.at + n) == Some(&c));
        if there {
            self.at += sign.chars().count();
        }
        there
    }

    fn word(&mut self, word: &str) -> bool {
        let start = self.at;
        let goes_on = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
        if self.sign(word) && !self.chars.get(self.at).is_some_and(goes_on) {
            return true;
        }
        self.at = start;
        false
    }

    fn take(&mut self, fits: impl Fn(char) -> bool) -> String {
        let rest = self.chars[self.at..].iter().copied().take_while(|c| fits(*c));
        let taken: String = rest.collect();
        self.at += taken.chars().count();
        taken
    }

    fn space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn wrong(&self, expected: &'static str) -> Wrong {
        Wrong { at: self.at, expected }
    }
}

fn pair(operator: Operator, left: Expression, right: Expression) -> Expression {
    Expression::Pair(operator, Box::new(left), Box::new(right))
}
