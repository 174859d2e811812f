//! On a matter's page: the common issue it stands under, and the answer that was sent to all.

use crate::issues::{answer_of, href, of_matter};
use kernel::MatterId;
use kernel::permission::Grant;
use platform::beside::{Beside, BesideMatter};
use platform::ui::Page;
use platform::{App, Failure};
use store::Query;

/// Says it.
pub(crate) struct OfMatter;

impl BesideMatter for OfMatter {
    fn of(
        &self,
        query: &mut dyn Query,
        app: &App,
        page: &Page,
        grants: &[Grant],
        matter: MatterId,
    ) -> Result<Vec<Beside>, Failure> {
        let mut said = Vec::new();
        for row in of_matter(query, matter)? {
            // Who may not open the issue is told which it is, and no more.
            let answer = answer_of(query, app, grants, &row.id)?;
            said.push(Beside {
                label: page.t("issues-one"),
                title: format!("{} {}", row.number, row.title),
                state: page.t(row.state.key()),
                href: answer.is_some().then(|| href(&row.id)),
                text: answer.unwrap_or_default(),
            });
        }
        Ok(said)
    }
}
