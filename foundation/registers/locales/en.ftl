money-unit-yuan = yuan
money-unit-wan = 10,000 yuan
money-unit-yi = 100 million yuan
register-way-visit = Visit
register-way-meeting = Meeting
register-way-phone = Phone
register-way-online = Online
register-way-other = Other

register-expected = { $expected ->
    [length] at most 500 characters
    [operator] an operator or the end
    [levels] fewer levels of parentheses
    [number] a number
    [value] a number, a text in single quotes, a field or a function
    [quote] a closing single quote
    [function] one of the functions there are
    [arguments] as many arguments as the function takes
    [code] the code of a field or flow
   *[parenthesis] a closing parenthesis
}
register-place = { $line ->
    [form] “{ $field }”
   *[other] Line { $line }, { $field }
 }
refusal-register-code-taken = { register-place }: “{ $value }” is a column every register has; choose another code
refusal-register-code-malformed = { register-place }: “{ $value }” may only hold small letters, digits and single underscores, begin with a letter, and have at most 40 characters
refusal-register-word-forbidden = { register-place }: “{ $value }” is about a person's religion, ethnicity, political belief or party (“{ $word }”); no register may hold that
refusal-register-too-many = { register-place }: at most { $max }
refusal-register-choices-missing = { register-place }: a choice needs at least one option
refusal-register-attribute-missing = { register-place }: this is missing
refusal-register-unknown = { register-place }: there is no “{ $value }”; there are: { $known }
refusal-register-expression = { register-place }: at character { $at }, expected { register-expected }
refusal-register-title-missing = { register-place }: name at least one field as the title
refusal-register-kind-unfit = { register-place }: the kind of “{ $value }” does not fit; it should be one of: { $known }
refusal-register-derived-of-derived = { register-place }: “{ $value }” is computed itself and cannot be computed with
refusal-register-condition = { register-place }: the condition “{ $value }” may only compare fields with values, joined by and, or, not
refusal-register-indicator-twice = { register-place }: a figure counts one thing
refusal-register-code-changed = The register's code must be { $code }
refusal-register-unknown-register = It refers to the register “{ $value }”, which does not exist

refusal-register-required = Fill this in
refusal-register-no-such-field = The register has no such field
refusal-register-not-typed = That is not of the field's kind
refusal-register-number = Enter a number
refusal-register-decimals = At most { $max } decimals
refusal-register-bound = Exact numbers only: no ≥ or <
refusal-register-money = Enter an amount, such as 1200 or 1.5亿元
refusal-register-date = Enter a date, such as 2022-10-09
refusal-register-point = Enter the longitude first, then the latitude, such as 112.0012, 27.7281
refusal-register-recurrence = Enter a day of the month, such as “monthly 8”
refusal-register-one-only = Only one
refusal-register-choice = Choose one of: { $known }
refusal-register-text-too-long = At most { $max } characters
refusal-register-credit-code = Not a unified social credit code (18 characters, the last one checks the others)
refusal-register-unit-unknown = There is no unit “{ $value }”. Similar: { $similar }
refusal-register-area-unknown = There is no area “{ $value }”. Similar: { $similar }
refusal-register-record-unknown = There is no record “{ $value }”. Similar: { $similar }
refusal-register-refers-to-nothing = The unit, area or record it names does not exist
refusal-register-taken = Another record has the same { $fields }
refusal-register-record-exists = That record exists already
refusal-register-no-such-record = There is no such record
refusal-register-record-removed = The record was taken out of the register; put it back first
refusal-register-no-such-line = There is no such line
refusal-register-appeal-linked = This difficulty is an appeal already
refusal-register-no-difficulty = No difficulty was noted of this contact
refusal-register-promise-linked = This promise is a matter already
refusal-register-promise-was-kept = This promise was kept already
refusal-register-promise-runs = This promise is a matter: it reads kept when that is closed as solved
refusal-register-no-promise = No promise was noted of this contact
refusal-register-no-such-level = Choose a level
refusal-register-level-held = It holds this level already
refusal-register-level-not-held = It does not hold this level
refusal-register-ends-before = It would end before it began
refusal-register-no-such-stage = Choose a stage
refusal-register-stage-requires = The stage “{ $stage }” demands this field
refusal-register-stage-not-next = “{ $from }” does not lead to “{ $stage }”; next may be: { $known }
refusal-register-stage-before = Before the day of the stage before, { $date }
refusal-register-stage-needs = Fill in “{ $field }” before this stage
refusal-register-checked = It was checked (“{ $stage }”); send it back before you change it
refusal-register-own-record = Someone else checks what you recorded
refusal-register-no-such-flow = Choose a kind
refusal-register-evidence-missing = Lines of this kind need their evidence
refusal-register-line-void = This line is void
refusal-register-own-line = Someone else verifies what you recorded
refusal-register-no-follow-up = This register keeps no contacts
refusal-register-promise-missing = Say what is promised by that day
refusal-register-in-the-future = Not later than today
refusal-register-becomes-over = This record has passed on already, or its stage does not lead there
refusal-register-row-twice = Row { $row } of the file has the same already
refusal-register-draft-wrong = The draft's text has mistakes; correct them in the text first
refusal-register-field-there = Another field has this code
refusal-register-field-stays = A published field is retired instead, and a register needs its title
refusal-register-stage-unnamed = No line names the stage “{ $value }”
refusal-register-formula = At character { $at }, expected { register-expected }
refusal-register-sealed-shown = { register-place }: “{ $value }” is sealed; lists neither show it nor filter by it
refusal-register-sealed-used = { register-place }: “{ $value }” is sealed and cannot be used here
