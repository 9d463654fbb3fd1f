"""All cases of the reference list, in the order in which they are written to the file."""

import cases_clock
import cases_money
import cases_premiums
import cases_steps

CASES = cases_premiums.CASES + cases_steps.CASES + cases_money.CASES + cases_clock.CASES
