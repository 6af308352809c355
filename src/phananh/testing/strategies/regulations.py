"""Hypothesis strategies for terms, and for rules with other numbers and readings (Art. 9)."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

import attrs

from phananh.regulation.request import Role
from phananh.regulation.rules import HOA_BINH_2019, Limit, Rules
from phananh.testing.arguments import require_kind
from phananh.testing.drawing import st
from phananh.testing.strategies.instants import budgets
from phananh.worktime import Term

_UNITS = ("working_days", "days", "weeks", "months", "years")
_MOST = {"working_days": 60, "days": 90, "weeks": 12, "months": 12, "years": 2}
_RECEIVED: tuple[str | time, ...] = ("date", "opening", time(15))
_STAGES = (Role.OFFICER, Role.AGENCY, Role.PROVIDER, Role.LEADERSHIP)
_CONTACT = ("name", "reply", "address", "phone", "email")
_FLAGS = (
    "reschedule_moves_due", "reschedule_after_due", "first_appointment_counts",
    "reassign_restarts_clock", "notice_reaches_back", "contact_gate",
)  # fmt: skip


def terms() -> st.SearchStrategy[Term]:
    """Draw terms in working days, days, weeks, months and years, with every option they may have.

    None is longer than two years. The simplest is of one working day.
    """
    return _terms()


@st.composite
def _terms(draw: st.DrawFn) -> Term:
    unit = draw(st.sampled_from(_UNITS))
    ends = draw(st.sampled_from(("midnight", "closing")))
    received: str | time = draw(st.sampled_from(_RECEIVED))
    counts_first_day, stays = draw(st.booleans()), draw(st.booleans())
    is_open = ends == "midnight"
    return Term(
        count=draw(st.integers(1, _MOST[unit])),
        unit=unit,
        ends=ends,
        received=received,
        counts_first_day=counts_first_day and (is_open or received == "opening"),
        rolls=not (stays and is_open and unit != "working_days"),
    )


def rules(*, like: Rules = HOA_BINH_2019) -> st.SearchStrategy[Rules]:
    """Draw rules with limits, a number of reschedules and readings of their own.

    Half of the values that may differ are those of `like`. A limit is working time up to 200 hours,
    or a term.

    Args:
        like: rules that give articles, dates, prefix and everything else.

    Raises:
        InputTypeError: `like` is no `Rules`.
    """
    require_kind(like, Rules, field="like")
    named = {
        "officer_limit": _limits(like.officer_limit),
        "agency_limit": _limits(like.agency_limit),
        **_list_choices(like),
    }
    drawn = st.fixed_dictionaries(named)
    return drawn.map(lambda given: attrs.evolve(like, name="DRAWN", **given))


def _list_choices(like: Rules) -> Mapping[str, st.SearchStrategy[Any]]:
    """Return the choices for each option. The first choice is that of `like`."""
    choices: dict[str, st.SearchStrategy[Any]] = {
        "reschedules": st.integers(0, 3),
        "late_after": st.sampled_from(("due", "next_opening")),
        "asked_again": st.sampled_from(("continues", "fresh")),
        "overdue_stages": st.frozensets(st.sampled_from(_STAGES)),
        "contact_required": st.frozensets(st.sampled_from(_CONTACT)),
    }
    choices |= {name: st.booleans() for name in _FLAGS}
    limits = ("reply_limit", "provider_limit", "leadership_limit")
    choices |= {name: _limits(like.officer_limit) for name in limits}
    return {name: st.one_of(st.just(getattr(like, name)), drawn) for name, drawn in choices.items()}


def _limits(like: Limit) -> st.SearchStrategy[Limit]:
    """Draw a limit of another length, by the same clause."""
    hours = budgets(least=timedelta(minutes=1))
    days = terms().filter(lambda term: term.unit in ("working_days", "days"))
    return st.one_of(hours, hours, days).map(lambda drawn: attrs.evolve(like, budget=drawn))
