"""Cases of nights, weekends, holidays and overtime, and of how they add up (R4, R5, R6)."""

# One row for each case, like a table.
# ruff: noqa: E501
# fmt: off

from case import Case, case

CHRISTMAS = "2026-12-25 2026-12-26"

CASES: list[Case] = [
    case("plain_day", "144.00", "Nothing but worked hours on a Tuesday: 6 x 24 = 144.", "2026-06-16T10:00 2026-06-16T16:00"),
    case("night_whole", "240.00", "22:00 to 06:00 is all night: 192 + 8 x 6 = 240.", "2026-06-16T22:00 2026-06-17T06:00"),
    case("night_none", "432.00", "06:00 to 22:00 touches no night: 16 x 24 = 384, overtime 8 x 6 = 48, net 432.", "2026-06-16T06:00 2026-06-16T22:00"),
    case("night_first_minute", "0.90", "One of two minutes is night: 0.80 + 0.10 = 0.90.", "2026-06-16T21:59 2026-06-16T22:01"),
    case("night_last_minute", "0.90", "The minute before 06:00 is the night's last: 0.80 + 0.10 = 0.90.", "2026-06-16T05:59 2026-06-16T06:01"),
    case("night_two_nights", "864.00", "28 hours from 02:00 touch two nights: 672, night 4 + 8 hours = 72, overtime 20 x 6 = 120, net 864.", "2026-06-16T02:00 2026-06-17T06:00"),
    case("night_into_weekend_three_heads", "720.00", "Friday 18:00 to Saturday 02:00 for three: 24 hours 576, night 12 x 6 = 72, Saturday 6 x 12 = 72, net 720.", "2026-06-19T18:00 2026-06-20T02:00", heads=3),
    case("weekend_first_minute", "1.20", "Saturday begins with the second minute: 0.80 + night 0.20 + weekend 0.20 = 1.20.", "2026-06-19T23:59 2026-06-20T00:01"),
    case("weekend_end", "72.00", "Sunday 23:00 to Monday 01:00: 48 + night 12 + one Sunday hour 12 = 72.", "2026-06-21T23:00 2026-06-22T01:00"),
    case("weekend_whole", "2832.00", "Friday noon to Monday noon: 72 hours 1728, weekend 48 x 12 = 576, three nights 24 x 6 = 144, overtime 64 x 6 = 384, net 2832.", "2026-06-19T12:00 2026-06-22T12:00"),
    case("weekend_monday_is_plain", "192.00", "A Monday after a weekend has no premium: 192.", "2026-06-22T08:00 2026-06-22T16:00"),
    case("holiday_on_friday", "384.00", "Christmas Day on a Friday: 192 + 192 = 384.", "2026-12-25T08:00 2026-12-25T16:00", holidays=CHRISTMAS),
    case("holiday_on_saturday", "384.00", "A holiday minute is not also a weekend minute: 192 + 192 = 384, no weekend line.", "2026-12-26T08:00 2026-12-26T16:00", holidays=CHRISTMAS),
    case("holiday_cheaper_than_weekend", "216.00", "R5 holds even where the holiday costs less than the weekend: 192 + 8 x 3 = 216.", "2026-12-26T08:00 2026-12-26T16:00", holiday="12.5", holidays=CHRISTMAS),
    case("holiday_begins_at_midnight", "324.00", "From Christmas Eve into the holiday: 192 + night 6 x 6 = 36 + holiday 4 x 24 = 96, net 324.", "2026-12-24T20:00 2026-12-25T04:00", holidays=CHRISTMAS),
    case("holiday_two_then_sunday", "1728.00", "Two holidays, then a Sunday: 32 hours 768, holiday 30 x 24 = 720, Sunday 2 x 12 = 24, night 12 x 6 = 72, overtime 24 x 6 = 144, net 1728.", "2026-12-25T18:00 2026-12-27T02:00", holidays=CHRISTMAS),
    case("holiday_new_year_night", "384.00", "New Year's night: 192 + night 48 + holiday 6 x 24 = 144, net 384.", "2026-12-31T22:00 2027-01-01T06:00", holidays="2027-01-01"),
    case("holiday_into_saturday", "360.00", "New Year's Day 22:00 into Saturday: 192 + 48 + holiday 2 x 24 + weekend 6 x 12 = 360.", "2027-01-01T22:00 2027-01-02T06:00", holidays="2027-01-01"),
    case("holiday_sunday_after_saturday", "372.00", "Saturday 31 December into the holiday Sunday: 192 + night 36 + Saturday 4 x 12 + holiday 4 x 24 = 372.", "2022-12-31T20:00 2023-01-01T04:00", holidays="2023-01-01"),
    case("holiday_leap_day", "1584.00", "29 February as holiday, whole: 32 hours 768, holiday 24 x 24 = 576, night 16 x 6 = 96, overtime 24 x 6 = 144, net 1584.", "2028-02-28T22:00 2028-03-01T06:00", holidays="2028-02-29"),
    case("holiday_untouched", "192.00", "Holidays of the day before and the day after do not count: 192.", "2026-06-17T08:00 2026-06-17T16:00", holidays="2026-06-16 2026-06-18"),
    case("holiday_listed_out_of_order", "384.00", "The order in which holidays are listed means nothing: 192 + 192 = 384.", "2026-12-25T08:00 2026-12-25T16:00", holidays="2027-01-01 2026-12-25 2026-05-01"),
    case("overtime_at_threshold", "192.00", "Exactly eight hours have no overtime: 192.", "2026-06-16T08:00 2026-06-16T16:00"),
    case("overtime_first_minute", "192.50", "One minute beyond: 481 x 24 / 60 = 192.40 + 0.10 = 192.50.", "2026-06-16T08:00 2026-06-16T16:01"),
    case("overtime_after_0", "120.00", "After 0 minutes everything is overtime: 96 + 4 x 6 = 120.", "2026-06-16T10:00 2026-06-16T14:00", after=0),
    case("overtime_in_night", "336.00", "Overtime and night add up: 12 x 24 = 288, night 4 x 6 = 24, overtime 4 x 6 = 24, net 336.", "2026-06-16T14:00 2026-06-17T02:00"),
    case("overtime_in_holiday_night", "444.00", "Three premiums on one hour: 288, night 6 x 6 = 36, holiday 4 x 24 = 96, overtime 4 x 6 = 24, net 444.", "2026-12-24T16:00 2026-12-25T04:00", holidays=CHRISTMAS),
    case("overtime_per_head", "2520.00", "The threshold is per shift, not for all heads together: 100 hours 2400, overtime 20 x 6 = 120, net 2520.", "2026-06-16T08:00 2026-06-16T18:00", heads=10),
    case("percent_zero", "192.00", "A premium of 0 % still says its minutes; its line has unit price 0.0000 and amount 0.00.", "2026-06-19T20:00 2026-06-20T04:00", night="0", weekend="0"),
    case("percent_above_100", "480.00", "150 % of 24 is 36 an hour on top: 192 + 8 x 36 = 480.", "2026-06-16T22:00 2026-06-17T06:00", night="150"),
]
