//! What a field of a record holds, as the journal keeps it, and how typed words become it.

use super::amount::{Bound, Decimal, read_money, read_number};
use super::definition::{Field, Kind};
use super::recurrence::Recurrence;
use kernel::time::Date;
use kernel::{AreaId, BlobId, Sealed, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The fields of a record that hold something.
pub type Values = BTreeMap<String, Value>;

/// What one field holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Words.
    Text(String),
    /// Words that are sealed, as the definition demands of the field.
    Sealed(Sealed<String>),
    /// A number, perhaps with its bound.
    Number {
        /// How many.
        number: Decimal,
        /// How exactly.
        #[serde(default)]
        bound: Bound,
    },
    /// Money in fen.
    Money {
        /// Fen.
        fen: i64,
        /// How exactly.
        #[serde(default)]
        bound: Bound,
    },
    /// A day.
    Date(Date),
    /// Codes of choices.
    Choice(Vec<String>),
    /// A unit.
    Unit(UnitId),
    /// An area.
    Area(AreaId),
    /// Records.
    Records(Vec<Uuid>),
    /// Longitude and latitude in millionths of a degree.
    Point([i64; 2]),
    /// Files.
    Files(Vec<File>),
    /// A monthly day.
    Recurrence(Recurrence),
}

/// A stored file as a record lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Which.
    pub id: BlobId,
    /// Its name, in journals of before: the sealed file knows it, and what is written now
    /// leaves it out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
}

/// What stands for a text that is sealed.
pub const SEALED: &str = "●●●";

/// Words typed into a field, read as far as that goes without looking anything up.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// Nothing was typed.
    Nothing,
    /// It is that.
    Value(Value),
    /// A unit, by its name or code.
    Unit(String),
    /// An area, by its name or code.
    Area(String),
    /// Records, by their titles or ids.
    Records(Vec<String>),
}

/// Why words cannot be what a field holds: a refusal's code and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The refusal's code.
    pub code: &'static str,
    /// Values for the message.
    pub args: Vec<(&'static str, String)>,
}

impl Unfit {
    /// For that reason.
    pub fn new(code: &'static str) -> Self {
        Self { code, args: Vec::new() }
    }

    /// With a value for the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

impl Field {
    /// Reads what was typed into it.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(&self, typed: &str) -> Result<Typed, Unfit> {
        let plain = match self.kind {
            Kind::Text { long: true, .. } | Kind::Reference { .. } => {
                kernel::text::plain(&typed.replace("\r\n", "\n"))
            }
            _ => kernel::text::plain_line(typed),
        };
        if plain.is_empty() {
            return Ok(Typed::Nothing);
        }
        let value = match &self.kind {
            Kind::Text { max, credit_code, .. } => text(&plain, *max, *credit_code)?,
            Kind::Number { decimals, bounds, .. } => number(&plain, *decimals, *bounds)?,
            Kind::Money { bounds, unit } => {
                let (fen, bound) = read_money(&plain, *unit).ok_or_else(|| Unfit::new("register-money"))?;
                Value::Money { fen, bound: allowed(bound, *bounds)? }
            }
            Kind::Date => Value::Date(read_date(&plain).ok_or_else(|| Unfit::new("register-date"))?),
            Kind::Choice { many, .. } => self.choices(&plain, *many)?,
            Kind::Point => Value::Point(point(&plain).ok_or_else(|| Unfit::new("register-point"))?),
            Kind::Recurrence => {
                let read = Recurrence::parse(&plain);
                Value::Recurrence(read.ok_or_else(|| Unfit::new("register-recurrence"))?)
            }
            Kind::Unit => return Ok(Typed::Unit(plain)),
            Kind::Area { .. } => return Ok(Typed::Area(plain)),
            Kind::Reference { many, .. } => {
                let names: Vec<String> = plain
                    .split(['\n', '、', '；', ';'])
                    .map(|name| name.trim().to_owned())
                    .filter(|name| !name.is_empty())
                    .collect();
                if !many && names.len() > 1 {
                    return Err(Unfit::new("register-one-only"));
                }
                return Ok(Typed::Records(names));
            }
            Kind::Attachment | Kind::Derived { .. } => return Err(Unfit::new("register-not-typed")),
        };
        Ok(Typed::Value(value))
    }

    fn choices(&self, plain: &str, many: bool) -> Result<Value, Unfit> {
        let mut codes = Vec::new();
        for word in
            plain.split(['、', '，', ',', '；', ';', '\n']).map(str::trim).filter(|word| !word.is_empty())
        {
            let known = self.options().iter().find(|option| {
                option.code == word || option.name.zh == word || option.name.en.eq_ignore_ascii_case(word)
            });
            let Some(option) = known else {
                let known = self.options().iter().filter(|option| !option.retired);
                let known: Vec<&str> = known.map(|option| option.name.zh.as_str()).collect();
                return Err(Unfit::new("register-choice").with("known", known.join("、")));
            };
            if !codes.contains(&option.code) {
                codes.push(option.code.clone());
            }
        }
        if codes.len() > 1 && !many {
            return Err(Unfit::new("register-one-only"));
        }
        Ok(Value::Choice(codes))
    }

    /// Whether a value is of this field's kind: what the journal is about to keep.
    pub fn takes(&self, value: &Value) -> bool {
        match (&self.kind, value) {
            (Kind::Text { sealed, .. }, Value::Text(_)) => !sealed,
            (Kind::Text { sealed, .. }, Value::Sealed(_)) => *sealed,
            (Kind::Number { .. }, Value::Number { .. })
            | (Kind::Money { .. }, Value::Money { .. })
            | (Kind::Date, Value::Date(_))
            | (Kind::Unit, Value::Unit(_))
            | (Kind::Area { .. }, Value::Area(_))
            | (Kind::Point, Value::Point(_))
            | (Kind::Attachment, Value::Files(_))
            | (Kind::Recurrence, Value::Recurrence(_)) => true,
            (Kind::Choice { many, .. }, Value::Choice(codes)) => {
                (*many || codes.len() <= 1) && codes.iter().all(|code| self.option(code).is_some())
            }
            (Kind::Reference { many, .. }, Value::Records(ids)) => *many || ids.len() <= 1,
            _ => false,
        }
    }

    /// A value as it is typed, where that needs no look-up; ids otherwise.
    pub fn written(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Sealed(_) => SEALED.to_owned(),
            Value::Number { number, bound } => format!("{}{number}", bound.sign()),
            Value::Money { fen, bound } => match self.kind {
                Kind::Money { unit, .. } => {
                    let amount = Decimal::of_fen(*fen).over(Decimal::of_fen(unit.fen())).unwrap_or_default();
                    let exact = amount.times(Decimal::of_fen(unit.fen())).map(Decimal::fen) == Some(*fen);
                    match exact {
                        true => format!("{}{amount}", bound.sign()),
                        false => format!("{}{}元", bound.sign(), Decimal::of_fen(*fen)),
                    }
                }
                _ => format!("{}{}元", bound.sign(), Decimal::of_fen(*fen)),
            },
            Value::Date(date) => date.to_string(),
            Value::Choice(codes) => codes.join("、"),
            Value::Unit(unit) => unit.to_string(),
            Value::Area(area) => area.to_string(),
            Value::Records(ids) => ids.iter().map(Uuid::to_string).collect::<Vec<_>>().join("\n"),
            Value::Point(point) => written_point(*point),
            Value::Files(files) => {
                let name = |file: &File| match file.name.is_empty() {
                    true => file.id.to_string(),
                    false => file.name.clone(),
                };
                files.iter().map(name).collect::<Vec<_>>().join("、")
            }
            Value::Recurrence(recurrence) => recurrence.written(),
        }
    }
}

fn text(plain: &str, max: usize, credit_code: bool) -> Result<Value, Unfit> {
    if plain.chars().count() > max {
        return Err(Unfit::new("register-text-too-long").with("max", max));
    }
    if credit_code {
        let code = kernel::credit_code::normal_credit_code(plain);
        return code.map(Value::Text).ok_or_else(|| Unfit::new("register-credit-code"));
    }
    Ok(Value::Text(plain.to_owned()))
}

fn number(plain: &str, decimals: u8, bounds: bool) -> Result<Value, Unfit> {
    let (number, bound) = read_number(plain).ok_or_else(|| Unfit::new("register-number"))?;
    if number.decimals() > decimals {
        return Err(Unfit::new("register-decimals").with("max", decimals));
    }
    Ok(Value::Number { number, bound: allowed(bound, bounds)? })
}

fn allowed(bound: Bound, bounds: bool) -> Result<Bound, Unfit> {
    if bound == Bound::Exact || bounds { Ok(bound) } else { Err(Unfit::new("register-bound")) }
}

/// `2022-10-09`, `2022/10/9`, `2022.10.9`, `2022年10月9日`.
pub fn read_date(text: &str) -> Option<Date> {
    let text = kernel::text::fold_for_search(text);
    let parts: Vec<&str> = text
        .split(['-', '/', '.', '年', '月', '日'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let [year, month, day] = parts[..] else { return None };
    let year: i16 = year.parse().ok()?;
    let date = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
    (1900..=2200).contains(&year).then_some(date)
}

/// `112.0012, 27.7281`: longitude first, as on maps of the product.
fn point(text: &str) -> Option<[i64; 2]> {
    let (longitude, latitude) = text.split_once([',', '，', ' '])?;
    let millionths = |text: &str, most: i64| {
        let degrees = Decimal::parse(text)?;
        let value = degrees.times(Decimal::whole(1_000_000))?.whole_part();
        (value.abs() <= most * 1_000_000).then_some(value)
    };
    Some([millionths(longitude, 180)?, millionths(latitude, 90)?])
}

/// A point as it is typed.
pub fn written_point(point: [i64; 2]) -> String {
    let degrees = |millionths: i64| {
        Decimal::whole(millionths).over(Decimal::whole(1_000_000)).unwrap_or_default().to_string()
    };
    format!("{}, {}", degrees(point[0]), degrees(point[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_offices_write_them() {
        let day = Some(Date::constant(2022, 10, 9));
        for text in ["2022-10-09", "2022/10/9", "2022.10.9", "2022年10月9日", "２０２２年10月9日"] {
            assert_eq!(read_date(text), day, "{text}");
        }
        assert_eq!((read_date("2022-13-01"), read_date("10月9日"), read_date("")), (None, None, None));
    }

    #[test]
    fn a_point_is_longitude_and_latitude() {
        assert_eq!(point("112.0012, 27.7281"), Some([112_001_200, 27_728_100]));
        assert_eq!(written_point([112_001_200, 27_728_100]), "112.0012, 27.7281");
        assert_eq!((point("27.7281"), point("200, 10")), (None, None));
    }
}
