//! 登记: an officer files for a caller or visitor, on one screen.

use super::reader::{FormData, Reader};
use kernel::time::{Date, Instant};
use kernel::{AreaId, UnitId};
use matters::{FileRequest, Receipt, SealedFile, Upload};
use matters_rules::command::{ContactCard, Occasion, Proposed};
use matters_rules::{AppealType, Channel, Consent, ExpressLine, OnBehalf, Salutation, Urgency};
use platform::ui::FieldError;
use platform::{App, By, Failure};
use serde::Deserialize;
use utoipa::ToSchema;

/// A new appeal as an officer writes it down.
#[derive(Clone, Deserialize, ToSchema)]
pub struct Register {
    /// How it came in, e.g. `hotline`.
    #[schema(value_type = String, example = "hotline")]
    pub channel: Channel,
    /// The source's own number.
    #[serde(default)]
    pub source_number: Option<String>,
    /// The source's own limit.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub source_due: Option<Instant>,
    /// `help`, `consultation`, `complaint` or `suggestion`.
    #[schema(value_type = String, example = "help")]
    pub appeal_type: AppealType,
    /// Code of the category, where known.
    #[serde(default)]
    pub category: Option<String>,
    /// Code of the county or township.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub area: Option<AreaId>,
    /// One line.
    pub title: String,
    /// The whole story.
    pub text: String,
    /// What the appellant wants to happen.
    #[serde(default)]
    pub expected: String,
    /// Name.
    #[serde(default)]
    pub name: String,
    /// `mr` or `ms`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub salutation: Option<Salutation>,
    /// Telephone number.
    #[serde(default)]
    pub phone: String,
    /// A second number.
    #[serde(default)]
    pub second_phone: String,
    /// When they may be called.
    #[serde(default)]
    pub convenient_time: String,
    /// The firm.
    #[serde(default)]
    pub enterprise: String,
    /// Unified social credit code.
    #[serde(default)]
    pub credit_code: String,
    /// Address.
    #[serde(default)]
    pub address: String,
    /// Handling units see a pseudonym and a redacted text.
    #[serde(default)]
    pub shielded: bool,
    /// Code of the unit complained about.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub complained_about: Option<UnitId>,
    /// The express lines it came by.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub express_lines: Vec<ExpressLine>,
    /// Code of the development zone it lies in.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub zone: Option<UnitId>,
    /// Where exactly, in words.
    #[serde(default)]
    pub place: String,
    /// How urgent it seems: `general`, `urgent`, `critical` or `complex`; acceptance decides.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub urgency: Option<Urgency>,
    /// Whether the clock should run round the clock (water, power, safety).
    #[serde(default)]
    pub natural_time: bool,
    /// `agent` or `chamber`, where someone calls for the appellant with their consent.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub on_behalf: Option<OnBehalf>,
    /// How the appellant agreed to that: `spoken`, `in_person` or `written`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub consent: Option<Consent>,
    /// Who calls for the appellant: name.
    #[serde(default)]
    pub filed_by_name: String,
    /// The same: number.
    #[serde(default)]
    pub filed_by_phone: String,
    /// Id of the call's recording in the telephone system.
    #[serde(default)]
    pub recording: String,
    /// Name of the meeting at which it was raised.
    #[serde(default)]
    pub occasion: String,
    /// Day of that meeting; none: today.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub occasion_date: Option<Date>,
}

/// A registered appeal: what the caller takes home.
pub type Registered = Receipt;

impl Register {
    /// Reads a sent form.
    ///
    /// # Errors
    /// Everything in it that cannot be read.
    pub fn from_form(data: &FormData<'_>) -> Result<Self, Vec<FieldError>> {
        let mut read = Reader::new(data);
        let channel = read.code("channel", Channel::parse);
        let appeal_type = read.code("appeal_type", AppealType::parse);
        let express_lines = read.codes("express_lines", ExpressLine::parse);
        let source_due =
            if read.maybe("source_due").is_some() { read.moment("source_due").map(Some) } else { Some(None) };
        let (title, text, expected) = (read.typed("title"), read.typed("text"), read.typed("expected"));
        let category = read.maybe("category");
        // The most precise place that was chosen.
        let area = read.maybe("area").or_else(|| read.maybe("county")).map(AreaId::from);
        let (source_number, shielded) = (read.maybe("source_number"), read.ticked("shielded"));
        let complained_about = read.maybe("complained_about").map(UnitId::from);
        let (name, phone, enterprise) = (read.typed("name"), read.typed("phone"), read.typed("enterprise"));
        let (credit_code, address) = (read.typed("credit_code"), read.typed("address"));
        let (second_phone, convenient_time) = (read.typed("second_phone"), read.typed("convenient_time"));
        let salutation = read.maybe_code("salutation", Salutation::parse);
        let urgency = read.maybe_code("urgency", Urgency::parse);
        let (on_behalf, consent) =
            (read.maybe_code("on_behalf", OnBehalf::parse), read.maybe_code("consent", Consent::parse));
        let (zone, natural_time) = (read.maybe("zone").map(UnitId::from), read.ticked("natural_time"));
        let (filed_by_name, filed_by_phone) = (read.typed("filed_by_name"), read.typed("filed_by_phone"));
        let (place, recording, occasion) =
            (read.typed("place"), read.typed("recording"), read.typed("occasion"));
        let occasion_date = read.maybe_date("occasion_date");
        read.finish(|| {
            Some(Self {
                channel: channel?,
                source_number,
                source_due: source_due?,
                appeal_type: appeal_type?,
                category,
                area,
                title,
                text,
                expected,
                name,
                phone,
                enterprise,
                credit_code,
                address,
                shielded,
                complained_about,
                express_lines: express_lines?,
                salutation: salutation?,
                second_phone,
                convenient_time,
                zone,
                place,
                urgency: urgency?,
                natural_time,
                on_behalf: on_behalf?,
                consent: consent?,
                filed_by_name,
                filed_by_phone,
                recording,
                occasion,
                occasion_date: occasion_date?,
            })
        })
    }

    /// Files it with the office, on behalf of the caller.
    ///
    /// # Errors
    /// Those of [`matters::file`].
    pub async fn file(
        self,
        app: &App,
        by: By,
        office: UnitId,
        uploads: Vec<Upload>,
    ) -> Result<Registered, Failure> {
        let uploads = matters::attachments::seal_all(app, uploads).await?;
        let request = self.into_request(office, uploads, app.config.zone.date_of(app.now()));
        app.write(move |work| matters::file(work, &by, &request)).await
    }

    /// As the loop takes it; `today` is the day of a meeting without a date.
    pub(crate) fn into_request(self, office: UnitId, uploads: Vec<SealedFile>, today: Date) -> FileRequest {
        let proposed = self.urgency.map(|urgency| Proposed { urgency, natural_time: self.natural_time });
        let date = self.occasion_date.unwrap_or(today);
        let occasion = Some(self.occasion).filter(|name| !name.trim().is_empty());
        FileRequest {
            category: self.category,
            area: self.area,
            title: self.title,
            text: self.text,
            expected: self.expected,
            contact: ContactCard {
                name: self.name,
                salutation: self.salutation,
                phone: self.phone,
                second_phone: self.second_phone,
                convenient_time: self.convenient_time,
                filed_by_name: self.filed_by_name,
                filed_by_phone: self.filed_by_phone,
                enterprise: self.enterprise,
                credit_code: self.credit_code,
                email: String::new(),
                address: self.address,
            },
            shielded: self.shielded,
            on_behalf: self.on_behalf.or(Some(OnBehalf::Officer)),
            consent: self.consent,
            zone: self.zone,
            place: self.place,
            proposed,
            recording: self.recording,
            occasion: occasion.map(|name| Occasion { name, date }),
            complained_about: self.complained_about,
            source_number: self.source_number,
            source_due: self.source_due,
            express_lines: self.express_lines,
            uploads,
            ..FileRequest::new(office, self.channel, self.appeal_type)
        }
    }
}
