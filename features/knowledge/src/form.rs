//! An item as it is written: the form's fields, their presets, and the content they make. The
//! import reads its rows through the same form, so that one reading of money, days and
//! numbers serves both.

use kernel::time::Date;
use kernel::{AreaId, UnitId};
use knowledge::rules::{Content, Document, Kind, Offer};
use platform::ui::{FieldError, Form};
use registers::rules::amount::{MoneyUnit, read_money};

/// A year: how long something holds if nothing else is said.
const YEAR: std::time::Duration = std::time::Duration::from_secs(365 * 86_400);

/// A fresh form.
pub(crate) fn fresh(kind: Kind, unit: Option<&UnitId>, today: Date) -> Form {
    let until = today.checked_add(YEAR).unwrap_or(today);
    Form::new()
        .with("kind", kind.code())
        .with("unit", unit.map(UnitId::as_str).unwrap_or_default())
        .with("from", today)
        .with("until", until)
}

/// The form of what is written already.
pub(crate) fn filled(content: &Content, money: impl Fn(i64) -> String) -> Form {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let form = Form::new()
        .with("kind", content.kind.code())
        .with("title", &content.title)
        .with("questions", content.questions.join("\n"))
        .with("answer", &content.answer)
        .with("unit", &content.unit)
        .with("source", &content.source.title)
        .with("number", &content.source.number)
        .with("url", &content.source.url)
        .with("area", content.area.as_ref().map(AreaId::as_str).unwrap_or_default())
        .with("category", content.category.as_deref().unwrap_or_default())
        .with("from", content.from)
        .with("until", content.until);
    let Some(offer) = &content.offer else { return form };
    form.with("conditions", &offer.conditions)
        .with("procedure", &offer.procedure)
        .with("apply_until", day(offer.apply_until))
        .with("most", offer.most.map(money).unwrap_or_default())
        .with("phone", &offer.phone)
}

/// What the form says.
///
/// # Errors
/// Everything in it that cannot be read; the rest is said by the rules.
pub(crate) fn read(form: &Form) -> Result<Content, Vec<FieldError>> {
    let mut errors = Vec::new();
    let line = |field: &str| kernel::text::plain_line(form.value(field));
    let day = |field: &str, errors: &mut Vec<FieldError>| match form.text(field) {
        None => {
            errors.push(FieldError::new(field, "entry-missing"));
            None
        }
        Some(typed) => one_day(field, typed, errors),
    };
    let (from, until) = (day("from", &mut errors), day("until", &mut errors));
    let kind = Kind::parse(form.value("kind"));
    if kind.is_none() {
        errors.push(FieldError::new("kind", "entry-not-chosen"));
    }
    for (field, code) in [
        ("title", "entry-missing"),
        ("answer", "entry-missing"),
        ("unit", "entry-not-chosen"),
        ("source", "entry-missing"),
    ] {
        if form.text(field).is_none() {
            errors.push(FieldError::new(field, code));
        }
    }
    let offer = kind.filter(|kind| kind.is_offered_to_the_public()).map(|_| offer(form, &mut errors));
    let (Some(kind), Some(from), Some(until), true) = (kind, from, until, errors.is_empty()) else {
        return Err(errors);
    };
    let questions = form.value("questions").lines().map(kernel::text::plain_line);
    Ok(Content {
        kind,
        title: line("title"),
        questions: questions.filter(|question| !question.is_empty()).collect(),
        answer: kernel::text::plain(form.value("answer")),
        unit: UnitId(line("unit")),
        source: Document {
            title: line("source"),
            number: line("number"),
            url: line("url"),
            ..Document::default()
        },
        area: form.text("area").map(AreaId::from),
        category: form.text("category").map(str::to_owned),
        from,
        until,
        offer,
    })
}

fn offer(form: &Form, errors: &mut Vec<FieldError>) -> Offer {
    for field in ["conditions", "phone"] {
        if form.text(field).is_none() {
            errors.push(FieldError::new(field, "entry-missing"));
        }
    }
    let most = form.text("most").and_then(|typed| {
        let read = read_money(typed, MoneyUnit::Yuan).map(|(fen, _)| fen);
        if read.is_none() {
            errors.push(FieldError::new("most", "knowledge-amount-malformed"));
        }
        read
    });
    let apply_until = form.text("apply_until").and_then(|typed| one_day("apply_until", typed, errors));
    Offer {
        conditions: kernel::text::plain(form.value("conditions")),
        procedure: kernel::text::plain(form.value("procedure")),
        apply_until,
        most,
        phone: kernel::text::plain_line(form.value("phone")),
    }
}

fn one_day(field: &str, typed: &str, errors: &mut Vec<FieldError>) -> Option<Date> {
    let read = registers::rules::value::read_date(typed);
    if read.is_none() {
        errors.push(FieldError::new(field, "know-date-malformed"));
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(kind: &str) -> Form {
        [
            ("kind", kind),
            ("title", " 贷款 贴息 "),
            ("questions", "怎么贴息\n\n 贴多少 "),
            ("answer", "按合同利率的一半贴息。"),
            ("unit", "ld-czj"),
            ("source", "贴息办法"),
            ("from", "2026-01-01"),
            ("until", "2026年12月31日"),
            ("most", "50万元"),
            ("conditions", "小微企业"),
            ("phone", "0738-8312345"),
        ]
        .into_iter()
        .fold(Form::new(), |form, (field, value)| form.with(field, value))
    }

    #[test]
    fn what_is_typed_becomes_a_content_and_comes_back_as_a_form() {
        let content = read(&typed("policy")).expect("reads");
        assert_eq!(content.title, "贷款 贴息");
        assert_eq!(content.questions, ["怎么贴息", "贴多少"]);
        let offer = content.offer.as_ref().expect("an offer");
        assert_eq!((offer.most, offer.apply_until), (Some(50_000_000), None));
        let again = read(&filled(&content, |fen| format!("{}元", fen / 100))).expect("reads");
        assert_eq!(again, content);
        assert!(read(&typed("answer")).expect("reads").offer.is_none(), "an answer offers nothing");
    }

    #[test]
    fn everything_that_cannot_be_read_is_told_at_once() {
        let form = typed("policy").replaced("until", "年底").replaced("most", "很多").replaced("phone", "");
        let errors = read(&form).expect_err("wrong");
        let mut fields: Vec<_> = errors.iter().filter_map(|error| error.field.as_deref()).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["most", "phone", "until"]);
    }
}
