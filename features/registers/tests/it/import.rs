//! Records from a workbook: looked at first, taken over next, with a file of what is wrong.

use crate::support::{City, carried, on_both_engines, person, upload};
use kernel::AccountId;
use kernel::permission::Role;
use platform::By;
use registers::rules::import::Counts;
use testkit::Answer;
use uuid::Uuid;

const SHEET: &str = "企业名单,,,\n企业名称*,注册日期*,注册资本（万元）,民族\n示例一号,2022-03-01,500,x\n示例二号,三月,500,x\n示例三号,2022-04-01,近800,x\n示例一号,2022-05-01,100,x\n";

async fn send(city: &City, fields: &[(&str, &str)], file: Option<&str>) -> Answer {
    send_file(city, fields, file.map(|file| ("list.csv", file.as_bytes()))).await
}

async fn send_file(city: &City, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
    upload(city, "/registers/enterprises/import", fields, file).await
}

async fn firms(city: &City) -> i64 {
    use store::Query;
    let read =
        city.test.app.read(|q, _| Ok(q.query_one("select count(*) from reg_enterprises", &[])?.int(0)?));
    read.await.expect("a count")
}

/// New, changed, unchanged, refused.
fn report(answer: &Answer) -> Vec<i64> {
    let values = answer.body.split("class=\"figure-value\">").skip(1);
    values.filter_map(|rest| rest.split('<').next()?.replace(',', "").parse().ok()).collect()
}

on_both_engines! {
    rows_are_looked_at_before_they_are_taken;
    the_file_of_what_is_wrong_comes_in_again_once_it_is_mended;
    a_file_that_comes_twice_doubles_nothing;
    an_old_excel_file_is_read_and_a_row_that_comes_twice_is_refused;
    a_csv_file_as_excel_writes_it_in_china_is_read;
    a_row_about_a_record_that_exists_changes_it;
    a_row_that_comes_twice_far_apart_is_found_by_the_look;
    what_was_taken_over_is_listed_and_what_was_cut_short_says_so;
}

async fn rows_are_looked_at_before_they_are_taken(city: City) {
    let template = city.browser.get("/registers/enterprises/template.xlsx").await;
    assert!(template.bytes.starts_with(b"PK"));
    let looked = send(&city, &[("intent", "check")], Some(SHEET)).await;
    assert!(looked.status.is_success(), "{} {}", looked.status, looked.body);
    assert_eq!(report(&looked), [2, 0, 0, 2], "{}", looked.body);
    assert!(looked.body.contains("请填日期") && looked.body.contains("只能填确数"));
    assert!(looked.body.contains("民族：涉及个人宗教信仰、民族、政治信仰或党派"), "{}", looked.body);
    assert_eq!(firms(&city).await, 0, "looking changes nothing");

    let rows = carried(&looked);
    assert!(!rows.contains("民族") && !rows.contains("\u{1f}x"), "nothing of the column goes on: {rows}");
    let taken = send(&city, &[("intent", "take"), ("rows", &rows)], None).await;
    assert!(taken.body.contains("导入了 2 行"), "{}", taken.body);
    assert_eq!(firms(&city).await, 2);
    let errors = send(&city, &[("intent", "errors"), ("rows", &carried(&taken))], None).await;
    assert!(errors.bytes.starts_with(b"PK"), "{}", errors.status);
    let nothing = send(&city, &[("intent", "check")], Some("a,b\n1,2\n")).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.body.contains("没有找到本台账的表头"));
}

async fn the_file_of_what_is_wrong_comes_in_again_once_it_is_mended(city: City) {
    let looked = send(&city, &[("intent", "take")], Some(SHEET)).await;
    let errors = send(&city, &[("intent", "errors"), ("rows", &carried(&looked))], None).await;
    let again = send_file(&city, &[("intent", "check")], Some(("errors.xlsx", &errors.bytes))).await;
    assert_eq!(report(&again), [0, 0, 0, 2], "as it came: {}", again.body);
    let file = network::import::File { name: "errors.xlsx".into(), bytes: errors.bytes };
    let lines = network::import::rows(&file).expect("a workbook").into_iter().map(|row| {
        let cells = row.cells().iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        cells.collect::<Vec<_>>().join(",")
    });
    let mended = lines.collect::<Vec<_>>().join("\n");
    assert!(!mended.contains("民族"), "what may not be held comes back in no file: {mended}");
    let mended = mended.replace("\"三月\"", "\"2022-03-02\"").replace("\"近800\"", "\"800\"");
    let taken = send(&city, &[("intent", "take")], Some(&mended)).await;
    assert_eq!(report(&taken), [2, 0, 0, 0], "{}", taken.body);
    assert_eq!(firms(&city).await, 4);
}

/// Activities need not be unique: two of a name on a day may be two.
async fn a_file_that_comes_twice_doubles_nothing(city: City) {
    let path = "/registers/events/import";
    let send = |intent: &'static str, rows: String| {
        let city = &city;
        async move { upload(city, path, &[("intent", intent)], Some(("list.csv", rows.as_bytes()))).await }
    };
    let sheet = |rows: &[&str]| format!("活动名称*,活动类型*,开始日期*\n{}\n", rows.join("\n"));
    let (fair, talk) = ("回乡考察,返乡考察,2022-07-01", "座谈会,谈心活动,2022-07-02");
    let rows = sheet(&[fair, fair, talk]);
    let looked = send("check", rows.clone()).await;
    assert_eq!(report(&looked), [3, 0, 0, 0], "{}", looked.body);
    send("take", rows.clone()).await;
    let again = send("check", rows).await;
    assert_eq!(report(&again), [0, 0, 3, 0], "{}", again.body);
    let longer = sheet(&[fair, fair, fair, "座谈会,谈心活动,2022-07-03"]);
    assert_eq!(report(&send("check", longer).await), [2, 0, 2, 0], "what was not there is new");
    // What another office recorded is not told: its rows are refused, as they would be without.
    city.on_duty(Role::Registers, "cc/xx/", 7);
    let foreign = format!("所属单位,活动名称*,活动类型*,开始日期*\ncc,{fair}\n");
    assert_eq!(report(&send("check", foreign).await), [0, 0, 0, 1]);
}

async fn an_old_excel_file_is_read_and_a_row_that_comes_twice_is_refused(city: City) {
    let file = ("企业.xls", include_bytes!("firms.xls").as_slice());
    let looked = send_file(&city, &[("intent", "check")], Some(file)).await;
    assert!(looked.status.is_success(), "{} {}", looked.status, looked.body);
    assert_eq!(report(&looked), [2, 0, 0, 1], "{}", looked.body);
    assert!(looked.body.contains("与文件第 3 行重复"), "{}", looked.body);
    send(&city, &[("intent", "take"), ("rows", &carried(&looked))], None).await;
    use store::Query;
    let read = city.test.app.read(|q, _| {
        let row = q.query_one(
            "select registered_on, capital, industry from reg_enterprises where name = '示例老表二号'",
            &[],
        )?;
        Ok((row.text(0)?, row.int(1)?, row.text(2)?))
    });
    assert_eq!(read.await.expect("taken"), ("2022-04-02".into(), 120_500_000, "茶叶".into()));
}

async fn a_csv_file_as_excel_writes_it_in_china_is_read(city: City) {
    // 企业名称,注册日期 / 示例,2022/3/1 in GB 18030.
    let mut file = vec![0xc6, 0xf3, 0xd2, 0xb5, 0xc3, 0xfb, 0xb3, 0xc6, b','];
    file.extend([0xd7, 0xa2, 0xb2, 0xe1, 0xc8, 0xd5, 0xc6, 0xda, b'\n']);
    file.extend([0xca, 0xbe, 0xc0, 0xfd, b',']);
    file.extend(*b"2022/3/1\n");
    let looked = send_file(&city, &[("intent", "check")], Some(("list.csv", &file))).await;
    assert_eq!(report(&looked), [1, 0, 0, 0], "{}", looked.body);
}

const CODES: [&str; 2] = ["91999999MA0000001N", "91999999MA0000002R"];

async fn a_row_about_a_record_that_exists_changes_it(city: City) {
    let head = "企业名称*,统一社会信用代码,注册日期*,注册资本（万元）,行业";
    let [first, second] = CODES;
    let rows = format!("{head}\n示例一号,{first},2022-03-01,500,农机\n示例二号,{second},2022-03-02,300,\n");
    let looked = send(&city, &[("intent", "check")], Some(&rows)).await;
    send(&city, &[("intent", "take"), ("rows", &carried(&looked))], None).await;
    assert_eq!(firms(&city).await, 2);

    let again = format!(
        "{head}\n示例一号（更名）,{first},2022-03-01,800,\n示例二号,{second},2022-03-02,300,\n示例三号,,2022-05-01,50,茶叶\n"
    );
    let looked = send(&city, &[("intent", "check")], Some(&again)).await;
    assert_eq!(report(&looked), [1, 1, 1, 0], "{}", looked.body);
    assert!(
        looked.body.contains("<del>示例一号</del> <ins>示例一号（更名）</ins>"),
        "the look says what changes: {}",
        looked.body
    );
    assert_eq!(firms(&city).await, 2, "looking changes nothing");
    let taken = send(&city, &[("intent", "take"), ("rows", &carried(&looked))], None).await;
    assert!(taken.body.contains("导入了 2 行"), "{}", taken.body);
    use store::Query;
    let read = city.test.app.read(|q, _| {
        let row = q.query_one(
            "select t.name, t.capital, t.industry, r.version from reg_enterprises t \
             join register_record r on r.id = t.id where t.name like '示例一号%'",
            &[],
        )?;
        Ok((row.text(0)?, row.int(1)?, row.text(2)?, row.int(3)?))
    });
    let changed = read.await.expect("one record, changed");
    assert_eq!(
        changed,
        ("示例一号（更名）".into(), 800_000_000, "农机".into(), 2),
        "empty cells leave what is there"
    );

    // What another office holds is not changed, and nothing of it is told.
    city.on_duty(Role::Registers, "cc/xx/", 7);
    let foreign = format!("{head}\n别家,{first},2022-03-01,900,\n");
    let looked = send(&city, &[("intent", "check")], Some(&foreign)).await;
    assert_eq!(report(&looked), [0, 0, 0, 1], "{}", looked.body);
    assert!(!looked.body.contains("更名"), "{}", looked.body);
}

async fn a_row_that_comes_twice_far_apart_is_found_by_the_look(city: City) {
    let mut rows = String::from("品牌名称*,区划*\n");
    for n in 0..450 {
        rows += &format!("品牌{},甲县\n", if n == 440 { 3 } else { n });
    }
    let file = Some(("list.csv", rows.as_bytes()));
    let looked = upload(&city, "/registers/programmes/import", &[("intent", "check")], file).await;
    assert_eq!(report(&looked), [449, 0, 0, 1], "{}", looked.body);
    assert!(looked.body.contains("与文件第 5 行重复"), "{}", looked.body);
}

async fn what_was_taken_over_is_listed_and_what_was_cut_short_says_so(city: City) {
    let looked = send(&city, &[("intent", "check")], Some(SHEET)).await;
    assert!(!looked.body.contains("最近导入"), "a look is no import: {}", looked.body);
    let rows = carried(&looked);
    let fields = [("intent", "take"), ("rows", &*rows), ("file_name", "list.csv")];
    let taken = send(&city, &fields, None).await;
    assert!(taken.body.contains("list.csv") && taken.body.contains("已处理 4 行，共 4 行"), "{}", taken.body);
    let imports = "/api/v1/registers/enterprises/imports";
    let listed = city.browser.get(imports).await.json();
    let one = &listed[0];
    assert_eq!((&one["file"], &one["state"]), (&"list.csv".into(), &"finished".into()), "{listed}");
    assert_eq!((&one["rows"], &one["new"], &one["refused"]), (&4.into(), &2.into(), &2.into()), "{listed}");

    // The server stops after a piece of the next file.
    city.test.at("2022-08-22T11:00:00+08:00");
    let by = By::Person {
        account: AccountId(Uuid::from_u128(1)),
        grants: person(Role::Registers, "cc/", 1).grants,
        token: None,
    };
    let cut = city.test.app.write(move |work| {
        let counts = Counts { new: 200, ..Counts::default() };
        let import = registers::begin_import(work, &by, "enterprises", "六月.xlsx", 4_000)?;
        registers::advance_import(work, &by, import, 203, counts)
    });
    cut.await.expect("noted");
    let page = "/registers/enterprises/import";
    assert!(city.browser.get(page).await.body.contains("正在导入"));
    city.test.at("2022-08-22T11:01:00+08:00");
    let shown = city.browser.get(page).await;
    assert!(shown.body.contains("上次导入中断：六月.xlsx"), "{}", shown.body);
    assert!(shown.body.contains("文件第 203 行及以前已处理"), "{}", shown.body);
    let listed = city.browser.get(imports).await.json();
    assert_eq!(
        (&listed[0]["state"], &listed[0]["through"]),
        (&"interrupted".into(), &200.into()),
        "{listed}"
    );

    // Another county's office is not told what was imported here.
    city.on_duty(Role::Registers, "cc/yy/", 8);
    assert!(!city.browser.get(page).await.body.contains("六月.xlsx"));
    assert_eq!(city.browser.get(imports).await.json(), serde_json::json!([]));
    let differences = city.test.app.store.rebuild_check().await.expect("the store answers");
    assert!(differences.is_empty(), "{differences:#?}");
}
