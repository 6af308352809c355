"""A reading that the rules offer, typed in `Expected` too, is no mistake, and else it is found."""

from datetime import timedelta
from typing import Any, NamedTuple

import attrs
import pytest

from phananh.articles import Article
from phananh.regulation.deadline import SIGNED_ON, Limit
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.testing import Expected, check


class Offered(NamedTuple):
    """An option of the rules, the kinds that show it, and what finds it if it is not expected."""

    option: str
    value: Any
    found_by: str
    kinds: tuple[str, ...]

    @property
    def rules(self) -> Rules:
        """The built-in rules with this option."""
        return attrs.evolve(HOA_BINH_2019, **{self.option: self.value})

    @property
    def typed(self) -> Any:
        """What the text says of it."""
        return self.value.budget if isinstance(self.value, Limit) else self.value


def _limit(hours: int, clause: str) -> Limit:
    return Limit(budget=timedelta(hours=hours), article=Article(clause), since=SIGNED_ON)


def _offer(found_by: str, kind: str = "conduct", **option: Any) -> Offered:
    ((name, value),) = option.items()
    return Offered(name, value, found_by, (kind,))


OFFERED = (
    _offer("V34", "service", provider_limit=_limit(16, "8.2.b")),
    _offer("V34", first_appointment_counts=True),
    _offer("V34", leadership_limit=_limit(40, "8.3")),
    _offer("V34", reply_limit=_limit(5, "8.1.c1")),
    _offer("V34", reschedule_after_due=True),
    _offer("V34", overdue_stages=frozenset({"officer"})),
)
# No line of the typed table is another one under these.
OTHERS = (
    _offer("V15", officer_limit=_limit(9, "9.1")),
    _offer("V16", agency_limit=_limit(9, "9.2")),
    _offer("V34", reschedules=0),
    _offer("V21", reschedules=2),
    _offer("V16", reschedule_moves_due=False),
    _offer("V24", reassign_restarts_clock=True),
    _offer("V16", asked_again="fresh"),
    _offer("V20", late_after="next_opening"),
    _offer("V34", overdue_stages=frozenset({"agency"})),
    _offer("V34", overdue_stages=frozenset()),
    _offer("V36", contact_gate=False),
    _offer("V36", contact_required=frozenset({"reply"})),
    _offer("V36", contact_required=frozenset({"name"})),
    _offer("V4", contact_required=frozenset()),
    _offer("V35", notice_reaches_back=True),
)
EVERY = (*OFFERED, *OTHERS)
# What says nothing of who does what and when it is due.
ASIDE = {
    "name", "silent_warning", "valid_from", "valid_until", "id_prefix", "document",
    "receipt_article", "lifecycle", "guards", "requirements", "readings",
}  # fmt: skip


def test_every_option_is_offered():
    """Each option of the rules is tried here, or says nothing that is checked."""
    options = {field.name for field in attrs.fields(Rules) if field.init}
    assert {each.option for each in EVERY} == options - ASIDE
    typed = {field.name for field in attrs.fields(Expected)}
    assert {each.option for each in EVERY} == typed - {"outcomes"}


def _tell(offered: Offered) -> str:
    return f"{offered.option}={offered.typed}"


QUICK = [*OFFERED[:2], *(pytest.param(each, marks=pytest.mark.slow) for each in EVERY[2:])]


@pytest.mark.parametrize("offered", QUICK, ids=_tell)
def test_a_typed_reading_is_no_mistake(offered):
    """Rules that do what is typed break nothing, and the typed table holds for them too."""
    expected = Expected(**{offered.option: offered.typed})
    skip = {"W": "fewer kinds"}
    assert check(offered.rules, expected=expected, kinds=offered.kinds, skip=skip) == ()


@pytest.mark.parametrize("offered", QUICK, ids=_tell)
def test_a_reading_that_is_not_typed_is_found(offered):
    """Rules with another reading than the text break the invariant that rests on it."""
    found = check(offered.rules, kinds=offered.kinds, only=[offered.found_by])
    assert [each.invariant.id for each in found] == [offered.found_by]


@pytest.mark.slow
def test_readings_go_together():
    """The typed table holds where several readings are changed."""
    changed = {
        "provider_limit": _limit(16, "8.2.b"),
        "reply_limit": _limit(5, "8.1.c1"),
        "first_appointment_counts": True,
        "reschedules": 2,
        "overdue_stages": frozenset({"officer"}),
    }
    rules = attrs.evolve(HOA_BINH_2019, **changed)
    typed = {name: getattr(each, "budget", each) for name, each in changed.items()}
    skip = {"W": "fewer kinds"}
    assert check(rules, expected=Expected(**typed), kinds=["conduct", "service"], skip=skip) == ()
