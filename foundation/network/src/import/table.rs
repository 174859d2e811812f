//! Reads a CSV or Excel file into rows of text under known column names, whichever
//! language its head line is in.

use super::File;
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use std::io::Cursor;

/// A column an import knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its name in code and in English files.
    pub(super) name: &'static str,
    /// Other names it goes by.
    pub(super) aliases: &'static [&'static str],
    /// Whether a file must have it.
    pub(super) required: bool,
}

/// Why a file is not a table of the expected kind.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Neither UTF-8 nor GB 18030.
    #[error("the file is neither UTF-8 nor GBK/GB 18030; save it as CSV UTF-8 or as xlsx")]
    Encoding,
    /// Not well-formed CSV.
    #[error("line {line}: not well-formed CSV: {reason}")]
    Csv {
        /// Line of the file, from 1.
        line: u64,
        /// What the reader says.
        reason: String,
    },
    /// Not a readable workbook.
    #[error("the workbook cannot be read: {0}")]
    Workbook(String),
    /// There is no head line.
    #[error("the file is empty")]
    Empty,
    /// Columns that must be there are not.
    #[error("columns are missing in the head line: {0}")]
    Missing(String),
    /// A column stands twice.
    #[error("the column {0} stands twice in the head line")]
    Twice(String),
}

/// A file's rows under its head line.
pub struct Table {
    /// The head line as it stands in the file.
    pub(super) head: Vec<String>,
    /// The rows, empty lines left out.
    pub(super) rows: Vec<Row>,
    places: Vec<(&'static str, usize)>,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Line of the file (row of the sheet), from 1.
    pub(super) line: u64,
    /// Cells, as many as the file has in this row, trimmed.
    pub(super) cells: Vec<String>,
}

impl Table {
    /// Reads a file whose columns are asked for by their own headings ([`Table::under`]).
    ///
    /// # Errors
    /// The file is no table.
    pub fn open(file: &File) -> Result<Self, TableError> {
        Self::read(file, &[])
    }

    /// The head line.
    pub fn head(&self) -> &[String] {
        &self.head
    }

    /// The rows, empty lines left out.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// A cell by its column's own heading; empty where the row or the file has none.
    pub fn under<'a>(&self, row: &'a Row, heading: &str) -> &'a str {
        let at = self.head.iter().position(|known| known == heading);
        at.and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    }

    /// Reads a file.
    pub(super) fn read(file: &File, columns: &[Column]) -> Result<Self, TableError> {
        let excel =
            file.name.to_ascii_lowercase().ends_with(".xlsx") || file.bytes.starts_with(b"PK\x03\x04");
        let mut rows = if excel { sheet(&file.bytes)? } else { csv(&file.bytes)? };
        if rows.is_empty() {
            return Err(TableError::Empty);
        }
        let head = rows.remove(0).cells;
        let places = places(&head, columns)?;
        rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        Ok(Self { head, rows, places })
    }

    /// A cell by its column's name; empty where the row or the file has none.
    pub(super) fn cell<'a>(&self, row: &'a Row, column: &str) -> &'a str {
        self.place(column).and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    }

    /// The column's heading as it stands in the file.
    pub(super) fn heading(&self, column: &str) -> Option<&str> {
        self.place(column).map(|at| self.head[at].as_str())
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.places.iter().find(|(name, _)| *name == column).map(|(_, at)| *at)
    }
}

fn places(head: &[String], columns: &[Column]) -> Result<Vec<(&'static str, usize)>, TableError> {
    let mut places: Vec<(&'static str, usize)> = Vec::new();
    for (at, heading) in head.iter().enumerate() {
        let heading = heading.to_lowercase();
        let known = columns.iter().find(|c| c.name == heading || c.aliases.contains(&heading.as_str()));
        let Some(column) = known else { continue };
        if places.iter().any(|(name, _)| *name == column.name) {
            return Err(TableError::Twice(column.name.to_owned()));
        }
        places.push((column.name, at));
    }
    let missing: Vec<String> = columns
        .iter()
        .filter(|c| c.required && !places.iter().any(|(name, _)| *name == c.name))
        .map(|c| c.aliases.first().map_or_else(|| c.name.to_owned(), |zh| format!("{} ({zh})", c.name)))
        .collect();
    if missing.is_empty() { Ok(places) } else { Err(TableError::Missing(missing.join(", "))) }
}

fn csv(bytes: &[u8]) -> Result<Vec<Row>, TableError> {
    let text = decode(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| TableError::Csv {
            line: error.position().map_or(0, csv::Position::line),
            reason: error.to_string(),
        })?;
        rows.push(Row {
            line: record.position().map_or(0, csv::Position::line),
            cells: record.iter().map(str::to_owned).collect(),
        });
    }
    Ok(rows)
}

/// UTF-8 with or without a mark, else GB 18030 (which holds GBK, what office programs in
/// China write by default).
fn decode(bytes: &[u8]) -> Result<String, TableError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    encoding_rs::GB18030
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
        .ok_or(TableError::Encoding)
}

/// The first sheet of a workbook.
fn sheet(bytes: &[u8]) -> Result<Vec<Row>, TableError> {
    let unreadable = |error: &dyn std::fmt::Display| TableError::Workbook(error.to_string());
    let mut workbook: Xlsx<_> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: calamine::XlsxError| unreadable(&error))?;
    let range =
        workbook.worksheet_range_at(0).ok_or(TableError::Empty)?.map_err(|error| unreadable(&error))?;
    let first = range.start().map_or(0, |(row, _)| row);
    let rows = range.rows().zip(u64::from(first) + 1..);
    Ok(rows.map(|(cells, line)| Row { line, cells: cells.iter().map(text).collect() }).collect())
}

fn text(cell: &Data) -> String {
    match cell {
        // Codes typed as numbers: 431302.0 is 431302.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string().trim().to_owned(),
    }
}
