//! Tables as Excel workbooks: a heading, typed columns, rows; ready to filter and to print
//! on A4.
//!
//! ```
//! use tongxin_print::xlsx::{Cell, Column, Heading, Table, workbook};
//!
//! let heading = Heading::new("Matters in hand").note("As of 22 Aug 2022");
//! let columns = vec![Column::text("Number", 18), Column::number("Days")];
//! let mut table = Table::new(&heading, columns)?;
//! table.row([Cell::from("TX-2022-000001"), Cell::from(3)])?;
//! let bytes = workbook([table])?;
//! assert!(bytes.starts_with(b"PK"));
//! # Ok::<(), tongxin_print::xlsx::XlsxError>(())
//! ```

mod cell;
mod column;
mod table;
mod text;

pub use cell::Cell;
pub use column::{Column, Kind};
pub use table::{Heading, Table};

use rust_xlsxwriter::Workbook;
use std::collections::BTreeSet;

/// The media type of a workbook.
pub const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A table that could not become a sheet.
#[derive(Debug, thiserror::Error)]
pub enum XlsxError {
    /// A sheet holds 1,048,576 rows and no more.
    #[error("the table has more rows than a sheet can hold")]
    TooLong,
    /// A row with more cells than the table has columns, or a table without any.
    #[error("a row has {cells} cells, the table {columns} columns")]
    Shape {
        /// How many cells the row has.
        cells: usize,
        /// How many columns there are.
        columns: usize,
    },
    /// What the library that writes the format says.
    #[error(transparent)]
    Format(#[from] rust_xlsxwriter::XlsxError),
}

/// The bytes of a workbook with these tables, one sheet each, in order. A sheet is called
/// as its table's heading; names a sheet may not have are mended, and a second of the
/// same name gets a number.
///
/// # Errors
/// The file grows beyond what the format holds.
pub fn workbook(tables: impl IntoIterator<Item = Table>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let mut names = BTreeSet::new();
    for table in tables {
        let name = text::free_name(&table.name, &names);
        let mut sheet = table.finish()?;
        sheet.set_name(&name)?;
        // Excel takes names that differ only in case for the same.
        names.insert(name.to_lowercase());
        book.push_worksheet(sheet);
    }
    Ok(book.save_to_buffer()?)
}
