"""Error classes and codes: complete, typed, and never somebody else's exception."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections.abc import Sequence

import pytest

import staffgate
from staffgate import (
    AsyncPortal,
    Contended,
    Internal,
    MemoryStore,
    OutcomeUnknown,
    Portal,
    StaffgateError,
    StoreFailure,
    Unavailable,
    _native,
    codes,
    errors,
)
from staffgate._groups.agencies import _GET
from staffgate.store import ChangeSet, CommitOutcome, Conflicted, Read, Row

from .conftest import AGENCY
from .plain_store import PlainStore


def test_the_codes_are_those_of_the_library() -> None:
    native = {sentence["code"]: sentence["class"] for sentence in json.loads(_native.codes())}
    assert list(codes.CODES) == list(native)
    assert {code: name.lower() for code, name in codes.CLASSES.items()} == {
        code: kind.replace("_", "") for code, kind in native.items()
    }


def test_every_code_has_a_class_that_can_be_caught() -> None:
    for code, name in codes.CLASSES.items():
        kind = getattr(staffgate, name)
        assert issubclass(kind, StaffgateError)
        assert issubclass(kind, Exception)
        for locale in ("en", "fr"):
            error = errors.make(code, locale=locale)
            assert type(error) is kind
            assert error.code == code
            assert error.message


def test_an_error_survives_the_way_to_another_process() -> None:
    error = errors.make("too_long", path="name", expected="120")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert vars(again) == vars(error)
    assert str(again) == "name: this is longer than 120"


def test_a_panic_becomes_an_internal_error() -> None:
    ok, answer = _native._panic("a wheel came off")
    assert not ok
    error = errors.refused(answer)
    assert isinstance(error, Internal)
    assert error.code == "internal"
    assert "a wheel came off" in error.message


def test_a_native_module_of_another_version_is_an_internal_error() -> None:

    with pytest.raises(Internal, match="does not read"):
        _GET.ended(True, b'{"id": 1}')


class Cut(PlainStore):
    """A store whose commits end in a way of choice."""

    def __init__(self, error: BaseException | None = None, outcome: object = None) -> None:
        super().__init__()
        self.error, self.outcome, self.commits = error, outcome, 0

    def commit(self, _: ChangeSet) -> CommitOutcome:
        self.commits += 1
        if self.error is not None:
            raise self.error
        return self.outcome  # type: ignore[return-value]


def create(store: PlainStore) -> None:
    Portal(store).as_operator(AGENCY).agencies.create(name="Northlight Staffing", currency="EUR")


def test_the_hosts_exception_passes_through_untouched() -> None:
    class ConnectionLost(Exception):
        pass

    for error in (ConnectionLost("by peer"), KeyboardInterrupt()):
        with pytest.raises(type(error)) as caught:
            create(Cut(error))
        assert caught.value is error


def test_an_awaited_stores_exception_passes_through_untouched() -> None:

    error = LookupError("no such shard")

    class Awaited:
        async def load(self, _: Sequence[Read]) -> list[list[Row]]:
            raise error

        async def commit(self, _: ChangeSet) -> CommitOutcome:
            raise error

    with pytest.raises(LookupError) as caught:
        asyncio.run(AsyncPortal(Awaited()).as_operator(AGENCY).agencies.get())
    assert caught.value is error


def test_a_stores_own_failures_are_typed() -> None:
    with pytest.raises(Unavailable) as full:
        create(Cut(StoreFailure("full", "no room")))
    assert full.value.code == "store_full"
    assert full.value.retryable
    unknown = Cut(StoreFailure("outcome_unknown", "the line went dead"))
    with pytest.raises(OutcomeUnknown):
        create(unknown)
    # The command's own record is read again; only then is it asked once more.
    assert unknown.commits > 1


def test_conflicts_without_end_are_contended() -> None:
    store = Cut(outcome=Conflicted())
    with pytest.raises(Contended):
        create(store)
    assert store.commits == 5


@pytest.mark.parametrize("nonsense", [None, "committed", 7, object(), {"outcome": "perhaps"}])
def test_a_store_that_answers_nonsense_is_at_fault(nonsense: object) -> None:
    with pytest.raises(Internal) as caught:
        create(Cut(outcome=nonsense))
    assert caught.value.code == "store_fault"


def test_too_few_answers_are_the_stores_fault() -> None:
    class Silent(PlainStore):
        def load(self, _: Sequence[Read]) -> list[list[Row]]:
            return []

    with pytest.raises(Internal, match="reads"):
        create(Silent())


def test_a_store_belongs_to_its_process() -> None:
    with pytest.raises(TypeError, match="one process"):
        pickle.dumps(MemoryStore())
