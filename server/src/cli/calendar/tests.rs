//! The command as it is typed, and what it answers.

use super::{CalendarCommand, CliError, LOCALES, run};
use clap::Parser;
use platform::ui::Locale;

#[derive(Parser)]
struct Shell {
    #[command(subcommand)]
    command: CalendarCommand,
}

fn ask(line: &str) -> Result<String, CliError> {
    let words = std::iter::once("calendar").chain(line.split_whitespace());
    let shell = Shell::try_parse_from(words).expect("the words of the command");
    let mut out = Vec::new();
    run(shell.command, &mut out)?;
    Ok(String::from_utf8(out).expect("text"))
}

fn answer(line: &str) -> String {
    ask(line).expect("an answer")
}

fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(&answer(line)).expect("JSON")
}

#[test]
fn three_working_days_over_qingming_explain_themselves() {
    assert_eq!(
        answer("due --from 2022-04-01 --working-days 3"),
        "\
到期时间：2022-04-07 24:00（2022-04-08T00:00:00+08:00）
起算时间：2022-04-01 00:00
办理时限：3 个工作日
计算规则：起算当日不计，从次日起只计工作日，至末日 24:00 届满（working-days/1）
工作日历：cn-2004-2026/1，时区 Asia/Shanghai
计入 3 天：
  2022-04-02 星期六 调休上班（清明节）
  2022-04-06 星期三 工作日
  2022-04-07 星期四 工作日
不计入 3 天：
  2022-04-03 星期日 放假（清明节）
  2022-04-04 星期一 放假（清明节）
  2022-04-05 星期二 放假（清明节）
"
    );
}

#[test]
fn four_working_hours_are_told_in_english() {
    assert_eq!(
        answer("due --at 2022-04-01T16:40 --working-hours 4 --lang en"),
        "\
Due: 2022-04-02 11:40 (2022-04-02T11:40:00+08:00)
Start: 2022-04-01 16:40
Limit: 4 working hours
Rule: only the working hours 08:30–12:00, 14:30–17:30 of working days count; outside them the clock starts with the next (working-hours/1)
Calendar: cn-2004-2026/1, time zone Asia/Shanghai
Counted, 2 days:
  2022-04-01 Fri working day, 0 h 50 min
  2022-04-02 Sat make-up working day (清明节), 3 h 10 min
Not counted, 0 days:
"
    );
}

#[test]
fn programs_get_the_same_as_json() {
    let found = json("due --from 2022-04-01 --working-days 3 --json");
    assert_eq!(found["start"], "2022-04-01T00:00:00+08:00");
    assert_eq!(found["due_date"], "2022-04-07");
    assert_eq!(found["due_at"], "2022-04-08T00:00:00+08:00");
    assert_eq!(found["rule"], "working-days/1");
    assert_eq!(found["calendar"], "cn-2004-2026/1");
    assert_eq!(found["fallback_years"], serde_json::json!([]));
    assert_eq!(
        found["counted"],
        serde_json::json!([
            {"date": "2022-04-02", "reason": "make_up_day", "name": "清明节"},
            {"date": "2022-04-06", "reason": "weekday", "name": null},
            {"date": "2022-04-07", "reason": "weekday", "name": null},
        ])
    );
    assert_eq!(found["skipped"].as_array().map(Vec::len), Some(3));
    assert_eq!(
        found["skipped"][0],
        serde_json::json!({"date": "2022-04-03", "reason": "holiday", "name": "清明节"})
    );
}

#[test]
fn natural_limits_zones_and_missing_years() {
    let hours = json("due --at 2022-04-01T16:40 --natural-hours 24 --json");
    assert_eq!(hours["due_at"], "2022-04-02T16:40:00+08:00");
    let days = json("due --from 2022-04-01 --natural-days 3 --json");
    assert_eq!(days["due_date"], "2022-04-04");
    let spring = json("due --at 2022-03-12T12:00 --natural-hours 24 --zone America/Los_Angeles --json");
    assert_eq!(spring["due_at"], "2022-03-13T13:00:00-07:00");
    let next_year = "due --from 2026-12-30 --working-days 2";
    assert_eq!(json(&format!("{next_year} --json"))["fallback_years"][0], 2027);
    assert!(answer(next_year).contains("没有 2027 年的放假安排"));
}

#[test]
fn another_calendar_is_read_from_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("calendar.toml");
    std::fs::write(&file, "[2022]\nrest = [[\"2022-03-22\", \"2022-03-22\", \"Fair\"]]\n").expect("written");
    let line = format!("due --from 2022-03-21 --working-days 1 --calendar {}", file.display());
    assert!(answer(&line).contains("2022-03-22 星期二 放假（Fair）"), "{}", answer(&line));

    std::fs::write(&file, "[2022]\nwork = [\"2022-3-5\"]\n").expect("written");
    let error = ask(&line).expect_err("a wrong file").to_string();
    assert!(error.contains("第 2 行 2022.work 有误：“2022-3-5”不是有效日期"), "{error}");
}

#[test]
fn wrong_questions_are_answered_with_what_to_do() {
    for (line, hint) in [
        ("due --working-days 3", "--from 2022-04-01"),
        ("due --from 2022-04-01 --at 2022-04-01T08:00 --working-days 3", "只能选一个"),
        ("due --from 2022-04-01", "四者选一"),
        ("due --from 2022-04-01 --working-days 3 --natural-days 3", "四者选一"),
        ("due --from 2022-04-01 --working-hours 3", "--at 2022-04-01T16:40"),
        ("due --from 2022-02-30 --working-days 3", "“2022-02-30”不是有效日期"),
        ("due --from 20220401 --working-days 3", "不是有效日期"),
        ("due --at 2022-04-01 --working-hours 3", "不是有效的当地时间"),
        ("due --at 2022-04-01T16:40+08 --working-hours 3", "不带时区"),
        ("due --at 2022-04-01T25:00 --working-hours 3", "不是有效的当地时间"),
        ("due --from 2022-04-01 --working-days -1", "0 到 10000 的整数"),
        ("due --from 2022-04-01 --working-days 10001", "0 到 10000 的整数"),
        ("due --from 2022-04-01 --working-days 3 --zone Loudi", "“Loudi”的时区"),
        ("due --from 2022-04-01 --working-days 3 --calendar /nowhere.toml", "请核对路径"),
        ("due --from x --working-days 3 --lang en", "“x” is not a date"),
    ] {
        let error = ask(line).expect_err(line);
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains(hint), "{line}: {error}");
    }
}

#[test]
fn both_languages_have_the_same_words() {
    assert_eq!(LOCALES.keys(Locale::ZhCn), LOCALES.keys(Locale::En));
}
