"""The client-portal core that a staffing platform embeds.

Make a portal over a store, say who speaks, and run operations:

    from staffgate import Portal

    portal = Portal.open("portal.db")
    agency = portal.as_operator(agency_id).agencies.create(name="Northlight Staffing", currency="EUR")

Values are in `staffgate.types`, errors in `staffgate.errors`, their codes in `staffgate.codes`, and what a store of
one's own needs in `staffgate.store` and `staffgate.testing`.
"""

from __future__ import annotations

from ._native import limit_hashing
from .errors import (
    Conflict,
    Contended,
    Denied,
    Internal,
    Invalid,
    NotFound,
    OutcomeUnknown,
    StaffgateError,
    Throttled,
    Unavailable,
)
from .portal import AsyncPortal, AsyncSession, Portal, Session
from .store import AsyncStore, MemoryStore, SqliteStore, Store, StoreFailure

__all__ = [
    "AsyncPortal",
    "AsyncSession",
    "AsyncStore",
    "Conflict",
    "Contended",
    "Denied",
    "Internal",
    "Invalid",
    "MemoryStore",
    "NotFound",
    "OutcomeUnknown",
    "Portal",
    "Session",
    "SqliteStore",
    "StaffgateError",
    "Store",
    "StoreFailure",
    "Throttled",
    "Unavailable",
    "limit_hashing",
]
