//! What an import says: how much was new, changed or the same, and every bad row by line,
//! column and reason.

use super::table::{Row, Table};
use kernel::Refusal;
use platform::ui::Translator;

/// The outcome of an import.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Rows in the file, without the head line and empty lines.
    pub rows: usize,
    /// Rows that were new.
    pub new: usize,
    /// Rows that changed something known.
    pub changed: usize,
    /// Rows that say what is known already.
    pub unchanged: usize,
    /// Rows that cannot be taken.
    pub bad: Vec<Problem>,
    /// Rows that were taken but look odd.
    pub warnings: Vec<Problem>,
    /// Whether anything was written: not on a dry run, nor with bad rows unless they were
    /// to be skipped.
    pub written: bool,
    /// The head line of the file, for the error file.
    pub head: Vec<String>,
}

/// What is wrong with a row.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Line of the file (row of the sheet), from 1.
    pub line: u64,
    /// The column's heading as it stands in the file; none where the whole row is meant.
    pub column: Option<String>,
    /// The rule that stands in the way.
    pub reason: Refusal,
    /// The row's cells.
    pub cells: Vec<String>,
}

impl Problem {
    /// A row that cannot be taken; the column is the one named as the reason's field.
    pub fn new(table: &Table, row: &Row, reason: Refusal) -> Self {
        let column = reason.field.map(|field| table.heading(field).unwrap_or(field).to_owned());
        Self { line: row.line, column, reason, cells: row.cells.clone() }
    }
}

impl Report {
    /// The bad rows as a CSV file to be corrected and imported again: the original columns,
    /// then line, column and reason. With a byte order mark, so that office programs read
    /// it as UTF-8.
    ///
    /// # Panics
    /// Never: writing to memory cannot fail.
    pub fn error_file(&self, translator: &Translator) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(b"\xef\xbb\xbf".to_vec());
        let mut record = |cells: &[String], more: [String; 3]| {
            let mut cells = cells.to_vec();
            cells.resize(self.head.len(), String::new());
            cells.extend(more);
            writer.write_record(&cells).expect("writing to memory cannot fail");
        };
        let headings = ["import-line", "import-column", "import-reason"].map(|key| translator.t(key));
        record(&self.head, headings);
        for problem in &self.bad {
            let column = problem.column.clone().unwrap_or_default();
            record(&problem.cells, [problem.line.to_string(), column, translator.refusal(&problem.reason)]);
        }
        writer.into_inner().expect("writing to memory cannot fail")
    }
}
