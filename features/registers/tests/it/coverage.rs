//! Which posts are filled: all of them, until one holder leaves.

use crate::support::{City, city, id_of};

async fn made(city: &City, register: &str, fields: &[(&str, &str)]) -> String {
    let answer = city.browser.post(&format!("/registers/{register}/records"), fields).await;
    assert!(answer.status.is_redirection(), "{}", answer.body);
    id_of(answer.location.as_deref())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_who_leaves_shows_as_a_gap_from_that_day() {
    let city = city().await;
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
