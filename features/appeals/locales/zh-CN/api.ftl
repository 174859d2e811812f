# 仅接口会出现的提示
refusal-file-base64 = 文件内容不是有效的 base64 编码
refusal-file-count = 一次最多可传 { $max } 个文件
refusal-idempotency-key = 幂等键应为 1 至 { $max } 个字符
