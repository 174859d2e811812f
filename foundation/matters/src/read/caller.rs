//! What a caller has filed before, for the officer who has them on the telephone.

use super::list::{Filter, Row, list};
use crate::filing::PHONE;
use kernel::permission::Grant;
use kernel::text::normal_phone;
use platform::{App, Failure};
use store::{Query, params};

/// The newest matters filed under a telephone number, as far as these grants may see them.
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
    let mut found = Vec::new();
    for subject in store::subjects::find(query, &app.vault.blind(PHONE, &phone), PHONE)? {
        let sql = "select number from matter where subject = $1 order by filed_at desc, id desc limit $2";
        let numbers = query.query(sql, &params![subject, i64::try_from(limit).unwrap_or(i64::MAX)])?;
        for number in &numbers {
            let filter = Filter { number: Some(number.text(0)?), ..Filter::default() };
            found.extend(list(query, app, grants, &filter, None, 1)?.rows);
        }
    }
    found.truncate(limit);
    Ok(found)
}
