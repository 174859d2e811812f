# 页面框架
shell-skip = 跳到正文
shell-error-prefix = 有误：
shell-navigation = 主导航
shell-menu = 菜单
shell-waiting = 待处理
shell-other-language = English
shell-display = 显示
shell-theme = 明暗
shell-theme-auto = 跟随设备
shell-theme-light = 浅色
shell-theme-dark = 深色
shell-letters = 字号
shell-letters-normal = 标准
shell-letters-large = 大字版
shell-demo = 演示数据
shell-demo-detail = 人员、企业、电话和事项均为虚构。
shell-run-by = 主办单位：{ $office }
shell-hotline = 服务热线
shell-promise = 每一件诉求都有编号、有人办、有期限，办得好不好由诉求人评价。
shell-account = 我的账户
shell-notices = 通知
shell-notices-unread = 未读
shell-keys = 快捷键
shell-close = 关闭
shell-sign-out = 退出登录

# 表单
form-problem = 请先更正以下内容
form-error = 有误：
form-optional = （选填）
form-no-match = 没有匹配项
form-characters-limit = 不超过 { $limit } 个字
form-characters-left = 还可以写 # 个字
form-characters-over = 超出 # 个字

# 错误页
error-not-found-title = 没有找到这个页面
error-not-found-what = 地址可能有误，或者内容已经移走。
error-not-found-next = 请核对地址；查询诉求进度需要编号和查询码。
error-forbidden-title = 您没有权限查看
error-forbidden-what = 您的岗位不包含这项权限。
error-forbidden-next = 如工作需要，请联系本单位系统管理员办理授权。
error-overtaken-title = 内容刚刚被他人更新
error-overtaken-what = 您填写期间，这件事项已有新的变化，本次提交没有保存。
error-overtaken-next = 请返回查看最新情况，再决定是否重新提交。
error-too-many-title = 操作过于频繁
error-too-many-what = 短时间内请求过多，系统已暂缓处理。
error-too-many-next = 请稍候几分钟再试。
error-not-understood-title = 无法处理这次请求
error-not-understood-what = 提交的内容不完整或格式有误。
error-not-understood-next = 请返回上一页，检查后重新提交。
error-broken-title = 系统出现故障
error-broken-what = 这是系统的问题，不是您的操作有误。
error-broken-next = 请稍后重试；如问题仍在，请把下面的编号告诉我们。
error-reference = 故障编号
error-back = 返回首页
error-back-desk = 返回工作台

# 通用部件
ui-step-done = （已完成）
ui-pages = 翻页
ui-light-gross = 严重
ui-newer = 上一页
ui-older = 下一页
ui-copy = 复制
ui-copied = 已复制
ui-back = 返回
ui-print = 打印本页

# ── 请求失败（接口与页面共用）
failure-refused = 未能办理
failure-stale = 内容刚刚被他人更新，请刷新后再试
failure-not-permitted = 您没有办理此事的权限
failure-not-found = 没有找到
failure-not-signed-in = 请先登录
failure-too-many = 操作过于频繁，请在 { $seconds } 秒后再试
failure-too-large = 上传内容超过大小限制，请压缩后再传
failure-malformed = 请求格式不正确
failure-invalid = 部分内容未通过校验，请逐项查看
failure-overtaken = 内容已不是您所指的版本，请重新获取后再决定
failure-unreadable = 请求中有无法识别的内容，请查看所指位置
failure-unsupported-type = 内容类型不受支持，请以 application/json 发送
failure-wrong-method = 该地址不支持这种请求方法
failure-unavailable = 数据服务暂时无法连接，未做任何更改，请稍后再试
failure-storage = 系统存储空间不足或不可写，暂时无法保存，未做任何更改；请稍后再试，已受理的内容不受影响
failure-internal = 系统出错，未做任何更改，请稍后再试
refusal-channel-closed = 本平台尚未开通这种通知方式。

# Between the items of a list, and between a name and what it says
list-comma = { "、" }
list-colon = { "：" }
flash-filter-saved = 筛选已保存。
flash-filter-unnamed = 请给筛选起个名称。
flash-filter-removed = 筛选已删除。
flash-columns-chosen = 列设置已保存。
