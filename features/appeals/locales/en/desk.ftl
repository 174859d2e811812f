# Navigation
desk-nav-queues = Desk

# Queues
desk-queues-title = Desk
desk-queues = Queues
desk-register = Register an appeal
desk-no-queues = Your post has no queue of appeals
desk-no-queues-what = Your work is in the menu.
desk-filter = Filter
desk-filter-text = Number or title
desk-filter-light = Limit
desk-filter-urgency = Urgency
desk-filter-phase = Phase
desk-filter-unit = Unit
desk-filter-from = Received from
desk-filter-to = Received until
desk-filter-more = More filters
desk-filter-clear = Clear filters
desk-any = Any
desk-light-red = Overdue
desk-light-yellow = Due soon
desk-light-green = In time
desk-empty-todo-title = Nothing waits here
desk-empty-todo-what = New matters appear here, and the number on the tab changes.
desk-empty-other-title = No matters yet
desk-empty-other-what = Matters that come in are listed here.
desk-empty-filtered = No matter fits these filters
desk-empty-filtered-what = Widen the filters, or clear them and start again.
desk-col-matter = Matter
desk-col-state = State
desk-col-due = Due
desk-col-unit = Unit
desk-col-kind = Type
desk-col-filed = Received
desk-choose = Choose
desk-choose-one = Choose { $number }
desk-sign-chosen = Sign those chosen
desk-rows-shown = { $n } on this page
desk-title-withheld = (title withheld)
desk-shielded = Confidential
desk-objected = Objection
desk-requested = { $kind } asked for
desk-redo-pending = Redo undecided

# Times and limits
desk-weekday-1 = Mon
desk-weekday-2 = Tue
desk-weekday-3 = Wed
desk-weekday-4 = Thu
desk-weekday-5 = Fri
desk-weekday-6 = Sat
desk-weekday-7 = Sun
desk-date-weekday = { $weekday } { $date }
desk-span-working-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
desk-span-working-hours = { $n ->
    [one] { $n } working hour
   *[other] { $n } working hours
}
desk-span-natural-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
desk-span-natural-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
desk-amount-hours = { $n } h
desk-amount-minutes = { $n } min
desk-left = { $amount } left
desk-stood-in = { $post } ({ $by } for { $of })
desk-assignment-title = Assignment
desk-assignment-open = Open the assignment
desk-whole-matter = Whole matter
desk-next-sign = Sign first. The clock runs before that, too.
desk-next-answer = Contact the appellant, see to it, then answer and submit.
desk-next-passed-on = Passed on; the unit below answers.
desk-next-paused = Suspended or tracked; the limit stands still.
desk-next-sign-off = Submitted; waits for your unit’s head.
desk-next-review = Signed off; waits for review by whoever assigned it.
desk-next-over = This assignment is over.
desk-more-time = Not enough time? Ask for an extension, suspension or tracking
desk-beside-units = Units working on it together
desk-co-units = What co-units answered
desk-co-late = Overdue
desk-co-take = Take over into the answer
desk-co-take-all = Take over all co-units’ answers
desk-co-quote = { $unit }: { $text }
desk-co-rule = The lead may submit while a co-unit has not answered. When the lead’s result is approved, a co-unit’s open assignment ends with it.
desk-papers = Print and pass on
desk-papers-count = { $n ->
    [one] One sheet
   *[other] { $n } sheets, each on a page of its own
}
desk-paper-print = Print
desk-paper-word = Word file
desk-paper-chosen = Print chosen sheets
desk-paper-chosen-word = Chosen sheets as Word
desk-handle = Handle
desk-group-text = Text for the work group
desk-group-text-hint = Without name, firm and numbers; of a confidential matter only what was redacted. The link asks to log in.
desk-away = { $name } is away ({ $kind }) until { $until }; { $substitute }
desk-away-covered = { $name } stands in
desk-away-uncovered = nobody stands in
desk-away-title = Away today
desk-away-uncovered-title = Posts that nobody covers
group-text-head = [{ $unit }] Matter { $number }
group-text-title = About: { $title }
group-text-sign = Sign by: { $due }
group-text-due = Due: { $due }
group-text-shielded = Confidential: log in to read it, do not discuss it here
paper-assignment = Assignment sheet
paper-sign-off = Sign-off sheet
paper-decline = Notice of decline
paper-mark-assignment = A
paper-mark-sign-off = S
paper-mark-decline = N
paper-number = { $mark }{ $kind }〔{ $year }〕{ $serial }
paper-withheld = (confidential; not redacted yet)
paper-matter = Number
paper-title = Title
paper-appellant = Appellant
paper-text = What it says
paper-from = Assigned by
paper-unit = Unit
paper-assigned = Assigned at
paper-sign-by = Sign by
paper-contact-by = First contact by
paper-due = Due
paper-contacted = First contact
paper-done = What was done
paper-head-opinion = Sign-off (signature, stamp, date)
paper-clerk = Handled by (signature)
paper-answer = Answer
paper-results = Results
paper-result = { $demand }: { $outcome }
paper-evidence = Evidence
paper-online = Online: { $link }
paper-upload = Once signed and stamped, upload a photo: { $link }
paper-address = { $name },
paper-decline-filed = We received your appeal “{ $title }” (number { $number }) of { $date }. After review, it is not accepted.
paper-decline-ground = Reason: { $ground }.
paper-decline-way = The right way: { $way }
paper-decline-again = If things change or you have new material, you may file again and it will be reviewed anew.

desk-overdue = { $amount } overdue
desk-met = done { $at }
desk-limit-over = no longer runs
desk-limit-promise = Promised date
desk-limit-review = Review
desk-limit-assignment = Assignment
desk-limit-call-back = Call-back
desk-limit-signing = Sign
desk-limit-objection = Object
desk-limit-contact = First contact
desk-limit-handling = Handling
desk-why-rule = Counted from { $start }: { $span }.
desk-why-counted = Counted:
desk-why-skipped = Not counted:
desk-why-more = and { $n } more
desk-why-make-up = { $date }, worked
desk-why-make-up-of = { $date }, worked for { $name }
desk-why-minutes = , { $hours } h { $minutes } min
desk-why-skipped-day = { $date } { $reason }
desk-why-weekend = weekend
desk-why-holiday = holiday
desk-why-paused = paused
desk-why-after_hours = after hours
desk-why-extended = It was { $from }; extended by { $span } with approval.
desk-why-promise-moved = It was { $from }; moved by an extension granted to the handling unit.
desk-why-paused-from = Paused with approval from { $from } until { $until }.
desk-why-still = now
desk-why-cap-working_day_before_parent = By itself it would end on { $own }. It ends one working day before the unit above; lateness within the cut counts against that unit.
desk-why-cap-parent_due = By itself it would end on { $own }. It was passed on late and ends with the unit above; lateness within the cut counts against that unit.
desk-why-cap-start_day = By itself it would end on { $own }. The limit above had passed before.
desk-why-fallback = The holidays of a year are not published yet; Monday to Friday are taken.
desk-why-versions = Rule { $rule }, calendar { $calendar }

# The matter
desk-matter-title = Matter
desk-actions = What you can do now
desk-actions-none = Nothing here waits for you now.
desk-actions-more = More
desk-holder = Who has it
desk-promise-none = Set at acceptance
desk-filed-at = Received
desk-reassignments = Reassigned
desk-redos = Redone
desk-natural-time = Natural time
desk-escalated = Escalated
desk-deemed = Deemed accepted
desk-asked = What is asked
desk-kind = Type
desk-area = Area
desk-channel = Channel
desk-complained = Complained about
desk-expected = Wanted:
desk-demands = Demands
desk-attachments = Files
desk-redacted = Redacted text
desk-not-redacted = This matter is confidential and not redacted yet; its text is not shown.
desk-erased = The person’s data have been erased.
desk-file-erased = (name erased)
desk-contact = Appellant
desk-contact-name = Name
desk-contact-phone = Telephone
desk-contact-enterprise = Firm
desk-contact-credit = Credit code
desk-contact-email = E-mail
desk-contact-address = Address
desk-contact-withheld = Contact data are withheld from you; write through the platform.
desk-contact-hint = Each look is journaled
desk-contact-opened = Shown this once; this look has been journaled.
desk-tree = Assignments
desk-assigned-by = Assigned by { $unit }, { $at }
desk-duty-item = Duty-list item
desk-instruction = Asked to
desk-first-due = First limit: { $at }
desk-returns = Returned { $n }×
desk-paused-until = { $kind } until { $until }
desk-ruled = Finally ruled
desk-objection = Objection
desk-objection-decided = Objection (decided)
desk-answer = Answer
desk-demand-n = Demand { $n }
desk-direct-answer = Direct answer
desk-transferred = Transferred out
desk-merged = Merge
desk-master-answer = The master’s answer
desk-master = Merged under
desk-followers = Merged under this one
desk-evaluation = Call-back and rating
desk-redo-reason = Why it is redone
desk-pressure-settled = What was done:
desk-openings = Openings of the identity
desk-open-until = open until { $at }
desk-opening-refused = refused
desk-clocks = Clocks
desk-clocks-what = The appellant’s clock runs from filing and is never reset by objection, reassignment or redo.
desk-close-unrated = Closes by itself if unrated until { $at }.
desk-timeline = Timeline
desk-event-of = { $event } · { $unit }

# Forms
desk-list-join = ,{" "}
desk-back-to = Back to { $number }
desk-cancel = Cancel
desk-beside = For reference
desk-field-error = { $field }: { $error }
desk-search = Search
desk-unit-search = Find a unit
desk-unit-search-hint = Name or code; narrows the lists below
desk-overtaken = Someone changed this matter just now
desk-overtaken-still = What you typed is kept. Look at what is new, then decide whether to send it.
desk-overtaken-gone = This step is no longer possible. What you typed is kept below to be copied.
desk-objection-by = Objection of { $unit }
desk-suggests = Suggests
desk-request-by = { $unit } asks: { $kind }
desk-until = until { $date }
desk-submission-of = What { $unit } did
desk-assigned-at = Assigned
desk-contacted-at = First contact
desk-submitted-at = Submitted
desk-no-answer = No answer yet.
desk-decline-proposed = Proposed decline
desk-termination-asked = Termination asked for
desk-opening-asked = Opening asked for
desk-answer-of = Answer of { $unit }
desk-script = Script
desk-script-greet = Good day, this is the office that took your appeal. You have been given an answer. May I ask you two minutes about it?
desk-script-solved = Was it solved: fully, partly, or not?
desk-script-grade = How satisfied are you: very satisfied, satisfied, fairly satisfied, dissatisfied or very dissatisfied?
desk-script-why = What is the main reason? (in their own words)
desk-script-thanks = Thank you. You can also rate it online with your number and code.
desk-script-rule = Do not lead, explain, or speak for the unit.

# Registering
desk-registered-title = Registered
desk-registered-number = Number
desk-registered-code = Code
desk-registered-what = Tell the appellant both. The code is shown this once; with it they can follow, add to and rate the matter.
desk-registered-open = Open the matter
desk-registered-next = Register another

# Flashes
flash-not-possible = This step is not possible now; someone may have taken it.
flash-none-chosen = Nothing was chosen.
flash-signed-all = All those chosen are signed.
flash-signed-some = Some are signed; the others changed meanwhile. This is the list now.
