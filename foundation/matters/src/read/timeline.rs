//! What happened, line by line, as far as the reader may know: notes never reach the
//! appellant, a single grade never reaches the handlers before the matter is closed.

use super::model::{GroundView, NoteView, TimelineItem, UnitName};
use super::view::Page;
use crate::attachments;
use crate::configuration;
use kernel::time::{Date, Instant};
use kernel::{BlobId, NodeId, Recorded, Source};
use matters_rules::command::Text;
use matters_rules::{Event, MatterKind, Measure};
use platform::Failure;
use std::collections::BTreeMap;
use store::Query;

/// The visible lines, oldest first.
pub(super) fn show(page: &Page<'_>, query: &mut dyn Query) -> Result<Vec<TimelineItem>, Failure> {
    let moved = Moved::of(page);
    let mut items = Vec::with_capacity(page.history.len());
    for entry in page.history.iter().filter(|entry| is_visible(page, entry)) {
        let node = node_of(&entry.event);
        let text = match words_of(&entry.event).filter(|_| may_read(page, entry)) {
            Some(sealed) => Some(page.opener.text(sealed)?).filter(|text| !text.is_empty()),
            None => None,
        };
        let files = if may_read(page, entry) { files_of(&entry.event) } else { Vec::new() };
        items.push(TimelineItem {
            version: entry.version,
            at: entry.at(),
            recorded_at: entry.recorded_at,
            replayed: entry.source != Source::Live,
            kind: kind_of(page, &entry.event),
            actor: page.units.actor(&entry.actor, !page.eyes.appellant),
            node,
            unit: node.and_then(|id| unit_of(page, id, entry.at())),
            text,
            why: match supervised(&entry.event).and_then(|taken| taken.why.clone()) {
                Some(why) => {
                    let name = configuration::supervision::name_of(query, &why.rule, why.version)?;
                    Some((why, name))
                }
                None => None,
            },
            slip: supervised(&entry.event).and_then(|taken| taken.slip.clone()),
            detail: moved.said_of(entry).map(str::to_owned).or_else(|| detail_of(page, &entry.event)),
            ground: ground_of(page, query, entry)?,
            until: until(page, &entry.event),
            attachments: attachments::list(query, page.app, page.opener.key.as_ref(), &files)?,
        });
    }
    Ok(items)
}

/// Whether an office raised it by itself, so that there is no appellant.
fn is_raised(page: &Page<'_>) -> bool {
    page.matter.kind != MatterKind::Appeal
}

/// What a measure of supervision is says more than that there was one.
fn kind_of(page: &Page<'_>, event: &Event) -> &'static str {
    match event {
        Event::Filed(_) if is_raised(page) => "raised",
        Event::Answered { .. } if is_raised(page) => "reported",
        Event::Supervised(taken) => match taken.measure {
            Measure::Reminder => "reminded",
            Measure::Urge => "urged",
            Measure::Slip if taken.slip.is_none() => "slip_drafted",
            Measure::Slip => "slip_issued",
            Measure::Escalation => "reported_upwards",
        },
        event => event.kind(),
    }
}

/// Notes between officers, newest first.
pub(super) fn notes(page: &Page<'_>) -> Result<Vec<NoteView>, Failure> {
    if page.eyes.appellant {
        return Ok(Vec::new());
    }
    let mut notes = Vec::new();
    for entry in page.history.iter().rev() {
        if let Event::Noted { text } = &entry.event {
            let by = page.units.actor(&entry.actor, true);
            notes.push(NoteView { at: entry.at(), by, text: page.opener.text(text)? });
        }
    }
    Ok(notes)
}

fn is_visible(page: &Page<'_>, entry: &Recorded<Event>) -> bool {
    use Event as E;
    if !page.eyes.appellant {
        return match entry.event {
            E::Rated { .. } => page.eyes.ratings,
            E::PressureReported { .. } | E::PressureSettled { .. } => page.eyes.pressure,
            E::ExclusionJudged { .. } | E::Rechecked { .. } => page.eyes.evaluation,
            E::AnswerChecked { ref check, .. } => !check.lacks.is_empty(),
            _ => true,
        };
    }
    match &entry.event {
        E::Messaged { to_appellant, .. } => *to_appellant || is_own(entry),
        E::Noted { .. }
        | E::Redacted { .. }
        | E::DeclineProposed { .. }
        | E::DeclineRefused { .. }
        | E::Objected { .. }
        | E::FinallyRuled { .. }
        | E::Released { .. }
        | E::IntervalRequested { .. }
        | E::IntervalRefused { .. }
        | E::Submitted { .. }
        | E::SignedOff { .. }
        | E::SignOffRefused { .. }
        | E::Returned { .. }
        | E::TerminationRequested { .. }
        | E::TerminationRefused { .. }
        | E::TerminationLapsed
        | E::AnswerChecked { .. }
        | E::ExclusionClaimed { .. }
        | E::ExclusionJudged { .. }
        | E::ExclusionGranted
        | E::ExclusionRefused { .. }
        | E::Rechecked { .. }
        | E::ObjectionLapsed { .. }
        | E::SourceAsked { .. }
        | E::SourceLimitSet { .. }
        | E::Supervised(_) => false,
        _ => true,
    }
}

/// Lines whose words are another's business: the appellant sees that a unit is at work,
/// not its papers; handlers of a shielded matter see no words that could betray who asks.
fn may_read(page: &Page<'_>, entry: &Recorded<Event>) -> bool {
    use Event as E;
    if page.eyes.appellant {
        return !matches!(
            entry.event,
            E::Assigned(_)
                | E::Progressed { .. }
                | E::Contacted { .. }
                | E::Corrected(_)
                | E::Reassigned { .. }
                | E::CalledBack { .. }
        );
    }
    // What was said in a call may tell the grade.
    if matches!(entry.event, E::CalledBack { .. }) {
        return page.eyes.calls;
    }
    let could_betray = matches!(
        entry.event,
        E::Filed(_)
            | E::MaterialAdded { .. }
            | E::CompletionAsked { .. }
            | E::Rated { .. }
            | E::RedoAsked { .. }
            | E::Contested { .. }
    );
    page.eyes.original || !could_betray
}

fn is_own(entry: &Recorded<Event>) -> bool {
    entry.actor.is_appellant()
}

fn words_of(event: &Event) -> Option<&Text> {
    use Event as E;
    match event {
        E::MaterialAdded { text, .. } => text.as_ref(),
        E::Messaged { text, .. }
        | E::Noted { text }
        | E::Verified { text, .. }
        | E::Contacted { text, .. }
        | E::Progressed { text, .. }
        | E::Contested { text }
        | E::RedoAsked { text }
        | E::Rechecked { text, .. }
        | E::PressureReported { text, .. }
        | E::PressureSettled { text, .. } => Some(text),
        E::Corrected(correction) => correction.reason.as_ref(),
        E::CompletionAsked { missing, .. } => Some(missing),
        E::DeclineProposed { right_way, .. } => Some(right_way),
        E::AnsweredDirectly { text, .. } | E::Answered { text, .. } => Some(text.text()),
        E::Assigned(assigned) => assigned.instruction.as_ref(),
        E::Supervised(taken) => taken.text.as_ref(),
        E::Objected { basis, .. } => Some(basis),
        E::Submitted { note, .. } | E::CalledBack { note, .. } => note.as_ref(),
        E::AnswerChecked { check, .. } => check.overridden.as_ref(),
        E::TransferredOut { reason, .. }
        | E::Merged { reason, .. }
        | E::Reassigned { reason, .. }
        | E::FinallyRuled { reason, .. }
        | E::IntervalRequested { reason, .. }
        | E::ExtensionGranted { reason, .. }
        | E::Paused { reason, .. }
        | E::RedoOrdered { reason, .. }
        | E::RedoRefused { reason }
        | E::SourceAsked { reason, .. }
        | E::ExclusionClaimed { reason, .. }
        | E::ExclusionJudged { reason, .. }
        | E::TerminationRequested { reason, .. }
        | E::TerminationRefused { reason }
        | E::Terminated { reason, .. }
        | E::OpeningRequested { reason, .. } => Some(reason),
        E::DeclineRefused { reason }
        | E::Released { reason, .. }
        | E::IntervalRefused { reason, .. }
        | E::Resumed { reason, .. }
        | E::SignOffRefused { reason, .. }
        | E::Returned { reason, .. }
        | E::Rated { reason, .. }
        | E::Escalated { reason }
        | E::SourceLimitSet { reason, .. }
        | E::Closed { reason, .. }
        | E::Withdrawn { reason }
        | E::OpeningRefused { reason, .. } => reason.as_ref(),
        _ => None,
    }
}

fn supervised(event: &Event) -> Option<&matters_rules::event::Supervised> {
    match event {
        Event::Supervised(taken) => Some(taken),
        _ => None,
    }
}

fn files_of(event: &Event) -> Vec<BlobId> {
    match event {
        Event::Filed(filed) => filed.attachments.clone(),
        Event::MaterialAdded { attachments, .. } | Event::Submitted { attachments, .. } => {
            attachments.clone()
        }
        Event::CalledBack { recordings, .. } => recordings.clone(),
        Event::ExclusionClaimed { attachments, .. } => attachments.clone(),
        Event::SignedOff { scan, .. } => scan.iter().copied().collect(),
        _ => Vec::new(),
    }
}

/// The key of a code that says more.
fn detail_of(page: &Page<'_>, event: &Event) -> Option<String> {
    let key = match event {
        // A report is made here, and nobody was spoken to.
        Event::Answered { .. } if is_raised(page) => return None,
        Event::Accepted(accepted) => accepted.urgency.key(),
        Event::Assigned(assigned) => assigned.role.key(),
        Event::Contacted { way, .. } | Event::Answered { way, .. } => way.key(),
        Event::IntervalRequested { kind, .. }
        | Event::Paused { kind, .. }
        | Event::IntervalRefused { kind, .. } => kind.key(),
        Event::CalledBack { outcome, .. } => outcome.key(),
        Event::Supervised(taken) => taken.to.key(),
        Event::PressureReported { kind, .. } => kind.key(),
        Event::ContactOpened { purpose } => (*purpose)?.key(),
        Event::Verified { passed: true, .. } => "verified-passed",
        Event::Verified { passed: false, .. } => "verified-sent-back",
        Event::Rated { by, .. } => by.key(),
        Event::AnswerChecked { check, .. } => check.lacks.first()?.key(),
        Event::ExclusionJudged { grant: true, .. } => "exclusion-for",
        Event::ExclusionJudged { .. } => "exclusion-against",
        Event::ExclusionRefused { lapsed: true } => "exclusion-lapsed",
        Event::Rechecked { finding, .. } => finding.key(),
        Event::Closed { closing, .. } => closing.key(),
        _ => return None,
    };
    Some(key.to_owned())
}

/// Which granted extensions left the date where it was, or moved it by less than granted:
/// the limit of the unit that passed the matter on caps it.
struct Moved(BTreeMap<i64, &'static str>);

impl Moved {
    fn of(page: &Page<'_>) -> Self {
        let (mut known, mut said) = (BTreeMap::new(), BTreeMap::new());
        for entry in page.history {
            let (node, limit) = match &entry.event {
                Event::Assigned(assigned) => (assigned.node, &assigned.limits.handling),
                Event::Resumed { node, limit, .. } | Event::ExtensionGranted { node, limit, .. } => {
                    (*node, limit)
                }
                _ => continue,
            };
            let before = known.insert(node, limit.due());
            let is_capped = limit.cap.is_some_and(|cap| cap < limit.own.due);
            if matches!(entry.event, Event::ExtensionGranted { .. }) && is_capped {
                let stood = before == Some(limit.due());
                let key = if stood { "extension-not-moved" } else { "extension-capped" };
                said.insert(entry.version, key);
            }
        }
        Self(said)
    }

    fn said_of(&self, entry: &Recorded<Event>) -> Option<&'static str> {
        self.0.get(&entry.version).copied()
    }
}

/// The ground given. The words of an appellant's step are the office's, so both may read it.
fn ground_of(
    page: &Page<'_>,
    query: &mut dyn Query,
    entry: &Recorded<Event>,
) -> Result<Option<GroundView>, Failure> {
    Ok(match &entry.event {
        Event::DeclineProposed { ground, wording, .. } => {
            Some(page.decline_ground(query, *ground, wording.as_ref(), entry.at())?)
        }
        Event::Objected { ground, .. }
        | Event::IntervalRequested { ground, .. }
        | Event::ExtensionGranted { ground, .. }
        | Event::Paused { ground, .. }
        | Event::ExclusionClaimed { ground, .. }
        | Event::TerminationRequested { ground, .. }
        | Event::Terminated { ground, .. } => ground.clone().map(GroundView::from),
        _ => None,
    })
}

/// Until when: of a day its end.
fn until(page: &Page<'_>, event: &Event) -> Option<Instant> {
    let end_of = |day: Date| page.app.config.zone.end_of_day(day);
    match event {
        Event::IntervalRequested { until, .. } => until.map(end_of),
        Event::SourceAsked { until, .. } => Some(end_of(*until)),
        Event::SourceLimitSet { due, .. } => Some(*due),
        Event::Paused { until, .. } => *until,
        _ => None,
    }
}

fn node_of(event: &Event) -> Option<NodeId> {
    use Event as E;
    match event {
        E::Assigned(assigned) => Some(assigned.node),
        E::Messaged { node, .. } | E::AnswerChecked { node, .. } => *node,
        E::Supervised(taken) => taken.node,
        E::Signed { node }
        | E::Objected { node, .. }
        | E::Reassigned { node, .. }
        | E::FinallyRuled { node, .. }
        | E::ObjectionLapsed { node }
        | E::Succeeded { node, .. }
        | E::Released { node, .. }
        | E::Contacted { node, .. }
        | E::Progressed { node, .. }
        | E::IntervalRequested { node, .. }
        | E::ExtensionGranted { node, .. }
        | E::Paused { node, .. }
        | E::IntervalRefused { node, .. }
        | E::Resumed { node, .. }
        | E::Answered { node, .. }
        | E::ExclusionClaimed { node, .. }
        | E::Submitted { node, .. }
        | E::SignedOff { node, .. }
        | E::SignOffRefused { node, .. }
        | E::Approved { node }
        | E::Returned { node, .. } => Some(*node),
        _ => None,
    }
}

/// The unit that had it then, as it was called on that day.
fn unit_of(page: &Page<'_>, id: NodeId, at: Instant) -> Option<UnitName> {
    page.matter.node(id).map(|node| page.units.name_at(node.unit_at(at), at))
}
