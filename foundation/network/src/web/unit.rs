//! `GET /network/units/{code}`: one unit, where it stands and what stands below it.

use super::Shown;
use super::index::with_counts;
use crate::read::{self, AreaRow, UnitRow};
use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use kernel::UnitId;
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;

#[derive(Template)]
#[template(path = "network/unit.html")]
struct OneUnit {
    page: Page,
    shown: Shown,
    ancestors: Vec<UnitRow>,
    area: Option<AreaRow>,
    overlays: Vec<AreaRow>,
    zones: Vec<UnitRow>,
    children: Vec<Shown>,
}

/// See the module.
pub(super) async fn unit(staff: Staff, Path(code): Path<String>) -> Result<Html<String>, Failure> {
    let code = UnitId(code);
    let (unit, ancestors, area, overlays, zones, children) = staff
        .app
        .read(move |q, _| {
            let unit = read::unit(q, &code)?.ok_or(Failure::NotFound)?;
            let ancestors = read::ancestors(q, &unit.path)?;
            let overlays = read::overlays(q, &code)?;
            let (area, zones) = match &unit.area {
                Some(area) => (read::area(q, area)?, read::zones_over(q, area)?),
                None => (None, Vec::new()),
            };
            let children = read::children(q, Some(&code))?;
            Ok((unit, ancestors, area, overlays, zones, with_counts(q, children)?))
        })
        .await?;
    let page = staff.desk_page("network-unit", "nav-network").titled_text(&unit.name);
    let children: Vec<Shown> =
        children.into_iter().map(|(unit, below)| Shown::new(&page, unit, below)).collect();
    let shown = Shown::new(&page, unit, i64::try_from(children.len()).unwrap_or(i64::MAX));
    Ok(Html(OneUnit { page, shown, ancestors, area, overlays, zones, children }.render()?))
}
