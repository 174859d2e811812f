//! A workbook (.xlsx, .xls, .ods) or CSV file as rows of text.

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use std::io::Cursor;

/// Rows as they stand in the first sheet: number from 1, and cells.
pub(super) struct Sheet {
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Reads a file.
///
/// # Errors
/// The code of what is wrong with it.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Sheet, &'static str> {
    if name.to_ascii_lowercase().ends_with(".csv") {
        return csv(bytes);
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| "register-file-unreadable")?;
    let range =
        book.worksheet_range_at(0).ok_or("register-file-empty")?.map_err(|_| "register-file-unreadable")?;
    let first = range.start().map_or(0, |(row, _)| row) + 1;
    let rows = range.rows().zip(first..).map(|(cells, at)| (at, cells.iter().map(text).collect())).collect();
    Ok(Sheet { rows })
}

fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(at) => at.split('T').next().unwrap_or_default().to_owned(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::Error(_) | Data::Empty => String::new(),
        other => other.to_string().trim().to_owned(),
    }
}

/// Separated by commas, in UTF-8 (with or without a mark).
fn csv(bytes: &[u8]) -> Result<Sheet, &'static str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| "register-file-encoding")?;
    let mut rows = Vec::new();
    let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell).trim().to_owned()),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell).trim().to_owned());
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell.trim().to_owned());
        rows.push(row);
    }
    Ok(Sheet { rows: (1..).zip(rows).collect() })
}

/// Rows on their way through a form: a line each, cells apart by U+001F, their number first.
pub(super) fn carry(rows: Vec<(u32, Vec<String>)>) -> String {
    let line = |(at, cells): (u32, Vec<String>)| {
        let cells = cells.iter().map(|cell| cell.replace(['\n', '\r', '\u{1f}'], " "));
        std::iter::once(at.to_string()).chain(cells).collect::<Vec<_>>().join("\u{1f}")
    };
    rows.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The same read back; `None` where nothing was carried.
pub(super) fn carried(text: &str) -> Option<Sheet> {
    if text.trim().is_empty() {
        return None;
    }
    let rows = text
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let mut cells = line.split('\u{1f}').map(str::to_owned);
            let at = cells.next().and_then(|at| at.parse().ok()).unwrap_or(0);
            (at, cells.collect())
        })
        .collect();
    Some(Sheet { rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_from_the_form_as_they_went() {
        let rows =
            vec![(1, vec!["名称".into(), "金额".into()]), (7, vec!["甲, \"乙\"".into(), String::new()])];
        assert_eq!(carried(&carry(rows.clone())).expect("rows").rows, rows);
        assert!(carried(" ").is_none());
    }

    #[test]
    fn quotes_and_commas_of_csv_are_understood() {
        let sheet = csv("名称,说明\n\"甲,一\",\"说\"\"好\"\"\"\n".as_bytes()).expect("reads");
        assert_eq!(sheet.rows[1].1, ["甲,一", "说\"好\""]);
        assert!(csv(&[0xff, 0xfe, 0x00]).is_err());
    }
}
