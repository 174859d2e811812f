//! Imports on both engines: all or nothing, idempotent, and wise to the traps of the
//! official lists.

use kernel::{AreaId, UnitId};
use network::import::{self, File, ImportOptions, Report};
use network::{Level, UnitFilter, UnitKind};
use platform::ui::Locale;
use platform::{App, By};
use std::path::PathBuf;
use std::sync::Arc;
use testkit::{Engine, Nobody, TestApp};
use tongxin_network as network;

fn start(engine: Engine) -> TestApp {
    TestApp::start(engine, "2022-04-01T08:00:00+08:00", vec![network::feature()], Arc::new(Nobody))
}

fn demo(name: &str) -> File {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../demo/data").join(name);
    File { name: name.into(), bytes: std::fs::read(path).expect("the demo's data") }
}

fn csv(text: &str) -> File {
    File { name: "list.csv".into(), bytes: text.into() }
}

const TAKE_ALL: ImportOptions = ImportOptions { skip_bad: false, dry_run: false };
const SKIP_BAD: ImportOptions = ImportOptions { skip_bad: true, dry_run: false };

async fn divisions(app: &App, file: &File, options: ImportOptions) -> Report {
    import::divisions(app, &By::Operator, file, options).await.expect("a table")
}

async fn units(app: &App, file: &File, options: ImportOptions) -> Report {
    import::units(app, &By::Operator, file, options).await.expect("a table")
}

fn codes(report: &Report) -> Vec<(u64, &'static str)> {
    report.bad.iter().map(|problem| (problem.line, problem.reason.code)).collect()
}

async fn area_name(app: &App, code: &'static str) -> Option<String> {
    app.read(move |q, _| Ok(network::area(q, &AreaId::from(code))?.map(|area| area.name)))
        .await
        .expect("reads")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_city_is_imported_whole_and_a_second_time_changes_nothing() {
    for engine in Engine::BOTH {
        let test = start(engine);
        let app = &test.app;
        let first = divisions(app, &demo("divisions.csv"), TAKE_ALL).await;
        assert_eq!((first.new, first.bad.len(), first.written), (2203, 0, true), "{engine:?}");
        let first = units(app, &demo("units.csv"), TAKE_ALL).await;
        assert_eq!((first.new, first.rows, first.bad.len()), (2342, 2342, 0), "{:?}", first.bad.first());
        let entries = app.read(|q, _| Ok(store::journal::count(q)?)).await.expect("reads");

        let again = divisions(app, &demo("divisions.csv"), TAKE_ALL).await;
        assert_eq!((again.unchanged, again.changed, again.new), (2203, 0, 0));
        let again = units(app, &demo("units.csv"), TAKE_ALL).await;
        assert_eq!((again.unchanged, again.changed, again.new), (2342, 0, 0));
        let duties =
            import::duty_items(app, &By::Operator, &demo("duty-items.csv"), TAKE_ALL).await.expect("a table");
        assert!(duties.new >= 30 && duties.written);
        assert_eq!(
            app.read(|q, _| Ok(store::journal::count(q)?)).await.expect("reads"),
            entries + duties.new as i64
        );

        app.read(|q, _| {
            let city = network::unit(q, &"ld".into())?.expect("the root");
            let of = |level| UnitFilter { level: Some(level), ..UnitFilter::default() };
            assert_eq!(network::units_below(q, &city.path, &of(Level::Village))?.len(), 2107);
            let townships = UnitFilter { kind: Some(UnitKind::Township), ..UnitFilter::default() };
            assert_eq!(network::units_below(q, &city.path, &townships)?.len(), 87);
            let found = network::search_units(q, "行政审批")?;
            assert_eq!(
                found.first().map(|unit| unit.code.as_str()),
                Some("ld-xzsp"),
                "the city's comes first"
            );
            assert_eq!(network::search_units(q, "100%")?, []);
            let zones = network::zones_over(q, &"431302006003".into())?;
            assert_eq!(zones.len(), 1, "a community lies in the zone that overlays its street");
            let tree = network::tree(q, &"ld".into(), &UnitFilter::default())?.expect("the root");
            let platform = tree.children.iter().flat_map(|county| &county.children);
            assert_eq!(platform.filter(|node| node.unit.kind == UnitKind::Platform).count(), 5);
            let path = network::unit(q, &"431302001001".into())?.expect("a community").path;
            let above: Vec<String> =
                network::ancestors(q, &path)?.into_iter().map(|unit| unit.code.0).collect();
            assert_eq!(above, ["ld", "lx", "431302001"]);
            Ok(())
        })
        .await
        .expect("reads");
        assert_eq!(app.store.rebuild_check().await.expect("compares"), [], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_rows_are_all_named_and_nothing_is_written_unless_they_are_skipped() {
    for engine in Engine::BOTH {
        let test = start(engine);
        let app = &test.app;
        let file = csv("\u{feff}区划代码,名称,上级代码,级别\n\
             430000,某省,,省\n\
             431300,某市,430000,市\n\
             43130,短码,431300,县\n\
             431302,,431300,县\n\
             431303,甲县,431300,村\n\
             431304001,乙镇,431304,乡\n\
             431305,丙县,431300,县\n\
             431305,丙县又一行,431300,县\n");
        let bad = [
            (4, "area-code-malformed"),
            (5, "network-name-missing"),
            (6, "area-level-not-of-code"),
            (7, "area-parent-unknown"),
            (9, "import-code-twice"),
        ];
        let refused = divisions(app, &file, TAKE_ALL).await;
        assert_eq!(codes(&refused), bad);
        assert_eq!((refused.written, area_name(app, "430000").await), (false, None));
        assert_eq!(refused.bad[0].column.as_deref(), Some("区划代码"));

        let dry = divisions(app, &file, ImportOptions { dry_run: true, ..SKIP_BAD }).await;
        assert_eq!((dry.new, dry.written), (3, false));

        let taken = divisions(app, &file, SKIP_BAD).await;
        assert_eq!((taken.new, taken.written, codes(&taken).len()), (3, true, 5));
        assert_eq!(area_name(app, "431305").await.as_deref(), Some("丙县"));

        let errors = taken.error_file(&app.locales.translator(Locale::ZhCn));
        let errors = String::from_utf8(errors).expect("UTF-8");
        assert!(errors.starts_with(
            "\u{feff}区划代码,名称,上级代码,级别,行号,列,原因\n43130,短码,431300,县,4,区划代码,"
        ));
        assert_eq!(errors.lines().count(), 6);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_official_list_does_not_rename_townships_into_each_other() {
    let test = start(Engine::Sqlite);
    let app = &test.app;
    divisions(app, &demo("divisions.csv"), TAKE_ALL).await;
    // The civil-affairs list: these two streets bear each other's code, and both codes are noted.
    let swapped = csv("code,name,parent\n431302006,大埠桥街道,431302\n431302007,涟滨街道,431302\n");
    let report = divisions(app, &swapped, TAKE_ALL).await;
    assert_eq!((report.unchanged, report.bad.len()), (2, 0), "known by county and name");
    assert_eq!(area_name(app, "431302006").await.as_deref(), Some("涟滨街道"));

    let unknown_code = csv("code,name,parent\n431302099,涟滨街道,431302\n");
    let report = divisions(app, &unknown_code, TAKE_ALL).await;
    assert_eq!(codes(&report), [(2, "area-township-has-other-code")]);

    let renamed = csv("code,name,parent,kind,mca_code\n431302006,涟滨新街道,431302,街道,431302007000\n");
    let report = divisions(app, &renamed, TAKE_ALL).await;
    assert_eq!((report.changed, report.bad.len()), (1, 0), "a true rename goes through");
    assert_eq!(area_name(app, "431302006").await.as_deref(), Some("涟滨新街道"));
}

#[tokio::test(flavor = "multi_thread")]
async fn units_move_with_all_below_them_close_from_below_and_never_form_a_circle() {
    for engine in Engine::BOTH {
        let test = start(engine);
        let app = &test.app;
        let head = "code,name,parent,level,kind,open\n";
        let all = format!(
            "{head}aa-bb-cc,丙,aa-bb,county,department,\naa,甲,,city,government,\n\
             aa-bb,乙,aa,county,government,\naa-dd,丁,aa,county,government,\n"
        );
        assert_eq!(units(app, &csv(&all), TAKE_ALL).await.new, 4, "parents first, whatever the file's order");

        let moved = format!("{head}aa-bb,乙,aa-dd,county,government,\n");
        assert_eq!(units(app, &csv(&moved), TAKE_ALL).await.changed, 1);
        let path = app
            .read(|q, _| Ok(network::unit(q, &UnitId::from("aa-bb-cc"))?.map(|unit| unit.path.0)))
            .await
            .expect("reads");
        assert_eq!(path.as_deref(), Some("aa/aa-dd/aa-bb/aa-bb-cc/"));

        let circle = format!("{head}aa-dd,丁,aa-bb,county,government,\n");
        assert_eq!(codes(&units(app, &csv(&circle), TAKE_ALL).await), [(2, "unit-parent-below-itself")]);
        let above = format!("{head}aa-ee,戊,aa-bb,city,department,\n");
        assert_eq!(codes(&units(app, &csv(&above), TAKE_ALL).await), [(2, "unit-level-above-parent")]);
        let closing = format!("{head}aa-bb,乙,aa-dd,county,government,否\n");
        assert_eq!(codes(&units(app, &csv(&closing), TAKE_ALL).await), [(2, "unit-has-open-children")]);

        let both =
            format!("{head}aa-bb,乙,aa-dd,county,government,否\naa-bb-cc,丙,aa-bb,county,department,否\n");
        let report = units(app, &csv(&both), TAKE_ALL).await;
        assert_eq!((report.changed, report.bad.len()), (2, 0), "{:?}", report.bad);
        assert_eq!(units(app, &csv(&both), TAKE_ALL).await.unchanged, 2);
        let orphan = format!("{head}aa-ff,己,aa-bb,county,department,\n");
        assert_eq!(codes(&units(app, &csv(&orphan), TAKE_ALL).await), [(2, "unit-parent-closed")]);
        assert_eq!(app.store.rebuild_check().await.expect("compares"), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_read_as_office_programs_write_them() {
    let test = start(Engine::Sqlite);
    let app = &test.app;
    // 区划代码,名称,上级代码 / 430000,湖南省, in GBK.
    let mut gbk = vec![0xc7, 0xf8, 0xbb, 0xae, 0xb4, 0xfa, 0xc2, 0xeb, b','];
    gbk.extend([0xc3, 0xfb, 0xb3, 0xc6, b',', 0xc9, 0xcf, 0xbc, 0xb6, 0xb4, 0xfa, 0xc2, 0xeb, b'\n']);
    gbk.extend(*b"430000,");
    gbk.extend([0xba, 0xfe, 0xc4, 0xcf, 0xca, 0xa1, b',', b'\n']);
    let report = divisions(app, &File { name: "gbk.csv".into(), bytes: gbk }, TAKE_ALL).await;
    assert_eq!((report.new, report.bad.len()), (1, 0));
    assert_eq!(area_name(app, "430000").await.as_deref(), Some("湖南省"));

    let workbook = File { name: "区划.xlsx".into(), bytes: include_bytes!("data/divisions.xlsx").to_vec() };
    let report = divisions(app, &workbook, SKIP_BAD).await;
    assert_eq!((report.new, report.unchanged), (1, 1), "numbers typed as numbers are codes");
    assert_eq!(codes(&report), [(5, "area-code-malformed")], "the row as the sheet counts it");

    for (bytes, says) in [
        (&b""[..], "empty"),
        (b"code,name\n1,2\n", "parent"),
        (b"code,code,name,parent\n", "twice"),
        (b"\xff\xfe\x00code", "neither UTF-8"),
        (b"PK\x03\x04 no workbook", "workbook"),
    ] {
        let file = File { name: "odd.csv".into(), bytes: bytes.to_vec() };
        let error = import::divisions(app, &By::Operator, &file, TAKE_ALL).await.expect_err(says);
        assert!(error.to_string().contains(says), "{error}");
    }
    let by = By::Public;
    let refused = import::divisions(app, &by, &csv("code,name,parent\n440000,某省,\n"), TAKE_ALL).await;
    assert!(refused.is_err(), "nobody imports without permission");
}
