//! What the past adds up to. Total: whatever order a journal holds its events in, folding
//! never panics, and the appellant's clock is set once.

mod tree;

use crate::codes::{ClosingType, Finding, RatedBy};
use crate::event::{Accepted, Event, Filed, Recomputed};
use crate::state::{
    Call, Completion, DeclineCase, DirectAnswer, Exclusion, ExclusionOutcome, Limit, Matter, MeasureTaken,
    Opening, Opinion, Phase, PressureReport, Rated, Rechecked, Request, ResultSource,
};
use kernel::time::Instant;
use kernel::{Hands, Recorded};

/// The matter after one more event.
pub fn fold(mut matter: Matter, entry: &Recorded<Event>) -> Matter {
    matter.version = entry.version;
    let step = Step { at: entry.at(), by: entry.actor.hands() };
    if let Event::Filed(filed) = &entry.event {
        if matter.filed_at.is_none() {
            matter.filed_by = entry.actor.account().is_some().then(|| entry.actor.clone());
            file(&mut matter, filed, step.at);
        }
        return matter;
    }
    apply(&mut matter, &entry.event, step);
    matter
}

/// When an event counts, and whose work it was.
#[derive(Clone, Copy)]
struct Step {
    at: Instant,
    by: Hands,
}

fn apply(matter: &mut Matter, event: &Event, step: Step) {
    match event {
        Event::AnswerChecked { node: None, check } => {
            if let Some(direct) = &mut matter.direct {
                direct.check = Some(check.clone());
            }
        }
        Event::Filed(_)
        | Event::Messaged { .. }
        | Event::Noted { .. }
        | Event::ContactOpened { .. }
        | Event::Verified { .. } => {}
        Event::MaterialAdded { attachments, .. } => matter.attachments.extend(attachments),
        Event::Redacted { title, text } => matter.redacted = Some((title.clone(), text.clone())),
        Event::Corrected(correction) => correct(matter, correction),

        Event::Accepted(accepted) => accept(matter, accepted, step.at),
        Event::DemandsListed { demands, urgency, natural_time, category } => {
            matter.demands.clone_from(demands);
            matter.urgency = Some(*urgency);
            matter.natural_time = *natural_time;
            matter.category = Some(category.clone());
        }
        Event::CompletionAsked { missing, limit } => {
            matter.completion = Some(Completion {
                missing: missing.clone(),
                limit: limit.clone(),
                at: step.at,
                by: step.by.account,
                given_at: None,
                lapsed: false,
            });
        }
        Event::CompletionGiven => {
            if let Some(asked) = &mut matter.completion {
                asked.given_at = Some(step.at);
            }
        }
        Event::CompletionLapsed => {
            if let Some(asked) = &mut matter.completion {
                asked.lapsed = true;
            }
        }
        Event::DeclineProposed { ground, wording, right_way } => {
            matter.decline = Some(DeclineCase {
                ground: *ground,
                wording: wording.clone(),
                right_way: right_way.clone(),
                by: step.by,
                at: step.at,
                declined_at: None,
            });
        }
        Event::DeclineRefused { .. } => matter.decline = None,
        Event::Declined => {
            matter.phase = Phase::Declined;
            matter.left_at = Some(step.at);
            if let Some(decline) = &mut matter.decline {
                decline.declined_at = Some(step.at);
            }
        }
        Event::TransferredOut { to, .. } => {
            matter.phase = Phase::LeftEarly;
            matter.left_at = Some(step.at);
            matter.transferred_to = Some(to.clone());
        }
        Event::AnsweredDirectly { results, text, call_back_limit, close_unrated_at } => {
            matter.handled_by.extend(step.by);
            matter.direct = Some(DirectAnswer {
                at: step.at,
                by: step.by,
                results: results.clone(),
                text: text.clone(),
                check: None,
            });
            give_result(matter, ResultSource::Direct, step.at, call_back_limit, *close_unrated_at);
        }
        Event::Merged { master, .. } => {
            matter.phase = Phase::Merged;
            matter.master = Some(*master);
        }
        Event::MasterFollowed { call_back_limit, close_unrated_at } => {
            give_result(matter, ResultSource::Master, step.at, call_back_limit, *close_unrated_at);
        }
        Event::MasterLeft { assignment } => {
            matter.phase = Phase::Accepted;
            matter.master = None;
            matter.assignment = Some(assignment.clone());
        }
        Event::ResultApproved { call_back_limit, close_unrated_at, verified } => {
            give_result(matter, ResultSource::Tree, step.at, call_back_limit, *close_unrated_at);
            if *verified {
                matter.phase = Phase::Verification;
            }
        }

        Event::CalledBack { outcome, again_at, recordings, .. } => matter.calls.push(Call {
            at: step.at,
            by: step.by.account,
            outcome: *outcome,
            again_at: *again_at,
            recordings: recordings.clone(),
        }),
        Event::Rated { solved, grade, reason, by, positive } => {
            let first_at = first_rating(matter, *by).map_or(step.at, |first| first.first_at);
            matter.ratings.push(Rated {
                at: step.at,
                first_at,
                round: matter.round(),
                solved: *solved,
                grade: *grade,
                by: *by,
                account: step.by.account,
                reason: reason.clone(),
            });
            matter.redo_pending = !positive && !matter.redo_decided;
        }
        Event::Contested { .. } => {
            matter.contested = true;
            matter.redo_pending = true;
        }
        Event::RedoAsked { .. } => {
            matter.redo_asked = true;
            matter.redo_pending = true;
        }
        Event::RedoOrdered { round, reason, nodes, assignment } => {
            reopen(matter, if nodes.is_empty() { Phase::Accepted } else { Phase::Redo });
            end_exclusion(matter, ExclusionOutcome::Overtaken, step.at);
            matter.redos = *round;
            matter.redo_reason = Some(reason.clone());
            if let Some(assignment) = assignment {
                matter.assignment = Some(assignment.clone());
            }
            tree::redo(matter, nodes, step);
        }
        Event::RedoRefused { .. } => {
            matter.redo_pending = false;
            matter.redo_decided = true;
        }
        Event::SourceAsked { until, .. } => matter.source_asked = Some(*until),
        Event::SourceLimitSet { due, .. } => {
            matter.source_due = Some(*due);
            matter.source_asked = None;
        }
        Event::Supervised(taken) => matter.measures.push(MeasureTaken {
            at: step.at,
            node: taken.node,
            measure: taken.measure,
            to: taken.to,
            due: taken.due,
            rule: taken.why.as_ref().map(|why| why.rule.clone()),
        }),
        Event::Escalated { .. } => {
            if matter.redo_pending && matter.phase == Phase::Closed {
                take_back_closing(matter, Phase::CallBack);
            }
            matter.redo_pending = false;
            matter.redo_decided |= matter.phase == Phase::CallBack;
            matter.escalated = true;
        }
        Event::Withdrawn { .. } => {
            if matter.phase == Phase::Registered {
                matter.phase = Phase::LeftEarly;
                matter.left_at = Some(step.at);
            }
        }
        Event::TerminationRequested { ground, reason, limit } => {
            let (ground, reason, limit) = (ground.clone(), reason.clone(), limit.clone());
            matter.termination = Some(Request { by: step.by, at: step.at, ground, reason, limit });
        }
        Event::TerminationRefused { .. } | Event::TerminationLapsed | Event::Terminated { .. } => {
            matter.termination = None;
        }
        Event::Closed { closing, contest_until, archive_at, .. } => {
            close(matter, *closing, step.at);
            matter.contest_until = Some(*contest_until);
            matter.archive_at = Some(*archive_at);
        }
        Event::Archived => {
            matter.phase = Phase::Archived;
            matter.archived_at = Some(step.at);
        }

        Event::ExclusionClaimed { node, ground, reason, attachments, limit } => {
            matter.exclusions.push(Exclusion {
                node: *node,
                rating: matter.ratings.len(),
                by: step.by,
                at: step.at,
                ground: ground.clone(),
                reason: reason.clone(),
                attachments: attachments.clone(),
                limit: limit.clone(),
                opinions: Vec::new(),
                outcome: None,
            });
        }
        Event::ExclusionJudged { grant, reason } => {
            if let Some(claim) = matter.exclusions.last_mut() {
                let (by, at) = (step.by, step.at);
                claim.opinions.push(Opinion { by, at, grant: *grant, reason: reason.clone() });
            }
        }
        Event::ExclusionGranted => end_exclusion(matter, ExclusionOutcome::Granted, step.at),
        Event::ExclusionRefused { lapsed: true } => end_exclusion(matter, ExclusionOutcome::Lapsed, step.at),
        Event::ExclusionRefused { .. } => end_exclusion(matter, ExclusionOutcome::Refused, step.at),
        Event::Rechecked { draw, called, finding, text } => {
            matter.redo_pending |= *finding != Finding::Confirmed && matter.phase == Phase::Closed;
            matter.rechecks.push(Rechecked {
                draw: draw.clone(),
                by: step.by,
                at: step.at,
                called: *called,
                finding: *finding,
                text: text.clone(),
            });
        }

        Event::PressureReported { report, kind, text, limit } => matter.pressure.push(PressureReport {
            report: *report,
            kind: *kind,
            at: step.at,
            text: text.clone(),
            limit: limit.clone(),
            settled: None,
        }),
        Event::PressureSettled { report, text } => {
            if let Some(found) = matter.pressure.iter_mut().find(|found| found.report == *report) {
                found.settled = Some((step.at, text.clone()));
            }
        }
        Event::CodeRenewed { code_hmac } => matter.code_hmac = Some(code_hmac.clone()),

        Event::OpeningRequested { request, reason } => {
            if let Some(by) = step.by.account {
                matter.openings.push(Opening {
                    request: *request,
                    by,
                    hands: step.by,
                    at: step.at,
                    reason: reason.clone(),
                    open_until: None,
                    decided: false,
                });
            }
        }
        Event::OpeningGranted { request, until } => decide_opening(matter, *request, Some(*until)),
        Event::OpeningRefused { request, .. } => decide_opening(matter, *request, None),

        Event::LimitsRecomputed(moved) => recompute(matter, moved),
        _ => tree::apply(matter, event, step),
    }
}

fn file(matter: &mut Matter, filed: &Filed, at: Instant) {
    let filed = filed.clone();
    matter.id = Some(filed.matter);
    matter.phase = Phase::Registered;
    matter.kind = filed.kind;
    matter.number = filed.number;
    matter.code_hmac = filed.code_hmac;
    matter.subject = Some(filed.subject);
    matter.office = Some(filed.office);
    matter.appeal_type = filed.appeal_type;
    matter.category = filed.category;
    matter.area = filed.area;
    matter.title = Some(filed.title);
    matter.text = Some(filed.text);
    matter.expected = filed.expected;
    matter.contact = Some(filed.contact);
    matter.shielded = filed.shielded;
    matter.on_behalf = filed.on_behalf;
    matter.complained_about = filed.complained_about;
    matter.channel = filed.channel;
    matter.source_number = filed.source_number;
    matter.source_due = filed.source_due;
    matter.express_lines = filed.express_lines;
    matter.attachments = filed.attachments;
    matter.circumstances = filed.circumstances;
    matter.raised = filed.raised;
    matter.procedure = filed.procedure;
    matter.review = Some(filed.review);
    matter.filed_at = Some(at);
}

fn accept(matter: &mut Matter, accepted: &Accepted, at: Instant) {
    matter.phase = Phase::Accepted;
    matter.accepted_at = Some(at);
    matter.deemed = accepted.deemed;
    matter.urgency = Some(accepted.urgency);
    matter.natural_time = accepted.natural_time;
    if accepted.category.is_some() {
        matter.category.clone_from(&accepted.category);
    }
    matter.demands.clone_from(&accepted.demands);
    matter.promise = Some(accepted.promise.clone());
    matter.first_promise = Some(accepted.promise.clone());
    matter.assignment = Some(accepted.assignment.clone());
    matter.decline = None;
}

fn correct(matter: &mut Matter, correction: &crate::command::Correction) {
    let correction = correction.clone();
    matter.category = correction.category.or(matter.category.take());
    matter.area = correction.area.or(matter.area.take());
    matter.appeal_type = correction.appeal_type.or(matter.appeal_type);
    matter.title = correction.title.or(matter.title.take());
    if let Some(unit) = correction.complained_about {
        matter.complained_about = unit;
    }
    if let Some(lines) = correction.express_lines {
        matter.express_lines = lines;
    }
}

fn give_result(
    matter: &mut Matter,
    source: ResultSource,
    at: Instant,
    call_back_limit: &Limit,
    close_unrated_at: Instant,
) {
    matter.phase = Phase::CallBack;
    matter.result = Some(source);
    matter.result_approved_at = Some(at);
    matter.call_back_limit = Some(call_back_limit.clone());
    matter.close_unrated_at = Some(close_unrated_at);
    matter.termination = None;
}

fn close(matter: &mut Matter, closing: ClosingType, at: Instant) {
    matter.phase = Phase::Closed;
    matter.closed_at = Some(at);
    matter.closing = Some(closing);
    matter.redo_pending = false;
    matter.termination = None;
}

fn take_back_closing(matter: &mut Matter, phase: Phase) {
    matter.phase = phase;
    matter.closed_at = None;
    matter.closing = None;
    matter.contest_until = None;
    matter.archive_at = None;
}

fn reopen(matter: &mut Matter, phase: Phase) {
    take_back_closing(matter, phase);
    matter.result = None;
    matter.result_approved_at = None;
    matter.call_back_limit = None;
    matter.close_unrated_at = None;
    matter.redo_pending = false;
    matter.redo_decided = false;
    matter.redo_asked = false;
    matter.master = None;
}

/// Ends the claim against a rating that is still open, if there is one.
fn end_exclusion(matter: &mut Matter, outcome: ExclusionOutcome, at: Instant) {
    if let Some(claim) = matter.exclusions.last_mut().filter(|claim| claim.outcome.is_none()) {
        claim.outcome = Some((outcome, at));
    }
}

fn decide_opening(matter: &mut Matter, request: u32, until: Option<Instant>) {
    if let Some(opening) = matter.openings.iter_mut().find(|opening| opening.request == request) {
        opening.decided = true;
        opening.open_until = until;
    }
}

fn recompute(matter: &mut Matter, moved: &Recomputed) {
    replace(&mut matter.review, &moved.review);
    if let (Some(asked), Some(limit)) = (&mut matter.completion, &moved.completion) {
        asked.limit = limit.clone();
    }
    replace(&mut matter.assignment, &moved.assignment);
    replace(&mut matter.promise, &moved.promise);
    replace(&mut matter.call_back_limit, &moved.call_back_limit);
    replace(&mut matter.close_unrated_at, &moved.close_unrated_at);
    for (id, limits) in &moved.nodes {
        if let Some(node) = matter.nodes.iter_mut().find(|node| node.id == *id) {
            node.limits = limits.clone();
        }
    }
}

fn replace<T: Clone>(field: &mut Option<T>, moved: &Option<T>) {
    if moved.is_some() {
        field.clone_from(moved);
    }
}

fn first_rating(matter: &Matter, by: RatedBy) -> Option<&Rated> {
    let round = matter.round();
    matter.ratings.iter().find(|rated| rated.round == round && rated.by == by)
}
