//! Where records are: counted by area, and found by what they lie in.

use crate::support::{city, officer, record};
use kernel::AreaId;
use kernel::permission::{Grant, Role, UnitPath};
use testkit::Engine;
use tongxin_registers::read::list::{self, Asked};
use tongxin_registers::read::{in_force, places};

#[tokio::test(flavor = "multi_thread")]
async fn records_are_counted_by_area_in_the_readers_scope_and_found_in_it() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        for (unit, name, place, at) in [
            ("xx", "一", "431302001", "112.1, 27.7"),
            ("xx", "二", "431302001", ""),
            ("xx", "三", "431302", "112.2, 27.6"),
            ("yy", "四", "431302002", ""),
            ("yy", "五", "", "112.3, 27.5"),
        ] {
            let typed = [("name", name), ("place", place), ("where", at)];
            record(&test.app, &officer(), unit, &typed).await.expect("recorded");
        }
        let read = test.app.read(|q, app| {
            let definition = in_force(q, app, "things")?.expect("defined");
            let of_xx = [Grant::own(Role::Registers, "xx".into(), UnitPath("cc/xx/".into()))];
            let all = places::by_area(q, &definition, None, &Asked::default())?;
            let own = places::by_area(q, &definition, Some(&of_xx), &Asked::default())?;
            let mut titles = |asked: Asked| {
                let rows = list::list(q, &definition, None, &asked, 100)?;
                let mut titles: Vec<String> = rows.into_iter().map(|row| row.title).collect();
                titles.sort();
                Ok::<_, platform::Failure>(titles.concat())
            };
            let within = |code: &str| Asked { within: Some(AreaId::from(code)), ..Asked::default() };
            let found = [
                titles(within("431302001"))?,
                titles(within("431302"))?,
                titles(within("431300"))?,
                titles(Asked { at_a_point: true, ..Asked::default() })?,
                titles(Asked { at_a_point: true, ..within("431302") })?,
            ];
            Ok((all, own, found))
        });
        let (all, own, found) = read.await.expect("counted");
        let count = |counts: &std::collections::BTreeMap<AreaId, i64>, code: &str| {
            counts.get(&AreaId::from(code)).copied().unwrap_or(0)
        };
        assert_eq!((count(&all, "431302001"), count(&all, "431302"), count(&all, "431302002")), (2, 1, 1));
        assert_eq!(all.values().sum::<i64>(), 4, "what names no area is counted for none");
        assert_eq!(own.values().sum::<i64>(), 3, "nothing of other units");
        let mut expected = ["一二", "一二三四", "一二三四", "一三五", "一三"].map(|titles| {
            let mut titles: Vec<char> = titles.chars().collect();
            titles.sort_unstable();
            titles.into_iter().collect::<String>()
        });
        expected.sort();
        let mut found = found;
        found.sort();
        assert_eq!(found, expected);
    }
}
