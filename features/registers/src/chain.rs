//! From record to record: what a record may become in another register, as its definition's
//! `becomes` says. The new record names the old one, and the old one reaches its stage, in one
//! transaction.

use crate::open::register;
use crate::show;
use kernel::Refusal;
use platform::ui::{Form, Locale, Page};
use platform::web::Staff;
use platform::{App, By, Failure, Work};
use registers::read::names::Names;
use registers::read::record::{Opened, open};
use registers::rules::Definition;
use registers::rules::definition::{Becomes, Kind};
use registers::rules::record::RecordCommand;
use std::sync::Arc;
use store::Query;
use uuid::Uuid;

/// The field of a form that says which record the new one comes from.
pub(crate) const FROM: &str = "from-record";

/// The registers that a record may pass into now: address of the form and the register.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn onward(
    q: &mut dyn Query,
    app: &App,
    opened: &Opened,
) -> Result<Vec<(String, Arc<Definition>)>, Failure> {
    let mut found = Vec::new();
    if !opened.may_write || !opened.state.is_live() {
        return Ok(found);
    }
    for becomes in &opened.definition.becomes {
        if let Some(definition) = registers::read::in_force(q, app, &becomes.register)?
            && links(&definition, becomes, &opened.definition.code)
            && reaches(opened, becomes)
        {
            found.push((format!("/registers/{}/new?from={}", definition.code, opened.id), definition));
        }
    }
    Ok(found)
}

/// Whether the other register has the field that names this one's records.
fn links(definition: &Definition, becomes: &Becomes, register: &str) -> bool {
    let field = definition.field(&becomes.link).filter(|field| !field.retired);
    field.is_some_and(|field| matches!(&field.kind, Kind::Reference { register: to, .. } if to == register))
}

/// Whether the record may reach the stage that goes with it.
fn reaches(opened: &Opened, becomes: &Becomes) -> bool {
    let current = opened.state.stage.as_deref().and_then(|stage| opened.definition.stage(stage));
    match (&becomes.stage, current) {
        (Some(stage), Some(current)) => current.to.contains(stage),
        _ => true,
    }
}

/// The form of the new record with what the old one gives.
///
/// # Errors
/// [`Failure::NotFound`] where the old one does not pass into this register.
pub(crate) async fn beginning(staff: &Staff, definition: &Definition, id: Uuid) -> Result<Form, Failure> {
    let (grants, target) = (staff.person.grants.clone(), definition.clone());
    let locale = staff.prefs.locale;
    let form = staff.app.read(move |q, app| {
        let opened = source(q, app, &grants, id)?;
        let becomes = becoming(&opened, &target)?;
        let names = Names::of(q, [&opened.state.values].into_iter(), std::iter::empty(), locale)?;
        let mut form = Form::new().with(FROM, id).with("unit", &opened.state.unit);
        for (theirs, ours) in &becomes.fields {
            if let (Some(field), Some(value)) = (opened.definition.field(ours), opened.state.values.get(ours))
            {
                form = form.with(theirs, show::typed(field, value, &names, locale == Locale::En));
            }
        }
        Ok(form.with(&becomes.link, &opened.title))
    });
    form.await
}

/// After the new record was made: the old one reaches its stage.
///
/// # Errors
/// What the rules refuse.
pub(crate) fn passed_on(
    work: &mut Work<'_>,
    by: &By,
    definition: &Definition,
    from: &str,
) -> Result<(), Failure> {
    let Ok(id) = from.parse::<Uuid>() else { return Ok(()) };
    let (app, now) = (work.app(), work.now());
    let opened = source(work.tx, app, by.grants(), id)?;
    let becomes = becoming(&opened, definition)?;
    let Some(stage) = becomes.stage.clone() else { return Ok(()) };
    let on = app.config.zone.date_of(now);
    let command = RecordCommand::Move { stage, on, note: String::new() };
    registers::act_record(work, by, id, None, &command).map(drop)
}

fn source(
    q: &mut dyn Query,
    app: &App,
    grants: &[kernel::permission::Grant],
    id: Uuid,
) -> Result<Opened, Failure> {
    let (code, _) = registers::read::names::record_title(q, id)?.ok_or(Failure::NotFound)?;
    register(q, app, &code)?;
    open(q, app, grants, &code, id)
}

fn becoming<'o>(opened: &'o Opened, target: &Definition) -> Result<&'o Becomes, Failure> {
    let fits = |becomes: &&Becomes| {
        becomes.register == target.code && links(target, becomes, &opened.definition.code)
    };
    let becomes = opened.definition.becomes.iter().find(fits).ok_or(Failure::NotFound)?;
    match reaches(opened, becomes) {
        true => Ok(becomes),
        false => Err(Refusal::new("register-becomes-over").into()),
    }
}

/// What stands on the button.
pub(crate) fn label(page: &Page, definition: &Definition) -> String {
    page.t1("register-becomes", "register", show::name(page, &definition.name))
}
