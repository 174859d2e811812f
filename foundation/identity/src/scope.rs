//! The same scope as `permit`, as SQL: which matters someone may see in a list.
//!
//! Architecture invariant: [`matter_filter`] selects exactly the matters for which
//! `kernel::permission::permit` allows the permission; a test compares the two.
//!
//! It expects the query to have these tables, of which it reads only the columns named:
//! - `matter m`: `id`, `office_path` (text, null where no office has it),
//!   `complained_path` (text, null where no unit is complained about);
//! - `matter_party`: `matter` (= `m.id`), `unit_path` (text), `relation` (`handler` or
//!   `assigner`), one row for each unit that handles or assigned any part of the matter.
//!
//! Paths are the kernel's `UnitPath` and compare byte by byte. A subtree is a range of
//! paths, never a `LIKE`: an index on the path serves it.

use kernel::permission::{Grant, Permission, Relation, Role, UnitPath, allows};
use std::fmt::Write;
use store::Value;

/// Relations in which a matter can stand, in the order of the SQL.
const RELATIONS: [Relation; 4] = [Relation::Office, Relation::Assigner, Relation::Handler, Relation::Outside];

/// A condition on `matter m` (see the module) with its parameters, numbered from
/// `$first_param`. Nothing permitted gives `1 = 0`.
///
/// ```
/// # use tongxin_identity::scope::matter_filter;
/// # use kernel::permission::Permission;
/// let (sql, params) = matter_filter(&[], Permission::MatterRead, 1);
/// assert_eq!((sql.as_str(), params.len()), ("1 = 0", 0));
/// ```
pub fn matter_filter(grants: &[Grant], permission: Permission, first_param: usize) -> (String, Vec<Value>) {
    let mut filter = Filter { params: Vec::new(), first_param };
    let mut any = Vec::new();
    for grant in distinct(grants) {
        any.extend(filter.grant(grant.role, &grant.path, permission));
    }
    let sql = if any.is_empty() { "1 = 0".to_owned() } else { format!("({})", any.join(" or ")) };
    (sql, filter.params)
}

struct Filter {
    params: Vec<Value>,
    first_param: usize,
}

impl Filter {
    /// What one grant lets through; none where its role never has the permission.
    fn grant(&mut self, role: Role, path: &UnitPath, permission: Permission) -> Option<String> {
        let allowed: Vec<Relation> =
            RELATIONS.into_iter().filter(|relation| allows(role, permission, *relation)).collect();
        if allowed.is_empty() {
            return None;
        }
        let own = self.param(&path.0);
        // Whoever stands within the unit complained about is shut out, whatever else: its
        // path is then the beginning of theirs.
        let mut sql = format!(
            "((m.complained_path is null or m.complained_path <> substr({own}, 1, length(m.complained_path)))"
        );
        if allowed.len() < RELATIONS.len() {
            let end = self.param(&network::upper_bound(&path.0));
            let related: Vec<String> =
                allowed.into_iter().map(|relation| condition(relation, &own, &end)).collect();
            write!(sql, " and ({})", related.join(" or ")).expect("a String takes any write");
        }
        sql.push(')');
        Some(sql)
    }

    fn param(&mut self, text: &str) -> String {
        self.params.push(text.into());
        format!("${}", self.first_param + self.params.len() - 1)
    }
}

fn condition(relation: Relation, own: &str, end: &str) -> String {
    // As good as all matters are of one office: no way to find some by, so no index is offered.
    let office = format!("(m.office_path || '' >= {own} and m.office_path || '' < {end})");
    let party = |relation: &str| {
        format!(
            "exists (select 1 from matter_party p where p.matter = m.id and p.relation = '{relation}' \
             and p.unit_path >= {own} and p.unit_path < {end})"
        )
    };
    match relation {
        Relation::Office => office,
        Relation::Assigner => party("assigner"),
        Relation::Handler => party("handler"),
        Relation::Outside => format!(
            "not coalesce({office}, 1 = 0) and not {} and not {}",
            party("assigner"),
            party("handler")
        ),
        Relation::ComplainedAbout => "1 = 0".to_owned(),
    }
}

/// Grants that add something: one of each role and path.
fn distinct(grants: &[Grant]) -> Vec<&Grant> {
    let mut seen: Vec<&Grant> = Vec::with_capacity(grants.len());
    for grant in grants {
        if !seen.iter().any(|other| other.role == grant.role && other.path == grant.path) {
            seen.push(grant);
        }
    }
    seen
}
