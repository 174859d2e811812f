//! What a register is called and for, what makes its titles, what is unique, its contacts.

use super::{keep, screen};
use crate::reply::{self, Fields};
use axum::extract::Path;
use axum::response::Response;
use platform::Failure;
use platform::ui::{FieldError, Form};
use platform::web::Staff;
use registers::rules::definition::Definition;
use registers::rules::definition::edit::{Basics, Edit};
use registers::rules::{Cadence, Name};

/// The form with what the definition says.
pub(super) fn form(definition: &Definition) -> Form {
    let mut form = Form::new()
        .with("zh", &definition.name.zh)
        .with("en", &definition.name.en)
        .with("about_zh", &definition.about.zh)
        .with("about_en", &definition.about.en)
        .with("group_zh", &definition.group.zh)
        .with("group_en", &definition.group.en);
    for code in &definition.title {
        form = form.with("title", code);
    }
    for code in definition.unique.first().into_iter().flatten() {
        form = form.with("unique", code);
    }
    if let Some(follow_up) = &definition.follow_up {
        form = form.with("contacts_zh", &follow_up.name.zh).with("contacts_en", &follow_up.name.en);
        if let Some(cadence) = follow_up.cadence {
            let (count, months) = cadence.parts();
            form = form.with("every", count).with("unit", if months { "months" } else { "days" });
        }
    }
    form
}

/// `POST …/definition/form`
pub(crate) async fn save(
    staff: Staff,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let basics = match read(&form) {
        Ok(basics) => basics,
        Err(error) => return screen(&staff, code, "basics", Some(form.refused(error))).await,
    };
    let head = form.value("head").parse().ok();
    match keep(&staff, &code, head, move |_, _, _| Ok(Edit::Basics(basics.clone()))).await {
        Ok(()) => {
            Ok(reply::done(&staff, &format!("/registers/{code}/definition/form"), "flash-register-drafted"))
        }
        Err(failure) => {
            let form = reply::refused(form, failure)?;
            screen(&staff, code, "basics", Some(form)).await
        }
    }
}

fn read(form: &Form) -> Result<Basics, FieldError> {
    let line = |field: &str| kernel::text::plain_line(form.value(field));
    let name = |of: &str| Name { zh: line(&format!("{of}zh")), en: line(&format!("{of}en")) };
    let contacts = name("contacts_");
    let cadence = match form.text("every") {
        None => None,
        Some(count) => {
            let unit = if form.value("unit") == "months" { "months" } else { "days" };
            let cadence = Cadence::parse(&format!("{count} {unit}"));
            Some(cadence.ok_or_else(|| FieldError::new("every", "register-number"))?)
        }
    };
    let texts = |field: &str| form.all(field).iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let basics = Basics {
        name: name(""),
        about: name("about_"),
        group: name("group_"),
        title: texts("title"),
        unique: texts("unique"),
        contacts: Some(contacts).filter(|name| !name.zh.is_empty()),
        cadence,
    };
    match () {
        () if basics.name.zh.is_empty() => Err(FieldError::new("zh", "register-required")),
        () if basics.title.is_empty() => Err(FieldError::new("title", "register-required")),
        () => Ok(basics),
    }
}
