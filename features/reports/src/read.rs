//! Reports in a list, and the template in force.

use crate::rules::period::Kind;
use crate::rules::template::{Template, TemplateRules};
use kernel::time::{Date, Instant};
use platform::Failure;
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
    /// When it was issued, and the post's title of whom by.
    pub issued: Option<(Instant, String)>,
}

const LINE: &str = "select r.id, r.kind, r.from_day, r.until_day, r.made_at, r.by_timer, r.issued_at, \
     coalesce(a.name, '') from report r left join account a on a.id = r.issued_by";

/// Reports of a kind or all, the newest first, after the key of an earlier page; and that key
/// for the next.
pub(crate) fn list(
    q: &mut dyn Query,
    kind: Option<Kind>,
    after: Option<&str>,
    limit: usize,
) -> Result<(Vec<Line>, Option<String>), Failure> {
    let mut values: Vec<Value> = Vec::new();
    let mut conditions = vec!["r.made_at >= 0".to_owned()];
    if let Some(kind) = kind {
        values.push(kind.code().into());
        conditions.push(format!("r.kind = ${}", values.len()));
    }
    if let Some((at, id)) = after.and_then(|key| key.split_once('.'))
        && let Ok(at) = at.parse::<i64>()
    {
        values.push(at.into());
        values.push(id.into());
        conditions.push(format!("(r.made_at, r.id) < (${}, ${})", values.len() - 1, values.len()));
    }
    values.push(i64::try_from(limit + 1).unwrap_or(i64::MAX).into());
    let sql = format!(
        "{LINE} where {} order by r.made_at desc, r.id desc limit ${}",
        conditions.join(" and "),
        values.len()
    );
    let mut found = q.query(&sql, &values)?.iter().map(line).collect::<Result<Vec<_>, StoreError>>()?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| format!("{}.{}", last.made_at.micros(), last.id));
    Ok((found, next))
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
        issued,
    })
}
