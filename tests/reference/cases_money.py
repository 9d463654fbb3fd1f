"""Cases of unit prices, amounts, headcounts and VAT (R8, R9)."""

# One row for each case, like a table.
# ruff: noqa: E501
# fmt: off

from case import Case, case

HOUR = "2026-06-16T10:00 2026-06-16T11:00"
HALF_HOUR = "2026-06-16T10:00 2026-06-16T10:30"
DAY = "2026-06-16T08:00 2026-06-16T16:00"
NIGHT = "2026-06-16T22:00 2026-06-17T06:00"

CASES: list[Case] = [
    case("rate_four_decimals", "134.73", "440 x 18.3725 / 60 = 134.7316..., so 134.73.", "2026-06-16T10:00 2026-06-16T17:20", rate="18.3725"),
    case("rate_two_decimals", "134.57", "E4: 440 x 18.35 / 60 = 134.5666..., so 134.57; from 7.33 hours it would be 134.51.", "2026-06-16T10:00 2026-06-16T17:20", rate="18.35"),
    case("rate_smallest", "0.00", "8 x 0.0001 rounds to nothing, and the line of the base is there all the same.", DAY, rate="0.0001"),
    case("rate_just_below", "8000.00", "8 x 999.9999 = 7999.9992, so 8000.00.", DAY, rate="999.9999"),
    case("rate_one_minute", "2156.00", "R10: one minute at 129360.00 an hour is 2156.00, not 0.02 hours.", "2026-06-16T10:00 2026-06-16T10:01", rate="129360.00"),
    case("minutes_five", "10.00", "R8: five minutes at 120.00 are 10.00, not 0.08 hours.", "2026-06-16T10:00 2026-06-16T10:05", rate="120.00"),
    case("minutes_twenty", "20.00", "R9: twenty minutes at 60.00 are 20.00, not 0.33 hours.", "2026-06-16T10:00 2026-06-16T10:20", rate="60.00"),
    case("unit_price_half_up", "183.70", "25 % of 18.3702 is 4.59255, so 4.5926: 146.9616 is 146.96, 8 x 4.5926 = 36.7408 is 36.74, net 183.70.", NIGHT, rate="18.3702"),
    case("unit_price_down", "183.72", "25 % of 18.3725 is 4.593125, so 4.5931: 8 x 18.3725 = 146.98, 8 x 4.5931 = 36.7448 is 36.74, net 183.72.", NIGHT, rate="18.3725"),
    case("unit_price_shows_in_amount", "50000.60", "25 % of 20.0002 is 5.00005, so 5.0001, and 2000 hours show it: 40000.40 + 10000.20 = 50000.60.", NIGHT, rate="20.0002", heads=250),
    case("unit_price_of_a_third", "256.00", "33.3333 % of 24 is 7.999992, so 8.0000: 192 + 64 = 256.", NIGHT, night="33.3333"),
    case("unit_price_of_overtime", "171.12", "50 % of 15.5555 is 7.77775, so 7.7778: 10 x 15.5555 = 155.555 is 155.56, 2 x 7.7778 = 15.5556 is 15.56, net 171.12.", "2026-06-16T08:00 2026-06-16T18:00", rate="15.5555", overtime="50"),
    case("unit_price_that_vanishes", "0.08", "0.1 % of 0.01 is 0.00001, so 0.0000; the line has minutes and stays: 0.08 + 0.00.", NIGHT, rate="0.01", night="0.1"),
    case("amount_half_cent", "20.03", "50 x 24.03 / 60 = 20.025, so 20.03; half-even would say 20.02.", "2026-06-16T10:00 2026-06-16T10:50", rate="24.03"),
    case("amount_half_cent_in_floats", "1.01", "1.005 is exactly half, though a float is a little less: 1.01.", HOUR, rate="1.005"),
    case("amount_just_below_half", "1.00", "1.0049 is not half: 1.00.", HOUR, rate="1.0049"),
    case("amount_rounded_by_line", "10.02", "Each line is rounded: 5.005 and 5.005 are 5.01 + 5.01 = 10.02, not 10.01.", "2026-06-16T22:00 2026-06-16T22:30", rate="10.01", night="100"),
    case("amount_of_all_heads", "10.01", "3 x 20 minutes at 10.01 are 10.01; rounded per head it would be 3 x 3.34.", "2026-06-16T10:00 2026-06-16T10:20", rate="10.01", heads=3),
    case("heads_250", "84000.00", "250 for Friday 18:00 to Saturday 04:00: 2500 hours 60000, night 1500 x 6 = 9000, Saturday 1000 x 12 = 12000, overtime 500 x 6 = 3000, net 84000.", "2026-06-19T18:00 2026-06-20T04:00", heads=250),
    case("heads_7_half_hour", "84.00", "7 x 30 minutes = 210: 84.", HALF_HOUR, heads=7),
    case("vat_0", "192.00", "Without VAT gross is net.", DAY, vat="0"),
    case("vat_half_cent", "20.50", "21 % of 20.50 is 4.305, so 4.31 and 24.81.", HOUR, rate="20.50", vat="21"),
    case("vat_just_below_half", "20.49", "21 % of 20.49 is 4.3029, so 4.30 and 24.79.", HOUR, rate="20.49", vat="21"),
    case("vat_with_decimal", "192.00", "8.1 % of 192 is 15.552, so 15.55 and 207.55.", DAY, vat="8.1"),
    case("vat_of_the_sum", "30.03", "E2: 21 % of 30.03 is 6.3063, so 6.31; VAT of three lines of 10.01 would be 6.30.", "2026-06-20T22:00 2026-06-20T23:00", rate="10.01", night="100", weekend="100", vat="21"),
    case("vat_of_many_hours", "399.11", "E3: 3 x 7.25 hours at 18.35 are 399.1125, so 399.11; 21 % is 83.8131, so 83.81 and 482.92.", "2026-06-16T08:00 2026-06-16T15:15", rate="18.35", heads=3, vat="21"),
    case("all_six_lines", "499.75", "Four heads, Sunday 23:00 to a holiday Monday 01:00 at 19.99: base 8 hours 159.92, minimum 8 hours 159.92, night 8 x 4.9975 = 39.98, weekend 4 x 9.995 = 39.98, holiday 4 x 19.99 = 79.96, overtime 4 x 4.9975 = 19.99, net 499.75, VAT 104.95, gross 604.70.", "2026-12-27T23:00 2026-12-28T01:00", heads=4, rate="19.99", after=60, minimum=240, vat="21", holidays="2026-12-28"),
]
