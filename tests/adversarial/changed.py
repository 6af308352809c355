"""What twins switch off in rules: a guard, a row, a reading, or the way an event is made."""

from typing import Any

import attrs

from phananh.regulation.engine import decide
from phananh.regulation.lifecycle import Transition
from phananh.regulation.recorders import lapse, report_findings
from phananh.regulation.values import acts as a
from tests.adversarial.rows import Off
from tests.adversarial.world import World
from tests.regulation import changed_rows


def rows(change: changed_rows.Change, words: str) -> Off:
    """Return the defence that is missing where rows of the lifecycle are changed so."""

    def off(world: World) -> None:
        found = map(change, world.rules.lifecycle)
        world.rules = attrs.evolve(
            world.rules, lifecycle=tuple(row for row in found if row is not None)
        )

    return Off(words, off)


def unguarded(trigger: str, code: str) -> Off:
    """Return the guard with this code, which is missing from the rows of an act."""
    return rows(changed_rows.unguarded(trigger, code), f"the guard `{code}` of `{trigger}`")


def wider(trigger: str, words: str, **more: str) -> Off:
    """Return the limits of an act, where its first row lets it do more."""
    return rows(changed_rows.wider(trigger, **more), words)


def anybody(trigger: str) -> Off:
    """Return the rule that an act is for whoever has the case, where it is for everybody."""

    def change(row: Transition) -> Transition:
        return attrs.evolve(row, by_holder=frozenset()) if row.trigger == trigger else row

    return rows(change, f"only the holder may do `{trigger}`")


def read(words: str, **readings: Any) -> Off:
    """Return the reading that is missing where the rules are read so."""

    def off(world: World) -> None:
        world.rules = attrs.evolve(world.rules, **readings)

    return Off(words, off)


def replaced(where: Any, name: str, value: Any, words: str) -> Off:
    """Return the defence that is missing where this value stands in the place of ours."""
    return Off(words, lambda world: world.patch.setattr(where, name, value))


def together(words: str, *offs: Off) -> Off:
    """Return a defence in depth, where all of it is missing."""

    def off(world: World) -> None:
        for each in offs:
            each.change(world)

    return Off(words, off)


def without_guard_of_every_act(code: str) -> Off:
    """Return the guard with this code that is asked of every act."""

    def off(world: World) -> None:
        guards = tuple(guard for guard in world.rules.guards if guard.code != code)
        world.rules = attrs.evolve(world.rules, guards=guards)

    return Off(f"the guard `{code}` of every act", off)


ACCUSED_ACT = without_guard_of_every_act("accused")
ACCUSED_NAMED = without_guard_of_every_act("accused_named")
LATE_AFTER = replaced(
    decide, "is_late", lambda at, *, late_after: at >= late_after, "the due instant is in time"
)
LAPSE_FIRST = replaced(
    decide, "find_pending_lapse", lambda _case, _context: (), "a lapse comes before the act"
)


def _date_now(case: Any, act: Any, head: Any, moment: Any) -> Any:
    return attrs.evolve(lapse(case, act, head, moment), at=moment.at)


def _stay(case: Any, act: Any, head: Any, moment: Any) -> Any:
    return attrs.evolve(report_findings(case, act, head, moment), holder=case.holder)


DATED_AT_DUE = rows(
    changed_rows.on("lapse", make_event=_date_now), "a lapse is dated at its due instant"
)
BACK_TO_THE_OFFICER = rows(
    changed_rows.on("report_findings", make_event=_stay), "findings give the case back"
)


def take_any_score(*, score: Any, by: Any, at: Any = None) -> a.Rate:
    """Return a rating of anything."""
    act = _RATE(score=5, by=by, at=at)
    object.__setattr__(act, "score", score)
    return act


_RATE = a.Rate
ANY_SCORE = replaced(a, "Rate", take_any_score, "a score is a whole number from 1 to 5")
