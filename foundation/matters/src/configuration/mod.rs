//! Procedures and working calendars as this office has published them. Each is a stream
//! of the journal; a matter keeps the procedure version it started under, open limits
//! follow a changed calendar.

mod projection;
mod streams;

pub use projection::ConfigurationProjection;
pub use streams::{CalendarState, Calendars, ProcedureState, Procedures, Publish, Published};

use kernel::time::{Calendar, Instant};
use matters_rules::Procedure;
use platform::{App, By, Failure, Work};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use store::{Query, params};

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
        let by = By::Operator;
        if work.load::<Procedures>(APPEAL)?.version == 0 {
            let toml = matters_rules::procedure::APPEAL_TOML.to_owned();
            work.act::<Procedures>(APPEAL, &by, Some(0), &Publish { toml })?;
        }
        if work.load::<Calendars>(WORKING)?.version == 0 {
            let toml = Calendar::CHINA_TOML.to_owned();
            work.act::<Calendars>(WORKING, &by, Some(0), &Publish { toml })?;
        }
        Ok(())
    })
    .await
}

/// Publishes a new version of the appeal's procedure; matters filed from its effective
/// date on start under it.
///
/// # Errors
/// The refusals of [`Procedures`].
pub fn publish_procedure(work: &mut Work<'_>, by: &By, toml: String) -> Result<(), Failure> {
    work.act::<Procedures>(APPEAL, by, None, &Publish { toml }).map(drop)
}

/// Publishes a new working calendar; the limits of open matters are computed anew.
///
/// # Errors
/// The refusals of [`Calendars`].
pub fn publish_calendar(work: &mut Work<'_>, by: &By, toml: String) -> Result<(), Failure> {
    work.act::<Calendars>(WORKING, by, None, &Publish { toml }).map(drop)
}

/// The procedure under which a matter filed now starts.
///
/// # Errors
/// Whatever the store says.
pub fn procedure_in_force(query: &mut dyn Query, app: &App, now: Instant) -> Result<Arc<Procedure>, Failure> {
    let today = app.config.zone.date_of(now).to_string();
    parsed_procedure(
        query,
        "select fingerprint, toml from procedure_version where id = $1 and effective_from <= $2 \
         order by version desc limit 1",
        &params![APPEAL, today],
    )
}

/// The procedure of that version.
///
/// # Errors
/// Whatever the store says.
pub fn procedure(query: &mut dyn Query, version: u32) -> Result<Arc<Procedure>, Failure> {
    parsed_procedure(
        query,
        "select fingerprint, toml from procedure_version where id = $1 and version = $2",
        &params![APPEAL, version],
    )
}

/// The working calendar in force: the one published last.
///
/// # Errors
/// Whatever the store says.
pub fn calendar_in_force(query: &mut dyn Query) -> Result<Arc<Calendar>, Failure> {
    parsed_calendar(
        query,
        "select fingerprint, toml from calendar_version where id = $1 order by position desc limit 1",
        &params![WORKING],
    )
}

/// The calendar of that version, as explanations of older limits need it; the one in
/// force where it was never published here.
///
/// # Errors
/// Whatever the store says.
pub fn calendar(query: &mut dyn Query, version: &str) -> Result<Arc<Calendar>, Failure> {
    parsed_calendar(
        query,
        "select fingerprint, toml from calendar_version where id = $1 \
         order by case when version = $2 then 0 else 1 end, position desc limit 1",
        &params![WORKING, version],
    )
}

fn parsed_procedure(
    query: &mut dyn Query,
    sql: &str,
    params: &[store::Value],
) -> Result<Arc<Procedure>, Failure> {
    static PARSED: Parsed<Procedure> = LazyLock::new(Mutex::default);
    match query.query_one_opt(sql, params)? {
        None => Ok(Procedure::appeal_default()),
        Some(row) => cached(&PARSED, row.str(0)?, || {
            Procedure::parse(row.str(1)?).map_err(|error| Failure::Internal(error.to_string()))
        }),
    }
}

fn parsed_calendar(
    query: &mut dyn Query,
    sql: &str,
    params: &[store::Value],
) -> Result<Arc<Calendar>, Failure> {
    static PARSED: Parsed<Calendar> = LazyLock::new(Mutex::default);
    match query.query_one_opt(sql, params)? {
        None => Ok(Arc::new(Calendar::china())),
        Some(row) => cached(&PARSED, row.str(0)?, || {
            Calendar::parse(row.str(1)?).map_err(|error| Failure::Internal(error.to_string()))
        }),
    }
}

/// Parsed once per content: the key is the hash of the journal entry that published it,
/// so nothing kept here can be stale.
type Parsed<T> = LazyLock<Mutex<BTreeMap<String, Arc<T>>>>;

fn cached<T>(
    cache: &Parsed<T>,
    fingerprint: &str,
    parse: impl FnOnce() -> Result<T, Failure>,
) -> Result<Arc<T>, Failure> {
    let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = cache.get(fingerprint) {
        return Ok(found.clone());
    }
    let parsed = Arc::new(parse()?);
    cache.insert(fingerprint.to_owned(), parsed.clone());
    Ok(parsed)
}
