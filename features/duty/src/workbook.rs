//! A roster as a workbook, and a workbook as the lines of the form.

use crate::NAV;
use crate::read;
use crate::roster::written;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request};
use axum::response::Response;
use kernel::UnitId;
use network::import::{File, TableError, rows};
use platform::Failure;
use platform::web::{Staff, download};
use print::xlsx::{Cell, Column, Heading, Table, XlsxError, workbook};

/// The largest upload, in bytes.
const LARGEST: usize = 2 * 1024 * 1024;
/// Days of one workbook.
const DAYS: u64 = 92;

/// `GET /desk/duty/rosters/{unit}/table.xlsx`: from today on; an empty one is the template.
pub(crate) async fn table(staff: Staff, Path(unit): Path<String>) -> Result<Response, Failure> {
    let unit = UnitId(unit);
    let (found, shifts) = staff
        .app
        .read(move |q, app| {
            let found = network::unit(q, &unit)?.ok_or(Failure::NotFound)?;
            let today = app.config.zone.date_of(app.now());
            let until = today.checked_add(std::time::Duration::from_secs(DAYS * 86_400)).unwrap_or(today);
            Ok((found, read::shifts(q, &unit, today, until)?))
        })
        .await?;
    let page = staff.desk_page("duty-roster", NAV);
    let title = page.t1("duty-roster-of", "unit", found.brief(page.locale()));
    let heading = Heading::new(&title)
        .demo(page.site.demo.then(|| page.t("shell-demo")))
        .note(page.t("duty-template-note"));
    let text = |key: &str, width| Column::text(page.t(key), width);
    let columns = vec![
        Column::date(page.t("duty-day")),
        text("duty-shift", 12),
        text("duty-hours", 16),
        text("duty-post", 22),
        text("duty-phone", 18),
    ];
    let failed = |error: XlsxError| Failure::Internal(error.to_string());
    let mut table = Table::new(&heading, columns).map_err(failed)?;
    for row in &shifts {
        let shift = written(&staff.app.config.zone, row);
        let (from, until) = (shift.from, shift.until);
        let hours =
            format!("{:02}:{:02}-{:02}:{:02}", from.hour(), from.minute(), until.hour(), until.minute());
        let cells: [Cell; 5] =
            [shift.day.into(), shift.name.into(), hours.into(), shift.post.into(), shift.phone.into()];
        table.row(cells).map_err(failed)?;
    }
    download(&format!("{title}.xlsx"), workbook([table]).map_err(failed)?)
}

/// The rows of a sent workbook that begin with a day, as lines of the form.
pub(crate) async fn lines(
    staff: &Staff,
    mut request: Request,
) -> Result<Result<Vec<String>, &'static str>, Failure> {
    DefaultBodyLimit::max(2 * LARGEST).apply(&mut request);
    let malformed = |error: axum::extract::multipart::MultipartError| match error.status().as_u16() {
        413 => Failure::TooLarge,
        _ => Failure::Malformed(error.body_text()),
    };
    let mut parts = Multipart::from_request(request, &staff.app)
        .await
        .map_err(|error| Failure::Malformed(error.body_text()))?;
    let mut file = None;
    while let Some(part) = parts.next_field().await.map_err(malformed)? {
        let Some(name) = part.file_name().map(kernel::text::file_name) else { continue };
        let bytes = part.bytes().await.map_err(malformed)?;
        if bytes.len() > LARGEST {
            return Err(Failure::TooLarge);
        }
        if !bytes.is_empty() {
            file = Some(File { name, bytes: bytes.to_vec() });
        }
    }
    let Some(file) = file else { return Ok(Err("duty-file-missing")) };
    staff.app.aside(move |_| Ok(read_lines(&file))).await
}

fn read_lines(file: &File) -> Result<Vec<String>, &'static str> {
    let read = rows(file).map_err(|error| match error {
        TableError::Empty => "duty-file-missing",
        _ => "duty-file-unreadable",
    })?;
    let begins = |cell: &String| cell.trim().starts_with(|c: char| c.is_ascii_digit());
    let line = |cells: &[String]| {
        let joined = |cell: &String| cell.split_whitespace().collect::<Vec<_>>().join("");
        let cells = cells.iter().map(joined).filter(|cell| !cell.is_empty());
        cells.collect::<Vec<_>>().join(" ")
    };
    let rows = read.iter().map(|row| row.cells()).filter(|cells| cells.first().is_some_and(begins));
    let lines: Vec<String> = rows.map(line).collect();
    if lines.is_empty() { Err("duty-file-headless") } else { Ok(lines) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_begin_with_a_day_become_lines() {
        let text =
            "值班表,,,,\n日期,班次,时间,岗位,电话\n2026-12-01,白班,08:00 - 20:00,值班长,0738-8310000\n";
        let file = File { name: "a.csv".into(), bytes: text.into() };
        assert_eq!(read_lines(&file), Ok(vec!["2026-12-01 白班 08:00-20:00 值班长 0738-8310000".to_owned()]));
        let empty = File { name: "a.csv".into(), bytes: "a,b\n".into() };
        assert_eq!(read_lines(&empty), Err("duty-file-headless"));
    }
}
