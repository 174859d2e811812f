//! The contacts of a record as its page shows them, with the matters they became.

use kernel::MatterId;
use kernel::permission::Grant;
use kernel::time::{Date, Instant};
use matters::{Row, words};
use platform::ui::Page;
use platform::{App, Failure};
use registers::rules::RecordState;
use registers::rules::record::Contact;
use std::collections::BTreeMap;
use store::{Query, params};

/// A contact, in words.
pub(crate) struct ContactShown {
    pub id: String,
    pub on: String,
    pub way: String,
    pub about: String,
    pub difficulty: String,
    /// The appeal the difficulty became.
    pub appeal: Option<MatterShown>,
    pub promise: String,
    pub promised_by: String,
    pub late: bool,
    pub kept_on: String,
    /// The matter the promise became.
    pub matter: Option<MatterShown>,
    pub void: String,
}

/// A matter that came of a contact: what whoever noted it may know of it.
pub(crate) struct MatterShown {
    pub number: String,
    pub phase: String,
    /// When it was promised; empty where that is not known yet, or it is over.
    pub due: String,
    /// How it was closed; empty while it is open.
    pub closing: String,
    /// Empty for a reader who may see no matters at all.
    pub href: String,
    /// Its lights, for a reader who may see it.
    pub lights: Vec<(&'static str, String)>,
}

/// A matter as the record's page needs it.
pub(crate) struct MatterRow {
    number: String,
    phase: String,
    closing: Option<String>,
    promise_due: Option<Instant>,
    seen: Option<Row>,
}

/// The matters that contacts of this record became.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn matters(
    q: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    state: &RecordState,
) -> Result<BTreeMap<MatterId, MatterRow>, Failure> {
    let named = state.contacts.iter().flat_map(|contact| contact.appeal.iter().chain(&contact.matter));
    let named: Vec<MatterId> = named.copied().collect();
    let seen = matters::read::rows(q, app, grants, &named)?;
    let mut found = BTreeMap::new();
    for matter in &named {
        let sql = "select number, phase, closing, promise_due from matter where id = $1";
        if let Some(row) = q.query_one_opt(sql, &params![matter.to_string()])? {
            let promise_due = row.opt_int(3)?.map(Instant::from_micros);
            let row = MatterRow {
                number: row.text(0)?,
                phase: row.text(1)?,
                closing: row.opt_text(2)?,
                promise_due,
                seen: seen.iter().find(|row| row.id == *matter).cloned(),
            };
            found.insert(*matter, row);
        }
    }
    Ok(found)
}

/// The contacts, newest entry first.
pub(crate) fn shown(
    page: &Page,
    state: &RecordState,
    matters: &BTreeMap<MatterId, MatterRow>,
    today: Date,
    reads_matters: bool,
) -> Vec<ContactShown> {
    let matter = |id: &Option<MatterId>| id.map(|id| of_matter(page, id, matters.get(&id), reads_matters));
    let one = |contact: &Contact| ContactShown {
        id: contact.id.to_string(),
        on: page.date(&contact.note.on),
        way: page.t(contact.note.way.key()),
        about: contact.note.about.clone(),
        difficulty: contact.note.difficulty.clone(),
        appeal: matter(&contact.appeal),
        promise: contact.note.promise.clone(),
        promised_by: contact.note.promised_by.map(|by| page.date(&by)).unwrap_or_default(),
        late: is_late(contact, matters, today),
        kept_on: contact.kept_on.map(|on| page.date(&on)).unwrap_or_default(),
        matter: matter(&contact.matter),
        void: contact.void.clone().unwrap_or_default(),
    };
    state.contacts.iter().rev().map(one).collect()
}

/// A promise is late while it is neither kept nor settled otherwise.
fn is_late(contact: &Contact, matters: &BTreeMap<MatterId, MatterRow>, today: Date) -> bool {
    let settled = contact.matter.and_then(|id| matters.get(&id)).is_some_and(|row| row.closing.is_some());
    let passed = contact.note.promised_by.is_some_and(|by| by < today);
    passed && contact.kept_on.is_none() && !settled
}

/// A limit that ends at midnight belongs to the day that it ends.
fn due_words(page: &Page, due: Instant) -> String {
    let day = page.site.zone.date_of(due.plus_micros(-1));
    page.t1("register-matter-due", "date", page.date(&day))
}

fn of_matter(page: &Page, id: MatterId, row: Option<&MatterRow>, reads_matters: bool) -> MatterShown {
    let open = |row: &&MatterRow| row.closing.is_none();
    MatterShown {
        number: row.map(|row| row.number.clone()).unwrap_or_default(),
        phase: row.map(|row| page.t(&format!("phase-{}", row.phase))).unwrap_or_default(),
        due: row
            .filter(open)
            .and_then(|row| row.promise_due)
            .map(|due| due_words(page, due))
            .unwrap_or_default(),
        closing: row
            .and_then(|row| row.closing.as_ref())
            .map(|code| page.t(&format!("closing-type-{code}")))
            .unwrap_or_default(),
        lights: row.and_then(|row| row.seen.as_ref()).map(|row| words::lights(page, row)).unwrap_or_default(),
        href: if reads_matters { format!("/matters/{id}") } else { String::new() },
    }
}
