//! The OpenAPI 3.1 document of all endpoints that were declared, and the two endpoints
//! about the API itself: this document and the health check.

use super::access::Access;
use super::ctx::Ctx;
use super::endpoint::{BEARER, CODE, Endpoint, SESSION, TRACKING_CODE};
use super::failure::Problem;
use super::routes::Routes;
use crate::error::Failure;
use crate::feature::Feature;
use axum::Json;
use axum::http::{Method, header};
use axum::response::IntoResponse;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{HttpMethod, PathsBuilder};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathItem, Ref, RefOr, Schema,
};
use utoipa::{PartialSchema, ToSchema};

/// What the document says of itself.
const ABOUT: &str = "\
File and follow appeals, and carry out every verb of the loop. Refusals and failures are problem details \
(RFC 9457) in the language of `Accept-Language` (`zh-CN` or `en`). Times are RFC 3339 in UTC; dates without \
time are the city's. A guide with examples stands in `docs/api.md`.";

/// Whether the service can do its work. Says nothing more: anyone may ask.
#[derive(Serialize, ToSchema)]
struct Health {
    /// Always `ok`; where the database does not answer the status is 503.
    status: &'static str,
}

/// The document of an installation with these features.
pub fn of_features(features: Vec<Feature>) -> OpenApi {
    document(&with_document(
        features.into_iter().fold(Routes::new(), |all, feature| all.merge(feature.routes)),
    ))
}

/// Adds `/api/v1/openapi.json`, which tells of all these routes and of itself, and
/// `/api/v1/health`.
pub fn with_document(routes: Routes) -> Routes {
    let text: Arc<OnceLock<String>> = Arc::default();
    let told = text.clone();
    let own = Endpoint::get("/api/v1/openapi.json", "openapi", "This document").tag("service");
    let health = Endpoint::get("/api/v1/health", "health", "Whether the service works")
        .tag("service")
        .answer::<Health>(200, "It does")
        .fails(&[503]);
    let routes = routes.endpoint(Access::Public, health, check_health).endpoint(
        Access::Public,
        own.answer_raw(200, "application/json", "The document"),
        move || {
            let told = told.clone();
            async move {
                let text = told.get().cloned().unwrap_or_default();
                ([(header::CONTENT_TYPE, "application/json")], text).into_response()
            }
        },
    );
    let document = document(&routes).to_json().expect("the document is plain data");
    text.get_or_init(|| document);
    routes
}

/// The document of these routes.
///
/// # Panics
/// When two different types bear one name: a mistake in the program, seen at its first start.
pub fn document(routes: &Routes) -> OpenApi {
    let mut paths = PathsBuilder::new();
    let mut schemas = BTreeMap::new();
    let mut tags = BTreeSet::new();
    for (endpoint, access) in routes.described() {
        let method = if endpoint.method == Method::GET { HttpMethod::Get } else { HttpMethod::Post };
        let operation = endpoint.operation(*access);
        tags.extend(operation.tags.iter().flatten().cloned());
        paths = paths.path(endpoint.path, PathItem::new(method, operation));
        for (name, schema) in &endpoint.schemas {
            let known = schemas.entry(name.clone()).or_insert_with(|| schema.clone());
            assert!(known == schema, "two different types of the API are called {name}");
        }
    }
    schemas.extend(problem_schemas());
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .response("Problem", problem())
        .security_scheme(BEARER, bearer())
        .security_scheme(
            SESSION,
            SecurityScheme::ApiKey(ApiKey::Cookie(key("tx_session", "A person's session in the browser."))),
        )
        .security_scheme(
            CODE,
            SecurityScheme::ApiKey(ApiKey::Header(key(TRACKING_CODE, "The tracking code of the receipt."))),
        );
    let info = InfoBuilder::new()
        .title("Tongxin 同心")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()));
    OpenApiBuilder::new().info(info).paths(paths).components(Some(components.build())).build()
}

async fn check_health(ctx: Ctx) -> Result<Json<Health>, Failure> {
    ctx.app.read(|snapshot, _| Ok(store::meta::get(snapshot, "health")?)).await?;
    Ok(Json(Health { status: "ok" }))
}

fn problem_schemas() -> Vec<(String, RefOr<Schema>)> {
    let mut schemas = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut schemas);
    schemas
}

fn problem() -> ResponseBuilder {
    let schema = RefOr::Ref(Ref::from_schema_name(Problem::name()));
    let content = ContentBuilder::new().schema::<RefOr<Schema>>(Some(schema));
    ResponseBuilder::new()
        .description("Not carried out: problem details in the reader's language")
        .content("application/problem+json", content.build())
}

fn bearer() -> SecurityScheme {
    let about = "The token of a staff system; it acts for the account it was issued to.";
    SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(about)).build())
}

fn key(name: &str, about: &str) -> ApiKeyValue {
    ApiKeyValue::with_description(name, about)
}
