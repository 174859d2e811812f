//! The way by files: `<folder>/<partner>/in` is looked into every minute, what was taken over
//! is moved to `done`, what was refused to `refused` with the reason beside it; what is to be
//! sent lies in `out`. Whatever carries the files between the platforms is the operator's.

use crate::projection::{self, PartnerRow};
use crate::rules::partner::Adapter;
use crate::rules::wire::Message;
use crate::{compose, incoming};
use kernel::Refusal;
use outward::folder::{laid_down, lay_down, put_away, read};
use platform::jobs::{JobHandler, enqueue, handler};
use platform::slow::apart;
use platform::ui::Locale;
use platform::{App, Failure, Work};
use serde::Serialize;
use std::path::PathBuf;
use store::jobs::Job;

/// The job's kind.
pub const KIND: &str = "exchange.folder";
/// Seconds between two looks.
const EVERY: i64 = 60;
/// Files taken at one look.
const MOST: usize = 200;
/// The largest file of a message: its own files in base64, and its words.
pub(crate) const LARGEST: usize = compose::FILES_MAX / 3 * 4 + 1024 * 1024;

/// The handler.
pub(crate) fn jobs() -> Vec<(&'static str, JobHandler)> {
    vec![(KIND, handler(run_job))]
}

/// What a run looks at: there is nothing to choose.
#[derive(Serialize)]
struct Everything {}

/// Sees to it that the folders are looked into from now on; again is harmless.
///
/// # Errors
/// Whatever the store says.
pub async fn begin(app: &App) -> Result<(), Failure> {
    app.write(plan).await
}

fn plan(work: &mut Work<'_>) -> Result<(), Failure> {
    let next = work.now().plus_seconds(EVERY);
    enqueue(work, KIND, "all", &Everything {}, next)
}

async fn run_job(app: App, _: Job) -> Result<(), Failure> {
    // The next look is written down first: whatever becomes of this one, they go on.
    app.write(plan).await?;
    run(&app).await.map(drop)
}

/// Takes over what lies there; answers how many files.
///
/// # Errors
/// The store's, and those of the file system.
pub async fn run(app: &App) -> Result<usize, Failure> {
    let partners = app.read(|snapshot, _| Ok::<_, Failure>(projection::partners(snapshot)?)).await?;
    let by_files = |partner: &PartnerRow| partner.on && partner.terms.adapter == Adapter::Files;
    let mut taken = 0;
    for partner in partners.into_iter().filter(by_files) {
        taken += look(app, &partner).await?;
    }
    Ok(taken)
}

async fn look(app: &App, partner: &PartnerRow) -> Result<usize, Failure> {
    let Some(home) = home(app, partner) else { return Ok(0) };
    let folder = home.clone();
    let files = apart(move || laid_down(&folder, MOST).map_err(|error| failed(&error))).await?;
    for file in &files {
        let (folder, named) = (home.clone(), file.clone());
        let read = apart(move || Ok(read(&folder, &named, LARGEST))).await?;
        let reason = match read.as_deref().map(serde_json::from_slice) {
            Ok(Ok(message)) => take(app, partner, &message).await?,
            Ok(Err(_)) => Some(refused(app, &Refusal::new("exchange-file-malformed"))),
            Err(_) => Some(refused(app, &Refusal::new("exchange-file-large"))),
        };
        let (home, file) = (home.clone(), file.clone());
        apart(move || put_away(&home, &file, reason.as_deref()).map_err(|error| failed(&error))).await?;
    }
    Ok(files.len())
}

/// Why it was refused, in the office's language; none where it was taken over.
async fn take(app: &App, partner: &PartnerRow, message: &Message) -> Result<Option<String>, Failure> {
    match incoming::take(app, &partner.by(), partner, message).await {
        Ok(_) => Ok(None),
        Err(Failure::Refused(refusal)) => Ok(Some(refused(app, &refusal))),
        Err(failure) => Err(failure),
    }
}

/// In the language that the office writes in.
fn refused(app: &App, refusal: &Refusal) -> String {
    app.locales.translator(Locale::ZhCn).refusal(refusal)
}

/// Lays a message down for the partner: complete, or not at all. Again it is the same file.
pub(crate) async fn put(
    app: &App,
    partner: &PartnerRow,
    message: &Message,
    body: String,
) -> Result<(), Failure> {
    let home = home(app, partner).ok_or_else(|| {
        Failure::Internal("exchange_folder is not set in tongxin.toml, and there is no data folder".into())
    })?;
    let stamp = message.timestamp.to_string().replace([':', '.'], "");
    let name = format!("{stamp}-{}.json", message.id.replace(':', "-"));
    apart(move || lay_down(&home, &name, &body).map_err(|error| failed(&error))).await
}

/// Where a partner's files are; none where the operator has set no folder.
pub(crate) fn home(app: &App, partner: &PartnerRow) -> Option<PathBuf> {
    Some(app.config.exchange()?.join(&partner.code))
}

/// The folder's own name is nobody's business in a log.
fn failed(error: &std::io::Error) -> Failure {
    Failure::Internal(format!("the folder of the exchange: {}", error.kind()))
}
