//! What a person was told, and what went out about a matter.

use crate::rules::{About, Channel, Fate, Leads};
use crate::settings::{self, Seen};
use kernel::time::Instant;
use kernel::{AccountId, MatterId, NodeId};
use matters::configuration::NoticeKind;
use platform::{App, Failure, Work};
use store::{Query, Row, StoreError, params};

/// Rows of a page.
pub const PAGE: i64 = 30;

/// A notice in a person's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its place in the journal: names it to its owner, and pages the list.
    pub position: i64,
    /// What for.
    pub kind: NoticeKind,
    /// What it is about.
    pub about: About,
    /// The name of the stream it stands in.
    pub of: String,
    /// Which assignment.
    pub node: Option<NodeId>,
    /// The limit it speaks of.
    pub due: Option<Instant>,
    /// When.
    pub at: Instant,
    /// Whether it was read.
    pub read: bool,
}

impl Line {
    /// The matter it is about, if it is about one.
    pub fn matter(&self) -> Option<MatterId> {
        match self.about {
            About::Matter(matter) => Some(matter),
            About::Page(_) => None,
        }
    }
}

/// A notice about a matter, and the ways it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Went {
    /// What for.
    pub kind: NoticeKind,
    /// The post's title of whom it went to; none for the appellant.
    pub to: Option<String>,
    /// When it was told.
    pub at: Instant,
    /// Ways out of the house: what became of it there, and when.
    pub ways: Vec<(Channel, Instant, Fate)>,
}

/// A person's notices before a place (`None`: from the newest), newest first; up to
/// [`PAGE`] and one more.
///
/// # Errors
/// Whatever the store says.
pub fn list(
    query: &mut dyn Query,
    app: &App,
    account: AccountId,
    before: Option<i64>,
) -> Result<Vec<Line>, Failure> {
    let seen = settings::seen(query, app, account)?;
    let sql = format!("{LINE} where account = $1 and position < $2 order by position desc limit $3");
    let rows = query.query(&sql, &params![account.to_string(), before.unwrap_or(i64::MAX), PAGE + 1])?;
    Ok(rows.iter().map(|row| line(row, &seen)).collect::<Result<_, _>>()?)
}

/// One of them.
///
/// # Errors
/// Whatever the store says.
pub fn one(query: &mut dyn Query, account: AccountId, position: i64) -> Result<Option<Line>, Failure> {
    let sql = format!("{LINE} where account = $1 and position = $2");
    let row = query.query_one_opt(&sql, &params![account.to_string(), position])?;
    Ok(row.as_ref().map(|row| line(row, &Seen::default())).transpose()?)
}

/// How many a person has not read.
///
/// # Errors
/// Whatever the store says.
pub fn unread(query: &mut dyn Query, app: &App, account: AccountId) -> Result<u64, Failure> {
    let seen = settings::seen(query, app, account)?;
    let sql = "select count(*) from notice where account = $1 and position > $2";
    let later = query.query_one(sql, &params![account.to_string(), seen.until])?.int(0)?;
    Ok(u64::try_from(later).unwrap_or(0).saturating_sub(seen.single.len() as u64))
}

/// Notes that one of a person's own was read.
///
/// # Errors
/// Whatever the store says.
pub fn mark_one(work: &mut Work<'_>, account: AccountId, position: i64) -> Result<(), Failure> {
    let app = work.app();
    let mut seen = settings::seen(work.tx, app, account)?;
    if seen.holds(position) {
        return Ok(());
    }
    seen.single.push(position);
    settings::keep_seen(work, account, &seen)
}

/// Notes that all were read, up to the newest.
///
/// # Errors
/// Whatever the store says.
pub fn mark_all(work: &mut Work<'_>, account: AccountId) -> Result<(), Failure> {
    let sql = "select coalesce(max(position), 0) from notice where account = $1";
    let until = work.tx.query_one(sql, &params![account.to_string()])?.int(0)?;
    settings::keep_seen(work, account, &Seen { until, single: Vec::new() })
}

/// Everything that was told about a matter, newest first.
///
/// # Errors
/// Whatever the store says.
pub fn of_matter(query: &mut dyn Query, matter: MatterId) -> Result<Vec<Went>, Failure> {
    let id = matter.to_string();
    let ways = query.query(
        "select key, channel, at, fate from notice_way where matter = $1 order by key, channel",
        &params![&id],
    )?;
    let rows = query.query(
        "select n.key, n.kind, n.account, a.name, n.at from notice n left join account a on a.id = n.account \
         where n.matter = $1 order by n.position desc",
        &params![&id],
    )?;
    let mut told = Vec::with_capacity(rows.len());
    for row in &rows {
        let key = row.str(0)?;
        let mut went = Vec::new();
        for way in ways.iter().filter(|way| way.str(0).is_ok_and(|of| of == key)) {
            let became = Channel::parse(way.str(1)?).zip(Fate::parse(way.str(3)?));
            went.extend(became.map(|(channel, fate)| Ok::<_, StoreError>((channel, way.instant(2)?, fate))));
        }
        let to = if row.str(2)?.is_empty() { None } else { Some(row.opt_text(3)?.unwrap_or_default()) };
        let ways = went.into_iter().collect::<Result<_, _>>()?;
        told.push(Went { kind: kind(row.str(1)?)?, to, at: row.instant(4)?, ways });
    }
    Ok(told)
}

/// Notices of an account that no message carried out of the house yet, those that were given up
/// among them; oldest first.
pub(crate) fn undelivered(
    query: &mut dyn Query,
    account: AccountId,
    channel: Channel,
    since: Instant,
) -> Result<Vec<(String, Line)>, Failure> {
    let sql = "select position, kind, matter, node, due, at, page, href, key from notice n where account = $1 and at >= $2 \
               and not exists (select 1 from notice_way w where w.matter = n.matter and w.key = n.key \
               and w.channel = $3 and w.fate <> 'given_up') order by position limit 200";
    let rows = query.query(sql, &params![account.to_string(), since, channel.code()])?;
    rows.iter().map(|row| Ok((row.text(8)?, line(row, &Seen::default())?))).collect()
}

const LINE: &str = "select position, kind, matter, node, due, at, page, href from notice";

fn line(row: &Row, seen: &Seen) -> Result<Line, StoreError> {
    let unreadable = |what: &str| StoreError::Corrupt(format!("notice {what}"));
    let position = row.int(0)?;
    let node = row.opt_str(3)?.map(|node| node.parse().map_err(|_| unreadable(node))).transpose()?;
    let about = match (row.opt_text(6)?, row.opt_text(7)?) {
        (Some(name), Some(href)) => About::Page(Leads { name, href }),
        _ => About::Matter(row.str(2)?.parse().map_err(|_| unreadable("of no matter"))?),
    };
    Ok(Line {
        position,
        kind: kind(row.str(1)?)?,
        about,
        of: row.text(2)?,
        node,
        due: row.opt_instant(4)?,
        at: row.instant(5)?,
        read: seen.holds(position),
    })
}

fn kind(code: &str) -> Result<NoticeKind, StoreError> {
    NoticeKind::parse(code).ok_or_else(|| StoreError::Corrupt(format!("notice kind {code}")))
}
