//! Rows of a list of administrative divisions.

use super::plan::{Plan, Step, Verdict};
use super::report::Problem;
use super::table::{Column, Row, Table};
use crate::read;
use crate::rules::area::{Area, AreaCommand, AreaDetails, AreaFacts, AreaState, check_form};
use kernel::Level;
use kernel::{Actor, Aggregate, AreaId, Refusal};
use std::collections::{BTreeMap, BTreeSet};
use store::{Query, StoreError};

/// The columns of a list of divisions.
pub(super) const COLUMNS: &[Column] = &[
    Column {
        name: "code", aliases: &["区划代码", "代码", "行政区划代码", "统计用区划代码"], required: true
    },
    Column { name: "name", aliases: &["名称", "区划名称", "单位名称"], required: true },
    Column { name: "en_name", aliases: &["英文名称", "英文名"], required: false },
    Column {
        name: "parent", aliases: &["上级代码", "上级区划", "上级区划代码"], required: true
    },
    Column { name: "level", aliases: &["级别", "层级", "级次"], required: false },
    Column { name: "kind", aliases: &["类型", "类别"], required: false },
    Column {
        name: "mca_code", aliases: &["民政代码", "民政区划代码", "mca_code_2026"], required: false
    },
];

/// The areas as they stand.
pub(super) struct Known(BTreeMap<AreaId, (AreaDetails, String)>);

impl Known {
    pub(super) fn load(q: &mut dyn Query) -> Result<Self, StoreError> {
        let areas = read::all_areas(q)?.into_iter().map(|row| {
            let details = AreaDetails {
                name: row.name,
                en_name: row.en_name,
                parent: row.parent,
                level: row.level,
                kind: row.kind,
                mca_code: row.mca_code,
            };
            (row.code, (details, row.path))
        });
        Ok(Self(areas.collect()))
    }
}

/// Validates all rows, parents before children whatever the order of the file.
pub(super) fn plan(table: &Table, known: &Known) -> Plan {
    let mut plan = Plan::default();
    plan.report.rows = table.rows.len();
    plan.report.head.clone_from(&table.head);
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        match read_row(table, row) {
            Ok((code, details)) => rows.push((row, code, details)),
            Err(reason) => plan.refuse(Problem::new(table, row, reason)),
        }
    }
    rows.sort_by_key(|(row, _, details)| (details.level, row.line));
    let mut list = List::new(known, &rows);
    for (row, code, details) in rows {
        match list.judge(&code, details) {
            Err(reason) => plan.refuse(Problem::new(table, row, reason)),
            Ok((verdict, command)) => {
                let steps = command.map(|command| Step::Area(code.0.clone(), command));
                plan.take(verdict, steps);
            }
        }
    }
    plan
}

fn read_row(table: &Table, row: &Row) -> Result<(AreaId, AreaDetails), Refusal> {
    let code = table.cell(row, "code");
    let of_code = Level::of_area_code(code)
        .ok_or_else(|| Refusal::field("code", "area-code-malformed").with("value", code))?;
    let level = match table.cell(row, "level") {
        "" => of_code,
        word => level(word).ok_or_else(|| Refusal::field("level", "level-unknown").with("value", word))?,
    };
    let details = AreaDetails {
        name: table.cell(row, "name").to_owned(),
        en_name: table.cell(row, "en_name").to_owned(),
        parent: Some(table.cell(row, "parent")).filter(|parent| !parent.is_empty()).map(AreaId::from),
        level,
        kind: table.cell(row, "kind").to_owned(),
        mca_code: mca_code(table.cell(row, "mca_code"), level)?,
    };
    let code = AreaId::from(code);
    check_form(&code, &details)?;
    Ok((code, details))
}

/// A level by its code, its Chinese word, or the word `prefecture` of the official lists.
pub(super) fn level(word: &str) -> Option<Level> {
    Some(match word {
        "省" | "省级" => Level::Province,
        "市" | "市级" | "地级" | "prefecture" => Level::City,
        "县" | "县级" | "县市区" => Level::County,
        "乡" | "乡级" | "乡镇" | "乡镇街道" => Level::Township,
        "村" | "村级" | "村居" | "村（社区）" => Level::Village,
        code => return Level::parse(code),
    })
}

/// Civil-affairs codes are written with twelve digits; kept as long as the level's own.
fn mca_code(cell: &str, level: Level) -> Result<Option<String>, Refusal> {
    let digits = match level {
        Level::Province | Level::City | Level::County => 6,
        Level::Township => 9,
        Level::Village => 12,
    };
    match cell {
        "" => Ok(None),
        code if code.len() >= digits
            && code.bytes().all(|b| b.is_ascii_digit())
            && code[digits..].bytes().all(|b| b == b'0') =>
        {
            Ok(Some(code[..digits].to_owned()))
        }
        code => Err(Refusal::field("mca_code", "area-mca-code-malformed").with("value", code)),
    }
}

/// Judges rows against what is known and what stands above them in the file.
struct List<'a> {
    known: &'a Known,
    /// Areas of the file that were found good.
    taken: BTreeMap<AreaId, (Level, String)>,
    seen: BTreeSet<AreaId>,
    /// Known townships by county and name: their true identity.
    townships: BTreeMap<(AreaId, String), AreaId>,
    /// Townships the file names, to tell a rename from a swapped code.
    named: BTreeSet<(AreaId, String)>,
}

impl<'a> List<'a> {
    fn new(known: &'a Known, rows: &[(&Row, AreaId, AreaDetails)]) -> Self {
        let townships =
            known.0.iter().filter_map(|(code, (details, _))| Some((township(details)?, code.clone())));
        let named = rows.iter().filter_map(|(_, _, details)| township(details));
        Self {
            known,
            taken: BTreeMap::new(),
            seen: BTreeSet::new(),
            townships: townships.collect(),
            named: named.collect(),
        }
    }

    fn judge(
        &mut self,
        code: &AreaId,
        details: AreaDetails,
    ) -> Result<(Verdict, Option<AreaCommand>), Refusal> {
        if !self.seen.insert(code.clone()) {
            return Err(Refusal::field("code", "import-code-twice").with("code", code));
        }
        if self.is_other_lists_code(code, &details)? {
            return Ok((Verdict::Unchanged, None));
        }
        let parent = details.parent.as_ref().and_then(|parent| self.find(parent));
        let facts = AreaFacts { actor: Actor::Operator, parent: parent.clone() };
        let known = self.known.0.get(code).map(|(details, _)| (code.clone(), details.clone()));
        let verdict_if_changed = if known.is_none() { Verdict::New } else { Verdict::Changed };
        let state = AreaState { registered: known };
        let path = format!("{}{code}/", parent.map_or_else(String::new, |(_, path)| path));
        let level = details.level;
        if let Some(township) = township(&details) {
            self.townships.insert(township, code.clone());
        }
        let command = AreaCommand::Register { code: code.clone(), details };
        let changes = Area::decide(&state, &command, &facts)?;
        self.taken.insert(code.clone(), (level, path));
        Ok(if changes.is_empty() { (Verdict::Unchanged, None) } else { (verdict_if_changed, Some(command)) })
    }

    /// Whether the row names a known township by the civil-affairs code noted for it.
    ///
    /// # Errors
    /// Refuses a code that would make two areas of one township, or rename one township to
    /// another's name.
    fn is_other_lists_code(&self, code: &AreaId, details: &AreaDetails) -> Result<bool, Refusal> {
        let Some(identity) = township(details) else {
            return Ok(false);
        };
        if let Some(own) = self.townships.get(&identity).filter(|own| *own != code) {
            let noted = self.known.0.get(own).and_then(|(known, _)| known.mca_code.as_deref());
            if noted == Some(code.as_str()) {
                return Ok(true);
            }
            return Err(Refusal::field("code", "area-township-has-other-code")
                .with("name", &details.name)
                .with("code", own));
        }
        match self.known.0.get(code) {
            Some((known, _)) if known.name != details.name && self.names(known) => {
                Err(Refusal::field("code", "area-code-of-other-township")
                    .with("code", code)
                    .with("name", &known.name))
            }
            _ => Ok(false),
        }
    }

    fn names(&self, details: &AreaDetails) -> bool {
        township(details).is_some_and(|identity| self.named.contains(&identity))
    }

    fn find(&self, code: &AreaId) -> Option<(Level, String)> {
        let known = || self.known.0.get(code).map(|(details, path)| (details.level, path.clone()));
        self.taken.get(code).cloned().or_else(known)
    }
}

fn township(details: &AreaDetails) -> Option<(AreaId, String)> {
    let county = details.parent.clone().filter(|_| details.level == Level::Township)?;
    Some((county, details.name.clone()))
}
