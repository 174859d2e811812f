//! Items, their words, reports and quotes as rows.

use crate::rules::item::{Event, ItemRules, State};
use crate::rules::quote::{Event as QuoteEvent, Quoting};
use crate::rules::{Content, Quoted};
use crate::syllables::syllables;
use kernel::initials::readings;
use kernel::time::Instant;
use kernel::{Actor, Aggregate, Source};
use std::collections::BTreeMap;
use store::{Entry, Projection, Query, StoreError, TableDef, Tx, params};

/// `content` is the version in force (or the last that was), `draft` what is being changed:
/// both the JSON of [`Content`], empty where there is none. `title`, `unit`, `kind` and the
/// dates are the content's, or the draft's while there is no version yet. `initials` and
/// `syllables`: of the title and the wordings of the question.
const ITEM: &str = "
create table knowledge_item (
    id text primary key,
    state text not null,
    kind text not null,
    title text not null,
    unit text not null,
    area text not null,
    category text not null,
    version bigint not null,
    valid_from text not null,
    valid_until text not null,
    apply_until text not null,
    content text not null,
    draft text not null,
    submitted bigint not null,
    initials text not null,
    syllables text not null,
    moved_at bigint not null
);
create index knowledge_item_unit on knowledge_item (unit, state);
create index knowledge_item_until on knowledge_item (state, valid_until);
";

/// The words of the versions in force: `weight` 3 for title and question, 1 for the answer.
const TERM: &str = "
create table knowledge_term (
    item text not null,
    term text not null,
    weight bigint not null,
    primary key (item, term)
);
create index knowledge_term_term on knowledge_term (term);
";

const REPORT: &str = "
create table knowledge_report (
    id text primary key,
    item text not null,
    version bigint not null,
    words text not null,
    matter text,
    account text,
    at bigint not null,
    due bigint not null,
    outcome text,
    settled_at bigint
);
create index knowledge_report_item on knowledge_report (item, at);
create index knowledge_report_open on knowledge_report (settled_at, due);
";

const QUOTE: &str = "
create table knowledge_quote (
    matter text not null,
    item text not null,
    version bigint not null,
    account text,
    at bigint not null,
    primary key (matter, item, version)
);
create index knowledge_quote_item on knowledge_quote (item, at);
create index knowledge_quote_at on knowledge_quote (at);
";

/// Weight of a word of the title or the question.
const HEAD: i64 = 3;
/// Of the answer, the conditions and the source.
const BODY: i64 = 1;

/// Keeps `knowledge_item`, `knowledge_term` and `knowledge_report`.
#[derive(Clone, Copy, Debug)]
pub struct KnowledgeProjection;

impl Projection for KnowledgeProjection {
    fn name(&self) -> &'static str {
        "knowledge"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef { name: "knowledge_item", ddl: ITEM, order_by: "id" },
            TableDef { name: "knowledge_term", ddl: TERM, order_by: "item, term" },
            TableDef { name: "knowledge_report", ddl: REPORT, order_by: "id" },
        ]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((ItemRules::KIND, id)) = entry.stream.split_once(':') else {
            return Ok(());
        };
        let event: Event = serde_json::from_str(&entry.body).map_err(|error| unreadable(entry, &error))?;
        let at = when(entry);
        match event {
            Event::Drafted { content } => drafted(tx, id, &content, at),
            Event::Submitted => {
                tx.execute(
                    "update knowledge_item set submitted = 1, moved_at = $2, \
                     state = case when state = 'drafted' then 'submitted' else state end where id = $1",
                    &params![id, at],
                )?;
                Ok(())
            }
            Event::Approved { version } => approved(tx, id, version, at),
            Event::SentBack { .. } => {
                tx.execute(
                    "update knowledge_item set submitted = 0, moved_at = $2, \
                     state = case when state = 'submitted' then 'drafted' else state end where id = $1",
                    &params![id, at],
                )?;
                Ok(())
            }
            Event::Discarded => discarded(tx, id, at),
            Event::Withdrawn { .. } => {
                tx.execute(
                    "update knowledge_item set state = 'withdrawn', moved_at = $2 where id = $1",
                    &params![id, at],
                )?;
                tx.execute("delete from knowledge_term where item = $1", &params![id])?;
                Ok(())
            }
            Event::Reported { report, version, text, matter, due } => {
                tx.execute(
                    "insert into knowledge_report (id, item, version, words, matter, account, at, due) \
                     values ($1, $2, $3, $4, $5, $6, $7, $8)",
                    &params![
                        report.to_string(),
                        id,
                        version,
                        text,
                        matter.map(|matter| matter.to_string()),
                        account(entry)?,
                        at,
                        due
                    ],
                )?;
                Ok(())
            }
            Event::Settled { report, outcome, .. } => {
                tx.execute(
                    "update knowledge_report set outcome = $2, settled_at = $3 where id = $1",
                    &params![report.to_string(), outcome.code(), at],
                )?;
                Ok(())
            }
        }
    }
}

fn drafted(tx: &mut Tx, id: &str, content: &Content, at: Instant) -> Result<(), StoreError> {
    let json = json(content)?;
    let known = tx.query_one_opt("select version from knowledge_item where id = $1", &params![id])?;
    match known.map(|row| row.int(0)).transpose()? {
        // What is in force stands for the item until the draft takes its place.
        Some(version) if version > 0 => {
            tx.execute(
                "update knowledge_item set draft = $2, submitted = 0, moved_at = $3 where id = $1",
                &params![id, json, at],
            )?;
        }
        known => {
            if known.is_some() {
                tx.execute("delete from knowledge_item where id = $1", &params![id])?;
            }
            tx.execute(
                "insert into knowledge_item (id, state, kind, title, unit, area, category, version, \
                 valid_from, valid_until, apply_until, content, draft, submitted, initials, syllables, \
                 moved_at) values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, '', $11, 0, '', '', $12)",
                &params![
                    id,
                    State::Drafted.code(),
                    content.kind.code(),
                    content.title.as_str(),
                    content.unit.as_str(),
                    area(content),
                    content.category.clone().unwrap_or_default(),
                    content.from.to_string(),
                    content.until.to_string(),
                    apply_until(content),
                    json,
                    at
                ],
            )?;
        }
    }
    Ok(())
}

fn approved(tx: &mut Tx, id: &str, version: u32, at: Instant) -> Result<(), StoreError> {
    let draft = tx.query_one("select draft from knowledge_item where id = $1", &params![id])?.text(0)?;
    let content: Content = serde_json::from_str(&draft)
        .map_err(|error| StoreError::Corrupt(format!("the draft of {id}: {error}")))?;
    let asked = heads(&content);
    tx.execute(
        "update knowledge_item set state = 'in_force', kind = $2, title = $3, unit = $4, area = $5, \
         category = $6, version = $7, valid_from = $8, valid_until = $9, apply_until = $10, content = $11, \
         draft = '', submitted = 0, initials = $12, syllables = $13, moved_at = $14 where id = $1",
        &params![
            id,
            content.kind.code(),
            content.title.as_str(),
            content.unit.as_str(),
            area(&content),
            content.category.clone().unwrap_or_default(),
            version,
            content.from.to_string(),
            content.until.to_string(),
            apply_until(&content),
            draft,
            asked.iter().map(|text| readings(text)).collect::<Vec<_>>().join(" "),
            asked.iter().map(|text| syllables(text)).collect::<Vec<_>>().join(" "),
            at
        ],
    )?;
    index(tx, id, &content)
}

/// A draft that is given up leaves the version in force; without one nothing is left to list.
fn discarded(tx: &mut Tx, id: &str, at: Instant) -> Result<(), StoreError> {
    tx.execute("delete from knowledge_item where id = $1 and version = 0", &params![id])?;
    tx.execute(
        "update knowledge_item set draft = '', submitted = 0, moved_at = $2 where id = $1",
        &params![id, at],
    )?;
    Ok(())
}

/// Title and wordings of the question: what is matched before all else.
fn heads(content: &Content) -> Vec<&str> {
    let questions = content.questions.iter().map(String::as_str);
    std::iter::once(content.title.as_str()).chain(questions).collect()
}

fn index(tx: &mut Tx, id: &str, content: &Content) -> Result<(), StoreError> {
    let mut weights: BTreeMap<String, i64> = BTreeMap::new();
    let offer = content.offer.iter().flat_map(|offer| [offer.conditions.as_str(), offer.procedure.as_str()]);
    let body = [content.answer.as_str(), content.source.title.as_str(), content.source.number.as_str()];
    for text in body.into_iter().chain(offer) {
        weights.extend(search::terms(text).into_iter().map(|term| (term, BODY)));
    }
    for text in heads(content) {
        weights.extend(search::terms(text).into_iter().map(|term| (term, HEAD)));
    }
    tx.execute("delete from knowledge_term where item = $1", &params![id])?;
    let sql = "insert into knowledge_term (item, term, weight) values ($1, $2, $3)";
    let rows: Vec<_> = weights.into_iter().map(|(term, weight)| (sql, params![id, term, weight])).collect();
    tx.batch(&rows)?;
    Ok(())
}

/// Keeps `knowledge_quote`.
#[derive(Clone, Copy, Debug)]
pub struct QuoteProjection;

impl Projection for QuoteProjection {
    fn name(&self) -> &'static str {
        "knowledge_quotes"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[TableDef { name: "knowledge_quote", ddl: QUOTE, order_by: "matter, item, version" }]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((Quoting::KIND, matter)) = entry.stream.split_once(':') else {
            return Ok(());
        };
        let event = serde_json::from_str(&entry.body).map_err(|error| unreadable(entry, &error))?;
        let QuoteEvent::Quoted(Quoted { item, version }) = event;
        tx.execute_later(
            "insert into knowledge_quote (matter, item, version, account, at) values ($1, $2, $3, $4, $5)",
            params![matter, item.to_string(), version, account(entry)?, when(entry)],
        )
    }
}

fn area(content: &Content) -> String {
    content.area.as_ref().map(|area| area.0.clone()).unwrap_or_default()
}

fn apply_until(content: &Content) -> String {
    let last = content.offer.as_ref().and_then(|offer| offer.apply_until);
    last.map(|day| day.to_string()).unwrap_or_default()
}

fn json(content: &Content) -> Result<String, StoreError> {
    serde_json::to_string(content).map_err(|error| StoreError::Corrupt(error.to_string()))
}

fn when(entry: &Entry) -> Instant {
    match entry.source {
        Source::Live => entry.recorded_at,
        Source::Imported | Source::Replayed => entry.occurred_at,
    }
}

fn account(entry: &Entry) -> Result<Option<String>, StoreError> {
    let actor: Actor = serde_json::from_str(&entry.actor).map_err(|error| unreadable(entry, &error))?;
    Ok(actor.account().map(|account| account.to_string()))
}

fn unreadable(entry: &Entry, error: &serde_json::Error) -> StoreError {
    StoreError::Corrupt(format!("{} {}: {error}", entry.stream, entry.version))
}
