//! The appellant's way in: number and tracking code. An unknown number answers exactly
//! like a wrong code, and takes as long.

use super::list::uuid;
use kernel::MatterId;
use platform::{App, Failure};
use store::{Query, params};

/// The matter of that number, if the code is its own.
///
/// # Errors
/// Whatever the store says.
pub fn track(
    query: &mut dyn Query,
    app: &App,
    number: &str,
    code: &str,
) -> Result<Option<MatterId>, Failure> {
    let number = number.trim();
    let given = app.vault.code_digest(number, code);
    let found =
        query.query_one_opt("select id, code_hmac from matter where number = $1", &params![number])?;
    let (id, kept) = match &found {
        Some(row) => (row.opt_str(0)?, row.opt_str(1)?.unwrap_or_default()),
        None => (None, ""),
    };
    // Compared to the end, also against nothing, so that time tells nothing.
    let right = equal_in_constant_time(&given, kept);
    id.filter(|_| right).map(uuid).transpose()
}

/// The matter of that number, for staff who may read it anyway.
///
/// # Errors
/// Whatever the store says.
pub fn by_number(query: &mut dyn Query, number: &str) -> Result<Option<MatterId>, Failure> {
    let found = query.query_one_opt("select id from matter where number = $1", &params![number.trim()])?;
    found.map(|row| uuid(row.str(0)?)).transpose()
}

/// Looks at every byte of `given` whatever `kept` is.
fn equal_in_constant_time(given: &str, kept: &str) -> bool {
    let kept = kept.as_bytes();
    let differing = given
        .bytes()
        .enumerate()
        .fold(0_u8, |differing, (n, byte)| differing | (byte ^ kept.get(n).copied().unwrap_or(!byte)));
    differing == 0 && kept.len() == given.len()
}
