//! The conditions of supervision as SQL: the same that `matters_rules::watch` finds on the
//! folded matter. The calendar stays outside: the kernel says since when something must have
//! been so to have lasted long enough.

use super::select::{Moment, Select};
use kernel::time::{Instant, Light, Span, latest_start};
use matters_rules::watch::Condition;
use platform::Failure;
use store::Query;

/// What its unit has still to submit, while its clock runs.
const TO_DO: &str = "n.state in ('unsigned', 'working') and n.paused is null";

impl Select {
    /// Assignments for which all conditions hold.
    pub fn watch(
        &mut self,
        query: &mut dyn Query,
        conditions: &[Condition],
        moment: &Moment<'_>,
    ) -> Result<(), Failure> {
        for condition in conditions {
            match condition {
                Condition::Late(by) => {
                    self.demand(TO_DO.to_owned());
                    self.passed("n.due", *by, moment);
                }
                Condition::Unsigned(by) => {
                    self.demand("n.state = 'unsigned'".to_owned());
                    self.passed("n.signing_due", *by, moment);
                }
                Condition::Silent(long) => {
                    self.demand("n.state = 'working' and n.relay = 0 and n.paused is null".to_owned());
                    let since = self.param(lasted(moment, *long));
                    self.demand(format!("n.moved_at <= {since}"));
                }
                Condition::Report(by) => self.passed("n.report_due", *by, moment),
                Condition::Light(light) => {
                    self.demand(TO_DO.to_owned());
                    self.light(query, *light, moment)?;
                }
                Condition::Objections(n) => self.at_least("m.objections", *n),
                Condition::Reassignments(n) => self.at_least("m.reassignments", *n),
                Condition::Redos(n) => self.at_least("m.redos", *n),
                Condition::Returns(n) => self.at_least("n.returns", *n),
                Condition::Urgency(urgency) => {
                    let code = self.param(urgency.code());
                    self.demand(format!("m.urgency = {code}"));
                }
                Condition::Category(code) => self.category(code),
                Condition::After(rule, long) => {
                    let (rule, since) = (self.param(rule.as_str()), self.param(lasted(moment, *long)));
                    self.demand(format!(
                        "exists (select 1 from matter_measure s where s.node = n.node and s.rule = {rule} \
                         and s.due = n.due and s.at <= {since})"
                    ));
                }
            }
        }
        Ok(())
    }

    /// Those for whose limit as it stands that rule has not fired.
    pub fn unfired(&mut self, rule: &str) {
        let rule = self.param(rule);
        self.demand(format!(
            "not exists (select 1 from matter_measure s where s.node = n.node and s.rule = {rule} and s.due = n.due)"
        ));
    }

    /// Assignments that went late between two moments, whatever became of them since.
    pub fn went_late(&mut self, from: Instant, to: Instant, now: Instant) {
        let (from, to) = (self.param(from), self.param(to.min(now)));
        self.demand(format!("n.due > {from} and n.due <= {to} and {LATE}"));
    }

    fn passed(&mut self, column: &str, by: Span, moment: &Moment<'_>) {
        // A due at 24:00 belongs to the day it ends.
        let latest = lasted(moment, by);
        let latest = if latest == Instant::MIN { latest } else { latest.plus_micros(1) };
        let (now, latest) = (self.param(moment.now), self.param(latest));
        self.demand(format!("{column} < {now} and {column} <= {latest}"));
    }

    fn at_least(&mut self, column: &str, n: u32) {
        let n = self.param(i64::from(n));
        self.demand(format!("{column} >= {n}"));
    }
}

/// Of assignments whose due has passed: those not submitted by then. Which unit they were
/// taken from after an objection is no longer late.
pub(in crate::read) const LATE: &str = "n.paused is null and n.state not in ('reassigned', 'released') and coalesce(n.submitted_at, n.due + 1) > n.due";

fn lasted(moment: &Moment<'_>, long: Span) -> Instant {
    latest_start(moment.calendar, long, moment.now)
}

/// Whether a light is one of what has passed.
pub(super) fn is_late(light: Light) -> bool {
    matches!(light, Light::Red | Light::Gross)
}
