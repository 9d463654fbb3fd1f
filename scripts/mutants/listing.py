"""Which changes there are: what cargo-mutants lists, in the words of this package."""

import json
import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Position = tuple[int, int]


@dataclass(frozen=True)
class Mutant:
    """One change. Its number switches it on; its name stays the same while lines above it come and go."""

    number: int
    file: str
    line: int
    name: str
    function: str
    whole_body: bool
    start: Position
    end: Position
    function_start: Position
    function_end: Position
    replacement: str

    @property
    def text(self) -> str:
        return f"{self.file}:{self.line}: {self.name.removeprefix(self.file + ': ')}"


def listed(root: Path, tool: Path) -> list[Mutant]:
    command = [str(tool), "mutants", "--package", "staffgate", "--list", "--json"]
    output = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout  # noqa: S603
    mutants: list[Mutant] = []
    same: Counter[str] = Counter()
    for one in json.loads(output):
        if one["function"] is None or not meaningful(one["replacement"]):
            continue
        name = unnumbered(one["name"])
        same[name] += 1
        if same[name] > 1:
            name = f"{name} (no. {same[name]})"
        mutants.append(mutant(len(mutants) + 1, name, one))
    return mutants


def mutant(number: int, name: str, one: dict[str, Any]) -> Mutant:
    function = one["function"]
    return Mutant(
        number=number,
        file=one["file"],
        line=one["span"]["start"]["line"],
        name=name,
        function=function["function_name"],
        whole_body=one["genre"] == "FnValue",
        start=position(one["span"]["start"]),
        end=position(one["span"]["end"]),
        function_start=position(function["span"]["start"]),
        function_end=position(function["span"]["end"]),
        replacement=as_result(one["replacement"]),
    )


def position(place: dict[str, int]) -> Position:
    return place["line"], place["column"]


def unnumbered(name: str) -> str:
    """Without line and column, and with what is really put there."""
    return as_result(re.sub(r":\d+:\d+: ", ": ", name, count=1))


def meaningful(replacement: str) -> bool:
    """`Run` is a `Result`, which cargo-mutants cannot know: of its tries, `new` of something stands for `Ok`."""
    return not replacement.startswith(("Run::from", "Run::new()"))


def as_result(text: str) -> str:
    return text.replace("Run::new(", "Ok(")
