"""`phananh case`: the state of a case, why its answer is due when it is, and what happened."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any, Literal

import attrs
import click
from rich.console import RenderableType

from phananh.cli.base import (
    OK,
    SENTENCES,
    CommandError,
    RunContext,
    TranslatedCommand,
    shared_options,
)
from phananh.cli.case_texts import TRIGGERS, CaseTexts
from phananh.cli.database import at_option, load_until, open_desk
from phananh.cli.input import hours_option
from phananh.cli.terminal import emit, format_instant, make_table
from phananh.desk.desk import Desk
from phananh.errors import NotFoundError, UnknownCalendarError
from phananh.messages.labels import word
from phananh.plain_data import to_plain
from phananh.regulation.case import (
    Case,
    CaseDeadline,
    find_current,
    find_last,
    find_missed,
    fold,
)
from phananh.regulation.events import Event, list_instants, personal_text, tell_actor, tell_deed

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
        (stored, history), texts = find_case(desk, key), CaseTexts(context, desk)
        view = CaseView(texts, texts.as_of(stored), history, personal)
        emit(context, view.data(), view.lines())
    return OK


def find_case(desk: Desk, key: str) -> tuple[Case, tuple[Event, ...]]:
    """Return a case as it was at the moment of `--at`, and its history until then.

    Raises:
        NotFoundError: no case answers to the key.
        CommandError: it was received later.
    """
    case = _find_stored(desk, key)
    history = load_until(desk, case)
    if not history:
        raise CommandError("received_later", case=case.id, at=case.received_at)
    return fold(history), history


def _find_stored(desk: Desk, key: str) -> Case:
    """Return a case by its key as typed, else in capitals, as ids and codes are given out."""
    try:
        return desk.get(key)
    except NotFoundError:
        with suppress(NotFoundError):
            return desk.get(key.upper())
        raise


@attrs.frozen
class CaseView:
    """A case and its history, as data and as tables, without personal data unless asked."""

    texts: CaseTexts
    case: Case
    history: tuple[Event, ...]
    personal: bool

    def data(self) -> Iterator[dict[str, Any]]:
        """Yield the one object of JSON."""
        case, found = self.case, self.texts.data(self.case)
        found["appointment"] = to_plain(case.promised)
        found["appointments"] = [
            {**told.as_dict(), "status": told.status(self.texts.desk.now())}
            for told in case.appointments
        ]
        found["unmet"] = self.texts.unmet(case)
        for name in _PERSONAL if self.personal else ():
            found[name] = to_plain(getattr(case, name), personal=True)
        history = to_plain(self.history, personal=self.personal)
        yield {**found, "deadline": case.deadline, "history": history}

    def lines(self) -> Iterator[RenderableType]:
        """Yield the state of the case, why each limit ends when it does, and what happened."""
        context = self.texts.context
        rows = ((context.say(f"head.{name}"), text) for name, text in self.head())
        yield make_table(context, ("", ""), rows)
        yield from self.limits()
        yield ""
        lang, personal = context.lang, self.personal
        beside = self.case.deciding_instants
        before: dict[int, object] = {
            new.version: old.time for old, new in pairwise(self.case.appointments)
        }
        kinds = ((event.n, getattr(event, "kind", None)) for event in self.history)
        named = ((n, kind) for n, kind in kinds if kind is not None)
        before |= {n: old for (_, old), (n, _) in pairwise(named)}
        history = (
            (
                str(event.n),
                format_instant(event.at, lang, list_instants(event, beside)),
                word("trigger", TRIGGERS[type(event).__name__], lang),
                tell_actor(event, lang, personal=personal) or word("role", "system", lang),
                word("state", event.state.value, lang),
                tell_deed(
                    event,
                    lang,
                    personal=personal,
                    before=before.get(event.n),
                    beside=list_instants(event, beside, before.get(event.n)),
                ),
            )
            for event in self.history
        )
        yield make_table(context, ("", "time", "act", "by", "state", "details"), history)

    def limits(self) -> Iterator[str]:
        """Yield why each limit that was missed, and the last, ends when it does, line by line."""
        # Of an open case that went on without a limit, the one that ended counts no more.
        is_left = self.case.is_open and find_current(self.case) is None
        missed, last = find_missed(self.case), None if is_left else find_last(self.case)
        for limit in missed if last is None or last in missed else (*missed, last):
            yield from self._limit(limit, missed=limit in missed)

    def head(self) -> Iterator[tuple[str, str]]:
        """Yield the state of the case: the code of each head, and its text."""
        case, texts, context, holder = self.case, self.texts, self.texts.context, self.case.holder
        lang = context.lang
        place = [word("role", holder.role.value, lang), holder.id, holder.unit] if holder else ["-"]
        yield "case", case.id
        yield "state", word("state", case.state.value, lang)
        yield "holder", ", ".join(part for part in place if part)
        yield "kind", word("kind", case.kind.value, lang)
        yield "channel", word("channel", case.channel.value, lang)
        yield "received", format_instant(case.received_at, lang)
        yield "due", texts.due_text(case)
        if case.promised and case.is_open:
            yield "appointment", format_instant(case.promised, lang, texts.beside(case))
        if left := texts.left_text(case):
            yield "left", left
        yield "late", texts.late_text(case) or context.say("no")
        yield "cautions", texts.caution_texts(case) or "-"
        for row in texts.unmet(case):
            yield "unmet", f"{row.text(lang)} ({row.article.text(lang)}): {row.guidance(lang)}"
        if self.personal:
            yield from ((name, personal_text(getattr(case, name), lang)) for name in _PERSONAL)
            accused = (f"{a.id or context.say('not_known')} ({a.unit})" for a in case.accused)
            if case.accused:
                yield "accused", "; ".join(accused)

    def _limit(self, limit: CaseDeadline, *, missed: bool) -> Iterator[str]:
        """Yield why a limit ends when it does, naming the event that opened a missed one."""
        context, deadline, explain = self.texts.context, limit.deadline, self.texts.desk.explain
        beside = ((), self.texts.beside(self.case))
        is_close = len({format_instant(limit.due, context.lang, each) for each in beside}) > 1
        fine: Literal["exact", "minute"] = "exact" if is_close else "minute"
        try:
            text = explain(self.case, lang=context.lang, deadline=limit, precision=fine)
        except UnknownCalendarError:
            text = context.say(
                "other_calendar_steps", name=deadline.calendar, version=deadline.version
            )
        yield ""
        if missed:
            yield context.say("missed_limit", n=limit.opened_by)
        yield from text.splitlines()
        if kept := self.texts.changed_calendar_text(limit, self.case):
            yield kept


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
    "head.code": ("Mã tra cứu", "Code"),
    "head.content": ("Nội dung", "Content"),
    "head.details": ("Chi tiết", "Details"),
    "head.received": ("Tiếp nhận", "Received"),
    "head.sender": ("Tổ chức, cá nhân gửi", "Sender"),
    "head.time": ("Lúc", "Time"),
    "head.unmet": ("Chưa đáp ứng", "Unmet"),
    "received_later": (
        "PAKN {case} tiếp nhận lúc {at}, sau thời điểm của --at; bỏ --at, hoặc nêu thời điểm "
        "không sớm hơn",
        "case {case} was received at {at}, after --at. Leave out --at, or give that moment or a "
        "later one.",
    ),
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
