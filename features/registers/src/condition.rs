//! The condition of an indicator in the reader's words: names of fields and choices, not codes.

use crate::show;
use platform::ui::Page;
use registers::rules::definition::{Definition, Field, Kind};
use registers::rules::expression::{Expression, Operator};

/// A condition in words; `None` for one that is more than comparisons of fields, which is
/// then shown as the definition writes it.
pub(crate) fn words(page: &Page, definition: &Definition, condition: &Expression) -> Option<String> {
    let Expression::Pair(operator, left, right) = condition else { return None };
    if *operator == Operator::And {
        let (left, right) = (words(page, definition, left)?, words(page, definition, right)?);
        return Some(page.t2("register-condition-and", "left", left, "right", right));
    }
    let Expression::Name(code) = left.as_ref() else { return None };
    let field = definition.field(code)?;
    let key = match operator {
        Operator::Equal => "register-condition-equal",
        Operator::Unequal => "register-condition-unequal",
        Operator::Less => "register-condition-less",
        Operator::AtMost => "register-condition-at-most",
        Operator::More => "register-condition-more",
        Operator::AtLeast => "register-condition-at-least",
        _ => return None,
    };
    let name = show::name(page, &field.name).to_owned();
    Some(page.t2(key, "field", name, "value", compared(page, field, right)?))
}

/// What a field is compared with.
fn compared(page: &Page, field: &Field, with: &Expression) -> Option<String> {
    match (with, &field.kind) {
        (Expression::Text(code), Kind::Choice { .. }) => {
            field.option(code).map(|option| show::name(page, &option.name).to_owned())
        }
        (Expression::Number(number), Kind::Money { .. }) => Some(page.money(number.fen())),
        (Expression::Number(number), Kind::Number { .. }) => Some(show::decimal(page, *number)),
        _ => None,
    }
}
