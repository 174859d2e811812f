//! The condition of an indicator in the reader's words: names of fields and choices, not codes.

use crate::show;
use platform::ui::Page;
use registers::rules::definition::{Definition, Field, Gives, Kind};
use registers::rules::expression::{Expression, Function, Operator};

/// A condition in words; `None` for one that is more than comparisons of fields, which is
/// then shown as the definition writes it.
pub(crate) fn words(page: &Page, definition: &Definition, condition: &Expression) -> Option<String> {
    if let Some((code, empty)) = emptiness(condition) {
        let name = show::name(page, &definition.field(code)?.name).to_owned();
        let key = if empty { "register-condition-empty" } else { "register-condition-filled" };
        return Some(page.t1(key, "field", name));
    }
    let Expression::Pair(operator, left, right) = condition else { return None };
    if *operator == Operator::And {
        let (left, right) = (words(page, definition, left)?, words(page, definition, right)?);
        return Some(page.t2("register-condition-and", "left", left, "right", right));
    }
    let Expression::Name(code) = left.as_ref() else { return None };
    let key = match operator {
        Operator::Equal => "register-condition-equal",
        Operator::Unequal => "register-condition-unequal",
        Operator::Less => "register-condition-less",
        Operator::AtMost => "register-condition-at-most",
        Operator::More => "register-condition-more",
        Operator::AtLeast => "register-condition-at-least",
        _ => return None,
    };
    if let ("stage", Expression::Text(stage)) = (code.as_str(), right.as_ref()) {
        let stage = show::stage(page, definition, Some(stage));
        return Some(page.t2(key, "field", page.t("register-stage"), "value", stage));
    }
    let field = definition.field(code)?;
    let name = show::name(page, &field.name).to_owned();
    Some(page.t2(key, "field", name, "value", compared(page, field, right)?))
}

/// The field that must hold nothing (`true`) or something.
fn emptiness(condition: &Expression) -> Option<(&str, bool)> {
    match condition {
        Expression::Call(Function::Empty, arguments) => Some((arguments.first()?.name()?, true)),
        Expression::Not(inner) => emptiness(inner).map(|(code, empty)| (code, !empty)),
        _ => None,
    }
}

/// What a field is compared with.
fn compared(page: &Page, field: &Field, with: &Expression) -> Option<String> {
    match (with, &field.kind) {
        (Expression::Text(code), Kind::Choice { .. }) => {
            field.option(code).map(|option| show::name(page, &option.name).to_owned())
        }
        (Expression::Number(number), Kind::Money { .. }) => Some(page.money(number.fen())),
        (Expression::Number(number), Kind::Number { .. } | Kind::Derived { gives: Gives::Number(_), .. }) => {
            Some(show::decimal(page, *number))
        }
        _ => None,
    }
}
