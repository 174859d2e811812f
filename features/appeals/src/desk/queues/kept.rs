//! What someone keeps of their lists of matters (`platform::kept`), and the forms that change it.

use super::super::page;
use super::look::Look;
use axum::extract::Path;
use axum::response::Response;
use kernel::text::plain_line;
use platform::Failure;
use platform::kept::{NAME_MAX, Saved};
use platform::web::{Access, Routes, Staff};

/// The key under which it is kept.
pub const KEY: &str = "lists";

/// Everything kept.
pub type Kept = platform::kept::Kept<Look>;

/// The routes that change it.
pub fn routes() -> Routes {
    Routes::new()
        .post("/desk/filters", Access::SignedIn, save)
        .post("/desk/filters/{n}/removal", Access::SignedIn, remove)
        .post("/desk/columns", Access::SignedIn, choose_columns)
}

async fn save(
    staff: Staff,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let sent_as =
        |wanted: &str| sent.iter().find(|(field, _)| field == wanted).map(|(_, value)| value.as_str());
    let name: String = plain_line(sent_as("name").unwrap_or_default()).chars().take(NAME_MAX).collect();
    let look = Look::of_fields(&sent);
    let back = back_to(&look);
    if name.is_empty() {
        return Ok(page::go(&staff, &back, "flash-filter-unnamed"));
    }
    let saved = Saved { name, look, first: sent_as("first").is_some() };
    Kept::change(&staff, KEY.to_owned(), move |kept| kept.save(saved.clone())).await?;
    Ok(page::go(&staff, &back, "flash-filter-saved"))
}

async fn remove(
    staff: Staff,
    Path(n): Path<usize>,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    Kept::change(&staff, KEY.to_owned(), move |kept| kept.remove(n)).await?;
    Ok(page::go(&staff, &back_to(&Look::of_fields(&sent)), "flash-filter-removed"))
}

async fn choose_columns(
    staff: Staff,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let columns: Vec<String> =
        sent.iter().filter(|(field, _)| field == "column").map(|(_, code)| code.clone()).collect();
    Kept::change(&staff, KEY.to_owned(), move |kept| kept.columns.clone_from(&columns)).await?;
    Ok(page::go(&staff, &back_to(&Look::of_fields(&sent)), "flash-columns-chosen"))
}

fn back_to(look: &Look) -> String {
    let tab = look.tab.as_deref().and_then(matters::Tab::parse).unwrap_or_default();
    look.href("/desk", tab, None)
}
