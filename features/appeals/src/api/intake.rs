//! `POST /api/v1/appeals`: anyone files an appeal and takes home its number and code. With
//! an idempotency key a repeat gets the same receipt.

use super::files::{self, NewFile};
use super::known;
use super::view::rfc3339;
use crate::quota;
use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{AreaId, UnitId};
use matters::{FileRequest, Matters, Receipt};
use matters_rules::command::{ContactCard, OnBehalf};
use matters_rules::{AppealType, Channel, Consent, Event};
use platform::ui::FieldError;
use platform::web::{Access, Ctx, Endpoint, Routes, json_with_files};
use platform::{By, Failure, Work};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The header under which a repeat is recognised.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// Longest key, in characters.
const KEY_MAX: usize = 200;

/// A new appeal.
#[derive(Clone, Deserialize, ToSchema)]
struct NewAppeal {
    /// `help`, `consultation`, `complaint` or `suggestion`.
    #[schema(value_type = String, example = "help")]
    appeal_type: AppealType,
    /// Code of the category, where known (`GET /api/v1/categories`).
    #[serde(default)]
    #[schema(example = "ENE-01")]
    category: Option<String>,
    /// Code of the county or township it is about.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "431302")]
    area: Option<AreaId>,
    /// One line.
    #[schema(max_length = 60)]
    title: String,
    /// The whole story.
    #[schema(max_length = 5000)]
    text: String,
    /// What should happen.
    #[serde(default)]
    expected: String,
    /// How to reach the appellant.
    contact: NewContact,
    /// Handling units see a pseudonym and a redacted text.
    #[serde(default)]
    shielded: bool,
    /// `agent` or `chamber`, where someone files for the appellant with their consent.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    on_behalf: Option<OnBehalf>,
    /// How the appellant agreed to that: `spoken`, `in_person` or `written`; required then.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    consent: Option<Consent>,
    /// Code of the unit complained about; it will not handle the appeal.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    complained_about: Option<UnitId>,
    /// Photos and papers.
    #[serde(default)]
    attachments: Vec<NewFile>,
}

/// How to reach the appellant. Sealed before anything is stored.
#[derive(Clone, Deserialize, ToSchema)]
struct NewContact {
    /// Form of address.
    name: String,
    /// Telephone number.
    phone: String,
    /// The firm, if one.
    #[serde(default)]
    enterprise: String,
    /// Its unified social credit code.
    #[serde(default)]
    credit_code: String,
    /// E-mail.
    #[serde(default)]
    email: String,
    /// Address.
    #[serde(default)]
    address: String,
    /// A second number.
    #[serde(default)]
    second_phone: String,
    /// When to call.
    #[serde(default)]
    convenient_time: String,
    /// Who files for them, where another does: name.
    #[serde(default)]
    filed_by_name: String,
    /// The same: number.
    #[serde(default)]
    filed_by_phone: String,
}

/// What the appellant takes home.
#[derive(Serialize, ToSchema)]
#[schema(as = Receipt)]
pub(super) struct ReceiptJson {
    /// Public number.
    number: String,
    /// Tracking code; shown this once, stored nowhere in the clear.
    code: String,
    /// Until when it is decided whether the appeal is accepted.
    #[schema(format = DateTime)]
    review_due: String,
}

pub(super) fn routes() -> Routes {
    let file = Endpoint::post("/api/v1/appeals", "fileAppeal", "File an appeal")
        .tag("appeals")
        .about("No account is needed. The number of appeals from one source within an hour is limited.")
        .header(
            IDEMPOTENCY_KEY,
            false,
            "Chosen by the sender, new for each appeal and hard to guess (a UUID). A repeat with the same body \
             gets the same receipt; another body under the same key is refused with 422.",
        )
        .body::<NewAppeal>()
        .answer_with::<ReceiptJson>(201, "Filed", &[("Location", "Where to follow it")])
        .fails(&[429]);
    Routes::new().endpoint(Access::Public, file, handle)
}

async fn handle(ctx: Ctx, request: Request) -> Result<Response, Failure> {
    let key = idempotency_key(&ctx)?;
    let sent: NewAppeal = json_with_files(&ctx.app, request).await?;
    known::check(&ctx.app, "", sent.category.as_deref(), sent.area.as_ref()).await?;
    let office = ctx.app.config.intake_office.clone();
    let request = sent
        .into_request(&ctx, office.ok_or_else(|| Failure::Internal("no intake office is set".into()))?)
        .await?;
    let source = ctx.source.clone();
    let receipt = ctx
        .app
        .write(move |work| {
            quota::take(work, &source)?;
            let receipt = match &key {
                Some(key) => matters::file_once(work, &By::Public, key, &request),
                None => matters::file(work, &By::Public, &request),
            }?;
            told(work, receipt)
        })
        .await?;
    Ok(created(receipt))
}

/// The receipt with the limit that was set at filing: the same however late it is asked for.
///
/// # Errors
/// Whatever the store says.
pub(super) fn told(work: &mut Work<'_>, receipt: Receipt) -> Result<ReceiptJson, Failure> {
    let history = platform::act::history::<Matters>(work.tx, &receipt.id.to_string())?;
    match history.first().map(|first| &first.event) {
        Some(Event::Filed(filed)) => Ok(ReceiptJson {
            number: receipt.number,
            code: receipt.code,
            review_due: rfc3339(filed.review.due),
        }),
        _ => Err(Failure::Internal("an appeal does not begin with its filing".into())),
    }
}

/// 201 with the address to follow it at. The code is not for caches.
pub(super) fn created(receipt: ReceiptJson) -> Response {
    let place =
        HeaderValue::try_from(format!("/api/v1/appeals/{}", receipt.number)).expect("numbers are digits");
    let headers = [(header::LOCATION, place), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::CREATED, headers, Json(receipt)).into_response()
}

/// The key with what it is for: nobody else's key can be met by chance.
fn idempotency_key(ctx: &Ctx) -> Result<Option<String>, Failure> {
    match ctx.header(IDEMPOTENCY_KEY) {
        None => Ok(None),
        Some(key) if (1..=KEY_MAX).contains(&key.len()) => Ok(Some(format!("api:{key}"))),
        Some(_) => Err(Failure::Invalid(vec![
            FieldError::new(IDEMPOTENCY_KEY, "idempotency-key").with("max", KEY_MAX),
        ])),
    }
}

impl NewAppeal {
    async fn into_request(self, ctx: &Ctx, office: UnitId) -> Result<FileRequest, Failure> {
        if self.contact.phone.trim().is_empty() {
            return Err(Failure::Invalid(vec![FieldError::new("contact/phone", "entry-missing")]));
        }
        let contact = self.contact;
        Ok(FileRequest {
            category: self.category,
            area: self.area,
            title: self.title,
            text: self.text,
            expected: self.expected,
            contact: ContactCard {
                name: contact.name,
                salutation: None,
                phone: contact.phone,
                second_phone: contact.second_phone,
                convenient_time: contact.convenient_time,
                filed_by_name: contact.filed_by_name,
                filed_by_phone: contact.filed_by_phone,
                enterprise: contact.enterprise,
                credit_code: contact.credit_code,
                email: contact.email,
                address: contact.address,
            },
            shielded: self.shielded,
            on_behalf: self.on_behalf,
            consent: self.consent,
            complained_about: self.complained_about,
            uploads: matters::attachments::seal_all(&ctx.app, files::decode(&ctx.app, self.attachments)?)
                .await?,
            ..FileRequest::new(office, Channel::Api, self.appeal_type)
        })
    }
}
