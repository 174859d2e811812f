//! What the reader may not grant on their own: it is decided by whoever stands above.

use crate::configuration;
use crate::shell::{Matters, unit_facts, units_of};
use kernel::permission::Grant;
use kernel::time::Span;
use kernel::{MatterId, NodeId};
use matters_rules::Matter;
use matters_rules::authority::{Asked, Reach};
use platform::{App, Failure};
use store::Query;

/// The reader's own limit, where they may decide on what that assignment (or, without one, the
/// matter) asks for now and it is more than they may grant.
///
/// # Errors
/// Whatever the store says.
pub fn beyond_own_limit(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    id: MatterId,
    node: Option<NodeId>,
) -> Result<Option<Span>, Failure> {
    let matter = platform::act::load::<Matters>(query, &id.to_string())?.state;
    beyond(query, app, grants, &matter, node)
}

/// The same of a matter that is loaded.
pub(super) fn beyond(
    query: &mut dyn Query,
    app: &App,
    grants: &[Grant],
    matter: &Matter,
    node: Option<NodeId>,
) -> Result<Option<Span>, Failure> {
    let Some(asked) = Asked::open(matter, node) else { return Ok(None) };
    let mut units = units_of(matter);
    units.extend(grants.iter().map(|grant| grant.unit.clone()));
    let reach = Reach {
        authority: &*configuration::authority::at(query, app, app.now())?,
        calendar: &*configuration::calendar_in_force(query)?,
        units: &unit_facts(query, &units)?,
    };
    Ok(reach.beyond_all(asked, matter, grants))
}
