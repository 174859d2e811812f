//! The journal and the chain over it.

use crate::bench::{Bench, append, append_one, at, event, int};
use kernel::event::Source;
use store::{NewEntry, StoreError, chain, journal};

crate::on_both_engines!(
    entries_come_back_as_written_and_chained,
    loading_after_a_version_gives_the_rest,
    appending_twice_in_one_transaction_continues,
    many_entries_in_one_append_are_in_order,
    new_streams_at_positions_set_aside_are_like_others,
    scanning_pages_by_position,
    the_sealer_takes_everything_once_and_tailers_follow,
    a_reader_with_sums_sees_each_stream_grow_once,
);

fn entries_come_back_as_written_and_chained(bench: &Bench) {
    let store = bench.open();
    let new = NewEntry {
        kind: "appeal_filed".into(),
        actor: r#"{"post":"受理员"}"#.into(),
        source: Source::Imported,
        occurred_at: at(-5),
        recorded_at: at(10),
        body: r#"{"text":"充电桩"}"#.into(),
    };
    let input = new.clone();
    let written = store
        .write_blocking(move |tx| append(tx, "matter/1", &[input.clone(), event("noted", "2")]))
        .unwrap();
    let loaded = store.read_blocking(|s| journal::load(s, "matter/1", 0)).unwrap();
    assert_eq!(written, loaded);
    let [first, second] = loaded.as_slice() else { panic!("two entries") };
    assert_eq!((first.version, second.version, first.source), (1, 2, Source::Imported));
    assert_eq!((&first.kind, &first.actor, &first.body), (&new.kind, &new.actor, &new.body));
    assert_eq!((first.occurred_at, first.recorded_at), (at(-5), at(10)));
    assert_eq!((first.prev_hash.as_str(), &second.prev_hash), ("", &first.hash));
    assert_eq!(first.hash, journal::hash_of(first));
    assert_eq!(first.hash.len(), 64);
}

fn loading_after_a_version_gives_the_rest(bench: &Bench) {
    let store = bench.open();
    for body in ["1", "2", "3"] {
        append_one(&store, "s", body);
    }
    let rest = store.read_blocking(|s| journal::load(s, "s", 1)).unwrap();
    assert_eq!(rest.iter().map(|entry| entry.version).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(store.read_blocking(|s| journal::load(s, "none", 0)).unwrap(), []);
    // An append after a partial load, or none at all, finds the head by itself.
    let written = store
        .write_blocking(|tx| {
            journal::load(tx, "s", 3)?;
            journal::append(tx, "s", 3, &[event("noted", "4")])
        })
        .unwrap();
    assert_eq!(written[0].version, 4);
}

fn appending_twice_in_one_transaction_continues(bench: &Bench) {
    let store = bench.open();
    store
        .write_blocking(|tx| {
            journal::append(tx, "s", 0, &[event("noted", "1")])?;
            journal::append(tx, "s", 1, &[event("noted", "2")])?;
            journal::append(tx, "t", 0, &[])
        })
        .unwrap();
    assert_eq!(int(&store, "select count(*) from journal where stream = 's'"), 2);
    assert_eq!(store.read_blocking(|s| store::doctor::check(s)).unwrap(), []);
}

fn many_entries_in_one_append_are_in_order(bench: &Bench) {
    let store = bench.open();
    let written = store
        .write_blocking(|tx| {
            let events: Vec<_> = (0..130).map(|n| event("noted", &n.to_string())).collect();
            append(tx, "s", &events)
        })
        .unwrap();
    assert_eq!(written.len(), 130);
    assert!(written.windows(2).all(|pair| pair[0].position < pair[1].position));
    assert_eq!(store.read_blocking(|s| journal::load(s, "s", 0)).unwrap(), written);
}

fn new_streams_at_positions_set_aside_are_like_others(bench: &Bench) {
    let store = bench.open();
    append_one(&store, "old", "1");
    let written = store
        .write_blocking(|tx| {
            // More than are used, and one stream that takes two of them.
            journal::reserve(tx, 5)?;
            let mut written = Vec::new();
            for stream in ["a", "b"] {
                journal::note_new(tx, stream);
                written.extend(journal::append(
                    tx,
                    stream,
                    0,
                    &[event("noted", stream), event("noted", "2")],
                )?);
            }
            written.extend(journal::append(tx, "old", 1, &[event("noted", "2")])?);
            Ok::<_, StoreError>(written)
        })
        .unwrap();
    let positions: Vec<i64> = written.iter().map(|entry| entry.position).collect();
    assert!(positions[..4].windows(2).all(|pair| pair[0] < pair[1]), "{positions:?}");
    let loaded = |stream: &'static str| store.read_blocking(move |s| journal::load(s, stream, 0)).unwrap();
    assert_eq!(loaded("a"), written[..2]);
    assert_eq!(loaded("b"), written[2..4]);
    assert_eq!(loaded("old")[1], written[4]);
    append_one(&store, "after", "1");
    assert_eq!(store.write_blocking(|tx| chain::seal(tx, 100)).unwrap(), 7);
    assert_eq!(store.read_blocking(|s| store::doctor::check(s)).unwrap(), []);
}

fn scanning_pages_by_position(bench: &Bench) {
    let store = bench.open();
    for n in 0..5 {
        append_one(&store, &format!("s{}", n % 2), &n.to_string());
    }
    let (first, second) = store
        .read_blocking(|s| {
            let first = journal::scan(s, 0, 3)?;
            let second = journal::scan(s, first[2].position, 3)?;
            Ok::<_, StoreError>((first, second))
        })
        .unwrap();
    let bodies: Vec<_> = first.iter().chain(&second).map(|entry| entry.body.as_str()).collect();
    assert_eq!(bodies, ["0", "1", "2", "3", "4"]);
}

fn the_sealer_takes_everything_once_and_tailers_follow(bench: &Bench) {
    let store = bench.open();
    for n in 0..5 {
        append_one(&store, "s", &n.to_string());
    }
    let seal = || store.write_blocking(|tx| chain::seal(tx, 3)).unwrap();
    assert_eq!((seal(), seal(), seal()), (3, 2, 0));
    append_one(&store, "s", "5");
    assert_eq!((seal(), seal()), (1, 0));
    let followed = store.read_blocking(|s| chain::follow(s, 2, 10)).unwrap();
    let seen: Vec<_> = followed.iter().map(|(seq, entry)| (*seq, entry.body.as_str())).collect();
    assert_eq!(seen, [(3, "2"), (4, "3"), (5, "4"), (6, "5")]);
    assert_eq!(store.read_blocking(|s| chain::last(s)).unwrap().seq, 6);
}

fn a_reader_with_sums_sees_each_stream_grow_once(bench: &Bench) {
    let store = bench.open();
    let seal = || store.write_blocking(|tx| chain::seal(tx, 100)).unwrap();
    let grown = |mark: &chain::Mark| {
        let mark = mark.clone();
        store.read_blocking(move |s| chain::grown(s, &mark)).unwrap().unwrap()
    };
    let spans = |grown: &[chain::Grown]| {
        grown.iter().map(|grown| (grown.stream.clone(), grown.from, grown.to)).collect::<Vec<_>>()
    };
    append_one(&store, "a", "1");
    seal();
    append_one(&store, "b", "1");
    let start = store.read_blocking(|s| chain::mark(s)).unwrap();
    assert_eq!(spans(&grown(&start).0), [], "what is there at the mark has been taken in, sealed or not");
    append_one(&store, "a", "2");
    append_one(&store, "a", "3");
    append_one(&store, "b", "2");
    let (first, mark) = grown(&start);
    assert_eq!(spans(&first), [("a".into(), 1, 3), ("b".into(), 1, 2)]);
    seal();
    let (none, sealed) = grown(&mark);
    assert_eq!(spans(&none), [], "sealing changes nothing");
    append_one(&store, "c", "1");
    assert_eq!(spans(&grown(&sealed).0), [("c".into(), 0, 1)]);
    let (all, _) = grown(&start);
    assert_eq!(spans(&all), [("a".into(), 1, 3), ("b".into(), 1, 2), ("c".into(), 0, 1)]);
}
