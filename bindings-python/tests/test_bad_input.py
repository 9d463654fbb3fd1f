"""Whatever goes in, a typed error with a code and the path of the field comes out."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import pytest

from staffgate import Invalid, MemoryStore, Portal, Session
from staffgate.types import PageRequest, SkillCode

CYCLE: list[Any] = []
CYCLE.append(CYCLE)

DEEP: list[Any] = []
for _ in range(10_000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"name": float("nan")}, "wrong_type", "name"),
        ({"name": float("inf")}, "wrong_type", "name"),
        ({"name": 7}, "wrong_type", "name"),
        ({"name": 1.5}, "wrong_type", "name"),
        ({"name": 10**30}, "wrong_type", "name"),
        ({"name": True}, "wrong_type", "name"),
        ({"name": None}, "wrong_type", "name"),
        ({"name": b"Cook"}, "wrong_type", "name"),
        ({"name": object()}, "wrong_type", "name"),
        ({"name": {"Cook"}}, "wrong_type", "name"),
        ({"name": dt.timedelta(hours=8)}, "wrong_type", "name"),
        ({"name": Decimal("NaN"), "codes": "all"}, "wrong_type", "codes"),
        ({"name": ""}, "too_short", "name"),
        ({"name": "x" * 121}, "too_long", "name"),
        ({"name": "x" * 10_000_000}, "input_too_large", "name"),
        ({"name": "Cook\ud800"}, "wrong_type", "name"),
        ({"name": "Cook\x00"}, "control_character", "name"),
        ({"name": "Cook", "codes": CYCLE}, "wrong_type", "codes" + "[0]" * 63 + "[0]"),
        ({"name": "Cook", "codes": DEEP}, "wrong_type", "codes" + "[0]" * 63 + "[0]"),
        ({"name": "Cook", "codes": [SkillCode(scheme="ESCO", code="\udfff")]}, "wrong_type", "codes[0].code"),
        ({"name": "Cook", "codes": [{"scheme": "ESCO"}]}, "field_missing", "codes[0].code"),
        ({"name": "Cook", "codes": [{1: "ESCO"}]}, "wrong_type", "codes[0]"),
        ({"name": "Cook", "codes": [{"scheme": "E", "code": "1", "x": 1}]}, "field_unknown", "codes[0].x"),
        ({"name": "Cook", "codes": [{"scheme": "E", "code": "1"}] * 21}, "too_many", "codes"),
    ],
)
def test_a_command_refuses(operator: Session, fields: dict[str, Any], code: str, path: str) -> None:
    with pytest.raises(Invalid) as caught:
        operator.skills.create(**fields)
    assert (caught.value.code, caught.value.path) == (code, path)
    assert not caught.value.retryable
    assert operator.skills.list().items == ()


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        (0, "out_of_range"),
        (1001, "out_of_range"),
        (-1, "wrong_type"),
        (2**63, "wrong_type"),
        (10**30, "wrong_type"),
        (float("nan"), "wrong_type"),
        ("ten", "wrong_type"),
    ],
)
def test_a_query_refuses(operator: Session, limit: Any, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        operator.skills.list(page=PageRequest(limit=limit))
    assert caught.value.code == code
    assert str(caught.value.path).endswith("limit")


def test_arguments_that_do_not_exist_are_the_languages_own_error(operator: Session) -> None:
    with pytest.raises(TypeError):
        operator.skills.create(title="Cook")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        operator.skills.create("Cook")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("operation", "body", "code", "path"),
    [
        ("skills.destroy", b"{}", "unknown_operation", None),
        ("", b"{}", "unknown_operation", None),
        ("skills.create", b"{}", "field_missing", "name"),
        ("skills.create", b'{"name":"Cook","salary":1}', "field_unknown", "salary"),
        ("skills.create", b'{"name":"Cook","name":"Cook"}', "field_twice", "name"),
        ("skills.create", b"[]", "not_json", None),
        ("skills.create", b'"Cook"', "not_json", None),
        ("skills.create", b'{"name":NaN}', "not_json", None),
        ("skills.create", b'{"name":"\xff"}', "not_json", None),
        ("skills.create", b'{"name":"\\ud800"}', "wrong_type", "name"),
        ("skills.create", b'{"name":', "not_json", None),
        ("skills.create", b"", "not_json", None),
        ("skills.create", b"[" * 10_000 + b"]" * 10_000, "not_json", None),
        ("skills.create", b'{"name":' + b"[" * 10_000 + b"]" * 10_000 + b"}", "wrong_type", "name"),
        ("skills.create", b'{"name":"' + b"x" * 10_000_000 + b'"}', "input_too_large", None),
        ("skills.archive", b'{"skill":"no id","archived":true}', "malformed", "skill"),
        ("skills.archive", b'{"skill":1e400,"archived":true}', None, None),
    ],
)
def test_raw_json_is_refused(
    operator: Session, operation: str, body: bytes, code: str | None, path: str | None
) -> None:
    with pytest.raises(Invalid) as caught:
        operator.run_json(operation, body)
    if code is not None:
        assert (caught.value.code, caught.value.path) == (code, path)


def test_an_input_cannot_break_out_of_its_place(operator: Session) -> None:
    """The raw body is set into a request; whatever follows its value is not read as part of the request."""
    for tail in (b'},"operation":"skills.list"', b'},"context":{}', b"} {", b"}}", b'},"x":1'):
        with pytest.raises(Invalid):
            operator.run_json("skills.create", b'{"name":"Cook"' + tail)
    assert operator.skills.list().items == ()


@pytest.mark.parametrize("command_id", ["", "x" * 101, "\ud800", 7, None])
def test_a_command_id_is_a_short_text(operator: Session, command_id: Any) -> None:
    if command_id is None:
        operator.skills.create(name="Cook", command_id=None)
        return
    with pytest.raises(Invalid) as caught:
        operator.skills.create(name="Cook", command_id=command_id)
    assert "command_id" in str(caught.value.path)


@pytest.mark.parametrize("agency", ["", "northlight", "\ud800", 7, None])
def test_an_agency_is_named_by_its_id(agency: Any) -> None:

    with pytest.raises(Invalid) as caught:
        Portal(MemoryStore()).as_operator(agency).agencies.get()
    assert "agency" in str(caught.value.path)


def test_a_person_is_named_by_an_id() -> None:

    with pytest.raises(Invalid) as caught:
        Portal(MemoryStore()).as_user(uuid.uuid4(), "anna").agencies.get()
    assert str(caught.value.path).startswith("context.actor")
