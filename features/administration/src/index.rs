//! `GET /admin/configuration`: every document with the version in force.

use crate::names::Names;
use crate::working::Working;
use askama::Template;
use axum::response::Response;
use matters::configuration::Document;
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;
use platform::web::reply;

#[derive(Template)]
#[template(path = "administration/index.html")]
struct Index {
    page: Page,
    names: Names,
    documents: Vec<Working>,
}

/// See the module.
pub(crate) async fn show(staff: Staff) -> Result<Response, Failure> {
    let mut documents = Vec::with_capacity(Document::ALL.len());
    for document in Document::ALL {
        documents.push(Working::open(&staff, document.code()).await?);
    }
    let page = staff.desk_page("config-title", "nav-configuration");
    let mut actors = Vec::new();
    for version in documents.iter().filter_map(Working::current) {
        actors.push(version.actor.clone());
    }
    let names = Names::of(&staff, &page, &actors).await?;
    reply::page(&Index { page, names, documents }, None)
}

impl Working {
    /// The version that holds today.
    pub(crate) fn current(&self) -> Option<&matters::configuration::Version> {
        self.versions.iter().find(|version| version.position == self.in_force)
    }

    /// A version that is published and holds from a later day on.
    pub(crate) fn coming(&self) -> Option<&matters::configuration::Version> {
        let today = self.today.to_string();
        self.versions.first().filter(|version| version.effective_from > today)
    }
}
