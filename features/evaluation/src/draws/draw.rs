//! Drawing: of what, which days, how many.

use super::{PATH, draw, href};
use crate::EVALUATION;
use crate::rules::draw::{Plan, Population, Size};
use askama::Template;
use axum::response::Response;
use kernel::permission::{Grant, Permission, Relation, allows};
use matters_rules::sampling::{Extent, extent};
use network::{UnitFilter, UnitKind, UnitRow};
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use std::collections::BTreeMap;
use store::Query;

/// Days that a fresh form looks back.
const DAYS: i64 = 30;
/// Per cent that a fresh form draws.
const SHARE: u32 = 10;

#[derive(Template)]
#[template(path = "evaluation/draw.html")]
struct Drawing {
    page: Page,
    form: Form,
    kinds: Vec<Choice>,
    sizes: Vec<Choice>,
    offices: Vec<Choice>,
}

/// A form that draws a tenth of what was closed in the last thirty days.
pub(super) async fn form(staff: Staff) -> Result<Response, Failure> {
    let zone = &staff.app.config.zone;
    let today = zone.date_of(staff.app.now());
    let from = zone.date_of(staff.app.now().plus_micros(-DAYS * 24 * 3_600_000_000));
    let form = Form::new()
        .with("of", Population::Both.code())
        .with("from", from)
        .with("to", today)
        .with("size", Size::Share.code())
        .with("amount", SHARE);
    screen(&staff, form).await
}

/// Draws.
pub(super) async fn save(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let mut form = reply::form(fields);
    let Some(plan) = read(&mut form) else { return screen(&staff, form).await };
    let by = staff.by();
    match staff.app.write(move |work| draw(work, &by, &plan)).await {
        Ok(id) => Ok(reply::done(&staff, &href(&id), "flash-evaluation-drawn")),
        Err(Failure::Refused(refusal)) => {
            form.refuse(FieldError::from(&refusal));
            screen(&staff, form).await
        }
        Err(failure) => Err(failure),
    }
}

/// Reads the form; what is wrong is noted on it.
fn read(form: &mut Form) -> Option<Plan> {
    let of = Population::parse(form.value("of"));
    let office = form.text("office").map(kernel::UnitId::from);
    let [from, to, size, amount] = ["from", "to", "size", "amount"].map(|field| form.value(field));
    let extent = extent(from, to, size, amount);
    for (field, wrong) in [("of", of.is_none()), ("office", office.is_none())] {
        if wrong {
            form.refuse(FieldError::new(field, "entry-not-chosen"));
        }
    }
    for wrong in extent.as_ref().err().into_iter().flatten() {
        form.refuse(wrong);
    }
    let Extent { from, to, size, amount } = extent.ok()?;
    Some(Plan { of: of?, from, to, office: office?, size, amount })
}

async fn screen(staff: &Staff, mut form: Form) -> Result<Response, Failure> {
    let grants = staff.person.grants.clone();
    let offices = staff.app.read(move |snapshot, _| offices(snapshot, &grants)).await?;
    let page = staff.desk_page("draw-title", EVALUATION).in_error(form.has_errors());
    if let ([only], None) = (offices.as_slice(), form.text("office")) {
        form = form.replaced("office", only.code.as_str());
    }
    let drawing = Drawing {
        kinds: Population::ALL.iter().map(|kind| Choice::new(kind.code(), page.t(kind.key()))).collect(),
        sizes: Size::ALL.iter().map(|size| Choice::new(size.code(), page.t(size.key()))).collect(),
        offices: offices
            .iter()
            .map(|unit| Choice::new(unit.code.as_str(), unit.full(page.locale())))
            .collect(),
        page,
        form,
    };
    reply::page(&drawing, Some(&drawing.form))
}

/// The offices whose matters this person may draw from.
fn offices(query: &mut dyn Query, grants: &[Grant]) -> Result<Vec<UnitRow>, Failure> {
    let filter = UnitFilter { kind: Some(UnitKind::IntakeOffice), ..UnitFilter::default() };
    let mut found = BTreeMap::new();
    for grant in grants.iter().filter(|grant| allows(grant.role, Permission::SampleDraw, Relation::Office)) {
        for unit in network::units_below(query, &grant.path, &filter)? {
            found.insert(unit.path.0.clone(), unit);
        }
    }
    Ok(found.into_values().collect())
}

impl Drawing {
    fn back(&self) -> &'static str {
        PATH
    }
}
