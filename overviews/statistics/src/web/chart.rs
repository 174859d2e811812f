//! Figures drawn: bars beside words, and columns over time with what is open as a line.
//! Words and numbers are text of the page, patterns differ without colour, and the table
//! below holds the same numbers.

use crate::lines::Line;
use matters_rules::figures::Cell;
use platform::ui::Page;
use std::fmt::Write;

/// A row drawn as a bar.
pub(super) struct Bar {
    pub label: String,
    /// Percent of the full width.
    pub width: String,
    pub text: String,
    pub ratio: String,
}

/// Columns over time.
pub(super) struct Columns {
    /// The drawing; holds no text of anybody.
    pub svg: String,
    /// What it says, for who cannot see it.
    pub words: String,
}

/// `value` of `full` in percent, for an attribute.
pub(super) fn share(value: f64, full: f64) -> String {
    let percent = if full > 0.0 { (value / full * 100.0).clamp(0.0, 100.0) } else { 0.0 };
    format!("{percent:.2}")
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 48.0;
const BOTTOM: f64 = 28.0;
const TOP: f64 = 12.0;

/// What was accepted and closed in each stretch of time, and what was open at its end.
pub(super) fn columns(page: &Page, lines: &[Line]) -> Columns {
    let count = |line: &Line, cell| line.own.count(cell) as f64;
    let highest = |cell| lines.iter().map(|line| count(line, cell)).fold(0.0_f64, f64::max);
    let cells = [Cell::PeriodAccepted, Cell::PeriodClosed, Cell::Open];
    let top = nice(cells.map(highest).into_iter().fold(1.0, f64::max));
    let floor = HEIGHT - BOTTOM;
    let y = |value: f64| floor - (floor - TOP) * value / top;
    let step = (WIDTH - LEFT) / lines.len().max(1) as f64;
    let mut svg = format!(
        "<svg class=\"plot\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\" focusable=\"false\">\
         <defs><pattern id=\"plot-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect class=\"plot-hatch-ground\" width=\"6\" height=\"6\"/>\
         <rect class=\"plot-hatch-line\" width=\"2.5\" height=\"6\"/></pattern></defs>"
    );
    for part in 0..=4 {
        let value = top * f64::from(part) / 4.0;
        let _ = write!(
            svg,
            "<path class=\"plot-grid\" d=\"M{LEFT} {0:.1}H{WIDTH}\"/><text x=\"{1:.1}\" y=\"{2:.1}\" \
             text-anchor=\"end\">{3}</text>",
            y(value),
            LEFT - 8.0,
            y(value) + 4.0,
            page.number(value as i64)
        );
    }
    let labels = (lines.len() / 10).max(1);
    let mut open = String::new();
    for (index, line) in lines.iter().enumerate() {
        let x = LEFT + step * index as f64;
        let width = (step * 0.36).max(0.6);
        for (offset, class, cell) in
            [(0.12, "plot-came", Cell::PeriodAccepted), (0.52, "plot-went", Cell::PeriodClosed)]
        {
            let value = count(line, cell);
            let _ = write!(
                svg,
                "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{:.1}\"/>",
                x + step * offset,
                y(value),
                floor - y(value)
            );
        }
        let middle = x + step / 2.0;
        let _ = write!(
            open,
            "{}{middle:.1} {:.1}",
            if index == 0 { 'M' } else { 'L' },
            y(count(line, Cell::Open))
        );
        if index % labels == 0
            && let Some(first) = line.own.from
        {
            let _ = write!(
                svg,
                "<text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                HEIGHT - 8.0,
                page.short_date(&first)
            );
        }
    }
    let _ = write!(svg, "<path class=\"plot-open\" d=\"{open}\"/></svg>");
    let sum = |cell| lines.iter().map(|line| line.own.count(cell)).sum::<u64>();
    let last = lines.last().map_or(0, |line| line.own.count(Cell::Open));
    let words = page.ta(
        "statistics-plot-words",
        [
            ("accepted", page.number(sum(Cell::PeriodAccepted)).into()),
            ("closed", page.number(sum(Cell::PeriodClosed)).into()),
            ("open", page.number(last).into()),
        ],
    );
    Columns { svg, words }
}

/// The next number a scale of four parts can end at.
fn nice(value: f64) -> f64 {
    let magnitude = 10_f64.powf(value.log10().floor()).max(1.0);
    let steps = [1.0, 2.0, 4.0, 8.0, 10.0];
    let scaled = steps.into_iter().map(|step| step * magnitude).find(|end| *end >= value);
    scaled.unwrap_or(10.0 * magnitude).max(4.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_round_numbers_of_four_parts() {
        assert_eq!([0.5, 3.0, 5.0, 17.0, 99.0, 366.0].map(nice), [4.0, 4.0, 8.0, 20.0, 100.0, 400.0]);
    }

    #[test]
    fn shares_stay_within_the_full_width() {
        assert_eq!([share(1.0, 4.0), share(1.0, 0.0), share(9.0, 4.0)], ["25.00", "0.00", "100.00"]);
    }
}
