# 网络
nav-network = 四级网络
network-title = 四级网络
network-lead = 市、县、乡、村四级单位，以及覆盖若干区划的园区。
network-search = 查找单位
network-search-hint = 全称、简称、拼音首字母或编码
network-search-go = 查找
network-found = 找到 { $count } 个单位
network-found-many = 只列出前 { $count } 个，请把查找内容写得更具体
network-found-none = 没有找到这样的单位
network-found-none-hint = 请换一个名称，或从下面的层级逐级查找。
network-empty = 还没有单位
network-empty-hint = 由管理员在服务器上用 tongxin import units 导入。
network-units = 下级单位
network-unit = 单位
network-code = 编码
network-level = 级别
network-kind = 类型
network-parent = 上级单位
network-root = 顶层单位
network-area = 所属区划
network-overlays = 覆盖区划
network-zones = 所在园区
network-count-below = 下级单位
network-closed = 已停用
network-no-children = 没有下级单位
network-path = 所在层级
network-english = 英文名称
network-duties = 乡镇街道履职事项清单
network-duties-lead = 交办乡镇街道须对应其中一项（不得向基层转嫁责任）。
network-duties-empty = 还没有导入履职事项清单
network-duty-title = 履职事项

level-province = 省级
level-city = 市级
refusal-boundaries-area-unknown = 网络中没有区划 { $code }，请先导入区划。
refusal-boundaries-empty = 文件里没有任何区划边界。
level-county = 县级
level-township = 乡级
level-village = 村级

unit-kind-government = 政府
unit-kind-intake_office = 受理机构
unit-kind-platform = 县级平台
unit-kind-department = 部门
unit-kind-zone = 园区
unit-kind-township = 乡镇街道
unit-kind-farm = 国有林场
unit-kind-village = 村（社区）
unit-kind-utility = 公用企业

# 导入
import-line = 行号
import-column = 列
import-reason = 原因

# 不予办理的原因
refusal-area-code-malformed = “{ $value }”不是区划代码：应为 6 位（省、市、县）、9 位（乡级）或 12 位（村级）数字
refusal-area-level-not-of-code = 级别“{ $level }”与代码 { $code } 的位数不符
refusal-area-code-not-below-parent = 代码 { $code } 应以上级代码 { $parent } 开头
refusal-area-parent-missing = { $code } 没有填写上级代码
refusal-area-parent-unknown = 上级区划 { $parent } 不存在（文件中也没有可用的这一行）
refusal-area-level-not-below-parent = 级别“{ $level }”不低于上级区划 { $parent } 的级别
refusal-area-parent-changed = 区划的上级不能改动，原为 { $parent }；隶属调整应使用新代码
refusal-area-mca-code-malformed = “{ $value }”不是这一级别的民政代码
refusal-area-township-has-other-code = { $name }在本县已登记为 { $code }；两套官方代码对乡级编码不一致，请统一使用统计用区划代码，民政代码填入 mca_code 列
refusal-area-code-of-other-township = 代码 { $code } 已登记为{ $name }，文件中另有该乡镇；两套官方代码对乡级编码不一致，请按县和名称核对
refusal-level-unknown = “{ $value }”不是级别：应为省、市、县、乡、村之一
refusal-network-name-missing = 名称没有填写
refusal-unit-code-malformed = “{ $value }”不能作单位编码：应为 2 至 40 个小写字母、数字或连字符
refusal-unit-kind-unknown = “{ $value }”不是单位类型
refusal-unit-overlays-without-zone = 只有园区可以填写覆盖区划，{ $code } 不是园区
refusal-unit-area-unknown = 区划 { $area } 没有登记，请先导入区划
refusal-unit-parent-unknown = 上级单位 { $parent } 不存在（文件中也没有可用的这一行）
refusal-unit-parent-closed = 上级单位 { $parent } 已停用
refusal-unit-parent-below-itself = 上级单位 { $parent } 是它自己或它的下级
refusal-unit-level-above-parent = 级别“{ $level }”高于上级单位 { $parent } 的级别
refusal-unit-has-open-children = 还有 { $count } 个在用的下级单位，不能停用
refusal-no-such-unit = 没有这个单位
refusal-unit-name-twice = 同一上级下已有名为“{ $name }”的单位，请核对是否重复
refusal-duty-code-malformed = “{ $value }”不能作事项编码：应为字母、数字、点或连字符
refusal-import-code-twice = 编码 { $code } 在文件中出现了不止一次
refusal-import-yes-or-no = “{ $value }”应填“是”或“否”

# duty line
network-duty-phone = 值班电话
network-duty-phone-hint = 下班后、节假日联系单位值班室的电话，不填个人号码
network-duty-phone-set = 保存值班电话
flash-network-duty-phone = 值班电话已保存。
refusal-duty-phone-malformed = 请填写电话号码，可用数字、空格、括号和连字符
network-posts = 岗位配备

# 地图
network-map = 地图：{ $figure }
network-map-schematic = 示意图，不作划界依据；数字见旁边的表。

# 按日期查看
network-on = 截止日期
network-as-of = 显示{ $date }当日的网络，名称为当日名称。
network-today = 查看今天
network-tree = 单位树（{ $count } 个单位）
network-fold = 收起{ $unit }
network-unfold = 展开{ $unit }
network-below = 下辖 { $count } 个
network-name-today = （现为：{ $name }）
network-closed-since = 已撤销
network-open-unit = 新设单位
network-predecessors = 承接以下单位的在办工作：
network-history = 历史沿革
network-change-day = 生效日期
network-change-what = 变更
network-change-document = 文号
network-change-reason = 原因
network-since-ever = 启用前
network-change-unit_established = 设立：{ $name }
network-change-unit_renamed = 更名为：{ $name }
network-change-unit_moved = 划归{ $parent }
network-change-moved-to-top = 调整为最上级
network-change-unit_described = 调整层级、类型或区划
network-change-unit_closed = 撤销：{ $name }
network-change-unit_reopened = 恢复：{ $name }
network-do-open = 新设下级单位
network-do-rename = 更名
network-do-move = 调整隶属
network-do-split = 分设
network-do-merge = 合并其他单位
network-do-close = 撤销
refusal-unit-change-day-missing = 请填写生效日期
refusal-unit-change-future = 变更应在生效当日或之后登记，生效日期不能晚于今天
refusal-unit-change-before-last = 变更须按生效先后登记，最近一次变更的生效日期为 { $date }
refusal-unit-document-missing = 请填写文号
refusal-unit-reason-missing = 请填写变更原因
refusal-unit-code-taken = 编码 { $code } 已被使用（可能是已撤销单位）
refusal-unit-changes-nothing = 没有任何变化
refusal-unit-closed-already = 该单位已撤销
refusal-unit-successor-itself = 承接单位不能是本单位
refusal-unit-successor-unknown = 没有编码为 { $unit } 的承接单位
refusal-unit-successor-closed = 承接单位 { $unit } 已撤销，请选择在用单位
