//! Step 6, 联系方式: how to reach the filer, for which firm, and whether units may know.

use super::draft::{Contact, Filer};
use super::question::{self, Fields};
use super::step::Step;
use crate::portal::fields::{self, LINE_MAX};
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::response::Response;
use matters_rules::{Consent, OnBehalf};
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Ctx;

/// The value of `filer` for whoever speaks for themselves.
const ONESELF: &str = "self";

#[derive(Template)]
#[template(path = "portal/new/contact.html")]
struct ContactQuestion {
    page: Page,
    step: Step,
    form: Form,
    shielding: Vec<Choice>,
    /// Who fills it in: oneself, or whom of those who may for another.
    filers: Vec<Choice>,
    consents: Vec<Choice>,
    /// Whether the part about another's filing stands open.
    for_another: bool,
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
            .with("second_phone", &contact.second_phone)
            .with("convenient_time", &contact.convenient_time)
            .with("shielded", if contact.shielded { "yes" } else { "no" })
    });
    let filer = held.draft.contact.as_ref().and_then(|contact| contact.filer.as_ref());
    let form = match filer {
        None => form.with("filer", ONESELF),
        Some(filer) => form
            .with("filer", filer.role.code())
            .with("filed_by_name", &filer.name)
            .with("filed_by_phone", &filer.phone)
            .with("consent", filer.consent.code()),
    };
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
    let second_phone = fields::optional_phone(form, "second_phone");
    let convenient_time = fields::bounded(form, "convenient_time", 0, LINE_MAX);
    let filer = filer(form);
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
        second_phone: second_phone?,
        convenient_time: convenient_time?,
        shielded: shielded?,
        filer: filer?,
    })
}

/// Whoever fills it in for another says who they are and how the other agreed.
fn filer(form: &mut Form) -> Option<Option<Filer>> {
    let role = match form.value("filer") {
        "" | ONESELF => return Some(None),
        code => OnBehalf::parse(code),
    };
    let name = fields::bounded(form, "filed_by_name", 1, LINE_MAX);
    let phone = fields::phone(form, "filed_by_phone");
    let consent = Consent::parse(form.value("consent"));
    if consent.is_none() {
        form.refuse(FieldError::new("consent", "portal-consent-missing"));
    }
    Some(Some(Filer { role: role?, name: name?, phone: phone?, consent: consent? }))
}

fn ask(ctx: &Ctx, form: Form) -> Result<Response, Detour> {
    let page = question::page(ctx, Step::Contact, &form);
    let choice = |value: &str| {
        Choice::new(value, page.t(&format!("portal-shielded-{value}")))
            .hint(page.t(&format!("portal-shielded-{value}-hint")))
    };
    let shielding = vec![choice("no"), choice("yes")];
    let refused = form.has_errors();
    let oneself = Choice::new(ONESELF, page.t("portal-filer-self"));
    let others = OnBehalf::ALL
        .iter()
        .map(|role| Choice::new(role.code(), page.t(&format!("portal-filer-{}", role.code()))));
    let filers = [oneself].into_iter().chain(others).collect();
    let consents = Consent::ALL.iter().map(|way| Choice::new(way.code(), page.t(way.key()))).collect();
    let for_another = !matches!(form.value("filer"), "" | ONESELF);
    let question =
        ContactQuestion { step: Step::Contact, shielding, filers, consents, for_another, page, form };
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
    fn who_files_for_another_says_who_and_how_the_other_agreed() {
        let mut form = filled().with("filer", "chamber");
        assert!(read(&mut form).is_none());
        let fields: Vec<_> = form.errors().iter().filter_map(|error| error.field.as_deref()).collect();
        assert_eq!(fields, ["filed_by_name", "filed_by_phone", "consent"]);
        let mut form = filled()
            .with("filer", "chamber")
            .with("filed_by_name", "商会联络员")
            .with("filed_by_phone", "13800005678")
            .with("consent", "written");
        let filer = read(&mut form).and_then(|contact| contact.filer).expect("complete");
        assert_eq!((filer.role, filer.consent), (OnBehalf::Chamber, Consent::Written));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let mut form = Form::new().with("phone", "123").with("credit_code", "9").with("email", "x");
        assert!(read(&mut form).is_none());
        let fields: Vec<_> = form.errors().iter().filter_map(|error| error.field.as_deref()).collect();
        assert_eq!(fields, ["name", "phone", "credit_code", "email", "shielded"]);
    }
}
