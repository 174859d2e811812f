//! A few hundred matters: copies are what the journal says, their chain and their words are
//! whole, and every round gets its answers.

use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use matters_rules::figures::By;
use platform::web::service;
use std::net::SocketAddr;
use std::time::Duration;
use store::doctor;
use tongxin::cli::Opened;
use tongxin_bench::place::{Engine, Ground};
use tongxin_bench::rounds::Known;
use tongxin_bench::{bare, city, load, rounds};

/// Matters that are played, and that there are with their copies.
const PATTERNS: u32 = 30;
const MATTERS: usize = 300;

fn parent() -> std::path::PathBuf {
    std::env::temp_dir().join("tongxin-bench-smoke")
}

#[test]
fn copies_are_what_the_journal_says() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let ground = Ground::new(engine, &parent()).expect("a place");
        let opened = ground.open().expect("opens");
        let app = opened.app.clone();
        opened.block_on(async {
            let city = city::make(&app, PATTERNS).await.expect("a city");
            let loaded = load::load(&app, city.patterns, MATTERS).await.expect("loads");
            assert_eq!(loaded.matters, MATTERS);
            let different = app.store.rebuild_check().await.expect("compares");
            assert!(different.is_empty(), "{engine:?}: {:?}", different.first());
            let findings = app.store.read(|snapshot| doctor::check(snapshot)).await.expect("checks");
            assert!(findings.is_empty(), "{engine:?}: {:?}", findings.first());
            let wrong = platform::texts::check(&app).await.expect("reads");
            assert!(wrong.is_empty(), "{engine:?}: the text index {wrong:?}");
            app.read(|snapshot, app| {
                for from in [None, Some("2025-06-01".parse().expect("a day"))] {
                    for by in [None, Some(By::Unit), Some(By::Category), Some(By::Month)] {
                        let asked = matters::figures::Asked { from, ..Default::default() };
                        let kept = matters::figures::counted(snapshot, app, &asked, by, None)?;
                        let question = matters::figures::question(snapshot, app, &asked)?;
                        let folded = matters::figures::breakdown(snapshot, &question, by, None)?;
                        assert_eq!(*kept, folded, "{by:?} {from:?}");
                    }
                }
                Ok(())
            })
            .await
            .expect("counts");
        });
    }
}

#[test]
fn every_round_gets_its_answers() {
    let ground = Ground::new(Engine::Sqlite, &parent()).expect("a place");
    let Opened { app, routes, .. } = ground.open().expect("opens");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async move {
        let city = city::make(&app, PATTERNS).await.expect("a city");
        let long: Vec<String> = city
            .patterns
            .iter()
            .filter(|pattern| pattern.events >= city::LONG)
            .map(|pattern| pattern.id().to_owned())
            .collect();
        let days: Vec<String> = city
            .patterns
            .iter()
            .map(|pattern| app.config.zone.date_of(pattern.filed_at).to_string())
            .collect();
        let filed = std::sync::Arc::new(city::filed(&app).await.expect("filed"));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let serving: IntoMakeServiceWithConnectInfo<_, SocketAddr> =
            service(app.clone(), routes).into_make_service_with_connect_info();
        let server = tokio::spawn(async move { axum::serve(listener, serving).await });
        let known = Known { address, token: city.token, long: long.into(), days: days.into() };
        let span = Duration::from_millis(200);
        let rounds = rounds::measure(&known, span, || Ok((0, 0))).await.expect("every round");
        assert!(rounds.looks.iter().chain(&rounds.intake).all(|measured| measured.answers > 0));
        assert!(rounds.acceptance.answers > 0);
        let bare = bare::measure(&app, filed, span).await.expect("writes");
        assert!(bare.iter().all(|measured| measured.answers > 0));
        tongxin_bench::registers::define(&app).await.expect("defined");
        let today = app.config.zone.date_of(app.now()).to_string();
        let ledger = tongxin_bench::registers::measure(address, 300, span, &today).await.expect("measured");
        assert!(ledger.list.answers > 0 && ledger.taken > 0.0 && ledger.change > 0.0);
        let counted = app.store.read(|q| {
            use store::Query;
            q.query_one("select count(*), count(remark) from reg_bench_ledger", &[])
                .and_then(|row| Ok((row.int(0)?, row.int(1)?)))
        });
        assert_eq!(counted.await.expect("counts"), (600, 0), "both files, and the new field");
        server.abort();
    });
}
