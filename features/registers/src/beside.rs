//! On the page of a matter that a contact's difficulty or promise became: the record it comes
//! from, as a link for whoever may open it, and plainly no link for anybody else.

use crate::show;
use kernel::MatterId;
use kernel::permission::Grant;
use platform::beside::{Beside, BesideMatter};
use platform::ui::Page;
use platform::{App, Failure};
use registers::read::{in_force, record};
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
        let Some((register, id)) = record::of_matter(query, matter)? else { return Ok(Vec::new()) };
        let Some(definition) = in_force(query, app, &register)? else { return Ok(Vec::new()) };
        let title = match record::open(query, app, grants, &register, id) {
            Ok(opened) => Some(opened.title),
            Err(Failure::NotFound) => None,
            Err(other) => return Err(other),
        };
        Ok(vec![Beside {
            label: page.t("register-beside"),
            href: title.is_some().then(|| format!("/registers/{register}/records/{id}")),
            text: if title.is_some() { String::new() } else { page.t("register-beside-closed") },
            title: title.unwrap_or_else(|| page.t("register-beside-record")),
            state: show::name(page, &definition.name).to_owned(),
        }])
    }
}
