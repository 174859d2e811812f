//! What the index holds of a matter.

use crate::Matters;
use kernel::Aggregate;
use kernel::UnitId;
use matters_rules::command::Text;
use matters_rules::{Matter, MatterRules};
use platform::act::{read_entry, stream, subject_key};
use platform::texts::{Document, TextIndex};
use platform::{App, Failure};
use store::{Entry, Query, journal};

/// The index's name.
pub const INDEX: &str = "matters";

/// Kinds of entries after which a matter says something else.
const TELLING: [&str; 4] = ["filed", "corrected", "answered_directly", "answered"];

/// The index of matters by title, text, expected result and answers.
pub struct MatterTexts;

impl TextIndex for MatterTexts {
    fn name(&self) -> &'static str {
        INDEX
    }

    fn version(&self) -> u32 {
        1
    }

    fn touched(&self, entry: &Entry) -> Option<String> {
        let (kind, id) = entry.stream.split_once(':')?;
        (kind == MatterRules::KIND && TELLING.contains(&entry.kind.as_str())).then(|| id.to_owned())
    }

    fn read(&self, query: &mut dyn Query, app: &App, id: &str) -> Result<Option<Document>, Failure> {
        Ok(said(query, app, id)?.map(|said| Document { number: said.doc, text: said.whole() }))
    }

    fn warm_up(&self) {
        search::warm_up();
    }

    fn terms(&self, text: &str) -> Vec<String> {
        search::terms(text)
    }
}

/// What was said in a matter, in the clear. Empty for a shielded matter and once the person
/// is erased.
pub(super) struct Said {
    /// Its number in the index.
    pub doc: i64,
    /// One line.
    pub title: String,
    /// The whole story.
    pub text: String,
    /// What the appellant wants to happen.
    pub expected: String,
    /// Each answer with the unit that gave it, in the order of the tree.
    pub answers: Vec<(UnitId, String)>,
}

impl Said {
    fn whole(&self) -> String {
        let own = [&self.title, &self.text, &self.expected];
        let parts = own.into_iter().chain(self.answers.iter().map(|(_, text)| text));
        parts.filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

/// Opens what was said in a matter; none where there is no such matter.
pub(super) fn said(query: &mut dyn Query, app: &App, id: &str) -> Result<Option<Said>, Failure> {
    let entries = journal::load(query, &stream::<Matters>(id), 0)?;
    let Some(doc) = entries.first().map(|first| first.position) else {
        return Ok(None);
    };
    let mut matter = Matter::default();
    for entry in &entries {
        matter = matters_rules::fold::fold(matter, &read_entry::<Matters>(entry)?);
    }
    let mut said =
        Said { doc, title: String::new(), text: String::new(), expected: String::new(), answers: Vec::new() };
    let Some(subject) = matter.subject.as_ref().filter(|_| !matter.shielded) else {
        return Ok(Some(said));
    };
    let Some(key) = subject_key(query, &app.vault, subject)? else {
        return Ok(Some(said));
    };
    let open = |sealed: &Text| -> Result<String, Failure> { Ok(app.vault.open(&key, sealed)?.into_inner()) };
    let optional = |sealed: Option<&Text>| sealed.map_or_else(|| Ok(String::new()), open);
    said.title = optional(matter.title.as_ref())?;
    said.text = optional(matter.text.as_ref())?;
    said.expected = optional(matter.expected.as_ref())?;
    if let (Some(direct), Some(office)) = (&matter.direct, &matter.office) {
        said.answers.push((office.clone(), open(direct.text.text())?));
    }
    for node in &matter.nodes {
        if let Some(answer) = &node.answer {
            said.answers.push((node.unit.clone(), open(answer.text.text())?));
        }
    }
    Ok(Some(said))
}
