//! What an item says, and what it must say before anyone may rely on it.

use kernel::text::{is_mobile, normal_phone};
use kernel::time::Date;
use kernel::{AreaId, BlobId, Refusal, UnitId, codes};
use serde::{Deserialize, Serialize};

codes! {
    /// What an item is.
    Kind, "knowledge-kind" {
        /// 问答
        Answer = "answer",
        /// 政策
        Policy = "policy",
        /// 金融产品
        Finance = "finance",
    }
}

impl Kind {
    /// Whether it stands on the portal under 服务直达.
    pub fn is_offered_to_the_public(self) -> bool {
        matches!(self, Self::Policy | Self::Finance)
    }
}

/// The longest title, in characters.
pub const TITLE: usize = 80;
/// The most wordings of the question.
pub const QUESTIONS: usize = 12;
/// The longest of them, in characters.
pub const QUESTION: usize = 120;
/// The longest answer, in characters.
pub const ANSWER: usize = 3_000;
/// The longest text of an offer, in characters.
pub const CONDITIONS: usize = 2_000;

/// The document an answer rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// 文件名称.
    pub title: String,
    /// 文号, e.g. `娄政办发〔2022〕5号`; empty where it has none.
    #[serde(default)]
    pub number: String,
    /// Where it can be read; empty where it is not public.
    #[serde(default)]
    pub url: String,
    /// The document itself, as kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<DocumentFile>,
}

/// A file of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFile {
    /// Which.
    pub file: BlobId,
    /// Its name: that of a document, of no person.
    pub name: String,
    /// Its size as sent, in bytes.
    pub size: i64,
}

/// The most files of one document.
pub const FILES: usize = 5;

/// What a policy or a finance product offers, and how one gets it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Who may have it, under which conditions.
    pub conditions: String,
    /// How to apply and what to bring; may be empty.
    #[serde(default)]
    pub procedure: String,
    /// The last day to apply; none: at any time while it is in force.
    #[serde(default)]
    pub apply_until: Option<Date>,
    /// The most money, in fen; none where it is no money, or has no bound.
    #[serde(default)]
    pub most: Option<i64>,
    /// Telephone of the desk that takes applications: a post's, never a person's own.
    pub phone: String,
}

/// Everything that is reviewed together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Other ways to ask for it.
    #[serde(default)]
    pub questions: Vec<String>,
    /// The answer, as it is quoted.
    pub answer: String,
    /// The department that owns it and keeps it true.
    pub unit: UnitId,
    /// What it rests on.
    pub source: Document,
    /// Where it holds; none: everywhere.
    #[serde(default)]
    pub area: Option<AreaId>,
    /// Code of the category it belongs to.
    #[serde(default)]
    pub category: Option<String>,
    /// The first day on which it is offered.
    pub from: Date,
    /// The last.
    pub until: Date,
    /// Of a policy or a finance product.
    #[serde(default)]
    pub offer: Option<Offer>,
}

impl Content {
    /// Whether it is offered on that day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }

    /// Whether it holds and may be applied for on that day.
    pub fn is_open_on(&self, day: Date) -> bool {
        let last = self.offer.as_ref().and_then(|offer| offer.apply_until);
        self.holds_on(day) && last.is_none_or(|last| day <= last)
    }

    /// Whether an answer holds a sentence of this one's.
    pub fn is_quoted_in(&self, answer: &str) -> bool {
        /// Shorter ones are everybody's.
        const SENTENCE: usize = 6;
        let sentences = self.answer.split(['。', '；', '\n', '！', '？']).map(str::trim);
        let mut told = sentences.filter(|sentence| sentence.chars().count() >= SENTENCE).peekable();
        match told.peek() {
            Some(_) => told.any(|sentence| answer.contains(sentence)),
            None => answer.contains(self.answer.trim()),
        }
    }

    /// Whether everything is there and of a sound form.
    ///
    /// # Errors
    /// The first thing wrong, on its field.
    pub fn check(&self, today: Date) -> Result<(), Refusal> {
        within("title", &self.title, TITLE)?;
        if self.questions.len() > QUESTIONS {
            return Err(Refusal::field("questions", "knowledge-questions-many").with("max", QUESTIONS));
        }
        for question in &self.questions {
            within("questions", question, QUESTION)?;
        }
        within("answer", &self.answer, ANSWER)?;
        within("source", &self.source.title, TITLE)?;
        if !self.source.number.is_empty() && !is_document_number(&self.source.number) {
            return Err(Refusal::field("number", "knowledge-number-malformed"));
        }
        let url = self.source.url.as_str();
        let readable = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
        if !url.is_empty() && !readable {
            return Err(Refusal::field("url", "knowledge-url-malformed"));
        }
        if self.until < self.from {
            return Err(Refusal::field("until", "knowledge-dates-reversed"));
        }
        if self.until < today {
            return Err(Refusal::field("until", "knowledge-expires-in-the-past"));
        }
        match (&self.offer, self.kind.is_offered_to_the_public()) {
            (Some(offer), true) => self.check_offer(offer),
            (None, true) => Err(Refusal::field("conditions", "entry-missing")),
            (_, false) => Ok(()),
        }
    }

    fn check_offer(&self, offer: &Offer) -> Result<(), Refusal> {
        within("conditions", &offer.conditions, CONDITIONS)?;
        if offer.procedure.chars().count() > CONDITIONS {
            return Err(Refusal::field("procedure", "entry-too-long").with("max", CONDITIONS));
        }
        if offer.apply_until.is_some_and(|last| last > self.until) {
            return Err(Refusal::field("apply_until", "knowledge-deadline-after-expiry"));
        }
        if offer.most.is_some_and(|fen| fen <= 0) {
            return Err(Refusal::field("most", "knowledge-amount-malformed"));
        }
        match normal_phone(&offer.phone) {
            None => Err(Refusal::field("phone", "knowledge-phone-malformed")),
            Some(phone) if is_mobile(&phone) => Err(Refusal::field("phone", "knowledge-phone-personal")),
            Some(_) => Ok(()),
        }
    }
}

fn within(field: &'static str, text: &str, max: usize) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::field(field, "entry-missing"));
    }
    if text.chars().count() > max {
        return Err(Refusal::field(field, "entry-too-long").with("max", max));
    }
    Ok(())
}

/// 发文字号 of GB/T 9704-2012, 7.2.5: issuer's mark, year in six-cornered brackets, running
/// number without 第 and without leading zeros, 号.
fn is_document_number(number: &str) -> bool {
    let Some((mark, rest)) = number.split_once('〔') else { return false };
    let Some((year, rest)) = rest.split_once('〕') else { return false };
    let Some(serial) = rest.strip_suffix('号') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    !mark.trim().is_empty() && year.len() == 4 && digits(year) && digits(serial) && !serial.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn policy() -> Content {
        let offer = Offer {
            conditions: "在本市注册满一年".into(),
            apply_until: Some(day("2026-10-31")),
            most: Some(50_000_000),
            phone: "0738-8312345".into(),
            ..Offer::default()
        };
        Content {
            kind: Kind::Policy,
            title: "小微企业贷款贴息".into(),
            questions: vec!["贴息怎么申请".into()],
            answer: "符合条件的小微企业可以申请。".into(),
            unit: "ld-czj".into(),
            source: Document {
                title: "贴息办法".into(),
                number: "娄政办发〔2022〕5号".into(),
                ..Document::default()
            },
            area: None,
            category: None,
            from: day("2026-01-01"),
            until: day("2026-12-31"),
            offer: Some(offer),
        }
    }

    fn refused(change: impl FnOnce(&mut Content)) -> (&'static str, &'static str) {
        let mut content = policy();
        change(&mut content);
        let refusal = content.check(day("2026-06-01")).expect_err("refused");
        (refusal.field.unwrap_or_default(), refusal.code)
    }

    #[test]
    fn a_policy_says_who_may_have_it_until_when_and_where_to_ask() {
        assert_eq!(policy().check(day("2026-06-01")), Ok(()));
        assert_eq!(refused(|c| c.offer = None), ("conditions", "entry-missing"));
        let offer = |c: &mut Content, change: fn(&mut Offer)| change(c.offer.as_mut().expect("an offer"));
        assert_eq!(refused(|c| offer(c, |o| o.phone = "12".into())), ("phone", "knowledge-phone-malformed"));
        assert_eq!(
            refused(|c| offer(c, |o| o.phone = "13800001234".into())),
            ("phone", "knowledge-phone-personal"),
            "a person's own number is nobody's duty phone"
        );
        assert_eq!(
            refused(|c| offer(c, |o| o.apply_until = Some(day("2027-01-01")))),
            ("apply_until", "knowledge-deadline-after-expiry")
        );
        assert_eq!(refused(|c| offer(c, |o| o.most = Some(0))), ("most", "knowledge-amount-malformed"));
    }

    #[test]
    fn it_expires_and_holds_both_days() {
        assert_eq!(refused(|c| c.until = day("2025-01-01")), ("until", "knowledge-dates-reversed"));
        assert_eq!(
            refused(|c| (c.from, c.until) = (day("2025-01-01"), day("2026-05-31"))),
            ("until", "knowledge-expires-in-the-past")
        );
        let content = policy();
        for (on, holds) in
            [("2025-12-31", false), ("2026-01-01", true), ("2026-12-31", true), ("2027-01-01", false)]
        {
            assert_eq!(content.holds_on(day(on)), holds, "{on}");
        }
    }

    #[test]
    fn what_was_taken_out_of_an_answer_was_not_quoted() {
        let content = Content {
            answer: "按合同利率的一半贴息。每户不超过五十万元。".into(), ..policy()
        };
        assert!(content.is_quoted_in("您好，每户不超过五十万元，请带合同。"));
        assert!(!content.is_quoted_in("您好，请到窗口咨询。"));
    }

    #[test]
    fn document_numbers_are_those_of_the_standard() {
        for (number, sound) in [
            ("娄政办发〔2022〕5号", true),
            ("娄政办发[2022]5号", false),
            ("娄政办发〔2022〕05号", false),
            ("娄政办发〔2022〕第5号", false),
            ("〔2022〕5号", false),
            ("娄政办发〔22〕5号", false),
        ] {
            assert_eq!(is_document_number(number), sound, "{number}");
        }
        assert_eq!(refused(|c| c.source.number = "2022-5".into()), ("number", "knowledge-number-malformed"));
        assert_eq!(refused(|c| c.source.url = "javascript:x".into()), ("url", "knowledge-url-malformed"));
    }
}
