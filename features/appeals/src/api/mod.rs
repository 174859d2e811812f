//! The JSON API `/api/v1`: the same commands and queries as the pages, one file per group
//! of endpoints. Each endpoint is declared once, with its description.
//!
//! - [`intake`]: anyone files an appeal.
//! - [`tracking`], [`appellant`]: its appellant follows it and writes, by number and code.
//! - [`matters`], [`verbs`], [`files`]: staff and their systems.
//! - [`lists`]: units, categories, and who asks.

mod appellant;
mod files;
mod intake;
mod known;
mod lists;
mod matters;
mod tracking;
mod verbs;
mod view;

use axum::Json;
use axum::http::{HeaderName, HeaderValue, header};
use platform::ui::Source;
use platform::web::Routes;

/// The API's own texts.
pub const LOCALES: Source = Source {
    name: "appeals/api",
    zh_cn: include_str!("../../locales/zh-CN/api.ftl"),
    en: include_str!("../../locales/en/api.ftl"),
};

/// All endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .merge(intake::routes())
        .merge(tracking::routes())
        .merge(appellant::routes())
        .merge(matters::routes())
        .merge(verbs::routes())
        .merge(files::routes())
        .merge(lists::routes())
}

/// An answer for this reader alone: caches keep nothing of it.
type Private<T> = ([(HeaderName, HeaderValue); 1], Json<T>);

fn private<T>(value: T) -> Private<T> {
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(value))
}
