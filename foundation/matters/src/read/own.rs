//! The appeals someone filed with an e-mail address or a telephone number, and those of an
//! enterprise that the address is verified for: what its proven owner may see. One
//! person's data may be sealed together under a telephone number while the appeals name
//! different addresses, so each appeal's own card decides, not the person.

use super::list::uuid;
use crate::Matters;
use crate::configuration::Name;
use crate::configuration::categories::{self, Categories};
use crate::enterprises::accounts;
use crate::filing::{EMAIL, PHONE};
use kernel::MatterId;
use kernel::credit_code::normal_credit_code;
use kernel::text::{normal_email, normal_phone};
use kernel::time::Instant;
use matters_rules::command::ContactCard;
use matters_rules::{Matter, Phase};
use platform::{App, Failure};
use store::{Query, params};

/// The most appeals listed.
const MOST: usize = 200;

/// An appeal as its owner's list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRow {
    /// Which.
    pub id: MatterId,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its category's name, where known.
    pub category: Option<Name>,
    /// Where it is on its way.
    pub phase: Phase,
    /// When it was filed.
    pub filed_at: Instant,
    /// The promised date, while it is open.
    pub promised: Option<Instant>,
    /// Whether the result awaits the owner's word.
    pub awaits_rating: bool,
}

/// The appeals whose card names that address or number (in normal form), newest first.
///
/// # Errors
/// Whatever the store says.
pub fn own(query: &mut dyn Query, app: &App, address: &str) -> Result<Vec<OwnRow>, Failure> {
    let kind = if address.contains('@') { EMAIL } else { PHONE };
    let mut rows = Vec::new();
    let categories = categories::in_force(query, app)?;
    for subject in store::subjects::find(query, &app.vault.blind(kind, address), kind)? {
        let sql = "select id from matter where subject = $1 order by filed_at desc, id desc limit $2";
        for row in &query.query(sql, &params![&subject, MOST as i64])? {
            let names = |_: &Matter, card: &ContactCard| match kind {
                EMAIL => normal_email(&card.email).as_deref() == Some(address),
                _ => normal_phone(&card.phone).as_deref() == Some(address),
            };
            rows.extend(row_if(query, app, &categories, row.str(0)?, names)?);
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.filed_at));
    rows.truncate(MOST);
    Ok(rows)
}

/// The appeals of an enterprise that every verified address of it may see, newest first: those
/// whose card names its credit code, but for the shielded ones.
///
/// # Errors
/// Whatever the store says.
pub fn of_enterprise(query: &mut dyn Query, app: &App, code: &str) -> Result<Vec<OwnRow>, Failure> {
    let mut rows = Vec::new();
    let categories = categories::in_force(query, app)?;
    for id in accounts::matters_of(query, app, code, MOST)? {
        let is_theirs = |matter: &Matter, card: &ContactCard| {
            !matter.shielded && normal_credit_code(&card.credit_code).as_deref() == Some(code)
        };
        rows.extend(row_if(query, app, &categories, &id, is_theirs)?);
    }
    Ok(rows)
}

/// The row of a matter, if it is wanted as it and its contact card stand now. None of an
/// erased person.
fn row_if(
    query: &mut dyn Query,
    app: &App,
    categories: &Categories,
    id: &str,
    wanted: impl Fn(&Matter, &ContactCard) -> bool,
) -> Result<Option<OwnRow>, Failure> {
    let id: MatterId = uuid(id)?;
    let matter = platform::act::load::<Matters>(query, &id.to_string())?.state;
    let Some(card) = &matter.contact else { return Ok(None) };
    let Some(key) = platform::act::subject_key(query, &app.vault, &card.subject)? else { return Ok(None) };
    let card = app.vault.open(&key, card)?.into_inner();
    if !wanted(&matter, &card) {
        return Ok(None);
    }
    let title = match &matter.title {
        Some(title) => app.vault.open(&key, title)?.into_inner(),
        None => String::new(),
    };
    let category = matter.category.as_deref().and_then(|code| categories.get(code));
    Ok(row_of(id, title, category.map(|category| category.name.clone()), &matter))
}

fn row_of(id: MatterId, title: String, category: Option<Name>, matter: &Matter) -> Option<OwnRow> {
    Some(OwnRow {
        id,
        number: matter.number.clone(),
        title,
        category,
        phase: matter.phase,
        filed_at: matter.filed_at?,
        promised: matter.promise.as_ref().filter(|_| !matter.phase.is_ended()).map(|limit| limit.due),
        awaits_rating: matter.phase == Phase::CallBack && matter.round_rating().is_none(),
    })
}
