//! `GET /api/v1/figures`: the figures as JSON, the same as `tongxin figures --json`, of the
//! matters the reader may count.

use axum::Json;
use kernel::UnitId;
use kernel::permission::Permission;
use kernel::time::Date;
use matters::figures::{Asked, figures_for, question};
use matters_rules::figures::Figures;
use platform::Failure;
use platform::ui::FieldError;
use platform::web::{Access, ApiQuery, Endpoint, Routes, Staff};
use serde::Deserialize;
use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

/// What is asked.
#[derive(Deserialize, IntoParams)]
struct Question {
    /// First local day of the period: adds what came in and went out in it.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// The local day whose end is meant, the whole day included; left out, today.
    #[param(value_type = Option<String>, format = Date)]
    as_of: Option<Date>,
    /// Code of the unit at the root of the subtree that is counted.
    unit: Option<String>,
}

/// The endpoint.
pub fn routes() -> Routes {
    Routes::new().endpoint(
        Access::Staff(Permission::FiguresRead),
        Endpoint::get("/api/v1/figures", "figures", "The figures, folded anew from dated facts")
            .tag("figures")
            .about("Every row stands in exactly one cell. Counted is what the reader may see; each rate says what it divides by what.")
            .query::<Question>()
            .answer::<FiguresJson>(200, "The figures")
            .fails(&[404, 422]),
        figures,
    )
}

async fn figures(staff: Staff, ApiQuery(asked): ApiQuery<Question>) -> Result<Json<Value>, Failure> {
    if asked.from.zip(asked.as_of).is_some_and(|(from, as_of)| from > as_of) {
        return Err(Failure::Invalid(vec![FieldError::new("from", "period-reversed")]));
    }
    let unit = asked.unit.map(UnitId);
    let asked = Asked { from: asked.from, as_of: asked.as_of, unit: unit.clone() };
    let grants = staff.person.grants.clone();
    let figures = staff
        .app
        .read(move |snapshot, app| {
            let question = question(snapshot, app, &asked)?;
            figures_for(snapshot, &question, &grants)
        })
        .await?;
    Ok(Json(figures.json(unit.as_ref())))
}

/// What the figures look like, seen from figures of nothing: so the description cannot
/// differ from the answer.
struct FiguresJson;

impl ToSchema for FiguresJson {
    fn name() -> std::borrow::Cow<'static, str> {
        "Figures".into()
    }
}

impl PartialSchema for FiguresJson {
    fn schema() -> RefOr<Schema> {
        RefOr::T(schema_of(&Figures::new(Date::MIN, None).json(None)))
    }
}

fn schema_of(value: &Value) -> Schema {
    let object = match value {
        Value::Object(members) => members.iter().fold(ObjectBuilder::new(), |object, (name, member)| {
            object.property(name, schema_of(member)).required(name)
        }),
        Value::Number(_) => ObjectBuilder::new().schema_type(Type::Integer),
        Value::Null => {
            ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::Number, Type::String, Type::Null]))
        }
        _ => ObjectBuilder::new().schema_type(Type::String),
    };
    object.into()
}
