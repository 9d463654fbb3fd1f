"""Large replies cross packed: they are the same objects as those that JSON says."""

from __future__ import annotations

import asyncio
import copy
import datetime as dt
import json
import pickle
import random
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any, Literal

import pytest
from msgspec import Struct, field, inspect
from msgspec.json import Decoder, decode, encode

from staffgate import AsyncPortal, MemoryStore, Portal, Session, StaffgateError, Store
from staffgate._calls import Operation
from staffgate._groups import price_lists, skills
from staffgate._native import Answers, PackedReply
from staffgate._shapes import describe
from staffgate.types import PriceScopeBasic, SkillRate

from .conftest import AGENCY, NOW, fixed
from .packing import Packing, assert_same, check, operations, packed, unpacked
from .test_contract import AwaitedStore

QUERIES = [one for one in operations() if not one.writes]
SEED = 20260901
NAMES = [
    "Waiter",
    'Quoted "and" \\ slashed',
    "Käsetheke",
    "日本語 \U0001f600",
    "tab\there",
    "x" * 65,
    "ß" * 100,
]


@pytest.fixture
def unpackings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the operations whose replies came packed."""
    seen: list[str] = []
    unpack = Operation._unpacked

    def counted(self: Operation[Any], reply: PackedReply) -> Any:
        seen.append(self.name)
        return unpack(self, reply)

    monkeypatch.setattr(Operation, "_unpacked", counted)
    return seen


def fill(operator: Session) -> None:
    operator.agencies.create(name="Northlight Staffing", currency="EUR")
    for number in range(100):
        operator.skills.create(name=f"{number} {NAMES[number % len(NAMES)]}")


def test_every_store_gives_the_same_objects_as_json(store: Store, unpackings: list[str]) -> None:
    operator = fixed(store).as_operator(AGENCY)
    fill(operator)
    made = operator.skills.list()
    assert unpackings == ["skills.list"]
    assert len(made.items) == 100
    assert_same(made, skills._LIST.read(operator.run_json("skills.list")))


def test_awaited_stores_do_too(unpackings: list[str]) -> None:
    async def both(store: Any) -> None:
        operator = AsyncPortal(store).as_operator(AGENCY)
        assert_same(await operator.skills.list(), skills._LIST.read(await operator.run_json("skills.list")))

    awaited = AwaitedStore()
    fill(fixed(awaited.inner).as_operator(AGENCY))
    asyncio.run(both(awaited))
    asyncio.run(both(awaited.inner))
    assert unpackings == ["skills.list"] * 2


def test_who_watches_sees_json(store: Store, unpackings: list[str]) -> None:
    fill(fixed(store).as_operator(AGENCY))
    unpackings.clear()
    seen: list[bytes] = []
    operator = Portal(store, watch=seen.append).as_operator(AGENCY)
    made = operator.skills.list()
    assert not unpackings
    assert seen == [fixed(store).as_operator(AGENCY).run_json("skills.list")]
    assert_same(made, skills._LIST.read(seen[0]))


def test_threads_read_at_the_same_time(store: Store) -> None:
    operator = fixed(store).as_operator(AGENCY)
    fill(operator)
    expected = skills._LIST.read(operator.run_json("skills.list"))
    with ThreadPoolExecutor(8) as pool:
        for made in pool.map(lambda _: operator.skills.list(), range(64)):
            assert_same(made, expected)


def test_a_type_that_may_hold_itself_stays_with_json(unpackings: list[str]) -> None:
    operator = fixed(MemoryStore()).as_operator(AGENCY)
    fill(operator)
    rates = [SkillRate(skill=one.id, per_hour=Decimal("24.50")) for one in operator.skills.list().items]
    operator.price_lists.publish(
        scope=PriceScopeBasic(), valid_from=NOW.date(), vat_percent=Decimal(19), rates=rates
    )
    listing = price_lists._LIST
    listing.packs = True
    unpackings.clear()
    for _ in range(2):
        made = operator.price_lists.list(scope=PriceScopeBasic())
        assert_same(made, listing.read(operator.run_json("price_lists.list", '{"scope":{"for":"basic"}}')))
    assert unpackings == ["price_lists.list"]
    assert not listing.packs


def test_all_other_replies_can_be_described() -> None:
    undescribed = []
    for operation in QUERIES:
        try:
            describe(operation.reply)
        except TypeError:
            undescribed.append(operation.name)
    assert undescribed == ["price_lists.list"]


class Samples:
    """JSON of any type by chance: each field there or null, each member of a union, lists of a few."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def text(self) -> str:
        letters = self.dice.choices('ab"\\/\n\u00e9\u2028\U0001f600', k=self.dice.choice([0, 1, 5, 70]))
        return "".join(letters)

    def value(self, info: inspect.Type) -> Any:
        dice = self.dice
        match info:
            case inspect.UnionType():
                return self.value(dice.choice(info.types))
            case inspect.NoneType():
                return None
            case inspect.LiteralType():
                return dice.choice(info.values)
            case inspect.StrType():
                return self.text()
            case inspect.IntType():
                return dice.choice([0, 7, 4079, 4080, (1 << 28) - 1, 1 << 28, -1, (1 << 63) - 1])
            case inspect.BoolType():
                return dice.random() < 0.5
            case inspect.DecimalType():
                return dice.choice(["0", "24.50", "-1.005"])
            case inspect.UUIDType():
                return str(uuid.UUID(int=dice.getrandbits(128)))
            case inspect.DateTimeType():
                return dice.choice(
                    ["2026-09-01T08:00:00Z", "2026-10-25T02:30:00.250Z", "2026-09-01T08:00:00"]
                )
            case inspect.DateType():
                return "2026-09-01"
            case inspect.VarTupleType() | inspect.ListType():
                return [self.value(info.item_type) for _ in range(dice.choice([0, 1, 3]))]
            case inspect.DictType():
                return {self.text(): self.value(info.value_type) for _ in range(dice.choice([0, 1, 3]))}
            case inspect.StructType():
                return self.fields(info)
        raise AssertionError(info)

    def fields(self, info: inspect.StructType) -> dict[str, Any]:
        fields = {} if info.tag_field is None else {info.tag_field: info.tag}
        for one in info.fields:
            # What is null may not be there at all.
            if one.default is not None or self.dice.random() < 0.9:
                fields[one.encode_name] = self.value(one.type)
        return fields


@pytest.mark.parametrize("operation", QUERIES, ids=lambda one: str(one.name))
def test_replies_of_every_query_are_the_same_objects_as_json_says(operation: Operation[Any]) -> None:
    if operation.name == "price_lists.list":
        return
    samples = Samples(SEED)
    info = inspect.type_info(operation.reply)
    for _ in range(20):
        text = json.dumps(samples.value(info)).encode()
        check(operation, text)


class Small(Struct, frozen=True, kw_only=True):
    from_: int = field(name="from")
    name: str | None = None


class Circle(Struct, frozen=True, tag_field="kind", tag="circle"):
    radius: Decimal


class Square(Struct, frozen=True, tag_field="kind", tag="square"):
    side: int
    small: Small | None = None


class All(Struct, frozen=True, kw_only=True):
    id: uuid.UUID
    at: dt.datetime
    day: dt.date
    flag: bool
    role: Literal["lead", "staff"]
    shape: Circle | Square
    shapes: list[Circle | Square]
    by_name: dict[str, Small]
    numbers: tuple[int, ...]
    texts: tuple[str | None, ...] = ()


WHOLE = {
    "id": "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11",
    "at": "2026-09-01T08:00:00Z",
    "day": "2026-09-01",
    "flag": True,
    "role": "lead",
    "shape": {"kind": "circle", "radius": "1.50"},
    "shapes": [
        {"kind": "square", "side": 2, "small": {"from": 1, "name": None}},
        {"kind": "square", "side": 3},
    ],
    "by_name": {"": {"from": 1}, "é": {"from": 1, "name": "é"}},
    "numbers": [0, 4079, 4080, 16384, (1 << 28) - 1, 1 << 28, (1 << 64) - 1, -(1 << 63), -1],
    "texts": ["", "0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11", None, '\n\t"\\', "日本語", "x" * 65, "x" * 65],
}


def test_every_sort_of_value() -> None:
    text = json.dumps(WHOLE)
    assert_same(unpacked(packed(text, {"by_name"}), All), decode(text, type=All))


def test_an_object_may_name_its_fields_itself() -> None:
    for text in ('{"from":7,"name":"x"}', '{"from":7,"name":null}', '{"from":7}'):
        assert_same(unpacked(packed(text, spelled=True), Small), decode(text, type=Small))


def test_more_texts_and_longer_lists_than_one_number_counts() -> None:
    ids = [str(uuid.UUID(int=number)) for number in range(13_000)]
    text = encode([*ids, *ids])
    kind = tuple[uuid.UUID, ...]
    made = unpacked(packed(text), kind)
    assert_same(made, Decoder(kind).decode(text))
    assert all(one is other for one, other in zip(made[:13_000], made[13_000:], strict=True))


def test_ids_are_as_any_other() -> None:
    text = '"e92f1502-a5d4-8a4a-8f90-d9b254efd796"'
    made, known = unpacked(packed(text), uuid.UUID), uuid.UUID(json.loads(text))
    assert_same(made, known)
    assert hash(made) == hash(known)
    assert (str(made), made.hex, made.version) == (str(known), known.hex, known.version)
    assert made.is_safe is uuid.SafeUUID.unknown is known.is_safe
    assert_same(pickle.loads(pickle.dumps(made)), known)
    assert_same(copy.deepcopy(made), known)
    with pytest.raises(TypeError):
        made.int = 7
    upper = f'"{str(known).upper()}"'
    assert_same(unpacked(packed(upper), uuid.UUID), known)


def refused(reply: PackedReply, annotation: Any) -> str:
    ok, answer = reply._object(Answers(describe(annotation)))
    assert not ok
    refusal = json.loads(answer)
    assert refusal["code"] == "internal"
    return str(refusal["details"]["reason"])


@pytest.mark.parametrize(
    ("text", "annotation", "reason"),
    [
        ('{"name":"x"}', Small, "from does not stand where it was expected"),
        ('{"from":7,"more":1}', Small, "more does not stand where it was expected"),
        ('{"name":"x","from":7}', Small, "from does not stand where it was expected"),
        ('{"radius":"1","kind":"circle"}', Circle | Square, "an object does not begin with kind"),
        ('{"kind":"oval"}', Circle | Square, "no kind is called oval"),
        ('{"from":"7"}', Small, "Text(0) stands where a whole number was expected"),
        ('{"from":true}', Small, "Flag(true) stands where a whole number was expected"),
        ('{"from":1.5}', Small, "1.5 is no whole number"),
        ('{"from":[]}', Small, "List(0) stands where a whole number was expected"),
        ("[7]", tuple[str, ...], "Whole(7) stands where a text was expected"),
        ("7", uuid.UUID, "Whole(7) stands where a text of its own kind was expected"),
        ('"text"', uuid.UUID, "ValueError: badly formed hexadecimal UUID string"),
        ('"text"', dt.datetime, "ValueError: Invalid isoformat string: 'text'"),
        ("{}", dict[str, str], "Object(0) stands where a map was expected"),
        ("7", Small, "Whole(7) stands where an object was expected"),
        ('"x"', tuple[str, ...], "Text(0) stands where a list was expected"),
    ],
)
def test_what_does_not_fit_is_refused(text: str, annotation: Any, reason: str) -> None:
    assert refused(packed(text), annotation) == reason


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([], "a packed reply ends too early"),
        ([4, 2, 0, 4096], "a packed reply ends too early"),
        ([4, 1, 0, 4097], "a text that is not in the table"),
        ([4, 1, 0, 9], "a packed reply ends too early"),
        ([4, 1, 0, 7, 0], "a packed reply ends too early"),
        ([5, 0], "Object(0) stands where a list was expected"),
    ],
)
def test_a_broken_row_is_refused(row: list[int], reason: str) -> None:
    assert refused(PackedReply._of("one\0", [], row), tuple[str, ...]) == reason


def test_random_rows_never_pass_the_door() -> None:
    dice = random.Random(SEED)
    answers = Answers(describe(All))
    for _ in range(2_000):
        row = [5, 0, *dice.choices([*range(20), *range(4096, 4110), 16_383], k=40)]
        packing = Packing()
        packing.value(["lead", "1.50", WHOLE["id"], WHOLE["at"], WHOLE["day"], "kind", "circle", "square"])
        texts = "".join(f"{text}\0" for text in packing.texts)
        shapes = [",".join(WHOLE), "kind,radius", "kind,side", "from,name", "from"]
        ok, answer = PackedReply._of(texts, shapes, row)._object(answers)
        assert ok or json.loads(answer)["code"] == "internal"


def test_a_misfit_raises_our_own_error() -> None:
    with pytest.raises(StaffgateError) as raised:
        skills._LIST.ended(True, packed('{"elsewhere":[]}'))
    assert raised.value.code == "internal"


def test_packed_replies_are_json_too() -> None:
    ok, text = packed(json.dumps(WHOLE), {"by_name"})._json()
    assert ok
    assert json.loads(text) == WHOLE
