"""A term in days as it is typed: 5wd, 10d, 2 tuần (Civil Code 2015, Art. 147 and 148)."""

import re
import unicodedata
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

import attrs

from phananh.cli.context import SENTENCES
from phananh.cli.errors import CommandError
from phananh.errors import short_repr
from phananh.worktime import Term
from phananh.worktime.instants import VIETNAM
from phananh.worktime.terms.term import LONGEST, check_numbers, parse_term, to_plain_words

_BUDGET = re.compile(r"(?=[0-9])(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?")
# Legal texts repeat the number in words: 05 (năm) giờ làm việc.
_NUMBER = r"([0-9]{1,9}) ?(?:\([^()]*\) ?)?"
_IN_WORDS = re.compile(
    rf"(?=[0-9])(?:{_NUMBER}(?:giờ|(?:working )?hours?))?(?: ?{_NUMBER}(?:phút|minutes?))?"
    rf"(?: ?{_NUMBER}(?:giây|seconds?))?(?: làm việc| of working time)?"
)
_HOURS_MINUTES = re.compile(r"([0-9]{1,9})h([0-5][0-9])")
# 09:00, 9h, 9h05, 9 giờ 05 phút; seconds only after a colon
_CLOCK = r"([0-9]{1,2})(?::([0-9]{2}(?::[0-9]{2})?)|(?:h| ?giờ)(?: ?([0-9]{2})(?: ?phút)?)?)"
_DAY_FIRST = re.compile(
    rf"(?:{_CLOCK}(?:,? ngày)? )?([0-9]{{1,2}})/([0-9]{{1,2}})/([0-9]{{4}})(?:[T ](.+))?"
)
_ALONE = re.compile(rf"{_CLOCK}(Z|[+-][0-9]{{2}}:?[0-9]{{2}})?")
_NEGATIVE = re.compile(r"[-\u2212]\s*[0-9].*", re.DOTALL)
_PLAIN = re.compile(r"[0-9]{1,9}")
_TOO_FAR = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_SECONDS = re.compile(r"[0-9]{1,15}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([0-9]{2}):[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)


@attrs.frozen
class TypedInstant:
    """An instant as it was written: `offset` is None for wall-clock time, "Z" for Zulu."""

    at: datetime
    offset: str | None

    def format_like(self, other: datetime) -> str:
        """Return another instant in the same form: in this offset, or as wall-clock time."""
        local = other.astimezone(self.at.tzinfo)
        text = local.isoformat()
        short = text[-6] in "+-"  # an offset of hours and minutes; local mean time has seconds
        text = text[:-6] if short else local.replace(tzinfo=None).isoformat()
        return text if self.offset is None else text + self.offset


@lru_cache(maxsize=512)
def _offset_zone(offset: str | None) -> tzinfo:
    if offset is None:
        return VIETNAM
    if offset == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    if minutes > 59:
        raise ValueError("minutes of an offset end at 59")
    away = timedelta(hours=hours, minutes=minutes)
    return timezone(-away if offset[0] == "-" else away)


def parse_instant(text: str) -> TypedInstant:
    """Read `2026-03-04T09:00`, `09:00 04/03/2026` or `9h00 ngày 4/3/2026`, down to µs.

    Seconds and an offset may follow the time.
    """
    written = text if _INSTANT.fullmatch(text) else to_iso(text)
    found = _INSTANT.fullmatch(written)
    if found is None:
        raise _make_instant_error(text, written)
    offset, hour = found[2], found[1]
    try:
        if hour == "24":  # newer Pythons read it as the next midnight
            raise ValueError("hours end at 23")
        wall = datetime.fromisoformat(written[: len(written) - len(offset or "")])  # cuts past µs
        return TypedInstant(
            datetime.combine(wall.date(), wall.time(), _offset_zone(offset)), offset
        )
    except ValueError:
        raise _make_date_error("no_such_time", text, written) from None


def _make_instant_error(text: str, written: str) -> CommandError:
    """Return the error of what is no instant: it lacks its date, or its time of day, or both."""
    if len(text) <= LONGEST and _ALONE.fullmatch(text.strip()):
        return CommandError("date_missing", text=short_repr(text))
    if not _DATE.fullmatch(written):
        return CommandError("not_a_time", text=short_repr(text))
    parse_day(text)  # a date that there is lacks only its time of day
    return CommandError("time_missing", text=short_repr(text))


def parse_day_or_instant(text: str) -> date | TypedInstant:
    """Read a date, `2026-03-04` or `04/03/2026`, or else an instant."""
    written = to_iso(text)
    if not _DATE.fullmatch(written):
        return parse_instant(text)
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise _make_date_error("no_such_date", text, written) from None


def parse_day(text: str) -> date:
    """Read a date, `2026-03-04` or `04/03/2026`."""
    written = to_iso(text)
    try:
        return date.fromisoformat(written)
    except ValueError:
        code = "no_such_date" if _DATE.fullmatch(written) else "not_a_date"
        raise _make_date_error(code, text, written) from None


def _make_date_error(code: str, text: str, written: str) -> CommandError:
    """Return the error of this code, or that the month has fewer days."""
    if found := _TOO_FAR.match(written):
        year, month, day = map(int, found.groups())
        if 1 <= month <= 12 and year >= 1 and (n := monthrange(year, month)[1]) < day <= 31:
            name = f"{month:02}/{year:04}"
            return CommandError("no_such_day_of_month", text=short_repr(text), month=name, n=n)
    return CommandError(code, text=short_repr(text))


def to_iso(text: str) -> str:
    """Return a date written as people do, `9h00 4/3/2026`, in ISO 8601, or other text as it is."""
    if len(text) > LONGEST:  # no date: to compose a huge text would take minutes
        return text
    found = _DAY_FIRST.fullmatch(unicodedata.normalize("NFC", text))
    if found is None or (found[1] and found[7]):
        return text
    day = f"{found[6]}-{int(found[5]):02}-{int(found[4]):02}"
    if found[1]:
        return f"{day}T{_clock_text(found[1], found[2] or found[3])}"
    if found[7] is None:
        return day
    after = _ALONE.fullmatch(found[7])
    clock = _clock_text(after[1], after[2] or after[3]) + (after[4] or "") if after else found[7]
    return f"{day}T{clock}"


def _clock_text(hour: str, minutes: str | None) -> str:
    return f"{int(hour):02}:{minutes or '00'}"


def parse_budget(text: str) -> timedelta:
    """Read `5h`, `8h30`, `45m` or `90s`, or in words `05 (năm) giờ làm việc`.

    Raises:
        CommandError: it is no amount of working time.
        InputError: a number in words is another than the one in figures.
    """
    if _NEGATIVE.fullmatch(text):
        raise CommandError("negative_budget", text=short_repr(text))
    written = _HOURS_MINUTES.sub(r"\1h\2m", text) if text[-1:].isdigit() else text
    found = _BUDGET.fullmatch(written) or _IN_WORDS.fullmatch(to_plain_words(text))
    if found is None and _PLAIN.fullmatch(text):
        raise CommandError("unit_missing", text=text)
    if found is None:
        raise CommandError("not_a_budget", text=short_repr(text))
    check_numbers(text, "budget")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def parse_seconds(text: str) -> timedelta:
    """Read whole seconds, 0 or more, in plain digits."""
    if not _SECONDS.fullmatch(text):
        raise CommandError("not_seconds", text=short_repr(text))
    try:
        return timedelta(seconds=int(text))
    except OverflowError:
        raise CommandError("too_many_seconds", text=text) from None


def read_term(text: str) -> Term | None:
    """Return the term that is written, or None if it may be a budget of working time."""
    found = parse_term(text)
    if found is None:
        return None
    count, unit = found
    if count == 0:
        raise CommandError("empty_term", text=short_repr(text))
    return Term(count=count, unit=unit)


SENTENCES.update({
    "not_a_time": (
        "{text} không phải thời điểm; viết như 09:00 04/03/2026 hoặc 2026-03-04T09:00 (giờ Việt "
        "Nam), hoặc 2026-03-04T09:00:00+07:00",
        "{text} is not a time. Write it like 09:00 04/03/2026 or 2026-03-04T09:00 (Vietnamese "
        "time), or 2026-03-04T09:00:00+07:00",
    ),
    "no_such_time": (
        "{text}: không có ngày, giờ hoặc múi giờ này",
        "{text}: there is no such date, hour or offset",
    ),
    "no_such_day_of_month": (
        "{text}: tháng {month} chỉ có {n} ngày",
        "{text}: there are {n} days in {month}",
    ),
    "date_missing": (
        "{text} chưa có ngày; viết như 09:00 04/03/2026 hoặc 2026-03-04T09:00",
        "{text} has no date. Write it like 2026-03-04T09:00 or 09:00 04/03/2026",
    ),
    "unit_missing": (
        "{text} chưa có đơn vị; viết {text}h hoặc {text} giờ, theo mẫu 5h, 8h30m, 45m, 90s; hoặc "
        "{text}wd cho ngày làm việc",
        "{text} has no unit. Write {text}h, like 5h, 8h30m, 45m, 90s, or {text}wd for working days",
    ),
    "no_such_date": ("không có ngày {text}", "there is no date {text}"),
    "time_missing": (
        "{text} chưa có giờ; viết như 09:00 04/03/2026 hoặc 2026-03-04T09:00",
        "{text} has no time of day. Write it like 2026-03-04T09:00 or 09:00 04/03/2026",
    ),
    "start_time_missing": (
        "{text} là ngày; tính bằng giờ thì cần giờ bắt đầu; viết như 09:00 {day}, hoặc nêu thời "
        "hạn tính bằng ngày, ví dụ 5wd",
        "{text} is a date, and hours need a start time. Write it like {day}T09:00, or give a term "
        "in days, such as 5wd",
    ),
    "not_a_date": (
        "{text} không phải ngày; viết như 24/12/2025 hoặc 2025-12-24",
        "{text} is not a date. Write it like 2025-12-24 or 24/12/2025",
    ),
    "negative_budget": (
        "{text}: số giờ không được âm; viết 5h, 8h30m, 45m hoặc 90s",
        "{text}: a budget is not negative. Write 5h, 8h30m, 45m or 90s",
    ),
    "not_a_budget": (
        "{text} không phải số giờ; viết giờ, phút, giây theo thứ tự: 5h, 8h30m, 45m, 90s; hoặc "
        "ngày: 5wd, 10d, 2w, 3mo, 1y",
        "{text} is not a budget. Write hours, minutes, seconds in that order: 5h, 8h30m, 45m, "
        "90s. Or days: 5wd, 10d, 2w, 3mo, 1y",
    ),
    "not_seconds": (
        "{text} không phải số giây nguyên từ 0 trở lên",
        "{text} is not a number of whole seconds, 0 or more",
    ),
    "too_many_seconds": ("{text} giây là quá dài", "{text} seconds is more time than there is"),
    "empty_term": ("{text}: thời hạn ít nhất là 1", "{text}: a term is at least 1"),
})  # fmt: skip
