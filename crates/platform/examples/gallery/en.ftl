gallery-forms = Forms
refusal-gallery = Enter an 11-digit mobile number
