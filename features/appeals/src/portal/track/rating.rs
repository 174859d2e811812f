//! `/track/rating`: solved or not, one of five grades, why. Only the appellant rates here.

use super::send;
use crate::portal::fields::{self, NOTE_MAX};
use crate::portal::shell::{self, Detour};
use crate::portal::words;
use askama::Template;
use axum::response::Response;
use matters::{MatterView, configuration};
use matters_rules::command::Rating;
use matters_rules::{ActionCode, Command, Grade, RatedBy, Solved};
use platform::Failure;
use platform::ui::{Choice, FieldError, Form, Page};
use platform::web::Ctx;

#[derive(Template)]
#[template(path = "portal/track/rating.html")]
struct RatingPage {
    page: Page,
    form: Form,
    number: String,
    /// How long a rating may be changed.
    span: String,
    answers: Vec<String>,
    solved: Vec<Choice>,
    grades: Vec<Choice>,
}

/// The form, filled with what was said before in this round.
///
/// # Errors
/// As [`send::open_for`].
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    let (_, view) = send::open_for(&ctx, ActionCode::Rate).await?;
    let own = |rating: &&matters::read::RatingView| {
        rating.by == RatedBy::Appellant && rating.round == view.redos + 1
    };
    let form = view.ratings.iter().rfind(own).map_or_else(Form::new, |rating| {
        Form::new()
            .with("solved", rating.solved.code())
            .with("grade", rating.grade.code())
            .with("reason", &rating.reason)
    });
    ask(&ctx, view, form).await
}

/// Rates.
///
/// # Errors
/// As [`send::open_for`] and [`send::send`].
pub async fn rate(ctx: Ctx, axum::Form(sent): axum::Form<Vec<(String, String)>>) -> Result<Response, Detour> {
    let (id, view) = send::open_for(&ctx, ActionCode::Rate).await?;
    let mut form: Form = sent.into_iter().collect();
    let Some((solved, grade, reason)) = read(&mut form) else { return ask(&ctx, view, form).await };
    let sent = send::send(&ctx, id, move |work, sealer| {
        Ok(Command::Rate(Rating { solved, grade, reason: sealer.optional(work, &reason) }))
    });
    match sent.await {
        Ok(()) => Ok(send::done(&ctx, "flash-portal-rating")),
        Err(Failure::Refused(refusal)) => ask(&ctx, view, form.refused(&refusal)).await,
        Err(failure) => Err(failure.into()),
    }
}

/// The rating; what is missing is noted on the form. Whoever is not content, or says it is
/// not solved, is asked why, so that a redo knows what to do.
fn read(form: &mut Form) -> Option<(Solved, Grade, String)> {
    let solved = choice(form, "solved", Solved::parse);
    let grade = choice(form, "grade", Grade::parse);
    let unhappy = solved == Some(Solved::No) || grade.is_some_and(|grade| !grade.is_satisfied(true));
    let reason = fields::bounded(form, "reason", usize::from(unhappy), NOTE_MAX);
    Some((solved?, grade?, reason?))
}

fn choice<T>(form: &mut Form, field: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    let chosen = parse(form.value(field));
    if chosen.is_none() {
        form.refuse(FieldError::new(field, &format!("portal-{field}-missing")));
    }
    chosen
}

async fn ask(ctx: &Ctx, view: MatterView, form: Form) -> Result<Response, Detour> {
    let now = ctx.app.now();
    let procedure =
        ctx.app.read(move |snapshot, app| configuration::procedure_in_force(snapshot, app, now)).await?;
    let page = shell::page(ctx, "portal-rating-title", shell::TRACK).in_error(form.has_errors());
    let refused = form.has_errors();
    let whole = view.direct_answer.iter().chain(&view.master_answers).map(|answer| answer.text.clone());
    let answers = whole
        .chain(view.nodes.iter().filter_map(|node| node.answer.as_ref()).map(|answer| answer.text.clone()));
    let rating = RatingPage {
        answers: answers.filter(|text| !text.is_empty()).collect(),
        solved: Solved::ALL.iter().map(|code| Choice::new(code.code(), page.t(code.key()))).collect(),
        grades: Grade::ALL.iter().map(|code| Choice::new(code.code(), page.t(code.key()))).collect(),
        span: words::span(&page, procedure.limits.rating_change),
        number: view.number,
        page,
        form,
    };
    Ok(if refused { shell::refused(&rating)? } else { shell::private(&rating)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_rating_says_why() {
        let form = |grade: &str| Form::new().with("solved", "yes").with("grade", grade);
        assert!(read(&mut form("satisfied")).is_some());
        let mut bad = form("dissatisfied");
        assert!(read(&mut bad).is_none());
        assert_eq!(bad.errors()[0].code, "portal-reason-missing");
        assert!(read(&mut form("dissatisfied").with("reason", "没有修好")).is_some());
    }

    #[test]
    fn both_questions_are_asked() {
        let mut empty = Form::new();
        assert!(read(&mut empty).is_none());
        assert_eq!(empty.errors().len(), 2);
    }
}
