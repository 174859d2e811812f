//! What goes in comes out, on both engines alike.

use crate::bench::{Bench, at};
use store::{Query, StoreError, Value, params};

crate::on_both_engines!(
    every_kind_of_value_comes_back,
    null_comes_back_from_every_type,
    large_values_come_back,
    placeholders_may_repeat_and_stand_in_any_order,
    quoted_placeholders_are_text,
    text_is_ordered_by_code_point,
    reading_a_column_as_something_else_is_an_error,
    a_wrong_number_of_parameters_is_an_error,
    a_wrong_statement_is_an_error_and_the_store_goes_on,
    rows_are_streamed_and_can_be_stopped,
);

const TABLE: &str = "create table t (i bigint, r double precision, x text, b bytea)";

fn table(bench: &Bench) -> store::Store {
    let store = bench.open();
    let ddl = match store.engine() {
        store::Engine::Sqlite => TABLE.replace("bytea", "blob"),
        store::Engine::Postgres => TABLE.replace("text", "text collate \"C\""),
    };
    store.write_blocking(move |tx| tx.execute(&ddl, &[])).unwrap();
    store
}

fn round_trip(bench: &Bench, row: Vec<Value>) -> Vec<Value> {
    let store = table(bench);
    let insert = row.clone();
    store.write_blocking(move |tx| tx.execute("insert into t values ($1, $2, $3, $4)", &insert)).unwrap();
    store.read_blocking(|s| s.query_one("select i, r, x, b from t", &[])).unwrap().into_values()
}

fn every_kind_of_value_comes_back(bench: &Bench) {
    let row = params![i64::MIN, 0.1, "同心 ' \" $1 \u{1F600}\n", vec![0_u8, 255]];
    assert_eq!(round_trip(bench, row.clone()), row);
}

fn null_comes_back_from_every_type(bench: &Bench) {
    let row = params![None::<i64>, None::<f64>, None::<&str>, None::<Vec<u8>>];
    assert_eq!(round_trip(bench, row.clone()), row);
}

fn large_values_come_back(bench: &Bench) {
    let row = params![i64::MAX, f64::MAX, "长".repeat(500_000), vec![7_u8; 3_000_000]];
    assert_eq!(round_trip(bench, row.clone()), row);
}

fn placeholders_may_repeat_and_stand_in_any_order(bench: &Bench) {
    let store = table(bench);
    let row = store
        .write_blocking(|tx| {
            tx.execute("insert into t (x, i, r) values ($2, $1, $3)", &params![3, "x", 3])?;
            tx.query_one("select i, r, x from t where x = $2 and i = $1 and i < $3", &params![3, "x", at(1)])
        })
        .unwrap();
    assert_eq!((row.int(0), row.real(1), row.str(2)), (Ok(3), Ok(3.0), Ok("x")));
}

fn quoted_placeholders_are_text(bench: &Bench) {
    let store = table(bench);
    let row = store
        .write_blocking(|tx| {
            tx.execute("insert into t (x, i) values ('it''s $2 -- $1', $1) -- $9", &params![true])?;
            tx.query_one("select x, i as \"$1\" from t", &[])
        })
        .unwrap();
    assert_eq!((row.str(0), row.bool(1)), (Ok("it's $2 -- $1"), Ok(true)));
}

fn text_is_ordered_by_code_point(bench: &Bench) {
    let store = table(bench);
    let rows = store
        .write_blocking(|tx| {
            tx.batch(&["a", "B", "中", "_", "b"].map(|x| ("insert into t (x) values ($1)", params![x])))?;
            tx.query("select x from t order by x", &[])
        })
        .unwrap();
    let texts: Vec<_> = rows.iter().map(|row| row.text(0).unwrap()).collect();
    assert_eq!(texts, ["B", "_", "a", "b", "中"]);
}

fn reading_a_column_as_something_else_is_an_error(bench: &Bench) {
    let store = table(bench);
    let row = store
        .write_blocking(|tx| {
            tx.execute("insert into t (i, x) values (1, 'x')", &[])?;
            tx.query_one("select i, x, b from t", &[])
        })
        .unwrap();
    assert_eq!(row.text(0), Err(StoreError::Column { index: 0, expected: "text", found: "int" }));
    assert_eq!(row.int(1), Err(StoreError::Column { index: 1, expected: "int", found: "text" }));
    assert_eq!(row.bytes(2), Err(StoreError::Column { index: 2, expected: "bytes", found: "null" }));
    assert_eq!(row.int(3), Err(StoreError::Column { index: 3, expected: "a column", found: "nothing" }));
    assert_eq!((row.opt_bytes(2), row.opt_text(1)), (Ok(None), Ok(Some("x".to_owned()))));
}

fn a_wrong_number_of_parameters_is_an_error(bench: &Bench) {
    let store = table(bench);
    let outcome = store.read_blocking(|s| s.query("select * from t where i = $1", &params![1, 2]));
    assert!(matches!(outcome, Err(StoreError::Engine(_))), "{outcome:?}");
}

fn a_wrong_statement_is_an_error_and_the_store_goes_on(bench: &Bench) {
    let store = table(bench);
    let outcome = store.read_blocking(|s| s.query("select nothing from nowhere", &[]));
    assert!(matches!(outcome, Err(StoreError::Engine(_))), "{outcome:?}");
    assert_eq!(store.read_blocking(|s| s.query("select i from t", &[])).unwrap(), []);
}

fn rows_are_streamed_and_can_be_stopped(bench: &Bench) {
    let store = table(bench);
    store
        .write_blocking(|tx| {
            for n in 0..1000 {
                tx.execute_later("insert into t (i) values ($1)", params![n])?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let seen = store.read_blocking(|s| {
        let mut seen = 0;
        let stopped = s.query_each("select i from t order by i", &[], &mut |row| {
            seen = row.int(0)?;
            if seen == 10 { Err(StoreError::Refused("enough".into())) } else { Ok(()) }
        });
        assert_eq!(stopped, Err(StoreError::Refused("enough".into())));
        Ok::<_, StoreError>(seen)
    });
    // A failed statement dooms its transaction, even one that only the caller stopped.
    assert_eq!(seen, Err(StoreError::Refused("enough".into())));
    assert_eq!(crate::bench::int(&store, "select count(*) from t"), 1000);
}
