//! Looks at an answer before it is sent: what the rules of `matters_rules::quality` find, with
//! the office's phrases, the matter's demands and the unit's other answers.

use crate::configuration::evaluation;
use crate::shell::Matters;
use kernel::{MatterId, NodeId};
use matters_rules::quality::{Lacking, comparable, lacking};
use platform::vault::SubjectKey;
use platform::{Failure, Work};
use store::{Query, params};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    /// What the words lack.
    pub lacking: Vec<Lacking>,
    /// Keyed print of the words; empty where they are too few to compare.
    pub print: String,
}

/// Looks at the words of an answer to a matter, for an assignment or, without one, directly.
///
/// # Errors
/// Whatever the store says.
pub fn examine(
    work: &mut Work<'_>,
    key: &SubjectKey,
    id: MatterId,
    node: Option<NodeId>,
    words: &str,
) -> Result<Examined, Failure> {
    let app = work.app();
    let matter = work.load::<Matters>(&id.to_string())?.state;
    let print = comparable(words).map(|letters| app.vault.blind("answer", letters)).unwrap_or_default();
    let unit = node.and_then(|node| matter.node(node)).map(|node| node.unit.clone());
    let same = match &unit {
        None => None,
        Some(_) if print.is_empty() => Some(0),
        Some(unit) => {
            let sql = "select count(distinct matter) from matter_answer \
                       where print = $1 and unit = $2 and matter <> $3";
            let found = work.tx.query_one(sql, &params![&print, unit.as_str(), id.to_string()])?.int(0)?;
            Some(usize::try_from(found).unwrap_or(0))
        }
    };
    let mut demands = Vec::with_capacity(matter.demands.len());
    for demand in matter.demands.iter().filter(|demand| demand.subject == *key.subject()) {
        demands.push(app.vault.open(key, demand)?.into_inner());
    }
    let phrases = &evaluation::in_force(work.tx, app)?.phrases;
    Ok(Examined { lacking: lacking(words, &demands, phrases, same), print })
}
