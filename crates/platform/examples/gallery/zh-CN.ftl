gallery-forms = 表单
refusal-gallery = 请填写 11 位手机号码
