# The public's pages: navigation and front page
portal-nav-home = Home
portal-nav-file = Report
portal-nav-track = Track
portal-nav-own = My appeals
portal-nav-services = Services
portal-nav-figures = Figures
portal-home-title = Home
portal-hero = Your appeal, seen through to the end
portal-hero-text = Difficulties, questions and suggestions of enterprises and residents are welcome here. Who has it, by when, and what came of it: your number shows it at any time.
portal-file = Report something
portal-track = Track progress
portal-way-title = The way of an appeal
portal-way-text = Every step has a limit, written in the rules. A limit that is missed is recorded by the system and followed up.
portal-way-file = You report it
portal-way-file-text = Say where it is, what happened and what you want. It takes two or three minutes. You get a number and a tracking code.
portal-way-accept = We decide whether to accept it
portal-way-accept-text = You hear within { $review }; without a decision by then it counts as accepted. If it is declined, you are told why and where to turn.
portal-way-assign = A unit takes it on
portal-way-assign-text = Within { $assignment } of acceptance it goes to the unit in charge, and you see which. The unit contacts you within { $contact }.
portal-way-answer = You get an answer
portal-way-answer-text = Ordinary appeals are answered within { $general } of acceptance, urgent ones within { $urgent }, critical ones within { $critical }, demand by demand. An extension needs approval and you are told why.
portal-way-rate = You rate it
portal-way-rate-text = Solved or not, content or not: you decide. What is not solved is checked and handled again, at most { $redos } times; then it goes up a level.
portal-lines-title = Seven express lines
portal-lines-text = Whichever line it comes by, it enters one register and follows one set of rules.
portal-express-line-hotline-direct = One call registers your appeal.
portal-express-line-message-direct = Text messages and chat reach the office directly.
portal-express-line-visit-direct = Officers visit and note down your difficulties on the spot.
portal-express-line-face-to-face = What is raised at meetings is assigned point by point afterwards.
portal-express-line-direct-handling = Reported online, assigned straight to the unit in charge.
portal-express-line-direct-service = Policies and services are brought to those who need them.
portal-express-line-direct-accountability = Shirking, delay and false reports are held to account.
portal-express-line-hotline-direct-more = An officer writes while you speak and answers at once where possible; otherwise you get a number and the matter is assigned within its limit.
portal-express-line-message-direct-more = The form opens inside WeChat and takes photos, sound and short films; when the line breaks, what you wrote and sent is still there.
portal-express-line-visit-direct-more = With your consent the visiting officer fills the form in for you and gives you its number and code, so that you can follow it yourself.
portal-express-line-face-to-face-more = Every question raised at a meeting gets a number and is assigned. Follow it by number and code.
portal-express-line-direct-handling-more = No passing down the line: the office assigns it straight to the unit in charge. You see which one, by when, and why then.
portal-express-line-direct-service-more = Policies and finance products with their conditions, deadline and the desk that takes applications.
portal-express-line-direct-accountability-more = Lateness and passing around are recorded by themselves, and the results are public. Pressure or reprisal is reported from the tracking page, past the handling unit.
portal-line-visit-door = For visiting officers
portal-what-title = What this is
portal-what-text = One door for the troubles of enterprises and citizens. The office looks at what you raise and gives it to the unit in charge; every step has a limit, and you say whether it was solved. Free, without an account.
portal-figure-received = Received
portal-figure-accepted = Accepted
portal-figure-closed = Closed
portal-figure-open = In hand
portal-open-figures-all = All public figures and their formulas
portal-own-tile = See all your appeals by a one-time code.
portal-categories-title = What can be raised
portal-categories-tile = Find what your matter belongs to.
portal-categories-text = What can be raised, by category. A wrong choice does no harm: an officer checks it.
portal-categories-search = What is it about
portal-categories-hint = A few words, for example “power”; in Chinese the initials of the pinyin do as well.
portal-categories-find = Find
portal-categories-all = Show all
portal-categories-none = Nothing fits
portal-categories-none-text = Try other words, or file it: an officer will find the category.
portal-categories-choose = Raise this
portal-open-title = How well it is done, for everyone to see
portal-open-figures = Published figures
portal-open-figures-text = How many accepted, closed, on time, satisfied, with the formula of every rate.
portal-open-track = Track my appeal
portal-open-track-text = With number and code: progress, more material, messages, rating.
portal-emergency = In case of fire, accident or danger to life call 110, 119 or 120 at once; do not wait here.

# Time and length
portal-span-working-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
portal-span-working-hours = { $n ->
    [one] { $n } working hour
   *[other] { $n } working hours
}
portal-span-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
portal-span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
portal-list-comma = {", "}
portal-list-more = { $list } and { $more } more
portal-date-range = { $from } to { $to }

# Why that date
portal-why-date = Why that date?
portal-why-working-days = { $span } from { $start }. The day it starts is not counted; working days count from the next day on, and the last one ends at 24:00.
portal-why-working-hours = { $span } from { $start }, counting office hours only.
portal-why-hours = { $span } from { $start }, counted day and night.
portal-why-days = { $span } from { $start }. The day it starts is not counted; holidays are, and the last day ends at 24:00.
portal-why-counted = Counted:
portal-why-skipped = Not counted:
portal-why-make-up = { $date } (worked in exchange for a holiday)
portal-why-skip = { $date } ({ $reason })
portal-skip-weekend = weekend
portal-skip-holiday = public holiday
portal-skip-paused = paused with approval
portal-skip-after-hours = after office hours
portal-why-extended = Extended by { $by } with approval; it was { $from }.
portal-why-paused = Paused with approval from { $from } to { $to }: not counted.
portal-why-paused-open = Paused with approval since { $from }: not counted until it goes on.
portal-why-fallback = The holidays of { $year } are not announced yet: Monday to Friday are taken for working days until they are, then it is computed anew.
portal-why-version = Rule { $rule }, calendar { $calendar }

# Reporting
portal-continue = Continue
portal-change = Change
portal-remove = Remove
portal-cancel = Cancel
portal-not-given = Not given
portal-step-of = Step { $part } of { $parts }
portal-resume-title = You have an appeal that is not sent
portal-resume-text = Your answers are kept until { $until }.
portal-resume-go-on = Go on
portal-resume-restart = Discard and start anew
portal-resume-hint = What is not sent is kept encrypted for { $hours } hours, can be opened on this device only, and is then deleted. If this is not your device, discard it.

portal-type-title = What is it about?
portal-type-help = You have a difficulty and want it solved
portal-type-consultation = You want to know about a policy, a procedure or a case
portal-type-complaint = You are unhappy with what a unit or its staff did
portal-type-suggestion = You have an idea for doing things better
portal-group-title = Which field is it in?
portal-group-search = Search by words
portal-group-hint = A wrong choice does no harm: an officer checks it.
portal-category-title = Which of these is it?
portal-category-unsure = Not sure, let the officer decide
portal-county-title = Where is it?
portal-county-hint = The county or district where it happened, not where you are registered.
portal-county-unsure = The whole city, or not sure
portal-township-title = In which township or subdistrict?
portal-township-hint = The closer, the faster it finds the right unit.
portal-township-unsure = The whole county, or not sure

portal-story-title = What happened?
portal-story = Your appeal
portal-story-hint = When, where, what, and whom you have asked. Please leave out identity and bank card numbers; your telephone is asked later.
portal-expected = What do you want to happen
portal-expected-hint = For example: water back by the end of June.
portal-about = Which unit is it about
portal-about-hint = A unit you name will not handle the matter itself; its superior or the competent department will.
portal-about-none = It is not about a unit
portal-units-city = City units
portal-units-county = County units
portal-units-township = Townships and subdistricts

portal-files-title = Do you have photos or papers?
portal-files-text = If not, just continue. Photos, contracts, notices and screenshots help to check the facts.
portal-files-sent = { $n ->
    [one] { $n } file uploaded
   *[other] { $n } files uploaded
}
portal-files-choose = Choose photos or files
portal-files-hint = Up to { $most }, each up to { $limit }: photos, PDF, Word, Excel, PowerPoint, sound and short films.
portal-files-privacy = What photos, films, PDF and Office files tell of place, device and author is taken out; where that is not certain, a note under the file says so. Cover faces and identity numbers that have nothing to do with it.
portal-file-may-tell = May still tell of an author, a device or a place
portal-files-more = Upload and choose more
portal-files-sending = Sending { $name }: { $percent }%
portal-files-waiting = The line is down; { $name } goes on by itself when it is back
portal-files-full = That is all { $most } files; remove one to replace it.
portal-files-none = None

portal-contact-title = How can we reach you?
portal-contact-text = Used for this appeal only and kept encrypted; every look at it is recorded.
portal-name = How shall we address you
portal-name-hint = For example: Mr Wang.
portal-phone = Telephone
portal-phone-hint = Mobile, or a fixed line with its area code.
portal-second-phone = Second number
portal-second-phone-hint = Used when the first cannot be reached.
portal-convenient-time = When may we call
portal-convenient-time-hint = For example: weekdays after three in the afternoon.
portal-shielded = Keep it confidential?
portal-shielded-hint = If so, units can reach you through this platform only.
portal-shielded-no = Not needed
portal-shielded-no-hint = Units see your name and number and can call you, which is faster.
portal-shielded-yes = Keep me confidential
portal-shielded-yes-hint = Units see a pseudonym and a text without traces of you, neither your number nor your firm. Opening your identity needs a reason and a second person, and you are told.
portal-shielded-row = Confidential
portal-enterprise-legend = Enterprise
portal-enterprise-legend-hint = If you report for an enterprise; individuals may skip it.
portal-enterprise = Name of the enterprise
portal-credit-code = Unified social credit code
portal-credit-code-hint = The 18 characters on the business licence.
portal-email = E-mail
portal-email-hint = Used when calling is inconvenient; also gets you back in if you lose the tracking code.
portal-filer = Filed for you by
portal-filer-legend = I file for an enterprise or another person
portal-filer-text = Above, give the enterprise or person the appeal is about; below, yourself. When they follow it they see who filed it and how they agreed.
portal-filer-who = Who fills this in
portal-filer-self = I file for myself or my own enterprise
portal-filer-agent = I am an agent
portal-filer-chamber = I am a chamber’s liaison
portal-filer-officer = I am a visiting officer
portal-filed-by-name = Your name
portal-filed-by-phone = Your number
portal-consent = How they agreed
portal-consent-hint = Nobody may file for another without their consent.

portal-check-title = Check your answers
portal-check-what = The appeal
portal-check-who = Contact
portal-check-type = Type
portal-check-category = Category
portal-check-place = Place
portal-check-files = Photos and papers
portal-declaration-title = Before you send it
portal-declaration = What I report is true, and it may be used to handle this appeal
portal-declaration-hint = Honest reports are protected: no unit may ask around or retaliate.
portal-send = Send the appeal

# Receipt
portal-receipt-title = We have your appeal
portal-receipt-slip = Note down number and code
portal-number = Number
portal-code = Tracking code
portal-receipt-where = Track it at: { $address }
portal-qr-label = QR code to follow the appeal
portal-qr-text = Scan to follow it. The picture holds the code: show it to nobody.
portal-receipt-keep-title = The code is shown here only
portal-receipt-keep = You need it to track, add material and rate: take a screenshot, copy or print it. This device keeps the page until { $until }; after that nobody can see it again, not even we.
portal-receipt-next = What happens next
portal-receipt-review = Whether it is accepted is decided by 24:00 on { $due }; without a decision by then it counts as accepted.
portal-receipt-reviewed = The office has decided; see its progress.
portal-receipt-assign = Once accepted it goes to the unit in charge, with a promised date.
portal-receipt-contact = The unit contacts you, looks into it and answers.
portal-receipt-rate = You rate it: solved or not, content or not.
portal-receipt-track = See its progress now

# Tracking
portal-track-title = Track progress
portal-track-text = Enter the number and the tracking code you were given.
portal-track-again = To protect your data the look-up has ended. Please enter them again.
portal-number-hint = Digits, for example 202601010001.
portal-code-hint = 12 letters and digits; capitals and dashes do not matter.
portal-track-send = Track
portal-track-lost = Lost your number or code?
portal-track-lost-text = If you gave an e-mail address, “My appeals” shows the appeal and renews its code. Otherwise call the hotline: an officer makes sure who you are and tells you how it stands.
portal-matter-title = Progress
portal-you = You
portal-who-has-it = Who has it now
portal-due-review = Decision on acceptance by
portal-due-promise = Answer promised by
portal-due-first = first promised: { $date }
portal-light-green = In time
portal-light-yellow = Due soon
portal-light-red = Overdue
portal-light-met = Done
portal-clock = Time used
portal-clock-since = Sent { $since }
portal-clock-running = { $days ->
    [0] Sent { $since }, less than a working day ago
    [one] Sent { $since }, { $days } working day ago
   *[other] Sent { $since }, { $days } working days ago
}
portal-clock-stopped = { $days ->
    [one] Sent { $since }, ended { $stopped }: { $days } working day
   *[other] Sent { $since }, ended { $stopped }: { $days } working days
}
portal-status-registered = Received, awaiting the decision on acceptance
portal-status-registered-text = The office is looking at it; without a decision in time it counts as accepted.
portal-status-declined = Declined
portal-status-declined-text = The reason and where to turn stand below. With new facts you may report it again.
portal-status-transferred = Passed to another platform
portal-status-transferred-text = This belongs to “{ $to }” and was passed on to it.
portal-status-withdrawn = You withdrew it
portal-status-withdrawn-text = You may report it again whenever you need.
portal-status-accepted = Accepted, being assigned to a unit
portal-status-accepted-text = The unit's name appears here once it has the matter.
portal-status-merged = Handled together with the same appeal of others
portal-status-merged-text = You get the same answer and rate it on your own.
portal-status-assigned = { $unit } is handling it
portal-status-assigned-text = The unit will contact you; you can also write a message below.
portal-status-paused = Paused with approval
portal-status-paused-text = Why, and until when, stands in the story below; your own clock goes on.
portal-status-redo = { $unit } is handling it again
portal-status-redo-text = It was found that it must be handled again.
portal-status-redo-why = Handled again because: { $reason }
portal-status-redo-pending = We have your objection and are checking it
portal-status-redo-pending-text = Someone who had no hand in it decides whether it is handled again.
portal-status-call-back = There is a result: please rate it
portal-status-call-back-text = Solved or not, content or not: you decide.
portal-status-call-back-by = Solved or not, content or not: you decide. Still unrated at the end of { $date }, it closes by itself.
portal-status-closed = Closed
portal-status-closed-text = What was done and what came of it stands below.
portal-status-closed-as = Closed as: { $closing }.
portal-right-way = Where to turn:{" "}
portal-demands = What you asked for
portal-demand-open = In progress
portal-demand-withdrawn = Withdrawn
portal-demand-ended = Ended
portal-answers = Answers
portal-opening-title = Someone asked to see your identity
portal-opening-granted = Allowed until { $until }.
portal-opening-refused = Refused.
portal-opening-undecided = Not decided yet.
portal-completion-title = Please add what is missing
portal-completion-until = Please add it by { $until }. The review limit runs on meanwhile.
portal-completion-link = Add material
portal-looks = Your contact data were looked at { $n } times
portal-events = What has happened
portal-event-assigned = Assigned to { $unit }
portal-event-signed = { $unit } took it on
portal-event-contacted = { $unit } contacted you
portal-event-progressed = { $unit } reported progress
portal-event-extension-granted = { $unit } was granted an extension
portal-event-paused = { $unit } was granted a pause
portal-event-resumed = { $unit } goes on with it
portal-event-answered = { $unit } answered you
portal-event-approved = The result of { $unit } was approved
portal-ratings = Ratings
portal-as-filed = What I reported
portal-file-nameless = Attachment
portal-back-to-matter = Back to { $number }
portal-exit = Leave
portal-exit-hint = Leaving makes this device forget the matter; otherwise it does so after { $minutes } minutes.
portal-record-link = Print the whole course
portal-record-title = The whole course of the appeal
portal-record-made = made { $at }
portal-record-standing = How it stands
portal-record-state = State

# My appeals
portal-own-title = My appeals
portal-own-text = With the e-mail address you gave when filing you see all your appeals, also when a number or a tracking code is lost.
portal-own-text-sms = With the mobile number or e-mail address you gave when filing you see all your appeals, also when a number or a tracking code is lost.
portal-own-address = Mobile number or e-mail address
portal-own-address-hint = We send a one-time code to it.
portal-own-neither = Neither of them serves any more?
portal-own-neither-text = Track each appeal by its number and tracking code. If those are lost too, call the hotline; an officer makes sure who you are and tells you how it stands.
portal-own-email-hint = We send a one-time code to it.
portal-own-send = Send the code
portal-own-gone = The code serves no more; ask for another.
portal-own-closed = This platform does not send e-mail yet, so appeals cannot be looked up by address. Use number and tracking code, or call the hotline.
portal-own-firm = Several people of one enterprise
portal-own-firm-text = Bring your licence and a letter of authority to the office, or call the hotline: an officer verifies the e-mail addresses of your contacts. By a code sent to it, each then sees all appeals of the enterprise but for the confidential ones of others. When someone leaves, ask the officer to take the address back.
portal-own-other = Gave no address, or want to use your telephone number?
portal-own-other-text = Codes by short message are not set up yet. Follow an appeal without an address by its number and tracking code; if both are lost, call the hotline: an officer makes sure who you are and tells you how it stands.
portal-own-code-title = Enter the code
portal-own-code-text = If an appeal names this address, a code is on its way. It serves for { $minutes } minutes, on this device.
portal-own-code = One-time code
portal-own-code-hint = Eight digits. If it does not come, look into your spam folder.
portal-own-enter = See my appeals
portal-own-demo = A demo sends no e-mail; read it here:
portal-own-list-title = My appeals
portal-own-list-text = { $n } under { $address }
portal-own-none = No appeal names this address
portal-own-rate = Awaits your rating
portal-own-promised = answer promised by { $date }
portal-own-open = Open
portal-outbox-title = Demo outbox
portal-outbox-text = This is a demo: the messages were not sent, anyone can read them here, and they are gone after a day. A platform in real use has no such page.
portal-outbox-none = No messages yet.
portal-code-title = Your new tracking code
portal-code-lost = Lost the tracking code, or afraid that others know it?
portal-code-lost-text = You can have a new one. The old code and its QR code then open nothing any more.
portal-code-renew = Renew the tracking code
portal-code-text = The old code opens nothing any more. The new one is shown here once: take a picture, write it down or print it.

# What the appellant can do
portal-rate = Rate it
portal-rate-again = Change the rating
portal-message-link = Write a message
portal-message-title = Write to those who handle it
portal-message-text = Ask about progress, arrange a time, explain something. Messages become part of the record.
portal-message = Your message
portal-message-hint = The unit in charge and the office can read it.
portal-message-send = Send the message
portal-material-link = Add material
portal-material-title = Add material
portal-material-text = New facts, photos or papers go with your appeal.
portal-material = What is new
portal-material-hint = Files alone are fine.
portal-material-send = Send
portal-rating-title = Please rate it
portal-rating-text = Say it as it is. Nobody may press you for a good rating; you can change it within { $span }.
portal-solved = Was it solved?
portal-grade = Are you satisfied with how it was handled?
portal-grade-hint = The units do not see your rating before the matter is closed.
portal-reason = Why
portal-reason-hint = If it was not solved or you are dissatisfied, say what is missing, so that it can be handled again.
portal-rating-send = Send the rating
portal-contest-link = Contest the closing
portal-contest-title = Contest the closing
portal-contest-text = If it should not have been closed you may say so once. Someone who had no hand in it decides whether it is handled again.
portal-contest = What was not done well
portal-contest-hint = Be specific: where the answer differs from the facts, what is still missing.
portal-contest-send = Contest it
portal-redo-link = Ask for a redo
portal-redo-title = Ask for a redo
portal-redo-text = If it was not done well you may ask for a redo before you rate. Someone who had no hand in it looks into it and decides.
portal-redo = What is wanting
portal-redo-hint = Be precise: what is still missing, what you want. The handling unit will see the reason for the redo.
portal-redo-send = Ask for it
portal-pressure-link = Report pressure or reprisal
portal-pressure-title = Report pressure or reprisal
portal-pressure-text = If someone asks you for a good rating, wants you to withdraw, asks who you are, or makes you suffer for your appeal, tell us. Only the head of the receiving office and its supervisors see it; the handling units never do. Someone who had no hand in the matter deals with it and tells you the outcome. You may report after it is closed, too.
portal-pressure-danger = If you are in danger, call 110 at once.
portal-pressure-kind = What happened
portal-pressure = The story
portal-pressure-hint = When, who, what was said, what was done.
portal-pressure-send = Report it
portal-pressure-reported = The pressure or reprisal you reported
portal-pressure-open = Being looked into. The handling units do not see this.
portal-pressure-settled = Settled { $at }:
portal-withdrawal-link = Withdraw
portal-withdrawal-title = Withdraw this appeal?
portal-withdrawal-text = It will not be handled any more and cannot be brought back; you may report it again. If anyone asked you to withdraw, please do not, and tell us in a message.
portal-withdrawal = Why you withdraw it
portal-withdrawal-hint = For example: it is solved.
portal-withdrawal-send = Withdraw it
flash-portal-message = Your message is sent.
flash-portal-material = Your material is added.
flash-portal-rating = Your rating is in, thank you.
flash-portal-contest = Your objection is in; someone who had no hand in it will check.
flash-portal-redo = Asked for. Someone who had no hand in it will decide.
flash-portal-pressure = Reported. The handling units do not see it.
portal-of-colleague = A colleague at your enterprise filed this appeal. You may read how it is handled, write messages and add material; rating, withdrawal and the like are for whoever filed it.
portal-own-enterprise = Other appeals of { $enterprise }
portal-own-enterprise-text = Your address is verified for this enterprise. { $n ->
    [0] Its other people have filed none
    [one] Its other people have filed one appeal
   *[other] Its other people have filed { $n } appeals
} (confidential ones are not shown).
flash-portal-withdrawal = The appeal is withdrawn.

# What is wrong with a form
refusal-portal-type-missing = Choose what it is about
refusal-portal-group-missing = Choose a field; if you are not sure, the last one
refusal-portal-category-missing = Choose one; if you are not sure, the last one
refusal-portal-county-missing = Choose the county where it is; if you are not sure, the last one
refusal-portal-township-missing = Choose the township; if you are not sure, the last one
refusal-portal-story-missing = Say what happened
refusal-portal-about-unknown = Choose a unit from the list
refusal-portal-text-too-short = Say a little more: at least { $min } characters
refusal-portal-text-too-long = At most { $max } characters; please take out { $over }
refusal-portal-name-missing = Say how we shall address you
refusal-portal-phone-missing = Enter a telephone number
refusal-portal-phone-malformed = Enter an 11-digit mobile number or a fixed line with its area code
refusal-portal-shielded-missing = Choose whether to keep it confidential
refusal-portal-credit-code-length = A social credit code has 18 characters; this has { $count }
refusal-portal-credit-code-wrong = This social credit code is not right; compare it with the licence
refusal-portal-email-malformed = Enter an e-mail address such as name@example.com
refusal-portal-email-missing = Give an e-mail address
refusal-portal-address-missing = Enter your mobile number or e-mail address
refusal-portal-address-malformed = Enter a mobile number of 11 digits or a whole e-mail address
refusal-portal-own-too-many = Too many codes were asked for; try again in an hour
refusal-portal-own-code-wrong = The code is not right; check it and try again
refusal-portal-declaration-missing = Tick the box before sending
refusal-portal-attachment-empty = “{ $name }” is empty; choose it again
refusal-portal-attachment-too-large = “{ $name }” is larger than { $limit }; make it smaller
refusal-portal-attachment-type = “{ $name }” is of a kind that is not taken; send a photo, a PDF or an Office file
refusal-portal-attachment-too-many = “{ $name }” was not taken: that is the most files
refusal-portal-number-missing = Enter the number
refusal-portal-code-missing = Enter the tracking code
refusal-portal-track-unknown = Number or code is not right; check both and try again
refusal-portal-track-too-many = Too many tries; try again in { $minutes } minutes
refusal-portal-message-missing = Write your message
refusal-portal-material-missing = Say what is new or choose a file
refusal-portal-solved-missing = Say whether it was solved
refusal-portal-grade-missing = Choose how satisfied you are
refusal-portal-reason-missing = If it was not solved or you are dissatisfied, say why
refusal-portal-contest-missing = Say what was not done well
refusal-portal-redo-missing = Say what is wanting
refusal-portal-kind-missing = Choose what happened
refusal-portal-pressure-missing = Tell what happened
refusal-portal-consent-missing = Choose how they agreed
refusal-portal-filed-by-name-missing = You file for another: give your name
refusal-portal-filed-by-phone-missing = You file for another: give your number
refusal-portal-files-too-many = { $most } files at most
portal-decline-basis = Basis: { $basis }
