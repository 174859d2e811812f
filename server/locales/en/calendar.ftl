# Words of the command tongxin calendar due
cli-calendar-due = Due: { $at } ({ $exact })
cli-calendar-start = Start: { $at }
cli-calendar-limit = Limit: { $span }
cli-calendar-rule = Rule: { $rule } ({ $id })
cli-calendar-calendar = Calendar: { $version }, time zone { $zone }
cli-calendar-fallback = Note: the calendar has no holiday notice for { $year }; Monday to Friday are taken for working days until it is out. Calculate again then.

cli-calendar-span-working-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
cli-calendar-span-working-hours = { $n ->
    [one] { $n } working hour
   *[other] { $n } working hours
}
cli-calendar-span-natural-days = { $n ->
    [one] { $n } natural day
   *[other] { $n } natural days
}
cli-calendar-span-natural-hours = { $n ->
    [one] { $n } natural hour
   *[other] { $n } natural hours
}
cli-calendar-rule-working-days = the starting day is not counted, then working days only, to { $ends } of the last
cli-calendar-rule-working-hours = only the working hours { $hours } of working days count; outside them the clock starts with the next
cli-calendar-rule-natural-days = the starting day is not counted, then every day, holidays included, to { $ends } of the last
cli-calendar-rule-natural-hours = round the clock, holidays included

cli-calendar-counted = { $n ->
    [one] Counted, { $n } day:
   *[other] Counted, { $n } days:
}
cli-calendar-skipped = { $n ->
    [one] Not counted, { $n } day:
   *[other] Not counted, { $n } days:
}
cli-calendar-day = {"  "}{ $date } { $weekday } { $reason }
cli-calendar-day-time = {"  "}{ $date } { $weekday } { $reason }, { $h } h { $min } min
cli-calendar-unlisted = {"  "}and { $n } more
cli-calendar-reason-named = { $reason } ({ $name })
cli-calendar-counted-weekday = working day
cli-calendar-counted-make_up_day = make-up working day
cli-calendar-counted-natural = natural day
cli-calendar-skipped-weekend = weekend
cli-calendar-skipped-holiday = holiday
cli-calendar-skipped-paused = suspended
cli-calendar-skipped-after_hours = started after hours
cli-calendar-weekday-1 = Mon
cli-calendar-weekday-2 = Tue
cli-calendar-weekday-3 = Wed
cli-calendar-weekday-4 = Thu
cli-calendar-weekday-5 = Fri
cli-calendar-weekday-6 = Sat
cli-calendar-weekday-7 = Sun

cli-calendar-one-start = Give one start: --from 2022-04-01 for limits in days, or --at 2022-04-01T16:40 for any limit, not both.
cli-calendar-one-limit = Give one limit: --working-days, --working-hours, --natural-days or --natural-hours, for example --working-days 3.
cli-calendar-hours-need-time = A limit in hours needs a time of day: use --at 2022-04-01T16:40 instead of --from.
cli-calendar-no-amount = “{ $value }” is not a limit: give a whole number from 0 to { $max }.
cli-calendar-no-date = “{ $value }” is not a date: write it like 2022-04-01.
cli-calendar-no-time = “{ $value }” is not a local time: write it like 2022-04-01T16:40, without an offset.
cli-calendar-no-zone = There is no time zone “{ $zone }”: give an IANA name such as Asia/Shanghai.
cli-calendar-unreadable = Cannot read the calendar file { $file }: { $error }. Check path and permissions.
cli-calendar-wrong-file = Calendar file { $file }, line { $line }, { $field }: { $problem }
cli-calendar-problem-syntax = this is not TOML ({ $detail }).
cli-calendar-problem-unknown-field = unknown field; known are version, zone, day_ends, working_hours and years (with rest and work).
cli-calendar-problem-year = write years with four digits.
cli-calendar-problem-form = write it in the form { $detail }
cli-calendar-problem-date = “{ $detail }” is not a date: write it like 2026-10-01.
cli-calendar-problem-other-year = { $detail } does not lie in this year.
cli-calendar-problem-backwards = the range runs backwards: { $detail }.
cli-calendar-problem-twice = { $detail } is listed twice.
cli-calendar-problem-time = “{ $detail }” is not a time of day: write it like 08:30, at most 24:00.
cli-calendar-problem-intervals = working hours must not be empty, overlap or be out of order.
cli-calendar-problem-zone = there is no time zone “{ $detail }”: give an IANA name such as Asia/Shanghai.
cli-calendar-problem-no-years = no year is listed.
