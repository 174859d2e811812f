//! What features have to say on a matter's page, so that the page knows none of them.

use crate::app::App;
use crate::error::Failure;
use crate::ui::Page;
use kernel::MatterId;
use kernel::permission::Grant;
use store::Query;

/// Something said on a matter's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// What it is, e.g. 共性问题.
    pub label: String,
    /// Which.
    pub title: String,
    /// Where it stands; none where this reader may not open it.
    pub href: Option<String>,
    /// How far it is.
    pub state: String,
    /// More of it; may be empty.
    pub text: String,
}

/// A feature that has something to say on matters' pages.
pub trait BesideMatter: Send + Sync + 'static {
    /// What it says on the page of that matter, which its reader may see.
    ///
    /// # Errors
    /// Whatever the store says.
    fn of(
        &self,
        query: &mut dyn Query,
        app: &App,
        page: &Page,
        grants: &[Grant],
        matter: MatterId,
    ) -> Result<Vec<Beside>, Failure>;
}
