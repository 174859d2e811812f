//! Which posts are filled on a day: the units that must have one (`posts`), the terms of
//! office (`holders`), and what is between them.

use kernel::permission::UnitPath;
use kernel::time::Date;
use std::collections::BTreeMap;
use store::{Query, StoreError, params};
use uuid::Uuid;

/// A post that units of a level must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required {
    /// Its record.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// At which level.
    pub level: String,
    /// In which kind of unit; empty: all.
    pub kind: String,
}

/// How a post is filled among some units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Units that must have it.
    pub required: i64,
    /// Of them, units in which somebody holds it.
    pub filled: i64,
}

/// A unit without a holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The unit's code.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub path: UnitPath,
    /// Since when the post is empty; none: nobody ever held it.
    pub since: Option<Date>,
    /// Who stands in, where someone does.
    pub substitute: Option<String>,
}

/// The posts required, from the top down.
///
/// # Errors
/// Whatever the store says.
pub fn required(q: &mut dyn Query) -> Result<Vec<Required>, StoreError> {
    if !super::exists(q, "posts")? {
        return Ok(Vec::new());
    }
    let rows = q.query(
        "select id, name, at_level, coalesce(unit_kind, '') from reg_posts where removed = 0 \
         order by case at_level when 'city' then 1 when 'county' then 2 when 'township' then 3 else 4 end, name, id",
        &[],
    )?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Ok(id) = row.str(0)?.parse() {
            found.push(Required { id, name: row.text(1)?, level: row.text(2)?, kind: row.text(3)? });
        }
    }
    Ok(found)
}

/// How a post is filled on a day, by the unit directly below `root` that holds the units
/// (`root` itself stands for units that are not below one).
///
/// # Errors
/// Whatever the store says.
pub fn by_branch(
    q: &mut dyn Query,
    root: &UnitPath,
    post: &Required,
    on: Date,
) -> Result<BTreeMap<String, Filled>, StoreError> {
    let (sql, params) = units(post, root, on, "u.path, case when held.place is null then 0 else 1 end");
    let mut found: BTreeMap<String, Filled> = BTreeMap::new();
    q.query_each(&sql, &params, &mut |row| {
        let below = row.str(0)?.strip_prefix(root.0.as_str()).unwrap_or_default();
        let branch = below.split('/').next().unwrap_or_default().to_owned();
        let filled = found.entry(branch).or_default();
        filled.required += 1;
        filled.filled += row.int(1)?;
        Ok(())
    })?;
    Ok(found)
}

/// The units below `root` whose post nobody holds on a day, at most `limit`.
///
/// # Errors
/// Whatever the store says.
pub fn gaps(
    q: &mut dyn Query,
    root: &UnitPath,
    post: &Required,
    on: Date,
    limit: usize,
) -> Result<Vec<Gap>, StoreError> {
    let (sql, params) = units(post, root, on, "u.code, u.short_name, u.path");
    let sql = format!("{sql} and held.place is null order by u.path");
    let mut found = Vec::new();
    for row in q.query(&sql, &params)?.iter().take(limit) {
        let unit = row.text(0)?;
        let last = q.query_one_opt(
            "select h.\"to\", h.substitute from reg_holders h where h.removed = 0 and h.place = $1 and h.post = $2 \
             and h.\"to\" is not null and h.\"to\" <= $3 order by h.\"to\" desc limit 1",
            &params![&unit, post.id.to_string(), on.to_string()],
        )?;
        let since = last.as_ref().map(|row| row.opt_text(0)).transpose()?.flatten();
        let substitute = last.as_ref().map(|row| row.opt_text(1)).transpose()?.flatten();
        found.push(Gap {
            unit,
            name: row.text(1)?,
            path: UnitPath(row.text(2)?),
            since: since.and_then(|day| day.parse().ok()),
            substitute,
        });
    }
    Ok(found)
}

/// The units that must have a post, each with whether somebody holds it that day. Units
/// that serve no area are nobody's network.
fn units(post: &Required, root: &UnitPath, on: Date, columns: &str) -> (String, Vec<store::Value>) {
    let mut params: Vec<store::Value> = params![
        post.id.to_string(),
        on.to_string(),
        on.to_string(),
        &root.0,
        network::upper_bound(&root.0),
        &post.level
    ];
    let mut sql = format!(
        "select {columns} from unit u left join (select distinct h.place as place from reg_holders h \
         where h.removed = 0 and h.post = $1 and h.\"from\" <= $2 and (h.\"to\" is null or h.\"to\" > $3)) held \
         on held.place = u.code where u.open = 1 and u.area is not null and u.path >= $4 and u.path < $5 and u.level = $6"
    );
    if !post.kind.is_empty() {
        params.push(post.kind.as_str().into());
        sql += " and u.kind = $7";
    }
    (sql, params)
}
