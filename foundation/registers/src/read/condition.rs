//! A definition's condition as SQL over its register's table `t`.

use crate::projection::columns;
use crate::rules::amount::Decimal;
use crate::rules::definition::{Definition, Gives, Kind};
use crate::rules::expression::{Expression, Function, Operator};
use store::Value;

/// A condition under construction: SQL and its parameters, numbered from 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Where {
    parts: Vec<String>,
    pub(super) params: Vec<Value>,
}

impl Where {
    /// The next parameter's placeholder.
    pub(super) fn param(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("${}", self.params.len())
    }

    /// All of it must hold.
    pub(super) fn and(&mut self, sql: String) {
        self.parts.push(sql);
    }

    /// Joins what another part of the program has made; it numbered from `self.next()`.
    pub(super) fn and_with(&mut self, (sql, params): (String, Vec<Value>)) {
        self.parts.push(sql);
        self.params.extend(params);
    }

    /// The number of the next parameter.
    pub(super) fn next(&self) -> usize {
        self.params.len() + 1
    }

    /// The whole.
    pub(super) fn sql(&self) -> String {
        if self.parts.is_empty() { "1 = 1".to_owned() } else { self.parts.join(" and ") }
    }

    /// Adds a definition's condition, which its checker has found to be one.
    pub(super) fn holds(&mut self, definition: &Definition, condition: &Expression) {
        let sql = self.condition(definition, condition);
        self.parts.push(sql);
    }

    fn condition(&mut self, definition: &Definition, condition: &Expression) -> String {
        match condition {
            Expression::Pair(Operator::And, left, right) => {
                format!("({} and {})", self.condition(definition, left), self.condition(definition, right))
            }
            Expression::Pair(Operator::Or, left, right) => {
                format!("({} or {})", self.condition(definition, left), self.condition(definition, right))
            }
            // Unknown counts as "does not hold", so its opposite holds.
            Expression::Not(inner) => format!("(not coalesce({}, 1 = 0))", self.condition(definition, inner)),
            Expression::Call(Function::Empty, arguments) => {
                let name = arguments.first().and_then(Expression::name).unwrap_or_default();
                format!("({} is null)", column(definition, name))
            }
            Expression::Pair(operator, left, right) => {
                let name = left.name().unwrap_or_default();
                let sign = operator.code();
                let value = match &**right {
                    Expression::Text(text) => self.param(text.as_str()),
                    Expression::Number(number) => self.number(definition, name, *number),
                    _ => return "1 = 0".to_owned(),
                };
                format!("({} {sign} {value})", column(definition, name))
            }
            _ => "1 = 0".to_owned(),
        }
    }

    fn number(&mut self, definition: &Definition, name: &str, number: Decimal) -> String {
        match definition.field(name).map(|field| &field.kind) {
            Some(Kind::Money { .. } | Kind::Derived { gives: Gives::Money, .. }) => self.param(number.fen()),
            Some(Kind::Number { decimals: 0, .. } | Kind::Derived { gives: Gives::Number(0), .. })
                if number.decimals() == 0 =>
            {
                self.param(number.whole_part())
            }
            // A fraction against a whole column, or a measurement: both as measurements.
            _ => {
                let value = self.param(number.as_f64());
                format!("cast({value} as double precision)")
            }
        }
    }
}

/// The column of a field, or of the record's own.
pub(super) fn column(definition: &Definition, name: &str) -> String {
    match definition.field(name) {
        Some(field) => format!("t.{}", columns(field)[0]),
        None => format!("t.{}", if ["stage", "level", "unit"].contains(&name) { name } else { "title" }),
    }
}
