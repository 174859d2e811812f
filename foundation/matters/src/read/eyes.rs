//! What a reader may see of a matter, and what opens its sealed words for them.

use super::actor::Units;
use super::model::{READ, Viewer};
use kernel::Sealed;
use kernel::permission::{Grant, Permission, permit};
use kernel::time::Instant;
use matters_rules::command::{ContactCard, Text};
use matters_rules::standing;
use matters_rules::{Matter, Phase};
use platform::Failure;
use platform::vault::{SubjectKey, Vault};

/// What the viewer may see.
pub(super) struct Eyes {
    /// The appellant themselves.
    pub appellant: bool,
    /// The original title and text.
    pub original: bool,
    /// Ratings, before the matter is closed.
    pub ratings: bool,
    /// Contact data, masked.
    pub contact: bool,
    /// Reports of pressure and reprisal.
    pub pressure: bool,
    /// The shielded identity stands open to them.
    pub identity: bool,
    /// Of the office that took it in: what helps to find the call again.
    pub office: bool,
    /// What was said when the appellant was called back.
    pub calls: bool,
    /// What evaluation found: opinions of a panel, second looks.
    pub evaluation: bool,
}

impl Eyes {
    pub fn of(matter: &Matter, units: &Units, viewer: Viewer<'_>, now: Instant) -> Result<Self, Failure> {
        let Viewer::Staff(person) = viewer else {
            return Ok(Self {
                appellant: true,
                original: true,
                ratings: true,
                contact: true,
                pressure: true,
                identity: false,
                office: false,
                calls: false,
                evaluation: false,
            });
        };
        let standing = standing::standing_of(matter, None, &units.facts);
        let may = |permission| permit(&person.grants, permission, &standing).is_some();
        if !may(READ) {
            return Err(Failure::NotFound);
        }
        let identity = matter.identity_open_to(person.account, now);
        let closed = matches!(matter.phase, Phase::Closed | Phase::Archived);
        Ok(Self {
            appellant: false,
            original: !matter.shielded || identity || may(Permission::MatterRedact),
            ratings: closed || may(Permission::CallBackRecord) || may(Permission::RedoDecide),
            contact: may(Permission::ContactOpen) && (!matter.shielded || identity),
            pressure: may(Permission::PressureSettle)
                && !has_post_in_handling_unit(matter, units, &person.grants),
            identity,
            office: may(Permission::MatterCorrect),
            calls: may(Permission::CallBackRecord) || may(Permission::RedoDecide),
            evaluation: may(Permission::ExclusionJudge) || may(Permission::EvaluationRead),
        })
    }
}

/// Whoever holds a post in a handling unit, or below one, is of that unit, whatever other
/// posts they hold.
fn has_post_in_handling_unit(matter: &Matter, units: &Units, grants: &[Grant]) -> bool {
    let mut handling = matter.nodes.iter().filter_map(|node| units.facts.get(&node.unit));
    handling.any(|unit| grants.iter().any(|grant| unit.path.holds(&grant.path)))
}

/// Opens what was sealed; gives nothing once the person is erased.
pub(super) struct Opener<'a> {
    pub vault: &'a Vault,
    pub key: Option<SubjectKey>,
}

impl Opener<'_> {
    pub fn text(&self, sealed: &Text) -> Result<String, Failure> {
        Ok(self.open(sealed)?.unwrap_or_default())
    }

    pub fn optional(&self, sealed: Option<&Text>) -> Result<String, Failure> {
        sealed.map_or_else(|| Ok(String::new()), |sealed| self.text(sealed))
    }

    /// How to reach the appellant; empty where erased.
    pub fn contact(&self, sealed: Option<&Sealed<ContactCard>>) -> Result<ContactCard, Failure> {
        let card = sealed.map(|sealed| self.open(sealed)).transpose()?;
        Ok(card.flatten().unwrap_or_default())
    }

    fn open<T: serde::de::DeserializeOwned>(&self, sealed: &Sealed<T>) -> Result<Option<T>, Failure> {
        match &self.key {
            Some(key) if *key.subject() == sealed.subject => {
                Ok(Some(self.vault.open(key, sealed)?.into_inner()))
            }
            _ => Ok(None),
        }
    }
}
