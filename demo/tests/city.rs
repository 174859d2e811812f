//! The demo city plays through on both engines, every figure adds up, and the read models
//! are what the journal gives.

use std::sync::Arc;
use testkit::{Engine, TestApp};

const NOW: &str = "2026-11-23T08:10:00Z";

fn start(engine: Engine) -> TestApp {
    let features = vec![network::feature(), identity::feature(), matters::feature()];
    let directory = Arc::new(identity::StoreDirectory::new(kernel::time::Zone::default()));
    TestApp::start(engine, NOW, features, directory)
}

async fn plays(engine: Engine) {
    let test = start(engine);
    let made = tongxin_demo::make(&test.app, "demo-password-1").await.expect("the script runs through");
    assert_eq!(made.appeals, tongxin_demo::story::all().expect("the file reads").len());
    test.run_jobs().await;
    let differences = test.app.store.rebuild_check().await.expect("the store answers");
    assert!(differences.is_empty(), "{differences:#?}");
}

#[tokio::test]
async fn the_city_plays_through_on_sqlite() {
    plays(Engine::Sqlite).await;
}

#[tokio::test]
async fn the_city_plays_through_on_postgres() {
    plays(Engine::Postgres).await;
}
