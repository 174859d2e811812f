//! Pages, workbooks and API of the knowledge base 知识库, and 服务直达 on the portal: policies
//! and finance products with their conditions, deadline and desk.
//!
//! - `list`: what a keeper lives on: what is about to expire, to review, reported as wrong.
//! - `show`: one item with its versions and what may be done to it; `step`: each of that.
//! - `files`: the document it rests on, as a file.
//! - `form`, `edit`: writing one; `import`, `export`: many at once, as a workbook.
//! - [`remind`]: who keeps an item is told before it expires.
//! - `services`: the public's page.

pub mod remind;

mod api;
mod edit;
mod export;
mod files;
mod form;
mod import;
mod list;
mod names;
mod services;
mod show;
mod step;

use kernel::permission::Permission;
use platform::feature::{Feature, NavEntry};
use platform::ui::Source;
use platform::web::{Access, Routes};

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "knowledge-pages",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Key of the entry in the navigation.
const NAV: &str = "nav-knowledge";
/// Where the list stands.
const PATH: &str = "/desk/knowledge";

/// What the pages bring along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: routes(),
        jobs: remind::handlers(),
        nav: vec![NavEntry {
            key: NAV,
            href: PATH,
            icon: "book",
            permission: Some(Permission::KnowledgeRead),
        }],
        ..Feature::default()
    }
}

fn routes() -> Routes {
    let read = Access::Staff(Permission::KnowledgeRead);
    let write = Access::Staff(Permission::KnowledgeWrite);
    Routes::new()
        .get(PATH, read, list::show)
        .get("/desk/knowledge/table.xlsx", read, export::table)
        .get("/desk/knowledge/template.xlsx", write, import::template)
        .get("/desk/knowledge/import", write, import::show)
        .post("/desk/knowledge/import", write, import::take)
        .get("/desk/knowledge/new", write, edit::fresh)
        .post("/desk/knowledge/new", write, edit::add)
        .get("/desk/knowledge/{id}", read, show::show)
        .get("/desk/knowledge/{id}/versions/{version}", read, show::version)
        .get("/desk/knowledge/{id}/draft", write, edit::revision)
        .post("/desk/knowledge/{id}/draft", write, edit::revise)
        .post("/desk/knowledge/{id}/submission", write, step::submit)
        .post("/desk/knowledge/{id}/review", Access::Staff(Permission::KnowledgeReview), step::review)
        .post("/desk/knowledge/{id}/discard", write, step::discard)
        .post("/desk/knowledge/{id}/withdrawal", write, step::withdraw)
        .post("/desk/knowledge/{id}/reports", Access::Staff(Permission::KnowledgeReport), step::report)
        .post("/desk/knowledge/{id}/reports/{report}/settlement", write, step::settle)
        .post("/desk/knowledge/{id}/files", write, files::add)
        .get("/desk/knowledge/{id}/files/{file}", read, files::of_staff)
        .post("/desk/knowledge/{id}/files/{file}/removal", write, files::remove)
        .get("/services", Access::Public, services::list)
        .get("/services/{id}", Access::Public, services::one)
        .get("/services/{id}/files/{file}", Access::Public, files::of_public)
        .merge(api::routes())
}
