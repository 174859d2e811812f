//! The intake desk: one screen on which an officer writes down what a caller says, finds what
//! is known of them, and answers, dispatches, hands over or hangs up, without a mouse.
//!
//! - [`screen`]: the screen and everything it shows; [`rail`]: what is known, beside it.
//! - [`draft`]: what is typed survives a crash; [`files`]: so does what is pasted.
//! - [`complete`]: filed, answered, dispatched, each in one transaction; [`ending`]: calls
//!   that become no appeal; [`pop`]: how a telephone system opens the screen.
//! - [`fill`]: fields filled from a pasted message ([`paste`]) or an earlier appeal.
//! - `super::known`: items of the knowledge base beside it, quoted into the answer.
//! - [`forum`]: many appeals of one meeting at once; [`figures`]: the calls by day.

mod complete;
mod draft;
mod ending;
mod figures;
mod files;
mod fill;
mod forum;
mod lists;
mod paste;
mod pop;
mod rail;
mod screen;
mod table;

use kernel::UnitId;
use kernel::permission::{Permission, may_ever};
use platform::ui::Source;
use platform::web::{Access, Routes, Staff};

/// The desk's texts.
pub const LOCALES: Source = Source {
    name: "appeals/intake",
    zh_cn: include_str!("../../../locales/zh-CN/intake.ftl"),
    en: include_str!("../../../locales/en/intake.ftl"),
};

/// Who sits at the desk: whoever may file for another. What a key does besides filing is
/// permitted again, by position, with the matter at hand.
const DESK: Access = Access::Staff(Permission::MatterFile);

/// Every address of the desk.
pub fn routes() -> Routes {
    Routes::new()
        .get("/intake", DESK, screen::enter)
        .get("/intake/new", DESK, screen::fresh)
        .post("/intake/calls", DESK, pop::pop)
        .post("/intake/rail", DESK, rail::show)
        .post("/intake/enterprises", DESK, rail::enterprises)
        .get("/intake/forum", DESK, forum::fresh)
        .post("/intake/forum", DESK, forum::send)
        .get("/intake/figures", DESK, figures::show)
        .get("/intake/{id}", DESK, screen::open)
        .post("/intake/{id}/draft", DESK, draft::keep)
        .post("/intake/{id}/files", DESK, files::add)
        .post("/intake/{id}/files/{file}/removal", DESK, files::remove)
        .post("/intake/{id}/split", DESK, fill::split)
        .post("/intake/{id}/known/{matter}", DESK, fill::known)
        .post("/intake/{id}/registration", DESK, complete::register)
        .post("/intake/{id}/acceptance", DESK, complete::accept)
        .post("/intake/{id}/direct-answer", DESK, complete::answer)
        .post("/intake/{id}/assignments", DESK, complete::dispatch)
        .post("/intake/{id}/hold", DESK, ending::hold)
        .post("/intake/{id}/resumption", DESK, ending::resume)
        .post("/intake/{id}/emergency", DESK, ending::emergency)
        .post("/intake/{id}/invalid", DESK, ending::invalid)
        .post("/intake/{id}/discard", DESK, ending::discard)
}

/// The office this person registers for: the city's, or that of their own post.
fn office(staff: &Staff) -> Option<UnitId> {
    let own = staff.person.grants.iter().find(|grant| may_ever(grant.role, Permission::MatterFile));
    staff.app.config.intake_office.clone().or_else(|| own.map(|grant| grant.unit.clone()))
}
