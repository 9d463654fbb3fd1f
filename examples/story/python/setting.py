"""How the stage is set: the agency, its offer, its client, and Anna."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from account import chapter, says
from staffgate import Session
from staffgate.types import ClientReplyAgency, Delivery, NewSite, PriceScopeBasic, SkillRate
from teller import Teller


@dataclass(frozen=True)
class Agency:
    mia: Session
    waiter: UUID


@dataclass(frozen=True)
class Client:
    id: UUID
    site: UUID
    anna: Session


def found_agency(teller: Teller) -> Agency:
    chapter("The operator creates the agency")
    teller.at("2026-09-01T08:00:00Z")
    operator = teller.operator()
    agency = operator.agencies.create(name="Northlight Staffing", currency="EUR")
    says("operator", f"creates {agency.name}")
    operator.agencies.switch_portal(on=True)
    says("operator", "switches its portal on")
    member = operator.members.add(name="Mia Keller", email="mia@northlight.example", role="administrator")
    mia = teller.member(member.id)

    chapter("The agency sets up its offer")
    mia.agencies.set_profile(subdomain="northlight")
    says("Mia", "takes the subdomain northlight")
    waiter = mia.skills.create(name="Waiter").id
    mia.agencies.set_ordering(skills=[waiter])
    says("Mia", "lets clients order waiters")
    mia.terms.publish(title="Terms of 2026", text="Orders bind both sides.")
    says("Mia", "publishes the terms")
    mia.price_lists.publish(
        scope=PriceScopeBasic(),
        valid_from=date(2026, 1, 1),
        vat_percent=Decimal(19),
        minimum_minutes=240,
        rates=[
            SkillRate(skill=waiter, per_hour=Decimal("20.00")),
            SkillRate(skill=waiter, role="lead", per_hour=Decimal("25.00")),
        ],
    )
    says("Mia", "publishes the basic prices: 20.00 an hour, 25.00 for a lead")
    return Agency(mia, waiter)


def open_client(teller: Teller, agency: Agency) -> Client:
    chapter("The client gets access")
    mia = agency.mia
    ballroom = NewSite(name="Ballroom", address="Pariser Platz 1, Berlin", zone="Europe/Berlin")
    client = mia.clients.create(name="Grand Hotel Astoria", sites=[ballroom])
    delivery = Delivery(base_url="https://northlight.example/join", send_now=True)
    link = mia.clients.enable_access(client=client.id, delivery=delivery)
    says("Mia", f"enables access for {client.name}: {link.access}")
    token = link.token
    assert token is not None, "the link was handed out before"
    teller.guest().users.preview_link(token=token)
    says("Anna", "looks at the link, which uses nothing up")
    joined = teller.guest().users.join(
        token=token,
        name="Anna Berg",
        email="anna@astoria.example",
        password="seven blue lamps over the harbour",
    )
    now = mia.clients.get(client=client.id)
    assert isinstance(now, ClientReplyAgency), "the agency got the client's view"
    says("Anna", f"joins and sets a password: {now.access}")
    return Client(client.id, client.sites[0].id, teller.user(joined.user))
