//! Reads a CSV or Excel file into rows of text under known column names, whichever
//! language its head line is in.

use super::File;
use calamine::{Data, Reader, Xlsx, open_workbook_auto_from_rs, open_workbook_from_rs};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Columns a table may have. A workbook can name sixteen thousand and mean two.
const MOST_COLUMNS: usize = 512;
/// Bytes a workbook may unpack to: far beyond a hundred thousand rows, far below what a file
/// made to fill the memory holds.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

/// How an Excel file of before 2007 begins.
const OLD_EXCEL: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

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
    /// More columns than a table may have.
    #[error(
        "row {line} has a cell in column {column}; at most {MOST_COLUMNS} columns are read. Delete what stands there, or save the table as CSV"
    )]
    TooWide {
        /// Row of the sheet, from 1.
        line: u64,
        /// The column, from 1.
        column: usize,
    },
    /// It unpacks to more than any table needs.
    #[error("the workbook unpacks to more than {} MB; split it, or save it as CSV", MOST_UNPACKED / 1024 / 1024)]
    TooLarge,
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
        let mut rows = rows(file)?;
        if rows.is_empty() {
            return Err(TableError::Empty);
        }
        let head = rows.remove(0).cells;
        rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        Self::of(head, rows, columns)
    }

    /// Of rows that were read already.
    pub(super) fn of(head: Vec<String>, rows: Vec<Row>, columns: &[Column]) -> Result<Self, TableError> {
        let places = places(&head, columns)?;
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

impl Row {
    /// Line of the file (row of the sheet), from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Its cells, trimmed; days as `YYYY-MM-DD`.
    pub fn cells(&self) -> &[String] {
        &self.cells
    }
}

/// The rows of a file as they stand: of a workbook's first sheet (.xlsx, .xls, .ods), else of
/// a CSV file.
///
/// # Errors
/// The file is neither, or larger than any table.
pub fn rows(file: &File) -> Result<Vec<Row>, TableError> {
    let name = file.name.to_ascii_lowercase();
    if name.ends_with(".ods") {
        check_unpacked(&file.bytes)?;
        return other_sheet(&file.bytes);
    }
    if file.bytes.starts_with(OLD_EXCEL) {
        return other_sheet(&file.bytes);
    }
    let excel = name.ends_with(".xlsx") || file.bytes.starts_with(b"PK\x03\x04");
    if excel { sheet(&file.bytes) } else { csv(&file.bytes) }
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

/// The first sheet of a workbook, cell by cell: what a sheet claims to span may be far more
/// than it holds.
fn sheet(bytes: &[u8]) -> Result<Vec<Row>, TableError> {
    let unreadable = |error: &dyn std::fmt::Display| TableError::Workbook(error.to_string());
    check_unpacked(bytes)?;
    let mut workbook: Xlsx<_> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: calamine::XlsxError| unreadable(&error))?;
    let first = workbook.sheet_names().first().cloned().ok_or(TableError::Empty)?;
    let mut reader = workbook.worksheet_cells_reader(&first).map_err(|error| unreadable(&error))?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    while let Some(cell) = reader.next_cell().map_err(|error| unreadable(&error))? {
        let (row, column) = cell.get_position();
        let told = text(&Data::from(cell.get_value().clone()));
        let at = usize::try_from(column).unwrap_or(usize::MAX);
        if told.is_empty() {
            continue;
        }
        if at >= MOST_COLUMNS {
            return Err(TableError::TooWide { line: u64::from(row) + 1, column: at + 1 });
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= at {
            cells.resize(at + 1, String::new());
        }
        cells[at] = told;
    }
    Ok(rows.into_iter().map(|(row, cells)| Row { line: u64::from(row) + 1, cells }).collect())
}

/// The first sheet of an old Excel file or of an open document.
fn other_sheet(bytes: &[u8]) -> Result<Vec<Row>, TableError> {
    let unreadable = |error: calamine::Error| TableError::Workbook(error.to_string());
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let range = workbook.worksheet_range_at(0).ok_or(TableError::Empty)?.map_err(unreadable)?;
    if range.width() > MOST_COLUMNS {
        return Err(TableError::TooWide { line: 1, column: range.width() });
    }
    let first = range.start().map_or(0, |(row, _)| row) + 1;
    let rows = range.rows().zip(first..);
    Ok(rows
        .map(|(cells, line)| Row { line: u64::from(line), cells: cells.iter().map(text).collect() })
        .filter(|row| row.cells.iter().any(|cell| !cell.is_empty()))
        .collect())
}

/// Unpacks everything once into nothing: a few kilobytes may hold gigabytes.
fn check_unpacked(bytes: &[u8]) -> Result<(), TableError> {
    let unreadable = |error: zip::result::ZipError| TableError::Workbook(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(unreadable)?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|error| TableError::Workbook(error.to_string()))?;
        left = left.checked_sub(unpacked).ok_or(TableError::TooLarge)?;
    }
    Ok(())
}

fn text(cell: &Data) -> String {
    match cell {
        // Codes typed as numbers: 431302.0 is 431302.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(at) => at.split('T').next().unwrap_or_default().to_owned(),
        Data::Error(_) | Data::Empty => String::new(),
        other => other.to_string().trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// A workbook of one sheet with that XML.
    fn workbook(sheet: &[u8]) -> File {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let parts: [(&str, &[u8]); 5] = [
            ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
            ("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
            ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#),
            ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
            ("xl/worksheets/sheet1.xml", sheet),
        ];
        for (name, bytes) in parts {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("starts");
            archive.write_all(bytes).expect("writes");
        }
        File { name: "t.xlsx".into(), bytes: archive.finish().expect("finishes").into_inner() }
    }

    fn cells(cells: &str) -> File {
        let sheet = format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
             <dimension ref=\"A1:XFD1048576\"/><sheetData>{cells}</sheetData></worksheet>"
        );
        workbook(sheet.as_bytes())
    }

    fn cell(place: &str, text: &str) -> String {
        let row: String = place.chars().filter(char::is_ascii_digit).collect();
        format!("<row r=\"{row}\"><c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>")
    }

    #[test]
    fn a_sheet_is_as_large_as_what_it_holds() {
        let table = Table::open(&cells(&(cell("A1", "code") + &cell("A1048576", "x")))).expect("two cells");
        assert_eq!((table.rows.len(), table.rows[0].line), (1, 1_048_576));
        let wide = Table::open(&cells(&(cell("A1", "code") + &cell("XFD2", "x"))));
        assert!(matches!(wide.err(), Some(TableError::TooWide { line: 2, column: 16_384 })));
    }

    #[test]
    fn a_workbook_that_unpacks_to_gigabytes_is_refused() {
        let filler = vec![b' '; usize::try_from(MOST_UNPACKED).expect("fits") + 1];
        let file = workbook(&filler);
        assert!(file.bytes.len() < 1_000_000, "it is small as it comes");
        let error = Table::open(&file).err().expect("refused");
        assert!(matches!(error, TableError::TooLarge) && error.to_string().contains("256 MB"), "{error}");
    }
}
