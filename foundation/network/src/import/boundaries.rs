//! Boundaries from a GeoJSON file: a collection of polygons in longitude and latitude, each
//! with its area's official code (`code`, `adcode` or the feature's `id`).

use crate::rules::boundaries::{Boundaries, Corner, MapCommand, MapSheet, Shape};
use kernel::AreaId;
use platform::{App, By, Failure};
use serde_json::Value;

/// The map's only stream.
const SHEET: &str = "areas";
/// Corners a map is drawn with at most; finer files are thinned out.
const CORNERS: usize = 6_000;
/// The largest file that is read.
const BYTES: usize = 16 * 1024 * 1024;

/// A file that is no map of areas.
#[derive(Debug, thiserror::Error)]
pub enum BoundariesError {
    /// Not GeoJSON of polygons.
    #[error("{0}")]
    Malformed(String),
    /// Refused, not permitted, or the store failed.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// What is printed below the map: its source, and its approval number where the law asks for one.
#[derive(Clone, Debug, Default)]
pub struct MapNote {
    /// In Chinese.
    pub zh: String,
    /// In English; empty where the first stands for both.
    pub en: String,
}

/// Draws the areas of the file on the installation's map, instead of what was there; says
/// how many. Without a note the file's own `source` and `source_en` are printed.
///
/// # Errors
/// See [`BoundariesError`]; nothing is written then.
pub async fn boundaries(
    app: &App,
    by: &By,
    bytes: &[u8],
    note: Option<MapNote>,
) -> Result<usize, BoundariesError> {
    let mut read = read(bytes)?;
    if let Some(note) = note {
        (read.note, read.note_en) = (note.zh, note.en);
    }
    let count = read.shapes.len();
    let (by, command) = (by.clone(), MapCommand::Draw(read));
    app.write(move |work| work.act::<MapSheet>(SHEET, &by, None, &command).map(drop)).await?;
    Ok(count)
}

fn read(bytes: &[u8]) -> Result<Boundaries, BoundariesError> {
    let wrong = |what: &str| BoundariesError::Malformed(what.to_owned());
    if bytes.len() > BYTES {
        return Err(wrong("larger than 16 MB: simplify it first"));
    }
    let json: Value = serde_json::from_slice(bytes)
        .map_err(|error| BoundariesError::Malformed(format!("not JSON: {error}")))?;
    let features = json["features"].as_array().ok_or_else(|| wrong("no GeoJSON FeatureCollection"))?;
    let mut shapes = Vec::new();
    for (index, feature) in features.iter().enumerate() {
        let named = |what: &str| BoundariesError::Malformed(format!("feature {}: {what}", index + 1));
        let code = code(feature).ok_or_else(|| named("no `code`, `adcode` or `id` of an area"))?;
        let rings = rings(&feature["geometry"])
            .ok_or_else(|| named("not a Polygon or MultiPolygon in degrees of longitude and latitude"))?;
        shapes.push(Shape { area: AreaId::from(code.as_str()), rings });
    }
    thin_out(&mut shapes);
    let text = |key: &str| json[key].as_str().unwrap_or_default().to_owned();
    Ok(Boundaries { note: text("source"), note_en: text("source_en"), shapes })
}

fn code(feature: &Value) -> Option<String> {
    let properties = &feature["properties"];
    [&properties["code"], &properties["adcode"], &feature["id"]].into_iter().find_map(|value| match value {
        Value::String(code) if !code.is_empty() => Some(code.clone()),
        Value::Number(code) => Some(code.to_string()),
        _ => None,
    })
}

fn rings(geometry: &Value) -> Option<Vec<Vec<Corner>>> {
    let coordinates = geometry["coordinates"].as_array()?;
    let polygons: Vec<&Vec<Value>> = match geometry["type"].as_str()? {
        "Polygon" => vec![coordinates],
        "MultiPolygon" => coordinates.iter().map(Value::as_array).collect::<Option<_>>()?,
        _ => return None,
    };
    let rings: Vec<Vec<Corner>> = polygons
        .into_iter()
        .flatten()
        .map(|ring| ring.as_array()?.iter().map(corner).collect::<Option<Vec<_>>>())
        .collect::<Option<_>>()?;
    rings.iter().all(|ring| ring.len() >= 4).then_some(rings).filter(|rings| !rings.is_empty())
}

fn corner(point: &Value) -> Option<Corner> {
    let degrees = |value: &Value, most: f64| {
        value
            .as_f64()
            .filter(|degrees| degrees.abs() <= most)
            .map(|degrees| (degrees * 100_000.0).round() as i32)
    };
    Some([degrees(point.get(0)?, 180.0)?, degrees(point.get(1)?, 90.0)?])
}

/// Leaves out corners that lie close to the one before until few enough are left. Ends of
/// rings stay; neighbours lose the same corners of a common line but for its ends.
fn thin_out(shapes: &mut [Shape]) {
    let mut grid = 0_i64;
    let count = |shapes: &[Shape]| shapes.iter().flat_map(|shape| &shape.rings).map(Vec::len).sum::<usize>();
    while count(shapes) > CORNERS {
        grid = if grid == 0 { 50 } else { grid * 2 };
        for ring in shapes.iter_mut().flat_map(|shape| &mut shape.rings) {
            let snap = |corner: &Corner| corner.map(|at| i64::from(at).div_euclid(grid));
            let last = ring.len() - 1;
            let mut kept: Vec<Corner> = Vec::with_capacity(ring.len());
            for (index, corner) in ring.iter().enumerate() {
                let near = kept.last().is_some_and(|before| snap(before) == snap(corner));
                if !near || index == last {
                    kept.push(*corner);
                }
            }
            if kept.len() >= 4 {
                *ring = kept;
            }
        }
        if grid > 1_000_000 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(side: f64) -> String {
        format!(
            r#"{{"source":"drawn by hand","features":[{{"id":"430000","properties":{{}},"geometry":{{"type":"Polygon",
            "coordinates":[[[112,27],[{0},27],[{0},{1}],[112,27]]]}}}}]}}"#,
            112.0 + side,
            27.0 + side
        )
    }

    #[test]
    fn a_polygon_is_read_with_its_code_and_source() {
        let read = read(square(1.0).as_bytes()).expect("reads");
        assert_eq!((read.note.as_str(), read.shapes[0].area.as_str()), ("drawn by hand", "430000"));
        assert_eq!(
            read.shapes[0].rings,
            [vec![
                [11_200_000, 2_700_000],
                [11_300_000, 2_700_000],
                [11_300_000, 2_800_000],
                [11_200_000, 2_700_000]
            ]]
        );
    }

    #[test]
    fn what_is_no_map_is_told() {
        for (text, says) in [
            ("[", "not JSON"),
            ("{}", "FeatureCollection"),
            (r#"{"features":[{"geometry":{}}]}"#, "feature 1: no `code`"),
            (
                r#"{"features":[{"id":"1","geometry":{"type":"Point","coordinates":[1,2]}}]}"#,
                "feature 1: not a Polygon",
            ),
            (&square(200.0), "degrees"),
        ] {
            let error = read(text.as_bytes()).expect_err("refused").to_string();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn a_fine_outline_is_thinned_out_and_stays_closed() {
        let ring: Vec<Corner> = (0..20_000)
            .map(|step| f64::from(step) / 20_000.0 * std::f64::consts::TAU)
            .map(|angle| [(angle.cos() * 100_000.0) as i32, (angle.sin() * 100_000.0) as i32])
            .chain([[100_000, 0]])
            .collect();
        let mut shapes = [Shape { area: AreaId::from("1"), rings: vec![ring] }];
        thin_out(&mut shapes);
        let ring = &shapes[0].rings[0];
        assert!(ring.len() <= CORNERS && ring.len() > 100, "{}", ring.len());
        assert_eq!(ring.first(), ring.last());
    }
}
