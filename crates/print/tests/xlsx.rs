//! Workbooks, read back with another library.

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use kernel::time::Date;
use std::io::Cursor;
use tongxin_print::xlsx::{Cell, Column, Heading, Table, XlsxError, workbook};

fn read(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook")
}

fn columns() -> Vec<Column> {
    vec![
        Column::text("标题", 30),
        Column::number("件数"),
        Column::rate("办结率"),
        Column::money("金额"),
        Column::date("日期"),
        Column::datetime("时间"),
    ]
}

#[test]
fn values_come_back_as_they_were_written() {
    let day = Date::constant(2022, 8, 22);
    let heading = Heading::new("在办").note("截至 2022-08-22").demo(Some("演示数据".into()));
    let mut table = Table::new(&heading, columns()).expect("a table");
    let cells = [
        Cell::from("路面 & <破损>"),
        Cell::from(1234),
        Cell::Rate { n: 335, of: 346 },
        Cell::Money(440_900),
        Cell::from(day),
        Cell::from(day.at(9, 30, 0, 0)),
    ];
    table.row(cells).expect("a row");
    table.strong_row([Cell::from("合计"), Cell::Empty, Cell::Rate { n: 0, of: 0 }]).expect("a row");
    assert_eq!(table.len(), 2);

    let mut book = read(workbook([table]).expect("bytes"));
    assert_eq!(book.sheet_names(), ["在办"]);
    let sheet = book.worksheet_range("在办").expect("the sheet");
    let rows: Vec<&[Data]> = sheet.rows().collect();
    assert_eq!(rows[0][0], Data::String("在办".into()));
    assert_eq!(rows[1][0], Data::String("演示数据".into()));
    assert_eq!(rows[2][0], Data::String("截至 2022-08-22".into()));
    assert_eq!(rows[3][0], Data::String("标题".into()));
    assert_eq!(rows[4][0], Data::String("路面 & <破损>".into()));
    assert_eq!(rows[4][1], Data::Float(1234.0));
    assert_eq!(rows[4][2], Data::Float(335.0 / 346.0));
    assert_eq!(rows[4][3], Data::Float(4409.0));
    let moment = |cell: &Data| match cell {
        Data::DateTime(at) => at.as_f64(),
        other => panic!("{other:?} is no date"),
    };
    // 2022-08-22 is day 44,795 of the sheet's count.
    assert!((moment(&rows[4][4]) - 44_795.0).abs() < 1e-9);
    assert!((moment(&rows[4][5]) - (44_795.0 + 9.5 / 24.0)).abs() < 1e-9);
    assert_eq!(rows[5][2], Data::String("—".into()));
}

#[test]
fn a_text_never_becomes_a_formula() {
    let mut table = Table::new(&Heading::new("=1+1"), vec![Column::text("=2", 20)]).expect("a table");
    let attacks = ["=HYPERLINK(\"http://x\")", "+1", "-1+2", "@SUM(A1)", "\t=1", "＝1"];
    for text in attacks {
        table.row([Cell::from(text)]).expect("a row");
    }
    let mut book = read(workbook([table]).expect("bytes"));
    let name = book.sheet_names()[0].clone();
    let formulas = book.worksheet_formula(&name).expect("the sheet");
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
    let sheet = book.worksheet_range(&name).expect("the sheet");
    let texts: Vec<String> = sheet.rows().skip(2).map(|row| row[0].to_string()).collect();
    assert_eq!(texts, attacks);
}

#[test]
fn sheets_of_one_name_are_told_apart() {
    let table = || Table::new(&Heading::new("Units / all"), vec![Column::number("n")]).expect("a table");
    let book = read(workbook([table(), table()]).expect("bytes"));
    assert_eq!(book.sheet_names(), ["Units   all", "Units   all (2)"]);
}

#[test]
fn a_row_that_does_not_fit_is_refused() {
    let mut table = Table::new(&Heading::new("t"), vec![Column::number("n")]).expect("a table");
    let refused = table.row([Cell::from(1), Cell::from(2)]);
    assert!(matches!(refused, Err(XlsxError::Shape { cells: 2, columns: 1 })), "{refused:?}");
    assert!(matches!(Table::new(&Heading::new("t"), Vec::new()), Err(XlsxError::Shape { .. })));
}
