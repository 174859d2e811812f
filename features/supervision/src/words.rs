//! What is remarkable about a row, in plain words.

use kernel::time::Light;
use matters::Row;
use platform::ui::Page;

/// What is remarkable about a row, each with its tone.
pub(crate) fn marks(page: &Page, row: &Row) -> Vec<(String, &'static str)> {
    let watched = &row.watched;
    let mut marks = Vec::new();
    if let Some(kind) = row.paused {
        marks.push((page.t(kind.key()), "neutral"));
    }
    if row.light == Some(Light::Gross) {
        marks.push((page.t("supervision-gross"), "danger"));
    }
    let counted = [
        ("supervision-mark-objections", watched.objections),
        ("supervision-mark-reassignments", watched.reassignments),
        ("supervision-mark-redos", watched.redos),
        ("supervision-mark-returns", watched.returns),
        ("supervision-mark-measures", watched.measures),
    ];
    for (key, n) in counted.into_iter().filter(|(_, n)| *n > 0) {
        marks.push((page.t1(key, "n", n), "warning"));
    }
    marks
}
