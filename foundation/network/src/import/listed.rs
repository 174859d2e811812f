//! Rows of a file whose columns a page knows by their labels, in either order and with what
//! stands above the head line; and rows on their way through a form, so that what was looked
//! at is what is taken over.

use super::table::Row;

/// A row: its number in the sheet, and its cells in the order of the columns.
pub type Listed = (u64, Vec<String>);

/// A column by its label, and whether a file must have it.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// As the head line has it; a `*` behind it does not matter.
    pub label: String,
    /// Whether a file must have it.
    pub needed: bool,
}

/// The rows below the head line, empty ones left out; none where no row is a head line.
pub fn listed(rows: &[Row], columns: &[Labelled]) -> Option<Vec<Listed>> {
    let place = |cells: &[String]| -> Option<Vec<Option<usize>>> {
        let is = |cell: &String, label: &str| cell.trim().trim_end_matches('*') == label;
        let places: Vec<Option<usize>> =
            columns.iter().map(|column| cells.iter().position(|cell| is(cell, &column.label))).collect();
        let all = columns.iter().zip(&places).all(|(column, place)| !column.needed || place.is_some());
        all.then_some(places)
    };
    let head = rows.iter().position(|row| place(row.cells()).is_some())?;
    let places = place(rows[head].cells())?;
    let pick = |cells: &[String]| -> Vec<String> {
        let cell = |place: &Option<usize>| place.and_then(|at| cells.get(at)).cloned().unwrap_or_default();
        places.iter().map(cell).collect()
    };
    let below = rows.iter().skip(head + 1).map(|row| (row.line(), pick(row.cells())));
    Some(below.filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty())).collect())
}

/// Stands for a line break inside a cell while it is carried.
const NEW_LINE: &str = "\u{2028}";

/// Rows on their way through a form: a line each, cells apart by U+001F, their number first.
pub fn carry<'r>(rows: impl Iterator<Item = &'r Listed>) -> String {
    let line = |(at, cells): &Listed| {
        let cells = cells.iter().map(|cell| cell.replace(['\r', '\u{1f}'], "").replace('\n', NEW_LINE));
        std::iter::once(at.to_string()).chain(cells).collect::<Vec<_>>().join("\u{1f}")
    };
    rows.map(line).collect::<Vec<_>>().join("\n")
}

/// The same read back, each with so many cells; none where nothing was carried.
pub fn carried(text: &str, width: usize) -> Option<Vec<Listed>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let rows: Vec<Listed> = lines
        .map(|line| {
            let mut cells = line.split('\u{1f}').map(|cell| cell.replace(NEW_LINE, "\n"));
            let at = cells.next().and_then(|at| at.parse().ok()).unwrap_or(0);
            let mut cells: Vec<String> = cells.collect();
            cells.resize(width, String::new());
            (at, cells)
        })
        .collect();
    (!rows.is_empty()).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u64, cells: &[&str]) -> Row {
        Row { line, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() }
    }

    #[test]
    fn columns_are_found_wherever_they_stand() {
        let columns = [("编号", true), ("标题", true), ("备注", false)]
            .map(|(label, needed)| Labelled { label: label.into(), needed });
        let rows =
            [row(1, &["来件登记表"]), row(3, &["标题*", "编号*"]), row(4, &["路灯", "7"]), row(5, &["", ""])];
        let cells = ["7", "路灯", ""].map(str::to_owned).to_vec();
        assert_eq!(listed(&rows, &columns), Some(vec![(4, cells)]));
        assert_eq!(listed(&rows[..1], &columns), None);
    }

    #[test]
    fn rows_come_back_from_the_form_as_they_went() {
        let rows = vec![(7, vec![String::new(), "怎么办\n去哪办".into(), String::new()])];
        assert_eq!(carried(&carry(rows.iter()), 3), Some(rows));
        assert_eq!(carried("  ", 3), None);
    }
}
