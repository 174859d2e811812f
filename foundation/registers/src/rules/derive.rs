//! What a record's computed fields give, and its title.

use super::definition::{Definition, Gives, Kind};
use super::expression::{Environment, Outcome, Source};
use super::record::RecordState;
use super::value::Value;
use super::{Bound, Decimal};
use std::collections::{BTreeMap, BTreeSet};

/// Fields of which the definition asks how many records hold the same.
pub fn degrees_asked(definition: &Definition) -> BTreeSet<String> {
    let expressions = definition.fields.iter().filter_map(|field| match &field.kind {
        Kind::Derived { expression, .. } if !field.retired => Some(expression),
        _ => None,
    });
    expressions
        .flat_map(|expression| expression.sources())
        .filter_map(|source| match source {
            Source::Degree(field) => Some(field),
            _ => None,
        })
        .collect()
}

/// What the computed fields give; `degrees` for those of [`degrees_asked`].
pub fn derived(
    definition: &Definition,
    state: &RecordState,
    degrees: &BTreeMap<String, i64>,
) -> BTreeMap<String, Value> {
    let record = OfRecord { definition, state, degrees };
    let mut found = BTreeMap::new();
    for field in &definition.fields {
        let Kind::Derived { expression, gives } = &field.kind else { continue };
        if let Some(value) = given(gives, expression.evaluate(&record)) {
            found.insert(field.code.clone(), value);
        }
    }
    found
}

/// The record's title: what its title fields hold.
pub fn title(definition: &Definition, state: &RecordState) -> String {
    let word = |code: &String| {
        let (field, value) = (definition.field(code)?, state.values.get(code)?);
        Some(match value {
            Value::Choice(codes) => {
                let labels = codes.iter().filter_map(|code| field.option(code));
                labels.map(|option| option.name.zh.as_str()).collect::<Vec<_>>().join("、")
            }
            other => field.written(other),
        })
    };
    definition.title.iter().filter_map(word).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What uniqueness goes by: the values in a form that compares; none where one is missing.
pub fn unique_key(definition: &Definition, fields: &[String], state: &RecordState) -> Option<String> {
    let part = |code: &String| {
        let value = state.values.get(code)?;
        Some(match (value, definition.field(code)) {
            (Value::Text(text), _) => kernel::text::fold_for_search(text),
            (other, Some(field)) => field.written(other),
            (_, None) => return None,
        })
    };
    fields.iter().map(part).collect::<Option<Vec<_>>>().map(|parts| parts.join("\u{1f}"))
}

fn given(gives: &Gives, outcome: Outcome) -> Option<Value> {
    Some(match (gives, outcome) {
        (_, Outcome::Nothing) => return None,
        (Gives::Number(decimals), outcome) => {
            Value::Number { number: outcome.number()?.rounded(*decimals), bound: Bound::Exact }
        }
        (Gives::Money, outcome) => Value::Money { fen: outcome.number()?.fen(), bound: Bound::Exact },
        (Gives::Date, Outcome::Date(date)) => Value::Date(date),
        (Gives::Date, _) => return None,
        (Gives::Text, outcome) => Value::Text(outcome.to_string()),
        (Gives::Choice(options), outcome) => {
            let code = outcome.to_string();
            options.iter().any(|option| option.code == code).then(|| Value::Choice(vec![code]))?
        }
    })
}

struct OfRecord<'a> {
    definition: &'a Definition,
    state: &'a RecordState,
    degrees: &'a BTreeMap<String, i64>,
}

impl Environment for OfRecord<'_> {
    fn field(&self, code: &str) -> Outcome {
        match code {
            "stage" => return self.state.stage.clone().map_or(Outcome::Nothing, Outcome::Text),
            "level" => {
                let level = self.state.level(self.definition);
                return level.map_or(Outcome::Nothing, |(_, level)| Outcome::Text(level.code.clone()));
            }
            "unit" => return Outcome::Text(self.state.unit.clone()),
            _ => {}
        }
        match self.state.values.get(code) {
            None => Outcome::Nothing,
            Some(Value::Text(text)) => Outcome::Text(text.clone()),
            Some(Value::Number { number, .. }) => Outcome::Number(*number),
            Some(Value::Money { fen, .. }) => Outcome::Number(Decimal::of_fen(*fen)),
            Some(Value::Date(date)) => Outcome::Date(*date),
            Some(Value::Choice(codes)) => Outcome::Text(codes.join("、")),
            Some(Value::Unit(unit)) => Outcome::Text(unit.to_string()),
            Some(Value::Area(area)) => Outcome::Text(area.to_string()),
            Some(Value::Recurrence(day)) => Outcome::Text(day.written()),
            Some(Value::Records(_) | Value::Point(_) | Value::Files(_) | Value::Sealed(_)) => {
                Outcome::Nothing
            }
        }
    }

    fn count(&self, field: &str) -> i64 {
        let count = match self.state.values.get(field) {
            Some(Value::Records(ids)) => ids.len(),
            Some(Value::Choice(codes)) => codes.len(),
            Some(Value::Files(files)) => files.len(),
            Some(_) => 1,
            None => 0,
        };
        i64::try_from(count).unwrap_or(i64::MAX)
    }

    fn flow(&self, code: &str) -> (Decimal, i64) {
        let mut sum = (Decimal::ZERO, 0);
        for line in self.state.counted(self.definition, code) {
            sum = (sum.0.plus(line.flow.amount).unwrap_or(sum.0), sum.1 + 1);
        }
        sum
    }

    fn degree(&self, field: &str) -> i64 {
        self.degrees.get(field).copied().unwrap_or(1)
    }

    fn contacts(&self) -> i64 {
        let counted = self.state.contacts.iter().filter(|contact| contact.void.is_none());
        i64::try_from(counted.count()).unwrap_or(i64::MAX)
    }
}
