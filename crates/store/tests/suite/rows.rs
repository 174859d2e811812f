//! The small authoritative tables.

use crate::bench::{Bench, at, int};
use store::{StoreError, blobs, drafts, idempotency, meta, rate_limits, sessions, subjects};

crate::on_both_engines!(
    sessions_live_until_they_end,
    drafts_are_replaced_and_end,
    an_answer_is_given_once,
    attempts_are_counted_within_their_window,
    subjects_have_one_key_and_may_be_found,
    blobs_come_back_in_chunks,
    facts_are_replaced,
);

fn session(token: &str, account: &str) -> sessions::Session {
    sessions::Session {
        token_hash: token.into(),
        account: account.into(),
        data: "{}".into(),
        created_at: at(1),
        last_seen_at: at(1),
        expires_at: at(10),
    }
}

fn sessions_live_until_they_end(bench: &Bench) {
    let store = bench.open();
    store
        .write_blocking(|tx| {
            for (token, account) in [("t1", "a"), ("t2", "a"), ("t3", "a"), ("t4", "b")] {
                sessions::put(tx, &session(token, account))?;
            }
            let found = sessions::get(tx, "t1", at(9))?;
            assert_eq!(found, Some(session("t1", "a")));
            assert_eq!(sessions::get(tx, "t1", at(10))?, None);
            assert!(sessions::touch(tx, "t1", at(9), at(20))?);
            assert!(!sessions::touch(tx, "none", at(9), at(20))?);
            assert_eq!(sessions::get(tx, "t1", at(10))?.unwrap().last_seen_at, at(9));
            assert_eq!(sessions::delete_of_account(tx, "a", Some("t1"))?, 2);
            assert_eq!(sessions::delete_expired(tx, at(10))?, 1);
            assert_eq!(sessions::delete_of_account(tx, "a", None)?, 1);
            sessions::put(tx, &session("t5", "a"))?;
            assert!(sessions::delete(tx, "t5")?);
            assert!(!sessions::delete(tx, "t5")?);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(int(&store, "select count(*) from sessions"), 0);
}

fn drafts_are_replaced_and_end(bench: &Bench) {
    bench
        .open()
        .write_blocking(|tx| {
            drafts::put(tx, "d", b"one", at(1), at(10))?;
            drafts::put(tx, "d", b"two", at(2), at(12))?;
            assert_eq!(drafts::get(tx, "d", at(11))?, Some(b"two".to_vec()));
            assert_eq!(drafts::get(tx, "d", at(12))?, None);
            assert_eq!(drafts::delete_expired(tx, at(11))?, 0);
            assert_eq!(drafts::delete_expired(tx, at(12))?, 1);
            drafts::put(tx, "e", b"x", at(1), at(10))?;
            assert!(drafts::delete(tx, "e")?);
            assert!(!drafts::delete(tx, "e")?);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

fn an_answer_is_given_once(bench: &Bench) {
    let store = bench.open();
    let answer = |text: &'static str| {
        store.write_blocking(move |tx| match idempotency::get(tx, "intake", "k")? {
            Some(given) => Ok(given),
            None => {
                idempotency::put(tx, "intake", "k", text, None, at(5))?;
                Ok::<_, StoreError>(text.to_owned())
            }
        })
    };
    assert_eq!(answer("first").unwrap(), "first");
    assert_eq!(answer("second").unwrap(), "first");
    let again = store.write_blocking(|tx| idempotency::put(tx, "intake", "k", "x", None, at(6)));
    assert!(matches!(again, Err(StoreError::Unique(_))));
    assert_eq!(store.write_blocking(|tx| idempotency::delete_before(tx, at(5))).unwrap(), 0);
    assert_eq!(store.write_blocking(|tx| idempotency::delete_before(tx, at(6))).unwrap(), 1);
}

fn attempts_are_counted_within_their_window(bench: &Bench) {
    bench
        .open()
        .write_blocking(|tx| {
            let window = 60_000_000;
            assert_eq!(rate_limits::hits(tx, "b", at(0))?, 0);
            assert_eq!(rate_limits::hit(tx, "b", at(0), window)?, 1);
            assert_eq!(rate_limits::hit(tx, "b", at(59), window)?, 2);
            assert_eq!(rate_limits::hits(tx, "b", at(59))?, 2);
            assert_eq!(rate_limits::hits(tx, "b", at(60))?, 0);
            assert_eq!(rate_limits::hit(tx, "b", at(60), window)?, 1);
            rate_limits::reset(tx, "b")?;
            assert_eq!(rate_limits::hit(tx, "b", at(61), window)?, 1);
            assert_eq!(rate_limits::delete_expired(tx, at(120))?, 0);
            assert_eq!(rate_limits::delete_expired(tx, at(121))?, 1);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

fn subjects_have_one_key_and_may_be_found(bench: &Bench) {
    let store = bench.open();
    store
        .write_blocking(|tx| {
            for subject in ["s1", "s2", "s3"] {
                subjects::put_key(tx, subject, subject.as_bytes(), at(1))?;
                subjects::add_index(tx, "same", "phone", subject)?;
                subjects::add_index(tx, "same", "phone", subject)?;
            }
            assert_eq!(subjects::find(tx, "same", "phone")?, ["s1", "s2", "s3"]);
            assert_eq!(subjects::find(tx, "same", "mail")?, Vec::<String>::new());
            assert!(subjects::rewrap(tx, "s2", b"new")?);
            assert!(!subjects::rewrap(tx, "none", b"new")?);
            let page = subjects::keys_after(tx, "s1", 1)?;
            assert_eq!(page, [("s2".to_owned(), b"new".to_vec())]);
            assert_eq!(subjects::key(tx, "none")?, None);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let twice = store.write_blocking(|tx| subjects::put_key(tx, "s1", b"x", at(1)));
    assert!(matches!(twice, Err(StoreError::Unique(_))));
}

fn blobs_come_back_in_chunks(bench: &Bench) {
    let content: Vec<u8> = (0..blobs::CHUNK * 2 + 9).map(|n| n as u8).collect();
    let kept = content.clone();
    bench
        .open()
        .write_blocking(move |tx| {
            for id in ["b1", "b2", "empty"] {
                let blob = blobs::NewBlob {
                    id: id.into(),
                    subject: Some("s".into()).filter(|_| id != "empty"),
                    name: None,
                    media_type: "image/png".into(),
                    created_at: at(1),
                };
                blobs::put(tx, &blob, if id == "empty" { b"" } else { &kept })?;
            }
            let mut sizes = Vec::new();
            blobs::stream(tx, "b1", &mut |chunk| {
                sizes.push(chunk.len());
                Ok(())
            })?;
            assert_eq!(sizes, [blobs::CHUNK, blobs::CHUNK, 9]);
            assert_eq!(blobs::content(tx, "b2")?, content);
            assert_eq!(blobs::content(tx, "empty")?, b"");
            assert_eq!(blobs::list_by_subject(tx, "s")?.len(), 2);
            assert!(blobs::delete(tx, "b1")?);
            assert!(!blobs::delete(tx, "b1")?);
            assert_eq!(blobs::get(tx, "b1")?, None);
            assert_eq!(blobs::get(tx, "empty")?.unwrap().size, 0);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

fn facts_are_replaced(bench: &Bench) {
    bench
        .open()
        .write_blocking(|tx| {
            assert_eq!(meta::get(tx, "k")?, None);
            meta::put(tx, "k", "1")?;
            meta::put(tx, "k", "2")?;
            assert_eq!(meta::get(tx, "k")?.as_deref(), Some("2"));
            Ok::<_, StoreError>(())
        })
        .unwrap();
}
