//! Where a matter belongs when places are counted: the county that its area lies in, else the
//! city; where no area was noted, the county of the unit that it was assigned to.

use kernel::permission::UnitPath;
use kernel::{AreaId, UnitId};
use network::Level;
use platform::Failure;
use std::collections::BTreeMap;
use store::Query;

/// Before the code of a unit that stands for its county.
const UNIT: &str = "unit:";

/// SQL of the path of the unit that a matter `m` was assigned to first.
pub(crate) const ASSIGNED_TO: &str = "(select min(n.unit_path) from matter_node n where n.matter = m.id \
                                      and n.parent is null and n.role <> 'co')";

/// The places there are.
pub(crate) struct Places {
    /// Paths and codes of areas, counties first.
    areas: Vec<(String, AreaId)>,
    /// By a unit's path.
    units: BTreeMap<String, Option<String>>,
}

impl Places {
    /// Reads them.
    pub fn read(query: &mut dyn Query) -> Result<Self, Failure> {
        let mut areas = Vec::new();
        for level in [Level::County, Level::City] {
            areas.extend(network::areas_on(query, level)?.into_iter().map(|area| (area.path, area.code)));
        }
        Ok(Self { areas, units: BTreeMap::new() })
    }

    /// The place of a matter with its area's path and the path of the unit that has it.
    pub fn of(
        &mut self,
        query: &mut dyn Query,
        area: Option<&str>,
        unit: Option<&str>,
    ) -> Result<Option<String>, Failure> {
        if let Some(area) = area {
            let found = self.areas.iter().find(|(place, _)| area.starts_with(place.as_str()));
            return Ok(found.map(|(_, code)| code.to_string()));
        }
        let Some(unit) = unit else { return Ok(None) };
        if !self.units.contains_key(unit) {
            let above = network::ancestors(query, &UnitPath(unit.to_owned()))?;
            let county = above.into_iter().find(|above| above.level == Level::County);
            self.units.insert(unit.to_owned(), county.map(|county| format!("{UNIT}{}", county.code)));
        }
        Ok(self.units[unit].clone())
    }
}

/// The unit that a place stands for, where it is no area.
pub(crate) fn unit_of(place: &str) -> Option<UnitId> {
    place.strip_prefix(UNIT).map(UnitId::from)
}
