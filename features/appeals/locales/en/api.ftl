# What the API alone can refuse
refusal-file-base64 = The content is not valid base64
refusal-file-count = At most { $max } files can be sent at once
refusal-idempotency-key = An idempotency key has 1 to { $max } characters
