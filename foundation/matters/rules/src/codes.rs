//! The coded words of the loop. Each code has a label in the locale files under
//! `<enum>-<code>`, e.g. `urgency-general`.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident, $key:literal { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every one, in the order a form offers them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Prefix of the label's key in the locale files.
            pub const KEY: &'static str = $key;

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads a code.
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The key of its label in the locale files.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => concat!($key, "-", $code)),+ }
            }
        }
    };
}

codes! {
    /// What the appellant is after 诉求类型.
    AppealType, "appeal-type" {
        /// 求助: something to be solved.
        Help = "help",
        /// 咨询: something to be explained.
        Consultation = "consultation",
        /// 投诉: against a unit or its people.
        Complaint = "complaint",
        /// 建议
        Suggestion = "suggestion",
    }
}

codes! {
    /// How it came in 来源渠道.
    Channel, "channel" {
        /// 热线
        Hotline = "hotline",
        /// 网上
        Online = "online",
        /// 走访
        Visit = "visit",
        /// 座谈会
        Forum = "forum",
        /// 短信、微信
        Message = "message",
        /// 来信
        Letter = "letter",
        /// 上级转办
        HandedDown = "handed_down",
        /// 开放接口
        Api = "api",
    }
}

codes! {
    /// 七条直通: labels apart from the channel; a matter may carry several.
    ExpressLine, "express-line" {
        /// 热线直接
        HotlineDirect = "hotline_direct",
        /// 信息直报
        MessageDirect = "message_direct",
        /// 上门直访
        VisitDirect = "visit_direct",
        /// 沟通直面
        FaceToFace = "face_to_face",
        /// 诉求直办
        DirectHandling = "direct_handling",
        /// 服务直达
        DirectService = "direct_service",
        /// 问责直处
        DirectAccountability = "direct_accountability",
    }
}

codes! {
    /// 紧急程度; sets the handling limit and the promise.
    Urgency, "urgency" {
        /// 一般
        General = "general",
        /// 紧急
        Urgent = "urgent",
        /// 特急
        Critical = "critical",
        /// 复杂
        Complex = "complex",
    }
}

codes! {
    /// In which role a unit is assigned.
    NodeRole, "node-role" {
        /// 主办
        Lead = "lead",
        /// 协办: works with the lead of the same parent.
        Co = "co",
        /// 分办: an independent part of its own.
        Separate = "separate",
    }
}

codes! {
    /// What became of one demand. "Forwarded" is not among them (PRODUCT rule 5).
    Outcome, "outcome" {
        /// 已解决
        Solved = "solved",
        /// 部分解决
        Partly = "partly",
        /// 解释说明
        Explained = "explained",
        /// 暂不具备条件
        NotYet = "not_yet",
    }
}

codes! {
    /// 办结类型
    ClosingType, "closing-type" {
        /// 已解决
        Solved = "solved",
        /// 部分解决
        Partly = "partly",
        /// 解释说明
        Explained = "explained",
        /// 暂不具备条件
        NotYet = "not_yet",
        /// 诉求人撤回
        Withdrawn = "withdrawn",
        /// 直接答复
        AnsweredDirectly = "answered_directly",
        /// 并单
        Merged = "merged",
        /// 终止
        Terminated = "terminated",
    }
}

codes! {
    /// Was it solved? The first question of the evaluation 评价.
    Solved, "solved" {
        /// 是
        Yes = "yes",
        /// 部分
        Partly = "partly",
        /// 否
        No = "no",
    }
}

codes! {
    /// The five grades.
    Grade, "grade" {
        /// 非常满意
        VerySatisfied = "very_satisfied",
        /// 满意
        Satisfied = "satisfied",
        /// 基本满意
        FairlySatisfied = "fairly_satisfied",
        /// 不满意
        Dissatisfied = "dissatisfied",
        /// 非常不满意
        VeryDissatisfied = "very_dissatisfied",
    }
}

impl Grade {
    /// Whether it counts as satisfied; 基本满意 by configuration (on by default).
    pub fn is_satisfied(self, fairly_counts: bool) -> bool {
        match self {
            Self::VerySatisfied | Self::Satisfied => true,
            Self::FairlySatisfied => fairly_counts,
            Self::Dissatisfied | Self::VeryDissatisfied => false,
        }
    }
}

codes! {
    /// Why an appeal is declined 不予受理理由 (regulation-type grounds; texts are configuration).
    DeclineGround, "decline-ground" {
        /// Before a court, an arbitration body or under administrative review.
        InProceedings = "in_proceedings",
        /// A matter for the petition, discipline or police authorities.
        OtherAuthority = "other_authority",
        /// A private dispute without a task of a public body.
        PrivateDispute = "private_dispute",
        /// The same matter was finally answered and nothing is new.
        AlreadyAnswered = "already_answered",
        /// No concrete demand even after completion was asked for.
        NoConcreteDemand = "no_concrete_demand",
        /// State or trade secrets stand against it.
        Secrecy = "secrecy",
    }
}

codes! {
    /// How the first contact was made 首次联系.
    ContactWay, "contact-way" {
        /// By telephone.
        Phone = "phone",
        /// On site.
        Visit = "visit",
        /// The appellant came.
        Office = "office",
        /// Through the platform (the only way for a shielded matter).
        Platform = "platform",
        /// Tried and not reached; the attempts are recorded.
        Unreachable = "unreachable",
    }
}

codes! {
    /// An interval asked for: 延期、中止、挂账跟踪.
    IntervalKind, "interval" {
        /// 延期
        Extension = "extension",
        /// 中止
        Suspension = "suspension",
        /// 挂账跟踪
        Tracking = "tracking",
    }
}

codes! {
    /// What came of a call-back attempt 回访.
    CallOutcome, "call-outcome" {
        /// Spoken to; a rating follows.
        Reached = "reached",
        /// No answer.
        NoAnswer = "no_answer",
        /// Wants to be called later.
        Later = "later",
        /// Declines to be asked.
        Refused = "refused",
    }
}

codes! {
    /// Who gave the rating; both are shown apart.
    RatedBy, "rated-by" {
        /// 诉求人 by secret link or number and code.
        Appellant = "appellant",
        /// 回访员 recorded it on the telephone.
        CallBack = "call_back",
    }
}
