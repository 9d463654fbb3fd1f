"""The main job, told in Python: `main.py FILE.db ANSWERS.txt`.

Every line that it prints, and every answer's bytes, are the same in Rust and Node.
"""

from __future__ import annotations

import sys
from decimal import Decimal
from uuid import UUID

import setting
import visit
from account import chapter, estimate, says, shift
from setting import Agency, Client
from staffgate import Conflict
from staffgate.types import Order, PositionRequest, ShiftRequest
from teller import Teller


def main() -> None:
    if len(sys.argv) != 3:
        raise SystemExit("usage: main.py FILE.db ANSWERS.txt")
    path, answers = sys.argv[1:]
    teller = Teller(path)
    agency = setting.found_agency(teller)
    client = setting.open_client(teller, agency)
    mandate = order(teller, agency, client)
    this = accept(agency, client, mandate)
    staff(teller, agency, client, this)
    visit.stranger(teller, agency, client, this, mandate)
    end(teller, client, this)
    teller.end(answers)


def order(teller: Teller, agency: Agency, client: Client) -> UUID:
    chapter("Anna orders staff for the night in which the clock goes back")
    teller.at("2026-10-01T09:00:00Z")
    mia, anna = agency.mia, client.anna

    def form(waiters: int) -> Order:
        night = ShiftRequest(
            start="2026-10-24T22:00",
            end="2026-10-25T06:00",
            break_minutes=30,
            positions=[
                PositionRequest(skill=agency.waiter, headcount=waiters),
                PositionRequest(skill=agency.waiter, role="lead", headcount=1),
            ],
        )
        return Order(name="Autumn ball", site=client.site, buyer_reference="PO-77", shifts=[night])

    preview = anna.mandates.preview(client=client.id, order=form(3))
    says("Anna", "previews three waiters and a lead, ten to six: nine hours, less half an hour of break")
    estimate(preview.estimate)
    mandate = anna.mandates.submit(client=client.id, order=form(3), terms=preview.terms)
    says("Anna", "accepts the terms and submits the order")
    review = mia.mandates.list(state="submitted")
    says("Mia", f"finds {len(review.items)} order to review, revision {mandate.revision}")
    edited = anna.mandates.edit(mandate=mandate.id, revision=mandate.revision, order=form(4))
    says("Anna", f"makes it four waiters: revision {edited.revision}")
    estimate(edited.estimate)
    return mandate.id


def accept(agency: Agency, client: Client, mandate: UUID) -> UUID:
    chapter("The agency accepts")
    try:
        agency.mia.mandates.accept(mandate=mandate, revision=1)
    except Conflict as refusal:
        says("Mia", f"cannot accept revision 1: {refusal.code}")
    agency.mia.mandates.accept(mandate=mandate, revision=2)
    says("Mia", "accepts revision 2: project, schedule and shifts exist")
    first = client.anna.my_shifts.list(client=client.id).items[0]
    shift(first)
    return first.id


def staff(teller: Teller, agency: Agency, client: Client, this: UUID) -> None:
    chapter("The agency books the team")
    teller.at("2026-10-05T08:00:00Z")
    mia, anna = agency.mia, client.anna
    seen = anna.my_shifts.get(shift=this)
    waiters, lead = (position.id for position in seen.positions)
    people = [
        ("Lena Sturm", "+49 151 1000001", lead, "17.31"),
        ("Tom Fischer", "+49 151 1000002", waiters, "13.37"),
        ("Ida Blum", "+49 151 1000003", waiters, "13.38"),
        ("Max Vogel", "+49 151 1000004", waiters, "13.39"),
        ("Eva Stein", "+49 151 1000005", waiters, "13.41"),
    ]
    bookings = []
    for name, phone, position, pay in people:
        worker = mia.workers.create(name=name, phone=phone, skills=[agency.waiter])
        booking = mia.bookings.book(shift=this, position=position, worker=worker.id, pay=Decimal(pay))
        mia.bookings.confirm(shift=this, booking=booking.id)
        says("Mia", f"books {name}, who confirms")
        bookings.append(booking.id)
    mia.shifts.name_lead(shift=this, booking=bookings[0])
    says("Mia", "names Lena Sturm as lead")
    shift(anna.my_shifts.get(shift=this))
    mia.projects.publish_team(project=seen.project)
    says("Mia", "publishes the team")
    shift(anna.my_shifts.get(shift=this))


def end(teller: Teller, client: Client, this: UUID) -> None:
    chapter("The night passes")
    for now in ("2026-10-25T04:59:59Z", "2026-10-25T05:00:00Z"):
        teller.at(now)
        says("clock", now)
        shift(client.anna.my_shifts.get(shift=this))
    answers, leaking = teller.leaks()
    says("check", f"{leaking} of {answers} answers to people at clients hold a pay rate")
    verdict = teller.operator().history.verify()
    word = "verifies" if verdict.ok else "does NOT verify"
    says("check", f"the history of {verdict.verified_to} events {word}")
    if leaking or not verdict.ok:
        raise SystemExit("the story did not end well")


if __name__ == "__main__":
    main()
