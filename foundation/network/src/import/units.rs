//! Rows of a list of units.

use super::divisions::level;
use super::plan::{Plan, Step, Verdict};
use super::report::Problem;
use super::table::{Column, Row, Table};
use crate::read;
use crate::rules::UnitKind;
use crate::rules::unit::{ParentFact, Unit, UnitCommand, UnitDetails, UnitFacts, UnitState, check_form};
use kernel::permission::UnitPath;
use kernel::time::Date;
use kernel::{Actor, Aggregate, AreaId, Refusal, UnitId};
use std::collections::{BTreeMap, BTreeSet};
use store::{Query, StoreError};

/// The columns of a list of units.
pub(super) const COLUMNS: &[Column] = &[
    Column { name: "code", aliases: &["单位编码", "编码", "单位代码"], required: true },
    Column { name: "name", aliases: &["单位名称", "名称", "全称"], required: true },
    Column { name: "short_name", aliases: &["简称", "单位简称"], required: false },
    Column { name: "en_name", aliases: &["英文名称", "英文名"], required: false },
    Column {
        name: "parent", aliases: &["上级单位", "上级编码", "上级单位编码"], required: true
    },
    Column { name: "level", aliases: &["级别", "层级"], required: true },
    Column { name: "kind", aliases: &["类型", "单位类型", "类别"], required: true },
    Column { name: "area", aliases: &["区划代码", "所属区划"], required: false },
    Column { name: "overlays", aliases: &["覆盖区划", "托管区划"], required: false },
    Column { name: "open", aliases: &["是否在用", "在用"], required: false },
];

/// The units as they stand, and the areas they may name.
pub(super) struct Known {
    units: BTreeMap<UnitId, (UnitDetails, UnitPath, bool)>,
    areas: BTreeSet<AreaId>,
}

impl Known {
    pub(super) fn load(q: &mut dyn Query) -> Result<Self, StoreError> {
        let mut overlays: BTreeMap<UnitId, Vec<AreaId>> = BTreeMap::new();
        for (unit, area) in read::all_overlays(q)? {
            overlays.entry(unit).or_default().push(area);
        }
        let units = read::all_units(q)?.into_iter().map(|row| {
            let details = UnitDetails {
                name: row.name,
                short_name: row.short_name,
                en_name: row.en_name,
                parent: row.parent,
                level: row.level,
                kind: row.kind,
                area: row.area,
                overlays: overlays.remove(&row.code).unwrap_or_default(),
            };
            (row.code, (details, row.path, row.open))
        });
        let units = units.collect();
        let areas = read::all_areas(q)?.into_iter().map(|area| area.code).collect();
        Ok(Self { units, areas })
    }
}

impl Known {
    /// A unit as it stands, and whether it is open.
    pub(super) fn unit(&self, code: &UnitId) -> Option<(&UnitDetails, bool)> {
        self.units.get(code).map(|(details, _, open)| (details, *open))
    }
}

/// A row that reads.
struct Wanted<'a> {
    row: &'a Row,
    code: UnitId,
    details: UnitDetails,
    open: bool,
}

/// Validates all rows, parents before children whatever the order of the file.
pub(super) fn plan(table: &Table, known: &Known) -> Plan {
    let mut plan = Plan::default();
    plan.report.rows = table.rows.len();
    plan.report.head.clone_from(&table.head);
    let mut wanted = Vec::with_capacity(table.rows.len());
    let mut seen = BTreeSet::new();
    for row in &table.rows {
        match read_row(table, row, known, &mut seen) {
            Ok(unit) => wanted.push(unit),
            Err(reason) => plan.refuse(Problem::new(table, row, reason)),
        }
    }
    let mut list = List { known, taken: BTreeMap::new(), names: BTreeSet::new() };
    let mut closings = Vec::new();
    for unit in parents_first(wanted) {
        match list.judge(&unit) {
            Err(reason) => plan.refuse(Problem::new(table, unit.row, reason)),
            Ok((verdict, put)) => {
                if let Some(odd) = list.odd(&unit) {
                    plan.report.warnings.push(Problem::new(table, unit.row, odd));
                }
                plan.take(verdict, put.map(|put| Step::Unit(unit.code.0.clone(), put)));
                if !unit.open && (verdict != Verdict::Unchanged || list.is_open(&unit.code)) {
                    closings.push((unit, verdict));
                }
            }
        }
    }
    // Children close before their parents.
    for (unit, verdict) in closings.into_iter().rev() {
        match list.open_children(&unit.code) {
            0 => plan.close(verdict, Step::Unit(unit.code.0, UnitCommand::Close)),
            count => {
                let reason = Refusal::field("open", "unit-has-open-children").with("count", count);
                plan.refuse(Problem::new(table, unit.row, reason));
            }
        }
    }
    plan
}

fn read_row<'a>(
    table: &Table,
    row: &'a Row,
    known: &Known,
    seen: &mut BTreeSet<UnitId>,
) -> Result<Wanted<'a>, Refusal> {
    let word = |column| table.cell(row, column);
    let code = UnitId::from(word("code"));
    let level = level(word("level"))
        .ok_or_else(|| Refusal::field("level", "level-unknown").with("value", word("level")))?;
    let kind = kind(word("kind"))
        .ok_or_else(|| Refusal::field("kind", "unit-kind-unknown").with("value", word("kind")))?;
    let name = word("name").to_owned();
    let short_name = Some(word("short_name")).filter(|short| !short.is_empty()).unwrap_or(&name).to_owned();
    let overlays: BTreeSet<AreaId> =
        word("overlays").split([';', '；', ' ']).filter(|area| !area.is_empty()).map(AreaId::from).collect();
    let mut details = UnitDetails {
        name,
        short_name,
        en_name: word("en_name").to_owned(),
        parent: Some(word("parent")).filter(|parent| !parent.is_empty()).map(UnitId::from),
        level,
        kind,
        area: Some(word("area")).filter(|area| !area.is_empty()).map(AreaId::from),
        overlays: overlays.into_iter().collect(),
    };
    if let Some((before, _, _)) = known.units.get(&code) {
        keep_unsaid(table, before, &mut details);
    }
    check_form(&code, &details)?;
    if !seen.insert(code.clone()) {
        return Err(Refusal::field("code", "import-code-twice").with("code", code));
    }
    let open = match yes_or_no(word("open"), "open")? {
        Some(open) => open,
        None if table.heading("open").is_some() => true,
        None => known.units.get(&code).is_none_or(|(_, _, open)| *open),
    };
    Ok(Wanted { row, code, details, open })
}

/// A file without a column says nothing about it: what is known stays.
fn keep_unsaid(table: &Table, before: &UnitDetails, details: &mut UnitDetails) {
    let unsaid = |column| table.heading(column).is_none();
    if unsaid("short_name") && before.name == details.name {
        details.short_name.clone_from(&before.short_name);
    }
    if unsaid("en_name") {
        details.en_name.clone_from(&before.en_name);
    }
    if unsaid("area") {
        details.area.clone_from(&before.area);
    }
    if unsaid("overlays") {
        details.overlays.clone_from(&before.overlays);
    }
}

/// A kind by its code or its Chinese word.
fn kind(word: &str) -> Option<UnitKind> {
    Some(match word {
        "政府" => UnitKind::Government,
        "受理机构" | "受理办" => UnitKind::IntakeOffice,
        "县级平台" | "平台" => UnitKind::Platform,
        "部门" => UnitKind::Department,
        "园区" => UnitKind::Zone,
        "乡镇" | "街道" | "乡镇街道" => UnitKind::Township,
        "林场" | "国有林场" => UnitKind::Farm,
        "村" | "社区" | "村社区" => UnitKind::Village,
        "公用企业" => UnitKind::Utility,
        code => return UnitKind::parse(code),
    })
}

/// A yes or no in either language; `None` for an empty cell.
pub(super) fn yes_or_no(cell: &str, column: &'static str) -> Result<Option<bool>, Refusal> {
    match cell.to_lowercase().as_str() {
        "" => Ok(None),
        "yes" | "true" | "1" | "是" => Ok(Some(true)),
        "no" | "false" | "0" | "否" => Ok(Some(false)),
        _ => Err(Refusal::field(column, "import-yes-or-no").with("value", cell)),
    }
}

/// The rows in an order in which every parent in the file comes before its children. What
/// hangs in a circle comes last and is then refused for its unknown parent.
fn parents_first(wanted: Vec<Wanted<'_>>) -> Vec<Wanted<'_>> {
    let in_file: BTreeSet<UnitId> = wanted.iter().map(|unit| unit.code.clone()).collect();
    let mut children: BTreeMap<UnitId, Vec<Wanted<'_>>> = BTreeMap::new();
    let mut ready = Vec::new();
    for unit in wanted {
        match unit.details.parent.clone().filter(|parent| in_file.contains(parent)) {
            Some(parent) => children.entry(parent).or_default().push(unit),
            None => ready.push(unit),
        }
    }
    ready.reverse();
    let mut ordered = Vec::with_capacity(in_file.len());
    while let Some(unit) = ready.pop() {
        ready.extend(children.remove(&unit.code).unwrap_or_default().into_iter().rev());
        ordered.push(unit);
    }
    ordered.extend(children.into_values().flatten());
    ordered
}

/// Judges rows against what is known and what stands above them in the file.
struct List<'a> {
    known: &'a Known,
    taken: BTreeMap<UnitId, ParentFact>,
    names: BTreeSet<(Option<UnitId>, String)>,
}

impl List<'_> {
    fn judge(&mut self, unit: &Wanted<'_>) -> Result<(Verdict, Option<UnitCommand>), Refusal> {
        let known = self.known.units.get(&unit.code);
        let mut parent = unit.details.parent.as_ref().and_then(|parent| self.find(parent));
        if let (false, Some(parent), Some(code)) = (unit.open, &mut parent, &unit.details.parent) {
            // Closings come last: until then the parent is as open as before the import.
            parent.open = self.is_open(code);
        }
        let named = unit.details.area.iter().chain(&unit.details.overlays);
        let facts = UnitFacts {
            actor: Actor::Operator,
            own_path: known.map(|(_, path, _)| path.clone()),
            unknown_areas: named.filter(|area| !self.known.areas.contains(area)).cloned().collect(),
            open_children: 0,
            parent: parent.clone(),
            today: Date::default(),
            last_change: None,
            successor_open: None,
        };
        let closed = known.is_some_and(|(_, _, open)| !open);
        let mut state = UnitState {
            established: known.map(|(details, _, _)| (unit.code.clone(), details.clone())),
            // A row that says "closed" of a closed unit does not reopen it.
            closed: closed && unit.open,
            ..UnitState::default()
        };
        let put = UnitCommand::Put { code: unit.code.clone(), details: unit.details.clone() };
        let changes = !Unit::decide(&state, &put, &facts)?.is_empty();
        if changes && closed && !unit.open {
            // To be changed it is opened and closed again, which its parent must allow.
            state.closed = true;
            Unit::decide(&state, &put, &facts)?;
        }
        let path = UnitPath::below(parent.as_ref().map(|parent| &parent.path), &unit.code);
        let fact = ParentFact { path, level: unit.details.level, open: unit.open };
        self.taken.insert(unit.code.clone(), fact);
        let verdict = match known {
            None => Verdict::New,
            Some(_) if changes => Verdict::Changed,
            Some(_) => Verdict::Unchanged,
        };
        Ok((verdict, changes.then_some(put)))
    }

    /// Whether it is open before the import.
    fn is_open(&self, code: &UnitId) -> bool {
        self.known.units.get(code).is_none_or(|(_, _, open)| *open)
    }

    /// How many units directly below it are open after the import.
    fn open_children(&self, code: &UnitId) -> usize {
        let parent_path = self.taken.get(code).map(|own| &own.path);
        let below = |child: &UnitId, path: &UnitPath| *path == UnitPath::below(parent_path, child);
        let in_file = self.taken.iter().filter(|(child, unit)| unit.open && below(child, &unit.path));
        let others = self.known.units.iter().filter(|(child, (_, path, open))| {
            *open && !self.taken.contains_key(*child) && below(child, path)
        });
        in_file.count() + others.count()
    }

    /// Two units of one name under one parent are legal but seldom meant.
    fn odd(&mut self, unit: &Wanted<'_>) -> Option<Refusal> {
        let fresh = self.names.insert((unit.details.parent.clone(), unit.details.name.clone()));
        (!fresh).then(|| Refusal::field("name", "unit-name-twice").with("name", &unit.details.name))
    }

    fn find(&self, code: &UnitId) -> Option<ParentFact> {
        let known = || {
            let (details, path, open) = self.known.units.get(code)?;
            Some(ParentFact { path: path.clone(), level: details.level, open: *open })
        };
        self.taken.get(code).cloned().or_else(known)
    }
}
