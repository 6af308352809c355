"""One question to `phananh due`: a start, and a budget or a term, answered as it is asked for."""

import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import attrs
import click
from rich.console import RenderableType

from phananh.cli.context import RunContext
from phananh.cli.errors import CommandError
from phananh.cli.input.parsing import TypedInstant, parse_budget, parse_day_or_instant
from phananh.cli.input.terms import read_term
from phananh.cli.output.emit import emit
from phananh.cli.output.svg import write_svg
from phananh.cli.output.terminal import is_terminal
from phananh.cli.output.timeline import draw
from phananh.errors import short_repr
from phananh.worktime import Term, WorkCalendar
from phananh.worktime.explain.explanation import Explanation
from phananh.worktime.explain.text import moment_text
from phananh.worktime.localtime import VIETNAM
from phananh.worktime.phrases import format_date
from phananh.worktime.terms import Expiry


@attrs.frozen(kw_only=True)
class Question:
    """The question, and the values wanted beside the due time."""

    context: RunContext
    calendar: WorkCalendar
    start: str
    explain: bool
    ends: str | None
    picture: bool
    svg: str | None

    @property
    def at(self) -> datetime:
        """The instant at which it starts, the first of a date."""
        written = parse_day_or_instant(self.start)
        if isinstance(written, date):
            return datetime.combine(written, time(), VIETNAM)
        return written.at

    def answer(self, budget: str) -> None:
        """Print when a budget of working time or a term in days ends."""
        term = read_term(budget)
        if term is None:
            if self.ends:
                raise click.UsageError(self.context.say("ends_for_days"))
            self._answer_hours(budget)
        elif self.picture or self.svg:
            raise click.UsageError(self.context.say("picture_for_hours"))
        else:
            self._answer_term(term)

    def _answer_hours(self, budget: str) -> None:
        amount, written = parse_budget(budget), parse_day_or_instant(self.start)
        if isinstance(written, date):
            raise CommandError("start_time_missing", text=short_repr(self.start), day=written)
        if not (self.explain or self.picture or self.svg or self.context.json):
            due = self.calendar.add(written.at, amount)  # faster than an explanation
            self.context.write_line(self._due_text(written, due))
            self._warn_if_provisional(provisional=self.calendar.provisional(written.at, due))
            return
        explanation = self.calendar.explain(written.at, amount)
        if self.svg:  # a file that cannot be written is refused before anything is printed
            write_svg(self.svg, explanation.svg(self.context.lang))
        emit(
            self.context,
            [self._data(explanation)],
            self._lines(explanation, self._due_text(written, explanation.due)),
        )

    def _due_text(self, written: TypedInstant, due: datetime) -> str:
        """Return a due time in Vietnamese words, or in the form of ISO 8601 and in the offset."""
        lang = self.context.lang
        if lang == "vi" and written.offset is None:
            return moment_text(due.astimezone(VIETNAM), lang)
        return written.format_like(due)

    def _lines(self, explanation: Explanation, due: str) -> Iterator[RenderableType]:
        if self.explain:
            yield from explanation.text(self.context.lang).splitlines()
        else:
            yield due
            self._warn_if_provisional(provisional=explanation.provisional)
        if self.picture or (self.explain and is_terminal(sys.stdout)):
            yield ""
            yield draw(self.context, explanation)

    def _answer_term(self, term: Term) -> None:
        written = parse_day_or_instant(self.start)
        at = written if isinstance(written, date) else written.at
        expiry = attrs.evolve(term, ends=self.ends or "midnight").expiry(at, on=self.calendar)
        if self.explain or self.context.json:
            emit(self.context, [self._data(expiry)], expiry.text(self.context.lang).splitlines())
            return
        offset = None if isinstance(written, date) else written.offset
        self.context.write_line(_end_text(expiry, offset, self.context.lang))
        self._warn_if_provisional(provisional=expiry.provisional)

    def _data(self, answer: Explanation | Expiry) -> dict[str, Any]:
        facts = answer.as_dict()
        return facts if self.explain else {k: v for k, v in facts.items() if k != "steps"}

    def _warn_if_provisional(self, *, provisional: bool) -> None:
        if provisional:
            self.context.warn("provisional_day")


def _end_text(expiry: Expiry, offset: str | None, lang: str) -> str:
    """Return the end in the form of the question. A whole day ends at 24:00 of its own date."""
    if offset is not None:
        return expiry.due.replace(tzinfo=None).isoformat() + offset
    if expiry.term.ends == "midnight" and expiry.due.tzinfo == expiry.on.tzinfo:
        whole_day = f"hết ngày {format_date(expiry.last_day, lang)}"
        return whole_day if lang == "vi" else f"{expiry.last_day}T24:00:00"
    if lang == "vi":
        return moment_text(expiry.due, lang)
    return expiry.due.replace(tzinfo=None).isoformat()
