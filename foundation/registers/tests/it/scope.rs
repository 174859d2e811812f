//! The list shows exactly what `permit` allows: the leak test.

use crate::support::{city, officer, record};
use kernel::permission::{Grant, Permission, Role, UnitPath};
use std::collections::BTreeSet;
use testkit::Engine;
use tongxin_registers::read::list::{self, Asked};
use tongxin_registers::read::{in_force, may};

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_permission_agree_for_every_role_and_place() {
    let test = city(Engine::Sqlite).await;
    let places = [("cc", "cc/"), ("xx", "cc/xx/"), ("xx-a", "cc/xx/xx-a/"), ("yy", "cc/yy/")];
    for (unit, _) in places {
        record(&test.app, &officer(), unit, &[("name", unit)]).await.expect("recorded");
    }
    for role in Role::ALL {
        for (unit, path) in places {
            let grants = [Grant::own(*role, unit.into(), UnitPath(path.into()))];
            let asked = grants.clone();
            let read = test.app.read(move |q, app| {
                let definition = in_force(q, app, "things")?.expect("defined");
                let rows = list::list(q, &definition, Some(&asked), &Asked::default(), 100)?;
                Ok(rows.into_iter().map(|row| row.unit).collect::<BTreeSet<String>>())
            });
            let listed = read.await.expect("rows");
            let allowed: BTreeSet<String> = places
                .iter()
                .filter(|(_, path)| may(&grants, Permission::RegisterRead, &UnitPath((*path).into())))
                .map(|(unit, _)| (*unit).to_owned())
                .collect();
            assert_eq!(listed, allowed, "{} at {path}", role.code());
        }
    }
}
