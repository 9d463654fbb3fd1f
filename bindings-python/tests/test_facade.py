"""The generated methods: all there, alike in both portals, keyword-only and documented."""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest

from staffgate import AsyncSession, Session, _native, types

NAMES: list[str] = json.loads(_native.operations())


def method_of(session: type[Session] | type[AsyncSession], name: str) -> Any:
    group, verb = name.split(".")
    kind = inspect.get_annotations(getattr(session, group).func, eval_str=True)["return"]
    return getattr(kind, verb)


@pytest.mark.parametrize("name", NAMES)
def test_every_operation_is_a_method_of_both_sessions(name: str) -> None:
    blocking, awaited = method_of(Session, name), method_of(AsyncSession, name)
    assert inspect.signature(blocking) == inspect.signature(awaited)
    assert inspect.iscoroutinefunction(awaited)
    assert not inspect.iscoroutinefunction(blocking)
    assert blocking.__doc__
    parameters = [it for it in inspect.signature(blocking).parameters.values() if it.name != "self"]
    assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters)


def test_values_are_frozen_and_documented() -> None:
    structs = [getattr(types, name) for name in types.__all__ if inspect.isclass(getattr(types, name))]
    assert len(structs) > 10
    for struct in structs:
        assert struct.__struct_config__.frozen, struct
        assert struct.__doc__, struct
        assert not hasattr(struct, "__dict__") or "__dict__" not in dir(struct), struct


def test_what_is_exported_is_there() -> None:
    import staffgate
    from staffgate import codes, errors, portal, store, testing

    for module in (staffgate, errors, portal, store, testing, types):
        for name in module.__all__:
            assert hasattr(module, name), name
    assert len(set(codes.CODES)) == len(codes.CODES)
