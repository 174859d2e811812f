//! Matters that may belong to an issue: by like words, and by category and place of the last
//! weeks. A suggestion decides nothing, and who filed them plays no part in it.

use kernel::permission::Grant;
use kernel::{AreaId, MatterId};
use matters::{Asked, Compared, Filter, Row, Tab, list, similar};
use matters_rules::MatterKind;
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::Query;

/// Days looked back where nothing else is said.
pub(super) const DAYS: i64 = 30;
/// The most days looked back.
const DAYS_MAX: i64 = 365;
/// The most that are offered by like words.
const ALIKE: usize = 15;
/// The most that are offered in all.
const OFFERED: usize = 40;

/// What is looked for.
#[derive(Clone, Default)]
pub(super) struct Sought {
    /// Words that they share; cut once, outside of a unit of work.
    pub words: Asked,
    /// Whether there are any.
    pub has_words: bool,
    /// Of that category or group.
    pub category: Option<String>,
    /// In that place.
    pub area: Option<AreaId>,
    /// Filed within so many days.
    pub days: i64,
}

/// A matter that is offered.
pub(super) struct Candidate {
    /// As in lists.
    pub row: Row,
    /// The words it shares.
    pub words: Vec<String>,
}

impl Sought {
    /// By words, category and place. Cuts the words, so make it outside of a unit of work.
    pub fn of(text: &str, category: Option<String>, area: Option<AreaId>, days: i64) -> Self {
        Self {
            words: Asked::about(text).at(area.clone()).of_category(category.clone()),
            has_words: !text.trim().is_empty(),
            category,
            area,
            days: days.clamp(1, DAYS_MAX),
        }
    }
}

impl Sought {
    /// The same; where neither category nor place is named, of the group that most of these are of.
    pub fn or_like(&self, rows: &[Row]) -> Self {
        if self.category.is_some() || self.area.is_some() {
            return self.clone();
        }
        let group = |row: &Row| Some(row.category.as_deref()?.split('-').next()?.to_owned());
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for group in rows.iter().filter_map(group) {
            *counts.entry(group).or_default() += 1;
        }
        let most = counts.into_iter().max_by_key(|(_, n)| *n).map(|(group, _)| group);
        Self { category: most, ..self.clone() }
    }
}

/// What fits, within the reader's scope, the likest first; without those known.
pub(super) fn candidates(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    sought: &Sought,
    but: &[MatterId],
) -> Result<Vec<Candidate>, Failure> {
    let mut found: Vec<Candidate> = Vec::new();
    if sought.has_words {
        let like = Compared::look_up(query, app, &sought.words)?;
        for one in similar(query, app, grants, &like, ALIKE)? {
            found.push(Candidate { row: one.row, words: one.why.words });
        }
    }
    if sought.category.is_some() || sought.area.is_some() || !sought.has_words {
        let from = app.config.zone.date_of(app.now().plus_days(-sought.days));
        let filter = Filter {
            tab: Tab::All,
            kind: Some(MatterKind::Appeal),
            category: sought.category.clone(),
            area: sought.area.clone(),
            from: Some(from),
            ..Filter::default()
        };
        for row in list(query, app, grants, &filter, None, OFFERED)?.rows {
            if !found.iter().any(|known| known.row.id == row.id) {
                found.push(Candidate { row, words: Vec::new() });
            }
        }
    }
    found.retain(|candidate| !but.contains(&candidate.row.id));
    found.truncate(OFFERED);
    Ok(found)
}
