"""Lines that cannot be meant: a key missing, unknown or doubled, a wrong type, time or name."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.oracle.logs.chance import MICROSECOND, Chance

Found = dict[str, Any]

_TORN = ("{", "[]", "null", "5", '{"act":"rate","act":"rate"}', "nope")
# Joiners, selectors, blanks, hyphens, digits and letters of elsewhere, a mark, and a plain space.
_LOOK_ALIKES = (
    "\u200b", "\u034f", "\ufe0f", "\u2800", "\u00a0", "\u2011", "\uff11", "\u0661", "\u0421",
    "\u0251", "\u2160", "\u00d0", "\u0301", "\u0323", "\u00ad", "\U000e0041", " ", "\t",
)  # fmt: skip
_TEXT_KEYS = ("text", "content", "reason", "guidance")


def _unknown_key(chance: Chance, found: Found, at: datetime) -> None:
    found["reasn"] = "x"


def _missing_key(chance: Chance, found: Found, at: datetime) -> None:
    del found[chance.one_of([key for key in found if key != "act"])]


def _wrong_type(chance: Chance, found: Found, at: datetime) -> None:
    key = chance.one_of([key for key in found if key != "act"])
    found[key] = chance.one_of((None, 1, [], {}, True, "zzz"))


def _wrong_act(chance: Chance, found: Found, at: datetime) -> None:
    found["act"] = chance.one_of(("Receive", "lapse", "move_deadline", "anwser", None, 5, ""))


def _backwards(chance: Chance, found: Found, at: datetime) -> None:
    back = chance.one_of((MICROSECOND, timedelta(hours=1), timedelta(days=2)))
    found["at"] = (at - back).isoformat()


def _naive(chance: Chance, found: Found, at: datetime) -> None:
    found["at"] = at.replace(tzinfo=None).isoformat()


def _wrong_case(chance: Chance, found: Found, at: datetime) -> None:
    found["case"] = chance.one_of(("nope", "H1 ", "", None, 5))


def _look_like(name: str, at: datetime) -> str:
    """Return a name that looks the same, or nearly, and is none; which one, the time says."""
    place = at.second % (len(name) + 1)
    return name[:place] + _LOOK_ALIKES[at.minute % len(_LOOK_ALIKES)] + name[place:]


def _wrong_person(chance: Chance, found: Found, at: datetime) -> None:
    if "by" in found:
        wrong: list[Found] = [{"role": role} for role in ("Operator", "xx", None)]
        other = _look_like(str(found["by"]["id"]), at)
        wrong += [{"id": name} for name in ("", other, None, 3)]
        found["by"] |= chance.one_of([*wrong, {"name": "x"}])


def _wrong_target(chance: Chance, found: Found, at: datetime) -> None:
    if isinstance(found.get("to"), dict):
        other = _look_like(str(found["to"].get("unit")), at)
        wrong: list[Found] = [{"x": 1}, {"role": "agency"}, {"unit": None}, {"unit": other}]
        found["to"] |= chance.one_of(wrong)


def _wrong_reasons(chance: Chance, found: Found, at: datetime) -> None:
    if "reasons" in found:
        found["reasons"] = chance.one_of((["bad"], "unclear", [1], None))


def _wrong_accused(chance: Chance, found: Found, at: datetime) -> None:
    if "accused" in found:
        other = _look_like("CC-01", at)
        wrong: list[Any] = [{"id": "x"}, {"id": "x", "unit": None}, {"id": other, "unit": "y"}, "x"]
        wrong.append({"id": "x", "unit": "y", "role": "z"})
        found["accused"] = chance.one_of([{"id": "x", "unit": "y"}, *([one] for one in wrong)])


def _wrong_text(chance: Chance, found: Found, at: datetime) -> None:
    for key in _TEXT_KEYS:
        if key in found:
            found[key] = chance.one_of(("a\0b", "\ud800", 5, None))


_SPOILING: tuple[Callable[[Chance, Found, datetime], None], ...] = (
    _unknown_key,
    _missing_key,
    _wrong_type,
    _wrong_act,
    _backwards,
    _naive,
    _wrong_case,
    _wrong_person,
    _wrong_target,
    _wrong_reasons,
    _wrong_accused,
    _wrong_text,
)


def spoil(chance: Chance, found: Found, at: datetime) -> Found | str:
    """Return a line's object with something wrong in most cases, or a line that is no object."""
    if chance.happens(0.07):
        whole = json.dumps(found)
        return chance.one_of((*_TORN, whole[:-1], whole + "x"))
    wrong: Found = json.loads(json.dumps(found))
    chance.one_of(_SPOILING)(chance, wrong, at)
    return wrong
