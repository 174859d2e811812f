# 通用
verb-choose = 请选择
verb-none = 不填
verb-unchanged = 不改
verb-demand-result = 诉求点 { $number }：{ $demand }

verb-accept-heading = 受理
verb-accept-send = 受理
flash-accept = 已受理，承诺办结时限已起算。
verb-accept-lead = 受理后即向诉求人承诺办结时限。请逐条列出诉求点：办结时每一条都要有结果。
verb-accept-demands = 诉求点
verb-accept-demands-hint = 一行一条，写清楚要解决什么；承办单位会看到，不写姓名、电话
verb-accept-category = 事项类别
verb-accept-urgency = 紧急程度
verb-accept-urgency-hint = 决定签收、办理和承诺时限
verb-accept-natural_time = 按自然时间计时
verb-accept-natural_time-hint = 供水、供电、供气和安全类事项，节假日和夜间照常计时

verb-ask_completion-heading = 要求补正
verb-ask_completion-send = 发出补正要求
flash-ask_completion = 已要求诉求人补正，审核期限照常计算。
verb-ask_completion-lead = 需要补正的内容一次性告知，只能要求一次。诉求人有 { $completion }，最迟到审核期限届满；审核期限不因补正而暂停或顺延，届满未作决定的视为受理。
verb-ask_completion-missing = 需补正的内容
verb-ask_completion-missing-hint = 逐项写明缺什么、怎样补；诉求人可见

verb-propose_decline-heading = 拟不予受理
verb-propose_decline-send = 提交审批
flash-propose_decline = 已提交审批，由另一人审定。
verb-propose_decline-lead = 须由另一人审批。书面、网上诉求批准后出具《不予受理告知书》，电话诉求当场说明。
verb-propose_decline-ground = 理由
verb-propose_decline-right_way = 应走的渠道
verb-propose_decline-right_way-hint = 告诉诉求人该找谁、怎么找，会写入告知书

verb-decide_decline-heading = 审批不予受理
verb-decide_decline-send = 提交决定
flash-decide_decline = 决定已记录。
verb-decide_decline-lead = 审批人不能是提出人。
verb-decide_decline-approve = 审批意见
verb-decide_decline-approve-yes = 同意不予受理
verb-decide_decline-approve-yes-hint = 出具告知书，事项到此结束
verb-decide_decline-approve-no = 不同意，退回审核
verb-decide_decline-approve-no-hint = 事项回到待审
verb-decide_decline-reason = 退回理由
verb-decide_decline-reason-hint = 退回时必填

verb-transfer-heading = 转出
verb-transfer-send = 转出
flash-transfer = 已转出。
verb-transfer-lead = 适用于应由其他平台或机关处理的事项。转出后本平台不再办理，诉求人会看到转往何处。
verb-transfer-to = 转往
verb-transfer-to-hint = 平台或机关全称
verb-transfer-reason = 理由
verb-transfer-reason-hint = 诉求人可见

verb-answer_directly-heading = 直接答复
verb-answer_directly-send = 答复
flash-answer_directly = 已答复，进入回访。
verb-answer_directly-lead = 由本办直接答复，不再派单；同样回访、评价。
verb-answer_directly-text = 答复内容
verb-answer_directly-text-hint = 引用依据，写明日期。“已转有关部门”不算答复

verb-merge-heading = 并单
verb-merge-send = 并单
flash-merge = 已并单，主单办结后一并答复。
verb-merge-lead = 并入主单后，答复一并送达，评价各算各的。
verb-merge-master = 主单编号
verb-merge-master-hint = 须是已受理、未办结、未并入他单的事项
verb-merge-other = 可能重复的事项
verb-merge-other-hint = 选一件作为主单，或在下面填写编号
verb-merge-other-none = 都不是，填写编号
verb-merge-reason = 理由
verb-merge-reason-hint = 说明为何是同一事项，诉求人可见

verb-assign-heading = 交办
verb-assign-send = 交办
flash-assign = 已交办，承办单位的时限已起算。
verb-assign-lead = 时限自交办之时起算，未签收也照常计时。下级的时限不超过上级时限前一个工作日。
verb-assign-unit = 承办单位
verb-assign-role = 办理角色
verb-assign-duty_item = 履职事项
verb-assign-duty_item-hint = 交办乡镇（街道）须对应履职事项清单
verb-assign-instruction = 办理要求
verb-assign-more-2 = 再交办第二个单位
verb-assign-more-3 = 再交办第三个单位
verb-assign-more-4 = 再交办第四个单位

verb-sign-heading = 签收
verb-sign-send = 签收
flash-sign = 已签收。
verb-sign-lead = 签收即表示由本单位承办。如不属本单位职责，请在期限内提出异议。

verb-object-heading = 派单异议
verb-object-send = 提出异议
flash-object = 异议已提出，等待裁定。
verb-object-lead = 每个单位对同一事项只能提一次，应自交办起 { $objection }内提出，由上一级在 { $objection_decision }内裁定；异议期间时限照常计算。
verb-object-ground = 异议理由
verb-object-basis = 法定依据
verb-object-basis-hint = 法律法规、三定规定或职责清单的具体条款
verb-object-suggests = 建议承办单位

verb-decide_objection-heading = 裁定异议
verb-decide_objection-send = 裁定
flash-decide_objection = 已裁定。
verb-decide_objection-lead = 改派不影响诉求人的承诺时限；维持原派单的为最终裁定，不得再提异议。
verb-decide_objection-uphold = 裁定意见
verb-decide_objection-uphold-yes = 异议成立，改派
verb-decide_objection-uphold-yes-hint = 另选承办单位，原单位退出
verb-decide_objection-uphold-no = 异议不成立，维持派单
verb-decide_objection-uphold-no-hint = 由原单位办理，不得再提异议
verb-decide_objection-to = 改派给
verb-decide_objection-to-hint = 改派时必选；名单里没有的，先用上面的“查找单位”
verb-decide_objection-duty_item = 履职事项
verb-decide_objection-duty_item-hint = 改派乡镇（街道）时必选
verb-decide_objection-reason = 理由
verb-decide_objection-reason-hint = 双方可见

verb-release-heading = 撤销交办
verb-release-send = 撤销
flash-release = 已撤销该交办。
verb-release-lead = 用于不再需要的协办或误派。撤销后该单位不再承担。
verb-release-reason = 理由
verb-release-reason-hint = 该单位可见

verb-contact-heading = 首次联系
verb-contact-send = 记录联系
flash-contact = 联系情况已记录。
verb-contact-lead = 先联系、后办理。没联系上也要记录，次数会显示。
verb-contact-way = 联系方式
verb-contact-at = 联系时间
verb-contact-text = 联系情况
verb-contact-text-hint = 工作记录；诉求人只看到已联系

verb-progress-heading = 办理进展
verb-progress-send = 记录进展
flash-progress = 进展已记录。
verb-progress-lead = 诉求人会看到本单位更新了进展，看不到内容；要告诉诉求人的，请用“留言”。
verb-progress-text = 进展
verb-progress-text-hint = 已做什么，下一步做什么、什么时候

verb-request_interval-heading = 申请延期、中止或挂账
verb-request_interval-send = 提交申请
flash-request_interval = 申请已提交，批准前时限照常计算。
verb-request_interval-lead = 须由另一人审批；未批视为不同意。获批结果向诉求人公开。
verb-request_interval-kind = 申请事项
verb-request_interval-ground = 申请理由
verb-request_interval-ground-hint = 从申请事项对应的一组中选择
verb-request_interval-kind-extension-hint = 最多 { $extensions } 次，不超过 { $extension_max }，须在时限最后一天之前提出{ $barred ->
    [0] {""}
   *[other] ；{ $no_extension }不得延期
}
verb-request_interval-kind-suspension-hint = 等待诉讼、鉴定、上级批复等客观原因，最长 { $suspension_max }
verb-request_interval-kind-tracking-hint = 一时不具备条件，最长 { $tracking_max }，每 { $tracking_report }报告一次进展
verb-request_interval-days = 延长几个工作日
verb-request_interval-days-hint = 申请延期时必填，如 3
verb-request_interval-until = 中止或挂账至
verb-request_interval-until-hint = 申请中止、挂账时必填
verb-request_interval-reason = 情况说明
verb-request_interval-reason-hint = 写明事实和需要的时间，供审批人判断

verb-decide_interval-heading = 审批延期、中止或挂账
verb-decide_interval-send = 提交决定
flash-decide_interval = 决定已记录。
verb-decide_interval-lead = 审批人不能是申请人，也不属于申请单位。到时限仍未审批的，视为不同意。统计仍按首次时限。
verb-decide_interval-grant = 审批意见
verb-decide_interval-grant-yes = 同意
verb-decide_interval-grant-yes-hint = 按申请调整该单位时限
verb-decide_interval-grant-no = 不同意
verb-decide_interval-grant-no-hint = 时限不变
verb-decide_interval-reason = 理由
verb-decide_interval-reason-hint = 同意的，诉求人可见

verb-resume-heading = 恢复办理
verb-resume-send = 恢复
flash-resume = 已恢复办理，时限继续计算。
verb-resume-lead = 中止的原因消除后应及时恢复。
verb-resume-reason = 理由
verb-resume-reason-hint = 说明原因已消除

verb-answer-heading = 答复诉求人
verb-answer-send = 保存答复
flash-answer = 答复已记录，请提交办结。
verb-answer-lead = 先答复诉求人，再提交办结。每个诉求点都要有结果。
verb-answer-text = 答复内容
verb-answer-text-hint = 写明事实、依据、结果和日期。“已转有关部门”不算答复
verb-answer-way = 答复方式
verb-answer-answered_at = 答复时间

verb-submit-heading = 提交办结
verb-submit-send = 提交审签
flash-submit = 已提交，等待本单位审签。
verb-submit-lead = 提交后由本单位负责人审签，再逐级审核。
verb-submit-attachments = 佐证材料
verb-submit-attachments-hint = 现场照片、文书、回执等
verb-submit-note = 说明

verb-respond-heading = 答复并提交
verb-respond-send = 答复并提交审签
flash-respond = 已答复并提交，等待本单位审签。
verb-respond-lead = 联系、答复、佐证一次填完，提交后由本单位负责人审签。
verb-respond-text = 答复内容
verb-respond-text-hint = 写明事实、依据、结果和日期。“已转有关部门”不算答复
verb-respond-way = 怎样联系和答复的
verb-respond-contact_text = 首次联系情况
verb-respond-contact_text-hint = 一句话即可；诉求人只看到已联系
verb-respond-contact_at = 首次联系时间
verb-respond-answered_at = 答复时间
verb-respond-photo = 现场拍照
verb-respond-photo-hint = 手机上直接打开相机
verb-respond-attachments = 其他佐证材料
verb-respond-attachments-hint = 已有的照片、文书、回执等
verb-respond-more = 时间、其他材料和说明
verb-respond-note = 给审签人的说明
verb-verify-heading = 核验
verb-verify-send = 提交核验意见
flash-verify = 核验意见已记录。
verb-verify-lead = 由未参与办理的人核验。通过即办结：整改事项销号，批示件视为已报领导；不通过退回重办。
verb-verify-passed = 核验意见
verb-verify-passed-yes = 通过，办结
verb-verify-passed-yes-hint = 整改事项由此销号
verb-verify-passed-no = 不通过，退回重办
verb-verify-passed-no-hint = 原承办单位限期重办
verb-verify-text = 核验情况
verb-verify-text-hint = 看了什么、问了谁、与要求是否相符；不通过的写明差在哪里

action-report = 填报办理结果
verb-report-heading = 填报办理结果
verb-report-send = 提交审签
verb-report-lead = 逐项写明办理结果，附上佐证，提交后由本单位负责人审签。
verb-report-text = 办理情况
verb-report-text-hint = 写明做了什么、依据、结果和日期
verb-report-answered_at = 办成时间
verb-report-photo = 现场拍照
verb-report-photo-hint = 手机上直接打开相机
verb-report-attachments = 其他佐证材料
verb-report-attachments-hint = 已有的照片、文书、回执等
verb-report-more = 时间、其他材料和说明
verb-report-note = 给审签人的说明

verb-sign_off-heading = 单位审签
verb-sign_off-send = 提交审签意见
flash-sign_off = 审签意见已记录。
verb-sign_off-lead = 审签即代表本单位对办理结果负责。
verb-sign_off-approve = 审签意见
verb-sign_off-approve-yes = 同意报送
verb-sign_off-approve-yes-hint = 报交办方审核
verb-sign_off-approve-no = 退回本单位经办
verb-sign_off-approve-no-hint = 时限不变
verb-sign_off-reason = 意见
verb-sign_off-reason-hint = 退回时必填
verb-sign_off-attachments = 纸质审签扫描件
verb-sign_off-attachments-hint = 在纸上签批的，上传盖章扫描件

verb-review-heading = 办结审核
verb-review-send = 提交审核意见
flash-review = 审核意见已记录。
verb-review-lead = 谁交办、谁审核；不审核自己经办的。退回不延长时限。
verb-review-approve = 审核意见
verb-review-approve-yes = 审核通过
verb-review-approve-yes-hint = 逐级上报，全部通过后进入回访
verb-review-approve-no = 退回重办
verb-review-approve-no-hint = 原时限不变
verb-review-reason = 意见
verb-review-reason-hint = 退回时必填：缺什么、要补什么

verb-call_back-heading = 回访
verb-call_back-send = 记录回访
flash-call_back = 回访已记录。
verb-call_back-lead = 回访员不属于承办单位。接通后请接着登记评价；{ $calls } 次未接通的，可以办结。
verb-call_back-outcome = 回访结果
verb-call_back-note = 通话要点
verb-call_back-note-hint = 不对承办单位显示
verb-call_back-again_at = 再次回访时间
verb-call_back-again_at-hint = 约时再访的，填写约定的时间；到时间排到最前
verb-call_back-recordings = 录音
verb-call_back-recordings-hint = mp3、amr、m4a 等，作为回访凭证，不对承办单位显示

verb-rate-heading = 登记评价
verb-rate-send = 登记评价
flash-rate = 评价已登记。
verb-rate-lead = 如实记录诉求人原话，标注为回访登记，与诉求人自评分别显示。
verb-rate-solved = 问题解决了吗
verb-rate-grade = 满意程度
verb-rate-reason = 原因
verb-rate-reason-hint = 诉求人的原话，不引导

verb-decide_redo-heading = 认定是否重办
verb-decide_redo-send = 提交认定
flash-decide_redo = 认定已记录。
verb-decide_redo-lead = 理由会发给承办单位，评价等级不会。最多重办 { $redos } 次，再不满意则升级。
verb-decide_redo-valid = 认定
verb-decide_redo-valid-yes = 属实，重办
verb-decide_redo-valid-yes-hint = 承办单位 { $redo }内重新办结，首次时限仍用于统计
verb-decide_redo-valid-no = 不属实，维持结果
verb-decide_redo-valid-no-hint = 结果维持，可以办结
verb-decide_redo-reason = 理由
verb-decide_redo-reason-hint = 写清楚哪一点没有解决，不写评价等级

verb-ask_source-heading = 向来源单位申请延期
verb-ask_source-send = 提出申请
flash-ask_source = 申请已记录。
verb-ask_source-lead = 上级交来的时限只有来源单位能改。已对接的平台自动收到申请；未对接的，请用来源单位认可的方式送达。
verb-ask_source-until = 申请延期至
verb-ask_source-reason = 理由
verb-ask_source-reason-hint = 写清楚为什么不能按期办结，来源单位据此决定

verb-set_source_limit-heading = 登记来源时限
verb-set_source_limit-send = 登记
flash-set_source_limit = 来源时限已登记。
verb-set_source_limit-lead = 来源单位同意延期或另行规定时限时登记；未同意的，照原时限登记。
verb-set_source_limit-due = 来源时限
verb-set_source_limit-due-hint = 来源单位要求报结果的时间
verb-set_source_limit-reason = 来源单位的说明
verb-set_source_limit-reason-hint = 如批复文号或对方经办科室的答复

verb-escalate-heading = 升级
verb-escalate-send = 升级
flash-escalate = 已升级。
verb-escalate-lead = 提请上级协调，一件事项只升级一次。
verb-escalate-reason = 理由
verb-escalate-reason-hint = 为什么需要上级协调

verb-supervise-heading = 督办
verb-supervise-send = 发出
flash-supervise = 已记录，对方的督办列表和流转记录中可见。
verb-supervise-lead = 提醒、催办或升级报告，不改变任何时限；正式督办单请在督办台拟制。
verb-supervise-measure = 方式
verb-supervise-measure-reminder-hint = 尚未到期，请对方留意
verb-supervise-measure-urge-hint = 已超时或进展缓慢，要求抓紧办理
verb-supervise-measure-escalation-hint = 报单位负责人、县市区或市领导协调
verb-supervise-to = 对象
verb-supervise-text = 要求
verb-supervise-text-hint = 需要对方做什么、何时完成

verb-close-heading = 办结
verb-close-send = 办结
flash-close = 已办结。
verb-close-lead = 办结类型不得高于实际结果。办结后 { $contest }内，诉求人可提一次异议。
verb-close-closing = 办结类型
verb-close-closing-hint = 按诉求点的结果选择
verb-close-reason = 说明
verb-close-reason-hint = 未接通或拒绝回访的，写明情况

verb-withdraw-heading = 登记撤回
verb-withdraw-send = 登记撤回
flash-withdraw = 已登记撤回。
verb-withdraw-lead = 仅在诉求人主动提出时登记，不得劝撤。
verb-withdraw-reason = 诉求人说明
verb-withdraw-reason-hint = 诉求人的原话

verb-request_termination-heading = 申请终止
verb-request_termination-send = 提交申请
flash-request_termination = 申请已提交。
verb-request_termination-lead = 事项无法继续办理时使用，由另一人审批。
verb-request_termination-ground = 终止理由
verb-request_termination-reason = 情况说明
verb-request_termination-reason-hint = 供审批人判断

verb-decide_termination-heading = 审批终止
verb-decide_termination-send = 提交决定
flash-decide_termination = 决定已记录。
verb-decide_termination-lead = 审批人不能是申请人，也不能是经办人。
verb-decide_termination-approve = 审批意见
verb-decide_termination-approve-yes = 同意终止
verb-decide_termination-approve-yes-hint = 事项按“终止”办结
verb-decide_termination-approve-no = 不同意
verb-decide_termination-approve-no-hint = 继续办理
verb-decide_termination-reason = 理由
verb-decide_termination-reason-hint = 同意的，诉求人可见

verb-claim_exclusion-heading = 评价申诉
verb-claim_exclusion-send = 提交申诉
flash-claim_exclusion = 申诉已提交，由评议组评议。
verb-claim_exclusion-lead = 认为这次不满意评价不应计入时使用，办结后限期内可申诉一次。评议组由本单位以外人员组成，逾期未评议视为不成立。评价原样保留，诉求人看到的不变。
verb-claim_exclusion-ground = 申诉理由
verb-claim_exclusion-reason = 情况说明
verb-claim_exclusion-reason-hint = 写清事实、时间和依据，供评议组判断
verb-claim_exclusion-attachments = 证明材料
verb-claim_exclusion-attachments-hint = 至少一份：现场照片、诉求人书面说明、文件等

verb-judge_exclusion-heading = 评议评价申诉
verb-judge_exclusion-send = 提交意见
flash-judge_exclusion = 评议意见已记录。
verb-judge_exclusion-lead = 评议组成员各自发表意见，过半数同意方成立。承办单位、经办人、回访人不参加评议；每位成员的意见都记入流转记录。
verb-judge_exclusion-grant = 评议意见
verb-judge_exclusion-grant-yes = 同意剔除
verb-judge_exclusion-grant-yes-hint = 剔除后的满意率不计这次评价，剔除前的照计
verb-judge_exclusion-grant-no = 不同意
verb-judge_exclusion-grant-no-hint = 评价照计
verb-judge_exclusion-reason = 理由
verb-judge_exclusion-reason-hint = 记入流转记录，申诉单位看不到单个成员的意见

verb-archive-heading = 归档
verb-archive-send = 归档
flash-archive = 已归档。
verb-archive-lead = 异议期满后归档，归档后不再变动。

verb-correct-heading = 更正登记信息
verb-correct-send = 更正
flash-correct = 已更正，原记录保留。
verb-correct-lead = 更正是一条新记录，原来的内容仍可查。
verb-correct-reason = 更正原因
verb-correct-reason-hint = 会记入流转记录
verb-correct-category = 事项类别
verb-correct-appeal_type = 诉求类型
verb-correct-area = 所属区划
verb-correct-title = 标题
verb-correct-title-hint = 不改则不填
verb-correct-complained_about = 被反映单位
verb-correct-no_complaint = 改为没有被反映单位
verb-correct-express_lines = 直通标签

verb-redact-heading = 脱敏
verb-redact-send = 保存脱敏文本
flash-redact = 脱敏文本已保存，承办单位只看到这一版。
verb-redact-lead = 删去能认出诉求人的内容：姓名、电话、企业名、地址、只有本人知道的细节。
verb-redact-title = 脱敏标题
verb-redact-text = 脱敏正文
verb-redact-text-hint = 承办单位只看到脱敏标题、脱敏正文和诉求点

verb-note-heading = 内部备注
verb-note-send = 保存备注
flash-note = 备注已保存。
verb-note-lead = 只有工作人员可见。
verb-note-text = 备注
verb-note-text-hint = 不写与事项无关的个人信息

verb-message-heading = 给诉求人留言
verb-message-send = 发送
flash-message = 留言已发送。
verb-message-lead = 通过平台留言，双方都看不到对方号码。
verb-message-text = 留言内容
verb-message-text-hint = 请用平实的话

verb-add_material-heading = 补充材料
verb-add_material-send = 保存
flash-add_material = 材料已补充。
verb-add_material-lead = 登记诉求人后来提供的说明和材料。
verb-add_material-text = 补充说明
verb-add_material-attachments = 材料
verb-add_material-attachments-hint = 照片、文书等

verb-request_opening-heading = 申请查看保密身份
verb-request_opening-send = 提交申请
flash-request_opening = 申请已提交，须由第二人批准。
verb-request_opening-lead = 须由第二人批准，批准后 { $shield_open }内可见。申请、批准和每次查看都会记入流转记录，并向诉求人显示。
verb-request_opening-reason = 必须查看的理由
verb-request_opening-reason-hint = 诉求人可见

verb-decide_opening-heading = 审批查看保密身份
verb-decide_opening-send = 提交决定
flash-decide_opening = 决定已记录。
verb-decide_opening-lead = 非必要不批准。批准后仅申请人可见，限 { $shield_open }。
verb-decide_opening-approve = 审批意见
verb-decide_opening-approve-yes = 同意
verb-decide_opening-approve-yes-hint = { $shield_open }内可见，每次查看都记录在案
verb-decide_opening-approve-no = 不同意
verb-decide_opening-approve-no-hint = 身份继续保密
verb-decide_opening-reason = 不同意的理由
verb-decide_opening-reason-hint = 不同意时必填

verb-settle_pressure-heading = 处理施压、报复反映
verb-settle_pressure-send = 记录处理情况
flash-settle_pressure = 处理情况已记录，诉求人可以看到。
verb-settle_pressure-lead = 由没有参与办理的人员核实处理。承办单位看不到反映内容和处理情况。
verb-settle_pressure-report = 哪一条反映
verb-settle_pressure-text = 核实和处理情况
verb-settle_pressure-text-hint = 写给诉求人看：核实了什么，采取了什么措施。

verb-open_contact-heading = 查看联系方式
verb-open_contact-send = 显示联系方式
flash-open_contact = 本次查看已记入流转记录。
verb-open_contact-lead = 谁在什么时候查看，会先记录再显示。
verb-open_contact-purpose = 用途
verb-open_contact-purpose-hint = 随查看时间和单位一并记录，诉求人可以看到


# 表单有误
refusal-entry-missing = 请填写
refusal-answer-empty-phrase = 含空话“{ $what }”。请写明做了什么、结果如何
refusal-answer-no-date-or-act = 没有写明日期，也没有写明依据的文件
refusal-answer-demand-unanswered = 没有回应第 { $what } 项诉求
refusal-answer-same-as-other = 与本单位另外 { $what } 件答复的文字相同
verb-override_reason = 仍然提交的理由
verb-override_reason-hint = 以上提示供修改参考；确需按原文提交的，请说明理由。理由会记入流转记录，审核人和质检员可见
refusal-entry-not-chosen = 请选择
refusal-entry-unknown = 选项无效，请重新选择
refusal-entry-of-another-kind = 所选理由不适用于该申请事项，请从对应的一组中选择
refusal-entry-tells-grade = 重办理由会给承办单位看，请写明哪里没有办好，不要写诉求人的评价等级
refusal-entry-rating-unreached = 未接通的不能登记评价
refusal-entry-too-long = 不超过 { $max } 个字
refusal-entry-not-a-number = 请填写数字
refusal-entry-not-a-date = 请按“年-月-日”填写日期
refusal-entry-not-a-time = 请填写有效的日期和时间
refusal-entry-no-such-matter = 没有这个编号的事项
