//! The coded words of the loop. Each code has a label in the locale files under
//! `<enum>-<code>`, e.g. `urgency-general`.

use kernel::codes;

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

impl Channel {
    /// The express line by which what comes in this way is taken to have come, until
    /// someone says otherwise; none where the channel is none of the seven.
    pub fn express_line(self) -> Option<ExpressLine> {
        Some(match self {
            Self::Hotline => ExpressLine::HotlineDirect,
            Self::Message | Self::Letter => ExpressLine::MessageDirect,
            Self::Visit => ExpressLine::VisitDirect,
            Self::Forum => ExpressLine::FaceToFace,
            Self::Online | Self::Api => ExpressLine::DirectHandling,
            Self::HandedDown => return None,
        })
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
    /// How the caller is spoken to 称呼, behind the name.
    Salutation, "salutation" {
        /// 先生
        Mr = "mr",
        /// 女士
        Ms = "ms",
    }
}

codes! {
    /// Who files for another.
    OnBehalf, "on-behalf" {
        /// 代理人: an agent of the firm.
        Agent = "agent",
        /// 商协会诉求收集联络员: a chamber's liaison.
        Chamber = "chamber",
        /// 受理员: an officer writes down what a caller or visitor says.
        Officer = "officer",
    }
}

codes! {
    /// Who a caller in an emergency is handed to 紧急转接.
    EmergencyService, "emergency-service" {
        /// 公安 110
        Police = "police",
        /// 消防 119
        Fire = "fire",
        /// 急救 120
        Ambulance = "ambulance",
        /// 交警 122
        Traffic = "traffic",
        /// 其他应急（供电、供水、燃气抢修等）
        Other = "other",
    }
}

codes! {
    /// Why a call was none 无效来电.
    InvalidCall, "invalid-call" {
        /// 骚扰
        Harassment = "harassment",
        /// 拨错
        WrongNumber = "wrong_number",
        /// 无声
        Silent = "silent",
        /// 中途挂断，未说明事由
        HungUp = "hung_up",
        /// 测试
        Test = "test",
        /// 其他
        Other = "other",
    }
}

codes! {
    /// How the appellant agreed that someone files for them 委托同意方式.
    Consent, "consent" {
        /// 口头同意: said on the telephone, the recording holds it.
        Spoken = "spoken",
        /// 当面同意
        InPerson = "in_person",
        /// 书面委托
        Written = "written",
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
    /// What contact data are looked at for 查看用途.
    ContactPurpose, "contact-purpose" {
        /// 联系诉求人
        Contact = "contact",
        /// 核实情况
        Verify = "verify",
        /// 现场走访
        Visit = "visit",
        /// 回访
        CallBack = "call_back",
        /// 书面送达
        Delivery = "delivery",
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

codes! {
    /// What supervision does about a matter 督办措施, from the lightest on.
    Measure, "measure" {
        /// 提醒
        Reminder = "reminder",
        /// 催办
        Urge = "urge",
        /// 督办单
        Slip = "slip",
        /// 升级报告
        Escalation = "escalation",
    }
}

codes! {
    /// Whom a measure of supervision is for.
    Addressee, "addressee" {
        /// 承办单位
        Unit = "unit",
        /// 单位负责人
        UnitHead = "unit_head",
        /// 县市区
        County = "county",
        /// 市领导
        Leader = "leader",
    }
}

codes! {
    /// How pressing a slip is 督办单等级.
    Colour, "slip-colour" {
        /// 蓝色
        Blue = "blue",
        /// 黄色
        Yellow = "yellow",
        /// 红色
        Red = "red",
    }
}

codes! {
    /// Every verb of the loop: what a page offers and a permission guards. One per
    /// [`crate::Command`].
    ActionCode, "action" {
        /// 登记
        File = "file",
        /// 立项
        Raise = "raise",
        /// 补充材料
        AddMaterial = "add_material",
        /// 留言
        Message = "message",
        /// 内部备注
        Note = "note",
        /// 脱敏
        Redact = "redact",
        /// 更正
        Correct = "correct",
        /// 受理
        Accept = "accept",
        /// 要求补正
        AskCompletion = "ask_completion",
        /// 拟不予受理
        ProposeDecline = "propose_decline",
        /// 审批不予受理
        DecideDecline = "decide_decline",
        /// 转出
        Transfer = "transfer",
        /// 直接答复
        AnswerDirectly = "answer_directly",
        /// 并单
        Merge = "merge",
        /// By the system: take over the master's result.
        FollowMaster = "follow_master",
        /// By the system: the master ended without one.
        LeaveMaster = "leave_master",
        /// 交办
        Assign = "assign",
        /// 签收
        Sign = "sign",
        /// 派单异议
        Object = "object",
        /// 裁定异议
        DecideObjection = "decide_objection",
        /// 撤销交办
        Release = "release",
        /// 首次联系
        Contact = "contact",
        /// 办理进展
        Progress = "progress",
        /// 申请延期、中止、挂账跟踪
        RequestInterval = "request_interval",
        /// 审批延期、中止、挂账跟踪
        DecideInterval = "decide_interval",
        /// 恢复办理
        Resume = "resume",
        /// 答复
        Answer = "answer",
        /// 提交办结
        Submit = "submit",
        /// 答复并提交: contact, answer and submission in one step.
        Respond = "respond",
        /// 单位审签
        SignOff = "sign_off",
        /// 办结审核
        Review = "review",
        /// 回访
        CallBack = "call_back",
        /// 评价
        Rate = "rate",
        /// 对办结有异议
        Contest = "contest",
        /// 要求重办
        AskRedo = "ask_redo",
        /// 认定是否重办
        DecideRedo = "decide_redo",
        /// 向来源单位申请延期
        AskSource = "ask_source",
        /// 登记来源时限
        SetSourceLimit = "set_source_limit",
        /// 升级
        Escalate = "escalate",
        /// 督办
        Supervise = "supervise",
        /// 办结
        Close = "close",
        /// 撤回
        Withdraw = "withdraw",
        /// 申请终止
        RequestTermination = "request_termination",
        /// 审批终止
        DecideTermination = "decide_termination",
        /// 申诉评价不计入
        ClaimExclusion = "claim_exclusion",
        /// 评议申诉
        JudgeExclusion = "judge_exclusion",
        /// 抽查复核
        Recheck = "recheck",
        /// 核验
        Verify = "verify",
        /// 归档
        Archive = "archive",
        /// 反映施压、打击报复
        ReportPressure = "report_pressure",
        /// 处理施压、报复反映
        SettlePressure = "settle_pressure",
        /// 换发查询码
        RenewCode = "renew_code",
        /// 申请查看保密身份
        RequestOpening = "request_opening",
        /// 审批查看保密身份
        DecideOpening = "decide_opening",
        /// 查看联系方式
        OpenContact = "open_contact",
        /// By a timer.
        DeemAccepted = "deem_accepted",
        /// By a timer.
        LapseCompletion = "lapse_completion",
        /// By a timer.
        CloseUnrated = "close_unrated",
        /// By a timer.
        LapseInterval = "lapse_interval",
        /// By a timer.
        LapseObjection = "lapse_objection",
        /// By a timer.
        LapseTermination = "lapse_termination",
        /// By a timer.
        LapseExclusion = "lapse_exclusion",
        /// By a timer.
        EndPause = "end_pause",
        /// By a timer.
        ArchiveDue = "archive_due",
        /// By the system.
        RecomputeLimits = "recompute_limits",
        /// By the system.
        Succeed = "succeed",
        /// 接收历史件
        TakeOver = "take_over",
        /// 历史件办结
        Conclude = "conclude",
    }
}

codes! {
    /// How an appellant is pressed or made to suffer for an appeal.
    PressureKind, "pressure" {
        /// 要求给好评
        Praise = "praise",
        /// 要求撤回
        Withdrawal = "withdrawal",
        /// 打听、泄露身份
        Exposure = "exposure",
        /// 打击报复、刁难
        Reprisal = "reprisal",
        /// 其他
        Other = "other",
    }
}

codes! {
    /// What a second look at a closed matter found 抽查复核结论.
    Finding, "recheck" {
        /// 属实
        Confirmed = "confirmed",
        /// 答复不完整
        Incomplete = "incomplete",
        /// 虚假办结
        False = "false",
    }
}

codes! {
    /// What an answer's words are found to lack before it is sent 答复质量提示.
    Lack, "lack" {
        /// 空话套话
        EmptyPhrase = "empty_phrase",
        /// 未写明日期或依据
        NoDateOrAct = "no_date_or_act",
        /// 未回应诉求
        DemandUnanswered = "demand_unanswered",
        /// 与本单位其他答复雷同
        SameAsOther = "same_as_other",
    }
}

codes! {
    /// What waits for its time in a matter.
    TimerKind, "timer" {
        /// 视为受理
        DeemAccepted = "deem_accepted",
        /// 逾期未补正
        LapseCompletion = "lapse_completion",
        /// 逾期未评价办结
        CloseUnrated = "close_unrated",
        /// 逾期未批的延期、中止、挂账申请失效
        LapseInterval = "lapse_interval",
        /// 逾期未裁定，异议不成立
        LapseObjection = "lapse_objection",
        /// 逾期未审批，终止申请失效
        LapseTermination = "lapse_termination",
        /// 逾期未评议，申诉不成立
        LapseExclusion = "lapse_exclusion",
        /// 中止或挂账期满
        EndPause = "end_pause",
        /// 归档
        Archive = "archive",
    }
}

codes! {
    /// Why a unit is suggested, or why nobody is: see [`crate::routing`].
    RoutingReason, "routing" {
        /// By law or vertical line: the city's unit.
        Statutory = "statutory",
        /// Inside a zone the zone leads.
        Zone = "zone",
        /// The department works with the zone.
        ZoneDepartment = "zone_department",
        /// The county's platform, which passes it on.
        CountyPlatform = "county_platform",
        /// The county's platform, which finds the unit.
        CountyPlatformAlone = "county_platform_alone",
        /// The county's department of the category.
        CountyDepartment = "county_department",
        /// The city's department: no county is named.
        CityDepartment = "city_department",
        /// The city's department, instead of the county's.
        CityInstead = "city_instead",
        /// The complaint is about a unit below it.
        Superior = "superior",
        /// A usual lead too.
        AlsoLead = "also_lead",
        /// Usually works with the lead.
        Co = "co",
        /// By an item of the duty list.
        Duty = "duty",
        /// A zone of the county, if the place lies in it.
        MaybeZone = "maybe_zone",
        /// Led similar matters.
        Precedent = "precedent",
        /// Left open: the complaint is about this unit or one above it.
        Conflict = "conflict",
        /// Left open: a part that only a person can give a name.
        Role = "role",
        /// Left open: no item of the duty list covers it.
        NoDutyItem = "no_duty_item",
        /// Left open: the place is not known well enough.
        PlaceMissing = "place_missing",
        /// Left open: the table does not know the word.
        Unknown = "unknown",
    }
}
