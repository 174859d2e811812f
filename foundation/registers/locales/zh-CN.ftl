money-unit-yuan = 元
money-unit-wan = 万元
money-unit-yi = 亿元
register-way-visit = 上门走访
register-way-meeting = 座谈
register-way-phone = 电话
register-way-online = 线上
register-way-other = 其他

register-expected = { $expected ->
    [length] 不超过 500 个字符
    [operator] 运算符，或到此为止
    [levels] 少几层括号
    [number] 数字
    [value] 数字、单引号中的文字、字段代码或函数
    [quote] 配对的单引号
    [function] 可用的函数名
    [arguments] 与函数相符的参数个数
    [code] 字段或流水的代码
   *[parenthesis] 右括号
}
register-place = { $line ->
    [form] “{ $field }”
   *[other] 第 { $line } 行 { $field }
 }
refusal-register-code-taken = { register-place }：代码“{ $value }”是系统保留列名，请换一个
refusal-register-code-malformed = { register-place }：代码“{ $value }”只能用小写字母、数字和单个下划线，以字母开头，不超过 40 个字符
refusal-register-word-forbidden = { register-place }：“{ $value }”涉及个人宗教、民族、政治信仰或党派（“{ $word }”），任何台账都不得采集
refusal-register-too-many = { register-place }：最多 { $max } 项
refusal-register-choices-missing = { register-place }：选项字段至少要有一个选项
refusal-register-attribute-missing = { register-place }：缺少这一项
refusal-register-unknown = { register-place }：没有“{ $value }”，可用的有：{ $known }
refusal-register-expression = { register-place }：算式第 { $at } 个字符处应为{ register-expected }
refusal-register-title-missing = { register-place }：至少指定一个标题字段
refusal-register-kind-unfit = { register-place }：字段“{ $value }”的类型不适用，应为：{ $known }
refusal-register-derived-of-derived = { register-place }：“{ $value }”本身是计算字段，不能再用于计算
refusal-register-condition = { register-place }：条件“{ $value }”只能是字段与值的比较，用 and、or、not 连接
refusal-register-indicator-twice = { register-place }：一个指标只能统计一样东西
refusal-register-code-changed = 台账代码必须是 { $code }
refusal-register-unknown-register = 引用了不存在的台账“{ $value }”

refusal-register-required = 必填
refusal-register-no-such-field = 台账没有这个字段
refusal-register-not-typed = 内容与字段类型不符
refusal-register-number = 请填数字
refusal-register-decimals = 小数最多 { $max } 位
refusal-register-bound = 这里只能填确数，不能用“余”“近”“≥”
refusal-register-money = 请填金额，例如 1200 或 1.5亿元
refusal-register-date = 请填日期，例如 2022-10-09
refusal-register-point = 请先填经度、后填纬度，例如 112.0012, 27.7281
refusal-register-recurrence = 请填活动日，例如“每月8日”
refusal-register-one-only = 只能填一个
refusal-register-choice = 请从以下选项中选：{ $known }
refusal-register-text-too-long = 最多 { $max } 个字
refusal-register-credit-code = 统一社会信用代码不对（18 位，末位为校验码）
refusal-register-unit-unknown = 没有找到单位“{ $value }”，相近的有：{ $similar }
refusal-register-area-unknown = 没有找到区划“{ $value }”，相近的有：{ $similar }
refusal-register-record-unknown = 没有找到条目“{ $value }”，相近的有：{ $similar }
refusal-register-refers-to-nothing = 引用的单位、区划或条目不存在
refusal-register-taken = 已有条目的“{ $fields }”与此相同
refusal-register-record-exists = 这一条已经存在
refusal-register-no-such-record = 没有这一条
refusal-register-record-removed = 条目已移出台账，先恢复再操作
refusal-register-no-such-line = 没有这一行
refusal-register-appeal-linked = 这个困难已经转为诉求
refusal-register-no-difficulty = 这次联系没有登记困难
refusal-register-promise-linked = 这项承诺已经转为限时事项
refusal-register-promise-was-kept = 这项承诺已经兑现
refusal-register-promise-runs = 这项承诺已转为限时事项，事项以“已解决”办结后自动标记兑现
refusal-register-no-promise = 这次联系没有登记承诺
refusal-register-no-such-level = 请选择级别
refusal-register-level-held = 已经是这个级别
refusal-register-level-not-held = 目前没有这个级别
refusal-register-ends-before = 终止日期早于开始日期
refusal-register-no-such-stage = 请选择阶段
refusal-register-stage-requires = 处于“{ $stage }”阶段，这一项不能清空
refusal-register-stage-not-next = “{ $from }”不能直接进入“{ $stage }”，下一步可以是：{ $known }
refusal-register-stage-before = 早于上一阶段的日期 { $date }
refusal-register-stage-needs = 进入该阶段前要先填“{ $field }”
refusal-register-checked = 已核实（“{ $stage }”），先退回再修改
refusal-register-own-record = 自己填报的由他人核实
refusal-register-no-such-flow = 请选择流水类别
refusal-register-evidence-missing = 这类流水要写明依据
refusal-register-line-void = 这一行已作废
refusal-register-own-line = 自己登记的流水由别人核验
refusal-register-no-follow-up = 这本台账不登记联系
refusal-register-promise-missing = 填了完成日期，请写明承诺的内容
refusal-register-in-the-future = 日期不能晚于今天
refusal-register-becomes-over = 这条已经转出，或当前阶段不能转出
refusal-register-row-twice = 与文件第 { $row } 行重复
refusal-register-draft-wrong = 草稿文本有错，请先在定义文本中改正
refusal-register-field-there = 已有字段用了这个代码
refusal-register-field-stays = 已发布的字段只能停用；标题字段不能删除
refusal-register-stage-unnamed = 没有哪一行叫“{ $value }”
refusal-register-formula = 第 { $at } 个字符处应为{ register-expected }
refusal-register-sealed-shown = { register-place }：“{ $value }”密封保存，不能显示在列表或用于筛选
refusal-register-sealed-used = { register-place }：“{ $value }”密封保存，不能在这里使用
