//! The appellant's protection: reports of pressure and reprisal. They go to the office and
//! its supervisors past the handling units, at any time: who is made to suffer for an
//! appeal often is so after it was closed.

use super::{Case, Decided, Permitted, one, refuse_if};
use crate::codes::PressureKind;
use crate::command::Text;
use crate::event::Event;
use kernel::Refusal;

/// Reports that may wait at once: further ones would only bury the first.
const OPEN_AT_ONCE: usize = 5;

impl Case<'_> {
    pub(super) fn report_pressure(&self, kind: PressureKind, text: &Text) -> Decided {
        refuse_if(self.state.open_pressure().count() >= OPEN_AT_ONCE, "pressure-reported-already")?;
        let report = self.state.pressure.iter().map(|report| report.report).max().unwrap_or(0) + 1;
        let limit = Some(self.limit(self.limits().pressure));
        one(Event::PressureReported { report, kind, text: text.clone(), limit })
    }

    /// By someone who had no hand in the matter (PRODUCT rule 4).
    pub(super) fn may_settle_pressure(&self) -> Permitted {
        refuse_if(self.state.open_pressure().next().is_none(), "pressure-not-reported")?;
        self.independent()
    }

    pub(super) fn settle_pressure(&self, report: u32, text: &Text) -> Decided {
        if !self.state.open_pressure().any(|open| open.report == report) {
            return Err(Refusal::field("report", "pressure-not-reported"));
        }
        one(Event::PressureSettled { report, text: text.clone() })
    }
}
