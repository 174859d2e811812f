//! What the knowledge base has for what is being typed or was asked, quoted into the answer by one
//! click: at the intake desk and on the forms of answers.
//! Which item was quoted in which version travels in the form and is noted on the matter with
//! its answer; what the officer took out of the answer again was not quoted.

use kernel::MatterId;
use kernel::permission::{Grant, Permission, may_ever};
use knowledge::find::{Wanted, find};
use knowledge::read::{Offered, offered};
use knowledge::rules::{ItemRules, Quoted};
use platform::ui::{Form, Page, Translator};
use platform::web::Staff;
use platform::{App, By, Failure, Work};
use store::Query;

/// Items shown.
const ROWS: usize = 4;
/// Field of the form that holds what was quoted, `item:version` each.
pub const FIELD: &str = "quoted";

/// What is looked for: the words of the search field, else those of the call.
pub fn words(form: &Form) -> String {
    match form.text("look_up") {
        Some(typed) => typed.to_owned(),
        None => format!("{} {}", form.value("title"), form.value("text")),
    }
}

/// Items that fit, for whoever may read them.
///
/// # Errors
/// Whatever the store says.
pub fn fitting(q: &mut dyn Query, app: &App, grants: &[Grant], words: &str) -> Result<Vec<Offered>, Failure> {
    if words.trim().is_empty() || !grants.iter().any(|grant| may_ever(grant.role, Permission::KnowledgeRead))
    {
        return Ok(Vec::new());
    }
    find(q, app, &Wanted { text: words.to_owned(), ..Wanted::default() }, ROWS)
}

/// The form with the item behind `button` in its field `answer`: how a click is taken without a
/// script.
///
/// # Errors
/// Whatever the store says.
pub async fn taken(staff: &Staff, form: Form, button: &str, answer: &str) -> Result<Form, Failure> {
    let Some(quoted) = form.text(button).and_then(Quoted::parse) else { return Ok(form) };
    let found =
        staff.app.read(move |q, app| offered(q, app.config.zone.date_of(app.now()), quoted.item)).await?;
    let form = form.without(button);
    let Some(row) = found else { return Ok(form) };
    let typed = form.value(answer).trim_end();
    let quote = text(&staff.translator(), &row);
    let text = if typed.is_empty() { quote } else { format!("{typed}\n{quote}") };
    let mut all = form.value(FIELD).to_owned();
    if !all.split(' ').any(|one| one == row.quoted.wire()) {
        all = format!("{all} {}", row.quoted.wire());
    }
    Ok(form.replaced(answer, text).replaced(FIELD, all.trim()))
}

/// What the form says was quoted, each once.
pub fn quoted(form: &Form) -> Vec<Quoted> {
    let mut all: Vec<Quoted> = form.value(FIELD).split(' ').filter_map(Quoted::parse).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Notes on the matter what was quoted, as far as the answer still holds a sentence of it.
///
/// # Errors
/// A refusal on `quoted` where an item has changed or expired since.
pub fn note(
    work: &mut Work<'_>,
    by: &By,
    matter: MatterId,
    quoted: &[Quoted],
    answer: &str,
) -> Result<(), Failure> {
    for one in quoted {
        let item = work.load::<ItemRules>(&one.item.to_string())?.state;
        let version = item.versions.iter().find(|version| version.number == one.version);
        if version.is_some_and(|version| version.content.is_quoted_in(answer)) {
            knowledge::quote(work, by, matter, *one)?;
        }
    }
    Ok(())
}

/// What is quoted: the answer and, of an offer, whom to ask.
pub fn text(words: &Translator, row: &Offered) -> String {
    let content = &row.content;
    match &content.offer {
        Some(offer) => {
            let ask = words.ta("intake-knowledge-phone", &[("phone", offer.phone.as_str().into())]);
            format!("{}\n{ask}", content.answer)
        }
        None => content.answer.clone(),
    }
}

/// What stands beside the title: the kind and until when it holds.
pub fn about(page: &Page, row: &Offered) -> String {
    let content = &row.content;
    let last = content.offer.as_ref().and_then(|offer| offer.apply_until).unwrap_or(content.until);
    page.t2("intake-knowledge-until", "kind", page.t(content.kind.key()), "day", page.date(&last))
}
