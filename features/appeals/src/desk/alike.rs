//! Matters that may be the same as one at hand, for a merge.

use kernel::permission::Grant;
use matters::{Asked, Compared, Filter, MatterView, Row, Why};
use matters_rules::Phase;
use platform::ui::{Choice, Page};
use platform::{App, Failure};
use store::Query;

/// Shown at most.
const FOUND: usize = 8;

/// One that may be the same.
#[derive(Clone, Debug)]
pub struct Alike {
    /// The matter.
    pub row: Row,
    /// What speaks for it; none where it was searched for.
    pub why: Option<Why>,
}

/// What likely duplicates are looked for by. A shielded matter's words tell nothing here.
pub fn asked(view: &MatterView) -> Asked {
    let words = if view.shielded { String::new() } else { format!("{} {}", view.title, view.text) };
    Asked::about(&words)
        .at(view.area.as_ref().map(|area| area.id.clone()))
        .of_category(view.category.as_ref().map(|(code, _)| code.clone()))
        .except(view.id)
}

/// Likely duplicates; where nothing is asked about, by the search word in number or title.
///
/// # Errors
/// Whatever the store says.
pub fn look_up(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    asked: Option<&Asked>,
    word: &str,
) -> Result<Vec<Alike>, Failure> {
    let mut found: Vec<Alike> = match asked {
        Some(asked) => {
            let like = Compared::look_up(query, app, asked)?;
            let found = matters::similar(query, app, grants, &like, FOUND)?.into_iter();
            found.map(|found| Alike { row: found.row, why: Some(found.why) }).collect()
        }
        None => {
            let filter = Filter { text: Some(word.trim().to_owned()), ..Filter::default() };
            let page = matters::list(query, app, grants, &filter, None, FOUND)?;
            page.rows.into_iter().map(|row| Alike { row, why: None }).collect()
        }
    };
    found.retain(|found| takes_others(&found.row));
    Ok(found)
}

/// Only an accepted matter that is neither ended nor merged itself can be a master.
fn takes_others(row: &Row) -> bool {
    matches!(row.phase, Some(Phase::Accepted | Phase::Assigned | Phase::Redo | Phase::CallBack))
}

impl Alike {
    /// As a form offers it: chosen by number.
    pub fn choice(&self, page: &Page) -> Choice {
        let title = self.row.title.clone().unwrap_or_else(|| page.t("matter-title-withheld"));
        let phase = self.row.phase.map(|phase| page.t(&format!("phase-{}", phase.code())));
        let place = self.row.area.as_ref().map(|area| area.full(page.locale()).to_owned());
        let why = self.why.iter().flat_map(|why| said(page, why));
        let parts: Vec<String> = phase.into_iter().chain(place).chain(why).collect();
        Choice::new(&self.row.number, format!("{} {title}", self.row.number)).hint(parts.join(" · "))
    }
}

fn said(page: &Page, why: &Why) -> Vec<String> {
    let same = [
        (why.same_caller, "person"),
        (why.same_enterprise, "enterprise"),
        (why.same_place && why.same_category, "subject"),
    ];
    let same = same.into_iter().filter(|(is, _)| *is).map(|(_, code)| page.t(&format!("desk-alike-{code}")));
    let shared = why.words.join(&page.t("desk-list-join"));
    let words = (!shared.is_empty()).then(|| page.t1("desk-alike-words", "words", shared));
    same.chain(words).collect()
}
