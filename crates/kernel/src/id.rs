//! Names of things. Generated ids are UUID v7 made in `platform`; units and areas
//! carry the code their office knows them by.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(s).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    };
}

macro_rules! code_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                Self(code.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(code: String) -> Self {
                Self(code)
            }
        }
    };
}

uuid_id! {
    /// A matter 事项.
    MatterId
}
uuid_id! {
    /// A node of a matter's assignment tree 交办.
    NodeId
}
uuid_id! {
    /// A person's account.
    AccountId
}
uuid_id! {
    /// A bearer token of a staff system.
    TokenId
}
uuid_id! {
    /// An attachment or other stored file.
    BlobId
}
uuid_id! {
    /// A caller or visitor at the intake desk 接待.
    ReceptionId
}
uuid_id! {
    /// A supervision slip 督办单.
    SlipId
}
uuid_id! {
    /// An address through which an enterprise's people see its appeals.
    AddressId
}
code_id! {
    /// A unit 单位, by the code of its office, e.g. `431302-fgj`.
    UnitId
}
code_id! {
    /// An area 区划, by its official code of 6, 9 or 12 digits.
    AreaId
}
