//! What stands before publishing: does the draft read, what does it do to the records there
//! are; and the publishing itself.

use super::effects;
use super::source::with_problems;
use crate::open::today;
use crate::reply::{self, Fields};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;
use matters::configuration::diff::{Difference, differences};
use platform::Failure;
use platform::ui::{FieldError, Form, Page};
use platform::web::Staff;
use registers::read;
use registers::rules::definitions::Change;
use registers::rules::{Definition, effects as changes};
use store::Query;

#[derive(Template)]
#[template(path = "registers/publication.html")]
struct Shown {
    page: Page,
    form: Form,
    code: String,
    problems: Vec<String>,
    effects: Vec<(String, bool)>,
    differs: Vec<Difference>,
    records: i64,
    reads: bool,
}

/// What would be published.
pub(crate) async fn review(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let form = Form::new().with("from", today(&staff.app));
    screen(&staff, code, form).await
}

/// Publishes the draft under the next number, from the chosen day on.
pub(crate) async fn publish(
    staff: Staff,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let form = reply::form(fields);
    let Some(from) = form.text("from").filter(|from| from.parse::<kernel::time::Date>().is_ok()) else {
        let form = form.refused(FieldError::new("from", "register-date"));
        return screen(&staff, code, form).await;
    };
    let (by, register, from) = (staff.by(), code.clone(), from.to_owned());
    let note = form.value("note").trim().to_owned();
    let expected = form.value("head").parse().ok();
    let outcome = staff
        .app
        .write(move |work| {
            let draft =
                read::draft(work.tx, &register)?.ok_or_else(|| Refusal::new("register-nothing-drafted"))?;
            let last = read::versions(work.tx, &register)?.first().map_or(0, |version| version.version);
            let toml = headed(&draft.toml, last + 1, &from);
            let change = Change::Publish { toml, note: note.clone() };
            registers::act_definition(work, &by, &register, expected, &change)?;
            Ok(last == 0)
        })
        .await;
    match outcome {
        // A new register is there to be filled.
        Ok(true) => Ok(reply::done(&staff, &format!("/registers/{code}"), "flash-register-opened")),
        Ok(false) => {
            Ok(reply::done(&staff, &format!("/registers/{code}/definition"), "flash-register-published"))
        }
        Err(failure) => {
            let form = reply::refused(form, failure)?
                .aimed(|error| (error.code == "document-predates").then(|| "from".to_owned()));
            screen(&staff, code, form).await
        }
    }
}

/// Puts the draft away.
pub(crate) async fn discard(staff: Staff, Path(code): Path<String>) -> Result<Response, Failure> {
    let (by, register) = (staff.by(), code.clone());
    staff
        .app
        .write(move |work| registers::act_definition(work, &by, &register, None, &Change::Discard))
        .await?;
    Ok(reply::done(&staff, "/registers", "flash-register-discarded"))
}

async fn screen(staff: &Staff, code: String, form: Form) -> Result<Response, Failure> {
    let (register, defining) = (code.clone(), staff.person.grants.clone());
    let (draft, last, head) = staff
        .app
        .read(move |q, _| {
            super::guard(q, &defining, &register)?;
            let draft = read::draft(q, &register)?.ok_or(Failure::NotFound)?;
            let last = match read::versions(q, &register)?.first() {
                Some(version) => read::toml(q, &register, version.position)?,
                None => None,
            };
            Ok((draft.toml, last, read::head(q, &register)?))
        })
        .await?;
    let parsed = Definition::parse(&draft);
    let before = last.as_deref().and_then(|text| Definition::parse(text).ok());
    let both = parsed.as_ref().ok().cloned().zip(before).map(|(after, before)| (before, after));
    let (compared, register) = (both.clone(), code.clone());
    let grants = staff.person.grants.clone();
    let (found, records) = staff
        .app
        .read(move |q, app| {
            let found = match &compared {
                Some((before, after)) => {
                    effects::counted(q, app, &grants, (before, after), changes(before, after))?
                }
                None => Vec::new(),
            };
            let sql = "select count(*) from register_record where register = $1";
            Ok((found, q.query_one(sql, &store::params![&register])?.int(0)?))
        })
        .await?;
    let page = staff.desk_page("register-publication", "nav-registers").in_error(form.has_errors());
    let form = with_problems(form.replaced("head", head), &[]);
    let effects = match &both {
        Some((before, after)) => {
            found.iter().map(|effect| effects::said(&page, (before, after), effect)).collect()
        }
        None => Vec::new(),
    };
    let problems = parsed.as_ref().err().into_iter().flatten();
    let mut differs = differences(last.as_deref().unwrap_or_default(), &draft).unwrap_or_default();
    differs.retain(|one| !(one.place.is_empty() && ["version", "effective_from"].contains(&&*one.field)));
    let shown = Shown {
        problems: problems.map(|problem| page.error(&FieldError::from(problem))).collect(),
        reads: parsed.is_ok(),
        effects,
        differs: if last.is_some() { differs } else { Vec::new() },
        records,
        code,
        form,
        page,
    };
    let refused = shown.form.has_errors();
    reply::page(&shown, refused)
}

/// The text under that number and day; the rest stays as it was written.
fn headed(toml: &str, version: u32, from: &str) -> String {
    let mut in_head = true;
    let lines = toml.lines().map(|line| {
        in_head &= !line.trim_start().starts_with('[');
        let key = line.split_once('=').map(|(key, _)| key.trim());
        match key {
            Some("version") if in_head => format!("version = {version}"),
            Some("effective_from") if in_head => format!("effective_from = \"{from}\""),
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_head_is_numbered() {
        let text = "code = \"a\"\nversion = 1\neffective_from = \"2021-01-01\"\n[[field]]\nversion = 3\n";
        let wanted = "code = \"a\"\nversion = 2\neffective_from = \"2026-12-01\"\n[[field]]\nversion = 3\n";
        assert_eq!(headed(text, 2, "2026-12-01"), wanted);
    }
}
