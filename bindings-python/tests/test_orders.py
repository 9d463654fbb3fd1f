"""Orders and links that are not right, through the public methods: each with its code and its field."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from staffgate import Conflict, Denied, Invalid, MemoryStore, Portal, Session, StaffgateError
from staffgate.types import (
    ClientMandateView,
    Delivery,
    NewSite,
    Order,
    PositionRequest,
    PriceScopeBasic,
    ShiftRequest,
    SkillRate,
)

from .conftest import AGENCY, NOW

DELIVERY = Delivery(base_url="https://portal.example/join", send_now=False, expires_in_days=7)
PASSWORD = "nine purple lanterns at dusk"


@dataclass
class World:
    """The Grand Hotel Astoria at Northlight Staffing, and Anna, who orders there."""

    now: dt.datetime
    portal: Portal
    operator: Session
    client: uuid.UUID
    site: uuid.UUID
    skill: uuid.UUID
    token: str
    anna: Session

    def order(self, **changes: Any) -> Order:
        position: dict[str, Any] = {"skill": self.skill, "headcount": 3}
        shift: dict[str, Any] = {"start": dt.datetime(2026, 10, 24, 22), "end": dt.datetime(2026, 10, 25, 6)}
        position.update({name: value for name, value in changes.items() if name in position})
        shift.update({name: value for name, value in changes.items() if name in shift})
        request = ShiftRequest(**shift, positions=[PositionRequest(**position)])
        return Order(name="Gala night", site=changes.get("site", self.site), shifts=[request])

    def submit(self) -> ClientMandateView:
        return self.anna.mandates.submit(client=self.client, order=self.order())


@pytest.fixture(scope="module")
def world() -> World:
    store = MemoryStore()
    world: World
    portal = Portal(store, clock=lambda: world.now)
    operator = portal.as_operator(AGENCY)
    world = World(NOW, portal, operator, AGENCY, AGENCY, AGENCY, "", operator)
    operator.agencies.create(name="Northlight Staffing", currency="EUR")
    operator.agencies.switch_portal(on=True)
    world.skill = operator.skills.create(name="Waiter").id
    operator.agencies.set_ordering(skills=[world.skill])
    rate = SkillRate(skill=world.skill, per_hour=Decimal("24.50"))
    operator.price_lists.publish(
        scope=PriceScopeBasic(), valid_from=NOW.date(), vat_percent=Decimal("19"), rates=[rate]
    )
    client = operator.clients.create(
        name="Grand Hotel Astoria", sites=[NewSite(name="House", zone="Europe/Berlin")]
    )
    world.client, world.site = client.id, client.sites[0].id
    token = operator.clients.enable_access(client=client.id, delivery=DELIVERY).token
    assert token is not None
    joined = portal.as_guest(AGENCY).users.join(
        token=token, password=PASSWORD, name="Anna", email="anna@astoria.example"
    )
    world.token = token
    world.anna = portal.as_user(AGENCY, joined.user)
    return world


def test_a_right_order_is_priced_exactly(world: World) -> None:
    estimate = world.submit().estimate
    assert estimate is not None
    # 22:00 to 06:00 over the night in which the clock goes back: nine hours for each of three people.
    assert Decimal("24.50") * 9 * 3 == Decimal("661.50")
    assert any(getattr(estimate, name) == Decimal("661.50") for name in estimate.__struct_fields__)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"start": "2026-02-30T10:00"}, "malformed", "shifts[0].start"),
        ({"start": "yesterday"}, "malformed", "shifts[0].start"),
        ({"start": dt.timedelta(hours=1)}, "wrong_type", "shifts[0].start"),
        ({"end": dt.datetime(2026, 10, 24, 21)}, "end_before_start", "shifts[0].end"),
        ({"headcount": 0}, "out_of_range", "positions[0].headcount"),
        ({"headcount": 501}, "out_of_range", "positions[0].headcount"),
        ({"headcount": float("nan")}, "wrong_type", "positions[0].headcount"),
        ({"headcount": 2**70}, "wrong_type", "positions[0].headcount"),
        ({"headcount": "three"}, "wrong_type", "positions[0].headcount"),
        ({"skill": uuid.uuid4()}, "skill_not_orderable", "positions[0].skill"),
        ({"skill": "waiter"}, "malformed", "positions[0].skill"),
    ],
)
def test_an_order_is_refused(world: World, changes: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(StaffgateError) as caught:
        world.anna.mandates.submit(client=world.client, order=world.order(**changes))
    assert caught.value.code == code
    assert str(caught.value.path).endswith(field)


def test_a_wall_time_that_comes_twice_needs_its_offset(world: World) -> None:
    with pytest.raises(StaffgateError) as caught:
        world.anna.mandates.preview(client=world.client, order=world.order(end="2026-10-25T02:30"))
    assert str(caught.value.path).endswith("shifts[0].end")
    for end in (
        "2026-10-25T02:30+01:00",
        dt.datetime(2026, 10, 25, 2, 30, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    ):
        world.anna.mandates.preview(client=world.client, order=world.order(end=end))


def test_an_unknown_zone_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        world.operator.sites.add(client=world.client, site=NewSite(name="Moon base", zone="Moon/Tranquility"))
    assert (caught.value.code, caught.value.path) == ("unknown_zone", "site.zone")


def test_a_stale_revision_is_refused(world: World) -> None:
    mandate = world.submit()
    world.anna.mandates.edit(mandate=mandate.id, revision=mandate.revision, order=world.order(headcount=4))
    with pytest.raises(Conflict) as caught:
        world.operator.mandates.accept(mandate=mandate.id, revision=mandate.revision)
    assert (caught.value.code, caught.value.path) == ("stale_revision", "revision")
    assert caught.value.details["revision"] == str(mandate.revision + 1)


def join(world: World, token: str, agency: uuid.UUID = AGENCY) -> str:
    """The code with which joining through this link is refused."""
    with pytest.raises(Denied) as caught:
        world.portal.as_guest(agency).users.join(
            token=token, password=PASSWORD, name="Ben", email="ben@astoria.example"
        )
    return caught.value.code


def test_links_that_no_longer_open_anything(world: World) -> None:
    assert join(world, world.token) == "link_used"
    assert join(world, "0" * len(world.token)) == "link_invalid"
    fresh = world.operator.clients.enable_access(client=world.client, delivery=DELIVERY).token
    assert fresh is not None
    other = uuid.uuid4()
    elsewhere = world.portal.as_operator(other)
    elsewhere.agencies.create(name="Southlight", currency="EUR")
    elsewhere.agencies.switch_portal(on=True)
    assert join(world, fresh, other) == "link_invalid"
    world.now = NOW + dt.timedelta(days=7)
    try:
        assert join(world, fresh) == "link_expired"
    finally:
        world.now = NOW


def test_another_clients_user_gets_the_answer_of_nothing(world: World) -> None:
    mandate = world.submit()
    other = world.operator.clients.create(name="Hotel Bristol")
    token = world.operator.clients.enable_access(client=other.id, delivery=DELIVERY).token
    assert token is not None
    joined = world.portal.as_guest(AGENCY).users.join(
        token=token, password=PASSWORD, name="Boris", email="boris@bristol.example"
    )
    boris = world.portal.as_user(AGENCY, joined.user)
    answers = []
    for identifier in (mandate.id, uuid.uuid4()):
        with pytest.raises(StaffgateError) as caught:
            boris.my_mandates.get(mandate=identifier)
        answers.append(vars(caught.value))
    assert answers[0] == answers[1]
