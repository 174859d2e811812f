//! Personal data cannot leak by accident: plain values have no `Debug` and no
//! `Serialize`; what is journaled is sealed under the data subject's own key.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::marker::PhantomData;

/// A data subject: whose key seals the value. A random id that says nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubjectId(pub String);

/// A personal value in the clear, in memory only. Deliberately without `Debug`,
/// `Display` and `Serialize`.
#[derive(Clone, PartialEq, Eq)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Marks a value as personal.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, named so that a reviewer sees every place that looks at it.
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// Gives the value up.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// A value of type `T` sealed under a subject's key. Rules and folds see it as opaque.
#[derive(Serialize, Deserialize)]
pub struct Sealed<T> {
    /// Whose key opens it.
    #[serde(rename = "s")]
    pub subject: SubjectId,
    /// Nonce and ciphertext, base64 without padding.
    #[serde(rename = "c")]
    pub ciphertext: String,
    #[serde(skip)]
    of: PhantomData<fn() -> T>,
}

impl<T> Sealed<T> {
    /// Puts together what a vault sealed (or what a test makes up).
    pub fn from_parts(subject: SubjectId, ciphertext: String) -> Self {
        Self { subject, ciphertext, of: PhantomData }
    }
}

impl<T> Clone for Sealed<T> {
    fn clone(&self) -> Self {
        Self::from_parts(self.subject.clone(), self.ciphertext.clone())
    }
}

impl<T> PartialEq for Sealed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.subject == other.subject && self.ciphertext == other.ciphertext
    }
}

impl<T> Eq for Sealed<T> {}

impl<T> fmt::Debug for Sealed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({})", self.subject.0)
    }
}
