//! Who may do what, and how they must stand to the thing: role × permission × relation.
//!
//! The table is [`policy`]; `identity` holds its reviewed snapshot. Deny by default: what
//! is not listed is not allowed. Rules that depend on the history (nobody reviews their
//! own work) live with the rules; this is about positions only.

use crate::{AccountId, UnitId, codes};
use serde::{Deserialize, Serialize};

codes! {
    /// The roles of PRODUCT §1.
    Role {
        /// 诉求人
        Appellant = "appellant",
        /// 受理员
        Intake = "intake",
        /// 派单员
        Dispatcher = "dispatcher",
        /// 值班长
        ShiftHead = "shift_head",
        /// 承办联络员
        UnitLiaison = "unit_liaison",
        /// 分管领导、主要领导
        UnitHead = "unit_head",
        /// 督办员
        Supervisor = "supervisor",
        /// 回访员
        CallBack = "call_back",
        /// 质检员
        Quality = "quality",
        /// 知识库管理员
        Knowledge = "knowledge",
        /// 业务专员
        Registers = "registers",
        /// 领导
        Leader = "leader",
        /// 代录人
        Clerk = "clerk",
        /// 考评人员
        Assessor = "assessor",
        /// 系统管理员
        AdminSystem = "admin_system",
        /// 安全管理员
        AdminSecurity = "admin_security",
        /// 审计管理员
        AdminAudit = "admin_audit",
    }
}

codes! {
    /// What can be permitted. One per verb.
    Permission {
        /// See a matter and its timeline (never sealed identity).
        MatterRead = "matter.read",
        /// Open the contact data of a matter that is not shielded; each opening is journaled.
        ContactOpen = "contact.open",
        /// Verify an enterprise's contact addresses, and take them back.
        EnterpriseVerify = "enterprise.verify",
        /// File an appeal on behalf of a caller or visitor.
        MatterFile = "matter.file",
        /// Raise a task or a rectification 立项.
        MatterRaise = "matter.raise",
        /// See measures of accountability 问责; units see what was decided about them.
        AccountabilityRead = "accountability.read",
        /// Propose a measure against a unit, and record what a competent body answered.
        AccountabilityPropose = "accountability.propose",
        /// Decide on a proposed measure, as the second person.
        AccountabilityDecide = "accountability.decide",
        /// See leaders' instructions and what came of them.
        InstructionRead = "instruction.read",
        /// Record a leader's instruction 批示, which is raised with it.
        InstructionRecord = "instruction.record",
        /// Verify what was done 核验, 销号, without a hand in it.
        MatterVerify = "matter.verify",
        /// Accept 受理, set urgency and category, list the demands.
        MatterAccept = "matter.accept",
        /// Propose to decline 不予受理.
        DeclinePropose = "decline.propose",
        /// Approve or refuse a proposed decline.
        DeclineDecide = "decline.decide",
        /// Transfer out 转出 what another platform must handle.
        MatterTransfer = "matter.transfer",
        /// Answer directly 直接答复.
        AnswerDirectly = "matter.answer_directly",
        /// Merge duplicates 并单.
        MatterMerge = "matter.merge",
        /// Redact the text of a shielded matter for the handling units.
        MatterRedact = "matter.redact",
        /// Correct what was entered (a new entry, nothing is rewritten).
        MatterCorrect = "matter.correct",
        /// Record a withdrawal the appellant asked for by phone.
        WithdrawOnBehalf = "matter.withdraw_on_behalf",
        /// Assign 交办 from the office, or pass on from a unit to one below.
        MatterAssign = "matter.assign",
        /// Sign 签收.
        AssignmentSign = "assignment.sign",
        /// Object 派单异议.
        AssignmentObject = "assignment.object",
        /// Decide an objection: reassign or final ruling.
        ObjectionDecide = "objection.decide",
        /// Record first contact, progress and co-unit feedback.
        AssignmentWork = "assignment.work",
        /// Ask for extension, suspension or long-term tracking.
        IntervalRequest = "interval.request",
        /// Decide such a request.
        IntervalDecide = "interval.decide",
        /// Answer the appellant and submit 答复、提交办结.
        AssignmentSubmit = "assignment.submit",
        /// Sign off for the unit 单位审签, or return to the unit's own staff.
        AssignmentSignOff = "assignment.sign_off",
        /// Review what one assigned 办结审核: approve or return 退回重办.
        AssignmentReview = "assignment.review",
        /// Call back and record a rating 回访.
        CallBackRecord = "call_back.record",
        /// Find a "not solved" valid: order a redo, or uphold the closing.
        RedoDecide = "redo.decide",
        /// Close 办结.
        MatterClose = "matter.close",
        /// Ask for termination 终止.
        TerminationRequest = "termination.request",
        /// Decide on termination.
        TerminationDecide = "termination.decide",
        /// Claim that a rating should not count 不满意件申诉(剔除).
        ExclusionClaim = "exclusion.claim",
        /// Judge such a claim, as one of a panel.
        ExclusionJudge = "exclusion.judge",
        /// See what evaluation found: draws, answers sent against a warning, anomalies.
        EvaluationRead = "evaluation.read",
        /// Draw closed matters to be checked again 抽查.
        SampleDraw = "sample.draw",
        /// Check a drawn matter again 复核.
        SampleCheck = "sample.check",
        /// Mark an anomaly as looked at.
        AnomalyMark = "anomaly.mark",
        /// See common issues 共性问题 and hot topics 热点预警.
        IssueRead = "issue.read",
        /// Group matters under a common issue, report on it, answer all, close it.
        IssueManage = "issue.manage",
        /// Sign off a special report 专报 that another person wrote.
        IssueSign = "issue.sign",
        /// Note or dismiss a hot topic.
        TopicSettle = "topic.settle",
        /// See the quality checks of calls 通话质检 and their figures.
        CallCheckRead = "call_check.read",
        /// Draw calls and visits to be checked.
        CallCheckDraw = "call_check.draw",
        /// Score a drawn call, or look at it a second time 复评.
        CallCheckScore = "call_check.score",
        /// See the checks of one's own calls, and answer them.
        CallCheckOwn = "call_check.own",
        /// Escalate 升级.
        MatterEscalate = "matter.escalate",
        /// Archive 归档.
        MatterArchive = "matter.archive",
        /// See the supervision board 督办.
        SupervisionRead = "supervision.read",
        /// Remind, urge, report upwards 提醒、催办、升级报告.
        MatterSupervise = "matter.supervise",
        /// Draft a supervision slip 督办单, settle or cancel it.
        SlipDraft = "slip.draft",
        /// Check a drafted slip.
        SlipCheck = "slip.check",
        /// Issue a checked slip.
        SlipIssue = "slip.issue",
        /// Reply to a slip for the unit it is addressed to.
        SlipReply = "slip.reply",
        /// Write an internal note.
        NoteWrite = "note.write",
        /// Write to the appellant through the platform.
        MessageWrite = "message.write",
        /// See reports of pressure or reprisal, and settle them.
        PressureSettle = "pressure.settle",
        /// Ask to open a shielded identity, with a reason.
        ShieldRequest = "shield.request",
        /// Allow it, as the second person.
        ShieldDecide = "shield.decide",
        /// See the staff figures and their rows.
        FiguresRead = "figures.read",
        /// See the registers 台账 and their records.
        RegisterRead = "register.read",
        /// Make and change records: values, stages, flows, contacts, imports.
        RegisterWrite = "register.write",
        /// Make a matter of what a record notes: a difficulty, a promise.
        RecordToAppeal = "record.to_appeal",
        /// Verify a flow line another person recorded.
        RegisterVerify = "register.verify",
        /// Draft and publish definitions of registers.
        RegisterDefine = "register.define",
        /// Read the knowledge base 知识库.
        KnowledgeRead = "knowledge.read",
        /// Keep a department's items: draft, change, withdraw, settle reports, import.
        KnowledgeWrite = "knowledge.write",
        /// Review what another person drafted.
        KnowledgeReview = "knowledge.review",
        /// Say that an answer is wrong 答错.
        KnowledgeReport = "knowledge.report",
        /// See the duty roster, hand-overs and duty telephones 值班.
        DutyRead = "duty.read",
        /// Draft and publish a unit's roster, keep its duty telephone.
        DutyManage = "duty.manage",
        /// Hand a shift over, take one over 交接班.
        ShiftHandOver = "shift.hand_over",
        /// See daily, weekly and monthly reports.
        ReportRead = "report.read",
        /// Make and issue them.
        ReportIssue = "report.issue",
        /// Change the templates they are made from.
        ReportTemplate = "report.template",
        /// See the network of units.
        NetworkRead = "network.read",
        /// Change the network of units.
        NetworkManage = "network.manage",
        /// Create, disable and hand over accounts.
        AccountsManage = "accounts.manage",
        /// Grant and end roles; unlock.
        GrantsManage = "grants.manage",
        /// Issue and revoke bearer tokens of staff systems.
        TokensManage = "tokens.manage",
        /// Read the audit trail.
        AuditRead = "audit.read",
        /// See the configuration with its versions.
        ConfigurationRead = "configuration.read",
        /// Draft a new version of a document of the configuration.
        ConfigurationDraft = "configuration.draft",
        /// Publish it.
        ConfigurationPublish = "configuration.publish",
        /// See and retry failed jobs.
        JobsManage = "jobs.manage",
        /// Subscribe other systems to what happens 事件推送.
        WebhooksManage = "webhooks.manage",
        /// Agree with other platforms on what passes between them 平台对接.
        ExchangeManage = "exchange.manage",
        /// See what passed between the platforms, and carry their workbooks.
        ExchangeUse = "exchange.use",
    }
}

codes! {
    /// How a person's grant stands to the thing acted on.
    Relation {
        /// The grant's subtree holds the office that received the matter.
        Office = "office",
        /// It holds the unit that assigned the assignment concerned.
        Assigner = "assigner",
        /// It holds the unit that handles the assignment concerned (for a whole matter: any).
        Handler = "handler",
        /// None of these; or the thing belongs to no unit.
        Outside = "outside",
        /// The complained-about unit's subtree holds the grant's unit: shut out, whatever else.
        ComplainedAbout = "complained_about",
    }
}

/// What a role may do, and in which relations. **The authority on permissions.**
pub fn policy(role: Role) -> &'static [(Permission, &'static [Relation])] {
    use Permission::*;
    use Relation::{Assigner, Handler, Office, Outside};
    const OFFICE: &[Relation] = &[Office];
    const HANDLER: &[Relation] = &[Handler];
    const ASSIGNER: &[Relation] = &[Assigner];
    const INVOLVED: &[Relation] = &[Assigner, Handler];
    const SUBTREE: &[Relation] = &[Office, Assigner, Handler];
    const ANYWHERE: &[Relation] = &[Office, Assigner, Handler, Outside];
    match role {
        Role::Appellant => &[],
        Role::Intake => &[
            (MatterRead, OFFICE),
            (ContactOpen, OFFICE),
            (MatterFile, ANYWHERE),
            (EnterpriseVerify, ANYWHERE),
            (MatterAccept, OFFICE),
            (DeclinePropose, OFFICE),
            (MatterTransfer, OFFICE),
            (AnswerDirectly, OFFICE),
            (MatterMerge, OFFICE),
            (MatterRedact, OFFICE),
            (MatterCorrect, OFFICE),
            (WithdrawOnBehalf, OFFICE),
            (NoteWrite, OFFICE),
            (MessageWrite, OFFICE),
            (CallCheckOwn, OFFICE),
            (KnowledgeRead, ANYWHERE),
            (KnowledgeReport, ANYWHERE),
            (DutyRead, ANYWHERE),
            (NetworkRead, ANYWHERE),
        ],
        Role::Dispatcher => &[
            (MatterRead, OFFICE),
            (ContactOpen, OFFICE),
            (MatterFile, ANYWHERE),
            (MatterAccept, OFFICE),
            (DeclinePropose, OFFICE),
            (MatterTransfer, OFFICE),
            (MatterMerge, OFFICE),
            (MatterRedact, OFFICE),
            (MatterCorrect, OFFICE),
            (MatterAssign, OFFICE),
            (ObjectionDecide, ASSIGNER),
            (AssignmentReview, ASSIGNER),
            (TerminationRequest, OFFICE),
            (NoteWrite, OFFICE),
            (MessageWrite, OFFICE),
            (KnowledgeRead, ANYWHERE),
            (KnowledgeReport, ANYWHERE),
            (DutyRead, ANYWHERE),
            (ReportRead, OFFICE),
            (ExchangeUse, ANYWHERE),
            (NetworkRead, ANYWHERE),
            (SupervisionRead, OFFICE),
            (MatterSupervise, OFFICE),
            (IssueRead, OFFICE),
            (IssueManage, OFFICE),
            (TopicSettle, OFFICE),
            (CallCheckOwn, OFFICE),
            (FiguresRead, OFFICE),
            (ConfigurationRead, OFFICE),
            (ConfigurationDraft, OFFICE),
        ],
        Role::ShiftHead => &[
            (MatterRead, OFFICE),
            (ContactOpen, OFFICE),
            (MatterFile, ANYWHERE),
            (EnterpriseVerify, ANYWHERE),
            (MatterAccept, OFFICE),
            (DeclinePropose, OFFICE),
            (DeclineDecide, OFFICE),
            (MatterTransfer, OFFICE),
            (AnswerDirectly, OFFICE),
            (MatterMerge, OFFICE),
            (MatterRedact, OFFICE),
            (MatterCorrect, OFFICE),
            (WithdrawOnBehalf, OFFICE),
            (MatterAssign, OFFICE),
            (ObjectionDecide, ASSIGNER),
            (IntervalDecide, ASSIGNER),
            (AssignmentReview, ASSIGNER),
            (TerminationRequest, OFFICE),
            (TerminationDecide, OFFICE),
            (MatterClose, OFFICE),
            (MatterArchive, OFFICE),
            (MatterEscalate, OFFICE),
            (ExclusionJudge, OFFICE),
            (EvaluationRead, OFFICE),
            (SampleDraw, OFFICE),
            (IssueRead, OFFICE),
            (IssueManage, OFFICE),
            (IssueSign, OFFICE),
            (TopicSettle, OFFICE),
            (CallCheckRead, OFFICE),
            (CallCheckScore, OFFICE),
            (CallCheckOwn, OFFICE),
            (MatterRaise, ANYWHERE),
            (MatterVerify, OFFICE),
            (NoteWrite, OFFICE),
            (MessageWrite, OFFICE),
            (PressureSettle, OFFICE),
            (ShieldRequest, OFFICE),
            (ShieldDecide, OFFICE),
            (SupervisionRead, OFFICE),
            (MatterSupervise, OFFICE),
            (SlipCheck, OFFICE),
            (SlipIssue, OFFICE),
            (FiguresRead, OFFICE),
            (ConfigurationRead, OFFICE),
            (ConfigurationDraft, OFFICE),
            (ConfigurationPublish, OFFICE),
            (KnowledgeRead, ANYWHERE),
            (KnowledgeReport, ANYWHERE),
            (DutyRead, ANYWHERE),
            (DutyManage, HANDLER),
            (ShiftHandOver, OFFICE),
            (ReportRead, OFFICE),
            (ReportIssue, OFFICE),
            (ReportTemplate, OFFICE),
            (ExchangeUse, ANYWHERE),
            (NetworkRead, ANYWHERE),
        ],
        Role::UnitLiaison => &[
            (MatterRead, INVOLVED),
            (ContactOpen, HANDLER),
            (MatterAssign, HANDLER),
            (AssignmentSign, HANDLER),
            (AssignmentObject, HANDLER),
            (ObjectionDecide, ASSIGNER),
            (AssignmentWork, HANDLER),
            (IntervalRequest, HANDLER),
            (AssignmentSubmit, HANDLER),
            (ExclusionClaim, HANDLER),
            (AssignmentReview, ASSIGNER),
            (NoteWrite, INVOLVED),
            (MessageWrite, HANDLER),
            (ShieldRequest, HANDLER),
            (SupervisionRead, INVOLVED),
            (MatterSupervise, ASSIGNER),
            (AccountabilityRead, HANDLER),
            (IssueRead, HANDLER),
            (SlipReply, HANDLER),
            (FiguresRead, INVOLVED),
            (RegisterRead, HANDLER),
            (RegisterWrite, HANDLER),
            (KnowledgeRead, ANYWHERE),
            (KnowledgeReport, ANYWHERE),
            (DutyRead, ANYWHERE),
            (DutyManage, HANDLER),
            (NetworkRead, ANYWHERE),
        ],
        Role::UnitHead => &[
            (MatterRead, INVOLVED),
            (MatterAssign, HANDLER),
            (AssignmentSign, HANDLER),
            (AssignmentSignOff, HANDLER),
            (ExclusionClaim, HANDLER),
            (AssignmentReview, ASSIGNER),
            (ObjectionDecide, ASSIGNER),
            (IntervalRequest, HANDLER),
            (IntervalDecide, ASSIGNER),
            (NoteWrite, INVOLVED),
            (SupervisionRead, INVOLVED),
            (MatterSupervise, ASSIGNER),
            (AccountabilityRead, HANDLER),
            (IssueRead, HANDLER),
            (SlipReply, HANDLER),
            (FiguresRead, INVOLVED),
            (RegisterRead, HANDLER),
            (RegisterVerify, HANDLER),
            (KnowledgeRead, ANYWHERE),
            (KnowledgeReview, HANDLER),
            (DutyRead, ANYWHERE),
            (DutyManage, HANDLER),
            (NetworkRead, ANYWHERE),
        ],
        Role::Supervisor => &[
            (MatterRead, SUBTREE),
            (MatterRaise, ANYWHERE),
            (MatterVerify, OFFICE),
            (InstructionRead, ANYWHERE),
            (AccountabilityRead, HANDLER),
            (AccountabilityPropose, HANDLER),
            (MatterEscalate, SUBTREE),
            (DeclineDecide, OFFICE),
            (ObjectionDecide, OFFICE),
            (IntervalDecide, OFFICE),
            (TerminationDecide, OFFICE),
            (ExclusionJudge, OFFICE),
            (EvaluationRead, OFFICE),
            (SampleDraw, OFFICE),
            (AnomalyMark, OFFICE),
            (IssueRead, OFFICE),
            (IssueManage, OFFICE),
            (TopicSettle, OFFICE),
            (NoteWrite, SUBTREE),
            (PressureSettle, OFFICE),
            (ShieldRequest, SUBTREE),
            (SupervisionRead, SUBTREE),
            (MatterSupervise, SUBTREE),
            (SlipDraft, SUBTREE),
            (SlipCheck, SUBTREE),
            (FiguresRead, SUBTREE),
            (RegisterRead, HANDLER),
            (KnowledgeRead, ANYWHERE),
            (DutyRead, ANYWHERE),
            (ReportRead, OFFICE),
            (ConfigurationRead, OFFICE),
            (NetworkRead, ANYWHERE),
        ],
        Role::CallBack => &[
            (MatterRead, OFFICE),
            (ContactOpen, OFFICE),
            (CallBackRecord, OFFICE),
            (RedoDecide, OFFICE),
            (MatterClose, OFFICE),
            (EvaluationRead, OFFICE),
            (SampleCheck, OFFICE),
            (NoteWrite, OFFICE),
            (KnowledgeRead, ANYWHERE),
            (KnowledgeReport, ANYWHERE),
            (DutyRead, ANYWHERE),
            (NetworkRead, ANYWHERE),
        ],
        Role::Quality => &[
            (MatterRead, OFFICE),
            (ContactOpen, OFFICE),
            (ExclusionJudge, OFFICE),
            (EvaluationRead, OFFICE),
            (SampleDraw, OFFICE),
            (SampleCheck, OFFICE),
            (AnomalyMark, OFFICE),
            (CallCheckRead, OFFICE),
            (CallCheckDraw, OFFICE),
            (CallCheckScore, OFFICE),
            (NoteWrite, OFFICE),
            (SupervisionRead, OFFICE),
            (FiguresRead, OFFICE),
            (KnowledgeRead, ANYWHERE),
            (KnowledgeReport, ANYWHERE),
            (NetworkRead, ANYWHERE),
        ],
        Role::Knowledge => &[
            (KnowledgeRead, ANYWHERE),
            (KnowledgeWrite, HANDLER),
            (KnowledgeReview, HANDLER),
            (KnowledgeReport, ANYWHERE),
            (NetworkRead, ANYWHERE),
        ],
        Role::Registers => &[
            (RecordToAppeal, ANYWHERE),
            (RegisterRead, HANDLER),
            (RegisterWrite, HANDLER),
            (RegisterVerify, HANDLER),
            (RegisterDefine, HANDLER),
            (NetworkRead, ANYWHERE),
            (NetworkManage, ANYWHERE),
        ],
        Role::Leader => &[
            (MatterRead, SUBTREE),
            (MatterRaise, ANYWHERE),
            (AccountabilityRead, HANDLER),
            (AccountabilityDecide, HANDLER),
            (InstructionRead, ANYWHERE),
            (IssueRead, OFFICE),
            (IssueSign, OFFICE),
            (NoteWrite, SUBTREE),
            (SupervisionRead, SUBTREE),
            (MatterSupervise, SUBTREE),
            (SlipIssue, SUBTREE),
            (FiguresRead, SUBTREE),
            (RegisterRead, HANDLER),
            (NetworkRead, ANYWHERE),
        ],
        Role::Clerk => &[
            (MatterRead, SUBTREE),
            (AccountabilityRead, HANDLER),
            (InstructionRead, ANYWHERE),
            (InstructionRecord, ANYWHERE),
            (IssueRead, OFFICE),
            (MatterAssign, OFFICE),
            (MatterVerify, OFFICE),
            (NoteWrite, SUBTREE),
            (SupervisionRead, SUBTREE),
            (MatterSupervise, SUBTREE),
            (SlipIssue, SUBTREE),
            (FiguresRead, SUBTREE),
            (RegisterRead, HANDLER),
            (KnowledgeRead, ANYWHERE),
            (DutyRead, ANYWHERE),
            (ReportRead, OFFICE),
            (NetworkRead, ANYWHERE),
        ],
        Role::Assessor => &[
            (AccountabilityRead, HANDLER),
            (FiguresRead, SUBTREE),
            (RegisterRead, HANDLER),
            (NetworkRead, ANYWHERE),
        ],
        Role::AdminSystem => &[
            (AccountsManage, ANYWHERE),
            (JobsManage, ANYWHERE),
            (WebhooksManage, ANYWHERE),
            (ExchangeManage, ANYWHERE),
            (ConfigurationRead, ANYWHERE),
            (ConfigurationDraft, ANYWHERE),
            (ConfigurationPublish, ANYWHERE),
            (RegisterDefine, ANYWHERE),
            (NetworkRead, ANYWHERE),
            (NetworkManage, ANYWHERE),
        ],
        Role::AdminSecurity => &[(GrantsManage, ANYWHERE), (TokensManage, ANYWHERE), (NetworkRead, ANYWHERE)],
        Role::AdminAudit => &[(AuditRead, ANYWHERE), (ConfigurationRead, ANYWHERE), (NetworkRead, ANYWHERE)],
    }
}

/// Whether a role allows it in this relation.
pub fn allows(role: Role, permission: Permission, relation: Relation) -> bool {
    relation != Relation::ComplainedAbout
        && policy(role).iter().any(|(p, relations)| *p == permission && relations.contains(&relation))
}

/// Whether a role has the permission in any relation at all (what a menu may offer).
pub fn may_ever(role: Role, permission: Permission) -> bool {
    policy(role).iter().any(|(p, _)| *p == permission)
}

/// Where a unit stands in the tree: the codes from the root down, joined and closed by
/// `/`, e.g. `ld/ld-x/ld-x-fgj/`. A subtree is the paths that begin with its root's path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitPath(pub String);

impl UnitPath {
    /// The path of a unit below a parent (or of a root).
    pub fn below(parent: Option<&UnitPath>, unit: &UnitId) -> Self {
        Self(format!("{}{unit}/", parent.map_or("", |p| p.0.as_str())))
    }

    /// Whether `other` is this unit or below it.
    pub fn holds(&self, other: &UnitPath) -> bool {
        other.0.starts_with(&self.0)
    }
}

/// A role held in a unit and all below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// What.
    pub role: Role,
    /// Where: the root of the subtree.
    pub unit: UnitId,
    /// The same as a path, as of now.
    pub path: UnitPath,
    /// Whose post it is, where its holder is away and the person stands in 代. None for a
    /// post of one's own.
    pub stands_in_for: Option<AccountId>,
}

impl Grant {
    /// A post of one's own.
    pub fn own(role: Role, unit: UnitId, path: UnitPath) -> Self {
        Self { role, unit, path, stands_in_for: None }
    }
}

/// Whether the holder of such a post may name a substitute. The three administrators stay
/// three persons: their posts are granted and handed over, never lent.
pub fn may_be_stood_in_for(role: Role) -> bool {
    !matches!(role, Role::Appellant | Role::AdminSystem | Role::AdminSecurity | Role::AdminAudit)
}

/// Where the units of the thing acted on stand. Empty where it belongs to no unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The office that received the matter.
    pub office: Option<UnitPath>,
    /// The units that assigned what is concerned.
    pub assigners: Vec<UnitPath>,
    /// The units that handle what is concerned.
    pub handlers: Vec<UnitPath>,
    /// The unit complained about 被反映单位.
    pub complained_about: Option<UnitPath>,
}

impl Standing {
    /// All relations in which a grant stands to it; `ComplainedAbout` alone where the
    /// grant's unit lies within the complained-about unit.
    pub fn relations(&self, grant: &Grant) -> Vec<Relation> {
        if self.complained_about.as_ref().is_some_and(|unit| unit.holds(&grant.path)) {
            return vec![Relation::ComplainedAbout];
        }
        let mut found = Vec::new();
        if self.office.as_ref().is_some_and(|unit| grant.path.holds(unit)) {
            found.push(Relation::Office);
        }
        if self.assigners.iter().any(|unit| grant.path.holds(unit)) {
            found.push(Relation::Assigner);
        }
        if self.handlers.iter().any(|unit| grant.path.holds(unit)) {
            found.push(Relation::Handler);
        }
        if found.is_empty() {
            found.push(Relation::Outside);
        }
        found
    }
}

/// The first of a person's grants that allows it, which is then named as the actor's
/// role; `None` is "not permitted".
pub fn permit<'a>(grants: &'a [Grant], permission: Permission, standing: &Standing) -> Option<&'a Grant> {
    grants.iter().find(|grant| {
        standing.relations(grant).into_iter().any(|relation| allows(grant.role, permission, relation))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(role: Role, path: &str) -> Grant {
        let unit = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        Grant::own(role, unit.into(), UnitPath(path.into()))
    }

    #[test]
    fn codes_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.code()), Some(*role));
        }
        for permission in Permission::ALL {
            assert_eq!(Permission::parse(permission.code()), Some(*permission));
        }
    }

    #[test]
    fn a_handler_below_does_not_reach_up_or_sideways() {
        let standing = Standing {
            office: Some(UnitPath("c/office/".into())),
            assigners: vec![UnitPath("c/office/".into())],
            handlers: vec![UnitPath("c/x/x-fgj/".into())],
            complained_about: None,
        };
        assert!(
            permit(&[grant(Role::UnitLiaison, "c/x/x-fgj/")], Permission::AssignmentSign, &standing)
                .is_some()
        );
        assert!(
            permit(&[grant(Role::UnitLiaison, "c/x/x-gaj/")], Permission::AssignmentSign, &standing)
                .is_none()
        );
        assert!(
            permit(&[grant(Role::UnitLiaison, "c/x/x-fgj/")], Permission::AssignmentReview, &standing)
                .is_none()
        );
        assert!(
            permit(&[grant(Role::Dispatcher, "c/office/")], Permission::AssignmentReview, &standing)
                .is_some()
        );
    }

    #[test]
    fn the_unit_complained_about_is_shut_out_and_its_superior_is_not() {
        let standing = Standing {
            handlers: vec![UnitPath("c/x/x-fgj/".into())],
            complained_about: Some(UnitPath("c/x/x-fgj/".into())),
            ..Standing::default()
        };
        assert!(permit(&[grant(Role::UnitHead, "c/x/x-fgj/")], Permission::MatterRead, &standing).is_none());
        assert!(permit(&[grant(Role::Supervisor, "c/")], Permission::MatterRead, &standing).is_some());
    }
}
