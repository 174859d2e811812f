//! The documents an office configures, each a stream of versions in the journal.

use super::{
    Authorities, CallQuality, Categories, Evaluation, Grounds, HotTopics, Notices, Routing, Supervision,
    Templates,
};
use kernel::time::{Calendar, Date};
use kernel::{Refusal, codes};
use matters_rules::{MatterKind, Procedure};

codes! {
    /// A document of the configuration.
    Document, "document" {
        /// 办理流程与时限: steps and limits of the appeal.
        Procedure = "procedure",
        /// 任务办理流程与时限
        TaskProcedure = "procedure-task",
        /// 整改办理流程与时限
        RectificationProcedure = "procedure-rectification",
        /// 批示件办理流程与时限
        InstructionProcedure = "procedure-instruction",
        /// 工作日历: holidays and make-up days.
        Calendar = "calendar",
        /// 诉求分类
        Categories = "categories",
        /// 派单规则: which units the departments of the categories are.
        Routing = "routing",
        /// 理由与依据: grounds of declines, objections, extensions and the like.
        Grounds = "grounds",
        /// 答复模板、常用语
        Templates = "templates",
        /// 通知文本: what appellants are written.
        Notices = "notices",
        /// 督办规则: when supervision reminds, urges and reports upwards.
        Supervision = "supervision",
        /// 评估规则: empty phrases, and what is out of the ordinary.
        Evaluation = "evaluation",
        /// 审批权限: how far posts grant on their own what units ask for.
        Authority = "authority",
        /// 热点预警规则: from when on a category in a place is out of the ordinary.
        HotTopics = "hot_topics",
        /// 通话质检评分表: what calls are scored by, and the shifts they fall into.
        CallQuality = "call_quality",
    }
}

/// What identifies a version, as its text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its version: a number that rises, or a calendar's own name.
    pub version: String,
    /// First local date on which it holds; none: at once and for all that is open.
    pub effective_from: Option<Date>,
}

impl Document {
    /// The procedure of that kind of matter.
    pub fn procedure_of(kind: MatterKind) -> Self {
        match kind {
            MatterKind::Appeal => Self::Procedure,
            MatterKind::Task => Self::TaskProcedure,
            MatterKind::Rectification => Self::RectificationProcedure,
            MatterKind::Instruction => Self::InstructionProcedure,
        }
    }

    /// The kind of matter whose procedure it is, if it is one.
    pub fn kind_of_matter(self) -> Option<MatterKind> {
        MatterKind::ALL.iter().copied().find(|kind| Self::procedure_of(*kind) == self)
    }

    /// The document as delivered.
    pub fn delivered(self) -> &'static str {
        match self {
            Self::Procedure => Procedure::text_of(MatterKind::Appeal),
            Self::TaskProcedure => Procedure::text_of(MatterKind::Task),
            Self::RectificationProcedure => Procedure::text_of(MatterKind::Rectification),
            Self::InstructionProcedure => Procedure::text_of(MatterKind::Instruction),
            Self::Calendar => Calendar::CHINA_TOML,
            Self::Categories => super::categories::DEFAULT,
            Self::Routing => super::routing::DEFAULT,
            Self::Grounds => super::grounds::DEFAULT,
            Self::Templates => super::templates::DEFAULT,
            Self::Notices => super::notices::DEFAULT,
            Self::Supervision => super::supervision::DEFAULT,
            Self::Evaluation => super::evaluation::DEFAULT,
            Self::Authority => super::authority::DEFAULT,
            Self::HotTopics => super::hot_topics::DEFAULT,
            Self::CallQuality => super::call_quality::DEFAULT,
        }
    }

    /// Reads a text as this document.
    ///
    /// # Errors
    /// Everything wrong with it, with line and field.
    pub fn check(self, toml: &str) -> Result<Heading, Vec<Refusal>> {
        let dated =
            |version: u32, from: Date| Heading { version: version.to_string(), effective_from: Some(from) };
        let heading = match self {
            Self::Procedure
            | Self::TaskProcedure
            | Self::RectificationProcedure
            | Self::InstructionProcedure => {
                let procedure = Procedure::parse(toml).map_err(|error| {
                    vec![Refusal::field("toml", "procedure-unreadable").with("error", error)]
                })?;
                if self.kind_of_matter().is_some_and(|kind| kind.code() != procedure.id) {
                    return Err(vec![
                        Refusal::field("toml", "procedure-of-another-kind").with("id", procedure.id),
                    ]);
                }
                dated(procedure.version, procedure.effective_from)
            }
            Self::Calendar => {
                let calendar = Calendar::parse(toml).map_err(|error| {
                    vec![Refusal::field("toml", "calendar-unreadable").with("error", error)]
                })?;
                Heading { version: calendar.version().to_owned(), effective_from: None }
            }
            Self::Categories => {
                Categories::parse(toml).map(|read| dated(read.version, read.effective_from))?
            }
            Self::Routing => Routing::parse(toml).map(|read| dated(read.version, read.effective_from))?,
            Self::Grounds => Grounds::parse(toml).map(|read| dated(read.version, read.effective_from))?,
            Self::Templates => Templates::parse(toml).map(|read| dated(read.version, read.effective_from))?,
            Self::Notices => Notices::parse(toml).map(|read| dated(read.version, read.effective_from))?,
            Self::Supervision => {
                Supervision::parse(toml).map(|read| dated(read.version, read.effective_from))?
            }
            Self::Evaluation => {
                Evaluation::parse(toml).map(|read| dated(read.version, read.effective_from))?
            }
            Self::Authority => {
                Authorities::parse(toml).map(|read| dated(read.version, read.effective_from))?
            }
            Self::HotTopics => HotTopics::parse(toml).map(|read| dated(read.version, read.effective_from))?,
            Self::CallQuality => {
                CallQuality::parse(toml).map(|read| dated(read.version, read.effective_from))?
            }
        };
        match heading.version.as_str() {
            "0" => Err(vec![Refusal::field("toml", "document-version-zero")]),
            _ => Ok(heading),
        }
    }

    /// What a new version must not do to the one before: a category, a ground or a rule may be
    /// retired, never removed, because old matters name it.
    ///
    /// # Errors
    /// The codes that are gone.
    pub fn continues(self, before: &str, after: &str) -> Result<(), Refusal> {
        let gone = match self {
            Self::Categories => match (Categories::parse(before), Categories::parse(after)) {
                (Ok(before), Ok(after)) => after.removed_since(&before).join("、"),
                _ => String::new(),
            },
            Self::Grounds => match (Grounds::parse(before), Grounds::parse(after)) {
                (Ok(before), Ok(after)) => after.removed_since(&before).join("、"),
                _ => String::new(),
            },
            Self::Supervision => match (Supervision::parse(before), Supervision::parse(after)) {
                (Ok(before), Ok(after)) => after.removed_since(&before).join("、"),
                _ => String::new(),
            },
            Self::HotTopics => match (HotTopics::parse(before), HotTopics::parse(after)) {
                (Ok(before), Ok(after)) => after.removed_since(&before).join("、"),
                _ => String::new(),
            },
            Self::CallQuality => match (CallQuality::parse(before), CallQuality::parse(after)) {
                (Ok(before), Ok(after)) => after.removed_since(&before).join("、"),
                _ => String::new(),
            },
            _ => String::new(),
        };
        if gone.is_empty() {
            Ok(())
        } else {
            Err(Refusal::field("toml", "document-removes").with("codes", gone))
        }
    }

    /// The stream it is kept in: kind and id.
    pub(super) fn stream(self) -> (&'static str, &'static str) {
        match self {
            Self::Procedure => ("procedure", super::APPEAL),
            Self::TaskProcedure => ("procedure", "task"),
            Self::RectificationProcedure => ("procedure", "rectification"),
            Self::InstructionProcedure => ("procedure", "instruction"),
            Self::Calendar => ("calendar", super::WORKING),
            other => ("configuration", other.code()),
        }
    }

    /// The document a stream keeps.
    pub(super) fn of_stream(stream: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|document| {
            let (kind, id) = document.stream();
            stream.strip_prefix(kind).and_then(|rest| rest.strip_prefix(':')) == Some(id)
        })
    }
}
