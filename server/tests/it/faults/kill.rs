//! `kill -9` of the real server under load: what was acknowledged is there, what was not is
//! there once or not at all, and the chains hold.

use super::process::{Installation, file, is_there, receipt};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::channel;
use testkit::Engine;

const CLIENTS: usize = 6;
/// Acknowledged in each round before the blow.
const ACKNOWLEDGED: usize = 25;

#[test]
fn every_acknowledged_number_survives_on_sqlite() {
    survives(Engine::Sqlite, 4);
}

#[test]
fn every_acknowledged_number_survives_on_postgres() {
    survives(Engine::Postgres, 3);
}

fn survives(engine: Engine, rounds: usize) {
    let city = Installation::new(engine);
    let mut acknowledged: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut sent = 0;
    for round in 1..=rounds {
        let (open, receipts) = load_and_kill(&city, round);
        sent += open.len() + receipts.len();
        acknowledged.extend(receipts);

        let server = city.serve();
        for (key, (number, code)) in &acknowledged {
            assert!(is_there(&server.address, number, code), "{engine:?}, round {round}: {key} is lost");
        }
        // Whoever heard nothing asks again under the same key: done once, before or now.
        for key in open {
            let answer = file(&server.address, &key).expect("it answers again");
            assert_eq!(answer.status, 201, "{key}: {}", answer.body);
            acknowledged.insert(key, receipt(&answer));
        }
        drop(server);
        city.is_whole();
        assert_eq!(city.received(), sent as i64, "{engine:?}, round {round}: nothing twice");
    }
    let mut numbers: Vec<_> = acknowledged.values().map(|(number, _)| number).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), acknowledged.len(), "no number twice");
}

/// Files from several clients until enough is acknowledged, then kills the server. Gives the
/// keys nobody was told about, and those with a receipt.
fn load_and_kill(city: &Installation, round: usize) -> (Vec<String>, BTreeMap<String, (String, String)>) {
    let server = city.serve();
    let address = server.address.clone();
    let (open, receipts) = (Mutex::new(Vec::new()), Mutex::new(BTreeMap::new()));
    let (acknowledge, heard) = channel();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (open, receipts, address, acknowledge) = (&open, &receipts, &address, acknowledge.clone());
            scope.spawn(move || {
                for n in 0.. {
                    let key = format!("round-{round}-client-{client}-{n}");
                    match file(address, &key) {
                        Ok(answer) if answer.status == 201 => {
                            receipts.lock().expect("no panic").insert(key, receipt(&answer));
                            let _ = acknowledge.send(());
                        }
                        Ok(answer) => panic!("{key}: {} {}", answer.status, answer.body),
                        // The blow fell.
                        Err(_) => return open.lock().expect("no panic").push(key),
                    }
                }
            });
        }
        drop(acknowledge);
        heard.iter().take(ACKNOWLEDGED).for_each(drop);
        server.kill();
    });
    (open.into_inner().expect("no panic"), receipts.into_inner().expect("no panic"))
}
