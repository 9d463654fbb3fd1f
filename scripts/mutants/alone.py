"""Changes that cannot stand behind a number, as a constant needs their function: each in a build of its own.

The core's own tests are asked first; only what they do not notice is asked of those that drive it from outside.
"""

import subprocess
from collections.abc import Callable

from .build import NO_CODE, TESTS, Copy
from .listing import Mutant
from .run import Outcome, noticed
from .schemata import with_one

LIMIT = 900.0


def try_alone(copy: Copy, mutants: list[Mutant], tell: Callable[[Outcome], None]) -> list[Outcome]:
    outcomes = []
    for one in mutants:
        kept = (copy.tree / one.file).read_text("utf-8")
        copy.write(one.file, with_one((copy.root / one.file).read_text("utf-8"), one))
        try:
            outcome = attempt(copy, one)
        finally:
            copy.write(one.file, kept)
        tell(outcome)
        outcomes.append(outcome)
    return outcomes


def attempt(copy: Copy, one: Mutant) -> Outcome:
    for tests in ([], TESTS):
        try:
            programs = copy.build(tests)
        except subprocess.CalledProcessError:
            return Outcome(one, NO_CODE)
        for program in programs:
            how = noticed(program, {}, LIMIT)
            if how is not None:
                return Outcome(one, how, program.name)
    return Outcome(one, "missed")
