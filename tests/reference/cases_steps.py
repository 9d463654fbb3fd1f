"""Cases of rounding up to a step and of minimum calls (R3, R7)."""

# One row for each case, like a table.
# ruff: noqa: E501
# fmt: off

from case import Case, case

ROUNDING: list[Case] = [
    case("step_on_grid", "96.00", "Four hours are on the grid of 15 minutes already: 96.", "2026-06-16T10:00 2026-06-16T14:00", step=15),
    case("step_one_minute_over", "102.00", "241 minutes become 255: 255 x 24 / 60 = 102.", "2026-06-16T10:00 2026-06-16T14:01", step=15),
    case("step_1", "96.40", "A step of 1 changes nothing: 241 x 0.40 = 96.40.", "2026-06-16T10:00 2026-06-16T14:01", step=1),
    case("step_7", "42.00", "A step that divides no hour: 100 minutes become 105, 42.", "2026-06-16T10:00 2026-06-16T11:40", step=7),
    case("step_longer_than_shift", "48.00", "Five minutes in a step of 120: 48.", "2026-06-16T10:00 2026-06-16T10:05", step=120),
    case("step_is_of_the_duration", "30.00", "Rounded is the duration, not the start or the end: 10:07 to 11:12 is 65 minutes, 75 of them charged, 30.", "2026-06-16T10:07 2026-06-16T11:12", step=15),
    case("step_up_to_the_night", "144.00", "350 minutes become 360 and end at 22:00, where the night begins: 144.", "2026-06-16T16:00 2026-06-16T21:50", step=30),
    case("step_into_the_night", "144.50", "345 minutes become 360 and end at 22:05: 144 + 5 minutes of night 0.50 = 144.50.", "2026-06-16T16:05 2026-06-16T21:50", step=60),
    case("step_out_of_the_night", "239.00", "465 minutes become 480 and end at 06:10: 192 + night 470 x 0.10 = 47, net 239.", "2026-06-16T22:10 2026-06-17T05:55", step=60),
    case("step_into_saturday", "135.00", "285 minutes become 300 and end Saturday 00:10: 120 + night 13 + weekend 10 x 0.20 = 2, net 135.", "2026-06-19T19:10 2026-06-19T23:55", step=60),
    case("step_into_holiday", "161.00", "345 minutes become 360 and end in the holiday at 00:10: 144 + night 13 + holiday 10 x 0.40 = 4, net 161.", "2026-12-24T18:10 2026-12-24T23:55", step=60, holidays="2026-12-25"),
    case("step_out_of_holiday", "171.00", "185 minutes become 200 and end on Saturday at 00:10: 80 + night 130 x 0.10 = 13 + holiday 190 x 0.40 = 76 + weekend 10 x 0.20 = 2, net 171.", "2026-12-25T20:50 2026-12-25T23:55", step=20, holidays="2026-12-25"),
    case("step_into_overtime", "193.00", "475 minutes become 480, 10 of them beyond 470: 192 + 10 x 0.10 = 193.", "2026-06-16T08:00 2026-06-16T15:55", step=30, after=470),
    case("step_over_the_gap", "168.00", "225 minutes become 240 and end at 03:05 summer time: 4 x 42 = 168.", "2026-03-28T22:05 2026-03-29T01:50", step=30),
    case("step_into_the_fold", "210.00", "285 minutes to the first 02:50 become 300 and end at the second 02:05: 5 x 42 = 210.", "2026-10-24T22:05 2026-10-25T02:50", step=60),
    case("step_into_the_fold_new_york", "84.00", "75 minutes to the first 01:30 become 120 and end at the second 01:15: 2 x 42 = 84.", "2026-11-01T00:15 2026-11-01T01:30", zone="America/New_York", step=60),
    case("step_after_missing_end", "147.00", "The missing 02:10 is 03:10, so 190 minutes become 210: 3.5 x 42 = 147.", "2026-03-28T23:00 2026-03-29T02:10", step=30),
    case("step_for_every_head", "42.00", "Each head is rounded, not the sum: 3 x 31 minutes are 3 x 35, 42.", "2026-06-16T10:00 2026-06-16T10:31", step=5, heads=3),
]

MINIMUM: list[Case] = [
    case("minimum_missing_half", "96.00", "Two hours of a minimum of four: 48 + 48 = 96.", "2026-06-16T10:00 2026-06-16T12:00", minimum=240),
    case("minimum_reached", "96.00", "Exactly four hours need no line of the minimum: 96.", "2026-06-16T10:00 2026-06-16T14:00", minimum=240),
    case("minimum_one_minute_short", "96.00", "One minute is missing: 95.60 + 0.40 = 96.", "2026-06-16T10:00 2026-06-16T13:59", minimum=240),
    case("minimum_of_one_minute_worked", "192.00", "One minute worked of a minimum of eight hours: 0.40 + 191.60 = 192.", "2026-06-16T10:00 2026-06-16T10:01", minimum=480),
    case("minimum_with_premiums", "132.00", "The missing hours have no premium: 48 + 48 + night 12 + weekend 24 = 132.", "2026-06-20T23:00 2026-06-21T01:00", minimum=240),
    case("minimum_on_holiday", "144.00", "The missing hours are no holiday hours: 48 + 48 + holiday 48 = 144.", "2026-12-25T10:00 2026-12-25T12:00", minimum=240, holidays="2026-12-25"),
    case("minimum_and_overtime", "102.00", "The missing hours are not overtime: 48 + 48 + one hour beyond 60 minutes 6 = 102.", "2026-06-16T10:00 2026-06-16T12:00", minimum=240, after=60),
    case("minimum_five_heads", "480.00", "Each head has its minimum: 5 x 2 hours 240 + 5 x 2 hours 240 = 480.", "2026-06-16T10:00 2026-06-16T12:00", minimum=240, heads=5),
    case("minimum_after_rounding", "80.00", "171 minutes become 180 first, then 20 are missing of 200: 72 + 8 = 80.", "2026-06-16T10:00 2026-06-16T12:51", minimum=200, step=15),
    case("minimum_reached_by_rounding", "96.00", "230 minutes become 240, so nothing is missing: 96.", "2026-06-16T10:00 2026-06-16T13:50", minimum=240, step=30),
    case("minimum_is_not_rounded", "80.40", "The minimum is charged as it is said, on no grid: 180 + 21 minutes, 72 + 8.40 = 80.40.", "2026-06-16T10:00 2026-06-16T13:00", minimum=201, step=15),
    case("minimum_over_the_gap", "66.00", "01:30 to 03:30 is one hour, so one is missing of two: 24 + 24 + night 6 + Sunday 12 = 66.", "2026-03-29T01:30 2026-03-29T03:30", minimum=120),
    case("minimum_over_the_fold", "126.00", "01:30 to 03:30 is three hours, so nothing is missing of three: 3 x 42 = 126.", "2026-10-25T01:30 2026-10-25T03:30", minimum=180),
]

CASES = ROUNDING + MINIMUM
