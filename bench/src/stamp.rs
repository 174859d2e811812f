//! A pattern is a matter with every row it has anywhere; a copy of it is the same rows under
//! ids, a number and a person of its own, its words sealed anew under that person's key. A
//! test holds that the copies' tables are those the journal gives.

use crate::BenchError;
use kernel::SubjectId;
use kernel::time::Instant;
use kernel::{MatterId, Source};
use matters_rules::figures::Fact;
use platform::App;
use platform::entropy::Fresh;
use platform::vault::{SubjectKey, Vault, hex};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use store::bulk::Appender;
use store::{NewEntry, Query, Snapshot, StoreError, Value, journal};

/// Authoritative tables of which a matter has rows, with a key of the engine's own left out.
const BESIDE: [(&str, &[&str]); 3] = [
    (
        "jobs",
        &[
            "kind",
            "key",
            "payload",
            "run_at",
            "attempts",
            "last_error",
            "locked_until",
            "state",
            "created_at",
        ],
    ),
    ("subject_keys", &["subject", "wrapped", "created_at"]),
    ("subject_index", &["blind", "kind", "subject"]),
];

/// A table that is copied.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Columns in the order of the rows.
    pub columns: Vec<String>,
}

/// See the module.
pub struct Pattern {
    /// When it was filed.
    pub filed_at: Instant,
    /// Its events.
    pub events: usize,
    /// Its dated facts.
    pub facts: Vec<Fact>,
    /// Its terms in the full-text index; none where it is in none.
    pub terms: Vec<String>,
    /// Whether it waits for review now.
    pub registered: bool,
    id: String,
    day: String,
    code: String,
    ids: Vec<String>,
    sealed: Vec<serde_json::Value>,
    entries: Vec<Entry>,
    rows: Vec<(usize, Vec<Cell>)>,
    blinds: usize,
}

struct Entry {
    kind: String,
    actor: Vec<Piece>,
    source: Source,
    occurred_at: Instant,
    recorded_at: Instant,
    body: Vec<Piece>,
}

/// A value of a row, as far as it is the same in every copy.
#[derive(Clone)]
enum Cell {
    Same(Value),
    Text(Vec<Piece>),
    /// Number in the full-text index: the position it begins at.
    Doc,
    /// The person's wrapped key.
    Wrapped,
}

/// A stretch of text.
#[derive(Clone, PartialEq)]
enum Piece {
    Same(String),
    Id(usize),
    Subject,
    Number,
    Code,
    Blind(usize),
    Sealed(usize),
}

/// What a copy has of its own.
pub struct Own {
    /// Its id.
    pub id: MatterId,
    ids: Vec<String>,
    subject: String,
    wrapped: Vec<u8>,
    number: String,
    code: String,
    blinds: Vec<String>,
    sealed: Vec<String>,
}

/// Tables of other streams, which name a matter and are not its own: a call is no part of it.
const OTHERS: [&str; 1] = ["reception"];

/// All tables whose rows are copied: those of the projections, and a few beside.
///
/// # Errors
/// Whatever the store says.
pub fn tables(q: &mut dyn Query) -> Result<Vec<Table>, StoreError> {
    let features = tongxin::features::all();
    let projected = features.iter().flat_map(|feature| &feature.projections);
    let names = projected.flat_map(|projection| projection.tables()).map(|table| table.name);
    let names = names.filter(|name| !OTHERS.contains(name));
    let mut tables = Vec::new();
    for name in names {
        tables.push(Table { name: name.to_owned(), columns: store::bulk::columns(q, name)? });
    }
    tables.extend(BESIDE.iter().map(|(name, columns)| Table {
        name: (*name).to_owned(),
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
    }));
    Ok(tables)
}

/// Every matter of the installation as a pattern, oldest first. `codes` are the appellants'
/// codes by number.
///
/// # Errors
/// See [`BenchError`].
pub async fn patterns(app: &App, codes: &HashMap<String, String>) -> Result<Vec<Pattern>, BenchError> {
    let codes = codes.clone();
    let patterns = app.read(move |snapshot, app| {
        let mut drawn = Vec::new();
        for matter in matters(snapshot)? {
            drawn.push(Drawing::begin(snapshot, app, matter, &codes)?);
        }
        let tables = tables(snapshot)?;
        hang_rows(snapshot, &tables, &mut drawn)?;
        Ok(drawn.into_iter().map(Drawing::finish).collect::<Vec<Pattern>>())
    });
    Ok(patterns.await?)
}

/// A matter as the list knows it.
struct Listed {
    id: String,
    number: String,
    subject: String,
    code_hmac: String,
    filed_at: Instant,
    registered: bool,
}

fn matters(snapshot: &mut Snapshot) -> Result<Vec<Listed>, StoreError> {
    let rows = snapshot.query(
        "select id, number, subject, coalesce(code_hmac, ''), filed_at, phase from matter order by filed_at, id",
        &[],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Listed {
                id: row.text(0)?,
                number: row.text(1)?,
                subject: row.text(2)?,
                code_hmac: row.text(3)?,
                filed_at: row.instant(4)?,
                registered: row.str(5)? == "registered",
            })
        })
        .collect()
}

/// A pattern that is being drawn, with what its texts are cut at.
struct Drawing {
    pattern: Pattern,
    tokens: Vec<(String, Piece)>,
    doc: i64,
}

impl Drawing {
    fn begin(
        snapshot: &mut Snapshot,
        app: &App,
        matter: Listed,
        codes: &HashMap<String, String>,
    ) -> Result<Self, platform::Failure> {
        let entries = journal::load(snapshot, &format!("matter:{}", matter.id), 0)?;
        let doc = entries.first().map_or(0, |first| first.position);
        let nodes =
            snapshot.query("select node from matter_node where matter = $1", &[matter.id.as_str().into()])?;
        let mut ids = vec![matter.id.clone()];
        for node in &nodes {
            ids.push(node.text(0)?);
        }
        let facts = snapshot.query(
            "select data from matter_fact where matter = $1 order by version, seq",
            &[matter.id.as_str().into()],
        )?;
        let facts = facts.iter().map(|row| Ok(serde_json::from_str(row.str(0)?)?));
        let facts = facts.collect::<Result<Vec<Fact>, platform::Failure>>()?;
        let mut tokens: Vec<(String, Piece)> =
            ids.iter().enumerate().map(|(index, id)| (id.clone(), Piece::Id(index))).collect();
        tokens.push((matter.subject.clone(), Piece::Subject));
        tokens.push((matter.number.clone(), Piece::Number));
        if !matter.code_hmac.is_empty() {
            tokens.push((matter.code_hmac.clone(), Piece::Code));
        }
        let (sealed, words) = opened(snapshot, app, &matter.subject, &entries)?;
        for (index, ciphertext) in sealed.iter().enumerate() {
            tokens.push((ciphertext.clone(), Piece::Sealed(index)));
        }
        let blinds = snapshot.query(
            "select blind from subject_index where subject = $1 order by blind",
            &[matter.subject.as_str().into()],
        )?;
        for (index, row) in blinds.iter().enumerate() {
            tokens.push((row.text(0)?, Piece::Blind(index)));
        }
        let cut = |text: &str| cut(text, &tokens);
        let entries_cut = entries
            .iter()
            .map(|entry| Entry {
                kind: entry.kind.clone(),
                actor: cut(&entry.actor),
                source: entry.source,
                occurred_at: entry.occurred_at,
                recorded_at: entry.recorded_at,
                body: cut(&entry.body),
            })
            .collect();
        let terms = match app.texts.iter().find(|index| index.name() == matters::search::INDEX) {
            Some(index) => {
                let document = index.read(snapshot, app, &matter.id)?;
                document.map(|document| index.terms(&document.text)).unwrap_or_default()
            }
            None => Vec::new(),
        };
        let pattern = Pattern {
            filed_at: matter.filed_at,
            events: entries.len(),
            facts,
            terms,
            registered: matter.registered,
            id: matter.id,
            day: matter.number.chars().take(8).collect(),
            code: codes.get(&matter.number).cloned().unwrap_or_default(),
            ids,
            sealed: words,
            entries: entries_cut,
            rows: Vec::new(),
            blinds: blinds.len(),
        };
        Ok(Self { pattern, tokens, doc })
    }

    /// Takes a row of a table.
    fn hang(&mut self, table: usize, columns: &[String], row: &[Value]) {
        let cells = columns.iter().zip(row).map(|(column, value)| match value {
            Value::Int(doc) if column == "doc" && *doc == self.doc => Cell::Doc,
            Value::Bytes(_) if column == "wrapped" => Cell::Wrapped,
            Value::Text(text) => match cut(text, &self.tokens).as_slice() {
                [Piece::Same(_)] | [] => Cell::Same(value.clone()),
                pieces => Cell::Text(pieces.to_vec()),
            },
            value => Cell::Same(value.clone()),
        });
        let cells = cells.collect();
        self.pattern.rows.push((table, cells));
    }

    fn finish(self) -> Pattern {
        self.pattern
    }
}

/// Gives each row to the patterns whose ids it names.
fn hang_rows(snapshot: &mut Snapshot, tables: &[Table], drawn: &mut [Drawing]) -> Result<(), StoreError> {
    let mut named: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, drawing) in drawn.iter().enumerate() {
        for (token, piece) in &drawing.tokens {
            if matches!(piece, Piece::Id(_) | Piece::Subject) {
                named.entry(token.clone()).or_default().push(index);
            }
        }
    }
    for (number, table) in tables.iter().enumerate() {
        let sql = format!("select {} from {}", table.columns.join(", "), table.name);
        let mut rows = Vec::new();
        snapshot.query_each(&sql, &[], &mut |row| {
            rows.push(row.into_values());
            Ok(())
        })?;
        for row in rows {
            let texts = row.iter().filter_map(|value| match value {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            });
            let whose: std::collections::BTreeSet<usize> =
                texts.flat_map(ids_in).filter_map(|id| named.get(id)).flatten().copied().collect();
            // A row of one matter may name the person of others: its own id decides then.
            let own: Vec<usize> =
                whose.iter().copied().filter(|index| names_matter(&row, &drawn[*index])).collect();
            for index in if own.is_empty() { whose.into_iter().collect() } else { own } {
                drawn[index].hang(number, &table.columns, &row);
            }
        }
    }
    Ok(())
}

fn names_matter(row: &[Value], drawing: &Drawing) -> bool {
    let ids = &drawing.pattern.ids;
    row.iter().any(
        |value| matches!(value, Value::Text(text) if ids_in(text).any(|id| ids.iter().any(|own| own == id))),
    )
}

/// What looks like an id in a text: 32 hexadecimal digits, or a UUID.
fn ids_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_digit() || ('a'..='f').contains(&c) || c == '-'))
        .filter(|part| part.len() == 36 || part.len() == 32)
}

/// The ciphertexts of the entries and what they say.
fn opened(
    snapshot: &mut Snapshot,
    app: &App,
    subject: &str,
    entries: &[store::Entry],
) -> Result<(Vec<String>, Vec<serde_json::Value>), platform::Failure> {
    let subject = SubjectId(subject.to_owned());
    let key =
        platform::act::subject_key(snapshot, &app.vault, &subject)?.ok_or(platform::Failure::NotFound)?;
    let mut ciphertexts: Vec<String> = Vec::new();
    let mut words = Vec::new();
    let before = format!("{{\"s\":\"{}\",\"c\":\"", subject.0);
    for entry in entries {
        for (at, _) in entry.body.match_indices(&before) {
            let rest = &entry.body[at + before.len()..];
            let ciphertext = rest.split('"').next().unwrap_or_default().to_owned();
            if !ciphertexts.contains(&ciphertext) {
                let sealed =
                    kernel::Sealed::<serde_json::Value>::from_parts(subject.clone(), ciphertext.clone());
                words.push(app.vault.open(&key, &sealed)?.into_inner());
                ciphertexts.push(ciphertext);
            }
        }
    }
    Ok((ciphertexts, words))
}

/// Cuts a text at every token.
fn cut(text: &str, tokens: &[(String, Piece)]) -> Vec<Piece> {
    let mut found: BTreeMap<usize, (usize, &Piece)> = BTreeMap::new();
    for (token, piece) in tokens {
        for (at, _) in text.match_indices(token.as_str()) {
            found.insert(at, (at + token.len(), piece));
        }
    }
    let mut pieces = Vec::with_capacity(found.len() * 2 + 1);
    let mut done = 0;
    let same = |range: Range<usize>, pieces: &mut Vec<Piece>| {
        if !range.is_empty() {
            pieces.push(Piece::Same(text[range].to_owned()));
        }
    };
    for (at, (end, piece)) in found {
        if at >= done {
            same(done..at, &mut pieces);
            pieces.push(piece.clone());
            done = end;
        }
    }
    same(done..text.len(), &mut pieces);
    pieces
}

impl Pattern {
    /// Its own id: where it was played.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What the copy with this running number has of its own. Ids sort by time of filing.
    pub fn own(&self, vault: &Vault, fresh: &mut Fresh, running: u64) -> Own {
        let (key, wrapped) = vault.new_subject(fresh);
        let ids: Vec<uuid::Uuid> =
            (0..self.ids.len()).map(|part| sorted_id(self.filed_at, running, part)).collect();
        let number = format!("{}{:07}", self.day, 1_000_000 + running);
        Own {
            id: MatterId(ids[0]),
            ids: ids.iter().map(uuid::Uuid::to_string).collect(),
            code: vault.code_digest(&number, &self.code),
            number,
            blinds: (0..self.blinds).map(|_| hex(&fresh.bytes::<32>())).collect(),
            sealed: self.sealed.iter().map(|words| sealed(vault, &key, words, fresh)).collect(),
            subject: key.subject().0.clone(),
            wrapped,
        }
    }

    /// Appends the copy's stream; gives its number in the full-text index.
    pub fn append(&self, own: &Own, appender: &mut Appender) -> i64 {
        appender.stream(&format!("matter:{}", own.ids[0]), &self.entries_of(own))
    }

    /// The copy's entries.
    pub fn entries_of(&self, own: &Own) -> Vec<NewEntry> {
        self.entries
            .iter()
            .map(|entry| NewEntry {
                kind: entry.kind.clone(),
                actor: own.text(&entry.actor),
                source: entry.source,
                occurred_at: entry.occurred_at,
                recorded_at: entry.recorded_at,
                body: own.text(&entry.body),
            })
            .collect()
    }

    /// The copy's rows, each with the number of its table in [`tables`].
    pub fn rows<'a>(&'a self, own: &'a Own, doc: i64) -> impl Iterator<Item = (usize, Vec<Value>)> + 'a {
        self.rows.iter().map(move |(table, cells)| {
            let value = |cell: &Cell| match cell {
                Cell::Same(value) => value.clone(),
                Cell::Text(pieces) => Value::Text(own.text(pieces)),
                Cell::Doc => Value::Int(doc),
                Cell::Wrapped => Value::Bytes(own.wrapped.clone()),
            };
            (*table, cells.iter().map(value).collect())
        })
    }
}

impl Own {
    fn text(&self, pieces: &[Piece]) -> String {
        let mut text = String::new();
        for piece in pieces {
            text.push_str(match piece {
                Piece::Same(same) => same,
                Piece::Id(index) => &self.ids[*index],
                Piece::Subject => &self.subject,
                Piece::Number => &self.number,
                Piece::Code => &self.code,
                Piece::Blind(index) => &self.blinds[*index],
                Piece::Sealed(index) => &self.sealed[*index],
            });
        }
        text
    }
}

fn sealed(vault: &Vault, key: &SubjectKey, words: &serde_json::Value, fresh: &mut Fresh) -> String {
    vault.seal(key, words, fresh).ciphertext
}

/// A UUID of version 7 whose order is that of filing, then of copying.
fn sorted_id(filed_at: Instant, running: u64, part: usize) -> uuid::Uuid {
    let millis = u128::try_from(filed_at.micros() / 1000).unwrap_or(0);
    let tail = (u128::from(running) << 8) | (part as u128 & 0xff);
    uuid::Uuid::from_u128((millis << 80) | (0x7 << 76) | (0x2 << 62) | (tail & ((1 << 62) - 1)))
}
