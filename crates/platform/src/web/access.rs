//! What a route demands before its handler runs. Deny by default: a route cannot be
//! added without saying this.

use kernel::permission::Permission;

/// Who may use a route at all. What they may do with a certain matter is decided again
/// with the matter at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Public,
    /// Whoever proved to hold a matter by number and code (the handler checks which).
    Appellant,
    /// Anyone signed in.
    SignedIn,
    /// Someone with a grant that has this permission in some relation.
    Staff(Permission),
}

impl Access {
    /// For the reviewed list of routes.
    pub fn describe(self) -> String {
        match self {
            Self::Public => "public".into(),
            Self::Appellant => "appellant".into(),
            Self::SignedIn => "signed in".into(),
            Self::Staff(permission) => permission.code().into(),
        }
    }
}
