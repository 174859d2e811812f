//! Writing an item, and the next version of one. What is saved is a draft; "save and submit"
//! sends it to the reviewer at once.

use crate::form::{filled, fresh as fresh_form, read};
use crate::show::{href, opened};
use crate::{NAV, PATH};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::permission::{Grant, Permission, may_ever};
use kernel::{AreaId, UnitId};
use knowledge::rules::{Command, Kind};
use network::UnitFilter;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Staff;
use platform::web::reply::{self, Fields};
use platform::{Failure, Work};
use serde::Deserialize;
use store::Query as StoreQuery;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "knowledge/edit.html")]
struct Edit {
    page: Page,
    form: Form,
    kind: Kind,
    offers: Offers,
    action: String,
    back: String,
}

/// What the form offers to choose from.
struct Offers {
    units: Vec<Choice>,
    areas: Vec<Choice>,
    categories: Vec<Choice>,
}

#[derive(Deserialize)]
pub(crate) struct Fresh {
    #[serde(default)]
    kind: String,
}

/// `GET /desk/knowledge/new?kind=policy`
pub(crate) async fn fresh(staff: Staff, Query(asked): Query<Fresh>) -> Result<Response, Failure> {
    let kind = Kind::parse(&asked.kind).unwrap_or(Kind::Answer);
    let today = staff.app.config.zone.date_of(staff.app.now());
    let own = keeping(&staff.person.grants).next().map(|grant| grant.unit.clone());
    screen(&staff, fresh_form(kind, own.as_ref(), today), None).await
}

/// `POST /desk/knowledge/new`
pub(crate) async fn add(staff: Staff, fields: Fields) -> Result<Response, Failure> {
    let id = staff.app.fresh().uuid();
    save(staff, id, None, reply::form(fields)).await
}

/// `GET /desk/knowledge/{id}/draft`: the draft as it stands, or the version in force as the
/// beginning of the next.
pub(crate) async fn revision(staff: Staff, Path(id): Path<Uuid>) -> Result<Response, Failure> {
    let item = opened(&staff, id).await?;
    let draft = item.state.draft.as_ref().map(|draft| &draft.content);
    let content = draft.or_else(|| item.state.current().map(|version| &version.content));
    let content = content.ok_or(Failure::NotFound)?;
    let form = filled(content, yuan).with("version", item.version);
    screen(&staff, form, Some(id)).await
}

/// `POST /desk/knowledge/{id}/draft`
pub(crate) async fn revise(staff: Staff, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let expected = form.value("version").parse().map_err(|_| Failure::Stale)?;
    save(staff, id, Some(expected), form).await
}

async fn save(staff: Staff, id: Uuid, expected: Option<i64>, form: Form) -> Result<Response, Failure> {
    let known = expected.map(|_| id);
    let content = match read(&form) {
        Ok(content) => content,
        Err(errors) => return screen(&staff, errors.into_iter().fold(form, Form::refused), known).await,
    };
    let submit = form.value("submit") == "yes";
    let by = staff.by();
    let saved = staff
        .app
        .write(move |work: &mut Work<'_>| {
            let draft = Command::Draft(Box::new(content.clone()));
            knowledge::act(work, &by, id, expected, &draft)?;
            if submit {
                knowledge::act(work, &by, id, None, &Command::Submit)?;
            }
            Ok(())
        })
        .await;
    match saved {
        Ok(()) => {
            let told = if submit { "flash-know-submitted" } else { "flash-know-saved" };
            Ok(reply::done(&staff, &href(id), told))
        }
        Err(Failure::Refused(refusal)) => screen(&staff, form.refused(&refusal), known).await,
        Err(Failure::Stale) => {
            let told = FieldError { field: None, ..FieldError::new("", "know-overtaken") };
            screen(&staff, form.refused(told), known).await
        }
        Err(failure) => Err(failure),
    }
}

async fn screen(staff: &Staff, form: Form, id: Option<Uuid>) -> Result<Response, Failure> {
    let title = if id.is_some() { "know-edit" } else { "know-new" };
    let page = staff.desk_page(title, NAV).in_error(form.has_errors());
    let offers = offers(staff, &page, form.text("unit").map(UnitId::from)).await?;
    let kind = Kind::parse(form.value("kind")).unwrap_or(Kind::Answer);
    let (action, back) = match id {
        Some(id) => (format!("{}/draft", href(id)), href(id)),
        None => (format!("{PATH}/new"), PATH.to_owned()),
    };
    let edit = Edit { page, form, kind, offers, action, back };
    reply::page(&edit, Some(&edit.form))
}

/// Money as it is typed again: in the largest unit that loses nothing.
pub(crate) fn yuan(fen: i64) -> String {
    const WAN: i64 = 1_000_000;
    const YI: i64 = 10_000 * WAN;
    match fen {
        fen if fen % YI == 0 => format!("{}亿元", fen / YI),
        fen if fen % WAN == 0 => format!("{}万元", fen / WAN),
        fen if fen % 100 == 0 => format!("{}元", fen / 100),
        fen => format!("{}.{:02}元", fen / 100, fen % 100),
    }
}

/// Posts that keep items.
pub(crate) fn keeping(grants: &[Grant]) -> impl Iterator<Item = &Grant> {
    grants.iter().filter(|grant| may_ever(grant.role, Permission::KnowledgeWrite))
}

/// The units whose items these grants keep.
pub(crate) fn kept_units(q: &mut dyn StoreQuery, grants: &[Grant]) -> Result<Vec<network::UnitRow>, Failure> {
    let mut units: Vec<network::UnitRow> = Vec::new();
    for grant in keeping(grants) {
        for unit in network::units_below(q, &grant.path, &UnitFilter::default())? {
            if !units.iter().any(|known| known.code == unit.code) {
                units.push(unit);
            }
        }
    }
    Ok(units)
}

/// A unit that owns the item and is not the reader's stays on offer, so that nothing changes
/// by looking.
async fn offers(staff: &Staff, page: &Page, owner: Option<UnitId>) -> Result<Offers, Failure> {
    let grants = staff.person.grants.clone();
    let (units, areas, categories) = staff
        .app
        .read(move |q, app| {
            let mut units = kept_units(q, &grants)?;
            if let Some(owner) = owner.as_ref().filter(|owner| !units.iter().any(|unit| unit.code == **owner))
            {
                units.extend(network::unit(q, owner)?);
            }
            let city = match &app.config.intake_office {
                Some(office) => network::unit(q, office)?.and_then(|office| office.area),
                None => None,
            };
            let areas = network::areas_below(q, city.as_ref())?;
            Ok((units, areas, matters::categories::in_force(q, app)?))
        })
        .await?;
    let locale = page.locale();
    let level = |unit: &network::UnitRow| page.t(&format!("level-{}", unit.level.code()));
    let category = |category: &matters::categories::Category| {
        Choice::new(&category.code, category.name.in_locale(locale))
            .group(category.group_name.in_locale(locale))
    };
    let mut units: Vec<&network::UnitRow> = units.iter().collect();
    units.sort_by_key(|unit| unit.level);
    Ok(Offers {
        units: units
            .into_iter()
            .map(|unit| Choice::new(&unit.code, unit.full(locale)).group(level(unit)))
            .collect(),
        areas: areas.iter().map(|area| Choice::new(AreaId::as_str(&area.code), area.named(locale))).collect(),
        categories: categories.offered().map(category).collect(),
    })
}
