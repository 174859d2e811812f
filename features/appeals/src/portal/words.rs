//! Limits and counts in plain words.

use kernel::time::{Span, TimeBase};
use platform::ui::Page;
pub use platform::ui::format::file_size as size;

/// A span as people say it: `2 个工作日` · `2 working days`.
pub fn span(page: &Page, span: Span) -> String {
    let key = match span.base {
        TimeBase::WorkingDays => "portal-span-working-days",
        TimeBase::WorkingHours => "portal-span-working-hours",
        TimeBase::NaturalHours => "portal-span-hours",
        TimeBase::NaturalDays => "portal-span-days",
    };
    page.t1(key, "n", span.amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_for_people() {
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(20 * 1024 * 1024), "20 MB");
        assert_eq!(size(1_468_006), "1.4 MB");
    }
}
