//! Who is signed in, in tests that have no accounts.

use kernel::time::Instant;
use platform::Failure;
use platform::directory::{Directory, SignedIn};
use std::sync::{Mutex, PoisonError};
use store::Snapshot;

/// Nobody ever is.
pub struct Nobody;

impl Directory for Nobody {
    fn by_session(&self, _: &mut Snapshot, _: &str, _: Instant) -> Result<Option<SignedIn>, Failure> {
        Ok(None)
    }

    fn by_token(&self, _: &mut Snapshot, _: &str, _: Instant) -> Result<Option<SignedIn>, Failure> {
        Ok(None)
    }
}

/// Whoever sends a session or a token is the person on duty, until another relieves them.
pub struct OnDuty(Mutex<SignedIn>);

impl OnDuty {
    /// With the first person on duty.
    pub fn new(person: SignedIn) -> Self {
        Self(Mutex::new(person))
    }

    /// Somebody else goes on duty.
    pub fn relieve(&self, person: SignedIn) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = person;
    }

    fn person(&self) -> SignedIn {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Directory for OnDuty {
    fn by_session(&self, _: &mut Snapshot, digest: &str, _: Instant) -> Result<Option<SignedIn>, Failure> {
        Ok(Some(SignedIn { session: Some(digest.to_owned()), ..self.person() }))
    }

    fn by_token(&self, _: &mut Snapshot, _: &str, _: Instant) -> Result<Option<SignedIn>, Failure> {
        Ok(Some(self.person()))
    }
}
