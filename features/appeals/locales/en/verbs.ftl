# Common
verb-choose = Please choose
verb-none = None
verb-unchanged = Leave as it is
verb-demand-result = Demand { $number }: { $demand }

verb-accept-heading = Accept the appeal
verb-accept-send = Accept
flash-accept = Accepted. The promised date is set.
verb-accept-lead = From acceptance on, the appellant has a promised date. List each demand: every one needs a result before the matter can close.
verb-accept-demands = Demands
verb-accept-demands-hint = One per line; say what is to be solved. Handling units read it: no names or numbers
verb-accept-category = Category
verb-accept-urgency = Urgency
verb-accept-urgency-hint = Sets the limits to sign and handle, and the promised date
verb-accept-natural_time = Count natural time
verb-accept-natural_time-hint = For water, power, gas and safety: nights and holidays count

verb-ask_completion-heading = Ask for completion
verb-ask_completion-send = Ask the appellant
flash-ask_completion = The appellant is asked to complete. The review limit runs on.
verb-ask_completion-lead = Ask for everything missing at once: it can be asked for only once. The appellant has { $completion }, at most until the review limit ends. Review is neither paused nor prolonged; without a decision in time the appeal is deemed accepted.
verb-ask_completion-missing = What is missing
verb-ask_completion-missing-hint = Item by item, and how to supply it; the appellant reads it

verb-propose_decline-heading = Propose to decline
verb-propose_decline-send = Send for approval
flash-propose_decline = Sent for approval by another person.
verb-propose_decline-lead = Another person decides. Written and online appeals then get a written notice; on the telephone it is explained at once.
verb-propose_decline-ground = Ground
verb-propose_decline-right_way = The right way
verb-propose_decline-right_way-hint = Say whom the appellant can turn to and how; it stands in the notice

verb-decide_decline-heading = Decide on the decline
verb-decide_decline-send = Record the decision
flash-decide_decline = The decision is recorded.
verb-decide_decline-lead = Whoever proposed it cannot decide.
verb-decide_decline-approve = Decision
verb-decide_decline-approve-yes = Decline the appeal
verb-decide_decline-approve-yes-hint = The notice is issued and the matter ends here
verb-decide_decline-approve-no = Hand it back
verb-decide_decline-approve-no-hint = It waits for review again
verb-decide_decline-reason = Reason to hand it back
verb-decide_decline-reason-hint = Needed when handed back

verb-transfer-heading = Transfer out
verb-transfer-send = Transfer
flash-transfer = Transferred.
verb-transfer-lead = For what another platform or authority must handle. It leaves this platform, and the appellant sees where it went.
verb-transfer-to = Transferred to
verb-transfer-to-hint = Full name of the platform or authority
verb-transfer-reason = Reason
verb-transfer-reason-hint = The appellant reads it

verb-answer_directly-heading = Answer directly
verb-answer_directly-send = Answer
flash-answer_directly = Answered. The call-back is next.
verb-answer_directly-lead = This office answers by itself; it is called back and rated like any other.
verb-answer_directly-text = Answer
verb-answer_directly-text-hint = Quote the basis and dates. “Forwarded” is no answer

verb-merge-heading = Merge
verb-merge-send = Merge
flash-merge = Merged. It gets the answer of its master.
verb-merge-lead = It gets the master’s answer; its own rating stays its own.
verb-merge-master = Number of the master
verb-merge-master-hint = It must be accepted, open and not merged itself
verb-merge-other = Likely duplicates
verb-merge-other-hint = Choose the master, or enter its number below
verb-merge-other-none = None of them: by number
verb-merge-reason = Reason
verb-merge-reason-hint = Say why they are the same; the appellant reads it

verb-assign-heading = Assign
verb-assign-send = Assign
flash-assign = Assigned. The unit’s clock runs.
verb-assign-lead = The clock starts now, signed or not. A unit below ends at least one working day before the unit above.
verb-assign-unit = Unit
verb-assign-role = Role
verb-assign-duty_item = Duty-list item
verb-assign-duty_item-hint = A township needs an item of its duty list
verb-assign-instruction = What it is asked to do
verb-assign-more-2 = A second unit
verb-assign-more-3 = A third unit
verb-assign-more-4 = A fourth unit

verb-sign-heading = Sign
verb-sign-send = Sign
flash-sign = Signed.
verb-sign-lead = Signing takes the work on. If it is not yours, object within the limit.

verb-object-heading = Object
verb-object-send = Object
flash-object = Objection raised; the ruling is awaited.
verb-object-lead = Once per unit and matter, within { $objection } of the assignment; the level above rules within { $objection_decision }. The clock runs on.
verb-object-ground = Ground
verb-object-basis = Legal basis
verb-object-basis-hint = Article of an act, regulation or duty statement
verb-object-suggests = Whose it is

verb-decide_objection-heading = Rule on the objection
verb-decide_objection-send = Rule
flash-decide_objection = Ruled.
verb-decide_objection-lead = A reassignment does not move the promised date. A rejected objection is final.
verb-decide_objection-uphold = Ruling
verb-decide_objection-uphold-yes = Upheld: reassign
verb-decide_objection-uphold-yes-hint = Another unit takes it on
verb-decide_objection-uphold-no = Rejected: final ruling
verb-decide_objection-uphold-no-hint = The unit handles it; no further objection
verb-decide_objection-to = Reassign to
verb-decide_objection-to-hint = Needed for a reassignment; find units that are not listed with the search above
verb-decide_objection-duty_item = Duty-list item
verb-decide_objection-duty_item-hint = Needed for a township
verb-decide_objection-reason = Reason
verb-decide_objection-reason-hint = Both units read it

verb-release-heading = End the assignment
verb-release-send = End it
flash-release = The assignment has ended.
verb-release-lead = For a co-unit no longer needed or a wrong assignment.
verb-release-reason = Reason
verb-release-reason-hint = The unit reads it

verb-contact-heading = First contact
verb-contact-send = Record contact
flash-contact = Contact recorded.
verb-contact-lead = Contact first, then handle. Attempts without an answer are recorded too.
verb-contact-way = How
verb-contact-at = When
verb-contact-text = What was said
verb-contact-text-hint = For the file; the appellant sees only that there was a contact

verb-progress-heading = Progress
verb-progress-send = Record progress
flash-progress = Progress recorded.
verb-progress-lead = The appellant sees that there is progress, not the words. To tell them something, write a message.
verb-progress-text = Progress
verb-progress-text-hint = What was done; what comes next and when

verb-request_interval-heading = Ask for more time
verb-request_interval-send = Send the request
flash-request_interval = Request sent. Until it is granted the clock runs.
verb-request_interval-lead = Another person decides; undecided means not granted. The appellant sees what is granted.
verb-request_interval-kind = What
verb-request_interval-ground = Ground
verb-request_interval-ground-hint = One of those listed for what is asked for
verb-request_interval-kind-extension-hint = At most { $extensions ->
    [one] once
   *[other] { $extensions } times
}, up to { $extension_max }, asked before the last day{ $barred ->
    [0] {""}
   *[other] ; not for “{ $no_extension }”
}
verb-request_interval-kind-suspension-hint = Waiting for a court, an expert or a higher authority; { $suspension_max } at most
verb-request_interval-kind-tracking-hint = Not possible yet; { $tracking_max } at most, with a report every { $tracking_report }
verb-request_interval-days = Working days more
verb-request_interval-days-hint = Needed for an extension, for example 3
verb-request_interval-until = Until
verb-request_interval-until-hint = Needed for a suspension or tracking
verb-request_interval-reason = Facts
verb-request_interval-reason-hint = Facts, and the time needed; for whoever decides

verb-decide_interval-heading = Decide on more time
verb-decide_interval-send = Record the decision
flash-decide_interval = The decision is recorded.
verb-decide_interval-lead = Whoever asked, or belongs to the unit, cannot decide. Undecided by the limit means not granted. Statistics keep the first limit.
verb-decide_interval-grant = Decision
verb-decide_interval-grant-yes = Grant
verb-decide_interval-grant-yes-hint = The unit’s limit moves as asked
verb-decide_interval-grant-no = Refuse
verb-decide_interval-grant-no-hint = The limit stays
verb-decide_interval-reason = Reason
verb-decide_interval-reason-hint = If granted, the appellant reads it

verb-resume-heading = Resume
verb-resume-send = Resume
flash-resume = Resumed. The clock runs again.
verb-resume-lead = Resume as soon as what stood in the way is gone.
verb-resume-reason = Reason
verb-resume-reason-hint = Say that it is gone

verb-answer-heading = Answer the appellant
verb-answer-send = Record the answer
flash-answer = Answer recorded. Now submit it.
verb-answer-lead = Answer first, submit then. Every demand needs a result.
verb-answer-text = Answer
verb-answer-text-hint = State facts, basis, result and dates. “Forwarded” is no answer
verb-answer-way = How
verb-answer-answered_at = When

verb-submit-heading = Submit
verb-submit-send = Send for sign-off
flash-submit = Submitted. The unit’s head signs off next.
verb-submit-lead = The unit’s head signs off, then each level reviews.
verb-submit-attachments = Evidence
verb-submit-attachments-hint = Photos, papers, receipts
verb-submit-note = A word to the reviewers

verb-respond-heading = Answer and submit
verb-respond-send = Answer and send for sign-off
flash-respond = Answered and submitted. The unit’s head signs off next.
verb-respond-lead = Contact, answer and evidence in one form. The unit’s head signs off next.
verb-respond-text = Answer
verb-respond-text-hint = Facts, grounds, result, dates. That it was forwarded is no answer
verb-respond-way = How the appellant was reached and answered
verb-respond-contact_text = First contact
verb-respond-contact_text-hint = One sentence will do; the appellant only sees that contact was made
verb-respond-contact_at = Time of the first contact
verb-respond-answered_at = Time of the answer
verb-respond-photo = Take a photo
verb-respond-photo-hint = Opens the camera on a phone
verb-respond-attachments = Other evidence
verb-respond-attachments-hint = Photos, papers, receipts you already have
verb-respond-more = Times, other evidence, a word to whoever signs off
verb-respond-note = A word to whoever signs off
verb-verify-heading = Verify
verb-verify-send = Record the verification
flash-verify = The verification was recorded.
verb-verify-lead = By someone who had no hand in it. Passed, the matter is closed: a rectification is struck off, an instruction counts as reported to the leader. Otherwise it is done again.
verb-verify-passed = Finding
verb-verify-passed-yes = Passed, close it
verb-verify-passed-yes-hint = A rectification is struck off the list
verb-verify-passed-no = Not passed, send it back
verb-verify-passed-no-hint = The units do it again within a limit
verb-verify-text = What was found
verb-verify-text-hint = What was looked at, who was asked, whether it is what was wanted; where it is not, what is missing

action-report = Report the result
verb-report-heading = Report the result
verb-report-send = Send for sign-off
verb-report-lead = Say what came of each point and attach evidence. The unit’s head signs off next.
verb-report-text = What was done
verb-report-text-hint = What was done, on what grounds, with which result and when
verb-report-answered_at = Done at
verb-report-photo = Take a photo
verb-report-photo-hint = Opens the camera on a phone
verb-report-attachments = Other evidence
verb-report-attachments-hint = Photos, papers, receipts you already have
verb-report-more = Times, other evidence, a word to whoever signs off
verb-report-note = A word to whoever signs off

verb-sign_off-heading = Unit sign-off
verb-sign_off-send = Record the sign-off
flash-sign_off = Recorded.
verb-sign_off-lead = Signing off means the unit stands by the result.
verb-sign_off-approve = Decision
verb-sign_off-approve-yes = Sign off
verb-sign_off-approve-yes-hint = It goes on to review
verb-sign_off-approve-no = Hand back
verb-sign_off-approve-no-hint = The limit stays
verb-sign_off-reason = Remark
verb-sign_off-reason-hint = Needed when handed back
verb-sign_off-attachments = Scan of a paper sign-off
verb-sign_off-attachments-hint = Where signed on paper: the stamped scan

verb-review-heading = Review
verb-review-send = Record the review
flash-review = Recorded.
verb-review-lead = Whoever assigned it reviews it, never their own work. A return keeps the limit.
verb-review-approve = Decision
verb-review-approve-yes = Approve
verb-review-approve-yes-hint = It goes up; once all is approved the call-back begins
verb-review-approve-no = Return
verb-review-approve-no-hint = The limit stays
verb-review-reason = Remark
verb-review-reason-hint = Needed for a return: what is missing

verb-call_back-heading = Call back
verb-call_back-send = Record the call
flash-call_back = Call recorded.
verb-call_back-lead = The caller does not belong to the handling unit. Once reached, record the rating next; after { $calls } calls without reaching anyone it may be closed.
verb-call_back-outcome = Outcome
verb-call_back-note = What was said
verb-call_back-note-hint = Handling units do not see it
verb-call_back-again_at = Call again at
verb-call_back-again_at-hint = Where the appellant named a time: the call comes first in the queue then
verb-call_back-recordings = Recording
verb-call_back-recordings-hint = mp3, amr and the like: evidence of the call, not shown to handling units

verb-rate-heading = Record the rating
verb-rate-send = Record the rating
flash-rate = Rating recorded.
verb-rate-lead = Record what the appellant says. It is marked as taken on the telephone and shown apart.
verb-rate-solved = Was it solved?
verb-rate-grade = How satisfied?
verb-rate-reason = Why
verb-rate-reason-hint = In the appellant’s own words

verb-decide_redo-heading = Decide on a redo
verb-decide_redo-send = Record the finding
flash-decide_redo = Recorded.
verb-decide_redo-lead = The reason goes to the units, the grade never. At most { $redos } redos, then it escalates.
verb-decide_redo-valid = Finding
verb-decide_redo-valid-yes = Valid: redo
verb-decide_redo-valid-yes-hint = The units submit again within { $redo }; the first limit counts
verb-decide_redo-valid-no = Not valid
verb-decide_redo-valid-no-hint = The result stands and may be closed
verb-decide_redo-reason = Reason
verb-decide_redo-reason-hint = Say what is unsolved; never the grade

verb-ask_source-heading = Ask the source for more time
verb-ask_source-send = Ask
flash-ask_source = Recorded.
verb-ask_source-lead = Only the source can move the limit it gave. A connected platform is told at once; otherwise send the request the way the source accepts.
verb-ask_source-until = More time until
verb-ask_source-reason = Reason
verb-ask_source-reason-hint = Why it cannot be answered in time; the source decides by it

verb-set_source_limit-heading = Record the limit of the source
verb-set_source_limit-send = Record
flash-set_source_limit = The limit of the source is recorded.
verb-set_source_limit-lead = When the source gives more time or sets another limit; where it gives none, record the limit as it was.
verb-set_source_limit-due = Limit of the source
verb-set_source_limit-due-hint = When the source wants the result
verb-set_source_limit-reason = What the source said
verb-set_source_limit-reason-hint = Such as the number of its paper, or which office there answered

verb-escalate-heading = Escalate
verb-escalate-send = Escalate
flash-escalate = Escalated.
verb-escalate-lead = A higher level takes it up, once per matter.
verb-escalate-reason = Reason
verb-escalate-reason-hint = Why a higher level is needed

verb-supervise-heading = Supervise
verb-supervise-send = Send
flash-supervise = Recorded. They see it on their board and the timeline.
verb-supervise-lead = A reminder, an urge or a report upwards. No limit moves; slips are drafted on the supervision board.
verb-supervise-measure = Measure
verb-supervise-measure-reminder-hint = Not late yet: please keep it in mind
verb-supervise-measure-urge-hint = Late or slow: please get on with it
verb-supervise-measure-escalation-hint = The unit's head, the county or a leader should help
verb-supervise-to = For
verb-supervise-text = What is expected
verb-supervise-text-hint = What to do and until when

verb-close-heading = Close
verb-close-send = Close
flash-close = Closed.
verb-close-lead = The type may claim no more than the results do. The appellant may contest it once within { $contest }.
verb-close-closing = Type
verb-close-closing-hint = By the results of the demands
verb-close-reason = Remark
verb-close-reason-hint = Where nobody was reached, say so

verb-withdraw-heading = Record a withdrawal
verb-withdraw-send = Record the withdrawal
flash-withdraw = Withdrawal recorded.
verb-withdraw-lead = Only where the appellant asked for it. Never press for one.
verb-withdraw-reason = What the appellant said
verb-withdraw-reason-hint = In the appellant’s own words

verb-request_termination-heading = Ask for termination
verb-request_termination-send = Send the request
flash-request_termination = Request sent.
verb-request_termination-lead = For a matter that cannot go on; another person decides.
verb-request_termination-ground = Ground
verb-request_termination-reason = Facts
verb-request_termination-reason-hint = For whoever decides

verb-decide_termination-heading = Decide on termination
verb-decide_termination-send = Record the decision
flash-decide_termination = The decision is recorded.
verb-decide_termination-lead = Neither whoever asked nor whoever handled it decides.
verb-decide_termination-approve = Decision
verb-decide_termination-approve-yes = Terminate
verb-decide_termination-approve-yes-hint = It closes as terminated
verb-decide_termination-approve-no = Go on
verb-decide_termination-approve-no-hint = It is handled on
verb-decide_termination-reason = Reason
verb-decide_termination-reason-hint = If approved, the appellant reads it

verb-claim_exclusion-heading = Claim against the rating
verb-claim_exclusion-send = Send the claim
flash-claim_exclusion = The claim is with the panel.
verb-claim_exclusion-lead = For a unit that holds that this rating should not count, once and within the limit from closing. A panel from outside the unit judges it; undecided in time it is not granted. The rating stays as it is, for the appellant too.
verb-claim_exclusion-ground = Ground
verb-claim_exclusion-reason = Explanation
verb-claim_exclusion-reason-hint = Facts, dates and acts for the panel to judge by
verb-claim_exclusion-attachments = Evidence
verb-claim_exclusion-attachments-hint = One at least: photographs, a statement in writing, documents

verb-judge_exclusion-heading = Judge the claim against the rating
verb-judge_exclusion-send = Give the opinion
flash-judge_exclusion = Your opinion is recorded.
verb-judge_exclusion-lead = Each member of the panel gives an opinion; more than half must grant it. Nobody of a handling unit and nobody who called back takes part. Every opinion is journaled.
verb-judge_exclusion-grant = Opinion
verb-judge_exclusion-grant-yes = Leave it out
verb-judge_exclusion-grant-yes-hint = The rate after exclusions leaves it out; the one before does not
verb-judge_exclusion-grant-no = Let it count
verb-judge_exclusion-grant-no-hint = The rating counts
verb-judge_exclusion-reason = Reason
verb-judge_exclusion-reason-hint = Journaled; the unit does not see single opinions

verb-archive-heading = Archive
verb-archive-send = Archive
flash-archive = Archived.
verb-archive-lead = After the time to contest; nothing changes then.

verb-correct-heading = Correct an entry
verb-correct-send = Correct
flash-correct = Corrected. The old entry is kept.
verb-correct-lead = A correction is a new entry; the old one stays.
verb-correct-reason = Why
verb-correct-reason-hint = It stands in the journal
verb-correct-category = Category
verb-correct-appeal_type = Type
verb-correct-area = Area
verb-correct-title = Title
verb-correct-title-hint = Leave empty to keep it
verb-correct-complained_about = Unit complained about
verb-correct-no_complaint = No unit is complained about
verb-correct-express_lines = Express lines

verb-redact-heading = Redact
verb-redact-send = Save
flash-redact = Saved. Handling units see this version only.
verb-redact-lead = Take out what could give the appellant away: name, phone, firm, address, details only they know.
verb-redact-title = Title
verb-redact-text = Text
verb-redact-text-hint = Handling units see the redacted title and text and the demands, nothing else

verb-note-heading = Internal note
verb-note-send = Save the note
flash-note = Note saved.
verb-note-lead = Staff only.
verb-note-text = Note
verb-note-text-hint = Nothing personal that has no bearing on the matter

verb-message-heading = Message to the appellant
verb-message-send = Send
flash-message = Message sent.
verb-message-lead = Through the platform; neither side sees a number.
verb-message-text = Message
verb-message-text-hint = Use plain words

verb-add_material-heading = Add material
verb-add_material-send = Save
flash-add_material = Material added.
verb-add_material-lead = What the appellant handed in later.
verb-add_material-text = What it says
verb-add_material-attachments = Files
verb-add_material-attachments-hint = Photos, papers

verb-request_opening-heading = Ask to open the identity
verb-request_opening-send = Send the request
flash-request_opening = Request sent. A second person decides.
verb-request_opening-lead = A second person must approve; then it is open for { $shield_open }. Request, decision and every look are journaled and shown to the appellant.
verb-request_opening-reason = Why it is needed
verb-request_opening-reason-hint = The appellant reads it

verb-decide_opening-heading = Decide on opening the identity
verb-decide_opening-send = Record the decision
flash-decide_opening = The decision is recorded.
verb-decide_opening-lead = Only where there is no other way. Open to whoever asked, for { $shield_open }.
verb-decide_opening-approve = Decision
verb-decide_opening-approve-yes = Allow
verb-decide_opening-approve-yes-hint = Open for { $shield_open }; every look is on record
verb-decide_opening-approve-no = Refuse
verb-decide_opening-approve-no-hint = The identity stays sealed
verb-decide_opening-reason = Reason to refuse
verb-decide_opening-reason-hint = Needed for a refusal

verb-settle_pressure-heading = Settle a report of pressure
verb-settle_pressure-send = Record what was done
flash-settle_pressure = Recorded; the appellant can read it.
verb-settle_pressure-lead = For someone who had no hand in the matter. The handling units see neither the report nor this.
verb-settle_pressure-report = Which report
verb-settle_pressure-text = What was found and done
verb-settle_pressure-text-hint = The appellant reads it: what was checked, what was done.

verb-open_contact-heading = Show contact data
verb-open_contact-send = Show contact data
flash-open_contact = This look has been journaled.
verb-open_contact-lead = Who looks and when is journaled first.
verb-open_contact-purpose = What for
verb-open_contact-purpose-hint = Recorded with who and when; the appellant sees it


# What can be wrong
refusal-entry-missing = Please fill this in
refusal-answer-empty-phrase = “{ $what }” says nothing. Say what was done and what came of it
refusal-answer-no-date-or-act = No date and no act is cited
refusal-answer-demand-unanswered = Demand { $what } is not spoken of
refusal-answer-same-as-other = The same words as in { $what } other answers of the unit
verb-override_reason = Why it is sent all the same
verb-override_reason-hint = What stands above is a hint. To send the words as they are, say why: it is journaled, and reviewers and quality checkers read it
refusal-entry-not-chosen = Please choose
refusal-entry-unknown = This choice is not known; choose again
refusal-entry-of-another-kind = This ground is for another kind of request; choose one listed for this kind
refusal-entry-tells-grade = Units read the reason: say what is left undone, not how the appellant graded it
refusal-entry-rating-unreached = A rating goes only with a call that was answered
refusal-entry-too-long = { $max } characters at most
refusal-entry-not-a-number = Enter a number
refusal-entry-not-a-date = This is not a date
refusal-entry-not-a-time = This is not a date with a time
refusal-entry-no-such-matter = No matter has this number
