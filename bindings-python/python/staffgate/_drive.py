"""Carries out the engine's steps on a store that is written in Python. The engine tells; nothing calls back."""

from __future__ import annotations

import asyncio
from typing import TypeAlias

from msgspec import MsgspecError, Raw, Struct
from msgspec.json import Decoder, Encoder

from ._native import Machine, PackedReply
from .store import AsyncStore, ChangeSet, Read, Store, StoreFailure

Answer = tuple[bool, bytes | PackedReply]


class _Load(Struct, tag_field="step", tag="load"):
    reads: tuple[Read, ...]


class _Commit(Struct, tag_field="step", tag="commit"):
    changes: ChangeSet


class _Done(Struct, tag_field="step", tag="done"):
    reply: Raw


class _Refused(Struct, tag_field="step", tag="refused"):
    error: Raw


_Step: TypeAlias = _Load | _Commit | _Done | _Refused
_step: Decoder[_Step] = Decoder(_Step)
_encoder = Encoder()


def _end(step: _Done | _Refused) -> Answer:
    return (True, bytes(step.reply)) if isinstance(step, _Done) else (False, bytes(step.error))


def _answer(name: str, value: object) -> bytes:
    """The store's answer; one that has no JSON form is left for the engine to refuse."""
    try:
        return _encoder.encode({name: value})
    except (MsgspecError, TypeError, ValueError, RecursionError, OverflowError):
        return b'{"%b":null}' % name.encode()


def _failure(failure: StoreFailure) -> bytes:
    return _answer("failed", {"kind": failure.kind, "message": failure.message})


def drive(store: Store, request: bytes, packs: bool = False) -> Answer:
    """Runs one request on a blocking store."""
    machine = Machine(request, packs)
    ok, text = machine.start()
    while ok:
        if isinstance(text, PackedReply):
            break
        step = _step.decode(text)
        try:
            match step:
                case _Load():
                    answer = _answer("loaded", store.load(step.reads))
                case _Commit():
                    answer = _answer("committed", store.commit(step.changes))
                case _Done() | _Refused():
                    return _end(step)
        except StoreFailure as failure:
            answer = _failure(failure)
        ok, text = machine.resume(answer)
    return ok, text


async def drive_async(store: AsyncStore, request: bytes, costly: bool, packs: bool = False) -> Answer:
    """Runs one request on an async store. Work that hashes passwords is done beside the event loop."""
    machine = Machine(request, packs)
    ok, text = machine.start()
    while ok:
        if isinstance(text, PackedReply):
            break
        step = _step.decode(text)
        try:
            match step:
                case _Load():
                    answer = _answer("loaded", await store.load(step.reads))
                case _Commit():
                    answer = _answer("committed", await store.commit(step.changes))
                case _Done() | _Refused():
                    return _end(step)
        except StoreFailure as failure:
            answer = _failure(failure)
        if costly:
            ok, text = await asyncio.to_thread(machine.resume, answer)
        else:
            ok, text = machine.resume(answer)
    return ok, text
