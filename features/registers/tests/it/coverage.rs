//! Which posts are filled: all of them, until one holder leaves.

use crate::support::{City, id_of, on_both_engines};
use network::rules::dated::Dated;
use network::rules::unit::{Unit, UnitCommand, UnitDetails};
use platform::By;

async fn made(city: &City, register: &str, fields: &[(&str, &str)]) -> String {
    let answer = city.browser.post(&format!("/registers/{register}/records"), fields).await;
    assert!(answer.status.is_redirection(), "{}", answer.body);
    id_of(answer.location.as_deref())
}

on_both_engines! {
    a_holder_who_leaves_shows_as_a_gap_from_that_day;
    a_past_day_counts_the_units_of_that_day_under_the_names_they_had;
}

async fn a_holder_who_leaves_shows_as_a_gap_from_that_day(city: City) {
    assert!(city.browser.get("/network/posts").await.body.contains("还没有设置岗位"));
    made(
        &city,
        "posts",
        &[("unit", "某市"), ("name", "委员"), ("at_level", "township"), ("unit_kind", "township")],
    )
    .await;
    let mut last = String::new();
    for (unit, holder) in [("xx-a", "示例任职人1"), ("xx-b", "示例任职人2")] {
        let fields =
            [("unit", unit), ("place", unit), ("post", "委员"), ("holder", holder), ("from", "2022-03-15")];
        last = made(&city, "holders", &fields).await;
    }
    let full = city.browser.get("/network/posts").await;
    assert!(full.body.contains("2/2") && !full.body.contains("有空缺"), "{}", full.body);
    let fields = [
        ("place", "xx-b"),
        ("post", "委员"),
        ("holder", "示例任职人2"),
        ("from", "2022-03-15"),
        ("to", "2022-08-12"),
        ("substitute", "示例代理人"),
    ];
    let left = city.browser.post(&format!("/registers/holders/records/{last}/values"), &fields).await;
    assert!(left.status.is_redirection(), "{}", left.body);
    let now = city.browser.get("/network/posts").await;
    assert!(now.body.contains("1/2") && now.body.contains("有空缺"), "{}", now.body);
    assert!(
        city.browser.get("/network/posts?on=2022-08-11").await.body.contains("2/2"),
        "as of a day before"
    );
    let start = now.body.find("post=").expect("the number opens") + "post=".len();
    let gaps = city.browser.get(&format!("/network/posts?post={}", &now.body[start..start + 36])).await;
    assert!(
        gaps.body.contains("甲二镇") && gaps.body.contains("10") && gaps.body.contains("示例代理人"),
        "{}",
        gaps.body
    );
    assert!(city.browser.get("/network/posts.xlsx").await.bytes.starts_with(b"PK"));
}

async fn a_past_day_counts_the_units_of_that_day_under_the_names_they_had(city: City) {
    let post = [("unit", "某市"), ("name", "委员"), ("at_level", "township"), ("unit_kind", "township")];
    made(&city, "posts", &post).await;
    for unit in ["xx-a", "xx-b"] {
        let fields = [
            ("unit", unit),
            ("place", unit),
            ("post", "委员"),
            ("holder", "示例任职人"),
            ("from", "2022-03-15"),
        ];
        made(&city, "holders", &fields).await;
    }
    ordered(&city, "xx-b", |details, dated| UnitCommand::Change {
        details: UnitDetails { short_name: "甲二街道".into(), ..details },
        dated,
    })
    .await;
    ordered(&city, "xx-c", |details, dated| UnitCommand::Open {
        code: "xx-c".into(),
        details: UnitDetails {
            short_name: "甲三镇".into(), name: "甲三镇人民政府".into(), ..details
        },
        split_from: Some("xx-b".into()),
        dated,
    })
    .await;
    city.test.at("2022-08-23T10:00:00+08:00");
    let now = city.browser.get("/network/posts").await.body;
    assert!(now.contains("2/3") && now.contains("有空缺"), "{now}");
    let before = city.browser.get("/network/posts?on=2022-08-21").await.body;
    assert!(
        before.contains("2/2") && !before.contains("有空缺"),
        "what was opened later lacked nobody: {before}"
    );
    let early = city.browser.get("/network/posts?on=2022-03-01").await.body;
    let start = early.find("post=").expect("the number opens") + "post=".len();
    let post = &early[start..start + 36];
    let gaps = async |day: &str| city.browser.get(&format!("/network/posts?post={post}&on={day}")).await.body;
    let early = gaps("2022-03-01").await;
    assert!(early.contains("甲二镇") && !early.contains("甲三镇"), "{early}");
    let now = gaps("2022-08-23").await;
    assert!(now.contains("甲三镇") && !now.contains("甲二镇"), "{now}");
}

/// An order of today about a unit, made of what a township is.
async fn ordered(city: &City, unit: &str, command: impl FnOnce(UnitDetails, Dated) -> UnitCommand) {
    let dated = Dated {
        on: Some(city.test.app.config.zone.date_of(city.test.app.now())),
        document: "示例编发〔2022〕1号".into(),
        reason: "区划调整".into(),
    };
    let like = city.test.app.read(|q, _| Ok(network::details(q, &"xx-b".into())?)).await;
    let command = command(like.expect("the store answers").expect("it is there"), dated);
    let unit = unit.to_owned();
    let done =
        city.test.app.write(move |work| work.act::<Unit>(&unit, &By::Operator, None, &command).map(drop));
    done.await.expect("ordered");
}
