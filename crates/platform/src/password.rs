//! Password hashing: argon2id with the library's current defaults (19 MiB, 2 passes).
//! Slow on purpose: call it outside store threads.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// A hash in PHC string form.
pub fn hash(password: &str, salt: [u8; 16]) -> String {
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .expect("the default parameters are valid for any password")
        .to_string()
}

/// Whether the password fits the hash.
pub fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_password_fits() {
        let hashed = hash("correct horse", [7; 16]);
        assert!(hashed.starts_with("$argon2id$"));
        assert!(verify("correct horse", &hashed));
        assert!(!verify("correct  horse", &hashed));
        assert!(!verify("correct horse", "not a hash"));
    }
}
