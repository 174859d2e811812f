//! Closed lists with stable codes: what is stored, sent and translated is the code, never
//! the name of a variant.

/// Declares a closed list: an enum whose variants each have a stable code, with `ALL`,
/// `code` and `parse`. With a key after the name, `key` gives the label's key in the
/// locale files, `<key>-<code>`.
#[macro_export]
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident, $key:literal { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $crate::codes! { $(#[$doc])* $name { $($(#[$vdoc])* $variant = $code),+ } }

        impl $name {
            /// Prefix of the label's key in the locale files.
            pub const KEY: &'static str = $key;

            /// The key of its label in the locale files.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => concat!($key, "-", $code)),+ }
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize,
        )]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every one, in the order a form offers them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads a code.
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

codes! {
    /// Where a unit or an area stands: four levels 市、县、乡、村, and the province on top.
    /// Ordered from the top down.
    Level {
        /// 省级
        Province = "province",
        /// 市级
        City = "city",
        /// 县级（县市区）
        County = "county",
        /// 乡级（乡镇街道）
        Township = "township",
        /// 村级（村、社区）
        Village = "village",
    }
}

impl Level {
    /// The level of an official area code by its form: `430000` province, `431300` city,
    /// other six digits county, nine digits township, twelve digits village.
    pub fn of_area_code(code: &str) -> Option<Self> {
        if !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        match code.len() {
            6 if code.ends_with("0000") => Some(Self::Province),
            6 if code.ends_with("00") => Some(Self::City),
            6 => Some(Self::County),
            9 => Some(Self::Township),
            12 => Some(Self::Village),
            _ => None,
        }
    }
}
