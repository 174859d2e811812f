//! The enterprises known from earlier appeals: offered while the name is typed, and their
//! matters found again.
//!
//! A firm's name and code are an organisation's, so they lie plain in the working table,
//! unless the matter is shielded: then only their blind indexes do, and the firm is offered to
//! nobody. Who filed for it stays sealed.
//!
//! [`accounts`]: the addresses through which its own people see what it filed.

pub mod accounts;
mod addresses;
mod projection;

pub use addresses::AddressProjection;
pub use projection::EnterpriseProjection;

use crate::read::{Row, rows_by_number};
use kernel::SubjectId;
use kernel::credit_code::normal_credit_code;
use kernel::permission::Grant;
use kernel::text::{fold_for_search, like_containing};
use platform::vault::Vault;
use platform::{App, Failure};
use std::collections::BTreeSet;
use store::{Query, Value, params};

/// Kinds of the blind indexes.
const NAME: &str = "enterprise";
const CODE: &str = "credit-code";

/// An enterprise as once typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enterprise {
    /// Its name.
    pub name: String,
    /// Unified social credit code; may be empty.
    pub credit_code: String,
}

/// Known enterprises whose name, credit code or pinyin initials hold what is typed, the
/// shortest names first. Nothing for less than two characters.
///
/// # Errors
/// Whatever the store says.
pub fn find(query: &mut dyn Query, typed: &str, limit: usize) -> Result<Vec<Enterprise>, Failure> {
    let typed = typed.trim();
    if typed.chars().count() < 2 {
        return Ok(Vec::new());
    }
    let sql = "select name, credit_code from enterprise where search like $1 escape '!' \
               order by length(name), name, credit_code limit $2";
    let rows = query.query(sql, &params![like_containing(typed), bounded(limit)])?;
    rows.iter().map(|row| Ok(Enterprise { name: row.text(0)?, credit_code: row.text(1)? })).collect()
}

/// The newest matters of an enterprise, by its code or else its name, as far as these grants
/// may see them. Shielded ones are among them, without their title.
///
/// # Errors
/// Whatever the store says.
pub fn history(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    enterprise: &Enterprise,
    limit: usize,
) -> Result<Vec<Row>, Failure> {
    let (name, code) = blinds(&app.vault, &enterprise.name, &enterprise.credit_code);
    let known: Vec<Value> = [name, code].into_iter().flatten().map(Value::from).collect();
    if known.is_empty() {
        return Ok(Vec::new());
    }
    let either: Vec<String> =
        (1..=known.len()).map(|n| format!("e.name_blind = ${n} or e.code_blind = ${n}")).collect();
    let mut params = known;
    params.push(bounded(limit).into());
    let sql = format!(
        "select m.number from matter_enterprise e join matter m on m.id = e.matter where {} \
         order by m.filed_at desc, m.number desc limit ${}",
        either.join(" or "),
        params.len()
    );
    let rows = query.query(&sql, &params)?;
    let numbers = rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
    rows_by_number(query, app, grants, numbers)
}

/// The people who have filed for an enterprise, as data subjects.
///
/// # Errors
/// Whatever the store says.
pub fn subjects(
    query: &mut dyn Query,
    app: &App,
    enterprise: &Enterprise,
) -> Result<Vec<SubjectId>, Failure> {
    let (name, code) = blinds(&app.vault, &enterprise.name, &enterprise.credit_code);
    let mut found = BTreeSet::new();
    for (column, blind) in [("name_blind", name), ("code_blind", code)] {
        let Some(blind) = blind else { continue };
        let sql =
            format!("select distinct subject from matter_enterprise where {column} = $1 order by subject");
        for row in query.query(&sql, &params![blind])? {
            found.insert(SubjectId(row.text(0)?));
        }
    }
    Ok(found.into_iter().collect())
}

/// The blind indexes of a name and a code; none of what is empty or no code.
fn blinds(vault: &Vault, name: &str, code: &str) -> (Option<String>, Option<String>) {
    let normal: String = fold_for_search(name).chars().filter(|c| !c.is_whitespace()).collect();
    let name = (!normal.is_empty()).then(|| vault.blind(NAME, &normal));
    (name, normal_credit_code(code).map(|code| vault.blind(CODE, &code)))
}

fn bounded(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
