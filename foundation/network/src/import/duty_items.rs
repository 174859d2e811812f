//! Rows of the duty list.

use super::plan::{Plan, Step, Verdict};
use super::report::Problem;
use super::table::{Column, Row, Table};
use super::units::yes_or_no;
use crate::read::{self, DutyRow};
use crate::rules::duty::{DutyCommand, DutyDetails, check_form};
use kernel::Refusal;
use std::collections::{BTreeMap, BTreeSet};
use store::{Query, StoreError};

/// The columns of a duty list.
pub(super) const COLUMNS: &[Column] = &[
    Column { name: "code", aliases: &["编码", "事项编码", "序号"], required: true },
    Column { name: "title", aliases: &["事项名称", "履职事项", "名称"], required: true },
    Column { name: "in_force", aliases: &["是否有效", "有效"], required: false },
];

/// The list as it stands.
pub(super) struct Known(BTreeMap<String, DutyRow>);

impl Known {
    pub(super) fn load(q: &mut dyn Query) -> Result<Self, StoreError> {
        let items = read::all_duty_items(q)?;
        Ok(Self(items.into_iter().map(|item| (item.code.clone(), item)).collect()))
    }
}

/// Validates all rows.
pub(super) fn plan(table: &Table, known: &Known) -> Plan {
    let mut plan = Plan::default();
    plan.report.rows = table.rows.len();
    plan.report.head.clone_from(&table.head);
    let mut seen = BTreeSet::new();
    for row in &table.rows {
        match read_row(table, row, &mut seen) {
            Err(reason) => plan.refuse(Problem::new(table, row, reason)),
            Ok((code, details)) => {
                let verdict = match known.0.get(&code) {
                    None => Verdict::New,
                    Some(item) if item.title == details.title && item.in_force == details.in_force => {
                        Verdict::Unchanged
                    }
                    Some(_) => Verdict::Changed,
                };
                let command = DutyCommand::Put { code: code.clone(), details };
                plan.take(verdict, [Step::Duty(code, command)]);
            }
        }
    }
    plan
}

fn read_row(table: &Table, row: &Row, seen: &mut BTreeSet<String>) -> Result<(String, DutyDetails), Refusal> {
    let code = table.cell(row, "code").to_owned();
    let details = DutyDetails {
        title: table.cell(row, "title").to_owned(),
        in_force: yes_or_no(table.cell(row, "in_force"), "in_force")?.unwrap_or(true),
    };
    check_form(&code, &details)?;
    if !seen.insert(code.clone()) {
        return Err(Refusal::field("code", "import-code-twice").with("code", code));
    }
    Ok((code, details))
}
