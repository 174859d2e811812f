//! An endpoint of the JSON API: one declaration gives its route and its description, so
//! that neither can be without the other.

use super::access::Access;
use axum::http::Method;
use std::collections::BTreeSet;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, ObjectBuilder, Schema, SchemaFormat, Type,
};
use utoipa::openapi::{Ref, RefOr, Required, SecurityRequirement};
use utoipa::{IntoParams, ToSchema};

/// The header in which an appellant sends the tracking code; never a query string, which
/// logs keep.
pub const TRACKING_CODE: &str = "Tongxin-Tracking-Code";

/// Names of the security schemes in the document.
pub(super) const BEARER: &str = "bearer";
pub(super) const SESSION: &str = "session";
pub(super) const CODE: &str = "tracking_code";

/// See the module. Built up, then handed to [`super::Routes::endpoint`].
#[derive(Clone)]
pub struct Endpoint {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) schemas: Vec<(String, RefOr<Schema>)>,
    operation: Operation,
    problems: BTreeSet<u16>,
}

impl Endpoint {
    /// A query. `id` is its name for client generators, in lower camel case.
    pub fn get(path: &'static str, id: &str, summary: &str) -> Self {
        Self::new(Method::GET, path, id, summary)
    }

    /// A change.
    pub fn post(path: &'static str, id: &str, summary: &str) -> Self {
        Self::new(Method::POST, path, id, summary)
    }

    fn new(method: Method, path: &'static str, id: &str, summary: &str) -> Self {
        let mut operation = OperationBuilder::new().operation_id(Some(id)).summary(Some(summary));
        for name in names(path) {
            operation = operation.parameter(in_path(name));
        }
        let problems = names(path).map(|_| 404).collect();
        Self { method, path, schemas: Vec::new(), operation: operation.build(), problems }
    }

    /// Which group it stands in.
    #[must_use]
    pub fn tag(self, tag: &str) -> Self {
        self.with(|operation| operation.tag(tag))
    }

    /// More than the summary says, in Markdown.
    #[must_use]
    pub fn about(self, text: &str) -> Self {
        self.with(|operation| operation.description(Some(text)))
    }

    /// The members of its query.
    #[must_use]
    pub fn query<T: IntoParams>(mut self) -> Self {
        for parameter in T::into_params(|| Some(ParameterIn::Query)) {
            self = self.with(|operation| operation.parameter(parameter));
        }
        self.fails(&[400])
    }

    /// A header it reads.
    #[must_use]
    pub fn header(self, name: &str, required: bool, about: &str) -> Self {
        let required = if required { Required::True } else { Required::False };
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .required(required)
            .description(Some(about))
            .schema(Some(text()));
        self.with(|operation| operation.parameter(parameter))
    }

    /// Its JSON body. Members it does not know are refused, so the schemas say so.
    #[must_use]
    pub fn body<T: ToSchema>(mut self) -> Self {
        let before = self.schemas.len();
        let content = ContentBuilder::new().schema(Some(self.schema::<T>())).build();
        for (_, schema) in &mut self.schemas[before..] {
            if let RefOr::T(Schema::Object(object)) = schema {
                object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
            }
        }
        let body =
            RequestBodyBuilder::new().content("application/json", content).required(Some(Required::True));
        self.with(|operation| operation.request_body(Some(body.build()))).fails(&[400, 413, 415, 422])
    }

    /// What it answers when all went well.
    #[must_use]
    pub fn answer<T: ToSchema>(self, status: u16, about: &str) -> Self {
        self.answer_with::<T>(status, about, &[])
    }

    /// The same with headers: name and meaning.
    #[must_use]
    pub fn answer_with<T: ToSchema>(mut self, status: u16, about: &str, headers: &[(&str, &str)]) -> Self {
        let content = ContentBuilder::new().schema(Some(self.schema::<T>())).build();
        let mut response = ResponseBuilder::new().description(about).content("application/json", content);
        for (name, about) in headers {
            response = response
                .header(*name, HeaderBuilder::new().schema(Some(text())).description(Some(*about)).build());
        }
        self.with(|operation| operation.response(status.to_string(), response))
    }

    /// A list as the answer.
    #[must_use]
    pub fn answer_list<T: ToSchema>(mut self, about: &str) -> Self {
        let list = ArrayBuilder::new().items(self.schema::<T>());
        let content = ContentBuilder::new().schema(Some(list)).build();
        let response = ResponseBuilder::new().description(about).content("application/json", content);
        self.with(|operation| operation.response("200", response))
    }

    /// Nothing to answer but that it is done.
    #[must_use]
    pub fn done(self, about: &str) -> Self {
        self.with(|operation| operation.response("204", ResponseBuilder::new().description(about)))
    }

    /// A file or another answer that is not JSON.
    #[must_use]
    pub fn answer_raw(self, status: u16, media_type: &str, about: &str) -> Self {
        let response =
            ResponseBuilder::new().description(about).content(media_type, ContentBuilder::new().build());
        self.with(|operation| operation.response(status.to_string(), response))
    }

    /// Further statuses with which it may fail; what follows from body, query, path and
    /// access stands there already.
    #[must_use]
    pub fn fails(mut self, statuses: &[u16]) -> Self {
        self.problems.extend(statuses);
        self
    }

    /// The finished description.
    pub(super) fn operation(&self, access: Access) -> Operation {
        let mut operation = OperationBuilder::from(self.operation.clone());
        let mut problems = self.problems.clone();
        match access {
            // The empty requirement: whoever asks.
            Access::Public => operation = operation.security(SecurityRequirement::default()),
            Access::Appellant => operation = operation.security(requires(CODE)),
            Access::SignedIn | Access::Staff(_) => {
                operation = operation.security(requires(BEARER)).security(requires(SESSION));
                problems.extend([401, 403]);
            }
        }
        for status in problems {
            operation =
                operation.response(status.to_string(), RefOr::Ref(Ref::from_response_name("Problem")));
        }
        operation.build()
    }

    fn with(mut self, change: impl FnOnce(OperationBuilder) -> OperationBuilder) -> Self {
        self.operation = change(self.operation.into()).build();
        self
    }

    fn schema<T: ToSchema>(&mut self) -> RefOr<Schema> {
        T::schemas(&mut self.schemas);
        self.schemas.push((T::name().into_owned(), T::schema()));
        RefOr::Ref(Ref::from_schema_name(T::name()))
    }
}

fn requires(scheme: &str) -> SecurityRequirement {
    SecurityRequirement::new(scheme, [] as [&str; 0])
}

fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn in_path(name: &str) -> Parameter {
    let schema = ObjectBuilder::new().schema_type(Type::String);
    let schema = match name {
        "number" | "register" | "partner" | "link" => schema,
        _ => schema.format(Some(SchemaFormat::Custom("uuid".into()))),
    };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(schema))
        .build()
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}
