//! Times, limits and lights in plain words, and how loudly a state is shown.

use crate::verbs::Group;
use identity::absences::AbsenceRow;
use kernel::time::{Date, Instant, Light, Remaining, Span};
use matters::read::{ActorView, CompletionView, StoodIn};
use matters::{Attachment, LimitView, Row, words};
use matters_rules::authority::Most;
use matters_rules::procedure::Procedure;
use matters_rules::state::NodeState;
use matters_rules::{Outcome, Phase, Urgency};
use platform::App;
use platform::ui::{Arg, Form, Page};

/// Says times and limits in the page's language. Every page of the desk holds one.
#[derive(Clone)]
pub struct Words {
    page: Page,
    now: Instant,
    times: words::Words,
}

impl Words {
    /// The words of a page.
    pub fn of(app: &App, page: &Page) -> Self {
        Self { page: page.clone(), now: app.now(), times: words::Words::of(app, page) }
    }

    /// `11月23日 16:40`, with the year where it is another.
    pub fn moment(&self, at: &Instant) -> String {
        self.times.moment(at)
    }

    /// The same, or a dash.
    pub fn moment_or_dash(&self, at: &Option<Instant>) -> String {
        at.as_ref().map_or_else(|| "—".to_owned(), |at| self.moment(at))
    }

    /// `11月23日`, with the year where it is another.
    pub fn date(&self, date: &Date) -> String {
        self.times.date(date)
    }

    /// `11月23日（周一）`.
    pub fn weekday(&self, date: &Date) -> String {
        let name = self.page.t(&format!("desk-weekday-{}", date.weekday().to_monday_one_offset()));
        self.page.t2("desk-date-weekday", "date", self.date(date), "weekday", name)
    }

    /// `7 个工作日`.
    pub fn span(&self, span: &Span) -> String {
        words::span(&self.page, span)
    }

    /// See [`words::lights`].
    pub fn lights(&self, row: &Row) -> Vec<(&'static str, String)> {
        self.times.lights(row)
    }

    /// See [`words::beyond`].
    pub fn beyond(&self, most: &Most) -> String {
        self.times.beyond(most)
    }

    /// Who did it: unit and post, or the appellant.
    pub fn who(&self, actor: &ActorView) -> String {
        match actor {
            ActorView::Appellant => self.page.t("actor-appellant"),
            ActorView::System => self.page.t("actor-system"),
            ActorView::Platform(name) => name.clone(),
            ActorView::Unit { unit, role: None, .. } => unit.full(self.page.locale()).to_owned(),
            ActorView::Unit { unit, role: Some(role), stood_in } => {
                let post = format!(
                    "{} {}",
                    unit.full(self.page.locale()),
                    self.page.t(&format!("role-{}", role.code()))
                );
                match stood_in {
                    None => post,
                    Some(StoodIn { by, of }) => {
                        let names = [("post", post.into()), ("by", by.into()), ("of", of.into())];
                        self.page.translator().ta("desk-stood-in", &names)
                    }
                }
            }
        }
    }

    /// Who is away until when, and who stands in.
    pub fn away(&self, row: &AbsenceRow) -> String {
        let substitute = match &row.substitute {
            Some(name) if row.covered => self.page.t1("desk-away-covered", "name", name),
            _ => self.page.t("desk-away-uncovered"),
        };
        let names = [
            ("name", row.name.as_str().into()),
            ("kind", self.page.t(row.absence.kind.key()).into()),
            ("until", self.date(&row.absence.until).into()),
            ("substitute", substitute.into()),
        ];
        self.page.translator().ta("desk-away", &names)
    }

    /// When it is due: a date for day limits, a moment for hour limits.
    pub fn due(&self, limit: &LimitView) -> String {
        if limit.span.base.counts_days() { self.date(&limit.due_date) } else { self.moment(&limit.due_at) }
    }

    /// When a row is due: midnight belongs to the day it ends.
    pub fn due_at(&self, at: &Instant) -> String {
        self.times.due(at)
    }

    /// `剩 2 个工作日`, `逾期 3 小时`; once met, when it was.
    pub fn left(&self, limit: &LimitView) -> String {
        match (&limit.remaining, &limit.met_at) {
            _ if limit.paused => self.page.t("desk-limit-paused"),
            (Some(remaining), _) => self.remaining(remaining),
            (None, Some(met)) => self.page.t1("desk-met", "at", self.moment(met)),
            (None, None) => self.page.t("desk-limit-over"),
        }
    }

    /// How much is left, or by how much it is over.
    pub fn remaining(&self, remaining: &Remaining) -> String {
        words::remaining(&self.page, remaining)
    }

    /// The name of a light's colour and shape in `ui::light`.
    pub fn colour(&self, light: &Option<Light>) -> &'static str {
        words::colour(*light)
    }

    /// The same of a light that is there.
    pub fn light(&self, light: &Light) -> &'static str {
        self.colour(&Some(*light))
    }

    /// Key of how it stands with a completion.
    pub fn completion(&self, completion: &CompletionView) -> &'static str {
        match (completion.open, completion.given_at) {
            (true, _) => "desk-completion-open",
            (false, Some(_)) => "desk-completion-given",
            (false, None) => "desk-completion-lapsed",
        }
    }

    /// Whether a file is shown on the page.
    pub fn is_picture(&self, file: &Attachment) -> bool {
        !file.name.is_empty() && super::files::is_picture(file)
    }

    /// A file's size.
    pub fn size(&self, bytes: &i64) -> String {
        crate::portal::words::size(usize::try_from(*bytes).unwrap_or(0))
    }

    /// Now, as a `datetime-local` field writes it.
    pub fn field_now(&self) -> String {
        let local = self.page.site.zone.local(self.now);
        format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute())
    }

    /// The limits of a procedure by name, as the texts of forms say them.
    pub fn rules(&self, procedure: &Procedure) -> Vec<(&'static str, Arg)> {
        let Procedure { limits, steps, .. } = procedure;
        let spans = [
            ("completion", limits.completion),
            ("objection", limits.objection),
            ("objection_decision", limits.objection_decision),
            ("extension_max", limits.extension_max),
            ("suspension_max", limits.suspension_max),
            ("tracking_max", limits.tracking_max),
            ("tracking_report", limits.tracking_report),
            ("redo", limits.redo),
            ("contest", limits.contest),
            ("shield_open", limits.shield_open),
        ];
        let counts =
            [("extensions", limits.extensions), ("redos", limits.redos), ("calls", steps.call_attempts)];
        let barred = steps.no_extension.iter().map(|urgency| self.page.t(urgency.key()));
        let barred: Vec<String> = barred.collect();
        let spans = spans.into_iter().map(|(name, span)| (name, self.span(&span).into()));
        let counts = counts.into_iter().map(|(name, count)| (name, count.into()));
        let barred = [
            ("barred", barred.len().into()),
            ("no_extension", barred.join(&self.page.t("desk-list-join")).into()),
        ];
        spans.chain(counts).chain(barred).collect()
    }

    /// The label of the field that an error is about.
    pub fn label_of(&self, groups: &[Group], field: &str) -> Option<String> {
        let mut fields = groups.iter().flat_map(|group| &group.fields);
        let field = fields.find(|known| known.name == field)?;
        Some(field.label.clone()).filter(|label| !label.is_empty())
    }

    /// How loudly a phase is shown.
    pub fn phase_tone(&self, phase: &Phase) -> &'static str {
        match phase {
            Phase::Registered | Phase::Accepted | Phase::Assigned | Phase::CallBack | Phase::Verification => {
                "primary"
            }
            Phase::Redo => "warning",
            Phase::Closed | Phase::Archived => "success",
            _ => "neutral",
        }
    }

    /// How loudly a state of an assignment is shown.
    pub fn node_tone(&self, state: &NodeState) -> &'static str {
        match state {
            NodeState::Unsigned => "warning",
            NodeState::Working | NodeState::Submitted | NodeState::SignedOff => "primary",
            NodeState::Approved => "success",
            NodeState::Reassigned | NodeState::Released => "neutral",
        }
    }

    /// How loudly an urgency is shown.
    pub fn urgency_tone(&self, urgency: &Urgency) -> &'static str {
        match urgency {
            Urgency::Critical => "danger",
            Urgency::Urgent => "warning",
            Urgency::General | Urgency::Complex => "neutral",
        }
    }

    /// How loudly the result of a demand is shown.
    pub fn outcome_tone(&self, outcome: &Outcome) -> &'static str {
        match outcome {
            Outcome::Solved => "success",
            Outcome::Partly => "primary",
            Outcome::Explained => "neutral",
            Outcome::NotYet => "warning",
        }
    }

    /// Whether a folded group has something wrong or typed in it that must be seen.
    pub fn unfolds(&self, form: &Form, group: &Group) -> bool {
        let name = |field: &crate::verbs::Field| field.name.clone();
        let names: Vec<String> = group.fields.iter().map(name).collect();
        names.iter().any(|name| form.error(name).is_some())
            || names.first().is_some_and(|first| form.text(first).is_some())
    }
}
