//! Starts that must not happen, and a clock that was set back.

use super::process::{Installation, log_in, send};
use crate::support::person;
use kernel::permission::Role;
use testkit::Engine;

/// A key of another installation: refused before anything is read with it, on either engine.
#[test]
fn a_wrong_master_key_is_refused_and_named() {
    for engine in Engine::BOTH {
        let (own, other) = (Installation::new(engine), Installation::new(Engine::Sqlite));
        std::fs::copy(other.path("keys/master.key"), own.path("keys/master.key")).expect("copies");
        for command in [&["doctor"][..], &["figures"], &["serve", "--listen", "127.0.0.1:0"]] {
            let output = own.run(command);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success(), "{engine:?} {command:?}");
            assert!(told.contains("does not belong to this database") && told.contains("--keys"), "{told}");
        }
    }
}

/// Nobody set an address: those that people are given carry the one that is listened on.
#[test]
fn addresses_that_people_are_given_are_the_servers_own() {
    let city = Installation::new(Engine::Sqlite);
    let opened = city.place().open().expect("it opens");
    opened.block_on(person(&opened.app, Role::Registers, "ld"));
    drop(opened);
    let server = city.serve();
    let session = log_in(&server, "registers.ld");
    let path = "/api/v1/registers/programmes/calendar-subscription";
    let headers = [("sec-fetch-site", "same-origin"), ("cookie", &*session)];
    let answer = send(&server.address, "POST", path, &headers, "").expect("it answers");
    assert_eq!(answer.status, 201, "{}", answer.body);
    let told: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let address = told["address"].as_str().expect("an address");
    let path = address.strip_prefix(&format!("http://{}", server.address)).expect(address);
    let feed = send(&server.address, "GET", path, &[], "").expect("it answers");
    assert!(feed.status == 200 && feed.body.contains("BEGIN:VCALENDAR"), "{feed:?}");
}

/// The machine's clock is set back by minutes between two starts: time stands still until it
/// has caught up, so that no entry is older than the one before it.
#[test]
fn a_clock_set_back_before_a_restart_stands_still() {
    let city = Installation::new(Engine::Sqlite);
    let place = city.place();
    // Work of the last minutes, by a clock that runs half an hour ahead of the machine's.
    let ahead = place.open().expect("it opens").app.now().micros() + 1_800_000_000;
    let ahead = kernel::time::Instant::from_micros(ahead);
    let opened = place
        .open_with(|setup| setup.clock = std::sync::Arc::new(platform::clock::FixedClock::at(ahead)))
        .expect("it opens");
    opened.block_on(person(&opened.app, Role::Intake, "ld-ydb"));
    drop(opened);
    let opened = place.open().expect("it opens again");
    assert_eq!(opened.app.now(), ahead, "the journal's last entry is known");
}
