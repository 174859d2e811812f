//! Step 6, 联系方式: how to reach the filer, for which firm, and whether units may know.

use super::draft::Contact;
use super::question::{self, Fields};
use super::step::Step;
use crate::portal::fields::{self, LINE_MAX};
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::response::Response;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/new/contact.html")]
struct ContactQuestion {
    page: Page,
    step: Step,
    form: Form,
    shielding: Vec<Choice>,
}

/// The question.
///
/// # Errors
/// As [`question::open`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let held = question::open(&ctx, Step::Contact).await?;
    let form = held.draft.contact.as_ref().map_or_else(Form::new, |contact| {
        Form::new()
            .with("name", &contact.name)
            .with("phone", &contact.phone)
            .with("enterprise", &contact.enterprise)
            .with("credit_code", &contact.credit_code)
            .with("email", &contact.email)
            .with("shielded", if contact.shielded { "yes" } else { "no" })
    });
    ask(&ctx, form)
}

/// The answer.
///
/// # Errors
/// As [`question::proceed`].
pub async fn save(ctx: Ctx, sent: Fields) -> Result<Response, Detour> {
    let mut held = question::open(&ctx, Step::Contact).await?;
    let mut form = question::form(sent);
    match read(&mut form) {
        Some(contact) => {
            held.draft.contact = Some(contact);
            question::proceed(&ctx, &held).await
        }
        None => ask(&ctx, form),
    }
}

/// The contact, or everything wrong with it noted on the form.
fn read(form: &mut Form) -> Option<Contact> {
    let name = fields::bounded(form, "name", 1, LINE_MAX);
    let phone = fields::phone(form, "phone");
    let enterprise = fields::bounded(form, "enterprise", 0, LINE_MAX);
    let credit_code = fields::credit_code(form, "credit_code");
    let email = fields::email(form, "email");
    let shielded = match form.value("shielded") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            form.refuse(FieldError::new("shielded", "portal-shielded-missing"));
            None
        }
    };
    Some(Contact {
        name: name?,
        phone: phone?,
        enterprise: enterprise?,
        credit_code: credit_code?,
        email: email?,
        shielded: shielded?,
    })
}

fn ask(ctx: &Ctx, form: Form) -> Result<Response, Detour> {
    let page = question::page(ctx, Step::Contact, &form);
    let choice = |value: &str| {
        Choice::new(value, page.t(&format!("portal-shielded-{value}")))
            .hint(page.t(&format!("portal-shielded-{value}-hint")))
    };
    let shielding = vec![choice("no"), choice("yes")];
    let refused = form.has_errors();
    let question = ContactQuestion { step: Step::Contact, shielding, page, form };
    Ok(if refused { shell::refused(&question)? } else { shell::private(&question)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Form {
        Form::new().with("name", "王先生").with("phone", "13800001234").with("shielded", "yes")
    }

    #[test]
    fn name_telephone_and_confidentiality_suffice() {
        let contact = read(&mut filled()).expect("complete");
        assert!(contact.shielded && contact.enterprise.is_empty());
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let mut form = Form::new().with("phone", "123").with("credit_code", "9").with("email", "x");
        assert!(read(&mut form).is_none());
        let fields: Vec<_> = form.errors().iter().filter_map(|error| error.field.as_deref()).collect();
        assert_eq!(fields, ["name", "phone", "credit_code", "email", "shielded"]);
    }
}
