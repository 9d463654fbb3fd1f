"""Somebody of another client looks around and finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from account import chapter, says
from setting import Agency, Client
from staffgate import StaffgateError
from staffgate.types import Delivery
from teller import Teller

MISSING = UUID("00000000-0000-4000-8000-000000000000")


def stranger(teller: Teller, agency: Agency, client: Client, shift: UUID, mandate: UUID) -> None:
    chapter("Rob of another client looks around")
    other = agency.mia.clients.create(name="Riverside Hall")
    delivery = Delivery(base_url="https://northlight.example/join", send_now=False)
    link = agency.mia.clients.enable_access(client=other.id, delivery=delivery)
    joined = teller.guest().users.join(
        token=link.token or "",
        name="Rob Lang",
        email="rob@riverside.example",
        password="nine green kites above the dunes",
    )
    rob = teller.user(joined.user)

    def answer(ask: Callable[[], object]) -> bytes:
        """The bytes of the answer, whatever it is."""
        with suppress(StaffgateError):
            ask()
        return teller.answers[-1]

    absent = answer(lambda: rob.my_shifts.get(shift=MISSING))
    answers = [
        answer(lambda: rob.my_shifts.get(shift=shift)),
        answer(lambda: rob.my_shifts.list(client=client.id)),
        answer(lambda: rob.my_mandates.get(mandate=mandate)),
        answer(lambda: rob.clients.get(client=client.id)),
    ]
    same = answers.count(absent)
    says("Rob", f"asks for {len(answers)} things of the Astoria")
    says("Rob", f"gets {same} times the very bytes of an id that never existed")
    if same != len(answers):
        raise SystemExit("somebody else's ids are told apart from missing ones")
