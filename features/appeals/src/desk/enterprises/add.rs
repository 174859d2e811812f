//! `/enterprises/new`: an officer has seen licence and letter, called back or visited, and
//! enters who of the enterprise may see its appeals.

use super::super::page as desk;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use matters::enterprises::accounts::{self, Request};
use matters::filing::CONTACT_MAX;
use matters_rules::enterprise::{Basis, Person};
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;

#[derive(Template)]
#[template(path = "desk/enterprises/add.html")]
struct Add {
    page: Page,
    form: Form,
    bases: Vec<Choice>,
}

/// The form.
///
/// # Errors
/// Only where the template fails.
pub async fn show(staff: Staff) -> Result<Response, Failure> {
    ask(&staff, Form::new(), StatusCode::OK)
}

/// Verifies the address. What is wrong stands beside its field, and nothing typed is lost.
///
/// # Errors
/// Whatever the store says.
pub async fn add(
    staff: Staff,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Form = sent.into_iter().collect();
    let typed = |field: &str| form.value(field).to_owned();
    let (credit_code, enterprise) = (typed("credit_code"), typed("enterprise"));
    let person = Person { name: typed("name"), phone: typed("phone"), email: typed("email") };
    for field in ["credit_code", "enterprise", "name", "phone", "email"] {
        if form.value(field).chars().count() > CONTACT_MAX {
            form.refuse(FieldError::new(field, "contact-too-long").with("max", CONTACT_MAX));
        }
    }
    let basis = Basis::parse(form.value("basis"));
    if basis.is_none() {
        form.refuse(FieldError::new("basis", "enterprise-basis-missing"));
    }
    let Some(basis) = basis.filter(|_| !form.has_errors()) else {
        return ask(&staff, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let by = staff.by();
    let request = Request { credit_code, enterprise, person, basis, matter: None };
    match staff.app.write(move |work| accounts::verify(work, &by, &request)).await {
        Ok(code) => Ok(desk::go(&staff, &format!("/enterprises/{code}"), "flash-enterprise-verified")),
        Err(Failure::Refused(refusal)) => {
            ask(&staff, form.refused(&refusal), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(failure) => Err(failure),
    }
}

fn ask(staff: &Staff, form: Form, status: StatusCode) -> Result<Response, Failure> {
    let page = super::page(staff, "enterprises-add").in_error(form.has_errors());
    let bases = super::bases(&page);
    desk::show(status, &Add { page, form, bases })
}
