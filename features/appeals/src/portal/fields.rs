//! What the public types, checked by pure functions: telephone, social credit code, e-mail,
//! and texts of a bounded length. Each says what is wrong by a refusal code.

use kernel::text;
use platform::ui::{FieldError, Form};

/// The most characters an appeal's text may have.
pub const TEXT_MAX: usize = 2000;
/// The most characters of any further text: wish, message, reason.
pub const NOTE_MAX: usize = 500;
/// The most characters of a name, firm or address line.
pub const LINE_MAX: usize = 60;
/// The fewest characters that can tell what happened.
pub const TEXT_MIN: usize = 10;

/// The text of a field, trimmed and of `min` to `max` characters; an empty field is an
/// error where `min` is above zero. What is wrong is added to the form.
pub fn bounded(form: &mut Form, field: &str, min: usize, max: usize) -> Option<String> {
    let typed = form.text(field).unwrap_or_default().replace("\r\n", "\n");
    let count = typed.chars().count();
    let error = match count {
        0 if min > 0 => FieldError::new(field, &format!("portal-{}-missing", field.replace('_', "-"))),
        _ if count < min => FieldError::new(field, "portal-text-too-short").with("min", min),
        _ if count > max => {
            FieldError::new(field, "portal-text-too-long").with("max", max).with("over", count - max)
        }
        _ => return Some(typed),
    };
    form.refuse(error);
    None
}

/// A telephone number at which the appellant can be reached, mobile or fixed line with its
/// area code, as typed. What is wrong is added to the form.
pub fn phone(form: &mut Form, field: &str) -> Option<String> {
    let typed = form.text(field).map(str::to_owned);
    let error = match typed.as_deref().map(text::normal_phone) {
        None if field == "filed_by_phone" => "portal-filed-by-phone-missing",
        None => "portal-phone-missing",
        Some(Some(normal)) if is_reachable(&normal) => return typed,
        Some(_) => "portal-phone-malformed",
    };
    form.refuse(FieldError::new(field, error));
    None
}

/// The same, where it may be left out.
pub fn optional_phone(form: &mut Form, field: &str) -> Option<String> {
    if form.text(field).is_none() { Some(String::new()) } else { phone(form, field) }
}

/// An optional e-mail address. What is wrong is added to the form.
pub fn email(form: &mut Form, field: &str) -> Option<String> {
    let typed = form.text(field).unwrap_or_default().to_owned();
    if typed.is_empty() || is_email(&typed) {
        return Some(typed);
    }
    form.refuse(FieldError::new(field, "portal-email-malformed"));
    None
}

/// An optional unified social credit code, in capitals. What is wrong is added to the form.
pub fn credit_code(form: &mut Form, field: &str) -> Option<String> {
    let typed: String = form.value(field).chars().filter(|c| !c.is_whitespace()).collect();
    let code = typed.to_ascii_uppercase();
    let error = match code.chars().count() {
        0 => return Some(code),
        18 if is_credit_code(&code) => return Some(code),
        18 => FieldError::new(field, "portal-credit-code-wrong"),
        count => FieldError::new(field, "portal-credit-code-length").with("count", count),
    };
    form.refuse(error);
    None
}

/// Mobile numbers have 11 digits from 13; fixed lines 10 to 12 with the area code's zero,
/// or 7 to 8 without; service numbers begin with 400 or 800.
fn is_reachable(normal: &str) -> bool {
    let fixed = normal.starts_with('0') && (10..=12).contains(&normal.len());
    let local = matches!(normal.len(), 7 | 8) && !normal.starts_with(['0', '1']);
    let service = normal.len() == 10 && (normal.starts_with("400") || normal.starts_with("800"));
    text::is_mobile(normal) || fixed || local || service
}

pub(super) fn is_email(typed: &str) -> bool {
    let Some((name, host)) = typed.split_once('@') else { return false };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"@,;<>\"".contains(c);
    let labels: Vec<&str> = host.split('.').collect();
    typed.len() <= 254
        && !name.is_empty()
        && typed.chars().filter(|c| *c == '@').count() == 1
        && name.chars().chain(host.chars()).all(plain)
        && labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty())
}

/// The letters of GB 32100-2015, in the order of their values.
const CREDIT_LETTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Whether the last of 18 letters is the check letter of the others (GB 32100-2015: weights
/// are the powers of 3 modulo 31).
fn is_credit_code(code: &str) -> bool {
    let values: Option<Vec<usize>> = code.chars().map(|c| CREDIT_LETTERS.find(c)).collect();
    let Some(values) = values.filter(|values| values.len() == 18) else { return false };
    let mut weight = 1;
    let mut sum = 0;
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    values[17] == (31 - sum % 31) % 31
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T>(check: impl Fn(&mut Form, &str) -> Option<T>, typed: &str) -> Option<String> {
        let mut form = Form::new().with("f", typed);
        let kept = check(&mut form, "f");
        let error = form.error("f").map(|error| error.code.clone());
        assert_eq!(kept.is_none(), error.is_some());
        error
    }

    #[test]
    fn telephones_in_their_usual_spellings() {
        for good in
            ["13800001234", "138 0000 1234", "+86 138-0000-1234", "0738-8312345", "8312345", "4001234567"]
        {
            assert_eq!(code(phone, good), None, "{good}");
        }
        for bad in ["12345", "1380000123", "12800001234", "not a number", "1380000123456"] {
            assert_eq!(code(phone, bad).as_deref(), Some("portal-phone-malformed"), "{bad}");
        }
        assert_eq!(code(phone, "  ").as_deref(), Some("portal-phone-missing"));
    }

    #[test]
    fn a_credit_code_is_checked_by_its_last_letter() {
        assert_eq!(code(credit_code, ""), None);
        assert_eq!(code(credit_code, "91350100M000100Y43"), None);
        assert_eq!(code(credit_code, "91350100m000100y43 "), None);
        assert_eq!(code(credit_code, "91350100M000100Y44").as_deref(), Some("portal-credit-code-wrong"));
        assert_eq!(code(credit_code, "9135010OM000100Y43").as_deref(), Some("portal-credit-code-wrong"));
        assert_eq!(code(credit_code, "91350100M000100").as_deref(), Some("portal-credit-code-length"));
    }

    #[test]
    fn an_address_needs_a_name_and_a_host() {
        for good in ["", "wang@example.com", "a.b+c@mail.example.cn"] {
            assert_eq!(code(email, good), None, "{good}");
        }
        for bad in ["wang", "wang@", "@example.com", "a@b", "a@b..cn", "a b@example.com", "a@b@example.com"] {
            assert_eq!(code(email, bad).as_deref(), Some("portal-email-malformed"), "{bad}");
        }
    }

    #[test]
    fn texts_are_counted_in_characters() {
        let story = |typed: &str| {
            let mut form = Form::new().with("story", typed);
            let kept = bounded(&mut form, "story", 4, 6);
            (kept, form.error("story").map(|error| error.code.clone()))
        };
        assert_eq!(story(" 停电三天 "), (Some("停电三天".into()), None));
        assert_eq!(story(""), (None, Some("portal-story-missing".into())));
        assert_eq!(story("停电").1.as_deref(), Some("portal-text-too-short"));
        assert_eq!(story("停电三天无人来修").1.as_deref(), Some("portal-text-too-long"));
        assert_eq!(story("一\r\n二三四").0.as_deref(), Some("一\n二三四"));
    }
}
