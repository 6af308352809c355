"""A law as a test: a formula tried on offices named and drawn.

`@law(5)` makes a test of a function whose parameters say what is drawn for it. The numbers are
those of the list of thirty laws that the docs give; `make slow` sets PHANANH_LAW_EXAMPLES and
prints how many examples each law has passed. Without it, laws that take no more than a start and
budgets, or a few instants, are tried on the same situations, which are drawn once.
"""

import inspect
import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import attrs
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from tests.testing.strategies.drawn import draw_many
from tests.worktime.offices import DAY, HOUR, NONE, TICK, YEAR, Office, offices

EXAMPLES = int(os.environ.get("PHANANH_LAW_EXAMPLES", "0"))
PASSED: Counter[int] = Counter()
"""How many examples each law has passed since this module was imported."""

ZONES = (
    ZoneInfo("UTC"),
    ZoneInfo("Asia/Ho_Chi_Minh"),
    ZoneInfo("Asia/Kathmandu"),
    ZoneInfo("Europe/Berlin"),
    ZoneInfo("America/New_York"),
    ZoneInfo("Australia/Lord_Howe"),
    UTC,
)
_WAITS = st.one_of(
    st.integers(0, 3).map(lambda ticks: ticks * TICK),
    st.integers(0, 96).map(lambda halves: halves * HOUR / 2),
    st.timedeltas(NONE, timedelta(days=4)),
    st.timedeltas(NONE, YEAR),
)
_SHIFTS = st.one_of(st.integers(-2, 4), st.integers(-10, 40)).map(lambda days: days * DAY)
_DRAWN: dict[str, Callable[[Office, Any], st.SearchStrategy[Any]]] = {
    "t": lambda office, _: office.moments,
    "a": lambda office, _: office.moments,
    "b": lambda office, _: office.moments,
    "seam": lambda office, _: office.seams,
    "w": lambda office, t: office.amounts(t),
    "v": lambda office, _: office.amounts(),
    "long": lambda office, _: office.long,
    "wait": lambda _, __: _WAITS,
    "shift": lambda _, __: _SHIFTS,
    "dress": lambda _, __: st.sampled_from(ZONES),
    "choice": lambda _, __: st.integers(0, 10_000),
    "years": lambda _, __: st.lists(st.integers(2010, 2034), max_size=5),
    "many": lambda office, _: st.lists(
        st.tuples(office.moments, office.amounts()), min_size=1, max_size=12
    ),
}


@attrs.frozen(kw_only=True)
class Law:
    """The formula of a law, and the offices it is tried on."""

    number: int
    name: str
    formula: Callable[..., None]
    among: st.SearchStrategy[Office]

    def tried(self, examples: int, *, phases: tuple[Phase, ...]) -> Callable[[], None]:
        """Return the test that draws so many examples."""

        def trial(drawn: dict[str, Any]) -> None:
            self.formula(**drawn)
            PASSED[self.number] += 1

        trial.__name__, trial.__doc__ = self.name, self.formula.__doc__
        trial.__module__, trial.__qualname__ = self.formula.__module__, self.name
        tuned = settings(
            max_examples=examples,
            deadline=None,
            phases=phases,
            suppress_health_check=[HealthCheck.too_slow],  # a busy machine proves nothing
        )
        return tuned(given(drawn=_situations(self.among, self.names))(trial))

    @property
    def names(self) -> tuple[str, ...]:
        """What is drawn for the formula: an office, and what it is asked."""
        return tuple(inspect.signature(self.formula).parameters)

    def on_shared(self, names: tuple[str, ...]) -> Callable[[], None]:
        """Return the test on the situations that are drawn once for all laws of these names."""

        def trial() -> None:
            for drawn in _share(names):
                taken = {name: drawn[name] for name in self.names}
                try:
                    self.formula(**taken)
                except AssertionError as error:
                    error.add_note(f"tried on {taken}")
                    raise

        trial.__name__, trial.__doc__ = self.name, self.formula.__doc__
        return trial


@st.composite
def _situations(
    draw: st.DrawFn, among: st.SearchStrategy[Office], names: tuple[str, ...]
) -> dict[str, Any]:
    office = draw(among)
    found: dict[str, Any] = {"office": office}
    for name in names[1:]:
        found[name] = draw(_DRAWN[name](office, found.get("t")))
    return found


LAWS: dict[str, Law] = {}
"""Every law by the name of its test, as far as the modules are imported."""


_EVERYWHERE = offices()
_SHARED = (("office", "t", "w", "v"), ("office", "a", "b", "wait", "w"))


@cache
def _share(names: tuple[str, ...]) -> list[dict[str, Any]]:
    return draw_many(_situations(_EVERYWHERE, names), examples=100)


def law(
    number: int, *, among: st.SearchStrategy[Office] = _EVERYWHERE, examples: int = 50
) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Make a test of a formula; PHANANH_LAW_EXAMPLES goes before `examples`."""

    def made(formula: Callable[..., None]) -> Callable[[], None]:
        one = Law(number=number, name=formula.__name__, formula=formula, among=among)
        LAWS[one.name] = one
        shared = next((names for names in _SHARED if {*one.names} <= {*names}), None)
        if shared and among is _EVERYWHERE and not EXAMPLES:
            return one.on_shared(shared)
        return one.tried(EXAMPLES or examples, phases=tuple(settings.default.phases))

    return made
