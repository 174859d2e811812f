//! Raising a matter that is no appeal 立项: its texts are sealed under a key of its own, its
//! number is allocated, and the units named have it at once.

use crate::attachments::{self, SealedFile};
use crate::filing::{TEXT_MAX, TITLE_MAX};
use crate::sealing::TextSealer;
use crate::{MatterView, Viewer, shell};
use kernel::text::plain_line;
use kernel::{AreaId, BlobId, MatterId, Refusal, UnitId};
use matters_rules::command::{Assignee, Circumstances, Command, ContactCard, Noted};
use matters_rules::kind::{Raise, Raised};
use matters_rules::{MatterKind, NodeRole, Urgency};
use network::{Level, UnitRow};
use platform::ui::{Choice, Form, Page};
use platform::web::Staff;
use platform::{By, Failure, Work};
use store::Query;

/// Most things to be done in one matter.
pub const DEMANDS_MAX: usize = 20;
/// Longest name of a post, and of a paper's number, in characters.
pub const POST_MAX: usize = 40;

/// A matter as typed by an office.
#[derive(Clone)]
pub struct RaiseRequest {
    /// Any kind but an appeal.
    pub kind: MatterKind,
    /// The office that raises it.
    pub office: UnitId,
    /// Category code, where one fits.
    pub category: Option<String>,
    /// What it is about, where.
    pub area: Option<AreaId>,
    /// One line.
    pub title: String,
    /// The whole story; of an instruction its wording.
    pub text: String,
    /// What is to be done, one per line; empty: what the title says.
    pub demands: String,
    /// How urgent.
    pub urgency: Urgency,
    /// Where it comes from.
    pub raised: Raised,
    /// What it is called there: a record of a register.
    pub source_number: Option<String>,
    /// That a record of a register notes it: then the permission of registers is needed.
    pub noted: Option<Noted>,
    /// Photos, recordings and papers.
    pub uploads: Vec<SealedFile>,
    /// Who is to do it: one is the lead, several have their own part each.
    pub to: Vec<AssignedTo>,
}

/// A unit that is to do it.
#[derive(Clone, Debug)]
pub struct AssignedTo {
    /// Which.
    pub unit: UnitId,
    /// Item of the duty list, needed for a township.
    pub duty_item: Option<String>,
}

impl RaiseRequest {
    /// A matter without words yet.
    pub fn new(kind: MatterKind, office: UnitId) -> Self {
        Self {
            kind,
            office,
            category: None,
            area: None,
            title: String::new(),
            text: String::new(),
            demands: String::new(),
            urgency: Urgency::General,
            raised: Raised::default(),
            source_number: None,
            noted: None,
            uploads: Vec::new(),
            to: Vec::new(),
        }
    }
}

/// The units an office may be asked to choose from: those of the city and of its counties that
/// take work, but for the office itself.
///
/// # Errors
/// Whatever the store says.
pub fn units(query: &mut dyn Query, office: &UnitId) -> Result<Vec<UnitRow>, Failure> {
    let mut units = network::units_on(query, Level::City)?;
    units.extend(network::units_on(query, Level::County)?);
    units.retain(|unit| unit.open && unit.code != *office);
    Ok(units)
}

/// The same as a form offers them: those of the city, then those of the counties.
pub fn unit_choices<'u>(page: &'u Page, units: &'u [UnitRow]) -> impl Iterator<Item = Choice> + 'u {
    units.iter().map(|unit| {
        let group = if unit.level == Level::City { "units-city" } else { "units-county" };
        Choice::new(&unit.code, unit.full(page.locale())).group(page.t(group))
    })
}

/// How many units a form names at once; more are assigned on the matter's page.
const UNITS: usize = 3;

/// Names and labels of a form's fields for units.
pub fn unit_fields(page: &Page) -> Vec<(String, String)> {
    (1..=UNITS).map(|n| (format!("unit-{n}"), page.t1("units-nth", "n", n))).collect()
}

/// The units chosen in those fields, each once.
pub fn chosen_units(form: &Form) -> Vec<AssignedTo> {
    let mut chosen: Vec<AssignedTo> = Vec::new();
    for n in 1.. {
        let unit = UnitId::from(form.value(&format!("unit-{n}")));
        match unit.as_str().is_empty() {
            // Of the fields shown any may be left empty; another system names as many as it likes.
            true if n > UNITS => break,
            false if !chosen.iter().any(|to| to.unit == unit) => {
                chosen.push(AssignedTo { unit, duty_item: None });
            }
            _ => {}
        }
    }
    chosen
}

/// The matter that a form names, if whoever fills it in may see it.
///
/// # Errors
/// Whatever the store says.
pub async fn about(staff: &Staff, typed: &str) -> Result<Option<MatterView>, Failure> {
    let Ok(id) = typed.parse::<MatterId>() else { return Ok(None) };
    let person = staff.person.clone();
    let seen =
        staff.app.read(move |snapshot, app| crate::view(snapshot, app, id, Viewer::Staff(&person))).await;
    match seen {
        Ok(view) => Ok(Some(view)),
        Err(Failure::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The matter that a sent field names; whatever is not empty must name one they may see.
///
/// # Errors
/// `matter-unknown` beside the field.
pub async fn sent_matter(
    staff: &Staff,
    field: &'static str,
    sent: &str,
) -> Result<Option<MatterId>, Failure> {
    match about(staff, sent).await? {
        None if !sent.is_empty() => Err(Refusal::field(field, "matter-unknown").into()),
        found => Ok(found.map(|matter| matter.id)),
    }
}

/// A matter as raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaisedAs {
    /// Which.
    pub id: MatterId,
    /// Its public number.
    pub number: String,
}

/// Raises a matter.
///
/// # Errors
/// `title-missing`, `title-too-long`, `text-missing`, `text-too-long`, `too-many-demands`,
/// `post-missing`, `post-too-long`, those of [`attachments::keep`], those of the rules;
/// [`Failure::NotPermitted`].
pub fn raise(work: &mut Work<'_>, by: &By, request: &RaiseRequest) -> Result<RaisedAs, Failure> {
    let demands = demands(request);
    check(request, &demands)?;
    let id = MatterId(work.fresh.uuid());
    let key = work.new_subject()?;
    let number = next_number(work, request.kind)?;
    let attachments = request
        .uploads
        .iter()
        .map(|file| attachments::keep(work, &key, file))
        .collect::<Result<Vec<BlobId>, Failure>>()?;
    let sealer = TextSealer::with(key.clone());
    let role = if request.to.len() > 1 { NodeRole::Separate } else { NodeRole::Lead };
    let command = Command::Raise(Box::new(Raise {
        kind: request.kind,
        number: number.clone(),
        subject: key.subject().clone(),
        office: request.office.clone(),
        category: request.category.clone(),
        area: request.area.clone(),
        source_number: request.source_number.clone(),
        title: sealer.text(work, &plain_line(&request.title)),
        text: sealer.text(work, &request.text),
        contact: sealer.seal(work, &ContactCard::default()),
        attachments,
        urgency: request.urgency,
        demands: demands.iter().map(|demand| sealer.text(work, demand)).collect(),
        raised: tidy(&request.raised),
        circumstances: Circumstances { noted: request.noted, ..Circumstances::default() },
        to: request
            .to
            .iter()
            .map(|to| Assignee {
                unit: to.unit.clone(),
                role,
                duty_item: to.duty_item.clone(),
                instruction: None,
            })
            .collect(),
    }));
    shell::act(work, by, id, Some(0), &command)?;
    Ok(RaisedAs { id, number })
}

/// One per line; the title where none is listed.
fn demands(request: &RaiseRequest) -> Vec<String> {
    let listed: Vec<String> =
        request.demands.lines().map(plain_line).filter(|line| !line.is_empty()).collect();
    if listed.is_empty() { vec![plain_line(&request.title)] } else { listed }
}

fn check(request: &RaiseRequest, demands: &[String]) -> Result<(), Refusal> {
    let length = |text: &str| text.trim().chars().count();
    let over = |field, code, max: usize| Err(Refusal::field(field, code).with("max", max));
    if length(&request.title) == 0 {
        return Err(Refusal::field("title", "title-missing"));
    }
    if length(&request.title) > TITLE_MAX {
        return over("title", "title-too-long", TITLE_MAX);
    }
    if length(&request.text) == 0 {
        return Err(Refusal::field("text", "text-missing"));
    }
    if length(&request.text) > TEXT_MAX {
        return over("text", "text-too-long", TEXT_MAX);
    }
    if demands.len() > DEMANDS_MAX {
        return over("demands", "too-many-demands", DEMANDS_MAX);
    }
    match &request.raised.instruction {
        Some(given) if length(&given.post) == 0 => Err(Refusal::field("post", "post-missing")),
        Some(given) if length(&given.post) > POST_MAX => over("post", "post-too-long", POST_MAX),
        Some(given) if length(&given.paper) > POST_MAX => over("paper", "post-too-long", POST_MAX),
        _ => Ok(()),
    }
}

fn tidy(raised: &Raised) -> Raised {
    let mut raised = raised.clone();
    if let Some(given) = &mut raised.instruction {
        given.post = plain_line(&given.post);
        given.paper = plain_line(&given.paper);
    }
    raised
}

/// The kind's letters, the local year and a running number of at least four digits.
fn next_number(work: &mut Work<'_>, kind: MatterKind) -> Result<String, Failure> {
    let year = work.app().config.zone.date_of(work.now()).year();
    let n = store::series::next(work.tx, &format!("{}-{year}", kind.code()))?;
    Ok(format!("{}{year}{n:04}", kind.prefix()))
}
