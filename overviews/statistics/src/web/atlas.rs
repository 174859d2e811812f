//! `GET /map`: the city at a glance. One figure shades the areas: matters by where they come
//! from, assignments by the county unit that answers for them, or records of a register. Over
//! it lie open matters as circles or a register's records as points. The table beside it holds
//! the same numbers, and stands alone where there is no map to show.

mod layers;

use super::ask::Fields;
use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use kernel::permission::Permission;
use layers::{Overlay, Reading, Shade};
use network::map::{Map, Scale};
use platform::Failure;
use platform::ui::{Choice, Form, Page};
use platform::web::Staff;
use registers::read::places;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "statistics/atlas.html")]
struct Atlas {
    page: Page,
    form: Form,
    shades: Vec<Choice>,
    overlays: Vec<Choice>,
    figure: String,
    as_of: String,
    from: String,
    map: Option<Map>,
    rows: Vec<Row>,
    total: Option<Row>,
    formula: String,
    notes: Vec<String>,
}

/// A row of the table beside the map.
struct Row {
    name: String,
    number: super::by::Number,
}

/// What lies over the shades.
#[derive(Deserialize)]
pub(super) struct Over {
    #[serde(default)]
    over: String,
}

/// See the module.
pub(super) async fn atlas(
    staff: Staff,
    Query(fields): Query<Fields>,
    Query(over): Query<Over>,
) -> Result<Html<String>, Failure> {
    let (asked, form) = fields.read();
    let form = form.replaced("over", &over.over);
    let page = staff.desk_page("atlas-title", "nav-map").in_error(form.has_errors());
    let reads_registers = staff.person.may_ever(Permission::RegisterRead);
    let (words, grants, question) = (page.clone(), staff.person.grants.clone(), asked.clone());
    let found = staff
        .app
        .read(move |q, app| {
            let registers = if reads_registers { registers::read::all(q, app)? } else { Vec::new() };
            let shade = Shade::asked(&fields.figure, question.from.is_some(), &registers);
            let overlay = Overlay::asked(&over.over, &registers);
            let boundaries = network::map::boundaries(q, app)?;
            let reading = Reading { page: &words, app, asked: &question, grants: &grants };
            let places = reading.places(q, &boundaries)?;
            let shown = reading.shaded(q, &shade, &places)?;
            let over = reading.overlaid(q, &overlay, &places, boundaries.is_some())?;
            Ok((registers, shade, boundaries, shown, over))
        })
        .await?;
    let (registers, shade, boundaries, shown, over) = found;
    let period = asked.from.is_some();
    let mut notes = vec![page.t(shade.note())];
    let figure = shade.name(&page);
    let map = boundaries.as_ref().map(|boundaries| {
        let scale = if shade.is_rate() { Scale::Rate } else { Scale::Count };
        let title = page.t1("network-map", "figure", figure.as_str());
        let mut map = Map::new(&page, title, scale, boundaries, |shape| shown.figure(&shape.area));
        map.weigh(&page, boundaries, over.amounts);
        let off = map.mark(over.points);
        if off > 0 {
            notes.push(page.t1("atlas-off", "count", page.number(off)));
        }
        map
    });
    if map.is_none() {
        notes.push(page.t("atlas-none"));
    }
    let day = asked.as_of.unwrap_or_else(|| staff.app.config.zone.date_of(staff.app.now()));
    let body = Atlas {
        shades: layers::shades(&page, period, &registers),
        overlays: layers::overlays(&page, registers.iter().filter(|one| places::point(one).is_some())),
        as_of: page.date(&day),
        from: asked.from.map(|from| page.date(&from)).unwrap_or_default(),
        formula: shade.formula(&page),
        rows: shown.rows.into_iter().map(|(_, name, _, number)| Row { name, number }).collect(),
        total: shown.total.map(|number| Row { name: page.t("statistics-total"), number }),
        form: form.replaced("figure", shade.code()),
        figure,
        map,
        notes,
        page,
    };
    Ok(Html(body.render()?))
}
