//! New versions of a definition: what they may do, and that nothing is lost.

use crate::support::{REGISTER, by, city, officer, publish, rebuilds, record, refused};
use kernel::permission::Role;
use store::Query;
use testkit::Engine;
use tongxin_registers::read::{self, in_force};
use tongxin_registers::rules::definitions::Change;
use tongxin_registers::rules::{Definition, Effect, effects};
use tongxin_registers::{BUILT_IN, act_definition};

fn second(change: impl Fn(String) -> String) -> String {
    change(REGISTER.replace("version = 1", "version = 2").replace("\"2022-01-01\"", "\"2022-08-22\""))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retired_field_keeps_what_it_held_and_a_new_one_begins_empty() {
    for engine in Engine::BOTH {
        let test = city(engine).await;
        record(&test.app, &officer(), "xx", &[("name", "一"), ("village", "甲村"), ("length", "2.5")])
            .await
            .expect("recorded");
        let text = second(|text| {
            text.replace("code = \"length\"", "code = \"length\"\nretired = true")
                + "\n[[field]]\ncode = \"colour\"\nzh = \"颜色\"\nkind = \"text\"\n"
        });
        publish(&test.app, &text).await.expect("published");
        let row = test
            .app
            .read(|q, _| Ok(q.query_one("select length, colour, shared from reg_things", &[])?))
            .await;
        let row = row.expect("a row");
        assert!((row.real(0).expect("kept") - 2.5).abs() < 1e-9);
        assert_eq!((row.opt_text(1).expect("empty"), row.int(2).expect("computed")), (None, 1));
        let again = record(&test.app, &officer(), "xx", &[("name", "二"), ("length", "3")]).await;
        assert_eq!(refused(again), ("length".into(), "register-no-such-field".into()));
        record(&test.app, &officer(), "xx", &[("name", "三"), ("colour", "红")]).await.expect("recorded");
        rebuilds(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_lose_something_is_never_published() {
    let test = city(Engine::Sqlite).await;
    for text in [
        second(|text| text.replace("code = \"length\"", "code = \"width\"")),
        second(|text| text.replace("kind = \"number\"\ndecimals = 1", "kind = \"text\"")),
        second(|text| text.replace("code = \"steel\"", "code = \"iron\"")),
        second(|text| {
            text.replace("[[level]]\ncode = \"city\"", "[[level]]\ncode = \"town\"")
                .replace("level = \"city\"", "level = \"town\"")
        }),
    ] {
        assert_eq!(refused(publish(&test.app, &text).await).1, "document-removes");
    }
    assert_eq!(refused(publish(&test.app, REGISTER).await).1, "version-not-new");
    let past = REGISTER.replace("version = 1", "version = 2");
    assert_eq!(refused(publish(&test.app, &past).await).1, "document-predates");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_holds_from_its_day_on() {
    let test = city(Engine::Sqlite).await;
    let text = second(|text| {
        text.replace("\"2022-08-22\"", "\"2022-09-01\"").replace("zh = \"物件\"", "zh = \"东西\"")
    });
    publish(&test.app, &text).await.expect("published");
    let name = || async {
        let read = test.app.read(|q, app| Ok(in_force(q, app, "things")?.expect("defined").name.zh.clone()));
        read.await.expect("reads")
    };
    assert_eq!(name().await, "物件");
    test.at("2022-09-01T00:00:00+08:00");
    assert_eq!(name().await, "东西");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_county_defines_its_own_register_and_no_other() {
    let test = city(Engine::Sqlite).await;
    let own = REGISTER
        .replace("code = \"things\"", "code = \"own_things\"\nowner = \"xx\"")
        .replace("register = \"things\"", "register = \"own_things\"");
    let publish = |who: platform::By, code: &'static str, toml: String| {
        let app = test.app.clone();
        async move {
            let change = Change::Publish { toml, note: String::new() };
            app.write(move |work| act_definition(work, &who, code, None, &change)).await
        }
    };
    let county = by(Role::Registers, "cc/xx/", 3);
    publish(county.clone(), "own_things", own.clone()).await.expect("their own");
    let stranger = by(Role::Registers, "cc/yy/", 4);
    let newer = own.replace("version = 1", "version = 2").replace("\"2022-01-01\"", "\"2022-08-22\"");
    assert!(publish(stranger, "own_things", newer.clone()).await.is_err());
    let city_wide = second(|text| text);
    assert!(publish(county.clone(), "things", city_wide).await.is_err(), "the city's is not theirs");
    publish(county, "own_things", newer).await.expect("their own again");
    assert!(test.app.read(|q, _| Ok(read::exists(q, "own_things")?)).await.expect("reads"));
}

#[test]
fn what_is_wrong_is_told_with_line_and_field() {
    let wrong = |text: String| {
        let refusals = Definition::parse(&text).expect_err("it is wrong");
        let first = &refusals[0];
        (first.code, first.args["line"].clone(), first.args["field"].clone())
    };
    let line = |needle: &str| {
        let at = REGISTER.find(needle).expect("there");
        (REGISTER[..at].matches('\n').count() + 1).to_string()
    };
    let place = line("code = \"village\"");
    let is = |code: &'static str, line: &str, field: &str| (code, line.to_owned(), field.to_owned());
    assert_eq!(
        wrong(REGISTER.replace("code = \"village\"\nzh = \"村\"", "code = \"village\"\nzh = \"民族\"")),
        is("register-word-forbidden", &(place.parse::<usize>().expect("a line") + 1).to_string(), "field.zh")
    );
    assert_eq!(
        wrong(REGISTER.replace("code = \"village\"", "code = \"religion\"")).0,
        "register-word-forbidden"
    );
    assert_eq!(
        wrong(REGISTER.replace("code = \"village\"", "code = \"Village\"")),
        is("register-code-malformed", &place, "field.code")
    );
    assert_eq!(
        wrong(REGISTER.replace("code = \"village\"", "code = \"title\"")),
        is("register-code-taken", &place, "field.code")
    );
    assert_eq!(wrong(REGISTER.replace("to = [\"signed\"]", "to = [\"gone\"]")).0, "register-unknown");
    assert_eq!(wrong(REGISTER.replace("sum(paid)", "sum(unpaid)")).0, "register-unknown");
    assert_eq!(wrong(REGISTER.replace("sum(paid)", "sum(paid")).0, "register-expression");
    assert_eq!(
        wrong(REGISTER.replace("title = [\"name\"]", "title = [\"name\"]\ncolour = 1")).0,
        "document-unreadable"
    );
}

/// A formula goes on over what records hold; that new ones will lack what it rests on is told.
#[test]
fn retiring_what_a_formula_rests_on_is_told() {
    let (_, toml) = BUILT_IN.iter().find(|(code, _)| *code == "pairings").expect("built in");
    let before = Definition::parse(toml).expect("reads");
    let mut after = before.clone();
    after.fields.iter_mut().filter(|field| field.code == "village").for_each(|field| field.retired = true);
    let retired = Effect::Retired { field: "village".into() };
    let unfed = Effect::Unfed { field: "form".into(), without: "village".into() };
    assert_eq!(effects(&before, &after), [retired, unfed]);
}
