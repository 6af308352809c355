"""A log drawn line by line: which case, which act, at what time, under which key.

Time goes on in steps that like the edges: the due instant of a running clock, a microsecond before
and after it, the opening and the closing of a session.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from unicodedata import normalize

from tests.oracle.acts.form import ACTS
from tests.oracle.acts.possible import STEPS, list_possible
from tests.oracle.acts.reading import Reading
from tests.oracle.acts.values import VIETNAM
from tests.oracle.hours import SESSIONS
from tests.oracle.logs.bodies import body, receipt
from tests.oracle.logs.chance import MICROSECOND, Chance
from tests.oracle.logs.people import actor
from tests.oracle.logs.spoil import spoil

LINES = 140
# Afternoons before a holiday, a worked Saturday or a change of the season, and plain days.
STARTS = (
    "2019-01-04T14:00",
    "2019-05-03T16:00",
    "2019-10-30T00:00",
    "2020-01-22T10:00",
    "2021-02-09T14:00",
    "2024-04-26T15:00",
    "2024-05-03T16:30",
    "2024-09-10T09:00",
    "2025-04-25T16:00",
    "2025-06-30T11:29:59.999999",
    "2025-12-30T14:00",
    "2026-01-01T09:00",
    "2026-01-09T16:00",
    "2026-02-13T15:30",
    "2026-04-15T16:00",
    "2026-08-21T16:00",
    "2026-08-28T16:00",
    "2026-10-15T16:00",
    "2026-11-20T16:00",
)
LAST = date(2026, 12, 20)
WEIGHTS = {
    "advise": 3.0,
    "commend": 0.5,
    "escalate": 5.0,
    "notify_unit": 0.5,
    "publish": 0.5,
    "rate": 0.7,
    "report_findings": 2.0,
    "request_verification": 3.0,
    "reschedule": 1.5,
}
_SILENT = ("", " ", "# ghi chú", "  # x", "\t")
_NAMES = ("H1", "H2", "Hồ sơ", normalize("NFD", "Hồ sơ"), "h1")
_LATER_ACTS = [act for act in ACTS if act not in ("receive", "sweep")]

Found = dict[str, Any]


@dataclass(frozen=True)
class Log:
    """The lines of an act log, and the office hours it is read by."""

    seed: int
    hours: str
    lines: tuple[str, ...]


def draw(seed: int, length: int = LINES) -> Log:
    """Return the log of a seed."""
    drawn = _Drawing(seed)
    while len(drawn.lines) < length and drawn.at.date() < LAST:
        drawn.step()
        drawn.write()
    return Log(seed=seed, hours=drawn.hours, lines=tuple(drawn.lines))


class _Drawing:
    """A log as far as it is drawn, with the reading that steers it."""

    def __init__(self, seed: int) -> None:
        self.chance = Chance(seed)
        self.hours = "A" if seed % 2 else "VP"
        self.reading = Reading(self.hours)
        self.at = datetime.fromisoformat(self.chance.one_of(STARTS)).replace(tzinfo=VIETNAM)
        self.turn: str | None = None
        self.lines: list[str] = []
        self.past: list[Found] = []
        self.waiting: list[Found] = []
        self.keys: list[str] = []

    def step(self) -> None:
        """Let time go on, or not; where it goes to a due instant, it is that case's turn."""
        chance, share = self.chance, self.chance.random.random()
        dues = [case.due for case in self.reading.cases.values() if case.due is not None]
        if dues and share < 0.22:
            self._to(
                chance.one_of(dues) + chance.one_of((-1, 0, 0, 1, 1, 60_000_000)) * MICROSECOND
            )
        elif 0.4 <= share < 0.75:
            self._to(self.at + timedelta(minutes=chance.random.randint(0, 90)))
        elif 0.75 <= share < 0.85:
            self._to(self.at + timedelta(minutes=chance.random.randint(60, 600)))
        elif 0.85 <= share < 0.9:
            self._to(self.at + timedelta(microseconds=chance.random.randint(0, 3 * 86_400_000_000)))
        elif 0.9 <= share < 0.97:
            edges = self._edges()
            if edges:
                self._to(chance.one_of(edges) + chance.one_of((-1, 0, 0, 1)) * MICROSECOND)

    def _to(self, at: datetime) -> None:
        self.at = max(self.at, at)

    def _edges(self) -> list[datetime]:
        """Return the openings and closings of the day."""
        edges = [edge for session in SESSIONS[self.hours](self.at.date()) for edge in session]
        return [edge.replace(tzinfo=VIETNAM) for edge in edges]

    def write(self) -> None:
        """Draw the next line."""
        chance = self.chance
        if chance.happens(0.02):
            self.lines.append(chance.one_of(_SILENT))
        elif self.past and chance.happens(0.08):
            self._write(self._again())
        else:
            found = self._new()
            found["at"] = chance.instant(self.at)
            if chance.happens(0.25):
                found["key"] = self._key()
            wild = chance.happens(chance.wild * 0.25)
            self._write(spoil(chance, found, self.at) if wild else found)

    def _again(self) -> Found:
        """Return a line once more, mostly at the present time; under its key it is no new act."""
        chance = self.chance
        ready = [found for found in self.waiting if self._is_possible(found)]
        keyed = [found for found in self.past[-20:] if "key" in found]
        choices = [past for past in (ready, keyed, self.past[-8:]) if past]
        found: Found = json.loads(json.dumps(chance.one_of(chance.one_of(choices))))
        if chance.happens(0.85):
            found["at"] = self.at.isoformat()
        return found

    def _is_possible(self, found: Found) -> bool:
        """Return whether there is a step by now for an act that there was none for."""
        case = self.reading.cases.get(found["case"])
        return case is not None and found["act"] in list_possible(case.as_of(self.at))

    def _key(self) -> str:
        used = self.keys and self.chance.happens(0.08)
        key = self.chance.one_of(self.keys) if used else f"k{len(self.keys)}"
        self.keys.append(key)
        return key

    def _new(self) -> Found:
        chance, cases = self.chance, self.reading.cases
        if chance.happens(0.07):
            clock = {"by": {"id": "may-1", "role": "system"}} if chance.happens(0.4) else {}
            return {"act": "sweep", **clock}
        if not cases or chance.happens(0.07 if len(cases) < 5 else 0.01):
            own = chance.happens(0.93)
            return receipt(chance, f"H{len(cases) + 1}" if own else chance.one_of(_NAMES))
        unfinished = [name for name, case in cases.items() if case.holder is not None]
        name = chance.one_of(unfinished if unfinished and chance.happens(0.8) else [*cases])
        if self.turn is not None and chance.happens(0.8):
            name = self.turn
        case = cases[name].as_of(self.at)
        possible = list_possible(case) or STEPS[case.state]
        act = self._act(possible if chance.happens(0.85) else STEPS[case.state])
        written = name if chance.happens(0.99) else chance.spell(name)
        by = actor(chance, act, case)
        return {"act": act, "case": written, "by": by, **body(chance, act, case, self.at)}

    def _act(self, steps: list[str]) -> str:
        if self.chance.happens(0.02 + self.chance.wild * 0.4):
            return self.chance.one_of(_LATER_ACTS)
        return self.chance.random.choices(steps, [WEIGHTS.get(act, 1.0) for act in steps])[0]

    def _write(self, found: Found | str) -> None:
        line = found if isinstance(found, str) else self._dump(found)
        if not self.lines and self.chance.happens(0.1):
            line = "\ufeff" + line
        self.lines.append(line)
        answer = self.reading.line(len(self.lines), line)
        if not isinstance(found, str):
            self.past.append(found)
            if "key" in found and answer["outcome"] == "not_allowed":
                self.waiting.append(found)

    def _dump(self, found: Found) -> str:
        items = [*found.items()]
        if self.chance.happens(0.1):
            self.chance.random.shuffle(items)
        escaped = self.chance.happens(0.5)
        line = json.dumps(dict(items), ensure_ascii=escaped)
        return json.dumps(found) if "\ud800" in line else line
