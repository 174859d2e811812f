//! Name, addresses and permission of a verb.

use kernel::permission::Permission;
use kernel::{MatterId, NodeId};
use matters_rules::{ActionCode, MatterKind};

/// What the list of verbs says about each.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Which verb.
    pub action: ActionCode,
    /// What it takes to use it at all; the matter at hand decides again.
    pub permission: Permission,
    /// Where it is mounted. Two for a verb of a matter that may also concern a node.
    pub addresses: &'static [Address],
    /// What its form looks up.
    pub needs: Needs,
    /// Done by one click on the matter's page.
    pub one_click: bool,
}

/// Where a verb is mounted.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    /// On the pages, e.g. `/matters/{id}/nodes/{node}/signature`.
    pub web: &'static str,
    /// In the API.
    pub api: &'static str,
    /// Whether it names an assignment.
    pub of_node: bool,
}

/// Lists that a form offers to choose from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Units found by the search word.
    pub units: bool,
    /// Categories.
    pub categories: bool,
    /// Counties and townships.
    pub areas: bool,
    /// Items of the townships' duty list.
    pub duty_items: bool,
    /// Matters that may be the same.
    pub matters: bool,
}

/// No list.
pub(super) const NOTHING: Needs =
    Needs { units: false, categories: false, areas: false, duty_items: false, matters: false };

impl Spec {
    /// A verb with a form that looks up nothing.
    pub(super) const fn plain(
        action: ActionCode,
        permission: Permission,
        addresses: &'static [Address],
    ) -> Self {
        Self { action, permission, addresses, needs: NOTHING, one_click: false }
    }

    /// Prefix of its message keys.
    pub fn key(&self) -> String {
        format!("verb-{}", self.action.code())
    }

    /// The same where an office raised the matter by itself: what answers an appellant
    /// elsewhere is a report of what was done.
    pub fn key_for(&self, kind: MatterKind) -> String {
        match (self.action, kind) {
            (_, MatterKind::Appeal) => self.key(),
            (ActionCode::Respond, _) => "verb-report".to_owned(),
            _ => self.key(),
        }
    }

    /// Key of what it is called among the things to do with such a matter.
    pub fn label_for(&self, kind: MatterKind) -> &'static str {
        match (self.action, kind) {
            (ActionCode::Respond, kind) if kind != MatterKind::Appeal => "action-report",
            (action, _) => action.key(),
        }
    }

    /// Key of what is said once it is done.
    pub fn flash(&self) -> String {
        format!("flash-{}", self.action.code())
    }

    /// Its page for a matter, or for one of its assignments.
    pub fn href(&self, matter: MatterId, node: Option<NodeId>) -> String {
        let fits = |address: &&Address| address.of_node == node.is_some();
        let address = self.addresses.iter().find(fits).unwrap_or(&self.addresses[0]);
        let path = address.web.replace("{id}", &matter.to_string());
        node.map_or(path.clone(), |node| path.replace("{node}", &node.to_string()))
    }
}

/// A [`Spec`]: action, permission, one or more addresses, then `needs` and `one_click`.
macro_rules! spec {
    ($action:ident, $permission:ident, [$($path:literal),+] $(, needs: $needs:expr)? $(, one_click: $one_click:literal)?) => {
        Spec {
            $(needs: $needs,)?
            $(one_click: $one_click,)?
            ..Spec::plain(
                matters_rules::ActionCode::$action,
                kernel::permission::Permission::$permission,
                &[$($crate::verbs::spec::Address {
                    web: concat!("/matters/{id}", $path),
                    api: concat!("/api/v1/matters/{id}", $path),
                    of_node: $crate::verbs::spec::names_node($path),
                }),+],
            )
        }
    };
}
pub(super) use spec;

/// Whether a path names an assignment: all of those stand under `/nodes/`.
pub(super) const fn names_node(path: &str) -> bool {
    let (path, prefix) = (path.as_bytes(), b"/nodes/");
    let mut n = 0;
    while n < prefix.len() {
        if n >= path.len() || path[n] != prefix[n] {
            return false;
        }
        n += 1;
    }
    true
}
