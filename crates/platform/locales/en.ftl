# Page shell
shell-skip = Skip to content
shell-error-prefix = Error:{" "}
shell-navigation = Main navigation
shell-menu = Menu
shell-waiting = waiting
shell-other-language = 中文
shell-display = Display
shell-theme = Light or dark
shell-theme-auto = As device
shell-theme-light = Light
shell-theme-dark = Dark
shell-letters = Letters
shell-letters-normal = Standard
shell-letters-large = Large
shell-demo = Demo data
shell-demo-detail = People, firms, phones and matters are invented.
shell-run-by = Run by { $office }
shell-hotline = Hotline
shell-promise = Every appeal has a number, someone who handles it and a date. Whoever filed it says how well it was done.
shell-account = My account
shell-notices = Notices
shell-notices-unread = unread
shell-keys = Keyboard shortcuts
shell-close = Close
shell-sign-out = Sign out

# Forms
form-problem = There is a problem
form-error = Error:
form-optional = (optional)
form-no-match = No match
form-characters-limit = { $limit } characters at most
form-characters-left = # characters left
form-characters-over = # characters too many

# Error pages
error-not-found-title = Page not found
error-not-found-what = The address may be wrong, or the page has moved.
error-not-found-next = Check the address. Tracking an appeal needs its number and code.
error-forbidden-title = You may not see this
error-forbidden-what = Your post does not include this permission.
error-forbidden-next = If your work needs it, ask your unit’s system administrator.
error-overtaken-title = Someone changed this just now
error-overtaken-what = While you were writing, this matter moved on. Your entry was not saved.
error-overtaken-next = Go back, look at the latest state, and decide whether to enter it again.
error-too-many-title = Too many requests
error-too-many-what = There were too many requests in a short time, so this one was put off.
error-too-many-next = Try again in a few minutes.
error-not-understood-title = This request could not be handled
error-not-understood-what = What was sent is incomplete or malformed.
error-not-understood-next = Go back one page, check, and send it again.
error-broken-title = Something broke on our side
error-broken-what = The fault is in the system, not in what you did.
error-broken-next = Try again later. If it stays, tell us the reference below.
error-reference = Reference
error-back = Back to the front page
error-back-desk = Back to the desk

# Building blocks
ui-step-done = (done)
ui-pages = Pages
ui-light-gross = Grossly late:
ui-newer = Previous page
ui-older = Next page
ui-copy = Copy
ui-copied = Copied
ui-back = Back
ui-print = Print this page

# ── Failed requests (API and pages alike)
failure-refused = Not carried out
failure-stale = Someone has just changed this; reload and try again
failure-not-permitted = You are not permitted to do this
failure-not-found = Not found
failure-not-signed-in = Please sign in first
failure-too-many = Too many tries; please try again in { $seconds } seconds
failure-too-large = The upload is larger than allowed; please make it smaller
failure-malformed = The request is not of the expected form
failure-invalid = Some of what was sent cannot be accepted; see each entry
failure-overtaken = This has changed since the version you named; fetch it again and decide anew
failure-unreadable = Part of the request cannot be read; see the entry it names
failure-unsupported-type = This address takes another type of content; send JSON as application/json
failure-wrong-method = This address does not know that method
failure-unavailable = The data service cannot be reached at the moment; nothing was changed. Please try again later
failure-storage = There is no room to save at the moment; nothing was changed. Please try again later; what was filed before is safe
failure-internal = Something went wrong on our side; nothing was changed. Please try again later
refusal-channel-closed = Nothing is sent this way here.

# Between the items of a list, and between a name and what it says
list-comma = { ", " }
list-colon = { ": " }
flash-filter-saved = The filter is saved.
flash-filter-unnamed = Give the filter a name.
flash-filter-removed = The filter is deleted.
flash-columns-chosen = Your columns are kept.
