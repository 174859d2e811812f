//! Filing an appeal: `/appeals/new` and its steps, the receipt at the end. Each page is a
//! file; answers wait in a [`draft`], and a page opens when all before it are answered.

mod category;
mod check;
mod contact;
mod county;
mod draft;
mod files;
mod group;
mod kind;
mod question;
mod receipt;
mod start;
mod step;
mod story;
mod township;

use axum::http::Method;
use platform::web::{Access, Routes};

pub(super) use category::offered;

/// The pages of filing.
pub(super) fn routes() -> Routes {
    const ANYONE: Access = Access::Public;
    Routes::new()
        .get("/appeals/new", ANYONE, start::show)
        .post("/appeals/new/restart", ANYONE, start::restart)
        .get("/appeals/new/type", ANYONE, kind::show)
        .post("/appeals/new/type", ANYONE, kind::save)
        .get("/appeals/new/category", ANYONE, group::show)
        .post("/appeals/new/category", ANYONE, group::save)
        .post("/appeals/new/category/choice", ANYONE, category::choose)
        .get("/appeals/new/category/item", ANYONE, category::show)
        .post("/appeals/new/category/item", ANYONE, category::save)
        .get("/appeals/new/place", ANYONE, county::show)
        .post("/appeals/new/place", ANYONE, county::save)
        .get("/appeals/new/place/township", ANYONE, township::show)
        .post("/appeals/new/place/township", ANYONE, township::save)
        .get("/appeals/new/story", ANYONE, story::show)
        .post("/appeals/new/story", ANYONE, story::save)
        .get("/appeals/new/files", ANYONE, files::show)
        .post("/appeals/new/files", ANYONE, files::save)
        .post("/appeals/new/files/removal", ANYONE, files::remove)
        .post("/appeals/new/files/uploads", ANYONE, files::begin)
        .get("/appeals/new/files/uploads/{id}", ANYONE, files::offset)
        .add(Method::PATCH, "/appeals/new/files/uploads/{id}", ANYONE, files::append)
        .get("/appeals/new/contact", ANYONE, contact::show)
        .post("/appeals/new/contact", ANYONE, contact::save)
        .get("/appeals/new/check", ANYONE, check::show)
        .post("/appeals/new/check", ANYONE, check::send)
        .get("/appeals/receipt", ANYONE, receipt::show)
}
