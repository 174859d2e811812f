//! What a caller has filed before, for the officer who has them on the telephone.

use super::list::{Filter, Row, list};
use crate::filing::{PHONE, SECOND_PHONE};
use kernel::permission::Grant;
use kernel::text::normal_phone;
use platform::{App, Failure};
use std::collections::BTreeSet;
use store::{Query, params};

/// The newest matters filed under a telephone number (the first one given or the second), as far as these grants may see them.
/// Found by blind index: no number is stored in the clear. Nothing for what is no number.
///
/// # Errors
/// Whatever the store says.
pub fn by_phone(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    phone: &str,
    limit: usize,
) -> Result<Vec<Row>, Failure> {
    let Some(phone) = normal_phone(phone) else {
        return Ok(Vec::new());
    };
    let subjects = subjects_of(query, app, &phone)?;
    let mut numbers = Vec::new();
    for subject in subjects {
        let sql = "select number from matter where subject = $1 order by filed_at desc, number desc limit $2";
        let found = query.query(sql, &params![subject, i64::try_from(limit).unwrap_or(i64::MAX)])?;
        for row in &found {
            numbers.push(row.text(0)?);
        }
    }
    let mut rows = rows_by_number(query, app, grants, numbers)?;
    rows.sort_by(|a, b| (b.filed_at, &b.number).cmp(&(a.filed_at, &a.number)));
    rows.truncate(limit);
    Ok(rows)
}

/// The rows of those numbers, as far as these grants may see them, in the order given.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn rows_by_number(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    numbers: Vec<String>,
) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::with_capacity(numbers.len());
    for number in numbers {
        let filter = Filter { number: Some(number), ..Filter::default() };
        rows.extend(list(query, app, grants, &filter, None, 1)?.rows);
    }
    Ok(rows)
}

/// Everyone known by this number, as their first or their second.
fn subjects_of(query: &mut dyn Query, app: &App, phone: &str) -> Result<BTreeSet<String>, Failure> {
    let mut subjects = BTreeSet::new();
    for kind in [PHONE, SECOND_PHONE] {
        subjects.extend(store::subjects::find(query, &app.vault.blind(PHONE, phone), kind)?);
    }
    Ok(subjects)
}
