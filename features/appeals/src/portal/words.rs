//! Limits and counts in plain words.

use kernel::time::{Span, TimeBase};
use platform::ui::Page;

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

/// A file's size: `1.4 MB`.
pub fn size(bytes: usize) -> String {
    const MB: usize = 1024 * 1024;
    if bytes >= MB {
        let tenths = (bytes * 10 + MB / 2) / MB;
        if tenths.is_multiple_of(10) {
            format!("{} MB", tenths / 10)
        } else {
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    } else {
        format!("{} KB", bytes.div_ceil(1024))
    }
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
