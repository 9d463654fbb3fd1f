"""A client's page of shifts as a careful engineer writes it without a library: rows parsed, filtered as dictionaries by
who asks and what is shared, and validated by pydantic on the way out.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, TypeAdapter

OF_TEAM = ("confirmed", "checked_in", "checked_out")
PROPOSED = ("proposed", "invited", "needs_reconfirmation")

Fill = Literal["unfilled", "partly_filled", "filled"]


class Progress(BaseModel):
    requested: int
    proposed: int
    confirmed: int
    on_site: int
    done: int


class Position(BaseModel):
    id: UUID
    skill: UUID
    skill_name: str
    role: Literal["staff", "lead"]
    headcount: int
    confirmed: int
    fill: Fill


class TeamMember(BaseModel):
    booking: UUID
    name: str
    picture: str | None
    position: UUID


class Lead(BaseModel):
    name: str
    phone: str | None


class Changes(BaseModel):
    allowed: bool
    kinds: list[str]
    code: str | None
    contact: None
    open: UUID | None


class Shift(BaseModel):
    id: UUID
    project: UUID
    schedule: UUID
    mandate: UUID | None
    starts_at: datetime
    ends_at: datetime
    local_start: str
    local_end: str
    zone: str
    break_minutes: int
    site: UUID
    site_name: str
    site_address: str | None
    note: str | None
    contact: dict[str, str] | None
    tags: list[str]
    status: Literal["upcoming", "running", "finished", "cancelled"]
    fill: Fill
    progress: Progress
    positions: list[Position]
    team: list[TeamMember] | None
    lead: Lead | None
    cancellation: None
    changes: Changes
    revision: int


PAGE = TypeAdapter(list[Shift])
KINDS = ["times", "headcount", "skill", "note", "cancel"]


def page(
    connection: sqlite3.Connection, agency: str, user: str, client: str, now: str, limit: int
) -> list[Shift]:
    who = connection.execute(
        "SELECT body FROM staffgate_principal WHERE tenant = ? AND id = ?", (agency, user)
    ).fetchone()
    if who is None or all(one["client"] != client for one in json.loads(who[0])["clients"]):
        raise LookupError("not found")
    rows = connection.execute(
        "SELECT body FROM staffgate_shift WHERE tenant = ? AND client = ? ORDER BY starts_at, id LIMIT ?",
        (agency, client, limit),
    )
    return PAGE.validate_python([seen(json.loads(body), now) for (body,) in rows])


def fill(confirmed: int, wanted: int) -> Fill:
    return "filled" if confirmed >= wanted else "partly_filled" if confirmed else "unfilled"


def seen(shift: dict[str, Any], now: str) -> dict[str, Any]:
    """What the client sees of a shift whose project is shared. Instants are written alike, so they compare as texts."""
    sharing = shift["team"]
    shared = sharing["immediately"] or "published_at" in sharing
    status = (
        "cancelled"
        if "cancelled_at" in shift
        else "upcoming"
        if now < shift["starts_at"]
        else "running"
        if now < shift["ends_at"]
        else "finished"
    )
    positions, team, lead = [], [], None
    requested = proposed = held = 0
    for position in shift["positions"]:
        confirmed = 0
        for booking in position["bookings"]:
            state = booking["state"]
            proposed += state in PROPOSED
            if state not in OF_TEAM:
                continue
            confirmed += 1
            if shared:
                picture = booking.get("picture") if sharing["pictures"] else None
                team.append(
                    {
                        "booking": booking["id"],
                        "name": booking["name"],
                        "picture": picture,
                        "position": position["id"],
                    }
                )
                if booking["id"] == shift.get("lead"):
                    reachable = status in ("upcoming", "running")
                    lead = {"name": booking["name"], "phone": booking.get("phone") if reachable else None}
        requested += position["headcount"]
        held += confirmed
        positions.append(
            {
                "id": position["id"],
                "skill": position["skill"],
                "skill_name": position["skill_name"],
                "role": position["role"],
                "headcount": position["headcount"],
                "confirmed": confirmed,
                "fill": fill(confirmed, position["headcount"]),
            }
        )
    fills = {position["fill"] for position in positions}
    whole = len(positions) == 1 and "part" not in shift
    allowed = whole and status == "upcoming"
    return {
        "id": shift["id"],
        "project": shift["project"],
        "schedule": shift["schedule"],
        "mandate": shift.get("mandate"),
        "starts_at": shift["starts_at"],
        "ends_at": shift["ends_at"],
        "local_start": shift["local_start"],
        "local_end": shift["local_end"],
        "zone": shift["zone"],
        "break_minutes": shift["break_minutes"],
        "site": shift["site"],
        "site_name": shift["site_name"],
        "site_address": shift.get("site_address"),
        "note": shift.get("note"),
        "contact": shift.get("contact"),
        "tags": [tag["text"] for tag in shift["tags"] if tag["visible_to_client"]],
        "status": status,
        "fill": fills.pop() if len(fills) == 1 else "partly_filled",
        "progress": {
            "requested": requested,
            "proposed": proposed,
            "confirmed": held,
            "on_site": 0,
            "done": held if status == "finished" else 0,
        },
        "positions": positions,
        "team": team if shared else None,
        "lead": lead,
        "cancellation": None,
        "changes": {
            "allowed": allowed,
            "kinds": KINDS if allowed else [],
            "code": None if whole else "shift_split_contact_agency",
            "contact": None,
            "open": shift.get("open_change"),
        },
        "revision": shift["revision"],
    }
