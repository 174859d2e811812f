//! Topics as rows.

use crate::rules::topic::{Event, Found, TopicRules, TopicState};
use kernel::Aggregate;
use kernel::permission::{Grant, Permission, Relation, allows};
use kernel::time::Instant;
use platform::Failure;
use platform::paging::{Order, Paged, cut, key};
use store::{Entry, Projection, Query, Row, StoreError, TableDef, Tx, Value, params};

/// `category_group` and `place` name its cell; `until` is the end of the hours it was found in
/// last, `earlier` the sum of the weeks before.
const TOPIC: &str = "
create table hot_topic (
    id text primary key,
    office text not null,
    rule text not null,
    category_group text not null,
    place text not null,
    state text not null,
    matters bigint not null,
    earlier bigint not null,
    weeks bigint not null,
    hours bigint not null,
    until bigint not null,
    found_at bigint not null,
    settled_at bigint,
    issue text
);
create index hot_topic_cell on hot_topic (office, rule, category_group, place, state);
create index hot_topic_found on hot_topic (found_at, id);
";

/// Keeps `hot_topic`.
#[derive(Clone, Copy, Debug)]
pub struct TopicProjection;

/// A topic in a list.
#[derive(Clone, Debug)]
pub struct TopicRow {
    /// Its id.
    pub id: String,
    /// The rule's code.
    pub rule: String,
    /// The group of categories.
    pub group: String,
    /// The place.
    pub place: String,
    /// How far it is.
    pub state: TopicState,
    /// How many matters.
    pub matters: i64,
    /// How many in all the weeks before, and in how many weeks.
    pub before: (i64, i64),
    /// Hours looked at.
    pub hours: i64,
    /// The end of these hours.
    pub until: Instant,
}

/// Those to be settled first.
const ORDER: Order = Order {
    numbers: &["cast(case when t.state = 'open' then 1 else 0 end as bigint)", "t.until"],
    id: "t.id",
};

/// The topics of the reader's offices, those to be settled and the newest first, after the key of
/// an earlier page.
///
/// # Errors
/// Whatever the store says; what a key may be wrong with.
pub fn topics(
    query: &mut dyn Query,
    grants: &[Grant],
    after: Option<&str>,
    most: usize,
) -> Result<Paged<TopicRow>, Failure> {
    let mut values: Vec<Value> = Vec::new();
    let mut any = Vec::new();
    for grant in grants.iter().filter(|grant| allows(grant.role, Permission::IssueRead, Relation::Office)) {
        values.push(grant.path.0.as_str().into());
        values.push(network::upper_bound(&grant.path.0).into());
        any.push(format!("(o.path >= ${} and o.path < ${})", values.len() - 1, values.len()));
    }
    if any.is_empty() {
        return Ok((Vec::new(), None));
    }
    let behind = ORDER.behind(after, &mut values)?;
    let ending = ORDER.ending(most, &mut values);
    let sql = format!(
        "select t.id, t.rule, t.category_group, t.place, t.state, t.matters, t.earlier, t.weeks, t.hours, t.until \
         from hot_topic t join unit o on o.code = t.office where ({}) and {behind} {ending}",
        any.join(" or "),
    );
    let rows = query.query(&sql, &values)?.iter().map(topic_row).collect::<Result<Vec<_>, _>>()?;
    let rank = |row: &TopicRow| i64::from(row.state == TopicState::Open);
    Ok(cut(rows, most, |row| key(&[rank(row), row.until.micros()], &row.id)))
}

fn topic_row(row: &Row) -> Result<TopicRow, Failure> {
    Ok(TopicRow {
        id: row.text(0)?,
        rule: row.text(1)?,
        group: row.text(2)?,
        place: row.text(3)?,
        state: TopicState::parse(row.str(4)?).unwrap_or(TopicState::Open),
        matters: row.int(5)?,
        before: (row.int(6)?, row.int(7)?),
        hours: row.int(8)?,
        until: row.instant(9)?,
    })
}

/// The topic of that cell that is not settled.
pub(super) fn open_of_cell(query: &mut dyn Query, found: &Found) -> Result<Option<String>, Failure> {
    let sql = "select id from hot_topic where office = $1 and rule = $2 and category_group = $3 and place = $4 \
               and state in ('open', 'noted') and until > $5 order by found_at desc, id limit 1";
    // What was noted long ago is another story.
    let since = found.surge.until.plus_hours(-i64::from(found.measure.hours));
    let mut values = cell(found);
    values.push(since.into());
    let row = query.query_one_opt(sql, &values)?;
    Ok(row.map(|row| row.text(0)).transpose()?)
}

/// Whether the same cell was settled since, as it was found after that moment.
pub(super) fn is_settled_since(
    query: &mut dyn Query,
    found: &Found,
    since: Instant,
) -> Result<bool, Failure> {
    let sql = "select count(*) from hot_topic where office = $1 and rule = $2 and category_group = $3 \
               and place = $4 and state in ('dismissed', 'grouped') and until > $5";
    let mut values = cell(found);
    values.push(since.into());
    Ok(query.query_one(sql, &values)?.int(0)? > 0)
}

fn cell(found: &Found) -> Vec<Value> {
    params![found.office.as_str(), &found.rule, &found.surge.group, &found.surge.place]
}

impl Projection for TopicProjection {
    fn name(&self) -> &'static str {
        "hot topics"
    }

    fn version(&self) -> u32 {
        1
    }

    fn tables(&self) -> &'static [TableDef] {
        &[TableDef { name: "hot_topic", ddl: TOPIC, order_by: "id" }]
    }

    fn apply(&self, tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
        let Some((TopicRules::KIND, id)) = entry.stream.split_once(':') else { return Ok(()) };
        let unreadable = |error| StoreError::Corrupt(format!("entry {}: {error}", entry.position));
        let settle = |tx: &mut Tx, state: TopicState, issue: Option<&str>| {
            tx.execute_later(
                "update hot_topic set state = $2, settled_at = $3, issue = $4 where id = $1",
                params![id, state.code(), entry.occurred_at, issue],
            )
        };
        match serde_json::from_str(&entry.body).map_err(unreadable)? {
            Event::Found(found) => tx.execute_later(
                "insert into hot_topic (id, office, rule, category_group, place, state, matters, earlier, weeks, \
                 hours, until, found_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
                 on conflict (id) do update set matters = excluded.matters, earlier = excluded.earlier, \
                 until = excluded.until",
                params![
                    id,
                    found.office.as_str(),
                    found.rule,
                    found.surge.group,
                    found.surge.place,
                    TopicState::Open.code(),
                    i64::try_from(found.surge.matters.len()).unwrap_or(i64::MAX),
                    i64::try_from(found.surge.before.iter().sum::<u64>()).unwrap_or(i64::MAX),
                    i64::from(found.measure.weeks),
                    i64::from(found.measure.hours),
                    found.surge.until,
                    entry.occurred_at
                ],
            ),
            Event::Noted { .. } => settle(tx, TopicState::Noted, None),
            Event::Dismissed { .. } => settle(tx, TopicState::Dismissed, None),
            Event::Grouped { issue } => settle(tx, TopicState::Grouped, Some(&issue)),
        }
    }
}
