//! `/categories`: what can be filed, in plain words, found by a word or by the initials of
//! its pinyin. What is searched for is sent in the body: people type whole stories, and no
//! address or log should hold them. Choosing one begins an appeal with it.

use super::filing;
use super::shell::{self, Detour};
use askama::Template;
use axum::response::Response;
use platform::ui::{Form, Page};
use platform::web::Ctx;

/// A group with those of its categories that are shown.
struct Shown {
    name: String,
    help: String,
    categories: Vec<Line>,
}

/// A category.
struct Line {
    code: String,
    name: String,
    help: String,
}

#[derive(Template)]
#[template(path = "portal/categories.html")]
struct CategoriesPage {
    page: Page,
    form: Form,
    groups: Vec<Shown>,
    /// Whether something was searched for.
    searched: bool,
}

/// All of them.
///
/// # Errors
/// Whatever the store says.
pub async fn show(ctx: Ctx) -> Result<Response, Detour> {
    list(&ctx, Form::new()).await
}

/// Those that fit the words of field `q`.
///
/// # Errors
/// Whatever the store says.
pub async fn search(
    ctx: Ctx,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Detour> {
    list(&ctx, sent.into_iter().collect()).await
}

async fn list(ctx: &Ctx, form: Form) -> Result<Response, Detour> {
    let (categories, locale) = (filing::offered(ctx).await?, ctx.prefs.locale);
    let words = form.value("q").trim();
    let fitting: Option<Vec<&str>> = (!words.is_empty())
        .then(|| categories.search(words).into_iter().map(|category| category.code.as_str()).collect());
    let fits = |code: &str| fitting.as_ref().is_none_or(|fitting| fitting.contains(&code));
    let groups = categories
        .groups()
        .map(|group| Shown {
            name: group.name.in_locale(locale).to_owned(),
            help: group.help.in_locale(locale).to_owned(),
            categories: categories
                .offered()
                .filter(|category| category.group == group.code && fits(&category.code))
                .map(|category| Line {
                    code: category.code.clone(),
                    name: category.name.in_locale(locale).to_owned(),
                    help: category.help.in_locale(locale).to_owned(),
                })
                .collect(),
        })
        .filter(|group| !group.categories.is_empty())
        .collect();
    let page = shell::page(ctx, "portal-categories-title", shell::FILE);
    Ok(shell::public(&CategoriesPage { page, searched: fitting.is_some(), form, groups })?)
}
