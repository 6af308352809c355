"""Rows of the lifecycle that say something else than the Articles: what a defect is made of."""

from collections.abc import Callable

import attrs

from phananh.regulation.lifecycle import LIFECYCLE, Transition
from phananh.regulation.request import Role, State
from phananh.regulation.rules import HOA_BINH_2019, Rules

Change = Callable[[Transition], Transition | None]


def rules_of(change: Change) -> Rules:
    """Return rules whose rows were changed one by one; None drops a row."""
    rows = [row for row in map(change, LIFECYCLE) if row is not None]
    return attrs.evolve(HOA_BINH_2019, lifecycle=rows)


def on(trigger: str, *sources: str, **changes) -> Change:
    """Return the change of the rows of a trigger, those from a source if one is named."""

    def changed(row: Transition) -> Transition:
        hit = row.trigger == trigger and (not sources or {*sources} & {*row.sources})
        return attrs.evolve(row, **changes) if hit else row

    return changed


def dropped(trigger: str) -> Change:
    """Return the change that leaves the rows of a trigger out."""
    return lambda row: None if row.trigger == trigger else row


def unguarded(trigger: str, *codes: str) -> Change:
    """Return the change that takes guards from the rows of a trigger."""

    def changed(row: Transition) -> Transition:
        if row.trigger != trigger:
            return row
        return attrs.evolve(row, guards=tuple(g for g in row.guards if g.code not in codes))

    return changed


def wider(trigger: str, *, sources: str = "", who: str = "", holders: str = "") -> Change:
    """Return the change that lets the first row of a trigger do more."""
    first = next(row for row in LIFECYCLE if row.trigger == trigger)

    def changed(row: Transition) -> Transition:
        if row is not first:
            return row
        return attrs.evolve(
            row,
            sources=(*row.sources, *map(State, sources.split())),
            roles=row.roles | {Role(word) for word in who.split()},
            holders=row.holders | {Role(word) for word in holders.split()},
        )

    return changed
