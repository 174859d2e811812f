//! `POST /matters/{id}/enterprise-address`: the address given in an appeal is verified for the
//! enterprise named there. Nothing personal travels: who and where stands in the appeal.

use super::super::matter::{load, look_at_contact};
use super::super::page as desk;
use crate::verbs::Place;
use axum::response::Response;
use kernel::Refusal;
use matters::enterprises::accounts::{self, Request};
use matters_rules::enterprise::{Basis, Person};
use matters_rules::{ActionCode, ContactPurpose};
use platform::Failure;
use platform::web::Staff;

/// Verifies it: field `basis`.
///
/// # Errors
/// [`Failure::NotPermitted`] for whoever may not look at the contact data;
/// `enterprise-shielded` for a confidential appeal; those of [`accounts::verify`].
pub async fn verify(
    staff: Staff,
    place: Place,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let view = load(&staff, place).await?;
    if view.shielded {
        return Err(Refusal::new("enterprise-shielded").into());
    }
    if !view.may(ActionCode::OpenContact, None) {
        return Err(Failure::NotPermitted);
    }
    let given = sent.iter().find(|(name, _)| name == "basis").map_or("", |(_, value)| value.as_str());
    let basis = Basis::parse(given).ok_or_else(|| Refusal::new("enterprise-basis-missing"))?;
    let card = look_at_contact(&staff, place, ContactPurpose::Verify).await?;
    let (by, matter) = (staff.by(), Some(place.id));
    let verified = staff.app.write(move |work| {
        let person = Person { name: card.name.clone(), phone: card.phone.clone(), email: card.email.clone() };
        let (credit_code, enterprise) = (card.credit_code.clone(), card.enterprise.clone());
        accounts::verify(work, &by, &Request { credit_code, enterprise, person, basis, matter })
    });
    let code = verified.await?;
    Ok(desk::go(&staff, &format!("/enterprises/{code}"), "flash-enterprise-verified"))
}
