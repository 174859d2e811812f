//! Codes that come from outside: whether there is such a category and such an area.

use kernel::AreaId;
use matters::categories;
use platform::ui::FieldError;
use platform::{App, Failure};

/// Checks the codes of a new appeal, each on its member below `at` (empty, or ending in `/`).
///
/// # Errors
/// [`Failure::Invalid`] with each code that is not known; whatever the store says.
pub async fn check(
    app: &App,
    at: &str,
    category: Option<&str>,
    area: Option<&AreaId>,
) -> Result<(), Failure> {
    let mut errors = Vec::new();
    let offered = app.read(|snapshot, app| categories::in_force(snapshot, app)).await?;
    if category.is_some_and(|code| offered.offer(code).is_none()) {
        errors.push(FieldError::new(&format!("{at}category"), "entry-unknown"));
    }
    if let Some(area) = area.cloned() {
        let found = app.read(move |snapshot, _| Ok(network::area(snapshot, &area)?)).await?;
        if found.is_none() {
            errors.push(FieldError::new(&format!("{at}area"), "entry-unknown"));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Failure::Invalid(errors)) }
}
