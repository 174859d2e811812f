//! The leak test: for every role and permission, the SQL scope selects exactly the
//! matters that `permit` allows, on both engines.

use kernel::permission::{Grant, Permission, Role, Standing, UnitPath, permit};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRng, TestRunner};
use std::collections::BTreeSet;
use store::{Entry, Projection, Query, StoreConfig, StoreError, TableDef, Tx, params};
use testkit::Engine;
use testkit::postgres::TestServer;
use tongxin_identity::scope::matter_filter;

/// A little city whose codes begin alike on purpose: `c/x/` holds neither `c/x-1/` nor
/// `c/x0/`.
const PATHS: [&str; 10] =
    ["c/", "c/o/", "c/f/", "c/x/", "c/x/f/", "c/x/t/", "c/x/t/v/", "c/x-1/", "c/x0/", "c/x0/f/"];

/// The tables the scope expects.
struct Matters;

impl Projection for Matters {
    fn name(&self) -> &'static str {
        "scope_test"
    }
    fn version(&self) -> u32 {
        1
    }
    fn tables(&self) -> &'static [TableDef] {
        &[
            TableDef {
                name: "matter",
                ddl: "create table matter (id bigint not null, office_path text, complained_path text)",
                order_by: "id",
            },
            TableDef {
                name: "matter_party",
                ddl: "create table matter_party (matter bigint not null, unit_path text not null, \
                      relation text not null)",
                order_by: "matter, unit_path, relation",
            },
        ]
    }
    fn apply(&self, _: &mut Tx, _: &Entry) -> Result<(), StoreError> {
        Ok(())
    }
}

fn path() -> impl Strategy<Value = UnitPath> {
    prop::sample::select(PATHS.to_vec()).prop_map(|path| UnitPath(path.into()))
}

fn standing() -> impl Strategy<Value = Standing> {
    let some = || prop::collection::vec(path(), 0..3);
    (prop::option::of(path()), some(), some(), prop::option::weighted(0.4, path())).prop_map(
        |(office, assigners, handlers, complained_about)| Standing {
            office,
            assigners,
            handlers,
            complained_about,
        },
    )
}

fn grant() -> impl Strategy<Value = Grant> {
    // A post that a substitute acts in opens what it opens to its holder: no more, no less.
    let holder = prop::option::weighted(0.3, Just(kernel::AccountId(Default::default())));
    (prop::sample::select(Role::ALL.to_vec()), path(), holder).prop_map(|(role, path, holder)| Grant {
        stands_in_for: holder,
        ..Grant::own(role, "any".into(), path)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_show_what_permit_allows_and_nothing_else() {
    for engine in Engine::BOTH {
        let config = match engine {
            Engine::Sqlite => StoreConfig::Temporary,
            Engine::Postgres => StoreConfig::postgres(TestServer::shared().database()),
        };
        let store = store::Store::open(config, store::Registry::new(vec![Box::new(Matters)])).expect("opens");
        let mut runner =
            TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(Default::default()));
        let mut draw = |n: usize| {
            let matters = prop::collection::vec(standing(), n).new_tree(&mut runner).expect("draws");
            let people =
                prop::collection::vec(prop::collection::vec(grant(), 0..4), 120).new_tree(&mut runner);
            (matters.current(), people.expect("draws").current())
        };
        let (matters, mut people) = draw(150);
        // Every role alone at every place, besides the mixed hands drawn.
        for role in Role::ALL {
            for path in PATHS {
                let grant = Grant::own(*role, "any".into(), UnitPath(path.into()));
                people.push(vec![grant]);
            }
        }
        let rows = matters.clone();
        store
            .write(move |tx| {
                for (id, matter) in rows.iter().enumerate() {
                    insert(tx, id as i64, matter)?;
                }
                Ok::<_, StoreError>(())
            })
            .await
            .expect("writes");
        store
            .read(move |q| {
                let mut seen_something = 0;
                for grants in &people {
                    for permission in permissions_of(grants) {
                        let allowed: BTreeSet<i64> = (0..)
                            .zip(&matters)
                            .filter(|(_, matter)| permit(grants, permission, matter).is_some())
                            .map(|(id, _)| id)
                            .collect();
                        // One parameter before, as a list with a filter of its own would have.
                        let (condition, mut more) = matter_filter(grants, permission, 2);
                        let mut all = params![0_i64];
                        all.append(&mut more);
                        let sql = format!("select m.id from matter m where m.id >= $1 and {condition}");
                        let rows = q.query(&sql, &all)?;
                        let selected =
                            rows.iter().map(|row| row.int(0)).collect::<Result<BTreeSet<_>, _>>()?;
                        assert_eq!(selected, allowed, "{engine:?} {permission:?} {grants:?}");
                        seen_something += selected.len();
                    }
                }
                assert!(seen_something > 1000, "the test must have something to leak");
                Ok::<_, StoreError>(())
            })
            .await
            .expect("reads");
    }
}

/// The permissions on matters worth asking: reading, for everyone, and all that the roles
/// at hand have (the others select nothing, which reading shows well enough).
fn permissions_of(grants: &[Grant]) -> BTreeSet<Permission> {
    let held = |permission: &&Permission| {
        grants.iter().any(|grant| kernel::permission::may_ever(grant.role, **permission))
    };
    Permission::ALL.iter().filter(held).copied().chain([Permission::MatterRead]).collect()
}

fn insert(tx: &mut Tx, id: i64, matter: &Standing) -> Result<(), StoreError> {
    let text = |path: &Option<UnitPath>| path.as_ref().map(|path| path.0.clone());
    tx.execute(
        "insert into matter (id, office_path, complained_path) values ($1, $2, $3)",
        &params![id, text(&matter.office), text(&matter.complained_about)],
    )?;
    for (relation, paths) in [("assigner", &matter.assigners), ("handler", &matter.handlers)] {
        for path in paths {
            tx.execute(
                "insert into matter_party (matter, unit_path, relation) values ($1, $2, $3)",
                &params![id, &path.0, relation],
            )?;
        }
    }
    Ok(())
}
