//! Figures: conditions, periods, bounds, levels; each is the count of the rows it opens to.

use crate::support::{act, city, day, officer, rebuilds, record};
use testkit::{Engine, TestApp};
use tongxin_registers::read::in_force;
use tongxin_registers::read::indicators::{self, Figure, Span};
use tongxin_registers::read::list::{self, Asked};
use tongxin_registers::rules::Decimal;
use tongxin_registers::rules::record::{Award, RecordCommand};

async fn figure(test: &TestApp, code: &str, from: &str, to: &str) -> (Figure, i64) {
    let code = code.to_owned();
    let span = Span { from: from.parse().ok(), to: to.parse().ok() };
    let read = test.app.read(move |q, app| {
        let definition = in_force(q, app, "things")?.expect("defined");
        let indicator = definition.indicator(&code).expect("an indicator");
        let figure = indicators::figure(q, &definition, None, &Asked::default(), indicator, span)?;
        let asked = Asked { counted: Some((code.clone(), span)), ..Asked::default() };
        Ok((figure, list::count(q, &definition, None, &asked, 100)?))
    });
    read.await.expect("counts")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_figure_counts_the_rows_it_opens_to() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        for typed in [
            vec![
                ("name", "一"),
                ("kind", "tea"),
                ("on", "2022-01-31"),
                ("total", "1亿元"),
                ("village", "甲村"),
            ],
            vec![
                ("name", "二"),
                ("kind", "tea"),
                ("on", "2022-02-01"),
                ("total", "近2亿元"),
                ("village", "甲村"),
            ],
            vec![
                ("name", "三"),
                ("kind", "steel"),
                ("on", "2022-01-15"),
                ("total", "9999.99万元"),
                ("village", "乙村"),
            ],
            vec![("name", "四")],
        ] {
            record(&test.app, &officer(), "xx", &typed).await.expect("recorded");
        }
        let whole = |(figure, rows): (Figure, i64)| (figure.total.sum, rows);
        assert_eq!(whole(figure(&test, "teas", "", "").await), (Decimal::whole(2), 2));
        assert_eq!(whole(figure(&test, "teas", "2022-01-01", "2022-01-31").await), (Decimal::whole(1), 1));
        let (large, rows) = figure(&test, "large", "", "").await;
        assert_eq!(
            (large.total.sum, rows),
            (Decimal::whole(300_000_000), 2),
            "以上 includes the number itself"
        );
        assert_eq!(large.total.sign(), "<", "a bound stays a bound");
        assert_eq!(whole(figure(&test, "villages", "", "").await).0, Decimal::whole(2));
        rebuilds(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_highest_level_is_counted_as_of_a_day_and_what_was_ever_held_apart() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let id = record(&test.app, &officer(), "xx", &[("name", "阵地")]).await.expect("recorded");
        for (level, on) in [("county", "2021-06-01"), ("city", "2022-06-01")] {
            let award = Award { level: level.into(), on: day(on), document: String::new(), ended: None };
            act(&test.app, &officer(), id, RecordCommand::Award(award)).await.expect("awarded");
        }
        let count = |found: (Figure, i64)| found.0.total.sum.whole_part();
        assert_eq!(count(figure(&test, "city_now", "", "").await), 1);
        assert_eq!(count(figure(&test, "city_now", "", "2022-05-31").await), 0);
        assert_eq!(count(figure(&test, "county_ever", "", "2022-05-31").await), 1);
        assert_eq!(count(figure(&test, "county_ever", "", "2021-05-31").await), 0);
        let end = RecordCommand::EndAward { level: "city".into(), on: day("2022-08-01") };
        act(&test.app, &officer(), id, end).await.expect("ended");
        assert_eq!(count(figure(&test, "city_now", "", "").await), 0);
        assert_eq!(count(figure(&test, "city_now", "", "2022-07-31").await), 1, "it did hold it on that day");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_without_gap_or_repeat() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        for n in 0..25 {
            let (name, total) = (format!("物件{n:02}"), format!("{}", n % 4));
            record(&test.app, &officer(), "xx", &[("name", &name), ("total", &total)])
                .await
                .expect("recorded");
        }
        for sort in [None, Some(("total".to_owned(), true)), Some(("name".to_owned(), false))] {
            let mut seen = std::collections::BTreeSet::new();
            let mut after = None;
            loop {
                let asked = Asked { sort: sort.clone(), after: after.clone(), ..Asked::default() };
                let rows = test
                    .app
                    .read(move |q, app| {
                        let definition = in_force(q, app, "things")?.expect("defined");
                        Ok(list::list(q, &definition, None, &asked, 7)?)
                    })
                    .await
                    .expect("rows");
                let Some(last) = rows.last() else { break };
                after = Some((last.key.clone(), last.id.clone()));
                for row in &rows {
                    assert!(seen.insert(row.id.clone()), "{sort:?}: {} twice", row.title);
                }
            }
            assert_eq!(seen.len(), 25, "{sort:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_computed_of_others_follows_them() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        record(&test.app, &officer(), "xx", &[("name", "一"), ("village", "甲村")]).await.expect("recorded");
        let second = record(&test.app, &officer(), "xx", &[("name", "二"), ("village", "甲村")])
            .await
            .expect("recorded");
        assert_eq!(shared(&test).await, [2, 2]);
        act(&test.app, &officer(), second, RecordCommand::Remove("散了".into())).await.expect("removed");
        assert_eq!(shared(&test).await, [1]);
        rebuilds(&test).await;
    }
}

async fn shared(test: &TestApp) -> Vec<i64> {
    use store::Query;
    let read = test.app.read(|q, _| {
        let rows = q.query("select shared from reg_things where removed = 0 order by title", &[])?;
        Ok(rows.iter().map(|row| row.int(0)).collect::<Result<Vec<_>, _>>()?)
    });
    read.await.expect("rows")
}
