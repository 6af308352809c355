"""Small walks beside the large one: what it would multiply is tried by few people, or few acts.

`check` does them after the large walk: the kinds that are treated like another and other receipts,
several accused of one case, and two agencies in other units than the officer.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import attrs

from phananh.errors import InputError
from phananh.regulation.acts import Act, Complete, Receive
from phananh.regulation.request import Assignee, Kind, Person, Role, Sender
from phananh.testing.exploration.people import (
    ACCUSED,
    ACCUSED_WITHOUT_ID,
    PEOPLE,
    SECOND_ACCUSED,
    SECOND_ACCUSED_SPELT,
    SENDER,
    UNIT,
)
from phananh.testing.exploration.receipts import list_other_receipts, list_receipts
from phananh.testing.exploration.tried_acts import (
    GOOD_ACTS,
    OTHER_AGENCY,
    OTHER_WAYS,
    Variant,
    ask_agency,
    say,
)
from phananh.testing.exploration.tried_people import Whom
from phananh.testing.exploration.walk import Walk

_BY_OFFICER = (Kind.INFORMATION, Kind.REGULATION, Kind.CONDUCT, Kind.PROPOSAL)
_TO_AGENCIES = frozenset(
    {"escalate", "request_verification", "report_findings", "reschedule", "lapse"}
)
_TO_SECOND = Person(id=SECOND_ACCUSED_SPELT, role="officer", unit=UNIT)
_AMONG_ACCUSED = (
    say("escalate", "to the second accused", to=_TO_SECOND),
    Variant("request_verification", "to the second accused", ask_agency(UNIT, _TO_SECOND.id)),
    say("reassign", "to the second accused", to=Assignee(id=_TO_SECOND.id)),
    say("publish", "with a former phone", text=f"Gọi {SENDER.phone}"),
    say("notify_unit", "with a former phone", unit=UNIT, text=f"Gọi {SENDER.phone}"),
)


class SmallWalk(NamedTuple):
    """A walk of few people or acts: the beginnings, the acts, and for how long it goes on."""

    receipts: tuple[Receive, ...]
    variants: tuple[Variant, ...]
    whom: Whom
    depth: int
    then: tuple[Act, ...] = ()

    def run(self, walk: Walk, at: datetime) -> None:
        """Do it with a walk that has not begun, from this moment on.

        Raises:
            InputError: there are more states than the limit of the walk.
        """
        walk.variants, walk.whom, walk.depth = self.variants, self.whom, self.depth
        walk.run(self.receipts, at, self.then)
        if walk.truncated:
            raise InputError(field="rules", code="too_many_states", most=walk.limit)


def list_small_walks(kinds: tuple[Kind, ...]) -> Iterator[SmallWalk]:
    """Yield the small walks for these kinds of requests."""
    other_ways = tuple(way for way in OTHER_WAYS if way.trigger != "complete")
    others = tuple(list_other_receipts(kinds))
    yield SmallWalk(others, (*GOOD_ACTS, *other_ways), Whom.RIGHT, depth=4)
    if Kind.CONDUCT in kinds:
        yield _make_accused_walk()
    for kind in [each for each in kinds if each in _BY_OFFICER][:1]:
        asked = tuple(way for way in (*GOOD_ACTS, *OTHER_AGENCY) if way.trigger in _TO_AGENCIES)
        yield SmallWalk((next(list_receipts([kind])),), asked, Whom.RIGHT, depth=7)


def _make_accused_walk() -> SmallWalk:
    """Return a walk with three accused of three units, one without an id, and a new phone."""
    receipt = next(list_receipts([Kind.CONDUCT]))
    accused = (ACCUSED, ACCUSED_WITHOUT_ID, SECOND_ACCUSED)
    phone = Complete(by=PEOPLE[Role.OPERATOR], sender=Sender(phone="0218 111 1111"))
    return SmallWalk(
        receipts=(attrs.evolve(receipt, accused=accused),),
        variants=(*GOOD_ACTS, *_AMONG_ACCUSED),
        whom=Whom.ACCUSED,
        then=(phone,),
        depth=5,
    )
