"""`phananh doctor`: the age and the sources of the knowledge of days, and damage."""

import datetime as dt
import platform
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zoneinfo import TZPATH

import click

from phananh.cli.base import (
    OK,
    SENTENCES,
    UNDONE,
    RunContext,
    TranslatedCommand,
    find_version,
    shared_options,
)
from phananh.cli.database import at_option, count_cases, open_desk, print_damage
from phananh.cli.input import calendar_of, hours_option, parse_instant
from phananh.cli.terminal import emit
from phananh.desk.desk import vietnam_now
from phananh.worktime import WorkCalendar
from phananh.worktime.days.holidays_check import Crosscheck, crosscheck
from phananh.worktime.days.vietnam import COMPILED_ON
from phananh.worktime.instants import VIETNAM
from phananh.worktime.phrases import cite

OLD = dt.timedelta(days=180)  # notices of the year to come are out by then
PAST = dt.timedelta(days=60)  # limits and lapses over a day in doubt are still looked at
AHEAD = dt.timedelta(days=30)  # and a limit of today can reach so far


def _zones() -> str:
    """Return where the time zones come from, and their release if it is named."""
    for folder in map(Path, TZPATH):
        if (folder / "Asia" / "Ho_Chi_Minh").is_file():
            for name in ("+VERSION", "tzdata.zi"):
                with suppress(OSError, UnicodeDecodeError):
                    first, *_ = (folder / name).read_text(encoding="utf-8").splitlines() or [""]
                    return f"{folder}, {first.removeprefix('# version ')}"
            return str(folder)
    return f"tzdata {find_version('tzdata')}"


@click.command("doctor", cls=TranslatedCommand, help="doctor.help")
@hours_option
@at_option
@shared_options
@click.pass_obj
def command(context: RunContext, *, hours: str, at: str | None) -> int:
    """Print the findings, and whether they need attention."""
    moment, damage = vietnam_now() if at is None else parse_instant(at).at, 0
    today = moment.astimezone(VIETNAM).date()
    calendar, check = calendar_of(hours), crosscheck()
    pending = sorted(calendar.day_rules.pending.items())
    unsettled = {day: r.notice.document for day, r in pending if day >= today - PAST}
    attention = list(_find_attention(context, calendar, check, unsettled, today))
    facts = {
        "phananh": find_version("phananh"),
        "today": today,
        "knowledge_of": COMPILED_ON,
        "age_days": (today - COMPILED_ON).days,
        "covered": [calendar.first_day, calendar.last_day],
        "known_from": calendar.known_from,
        "known_through": calendar.known_through,
        "unsettled": [{"date": day, "document": paper} for day, paper in unsettled.items()],
        "holidays": find_version("holidays"),
        "differences": [
            {"date": d.date, "ours": d.ours, "holidays": d.package, "why": d.why}
            for d in check.differences
        ],
        "needless": check.needless,
        "python": platform.python_version(),
        "zones": _zones(),
        "attention": attention,
    }
    lines = [
        *_lines(context, calendar, check, unsettled),
        *(context.say("attention", what=what) for what in attention),
    ]
    if context.address is None:
        emit(context, [facts], lines)
    else:
        with open_desk(context, hours=hours, at=at) as desk:
            emit(context, [facts], lines)
            damage = print_damage(context, desk.store)
            if not damage:
                emit(context, [], [context.say("database_well", n=count_cases(desk.store))])
    if not attention and not damage:
        emit(context, [], [context.say("all_is_well")])
    return UNDONE if attention or damage else OK


def _find_attention(
    context: RunContext, calendar: WorkCalendar, check: Crosscheck,
    unsettled: dict[dt.date, str], today: dt.date,
) -> Iterator[str]:  # fmt: skip
    """Yield the points that need attention. `unsettled` are days with what proposes a move."""
    say, release, age = context.say, find_version("holidays"), today - COMPILED_ON
    if today > calendar.known_through:
        yield say("knowledge_ended", day=calendar.known_through)
    if age > OLD:
        yield say("knowledge_old", n=age.days)
    for day, paper in unsettled.items():  # limits run over it, or have just run out
        if day <= today + AHEAD:
            facts = _describe_unsettled(context, calendar, day, paper)
            yield say("day_not_settled", known=COMPILED_ON, **facts)
    for each in check.unexplained:
        yield say("difference_unexplained", version=release, day=each.date)
    for day in check.needless:
        yield say("correction_needless", version=release, day=day)
    offset = dt.datetime.combine(today, dt.time(), VIETNAM).strftime("%z")
    if offset != "+0700":
        yield say("wrong_offset", offset=offset)


def _describe_unsettled(
    context: RunContext, calendar: WorkCalendar, day: dt.date, paper: str
) -> dict[str, object]:
    """Return a day in doubt, as what it counts until a notice comes, and what proposes it."""
    kind = "counted_worked" if calendar.day(day).sessions else "counted_off"
    return {"day": day, "kind": context.say(kind), "document": cite(paper, None, context.lang)}


def _lines(
    context: RunContext, calendar: WorkCalendar, check: Crosscheck, unsettled: dict[dt.date, str]
) -> Iterator[str]:
    say, first, last = context.say, calendar.first_day, calendar.last_day
    yield say("version_is", version=find_version("phananh") or say("not_installed"))
    yield say("knowledge_of", day=COMPILED_ON)
    yield say("days_covered", first=first, last=last, known=calendar.known_from)
    yield say("days_known", day=calendar.known_through)
    for day, paper in unsettled.items():
        yield say("not_settled", **_describe_unsettled(context, calendar, day, paper))
    yield say("not_settled_after", day=calendar.known_through)
    yield say("holidays_differ", version=find_version("holidays"), n=len(check.differences))
    for each in check.differences:
        yield "  " + say(
            "difference",
            day=each.date,
            why=context.pick(each.why_vi, each.why) or say("no_reason_known"),
            ours=say(f"kind.{each.ours}"),
            package=say(f"kind.{each.package}"),
        )
    yield say("python_and_zones", version=platform.python_version(), zones=_zones())


SENTENCES.update({
    "doctor.help": (
        "Dữ liệu về ngày nghỉ được cập nhật đến ngày nào, dựa trên gì, khác nhau ở đâu, và những "
        "ngày nào còn tạm tính. Mã thoát 3 nếu có nội dung cần xem xét. Dùng --db thì nêu cả từng "
        "phản ánh, kiến nghị bị hỏng.",
        "How old the package's data on days off is, what it is based on, where the two differ, "
        "and which days are not settled. Exit code 3 if something needs attention. "
        "With --db also every case that is damaged.",
    ),
    "version_is": ("phananh {version}", "phananh {version}"),
    "knowledge_of": (
        "dữ liệu ngày nghỉ: đã cập nhật các văn bản công bố đến hết ngày {day}",
        "days off: as published on {day}, later notices are not known",
    ),
    "days_covered": (
        "phạm vi tính: từ {first} đến {last}; đã đối chiếu với văn bản chính thức từ {known}",
        "days from {first} to {last}, checked against notices from {known} on",
    ),
    "counted_off": ("ngày nghỉ", "day off"),
    "counted_worked": ("ngày làm việc", "working day"),
    "not_settled": (
        "chưa có văn bản chính thức: {day}, tạm tính là {kind} ({document})",
        "not settled: {day}, counted as a {kind} ({document})",
    ),
    "not_settled_after": (
        "chưa có văn bản chính thức: mọi ngày sau {day}", "not settled: every day after {day}",
    ),
    "holidays_differ": (
        "dữ liệu tham khảo (holidays {version}): khác {n} ngày",
        "holidays {version}: differs on {n} days",
    ),
    "difference": (
        "{day}: chương trình ghi {ours}, dữ liệu tham khảo ghi {package} ({why})",
        "{day}: phananh: {ours}, holidays: {package} ({why})",
    ),
    "no_reason_known": ("không rõ lý do", "the reason is not known"),
    "python_and_zones": (
        "Python {version}; múi giờ: {zones}", "Python {version}, time zones: {zones}",
    ),
    "attention": ("cần xem xét: {what}", "attention: {what}"),
    "all_is_well": ("không có nội dung cần xem xét", "all is well"),
    "knowledge_ended": (
        "lịch nghỉ chỉ được công bố đến hết {day}; hãy cập nhật phananh, hoặc khai báo văn bản "
        "mới bằng --notices",
        "the days off are known only until {day}. Look for a newer phananh, or give --notices.",
    ),
    "knowledge_old": (
        "dữ liệu ngày nghỉ đã {n} ngày chưa được cập nhật; hãy cập nhật phananh",
        "the data on days off is {n} days old. Look for a newer phananh.",
    ),
    "day_not_settled": (
        "đến {known} chưa có văn bản chính thức ({document}): {day} tạm tính là {kind}; khi có "
        "văn bản thì khai báo bằng --notices",
        "{day} is not settled ({document}): no notice was published by {known}, so it counts as a "
        "{kind}. Once the notice is issued, give it with --notices.",
    ),
    "difference_unexplained": (
        "dữ liệu tham khảo (holidays {version}) khác ở ngày {day}, không rõ lý do",
        "holidays {version} differs on {day} and we do not know why",
    ),
    "correction_needless": (
        "dữ liệu tham khảo (holidays {version}) đã có ngày {day}: không cần sửa nữa",
        "holidays {version} now has {day}: our correction is no longer needed",
    ),
    "wrong_offset": (
        "múi giờ Asia/Ho_Chi_Minh trên máy này là {offset}, không phải +07:00",
        "Asia/Ho_Chi_Minh is at {offset}, not +07:00",
    ),
})  # fmt: skip
