"""Runs the tests: once as they are, then with one change at a time, until one test notices it."""

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .build import Program
from .listing import Mutant

# Changes are compared with each other, so each run is alone on its processor.
SETTINGS = {"RUST_BACKTRACE": "0", "RUST_TEST_THREADS": "1"}
# Short runs of what is random: a change that only long ones notice is one that a story should tell.
LENGTHS = {"ACCESS_COMMANDS": "4000", "NONINTERFERENCE_PAIRS": "1000", "STORIES_OVER": "memory"}
# Of the stories' tests, those that say what comes of them; how many rounds they take is not what is asked here.
SKIPPED = "every_operation_takes_one_round"
PATIENCE = 5.0
LEAST_PATIENCE = 20.0
# A test that does nothing for so many times as long as it may work does not end.
WAITING = 10


@dataclass(frozen=True)
class Outcome:
    mutant: Mutant
    # "caught", "timed out", "missed" or "not reached"; and by which program.
    what: str
    by: str = ""

    @property
    def survived(self) -> bool:
        return self.what in ("missed", "not reached")


def measure(programs: list[Program], place: Path) -> list[Program]:
    """Runs everything without a change, and notes how long it takes and which changes it comes by. Quickest first."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda program: measure_one(program, place), programs))
    return sorted(programs, key=lambda program: program.seconds)


def measure_one(program: Program, place: Path) -> None:
    reached = place / f"reached-{program.name}"
    began = time.monotonic()
    if noticed(program, {"STAFFGATE_MUTANTS_REACHED": str(reached)}, 3600) is not None:
        raise SystemExit(f"{program.name} does not pass as it is")
    program.seconds = time.monotonic() - began
    program.reached = set(map(int, reached.read_text().split())) if reached.exists() else set()
    print(f"{program.name}: {program.seconds:.1f} s, comes by {len(program.reached)} changes", flush=True)


def try_all(mutants: list[Mutant], programs: list[Program], tell: Callable[[Outcome], None]) -> list[Outcome]:
    """The quickest program tries all changes, the next one what is left: what nobody notices is known last."""
    outcomes: list[Outcome] = []
    left = mutants
    for program in programs:
        with ThreadPoolExecutor(2) as pool:
            tried = list(pool.map(lambda one, program=program: attempt(one, program, tell), left))
        outcomes += [outcome for outcome in tried if not outcome.survived]
        left = [outcome.mutant for outcome in tried if outcome.survived]
        print(f"{program.name} has tried; {len(left)} are left", flush=True)
    reached = set[int]().union(*(program.reached for program in programs))
    survivors = [Outcome(one, "missed" if one.number in reached else "not reached") for one in left]
    for outcome in survivors:
        tell(outcome)
    return outcomes + survivors


def attempt(mutant: Mutant, program: Program, tell: Callable[[Outcome], None]) -> Outcome:
    if mutant.number not in program.reached:
        return Outcome(mutant, "not reached")
    limit = max(LEAST_PATIENCE, PATIENCE * program.seconds)
    how = noticed(program, {"STAFFGATE_MUTANT": str(mutant.number)}, limit)
    if how is None:
        return Outcome(mutant, "missed")
    outcome = Outcome(mutant, how, program.name)
    tell(outcome)
    return outcome


def noticed(program: Program, settings: dict[str, str], limit: float) -> str | None:
    """Whether the tests fail, or take so long that somebody would see it."""
    environment = {**LENGTHS, **os.environ, **SETTINGS, **settings}
    process = subprocess.Popen(  # noqa: S603
        [program.path, "--quiet", "--skip", SKIPPED],
        cwd=program.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Time of the processor counts: a test that waits for its turn on a busy machine has noticed nothing.
    with suppress(ProcessLookupError):
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (int(limit), int(limit) + 5))
    try:
        code = process.wait(WAITING * limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return "timed out"
    if code == -signal.SIGXCPU:
        return "timed out"
    return "caught" if code else None
