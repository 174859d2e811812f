//! Daily, weekly and monthly reports 日报、周报、月报: figures computed by the same fold as the
//! statistics pages, put into the words of a template that the office changes, kept as they
//! were, taken away as an editable Word document or a workbook.
//!
//! - [`rules`]: templates (checked, versioned) and reports (made, edited, issued), pure.
//! - `values`: what a template may name, and its figures of a period.
//! - `make`: by hand, and by the timer at the end of the day, the week, the month.
//! - `word`, `lists`: Word files as templates, and what their rows are repeated for.
//! - `list`, `show`, `template`, `words`: the pages; `files`: Word and Excel.

pub mod make;
pub mod rules;
pub mod shell;

mod api;
mod files;
mod list;
mod lists;
mod projection;
mod read;
mod show;
mod template;
mod values;
mod word;
mod words;

pub use word::keep as keep_word;
pub use words::start_of;

pub use projection::ReportProjection;

use kernel::permission::Permission;
use platform::feature::{Feature, NavEntry};
use platform::ui::Source;
use platform::web::{Access, Routes};

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "reports",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Key of the entry in the navigation.
const NAV: &str = "nav-reports";
/// Where the list stands.
const PATH: &str = "/desk/reports";

/// What reports bring along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: routes(),
        projections: vec![Box::new(ReportProjection)],
        jobs: make::handlers(),
        nav: vec![NavEntry { key: NAV, href: PATH, icon: "file", permission: Some(Permission::ReportRead) }],
        ..Feature::default()
    }
}

fn routes() -> Routes {
    let read = Access::Staff(Permission::ReportRead);
    let issue = Access::Staff(Permission::ReportIssue);
    let template = Access::Staff(Permission::ReportTemplate);
    Routes::new()
        .get(PATH, read, list::show)
        .post(PATH, issue, list::make)
        .get("/desk/reports/templates/{kind}", template, template::show)
        .post("/desk/reports/templates/{kind}", template, template::change)
        .get("/desk/reports/templates/{kind}/start.docx", template, words::start)
        .post("/desk/reports/templates/{kind}/word", template, words::upload)
        .post("/desk/reports/templates/{kind}/word/choice", template, words::choose)
        .get("/desk/reports/templates/{kind}/word/{version}", template, words::preview)
        .get("/desk/reports/templates/{kind}/word/{version}/template.docx", template, words::file)
        .get("/desk/reports/templates/{kind}/word/{version}/preview.docx", template, words::filled)
        .get("/desk/reports/{id}", read, show::show)
        .post("/desk/reports/{id}/text", issue, show::edit)
        .post("/desk/reports/{id}/issue", issue, show::issue)
        .post("/desk/reports/{id}/document", issue, show::by_hand)
        .post("/desk/reports/{id}/document/withdrawal", issue, show::leave_by_hand)
        .get("/desk/reports/{id}/report.docx", read, files::word)
        .get("/desk/reports/{id}/computed.docx", read, files::computed)
        .get("/desk/reports/{id}/report.xlsx", read, files::excel)
        .merge(api::routes())
}
