//! Verbs whose form is one text: a message, a contest, a withdrawal. The words stand under
//! `portal-<key>-title`, `-text`, `-hint`, `-send` and `portal-<key>` for the label.

use super::send;
use crate::portal::fields::{self, NOTE_MAX};
use crate::portal::shell::{self, Detour};
use askama::Template;
use axum::response::Response;
use matters_rules::command::Text;
use matters_rules::{ActionCode, Command};
use platform::Failure;
use platform::ui::{Form, Page};
use platform::web::Ctx;

/// One such verb.
pub struct Question {
    /// Which verb.
    pub action: ActionCode,
    /// Name of the field and prefix of the words.
    pub key: &'static str,
    /// The fewest characters; none for a text that may be left out.
    pub min: usize,
    /// Key of what is said once it is done.
    pub flash: &'static str,
    /// Whether the button warns: what it does can't be taken back.
    pub grave: bool,
    /// The command that the sealed text becomes; none where nothing was typed.
    pub command: fn(Option<Text>) -> Option<Command>,
}

/// The fields of a sent form.
pub type Fields = axum::Form<Vec<(String, String)>>;

#[derive(Template)]
#[template(path = "portal/track/question.html")]
struct QuestionPage {
    page: Page,
    form: Form,
    number: String,
    key: &'static str,
    optional: bool,
    grave: bool,
}

impl QuestionPage {
    fn words(&self, part: &str) -> String {
        self.page.t(&format!("portal-{}{part}", self.key))
    }
}

impl Question {
    /// The form.
    ///
    /// # Errors
    /// As [`send::open_for`].
    pub async fn show(&self, ctx: &Ctx) -> Result<Response, Detour> {
        let (_, view) = send::open_for(ctx, self.action).await?;
        self.ask(ctx, view.number, Form::new())
    }

    /// Does it.
    ///
    /// # Errors
    /// As [`send::open_for`] and [`send::send`].
    pub async fn answer(&self, ctx: &Ctx, sent: Fields) -> Result<Response, Detour> {
        let (id, view) = send::open_for(ctx, self.action).await?;
        let mut form: Form = sent.0.into_iter().collect();
        let Some(text) = fields::bounded(&mut form, self.key, self.min, NOTE_MAX) else {
            return self.ask(ctx, view.number, form);
        };
        let command = self.command;
        let sent = send::send(ctx, id, move |work, sealer| {
            let text = sealer.optional(work, &text);
            command(text).ok_or_else(|| Failure::Internal("a text within its bounds was not sealed".into()))
        });
        match sent.await {
            Ok(()) => Ok(send::done(ctx, self.flash)),
            Err(Failure::Refused(refusal)) => self.ask(ctx, view.number, form.refused(&refusal)),
            Err(failure) => Err(failure.into()),
        }
    }

    fn ask(&self, ctx: &Ctx, number: String, form: Form) -> Result<Response, Detour> {
        let refused = form.has_errors();
        let page = shell::page(ctx, &format!("portal-{}-title", self.key), shell::TRACK).in_error(refused);
        let (key, optional, grave) = (self.key, self.min == 0, self.grave);
        let question = QuestionPage { page, form, number, key, optional, grave };
        Ok(if refused { shell::refused(&question)? } else { shell::private(&question)? })
    }
}
