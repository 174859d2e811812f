//! A measure is taken: it gets its number, and what is to be made good becomes a rectification
//! of the unit, in one transaction.

use crate::rules::{Command, MeasureKind, Proposed, Text};
use crate::shell::{self, Accountability};
use kernel::MatterId;
use matters::TextSealer;
use matters::raising::{AssignedTo, RaiseRequest, raise};
use matters_rules::MatterKind;
use matters_rules::kind::Raised;
use platform::{By, Failure, Work};
use uuid::Uuid;

/// Takes a proposed measure, with what whoever decides has to say; it may be empty.
///
/// # Errors
/// Those of the rules; [`Failure::NotFound`], [`Failure::NotPermitted`].
pub fn take(work: &mut Work<'_>, by: &By, id: Uuid, reason: &str) -> Result<(), Failure> {
    let measure = work.load::<Accountability>(&id.to_string())?.state;
    let proposed = measure.proposed.ok_or(Failure::NotFound)?;
    let reason = seal(work, &proposed, reason)?;
    let number = Some(next_number(work, proposed.kind)?);
    let rectification = rectify(work, by, id, &proposed)?;
    let command = Command::Decide { approve: true, reason, number, rectification };
    shell::act(work, by, &id.to_string(), &command)
}

/// Words about a measure, sealed as its own are; none where nothing was typed.
pub(crate) fn seal(work: &mut Work<'_>, proposed: &Proposed, typed: &str) -> Result<Option<Text>, Failure> {
    let key = work.subject_key(&proposed.subject)?;
    Ok(TextSealer::with(key).optional(work, typed))
}

/// The local year and a running number of that kind.
fn next_number(work: &mut Work<'_>, kind: MeasureKind) -> Result<(i16, i64), Failure> {
    let year = work.app().config.zone.date_of(work.now()).year();
    let n = store::series::next(work.tx, &format!("accountability-{}-{year}", kind.code()))?;
    Ok((year, n))
}

fn rectify(work: &mut Work<'_>, by: &By, id: Uuid, proposed: &Proposed) -> Result<Option<MatterId>, Failure> {
    let Some((demand, due)) = &proposed.rectify else { return Ok(None) };
    let key = work.subject_key(&proposed.subject)?;
    let plain = |text: &Text| Ok::<_, Failure>(work.vault().open(&key, text)?.into_inner());
    let (demand, facts) = (plain(demand)?, plain(&proposed.facts)?);
    let office = work.app().config.intake_office.clone().ok_or(Failure::NotFound)?;
    let mut request = RaiseRequest::new(MatterKind::Rectification, office);
    request.title = kernel::text::clip(&demand.replace('\n', " "), matters::filing::TITLE_MAX);
    request.text = facts;
    request.demands = demand;
    request.raised = Raised {
        due: Some(*due),
        about: proposed.matter,
        measure: Some(id.to_string()),
        ..Raised::default()
    };
    request.to = vec![AssignedTo { unit: proposed.unit.clone(), duty_item: None }];
    raise(work, by, &request).map(|raised| Some(raised.id))
}
