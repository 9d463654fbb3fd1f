"""The host's side of the story: who speaks, what time it is, and a record of every answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from staffgate import Portal, Session, SqliteStore

AGENCY = UUID("0b0e7a43-8d5c-4d4e-9a53-6a1c1f0f4b11")

SECRET_RATES = (b"17.31", b"13.37", b"13.38", b"13.39", b"13.41")
"""Texts that no client may ever see."""


class Teller:
    """A portal with a clock that stands where the story puts it.

    Everything is fixed, so that three languages can be compared byte by byte; a real host says
    `Portal.open("portal.db")` and gets its own clock and the machine's randomness.
    """

    def __init__(self, path: str) -> None:
        self.store = SqliteStore(path)
        self.answers: list[bytes] = []
        self.heard_by_clients: list[bytes] = []
        self._now = datetime.min.replace(tzinfo=UTC)
        self._inside = self._portal(self._hear)
        self._outside = self._portal(self._hear_at_client)

    def at(self, now: str) -> None:
        """The clock moves."""
        self._now = datetime.fromisoformat(now)

    def operator(self) -> Session:
        """The embedding platform's own code."""
        return self._inside.as_operator(AGENCY)

    def member(self, member: UUID) -> Session:
        """A person at the agency."""
        return self._inside.as_member(AGENCY, member)

    def guest(self) -> Session:
        """Somebody with a link."""
        return self._inside.as_guest(AGENCY)

    def user(self, user: UUID) -> Session:
        """A person at a client."""
        return self._outside.as_user(AGENCY, user)

    def leaks(self) -> tuple[int, int]:
        """How many answers people at clients got, and how many of them hold a pay rate."""
        leaking = [answer for answer in self.heard_by_clients if any(rate in answer for rate in SECRET_RATES)]
        return len(self.heard_by_clients), len(leaking)

    def end(self, answers: str) -> None:
        """Closes the file, and keeps every answer as it went out, one a line."""
        self.store.close()
        Path(answers).write_bytes(b"".join(answer + b"\n" for answer in self.answers))

    def _portal(self, watch: Callable[[bytes], None]) -> Portal:
        # Each call gets the number that its answer will have.
        return Portal(
            self.store,
            clock=lambda: self._now,
            command_ids=lambda: f"story {len(self.answers) + 1}",
            entropy=lambda _size: sha256(f"story entropy {len(self.answers) + 1}".encode()).digest(),
            watch=watch,
        )

    def _hear(self, answer: bytes) -> None:
        self.answers.append(answer)

    def _hear_at_client(self, answer: bytes) -> None:
        self.answers.append(answer)
        self.heard_by_clients.append(answer)
