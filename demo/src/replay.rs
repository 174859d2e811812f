//! The replay of Loudi 2022 (PRODUCT §5): from the opening on 2022-03-19 to 2022-08-22, what
//! the article counts comes out of the journal. The numbers below say how many appeals go
//! which way; the figures are computed, and `tests/figures.rs` compares them.

use crate::DemoError;
use crate::dice::Dice;
use crate::story::{self, Filed, Objection, Story, Way};
use crate::weave::{Kind, Weaver, time_of_day};
use kernel::UnitId;
use kernel::time::{Calendar, Date};
use matters_rules::{Channel, Grade, Outcome, Solved, Urgency};
use std::collections::BTreeSet;

const LAYER: &str = "replay";
/// First and last working day on which what is closed by 2022-08-22 is filed.
const CLOSED: (Date, Date) = (Date::constant(2022, 3, 21), Date::constant(2022, 8, 11));
/// The same for the 20 that are still open then.
const OPEN: (Date, Date) = (Date::constant(2022, 8, 10), Date::constant(2022, 8, 19));
/// From here on nothing may take long, to be closed in time.
const HURRY: Date = Date::constant(2022, 7, 20);

/// Closed by 2022-08-22, hand-written ones (`data/replay.toml`) included: 47 answered
/// directly, 319 assigned.
const DIRECT: usize = 47;
const CITY: usize = 104;
const COUNTY: usize = 123;
const TOWNSHIP: usize = 36;
const FICTITIOUS: usize = 56;
/// Open at the end of 2022-08-22, all of them assigned, closed later.
const OPEN_CITY: usize = 7;
const OPEN_COUNTY: usize = 10;
const OPEN_TOWNSHIP: usize = 3;
/// Received and not accepted.
const DECLINED: usize = 13;
const WITHDRAWN: usize = 6;
const TRANSFERRED: usize = 6;
/// Closed without a rating: 366 − 346.
const UNRATED: usize = 20;
/// Of the made-up counties': rated and not satisfied (346 − 335), some of them after a redo;
/// satisfied only after a redo; late.
const NOT_SATISFIED: usize = 11;
const NOT_SATISFIED_AFTER_REDO: usize = 4;
const SATISFIED_BY_REDO: usize = 6;
const LATE: usize = 12;

/// The stories of 2022.
///
/// # Errors
/// See [`DemoError`].
pub fn stories() -> Result<Vec<Story>, DemoError> {
    let calendar = Calendar::china();
    let by_hand = story::read(include_str!("../data/replay.toml"))?;
    let titles: BTreeSet<String> = by_hand.iter().map(|story| story.title.clone()).collect();
    let mut weaver = Weaver::new(LAYER, titles)?;

    let mut closed = kinds(&by_hand);
    Dice::of("order", 0).shuffle(&mut closed);
    let mut stories = weave_all(&mut weaver, &closed, &days(&calendar, CLOSED.0, CLOSED.1))?;
    hurry(&mut stories);
    let mut marks = Marks::new(&mut stories);
    marks.bad_news();
    marks.unrated();
    marks.intervals();
    marks.objections();

    let open = [(Kind::City, OPEN_CITY), (Kind::County, OPEN_COUNTY), (Kind::Township, OPEN_TOWNSHIP)];
    let mut open: Vec<Kind> = open.iter().flat_map(|(kind, n)| std::iter::repeat_n(*kind, *n)).collect();
    Dice::of("order", 1).shuffle(&mut open);
    let mut late_ones = weave_all(&mut weaver, &open, &days(&calendar, OPEN.0, OPEN.1))?;
    for (index, story) in late_ones.iter_mut().enumerate() {
        // Thorough work within its fifteen working days, and past the day of the figures.
        let mut dice = Dice::of("open", index as u64);
        story.urgency = Urgency::Complex;
        story.natural = false;
        story.work = Some(dice.range(3900, 4500));
    }
    stories.extend(late_ones);
    stories.extend(by_hand);
    Ok(stories)
}

/// What is woven: the numbers above less what is written by hand.
fn kinds(by_hand: &[Story]) -> Vec<Kind> {
    let made_up = |story: &&Story| story.area.is_none();
    let of_city = by_hand.iter().filter(|story| story.story == Way::City).count();
    let fictitious = by_hand.iter().filter(made_up).count();
    let wanted = [
        (Kind::Direct, DIRECT),
        (Kind::City, CITY - of_city),
        (Kind::County, COUNTY),
        (Kind::Township, TOWNSHIP),
        (Kind::Fictitious, FICTITIOUS - fictitious),
        (Kind::Declined, DECLINED),
        (Kind::Withdrawn, WITHDRAWN),
        (Kind::Transferred, TRANSFERRED),
    ];
    wanted.iter().flat_map(|(kind, n)| std::iter::repeat_n(*kind, *n)).collect()
}

fn weave_all(weaver: &mut Weaver, kinds: &[Kind], days: &[(u32, Date)]) -> Result<Vec<Story>, DemoError> {
    let whole: u32 = days.iter().map(|(weight, _)| weight).sum();
    let mut stories = Vec::with_capacity(kinds.len());
    for (index, kind) in kinds.iter().enumerate() {
        // Evenly along the weights of the days, so that every run has the same curve.
        let at = (u64::from(whole) * (2 * index as u64 + 1)) / (2 * kinds.len() as u64);
        let day = day_at(days, at);
        let mut story = weaver.weave(*kind, Filed::On(day.at(9, 0, 0, 0)), Some(day))?;
        let time = time_of_day(story.channel, &mut Dice::of("time", index as u64));
        story.filed = Filed::On(day.to_datetime(time));
        stories.push(story);
    }
    Ok(stories)
}

/// The working days with their weights: Mondays are busy, and the line becomes known.
fn days(calendar: &Calendar, from: Date, to: Date) -> Vec<(u32, Date)> {
    let mut days = Vec::new();
    let mut day = from;
    while day <= to {
        let monday = day.weekday().to_monday_one_offset();
        let by_weekday = [14, 11, 10, 10, 8, 9, 9][usize::try_from(monday - 1).unwrap_or_default() % 7];
        let since = u32::try_from(days.len()).unwrap_or_default();
        days.push((by_weekday * (30 + since.min(60)), day));
        day = calendar.next_working_day(day);
    }
    days
}

fn day_at(days: &[(u32, Date)], at: u64) -> Date {
    let mut passed = 0;
    let found = days.iter().find(|(weight, _)| {
        passed += u64::from(*weight);
        passed > at
    });
    found.or(days.last()).map_or(CLOSED.0, |(_, day)| *day)
}

fn hurry(stories: &mut [Story]) {
    for story in stories.iter_mut().filter(|story| day_of(story) >= HURRY) {
        story.work = story.work.map(|work| work.min(700));
    }
}

fn day_of(story: &Story) -> Date {
    match story.filed {
        Filed::On(at) => at.date(),
        Filed::Before { .. } | Filed::Ago { .. } => CLOSED.0,
    }
}

/// Hands out what happens on the way, each to a story that can bear it, none two.
struct Marks<'a> {
    stories: &'a mut [Story],
    marked: BTreeSet<usize>,
}

impl<'a> Marks<'a> {
    fn new(stories: &'a mut [Story]) -> Self {
        Self { stories, marked: BTreeSet::new() }
    }

    /// `n` stories, spread over the whole time, that fit and are not marked yet.
    fn take(&mut self, n: usize, fits: impl Fn(&Story) -> bool) -> Vec<usize> {
        let fitting: Vec<usize> = (0..self.stories.len())
            .filter(|index| !self.marked.contains(index) && fits(&self.stories[*index]))
            .collect();
        let taken: Vec<usize> = (0..n.min(fitting.len())).map(|i| fitting[i * fitting.len() / n]).collect();
        self.marked.extend(&taken);
        taken
    }

    /// Bad news belongs to the made-up counties.
    fn bad_news(&mut self) {
        let early = |story: &Story| is_made_up(story) && day_of(story) < HURRY;
        for (index, at) in self.take(NOT_SATISFIED, early).into_iter().enumerate() {
            let again = index < NOT_SATISFIED_AFTER_REDO;
            let story = &mut self.stories[at];
            story.solved = Some(if index % 3 == 0 { Solved::No } else { Solved::Partly });
            story.outcome = Some(if index % 2 == 0 { Outcome::Explained } else { Outcome::Partly });
            story.grade = Some(if index % 4 == 1 { Grade::VeryDissatisfied } else { Grade::Dissatisfied });
            story.reason = pick(&REASONS, index);
            story.refusal_reason = pick(&REFUSALS, index);
            if again {
                redo(story, index);
                story.regrade = Some(Grade::Dissatisfied);
                story.resolved = Some(Solved::Partly);
            }
        }
        for (index, at) in self.take(SATISFIED_BY_REDO, early).into_iter().enumerate() {
            let story = &mut self.stories[at];
            story.solved = Some(Solved::Partly);
            story.grade = Some(Grade::Dissatisfied);
            story.reason = pick(&REASONS, index + 3);
            redo(story, index + 2);
            story.regrade = Some(Grade::Satisfied);
            story.resolved = Some(Solved::Yes);
        }
        let can_be_late = |story: &Story| early(story) && story.urgency == Urgency::General;
        for (index, at) in self.take(LATE, can_be_late).into_iter().enumerate() {
            self.stories[at].work = Some(2900 + 170 * u32::try_from(index).unwrap_or_default());
        }
    }

    /// Nobody answered, or nobody rated: closed by time.
    fn unrated(&mut self) {
        let fits = |story: &Story| {
            !is_made_up(story) && is_accepted(story) && day_of(story) < Date::constant(2022, 7, 8)
        };
        for at in self.take(UNRATED, fits) {
            let story = &mut self.stories[at];
            story.unrated = true;
            story.missed_calls = if by_own_hand(story.channel) { 0 } else { 3 };
        }
    }

    fn intervals(&mut self) {
        // A unit of a county is bound by its platform's limit as well: only the city's have room.
        let fits = |story: &Story| {
            story.story == Way::City
                && story.urgency == Urgency::General
                && day_of(story) < Date::constant(2022, 7, 1)
        };
        for (index, at) in self.take(12, fits).into_iter().enumerate() {
            let story = &mut self.stories[at];
            story.extension = Some("5wd".into());
            story.extension_reason = pick(&EXTENSIONS, index);
            story.work = Some(1500 + 150 * u32::try_from(index).unwrap_or_default());
        }
        for (index, at) in self.take(5, fits).into_iter().enumerate() {
            let story = &mut self.stories[at];
            story.suspension = Some(pick(&SUSPENSIONS, index));
            // Counted from the end of the suspension.
            story.work = Some(900);
        }
    }

    fn objections(&mut self) {
        let fits = |story: &Story| {
            story.story == Way::City && day_of(story) < HURRY && story.urgency == Urgency::General
        };
        for (index, at) in self.take(9, fits).into_iter().enumerate() {
            let story = &mut self.stories[at];
            let first = if story.unit.as_ref().is_some_and(|unit| unit.as_str() == "ld-gxj") {
                "ld-fgw"
            } else {
                "ld-gxj"
            };
            story.objection_basis = pick(&BASES, index);
            if index % 3 == 2 {
                story.objection = Some(Objection::FinalRuling);
            } else {
                // Given to another first; the right one gets it by the objection.
                story.objection = Some(Objection::Reassign);
                story.reassign_to = story.unit.replace(UnitId::from(first));
            }
        }
        let fits = |story: &Story| story.story == Way::City && story.co.is_empty();
        for (index, at) in self.take(18, fits).into_iter().enumerate() {
            let co = ["ld-fgw", "ld-xzsp", "ld-cz", "ld-sf"][index % 4];
            let story = &mut self.stories[at];
            if story.unit.as_ref().is_some_and(|unit| unit.as_str() != co) {
                story.co = vec![UnitId::from(co)];
            }
        }
    }
}

fn redo(story: &mut Story, index: usize) {
    story.redo = true;
    story.redo_reason = pick(&REDO_REASONS, index);
    story.redo_answer = pick(&REDO_ANSWERS, index);
}

fn is_made_up(story: &Story) -> bool {
    story.area.is_none() && story.story == Way::Nested
}

fn is_accepted(story: &Story) -> bool {
    matches!(story.story, Way::Direct | Way::City | Way::Nested | Way::Township)
}

fn by_own_hand(channel: Channel) -> bool {
    matches!(channel, Channel::Online | Channel::Message)
}

/// They take turns.
pub(crate) fn pick(of: &[&str], index: usize) -> String {
    of[index % of.len()].to_owned()
}

pub(crate) const REASONS: [&str; 6] = [
    "来看是来看了，事情还是没有落地，说的时间也过了。",
    "只解决了一半，另一半让我自己再去跑。",
    "答复讲了一大堆条款，就是没讲到底给不给办。",
    "电话里态度还可以，结果不行。",
    "拖得太久，等答复下来旺季都过了。",
    "和别家的处理不一样，想不通。",
];
const REFUSALS: [&str; 4] = [
    "已核对办理材料：答复事项有依据，诉求人主张超出合同约定，不再重办；已告知可通过诉讼主张。",
    "现行政策没有该项补贴，承办单位已当面说明并留有记录，重办不会有新的结果。",
    "剩余部分须待上级审批，已列入跟踪并约定告知时间，本件不再重办。",
    "两次办理均已穷尽可用措施，差额部分属双方协商范围，已引导调解。",
];
pub(crate) const REDO_REASONS: [&str; 4] = [
    "诉求人反映约定事项没有完成，请明确具体日期并办到位，书面告知。",
    "答复没有回应第二项要求，请补充办理并提供依据。",
    "经核实现场仍有遗留问题，请重新到场处理。",
    "承诺时间已过，请说明原因并限期完成。",
];
pub(crate) const REDO_ANSWERS: [&str; 4] = [
    "{d2}负责人带队再次到场，未完成的部分当场办结，双方签字确认；经办股室和电话已书面留给诉求人。",
    "{d2}补充出具书面意见，逐项列明依据和办理结果，差额已于当日补付，回单已核对。",
    "{d2}组织复查，遗留问题已整改完成，现场照片和验收记录交诉求人留存。",
    "{d2}召开协调会，明确责任股室和完成日期，首批事项已于当日办结，其余{d3}前完成并主动告知。",
];
const EXTENSIONS: [&str; 4] = [
    "需补做现场检测，检测机构排期在下周，已与诉求人说明。",
    "设备已订货，到货后方可施工，诉求人同意等待。",
    "涉及两家单位的档案需要调取核对，时间不足。",
    "须经联席会议研究，会议已定在本周五。",
];
const SUSPENSIONS: [&str; 3] = [
    "等待省级主管部门书面批复，批复前不具备办理条件。",
    "待法院调解结果出具后继续办理，已征得诉求人同意。",
    "汛期水位高，现场不具备施工条件，水退后恢复。",
];
const BASES: [&str; 4] = [
    "依据“三定”规定，该事项由另一单位主管，我单位无审批和处置权限。",
    "依据部门权责清单，此类事项的实施主体不是我单位，建议改派。",
    "该路段产权已移交，养护责任主体已变更，附移交文件。",
    "该补贴由项目主管部门审核兑付，我单位只负责汇总。",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_news_names_no_real_unit() {
        let stories = stories().expect("the texts read");
        let bad = |story: &&Story| story.redo || story.grade.is_some_and(|grade| !grade.is_satisfied(true));
        let mut seen = 0;
        for story in stories.iter().filter(bad) {
            seen += 1;
            for unit in story.units() {
                let county = unit.as_str().split('-').next().unwrap_or_default();
                assert!(["jia", "yi", "bing", "ding", "wu"].contains(&county), "{unit} in {}", story.title);
            }
        }
        assert_eq!(seen, NOT_SATISFIED + SATISFIED_BY_REDO);
    }

    #[test]
    fn no_two_titles_are_equal_and_the_same_stories_come_every_time() {
        let (once, again) = (stories().expect("reads"), stories().expect("reads"));
        let titles: BTreeSet<&str> = once.iter().map(|story| story.title.as_str()).collect();
        assert_eq!(titles.len(), once.len());
        assert!(once.iter().zip(&again).all(|(one, two)| one.title == two.title && one.text == two.text));
        for story in &once {
            let whole = format!("{}{}{}{}", story.title, story.text, story.expected, story.answer);
            assert!(!whole.contains(['[', ']', '|']), "{whole}");
            let open = whole.replace("{d1}", "").replace("{d2}", "").replace("{d3}", "");
            assert!(!open.contains('{'), "{whole}");
        }
    }
}
