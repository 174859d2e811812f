//! A map as one drawing without any server behind it: areas shaded by a figure, points with
//! names, from the boundaries the installation was given. Areas and points are links with
//! accessible names; shades keep their order in grey. A page prints a [`Map`] as it is and
//! sets a table with the same numbers beside it.

mod sheet;

use crate::read;
use crate::rules::boundaries::{Boundaries, Shape};
use askama::Template;
use kernel::AreaId;
use platform::App;
use platform::ui::{Locale, Page};
use sheet::Sheet;
use store::{Query, StoreError};

/// What the installation's map draws; none where it was given no boundaries, or where its
/// settings allow no map (`maps = false`: no reviewed one may be shown).
///
/// # Errors
/// Whatever the store says.
pub fn boundaries(q: &mut dyn Query, app: &App) -> Result<Option<Boundaries>, StoreError> {
    if app.config.maps { read::boundaries(q) } else { Ok(None) }
}

/// A map with its legend.
#[derive(Template)]
#[template(path = "network/map.html")]
pub struct Map {
    title: String,
    height: String,
    areas: Vec<Area>,
    bubbles: Vec<Bubble>,
    pins: Vec<Pin>,
    steps: Vec<Step>,
    schematic: String,
    /// Source and approval number.
    note: String,
    sheet: Sheet,
}

/// What a figure is, which decides how its shades are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Whole numbers from none up.
    Count,
    /// Parts of one.
    Rate,
}

/// What an area shows.
#[derive(Clone, Debug, Default)]
pub struct Figure {
    /// For its shade; none leaves the area plain.
    pub value: Option<f64>,
    /// Its name, as drawn in it.
    pub name: String,
    /// The number as printed.
    pub text: String,
    /// Name and number in words: what a screen reader says.
    pub label: String,
    /// Where it opens; empty where it does not.
    pub href: String,
}

/// A point as it is asked for.
#[derive(Clone, Debug)]
pub struct Point {
    /// Longitude and latitude in millionths of a degree.
    pub at: [i64; 2],
    /// What it is.
    pub label: String,
    /// Where it opens.
    pub href: String,
}

/// How many of something there are in an area, drawn as a circle of that size.
#[derive(Clone, Debug)]
pub struct Amount {
    /// Which area.
    pub area: AreaId,
    /// How many; none are not drawn.
    pub count: u64,
    /// Area and number in words.
    pub label: String,
    /// Where it opens.
    pub href: String,
}

struct Area {
    path: String,
    shade: usize,
    figure: Figure,
    x: String,
    y: String,
}

struct Bubble {
    x: String,
    y: String,
    text_y: String,
    radius: String,
    count: String,
    label: String,
    href: String,
}

struct Pin {
    x: String,
    y: String,
    label: String,
    href: String,
}

/// A shade and what it stands for.
struct Step {
    shade: usize,
    label: String,
}

/// Shades from light to dark.
const SHADES: usize = 5;
/// Radius of the largest circle.
const LARGEST: f64 = 30.0;
/// Radius of the smallest one, with room for its number.
const SMALLEST: f64 = 13.0;

impl Map {
    /// The areas of the boundaries, each with what `figure` gives for it.
    pub fn new(
        page: &Page,
        title: String,
        scale: Scale,
        boundaries: &Boundaries,
        mut figure: impl FnMut(&Shape) -> Figure,
    ) -> Self {
        let sheet = Sheet::of(boundaries);
        let figures: Vec<Figure> = boundaries.shapes.iter().map(&mut figure).collect();
        let values = || figures.iter().filter_map(|figure| figure.value);
        let least = if scale == Scale::Rate { values().fold(1.0_f64, f64::min) } else { 0.0 };
        let most = if comparable(&figures) { values().fold(least, f64::max) } else { least };
        let steps = steps(page, least, most, scale);
        let areas = boundaries
            .shapes
            .iter()
            .zip(figures)
            .map(|(shape, figure)| {
                let (x, y) = sheet.middle(shape);
                Area {
                    path: sheet.path(shape),
                    shade: figure.value.map_or(0, |value| shade(value, least, most)),
                    figure: Figure { name: drawn(&figure.name).to_owned(), ..figure },
                    x: format!("{x:.1}"),
                    y: format!("{y:.1}"),
                }
            })
            .collect();
        Self {
            title,
            height: format!("{:.0}", sheet.height()),
            areas,
            bubbles: Vec::new(),
            pins: Vec::new(),
            steps,
            schematic: page.t("network-map-schematic"),
            note: boundaries.note_in(page.locale() == Locale::En).to_owned(),
            sheet,
        }
    }

    /// Draws points that lie on the sheet, and says how many do not.
    pub fn mark(&mut self, points: Vec<Point>) -> usize {
        let asked = points.len();
        let on_sheet = points.into_iter().filter_map(|point| {
            let (x, y) = self.sheet.place(point.at)?;
            Some(Pin { x: format!("{x:.1}"), y: format!("{y:.1}"), label: point.label, href: point.href })
        });
        self.pins = on_sheet.collect();
        asked - self.pins.len()
    }

    /// Draws amounts as circles above the names of their areas; the circle's surface is the
    /// amount.
    pub fn weigh(&mut self, page: &Page, boundaries: &Boundaries, amounts: Vec<Amount>) {
        let most = amounts.iter().map(|amount| amount.count).max().unwrap_or(0).max(1);
        let circle = |amount: Amount| {
            let shape = boundaries.shapes.iter().find(|shape| shape.area == amount.area)?;
            if amount.count == 0 {
                return None;
            }
            let radius = (LARGEST * (amount.count as f64 / most as f64).sqrt()).max(SMALLEST);
            let (x, y) = self.sheet.middle(shape);
            let above = y - radius - 24.0;
            Some(Bubble {
                x: format!("{x:.1}"),
                y: format!("{above:.1}"),
                text_y: format!("{:.1}", above + 6.0),
                radius: format!("{radius:.1}"),
                count: page.number(amount.count),
                label: amount.label,
                href: amount.href,
            })
        };
        self.bubbles = amounts.into_iter().filter_map(circle).collect();
    }
}

/// One area alone is compared with none: it is light, and needs no legend.
fn comparable(figures: &[Figure]) -> bool {
    figures.iter().filter(|figure| figure.value.is_some()).count() > 1
}

/// From 1, the lightest, to [`SHADES`]; 0 is for areas without a value.
fn shade(value: f64, least: f64, most: f64) -> usize {
    if most <= least {
        return 1;
    }
    let part = (value - least) / (most - least) * SHADES as f64;
    (part.ceil().max(1.0) as usize).min(SHADES)
}

fn steps(page: &Page, least: f64, most: f64, scale: Scale) -> Vec<Step> {
    if most <= least {
        return Vec::new();
    }
    let rate = scale == Scale::Rate;
    let bound = |step: usize| least + (most - least) * step as f64 / SHADES as f64;
    let text = |value: f64| {
        if rate { format!("{:.1}%", value * 100.0) } else { page.number(value.floor() as i64) }
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
}
