//! A map of areas shaded by a figure, drawn from the boundaries the installation was given.
//! Each area carries its name and number and leads to its rows; five shades from light to
//! dark keep their order in grey.

use super::by::Table;
use crate::columns::Column;
use crate::lines::Line;
use network::{Boundaries, Shape};
use std::fmt::Write;

/// A map with its legend.
pub(super) struct Map {
    pub figure: String,
    pub width: String,
    pub height: String,
    pub areas: Vec<Area>,
    pub steps: Vec<Step>,
    /// Source and approval number.
    pub note: String,
}

/// One area drawn.
pub(super) struct Area {
    pub path: String,
    pub shade: usize,
    pub href: String,
    pub label: String,
    pub name: String,
    pub value: String,
    pub x: String,
    pub y: String,
}

/// A shade and what it stands for.
pub(super) struct Step {
    pub shade: usize,
    pub label: String,
}

const SHADES: usize = 5;
const WIDTH: f64 = 640.0;
const MARGIN: f64 = 8.0;

/// The areas of the boundaries, shaded by a figure of their lines.
pub(super) fn map(table: &Table<'_>, boundaries: &Boundaries, lines: &[Line], figure: Column) -> Map {
    let line = |shape: &Shape| lines.iter().find(|line| line.key == shape.area.as_str());
    let values: Vec<Option<f64>> = boundaries
        .shapes
        .iter()
        .map(|shape| line(shape).and_then(|line| figure.value(table.figures(line))))
        .collect();
    let rate = matches!(figure, Column::Rate(_));
    let least = if rate { values.iter().flatten().copied().fold(1.0_f64, f64::min) } else { 0.0 };
    let most = values.iter().flatten().copied().fold(least, f64::max);
    let sheet = Sheet::of(boundaries);
    let areas = boundaries
        .shapes
        .iter()
        .zip(values)
        .map(|(shape, value)| {
            let number = line(shape).map(|line| (line, table.number(line, figure)));
            let (x, y) = sheet.label(shape);
            let name = number.as_ref().map_or_else(String::new, |(line, _)| drawn(&line.name).to_owned());
            Area {
                path: sheet.path(shape),
                shade: value.map_or(0, |value| shade(value, least, most)),
                href: number.as_ref().map(|(_, number)| number.href.clone()).unwrap_or_default(),
                label: number
                    .as_ref()
                    .map(|(_, number)| format!("{} {} {}", number.label, number.value, number.ratio))
                    .unwrap_or_default(),
                value: number.map(|(_, number)| number.value).unwrap_or_default(),
                name,
                x,
                y,
            }
        })
        .collect();
    Map {
        figure: table.page.t(&figure.key()),
        width: format!("{WIDTH:.0}"),
        height: format!("{:.0}", sheet.height),
        areas,
        steps: steps(table, least, most, rate),
        note: boundaries.note.clone(),
    }
}

/// From 1, the lightest, to [`SHADES`]; 0 is for areas without a value.
fn shade(value: f64, least: f64, most: f64) -> usize {
    if most <= least {
        return 1;
    }
    let part = (value - least) / (most - least) * SHADES as f64;
    (part.ceil().max(1.0) as usize).min(SHADES)
}

fn steps(table: &Table<'_>, least: f64, most: f64, rate: bool) -> Vec<Step> {
    if most <= least {
        return Vec::new();
    }
    let bound = |step: usize| least + (most - least) * step as f64 / SHADES as f64;
    let text = |value: f64| {
        if rate { format!("{:.1}%", value * 100.0) } else { table.page.number(value.floor() as i64) }
    };
    // Counts are whole: each shade begins one after the last of the shade before.
    let first = |step: usize| match step {
        1 => bound(0),
        _ if rate => bound(step - 1),
        _ => bound(step - 1).floor() + 1.0,
    };
    (1..=SHADES)
        .filter(|step| rate || first(*step) <= bound(*step))
        .map(|step| Step { shade: step, label: format!("{} – {}", text(first(step)), text(bound(step))) })
        .collect()
}

/// Degrees to the drawing: a plain projection that keeps shapes at the middle latitude.
struct Sheet {
    west: f64,
    north: f64,
    across: f64,
    up: f64,
    height: f64,
}

impl Sheet {
    fn of(boundaries: &Boundaries) -> Self {
        let corners = || boundaries.shapes.iter().flat_map(|shape| shape.rings.iter().flatten());
        let ends = |axis: usize| {
            let all = || corners().map(move |corner| f64::from(corner[axis]));
            (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max))
        };
        let ((west, east), (south, north)) = (ends(0), ends(1));
        let shrink = ((south + north) / 2.0 / 100_000.0).to_radians().cos();
        let across = (WIDTH - 2.0 * MARGIN) / (east - west).max(1.0);
        let up = across / shrink.max(0.05);
        Self { west, north, across, up, height: (north - south) * up + 2.0 * MARGIN }
    }

    fn at(&self, corner: [i32; 2]) -> (f64, f64) {
        let x = (f64::from(corner[0]) - self.west) * self.across + MARGIN;
        let y = (self.north - f64::from(corner[1])) * self.up + MARGIN;
        (x, y)
    }

    fn path(&self, shape: &Shape) -> String {
        let mut path = String::new();
        for ring in &shape.rings {
            for (index, corner) in ring.iter().enumerate() {
                let (x, y) = self.at(*corner);
                let _ = write!(path, "{}{x:.1} {y:.1}", if index == 0 { 'M' } else { 'L' });
            }
            path.push('Z');
        }
        path
    }

    /// The middle of the largest ring, by its area.
    fn label(&self, shape: &Shape) -> (String, String) {
        let middle = |ring: &Vec<[i32; 2]>| {
            let points: Vec<(f64, f64)> = ring.iter().map(|corner| self.at(*corner)).collect();
            let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
            for pair in points.windows(2) {
                let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
                let cross = x0 * y1 - x1 * y0;
                area += cross;
                x += (x0 + x1) * cross;
                y += (y0 + y1) * cross;
            }
            (area.abs(), x / (3.0 * area), y / (3.0 * area))
        };
        let largest = shape.rings.iter().map(middle).max_by(|one, other| one.0.total_cmp(&other.0));
        let (_, x, y) =
            largest.filter(|(area, ..)| *area > 0.0).unwrap_or((0.0, WIDTH / 2.0, self.height / 2.0));
        (format!("{x:.1}"), format!("{y:.1}"))
    }
}

/// A name as there is room for it: an English one without the word for its kind, the last.
fn drawn(name: &str) -> &str {
    name.rsplit_once(' ').map_or(name, |(name, _kind)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_run_from_the_least_to_the_most() {
        assert_eq!(
            [0.0, 1.0, 20.0, 21.0, 99.0, 100.0].map(|value| shade(value, 0.0, 100.0)),
            [1, 1, 1, 2, 5, 5]
        );
        assert_eq!(shade(3.0, 3.0, 3.0), 1);
    }

    #[test]
    fn a_square_is_drawn_with_its_name_in_the_middle() {
        let square = vec![[0, 0], [100_000, 0], [100_000, 100_000], [0, 100_000], [0, 0]];
        let shape = Shape { area: "1".into(), rings: vec![square] };
        let sheet = Sheet::of(&Boundaries { note: String::new(), shapes: vec![shape.clone()] });
        assert!(sheet.path(&shape).starts_with("M8.0 "), "{}", sheet.path(&shape));
        assert_eq!(sheet.label(&shape).0, "320.0");
    }
}
