# Labels of the codes, under “<kind>-<code>”.

appeal-type-help = Help
appeal-type-consultation = Consultation
appeal-type-complaint = Complaint
appeal-type-suggestion = Suggestion

channel-hotline = Hotline
channel-online = Online
channel-visit = Visit
channel-forum = Forum
channel-message = Text message or WeChat
channel-letter = Letter
channel-handed_down = Handed down
channel-api = Open interface

express-line-hotline_direct = Direct hotline
express-line-message_direct = Direct report
express-line-visit_direct = Direct visit
express-line-face_to_face = Face to face
express-line-direct_handling = Direct handling
express-line-direct_service = Direct service
express-line-direct_accountability = Direct accountability

salutation-mr = Mr
salutation-ms = Ms

on-behalf-agent = Filed by an agent
on-behalf-chamber = Filed by a chamber’s liaison
on-behalf-officer = Written down by an officer

consent-spoken = Said so on the phone (recorded)
consent-in_person = Agreed in person
consent-written = In writing

emergency-service-police = Police 110
emergency-service-fire = Fire 119
emergency-service-ambulance = Ambulance 120
emergency-service-traffic = Traffic police 122
emergency-service-other = Other emergency repair

enterprise-basis-licence = Licence and letter of authority
enterprise-basis-registered_phone = Call to the registered number
enterprise-basis-visit = Visit

enterprise-revocation-left = Left the firm or the post
enterprise-revocation-asked = The enterprise or the person asked
enterprise-revocation-mistaken = Verified by mistake
enterprise-revocation-misused = Misused or leaked

invalid-call-harassment = Harassment
invalid-call-wrong_number = Wrong number
invalid-call-silent = Silent
invalid-call-hung_up = Hung up before saying anything
invalid-call-test = Test
invalid-call-other = Other

urgency-general = General
urgency-urgent = Urgent
urgency-critical = Critical
urgency-complex = Complex
granting-extension = Extension
granting-suspension = Suspension
granting-tracking = Long-term tracking
granting-reassignment = Reassignment (objection upheld)
granting-decline = Decline
granting-termination = Termination
granting-exclusion = Exclusion of a rating (a word for it)

node-role-lead = Lead
node-role-co = Co-unit
node-role-separate = Separate

outcome-solved = Solved
outcome-partly = Partly solved
outcome-explained = Explained
outcome-not_yet = Not possible yet

closing-type-solved = Solved
closing-type-partly = Partly solved
closing-type-explained = Explained
closing-type-not_yet = Not possible yet
closing-type-withdrawn = Withdrawn by the appellant
closing-type-answered_directly = Answered directly
closing-type-merged = Merged
closing-type-terminated = Terminated

solved-yes = Yes, solved
solved-partly = Partly
solved-no = No, not solved

grade-very_satisfied = Very satisfied
grade-satisfied = Satisfied
grade-fairly_satisfied = Fairly satisfied
grade-dissatisfied = Dissatisfied
grade-very_dissatisfied = Very dissatisfied

decline-ground-in_proceedings = Before a court, in arbitration or under administrative review
decline-ground-other_authority = For the petition, discipline or police authorities
decline-ground-private_dispute = A private dispute without a task of a public body
decline-ground-already_answered = Finally answered already, with nothing new
decline-ground-no_concrete_demand = No concrete demand, even after completion was asked for
decline-ground-secrecy = State or trade secrets stand against it

contact-way-phone = Telephone
contact-way-visit = On site
contact-way-office = The appellant came
contact-way-platform = Through the platform
contact-way-unreachable = Not reached

interval-extension = Extension
interval-suspension = Suspension
interval-tracking = Long-term tracking

# What contact data are looked at for
contact-purpose-contact = To contact the appellant
contact-purpose-verify = To verify the facts
contact-purpose-visit = For a visit
contact-purpose-call_back = For the call-back
contact-purpose-delivery = To deliver a notice

call-outcome-reached = Reached
call-outcome-no_answer = No answer
call-outcome-later = Call later
call-outcome-refused = Declined

rated-by-appellant = By the appellant
rated-by-call_back = Recorded by call-back

action-file = File an appeal
action-add_material = Add material
action-message = Write a message
action-note = Write a note
action-redact = Redact
action-correct = Correct
action-accept = Accept
action-ask_completion = Ask for completion
action-propose_decline = Propose to decline
action-decide_decline = Decide on declining
action-transfer = Transfer out
action-answer_directly = Answer directly
action-merge = Merge
action-follow_master = Follow the master
action-leave_master = Leave the master
action-assign = Assign
action-sign = Sign for it
action-object = Object
action-decide_objection = Decide the objection
action-release = Take back
action-contact = Record contact
action-progress = Report progress
action-request_interval = Ask for more time
action-decide_interval = Decide on more time
action-resume = Take up again
action-answer = Answer
action-respond = Answer and submit
action-submit = Submit
action-sign_off = Sign off
action-review = Review
action-call_back = Call back
action-rate = Rate
action-contest = Contest the closing
action-ask_redo = Ask for a redo
action-report_pressure = Report pressure or reprisal
action-settle_pressure = Settle a report of pressure
action-renew_code = Renew the tracking code
action-decide_redo = Decide on a redo
action-ask_source = Ask the source for more time
action-set_source_limit = Record the limit of the source
action-escalate = Escalate
action-supervise = Supervise
action-close = Close
action-withdraw = Withdraw
action-request_termination = Ask to terminate
action-decide_termination = Decide on termination
action-claim_exclusion = Claim against the rating
action-judge_exclusion = Judge the claim against the rating
action-recheck = Check again
action-lapse_exclusion = The claim against the rating lapses
action-archive = Archive
action-raise = Raise
action-verify = Verify
action-request_opening = Ask to see the identity
action-decide_opening = Decide on seeing the identity
action-open_contact = Show contact data
action-deem_accepted = Deem accepted
action-lapse_completion = Let the completion lapse
action-close_unrated = Close unrated
action-lapse_interval = Let the request lapse
action-lapse_objection = Let the objection lapse
action-lapse_termination = Let the request for termination lapse
action-end_pause = End the pause
action-archive_due = Archive when due
action-recompute_limits = Recompute limits
action-succeed = Go on for a closed unit
action-take_over = Take over from an earlier system
action-conclude = End as the earlier system had it

timer-deem_accepted = Review limit passes: deemed accepted
timer-lapse_completion = Completion limit passes
timer-close_unrated = Unrated: closes by itself
timer-lapse_interval = Undecided: the request lapses
timer-lapse_objection = Undecided: the objection lapses
timer-lapse_termination = Undecided: the request for termination lapses
timer-end_pause = The pause ends
timer-lapse_exclusion = The claim against the rating is not granted in time
timer-archive = Archived

phase-none = Not filed
phase-registered = Awaiting review
phase-declined = Declined
phase-left_early = Left before acceptance
phase-accepted = Accepted
phase-merged = Merged
phase-assigned = Being handled
phase-call_back = Being evaluated
phase-verification = Being verified
phase-redo = Being redone
phase-closed = Closed
phase-archived = Archived

node-state-unsigned = To be signed
node-state-working = Being handled
node-state-submitted = Awaiting sign-off
node-state-signed_off = Awaiting review
node-state-approved = Approved
node-state-reassigned = Reassigned
node-state-released = Ended

# pressure and reprisal
pressure-praise = Asked to give a good rating
pressure-withdrawal = Asked to withdraw the appeal
pressure-exposure = Identity asked after or given away
pressure-reprisal = Made to suffer for it
pressure-other = Something else

recheck-confirmed = Confirmed
recheck-incomplete = Answer incomplete
recheck-false = False closing
lack-empty_phrase = Empty phrase
lack-no_date_or_act = No date or act
lack-demand_unanswered = Demand not spoken of
lack-same_as_other = Same words as another answer

# Reasons of a suggested routing
routing-statutory = By law or vertical line ({ $kind }): the city’s unit leads
routing-zone = The place lies in { $zone }: the zone leads
routing-zone_department = In a zone { $kind } works with it
routing-county_platform = The place lies in this county: its platform takes it and passes it to { $then }
routing-county_platform_alone = The place lies in this county: its platform takes it and finds the unit
routing-county_department = { $kind } usually leads matters of this category
routing-city_department = No county is named: the city’s { $kind } leads
routing-city_instead = { $kind } usually leads matters of this category; the city’s may take it directly
routing-superior = The unit complained about may not handle it: the department above it ({ $kind }) does
routing-also_lead = { $kind } usually leads matters of this category, too
routing-co = { $kind } usually works with the lead
routing-duty = Item { $item } of the townships’ duty list: { $title }
routing-maybe_zone = If the place lies in { $zone }, the zone leads
routing-precedent = It led similar appeals ({ $numbers })
routing-conflict = “{ $unit }” is the unit complained about, or below it, and may not handle it
routing-role = “{ $kind }” is for the dispatcher to find in the case at hand. { $note }
routing-no_duty_item = No item of the duty list covers it: it may not go to { $unit }
routing-place_missing = The place is not known well enough to tell the township
routing-unknown = The routing table does not know “{ $kind }”: the dispatcher decides

# supervision
measure-reminder = Reminder
measure-urge = Urge
measure-slip = Slip
measure-escalation = Report upwards
addressee-unit = The unit
addressee-unit_head = The unit's head
addressee-county = The county
addressee-leader = The city's leader
slip-colour-blue = Blue slip
slip-colour-yellow = Yellow slip
slip-colour-red = Red slip

matter-kind-appeal = Appeal
matter-kind-task = Task
matter-kind-rectification = Rectification
matter-kind-instruction = Instruction
medium-written = In writing
medium-spoken = Spoken
medium-text = By text message

draw-size-share = A share (per cent)
draw-size-number = A number
