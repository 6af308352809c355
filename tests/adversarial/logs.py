"""Lines of an act log, replayed at the desk of a world."""

import json

from phananh.act_log.replay import Outcome, replay
from tests.adversarial.world import World

OPERATOR = {"id": "OP-1", "role": "operator"}
OFFICER = {"id": "OF-1", "role": "officer", "unit": "U-1"}
LINE = {
    "act": "receive",
    "at": "2026-03-04T08:00:00+07:00",
    "case": "A",
    "kind": "regulation",
    "channel": "phone",
    "content": "x",
    "sender": {"name": "M", "phone": "0218383102"},
    "by": OPERATOR,
}
"""A receipt."""


def replay_lines(world: World, *lines: object, name: str = "day.jsonl") -> list[Outcome]:
    """Return the outcomes of lines: objects, or bytes as they are."""
    raw = [x if isinstance(x, bytes) else json.dumps(x).encode() + b"\n" for x in lines]
    return list(replay(raw, desk=world.desk, name=name))
