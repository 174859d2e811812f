//! Common issues and a hot topic, all of the made-up counties: one under way with its report signed
//! off, one closed with its result, and one that the rules have just found.

use crate::DemoError;
use crate::calls::taken;
use crate::cast::{Cast, OFFICE};
use crate::raised::{at, morning};
use crate::story::Who;
use common_issues::issues::{Issues, Wanted, Written, act, open, write};
use common_issues::rules::issue::Command as Issue;
use common_issues::topics;
use kernel::permission::Role;
use kernel::time::Instant;
use kernel::{MatterId, UnitId};
use matters::{FileRequest, TextSealer};
use matters_rules::command::{Accept, Assignee, ContactCard};
use matters_rules::{AppealType, Channel, Command, NodeRole, Urgency};
use platform::{App, Failure};
use std::collections::BTreeMap;
use store::{Query, params};

/// Matters of an issue, at most.
const MEMBERS: usize = 6;
/// Category of the hot topic: power, water and gas.
const CATEGORY: &str = "ENE-01";
/// Its county's platform.
const PLATFORM: &str = "bing-platform";

/// What is reported within a day, and where.
const BURST: [(&str, &str); 6] = [
    ("丙县工业园一路频繁跳闸", "昨天到今天跳了五次闸，两台薄板加工设备停了又开。"),
    ("丙县工业园二路电压不稳", "电压忽高忽低，打印机主板烧了一块。"),
    ("丙县城东冷库停电", "停了两个多小时，冷库温度上来了，茶叶不能再等。"),
    ("丙县农机合作社断电", "正在烘干稻谷，一停电就要返工。"),
    ("丙县印刷厂夜间停电", "夜班印到一半停电，一批教辅作废。"),
    ("丙县工业园三路无通知停电", "没有任何通知就停，想知道什么时候能稳定。"),
];

/// Plays all of it.
///
/// # Errors
/// See [`DemoError`].
pub(crate) async fn play(app: &App, cast: &Cast) -> Result<(), DemoError> {
    let under_way = grouped(app, cast, "jia", 6, "甲县", PUSHED).await?;
    if let Some(issue) = under_way {
        reported(app, cast, issue, 5).await?;
    }
    if let Some(issue) = grouped(app, cast, "yi", 9, "乙县", UNCLEAR).await? {
        closed(app, cast, issue, 3).await?;
    }
    burst(app, cast).await?;
    topics::run(app).await.map(drop).map_err(DemoError::at("hot topics"))
}

const PUSHED: &str = "几件诉求都卡在部门之间互相等材料，同一份材料重复提交。";
const UNCLEAR: &str = "几件诉求问的是同一件事，各单位答复口径不一，诉求人来回跑。";
const FINDINGS: &str =
    "企业反映集中在环节多、重复交材料、没有办结时间。抽看办理记录，材料在部门之间平均流转三次。";
const MEASURE: &str =
    "由甲县直通车办牵头，两周内公布一次性告知清单和办理时限；材料一处收取、部门共享；月底前逐户回访。";
const RESULT: &str = "已统一口径并公布办理清单，逐户说明。列入的事项由原承办单位分别答复。";

/// An issue of the last matters of a county; none where there are too few.
async fn grouped(
    app: &App,
    cast: &Cast,
    county: &'static str,
    days: i64,
    name: &'static str,
    grounds: &'static str,
) -> Result<Option<String>, DemoError> {
    let found = of_county(app, county, morning(app, days)).await;
    let Some((category, group, matters)) = found.map_err(DemoError::at("matters of a county"))? else {
        return Ok(None);
    };
    let title = format!("{name}“{group}”类诉求集中");
    let by = cast.post(Role::Supervisor)?;
    let issue = at(app, morning(app, days), "a common issue", move |work| {
        let wanted = Wanted {
            title: title.clone(),
            unit: UnitId::from(format!("{county}-platform").as_str()),
            category: Some(category.clone()),
            area: None,
            grounds: grounds.into(),
            matters: matters.clone(),
            topic: None,
        };
        open(work, &by, &wanted)
    });
    issue.await.map(Some)
}

/// The group of categories that most matters are of which units of the county had been assigned by
/// then: its code, its name and the newest of them; none where there are too few.
async fn of_county(
    app: &App,
    county: &'static str,
    by: Instant,
) -> Result<Option<(String, String, Vec<MatterId>)>, Failure> {
    app.read(move |snapshot, app| {
        let path = network::unit(snapshot, &county.into())?.ok_or(Failure::NotFound)?.path;
        let rows = snapshot.query(
            "select distinct m.category_group, m.filed_at, m.id from matter m \
             join matter_node n on n.matter = m.id where n.unit_path >= $1 and n.unit_path < $2 \
             and m.shielded = 0 and m.kind = 'appeal' and n.assigned_at < $3 and m.category_group is not null \
             order by m.category_group, m.filed_at desc, m.id",
            &params![path.0.as_str(), network::upper_bound(&path.0), by],
        )?;
        let mut groups: BTreeMap<String, Vec<MatterId>> = BTreeMap::new();
        for row in &rows {
            let id = row.str(2)?.parse().map_err(|_| Failure::NotFound)?;
            groups.entry(row.text(0)?).or_default().push(id);
        }
        let most = groups.into_iter().max_by_key(|(_, matters)| matters.len());
        let Some((code, mut matters)) = most.filter(|(_, matters)| matters.len() > 1) else { return Ok(None) };
        matters.truncate(MEMBERS);
        let list = matters::categories::in_force(snapshot, app)?;
        let name = list.group(&code).map_or_else(|| code.clone(), |group| group.name.zh.clone());
        Ok(Some((code, name, matters)))
    })
    .await
}

/// Written by the supervisor, signed off by the shift head.
async fn reported(app: &App, cast: &Cast, issue: String, days: i64) -> Result<(), DemoError> {
    let (by, signs) = (cast.post(Role::Supervisor)?, cast.post(Role::ShiftHead)?);
    let named = issue.clone();
    at(app, morning(app, days), "a special report", move |work| {
        let written = Written { findings: FINDINGS.into(), measure: MEASURE.into() };
        write(work, &by, &named, &written)
    })
    .await?;
    at(app, morning(app, days).plus_hours(3), "a signature", move |work| {
        act(work, &signs, &issue, &Issue::Sign { version: 1 })
    })
    .await
}

async fn closed(app: &App, cast: &Cast, issue: String, days: i64) -> Result<(), DemoError> {
    let by = cast.post(Role::Supervisor)?;
    at(app, morning(app, days), "a result", move |work| {
        let opened = work.load::<Issues>(&issue)?.state.opened.ok_or(Failure::NotFound)?;
        let key = work.subject_key(&opened.subject)?;
        let result = TextSealer::with(key).text(work, RESULT);
        act(work, &by, &issue, &Issue::Close { result })
    })
    .await
}

/// More than usual, within a day, in one county.
async fn burst(app: &App, cast: &Cast) -> Result<(), DemoError> {
    for (n, (title, text)) in (1..).zip(BURST) {
        let when: Instant = app.now().plus_hours(-3 * n).plus_seconds(-1500);
        let (intake, office) = (cast.by(&Who::Intake)?, cast.post(Role::Dispatcher)?);
        at(app, when, "an appeal of a hot topic", move |work| {
            let request = FileRequest {
                title: title.into(),
                text: text.into(),
                category: Some(CATEGORY.into()),
                contact: ContactCard {
                    name: "某企业".into(),
                    phone: format!("1380000{:04}", 6100 + n),
                    ..ContactCard::default()
                },
                ..FileRequest::new(UnitId::from(OFFICE), Channel::Hotline, AppealType::Help)
            };
            let id = taken(work, &intake, &request)?.id;
            let sealer = TextSealer::of(work, id)?;
            let accept = Accept {
                urgency: Urgency::Urgent,
                natural_time: false,
                category: CATEGORY.into(),
                demands: vec![sealer.text(work, "尽快恢复稳定供电，停电提前告知")],
            };
            matters::act(work, &office, id, None, &Command::Accept(accept))?;
            let unit = UnitId::from(PLATFORM);
            let to = vec![Assignee { unit, role: NodeRole::Lead, duty_item: None, instruction: None }];
            matters::act(work, &office, id, None, &Command::Assign { parent: None, to }).map(drop)
        })
        .await?;
    }
    Ok(())
}
