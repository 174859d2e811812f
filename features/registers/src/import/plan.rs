//! Which column of a file is which field of the register.

use super::reading::{self, Below, Sheet};
use crate::show;
use platform::ui::Page;
use registers::rules::definition::{Definition, Field, Kind};

/// The rows of a file under the fields of the register.
pub(super) struct Plan {
    pub head: Vec<String>,
    /// What each column is.
    pub targets: Vec<Target>,
    /// Row of the sheet and its cells.
    pub rows: Vec<(u32, Vec<String>)>,
    pub ignored: Vec<String>,
    /// Columns that ask for what may not be held; nothing of them is here any more.
    pub forbidden: Vec<String>,
    pub missing: Vec<String>,
}

#[derive(Clone, PartialEq)]
pub(super) enum Target {
    Field(String),
    Unit,
    Stage,
    Since,
    Nothing,
}

impl Plan {
    /// Finds the row of headers among the first rows: files come with titles and notes above.
    pub fn of(page: &Page, definition: &Definition, sheet: Sheet) -> Option<Self> {
        let targets = |cells: &[String]| -> Vec<Target> {
            cells.iter().map(|cell| target(page, definition, cell)).collect()
        };
        let known = |cells: &[String]| targets(cells).iter().filter(|one| **one != Target::Nothing).count();
        let at =
            (0..sheet.rows.len().min(15)).max_by_key(|at| (known(&sheet.rows[*at].1), usize::MAX - at))?;
        let Below { head, rows, forbidden } = sheet.below(at);
        let targets = targets(&head);
        if !targets.iter().any(|target| matches!(target, Target::Field(_))) {
            return None;
        }
        let ignored = head
            .iter()
            .zip(&targets)
            .filter(|(cell, target)| **target == Target::Nothing && !cell.is_empty())
            .map(|(cell, _)| cell.clone())
            .collect();
        let has = |field: &Field| targets.contains(&Target::Field(field.code.clone()));
        let missing = typed(definition).filter(|field| field.required && !has(field));
        let missing = missing.map(|field| show::name(page, &field.name).to_owned()).collect();
        Some(Self { head, targets, rows, ignored, forbidden, missing })
    }

    /// The header and some of the rows, to be sent along with the next step.
    pub fn carry(&self, which: impl Fn(usize) -> bool) -> String {
        let rows = self.rows.iter().enumerate().filter(|(at, _)| which(*at)).map(|(_, row)| row.clone());
        reading::carry(std::iter::once((0, self.head.clone())).chain(rows).collect())
    }
}

fn target(page: &Page, definition: &Definition, cell: &str) -> Target {
    let plain = |text: &str| {
        let text = text.split(['（', '(']).next().unwrap_or_default();
        text.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '＊').to_lowercase()
    };
    let cell = plain(cell);
    if cell.is_empty() {
        return Target::Nothing;
    }
    let is = |name: &str| plain(name) == cell;
    if let Some(field) =
        typed(definition).find(|field| field.code == cell || is(&field.name.zh) || is(&field.name.en))
    {
        return Target::Field(field.code.clone());
    }
    if is(&page.t("register-unit")) || cell == "unit" {
        Target::Unit
    } else if !definition.stages.is_empty() && (is(&page.t("register-stage")) || cell == "stage") {
        Target::Stage
    } else if !definition.stages.is_empty() && is(&page.t("register-stage-since")) {
        Target::Since
    } else {
        Target::Nothing
    }
}

/// Fields that a workbook fills in.
pub(super) fn typed(definition: &Definition) -> impl Iterator<Item = &Field> {
    definition.asked().filter(|field| !matches!(field.kind, Kind::Attachment))
}

impl Plan {
    /// What stands above a field's column, or is to be said for the unit.
    pub fn label(&self, page: &Page, code: &str) -> Option<String> {
        let at = self.targets.iter().position(|target| match target {
            Target::Field(field) => field == code,
            Target::Unit => code == "unit",
            Target::Stage => code == "stage",
            Target::Since | Target::Nothing => false,
        });
        match at.and_then(|at| self.head.get(at)) {
            Some(head) => Some(head.clone()),
            None if code == "unit" => Some(page.t("register-unit")),
            None => None,
        }
    }
}
