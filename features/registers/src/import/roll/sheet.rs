//! Rows of the workbook as they were sent.

use super::columns::{Column, Reader};
use crate::import::reading::{self, Below, Sheet};
use kernel::UnitId;
use std::collections::BTreeMap;

/// The rows under the columns they stand in.
#[derive(Clone)]
pub(super) struct Roll {
    pub head: Vec<String>,
    places: BTreeMap<Column, usize>,
    /// Row of the sheet and its cells.
    pub rows: Vec<(u32, Vec<String>)>,
    /// Headings nobody knows.
    pub ignored: Vec<String>,
    /// Columns that ask for what may not be held; nothing of them is here any more.
    pub forbidden: Vec<String>,
}

impl Roll {
    /// Finds the row of headings among the first rows; none without the units' codes.
    pub fn of(reader: &Reader, sheet: Sheet) -> Option<Self> {
        let columns =
            |cells: &[String]| cells.iter().map(|cell| reader.column(cell)).collect::<Vec<Option<Column>>>();
        let known = |at: &usize| columns(&sheet.rows[*at].1).iter().flatten().count();
        let at = (0..sheet.rows.len().min(15)).max_by_key(|at| (known(at), usize::MAX - at))?;
        let Below { head, rows, forbidden } = sheet.below(at);
        let mut places = BTreeMap::new();
        let mut ignored = Vec::new();
        for (at, (cell, column)) in head.iter().zip(columns(&head)).enumerate() {
            match column {
                Some(column) => {
                    places.entry(column).or_insert(at);
                }
                None if !cell.is_empty() => ignored.push(cell.clone()),
                None => {}
            }
        }
        places.get(&Column::Code)?;
        Some(Self { head, places, rows, ignored, forbidden })
    }

    /// What stands in a column; empty where the file has none.
    pub fn cell<'r>(&self, cells: &'r [String], column: Column) -> &'r str {
        self.places.get(&column).and_then(|at| cells.get(*at)).map_or("", String::as_str)
    }

    /// The unit a row is about.
    pub fn unit(&self, cells: &[String]) -> UnitId {
        UnitId::from(self.cell(cells, Column::Code))
    }

    /// Whether the file tells what units are, and not only who holds posts in them.
    pub fn tells_of_units(&self) -> bool {
        Column::ALL.iter().all(|column| !column.is_required() || self.places.contains_key(column))
    }

    /// The columns of a unit that the file has.
    pub fn unit_columns(&self) -> Vec<Column> {
        let of_unit = Column::ALL[..Column::OF_UNIT].iter().copied();
        of_unit.filter(|column| self.places.contains_key(column)).collect()
    }

    /// What stands above a column, for what is said about a cell.
    pub fn heading(&self, code: &str) -> Option<&str> {
        let at = self.places.get(&Column::of_code(code)?)?;
        self.head.get(*at).map(String::as_str)
    }

    /// The header and some of the rows, to be sent along with the next step.
    pub fn carry(&self, which: impl Fn(u32) -> bool) -> String {
        let rows = self.rows.iter().filter(|(at, _)| which(*at)).cloned();
        reading::carry(std::iter::once((0, self.head.clone())).chain(rows).collect())
    }
}
