"""Random act logs by a seed: `draw(seed)`.

They are steered by a desk, so that deep positions are reached: mostly an act that fits the case, by
somebody who may, and now and then by anybody, spoilt, out of order, of no case, or again.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from phananh import Desk
from phananh.errors import RefusedError, StepNotAllowedError
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS
from phananh.regulation.context import make_lookup
from phananh.regulation.request import Kind, Role, Sender
from phananh.testing.exploration.acts import (
    GOOD_ACTS,
    OTHER_AGENCY,
    OTHER_WAYS,
    SAME_WAYS,
    SENDER,
    SPOILED_ACTS,
    Situation,
    make_line,
    make_request,
)
from phananh.testing.exploration.exploration import list_actors
from phananh.worktime import vietnam_calendar

WELL = (*GOOD_ACTS, *OTHER_WAYS, *OTHER_AGENCY, *SAME_WAYS)
STEPS = [timedelta(minutes=1), timedelta(hours=1), timedelta(hours=8), timedelta(days=1)]
SENDERS = [SENDER, SENDER, Sender(name="An"), Sender(phone="0218 383 1022"), Sender()]
TICK = timedelta.resolution


@dataclass(frozen=True)
class Log:
    """A log: the office hours that it is replayed by, and its lines."""

    seed: int
    hours: str
    lines: tuple[str, ...]


def draw(seed: int, *, count: int = 40) -> Log:
    """Return the log of a seed, the same on every machine."""
    chance = Random(seed)
    hours = chance.choice(["A", "VP"])
    calendar = vietnam_calendar(hours)
    desk, cases, lines = Desk(calendar=calendar, randbits=chance.getrandbits), {}, []
    at = datetime.fromisoformat("2025-01-06T08:00:00+07:00") + timedelta(
        days=chance.randrange(500), minutes=chance.randrange(600)
    )
    while len(lines) < count:
        name = chance.choice([*cases, "new"] if len(cases) < 4 else [*cases])
        if name == "new":
            name, act = f"C{len(lines)}", make_request(
                chance.choice([*Kind]), chance.choice(SENDERS))  # fmt: skip
            case = None
        else:
            case = desk.get(cases[name])
            edges = [case.clock.due + n * TICK for n in (-1, 0, 1)] if case.clock else []
            at = chance.choice([*(at + step for step in STEPS), *(x for x in edges if x > at)])
            if chance.random() < 0.08:
                lines.append({"act": "sweep", "at": at.isoformat()})
                desk.sweep(at=at)
                continue
            act = draw_act(chance, desk.as_of(case, at=at), desk, make_lookup(calendar), at)
        line = make_line(act, at, case=name)
        if chance.random() < 0.1:
            line["key"] = f"key {len(lines)}"
        lines.append(line)
        try:
            is_citizen = act.by.role is Role.CITIZEN
            key = case.code if case and is_citizen else case and case.id
            cases[name] = desk.do(key, act, at=at).id
        except (RefusedError, StepNotAllowedError):
            pass
        odd = chance.random()
        if odd < 0.03:
            lines.append({**line, "case": "nobody's", "key": "odd"})
        elif odd < 0.06:
            lines.append({**line, "at": (at - STEPS[3]).isoformat(), "key": "odd"})
        elif "key" in line:
            lines.append(line)
    return Log(seed, hours, tuple(json.dumps(line, ensure_ascii=False) for line in lines))


def draw_act(chance, case, desk, calendar_for, at):
    """Return an act on a case, mostly one that fits by somebody who may."""
    situation = Situation(case, at, desk.rules_of(case), calendar_for)
    rows = [row for row in desk.rules_of(case).lifecycle if case.state in row.sources]
    is_odd = chance.random() < 0.25
    while True:
        way = chance.choice((*WELL, *SPOILED_ACTS) if is_odd else WELL)
        roles = {r for row in rows if row.trigger == way.trigger for r in row.roles}
        if way.trigger in SYSTEM_TRIGGERS or not (is_odd or roles):
            continue
        fields = way.find(situation)
        people = [p for p, identity in list_actors(case) if p.role is not Role.SYSTEM and (
            is_odd or (identity == "right" and p.role in roles))]  # fmt: skip
        if fields is not None and people:
            return ACTS[way.trigger](by=chance.choice(people), **dict(fields))
