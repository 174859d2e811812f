//! The sheet a map is drawn on: degrees to places of the drawing, by a plain projection that
//! keeps shapes at the middle latitude.

use crate::rules::boundaries::{Boundaries, Corner, Shape};
use std::fmt::Write;

/// Width of every drawing; its height follows from what is drawn.
const WIDTH: f64 = 640.0;
const MARGIN: f64 = 8.0;

/// See the module.
pub(super) struct Sheet {
    west: f64,
    north: f64,
    across: f64,
    up: f64,
    height: f64,
}

impl Sheet {
    /// The smallest that holds all boundaries.
    pub fn of(boundaries: &Boundaries) -> Self {
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

    /// Its height.
    pub fn height(&self) -> f64 {
        self.height
    }

    /// Where a point in millionths of a degree lies; none beyond the edge.
    pub fn place(&self, [longitude, latitude]: [i64; 2]) -> Option<(f64, f64)> {
        let (x, y) = self.drawn(longitude as f64 / 10.0, latitude as f64 / 10.0);
        ((0.0..=WIDTH).contains(&x) && (0.0..=self.height).contains(&y)).then_some((x, y))
    }

    fn at(&self, corner: Corner) -> (f64, f64) {
        self.drawn(f64::from(corner[0]), f64::from(corner[1]))
    }

    fn drawn(&self, longitude: f64, latitude: f64) -> (f64, f64) {
        let x = (longitude - self.west) * self.across + MARGIN;
        let y = (self.north - latitude) * self.up + MARGIN;
        (x, y)
    }

    /// The outline as an SVG path.
    pub fn path(&self, shape: &Shape) -> String {
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
    pub fn middle(&self, shape: &Shape) -> (f64, f64) {
        let middle = |ring: &Vec<Corner>| {
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
        (x, y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square() -> (Shape, Sheet) {
        let ring = vec![[0, 0], [100_000, 0], [100_000, 100_000], [0, 100_000], [0, 0]];
        let shape = Shape { area: "1".into(), rings: vec![ring] };
        let sheet = Sheet::of(&Boundaries { shapes: vec![shape.clone()], ..Boundaries::default() });
        (shape, sheet)
    }

    #[test]
    fn a_square_is_drawn_with_its_name_in_the_middle() {
        let (shape, sheet) = square();
        assert!(sheet.path(&shape).starts_with("M8.0 "), "{}", sheet.path(&shape));
        assert!((sheet.middle(&shape).0 - 320.0).abs() < 0.1);
    }

    #[test]
    fn a_point_lies_where_the_corner_of_the_same_degrees_does_or_off_the_sheet() {
        let (shape, sheet) = square();
        let (x, y) = sheet.place([500_000, 500_000]).expect("half a degree is on it");
        let (middle_x, middle_y) = sheet.middle(&shape);
        assert!((x - middle_x).abs() < 0.1 && (y - middle_y).abs() < 0.1, "{x} {y}");
        assert_eq!(sheet.place([2_000_000, 500_000]), None);
    }
}
