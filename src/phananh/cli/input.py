"""What is typed or read: instants, amounts of working time, terms, files, and office hours.

One grammar each. A wall-clock time without an offset is Vietnamese time, and what is
computed from it comes out without one.
"""

import re
import sys
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta
from pathlib import Path, PurePath
from typing import Any, BinaryIO

import attrs
import click

from phananh.cli.base import SENTENCES, CommandError, F, RunContext
from phananh.errors import InputError, short_repr
from phananh.worktime import Term, WorkCalendar, vietnam_calendar
from phananh.worktime.formats.ical import Feed, feed_from_ical
from phananh.worktime.formats.toml import calendar_from_toml, notices_from_toml
from phananh.worktime.instants import VIETNAM
from phananh.worktime.presets import PRESETS, Preset
from phananh.worktime.terms.term import LONGEST, check_numbers, parse_term, to_plain_words

_BUDGET = re.compile(r"(?=[0-9])(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?")
# Legal texts repeat the number in words: 05 (năm) giờ làm việc.
_NUMBER = r"([0-9]{1,9}) ?(?:\([^()]*\) ?)?"
_IN_WORDS = re.compile(
    rf"(?=[0-9])(?:{_NUMBER}(?:giờ|(?:working )?hours?))?(?: ?{_NUMBER}(?:phút|minutes?))?"
    rf"(?: ?{_NUMBER}(?:giây|seconds?))?(?: làm việc| of working time)?"
)
# 09:00, 9h, 9h05, 9 giờ 05 phút; seconds only after a colon
_CLOCK = r"([0-9]{1,2})(?::([0-9]{2}(?::[0-9]{2})?)|(?:h| ?giờ)(?: ?([0-9]{2})(?: ?phút)?)?)"
_DAY_FIRST = re.compile(
    rf"(?:{_CLOCK}(?:,? ngày)? )?([0-9]{{1,2}})/([0-9]{{1,2}})/([0-9]{{4}})(?:[T ](.+))?"
)
_ALONE = re.compile(rf"{_CLOCK}(Z|[+-][0-9]{{2}}:?[0-9]{{2}})?")
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
        text = other.astimezone(self.at.tzinfo).replace(tzinfo=None).isoformat()
        return text + (self.offset or "")


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
        at = datetime.fromisoformat(written)  # cuts past µs
    except ValueError:
        raise _make_date_error("no_such_time", text, written) from None
    # Newer Pythons read 24:00 as the next midnight, and take any minutes of an offset.
    if hour == "24" or (offset and offset[-2:].isdigit() and offset[-2:] > "59"):
        raise _make_date_error("no_such_time", text, written)
    return TypedInstant(at if offset else at.replace(tzinfo=VIETNAM), offset)


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
    return parse_day(text) if _DATE.fullmatch(to_iso(text)) else parse_instant(text)


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
    if found := re.match(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])", written):
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
    if re.fullmatch(r"[-\u2212]\s*[0-9].*", text, re.DOTALL):
        raise CommandError("negative_budget", text=short_repr(text))
    ends = text[-1:].isdigit()  # 8h30
    written = re.sub(r"([0-9]{1,9})h([0-5][0-9])", r"\1h\2m", text) if ends else text
    found = _BUDGET.fullmatch(written) or _IN_WORDS.fullmatch(to_plain_words(text))
    if found is None and re.fullmatch(r"[0-9]{1,9}", text):
        raise CommandError("unit_missing", text=text)
    if found is None:
        raise CommandError("not_a_budget", text=short_repr(text))
    check_numbers(text, "budget")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def parse_seconds(text: str) -> timedelta:
    """Read whole seconds, 0 or more, in plain digits."""
    if not re.fullmatch(r"[0-9]{1,15}", text):
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
    if found[0] == 0:
        raise CommandError("empty_term", text=short_repr(text))
    return Term(count=found[0], unit=found[1])


LARGEST = 10_000_000  # bytes of a file of hours or notices

ICAL_SUFFIXES = (".ics", ".ical", ".ifb")


def open_file(path: str, *, absent: CommandError | None = None) -> BinaryIO:
    """Return the bytes of a file, or of standard input for `-`. Raise `absent` without one."""
    if path == "-":
        if sys.stdin is None:
            raise CommandError("cannot_read", path="stdin", problem=CommandError("stdin_closed"))
        return sys.stdin.buffer
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        if absent and isinstance(error, FileNotFoundError | ValueError):
            raise absent from None
        raise CommandError("cannot_read", path=path, problem=error) from None


def read_text(path: str, *, absent: CommandError | None = None) -> str:
    """Return the whole text of a file, and refuse one too large, or not in UTF-8."""
    with open_file(path, absent=absent) as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise CommandError("file_too_large", path=path, limit=f"{LARGEST:,}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        raise not_utf8(
            path,
            line=before.count(b"\n") + 1,
            byte=error.start - before.rfind(b"\n"),
            value=raw[error.start],
        ) from None


def not_utf8(path: str, *, line: int, byte: int, value: int) -> CommandError:
    """Return the error of a file in another encoding: its line, and which byte of it."""
    return CommandError("not_utf8", path=path, line=line, byte=byte, value=f"{value:02X}")


def is_ical(path: str, text: str) -> bool:
    """Return whether a file is iCalendar, by its name or by its first line."""
    named = PurePath(path).suffix.lower() in ICAL_SUFFIXES
    return named or text.lstrip()[:15].upper() == "BEGIN:VCALENDAR"


def find_preset(name: str) -> Preset:
    """Return the preset of a name. A wrong name is an error that lists them all."""
    wanted = name.strip().upper()
    if wanted in PRESETS:
        return PRESETS[wanted]
    raise CommandError("no_such_hours", name=short_repr(name), names=tuple(PRESETS))


def read_calendar(hours: str) -> WorkCalendar:
    """Return the calendar of a preset or a file, with the notices in it."""
    unknown = CommandError("hours_unknown", path=hours or "''", presets=tuple(PRESETS))
    if hours in PRESETS:
        return vietnam_calendar(hours)
    if hours in ("", "-"):  # this folder, standard input
        raise unknown
    text = read_text(hours, absent=unknown)
    if is_ical(hours, text):
        raise InputError(code="ical_no_hours", field=hours)

    return calendar_from_toml(text, where=hours)


def read_notices(path: str) -> Feed:
    """Return the notices of a file, and beside them what of iCalendar was passed over."""
    text = read_text(path)
    if not is_ical(path, text):
        return Feed(notices=notices_from_toml(text, where=path))
    try:
        return feed_from_ical(text, where=path)
    except ModuleNotFoundError as error:
        if error.name != "icalendar":
            raise
        raise CommandError("ical_extra_missing") from None


def _store_value(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    ctx.meta[f"phananh.{param.name}"] = value


def days_options(command: F) -> F:
    """Add the options that change the days of a calendar: `--notices`, `--as-of`."""
    as_of = click.option(
        "--as-of", metavar="DATE", callback=_store_value, expose_value=False, help="hours.as_of",
    )  # fmt: skip
    return notices_option(as_of(command))


def notices_option(command: F) -> F:
    """Add `--notices`."""
    return click.option(
        "--notices", metavar="FILE", multiple=True, callback=_store_value, expose_value=False,
        help="hours.notices",
    )(command)  # fmt: skip


def _preset_name(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Return the name of a preset however it is spelt. A file of that name goes first."""
    name = value.strip().upper()
    return name if name in PRESETS and not Path(value).exists() else value


def hours_option(command: F) -> F:
    """Add `--hours`, and what changes the days of its calendar: `--notices`, `--as-of`."""
    return preset_option(days_options(command))


def preset_option(command: F) -> F:
    """Add `--hours`."""
    return click.option(
        "--hours", default="A", metavar="NAME|FILE", callback=_preset_name, help="hours.hours"
    )(command)


def calendar_of(hours: str) -> WorkCalendar:
    """Return the calendar of `--hours`, with `--notices`, as it was known by `--as-of`."""
    calendar, meta = read_calendar(hours), click.get_current_context().meta
    for path in meta.get("phananh.notices") or ():
        calendar = calendar.with_notices(read_notices(path).notices)
    day = meta.get("phananh.as_of")
    return calendar if day is None else calendar.as_of(parse_day(day))


def warn_of_validity(context: RunContext, hours: str, day: date) -> None:
    """Say beside the output that a preset is not known for a day."""
    preset = PRESETS.get(hours)
    if preset and preset.valid_from and day < preset.valid_from:
        place = context.pick(preset.place, preset.place_en)
        context.warn("hours_before_validity", day=preset.valid_from, name=hours, place=place)
    if preset and preset.merged_on and day >= preset.merged_on:
        place, into = context.pick(preset.place, preset.place_en), preset.merged_into
        context.warn("hours_after_merger", day=preset.merged_on, into=into, name=hours, place=place)


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
    "from_to": ("{first} đến {last}", "{first} to {last}"),
    "ical_extra_missing": (
        'tệp iCalendar cần phần bổ sung "ical"; trong bản sao (clone): pip install ".[ical]"',
        'iCalendar files need the extra "ical". In a clone: pip install ".[ical]"',
    ),
    "hours.hours": (
        "Giờ làm việc: một bộ của `phananh hours`, hoặc lịch trong tệp TOML (mặc định A).",
        "Office hours: one of `phananh hours`, or a calendar in a TOML file (default A).",
    ),
    "hours.as_of": (
        "Tính theo văn bản đã công bố đến ngày này, ví dụ 24/12/2025.",
        "Compute with what was known on this day, such as 2025-12-24.",
    ),
    "hours.notices": (
        "Thêm văn bản về ngày nghỉ, dạng TOML hoặc iCalendar; dùng được nhiều lần.",
        "Your own notices, in TOML or iCalendar. Can be given several times.",
    ),
    "no_such_hours": ("không có bộ giờ {name}; có {names}", "no hours {name}. Use one of {names}."),
    "hours_unknown": (
        "giờ làm việc {path}: không phải bộ có sẵn ({presets}) cũng không phải tệp",
        "hours {path}: neither a preset ({presets}) nor a file",
    ),
    "hours_before_validity": (
        "giờ làm việc {name} ({place}) chỉ có dữ liệu từ {day}; thời điểm hỏi sớm hơn",
        "hours {name} ({place}) are known from {day} only, and this begins before",
    ),
    "hours_after_merger": (
        "{place} sáp nhập vào {into} từ {day}; không rõ giờ làm việc {name} còn áp dụng hay không",
        "{place} is part of {into} since {day}, and it is not known if hours {name} still apply",
    ),
    "days_known": ("lịch nghỉ đã công bố đến hết {day}", "days known through {day}"),
})  # fmt: skip
