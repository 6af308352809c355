"""Rows 68 to 70: every act at every position, by every role, against the table typed by hand."""

from collections.abc import Iterator

from phananh.regulation.case import Case
from phananh.regulation.engine.decide import NotAllowed, Refused, list_allowed
from phananh.regulation.values.acts import SYSTEM_TRIGGERS, Act
from phananh.regulation.values.request import Role
from tests.adversarial import changed
from tests.adversarial.rows import row
from tests.adversarial.world import World
from tests.regulation import cast
from tests.regulation.changed_rows import on
from tests.regulation.lawtable import law
from tests.regulation.positions import POSITIONS, right_person

# What becomes of an act that is done again at once. N: there is no such step any more. F: it is
# refused. R: it is recorded again.
AGAIN = {
    **dict.fromkeys(("complete", "note", "notify_unit", "publish", "commend"), "R"),
    **dict.fromkeys(("reject", "answer", "escalate", "advise", "request_verification"), "N"),
    **dict.fromkeys(("close",), "N"),
    **dict.fromkeys(("reschedule", "reassign", "rate"), "F"),
}


def each_line(letter: str) -> Iterator[tuple[str, str, str, Case, Act]]:
    """Yield place, trigger, role, case and act of each line that the table answers so."""
    for place, lines in law().items():
        case = POSITIONS[place]()
        at = case.updated_at + cast.MINUTE
        for trigger, line in lines.items():
            for role in (each for each, found in line.letters.items() if found == letter):
                by = right_person(role, case)
                yield place, trigger, role, case, cast.well_formed_act(trigger, by, case, at)


@row(
    changed.unguarded("rate", "rated_before"),
    changed.unguarded("reschedule", "rescheduled_before"),
    changed.unguarded("reassign", "same_person"),
)
def row_68(world: World) -> None:
    """Each act that is recorded and done again at once is answered as the table says."""
    tried = set()
    for place, trigger, role, case, act in each_line("R"):
        if trigger in SYSTEM_TRIGGERS:
            continue
        after = cast.record(case, act, rules=world.rules)
        again = cast.well_formed_act(trigger, act.by, after, after.updated_at + cast.MINUTE)
        found = cast.letter_of(cast.decide_on(after, again, rules=world.rules))
        # Late findings leave the case overdue, with the officer, so there is a step for others.
        is_late_report = (trigger, place) == ("report_findings", "overdue/agency")
        wanted = "F" if is_late_report else AGAIN.get(trigger, "N")
        assert found == wanted, f"{role} does {trigger} twice at {place}: {found}"
        tried.add(trigger)
    assert tried == AGAIN.keys() | {"report_findings"}


@row(
    changed.wider("answer", "what is closed stays closed", sources="closed"),
    changed.wider("close", "only what is done is closed", sources="escalated"),
)
def row_69(world: World) -> None:
    """Each act in each state without a row for it is not allowed; the possible ones are named."""
    tried = 0
    for place, trigger, role, case, act in each_line("N"):
        found = cast.decide_on(case, act, rules=world.rules)
        assert isinstance(found, NotAllowed), f"{role} does {trigger} at {place}: {found}"
        assert trigger not in found.allowed
        assert found.as_error(case.id).text(), "it says nothing"
        tried += 1
    assert tried > 500, tried


@row(
    changed.rows(on("close", roles=frozenset(Role)), "an act is for certain roles"),
)
def row_70(world: World) -> None:
    """Each act by each wrong role is refused, and `allowed` gives the same reasons."""
    tried = 0
    for place, trigger, role, case, act in each_line("F"):
        found = cast.decide_on(case, act, rules=world.rules)
        assert isinstance(found, Refused), f"{role} does {trigger} at {place}: {found}"
        if trigger not in SYSTEM_TRIGGERS:
            moment = cast.context(case.updated_at + cast.MINUTE, world.rules)
            asked = list_allowed(case, act.by, moment)[trigger]
            assert asked, f"{role} may {trigger} at {place}, says `allowed`"
            assert {each.code for each in asked} <= {each.code for each in found.reasons}
        tried += 1
    assert tried > 300, tried
