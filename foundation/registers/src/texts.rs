//! Full text of records: what their fields, contacts, lines and levels say. Nothing sealed is in
//! it; it follows the journal a moment behind, like every index.

use crate::read::names::Names;
use crate::rules::derive::title;
use crate::rules::record::{Record, RecordState};
use crate::rules::value::Value as Held;
use crate::rules::{Definition, Name};
use kernel::Aggregate;
use kernel::text::clip;
use platform::texts::{Document, TextIndex};
use platform::ui::Locale;
use platform::{App, Failure};
use std::collections::{BTreeMap, BTreeSet};
use store::fulltext::Wanted;
use store::{Entry, Query, Value};

/// The index's name.
pub(crate) const INDEX: &str = "records";
/// Records asked for by one statement.
const AT_ONCE: usize = 250;
/// The most characters of a record that are found.
const MOST: usize = 20_000;

/// The index of records.
pub(crate) struct RecordTexts;

impl TextIndex for RecordTexts {
    fn name(&self) -> &'static str {
        INDEX
    }

    fn version(&self) -> u32 {
        1
    }

    fn touched(&self, entry: &Entry) -> Option<String> {
        let (kind, id) = entry.stream.split_once(':')?;
        (kind == Record::KIND).then(|| id.to_owned())
    }

    fn read(&self, query: &mut dyn Query, app: &App, id: &str) -> Result<Option<Document>, Failure> {
        Ok(self.read_all(query, app, &[id.to_owned()].into())?.pop())
    }

    /// An import leaves thousands of records at once: their definitions, areas and units are read
    /// once for all of them.
    fn read_all(
        &self,
        query: &mut dyn Query,
        _: &App,
        ids: &BTreeSet<String>,
    ) -> Result<Vec<Document>, Failure> {
        let ids: Vec<Value> = ids.iter().map(|id| id.as_str().into()).collect();
        let mut states = Vec::with_capacity(ids.len());
        for some in ids.chunks(AT_ONCE) {
            let places: Vec<String> = (1..=some.len()).map(|n| format!("${n}")).collect();
            let sql = format!("select doc, body from register_record where id in ({})", places.join(", "));
            for row in &query.query(&sql, some)? {
                states.push((row.int(0)?, crate::projection::state(row.str(1)?)?));
            }
        }
        let names = Names::of(
            query,
            states.iter().map(|(_, state)| &state.values),
            std::iter::empty(),
            Locale::ZhCn,
        )?;
        let mut definitions = BTreeMap::new();
        let mut documents = Vec::with_capacity(states.len());
        for (number, state) in &states {
            if !definitions.contains_key(&state.register) {
                let found = crate::projection::last_published(query, &state.register)?;
                definitions.insert(state.register.clone(), found);
            }
            let text = clip(&said(&definitions[&state.register], state, &names), MOST);
            documents.push(Document { number: *number, text });
        }
        Ok(documents)
    }

    fn warm_up(&self) {
        search::warm_up();
    }

    fn terms(&self, text: &str) -> Vec<String> {
        search::terms(text)
    }
}

/// The terms that a record must hold for these words; none where they hold nothing that could
/// be found.
pub(crate) fn wanted(words: &str) -> Vec<Wanted> {
    let term = |term: search::Term| match term {
        search::Term::Exact(term) => Wanted::Exact(term),
        search::Term::Prefix(term) => Wanted::Prefix(term),
    };
    search::wanted(words).into_iter().map(term).collect()
}

/// Everything a record says, in words; a line each, so that no word runs over two.
fn said(definition: &Definition, state: &RecordState, names: &Names) -> String {
    let mut lines = vec![title(definition, state)];
    for (code, value) in &state.values {
        let Some(field) = definition.field(code).filter(|field| !field.is_sealed()) else { continue };
        match value {
            Held::Text(text) => lines.push(text.clone()),
            Held::Choice(codes) => {
                let labels = codes.iter().filter_map(|code| field.option(code));
                lines.extend(labels.flat_map(|option| both(&option.name)));
            }
            Held::Unit(unit) => lines.push(names.unit(unit.as_str(), false)),
            Held::Area(area) => lines.extend(names.areas.get(area.as_str()).cloned()),
            Held::Records(ids) => {
                lines.extend(
                    ids.iter().filter_map(|id| names.records.get(id)).map(|(_, title)| title.clone()),
                );
            }
            Held::Sealed(_) | Held::Files(_) => {}
            other => lines.push(field.written(other)),
        }
    }
    for contact in state.contacts.iter().filter(|contact| contact.void.is_none()) {
        lines.extend(
            [&contact.note.about, &contact.note.difficulty, &contact.note.promise].map(String::clone),
        );
    }
    lines
        .extend(state.flows.iter().filter(|line| line.void.is_none()).map(|line| line.flow.evidence.clone()));
    lines.extend(state.levels.iter().map(|award| award.document.clone()));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn both(name: &Name) -> [String; 2] {
    [name.zh.clone(), name.en.clone()]
}
