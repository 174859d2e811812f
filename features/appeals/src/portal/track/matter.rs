//! `GET /track/matter`: the matter as its appellant sees it: how it stands, who has it, by
//! when and why then, what was answered, what happened, and what they may do now.

use super::hold;
use super::send;
use super::story::{self, Answer, Event, Status};
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::response::Response;
use matters::read::ActorView;
use matters::{Attachment, MatterView};
use matters_rules::{ActionCode, Outcome};
use platform::ui::Page;
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/track/matter.html")]
pub struct MatterPage {
    page: Page,
    pub status: Status,
    pub clock: String,
    pub answers: Vec<Answer>,
    pub events: Vec<Event>,
    minutes: i64,
    pub view: MatterView,
    /// Whoever looks is a colleague of whoever filed it.
    of_colleague: bool,
}

/// The matter the browser holds.
///
/// # Errors
/// A detour where it holds none; whatever the store says.
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let held = hold::held(&ctx).await?;
    let view = send::view(&ctx, held).await?;
    let mut told = MatterPage::of(shell::page(&ctx, "portal-matter-title", shell::TRACK), view);
    told.of_colleague = held.through.is_some();
    Ok(shell::private(&told)?)
}

impl MatterPage {
    /// What is told of a matter.
    pub fn of(page: Page, view: MatterView) -> Self {
        let page = page.titled_text(view.number.clone());
        let answers = story::answers(&page, &view);
        Self {
            status: story::status(&page, &view),
            clock: story::clock(&page, &view),
            events: story::events(&page, &view, &answers),
            answers,
            minutes: hold::LASTS_HOURS * 60,
            page,
            view,
            of_colleague: false,
        }
    }

    fn may(&self, action: &str) -> bool {
        ActionCode::parse(action).is_some_and(|action| self.view.may(action, None))
    }

    pub fn shielding(&self) -> String {
        self.page.t(if self.view.shielded { "portal-shielded-yes" } else { "portal-shielded-no" })
    }

    /// Whoever opened something: a unit and a post, never a name.
    fn who(&self, actor: &ActorView) -> String {
        match actor {
            ActorView::Appellant => self.page.t("actor-appellant"),
            ActorView::System => self.page.t("actor-system"),
            ActorView::Platform(name) => name.clone(),
            ActorView::Unit { unit, role: None, .. } => unit.full(self.page.locale()).to_owned(),
            ActorView::Unit { unit, role: Some(role), .. } => {
                format!("{} {}", unit.full(self.page.locale()), self.page.t(&format!("role-{}", role.code())))
            }
        }
    }

    /// Key of what is said of a demand without a result.
    pub fn demand_open(&self) -> &'static str {
        story::demand_open(&self.view)
    }

    pub fn outcome(&self, outcome: &Outcome) -> String {
        self.page.t(outcome.key())
    }

    fn size(&self, file: &Attachment) -> String {
        crate::portal::words::size(usize::try_from(file.size).unwrap_or(0))
    }
}
