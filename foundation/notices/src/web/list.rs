//! The list, newest first; opening one leads to where something is to be done.

use crate::read::{self, Line, PAGE};
use crate::rules::{About, Recipient};
use crate::words::Told;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::MatterId;
use matters::configuration::{NoticeKind, notices};
use platform::Failure;
use platform::ui::Page;
use platform::web::Staff;
use platform::web::reply::{done, show as page};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "notices/list.html")]
struct List {
    page: Page,
    lines: Vec<Said>,
    unread: u64,
    older: Option<i64>,
}

/// A notice in words.
struct Said {
    line: Line,
    /// The office's own words of it.
    subject: String,
    /// The matter's title, where the reader may still see the matter and it is no secret.
    title: String,
    at: String,
    tone: &'static str,
}

#[derive(Deserialize)]
pub(super) struct Before {
    before: Option<i64>,
}

pub(super) async fn show(staff: Staff, Query(Before { before }): Query<Before>) -> Result<Response, Failure> {
    let shell = staff.desk_page("notices-title", "");
    let (account, grants, said_on) = (staff.person.account, staff.person.grants.clone(), shell.clone());
    let (lines, unread, older) = staff
        .app
        .read(move |snapshot, app| {
            let mut found = read::list(snapshot, app, account, before)?;
            let more = found.len() > PAGE as usize;
            found.truncate(PAGE as usize);
            let older = found.last().filter(|_| more).map(|line| line.position);
            let mut ids: Vec<MatterId> = found.iter().filter_map(|line| line.matter()).collect();
            ids.sort_unstable();
            ids.dedup();
            let rows = matters::read::rows(snapshot, app, &grants, &ids)?;
            let texts = notices::in_force(snapshot, app)?;
            let mut lines = Vec::with_capacity(found.len());
            for line in found {
                let to = Recipient::Account { account };
                let told = Told::look_up(snapshot, app, line.kind, &line.about, line.node, &to, line.due)?;
                let row = rows.iter().find(|row| Some(row.id) == line.matter());
                lines.push(Said {
                    subject: told.words(&said_on, &texts, line.kind).subject,
                    title: row.and_then(|row| row.title.clone()).unwrap_or_default(),
                    at: said_on.datetime(&line.at),
                    tone: tone(line.kind),
                    line,
                });
            }
            Ok((lines, read::unread(snapshot, app, account)?, older))
        })
        .await?;
    page(StatusCode::OK, &List { page: shell, lines, unread, older })
}

/// Notes that it was read, and leads to the assignment or the matter.
pub(super) async fn open(staff: Staff, Path(position): Path<String>) -> Result<Response, Failure> {
    let position: i64 = position.parse().map_err(|_| Failure::NotFound)?;
    let account = staff.person.account;
    let line = staff
        .app
        .write(move |work| {
            let line = read::one(work.tx, account, position)?.ok_or(Failure::NotFound)?;
            read::mark_one(work, account, position)?;
            Ok(line)
        })
        .await?;
    let to = match (&line.about, line.node.filter(|_| leads_to_assignment(line.kind))) {
        (About::Page(page), _) => page.href.clone(),
        (About::Matter(matter), Some(node)) => format!("/matters/{matter}/nodes/{node}"),
        (About::Matter(matter), None) => format!("/matters/{matter}"),
    };
    Ok(Redirect::to(&to).into_response())
}

/// Notes that everything was read.
pub(super) async fn read_all(staff: Staff) -> Result<Response, Failure> {
    let account = staff.person.account;
    staff.app.write(move |work| read::mark_all(work, account)).await?;
    Ok(done(&staff, "/me/notices", "flash-notices-read"))
}

/// Whether the unit itself is to act: others look at the whole matter.
fn leads_to_assignment(kind: NoticeKind) -> bool {
    use NoticeKind as K;
    matches!(
        kind,
        K::Assigned
            | K::DueSoon
            | K::Late
            | K::Returned
            | K::Redo
            | K::Reply
            | K::IntervalDecided
            | K::Supervised
    )
}

fn tone(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Late | NoticeKind::Pressure => "danger",
        NoticeKind::DueSoon
        | NoticeKind::Returned
        | NoticeKind::Redo
        | NoticeKind::RedoAsked
        | NoticeKind::FoundWrong
        | NoticeKind::HotTopic
        | NoticeKind::KnowledgeExpiring => "warning",
        _ => "primary",
    }
}
