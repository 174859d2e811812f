//! Jobs whose runner is killed, and jobs that panic.

use crate::support::{NOW, city};
use demo::cast::OFFICE;
use kernel::time::{Instant, Zone};
use matters::FileRequest;
use matters_rules::command::ContactCard;
use matters_rules::{AppealType, Channel};
use platform::config::Config;
use platform::feature::Feature;
use platform::jobs::handler;
use platform::{App, By, Failure};
use std::sync::Arc;
use store::Query;
use store::jobs::NewJob;
use testkit::{Engine, TestApp};

async fn entries(app: &App) -> i64 {
    app.read(|snapshot, _| Ok(store::journal::count(snapshot)?)).await.expect("reads")
}

/// The runner did the work and died before it could say so: the job comes back and finds
/// nothing left to do.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_killed_between_effect_and_mark_is_done_once() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        let request = FileRequest {
            category: Some("ENE-01".into()),
            area: Some("431302".into()),
            title: "变压器增容".into(),
            text: "上月起每天跳闸三次。".into(),
            contact: ContactCard {
                name: "王先生".into(), phone: "13800001234".into(), ..Default::default()
            },
            ..FileRequest::new(OFFICE.into(), Channel::Online, AppealType::Help)
        };
        test.app.write(move |work| matters::file(work, &By::Public, &request)).await.expect("filed");
        test.at("2026-11-24T01:30:00Z");
        let (app, now) = (&test.app, test.app.now());
        let lease = 120_000_000;
        let taken =
            app.store.write(move |tx| store::jobs::take_due(tx, now, lease, 10)).await.expect("takes");
        assert!(!taken.is_empty(), "{engine:?}: the review limit is due");
        for job in taken {
            app.jobs[job.kind.as_str()](app.clone(), job).await.expect("its effect");
        }
        let after = entries(app).await;
        // Here the runner dies. Its lease runs out, another takes the job.
        assert_eq!(test.run_jobs().await, 0, "{engine:?}: the lease holds");
        test.clock.set(Instant::from_micros(now.micros() + lease));
        assert!(test.run_jobs().await > 0, "{engine:?}: the job came back");
        assert_eq!(entries(app).await, after, "{engine:?}: nothing is done twice");
        assert_eq!(test.run_jobs().await, 0, "{engine:?}: and the job is done");
    }
}

/// A job that panics is put back like any that fails, and the others run.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_panics_does_not_stop_the_others() {
    let feature = Feature {
        jobs: vec![
            ("bad", handler(|_, _| async { panic!("on purpose") })),
            (
                "good",
                handler(|app: App, _| async move {
                    app.write(|work| Ok::<_, Failure>(store::meta::put(work.tx, "good", "done")?)).await
                }),
            ),
        ],
        ..Feature::default()
    };
    let directory = Arc::new(identity::StoreDirectory::new(Zone::default()));
    let features = tongxin::features::all().into_iter().chain([feature]).collect();
    let test = TestApp::start_with(Engine::Sqlite, NOW, features, directory, Config::default());
    let now = test.app.now();
    for kind in ["bad", "good"] {
        let job = NewJob { kind: kind.into(), key: None, payload: "{}".into(), run_at: now, created_at: now };
        test.app
            .write(move |work| Ok::<_, Failure>(store::jobs::enqueue(work.tx, &job)?))
            .await
            .expect("left");
    }
    assert_eq!(test.run_jobs().await, 2);
    let good = test.app.read(|snapshot, _| Ok(store::meta::get(snapshot, "good")?)).await.expect("reads");
    assert_eq!(good.as_deref(), Some("done"));
    let why = test
        .app
        .read(|snapshot, _| {
            let sql = "select last_error from jobs where kind = 'bad'";
            Ok(snapshot.query_one(sql, &[])?.text(0)?)
        })
        .await
        .expect("reads");
    assert!(why.contains("bad panicked"), "{why}");
}
