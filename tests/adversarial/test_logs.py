"""Rows 124 to 131: lines of an act log that are double, odd, endless, cut or edited."""

from typing import Any

from phananh.act_log.replay import Outcome
from tests.adversarial.logs import LINE, OFFICER, OPERATOR, replay_lines
from tests.adversarial.world import World

ESCALATE = {
    "act": "escalate",
    "at": "2026-03-04T08:05:00+07:00",
    "case": "A",
    "by": OPERATOR,
    "to": OFFICER,
}
REJECT = {**ESCALATE, "act": "reject", "guidance": "g"}
REJECT.pop("to")


def spoil(world: World, *lines: Any, says: str = "") -> None:
    """Check that each line is invalid, says this and changes nothing, and that others go on."""
    for line in lines:
        world.store = type(world.store)()
        found = replay_lines(world, LINE, line, ESCALATE)
        assert [each.outcome for each in found] == ["recorded", "invalid", "recorded"], line
        assert says in told(found[1]), told(found[1])
        assert len(world.store.scan()) == 2


def told(outcome: Outcome) -> str:
    """Return what is said of a line."""
    return "; ".join(each.text() for each in outcome.reasons)


def test_row_124(world: World) -> None:
    """A key twice is invalid, and named."""
    spoil(world, b'{"act":"close","case":"A","act":"close"}', says="act")


def test_row_125(world: World) -> None:
    """An unknown key is invalid, and the nearest known one is named."""
    spoil(world, REJECT | {"reasns": ["unclear"]}, says="reasons")


def test_row_126(world: World) -> None:
    """A text for a list, null for a person and an object for a list are invalid, with the path."""
    spoil(world, REJECT | {"reasons": "unclear"}, says="reasons")
    spoil(world, ESCALATE | {"by": None}, says="by")
    accused = {**ESCALATE, "act": "complete", "accused": {"unit": "U-1"}}
    accused.pop("to")
    spoil(world, accused, says="accused")


def test_row_127(world: World) -> None:
    """100,000 brackets, NaN, 1e400 and 5,000 digits are invalid, and nothing breaks."""
    scores = (b"NaN", b"1e400", b"9" * 5_000, b"-Infinity")
    spoil(world, b"[" * 100_000, *(b'{"score":' + score + b"}" for score in scores))


def test_row_128(world: World) -> None:
    """A score as a text, and a time before the line above, are invalid; both times are named."""
    rate = {**ESCALATE, "act": "rate", "score": "5", "by": {"id": "C", "role": "citizen"}}
    rate.pop("to")
    spoil(world, rate, says="score")
    early = ESCALATE | {"at": "2026-03-04T07:59:59+07:00"}
    spoil(world, early, says="2026-03-04T07:59:59+07:00")
    spoil(world, early, says="2026-03-04T08:00:00+07:00")


def test_row_129(world: World) -> None:
    """An act on a name that was not received, and a name received twice, are invalid."""
    spoil(world, ESCALATE | {"case": "B"}, says="'B'")
    spoil(world, LINE, says="'A'")


def test_row_130(world: World) -> None:
    """A last line that is cut is invalid and the others stay; one without a line feed is read."""
    found = replay_lines(world, LINE, ESCALATE, b'{"act":"clo')
    assert [(each.line, each.outcome) for each in found] == [
        *((1, "recorded"), (2, "recorded"), (3, "invalid"))
    ]
    assert len(world.store.scan()) == 2
    world.store = type(world.store)()
    close = b'{"act":"sweep","at":"2026-03-04T09:00:00+07:00"}'
    assert [each.outcome for each in replay_lines(world, LINE, close)] == ["recorded"] * 2


def test_row_131(world: World) -> None:
    """The same log again records nothing new, and a line that was edited is invalid."""
    first = [each.as_dict() for each in replay_lines(world, LINE, ESCALATE)]
    before = world.read_all()
    assert [each.as_dict() for each in replay_lines(world, LINE, ESCALATE)] == first
    edited = ESCALATE | {"to": OFFICER | {"id": "OF-9"}}
    found = replay_lines(world, LINE, edited)
    assert [each.outcome for each in found] == ["recorded", "invalid"]
    assert "was recorded before with other content" in told(found[1])
    assert world.read_all() == before
