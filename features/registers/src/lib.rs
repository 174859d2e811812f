//! Pages, workbooks and API of the registers: one set of pages for every register there is
//! or will be. Start with [`open`] for what each page stands in, `list` and `record` for
//! the two that people live on.

mod api;
mod ask;
mod beside;
mod board;
mod calendar;
mod chain;
mod condition;
mod contacts;
mod coverage;
mod definition;
mod export;
mod feed;
mod figures;
mod files;
mod form;
mod import;
mod index;
mod into_loop;
mod kept;
mod list;
mod map;
mod open;
mod reach;
mod record;
mod reply;
mod show;
mod subscription;
mod upload;
mod verbs;

pub use into_loop::{ContactAt, Part, hand_in};

use definition::editor::{self, basics, begin, field, part, stages};
use kernel::permission::Permission;
use platform::feature::{Feature, NavEntry};
use platform::ui::Source;
use platform::web::{Access, Routes};
use std::sync::Arc;

/// This crate's texts.
pub const LOCALES: Source = Source {
    name: "register-pages",
    zh_cn: include_str!("../locales/zh-CN.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// What the pages bring along.
pub fn feature() -> Feature {
    Feature {
        locales: vec![LOCALES],
        routes: routes(),
        nav: vec![NAV],
        listeners: vec![Arc::new(into_loop::Promises)],
        beside: vec![Arc::new(beside::OfMatter)],
        ..Feature::default()
    }
}

const NAV: NavEntry = NavEntry {
    key: "nav-registers",
    href: "/registers",
    icon: "list",
    permission: Some(Permission::RegisterRead),
};

fn routes() -> Routes {
    let read = Access::Staff(Permission::RegisterRead);
    let write = Access::Staff(Permission::RegisterWrite);
    let verify = Access::Staff(Permission::RegisterVerify);
    let define = Access::Staff(Permission::RegisterDefine);
    let to_loop = Access::Staff(Permission::RecordToAppeal);
    Routes::new()
        .get("/registers", read, index::show)
        .get("/registers/{register}", read, list::show)
        .post("/registers/{register}/filters", read, kept::save)
        .post("/registers/{register}/filters/{n}/removal", read, kept::remove)
        .post("/registers/{register}/columns", read, kept::choose_columns)
        .get("/registers/{register}/table.xlsx", read, export::table)
        .get("/registers/{register}/board", read, board::show)
        .get("/registers/{register}/calendar", read, calendar::show)
        .get("/registers/{register}/calendar.ics", read, feed::signed_in)
        .get("/registers/{register}/calendar/subscription", read, subscription::show)
        .post("/registers/{register}/calendar/subscription", read, subscription::open)
        .post("/registers/{register}/calendar/subscription/removal", read, subscription::close)
        .get("/calendars/{register}/{secret}/feed.ics", Access::Public, feed::by_address)
        .get("/registers/{register}/map", read, map::show)
        .get("/registers/{register}/figures", read, figures::show)
        .get("/registers/{register}/figures.xlsx", read, figures::export)
        .get("/registers/{register}/coverage", read, reach::show)
        .get("/registers/{register}/coverage.xlsx", read, reach::export)
        .get("/registers/{register}/new", write, form::new)
        .post("/registers/{register}/records", write, form::create)
        .get("/registers/{register}/template.xlsx", write, import::template)
        .get("/registers/{register}/import", write, import::show)
        .post("/registers/{register}/import", write, import::take)
        .get("/registers/{register}/records/{id}", read, record::show)
        .post("/registers/{register}/records/{id}/opening", write, record::open)
        .get("/registers/{register}/records/{id}/edit", write, form::edit)
        .post("/registers/{register}/records/{id}/values", write, form::change)
        .post("/registers/{register}/records/{id}/unit", write, verbs::hand_over)
        .post("/registers/{register}/records/{id}/stage", write, verbs::stage)
        .post("/registers/{register}/records/{id}/flows", write, verbs::flow)
        .post("/registers/{register}/records/{id}/flows/{line}/verification", verify, verbs::verify_flow)
        .post("/registers/{register}/records/{id}/flows/{line}/void", write, verbs::void_flow)
        .post("/registers/{register}/records/{id}/contacts", write, verbs::contact)
        .post("/registers/{register}/records/{id}/contacts/{line}/void", write, verbs::void_contact)
        .post("/registers/{register}/records/{id}/contacts/{line}/promise", write, verbs::keep_promise)
        .post("/registers/{register}/records/{id}/contacts/{line}/appeal", to_loop, into_loop::appeal)
        .post("/registers/{register}/records/{id}/contacts/{line}/matter", to_loop, into_loop::promise)
        .post("/registers/{register}/records/{id}/levels", write, verbs::award)
        .post("/registers/{register}/records/{id}/levels/end", write, verbs::end_award)
        .post("/registers/{register}/records/{id}/files", write, files::add)
        .get("/registers/{register}/records/{id}/files/{file}", read, files::download)
        .post("/registers/{register}/records/{id}/removal", write, verbs::remove)
        .post("/registers/{register}/records/{id}/restoration", write, verbs::restore)
        .get("/registers/{register}/definition", read, definition::show)
        .get("/registers/definitions/form", define, begin::show)
        .post("/registers/definitions/form", define, begin::begin)
        .get("/registers/{register}/definition/form", define, editor::show)
        .post("/registers/{register}/definition/form", define, basics::save)
        .get("/registers/{register}/definition/fields/new", define, field::new)
        .post("/registers/{register}/definition/fields", define, field::add)
        .get("/registers/{register}/definition/fields/{field}", define, field::edit)
        .post("/registers/{register}/definition/fields/{field}", define, field::change)
        .post("/registers/{register}/definition/fields/{field}/position", define, field::shift)
        .post("/registers/{register}/definition/fields/{field}/removal", define, field::drop)
        .get("/registers/{register}/definition/parts/{part}/new", define, part::new)
        .post("/registers/{register}/definition/parts/{part}", define, part::add)
        .get("/registers/{register}/definition/parts/{part}/{which}", define, part::edit)
        .post("/registers/{register}/definition/parts/{part}/{which}", define, part::change)
        .post("/registers/{register}/definition/parts/{part}/{which}/position", define, part::shift)
        .post("/registers/{register}/definition/parts/{part}/{which}/removal", define, part::drop)
        .get("/registers/{register}/definition/stages", define, stages::show)
        .post("/registers/{register}/definition/stages", define, stages::save)
        .get("/registers/{register}/definition/source", define, definition::source::edit)
        .post("/registers/{register}/definition/source", define, definition::source::save)
        .get("/registers/{register}/definition/publication", define, definition::publication::review)
        .post("/registers/{register}/definition/publication", define, definition::publication::publish)
        .post("/registers/{register}/definition/discard", define, definition::publication::discard)
        .get("/network/posts", Access::Staff(Permission::NetworkRead), coverage::show)
        .get("/network/posts.xlsx", Access::Staff(Permission::NetworkRead), coverage::export)
        .get("/network/roll", Access::Staff(Permission::NetworkManage), import::roll::show)
        .post("/network/roll", Access::Staff(Permission::NetworkManage), import::roll::take)
        .get("/network/roll.xlsx", read, import::roll::table)
        .get("/registers/definitions/new", define, definition::source::new)
        .post("/registers/definitions", define, definition::source::begin)
        .merge(subscription::routes())
        .merge(api::routes())
}
