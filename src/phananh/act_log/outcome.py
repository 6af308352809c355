"""The outcome of a line of an act log: as data, with keys in the output's order, and in words."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import attrs

from phananh.errors import Refusal
from phananh.messages.labels import word
from phananh.messages.message import say
from phananh.messages.texts import OUTCOME
from phananh.plain_data import item_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.case import Case, find_missed, find_running
from phananh.regulation.cleaning import to_vietnam_time

_LONGEST = 100


def to_vietnam_iso(instant: datetime | None) -> str | None:
    """Return an instant in ISO 8601 at +07:00, with microseconds only if there are any."""
    return None if instant is None else to_vietnam_time(instant).isoformat()


@attrs.frozen(kw_only=True)
class Outcome(PlainValue):
    """The outcome of one line: `recorded`, `refused`, `not_allowed`, `conflict` or `invalid`.

    `case` is the log's own name of the case, and `after` the case as of the line's time.
    `reasons` say why it was not recorded. `allowed` lists the possible steps if the outcome is
    `not_allowed`, and `lapsed` the cases that a sweep marked, else None.
    """

    line: int
    act: str | None
    case: str | None
    outcome: str
    after: Case | None = attrs.field(default=None, repr=False)
    reasons: tuple[Refusal, ...] = ()
    allowed: tuple[str, ...] | None = None
    lapsed: tuple[str, ...] | None = None

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return the outcome as the act log's output has it, keys in that order."""
        after = self.after
        holder = after.holder if after else None
        lapses = after.lapses if after else ()
        found: dict[str, Any] = {
            "line": self.line,
            **item_to_plain("act", self.act, lang),
            "case": self.case,
            **item_to_plain("outcome", self.outcome, lang),
            **item_to_plain("state", after.state if after else None, lang),
            **item_to_plain("holder", holder.role if holder else None, lang),
            "holder_id": holder.id if holder else None,
            "unit": holder.unit if holder else None,
            "due": to_vietnam_iso(after.due) if after else None,
            "late": bool(lapses),
            "lapses": [
                {"stage": x.stage.value, "holder": x.holder, "due": to_vietnam_iso(x.due)}
                for x in lapses
            ],
            "reasons": [_reason_to_plain(reason, lang) for reason in self.reasons],
        }
        if self.allowed is not None:
            found |= item_to_plain("allowed", self.allowed, lang)
        if self.lapsed is not None:
            found["lapsed"] = list(self.lapsed)
        return found

    def text(self, lang: str = "en") -> str:
        """Return the outcome in one line of words."""
        parts = [f"{self.line:>4}", _cut(self.case or "-"), _name_trigger(self.act, lang)]
        parts.append(word("outcome", self.outcome, lang))
        if self.after:
            parts.append(word("state", self.after.state.value, lang))
            parts.extend(_list_times(self.after, lang))
        if self.lapsed:
            parts.append(", ".join(self.lapsed))
        parts.extend(_describe_reason(reason, lang) for reason in self.reasons)
        if self.allowed:
            triggers = tuple(_name_trigger(trigger, lang) for trigger in self.allowed)
            parts.append(say(OUTCOME["possible"], lang, triggers=triggers))
        return "  ".join(parts)


def _reason_to_plain(reason: Refusal, lang: str | None) -> dict[str, Any]:
    """Return a reason by the keys of a log's output, which has no id of a reading."""
    found = reason.as_dict(lang)
    found.pop("reading", None)
    return found


def _list_times(case: Case, lang: str) -> Iterator[str]:
    """Yield when the running limit ends, and that one was missed. Each may be provisional."""
    if case.due:
        due, runs = to_vietnam_time(case.due), find_running(case)
        text = say(OUTCOME["due"], lang, day=due.date(), time=f"{due:%H:%M}")
        yield _mark_provisional(text, lang, is_provisional=runs is not None and runs.is_provisional)
    if case.lapses:
        is_provisional = any(missed.is_provisional for missed in find_missed(case))
        yield _mark_provisional(say(OUTCOME["late"], lang), lang, is_provisional=is_provisional)


def _mark_provisional(text: str, lang: str, *, is_provisional: bool) -> str:
    return say(OUTCOME["provisional"], lang, text=text) if is_provisional else text


def _describe_reason(reason: Refusal, lang: str) -> str:
    if reason.code == "invalid":  # the outcome says so already
        return str(reason.facts["problem_vi" if lang == "vi" else "problem"])
    return reason.text_with_article(lang)


def _name_trigger(act: str | None, lang: str) -> str:
    try:
        return word("trigger", act or "", lang)
    except KeyError:
        return _cut(act or "?")


def _cut(name: str) -> str:
    """Return a name as a line shows it. An unknown act or case may have a name of any length."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 3] + "..."
