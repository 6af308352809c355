"""Named office hours with their sources, as data (giờ hành chính, Art. 3.2, 9).

The Regulation says "giờ làm việc", but not which: the hours are an assumption, named in every
explanation. All known timetables have 8 hours a day on 5 days. If hours were announced for one
season, the calendar has no working time outside its dates.
"""

import functools
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

import attrs

from phananh.errors import InputError, short_repr
from phananh.plain_value import PlainValue
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.days.notices import Notice, NoticeDay, sort_overrides
from phananh.worktime.timetable import Hours, Timetable
from phananh.worktime.validators import tuple_of


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Preset(PlainValue):
    """Office hours by name: the place, the document behind them, and their dates.

    Hours announced for one season apply on its dates only, and a calendar with them has no
    working time outside. Hours that recur go on, although no document after `valid_from` says so.
    If a province was merged since, it is unknown whether its hours still apply.

    Args:
        name: the name of the preset, such as "VP".
        place: the province or office, in Vietnamese.
        place_en: the same in English.
        timetable: the hours.
        document: the number of the document behind them, or an empty text if it is unknown.
        issued: its date of issue, or None.
        article: its article, or an empty text.
        valid_from: the first date that they were announced for, or None.
        valid_to: the last date that they were announced for, or None.
        merged_on: the day on which the province was merged into another, or None.
        merged_into: the province that it was merged into, or an empty text.
    """

    name: str
    place: str
    place_en: str = attrs.field(default=attrs.Factory(lambda preset: preset.place, takes_self=True))
    timetable: Timetable
    document: str = ""
    issued: date | None = None
    article: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    merged_on: date | None = None
    merged_into: str = ""

    @property
    def status(self) -> str:
        """`confirmed` if a publication confirms the hours, else `assumed`."""
        return "assumed" if self.timetable.assumed else "confirmed"


def _week(sessions: str, first: date | None = None, last: date | None = None) -> Hours:
    return Hours(days="mon-fri", sessions=sessions, effective_from=first, effective_to=last)


def _season(sessions: str, first: str, last: str) -> Hours:
    return Hours(days="mon-fri", sessions=sessions, season=(first, last))


_PRESETS = (
    # Assumed if no other hours are known, because the Regulation names none. Hà Tĩnh's timetable
    # of 2018 (HATINH) had the same.
    Preset(
        name="A",
        place="mặc định",
        place_en="the default",
        timetable=Timetable(
            hours=_week("07:30-11:30, 13:30-17:30"),
            source="thông lệ thứ Hai đến thứ Sáu, 07:30-11:30, 13:30-17:30 (Quy chế ban hành "
            "kèm theo Quyết định số 2370/QĐ-UBND ngày 30/10/2019 không nêu giờ)",
            source_en="Monday to Friday 07:30-11:30, 13:30-17:30 by convention (the Regulation "
            "of Decision 2370/QĐ-UBND of 2019-10-30 names none)",
            assumed=True,
        ),
    ),
    # The same province today (Phú Thọ). Whether the decision still applies is unknown. Number
    # and winter dates are confirmed by its publication, but the article was not seen.
    Preset(
        name="VP",
        place="Vĩnh Phúc",
        document="QĐ 873/QĐ-UBND",
        issued=date(2020, 4, 8),
        valid_from=date(2020, 4, 8),
        merged_on=date(2025, 7, 1),
        merged_into="Phú Thọ",
        timetable=Timetable(
            hours=(
                _season("07:00-11:30, 13:30-17:00", "04-16", "10-15"),
                _season("07:30-12:00, 13:00-16:30", "10-16", "04-15"),
            ),
            source="QĐ 873/QĐ-UBND ngày 08/04/2020 (Vĩnh Phúc)",
            source_en="QĐ 873/QĐ-UBND of 2020-04-08 (Vĩnh Phúc)",
        ),
    ),
    Preset(
        name="HUE",
        place="Huế, cơ quan",
        place_en="Huế, offices",
        valid_from=date(2022, 1, 1),
        timetable=Timetable(
            hours=_week("08:00-11:30, 13:00-17:30"),
            source="giờ làm việc của cơ quan tại Huế năm 2022 (chưa đọc văn bản)",
            source_en="the hours of offices in Huế in 2022 (document not seen)",
            assumed=True,
        ),
    ),
    Preset(
        name="HUE-1CUA",
        place="Huế, bộ phận một cửa",
        place_en="Huế, one-stop centres",
        valid_from=date(2022, 1, 1),
        timetable=Timetable(
            hours=_week("07:30-11:30, 13:00-17:00"),
            source="giờ làm việc của bộ phận một cửa tại Huế năm 2022 (chưa đọc văn bản)",
            source_en="the hours of one-stop centres in Huế in 2022 (document not seen)",
            assumed=True,
        ),
    ),
    Preset(
        name="HATINH",
        place="Hà Tĩnh",
        valid_from=date(2018, 2, 1),
        valid_to=date(2018, 4, 15),
        timetable=Timetable(
            hours=_week("07:30-11:30, 13:30-17:30", date(2018, 2, 1), date(2018, 4, 15)),
            source="giờ làm việc Hà Tĩnh 1/2-15/4/2018",
            source_en="the hours of Hà Tĩnh, 2018-02-01 to 2018-04-15",
        ),
    ),
    Preset(
        name="HAIDUONG",
        place="Hải Dương",
        valid_from=date(2023, 11, 1),
        valid_to=date(2024, 10, 31),
        timetable=Timetable(
            hours=(
                _week("07:30-12:00, 13:00-16:30", date(2023, 11, 1), date(2024, 3, 31)),
                _week("07:00-11:30, 13:30-17:00", date(2024, 4, 1), date(2024, 10, 31)),
            ),
            source="giờ làm việc Hải Dương 1/11/2023-31/10/2024",
            source_en="the hours of Hải Dương, 2023-11-01 to 2024-10-31",
        ),
    ),
    # That of 2016, years apart, is NGHEAN-2016.
    Preset(
        name="NGHEAN",
        place="Nghệ An",
        valid_from=date(2023, 4, 16),
        valid_to=date(2023, 10, 15),
        timetable=Timetable(
            hours=_week("07:00-11:30, 13:30-17:00", date(2023, 4, 16), date(2023, 10, 15)),
            source="giờ làm việc Nghệ An 16/4-15/10/2023",
            source_en="the hours of Nghệ An, 2023-04-16 to 2023-10-15",
        ),
    ),
    # The hours from then to 2023 are unknown.
    Preset(
        name="NGHEAN-2016",
        place="Nghệ An",
        valid_from=date(2016, 10, 17),
        valid_to=date(2017, 4, 15),
        timetable=Timetable(
            hours=_week("07:30-12:00, 13:30-17:00", date(2016, 10, 17), date(2017, 4, 15)),
            source="giờ làm việc Nghệ An 17/10/2016-15/4/2017",
            source_en="the hours of Nghệ An, 2016-10-17 to 2017-04-15",
        ),
    ),
    Preset(
        name="BACGIANG",
        place="Bắc Giang",
        valid_from=date(2020, 10, 16),
        valid_to=date(2021, 4, 15),
        timetable=Timetable(
            hours=_week("07:30-12:00, 13:00-16:30", date(2020, 10, 16), date(2021, 4, 15)),
            source="giờ làm việc Bắc Giang 16/10/2020-15/4/2021",
            source_en="the hours of Bắc Giang, 2020-10-16 to 2021-04-15",
        ),
    ),
    Preset(
        name="THAINGUYEN",
        place="Thái Nguyên",
        document="QĐ 1096/QĐ-UB",
        valid_from=date(2020, 10, 15),
        valid_to=date(2021, 4, 14),
        timetable=Timetable(
            hours=_week("07:30-11:30, 13:00-17:00", date(2020, 10, 15), date(2021, 4, 14)),
            source="QĐ 1096/QĐ-UB (15/10/2020-14/4/2021)",
            source_en="QĐ 1096/QĐ-UB (2020-10-15 to 2021-04-14)",
        ),
    ),
    # No end was announced.
    Preset(
        name="PHUYEN",
        place="Phú Yên",
        valid_from=date(2021, 11, 1),
        merged_on=date(2025, 7, 1),
        merged_into="Đắk Lắk",
        timetable=Timetable(
            hours=_week("07:30-12:00, 13:30-17:00", date(2021, 11, 1)),
            source="giờ làm việc Phú Yên từ 1/11/2021",
            source_en="the hours of Phú Yên from 2021-11-01",
        ),
    ),
)

PRESETS: Mapping[str, Preset] = MappingProxyType({preset.name: preset for preset in _PRESETS})


def find_timetable(name: str) -> Timetable:
    """Return the office hours of that name.

    Raises:
        InputError: there are none. The message lists the names.
    """
    try:
        return PRESETS[name].timetable
    except (KeyError, TypeError):
        raise InputError(
            code="unknown_value", field="hours", value=short_repr(name), known=tuple(PRESETS)
        ) from None


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

    It has the official notices. Calls without notices and overrides share one calendar. Hours
    announced for one season only raise `NoWorkingTimeError` if you count time beyond it.

    Args:
        hours: the name of a preset, such as "A" or "VP". `phananh hours` lists them.
        notices: documents that move days, besides the official ones.
        overrides: the office's own days, which come before all other sources.
        strict: raise `CoverageError` instead of flagging a deadline as provisional.
        expected: apply notices that are only expected.
        as_of: a date: the calendar as it was known then, without what became known later.

    Raises:
        InputError: no preset of that name, or notices of one date of issue contradict each
            other, or `as_of` is before the first notice.

    Example:
        >>> print(vietnam_calendar("VP").add(friday, timedelta(hours=5)))
        2025-04-26 10:00:00+07:00
    """
    notices, overrides = tuple_of(Notice, "notices", notices), sort_overrides(overrides)
    if not notices and not overrides:
        find_timetable(hours)  # refuses an unhashable name before the cache gets it
        calendar = _share_calendar(hours, strict=strict, expected=expected)
    else:
        calendar = WorkCalendar(
            timetable=find_timetable(hours),
            name=hours,
            notices=notices,
            overrides=overrides,
            strict=strict,
            expected=expected,
        )
    return calendar if as_of is None else calendar.as_of(as_of)


@functools.cache
def _share_calendar(hours: str, *, strict: bool, expected: bool) -> WorkCalendar:
    return WorkCalendar(
        timetable=find_timetable(hours), name=hours, strict=strict, expected=expected
    )
