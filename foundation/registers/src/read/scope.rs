//! The same scope as `permit`, for lists: whose records someone may see.
//!
//! Architecture invariant: [`readable`] selects exactly the records for which `permit` of
//! the permission holds with the record's unit as handler; a test compares the two.

use crate::rules::definition::owner_of;
use kernel::UnitId;
use kernel::permission::{Grant, Permission, Relation, Standing, UnitPath, allows, permit};
use network::UnitRow;
use store::{Query, StoreError, Value};

/// A condition on the column `unit` of a register's table `t`, with parameters numbered
/// from `first`. Nothing permitted gives `1 = 0`.
pub fn readable(grants: &[Grant], permission: Permission, first: usize) -> (String, Vec<Value>) {
    let mut params: Vec<Value> = Vec::new();
    let mut any = Vec::new();
    for path in paths(grants, permission) {
        let n = first + params.len();
        any.push(format!("(u.path >= ${n} and u.path < ${})", n + 1));
        params.push(path.0.as_str().into());
        params.push(network::upper_bound(&path.0).into());
    }
    if any.is_empty() {
        return ("1 = 0".to_owned(), params);
    }
    (format!("t.unit in (select u.code from unit u where {})", any.join(" or ")), params)
}

/// The grants that confine which records someone sees; none for whoever sees those of the top
/// unit and thus all: no list has to look for each row's unit then.
///
/// # Errors
/// Whatever the store says.
pub(super) fn confined<'g>(
    q: &mut dyn Query,
    grants: Option<&'g [Grant]>,
) -> Result<Option<&'g [Grant]>, StoreError> {
    let Some(grants) = grants else { return Ok(None) };
    let paths = paths(grants, Permission::RegisterRead);
    let [top] = &paths[..] else { return Ok(Some(grants)) };
    let row = q.query_one(
        "select (select u.path from unit u order by u.path limit 1), \
         (select u.path from unit u order by u.path desc limit 1)",
        &[],
    )?;
    let holds = |path: Option<String>| path.is_some_and(|path| top.holds(&UnitPath(path)));
    let whole = holds(row.opt_text(0)?) && holds(row.opt_text(1)?);
    Ok((!whole).then_some(grants))
}

/// Whose a register is that this person defines: none where it is the city's, else the unit
/// of their post.
///
/// # Errors
/// Whatever the store says.
pub fn defining_unit(q: &mut dyn Query, grants: &[Grant]) -> Result<Option<UnitId>, StoreError> {
    let root = network::children(q, None)?.into_iter().next();
    if root.is_none_or(|root| may(grants, Permission::RegisterDefine, &root.path)) {
        return Ok(None);
    }
    let own = grants.iter().find(|grant| may(grants, Permission::RegisterDefine, &grant.path));
    Ok(own.map(|grant| grant.unit.clone()))
}

/// Where the owners stand that the texts of a definition name; a register that no unit owns
/// belongs to the top.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn defined_by<'t>(
    q: &mut dyn Query,
    texts: impl IntoIterator<Item = &'t String>,
) -> Result<Vec<UnitPath>, StoreError> {
    let owners: Vec<_> = texts.into_iter().map(|text| owner_of(text)).collect();
    let mut found = Vec::new();
    for owner in owners.iter().flatten() {
        found.extend(network::unit(q, owner)?.map(|unit| unit.path));
    }
    if found.len() < owners.len() || owners.is_empty() {
        found.extend(network::children(q, None)?.into_iter().map(|root| root.path).take(1));
    }
    Ok(found)
}

/// Whether someone may change a register's definition: the version published last and the
/// draft must both be of units that they define for.
///
/// # Errors
/// Whatever the store says.
pub fn may_define(q: &mut dyn Query, grants: &[Grant], register: &str) -> Result<bool, StoreError> {
    let last = match super::versions(q, register)?.first() {
        Some(version) => super::toml(q, register, version.position)?,
        None => None,
    };
    let draft = super::draft(q, register)?.map(|draft| draft.toml);
    let stand = defined_by(q, last.iter().chain(&draft))?;
    Ok(!stand.is_empty() && stand.iter().all(|path| may(grants, Permission::RegisterDefine, path)))
}

/// Whether someone may do that with what belongs to the unit.
pub fn may(grants: &[Grant], permission: Permission, unit: &UnitPath) -> bool {
    let standing = Standing { handlers: vec![unit.clone()], ..Standing::default() };
    permit(grants, permission, &standing).is_some()
}

/// The open units that someone may record for, from the top down, at most `limit`.
///
/// # Errors
/// Whatever the store says.
pub fn writable_units(q: &mut dyn Query, grants: &[Grant], limit: usize) -> Result<Vec<UnitRow>, StoreError> {
    let mut found: Vec<UnitRow> = Vec::new();
    for path in paths(grants, Permission::RegisterWrite) {
        for unit in network::units_below(q, &path, &network::UnitFilter::default())? {
            if !found.iter().any(|known| known.code == unit.code) {
                found.push(unit);
            }
        }
    }
    found.sort_by(|a, b| (a.level, &a.path.0).cmp(&(b.level, &b.path.0)));
    found.truncate(limit);
    Ok(found)
}

fn paths(grants: &[Grant], permission: Permission) -> Vec<UnitPath> {
    let mut found: Vec<UnitPath> = Vec::new();
    let allowed = grants.iter().filter(|grant| allows(grant.role, permission, Relation::Handler));
    for grant in allowed {
        if !found.iter().any(|path| path.holds(&grant.path)) {
            found.retain(|path| !grant.path.holds(path));
            found.push(grant.path.clone());
        }
    }
    found
}
