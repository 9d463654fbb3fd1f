"""What the story prints: the same lines in every language."""

from __future__ import annotations

from staffgate.types import ClientShiftView, Estimate, EstimatePriced

INDENT = " " * 13


def chapter(title: str) -> None:
    """A heading for what happens next."""
    print(f"\n{title}\n{'-' * len(title)}")


def says(who: str, what: str) -> None:
    """Who does what, and what came of it."""
    print(f"  {who:<10} {what}")


def estimate(price: Estimate | None) -> None:
    """An estimate line by line."""
    if price is None:
        return
    if not isinstance(price, EstimatePriced):
        print(f"{INDENT}unpriced")
        return
    print(f"{INDENT}{'what':<16}{'heads':>6}{'minutes':>10}{'per hour':>10}{'amount':>12}")
    for line in price.lines:
        what = f"{line.label or line.name} ({line.role or 'order'})"
        print(
            f"{INDENT}{what:<16}{line.headcount:>6}{line.minutes!s:>10}{line.unit_price!s:>10}{line.amount!s:>12}"
        )
    for name, amount in (("net", price.net), ("VAT", price.vat_total), ("total", price.total)):
        print(f"{INDENT}{f'{name} {price.currency}':<42}{amount!s:>12}")


def shift(seen: ClientShiftView) -> None:
    """A shift as Anna sees it."""
    says("Anna", f"sees the shift from {seen.local_start} to {seen.local_end}: {seen.status}, {seen.fill}")
    progress = seen.progress
    print(
        f"{INDENT}requested {progress.requested}, proposed {progress.proposed}, confirmed {progress.confirmed}"
    )
    if seen.team is None:
        print(f"{INDENT}the team is not shown yet")
    else:
        print(f"{INDENT}team: {', '.join(member.name for member in seen.team)}")
    if seen.lead is not None:
        print(f"{INDENT}lead: {seen.lead.name}, phone {seen.lead.phone or 'not shown'}")
