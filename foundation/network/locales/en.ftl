# Network
nav-network = Network
network-title = Four-level network
network-lead = Units of city, county, township and village, and the zones that overlay areas.
network-search = Find a unit
network-search-hint = Name, short name, pinyin initials or code
network-search-go = Find
network-found = { $count ->
    [one] 1 unit found
   *[other] { $count } units found
}
network-found-many = Only the first { $count } are listed; be more specific
network-found-none = No such unit
network-found-none-hint = Try another name, or go down the levels below.
network-empty = There are no units yet
network-empty-hint = An administrator imports them on the server with tongxin import units.
network-units = Units below
network-unit = Unit
network-code = Code
network-level = Level
network-kind = Kind
network-parent = Belongs to
network-root = Top of the network
network-area = Area
network-overlays = Areas overlaid
network-zones = Inside the zone
network-count-below = Units below
network-closed = Closed
network-no-children = No unit below this one
network-path = Where it stands
network-english = English name
network-duties = Duty list of townships
network-duties-lead = An assignment to a township needs one of these: work is not pushed down.
network-duties-empty = No duty list has been imported yet
network-duty-title = Duty

level-province = Province
level-city = City
refusal-boundaries-area-unknown = No area { $code } in the network; import the divisions first.
refusal-boundaries-empty = The file holds no boundary.
level-county = County
level-township = Township
level-village = Village

unit-kind-government = Government
unit-kind-intake_office = Intake office
unit-kind-platform = County platform
unit-kind-department = Department
unit-kind-zone = Zone
unit-kind-township = Township
unit-kind-farm = State forest farm
unit-kind-village = Village or community
unit-kind-utility = Utility

# Import
import-line = line
import-column = column
import-reason = reason

# Refusals
refusal-area-code-malformed = “{ $value }” is no area code: 6 digits (province, city, county), 9 (township) or 12 (village)
refusal-area-level-not-of-code = Level “{ $level }” does not fit the length of code { $code }
refusal-area-code-not-below-parent = Code { $code } should begin with its parent’s, { $parent }
refusal-area-parent-missing = { $code } names no parent
refusal-area-parent-unknown = Parent { $parent } is not registered, nor a good row of this file
refusal-area-level-not-below-parent = Level “{ $level }” is not below the level of parent { $parent }
refusal-area-parent-changed = An area’s parent cannot change (it was { $parent }); a transferred area gets a new code
refusal-area-mca-code-malformed = “{ $value }” is no civil-affairs code of this level
refusal-area-township-has-other-code = { $name } is registered in this county as { $code }. The two official lists differ in township codes: use the statistics bureau’s, and put the other into the column mca_code
refusal-area-code-of-other-township = Code { $code } is registered as { $name }, which this file names too. The two official lists differ in township codes: check by county and name
refusal-level-unknown = “{ $value }” is no level: province, city, county, township or village
refusal-network-name-missing = The name is missing
refusal-unit-code-malformed = “{ $value }” cannot be a unit’s code: 2 to 40 small letters, digits or hyphens
refusal-unit-kind-unknown = “{ $value }” is no kind of unit
refusal-unit-overlays-without-zone = Only a zone overlays areas; { $code } is none
refusal-unit-area-unknown = Area { $area } is not registered; import divisions first
refusal-unit-parent-unknown = Parent { $parent } does not exist, nor is it a good row of this file
refusal-unit-parent-closed = Parent { $parent } is closed
refusal-unit-parent-below-itself = Parent { $parent } is the unit itself or below it
refusal-unit-level-above-parent = Level “{ $level }” is above the level of parent { $parent }
refusal-unit-has-open-children = { $count } units below it are open, so it cannot be closed
refusal-no-such-unit = There is no such unit
refusal-unit-name-twice = Another unit of the same parent is called “{ $name }”: check that it is not the same
refusal-duty-code-malformed = “{ $value }” cannot be a duty’s code: letters, digits, dots or hyphens
refusal-import-code-twice = Code { $code } stands more than once in the file
refusal-import-yes-or-no = “{ $value }” should be yes or no

# duty line
network-duty-phone = Duty line
network-duty-phone-hint = Where the unit is reached out of hours: the line of a post, nobody's own number
network-duty-phone-set = Keep the duty line
flash-network-duty-phone = Duty line kept.
refusal-duty-phone-malformed = Give a telephone number: digits, spaces, brackets and hyphens
network-roll = Import and export
network-to-tree = Show the tree
network-holders = Holders of posts
network-posts = Posts filled

# map
network-map = Map: { $figure }
network-map-schematic = A schematic map, no evidence of borders; the numbers stand in the table beside it.

# as of a day
network-on = As of
network-as-of = The network as it stood on { $date }, with the names of that day.
network-today = Show today
network-tree = Tree ({ $count } units)
network-fold = Close { $unit }
network-unfold = Open { $unit }
network-below = { $count } below
network-name-today = (today: { $name })
network-then-and-now = { $name } (today: { $now })
network-formerly = (formerly: { $name })
network-gone = Closed units
network-gone-heir = now the work of:
network-closed-since = closed since
network-open-unit = Open a unit
network-predecessors = Goes on with the work of
network-history = What became of it
network-change-day = From
network-change-what = Change
network-change-document = Document
network-change-reason = Reason
network-since-ever = since before
network-change-unit_established = Established: { $name }
network-change-unit_renamed = Renamed: { $name }
network-change-unit_moved = Moved below { $parent }
network-change-moved-to-top = Moved to the top
network-change-unit_described = Level, kind or area changed
network-change-unit_closed = Closed: { $name }
network-change-unit_reopened = Opened again: { $name }
network-do-open = Open a unit below
network-do-rename = Rename
network-do-move = Move
network-do-split = Split
network-do-merge = Merge others into it
network-do-close = Close
refusal-unit-change-day-missing = From which day does it hold?
refusal-unit-change-future = A change is recorded on the day it takes effect, or later
refusal-unit-change-before-last = Changes are recorded in the order in which they take effect; the last one took effect on { $date }
refusal-unit-document-missing = Which document orders it? Give its number
refusal-unit-reason-missing = Say why
refusal-unit-code-taken = Code { $code } belongs to a unit already, perhaps a closed one
refusal-unit-changes-nothing = Nothing would change
refusal-unit-closed-already = This unit is closed
refusal-unit-successor-itself = A unit cannot succeed itself
refusal-unit-successor-unknown = There is no unit { $unit } to go on with the work
refusal-unit-successor-closed = Unit { $unit } is closed; name an open one
