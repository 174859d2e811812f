//! `/desk/papers`: the 承办单 of all assignments ticked in a list, one behind the other.

use super::super::matter::load;
use super::super::page;
use super::{Printer, assignment};
use crate::verbs::Place;
use axum::extract::Query;
use axum::response::Response;
use platform::Failure;
use platform::web::Staff;

/// No more at once: a page of a list.
const MOST: usize = 50;

/// What was ticked, as a page to print, or with `as=docx` as a document.
pub(super) async fn show(
    staff: Staff,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let ticked = asked.iter().filter(|(field, _)| field == "assignment");
    let places: Vec<Place> = ticked.filter_map(|(_, value)| Place::ticked(value)).take(MOST).collect();
    let printer = Printer::of(&staff);
    let mut sheets = Vec::with_capacity(places.len());
    for place in &places {
        match load(&staff, *place).await {
            Ok(view) => sheets.extend(
                place
                    .node
                    .and_then(|node| view.node(node))
                    .map(|node| assignment::sheet(&printer, &view, node)),
            ),
            // It left this person's hands since the list was shown.
            Err(Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    if sheets.is_empty() {
        return Ok(page::go(&staff, "/desk", "flash-none-chosen"));
    }
    let as_word = asked.iter().any(|(field, value)| field == "as" && value == "docx");
    let ticked: Vec<String> =
        places.iter().filter_map(Place::tick).map(|tick| format!("assignment={tick}")).collect();
    let word = format!("/desk/papers?as=docx&{}", ticked.join("&"));
    let name = format!("{} {}", printer.page.t("paper-assignment"), printer.today());
    printer.answer(sheets, as_word, &name, word)
}
