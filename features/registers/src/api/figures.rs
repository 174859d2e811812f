//! What a register counts, over JSON: each figure as its page shows it, with its formula's parts
//! left to the definition.

use super::{Private, private};
use crate::open::register;
use axum::extract::Path;
use kernel::permission::Permission;
use kernel::time::Date;
use platform::Failure;
use platform::web::{Access, ApiQuery, Endpoint, Routes, Staff};
use registers::read::indicators::{self, Span};
use registers::read::list::Asked;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A figure.
#[derive(Serialize, ToSchema)]
struct RegisterFigure {
    /// Its code.
    code: String,
    /// Its name in Chinese.
    name: String,
    /// Its name in English.
    name_en: String,
    /// The number; money in yuan.
    value: String,
    /// `≥` or `<` where parts of it are bounds; left out where it is exact.
    #[serde(skip_serializing_if = "String::is_empty")]
    bound: String,
    /// Whether it is money.
    money: bool,
}

/// Of which days.
#[derive(Deserialize, IntoParams)]
struct FigurePeriod {
    /// The first day.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// The last day, which counts.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
}

/// All endpoints.
pub(super) fn routes() -> Routes {
    Routes::new().endpoint(
        Access::Staff(Permission::RegisterRead),
        Endpoint::get("/api/v1/registers/{register}/figures", "registerFigures", "What a register counts")
            .tag("registers")
            .query::<FigurePeriod>()
            .answer_list::<RegisterFigure>("The figures, of the records that the reader may see"),
        all,
    )
}

async fn all(
    staff: Staff,
    Path(code): Path<String>,
    ApiQuery(FigurePeriod { from, to }): ApiQuery<FigurePeriod>,
) -> Result<Private<Vec<RegisterFigure>>, Failure> {
    let grants = staff.person.grants.clone();
    let found = staff
        .app
        .read(move |q, app| {
            let definition = register(q, app, &code)?;
            let (asked, span) = (Asked::default(), Span { from, to });
            let mut found = Vec::with_capacity(definition.indicators.len());
            for one in &definition.indicators {
                let figure = indicators::figure(q, &definition, Some(&grants), &asked, one, span)?;
                found.push(RegisterFigure {
                    code: one.code.clone(),
                    name: one.name.zh.clone(),
                    name_en: one.name.en.clone(),
                    value: figure.total.sum.to_string(),
                    bound: figure.total.sign().to_owned(),
                    money: figure.money,
                });
            }
            Ok(found)
        })
        .await?;
    Ok(private(found))
}
