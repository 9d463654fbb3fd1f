"""100,000 random requests at the native entry: never a panic, never an abort, always our own error."""

from __future__ import annotations

import importlib
import json
import os
import random
from typing import Any

from staffgate import MemoryStore, Portal, _native, types
from staffgate.codes import CLASSES

from .conftest import AGENCY

REQUESTS = int(os.environ.get("STAFFGATE_RANDOM_REQUESTS", "100000"))
SEED = int(os.environ.get("STAFFGATE_SEED", "20261025"))

NAMES = sorted(
    {
        field
        for name in types.__all__
        for field in getattr(getattr(types, name), "__struct_encode_fields__", ())
    }
    | {"name", "currency", "skill", "archived", "client", "order", "page", "mandate", "revision", "x", ""}
)
TEXTS = [
    "",
    "Cook",
    "EUR",
    "Europe/Berlin",
    "2026-10-25T02:30",
    "2026-02-30T10:00",
    "24.50",
    "-1",
    "1e9",
    str(AGENCY),
    "\ud800",
    "\x00",
    "é",
    "👩‍🍳",
    "x" * 3000,
    "anna@example.com",
]
NUMBERS = [0, 1, -1, 2**31, 2**63, -(2**64), 10**400, 1.5, 1e308, float("nan"), float("inf"), -0.0]


# Inputs that are right on an agency that is there: what near misses are made from.
RIGHT: list[tuple[str, dict[str, Any]]] = [
    ("agencies.get", {}),
    ("agencies.set_profile", {"name": "Northlight", "subdomain": "northlight"}),
    ("skills.create", {"name": "Cook", "codes": [{"scheme": "ISCO-08", "code": "5120"}]}),
    ("skills.list", {"page": {"limit": 10}}),
    ("workers.list", {}),
    ("clients.create", {"name": "Grand Hotel Astoria"}),
    ("price_lists.get", {}),
]


def fields_of(operation: str) -> list[str]:
    """The names in an operation's input, from the generated facade."""
    group, verb = operation.split(".")
    module = importlib.import_module(f"staffgate._groups.{group}")
    name = "_" + "".join(part.capitalize() for part in verb.split("_"))
    return list(getattr(module, name).__struct_encode_fields__)


class Requests:
    """An endless supply of requests: right ones, near misses and rubbish."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.fields_of = {name: fields_of(name) for name in json.loads(_native.operations())}
        self.operations = list(self.fields_of)

    def value(self, depth: int) -> Any:
        kind = self.dice.randrange(7 if depth > 0 else 4)
        if kind == 0:
            return self.dice.choice(NUMBERS)
        if kind == 1:
            return self.dice.choice([None, True, False])
        if kind < 4:
            return self.dice.choice(TEXTS)
        if kind == 4:
            return [self.value(depth - 1) for _ in range(self.dice.randrange(4))]
        return self.fields(depth - 1)

    def fields(self, depth: int) -> dict[str, Any]:
        return {self.dice.choice(NAMES): self.value(depth) for _ in range(self.dice.randrange(5))}

    def context(self) -> dict[str, Any]:
        actors = [{"as": "operator"}, {"as": "guest"}, {"as": "member", "id": str(AGENCY)}, self.value(1)]
        context = {
            "agency": str(AGENCY),
            "actor": self.dice.choices(actors, [20, 2, 2, 1])[0],
            "now": "2026-09-01T08:00:00Z",
            "command_id": str(self.dice.random()),
            "entropy": "07" * 32,
        }
        if self.dice.random() < 0.05:
            context[self.dice.choice([*context, "locale", "x"])] = self.value(1)
        return context

    def call(self) -> tuple[Any, Any]:
        kind = self.dice.random()
        if kind < 0.05:
            return self.value(1), self.value(3)
        if kind < 0.3:
            operation, right = self.dice.choice(RIGHT)
            spoilt = {
                name: self.value(2) if self.dice.random() < 0.3 else value for name, value in right.items()
            }
            return operation, spoilt
        operation = self.dice.choice(self.operations)
        names = [name for name in self.fields_of[operation] if self.dice.random() < 0.9]
        return operation, {name: self.value(3) for name in names} | (self.fields(1) if kind > 0.9 else {})

    def request(self) -> bytes:
        if self.dice.random() < 0.02:
            return self.dice.randbytes(self.dice.randrange(60))
        operation, body = self.call()
        request = json.dumps({"context": self.context(), "operation": operation, "input": body}).encode()
        return self.damaged(bytearray(request)) if self.dice.random() < 0.2 else request

    def damaged(self, request: bytearray) -> bytes:
        for _ in range(self.dice.randrange(1, 4)):
            place = self.dice.randrange(len(request))
            match self.dice.randrange(3):
                case 0:
                    request[place] = self.dice.randrange(256)
                case 1:
                    del request[place : place + self.dice.randrange(1, 8)]
                case _:
                    request[place:place] = self.dice.choice([b'"', b"{", b"[", b"\\", b"\xff", b",", b"null"])
            if not request:
                break
        return bytes(request)


def test_random_requests_are_answered_or_refused_in_our_terms() -> None:
    memory = MemoryStore()
    Portal(memory).as_operator(AGENCY).agencies.create(name="Northlight Staffing", currency="EUR")
    requests = Requests(SEED)
    answered = 0
    seen: set[str] = set()
    for number in range(REQUESTS):
        request = requests.request()
        ok, answer = memory._native._execute(request)
        assert isinstance(answer, bytes)
        if ok:
            answered += 1
            continue
        refusal = json.loads(answer)
        code = refusal["code"]
        assert code in CLASSES, f"request {number} of seed {SEED}: {request!r}"
        assert CLASSES[code] != "Internal", f"request {number} of seed {SEED}: {request!r}: {refusal}"
        seen.add(code)
    # The supply is only worth something if it gets past the first door now and then.
    assert answered > REQUESTS // 1000
    assert {"not_json", "wrong_type", "field_missing", "field_unknown"} <= seen


def test_random_bytes_never_stop_a_machine() -> None:
    dice = random.Random(SEED)
    request = json.dumps(
        {
            "context": {
                "agency": str(AGENCY),
                "actor": {"as": "operator"},
                "now": "2026-09-01T08:00:00Z",
                "command_id": "one",
                "entropy": "07" * 32,
            },
            "operation": "agencies.get",
            "input": {},
        }
    ).encode()
    answers = [
        b"",
        b"null",
        b'{"loaded":null}',
        b'{"loaded":[]}',
        b'{"loaded":[[],[],[]]}',
        b'{"committed":{}}',
    ]
    answers += [b'{"committed":{"outcome":"committed"}}', b'{"failed":{"kind":"full","message":""}}']
    for _ in range(REQUESTS // 50):
        machine = _native.Machine(request)
        machine.start()
        for _ in range(3):
            ok, answer = machine.resume(dice.choice([*answers, dice.randbytes(12)]))
            assert isinstance(answer, bytes)
            step = json.loads(answer)
            assert (
                step.get("step") in {"load", "commit", "done", "refused"} if ok else step["code"] in CLASSES
            )
