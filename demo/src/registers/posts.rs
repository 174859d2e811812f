//! Posts and who holds them.

use super::{at, choice, day, record, text, values};
use crate::DemoError;
use crate::cast::CITY;
use ::registers::rules::Value;
use kernel::UnitId;
use platform::App;

/// Posts by level: name, level, kind of unit.
const POSTS: [(&str, &str, &str); 5] = [
    ("领导小组组长", "county", "government"),
    ("委员", "township", "township"),
    ("专干", "township", "township"),
    ("协理员", "village", "village"),
    ("信息员", "village", "village"),
];
/// Terms of office of one transaction.
const AT_ONCE: usize = 250;

/// K05–K09: every post on four levels is filled.
pub(super) async fn holders(app: &App) -> Result<(), DemoError> {
    use store::Query;
    at(app, "posts", day(2022, 3, 1), |work| {
        for (name, level, kind) in POSTS {
            let values =
                values([("name", text(name)), ("at_level", choice(level)), ("unit_kind", text(kind))]);
            record(work, "posts", CITY, day(2022, 3, 1), None, values)?;
        }
        Ok(())
    })
    .await?;
    let read = app.read(|q, _| {
        let mut all = Vec::new();
        for post in ::registers::read::coverage::required(q)? {
            let sql = "select code from unit where path >= $1 and path < $2 and level = $3 and kind = $4 and open = 1 \
                       and area is not null \
                       order by path";
            let root = format!("{CITY}/");
            let params = store::params![&root, network::upper_bound(&root), &post.level, &post.kind];
            for row in q.query(sql, &params)? {
                all.push((post.id, row.text(0)?));
            }
        }
        Ok(all)
    });
    let all = read.await.map_err(DemoError::at("units"))?;
    for (n, chunk) in all.chunks(AT_ONCE).enumerate() {
        let chunk = chunk.to_vec();
        at(app, "holders", day(2022, 3, 15), move |work| {
            for (k, (post, unit)) in chunk.iter().enumerate() {
                let number = n * AT_ONCE + k + 1;
                let values = values([
                    ("place", Value::Unit(UnitId::from(unit.as_str()))),
                    ("post", Value::Records(vec![*post])),
                    ("holder", text(format!("示例任职人{number:04}"))),
                    ("from", Value::Date(day(2022, 3, 15))),
                    ("document", text("示例任〔2022〕3号")),
                ]);
                record(work, "holders", unit, day(2022, 3, 15), None, values)?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}
