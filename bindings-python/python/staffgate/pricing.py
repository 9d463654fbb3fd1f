"""Prices alone: what a demand costs under price lists, without a store and without a portal.

    from staffgate.pricing import PriceBook

    book = PriceBook("EUR", [list_of_prices])
    print(book.estimate(demand))

A `PriceBook` reads its lists once. The functions read theirs in each call.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypedDict, TypeVar, cast

from msgspec import Struct

from . import _functions, _native
from ._compute import MAX_BYTES, compute_json
from ._encode import encode_value
from ._functions import *  # noqa: F403
from ._shapes import describe
from .errors import make, refused
from .types import Demand, Estimate, EstimateResult, EstimateTotals, PriceList

__all__ = ["PriceBook", "ZoneData", "compute_json"]
__all__ += _functions.__all__

Reply = TypeVar("Reply")


class ZoneData(TypedDict):
    """Time zone data of the host, for a release that is newer than the library."""

    version: str
    """The release, such as `2026a`; it is reported with each estimate."""
    files: Mapping[str, bytes]
    """Compiled zone files by the name of their zone, such as `Europe/Berlin`."""


class _Lists(Struct):
    currency: str
    lists: Sequence[PriceList]


class _Demands(Struct):
    demands: Sequence[Demand]


class _Kind(Generic[Reply]):
    """A kind of answer, whose objects the native part makes itself."""

    __slots__ = ("answers",)

    def __init__(self, annotation: Any) -> None:
        self.answers = _native.Answers(describe(annotation))

    def ended(self, ok: bool, answer: Any) -> Reply:
        """The answer, or the error that was raised instead of it."""
        if ok:
            return cast("Reply", answer)
        raise refused(answer)


_ESTIMATE: _Kind[Estimate] = _Kind(Estimate)
_RESULTS: _Kind[tuple[EstimateResult, ...]] = _Kind(tuple[EstimateResult, ...])
_TOTALS: _Kind[tuple[EstimateTotals, ...]] = _Kind(tuple[EstimateTotals, ...])


class PriceBook:
    """Price lists of one currency, made ready once. It never changes, and any number of threads can use it.

    A batch lets other threads of Python run while it is computed.

    Args:
        currency: Of all lists.
        lists: Lists of any levels and versions, in any order.
        zones: Time zone data of the host; without it, that of the library counts.
    """

    __slots__ = ("_book",)

    def __init__(self, currency: str, lists: Sequence[PriceList], *, zones: ZoneData | None = None) -> None:
        fields = _Lists(currency=currency, lists=lists)
        book, (ok, answer) = _native.PriceBook._open(encode_value(fields, MAX_BYTES), _files(zones))
        if not ok or book is None:
            raise refused(answer)
        self._book = book

    @property
    def zone_data(self) -> str:
        """The release of the time zone data, such as `2026a`."""
        return self._book._zone_data()

    def estimate(self, demand: Demand) -> Estimate:
        """What one demand costs. A missing rate makes it `unpriced`; bad input raises, with the field's path."""
        return _ESTIMATE.ended(*self._book._estimate(encode_value(demand, MAX_BYTES), _ESTIMATE.answers))

    def estimate_many(self, demands: Sequence[Demand]) -> tuple[EstimateResult, ...]:
        """What each of up to 10,000 demands costs, in their order.

        One that is refused says so in its own place and leaves the others as they are.
        """
        body = encode_value(_Demands(demands=demands), MAX_BYTES)
        return _RESULTS.ended(*self._book._estimate_many(body, _RESULTS.answers))

    def totals(self, demands: Sequence[Demand]) -> tuple[EstimateTotals, ...]:
        """The same without lines: net, VAT and total of each demand."""
        body = encode_value(_Demands(demands=demands), MAX_BYTES)
        return _TOTALS.ended(*self._book._totals(body, _TOTALS.answers))


def _files(zones: ZoneData | None) -> tuple[str, list[tuple[str, bytes]]] | None:
    if zones is None:
        return None
    if not isinstance(zones, Mapping):
        raise make("wrong_type", path="zones", expected="a version and files")
    version, files = zones.get("version"), zones.get("files")
    if not isinstance(version, str):
        raise make("wrong_type", path="zones.version", expected="a string")
    if not isinstance(files, Mapping):
        raise make("wrong_type", path="zones.files", expected="files by the name of their zone")
    for name, data in files.items():
        if not isinstance(name, str) or not isinstance(data, bytes):
            raise make("wrong_type", path="zones.files", expected="bytes by the name of their zone")
    return version, list(files.items())
