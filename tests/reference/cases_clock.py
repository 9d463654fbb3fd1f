"""Cases in which the clock changes: elapsed time, local days, missing and repeated readings (R1, R2, R4)."""

# One row for each case, like a table.
# ruff: noqa: E501
# fmt: off

from case import Case, case

CHANGES: list[Case] = [
    case("clock_berlin_spring", "294.00", "T3: the night of the spring change has 7 hours: base 7 x 24 = 168, night 7 x 6 = 42, weekend 7 x 12 = 84, net 294.", "2026-03-28T22:00 2026-03-29T06:00"),
    case("clock_berlin_autumn", "384.00", "T4: the night of the autumn change has 9 hours, one of them overtime: 9 x 24 + 9 x 6 + 9 x 12 + 1 x 6 = 216 + 54 + 108 + 6 = 384.", "2026-10-24T22:00 2026-10-25T06:00"),
    case("clock_london_spring", "294.00", "T5: London loses the same hour from 01:00: 168 + 42 + 84 = 294.", "2026-03-28T22:00 2026-03-29T06:00", zone="Europe/London"),
    case("clock_london_autumn", "384.00", "T5: London gains the hour from 01:00 again: 216 + 54 + 108 + 6 = 384.", "2026-10-24T22:00 2026-10-25T06:00", zone="Europe/London"),
    case("clock_dublin_autumn", "384.00", "Dublin's data calls winter the saving time; what counts is the clock: 9 hours, 384.", "2026-10-24T22:00 2026-10-25T06:00", zone="Europe/Dublin"),
    case("clock_new_york_spring", "168.00", "T1: midnight to five is 4 hours: 96 + night 24 + Sunday 48 = 168.", "2026-03-08T00:00 2026-03-08T05:00", zone="America/New_York"),
    case("clock_new_york_autumn", "252.00", "T2: midnight to five is 6 hours: 144 + night 36 + Sunday 72 = 252.", "2026-11-01T00:00 2026-11-01T05:00", zone="America/New_York"),
    case("clock_lord_howe_autumn", "360.00", "T6: Lord Howe goes back by half an hour, 8.5 hours: 204 + 51 + 102, and 0.5 x 6 = 3 overtime, net 360.", "2026-04-04T22:00 2026-04-05T06:00", zone="Australia/Lord_Howe"),
    case("clock_lord_howe_spring", "315.00", "Lord Howe goes forward by half an hour: 7.5 x (24 + 6 + 12) = 315.", "2026-10-03T22:00 2026-10-04T06:00", zone="Australia/Lord_Howe"),
    case("clock_lord_howe_ambiguous_start", "189.00", "The half hour from 01:30 comes twice; 01:45 is the first, so 15 + 30 + 225 = 270 minutes: 4.5 x 42 = 189.", "2026-04-05T01:45 2026-04-05T05:45", zone="Australia/Lord_Howe"),
    case("clock_chatham_autumn", "384.00", "Chatham goes back from 03:45 to 02:45: 9 hours, 384.", "2026-04-04T22:00 2026-04-05T06:00", zone="Pacific/Chatham"),
    case("clock_troll_spring", "252.00", "Troll goes forward by two hours: 6 x 42 = 252.", "2026-03-28T22:00 2026-03-29T06:00", zone="Antarctica/Troll"),
    case("clock_troll_autumn", "432.00", "Troll goes back by two hours: 10 x 42 + 2 x 6 overtime = 432.", "2026-10-24T22:00 2026-10-25T06:00", zone="Antarctica/Troll"),
    case("clock_kolkata", "228.00", "An offset of 5:30 without changes: 192 + 6 hours of night at 6 = 228.", "2026-06-17T20:00 2026-06-18T04:00", zone="Asia/Kolkata"),
    case("clock_kathmandu", "318.00", "An offset of 5:45: Friday 23:00 to Saturday 07:00 is 192 + 7 x 6 + 7 x 12 = 318.", "2026-06-19T23:00 2026-06-20T07:00", zone="Asia/Kathmandu"),
    case("clock_day_of_25_hours", "1056.00", "A Sunday of 25 hours: 600, night 7 + 2 hours = 54, weekend 300, overtime 17 x 6 = 102, net 1056.", "2026-10-25T00:00 2026-10-26T00:00"),
    case("clock_day_of_23_hours", "960.00", "A Sunday of 23 hours: 552, night 5 + 2 hours = 42, weekend 276, overtime 15 x 6 = 90, net 960.", "2026-03-29T00:00 2026-03-30T00:00"),
    case("clock_overtime_in_repeated_hour", "549.00", "The eighth hour ends in the first 01:30: 13 hours 312, night 2 + 6.5 hours 51, weekend 156, overtime 5 x 6 = 30, net 549.", "2026-10-31T17:30 2026-11-01T05:30", zone="America/New_York"),
]

AT_MIDNIGHT: list[Case] = [
    case("midnight_havana_spring", "354.00", "Havana jumps from 00:00 to 01:00, so the holiday Sunday begins at 01:00: 168 + night 42 + Saturday 2 x 12 + holiday 5 x 24 = 354.", "2026-03-07T22:00 2026-03-08T06:00", zone="America/Havana", holidays="2026-03-08"),
    case("midnight_havana_autumn", "468.00", "Havana reads 00:00 to 01:00 of the holiday twice: 216 + 54 + Saturday 24 + holiday 7 x 24 = 168 + overtime 6, net 468.", "2026-10-31T22:00 2026-11-01T06:00", zone="America/Havana", holidays="2026-11-01"),
    case("midnight_cairo_spring", "270.00", "Cairo's Friday begins at 01:00: Thursday 4 hours, Friday 3: 168 + night 5 x 6 + holiday 3 x 24 = 270.", "2026-04-23T20:00 2026-04-24T04:00", zone="Africa/Cairo", holidays="2026-04-24"),
    case("midnight_cairo_autumn", "360.00", "Cairo's Thursday has its last hour twice: 216 + night 7 x 6 + holiday Friday 4 x 24 + overtime 6 = 360.", "2026-10-29T20:00 2026-10-30T04:00", zone="Africa/Cairo", holidays="2026-10-30"),
    case("midnight_cairo_missing_start", "216.00", "A start at the missing midnight moves to 01:00, so four hours are left: 96 + night 24 + holiday 96 = 216.", "2026-04-24T00:00 2026-04-24T05:00", zone="Africa/Cairo", holidays="2026-04-24"),
    case("midnight_cairo_missing_end", "108.00", "An end at the missing midnight is the moment of the change and touches nothing of the holiday: 96 + night 12 = 108.", "2026-04-23T20:00 2026-04-24T00:00", zone="Africa/Cairo", holidays="2026-04-24"),
    case("midnight_beirut_spring", "318.00", "Beirut's Saturday is the holiday and ends where Sunday begins at 01:00: 168 + 42 + holiday 2 x 24 + Sunday 5 x 12 = 318.", "2026-03-28T22:00 2026-03-29T06:00", zone="Asia/Beirut", holidays="2026-03-28"),
    case("midnight_beirut_autumn", "456.00", "Beirut's Saturday has its last hour twice: 216 + 54 + Saturday 3 x 12 + holiday Sunday 6 x 24 + overtime 6 = 456.", "2026-10-24T22:00 2026-10-25T06:00", zone="Asia/Beirut", holidays="2026-10-25"),
    case("midnight_santiago_spring", "456.00", "Santiago skips the first hour of Sunday: 11 hours 264, night 7 x 6 = 42, weekend 132, overtime 3 x 6 = 18, net 456.", "2026-09-05T20:00 2026-09-06T08:00", zone="America/Santiago"),
    case("midnight_santiago_autumn", "552.00", "Santiago repeats the last hour of Saturday: 13 hours 312, night 9 x 6 = 54, weekend 156, overtime 5 x 6 = 30, net 552.", "2026-04-04T20:00 2026-04-05T08:00", zone="America/Santiago"),
    case("midnight_azores_autumn", "246.00", "The Azores read midnight to one of the holiday twice: 5 hours 120, night 30, Saturday 24, holiday 3 x 24 = 72, net 246.", "2026-10-24T22:00 2026-10-25T02:00", zone="Atlantic/Azores", holidays="2026-10-25"),
    case("midnight_azores_ambiguous_start", "270.00", "Midnight comes twice and the first is meant: 5 hours 120, night 30, holiday 120, net 270.", "2026-10-25T00:00 2026-10-25T04:00", zone="Atlantic/Azores", holidays="2026-10-25"),
    case("midnight_nuuk_spring", "330.00", "Nuuk skips the last hour of Saturday: 168, night 1 + 4 hours 30, Saturday 3 x 12 = 36, holiday Sunday 4 x 24 = 96, net 330.", "2026-03-28T20:00 2026-03-29T04:00", zone="America/Nuuk", holidays="2026-03-29"),
    case("midnight_nuuk_autumn", "420.00", "Nuuk repeats the last hour of Saturday: 216, night 7 x 6 = 42, Saturday 5 x 12 = 60, holiday 96, overtime 6, net 420.", "2026-10-24T20:00 2026-10-25T04:00", zone="America/Nuuk", holidays="2026-10-25"),
    case("midnight_pyongyang_forward", "261.00", "Pyongyang went from 23:30 to midnight: 7.5 hours 180, night 5.5 x 6 = 33, Saturday 4 x 12 = 48, net 261.", "2018-05-04T20:00 2018-05-05T04:00", zone="Asia/Pyongyang"),
    case("midnight_pyongyang_back", "342.00", "Pyongyang went from midnight back to 23:30 of Friday: 8.5 hours 204, night 6.5 x 6 = 39, holiday 4 x 24 = 96, overtime 3, net 342.", "2015-08-14T20:00 2015-08-15T04:00", zone="Asia/Pyongyang", holidays="2015-08-15"),
    case("midnight_st_johns_back_over_it", "552.00", "From 00:01 of Sunday back to 23:01: Sunday has begun, so the repeated 59 minutes are the holiday's: 264, night 9 x 6 = 54, Saturday 4 x 12 = 48, holiday 1 + 59 + 360 minutes = 168, overtime 18, net 552.", "2010-11-06T20:00 2010-11-07T06:00", zone="America/St_Johns", holidays="2010-11-07"),
    case("midnight_st_johns_ambiguous_start", "183.00", "The first 23:30 is Saturday's: 210 minutes 84, night 21, Saturday 30 minutes 6, holiday 180 minutes 72, net 183.", "2010-11-06T23:30 2010-11-07T02:00", zone="America/St_Johns", holidays="2010-11-07"),
    case("midnight_casey_back_three_hours", "564.00", "From 02:00 of Friday back to 23:00 of Thursday, and Friday goes on: 11 hours 264, night 66, holiday 9 x 24 = 216, overtime 18, net 564.", "2010-03-04T22:00 2010-03-05T06:00", zone="Antarctica/Casey", holidays="2010-03-05"),
    case("midnight_apia_missing_day", "276.00", "Apia had no 30 December 2011, so that holiday has no minute: 192, night 6 x 6 = 36, Saturday 4 x 12 = 48, net 276.", "2011-12-29T20:00 2011-12-31T04:00", zone="Pacific/Apia", holidays="2011-12-30"),
    case("midnight_apia_missing_start", "144.00", "A start on the missing day moves forward by 24 hours to Saturday 10:00: 96 + 48 = 144.", "2011-12-30T10:00 2011-12-31T14:00", zone="Pacific/Apia"),
    case("midnight_apia_missing_end", "312.00", "An end on the missing day moves to Saturday 06:00: 192 + night 48 + Saturday 6 x 12 = 312.", "2011-12-29T22:00 2011-12-30T06:00", zone="Pacific/Apia"),
    case("midnight_kwajalein_missing_day", "240.00", "Kwajalein had no Saturday 21 August 1993: 192, night 4 x 6 = 24, Sunday 2 x 12 = 24, net 240.", "1993-08-20T18:00 1993-08-22T02:00", zone="Pacific/Kwajalein"),
]

READINGS: list[Case] = [
    case("reading_ambiguous_start", "189.00", "02:30 comes twice and the earlier is meant: 4.5 hours x 42 = 189.", "2026-10-25T02:30 2026-10-25T06:00"),
    case("reading_ambiguous_end", "189.00", "The end at 02:30 is the earlier one: 4.5 x 42 = 189.", "2026-10-24T22:00 2026-10-25T02:30"),
    case("reading_both_ambiguous", "21.00", "Both ends in the hour that comes twice, both the earlier: half an hour, 21.", "2026-10-25T02:15 2026-10-25T02:45"),
    case("reading_end_where_fold_begins", "84.00", "02:00 is the first of two: 2 hours x 42 = 84.", "2026-10-25T00:00 2026-10-25T02:00"),
    case("reading_end_where_fold_ends", "168.00", "03:00 comes once, after both hours: 4 x 42 = 168.", "2026-10-25T00:00 2026-10-25T03:00"),
    case("reading_missing_start", "105.00", "02:30 does not exist and becomes 03:30: 2.5 x 42 = 105.", "2026-03-29T02:30 2026-03-29T06:00"),
    case("reading_missing_end", "189.00", "The end at 02:30 becomes 03:30 summer time, 01:30 UTC, 4.5 hours after 21:00 UTC: 4.5 x 42 = 189.", "2026-03-28T22:00 2026-03-29T02:30"),
    case("reading_both_missing", "28.00", "Both ends move forward by the gap: 40 minutes, 16 + 4 + 8 = 28.", "2026-03-29T02:10 2026-03-29T02:50"),
    case("reading_start_where_gap_begins", "126.00", "02:00 itself does not exist and becomes 03:00: 3 x 42 = 126.", "2026-03-29T02:00 2026-03-29T06:00"),
    case("reading_missing_end_new_york", "105.00", "An end at the missing 02:30 becomes 03:30 in New York too: 2.5 x 42 = 105.", "2026-03-08T00:00 2026-03-08T02:30", zone="America/New_York"),
]

CASES = CHANGES + AT_MIDNIGHT + READINGS
