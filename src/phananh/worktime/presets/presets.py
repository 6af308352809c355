"""Named office hours with their sources, and the Vietnamese calendars made from them.

The Regulation says "giờ làm việc" and never which (Art. 9): the hours are an assumption,
named in every explanation. All known timetables have 8 hours a day on 5 days. Each preset is
a TOML file beside this one, in `hours`; it is read when it is first asked for.
"""

import functools
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

import attrs

from phananh.errors import InputError, short_repr
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.days.notices import Notice, NoticeDay
from phananh.worktime.instants import one_a_day
from phananh.worktime.validators import tuple_of

if TYPE_CHECKING:
    from phananh.worktime.timetables.timetable import Timetable

NAMES = (
    "A", "VP", "HUE", "HUE-1CUA", "HATINH", "HAIDUONG", "NGHEAN", "NGHEAN-2016", "BACGIANG",
    "THAINGUYEN", "PHUYEN",
)  # fmt: skip
_ABOUT: Mapping[str, type] = {
    "place": str,
    "place_en": str,
    "status": str,
    "document": str,
    "issued": date,
    "article": str,
    "valid_from": date,
    "valid_to": date,
    "merged_on": date,
    "merged_into": str,
}


@attrs.frozen(kw_only=True)
class Preset:
    """Office hours by name: whose they are, what they rest on, and for which dates.

    `status` is confirmed (by a publication) or assumed; `document`, `issued` and `article` are
    empty where they are not known. Hours announced for one season hold on its dates only: a
    calendar with them has no working time outside. Those that recur run on, although nobody
    said so after `valid_from`. A province may have been merged (`merged_on`, `merged_into`)
    since: nobody said whether its hours still hold.
    """

    name: str
    place: str
    place_en: str
    status: str
    timetable: "Timetable"
    document: str = ""
    issued: date | None = None
    article: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    merged_on: date | None = None
    merged_into: str = ""


class _Presets(Mapping[str, Preset]):
    """The presets by name, in the order of NAMES."""

    def __getitem__(self, name: str) -> Preset:
        if name not in NAMES:
            raise KeyError(name)
        return _read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


PRESETS: Mapping[str, Preset] = _Presets()


@functools.cache
def _read(name: str) -> Preset:
    from phananh.worktime.formats.toml_reader import TEXT, TIMETABLE, timetable_of, top_of

    where = f"hours/{name}.toml"
    found = pkgutil.get_data("phananh.worktime.presets", where)
    assert found is not None  # the package brings its files along, in a zip too
    text = found.decode()
    top = top_of(text, where, {**TEXT, **TIMETABLE, **_ABOUT})
    about = {"place_en": top.values["place"], **top.given(*_ABOUT)}
    made: Preset = top.made(Preset, name=name, timetable=timetable_of(top), **about)
    return made


def preset(name: str) -> "Timetable":
    """Return the office hours of that name.

    Raises:
        InputError: there are none; the message lists the names.
    """
    try:
        return PRESETS[name].timetable
    except (KeyError, TypeError):
        problem, names = f"{short_repr(name)} is unknown", ", ".join(PRESETS)
        raise InputError(field="hours", problem=problem, way_out=f"use one of {names}") from None


@functools.cache
def _assumed() -> frozenset[str]:
    made = [found.timetable for found in PRESETS.values() if found.status == "assumed"]
    return frozenset(text for t in made for text in (t.source, t.source_en))


def is_assumed(source: str) -> bool:
    """Say whether hours with this source rest, wholly or in part, on a preset that is assumed."""
    return any(text in source for text in _assumed())


def vietnam_calendar(
    hours: str = "A",
    *,
    notices: Iterable[Notice] = (),
    overrides: Iterable[NoticeDay] = (),
    strict: bool = False,
    expected: bool = False,
    as_of: date | None = None,
) -> WorkCalendar:
    """Return the calendar of a Vietnamese state office with preset hours (Art. 9).

    The official notices are in it; calls without notices and overrides share one calendar.

    Args:
        hours: the name of a preset, such as "A" or "VP"; `phananh hours` lists them.
        notices: documents that move days, besides the official ones.
        overrides: the office's own days; they go before everything else.
        strict: raise `CoverageError` instead of flagging a deadline as provisional.
        expected: apply notices that are only expected.
        as_of: a date; the calendar as it was known then, without what became known later.

    Raises:
        InputError: no preset of that name; notices of one date of issue contradict each other;
            or nobody can say what was known on the day of `as_of`.

    A preset announced for one season only is made as any, and raises `NoWorkingTimeError` when
    time is counted beyond it.
    """
    notices, overrides = tuple_of(Notice, "notices", notices), one_a_day(overrides)
    if not notices and not overrides:
        preset(hours)
        made = _shared(hours, strict=strict, expected=expected)
    else:
        made = WorkCalendar(
            timetable=preset(hours),
            name=hours,
            notices=notices,
            overrides=overrides,
            strict=strict,
            expected=expected,
        )
    return made if as_of is None else made.as_of(as_of)


@functools.cache
def _shared(hours: str, *, strict: bool, expected: bool) -> WorkCalendar:
    return WorkCalendar(timetable=preset(hours), name=hours, strict=strict, expected=expected)
