"""`phananh case`: the state of a case, why its answer is due when it is, and what happened."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any

import attrs
import click
from rich.console import RenderableType

from phananh.cli.base import SENTENCES, RunContext, TranslatedCommand, shared_options
from phananh.cli.case_texts import TRIGGERS, CurrentCases, DeadlineTexts, case_to_plain
from phananh.cli.database import at_option, open_desk, warn_of_set_back
from phananh.cli.input import hours_option
from phananh.cli.terminal import emit, format_instant, make_table
from phananh.desk.desk import Desk
from phananh.errors import NotFoundError, UnknownCalendarError
from phananh.messages.labels import word
from phananh.plain_data import to_plain
from phananh.regulation.case import Case, CaseDeadline, find_last, find_missed
from phananh.regulation.events import Event, personal_text, tell_actor, tell_deed
from phananh.regulation.request import Accused

_PERSONAL = ("sender", "content", "code")


@click.command("case", cls=TranslatedCommand, help="case.help")
@click.argument("key", metavar="ID-or-code")
@click.option("--personal", is_flag=True, help="case.personal")
@hours_option
@at_option
@shared_options
@click.pass_obj
def command(context: RunContext, *, key: str, personal: bool, hours: str, at: str | None) -> int:
    """Print a case."""
    with open_desk(context, hours=hours, at=at) as desk:
        stored = _find_case(desk, key)
        if stored.updated_at > desk.now():
            warn_of_set_back(context, desk)
        current = CurrentCases(context, desk)
        view = _CaseView(
            context=context,
            case=current.as_of(stored),
            history=desk.history(stored),
            texts=DeadlineTexts(context, desk),
            current=current,
            personal=personal,
        )
        emit(context, view.data(), view.lines())
    return 0


def _find_case(desk: Desk, key: str) -> Case:
    """Return a case by its key as typed, else in capitals, as ids and codes are given out."""
    try:
        return desk.get(key)
    except NotFoundError:
        if key == key.upper():
            raise
        with suppress(NotFoundError):
            return desk.get(key.upper())
        raise


@attrs.frozen(kw_only=True)
class _CaseView:
    """A case and its history, as data and as tables, without personal data unless asked."""

    context: RunContext
    case: Case
    history: tuple[Event, ...]
    texts: DeadlineTexts
    current: CurrentCases
    personal: bool

    def data(self) -> Iterator[dict[str, Any]]:
        """Yield the one object of JSON."""
        case = self.case
        found = case_to_plain(case, self._cautions(), self.texts)
        found["appointment"] = to_plain(case.promised)
        found["appointments"] = [
            {**told.as_dict(), "status": told.status(self.texts.desk.now())}
            for told in case.appointments
        ]
        found["unmet"] = self.current.unmet(case)
        if self.personal:
            for name in _PERSONAL:
                found[name] = to_plain(getattr(case, name), personal=True)
        found["deadline"] = case.deadline
        found["history"] = to_plain(self.history, personal=self.personal)
        yield found

    def lines(self) -> Iterator[RenderableType]:
        """Yield the state of the case, why each limit ends when it does, and what happened."""
        rows = ((self.context.say(f"head.{name}"), text) for name, text in self._head())
        yield make_table(self.context, ("", ""), rows)
        missed, last = find_missed(self.case), find_last(self.case)
        for limit in missed if last is None or last in missed else (*missed, last):
            yield from self._limit(limit, missed=limit in missed)
        yield ""
        yield self._history_table()

    def _cautions(self) -> tuple[str, ...]:
        return self.current.cautions(self.case)

    def _head(self) -> Iterator[tuple[str, str]]:
        case, lang, holder = self.case, self.context.lang, self.case.holder
        place = [word("role", holder.role.value, lang), holder.id, holder.unit] if holder else ["-"]
        yield "case", case.id
        yield "state", word("state", case.state.value, lang)
        yield "holder", ", ".join(part for part in place if part)
        yield "kind", word("kind", case.kind.value, lang)
        yield "channel", word("channel", case.channel.value, lang)
        yield from self._times()
        yield "cautions", self.current.caution_texts(case) or "-"
        for row in self.current.unmet(case):
            clause = row.article.text(lang)
            yield "unmet", f"{row.text(lang)} ({clause}): {row.guidance(lang)}"
        if self.personal:
            yield from ((name, personal_text(getattr(case, name), lang)) for name in _PERSONAL)
            if case.accused:
                yield "accused", "; ".join(map(self._accused_text, case.accused))

    def _accused_text(self, accused: Accused) -> str:
        return f"{accused.id or self.context.say('not_known')} ({accused.unit})"

    def _times(self) -> Iterator[tuple[str, str]]:
        case, lang = self.case, self.context.lang
        yield "received", format_instant(case.received_at, lang)
        yield "due", self.texts.due_text(case)
        if case.promised and case.is_open:
            yield "appointment", format_instant(case.promised, lang)
        if left := self.texts.left_text(case):
            yield "left", left
        yield "late", self.texts.late_text(case) or self.context.say("no")

    def _limit(self, limit: CaseDeadline, *, missed: bool) -> Iterator[str]:
        """Yield why a limit ends when it does, naming the event that opened a missed one."""
        case, context, deadline = self.case, self.context, limit.deadline
        try:
            text = self.texts.desk.explain(case, lang=context.lang, deadline=limit)
        except UnknownCalendarError:
            facts = {"name": deadline.calendar, "version": deadline.version}
            text = context.say("other_calendar_steps", **facts)
        yield ""
        if missed:
            yield context.say("missed_limit", n=limit.opened_by)
        yield from text.splitlines()
        if kept := self.texts.changed_calendar_text(limit, case):
            yield kept

    def _history_table(self) -> RenderableType:
        context, lang = self.context, self.context.lang
        names = ("", "time", "act", "by", "state", "details")
        before = {new.version: old.time for old, new in pairwise(self.case.appointments)}
        rows = (
            (
                str(event.n),
                format_instant(event.at, lang),
                word("trigger", TRIGGERS[type(event).__name__], lang),
                tell_actor(event, lang, personal=self.personal) or word("role", "system", lang),
                word("state", event.state.value, lang),
                tell_deed(event, lang, personal=self.personal, told_before=before.get(event.n)),
            )
            for event in self.history
        )
        return make_table(context, names, rows)


SENTENCES.update({
    "case.help": (
        "Một phản ánh, kiến nghị theo mã PAKN hoặc mã tra cứu: người, đơn vị đang xử lý, thời hạn "
        "và căn cứ, các bước xử lý. Không hiện thông tin cá nhân nếu không có --personal.",
        "A case by its id or tracking code: who has it, its deadline with the reasons, its "
        "history. Personal data is shown only with --personal.",
    ),
    "case.personal": (
        "Hiện cả nội dung, tổ chức, cá nhân gửi, người bị phản ánh và các văn bản.",
        "Show content, sender, accused and texts too.",
    ),
    "head.accused": ("Người bị phản ánh", "Accused"),
    "head.appointment": ("Hẹn trả lời", "Appointment"),
    "head.channel": ("Kênh", "Channel"),
    "head.code": ("Mã tra cứu", "Code"),
    "head.content": ("Nội dung", "Content"),
    "head.details": ("Chi tiết", "Details"),
    "head.received": ("Tiếp nhận", "Received"),
    "head.sender": ("Tổ chức, cá nhân gửi", "Sender"),
    "head.time": ("Lúc", "Time"),
    "head.unmet": ("Chưa đáp ứng", "Unmet"),
    "missed_limit": (
        "Thời hạn đã hết, tính từ bước {n}:", "The limit that was missed, of event {n}:",
    ),
    "other_calendar_steps": (
        "tính theo lịch {name} {version}; hãy cho --hours và --notices của lịch đó để xem từng "
        "bước",
        "computed on calendar {name} {version}. Give --hours and --notices of that calendar to "
        "see the steps.",
    ),
})  # fmt: skip
