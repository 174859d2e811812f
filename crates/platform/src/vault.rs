//! Secrets: the key ring outside the data folder, a key per data subject, sealing,
//! blind indexes and keyed digests.
//!
//! Personal data is sealed with XChaCha20-Poly1305 under its subject's key; that key is
//! stored wrapped by the master key. Destroying the wrapped key erases the person and
//! leaves the journal whole.

use crate::entropy::Fresh;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use kernel::{Personal, Sealed, SubjectId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::Sha256;

/// Why a secret could not be had.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// Wrong key, or the data were altered.
    #[error("the sealed value does not open with this key")]
    DoesNotOpen,
    /// The value opened but is not what was expected.
    #[error("the sealed value is not of the expected shape")]
    Shape,
}

/// The two secrets of an installation. `wrap` may be rotated; `mac` stays, since blind
/// indexes and code digests depend on it.
#[derive(Clone)]
pub struct MasterKey {
    /// Wraps subject keys.
    pub wrap: [u8; 32],
    /// Keys the digests.
    pub mac: [u8; 32],
}

impl MasterKey {
    /// A new one.
    pub fn generate(fresh: &mut Fresh) -> Self {
        Self { wrap: fresh.bytes(), mac: fresh.bytes() }
    }

    /// Reads `hex:hex`, as written by [`MasterKey::to_text`].
    pub fn parse(text: &str) -> Option<Self> {
        let (wrap, mac) = text.trim().split_once(':')?;
        Some(Self { wrap: from_hex(wrap)?, mac: from_hex(mac)? })
    }

    /// The form kept in the key file or the environment.
    pub fn to_text(&self) -> String {
        format!("{}:{}", hex(&self.wrap), hex(&self.mac))
    }
}

/// The key of one data subject, in memory only.
#[derive(Clone)]
pub struct SubjectKey {
    subject: SubjectId,
    key: [u8; 32],
}

impl SubjectKey {
    /// Whose.
    pub fn subject(&self) -> &SubjectId {
        &self.subject
    }
}

/// The key of one file. The file's content is sealed under it before anyone knows whose the
/// file will be; the key itself is then sealed under that person's, so that erasing the
/// person closes the file as well.
#[derive(Clone, Serialize, Deserialize)]
pub struct FileKey(String);

impl FileKey {
    /// A new one.
    pub fn generate(fresh: &mut Fresh) -> Self {
        Self(STANDARD_NO_PAD.encode(fresh.bytes::<32>()))
    }

    /// Seals a piece; `context` must be given again to open it.
    ///
    /// # Errors
    /// [`VaultError::Shape`] for a key that was not made by [`FileKey::generate`].
    pub fn seal(&self, context: &str, plain: &[u8], fresh: &mut Fresh) -> Result<Vec<u8>, VaultError> {
        Ok(seal_bytes(&self.bytes()?, fresh.bytes(), context.as_bytes(), plain))
    }

    /// Opens a piece.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        open_bytes(&self.bytes()?, context.as_bytes(), sealed)
    }

    fn bytes(&self) -> Result<[u8; 32], VaultError> {
        let bytes = STANDARD_NO_PAD.decode(&self.0).map_err(|_| VaultError::Shape)?;
        bytes.try_into().map_err(|_| VaultError::Shape)
    }
}

/// Seals, opens and digests. Cheap to share; holds the master key.
pub struct Vault {
    master: MasterKey,
}

impl Vault {
    /// A vault of that key.
    pub fn new(master: MasterKey) -> Self {
        Self { master }
    }

    /// A public fingerprint of the wrapping key, kept in the database so that a wrong key
    /// is refused at start.
    pub fn check(&self) -> String {
        hex(&digest(&self.master.wrap, &[b"master-key-check"]))
    }

    /// A new subject with its key, and the key wrapped for storing.
    pub fn new_subject(&self, fresh: &mut Fresh) -> (SubjectKey, Vec<u8>) {
        let key = SubjectKey { subject: SubjectId(fresh.uuid().simple().to_string()), key: fresh.bytes() };
        let wrapped = self.wrap(&key, fresh.bytes());
        (key, wrapped)
    }

    /// Wraps a subject's key (again, when the master key is rotated).
    pub fn wrap(&self, key: &SubjectKey, nonce: [u8; 24]) -> Vec<u8> {
        seal_bytes(&self.master.wrap, nonce, key.subject.0.as_bytes(), &key.key)
    }

    /// Opens a stored key.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`] under another master key or after tampering.
    pub fn unwrap(&self, subject: &SubjectId, wrapped: &[u8]) -> Result<SubjectKey, VaultError> {
        let key = open_bytes(&self.master.wrap, subject.0.as_bytes(), wrapped)?;
        Ok(SubjectKey { subject: subject.clone(), key: key.try_into().map_err(|_| VaultError::Shape)? })
    }

    /// Seals a value under a subject's key.
    pub fn seal<T: Serialize>(&self, key: &SubjectKey, value: &T, fresh: &mut Fresh) -> Sealed<T> {
        let plain = serde_json::to_vec(value).expect("values that are sealed are plain data");
        let sealed = seal_bytes(&key.key, fresh.bytes(), key.subject.0.as_bytes(), &plain);
        Sealed::from_parts(key.subject.clone(), STANDARD_NO_PAD.encode(sealed))
    }

    /// Opens a sealed value.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub fn open<T: DeserializeOwned>(
        &self,
        key: &SubjectKey,
        sealed: &Sealed<T>,
    ) -> Result<Personal<T>, VaultError> {
        let bytes = STANDARD_NO_PAD.decode(&sealed.ciphertext).map_err(|_| VaultError::DoesNotOpen)?;
        let plain = open_bytes(&key.key, sealed.subject.0.as_bytes(), &bytes)?;
        serde_json::from_slice(&plain).map(Personal::new).map_err(|_| VaultError::Shape)
    }

    /// Seals raw bytes (a chunk of an attachment); `context` must be given again to open.
    pub fn seal_raw(&self, key: &SubjectKey, context: &str, plain: &[u8], fresh: &mut Fresh) -> Vec<u8> {
        seal_bytes(&key.key, fresh.bytes(), context.as_bytes(), plain)
    }

    /// Opens raw bytes.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`].
    pub fn open_raw(&self, key: &SubjectKey, context: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        open_bytes(&key.key, context.as_bytes(), sealed)
    }

    /// Seals bytes under the installation's own key: drafts, which have no subject yet.
    pub fn seal_own(&self, context: &str, plain: &[u8], fresh: &mut Fresh) -> Vec<u8> {
        seal_bytes(&self.own_key(), fresh.bytes(), context.as_bytes(), plain)
    }

    /// Opens what [`Vault::seal_own`] sealed.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`].
    pub fn open_own(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        open_bytes(&self.own_key(), context.as_bytes(), sealed)
    }

    /// Blind index of a look-up value in normal form (a phone number): equal values give
    /// equal digests, and without the key nothing can be told from one.
    pub fn blind(&self, kind: &str, normal: impl AsRef<[u8]>) -> String {
        hex(&digest(&self.master.mac, &[b"blind", kind.as_bytes(), normal.as_ref()]))
    }

    /// Keyed digest of a tracking code; the number is mixed in, so equal codes differ.
    pub fn code_digest(&self, number: &str, code: &str) -> String {
        let plain: String =
            code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        hex(&digest(&self.master.mac, &[b"code", number.as_bytes(), plain.as_bytes()]))
    }

    /// Keyed digest of a cookie's or token's secret, for storing.
    pub fn token_digest(&self, token: &str) -> String {
        hex(&digest(&self.master.mac, &[b"token", token.as_bytes()]))
    }

    fn own_key(&self) -> [u8; 32] {
        digest(&self.master.mac, &[b"own-key"])
    }
}

fn seal_bytes(key: &[u8; 32], nonce: [u8; 24], aad: &[u8], plain: &[u8]) -> Vec<u8> {
    let cipher = XChaCha20Poly1305::new(key.into());
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad })
        .expect("XChaCha20-Poly1305 takes up to 256 GiB");
    [nonce.as_slice(), &sealed].concat()
}

fn open_bytes(key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
    let (nonce, sealed) = sealed.split_first_chunk::<24>().ok_or(VaultError::DoesNotOpen)?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad })
        .map_err(|_| VaultError::DoesNotOpen)
}

fn digest(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        // Length-prefixed, so that no two lists of parts run into the same bytes.
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        write!(out, "{byte:02x}").expect("a String takes any write");
        out
    })
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut out = [0; 32];
    for (n, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * n..2 * n + 2], 16).ok()?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SeededEntropy;
    use kernel::time::Instant;

    fn fresh(seed: u64) -> Fresh {
        Fresh::draw(&SeededEntropy::new(seed), Instant::from_micros(0))
    }

    #[test]
    fn what_is_sealed_opens_with_its_own_key_only() {
        let fresh = &mut fresh(1);
        let vault = Vault::new(MasterKey::generate(fresh));
        let (key, wrapped) = vault.new_subject(fresh);
        let (other, _) = vault.new_subject(fresh);
        let sealed = vault.seal(&key, &"13800001234".to_owned(), fresh);
        assert!(!sealed.ciphertext.contains("1380000"));
        let again = vault.unwrap(key.subject(), &wrapped).expect("own key");
        assert_eq!(vault.open(&again, &sealed).expect("opens").expose(), "13800001234");
        assert!(vault.open(&other, &sealed).is_err());
    }

    #[test]
    fn another_master_key_opens_nothing_and_is_told_apart() {
        let fresh = &mut fresh(2);
        let vault = Vault::new(MasterKey::generate(fresh));
        let wrong = Vault::new(MasterKey::generate(fresh));
        let (key, wrapped) = vault.new_subject(fresh);
        assert!(wrong.unwrap(key.subject(), &wrapped).is_err());
        assert_ne!(vault.check(), wrong.check());
    }

    #[test]
    fn a_key_reads_back_from_its_text() {
        let key = MasterKey::generate(&mut fresh(3));
        let again = MasterKey::parse(&key.to_text()).expect("reads");
        assert_eq!(again.to_text(), key.to_text());
        assert!(MasterKey::parse("short:key").is_none());
    }

    #[test]
    fn codes_are_compared_without_dashes_and_case() {
        let vault = Vault::new(MasterKey::generate(&mut fresh(4)));
        assert_eq!(vault.code_digest("N1", "AB2C-DEFG-HJKM"), vault.code_digest("N1", "ab2cdefg hjkm"));
        assert_ne!(vault.code_digest("N1", "AB2C-DEFG-HJKM"), vault.code_digest("N2", "AB2C-DEFG-HJKM"));
    }
}
