//! Filing an appeal: everything personal is sealed before it reaches a rule, the number
//! and the tracking code are allocated, and a repeat of the same request changes nothing.

use crate::attachments::{self, SealedFile};
use crate::sealing::TextSealer;
use crate::shell;
use kernel::text::{normal_email, normal_phone, plain_line};
use kernel::time::Instant;
use kernel::{AreaId, BlobId, MatterId, Refusal, Sealed, SubjectId, UnitId};
use matters_rules::command::{
    self, Circumstances, Command, ContactCard, Noted, Occasion, OnBehalf, Proposed,
};
use matters_rules::{AppealType, Channel, Consent, ExpressLine};
use platform::vault::SubjectKey;
use platform::{By, Failure, Work};
use serde::{Deserialize, Serialize};

/// Scope of remembered answers to requests with an idempotency key.
const INTAKE: &str = "intake";
/// Kind of the blind index by telephone number.
pub const PHONE: &str = "phone";
/// The same for a second number: it finds the person, but is no ground to take two people
/// for one, as two of a firm may give the same.
pub const SECOND_PHONE: &str = "second_phone";
/// Kind of the blind index by e-mail address.
pub(crate) const EMAIL: &str = "email";
/// Longest title, in characters.
pub const TITLE_MAX: usize = 60;
/// Longest text, in characters.
pub const TEXT_MAX: usize = 5000;

/// Longest field of a contact card, in characters.
pub const CONTACT_MAX: usize = 120;

/// An appeal as typed. Holds personal data in the clear: no `Debug`, no `Serialize`.
#[derive(Clone)]
pub struct FileRequest {
    /// The office that receives it.
    pub office: UnitId,
    /// What the appellant is after.
    pub appeal_type: AppealType,
    /// Category code, where known.
    pub category: Option<String>,
    /// What it is about, where.
    pub area: Option<AreaId>,
    /// One line.
    pub title: String,
    /// The whole story.
    pub text: String,
    /// What the appellant wants to happen; may be empty.
    pub expected: String,
    /// How to reach them.
    pub contact: ContactCard,
    /// 保密
    pub shielded: bool,
    /// Filed for another, with consent.
    pub on_behalf: Option<OnBehalf>,
    /// 被反映单位
    pub complained_about: Option<UnitId>,
    /// How it came in.
    pub channel: Channel,
    /// The source's own number.
    pub source_number: Option<String>,
    /// The source's own limit.
    pub source_due: Option<Instant>,
    /// Labels.
    pub express_lines: Vec<ExpressLine>,
    /// Photos and papers.
    pub uploads: Vec<SealedFile>,
    /// The development zone it lies in.
    pub zone: Option<UnitId>,
    /// Where exactly, in words; may be empty.
    pub place: String,
    /// How urgent whoever took it down finds it.
    pub proposed: Option<Proposed>,
    /// How the appellant agreed that another files for them.
    pub consent: Option<Consent>,
    /// Id of the call's recording in the telephone system; may be empty.
    pub recording: String,
    /// The meeting at which it was raised.
    pub occasion: Option<Occasion>,
    /// That it was noted in a record of a register: whoever files it needs the permission of
    /// registers, not of the desk.
    pub noted: Option<Noted>,
}

impl FileRequest {
    /// An appeal without words yet: what must be said in any case, all else left out.
    pub fn new(office: UnitId, channel: Channel, appeal_type: AppealType) -> Self {
        Self {
            office,
            appeal_type,
            category: None,
            area: None,
            title: String::new(),
            text: String::new(),
            expected: String::new(),
            contact: ContactCard::default(),
            shielded: false,
            on_behalf: None,
            complained_about: None,
            channel,
            source_number: None,
            source_due: None,
            express_lines: Vec::new(),
            uploads: Vec::new(),
            zone: None,
            place: String::new(),
            proposed: None,
            consent: None,
            recording: String::new(),
            occasion: None,
            noted: None,
        }
    }
}

/// What the appellant takes home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Which matter; not shown.
    pub id: MatterId,
    /// Public number.
    pub number: String,
    /// Tracking code; stored nowhere in the clear.
    pub code: String,
}

/// Files an appeal.
///
/// # Errors
/// `title-missing`, `title-too-long`, `text-missing`, `text-too-long`, `phone-malformed`,
/// `contact-too-long`, those of [`attachments::keep`], those of the rules; [`Failure::NotPermitted`].
pub fn file(work: &mut Work<'_>, by: &By, request: &FileRequest) -> Result<Receipt, Failure> {
    let id = MatterId(work.fresh.uuid());
    file_as(work, by, id, request)
}

/// The same under an id that is known beforehand.
///
/// # Errors
/// As [`file`].
pub(crate) fn file_as(
    work: &mut Work<'_>,
    by: &By,
    id: MatterId,
    request: &FileRequest,
) -> Result<Receipt, Failure> {
    let key = subject_by_phone(work, &request.contact.phone)?;
    file_for(work, by, id, request, key)
}

/// The same with an idempotency key: a repeat of the same request gets the same receipt.
///
/// # Errors
/// `idempotency-key-reused` where the key came with another request; else as [`file`].
pub fn file_once(work: &mut Work<'_>, by: &By, key: &str, request: &FileRequest) -> Result<Receipt, Failure> {
    let fingerprint = fingerprint(work, request);
    if let Some(answer) = store::idempotency::get(work.tx, INTAKE, key)? {
        let answer: Sealed<Answer> = serde_json::from_str(&answer)?;
        let subject = work.subject_key(&answer.subject)?;
        let answer = work.vault().open(&subject, &answer)?.into_inner();
        if answer.fingerprint != fingerprint {
            return Err(Refusal::new("idempotency-key-reused").into());
        }
        return Ok(answer.receipt);
    }
    let subject = subject_by_phone(work, &request.contact.phone)?;
    let id = MatterId(work.fresh.uuid());
    let receipt = file_for(work, by, id, request, subject.clone())?;
    let answer = Answer { fingerprint, receipt: receipt.clone() };
    let sealed = serde_json::to_string(&TextSealer::with(subject.clone()).seal(work, &answer))?;
    let at = work.when().recorded_at;
    store::idempotency::put(work.tx, INTAKE, key, &sealed, Some(&subject.subject().0), at)?;
    Ok(receipt)
}

/// What is remembered under an idempotency key, sealed under the appellant's key.
#[derive(Serialize, Deserialize)]
struct Answer {
    fingerprint: String,
    receipt: Receipt,
}

fn file_for(
    work: &mut Work<'_>,
    by: &By,
    id: MatterId,
    request: &FileRequest,
    key: SubjectKey,
) -> Result<Receipt, Failure> {
    check(request)?;
    if let Some(email) = normal_email(&request.contact.email) {
        let blind = work.vault().blind(EMAIL, &email);
        store::subjects::add_index(work.tx, &blind, EMAIL, &key.subject().0)?;
    }
    let number = next_number(work)?;
    let code = work.fresh.code();
    let attachments = request
        .uploads
        .iter()
        .map(|file| attachments::keep(work, &key, file))
        .collect::<Result<Vec<BlobId>, Failure>>()?;
    let sealer = TextSealer::with(key.clone());
    let command = Command::File(Box::new(command::File {
        number: number.clone(),
        code_hmac: Some(work.vault().code_digest(&number, &code)),
        subject: key.subject().clone(),
        office: request.office.clone(),
        appeal_type: request.appeal_type,
        category: request.category.clone(),
        area: request.area.clone(),
        title: sealer.text(work, &plain_line(&request.title)),
        text: sealer.text(work, &request.text),
        expected: sealer.optional(work, &request.expected),
        contact: sealer.seal(work, &tidy(&request.contact)),
        shielded: request.shielded,
        on_behalf: request.on_behalf,
        complained_about: request.complained_about.clone(),
        channel: request.channel,
        source_number: request.source_number.clone(),
        source_due: request.source_due,
        express_lines: request.express_lines.clone(),
        attachments,
        circumstances: circumstances(work, &sealer, request),
    }));
    shell::act(work, by, id, Some(0), &command)?;
    if let Some(phone) = normal_phone(&request.contact.second_phone) {
        let blind = work.vault().blind(PHONE, &phone);
        store::subjects::add_index(work.tx, &blind, SECOND_PHONE, &key.subject().0)?;
    }
    Ok(Receipt { id, number, code })
}

fn circumstances(work: &mut Work<'_>, sealer: &TextSealer, request: &FileRequest) -> Circumstances {
    Circumstances {
        zone: request.zone.clone(),
        place: sealer.optional(work, &plain_line(&request.place)),
        proposed: request.proposed,
        consent: request.consent,
        recording: sealer.optional(work, &plain_line(&request.recording)),
        occasion: request
            .occasion
            .as_ref()
            .map(|occasion| Occasion { name: plain_line(&occasion.name), date: occasion.date }),
        noted: request.noted,
    }
}

fn check(request: &FileRequest) -> Result<(), Refusal> {
    let length = |text: &str| text.trim().chars().count();
    match (length(&request.title), length(&request.text)) {
        (0, _) => Err(Refusal::field("title", "title-missing")),
        (n, _) if n > TITLE_MAX => Err(Refusal::field("title", "title-too-long").with("max", TITLE_MAX)),
        (_, 0) => Err(Refusal::field("text", "text-missing")),
        (_, n) if n > TEXT_MAX => Err(Refusal::field("text", "text-too-long").with("max", TEXT_MAX)),
        _ => {
            phones_read(&request.contact)?;
            contact_fits(request)
        }
    }
}

fn phones_read(contact: &ContactCard) -> Result<(), Refusal> {
    let phones = [
        ("phone", &contact.phone),
        ("second_phone", &contact.second_phone),
        ("filed_by_phone", &contact.filed_by_phone),
    ];
    match phones.into_iter().find(|(_, typed)| !typed.trim().is_empty() && normal_phone(typed).is_none()) {
        Some((field, _)) => Err(Refusal::field(field, "phone-malformed")),
        None => Ok(()),
    }
}

/// Every field of a contact card, and what else is one line, is of ordinary length.
fn contact_fits(request: &FileRequest) -> Result<(), Refusal> {
    let contact = &request.contact;
    let occasion = request.occasion.as_ref().map_or("", |occasion| occasion.name.as_str());
    let fields = [
        ("name", contact.name.as_str()),
        ("phone", &contact.phone),
        ("second_phone", &contact.second_phone),
        ("enterprise", &contact.enterprise),
        ("credit_code", &contact.credit_code),
        ("email", &contact.email),
        ("address", &contact.address),
        ("convenient_time", &contact.convenient_time),
        ("filed_by_name", &contact.filed_by_name),
        ("filed_by_phone", &contact.filed_by_phone),
        ("place", &request.place),
        ("recording", &request.recording),
        ("occasion", occasion),
    ];
    match fields.into_iter().find(|(_, typed)| typed.trim().chars().count() > CONTACT_MAX) {
        Some((field, _)) => Err(Refusal::field(field, "contact-too-long").with("max", CONTACT_MAX)),
        None => Ok(()),
    }
}

fn tidy(contact: &ContactCard) -> ContactCard {
    ContactCard {
        name: plain_line(&contact.name),
        salutation: contact.salutation,
        phone: plain_line(&contact.phone),
        second_phone: plain_line(&contact.second_phone),
        convenient_time: plain_line(&contact.convenient_time),
        filed_by_name: plain_line(&contact.filed_by_name),
        filed_by_phone: plain_line(&contact.filed_by_phone),
        enterprise: plain_line(&contact.enterprise),
        credit_code: plain_line(&contact.credit_code),
        email: plain_line(&contact.email),
        address: plain_line(&contact.address),
    }
}

/// The key under which it is sealed: that of the person known by this telephone number,
/// or a new one.
pub(crate) fn subject_by_phone(work: &mut Work<'_>, phone: &str) -> Result<SubjectKey, Failure> {
    let Some(phone) = normal_phone(phone) else {
        return work.new_subject();
    };
    let blind = work.vault().blind(PHONE, &phone);
    for subject in store::subjects::find(work.tx, &blind, PHONE)? {
        match work.subject_key(&SubjectId(subject)) {
            Err(Failure::NotFound) => {}
            found => return found,
        }
    }
    let key = work.new_subject()?;
    store::subjects::add_index(work.tx, &blind, PHONE, &key.subject().0)?;
    Ok(key)
}

/// `YYYYMMDD` of the local day and a running number of at least four digits.
fn next_number(work: &mut Work<'_>) -> Result<String, Failure> {
    let day = work.app().config.zone.date_of(work.now()).to_string().replace('-', "");
    let n = store::series::next(work.tx, &format!("appeal-{day}"))?;
    Ok(format!("{day}{n:04}"))
}

/// A keyed digest of what was asked, so that a key that comes back with something else is
/// noticed, and nobody learns a receipt by guessing a key.
fn fingerprint(work: &Work<'_>, request: &FileRequest) -> String {
    let uploads: Vec<&str> = request.uploads.iter().map(|file| file.digest.as_str()).collect();
    let whole = serde_json::json!([
        request.office,
        request.appeal_type,
        request.category,
        request.area,
        request.title,
        request.text,
        request.expected,
        request.contact,
        request.shielded,
        request.on_behalf,
        request.complained_about,
        request.channel,
        request.source_number,
        request.source_due,
        request.express_lines,
        uploads,
        request.zone,
        request.place,
        request.proposed,
        request.consent,
        request.recording,
        request.occasion,
        request.noted,
    ]);
    work.vault().blind("intake-request", whole.to_string())
}
