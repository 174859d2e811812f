//! `GET /network/duties`: the townships' duty list in force.

use crate::read::{self, DutyRow};
use askama::Template;
use axum::response::Html;
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;

#[derive(Template)]
#[template(path = "network/duties.html")]
struct Duties {
    page: Page,
    items: Vec<DutyRow>,
}

/// See the module.
pub(super) async fn duties(staff: Staff) -> Result<Html<String>, Failure> {
    let items = staff.app.read(|q, _| Ok(read::duty_items(q)?)).await?;
    let page = staff.desk_page("network-duties", "nav-network");
    Ok(Html(Duties { page, items }.render()?))
}
