"""Threads and forks."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from staffgate import Portal, StaffgateError

from .conftest import AGENCY


def test_threads_share_a_portal(tmp_path: Path) -> None:
    with Portal.open(tmp_path / "portal.sqlite") as portal:
        operator = portal.as_operator(AGENCY)
        operator.agencies.create(name="Northlight Staffing", currency="EUR")
        errors: list[BaseException] = []

        def work(worker: int) -> None:
            try:
                for number in range(20):
                    operator.skills.create(name=f"Skill {worker} {number}")
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=work, args=(worker,)) for worker in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert len(operator.skills.list().items) == 100
        assert operator.skills.list().next is not None


def in_a_child(work: Callable[[], str]) -> str:
    """What `work` returns after a fork, told through a pipe."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            text = work()
        except BaseException as error:
            text = f"{type(error).__name__}: {error}"
        os.write(writer, text.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return text


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_after_a_fork_the_child_is_refused_and_opens_anew(tmp_path: Path) -> None:
    path = tmp_path / "portal.sqlite"
    with Portal.open(path) as portal:
        operator = portal.as_operator(AGENCY)
        operator.agencies.create(name="Northlight Staffing", currency="EUR")

        def old() -> str:
            try:
                operator.skills.create(name="Cook")
            except StaffgateError as error:
                return error.code
            return "it was let through"

        def new() -> str:
            with Portal.open(path) as portal:
                return portal.as_operator(AGENCY).skills.create(name="Cook").name

        assert in_a_child(old) == "store_closed"
        assert in_a_child(new) == "Cook"
        # The parent goes on as if nothing had happened.
        assert [skill.name for skill in operator.skills.list().items] == ["Cook"]
