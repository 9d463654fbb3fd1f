"""A thousand decisions in one call, against cedarpy and pycasbin on the same questions in the same run.

    .venv/bin/python bindings-python/bench/access.py FOLDER

`FOLDER` holds the data set that `bench/access` writes. The peers have policies, entities and requests read before the
clock starts; ours has its questions as objects, and loads what they are about from its store within the call.
"""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from msgspec import convert

from staffgate import MemoryStore, Portal, Session, SqliteStore
from staffgate.store import ChangeSet, CommandRecord, Put
from staffgate.types import (
    AccessObjectClient,
    AccessObjectProject,
    AccessObjectSite,
    AccessQuestion,
)

ROUNDS = 25
PEER_ROUNDS = 4
CASBIN_SAMPLE = 40
# Peers are measured in pieces that take about as long as a batch of ours: a busy machine lengthens long pieces more.
CEDAR_PIECE = 20

Asked = dict[str, Any]
Plain = list[bool]


def thing(asked: Asked) -> AccessObjectClient | AccessObjectProject | AccessObjectSite:
    client = UUID(asked["client"])
    if asked["project"]:
        return AccessObjectProject(id=UUID(asked["project"]))
    if asked["site"]:
        return AccessObjectSite(client=client, id=UUID(asked["site"]))
    return AccessObjectClient(id=client)


def questions(batch: list[Asked]) -> list[AccessQuestion]:
    return [AccessQuestion(permission=asked["permission"], object=thing(asked)) for asked in batch]


@contextmanager
def filled(world: dict[str, Any], store: MemoryStore | SqliteStore) -> Iterator[Portal]:
    with Portal(store) as portal:
        operator = portal.as_operator(world["agency"])
        operator.agencies.create(name="Northlight Staffing", currency="EUR")
        operator.agencies.switch_portal(on=True)
        store.commit(
            ChangeSet(
                tenant=world["agency"],
                command_id="bench fill",
                command=CommandRecord(fingerprint="", reply="null"),
                expect=(),
                puts=convert(world["puts"], tuple[Put, ...]),
                deletes=(),
                claims=(),
                events=(),
            )
        )
        yield portal


class Cedar:
    def __init__(self, world: dict[str, Any]) -> None:
        self.peer: Any = importlib.import_module("cedarpy")
        self.policies = self.peer.PolicySet.from_str(world["cedar"]["policies"])
        self.entities = self.peer.Entities.from_json_str(json.dumps(world["cedar"]["entities"]))

    @staticmethod
    def request(asked: Asked) -> dict[str, Any]:
        kind = "Project" if asked["project"] else "Site" if asked["site"] else "Client"
        return {
            "principal": {"type": "User", "id": asked["user"]},
            "action": {"type": "Action", "id": asked["permission"]},
            "resource": {"type": kind, "id": asked["project"] or asked["site"] or asked["client"]},
        }

    def answer(self, requests: list[dict[str, Any]]) -> Plain:
        results = self.peer.is_authorized_batch(requests, self.policies, self.entities)
        return [result.allowed for result in results]

    def answer_with_rules(self, requests: list[dict[str, Any]]) -> list[tuple[bool, list[str]]]:
        results = self.peer.is_authorized_batch(requests, self.policies, self.entities)
        return [(result.allowed, result.diagnostics.reasons) for result in results]


class Casbin:
    def __init__(self, world: dict[str, Any], model: Path) -> None:
        peer: Any = importlib.import_module("casbin")
        self.enforcer = peer.Enforcer(str(model))
        self.enforcer.add_policies(world["casbin"]["p"])
        self.enforcer.add_named_grouping_policies("g", world["casbin"]["g"])
        self.enforcer.add_named_grouping_policies("g2", world["casbin"]["g2"])

    @staticmethod
    def request(asked: Asked) -> list[str]:
        site = asked["site"] or "client"
        return [asked["user"], asked["client"], asked["project"] or site, site, asked["permission"]]

    def answer(self, requests: list[list[str]]) -> Plain:
        return [bool(self.enforcer.enforce(*request)) for request in requests]

    def answer_with_rules(self, requests: list[list[str]]) -> list[tuple[bool, list[str]]]:
        return [self.enforcer.enforce_ex(*request) for request in requests]


def least(pieces: list[Callable[[], object]], rounds: int) -> float:
    """The sum of the least times of all pieces: what else runs on the machine can only make a piece longer."""
    times = [float("inf")] * len(pieces)
    for _ in range(rounds):
        for at, piece in enumerate(pieces):
            began = time.perf_counter()
            piece()
            times[at] = min(times[at], time.perf_counter() - began)
    return sum(times)


def check(who: str, answers: Plain, batch: list[Asked]) -> None:
    wanted = [asked["answer"] for asked in batch]
    if answers != wanted:
        at = next(at for at, (mine, right) in enumerate(zip(answers, wanted, strict=True)) if mine != right)
        sys.exit(f"{who} answers {answers[at]} to {batch[at]}")


def peers(world: dict[str, Any], model: Path) -> dict[str, tuple[float, float]]:
    """Seconds per question, plain and with the rule."""
    cedar, casbin = Cedar(world), Casbin(world, model)
    batches = world["batches"]
    for_cedar = [[cedar.request(asked) for asked in batch] for batch in batches]
    # From all over each batch.
    step = len(batches[0]) // CASBIN_SAMPLE
    samples = [batch[at % step :: step] for at, batch in enumerate(batches)]
    for_casbin = [[casbin.request(asked) for asked in sample] for sample in samples]
    for batch, requests in zip(batches, for_cedar, strict=True):
        check("cedarpy", cedar.answer(requests), batch)
    for sample, tuples in zip(samples, for_casbin, strict=True):
        check("pycasbin", casbin.answer(tuples), sample)

    def each(answer: Callable[[Any], object], work: list[Any], size: int, rounds: int) -> float:
        parts = [one[at : at + size] for one in work for at in range(0, len(one), size)]
        return least([partial(answer, part) for part in parts], rounds) / sum(map(len, parts))

    return {
        "cedarpy": (
            each(cedar.answer, for_cedar, CEDAR_PIECE, PEER_ROUNDS),
            each(cedar.answer_with_rules, for_cedar, CEDAR_PIECE, PEER_ROUNDS),
        ),
        "pycasbin": (
            each(casbin.answer, for_casbin[:3], 1, PEER_ROUNDS),
            each(casbin.answer_with_rules, for_casbin[:3], 1, PEER_ROUNDS),
        ),
    }


def ours(world: dict[str, Any], portal: Portal) -> tuple[float, float]:
    """The same for the package: one call per batch."""
    batches = world["batches"]
    sessions = [portal.as_user(world["agency"], batch[0]["user"]) for batch in batches]
    work = [(session, questions(batch)) for session, batch in zip(sessions, batches, strict=True)]
    for (session, asked), batch in zip(work, batches, strict=True):
        check("access.allowed", list(session.access.allowed(questions=asked).allowed), batch)
        answers = session.access.can(questions=asked).answers
        check("access.can", [answer.allowed for answer in answers], batch)
        assert all(answer.rule for answer in answers)

    def plain(session: Session, asked: list[AccessQuestion]) -> object:
        return session.access.allowed(questions=asked).allowed

    def with_rules(session: Session, asked: list[AccessQuestion]) -> object:
        return [(answer.allowed, answer.rule) for answer in session.access.can(questions=asked).answers]

    count = sum(map(len, batches))
    return (
        least([partial(plain, *one) for one in work], ROUNDS) / count,
        least([partial(with_rules, *one) for one in work], ROUNDS) / count,
    )


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("name the folder of the data set")
    world = json.loads((Path(sys.argv[1]) / "world.json").read_text("utf-8"))
    model = Path(__file__).parents[2] / "bench/access/model.conf"
    times = peers(world, model)
    bounds = {"cedarpy": (50, 20), "pycasbin": (200, 100)}
    with tempfile.TemporaryDirectory() as folder:
        for name, store in (("MemoryStore", MemoryStore()), ("SQLite", SqliteStore(Path(folder) / "a.db"))):
            with filled(world, store) as portal:
                mine = ours(world, portal)
            for kind, at in (("plain answers", 0), ("with the deciding rule", 1)):
                for peer, its in times.items():
                    ratio, least_ratio = its[at] / mine[at], bounds[peer][at]
                    print(
                        f"{name}, {kind}: {mine[at] * 1e6:.2f} us each; {peer} {its[at] * 1e6:.1f} us: "
                        f"{ratio:.0f} times as fast (at least {least_ratio})"
                    )


if __name__ == "__main__":
    main()
