//! A condition by rows: a field, how it compares, with what. Rows hold together by "and"; a
//! condition that is more than that stays the text it is, in a field of its own.

use crate::show;
use kernel::Refusal;
use platform::ui::{Choice, FieldError, Form, Page};
use registers::rules::amount::{read_money, read_number};
use registers::rules::definition::{Definition, Gives, Kind};
use registers::rules::expression::{Expression, Function, Operator};
use registers::rules::value::read_date;
use registers::rules::{Decimal, MoneyUnit, Name};

/// Rows of a form.
pub(super) const ROWS: [u8; 3] = [1, 2, 3];
/// The field of a condition as text.
pub(super) const TEXT: &str = "where";

/// What a row may say of its field, in the order it is offered.
const SIGNS: [(&str, Option<Operator>); 8] = [
    ("equal", Some(Operator::Equal)),
    ("unequal", Some(Operator::Unequal)),
    ("at_least", Some(Operator::AtLeast)),
    ("at_most", Some(Operator::AtMost)),
    ("more", Some(Operator::More)),
    ("less", Some(Operator::Less)),
    ("filled", None),
    ("empty", None),
];

/// What a field compares with.
enum Compares<'d> {
    /// One of these codes.
    Code(Vec<(&'d str, &'d Name)>),
    Money(MoneyUnit),
    Number,
    Day,
    Words,
}

/// How a row compares; none for what no row says.
fn compares<'d>(definition: &'d Definition, code: &str) -> Option<Compares<'d>> {
    match code {
        "stage" => {
            return Some(Compares::Code(
                definition.stages.iter().map(|stage| (stage.code.as_str(), &stage.name)).collect(),
            ));
        }
        "level" => {
            return Some(Compares::Code(
                definition.levels.iter().map(|level| (level.code.as_str(), &level.name)).collect(),
            ));
        }
        _ => {}
    }
    let field = definition.field(code).filter(|field| !field.is_sealed())?;
    Some(match &field.kind {
        Kind::Choice { many: false, .. } | Kind::Derived { gives: Gives::Choice(_), .. } => Compares::Code(
            field.options().iter().map(|option| (option.code.as_str(), &option.name)).collect(),
        ),
        Kind::Money { unit, .. } => Compares::Money(*unit),
        Kind::Derived { gives: Gives::Money, .. } => Compares::Money(MoneyUnit::Yuan),
        Kind::Number { .. } | Kind::Derived { gives: Gives::Number(_), .. } => Compares::Number,
        Kind::Date | Kind::Derived { gives: Gives::Date, .. } => Compares::Day,
        Kind::Text { long: false, .. } | Kind::Derived { gives: Gives::Text, .. } => Compares::Words,
        _ => return None,
    })
}

/// Whether a row may ask no more of a field than that it holds something.
fn is_asked(definition: &Definition, code: &str) -> bool {
    compares(definition, code).is_some()
        || definition
            .field(code)
            .is_some_and(|field| !field.is_sealed() && !matches!(field.kind, Kind::Point | Kind::Attachment))
}

/// The fields that rows offer.
pub(super) fn fields(page: &Page, definition: &Definition) -> Vec<Choice> {
    let own = [("stage", definition.stages.is_empty()), ("level", definition.levels.is_empty())];
    let own = own.into_iter().filter(|(_, none)| !none);
    let own = own.map(|(code, _)| Choice::new(code, page.t(&format!("register-{code}"))));
    let fields = definition.fields.iter().filter(|field| !field.retired && is_asked(definition, &field.code));
    own.chain(fields.map(|field| Choice::new(&field.code, show::name(page, &field.name)))).collect()
}

/// What rows may say.
pub(super) fn signs(page: &Page) -> Vec<Choice> {
    SIGNS.iter().map(|(code, _)| Choice::new(*code, page.t(&format!("register-if-{code}")))).collect()
}

/// Names that a row's value may be, for a list to pick from.
pub(super) fn values(page: &Page, definition: &Definition) -> Vec<String> {
    let stages = definition.stages.iter().map(|stage| &stage.name);
    let levels = definition.levels.iter().map(|level| &level.name);
    let options = definition.fields.iter().flat_map(|field| field.options()).map(|option| &option.name);
    let mut found: Vec<String> =
        stages.chain(levels).chain(options).map(|name| show::name(page, name).to_owned()).collect();
    found.sort();
    found.dedup();
    found
}

/// The form with a condition's rows, or with its text.
pub(super) fn filled(
    mut form: Form,
    page: &Page,
    definition: &Definition,
    condition: Option<&Expression>,
) -> Form {
    let Some(condition) = condition else { return form };
    let mut parts = Vec::new();
    conjuncts(condition, &mut parts);
    let rows: Option<Vec<_>> = parts.iter().map(|part| row(page, definition, part)).collect();
    match rows.filter(|rows| rows.len() <= ROWS.len()) {
        None => form.with(TEXT, condition),
        Some(rows) => {
            for (n, (field, sign, value)) in ROWS.iter().zip(rows) {
                form = form
                    .with(&format!("if-{n}-field"), field)
                    .with(&format!("if-{n}-is"), sign)
                    .with(&format!("if-{n}-value"), value);
            }
            form
        }
    }
}

fn conjuncts<'e>(condition: &'e Expression, into: &mut Vec<&'e Expression>) {
    match condition {
        Expression::Pair(Operator::And, left, right) => {
            conjuncts(left, into);
            conjuncts(right, into);
        }
        other => into.push(other),
    }
}

/// Field, sign and value of a part, as typed.
fn row(page: &Page, definition: &Definition, part: &Expression) -> Option<(String, &'static str, String)> {
    match part {
        Expression::Call(Function::Empty, arguments) => {
            let code = arguments.first()?.name()?;
            is_asked(definition, code).then(|| (code.to_owned(), "empty", String::new()))
        }
        Expression::Not(inner) => match &**inner {
            Expression::Call(Function::Empty, _) => {
                row(page, definition, inner).map(|(code, _, value)| (code, "filled", value))
            }
            _ => None,
        },
        Expression::Pair(operator, left, right) => {
            let code = left.name()?;
            let (sign, _) = SIGNS.iter().find(|(_, known)| *known == Some(*operator))?;
            let value = match (compares(definition, code)?, &**right) {
                (Compares::Code(known), Expression::Text(text)) => {
                    let (_, name) = known.iter().find(|(code, _)| code == text)?;
                    show::name(page, name).to_owned()
                }
                (Compares::Day | Compares::Words, Expression::Text(text)) => text.clone(),
                (Compares::Money(unit), Expression::Number(yuan)) => money(page, unit, *yuan),
                (Compares::Number, Expression::Number(number)) => number.to_string(),
                _ => return None,
            };
            Some((code.to_owned(), sign, value))
        }
        _ => None,
    }
}

/// An amount as it is typed again, with its unit where the reader's language has a word for it.
fn money(page: &Page, unit: MoneyUnit, yuan: Decimal) -> String {
    let amount = yuan.over(Decimal::of_fen(unit.fen())).filter(|_| !show::english(page));
    match amount.filter(|amount| amount.times(Decimal::of_fen(unit.fen())) == Some(yuan)) {
        Some(amount) => format!("{amount}{}", page.t(unit.key())),
        None => format!("{yuan}元"),
    }
}

/// The condition that a form says, by its rows and by its text; none where it says none.
///
/// # Errors
/// What is wrong with a row or with the text, beside it.
pub(super) fn read(form: &Form, definition: &Definition) -> Result<Option<Expression>, FieldError> {
    let mut found: Option<Expression> = None;
    let mut and = |part: Expression| {
        found = Some(match found.take() {
            None => part,
            Some(before) => Expression::Pair(Operator::And, Box::new(before), Box::new(part)),
        });
    };
    for n in ROWS {
        if let Some(part) = read_row(form, definition, n)? {
            and(part);
        }
    }
    if let Some(text) = form.text(TEXT) {
        let part = Expression::parse(text).map_err(|wrong| {
            FieldError::new(TEXT, "register-formula")
                .with("at", i64::try_from(wrong.at + 1).unwrap_or(i64::MAX))
                .with("expected", wrong.expected)
        })?;
        and(part);
    }
    Ok(found)
}

fn read_row(form: &Form, definition: &Definition, n: u8) -> Result<Option<Expression>, FieldError> {
    let (field, value) = (format!("if-{n}-field"), format!("if-{n}-value"));
    let typed = kernel::text::plain_line(form.value(&value));
    let Some(code) = form.text(&field) else {
        return match typed.is_empty() {
            true => Ok(None),
            false => Err(FieldError::new(&field, "register-required")),
        };
    };
    if !is_asked(definition, code) {
        return Err(FieldError::new(&field, "register-required"));
    }
    let name = Expression::Name(code.to_owned());
    let sign = form.value(&format!("if-{n}-is"));
    let operator = match SIGNS.iter().find(|(known, _)| *known == sign) {
        Some((_, Some(operator))) => *operator,
        Some(("empty", None)) => return Ok(Some(Expression::Call(Function::Empty, vec![name]))),
        _ => {
            let empty = Expression::Call(Function::Empty, vec![name]);
            return Ok(Some(Expression::Not(Box::new(empty))));
        }
    };
    if typed.is_empty() {
        return Err(FieldError::new(&value, "register-required"));
    }
    let compared = compared(definition, code, &typed)
        .map_err(|refusal| FieldError { field: Some(value.clone()), ..FieldError::from(&refusal) })?;
    Ok(Some(Expression::Pair(operator, Box::new(name), Box::new(compared))))
}

/// What was typed as what the field compares with.
fn compared(definition: &Definition, code: &str, typed: &str) -> Result<Expression, Refusal> {
    let number = |number: Option<Decimal>| {
        number.map(Expression::Number).ok_or_else(|| Refusal::new("register-number"))
    };
    match compares(definition, code) {
        Some(Compares::Code(known)) => {
            let wanted = kernel::text::fold_for_search(typed);
            let is = |text: &str| !text.is_empty() && kernel::text::fold_for_search(text) == wanted;
            let found = known.iter().find(|(code, name)| is(code) || is(&name.zh) || is(&name.en));
            let names = || known.iter().map(|(_, name)| name.zh.as_str()).collect::<Vec<_>>().join("、");
            let (code, _) = found.ok_or_else(|| Refusal::new("register-choice").with("known", names()))?;
            Ok(Expression::Text((*code).to_owned()))
        }
        Some(Compares::Money(unit)) => number(read_money(typed, unit).map(|(fen, _)| Decimal::of_fen(fen))),
        Some(Compares::Number) => number(read_number(typed).map(|(number, _)| number)),
        Some(Compares::Day) => {
            let day = read_date(typed).ok_or_else(|| Refusal::new("register-date"))?;
            Ok(Expression::Text(day.to_string()))
        }
        Some(Compares::Words) if !typed.contains('\'') => Ok(Expression::Text(typed.to_owned())),
        _ => Err(Refusal::new("register-not-compared")),
    }
}
