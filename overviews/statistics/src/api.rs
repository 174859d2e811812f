//! `GET /api/v1/figures`: the figures as JSON, the same as `tongxin figures --json`, of the
//! matters the reader may count.

use crate::lines::{NONE, lines};
use axum::Json;
use kernel::UnitId;
use kernel::permission::Grant;
use kernel::permission::Permission;
use kernel::time::Date;
use matters::figures::{Asked, counted};
use matters_rules::figures::{By, Figures};
use platform::ui::{FieldError, Translator};
use platform::web::{Access, ApiQuery, Endpoint, Routes, Staff};
use platform::{App, Failure};
use serde::Deserialize;
use serde_json::{Value, json};
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
    /// Counts apart as well, by `unit`, `category`, `area`, `channel`, `line`, `urgency`,
    /// `type`, `closing`, `day`, `week` or `month`: adds `by` and `rows`.
    by: Option<String>,
}

/// The endpoint.
pub fn routes() -> Routes {
    Routes::new().endpoint(
        Access::Staff(Permission::FiguresRead),
        Endpoint::get("/api/v1/figures", "figures", "The figures, from dated facts")
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
    let (unit, by) = (asked.unit.map(UnitId), asked.by);
    let asked = Asked { from: asked.from, as_of: asked.as_of, unit: unit.clone() };
    let by = match by {
        None => None,
        Some(code) => Some(
            By::parse(&code)
                .ok_or_else(|| Failure::Invalid(vec![FieldError::new("by", "figures-by-unknown")]))?,
        ),
    };
    let grants = staff.person.grants.clone();
    let words = staff.page("statistics-title").translator().clone();
    let answer = staff
        .app
        .read(move |snapshot, app| match by {
            Some(by) => by_json(snapshot, app, &words, &asked, by, Some(&grants)),
            None => Ok(counted(snapshot, app, &asked, None, Some(&grants))?.sum().json(unit.as_ref())),
        })
        .await?;
    Ok(Json(answer))
}

/// The figures counted apart, as the API and the command line print them: those of the
/// whole, and `rows`, each with its own figures and, in a tree, those with everything below.
///
/// # Errors
/// [`Failure::NotFound`] for an unknown unit.
pub fn by_json(
    q: &mut dyn store::Query,
    app: &App,
    words: &Translator,
    asked: &Asked,
    by: By,
    grants: Option<&[Grant]>,
) -> Result<Value, Failure> {
    let found = lines(q, app, words, asked, by, grants)?;
    let rows: Vec<Value> = found
        .lines
        .iter()
        .map(|line| {
            json!({
                "key": (line.key != NONE).then_some(&line.key),
                "name": line.name,
                "depth": line.depth,
                "level": line.level.map(|level| level.code()),
                "figures": line.sum.json(asked.unit.as_ref()),
                "own": line.branch.then(|| line.own.json(asked.unit.as_ref())),
            })
        })
        .collect();
    let mut answer = found.total.json(asked.unit.as_ref());
    answer["by"] = json!(by.code());
    answer["rows_add_up"] = json!(by.adds_up());
    answer["rows"] = rows.into();
    Ok(answer)
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
