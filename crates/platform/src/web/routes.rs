//! A router that knows what each route demands.

use super::access::Access;
use super::endpoint::Endpoint;
use super::guard;
use crate::app::App;
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, on};

/// A declared route, for the reviewed list and its test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// HTTP method.
    pub method: Method,
    /// Path pattern, e.g. `/matters/{id}`.
    pub path: &'static str,
    /// What it demands.
    pub access: Access,
}

/// Routes of a feature. The only way into the product's router.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    declared: Vec<Declared>,
    described: Vec<(Endpoint, Access)>,
}

impl Routes {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page or a query.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::GET, path, access, handler)
    }

    /// A change.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::POST, path, access, handler)
    }

    /// An endpoint of the API, with its description for the OpenAPI document.
    #[must_use]
    pub fn endpoint<H, T>(mut self, access: Access, endpoint: Endpoint, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self = self.add(endpoint.method.clone(), endpoint.path, access, handler);
        self.described.push((endpoint, access));
        self
    }

    /// Puts a change under any method (the API's DELETE).
    #[must_use]
    pub fn add<H, T>(mut self, method: Method, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).expect("one of HTTP's own methods");
        let guarded = on(filter, handler)
            .layer(axum::middleware::from_fn(move |request, next| guard::check(access, request, next)));
        self.router = self.router.route(path, guarded);
        self.declared.push(Declared { method, path, access });
        self
    }

    /// Adds another feature's.
    #[must_use]
    pub fn merge(mut self, other: Routes) -> Self {
        self.router = self.router.merge(other.router);
        self.declared.extend(other.declared);
        self.described.extend(other.described);
        self
    }

    /// What has been declared.
    pub fn declared(&self) -> &[Declared] {
        &self.declared
    }

    /// The endpoints among them that stand in the OpenAPI document.
    pub fn described(&self) -> &[(Endpoint, Access)] {
        &self.described
    }

    /// The router.
    pub fn into_router(self) -> Router<App> {
        self.router
    }
}
