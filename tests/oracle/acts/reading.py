"""A log read line by line: its order, its keys, and the one outcome of each line.

What is not recorded changes nothing, not even a lapse: a case is kept as it was reached, and told
as of the line's time.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tests.oracle.acts.case import Case, do, receive
from tests.oracle.acts.form import Line, read_line
from tests.oracle.acts.steps import (
    STEPS,
    list_possible,
    reasons_against,
    reasons_against_receipt,
)
from tests.oracle.acts.values import InvalidLineError

_UNKNOWN: dict[str, Any] = {
    "state": None,
    "holder": None,
    "holder_id": None,
    "unit": None,
    "due": None,
    "late": False,
    "lapses": [],
}


class Reading:
    """How far a log has come by this reading.

    `first` holds by key what it names, and the result where that was recorded.
    """

    def __init__(self, hours: str) -> None:
        """Begin a log by the office hours A or VP."""
        self.hours = hours
        self.cases: dict[str, Case] = {}
        self.last: datetime | None = None
        self.first: dict[str, tuple[Any, dict[str, Any] | None]] = {}

    def lines(self, texts: Iterable[str]) -> list[dict[str, Any]]:
        """Return what becomes of each line that is an act."""
        return [self.line(number, text) for number, text in enumerate(texts, start=1)]

    def line(self, number: int, text: str) -> dict[str, Any]:
        """Return what becomes of one line, as the output has it; reasons are code and clause."""
        line = read_line(text)
        try:
            again = self._in_order(line)
        except InvalidLineError:
            return self._invalid(number, line)
        self.last = line.at
        if again is not None:
            return again | {"line": number}
        head = {"line": number, "act": line.act, "case": line.case or None}
        result = head | (self._sweep(line) if line.act == "sweep" else self._act(line))
        if line.key is not None:
            recorded = result if result["outcome"] == "recorded" else None
            self.first[line.key] = (_meaning_of(line), recorded)
        return result

    def _in_order(self, line: Line) -> dict[str, Any] | None:
        """Return the first result of an act that was recorded under this key, if any.

        Invalid are an `at` before that of the last line that was not, a key used again with
        other content, and a case name that is unknown or received twice.
        """
        if self.last is not None and line.at < self.last:
            raise InvalidLineError("before the last line")
        meant, result = self.first.get(line.key or "", (None, None))
        if meant is not None and meant != _meaning_of(line):
            raise InvalidLineError("the key was used for another act")
        if result is None and line.act != "sweep":
            known = line.case in self.cases
            if known == (line.act == "receive"):
                raise InvalidLineError("received before" if known else "not received")
        return result

    def _act(self, line: Line) -> dict[str, Any]:
        if line.act == "receive":
            reasons = reasons_against_receipt(line)
            if not reasons:
                self.cases[line.case] = receive(line)
        else:
            case = self.cases[line.case].as_of(line.at)
            if line.act not in STEPS[case.state]:
                outcome = {"outcome": "not_allowed", "reasons": {("no_such_step", None)}}
                return {**outcome, "allowed": list_possible(case), **case.as_dict()}
            reasons = reasons_against(case, line)
            if not reasons:
                do(case, line, self.hours)
                self.cases[line.case] = case
        outcome = "refused" if reasons else "recorded"
        return {"outcome": outcome, "reasons": reasons, **self._case_as_dict(line.case, line.at)}

    def _sweep(self, line: Line) -> dict[str, Any]:
        """Record every lapse; the log's names of the cases stand by due, then name."""
        late = [
            (case.due, name)
            for name, case in self.cases.items()
            if case.due is not None and line.at > case.due
        ]
        for _, name in late:
            self.cases[name] = self.cases[name].as_of(line.at)
            self.cases[name].changed = line.at
        lapsed = [name for _, name in sorted(late)]
        return {"outcome": "recorded", "reasons": set(), "lapsed": lapsed, **_UNKNOWN}

    def _case_as_dict(self, name: str | None, at: datetime) -> dict[str, Any]:
        case = self.cases.get(name or "")
        return case.as_of(at).as_dict() if case else _UNKNOWN

    def _invalid(self, number: int, line: Line) -> dict[str, Any]:
        """Return what is told of an invalid line; its case is as the last valid line left it."""
        case, state = self.cases.get(line.case), _UNKNOWN
        if case is not None and self.last is not None:
            state = case.as_of(max(self.last, case.changed)).as_dict()
        reasons = {("invalid", None)}
        head = {"line": number, "act": line.act, "case": line.case or None}
        return {**head, "outcome": "invalid", "reasons": reasons, **state}


def _meaning_of(line: Line) -> Any:
    """Return what a key names: an act on a case, whenever it is asked for; or a sweep's time."""
    return line.at if line.act == "sweep" else (line.act, line.by, line.case, line.more)
