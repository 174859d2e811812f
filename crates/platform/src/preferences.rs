//! How each account likes to work: any value under a key, sealed under the installation's
//! own key, outside the journal.

use crate::Work;
use crate::error::Failure;
use crate::vault::Vault;
use kernel::AccountId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::Query;

/// What the account keeps under a key; the default where that is nothing, or was kept by a
/// version that wrote it otherwise.
///
/// # Errors
/// Whatever the store says.
pub fn load<T: DeserializeOwned + Default>(
    query: &mut dyn Query,
    vault: &Vault,
    account: AccountId,
    key: &str,
) -> Result<T, Failure> {
    let Some(sealed) = store::preferences::get(query, &account.to_string(), key)? else {
        return Ok(T::default());
    };
    let plain = vault.open_own(&context(account, key), &sealed)?;
    Ok(serde_json::from_slice(&plain).unwrap_or_default())
}

/// Keeps a value, replacing what was kept.
///
/// # Errors
/// Whatever the store says.
pub fn keep<T: Serialize>(
    work: &mut Work<'_>,
    account: AccountId,
    key: &str,
    value: &T,
) -> Result<(), Failure> {
    let plain = serde_json::to_vec(value)?;
    let vault = work.app().vault.clone();
    let sealed = vault.seal_own(&context(account, key), &plain, &mut work.fresh);
    let now = work.now();
    Ok(store::preferences::put(work.tx, &account.to_string(), key, &sealed, now)?)
}

/// Nobody's preferences open as another's.
fn context(account: AccountId, key: &str) -> String {
    format!("preference:{account}:{key}")
}
