//! Reports in a list, and the template in force.

use crate::rules::period::Kind;
use crate::rules::template::{Template, TemplateRules};
use kernel::time::{Date, Instant};
use platform::Failure;
use platform::paging::{Order, Paged, cut, key};
use store::{Query, Row, StoreError, Value, params};
use uuid::Uuid;

/// A report in a list.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub id: Uuid,
    pub kind: Kind,
    pub from: Date,
    pub until: Date,
    pub made_at: Instant,
    /// Made by the timer.
    pub by_timer: bool,
    /// What is issued is a document that somebody changed by hand.
    pub by_hand: bool,
    /// When it was issued, and the post's title of whom by.
    pub issued: Option<(Instant, String)>,
}

const LINE: &str = "select r.id, r.kind, r.from_day, r.until_day, r.made_at, r.by_timer, r.issued_at, \
     coalesce(a.name, ''), r.by_hand from report r left join account a on a.id = r.issued_by";

const ORDER: Order = Order { numbers: &["r.made_at"], id: "r.id" };

/// Reports of a kind or all, the newest first, after the key of an earlier page; and that key
/// for the next.
pub(crate) fn list(
    q: &mut dyn Query,
    kind: Option<Kind>,
    after: Option<&str>,
    limit: usize,
) -> Result<Paged<Line>, Failure> {
    let mut values: Vec<Value> = Vec::new();
    let mut conditions = vec!["r.made_at >= 0".to_owned()];
    if let Some(kind) = kind {
        values.push(kind.code().into());
        conditions.push(format!("r.kind = ${}", values.len()));
    }
    conditions.push(ORDER.behind(after, &mut values)?);
    let ending = ORDER.ending(limit, &mut values);
    let sql = format!("{LINE} where {} {ending}", conditions.join(" and "));
    let found = q.query(&sql, &values)?.iter().map(line).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(cut(found, limit, |line| key(&[line.made_at.micros()], line.id)))
}

/// Whether the timer made that report already.
pub(crate) fn exists(q: &mut dyn Query, kind: Kind, from: Date, until: Date) -> Result<bool, Failure> {
    let sql =
        "select 1 from report where kind = $1 and from_day = $2 and until_day = $3 and by_timer = 1 limit 1";
    Ok(q.query_one_opt(sql, &params![kind.code(), from.to_string(), until.to_string()])?.is_some())
}

/// The template in force: the newest, or the one delivered.
pub(crate) fn template(q: &mut dyn Query, kind: Kind) -> Result<Template, Failure> {
    let template = platform::act::load::<TemplateRules>(q, kind.code())?.state;
    Ok(if template.version == 0 {
        Template { version: 0, text: kind.delivered().to_owned() }
    } else {
        template
    })
}

/// Versions of a template, the newest first: number, when, the post's title of whom by.
pub(crate) fn versions(q: &mut dyn Query, kind: Kind) -> Result<Vec<(i64, Instant, String)>, Failure> {
    let sql = "select t.version, t.at, coalesce(a.name, '') from report_template t \
               left join account a on a.id = t.account where t.kind = $1 order by t.version desc limit 50";
    let line = |row: &Row| Ok((row.int(0)?, row.instant(1)?, row.text(2)?));
    Ok(q.query(sql, &params![kind.code()])?.iter().map(line).collect::<Result<_, StoreError>>()?)
}

fn line(row: &Row) -> Result<Line, StoreError> {
    let damaged = |what: &str| StoreError::Corrupt(format!("a report's {what} does not read"));
    let day = |column: usize| row.str(column)?.parse::<Date>().map_err(|_| damaged("day"));
    let issued = match row.opt_instant(6)? {
        Some(at) => Some((at, row.text(7)?)),
        None => None,
    };
    Ok(Line {
        id: row.str(0)?.parse().map_err(|_| damaged("id"))?,
        kind: Kind::parse(row.str(1)?).ok_or_else(|| damaged("kind"))?,
        from: day(2)?,
        until: day(3)?,
        made_at: row.instant(4)?,
        by_timer: row.bool(5)?,
        by_hand: row.bool(8)?,
        issued,
    })
}
