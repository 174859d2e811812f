//! The kinds of matter 事项类型. All run through one engine: an appeal is filed, reviewed and
//! rated by its appellant; any other kind is raised 立项 by an office, accepted then and there,
//! and ends by the word of the office or of somebody who verifies it.

use crate::codes::{ActionCode, Urgency};
use crate::command::{Assignee, Circumstances, ContactCard, Text};
use kernel::time::Date;
use kernel::{AreaId, BlobId, MatterId, Sealed, SubjectId, UnitId, codes};
use serde::{Deserialize, Serialize};

codes! {
    /// What must be seen through to the end 事项类型.
    MatterKind, "matter-kind" {
        /// 诉求: filed by or for an enterprise or citizen.
        Appeal = "appeal",
        /// 任务: what an office has promised or is to do; ends when its result is approved.
        Task = "task",
        /// 整改事项: what was found wrong; ends with 销号.
        Rectification = "rectification",
        /// 批示件: what a leader wrote or said; ends when the leader has been answered.
        Instruction = "instruction",
    }
}

impl Default for MatterKind {
    /// Journals from before there were kinds hold appeals.
    fn default() -> Self {
        Self::Appeal
    }
}

impl MatterKind {
    /// The kinds an office raises by itself.
    pub const RAISED: &'static [Self] = &[Self::Task, Self::Rectification, Self::Instruction];

    /// What the number of such a matter begins with; an appeal's is its day alone.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Appeal => "",
            Self::Task => "RW",
            Self::Rectification => "ZG",
            Self::Instruction => "PS",
        }
    }

    /// Whether the verb has any meaning for this kind: what concerns an appellant is an
    /// appeal's alone, an appeal is verified by its appellant, and where nobody is to be spoken
    /// to a unit reports what it did in one step.
    pub fn knows(self, action: ActionCode) -> bool {
        use ActionCode as A;
        let of_appellants = matches!(
            action,
            A::File
                | A::Message
                | A::Redact
                | A::Accept
                | A::AskCompletion
                | A::ProposeDecline
                | A::DecideDecline
                | A::Transfer
                | A::AnswerDirectly
                | A::Merge
                | A::Contact
                | A::Answer
                | A::Submit
                | A::CallBack
                | A::Rate
                | A::Contest
                | A::AskRedo
                | A::DecideRedo
                | A::AskSource
                | A::SetSourceLimit
                | A::Close
                | A::Withdraw
                | A::ReportPressure
                | A::SettlePressure
                | A::RenewCode
                | A::RequestOpening
                | A::OpenContact
                | A::TakeOver
                | A::ClaimExclusion
                | A::JudgeExclusion
                | A::Recheck
        );
        match self {
            Self::Appeal => !matches!(action, A::Raise | A::Verify),
            Self::Task | Self::Rectification | Self::Instruction => !of_appellants,
        }
    }
}

/// Where a matter that an office raised comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Raised {
    /// The last day it has; none: what the procedure gives.
    pub due: Option<Date>,
    /// The matter it is about.
    pub about: Option<MatterId>,
    /// A leader's instruction it is.
    pub instruction: Option<Instructed>,
    /// Code of the measure of accountability it is to make good.
    pub measure: Option<String>,
}

/// A leader's instruction 批示. The post is named, not the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instructed {
    /// The post that gave it, e.g. 市政府分管副市长.
    pub post: String,
    /// On which day.
    pub on: Date,
    /// How.
    pub medium: Medium,
    /// Number of the paper it stands on; empty where it has none.
    #[serde(default)]
    pub paper: String,
}

codes! {
    /// How an instruction was given 批示方式.
    Medium, "medium" {
        /// 书面批示: handwritten, a photo or scan holds it.
        Written = "written",
        /// 口头交办: said, a recording or the clerk's words hold it.
        Spoken = "spoken",
        /// 短信、微信等文字
        Text = "text",
    }
}

/// A matter that an office raises 立项.
#[derive(Clone, Debug)]
pub struct Raise {
    /// Any kind but an appeal.
    pub kind: MatterKind,
    /// Its public number.
    pub number: String,
    /// Under whose key its texts are sealed: the matter's own.
    pub subject: SubjectId,
    /// The office that raises it and reviews its result.
    pub office: UnitId,
    /// Category code of the configuration, where one fits.
    pub category: Option<String>,
    /// What it is about, where.
    pub area: Option<AreaId>,
    /// What it is called where it comes from: a record of a register.
    pub source_number: Option<String>,
    /// Sealed title.
    pub title: Text,
    /// Sealed text; of an instruction: its wording.
    pub text: Text,
    /// Nobody's contact data: an empty card.
    pub contact: Sealed<ContactCard>,
    /// Photos, recordings and papers.
    pub attachments: Vec<BlobId>,
    /// See [`Urgency`].
    pub urgency: Urgency,
    /// What is to be done, one by one; at least one.
    pub demands: Vec<Text>,
    /// Where it comes from.
    pub raised: Raised,
    /// What else is known, e.g. that a record of a register notes it.
    pub circumstances: Circumstances,
    /// Who is to do it; empty: the office assigns it later.
    pub to: Vec<Assignee>,
}
