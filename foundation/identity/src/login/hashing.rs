//! Argon2id off the store's threads, a few at a time: each run takes 19 MiB.

use platform::{App, Failure, password};
use tokio::sync::Semaphore;

/// How many passwords are hashed at once; further tries wait their turn.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// The hash of a password nobody knows, with the parameters of every other: what an
/// unknown log-in name is verified against, so that it takes as long as a known one.
pub(super) const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm8$\
                                 kmSWMNbLRbZzPqMmAxwMQcvkyq1oyGuBA0hZsK1rJX4";

/// Hashes a password for [`store::credentials`].
///
/// # Errors
/// [`Failure::Internal`] where the program is shutting down.
pub async fn hash_password(app: &App, password: String) -> Result<String, Failure> {
    let salt = app.fresh().bytes();
    slowly(move || password::hash(&password, salt)).await
}

/// Whether a password fits; without a hash it takes as long and never fits.
pub(super) async fn verify(password: String, hash: Option<String>) -> Result<bool, Failure> {
    slowly(move || {
        let fits = password::verify(&password, hash.as_deref().unwrap_or(NOBODY));
        fits && hash.is_some()
    })
    .await
}

async fn slowly<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    let closing = |_| Failure::Internal("shutting down".into());
    let _turn = AT_ONCE.acquire().await.map_err(closing)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Failure::Internal(format!("password hashing: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_nobody_costs_what_every_other_costs() {
        let parameters = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(parameters(NOBODY), parameters(&password::hash("x", [1; 16])));
        assert!(!password::verify("nobody", NOBODY));
    }
}
