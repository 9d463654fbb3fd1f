"""Portals, sessions and typed values, on every store."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from pathlib import Path

import pytest

from staffgate import Conflict, Denied, MemoryStore, NotFound, Portal, Session, Store, Unavailable
from staffgate.store import SqliteStore
from staffgate.types import PageRequest, SkillCode, SkillView

from .conftest import AGENCY, NOW, fixed


def some_skills(portal: Portal) -> list[bytes]:
    """The same story on any store: what is answered, byte for byte."""
    operator = portal.as_operator(AGENCY)
    return [
        operator.run_json("agencies.create", b'{"name":"Northlight Staffing","currency":"EUR"}'),
        operator.run_json("skills.create", '{"name":"Kellner für Ärztetage"}'),
        operator.run_json("skills.create", b'{"name":"Cook","codes":[{"scheme":"ISCO-08","code":"5120"}]}'),
        operator.run_json("skills.list"),
        portal.directory().run_json("agencies.resolve", b'{"subdomain":"northlight"}'),
    ]


def test_every_store_gives_the_same_bytes(store: Store) -> None:
    assert some_skills(fixed(store)) == some_skills(fixed(MemoryStore()))


def test_who_watches_sees_every_answer_and_changes_none(store: Store) -> None:
    seen: list[bytes] = []
    portal = Portal(store, clock=lambda: NOW, watch=seen.append)
    operator = portal.as_operator(AGENCY)
    operator.agencies.create(name="Northlight Staffing", currency="EUR")
    skill = operator.skills.create(name="Kellner für Ärztetage")
    with pytest.raises(NotFound) as caught:
        operator.skills.rename(skill=AGENCY, name="Cook")
    raw = operator.run_json("skills.list")
    assert len(seen) == 4
    assert json.loads(seen[0])["name"] == "Northlight Staffing"
    assert "Kellner für Ärztetage".encode() in seen[1]
    assert json.loads(seen[1])["id"] == str(skill.id)
    assert (json.loads(seen[2])["code"], json.loads(seen[2])["message"]) == (
        "not_found",
        caught.value.message,
    )
    assert seen[3] == raw


def test_values_are_typed_and_immutable(store: Store) -> None:
    operator = fixed(store).as_operator(AGENCY)
    agency = operator.agencies.create(name="Northlight Staffing", currency="EUR")
    assert agency.id == AGENCY
    assert agency.currency == "EUR"
    skill = operator.skills.create(name="Cook", codes=[SkillCode(scheme="ISCO-08", code="5120")])
    assert isinstance(skill, SkillView)
    assert isinstance(skill.id, uuid.UUID)
    assert skill.codes == (SkillCode(scheme="ISCO-08", code="5120"),)
    with pytest.raises(AttributeError):
        skill.name = "Chef"  # type: ignore[misc]
    assert skill == operator.skills.list().items[0]


def test_a_list_goes_on_where_it_stopped(operator: Session) -> None:
    names = [f"Skill {number:02}" for number in range(5)]
    for name in names:
        operator.skills.create(name=name)
    seen, page = [], operator.skills.list(page=PageRequest(limit=2))
    while True:
        seen += [skill.name for skill in page.items]
        if page.next is None:
            break
        page = operator.skills.list(page=PageRequest(limit=2, after=page.next))
    assert seen == names


def test_a_repeated_command_id_gets_the_first_answer(operator: Session) -> None:
    first = operator.skills.create(name="Cook", command_id="order 66")
    assert operator.skills.create(name="Cook", command_id="order 66") == first
    assert len(operator.skills.list().items) == 1
    with pytest.raises(Conflict) as caught:
        operator.skills.create(name="Waiter", command_id="order 66")
    assert caught.value.code == "command_reused"


def test_without_a_command_id_every_call_is_its_own() -> None:
    operator = Portal(MemoryStore()).as_operator(AGENCY)
    operator.agencies.create(name="Northlight Staffing", currency="EUR")
    assert operator.skills.create(name="Cook").id != operator.skills.create(name="Waiter").id


def test_nobody_is_somebody_else() -> None:
    portal = Portal(MemoryStore())
    portal.as_operator(AGENCY).agencies.create(name="Northlight Staffing", currency="EUR")
    stranger = uuid.uuid4()
    for session in (
        portal.as_member(AGENCY, stranger),
        portal.as_user(AGENCY, stranger),
        portal.as_guest(AGENCY),
        portal.as_operator(stranger),
    ):
        with pytest.raises((Denied, NotFound)):
            session.skills.list()


def test_a_session_speaks_its_language() -> None:
    portal = Portal(MemoryStore())
    with pytest.raises(Denied) as caught:
        portal.as_operator(AGENCY, locale="fr").agencies.get()
    assert caught.value.message == "cette agence est inconnue ici"


def test_a_whole_request_runs_as_it_stands() -> None:
    portal = Portal(MemoryStore())
    request = {
        "context": {
            "agency": str(AGENCY),
            "actor": {"as": "operator"},
            "now": NOW.isoformat(),
            "command_id": "first",
            "entropy": "07" * 32,
        },
        "operation": "agencies.create",
        "input": {"name": "Northlight Staffing", "currency": "EUR"},
    }
    reply = json.loads(portal.run_json(json.dumps(request).encode()))
    assert reply["id"] == str(AGENCY)


def test_the_clock_must_know_its_zone() -> None:
    portal = Portal(MemoryStore(), clock=lambda: dt.datetime(2026, 9, 1))
    with pytest.raises(Exception, match=r"context\.now"):
        portal.as_operator(AGENCY).agencies.get()


def test_a_file_keeps_what_was_written(tmp_path: Path) -> None:
    with Portal.open(tmp_path / "portal.sqlite") as portal:
        portal.as_operator(AGENCY).agencies.create(name="Northlight Staffing", currency="EUR")
    with Portal.open(str(tmp_path / "portal.sqlite")) as portal:
        assert portal.as_operator(AGENCY).agencies.get().name == "Northlight Staffing"
    with pytest.raises(Unavailable) as caught:
        portal.as_operator(AGENCY).agencies.get()
    assert caught.value.code == "store_closed"


def test_a_file_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Anna, this is not a database.\n" * 100)
    before = path.read_bytes()
    with pytest.raises(Exception, match="stored data") as caught:
        Portal.open(path)
    assert getattr(caught.value, "code", None) == "store_damaged"
    assert path.read_bytes() == before


def test_a_native_store_can_be_wrapped(tmp_path: Path) -> None:
    class Counting:
        """A host's own layer between the portal and the file."""

        def __init__(self, inner: SqliteStore) -> None:
            self.inner = inner
            self.commits = 0
            self.load = inner.load

        def commit(self, changes: object) -> object:
            self.commits += 1
            return self.inner.commit(changes)  # type: ignore[arg-type]

    store = Counting(SqliteStore(tmp_path / "portal.sqlite"))
    assert some_skills(fixed(store)) == some_skills(fixed(MemoryStore()))  # type: ignore[arg-type]
    assert store.commits == 3
