//! Texts of the notices that appellants get, in both languages, with their placeholders.

use super::{Document, cached, placeholders, version_in_force};
use kernel::reading::Reading;
use kernel::time::Date;
use kernel::{Refusal, codes};
use platform::ui::Locale;
use platform::{App, Failure};
use serde::Deserialize;
use std::sync::{Arc, LazyLock, Mutex};
use store::Query;
use toml::Spanned;

/// The texts as delivered.
pub const DEFAULT: &str = include_str!("../../defaults/notices.toml");

codes! {
    /// An occasion on which somebody is written to: the appellant, or whoever has to act.
    NoticeKind, "notice-kind" {
        /// 登记回执
        Receipt = "receipt",
        /// 受理告知
        Accepted = "accepted",
        /// 不予受理告知
        Declined = "declined",
        /// 期限调整告知
        Extended = "extended",
        /// 留言提醒
        Message = "message",
        /// 答复与评价提醒
        Answered = "answered",
        /// 办结告知
        Closed = "closed",
        /// 补正告知
        Completion = "completion",
        /// 新派单
        Assigned = "assigned",
        /// 即将超时
        DueSoon = "due_soon",
        /// 已超时
        Late = "late",
        /// 派单异议待裁定
        Objected = "objected",
        /// 派单异议已裁定
        ObjectionDecided = "objection_decided",
        /// 延期、中止、挂账待审批
        IntervalAsked = "interval_asked",
        /// 延期、中止、挂账已审批
        IntervalDecided = "interval_decided",
        /// 待审签、待审核
        Submitted = "submitted",
        /// 退回重办
        Returned = "returned",
        /// 二次交办
        Redo = "redo",
        /// 诉求人要求重办
        RedoAsked = "redo_asked",
        /// 诉求人留言、补充材料
        Reply = "reply",
        /// 待回访
        CallBack = "call_back",
        /// 诉求人撤回
        Withdrawn = "withdrawn",
        /// 反映受到施压
        Pressure = "pressure",
        /// 督办
        Supervised = "supervised",
        /// 每日汇总
        Digest = "digest",
        /// 一次性验证码
        OneTimeCode = "one_time_code",
        /// 评价申诉待评议
        ExclusionAsked = "exclusion_asked",
        /// 评价申诉已评议
        ExclusionDecided = "exclusion_decided",
        /// 抽查发现问题
        FoundWrong = "found_wrong",
        /// 热点预警
        HotTopic = "hot_topic",
        /// 知识条目即将到期
        KnowledgeExpiring = "knowledge_expiring",
        /// 通话质检结果
        CallChecked = "call_checked",
        /// 质检申诉待复评
        CallAnswered = "call_answered",
    }
}

impl NoticeKind {
    /// What its text may name.
    pub fn placeholders(self) -> &'static [&'static str] {
        match self {
            Self::Receipt | Self::Closed => &["number", "date", "due", "link"],
            Self::Accepted | Self::Answered => &["number", "due", "link"],
            Self::Declined => &["number", "reason", "way", "link"],
            Self::Extended => &["number", "due", "reason", "link"],
            Self::Message => &["number", "link"],
            Self::OneTimeCode => &["code", "minutes", "site"],
            Self::Completion => &["number", "due", "link"],
            Self::Digest => &["count", "list", "link", "site"],
            kind if kind.is_of_a_page() => &["name", "due", "link"],
            _ => &["number", "due", "unit", "link"],
        }
    }

    /// Whether texts from before it was added read without it: it is then worded as delivered.
    fn came_later(self) -> bool {
        self >= Self::Completion && self != Self::OneTimeCode
    }

    /// Whether it is about a page of the product and no matter.
    pub fn is_of_a_page(self) -> bool {
        matches!(self, Self::HotTopic | Self::KnowledgeExpiring | Self::CallChecked | Self::CallAnswered)
    }

    /// What its text must name, or it would be of no use.
    fn needed(self) -> &'static str {
        match self {
            Self::OneTimeCode => "code",
            Self::Digest => "list",
            kind if kind.is_of_a_page() => "name",
            _ => "number",
        }
    }
}

/// One version of the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notices {
    /// Its version; rises with each change.
    pub version: u32,
    /// First local date on which it holds.
    pub effective_from: Date,
    notices: Vec<Notice>,
}

/// The texts of one occasion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The occasion.
    pub kind: NoticeKind,
    /// Subject and text in Chinese.
    pub zh: Words,
    /// The same in English.
    pub en: Words,
}

/// Subject and text of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// The texts in force today.
///
/// # Errors
/// Whatever the store says.
pub fn in_force(query: &mut dyn Query, app: &App) -> Result<Arc<Notices>, Failure> {
    static PARSED: super::Parsed<Notices> = LazyLock::new(Mutex::default);
    match version_in_force(query, app, Document::Notices, app.now())? {
        None => Ok(DELIVERED.clone()),
        Some(version) => cached(&PARSED, &version.fingerprint, || {
            Notices::parse(&version.toml(query)?).map_err(super::damaged)
        }),
    }
}

static DELIVERED: LazyLock<Arc<Notices>> =
    LazyLock::new(|| Arc::new(Notices::parse(DEFAULT).expect("a test reads the delivered texts")));

impl Notices {
    /// Reads the texts. Every occasion must be there.
    ///
    /// # Errors
    /// Everything wrong with them, with line and field.
    pub fn parse(text: &str) -> Result<Self, Vec<Refusal>> {
        let mut reading = Reading::new(text);
        let file: File = reading.shape()?;
        reading.codes(file.notice.iter().map(|line| &line.code), "notice.code");
        for kind in NoticeKind::ALL {
            if !kind.came_later() && !file.notice.iter().any(|line| line.code.get_ref() == kind.code()) {
                let nowhere = Spanned::new(0..0, ());
                let refusal = reading.wrong("notice-missing", &nowhere, "notice");
                refusal.args.insert("value", kind.code().to_owned());
            }
        }
        let mut notices = Vec::with_capacity(file.notice.len());
        for line in file.notice {
            let Some(kind) = NoticeKind::parse(line.code.get_ref()) else {
                let value = line.code.get_ref().clone();
                reading.wrong("notice-unknown", &line.code, "code").args.insert("value", value);
                continue;
            };
            for (field, text) in [
                ("subject_zh", &line.subject_zh),
                ("text_zh", &line.text_zh),
                ("subject_en", &line.subject_en),
                ("text_en", &line.text_en),
            ] {
                check(&mut reading, kind, field, text);
            }
            let words = |subject: Spanned<String>, text: Spanned<String>| Words {
                subject: subject.into_inner(),
                text: text.into_inner(),
            };
            notices.push(Notice {
                kind,
                zh: words(line.subject_zh, line.text_zh),
                en: words(line.subject_en, line.text_en),
            });
        }
        let (version, effective_from) = (file.version, file.effective_from);
        reading.finish(Self { version, effective_from, notices })
    }

    /// The notice as it is sent, its placeholders filled in.
    pub fn filled(&self, kind: NoticeKind, locale: Locale, values: &[(&str, String)]) -> Words {
        let of = |notices: &'_ Self| notices.notices.iter().find(|notice| notice.kind == kind).cloned();
        let words = of(self).or_else(|| of(&DELIVERED)).map(|notice| match locale {
            Locale::ZhCn => notice.zh,
            Locale::En => notice.en,
        });
        words.map_or_else(Words::default, |words| Words {
            subject: placeholders::filled(&words.subject, values),
            text: placeholders::filled(&words.text, values),
        })
    }
}

fn check(reading: &mut Reading<'_>, kind: NoticeKind, field: &str, text: &Spanned<String>) {
    let names = placeholders::named(text.get_ref());
    if text.get_ref().trim().is_empty() {
        reading.wrong("document-name-missing", text, field);
    }
    if text.get_ref().contains(['\r', '\n']) && field.starts_with("subject") {
        reading.wrong("notice-subject-lines", text, field);
    }
    for name in names.iter().filter(|name| !kind.placeholders().contains(name)) {
        let refusal = reading.wrong("document-placeholder-unknown", text, field);
        refusal.args.insert("value", (*name).to_owned());
        refusal.args.insert("known", kind.placeholders().join("、"));
    }
    if field.starts_with("text") && !names.contains(&kind.needed()) {
        let refusal = reading.wrong("notice-placeholder-needed", text, field);
        refusal.args.insert("value", kind.needed().to_owned());
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    effective_from: Date,
    notice: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    code: Spanned<String>,
    subject_zh: Spanned<String>,
    text_zh: Spanned<String>,
    subject_en: Spanned<String>,
    text_en: Spanned<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delivered_texts_are_filled_in() {
        let notices = Notices::parse(DEFAULT).expect("delivered");
        let values =
            [("code", "482913".to_owned()), ("minutes", "10".to_owned()), ("site", "同心".to_owned())];
        let sent = notices.filled(NoticeKind::OneTimeCode, Locale::En, &values);
        assert!(sent.text.contains("482913") && !sent.text.contains('{'));
        let sent = notices.filled(NoticeKind::OneTimeCode, Locale::ZhCn, &values);
        assert!(sent.text.contains("10分钟"));
        let number = [("number", "A1".to_owned())];
        for kind in NoticeKind::ALL.iter().filter(|kind| kind.needed() == "number") {
            for locale in Locale::ALL {
                let sent = notices.filled(*kind, locale, &number);
                assert!(sent.text.contains("A1") && !sent.subject.is_empty(), "{}", kind.code());
            }
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let code =
            |from: &str, to: &str| Notices::parse(&DEFAULT.replacen(from, to, 1)).expect_err("wrong")[0].code;
        assert_eq!(code("{code}", "******"), "notice-placeholder-needed");
        assert_eq!(code("{link}", "{password}"), "document-placeholder-unknown");
        assert_eq!(code("code = \"closed\"", "code = \"closed_again\""), "notice-missing");
        assert_eq!(code("诉求已登记：{number}", "诉求已登记\\n"), "notice-subject-lines");
    }
}
