//! What someone keeps of a register's list (`platform::kept`): filters, as the query of its
//! address, and columns.

use crate::ask::Fields;
use crate::reply;
use axum::extract::Path;
use axum::response::Response;
use kernel::text::plain_line;
use platform::Failure;
use platform::kept::{self, NAME_MAX, Saved};
use platform::web::Staff;
use registers::rules::definition::{Definition, Field, Kind};

/// Everything kept of one list.
pub(crate) type Kept = kept::Kept<String>;

/// The key under which it is kept.
pub(crate) fn key(register: &str) -> String {
    format!("register-list:{register}")
}

/// `POST …/filters`: the list as it is shown, under a name.
pub(crate) async fn save(
    staff: Staff,
    Path(code): Path<String>,
    fields: reply::Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let name: String = plain_line(form.value("name")).chars().take(NAME_MAX).collect();
    let look = Fields::of_query(form.value("query")).kept();
    let back = back_to(&code, &look);
    if name.is_empty() {
        return Ok(reply::done(&staff, &back, "flash-filter-unnamed"));
    }
    let saved = Saved { name, look, first: form.checked("first", "yes") };
    Kept::change(&staff, key(&code), move |kept| kept.save(saved.clone())).await?;
    Ok(reply::done(&staff, &back, "flash-filter-saved"))
}

/// `POST …/filters/{n}/removal`
pub(crate) async fn remove(
    staff: Staff,
    Path((code, n)): Path<(String, usize)>,
) -> Result<Response, Failure> {
    Kept::change(&staff, key(&code), move |kept| kept.remove(n)).await?;
    Ok(reply::done(&staff, &format!("/registers/{code}?all=yes"), "flash-filter-removed"))
}

/// `POST …/columns`
pub(crate) async fn choose_columns(
    staff: Staff,
    Path(code): Path<String>,
    fields: reply::Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let columns: Vec<String> = form.all("column").iter().map(|code| (*code).to_owned()).collect();
    let back = back_to(&code, &Fields::of_query(form.value("query")).kept());
    Kept::change(&staff, key(&code), move |kept| kept.columns.clone_from(&columns)).await?;
    Ok(reply::done(&staff, &back, "flash-columns-chosen"))
}

fn back_to(code: &str, look: &str) -> String {
    if look.is_empty() { format!("/registers/{code}?all=yes") } else { format!("/registers/{code}?{look}") }
}

/// A column of a list beside the record's title, which is always there.
#[derive(Clone, Copy)]
pub(crate) enum Column<'d> {
    Field(&'d Field),
    Stage,
    Level,
    NextContact,
    Unit,
    Changed,
}

impl Column<'_> {
    /// Its code; fields go by their own, which are never called like the others.
    pub fn code(&self) -> &str {
        match self {
            Self::Field(field) => &field.code,
            Self::Stage => "stage",
            Self::Level => "level",
            Self::NextContact => "next_contact",
            Self::Unit => "unit",
            Self::Changed => "changed_at",
        }
    }
}

/// Every column a register's list can have, in the order of the list.
pub(crate) fn columns(definition: &Definition) -> Vec<Column<'_>> {
    let shown = |field: &&Field| {
        !field.retired
            && !field.is_sealed()
            && !definition.title.contains(&field.code)
            && !matches!(field.kind, Kind::Attachment | Kind::Point)
    };
    let mut found: Vec<Column<'_>> = definition.fields.iter().filter(shown).map(Column::Field).collect();
    if !definition.stages.is_empty() {
        found.push(Column::Stage);
    }
    if !definition.levels.is_empty() {
        found.push(Column::Level);
    }
    if definition.follow_up.is_some() {
        found.push(Column::NextContact);
    }
    found.extend([Column::Unit, Column::Changed]);
    found
}

/// Those that someone chose; the usual ones where none of them is there any more.
pub(crate) fn chosen<'d>(definition: &'d Definition, codes: &[String]) -> Vec<Column<'d>> {
    let all = columns(definition);
    let chosen: Vec<Column<'d>> =
        all.iter().copied().filter(|column| codes.iter().any(|code| code == column.code())).collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let usual = |column: &Column<'_>| match column {
        Column::Field(field) => field.listed,
        Column::Changed => false,
        _ => true,
    };
    all.into_iter().filter(usual).collect()
}
