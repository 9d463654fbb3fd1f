"""Packs the JSON of replies as the core does, so that any reply can be read in both ways; `engine/packed` says how."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Container, Iterator
from importlib import import_module
from typing import Any

from msgspec import Struct, inspect

from staffgate import _groups
from staffgate._calls import Operation
from staffgate._native import Answers, PackedReply
from staffgate._shapes import describe

NULL, TRUE, FALSE, NUMBER, LIST, OBJECT, MAP, FAR, WIDE = range(9)
FIRST_NUMBER = 16
FIRST_TEXT = 4096
HALF = 1 << 14


class Fields(list[tuple[str, Any]]):
    """The fields of an object in the order in which JSON has them."""


class Packing:
    """One reply on its way into a row. JSON does not tell maps from objects: the fields `maps` hold maps."""

    def __init__(self, maps: Container[str] = (), *, spelled: bool = False) -> None:
        self.maps = maps
        self.spelled = spelled
        self.texts: dict[str, int] = {}
        self.shapes: dict[str, int] = {}
        self.row: list[int] = []

    def text(self, text: str) -> None:
        place = self.texts.setdefault(text, len(self.texts))
        if place + FIRST_TEXT < HALF:
            self.row.append(FIRST_TEXT + place)
        else:
            self.row += [FAR, place % HALF, place // HALF]

    def number(self, number: float) -> None:
        if isinstance(number, int) and 0 <= number < FIRST_TEXT - FIRST_NUMBER:
            self.row.append(FIRST_NUMBER + number)
        elif isinstance(number, int) and 0 <= number < HALF * HALF:
            self.row += [WIDE, number % HALF, number // HALF]
        else:
            self.row.append(NUMBER)
            self.text(str(number))

    def value(self, value: Any) -> None:
        match value:
            case None | True | False:
                self.row.append({None: NULL, True: TRUE, False: FALSE}[value])
            case int() | float():
                self.number(value)
            case str():
                self.text(value)
            case Fields():
                self.fields(value)
            case _:
                self.row += [LIST, len(value) % HALF, len(value) // HALF]
                for item in value:
                    self.value(item)

    def fields(self, fields: Fields, *, is_map: bool = False) -> None:
        if is_map or self.spelled:
            self.row += [MAP, len(fields) % HALF, len(fields) // HALF]
        else:
            shape = ",".join(name for name, _ in fields)
            self.row += [OBJECT, self.shapes.setdefault(shape, len(self.shapes))]
        for name, item in fields:
            if is_map or self.spelled:
                self.text(name)
            if isinstance(item, Fields) and name in self.maps:
                self.fields(item, is_map=True)
            else:
                self.value(item)

    def reply(self) -> PackedReply:
        return PackedReply._of("".join(f"{text}\0" for text in self.texts), list(self.shapes), self.row)


def packed(text: bytes | str, maps: Container[str] = (), *, spelled: bool = False) -> PackedReply:
    packing = Packing(maps, spelled=spelled)
    packing.value(json.loads(text, object_pairs_hook=Fields))
    return packing.reply()


def unpacked(reply: PackedReply, annotation: Any) -> Any:
    """The object; a refusal is its bytes."""
    return reply._object(Answers(describe(annotation)))[1]


def operations() -> Iterator[Operation[Any]]:
    """Every operation of the package."""
    for module in pkgutil.iter_modules(_groups.__path__):
        for one in vars(import_module(f"{_groups.__name__}.{module.name}")).values():
            if isinstance(one, Operation):
                yield one


def assert_same(got: Any, expected: Any, path: str = "") -> None:
    """Equal, and of the same types all the way down."""
    assert type(got) is type(expected), f"{path}: {type(got)}, not {type(expected)}"
    if isinstance(expected, Struct):
        for name in expected.__struct_fields__:
            assert_same(getattr(got, name), getattr(expected, name), f"{path}.{name}")
    elif isinstance(expected, list | tuple):
        assert len(got) == len(expected), path
        for place, (one, other) in enumerate(zip(got, expected, strict=True)):
            assert_same(one, other, f"{path}[{place}]")
    elif isinstance(expected, dict):
        assert list(got) == list(expected), path
        for name, item in expected.items():
            assert_same(got[name], item, f"{path}.{name}")
    else:
        assert repr(got) == repr(expected), path
    assert got == expected, path


def maps_of(annotation: Any) -> set[str]:
    """The names of the fields that hold maps, here and further down."""
    found: set[str] = set()
    seen: set[type] = set()
    waiting: list[inspect.Type] = [inspect.type_info(annotation)]
    while waiting:
        match waiting.pop():
            case inspect.UnionType(types=types):
                waiting += types
            case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
                waiting.append(item)
            case inspect.DictType(value_type=item):
                waiting.append(item)
            case inspect.StructType(cls=cls, fields=fields) if cls not in seen:
                seen.add(cls)
                waiting += [field.type for field in fields]
                found |= {field.encode_name for field in fields if isinstance(field.type, inspect.DictType)}
    return found


def check(operation: Operation[Any], text: bytes) -> None:
    """A reply is the same object from its packed form as from JSON."""
    assert operation.packs, operation.name
    made = operation._unpacked(packed(text, maps_of(operation.reply)))
    assert_same(made, operation.read(text), operation.name)
