//! The units offered in the filter: those of the reader's grants and what stands right
//! below them.

use kernel::permission::Grant;
use platform::Failure;
use platform::ui::{Choice, Locale};
use std::collections::BTreeMap;

/// As choices, in the order of the tree.
pub(super) fn units(
    q: &mut dyn store::Query,
    grants: &[Grant],
    locale: Locale,
) -> Result<Vec<Choice>, Failure> {
    let mut units = BTreeMap::new();
    for grant in grants {
        let below = network::children(q, Some(&grant.unit))?;
        for unit in below.into_iter().chain(network::unit(q, &grant.unit)?) {
            units.insert(unit.path.clone(), unit);
        }
    }
    Ok(units.into_values().map(|unit| Choice::new(&unit.code, unit.brief(locale))).collect())
}
