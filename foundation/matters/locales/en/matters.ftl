# Timeline
event-filed = Appeal filed
event-material_added = Material added
event-messaged = Message
event-noted = Internal note
event-redacted = Redacted for the handling units
event-corrected = Entry corrected
event-accepted = Accepted
event-demands_listed = Demands listed
event-completion_asked = Completion asked for
event-completion_given = Completion received
event-completion_lapsed = Completion not given in time
event-decline_proposed = Decline proposed
event-decline_refused = Proposed decline refused
event-declined = Declined
event-transferred_out = Transferred out
event-answered_directly = Answered directly
event-merged = Merged under another appeal
event-master_followed = The other appeal's result applies here
event-master_left = The other appeal ended without a result; this one goes on by itself
event-assigned = Assigned
event-signed = Signed for
event-objected = Objection to the assignment
event-reassigned = Reassigned
event-finally_ruled = Final ruling on the assignment
event-succeeded = The unit was closed; another goes on
event-objection_lapsed = Objection not decided in time: not granted, the unit keeps it
event-reminded = Reminded
event-urged = Urged
event-slip_drafted = Supervision slip drafted, to be checked and issued
event-slip_issued = Supervision slip issued
event-reported_upwards = Reported upwards
event-released = Assignment ended
event-contacted = Appellant contacted
event-progressed = Progress recorded
event-interval_requested = Request made
event-extension_granted = Extension granted
event-paused = Pause granted
event-interval_refused = Request not granted
event-resumed = Work resumed
event-answered = Appellant answered
event-submitted = Submitted
event-signed_off = Signed off by the unit's head
event-sign_off_refused = Returned by the unit's head
event-approved = Approved in review
event-returned = Returned to be done again
event-result_approved = Result confirmed
event-called_back = Call-back
event-rated = Rated
event-contested = Closing contested
event-redo_asked = Redo asked for
event-pressure_reported = Pressure or reprisal reported
event-pressure_settled = Report of pressure settled
event-code_renewed = Tracking code renewed
event-redo_ordered = Redo ordered
event-redo_refused = Result upheld
event-escalated = Escalated
event-closed = Closed
event-withdrawn = Withdrawn
event-termination_requested = Termination requested
event-termination_refused = Termination refused
event-termination_lapsed = Termination not decided in time: not granted
event-terminated = Terminated
event-archived = Archived
event-opening_requested = Request to open the shielded identity
event-opening_granted = Opening of the shielded identity allowed
event-opening_refused = Opening of the shielded identity refused
event-contact_opened = Contact data opened
event-limits_recomputed = Limits recomputed under a new calendar

actor-appellant = Appellant
actor-system = Automatic

# Tabs of the desk
tab-all = All
tab-review = To review
tab-dispatch = To dispatch
tab-in_progress = In progress
tab-call_back = To call back
tab-redo_pending = To decide on redo
tab-pressure = Pressure reported
tab-closed = Closed
tab-to_sign = To sign
tab-working = Working
tab-passed_on = Passed on
tab-to_sign_off = To sign off
tab-finished = Finished
tab-to_review = To approve
tab-objections = Objections
tab-requests = Requests

# What is counted
cell-received = Received
cell-pending = Awaiting review
cell-declined = Declined
cell-left_before_acceptance = Left before acceptance
cell-accepted = Accepted
cell-answered_directly = Answered directly
cell-assigned = Assigned
cell-unassigned = Not yet assigned
cell-merged = Merged
cell-left_before_assignment = Left before assignment
cell-closed = Closed
cell-open = Open
cell-closed_of_assigned = Assigned and closed
cell-carried_over = Carried over
cell-rated = Valid ratings
cell-solved = Rated as solved
cell-satisfied = Rated as satisfied
cell-rated_after_exclusions = Valid ratings after exclusions
cell-satisfied_after_exclusions = Satisfied after exclusions
cell-result_given = Given a result
cell-redone = Redone
cell-period_received = Received in the period
cell-period_declined = Declined in the period
cell-period_accepted = Accepted in the period
cell-period_assigned = Assigned in the period
cell-period_answered_directly = Answered directly in the period
cell-period_closed = Closed in the period
cell-period_reopened = Reopened in the period
cell-assignments = Assignments
cell-assignments_finished = Assignments finished
cell-assignments_open = Assignments open
cell-assignments_ended = Assignments reassigned or ended
cell-signing_due = Assignments due to be signed
cell-signed_in_time = Assignments signed in time
cell-contact_due = Assignments due for first contact
cell-contacted_in_time = Assignments contacted in time
cell-first_limit_due = Assignments due by the first limit
cell-on_time = Assignments finished within the first limit
cell-extended_limit_due = Assignments due by the limit as extended
cell-on_time_extended = Assignments finished within the limit as extended
cell-assignments_overdue = Assignments open and overdue
cell-assignments_objected = Assignments objected to
cell-assignments_reassigned = Assignments reassigned
cell-assignments_extended = Assignments extended
cell-closed_as_solved = Closed: solved
cell-closed_as_partly = Closed: partly solved
cell-closed_as_explained = Closed: explained
cell-closed_as_not_yet = Closed: conditions not yet met
cell-closed_as_withdrawn = Closed: withdrawn by the appellant
cell-closed_as_answered_directly = Closed: answered directly
cell-closed_as_merged = Closed: merged
cell-closed_as_terminated = Closed: terminated

rate-direct_answer = Answered directly
rate-signed_in_time = Signed in time
rate-contacted_in_time = Contacted in time
rate-on_time = On time
rate-on_time_extended = On time, extensions counted
rate-closed = Closed
rate-closed_of_assigned = Closed, of those assigned
rate-solved = Solved
rate-satisfied = Satisfied
rate-satisfied_after_exclusions = Satisfied, after exclusions
rate-rated = Rated
rate-redo = Redone
rate-objection = Objections
rate-reassign = Reassigned
rate-merge = Merged
rate-extension = Extended
rate-overdue = Overdue

formula-direct_answer = answered directly ÷ accepted
formula-signed_in_time = assignments signed in time ÷ (signed + past the time to sign)
formula-contacted_in_time = assignments whose first contact came in time ÷ (contacted + past the time for it); where a unit passed the matter on, the one below makes the contact
formula-on_time = assignments whose finally approved submission came within the first limit ÷ (finished + open and overdue); extension and redo do not move the first limit
formula-on_time_extended = assignments whose finally approved submission came within the present limit ÷ (finished + open and overdue)
formula-closed = closed ÷ accepted
formula-closed_of_assigned = assigned and closed ÷ assigned
formula-solved = rated as solved ÷ valid ratings
formula-satisfied = rated as satisfied ÷ valid ratings; after a redo the last rating counts
formula-satisfied_after_exclusions = satisfied after exclusions ÷ valid ratings after exclusions
formula-rated = valid ratings ÷ closed
formula-redo = redone at least once ÷ given a result
formula-objection = assignments objected to ÷ assignments
formula-reassign = assignments reassigned ÷ assignments
formula-merge = merged ÷ accepted
formula-extension = assignments extended ÷ assignments
formula-overdue = assignments open and overdue ÷ assignments open

# Filing and attachments
refusal-title-missing = Enter a title.
refusal-title-too-long = The title may have up to { $max } characters.
refusal-text-missing = Say what the appeal is about.
refusal-text-too-long = The text may have up to { $max } characters.
refusal-contact-too-long = This may have up to { $max } characters.
refusal-enterprise-missing = Give the enterprise's name.
refusal-contact-name-missing = Give the contact's name.
refusal-email-malformed = Enter an e-mail address such as name@example.com.
refusal-enterprise-basis-missing = Say on what it was verified.
refusal-enterprise-address-known = This address already holds for the enterprise.
refusal-enterprise-addresses-full = An enterprise has at most { $max } addresses; take back those not used any more.
refusal-enterprise-address-gone = There is no such address, or it was taken back.
refusal-enterprise-shielded = A confidential appeal cannot verify an address of the enterprise.
refusal-phone-malformed = Check the telephone number.
refusal-idempotency-key-reused = This idempotency key was used for another appeal; send a new one.
refusal-attachment-empty = The attachment is empty; choose it again.
refusal-attachment-too-large = An attachment may have up to { $max } MB.
refusal-attachment-type = This kind of file is not taken. Attach pictures, PDF, Office documents, sound or film.
refusal-attachment-count = There are as many files as may be.
refusal-attachment-gone = An uploaded file was kept no longer; upload it again.

# Configuration
refusal-procedure-unreadable = The procedure cannot be read: { $error }
refusal-calendar-unreadable = The calendar cannot be read: { $error }
refusal-version-not-new = This version was published before ({ $last }); use a new one.
refusal-document-unreadable = Line { $line }, { $field }: cannot be read ({ $error }). Write it as the other entries of the document are written.
refusal-document-code-malformed = Line { $line }, { $field }: the code “{ $value }” must have 1 to 40 characters and no spaces.
refusal-document-code-twice = Line { $line }, { $field }: the code “{ $value }” is there already; remove one or choose another code.
refusal-document-name-missing = Line { $line }, { $field }: a name is needed.
refusal-document-version-zero = Versions start at 1; change version.
refusal-document-removes = What was published cannot be removed: { $codes }. To stop offering it, keep the entry with retired = true.
refusal-document-predates = It would hold from { $from }, before today ({ $today }); choose today or later.
refusal-category-group-unknown = Line { $line }, { $field }: there is no group with the code “{ $value }”; add it under [[group]] first.
refusal-category-without-lead = Line { $line }, { $field }: name at least one lead department; where the dispatcher decides, write a role such as 行业主管.
refusal-category-not-offered = There is no such category, or it is no longer offered; choose another.
refusal-routing-unit-kind-unknown = Line { $line }, { $field }: there is no kind of unit “{ $value }”; known are department, zone, township, utility, platform, farm and village.
refusal-routing-finds-nothing = Line { $line }, { $field }: this finds no unit; give names, unit_kinds or units, or role = true where the dispatcher decides.

# The documents of the configuration
refusal-bundle-format = This is no exported configuration ({ $format }); expected { $known }.
refusal-bundle-document = “{ $document }” is no document of the configuration; check the file.
refusal-bundle-differs = { $document } version { $version } was published here with another text. What was published does not change: give the new text a new version.
refusal-bundle-version = { $document }: the list says version { $version }, the text { $said }; make them agree.
document-procedure = Procedure and limits
document-calendar = Working calendar
document-categories = Categories of appeals
document-routing = Routing table
document-grounds = Grounds and their basis
document-templates = Reply templates
document-notices = Texts of notices
document-supervision = Rules of supervision
refusal-rule-when-missing = Line { $line }, { $field }: give at least one condition.
refusal-rule-when-unreadable = Line { $line }, { $field }: “{ $value }” is no condition such as late >= 2wd, unsigned >= 4wh, redos >= 2, light = red or after late-urge >= 1wd.
refusal-rule-after-unknown = Line { $line }, { $field }: there is no other rule with the code “{ $value }”.
refusal-rule-code-unknown = Line { $line }, { $field }: “{ $value }” is none of { $known }.
ground-kind-decline = Decline
ground-kind-objection = Objection
ground-kind-extension = Extension
ground-kind-suspension = Suspension
ground-kind-tracking = Long-term tracking
ground-kind-termination = Termination
notice-kind-receipt = Receipt
notice-kind-accepted = Accepted
notice-kind-declined = Declined
notice-kind-extended = New date
notice-kind-message = Message waiting
notice-kind-answered = Answered, please rate
notice-kind-closed = Closed
notice-kind-one_time_code = One-time code
notice-kind-completion = Completion
notice-kind-assigned = Assigned
notice-kind-due_soon = Due soon
notice-kind-late = Late
notice-kind-objected = Objection to rule on
notice-kind-objection_decided = Objection ruled on
notice-kind-interval_asked = More time asked for
notice-kind-interval_decided = Request decided
notice-kind-submitted = To be approved
notice-kind-returned = Returned
notice-kind-redo = To be done again
notice-kind-redo_asked = Contested by the appellant
notice-kind-reply = News from the appellant
notice-kind-call_back = To be called back
notice-kind-withdrawn = Withdrawn
notice-kind-pressure = Pressure reported
notice-kind-supervised = Supervised
notice-kind-digest = Daily digest
refusal-ground-kind-empty = Keep at least one ground of the kind “{ $value }” in force; without one nobody could ask for it any more.
refusal-ground-kind-unknown = Line { $line }, { $field }: there is no kind of ground “{ $value }”; known are decline, objection, extension, suspension, tracking and termination.
refusal-ground-decline-unknown = Line { $line }, { $field }: the codes of declines are fixed, and “{ $value }” is not among them ({ $known }).
refusal-template-verb-unknown = Line { $line }, { $field }: there is no action “{ $value }”; write answer, answer_directly, message, contact, progress and so on.
refusal-document-placeholder-unknown = Line { $line }, { $field }: the placeholder “{ $value }” cannot be used here; these can: { $known }.
refusal-notice-missing = Line { $line }, { $field }: the text of the notice “{ $value }” is missing; add it.
refusal-notice-unknown = Line { $line }, { $field }: there is no notice “{ $value }”.
refusal-notice-subject-lines = Line { $line }, { $field }: a subject is a single line.
refusal-notice-placeholder-needed = Line { $line }, { $field }: the text must contain the placeholder “{ $value }”.

# taking over cases of an earlier system
refusal-import-closed-before-filed = it was closed before it came in
refusal-import-code-unknown = there is no code “{ $code }” here
refusal-import-number-missing = the case's own number is missing
refusal-import-number-twice = the number { $number } stands more than once in the file
refusal-import-time-ahead = the time lies ahead
refusal-import-time-missing = the time it came in is missing
refusal-import-time-unreadable = the time is not written as the mapping says: { $forms }
refusal-import-value-unmapped = the mapping has no code for “{ $value }” in column “{ $column }”

# conditions of supervision
watch-late = Late
watch-unsigned = Not signed in time
watch-silent = Nothing recorded
watch-report = Missed report of tracking
watch-light = Light
watch-objections = Units that objected
watch-reassignments = Reassignments
watch-redos = Redos
watch-returns = Returns
watch-urgency = Urgency
watch-category = Category
watch-after = Rule has fired
watch-late-said = late for { $value }
watch-late-at-all = late
watch-unsigned-said = unsigned { $value } past its limit
watch-unsigned-at-all = not signed in time
watch-silent-said = nothing recorded for { $value }
watch-report-said = report of tracking missed for { $value }
watch-report-at-all = report of tracking missed
watch-light-said = light { $value }
watch-light-green = green
watch-light-yellow = yellow
watch-light-red = red
watch-light-gross = red (grossly late)
watch-objections-said = { $value } or more units objected
watch-reassignments-said = reassigned { $value } times or more
watch-redos-said = redone { $value } times or more
watch-returns-said = returned { $value } times or more
watch-urgency-said = urgency is { $value }
watch-category-said = category within { $value }
watch-after-said = { $value } after rule { $rule } fired
watch-found-since = { $said } (since { $at })
watch-found-times = { $said } (now { $n })
watch-join = {"; "}
watch-why = By the rule “{ $rule }” (version { $version }): { $met }.
remaining-hours = { $n } h
remaining-minutes = { $n } min
remaining-left = { $amount } left
remaining-over = { $amount } overdue
span-working-days = { $n ->
    [one] 1 working day
   *[other] { $n } working days
}
span-working-hours = { $n ->
    [one] 1 working hour
   *[other] { $n } working hours
}
span-natural-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
}
span-natural-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}

extension-not-moved = Granted, but the date did not move: it is capped one working day before the limit of the unit that passed it on
extension-capped = The date moved by less than was granted: it is capped one working day before the limit of the unit that passed it on
