//! A matter in plain words for the one who filed it: the headline, the date with its
//! reason, the answers, the timeline.

use crate::portal::why::{Why, why};
use kernel::time::{Elapsed, Light};
use matters::read::{ActorView, AnswerView};
use matters::{Attachment, LimitView, MatterView, TimelineItem};
use matters_rules::{ClosingType, Phase};
use platform::ui::Page;

/// How it stands.
pub struct Status {
    /// The state in one sentence.
    pub headline: String,
    /// Tone of the badge.
    pub tone: &'static str,
    /// The state in one word.
    pub badge: String,
    /// What this means and what comes next.
    pub text: String,
    /// Who has it.
    pub holder: String,
    /// By when.
    pub due: Option<DueWords>,
}

/// A date that was promised.
pub struct DueWords {
    /// What is due then.
    pub label: String,
    /// The date.
    pub date: String,
    /// Light: green, yellow, red, or grey where it is met.
    pub light: &'static str,
    /// The light in words.
    pub light_words: String,
    /// Why that date.
    pub why: Why,
    /// The date as first given, where an extension moved it.
    pub first: Option<String>,
}

/// An answer.
pub struct Answer {
    /// Who answered.
    pub unit: String,
    /// When.
    pub at: String,
    /// The words.
    pub text: String,
    /// Evidence.
    pub files: Vec<Attachment>,
}

/// A line of the timeline.
pub struct Event {
    /// What happened.
    pub title: String,
    /// When.
    pub at: String,
    /// Who did it.
    pub who: String,
    /// A code's label, and the ground, that say more.
    pub detail: String,
    /// Its words.
    pub text: String,
    /// Files that came with it.
    pub files: Vec<Attachment>,
    /// Tone of the mark.
    pub tone: &'static str,
}

/// Key of what is said of a demand without a result: in work, or ended with its matter.
pub fn demand_open(view: &MatterView) -> &'static str {
    match (view.phase, view.closing) {
        (Phase::LeftEarly, _) if view.transferred_to.is_some() => "portal-demand-ended",
        (Phase::LeftEarly, _) | (_, Some(ClosingType::Withdrawn)) => "portal-demand-withdrawn",
        (Phase::Declined, _) | (_, Some(_)) => "portal-demand-ended",
        _ => "portal-demand-open",
    }
}

/// The headline and what belongs to it.
pub fn status(page: &Page, view: &MatterView) -> Status {
    let unit = view
        .holder
        .as_ref()
        .or(view.office.as_ref())
        .map(|unit| unit.full(page.locale()).to_owned())
        .unwrap_or_default();
    let (key, tone) = state(view);
    Status {
        headline: page.t1(&format!("portal-status-{key}"), "unit", unit.as_str()),
        tone,
        badge: page.t(&format!("phase-{}", view.phase.code())),
        text: text(page, view, key),
        holder: if view.phase.is_ended() { String::new() } else { unit },
        due: due(page, view),
    }
}

/// Which words tell the state, and in which tone.
fn state(view: &MatterView) -> (&'static str, &'static str) {
    let paused = view.nodes.iter().any(|node| node.paused.is_some());
    match view.phase {
        Phase::None | Phase::Registered => ("registered", "primary"),
        Phase::Declined => ("declined", "warning"),
        Phase::LeftEarly if view.transferred_to.is_some() => ("transferred", "neutral"),
        Phase::LeftEarly => ("withdrawn", "neutral"),
        Phase::Accepted => ("accepted", "primary"),
        Phase::Merged => ("merged", "primary"),
        Phase::Assigned | Phase::Redo if paused => ("paused", "warning"),
        Phase::Assigned => ("assigned", "primary"),
        Phase::Redo => ("redo", "primary"),
        Phase::CallBack if view.redo_pending => ("redo-pending", "primary"),
        Phase::CallBack | Phase::Verification => ("call-back", "success"),
        Phase::Closed if view.redo_pending => ("redo-pending", "primary"),
        Phase::Closed | Phase::Archived => ("closed", "success"),
    }
}

fn text(page: &Page, view: &MatterView, key: &str) -> String {
    match key {
        "transferred" => {
            page.t1("portal-status-transferred-text", "to", view.transferred_to.clone().unwrap_or_default())
        }
        "call-back" => match &view.close_unrated_at {
            Some(at) => page.t1("portal-status-call-back-by", "date", page.day(&at.plus_micros(-1))),
            None => page.t("portal-status-call-back-text"),
        },
        "closed" => match view.closing {
            Some(closing) => page.t1("portal-status-closed-as", "closing", page.t(closing.key())),
            None => page.t("portal-status-closed-text"),
        },
        "redo" if !view.redo_reason.is_empty() => {
            page.t1("portal-status-redo-why", "reason", &view.redo_reason)
        }
        _ => page.t(&format!("portal-status-{key}-text")),
    }
}

fn due(page: &Page, view: &MatterView) -> Option<DueWords> {
    let (label, limit) = match view.phase {
        Phase::Registered => ("portal-due-review", view.review.as_ref()?),
        Phase::Accepted | Phase::Merged | Phase::Assigned | Phase::Redo => {
            ("portal-due-promise", view.clock.promise.as_ref()?)
        }
        _ => return None,
    };
    let first = view.clock.first_promise_at.filter(|first| *first != limit.due_at);
    let (light, words) = light(limit);
    Some(DueWords {
        label: page.t(label),
        date: page.date_weekday(&limit.due_date),
        light,
        light_words: page.t(words),
        why: why(page, &limit.explanation),
        first: first.filter(|_| label == "portal-due-promise").map(|first| page.day(&first.plus_micros(-1))),
    })
}

fn light(limit: &LimitView) -> (&'static str, &'static str) {
    match limit.light {
        None => ("grey", "portal-light-met"),
        Some(Light::Green) => ("green", "portal-light-green"),
        Some(Light::Yellow) => ("yellow", "portal-light-yellow"),
        Some(Light::Red | Light::Gross) => ("red", "portal-light-red"),
    }
}

/// The appellant's own clock, which nobody can set back.
pub fn clock(page: &Page, view: &MatterView) -> String {
    let Some(started) = &view.clock.started_at else { return String::new() };
    let since = page.datetime(started);
    let days = match view.clock.elapsed {
        Some(Elapsed::Days(days)) => days,
        _ => return page.t1("portal-clock-since", "since", since),
    };
    match &view.clock.stopped_at {
        Some(stopped) => page.ta(
            "portal-clock-stopped",
            [("since", since.into()), ("stopped", page.datetime(stopped).into()), ("days", days.into())],
        ),
        None => page.t2("portal-clock-running", "since", since, "days", days),
    }
}

/// Every answer, oldest first.
pub fn answers(page: &Page, view: &MatterView) -> Vec<Answer> {
    let answer = |answer: &AnswerView, files: &[Attachment]| Answer {
        unit: answer.unit.as_ref().map(|unit| unit.full(page.locale()).to_owned()).unwrap_or_default(),
        at: page.datetime(&answer.answered_at.unwrap_or(answer.at)),
        text: answer.text.clone(),
        files: files.to_vec(),
    };
    let whole = view.direct_answer.iter().chain(&view.master_answers).map(|whole| answer(whole, &[]));
    let nodes = view.nodes.iter().filter_map(|node| Some(answer(node.answer.as_ref()?, &node.attachments)));
    whole.chain(nodes).filter(|answer| !answer.text.is_empty()).collect()
}

/// What is told of a unit, in a sentence of the portal's own.
const TOLD_OF_UNITS: [&str; 9] = [
    "assigned",
    "signed",
    "contacted",
    "progressed",
    "extension_granted",
    "paused",
    "resumed",
    "answered",
    "approved",
];

/// The timeline, newest first. What stands among the answers is not said twice, and what
/// one office tells another when assigning is their own.
pub fn events(page: &Page, view: &MatterView, answers: &[Answer]) -> Vec<Event> {
    let who = |actor: &ActorView| match actor {
        ActorView::Appellant => page.t("portal-you"),
        ActorView::System => page.t("actor-system"),
        ActorView::Platform(name) => name.clone(),
        ActorView::Unit { unit, .. } => unit.full(page.locale()).to_owned(),
    };
    let title = |item: &TimelineItem| match &item.unit {
        Some(unit) if TOLD_OF_UNITS.contains(&item.kind) => page.t1(
            &format!("portal-event-{}", item.kind.replace('_', "-")),
            "unit",
            unit.full(page.locale()),
        ),
        _ => page.t(&format!("event-{}", item.kind)),
    };
    let text = |item: &TimelineItem| {
        let told =
            item.kind != "assigned" && !answers.iter().any(|answer| Some(&answer.text) == item.text.as_ref());
        item.text.clone().filter(|_| told).unwrap_or_default()
    };
    let detail = |item: &TimelineItem| {
        let code = item.detail.as_deref().map(|key| page.t(key));
        let ground = item.ground.as_ref().map(|ground| ground.name.in_locale(page.locale()).to_owned());
        code.into_iter().chain(ground).collect::<Vec<_>>().join(" · ")
    };
    let events = view.timeline.iter().rev().map(|item| Event {
        title: title(item),
        at: page.datetime(&item.at),
        who: who(&item.actor),
        detail: detail(item),
        text: text(item),
        files: item.attachments.clone(),
        tone: tone(item.kind),
    });
    events.collect()
}

fn tone(kind: &str) -> &'static str {
    match kind {
        "accepted" | "assigned" | "messaged" | "contacted" | "answered" => "primary",
        "answered_directly" | "result_approved" | "closed" => "success",
        "decline_proposed" | "declined" | "paused" | "redo_ordered" | "escalated" | "opening_granted" => {
            "warning"
        }
        _ => "neutral",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::LOCALES;
    use platform::ui::Locale;

    #[test]
    fn every_state_and_every_sentence_of_a_unit_has_its_words() {
        let states = [
            "registered",
            "declined",
            "transferred",
            "withdrawn",
            "accepted",
            "merged",
            "paused",
            "assigned",
            "redo",
            "redo-pending",
            "call-back",
            "closed",
        ];
        let told = TOLD_OF_UNITS.map(|kind| format!("portal-event-{}", kind.replace('_', "-")));
        let titles = states.map(|state| format!("portal-status-{state}"));
        let texts = states.map(|state| format!("portal-status-{state}-text"));
        let keys = LOCALES.keys(Locale::En);
        for key in told.iter().chain(&titles).chain(&texts) {
            assert!(keys.contains(key.as_str()), "{key}");
        }
    }
}
