//! What an appellant may do with number and code: write, hand in, rate, contest, withdraw.
//! When each is possible is decided by the rules.

use super::files::{self, NewFile};
use super::tracking::prove;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use kernel::BlobId;
use matters::attachments::{keep, seal_all};
use matters::{TextSealer, Upload};
use matters_rules::command::{Rating, Text};
use matters_rules::{Command, Grade, PressureKind, Solved};
use platform::ui::FieldError;
use platform::web::{Access, Ctx, Endpoint, Routes, json_with_files};
use platform::{App, By, Failure, Work};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

/// The most characters of a text.
const TEXT_MAX: usize = 2000;
/// The most characters of a reason.
const REASON_MAX: usize = 500;

/// A message to the office.
#[derive(Clone, Deserialize, ToSchema)]
struct WriteMessage {
    #[schema(max_length = 2000)]
    text: String,
}

/// Something new about the matter.
#[derive(Clone, Deserialize, ToSchema)]
struct HandIn {
    #[serde(default)]
    #[schema(max_length = 2000)]
    text: String,
    #[serde(default)]
    attachments: Vec<NewFile>,
}

/// An evaluation.
#[derive(Clone, Deserialize, ToSchema)]
struct RateResult {
    /// `yes`, `partly` or `no`.
    #[schema(value_type = String, example = "yes")]
    solved: Solved,
    /// `very_satisfied`, `satisfied`, `fairly_satisfied`, `dissatisfied` or `very_dissatisfied`.
    #[schema(value_type = String, example = "satisfied")]
    grade: Grade,
    /// Why; needed where it is not solved or the grade is a bad one.
    #[serde(default)]
    #[schema(max_length = 500)]
    reason: String,
}

/// Why the matter should not be closed.
#[derive(Clone, Deserialize, ToSchema)]
struct ContestClosing {
    #[schema(max_length = 2000)]
    text: String,
}

/// A wish for a redo, while the result awaits the appellant's word.
#[derive(Clone, Deserialize, ToSchema)]
struct AskForRedo {
    #[schema(max_length = 2000)]
    text: String,
}

/// A report of pressure or reprisal: for the office, past the handling units.
#[derive(Clone, Deserialize, ToSchema)]
struct ReportPressure {
    /// `praise`, `withdrawal`, `exposure`, `reprisal` or `other`.
    #[schema(value_type = String, example = "reprisal")]
    kind: PressureKind,
    #[schema(max_length = 2000)]
    text: String,
}

/// A withdrawal.
#[derive(Clone, Deserialize, ToSchema)]
struct WithdrawAppeal {
    #[serde(default)]
    #[schema(max_length = 500)]
    reason: String,
}

/// One of the appellant's verbs.
trait Wish: Clone + DeserializeOwned + ToSchema + Send + 'static {
    const PATH: &'static str;
    const ID: &'static str;
    const SUMMARY: &'static str;

    /// Files that come along.
    fn take_files(&mut self) -> Vec<NewFile> {
        Vec::new()
    }

    /// The command, its words checked and sealed.
    fn command(&self, pen: &mut Pen<'_, '_>, attachments: Vec<BlobId>) -> Result<Command, Failure>;
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .merge(mount::<WriteMessage>())
        .merge(mount::<HandIn>())
        .merge(mount::<RateResult>())
        .merge(mount::<AskForRedo>())
        .merge(mount::<ContestClosing>())
        .merge(mount::<ReportPressure>())
        .merge(mount::<WithdrawAppeal>())
}

fn mount<W: Wish>() -> Routes {
    let endpoint = Endpoint::post(W::PATH, W::ID, W::SUMMARY)
        .tag("appeals")
        .body::<W>()
        .done("Done; the matter tells what came of it")
        .fails(&[429]);
    Routes::new().endpoint(Access::Appellant, endpoint, carry_out::<W>)
}

async fn carry_out<W: Wish>(
    ctx: Ctx,
    Path(number): Path<String>,
    request: Request,
) -> Result<StatusCode, Failure> {
    let id = prove(&ctx, &number).await?;
    let mut wish: W = json_with_files(&ctx.app, request).await?;
    let uploads = files::decode(&ctx.app, wish.take_files())?;
    send(&ctx.app, By::Appellant(id), id, wish, uploads).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn send<W: Wish>(
    app: &App,
    by: By,
    id: kernel::MatterId,
    wish: W,
    uploads: Vec<Upload>,
) -> Result<(), Failure> {
    let files = seal_all(app, uploads).await?;
    app.write(move |work| {
        let sealer = TextSealer::of(work, id)?;
        let stored = files.iter().map(|file| keep(work, sealer.key(), file));
        let attachments = stored.collect::<Result<_, _>>()?;
        let command = wish.command(&mut Pen { work, sealer: &sealer }, attachments)?;
        matters::act(work, &by, id, None, &command).map(drop)
    })
    .await
}

/// Checks and seals words.
struct Pen<'p, 'w> {
    work: &'p mut Work<'w>,
    sealer: &'p TextSealer,
}

impl Pen<'_, '_> {
    fn text(&mut self, field: &str, plain: &str, max: usize) -> Result<Text, Failure> {
        self.optional(field, plain, max)?
            .ok_or_else(|| Failure::Invalid(vec![FieldError::new(field, "entry-missing")]))
    }

    fn optional(&mut self, field: &str, plain: &str, max: usize) -> Result<Option<Text>, Failure> {
        if plain.trim().chars().count() > max {
            return Err(Failure::Invalid(vec![FieldError::new(field, "entry-too-long").with("max", max)]));
        }
        Ok(self.sealer.optional(self.work, plain))
    }
}

impl Wish for WriteMessage {
    const PATH: &'static str = "/api/v1/appeals/{number}/messages";
    const ID: &'static str = "writeMessage";
    const SUMMARY: &'static str = "Write to the office";

    fn command(&self, pen: &mut Pen<'_, '_>, _: Vec<BlobId>) -> Result<Command, Failure> {
        Ok(Command::Message {
            to_appellant: false,
            node: None,
            text: pen.text("text", &self.text, TEXT_MAX)?,
        })
    }
}

impl Wish for HandIn {
    const PATH: &'static str = "/api/v1/appeals/{number}/materials";
    const ID: &'static str = "handInMaterial";
    const SUMMARY: &'static str = "Hand in something new: words, photos, papers";

    fn take_files(&mut self) -> Vec<NewFile> {
        std::mem::take(&mut self.attachments)
    }

    fn command(&self, pen: &mut Pen<'_, '_>, attachments: Vec<BlobId>) -> Result<Command, Failure> {
        Ok(Command::AddMaterial { text: pen.optional("text", &self.text, TEXT_MAX)?, attachments })
    }
}

impl Wish for RateResult {
    const PATH: &'static str = "/api/v1/appeals/{number}/rating";
    const ID: &'static str = "rateResult";
    const SUMMARY: &'static str = "Say whether it was solved, and how well";

    fn command(&self, pen: &mut Pen<'_, '_>, _: Vec<BlobId>) -> Result<Command, Failure> {
        let unhappy = self.solved == Solved::No || !self.grade.is_satisfied(true);
        let reason = match unhappy {
            true => Some(pen.text("reason", &self.reason, REASON_MAX)?),
            false => pen.optional("reason", &self.reason, REASON_MAX)?,
        };
        Ok(Command::Rate(Rating { solved: self.solved, grade: self.grade, reason }))
    }
}

impl Wish for ContestClosing {
    const PATH: &'static str = "/api/v1/appeals/{number}/contest";
    const ID: &'static str = "contestClosing";
    const SUMMARY: &'static str = "Say that it should not be closed; once";

    fn command(&self, pen: &mut Pen<'_, '_>, _: Vec<BlobId>) -> Result<Command, Failure> {
        Ok(Command::Contest { text: pen.text("text", &self.text, TEXT_MAX)? })
    }
}

impl Wish for AskForRedo {
    const PATH: &'static str = "/api/v1/appeals/{number}/redo-request";
    const ID: &'static str = "askForRedo";
    const SUMMARY: &'static str = "Ask that it be handled again";

    fn command(&self, pen: &mut Pen<'_, '_>, _: Vec<BlobId>) -> Result<Command, Failure> {
        Ok(Command::AskRedo { text: pen.text("text", &self.text, TEXT_MAX)? })
    }
}

impl Wish for ReportPressure {
    const PATH: &'static str = "/api/v1/appeals/{number}/pressure-reports";
    const ID: &'static str = "reportPressure";
    const SUMMARY: &'static str = "Report pressure or reprisal";

    fn command(&self, pen: &mut Pen<'_, '_>, _: Vec<BlobId>) -> Result<Command, Failure> {
        Ok(Command::ReportPressure { kind: self.kind, text: pen.text("text", &self.text, TEXT_MAX)? })
    }
}

impl Wish for WithdrawAppeal {
    const PATH: &'static str = "/api/v1/appeals/{number}/withdrawal";
    const ID: &'static str = "withdrawAppeal";
    const SUMMARY: &'static str = "Withdraw the appeal";

    fn command(&self, pen: &mut Pen<'_, '_>, _: Vec<BlobId>) -> Result<Command, Failure> {
        Ok(Command::Withdraw { reason: pen.optional("reason", &self.reason, REASON_MAX)? })
    }
}
