//! The closed lists of the network, each with its stable code.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every one, in the order of the source.
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
    /// Where a unit or an area stands: four levels, and the province on top. Ordered from
    /// the top down.
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

codes! {
    /// What a unit is.
    UnitKind {
        /// 政府: the root of a city's or county's tree.
        Government = "government",
        /// 受理机构: receives appeals and dispatches them.
        IntakeOffice = "intake_office",
        /// 县级平台: a county's own dispatching platform.
        Platform = "platform",
        /// 部门
        Department = "department",
        /// 园区: a development zone; overlays areas.
        Zone = "zone",
        /// 乡镇、街道
        Township = "township",
        /// 国有林场: stands on the townships' level without being one.
        Farm = "farm",
        /// 村、社区
        Village = "village",
        /// 公用企业: power, water, gas, communications.
        Utility = "utility",
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
