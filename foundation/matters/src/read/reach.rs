//! What the reader may not grant on their own: it is decided by whoever stands above.

use crate::configuration;
use crate::shell::{Matters, unit_facts, units_of};
use kernel::permission::{Grant, Permission};
use kernel::{MatterId, NodeId};
use matters_rules::Matter;
use matters_rules::authority::{Asked, Most, Reach};
use platform::{App, Failure};
use store::Query;

/// The reader's own limit, where they may decide on what waits there for that permission, of the
/// assignment or of the matter, and it is more than they may grant.
///
/// # Errors
/// Whatever the store says.
pub fn beyond_own_limit(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    id: MatterId,
    decides: Permission,
    node: Option<NodeId>,
) -> Result<Option<Most>, Failure> {
    if !is_limited(query, app, grants, decides)? {
        return Ok(None);
    }
    let matter = platform::act::load::<Matters>(query, &id.to_string())?.state;
    beyond(query, app, grants, &matter, decides, node)
}

/// Whether a line of today limits any of those posts in what the permission decides.
fn is_limited(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    decides: Permission,
) -> Result<bool, Failure> {
    let authority = configuration::authority::at(query, app, app.now())?;
    let lines = authority.limits.iter().filter(|line| line.granting.permission() == decides);
    Ok(lines.into_iter().any(|line| grants.iter().any(|grant| grant.role == line.role)))
}

/// The same of a matter that is loaded.
pub(super) fn beyond(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    matter: &Matter,
    decides: Permission,
    node: Option<NodeId>,
) -> Result<Option<Most>, Failure> {
    let Some(asked) = Asked::open(matter, decides, node) else { return Ok(None) };
    let mut units = units_of(matter);
    units.extend(grants.iter().map(|grant| grant.unit.clone()));
    let reach = Reach {
        authority: &*configuration::authority::at(query, app, app.now())?,
        calendar: &*configuration::calendar_in_force(query)?,
        units: &unit_facts(query, &units)?,
    };
    Ok(reach.beyond_all(asked, matter, grants))
}
