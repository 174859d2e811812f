//! What waits for one officer, in the order in which it is best gone through.

use super::list::{Filter, Row, list, of_no_handling_unit, rows};
use super::model::READ;
use super::tab::{Rows, Tab};
use kernel::MatterId;
use kernel::permission::Grant;
use kernel::time::Instant;
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::Query;

/// Something that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// As a list shows it.
    pub row: Row,
    /// Whether the appellant is waited for (`open`), answered (`given`) or did not (`lapsed`).
    pub completion: Option<String>,
    /// Call-back attempts in this round.
    pub calls: u32,
    /// When the appellant wants to be called again.
    pub call_again: Option<Instant>,
}

/// Up to `limit` of what a tab holds, most pressing first: what the appellant is still waited
/// for comes last, and so does a call that is agreed for later; one whose time has come comes
/// first.
///
/// # Errors
/// Whatever the store says.
pub fn waiting(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    tab: Tab,
    limit: usize,
) -> Result<Vec<Waiting>, Failure> {
    let Rows::Matters(condition) = tab.rows() else {
        let filter = Filter { tab, ..Filter::default() };
        let page = list(query, app, grants, &filter, None, limit)?;
        return Ok(page.rows.into_iter().map(Waiting::of).collect());
    };
    let (scope, mut values) = identity::scope::matter_filter(grants, READ, 1);
    let independent = match tab {
        Tab::CallBack => format!(" and {}", of_no_handling_unit(grants, &mut values)),
        _ => String::new(),
    };
    values.push(app.now().into());
    let now = values.len();
    values.push(i64::try_from(limit).unwrap_or(i64::MAX).into());
    let sql = format!(
        "select m.id, m.completion, m.calls, m.call_again from matter m where {scope} and {condition}{independent} \
         order by case when m.completion = 'open' then 2 when m.call_again > ${now} then 2 \
         when m.call_again is not null then 0 else 1 end, coalesce(m.call_again, m.due, m.filed_at), m.id \
         limit ${}",
        values.len()
    );
    let found = query.query(&sql, &values)?;
    let mut ids = Vec::with_capacity(found.len());
    for row in &found {
        ids.push(super::list::uuid::<MatterId>(row.str(0)?)?);
    }
    let mut known: BTreeMap<MatterId, Row> =
        rows(query, app, grants, &ids)?.into_iter().map(|row| (row.id, row)).collect();
    let mut waiting = Vec::with_capacity(ids.len());
    for (id, row) in ids.iter().zip(&found) {
        if let Some(shown) = known.remove(id) {
            waiting.push(Waiting {
                row: shown,
                completion: row.opt_text(1)?,
                calls: u32::try_from(row.int(2)?).unwrap_or(0),
                call_again: row.opt_instant(3)?,
            });
        }
    }
    Ok(waiting)
}

impl Waiting {
    fn of(row: Row) -> Self {
        Self { row, completion: None, calls: 0, call_again: None }
    }
}
