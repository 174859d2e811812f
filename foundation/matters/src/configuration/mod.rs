//! What this office has configured: procedure, working calendar, categories, routing,
//! grounds, reply templates, texts of notices, rules of supervision, evaluation, hot topics and
//! the quality of calls, and how far posts grant on their own. Each is a document of versions in the journal. A matter keeps the procedure version it
//! started under; open limits follow a changed calendar; lists follow what holds today.

pub mod authority;
pub mod bundle;
pub mod call_quality;
pub mod categories;
pub mod diff;
pub mod dry_run;
pub mod editing;
pub mod evaluation;
pub mod grounds;
pub mod hot_topics;
pub mod notices;
pub mod placeholders;
pub mod routing;
pub mod supervision;
pub mod templates;

mod document;
mod name;
mod projection;
mod streams;
mod versions;

pub use authority::Authorities;
pub use call_quality::{CallItem, CallQuality, CallShift};
pub use categories::{Categories, Category, Group};
pub use document::{Document, Heading};
pub use evaluation::{Evaluation, Threshold};
pub use grounds::{Ground, GroundKind, Grounds};
pub use hot_topics::{HotTopics, SurgeRule};
pub use name::Name;
pub use notices::{NoticeKind, Notices};
pub use projection::ConfigurationProjection;
pub use routing::{Department, Routing};
pub use streams::{
    Calendars, Change, ChangeOf, ConfigurationEvent, ConfigurationFacts, DocumentState, Documents,
    Procedures, act, load, office,
};
pub use supervision::{Rule, Supervision};
pub use templates::{Template, Templates};
pub use versions::{Draft, Version, draft, in_force, toml, versions};

use kernel::time::{Calendar, Instant};
use matters_rules::{MatterKind, Procedure};
use platform::{App, By, Failure, Work};
use std::sync::{Arc, LazyLock, Mutex};
use store::{Query, params};
use versions::{Parsed, cached, damaged, version_in_force, version_named};

/// The stream of the appeal's procedure.
pub const APPEAL: &str = "appeal";
/// The stream of the working calendar.
pub const WORKING: &str = "working";

/// Publishes what is delivered with the product where nothing was published yet.
///
/// # Errors
/// Whatever the store says.
pub async fn seed(app: &App) -> Result<(), Failure> {
    app.write(|work| {
        for document in Document::ALL {
            if load(work.tx, *document)?.state.versions.is_empty() {
                publish(work, &By::Operator, *document, document.delivered().to_owned())?;
            }
        }
        Ok(())
    })
    .await
}

/// Publishes a new version of the appeal's procedure; matters filed from its effective
/// date on start under it.
///
/// # Errors
/// The refusals of [`act`].
pub fn publish_procedure(work: &mut Work<'_>, by: &By, toml: String) -> Result<(), Failure> {
    publish(work, by, Document::Procedure, toml)
}

/// Publishes a new working calendar; the limits of open matters are computed anew.
///
/// # Errors
/// The refusals of [`act`].
pub fn publish_calendar(work: &mut Work<'_>, by: &By, toml: String) -> Result<(), Failure> {
    publish(work, by, Document::Calendar, toml)
}

fn publish(work: &mut Work<'_>, by: &By, document: Document, toml: String) -> Result<(), Failure> {
    act(work, by, document, None, Change::Publish { toml, note: String::new() }).map(drop)
}

/// The procedure under which an appeal filed now starts.
///
/// # Errors
/// Whatever the store says.
pub fn procedure_in_force(query: &mut dyn Query, app: &App, now: Instant) -> Result<Arc<Procedure>, Failure> {
    procedure_for(query, app, MatterKind::Appeal, now)
}

/// The procedure under which a matter of that kind that comes up now starts.
///
/// # Errors
/// Whatever the store says.
pub fn procedure_for(
    query: &mut dyn Query,
    app: &App,
    kind: MatterKind,
    now: Instant,
) -> Result<Arc<Procedure>, Failure> {
    let found = version_in_force(query, app, Document::procedure_of(kind), now)?;
    parsed_procedure(query, kind, found)
}

/// The version of a kind's procedure.
///
/// # Errors
/// Whatever the store says.
pub fn procedure(query: &mut dyn Query, kind: MatterKind, version: u32) -> Result<Arc<Procedure>, Failure> {
    let found = version_named(query, Document::procedure_of(kind), &version.to_string())?;
    parsed_procedure(query, kind, found)
}

/// The working calendar in force: the one published last.
///
/// # Errors
/// Whatever the store says.
pub fn calendar_in_force(query: &mut dyn Query) -> Result<Arc<Calendar>, Failure> {
    parsed_calendar(query, "")
}

/// The calendar of that version, as explanations of older limits need it; the one in
/// force where it was never published here.
///
/// # Errors
/// Whatever the store says.
pub fn calendar(query: &mut dyn Query, version: &str) -> Result<Arc<Calendar>, Failure> {
    parsed_calendar(query, version)
}

fn parsed_procedure(
    query: &mut dyn Query,
    kind: MatterKind,
    found: Option<versions::InForce>,
) -> Result<Arc<Procedure>, Failure> {
    static PARSED: Parsed<Procedure> = LazyLock::new(Mutex::default);
    match found {
        None => Ok(Procedure::delivered(kind)),
        Some(version) => cached(&PARSED, &version.fingerprint, || {
            Procedure::parse(&version.toml(query)?).map_err(|error| Failure::Internal(error.to_string()))
        }),
    }
}

fn parsed_calendar(query: &mut dyn Query, version: &str) -> Result<Arc<Calendar>, Failure> {
    static PARSED: Parsed<Calendar> = LazyLock::new(Mutex::default);
    let row = query.query_one_opt(
        "select position, fingerprint from document_version where document = 'calendar' \
         order by case when version = $1 then 0 else 1 end, position desc limit 1",
        &params![version],
    )?;
    match row {
        None => Ok(Arc::new(Calendar::china())),
        Some(row) => {
            let position = row.int(0)?;
            cached(&PARSED, row.str(1)?, || {
                let text = toml(query, Document::Calendar, position)?.ok_or(Failure::NotFound)?;
                Calendar::parse(&text).map_err(|error| Failure::Internal(error.to_string()))
            })
        }
    }
}
