//! Weaves appeals out of texts: whose, where, by which channel, to whom, at what pace.

use crate::DemoError;
use crate::dice::Dice;
use crate::story::{Filed, Story, Way};
use crate::texts::{self, Fill, Text};
use kernel::UnitId;
use kernel::time::{Date, Time};
use matters_rules::{AppealType, Channel, ExpressLine, Grade, Outcome, Solved, Urgency};
use std::collections::{BTreeMap, BTreeSet};

/// Who gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Answered by the office itself.
    Direct,
    /// A unit of the city.
    City,
    /// A real county's platform and one of its departments.
    County,
    /// A real county's platform and a township.
    Township,
    /// One of the made-up counties, to which all bad news belongs.
    Fictitious,
    /// Declined.
    Declined,
    /// Withdrawn by the appellant before it was accepted.
    Withdrawn,
    /// Handed on before it was accepted.
    Transferred,
}

/// A county: code of its units, its area, names.
struct County {
    unit: &'static str,
    area: Option<&'static str>,
    name: &'static str,
    short: &'static str,
}

/// The real counties with their shares.
const COUNTIES: &[(u32, County)] = &[
    (30, County { unit: "lx", area: Some("431302"), name: "娄星区", short: "娄星" }),
    (19, County { unit: "sf", area: Some("431321"), name: "双峰县", short: "双峰" }),
    (19, County { unit: "xh", area: Some("431322"), name: "新化县", short: "新化" }),
    (16, County { unit: "lsj", area: Some("431381"), name: "冷水江市", short: "冷水江" }),
    (16, County { unit: "ly", area: Some("431382"), name: "涟源市", short: "涟源" }),
];

/// The made-up ones; they have no area, since areas are real.
const FICTITIOUS: &[(u32, County)] = &[
    (1, County { unit: "jia", area: None, name: "甲县", short: "甲县" }),
    (1, County { unit: "yi", area: None, name: "乙县", short: "乙县" }),
    (1, County { unit: "bing", area: None, name: "丙县", short: "丙县" }),
    (1, County { unit: "ding", area: None, name: "丁县", short: "丁县" }),
    (1, County { unit: "wu", area: None, name: "戊县", short: "戊县" }),
];

const CHANNELS: &[(u32, Channel)] = &[
    (46, Channel::Hotline),
    (20, Channel::Online),
    (12, Channel::Visit),
    (8, Channel::Message),
    (7, Channel::Forum),
    (4, Channel::HandedDown),
    (3, Channel::Letter),
];
const GRADES: &[(u32, Grade)] =
    &[(61, Grade::VerySatisfied), (31, Grade::Satisfied), (8, Grade::FairlySatisfied)];

/// Firms and people bear a Heavenly Stem, so that none can be taken for a real one.
const STEMS: &[&str] = &["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
const WORDS: &[&str] =
    &["禾", "能", "源", "丰", "锦", "泰", "和", "新", "宏", "诚", "兴", "盛", "恒", "远", "安"];
const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何",
    "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓",
    "许", "傅", "沈", "曾", "彭", "吕", "肖", "龚", "谭", "邹", "康", "颜",
];
/// What a name ends with that is a firm's and not a person's.
const FIRM_ENDS: &[&str] =
    &["公司", "厂", "店", "部", "社", "场", "队", "站", "校", "馆", "所", "行", "联盟", "中心", "连锁"];
/// First phone number of woven appellants; hand-written ones lie below.
const PHONES: u64 = 13_800_001_000;
/// More attempts than any title needs to become different from all others.
const ATTEMPTS: u64 = 40;

/// Who calls again.
#[derive(Clone)]
struct Caller {
    county: &'static County,
    place: usize,
    name: String,
    phone: String,
    enterprise: String,
}

/// See the module.
pub struct Weaver {
    layer: &'static str,
    texts: Vec<Text>,
    pools: BTreeMap<Kind, Vec<(usize, String)>>,
    used: BTreeMap<Kind, usize>,
    townships: BTreeMap<&'static str, Vec<(String, String)>>,
    titles: BTreeSet<String>,
    callers: BTreeMap<usize, Caller>,
    woven: u64,
    phones: u64,
}

impl Weaver {
    /// For one layer; `titles` are taken already.
    ///
    /// # Errors
    /// [`DemoError::Data`] where a file does not read.
    pub fn new(layer: &'static str, titles: BTreeSet<String>) -> Result<Self, DemoError> {
        let this_year = layer != "replay";
        let mut all = texts::accepted()?;
        all.extend(texts::outside()?);
        let mut pools: BTreeMap<Kind, Vec<(usize, String)>> = BTreeMap::new();
        for (index, text) in all.iter().enumerate().filter(|(_, text)| !(this_year && text.replay_only)) {
            for to in &text.to {
                for kind in kinds(to, text.bad_news) {
                    pools.entry(kind).or_default().push((index, to.clone()));
                }
            }
        }
        for (kind, pool) in &mut pools {
            Dice::of(layer, *kind as u64).shuffle(pool);
        }
        let phones = if this_year { PHONES + 4000 } else { PHONES };
        Ok(Self {
            layer,
            texts: all,
            pools,
            used: BTreeMap::new(),
            townships: townships(),
            titles,
            callers: BTreeMap::new(),
            woven: 0,
            phones,
        })
    }

    /// Every title so far.
    pub fn into_titles(self) -> BTreeSet<String> {
        self.titles
    }

    /// The next appeal of a kind. `day` is the day it is filed, where that is known yet.
    ///
    /// # Errors
    /// [`DemoError::Data`] where there is no text for it, or no new title.
    pub fn weave(&mut self, kind: Kind, filed: Filed, day: Option<Date>) -> Result<Story, DemoError> {
        self.woven += 1;
        let mut dice = Dice::of(self.layer, 1000 + self.woven);
        let (index, to) = self.next_text(kind)?;
        let text = self.texts[index].clone();
        let caller = self.caller(kind, index, &text, &mut dice);
        let (place_code, place) = self.townships[caller.county.unit][caller.place].clone();
        let mut story = self.told(&text, &caller, &place, day, &mut dice)?;
        story.filed = filed;
        story.area = match (caller.county.area, dice.chance(55)) {
            (Some(_), true) => Some(place_code.clone()),
            (area, _) => area.map(str::to_owned),
        };
        story.channel = *dice.weighted(CHANNELS).unwrap_or(&Channel::Hotline);
        story.lines = lines(&story, kind, &mut dice);
        if story.channel == Channel::HandedDown {
            story.source_number = Some(format!("SJ{:06}", 20_000 + self.woven * 37));
        }
        if kind == Kind::Direct && story.channel == Channel::HandedDown {
            story.channel = Channel::Hotline;
            story.source_number = None;
        }
        address(&mut story, &text, &to, &caller, &place_code, kind);
        pace(&mut story, &mut dice);
        judge(&mut story, &text, &mut dice);
        story.seed = Some(self.woven);
        self.callers.insert(index, caller);
        Ok(story)
    }

    /// The texts of a kind take turns.
    fn next_text(&mut self, kind: Kind) -> Result<(usize, String), DemoError> {
        let pool = self.pools.get(&kind).filter(|pool| !pool.is_empty());
        let pool = pool.ok_or_else(|| DemoError::Data(format!("no text for {kind:?}")))?;
        let used = self.used.entry(kind).or_default();
        *used += 1;
        Ok(pool[(*used - 1) % pool.len()].clone())
    }

    /// Mostly someone new; now and then whoever wrote in about such a thing before.
    fn caller(&mut self, kind: Kind, text: usize, words: &Text, dice: &mut Dice) -> Caller {
        let made_up = kind == Kind::Fictitious;
        let before = self.callers.get(&text).filter(|caller| caller.county.area.is_none() == made_up);
        if let Some(caller) = before.filter(|_| dice.chance(16)) {
            return caller.clone();
        }
        let counties = if made_up { FICTITIOUS } else { COUNTIES };
        let county = dice.weighted(counties).unwrap_or(&counties[0].1);
        let places = u32::try_from(self.townships[county.unit].len()).unwrap_or(1);
        self.phones += 1;
        let surname = dice.pick(SURNAMES).copied().unwrap_or("王");
        let title = dice.weighted(&[(56, "先生"), (44, "女士")]).copied().unwrap_or("先生");
        let is_firm = FIRM_ENDS.iter().any(|end| words.firm.ends_with(end));
        let stem = dice.pick(STEMS).copied().unwrap_or("甲");
        let word = dice.pick(WORDS).copied().unwrap_or("禾");
        Caller {
            county,
            place: dice.range(0, places - 1) as usize,
            name: format!("{surname}{title}"),
            phone: self.phones.to_string(),
            enterprise: if is_firm {
                format!("{}{stem}{word}{}", county.short, words.firm)
            } else {
                String::new()
            },
        }
    }

    /// The words, with a title nobody else has.
    fn told(
        &mut self,
        text: &Text,
        caller: &Caller,
        place: &str,
        day: Option<Date>,
        dice: &mut Dice,
    ) -> Result<Story, DemoError> {
        for attempt in 0..ATTEMPTS {
            let mut words = Dice::of(&text.title, self.woven * ATTEMPTS + attempt);
            let fill = Fill {
                county: caller.county.name.into(),
                place: place.into(),
                n: words.range(2, 6),
                m: words.range(12, 68),
                money: words.range(3, 46),
                days: words.range(8, 34),
                ago: ago(day, dice),
            };
            let mut title = fill.apply(&text.title, &mut words);
            // A place tells like ones apart; whoever calls again from there says so.
            title = match attempt {
                0..=5 => title,
                6..=11 => format!("{place}：{title}"),
                12..=17 => format!("再次反映：{title}"),
                _ => format!("{place}再次反映：{title}"),
            };
            if title.chars().count() > matters::filing::TITLE_MAX || self.titles.contains(&title) {
                continue;
            }
            self.titles.insert(title.clone());
            return Ok(Story {
                appeal_type: text.appeal_type,
                category: text.category.clone(),
                title,
                text: fill.apply(&text.text, &mut words),
                expected: fill.apply(&text.wanted, &mut words),
                answer: fill.apply(&text.answer, &mut words),
                right_way: fill.apply(&text.right_way, &mut words),
                ground: text.ground,
                transfer_to: text.transfer_to.clone(),
                transfer_reason: text.transfer_reason.clone(),
                name: caller.name.clone(),
                phone: caller.phone.clone(),
                enterprise: caller.enterprise.clone(),
                ..Story::default()
            });
        }
        Err(DemoError::Data(format!("no new title for \"{}\"", text.title)))
    }
}

/// The kinds an address serves.
fn kinds(to: &str, bad_news: bool) -> Vec<Kind> {
    match to.split_once('/') {
        Some(("county", _)) if bad_news => vec![Kind::Fictitious],
        Some(("county", _)) => vec![Kind::County, Kind::Fictitious],
        Some(_) => vec![Kind::Township],
        None => match to {
            "office" => vec![Kind::Direct, Kind::Withdrawn],
            "declined" => vec![Kind::Declined],
            "transferred" => vec![Kind::Transferred],
            _ => vec![Kind::City],
        },
    }
}

/// Townships by county: code and name.
fn townships() -> BTreeMap<&'static str, Vec<(String, String)>> {
    let mut found: BTreeMap<&'static str, Vec<(String, String)>> = BTreeMap::new();
    let mut add = |county: &'static str, code: &str, name: &str| {
        found.entry(county).or_default().push((code.to_owned(), name.to_owned()));
    };
    for line in include_str!("../data/divisions.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if let [code, name, _, parent, "township", ..] = cells[..]
            && let Some((_, county)) = COUNTIES.iter().find(|(_, county)| county.area == Some(parent))
            && !name.ends_with("林场")
        {
            add(county.unit, code, name);
        }
    }
    for (_, county) in FICTITIOUS {
        for (part, town) in [("z1", "城关镇"), ("z2", "河口镇")] {
            add(county.unit, &format!("{}-{part}", county.unit), &format!("{}{town}", county.name));
        }
    }
    found
}

fn ago(day: Option<Date>, dice: &mut Dice) -> String {
    let Some(day) = day else {
        let some_time = ["上个月底", "前些天", "半个月前", "上个月初", "上周"];
        return dice.pick(&some_time).copied().unwrap_or("上周").to_owned();
    };
    let days = dice.range(4, 26);
    let day = (0..days).fold(day, |day, _| day.yesterday().unwrap_or(day));
    format!("{}月{}日", day.month(), day.day())
}

/// The seven labels follow from how it came and what is done with it.
fn lines(story: &Story, kind: Kind, dice: &mut Dice) -> Vec<ExpressLine> {
    let mut lines = Vec::new();
    lines.extend(match story.channel {
        Channel::Hotline => Some(ExpressLine::HotlineDirect),
        Channel::Online | Channel::Message | Channel::Letter => Some(ExpressLine::MessageDirect),
        Channel::Visit => Some(ExpressLine::VisitDirect),
        Channel::Forum => Some(ExpressLine::FaceToFace),
        _ => None,
    });
    if !matches!(kind, Kind::Direct | Kind::Declined | Kind::Withdrawn | Kind::Transferred) {
        lines.push(ExpressLine::DirectHandling);
    }
    let serves = ["POL", "FIN", "EMP", "INV"].iter().any(|prefix| story.category.starts_with(prefix));
    if serves && dice.chance(70) {
        lines.push(ExpressLine::DirectService);
    }
    if story.appeal_type == AppealType::Complaint {
        lines.push(ExpressLine::DirectAccountability);
    }
    lines
}

/// The units that handle it.
fn address(story: &mut Story, text: &Text, to: &str, caller: &Caller, township: &str, kind: Kind) {
    let part = |part: &str| UnitId(format!("{}-{part}", caller.county.unit));
    match (kind, to.split_once('/')) {
        (Kind::County | Kind::Fictitious, Some((_, unit))) => {
            story.story = Way::Nested;
            story.platform = Some(part("platform"));
            story.unit = Some(part(unit));
            story.co = text.co.iter().filter(|co| *co != unit).map(|co| part(co)).collect();
        }
        (Kind::Township, Some((_, item))) => {
            story.story = Way::Township;
            story.platform = Some(part("platform"));
            story.unit = Some(UnitId::from(township));
            story.duty_item = Some(item.to_owned());
            story.area = Some(township.to_owned());
            story.co = text.co.iter().map(|co| part(co)).collect();
        }
        (Kind::Declined, _) => story.story = Way::Declined,
        (Kind::Withdrawn, _) => story.story = Way::LeftEarly,
        (Kind::Transferred, _) => story.story = Way::Transferred,
        (Kind::City, _) => {
            story.story = Way::City;
            story.unit = Some(UnitId::from(to));
        }
        _ => story.story = Way::Direct,
    }
    story.natural = text.natural;
}

/// How urgent it is, and how long the work takes: always within the limit.
fn pace(story: &mut Story, dice: &mut Dice) {
    let pressing = ["ENE-01", "ENE-02", "ARR-05", "CON-02", "EMP-02", "INV-02"];
    let urgent = if pressing.contains(&story.category.as_str()) { 38 } else { 9 };
    story.urgency = match (story.natural, dice.chance(urgent), dice.chance(12)) {
        (true, ..) | (_, true, _) => Urgency::Urgent,
        (_, _, true) => Urgency::Complex,
        _ => Urgency::General,
    };
    story.work = Some(match story.urgency {
        Urgency::Complex => dice.range(1300, 3000),
        Urgency::Urgent | Urgency::Critical => dice.range(90, 330),
        Urgency::General => dice.range(240, 1500),
    });
    if dice.chance(25) {
        story.progress = Some("已到现场核实情况，正在按约定的时间办理，下一步安排已告知诉求人。".into());
    }
    story.contact_way = dice.chance(40).then_some(matters_rules::ContactWay::Visit);
}

/// What the appellant says in the end.
fn judge(story: &mut Story, text: &Text, dice: &mut Dice) {
    let direct = story.story == Way::Direct;
    story.outcome = Some(text.outcome.unwrap_or(if direct { Outcome::Explained } else { Outcome::Solved }));
    story.solved = Some(Solved::Yes);
    story.grade = dice.weighted(GRADES).copied();
}

/// A time of day at which that channel is used.
pub fn time_of_day(channel: Channel, dice: &mut Dice) -> Time {
    let own_time = matches!(channel, Channel::Online | Channel::Message) && dice.chance(35);
    let hours =
        [(12, (8, 31, 58)), (34, (9, 0, 59)), (14, (11, 0, 40)), (10, (14, 31, 59)), (30, (16, 0, 50))];
    let (hour, from, to) =
        if own_time { (dice.range(18, 22), 0, 59) } else { *dice.weighted(&hours).unwrap_or(&(9, 0, 59)) };
    let part = |value: u32| i8::try_from(value).unwrap_or_default();
    Time::new(part(hour), part(dice.range(from, to)), 0, 0).unwrap_or_default()
}
