"""Plays every story of `tests/scenarios`, whose README says how to read one, through the Python package."""

from __future__ import annotations

import hashlib
import importlib
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, cast
from uuid import UUID

import pytest
import yaml
from staffgate import MemoryStore, Portal, SqliteStore, StaffgateError
from staffgate.pricing import compute_json

ROOT = Path(__file__).parents[3]
STORIES = sorted((ROOT / "tests/scenarios").glob("*.yaml"))
OUTPUT = ROOT / "target/scenario-digests"
# What packs replies for tests stands beside the tests of the package.
sys.path.insert(0, str(ROOT / "bindings-python"))
packing: Any = importlib.import_module("tests.packing")
QUERIES = {one.name: one for one in packing.operations() if not one.writes}
NOBODY = "00000000-0000-0000-0000-000000000000"
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
# Its type may hold itself, so its reply is always JSON.
RECURSIVE = "price_lists.list"
DIGESTS: dict[str, str] = {}

Json = Any
Names = dict[str, Json]


class PlainLoader(yaml.SafeLoader):
    """Reads `on`, `2026-10-25` and `0o17` as the texts that they are, as the other languages do."""


RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for tag, pattern, first in [
    ("null", r"null|~|", ["n", "~", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"-?[0-9]+", list("-0123456789")),
    ("float", r"-?[0-9]+\.[0-9]+", list("-0123456789")),
    ("merge", r"<<", ["<"]),
]:
    for letter in first:
        RESOLVERS.setdefault(letter, []).append((f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$")))
PlainLoader.yaml_implicit_resolvers = RESOLVERS


class Answer(NamedTuple):
    refused: bool
    value: Json
    line: str


def read(path: Path) -> Json:
    return yaml.load(path.read_text("utf-8"), Loader=PlainLoader)


def compact(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def resolve(value: Json, names: Names) -> Json:
    if isinstance(value, str) and value.startswith("$") and value != "$any":
        if value[1:] not in names:
            pytest.fail(f"no step saved `{value[1:]}`")
        return names[value[1:]]
    if isinstance(value, list):
        return [resolve(item, names) for item in value]
    if isinstance(value, dict):
        return {name: resolve(item, names) for name, item in value.items()}
    return value


def at_path(value: Json, path: str) -> Json:
    for part in filter(None, path.split(".")):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def same(expected: Json, got: Json) -> bool:
    """Python holds that `1 == True`; JSON does not."""
    return type(expected) is type(got) and bool(expected == got)


def differences(expected: Json, got: Json, exactly: bool, path: str) -> Iterator[str]:
    if expected == "$any":
        return
    if isinstance(expected, dict) and any(name.startswith("$") for name in expected):
        for rule, operand in expected.items():
            yield from special(rule, operand, got, exactly, path)
    elif isinstance(expected, dict) and isinstance(got, dict):
        for name, item in expected.items():
            if name in got:
                yield from differences(item, got[name], exactly, f"{path}.{name}")
            else:
                yield f"{path}.{name}: expected {item!r}, is not there"
        for name in got.keys() - expected.keys() if exactly else ():
            yield f"{path}.{name}: expected nothing, is there"
    elif isinstance(expected, list) and isinstance(got, list):
        if len(expected) != len(got):
            yield f"{path}: expected {len(expected)} items, got {len(got)}"
        for index, (item, there) in enumerate(zip(expected, got, strict=False)):
            yield from differences(item, there, exactly, f"{path}[{index}]")
    elif not same(expected, got):
        yield f"{path}: expected {expected!r}, got {got!r}"


def special(rule: str, operand: Json, got: Json, exactly: bool, path: str) -> Iterator[str]:
    if rule == "$length" and isinstance(got, list):
        fits = len(got) == operand
    elif rule == "$contains" and isinstance(got, list):
        fits = all(any(not list(differences(one, item, exactly, path)) for item in got) for one in operand)
    elif rule == "$includes" and isinstance(got, str):
        fits = operand in got
    else:
        fits = rule == "$not" and not same(operand, got)
    if not fits:
        yield f"{path}: expected {rule} {operand!r}, got {got!r}"


class Story:
    def __init__(self, path: Path, portal: Portal) -> None:
        self.key = path.stem
        story = read(path)
        given = read(path.parent / "given" / f"{story['given']}.yaml") if "given" in story else []
        self.steps = [*given, *story["steps"]]
        self.portal = portal
        self.now = datetime.fromisoformat(story["start"])
        self.lines: dict[str, str] = {}
        self.names: Names = {"agency": self.agency("main")}
        for step in self.steps:
            if "agency" in step:
                self.names[f"agency_{step['agency']}"] = self.agency(step["agency"])

    def agency(self, name: str) -> str:
        return str(UUID(bytes=hashlib.sha256(f"agency/{self.key}/{name}".encode()).digest()[:16]))

    def given(self, step: Json) -> str:
        return cast(str, step["raw"]) if "raw" in step else compact(resolve(step.get("with", {}), self.names))

    def actor(self, said: str) -> dict[str, str]:
        def known(who: str) -> str:
            return who if "-" in who else cast(str, self.names[who.removeprefix("$")])

        match said.split(" "):
            case ["directory"]:
                return {"as": "guest"}
            case ["user", user, "by", by, "preview"]:
                return {"as": "preview", "user": known(user), "by": known(by)}
            case ["user", user, "by", by, "session", session]:
                return {"as": "impersonated", "user": known(user), "by": known(by), "session": known(session)}
            case ["holder", link]:
                return {"as": "holder", "link": known(link)}
            case [side, who]:
                return {"as": side, "id": known(who)}
            case _:
                return {"as": said}

    def request(self, step: Json, number: int) -> bytes:
        label = str(step.get("id", number))
        context = {
            "agency": NOBODY if step["as"] == "directory" else self.agency(step.get("agency", "main")),
            "actor": self.actor(step["as"]),
            "now": self.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "command_id": f"{self.key}/{step.get('command', label)}",
            "entropy": hashlib.sha256(f"entropy/{self.key}/{number}".encode()).hexdigest(),
            "locale": step.get("locale"),
        }
        given = self.given(step)
        return f'{{"context":{compact(context)},"operation":{compact(step["do"])},"input":{given}}}'.encode()

    def call(self, step: Json, number: int) -> Answer:
        try:
            if "compute" in step:
                reply = compute_json(step["compute"], self.given(step)).decode()
            else:
                reply = self.portal.run_json(self.request(step, number)).decode()
                if step["do"] in QUERIES and step["do"] != RECURSIVE:
                    packing.check(QUERIES[step["do"]], reply.encode())
        except StaffgateError as error:
            refusal = {
                "code": error.code,
                "class": re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower(),
                "message": error.message,
                "path": error.path,
                "details": dict(error.details),
                "retryable": error.retryable,
            }
            return Answer(True, refusal, f"refused {compact(refusal)}")
        return Answer(False, json.loads(reply), reply)

    def faults(self, expect: Json, answer: Answer) -> Iterator[str]:
        exactly = expect.get("exactly", False)
        if answer.refused and "refused" not in expect and "same_as" not in expect:
            yield "expected a reply, got a refusal"
        if "refused" in expect and not answer.refused:
            yield f"expected the refusal {expect['refused']}, got a reply"
        kind = "refused" if answer.refused else "reply"
        if kind in expect:
            yield from differences(resolve(expect[kind], self.names), answer.value, exactly, kind)
        for text in resolve(expect.get("absent", []), self.names):
            if text in answer.line:
                yield f"expected `{text}` nowhere in the answer"
        if "same_as" in expect and self.lines[str(expect["same_as"])] != answer.line:
            yield f"expected the same bytes as\n    {self.lines[str(expect['same_as'])]}"

    def play(self) -> str:
        for index, step in enumerate(self.steps):
            at = step.get("at", "+0s")
            if at.startswith("+"):
                self.now += timedelta(seconds=int(at[1:-1]) * SECONDS[at[-1]])
            else:
                self.now = datetime.fromisoformat(at).astimezone(UTC)
            answer = self.call(step, index + 1)
            if found := list(self.faults(step.get("expect", {}), answer)):
                did = step.get("compute") or f"{step['do']} as {step['as']}"
                where = f"{self.key}, step {step.get('id', index + 1)} ({did})"
                what = json.dumps(answer.value, indent=2, ensure_ascii=False)
                pytest.fail(f"{where}:\n  " + "\n  ".join(found) + f"\nwhat came:\n{what}", pytrace=False)
            for name, path in step.get("save", {}).items():
                self.names[name] = at_path(answer.value, path)
            self.lines[str(step.get("id", index + 1))] = answer.line
        return "".join(f"{line}\n" for line in self.lines.values())


@pytest.fixture(scope="module", autouse=True)
def written() -> Iterator[None]:
    yield
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / "python.json").write_text(json.dumps(DIGESTS, indent=2, sort_keys=True) + "\n")


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path, tmp_path: Path) -> None:
    transcript = Story(path, Portal(MemoryStore())).play()
    with Portal(SqliteStore(tmp_path / "portal.db")) as portal:
        assert Story(path, portal).play() == transcript, "other bytes over SQLite than over memory"
    folder = OUTPUT / "python"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{path.stem}.txt").write_bytes(transcript.encode())
    DIGESTS[path.stem] = hashlib.sha256(transcript.encode()).hexdigest()
