# 代码的中文名称，键为“<类别>-<代码>”。

appeal-type-help = 求助
appeal-type-consultation = 咨询
appeal-type-complaint = 投诉
appeal-type-suggestion = 建议

channel-hotline = 热线
channel-online = 网上
channel-visit = 走访
channel-forum = 座谈会
channel-message = 短信/微信
channel-letter = 来信
channel-handed_down = 上级转办
channel-api = 开放接口

express-line-hotline_direct = 热线直接
express-line-message_direct = 信息直报
express-line-visit_direct = 上门直访
express-line-face_to_face = 沟通直面
express-line-direct_handling = 诉求直办
express-line-direct_service = 服务直达
express-line-direct_accountability = 问责直处

salutation-mr = 先生
salutation-ms = 女士

on-behalf-agent = 代理人代为提交
on-behalf-chamber = 商协会联络员代为提交
on-behalf-officer = 工作人员代为登记

consent-spoken = 口头同意（有录音）
consent-in_person = 当面同意
consent-written = 书面委托

emergency-service-police = 公安 110
emergency-service-fire = 消防 119
emergency-service-ambulance = 急救 120
emergency-service-traffic = 交警 122
emergency-service-other = 其他应急抢修

enterprise-basis-licence = 营业执照和授权书
enterprise-basis-registered_phone = 拨打企业登记电话核实
enterprise-basis-visit = 上门走访核实

enterprise-revocation-left = 人员离职或换岗
enterprise-revocation-asked = 企业或本人要求
enterprise-revocation-mistaken = 核实有误
enterprise-revocation-misused = 冒用或泄露

invalid-call-harassment = 骚扰
invalid-call-wrong_number = 拨错
invalid-call-silent = 无声
invalid-call-hung_up = 中途挂断
invalid-call-test = 测试
invalid-call-other = 其他

urgency-general = 一般
urgency-urgent = 紧急
urgency-critical = 特急
urgency-complex = 复杂
granting-extension = 延期
granting-suspension = 中止
granting-tracking = 挂账跟踪
granting-reassignment = 改派（异议成立）
granting-decline = 不予受理
granting-termination = 终止
granting-exclusion = 评价剔除（同意意见）

node-role-lead = 主办
node-role-co = 协办
node-role-separate = 分办

outcome-solved = 已解决
outcome-partly = 部分解决
outcome-explained = 解释说明
outcome-not_yet = 暂不具备条件

closing-type-solved = 已解决
closing-type-partly = 部分解决
closing-type-explained = 解释说明
closing-type-not_yet = 暂不具备条件
closing-type-withdrawn = 诉求人撤回
closing-type-answered_directly = 直接答复
closing-type-merged = 并单
closing-type-terminated = 终止

solved-yes = 已解决
solved-partly = 部分解决
solved-no = 未解决

grade-very_satisfied = 非常满意
grade-satisfied = 满意
grade-fairly_satisfied = 基本满意
grade-dissatisfied = 不满意
grade-very_dissatisfied = 非常不满意

decline-ground-in_proceedings = 已进入诉讼、仲裁、行政复议程序
decline-ground-other_authority = 应由信访、纪检监察、公安等机关处理
decline-ground-private_dispute = 属于民事纠纷，不涉及行政机关职责
decline-ground-already_answered = 同一事项已有终结答复，且无新的事实和理由
decline-ground-no_concrete_demand = 诉求不明确，经要求补充后仍不明确
decline-ground-secrecy = 涉及国家秘密、商业秘密

contact-way-phone = 电话
contact-way-visit = 上门
contact-way-office = 诉求人来访
contact-way-platform = 平台留言
contact-way-unreachable = 未能联系上

interval-extension = 延期
interval-suspension = 中止
interval-tracking = 挂账跟踪

# 查看联系方式的用途
contact-purpose-contact = 联系诉求人
contact-purpose-verify = 核实情况
contact-purpose-visit = 现场走访
contact-purpose-call_back = 回访
contact-purpose-delivery = 书面送达

call-outcome-reached = 已接通
call-outcome-no_answer = 无人接听
call-outcome-later = 约时再访
call-outcome-refused = 拒绝回访

rated-by-appellant = 诉求人自评
rated-by-call_back = 回访记录

action-file = 登记诉求
action-add_material = 补充材料
action-message = 留言
action-note = 内部备注
action-redact = 脱敏
action-correct = 更正
action-accept = 受理
action-ask_completion = 要求补正
action-propose_decline = 拟不予受理
action-decide_decline = 审批不予受理
action-transfer = 转出
action-answer_directly = 直接答复
action-merge = 并单
action-follow_master = 随主单答复
action-leave_master = 脱离主单
action-assign = 交办
action-sign = 签收
action-object = 提出派单异议
action-decide_objection = 裁定派单异议
action-release = 撤销交办
action-contact = 登记首次联系
action-progress = 填报进展
action-request_interval = 申请延期、中止或挂账
action-decide_interval = 审批延期、中止或挂账
action-resume = 恢复办理
action-answer = 答复
action-respond = 答复并提交
action-submit = 提交办结
action-sign_off = 单位审签
action-review = 办结审核
action-call_back = 回访
action-rate = 评价
action-contest = 对办结提出异议
action-ask_redo = 要求重新办理
action-report_pressure = 反映施压或打击报复
action-settle_pressure = 处理施压、报复反映
action-renew_code = 换发查询码
action-decide_redo = 认定是否重办
action-ask_source = 向来源单位申请延期
action-set_source_limit = 登记来源时限
action-escalate = 升级处理
action-supervise = 督办
action-close = 办结
action-withdraw = 撤回
action-request_termination = 申请终止
action-decide_termination = 审批终止
action-claim_exclusion = 评价申诉
action-judge_exclusion = 评议评价申诉
action-recheck = 抽查复核
action-lapse_exclusion = 评价申诉失效
action-archive = 归档
action-raise = 立项
action-verify = 核验
action-request_opening = 申请查看保密身份
action-decide_opening = 审批查看保密身份
action-open_contact = 查看联系方式
action-deem_accepted = 视为受理
action-lapse_completion = 逾期未补正
action-close_unrated = 逾期未评价办结
action-lapse_interval = 申请失效
action-lapse_objection = 异议失效
action-lapse_termination = 终止申请失效
action-end_pause = 中止或挂账期满
action-archive_due = 自动归档
action-recompute_limits = 重新计算期限
action-succeed = 承接撤销单位的交办件
action-take_over = 接收历史件
action-conclude = 历史件办结

timer-deem_accepted = 审核期限届满，视为受理
timer-lapse_completion = 补正期限届满
timer-close_unrated = 逾期未评价，自动办结
timer-lapse_interval = 逾期未审批，申请失效
timer-lapse_objection = 逾期未裁定，异议不成立
timer-lapse_termination = 逾期未审批，终止申请失效
timer-end_pause = 中止或挂账期满
timer-lapse_exclusion = 逾期未评议，申诉不成立
timer-archive = 自动归档

phase-none = 未登记
phase-registered = 待审
phase-declined = 不予受理
phase-left_early = 受理前离开
phase-accepted = 已受理
phase-merged = 已并单
phase-assigned = 办理中
phase-call_back = 待回访
phase-verification = 待核验
phase-redo = 重办中
phase-closed = 已办结
phase-archived = 已归档

node-state-unsigned = 待签收
node-state-working = 办理中
node-state-submitted = 待单位审签
node-state-signed_off = 待审核
node-state-approved = 审核通过
node-state-reassigned = 已改派
node-state-released = 已撤销

# 施压、打击报复
pressure-praise = 被要求给好评
pressure-withdrawal = 被要求撤回诉求
pressure-exposure = 身份被打听或泄露
pressure-reprisal = 受到刁难或打击报复
pressure-other = 其他情况

recheck-confirmed = 属实
recheck-incomplete = 答复不完整
recheck-false = 虚假办结
lack-empty_phrase = 空话套话
lack-no_date_or_act = 未写日期或依据
lack-demand_unanswered = 未回应诉求
lack-same_as_other = 与其他答复雷同

# 派单建议的理由
routing-statutory = 法定或垂直管理事项（{ $kind }），由市级单位主办
routing-zone = 诉求地点在{ $zone }范围内，由园区主办
routing-zone_department = 园区内事项，由{ $kind }协办
routing-county_platform = 诉求地点在该县市区，由县级平台承接，再转{ $then }
routing-county_platform_alone = 诉求地点在该县市区，由县级平台承接并确定承办单位
routing-county_department = 该类诉求通常由{ $kind }主办
routing-city_department = 未指明县市区，由市级{ $kind }主办
routing-city_instead = 该类诉求通常由{ $kind }主办，也可由市级部门直接办理
routing-superior = 被反映单位不得承办，由其上级主管部门（{ $kind }）办理
routing-also_lead = 该类诉求通常也由{ $kind }主办
routing-co = 该类诉求通常由{ $kind }协办
routing-duty = 乡镇履职事项清单 { $item }：{ $title }
routing-maybe_zone = 如诉求地点在{ $zone }范围内，由园区主办
routing-precedent = 类似诉求（{ $numbers }）由该单位主办
routing-conflict = “{ $unit }”是被反映单位或其下属单位，不能承办
routing-role = “{ $kind }”须由派单员按具体情况确定。{ $note }
routing-no_duty_item = 履职事项清单中没有对应事项，不能交办给{ $unit }
routing-place_missing = 诉求地点不明确，无法确定乡镇（街道）
routing-unknown = 派单规则中没有“{ $kind }”，须由派单员确定

# 督办
measure-reminder = 提醒
measure-urge = 催办
measure-slip = 督办单
measure-escalation = 升级报告
addressee-unit = 承办单位
addressee-unit_head = 单位负责人
addressee-county = 县市区
addressee-leader = 市领导
slip-colour-blue = 蓝色督办
slip-colour-yellow = 黄色督办
slip-colour-red = 红色督办

matter-kind-appeal = 诉求
matter-kind-task = 任务
matter-kind-rectification = 整改事项
matter-kind-instruction = 批示件
medium-written = 书面批示
medium-spoken = 口头交办
medium-text = 短信、微信

draw-size-share = 按比例（%）
draw-size-number = 按件数
