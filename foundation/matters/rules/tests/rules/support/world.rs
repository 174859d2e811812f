//! A small world: one office, two counties with a platform and departments, a township, a
//! unit complained about, and a person for each part to play.

use kernel::permission::{Grant, Role, UnitPath};
use kernel::time::{Calendar, Instant};
use kernel::{AccountId, Actor, MatterId, NodeId, UnitId};
use matters_rules::authority::Authority;
use matters_rules::facts::{Level, OtherMatter, UnitFact};
use matters_rules::{Facts, GivenGround, Matter, Procedure};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Units by code, path and level. `c-old` is closed.
pub const UNITS: &[(&str, &str, Level)] = &[
    ("c", "c/", Level::City),
    ("office", "c/office/", Level::City),
    ("fgw", "c/fgw/", Level::City),
    ("zjj", "c/zjj/", Level::City),
    ("zjj-team", "c/zjj/zjj-team/", Level::City),
    ("c-old", "c/c-old/", Level::City),
    ("x", "c/x/", Level::County),
    ("x-pt", "c/x/x-pt/", Level::County),
    ("x-fgj", "c/x/x-fgj/", Level::County),
    ("x-zjj", "c/x/x-zjj/", Level::County),
    ("x-town", "c/x/x-town/", Level::Township),
    ("x-village", "c/x/x-town/x-village/", Level::Village),
    ("y", "c/y/", Level::County),
    ("y-pt", "c/y/y-pt/", Level::County),
    ("y-fgj", "c/y/y-fgj/", Level::County),
];

/// Everyone with a post; `both` has one in the office and one in a handling unit.
pub const PEOPLE: &[(&str, &[(Role, &str)])] = &[
    ("intake", &[(Role::Intake, "office")]),
    ("intake-2", &[(Role::Intake, "office")]),
    ("dispatcher", &[(Role::Dispatcher, "office")]),
    ("shift-head", &[(Role::ShiftHead, "office")]),
    ("shift-head-2", &[(Role::ShiftHead, "office")]),
    ("supervisor", &[(Role::Supervisor, "c")]),
    ("registers", &[(Role::Registers, "c")]),
    ("clerk", &[(Role::Clerk, "c")]),
    ("call-back", &[(Role::CallBack, "office")]),
    ("call-back-2", &[(Role::CallBack, "office")]),
    ("quality", &[(Role::Quality, "office")]),
    ("quality-2", &[(Role::Quality, "office")]),
    ("office-a", OFFICE_ROLES),
    ("office-b", OFFICE_ROLES),
    ("both", &[(Role::CallBack, "office"), (Role::ShiftHead, "office"), (Role::UnitLiaison, "fgw")]),
    ("solo", &[(Role::UnitLiaison, "x-town"), (Role::UnitHead, "x-town")]),
    ("fgw-liaison", &[(Role::UnitLiaison, "fgw")]),
    ("fgw-head", &[(Role::UnitHead, "fgw")]),
    ("fgw-all", &[(Role::UnitLiaison, "fgw"), (Role::UnitHead, "fgw")]),
    ("zjj-liaison", &[(Role::UnitLiaison, "zjj")]),
    ("zjj-head", &[(Role::UnitHead, "zjj")]),
    ("x-pt-liaison", &[(Role::UnitLiaison, "x-pt")]),
    ("x-pt-head", &[(Role::UnitHead, "x-pt")]),
    ("x-fgj-liaison", &[(Role::UnitLiaison, "x-fgj")]),
    ("x-fgj-head", &[(Role::UnitHead, "x-fgj")]),
    ("x-zjj-liaison", &[(Role::UnitLiaison, "x-zjj")]),
    ("x-zjj-head", &[(Role::UnitHead, "x-zjj")]),
    ("x-town-liaison", &[(Role::UnitLiaison, "x-town")]),
    ("x-town-head", &[(Role::UnitHead, "x-town")]),
    ("y-pt-liaison", &[(Role::UnitLiaison, "y-pt")]),
    ("y-pt-head", &[(Role::UnitHead, "y-pt")]),
    ("y-fgj-liaison", &[(Role::UnitLiaison, "y-fgj")]),
    ("y-fgj-head", &[(Role::UnitHead, "y-fgj")]),
];

/// A small office: everyone does everything, so only the rules keep apart who did what.
const OFFICE_ROLES: &[(Role, &str)] = &[
    (Role::Intake, "office"),
    (Role::Dispatcher, "office"),
    (Role::ShiftHead, "office"),
    (Role::CallBack, "office"),
];

#[derive(Clone)]
pub struct World {
    pub calendar: Arc<Calendar>,
    pub procedure: Arc<Procedure>,
    pub authority: Arc<Authority>,
    pub units: BTreeMap<UnitId, UnitFact>,
    pub master: Option<OtherMatter>,
    pub ground: Option<GivenGround>,
    ids: u128,
}

impl Default for World {
    fn default() -> Self {
        let units = UNITS.iter().map(|(code, path, level)| {
            let fact = UnitFact { path: UnitPath((*path).into()), level: *level, open: *code != "c-old" };
            (UnitId::from(*code), fact)
        });
        Self {
            calendar: Arc::new(Calendar::china()),
            procedure: Procedure::appeal_default(),
            authority: Arc::default(),
            units: units.collect(),
            master: None,
            ground: Some(ground()),
            ids: 0,
        }
    }
}

impl World {
    pub fn facts(&self, who: &str, now: Instant, matter: &Matter) -> Facts {
        Facts {
            now,
            matter: the_matter(),
            actor: self.actor(who, matter),
            actor_units: self.grants(who).into_iter().map(|grant| grant.path).collect(),
            calendar: Arc::clone(&self.calendar),
            authority: Arc::clone(&self.authority),
            procedure: Arc::clone(&self.procedure),
            node_ids: (1..=6).map(|n| NodeId(uuid::Uuid::from_u128(self.ids + n))).collect(),
            units: self.units.clone(),
            duty_items: ["fire-safety-check".to_owned()].into(),
            ground: self.ground.clone(),
            other: self.master.clone(),
        }
    }

    /// Fresh ids for the next command.
    pub fn next_ids(&mut self, used: u128) {
        self.ids += used.max(6);
    }

    pub fn actor(&self, who: &str, matter: &Matter) -> Actor {
        match who {
            "public" => Actor::Public,
            "appellant" => Actor::Appellant { matter: matter.id.unwrap_or_else(the_matter) },
            "stranger" => Actor::Appellant { matter: MatterId(uuid::Uuid::from_u128(99)) },
            "system" => Actor::System { job: "timer".into() },
            "operator" => Actor::Operator,
            "platform" => Actor::Platform { code: "province".into(), name: "省平台".into() },
            _ => {
                let grant = self.grants(who).remove(0);
                Actor::Person {
                    account: account(who),
                    unit: grant.unit,
                    role: grant.role,
                    stands_in_for: None,
                }
            }
        }
    }

    /// Someone's posts; of "b for a" those of `b`, then those of `a` in which `b` stands in.
    pub fn grants(&self, who: &str) -> Vec<Grant> {
        if let Some((substitute, holder)) = who.split_once(" for ") {
            let lent = self.grants(holder).into_iter();
            let lent = lent.map(|grant| Grant { stands_in_for: Some(account(holder)), ..grant });
            return self.grants(substitute).into_iter().chain(lent).collect();
        }
        let posts = PEOPLE.iter().find(|(name, _)| *name == who).map_or(&[][..], |(_, posts)| posts);
        posts
            .iter()
            .map(|(role, unit)| {
                let unit = UnitId::from(*unit);
                Grant::own(*role, unit.clone(), self.units[&unit].path.clone())
            })
            .collect()
    }
}

/// What any ground of these tests is worded as.
pub fn ground() -> GivenGround {
    GivenGround {
        code: "good".into(),
        zh: "有理由".into(),
        en: "for a good reason".into(),
        basis_zh: "办理规程".into(),
        basis_en: "rules of procedure".into(),
    }
}

pub fn account(who: &str) -> AccountId {
    let who = who.split_once(" for ").map_or(who, |(substitute, _)| substitute);
    let place = PEOPLE.iter().position(|(name, _)| *name == who).expect("a person of this world");
    AccountId(uuid::Uuid::from_u128(1_000_000 + place as u128))
}

pub fn the_matter() -> MatterId {
    MatterId(uuid::Uuid::from_u128(1))
}

pub fn another_matter() -> MatterId {
    MatterId(uuid::Uuid::from_u128(2))
}
