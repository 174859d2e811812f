use super::*;
use crate::rules::content::{Document, Kind};
use kernel::AccountId;
use kernel::Source;
use kernel::permission::Role;

const KEEPER: u128 = 1;
const SECOND: u128 = 2;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn content(title: &str) -> Content {
    Content {
        kind: Kind::Answer,
        title: title.into(),
        questions: Vec::new(),
        answer: "带上营业执照到窗口办理。".into(),
        unit: "ld-rsj".into(),
        source: Document { title: "办事指南".into(), ..Document::default() },
        area: None,
        category: None,
        from: day("2026-01-01"),
        until: day("2026-12-31"),
        offer: None,
    }
}

fn facts(who: u128) -> Facts {
    let actor = Actor::Person {
        account: AccountId(Uuid::from_u128(who)),
        unit: "ld-rsj".into(),
        role: Role::Knowledge,
        stands_in_for: None,
    };
    Facts {
        today: day("2026-06-01"),
        actor,
        report_due: Instant::from_micros(9),
        owners: Vec::new(),
        unit_open: true,
        category_known: true,
    }
}

fn by(who: u128, state: Item, command: &Command) -> Item {
    let facts = facts(who);
    let events = ItemRules::decide(&state, command, &facts).expect("decided");
    events.into_iter().fold(state, |state, event| {
        let at = Instant::from_micros(1);
        let (actor, source) = (facts.actor.clone(), Source::Live);
        let entry = Recorded { version: 1, occurred_at: at, recorded_at: at, source, actor, event };
        ItemRules::fold(state, &entry)
    })
}

fn code(who: u128, state: &Item, command: &Command) -> &'static str {
    ItemRules::decide(state, command, &facts(who)).expect_err("refused").code
}

fn draft(title: &str) -> Command {
    Command::Draft(Box::new(content(title)))
}

const APPROVE: Command = Command::Review { approve: true, reason: None };

fn in_force() -> Item {
    let item = by(KEEPER, Item::default(), &draft("社保补缴"));
    let item = by(KEEPER, item, &Command::Submit);
    by(SECOND, item, &APPROVE)
}

fn report(n: u128) -> Command {
    Command::Report {
        report: ReportId(Uuid::from_u128(n)),
        text: "窗口已搬，电话 13800001234 也不通".into(),
        matter: None,
    }
}

#[test]
fn it_comes_into_force_by_another_person_only() {
    let item = by(KEEPER, Item::default(), &draft("社保补缴"));
    assert_eq!((item.state(), item.offered(day("2026-06-01"))), (State::Drafted, None));
    assert_eq!(code(SECOND, &item, &APPROVE), "knowledge-not-submitted");
    let item = by(SECOND, item, &draft("社保补缴办法"));
    let item = by(KEEPER, item, &Command::Submit);
    assert_eq!(item.state(), State::Submitted);
    for author in [KEEPER, SECOND] {
        assert_eq!(code(author, &item, &APPROVE), "knowledge-own-review", "both had a hand in it");
    }
    assert_eq!(code(KEEPER, &item, &draft("别的")), "knowledge-under-review");
    let back = Command::Review { approve: false, reason: Some("缺少依据".into()) };
    assert_eq!(code(3, &item, &Command::Review { approve: false, reason: None }), "entry-missing");
    let sent_back = by(3, item.clone(), &back);
    assert_eq!(sent_back.state(), State::Drafted);
    let item = by(3, item, &APPROVE);
    assert_eq!((item.state(), item.current().expect("a version").number), (State::InForce, 1));
}

#[test]
fn files_are_reviewed_with_the_draft_and_stay_when_its_words_change() {
    let file = |n| DocumentFile { file: BlobId(Uuid::from_u128(n)), name: format!("{n}.pdf"), size: 1 };
    let files = |content: &Content| content.source.files.len();
    let item = by(KEEPER, in_force(), &Command::Attach(file(1)));
    assert_eq!(files(&item.current().expect("a version").content), 0, "not before the review");
    let item = by(KEEPER, item, &draft("社保补缴（有附件）"));
    let item = by(SECOND, by(KEEPER, item, &Command::Submit), &APPROVE);
    assert_eq!(files(&item.current().expect("a version").content), 1);
    let item = by(KEEPER, item, &Command::Detach(BlobId(Uuid::from_u128(1))));
    assert_eq!((files(item.edited().expect("a draft")), files(&item.versions[1].content)), (0, 1));
    let full = (2..2 + FILES as u128).fold(item, |item, n| by(KEEPER, item, &Command::Attach(file(n))));
    assert_eq!(code(KEEPER, &full, &Command::Attach(file(9))), "knowledge-files-many");
    let submitted = by(KEEPER, full, &Command::Submit);
    assert_eq!(code(KEEPER, &submitted, &Command::Detach(file(2).file)), "knowledge-under-review");
}

#[test]
fn it_is_offered_while_it_holds_and_a_change_waits_beside_it() {
    let item = by(KEEPER, in_force(), &draft("社保补缴新办法"));
    let title = |item: &Item| item.offered(day("2026-12-31")).map(|v| v.content.title.clone());
    assert_eq!(title(&item).as_deref(), Some("社保补缴"), "until the change is reviewed");
    assert_eq!(item.offered(day("2027-01-01")), None, "expired is never offered");
    let item = by(SECOND, by(KEEPER, item, &Command::Submit), &APPROVE);
    assert_eq!(title(&item).as_deref(), Some("社保补缴新办法"));
    assert_eq!(item.versions[0].content.title, "社保补缴", "the old one stays readable");
    let item = by(KEEPER, item, &Command::Withdraw { reason: "政策到期".into() });
    assert_eq!((item.state(), title(&item)), (State::Withdrawn, None));
    let again = Command::Withdraw { reason: "再".into() };
    assert_eq!(code(KEEPER, &item, &again), "knowledge-not-in-force");
}

#[test]
fn a_wrong_answer_is_mended_or_upheld_with_a_reason() {
    let item = by(3, by(3, in_force(), &report(7)), &report(8));
    assert!(!item.reports[0].text.contains("13800001234"), "{}", item.reports[0].text);
    let settle = |outcome, reason: Option<&str>| Command::Settle {
        report: ReportId(Uuid::from_u128(7)),
        outcome,
        reason: reason.map(str::to_owned),
    };
    assert_eq!(code(KEEPER, &item, &settle(Outcome::Mended, None)), "knowledge-not-mended");
    assert_eq!(code(KEEPER, &item, &settle(Outcome::Upheld, None)), "entry-missing");
    let item = by(KEEPER, item, &settle(Outcome::Upheld, Some("窗口未搬，已核实")));
    assert_eq!(item.reports[0].settled.map(|(outcome, _)| outcome), Some(Outcome::Upheld));
    let item = by(KEEPER, by(KEEPER, item, &draft("社保补缴（新窗口）")), &Command::Submit);
    let item = by(SECOND, item, &APPROVE);
    let outcomes: Vec<_> = item.reports.iter().filter_map(|r| r.settled.map(|(o, _)| o)).collect();
    assert_eq!(outcomes, [Outcome::Upheld, Outcome::Mended], "the new version settles what was open");
    assert_eq!(code(KEEPER, &item, &settle(Outcome::Upheld, Some("晚了"))), "knowledge-report-settled");
}

#[test]
fn a_draft_given_up_leaves_what_is_in_force() {
    let item = by(KEEPER, by(KEEPER, in_force(), &draft("新")), &Command::Discard);
    assert_eq!((item.state(), item.draft.is_none()), (State::InForce, true));
    assert_eq!(code(KEEPER, &item, &Command::Discard), "knowledge-no-draft");
    let fresh = by(KEEPER, by(KEEPER, Item::default(), &draft("新")), &Command::Discard);
    assert!(!fresh.exists());
}
