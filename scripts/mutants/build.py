"""Makes a copy of the tree with every change in it that compiles, and builds its tests once."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from .listing import Mutant
from .schemata import SWITCH, Changed, with_changes

# Of the core, and of what drives it from outside. Left out is what asks nothing of who sees what, and what is slow.
DRIVEN = ["people", "candidates", "shifts", "scenarios", "fields", "privacy", "access_model", "decision_laws"]
TESTS = [*DRIVEN, "preview", "impersonation", "engine", "noninterference"]
# In many units, so that of what was built before more can stay.
UNITS = "profile.checked.package.staffgate.codegen-units=256"
# Why a change is not tried at all; what is left out for another reason is tried alone.
NO_CODE = "does not compile"
NOT_CONST = re.compile(r"cannot call non-const [^`]*`([^`]*)`")


@dataclass
class Program:
    """The tests of one target: where they lie, and from which folder they are to be run."""

    name: str
    path: str
    folder: Path
    seconds: float = 0.0
    reached: set[int] = field(default_factory=set)


@dataclass
class Copy:
    """The copied tree. What did not compile is kept with the text it was in, so that the next run need not find it."""

    root: Path
    place: Path
    mutants: list[Mutant]
    dropped: dict[int, str] = field(default_factory=dict)
    files: dict[str, Changed] = field(default_factory=dict)

    @property
    def tree(self) -> Path:
        return self.place / "tree"

    def environment(self) -> dict[str, str]:
        settings = {"DEBUG": "0", "INCREMENTAL": "true"}
        profile = {f"CARGO_PROFILE_CHECKED_{name}": value for name, value in settings.items()}
        return {**os.environ, **profile, "CARGO_TARGET_DIR": str(self.place / "build"), "RUST_BACKTRACE": "0"}

    def prepare(self) -> None:
        """Everything that does not compile is found first: checking is much quicker than building."""
        self.recall()
        self.copy()
        while errors := list(self.errors()):
            before = len(self.dropped)
            for error in errors:
                self.drop(error)
            if len(self.dropped) == before:
                raise SystemExit(
                    "the copy does not compile:\n" + "\n".join(one["rendered"] for one in errors)
                )
            self.copy()
        self.remember()

    def copy(self) -> None:
        changed = {one.file for one in self.mutants}
        listing = self.run(["git", "ls-files", "-z"], self.root).stdout
        for name in filter(None, listing.split("\0")):
            source = self.root / name
            if not source.is_file():
                continue
            if name in changed:
                self.write(name, self.mutated(name, source.read_text("utf-8")))
            elif name == "core/src/lib.rs":
                self.write(name, source.read_text("utf-8") + SWITCH)
            else:
                self.take(name)

    def mutated(self, name: str, text: str) -> str:
        inside = [one for one in self.mutants if one.file == name and one.number not in self.dropped]
        inside.sort(key=lambda one: (one.function_start, one.number))
        self.files[name] = with_changes(text, inside)
        return self.files[name].text

    def write(self, name: str, text: str) -> None:
        """Only what is new: an older date keeps what was built of it."""
        path = self.tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")

    def take(self, name: str) -> None:
        source, path = self.root / name, self.tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != source.read_bytes():
            shutil.copyfile(source, path)

    def errors(self) -> Iterator[dict[str, Any]]:
        command = ["cargo", "check", "--package", "staffgate", "--locked", "--message-format=json"]
        for message in messages(self.run(command, self.tree, may_fail=True).stdout):
            if message["reason"] == "compiler-message" and message["message"]["level"] == "error":
                error: dict[str, Any] = message["message"]
                if error["spans"]:
                    yield error

    def drop(self, error: dict[str, Any]) -> None:
        if const := NOT_CONST.match(error["message"]):
            path = "::" + re.sub(r"::<[^`]*>", "", const.group(1))
            named = [one for one in self.mutants if path.endswith(f"::{one.function}")]
            self.leave_out(named, "a constant needs its function")
        for span in filter(lambda one: one["is_primary"], error["spans"]):
            while span["file_name"] not in self.files and span["expansion"]:
                span = span["expansion"]["span"]
            if span["file_name"] in self.files:
                found = self.files[span["file_name"]].at(span["line_start"])
                alone = len(found) == 1
                self.leave_out(found, NO_CODE if alone else "its function does not compile with it")

    def leave_out(self, mutants: list[Mutant], reason: str) -> None:
        for one in mutants:
            self.dropped.setdefault(one.number, reason)

    def build(self, tests: list[str] = TESTS) -> list[Program]:
        """The core's own tests, and these."""
        targets = [part for test in tests for part in ("--test", test)]
        command = ["cargo", "test", "--profile", "checked", "--locked", "--package", "staffgate", "--package"]
        command += ["conformance", "--lib", *targets, "--no-run", "--message-format=json", "--config", UNITS]
        built = messages(self.run(command, self.tree).stdout)
        return [
            Program(one["target"]["name"], one["executable"], Path(one["manifest_path"]).parent)
            for one in built
            if one["reason"] == "compiler-artifact" and one["executable"] and one["profile"]["test"]
        ]

    def run(
        self, command: list[str], folder: Path, may_fail: bool = False
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(  # noqa: S603
            command, cwd=folder, env=self.environment(), stdout=subprocess.PIPE, text=True, check=False
        )
        if not may_fail:
            done.check_returncode()
        return done

    def key(self, file: str) -> str:
        return hashlib.sha256((self.root / file).read_bytes()).hexdigest()

    def recall(self) -> None:
        path = self.place / "left-out.json"
        kept: dict[str, dict[str, str]] = json.loads(path.read_text()) if path.exists() else {}
        for file, mutants in groupby(self.mutants, key=lambda one: one.file):
            known = kept.get(self.key(file), {})
            self.dropped.update({one.number: known[one.name] for one in mutants if one.name in known})

    def remember(self) -> None:
        kept: dict[str, dict[str, str]] = {}
        for one in self.mutants:
            if one.number in self.dropped:
                kept.setdefault(self.key(one.file), {})[one.name] = self.dropped[one.number]
        (self.place / "left-out.json").write_text(json.dumps(kept, indent=1))


def messages(output: str) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in output.splitlines() if line.startswith("{"))
