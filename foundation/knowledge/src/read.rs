//! Items as rows, reports of wrong answers, what was quoted on a matter, the figures.

mod figures;

pub use figures::{Figures, figures};

use crate::rules::item::State;
use crate::rules::{Content, Kind, Quoted, ReportId};
use kernel::permission::{Grant, Permission, Relation, allows};
use kernel::text::like_containing;
use kernel::time::{Date, Instant};
use kernel::{MatterId, UnitId};
use platform::Failure;
use platform::paging::{Order, Paged, cut, key};
use std::collections::BTreeMap;
use store::{Query, Row, StoreError, Value, params};
use uuid::Uuid;

/// Days before its last day from which an item is about to expire.
pub const SOON_DAYS: u64 = 30;

/// An item as it is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// Which, in which version.
    pub quoted: Quoted,
    /// What it says.
    pub content: Content,
}

/// An item in a keeper's list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub id: Uuid,
    /// How far it is.
    pub state: State,
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Who owns it.
    pub unit: UnitId,
    /// The version in force; 0 before the first.
    pub version: u32,
    /// First and last day.
    pub valid: (Date, Date),
    /// Whether a draft stands beside the version in force, and whether it waits for review.
    pub draft: Option<bool>,
    /// When anything happened to it last.
    pub moved_at: Instant,
    /// Reports that are open.
    pub reports: i64,
    /// How often it was quoted.
    pub quoted: i64,
}

impl Line {
    /// Whether its last day is over.
    pub fn is_expired(&self, today: Date) -> bool {
        self.state == State::InForce && self.valid.1 < today
    }
}

/// What a list is divided into. Its label's key is `knowledge-tab-<code>`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// 在用
    #[default]
    InForce,
    /// 即将到期
    Expiring,
    /// 已过期
    Expired,
    /// 草稿
    Drafts,
    /// 待审核
    ToReview,
    /// 答错待处理
    Reported,
    /// 已停用
    Withdrawn,
}

impl Tab {
    /// In the order of the page.
    pub const ALL: [Self; 7] = [
        Self::InForce,
        Self::Expiring,
        Self::Expired,
        Self::Drafts,
        Self::ToReview,
        Self::Reported,
        Self::Withdrawn,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Drafts => "drafts",
            Self::ToReview => "to_review",
            Self::Reported => "reported",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }

    fn condition(self, today: Date, values: &mut Vec<Value>) -> String {
        let mut day = |day: Date| {
            values.push(day.to_string().into());
            format!("${}", values.len())
        };
        match self {
            Self::InForce => format!("i.state = 'in_force' and i.valid_until >= {}", day(today)),
            Self::Expiring => format!(
                "i.state = 'in_force' and i.valid_until >= {} and i.valid_until <= {}",
                day(today),
                day(soon(today))
            ),
            Self::Expired => format!("i.state = 'in_force' and i.valid_until < {}", day(today)),
            Self::Drafts => "i.draft <> '' and i.submitted = 0".to_owned(),
            Self::ToReview => "i.submitted = 1".to_owned(),
            Self::Reported => {
                "exists (select 1 from knowledge_report r where r.item = i.id and r.settled_at is null)"
                    .to_owned()
            }
            Self::Withdrawn => "i.state = 'withdrawn'".to_owned(),
        }
    }
}

/// What a list is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Which part.
    pub tab: Tab,
    /// Words of the title, or the beginning of its pinyin initials.
    pub text: String,
    /// Of that kind.
    pub kind: Option<Kind>,
    /// Of that unit, or below it.
    pub unit: Option<UnitId>,
    /// The key of the page before.
    pub after: Option<String>,
}

const LINE: &str = "select i.id, i.state, i.kind, i.title, i.unit, i.version, i.valid_from, i.valid_until, \
     i.draft, i.submitted, i.moved_at, \
     (select count(*) from knowledge_report r where r.item = i.id and r.settled_at is null), \
     (select count(*) from knowledge_quote k where k.item = i.id) \
     from knowledge_item i left join unit u on u.code = i.unit";

const ORDER: Order = Order { numbers: &["i.moved_at"], id: "i.id" };

/// Items of a tab within the grants' reach, the one that moved last first; and the key for
/// the next page.
///
/// # Errors
/// Whatever the store says.
pub fn list(
    q: &mut dyn Query,
    grants: &[Grant],
    today: Date,
    asked: &Asked,
    limit: usize,
) -> Result<Paged<Line>, Failure> {
    let (mut sql, mut values) = condition(grants, today, asked.tab);
    if !asked.text.trim().is_empty() {
        values.push(like_containing(&asked.text).into());
        let n = values.len();
        sql += &format!(" and (lower(i.title) like ${n} escape '!' or i.initials like ${n} escape '!')");
    }
    if let Some(kind) = asked.kind {
        values.push(kind.code().into());
        sql += &format!(" and i.kind = ${}", values.len());
    }
    if let Some(unit) = &asked.unit
        && let Some(unit) = network::unit(q, unit)?
    {
        sql += &format!(" and {}", below(&mut values, &unit.path.0));
    }
    let behind = ORDER.behind(asked.after.as_deref(), &mut values)?;
    let ending = ORDER.ending(limit, &mut values);
    let sql = format!("{LINE} where {sql} and {behind} {ending}");
    let found = q.query(&sql, &values)?.iter().map(line).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(cut(found, limit, |line| key(&[line.moved_at.micros()], line.id)))
}

/// How many items each tab holds within the grants' reach.
///
/// # Errors
/// Whatever the store says.
pub fn counts(q: &mut dyn Query, grants: &[Grant], today: Date) -> Result<Vec<(Tab, i64)>, Failure> {
    let count = |tab: Tab| {
        let (sql, values) = condition(grants, today, tab);
        let sql =
            format!("select count(*) from knowledge_item i left join unit u on u.code = i.unit where {sql}");
        Ok((tab, q.query_one(&sql, &values)?.int(0)?))
    };
    Tab::ALL.into_iter().map(count).collect()
}

/// What is in force is everybody's who reads; drafts, what was withdrawn and reports are the
/// owner's, and the reviewer's.
fn condition(grants: &[Grant], today: Date, tab: Tab) -> (String, Vec<Value>) {
    let mut values = Vec::new();
    let mine = tab.condition(today, &mut values);
    let open = matches!(tab, Tab::InForce | Tab::Expiring | Tab::Expired);
    if open && grants.iter().any(|grant| allows(grant.role, Permission::KnowledgeRead, Relation::Outside)) {
        return (mine, values);
    }
    let keeps = |grant: &&Grant| {
        [Permission::KnowledgeWrite, Permission::KnowledgeReview]
            .iter()
            .any(|permission| allows(grant.role, *permission, Relation::Handler))
    };
    let paths: Vec<String> = grants.iter().filter(keeps).map(|grant| grant.path.0.clone()).collect();
    let reach: Vec<String> = paths.iter().map(|path| below(&mut values, path)).collect();
    let reach = if reach.is_empty() { "1 = 0".to_owned() } else { format!("({})", reach.join(" or ")) };
    (format!("{mine} and {reach}"), values)
}

fn below(values: &mut Vec<Value>, path: &str) -> String {
    values.push(path.into());
    values.push(network::upper_bound(path).into());
    format!("(u.path >= ${} and u.path < ${})", values.len() - 1, values.len())
}

/// The last day that counts as soon.
pub fn soon(today: Date) -> Date {
    in_days(today, SOON_DAYS)
}

/// So many days after a day.
pub fn in_days(today: Date, days: u64) -> Date {
    const DAY: u64 = 86_400;
    today.checked_add(std::time::Duration::from_secs(days * DAY)).unwrap_or(today)
}

/// An item that ends soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiring {
    /// Which.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// The unit that keeps it.
    pub unit: UnitId,
    /// Its last day.
    pub until: Date,
}

/// The items in force whose last day lies within these two, in nobody's scope: for the
/// platform's own job.
///
/// # Errors
/// Whatever the store says.
pub fn expiring(q: &mut dyn Query, from: Date, to: Date) -> Result<Vec<Expiring>, Failure> {
    let sql = "select id, title, unit, valid_until from knowledge_item where state = 'in_force' \
               and valid_until >= $1 and valid_until <= $2 order by valid_until, id";
    let damaged = |what: &str| Failure::Internal(format!("a knowledge item's {what} is none"));
    let rows = q.query(sql, &params![from.to_string(), to.to_string()])?;
    rows.iter()
        .map(|row| {
            Ok(Expiring {
                id: row.str(0)?.parse().map_err(|_| damaged("id"))?,
                title: row.text(1)?,
                unit: UnitId(row.text(2)?),
                until: row.str(3)?.parse().map_err(|_| damaged("last day"))?,
            })
        })
        .collect()
}

/// Items offered today, in the order of these ids.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn offered_rows(q: &mut dyn Query, today: Date, ids: &[String]) -> Result<Vec<Offered>, Failure> {
    /// More than any page shows.
    const MOST: usize = 200;
    let ids = &ids[..ids.len().min(MOST)];
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (2..ids.len() + 2).map(|n| format!("${n}")).collect();
    let mut values: Vec<Value> = params![today.to_string()];
    values.extend(ids.iter().map(|id| Value::from(id.as_str())));
    let sql = format!("{OFFERED} and id in ({})", marks.join(", "));
    let found = q.query(&sql, &values)?;
    let mut rows = found.iter().map(offered_row).collect::<Result<Vec<_>, StoreError>>()?;
    let place = |row: &Offered| ids.iter().position(|id| *id == row.quoted.item.to_string());
    rows.sort_by_key(place);
    Ok(rows)
}

const OFFERED: &str = "select id, version, content from knowledge_item where state = 'in_force' \
     and valid_from <= $1 and valid_until >= $1";

/// What stands on the portal: policies and finance products offered today, those whose
/// deadline is nearest first.
///
/// # Errors
/// Whatever the store says.
pub fn services(q: &mut dyn Query, today: Date) -> Result<Vec<Offered>, Failure> {
    let sql = format!(
        "{OFFERED} and kind in ('policy', 'finance') and (apply_until = '' or apply_until >= $1) \
         order by case when apply_until = '' then 1 else 0 end, apply_until, title, id limit 500"
    );
    let rows = q.query(&sql, &params![today.to_string()])?;
    Ok(rows.iter().map(offered_row).collect::<Result<Vec<_>, StoreError>>()?)
}

/// One of them, if it is offered today.
///
/// # Errors
/// Whatever the store says.
pub fn offered(q: &mut dyn Query, today: Date, id: Uuid) -> Result<Option<Offered>, Failure> {
    let sql = format!("{OFFERED} and id = $2");
    let row = q.query_one_opt(&sql, &params![today.to_string(), id.to_string()])?;
    Ok(row.as_ref().map(offered_row).transpose()?)
}

/// What these items say: in force, or drafted where they never were.
///
/// # Errors
/// Whatever the store says.
pub fn contents(
    q: &mut dyn Query,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, Content>, Failure> {
    let mut found = BTreeMap::new();
    for id in ids {
        let sql =
            "select case when content = '' then draft else content end from knowledge_item where id = $1";
        if let Some(row) = q.query_one_opt(sql, &params![id.to_string()])? {
            found.insert(id, serde_json::from_str(row.str(0)?)?);
        }
    }
    Ok(found)
}

/// The units that own an item, by where they stand.
///
/// # Errors
/// Whatever the store says.
pub fn owners(q: &mut dyn Query) -> Result<Vec<network::UnitRow>, Failure> {
    let mut units = Vec::new();
    for row in q.query("select distinct unit from knowledge_item order by unit", &[])? {
        units.extend(network::unit(q, &UnitId(row.text(0)?))?);
    }
    units.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(units)
}

/// How often an item was quoted, in all its versions.
///
/// # Errors
/// Whatever the store says.
pub fn times_quoted(q: &mut dyn Query, item: Uuid) -> Result<i64, Failure> {
    let sql = "select count(*) from knowledge_quote where item = $1";
    Ok(q.query_one(sql, &params![item.to_string()])?.int(0)?)
}

/// A quote on a matter, with the item's title today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteLine {
    /// Which item in which version.
    pub quoted: Quoted,
    /// Its title.
    pub title: String,
    /// When.
    pub at: Instant,
}

/// What was quoted on a matter.
///
/// # Errors
/// Whatever the store says.
pub fn quotes(q: &mut dyn Query, matter: MatterId) -> Result<Vec<QuoteLine>, Failure> {
    let sql = "select k.item, k.version, i.title, k.at from knowledge_quote k \
               join knowledge_item i on i.id = k.item where k.matter = $1 order by k.at, k.item";
    let line = |row: &Row| {
        Ok(QuoteLine {
            quoted: Quoted { item: id(row, 0)?, version: version(row, 1)? },
            title: row.text(2)?,
            at: row.instant(3)?,
        })
    };
    let rows = q.query(sql, &params![matter.to_string()])?;
    Ok(rows.iter().map(line).collect::<Result<_, StoreError>>()?)
}

/// A report in the owner's queue.
#[derive(Clone, Debug)]
pub struct ReportLine {
    /// Which.
    pub id: ReportId,
    /// Of which item.
    pub item: Uuid,
    /// Its title.
    pub title: String,
    /// What is wrong.
    pub words: String,
    /// When it was reported.
    pub at: Instant,
    /// Until when it is settled.
    pub due: Instant,
}

/// Reports still open within the grants' reach, the earliest limit first.
///
/// # Errors
/// Whatever the store says.
pub fn open_reports(q: &mut dyn Query, grants: &[Grant], today: Date) -> Result<Vec<ReportLine>, Failure> {
    let (sql, values) = condition(grants, today, Tab::Reported);
    let sql = format!(
        "select w.id, i.id, i.title, w.words, w.at, w.due from knowledge_report w \
         join knowledge_item i on i.id = w.item left join unit u on u.code = i.unit \
         where w.settled_at is null and {sql} order by w.due, w.id limit 200"
    );
    let line = |row: &Row| {
        Ok(ReportLine {
            id: ReportId(id(row, 0)?),
            item: id(row, 1)?,
            title: row.text(2)?,
            words: row.text(3)?,
            at: row.instant(4)?,
            due: row.instant(5)?,
        })
    };
    Ok(q.query(&sql, &values)?.iter().map(line).collect::<Result<_, StoreError>>()?)
}

fn offered_row(row: &Row) -> Result<Offered, StoreError> {
    let content = serde_json::from_str(row.str(2)?)
        .map_err(|error| StoreError::Corrupt(format!("a knowledge item's content: {error}")))?;
    Ok(Offered { quoted: Quoted { item: id(row, 0)?, version: version(row, 1)? }, content })
}

fn line(row: &Row) -> Result<Line, StoreError> {
    let damaged = |what: &str| StoreError::Corrupt(format!("a knowledge item's {what} does not read"));
    let day = |column: usize| row.str(column)?.parse::<Date>().map_err(|_| damaged("day"));
    let draft = if row.str(8)?.is_empty() { None } else { Some(row.bool(9)?) };
    Ok(Line {
        id: id(row, 0)?,
        state: State::parse(row.str(1)?).ok_or_else(|| damaged("state"))?,
        kind: Kind::parse(row.str(2)?).ok_or_else(|| damaged("kind"))?,
        title: row.text(3)?,
        unit: UnitId(row.text(4)?),
        version: version(row, 5)?,
        valid: (day(6)?, day(7)?),
        draft,
        moved_at: row.instant(10)?,
        reports: row.int(11)?,
        quoted: row.int(12)?,
    })
}

fn id(row: &Row, column: usize) -> Result<Uuid, StoreError> {
    row.str(column)?.parse().map_err(|_| StoreError::Corrupt("a knowledge item's id is no UUID".into()))
}

fn version(row: &Row, column: usize) -> Result<u32, StoreError> {
    u32::try_from(row.int(column)?).map_err(|_| StoreError::Corrupt("a knowledge item's version".into()))
}
