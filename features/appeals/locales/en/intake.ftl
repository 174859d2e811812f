# Intake desk

desk-nav-intake = Intake desk
desk-nav-forum = Meeting appeals
desk-nav-calls = Calls by day
intake-title = Intake desk
intake-new = New call
intake-choose = Choose
intake-none = None
intake-who = Who calls
intake-what = The appeal
intake-how = What happens
intake-phone = Number
intake-second_phone = Second number
intake-name = Name
intake-salutation = Form of address
intake-enterprise = Enterprise
intake-credit_code = Unified social credit code
intake-convenient_time = Good time to call
intake-shielded = Confidential (units see a pseudonym and a redacted text)
intake-behalf = On behalf of someone, address
intake-on_behalf = Filed by
intake-consent = How they agreed
intake-filed_by_name = Filing person
intake-filed_by_phone = Their number
intake-address = Address
intake-source = Source, recording, express lines
intake-channel = Channel
intake-recording = Recording id
intake-source_number = Number at the source
intake-source_due = Limit of the source
intake-occasion = Name of the meeting
intake-occasion_date = Date
intake-express_lines = Express lines
intake-appeal_type = Type
intake-category = Category
intake-urgency = Urgency
intake-natural_time = Clock runs day and night (water, power, safety)
intake-title-field = Title (one line: who, where, what)
intake-text = What they say
intake-split = Split the pasted text
intake-split-hint = After pasting a chat message, number, name, firm and place are found; only empty fields are filled.
intake-county = County
intake-area = Township
intake-zone = Development zone
intake-place = Where exactly
intake-complained_about = Unit complained about (will not handle it)
intake-expected = Expected result
intake-attachments = Attachments
intake-attachments-hint = Paste a screenshot with Ctrl+V.
intake-file-remove = Remove
intake-demands = Demands, one per line (if empty, the expected result counts)
intake-unit-n = { $n ->
    [1] Lead unit
   *[other] Co-unit { $n }
 }
intake-unit = Unit
intake-instruction = Instruction
intake-answering = Direct answer (F4)
intake-answer = Answer
intake-outcome = Result of each demand
intake-rail = Related records
intake-look = Look up the caller
intake-rail-empty = Earlier matters show here once a number or a firm is typed.
intake-rail-caller = From this number
intake-rail-first = Nothing found; perhaps a first call.
intake-rail-enterprise = Others of this enterprise
intake-rail-invalid = { $n ->
    [one] One invalid call from this number, at { $at }.
   *[other] { $n } invalid calls from this number, the last one at { $at }.
 }
intake-known = Use the last details
intake-rail-fitting = Category it may be
intake-fitting = Take this category
intake-route = Take this routing
intake-rail-similar = Perhaps the same matter
intake-rail-answered = Similar ones, answered
intake-quote = Quote into the answer
intake-why-caller = same caller
intake-why-enterprise = same enterprise
intake-why-place = same place
intake-why-category = same category
intake-keys = Actions
intake-dispatch = Accept and dispatch
intake-accept = Accept, pass to dispatch
intake-answer-directly = Answer directly
intake-register = Register only
intake-hold = Hold
intake-emergency = Emergency
intake-invalid = Invalid call
intake-discard = Discard this record
intake-help = Keys
intake-help-1 = Tab goes to the next field, Shift+Tab back. Categories, townships and units are found by words, code or pinyin initials; ↑↓ choose, Enter takes.
intake-help-2 = F8 accepts and dispatches, F4 answers directly (the first press opens the answer), F7 only registers, F2 holds and takes the next call.
intake-help-3 = F9 emergency and F10 invalid call: ↑↓ choose, Enter takes, Esc closes.
intake-help-4 = Alt+U uses this caller’s last details, Alt+C takes the suggested category, Alt+R the suggested routing, Alt+K searches the knowledge base, Alt+I quotes from it, Alt+Q quotes an earlier answer, Alt+N takes a new call, Alt+1…9 take a held one up again, Alt+/ lists all keys.
intake-waiting = Held and unfinished
intake-held-since = { $channel }, held at { $at }
intake-left-since = { $channel }, unfinished since { $at }
intake-is-held = This call is on hold.
intake-saved = Saved
intake-unsaved = Cannot save right now; trying again
intake-filled = Filled in: { "#" }
intake-nothing-found = Nothing found to fill in
intake-quoted = Quoted into the answer
intake-done-registered = Registered, to be reviewed.
intake-done-accepted = Accepted, to be dispatched.
intake-done-answered = Accepted and answered directly.
intake-done-dispatched = Accepted and dispatched.
intake-done-redact = The appellant asked for confidentiality: units see no text until it is redacted. Open the matter to redact it.
flash-intake-held = Held. You can take the next call.
flash-intake-resumed = Taken up again.
flash-intake-emergency = Counted as handed to an emergency service, not as an appeal.
flash-intake-invalid = Counted as an invalid call, not as an appeal.
flash-intake-discarded = Discarded; the draft is deleted.
refusal-credit-code-malformed = A unified social credit code has 18 characters; the check character does not fit
refusal-intake-rows-missing = Paste at least one row
refusal-intake-rows-too-many = At most { $max } rows at once
refusal-intake-cell-too-long = Too long
refusal-intake-kind-unknown = The type is 求助, 咨询, 投诉 or 建议, or its code
refusal-intake-category-unknown = No such category; give its code or Chinese name
refusal-intake-area-unknown = No such county or township, or several have that name: write county and township together
refusal-intake-period-too-long = At most { $max } days

## Meetings
intake-forum-title = Appeals of a meeting
intake-forum-lead = Copy the table from Excel or WPS, paste it, look at it, then file all rows at once.
intake-rows = Rows
intake-rows-hint = One appeal a row, at most { $max }. The first row may be a heading; without one the columns are: name, number, enterprise, area, type, category, title, text, expected result.
intake-rows-read = As understood
intake-row = Row
intake-row-read = Read as
intake-row-state = Check
intake-row-sound = Sound
intake-rows-look = Preview
intake-rows-file = { $n ->
    [one] File one appeal
   *[other] File { $n } appeals
 }
intake-forum-filed = Filed
intake-forum-filed-n = { $n ->
    [one] One appeal was filed.
   *[other] { $n } appeals were filed.
 }
intake-forum-next = Another meeting

## Calls
intake-figures-title = Calls by day
intake-from = From
intake-to = To
intake-show = Show
intake-calls-by-day = Calls by day
intake-day = Day
intake-calls-received = Calls
intake-calls-filed = Became an appeal
intake-calls-emergency = Emergency
intake-calls-invalid = Invalid
intake-calls-given-up = Given up
intake-calls-open = Not over
intake-calls-held = Held
intake-calls-formula = calls = became an appeal + emergency + invalid + given up + not over
intake-calls-held-formula = of these, held at least once

## On the matter’s page
desk-zone = Development zone
desk-place = Where exactly
desk-occasion = Meeting
desk-occasion-on = { $name }, { $date }
desk-on-behalf = Filed
desk-consent = Consent
desk-proposed = Urgency proposed at intake
desk-recording = Recording
desk-contact-salutation = Form of address
desk-contact-second-phone = Second number
desk-contact-time = Good time to call
desk-contact-filed-by = Filing person
intake-look-up = Knowledge base
intake-look-up-hint = Words, pinyin initials or syllables; Alt+K
intake-knowledge = Knowledge base
intake-knowledge-until = { $kind } · until { $day }
intake-knowledge-files = Documents:
intake-knowledge-quote = Quote from the knowledge base
desk-knowledge-search = Search the knowledge base
desk-knowledge-none = The knowledge base has nothing that fits.
desk-quoted = Quoted from the knowledge base
desk-quoted-wrong = The answer is wrong
desk-quoted-wrong-what = What the appellant says is wrong
desk-quoted-wrong-send = Tell whoever keeps it
desk-quoted-version = version { $n }
intake-knowledge-phone = Telephone: { $phone }
