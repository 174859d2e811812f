//! What a client looks up: units, categories, and who it acts for.

use axum::Json;
use kernel::permission::Permission;
use matters::categories::{self, Category};
use network::{UnitRow, search_units};
use platform::Failure;
use platform::web::{Access, ApiQuery, Ctx, Endpoint, Routes, Staff};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which units.
#[derive(Deserialize, IntoParams)]
struct Search {
    /// Part of a name or code.
    #[serde(default)]
    text: String,
}

/// A unit.
#[derive(Serialize, ToSchema)]
struct Unit {
    code: String,
    name: String,
    short_name: String,
    /// `province`, `city`, `county`, `township` or `village`.
    level: &'static str,
    /// The unit it belongs to.
    parent: Option<String>,
    /// Code of the area it serves.
    area: Option<String>,
}

/// A category with who usually handles it.
#[derive(Serialize, ToSchema)]
#[schema(as = Category)]
struct CategoryJson {
    code: String,
    name: String,
    name_en: String,
    group: String,
    group_name: String,
    group_name_en: String,
    /// What belongs here; may be empty.
    help: String,
    /// Pinyin initials of the name.
    initials: String,
    /// Kinds of departments that usually lead.
    leads: Vec<String>,
    /// Kinds of departments that usually work with them.
    co: Vec<String>,
}

/// Who asks.
#[derive(Serialize, ToSchema)]
struct Me {
    /// Display name: the post.
    name: String,
    /// Whether a staff system asks for them.
    by_token: bool,
    /// Roles in force now.
    grants: Vec<Held>,
}

/// A role held in a unit and all below it.
#[derive(Serialize, ToSchema)]
struct Held {
    role: &'static str,
    /// Code of the unit.
    unit: String,
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .endpoint(
            Access::Staff(Permission::NetworkRead),
            Endpoint::get("/api/v1/units", "units", "Open units by name or code, at most 50")
                .tag("lists")
                .query::<Search>()
                .answer_list::<Unit>("Highest level first"),
            units,
        )
        .endpoint(
            Access::Public,
            Endpoint::get(
                "/api/v1/categories",
                "categories",
                "What appeals are about: the categories offered today",
            )
            .tag("lists")
            .answer_list::<CategoryJson>("Group by group"),
            offered,
        )
        .endpoint(
            Access::SignedIn,
            Endpoint::get("/api/v1/me", "me", "Who asks, and what they hold")
                .tag("lists")
                .answer::<Me>(200, "The asker"),
            me,
        )
}

async fn units(staff: Staff, ApiQuery(search): ApiQuery<Search>) -> Result<Json<Vec<Unit>>, Failure> {
    let found = staff.app.read(move |snapshot, _| Ok(search_units(snapshot, &search.text)?)).await?;
    Ok(Json(found.into_iter().map(Unit::from).collect()))
}

async fn offered(ctx: Ctx) -> Result<Json<Vec<CategoryJson>>, Failure> {
    let found = ctx.app.read(|snapshot, app| categories::in_force(snapshot, app)).await?;
    Ok(Json(found.offered().map(CategoryJson::from).collect()))
}

async fn me(staff: Staff) -> Json<Me> {
    let held =
        |grant: &kernel::permission::Grant| Held { role: grant.role.code(), unit: grant.unit.to_string() };
    Json(Me {
        name: staff.person.name.clone(),
        by_token: staff.person.token.is_some(),
        grants: staff.person.grants.iter().map(held).collect(),
    })
}

impl From<UnitRow> for Unit {
    fn from(row: UnitRow) -> Self {
        Self {
            code: row.code.0,
            name: row.name,
            short_name: row.short_name,
            level: row.level.code(),
            parent: row.parent.map(|unit| unit.0),
            area: row.area.map(|area| area.0),
        }
    }
}

impl From<&Category> for CategoryJson {
    fn from(category: &Category) -> Self {
        Self {
            code: category.code.clone(),
            name: category.name.zh.clone(),
            name_en: category.name.en.clone(),
            group: category.group.clone(),
            group_name: category.group_name.zh.clone(),
            group_name_en: category.group_name.en.clone(),
            help: category.help.zh.clone(),
            initials: category.initials.clone(),
            leads: category.leads.clone(),
            co: category.co.clone(),
        }
    }
}
