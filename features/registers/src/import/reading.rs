//! A workbook or CSV file as rows of text, and rows on their way through a form.

use network::import::{File, TableError, rows};
use registers::rules::forbidden;
use std::collections::{BTreeMap, BTreeSet};

/// Rows as they stand in the first sheet: number from 1, and cells.
pub(super) struct Sheet {
    pub rows: Vec<(u32, Vec<String>)>,
}

/// What stands below a row of headings.
pub(super) struct Below {
    pub head: Vec<String>,
    /// Row of the sheet and its cells; none that is empty.
    pub rows: Vec<(u32, Vec<String>)>,
    /// Headings of columns that ask for what may not be held.
    pub forbidden: Vec<String>,
}

impl Sheet {
    /// The row of headings at that place and what stands below it. A column that asks for what
    /// no register may hold ([`forbidden`]) is taken out with all its cells at once, so that
    /// neither the next step nor a file of what is wrong carries it on.
    pub fn below(self, at: usize) -> Below {
        let mut rows = self.rows.into_iter().skip(at);
        let head = rows.next().map(|(_, cells)| cells).unwrap_or_default();
        let refused: Vec<bool> = head.iter().map(|cell| forbidden(cell).is_some()).collect();
        let admitted = |cells: Vec<String>| -> Vec<String> {
            let place = |at: &usize| !refused.get(*at).copied().unwrap_or_default();
            cells.into_iter().enumerate().filter(|(at, _)| place(at)).map(|(_, cell)| cell).collect()
        };
        let rows = rows.map(|(row, cells)| (row, admitted(cells)));
        let rows = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect();
        let named = head.iter().zip(&refused).filter(|(_, refused)| **refused);
        let forbidden = named.map(|(cell, _)| cell.clone()).collect();
        Below { head: admitted(head), rows, forbidden }
    }
}

/// Reads a file.
///
/// # Errors
/// The code of what is wrong with it.
pub(super) fn read(name: &str, bytes: Vec<u8>) -> Result<Sheet, &'static str> {
    let read = rows(&File { name: name.to_owned(), bytes }).map_err(|error| match error {
        TableError::Encoding => "register-file-encoding",
        TableError::Empty => "register-file-empty",
        TableError::TooLarge => "register-file-swollen",
        _ => "register-file-unreadable",
    })?;
    let line = |line: u64| u32::try_from(line).unwrap_or(u32::MAX);
    Ok(Sheet { rows: read.iter().map(|row| (line(row.line()), row.cells().to_vec())).collect() })
}

/// Rows told by column, as they would stand below a row of headings.
pub(super) fn by_column(rows: Vec<BTreeMap<String, String>>) -> Sheet {
    let columns: BTreeSet<String> = rows.iter().flat_map(BTreeMap::keys).cloned().collect();
    let cells = |row: &BTreeMap<String, String>| -> Vec<String> {
        columns.iter().map(|column| row.get(column).cloned().unwrap_or_default()).collect()
    };
    let told = (1..).zip(&rows).map(|(at, row)| (at, cells(row)));
    Sheet { rows: std::iter::once((0, columns.iter().cloned().collect())).chain(told).collect() }
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
    fn a_column_about_what_a_person_believes_or_belongs_to_goes_no_further() {
        let row = |at: u32, cells: &[&str]| (at, cells.iter().map(|cell| (*cell).to_owned()).collect());
        let rows = vec![
            row(1, &["名单"]),
            row(2, &["名称", "政治面貌", "民族宗教事务局意见"]),
            row(3, &["甲", "x", "同意"]),
            row(4, &["", "x"]),
        ];
        let below = Sheet { rows }.below(1);
        assert_eq!(below.forbidden, ["政治面貌"]);
        assert_eq!(below.head, ["名称", "民族宗教事务局意见"]);
        assert_eq!(below.rows, [row(3, &["甲", "同意"])]);
    }

    #[test]
    fn rows_come_back_from_the_form_as_they_went() {
        let rows =
            vec![(1, vec!["名称".into(), "金额".into()]), (7, vec!["甲, \"乙\"".into(), String::new()])];
        assert_eq!(carried(&carry(rows.clone())).expect("rows").rows, rows);
        assert!(carried(" ").is_none());
    }
}
