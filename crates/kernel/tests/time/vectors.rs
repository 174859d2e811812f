//! Eighteen limits computed by hand from the State Council's notices.

use crate::date;
use tongxin_kernel::time::{Calendar, Span};

#[test]
fn every_published_vector_holds() {
    let calendar = Calendar::china();
    let rows: Vec<&str> = include_str!("../data/deadline_vectors.csv").lines().skip(1).collect();
    assert_eq!(rows.len(), 18);
    for row in rows {
        let cells: Vec<&str> = row.splitn(6, ',').collect();
        let [case, start, kind, days, due_date, _why] = cells[..] else { panic!("{row}") };
        let start = date(start);
        assert_eq!(calendar.is_working_day(start), kind == "work", "{case}: kind of start");

        let span = Span::working_days(days.parse().expect("a number"));
        for start_at in
            [calendar.zone().start_of_day(start), calendar.zone().end_of_day(start).plus_micros(-1)]
        {
            let due = calendar.due(start_at, span, &[]);
            assert_eq!(due.date, date(due_date), "{case}");
            assert_eq!(due.at, calendar.zone().end_of_day(date(due_date)), "{case}");
            assert_eq!(due.explanation.counted.len(), span.amount as usize, "{case}");
        }
    }
}
