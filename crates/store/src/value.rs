//! What travels between Rust and either engine: four column types and NULL.
//! Reading a row gives typed errors, never a panic.

use crate::StoreError;
use kernel::time::Instant;

/// One value of a column or a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// `bigint`; also booleans (0 or 1) and instants (microseconds since 1970, UTC).
    Int(i64),
    /// `double precision`.
    Real(f64),
    /// `text`.
    Text(String),
    /// `bytea` (`blob` on SQLite).
    Bytes(Vec<u8>),
}

impl Value {
    /// The name of the kind, for error messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Int(_) => "int",
            Self::Real(_) => "real",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
        }
    }
}

macro_rules! from_integer {
    ($($ty:ty),*) => {$(
        impl From<$ty> for Value {
            fn from(value: $ty) -> Self {
                Self::Int(i64::from(value))
            }
        }
    )*};
}
from_integer!(i64, i32, i16, u32, u16, u8, bool);

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl From<Instant> for Value {
    fn from(value: Instant) -> Self {
        Self::Int(value.micros())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Collects parameters of a statement: `params![id, Some("text"), 3_i64]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        ::std::vec::Vec::<$crate::Value>::from([$($crate::Value::from($value)),*])
    };
}

/// One row of an answer; columns are read by their place in the select list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    values: Vec<Value>,
}

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self { values }
    }

    /// The number of columns.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether the row has no column at all.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value as it came.
    pub fn value(&self, index: usize) -> Result<&Value, StoreError> {
        self.values.get(index).ok_or_else(|| mismatch(index, "a column", "nothing"))
    }

    /// All values, in the order of the select list.
    pub fn into_values(self) -> Vec<Value> {
        self.values
    }

    /// An integer that is not NULL.
    pub fn int(&self, index: usize) -> Result<i64, StoreError> {
        required(index, "int", self.opt_int(index)?)
    }

    /// An integer or NULL.
    pub fn opt_int(&self, index: usize) -> Result<Option<i64>, StoreError> {
        match self.value(index)? {
            Value::Null => Ok(None),
            Value::Int(value) => Ok(Some(*value)),
            other => Err(mismatch(index, "int", other.kind())),
        }
    }

    /// A number with a fraction that is not NULL; whole numbers are widened.
    pub fn real(&self, index: usize) -> Result<f64, StoreError> {
        required(index, "real", self.opt_real(index)?)
    }

    /// A number with a fraction, or NULL; whole numbers are widened.
    pub fn opt_real(&self, index: usize) -> Result<Option<f64>, StoreError> {
        match self.value(index)? {
            Value::Null => Ok(None),
            Value::Real(value) => Ok(Some(*value)),
            Value::Int(value) => Ok(Some(*value as f64)),
            other => Err(mismatch(index, "real", other.kind())),
        }
    }

    /// A text that is not NULL.
    pub fn text(&self, index: usize) -> Result<String, StoreError> {
        self.str(index).map(str::to_owned)
    }

    /// A text that is not NULL, borrowed.
    pub fn str(&self, index: usize) -> Result<&str, StoreError> {
        required(index, "text", self.opt_str(index)?)
    }

    /// A text or NULL.
    pub fn opt_text(&self, index: usize) -> Result<Option<String>, StoreError> {
        Ok(self.opt_str(index)?.map(str::to_owned))
    }

    /// A text or NULL, borrowed.
    pub fn opt_str(&self, index: usize) -> Result<Option<&str>, StoreError> {
        match self.value(index)? {
            Value::Null => Ok(None),
            Value::Text(value) => Ok(Some(value)),
            other => Err(mismatch(index, "text", other.kind())),
        }
    }

    /// Bytes that are not NULL.
    pub fn bytes(&self, index: usize) -> Result<Vec<u8>, StoreError> {
        required(index, "bytes", self.opt_bytes(index)?)
    }

    /// Bytes or NULL.
    pub fn opt_bytes(&self, index: usize) -> Result<Option<Vec<u8>>, StoreError> {
        match self.value(index)? {
            Value::Null => Ok(None),
            Value::Bytes(value) => Ok(Some(value.clone())),
            other => Err(mismatch(index, "bytes", other.kind())),
        }
    }

    /// A yes or no, kept as 1 or 0.
    pub fn bool(&self, index: usize) -> Result<bool, StoreError> {
        Ok(self.int(index)? != 0)
    }

    /// An instant, kept as microseconds since 1970, UTC.
    pub fn instant(&self, index: usize) -> Result<Instant, StoreError> {
        self.int(index).map(Instant::from_micros)
    }

    /// An instant or NULL.
    pub fn opt_instant(&self, index: usize) -> Result<Option<Instant>, StoreError> {
        Ok(self.opt_int(index)?.map(Instant::from_micros))
    }
}

fn required<T>(index: usize, expected: &'static str, value: Option<T>) -> Result<T, StoreError> {
    value.ok_or_else(|| mismatch(index, expected, "null"))
}

fn mismatch(index: usize, expected: &'static str, found: &'static str) -> StoreError {
    StoreError::Column { index, expected, found }
}
