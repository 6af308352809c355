"""`phananh why`: each step of a case with its clause, in time or late, and what comes next.

It prints the same as a page of its own with `--html`, for a file or for A4.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from html import escape
from typing import Any

import attrs
import click

from phananh.articles.article import is_of_another
from phananh.cli.base import (
    OK,
    SENTENCES,
    RunContext,
    TranslatedCommand,
    escape_control,
    shared_options,
)
from phananh.cli.case_texts import TRIGGERS, CaseTexts
from phananh.cli.commands.case import CaseView, find_case
from phananh.cli.database import at_option, open_desk
from phananh.cli.input import hours_option
from phananh.cli.terminal import emit, format_instant, make_table, write_file
from phananh.errors import UnknownRulesError
from phananh.messages.labels import word
from phananh.plain_data import to_plain
from phananh.regulation.access import find_sender
from phananh.regulation.case import Case, CaseDeadline, find_current, find_deadline, fold
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.decide import find_pending_lapse, list_of_role
from phananh.regulation.events import (
    READINGS_OF_STEPS,
    Event,
    Lapsed,
    LapseLifted,
    cite,
    clause_text,
    due_text,
    late_holder_text,
    tell_actor,
)
from phananh.regulation.lifecycle import SAME_STATE, Transition, get_table, is_for_holder
from phananh.regulation.request import Person, Role

_OF_A_UNIT = frozenset({Role.OFFICER, Role.PROVIDER, Role.AGENCY, Role.AGENCY_HEAD})
_READINGS = {TRIGGERS[event]: reading for event, reading in READINGS_OF_STEPS.items()}
# A part of the answer: the code of its title, those of its heads, and its rows.
Part = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


@click.command("why", cls=TranslatedCommand, help="why.help")
@click.argument("key", metavar="ID-or-code")
@click.option("--html", metavar="FILE", help="why.html")
@hours_option
@at_option
@shared_options
@click.pass_obj
def command(
    context: RunContext, *, key: str, html: str | None, hours: str, at: str | None
) -> int:  # fmt: skip
    """Print why a case stands as it does."""
    with open_desk(context, hours=hours, at=at) as desk:
        (stored, history), texts = find_case(desk, key), CaseTexts(context, desk)
        case = texts.as_of(stored)
        if case.stored:  # with a lapse that is not recorded yet
            history += find_pending_lapse(stored, desk.context_of(stored))
        why = _Why(context, CaseView(texts, case, history, personal=False))
        if html is not None:
            write_file(html, why.page())
        emit(context, why.data(), why.lines())
    return OK


@attrs.frozen(slots=False)
class _Why:
    """A case, the steps that led to where it is, and those that can come next."""

    context: RunContext
    view: CaseView

    @cached_property
    def steps(self) -> list[tuple[Event, CaseDeadline | None, str | None, str]]:
        """Each event, the limit after it, how it ended the one before, and the time over."""
        found: list[tuple[Event, CaseDeadline | None, str | None, str]] = []
        before: Case | None = None
        lifted = {
            each.clock: self.context.say("status.lifted")
            for each in self.view.history
            if isinstance(each, LapseLifted)
        }
        for event in self.view.history:
            after = fold([event], onto=before)
            old, new = before and find_current(before), find_current(after)
            how, over = (
                ("late", lifted.get(event.clock, "")) if isinstance(event, Lapsed) else (None, "")
            )
            if old and before and before.clock and (new is None or new.opened_by != old.opened_by):
                how = "in_time"
            for each in after.lapses:  # which may go on with the unit, or in a part of theirs (R51)
                if each.ended_at and not each.lifted and before and each not in before.lapses:
                    how, limit = "late", find_deadline(after, each)
                    told = (
                        # Whoever took the step is perhaps not who was late.
                        ""
                        if is_same_id(each.late.id, event.by.id)
                        else late_holder_text(each.late, self.context.lang),
                        self.view.texts.over_text(limit, event.at, after, each.since)
                        if limit
                        else "",
                    )
                    over = lifted.get(each.opened_by) or " ".join(filter(None, told))
            found.append((event, new, how, over))
            before = after
        return found

    @cached_property
    def next(self) -> dict[Transition, dict[Role, None]]:
        """The steps that somebody can take now, with their roles, those of the holder first."""
        case, desk = self.view.case, self.view.texts.desk
        found: dict[Transition, dict[Role, None]] = {}
        with suppress(UnknownRulesError):
            context = desk.context_of(case, by_code=True)
            for person in self._list_people():
                for row, reasons in list_of_role(case, person, context):
                    for each in (
                        () if reasons else get_table(context.rules)[case.state][row.trigger]
                    ):
                        if person.role in each.roles and is_for_holder(each, case):
                            found.setdefault(each, {})[person.role] = None
        return found

    def _list_people(self) -> Iterator[Person]:
        """Yield the holder, the sender, and somebody of each other role.

        Of those that work for a unit it is one of each that had the case or was notified of it.
        """
        case, holder = self.view.case, self.view.case.holder
        names = {Role.CITIZEN: find_sender(case).id, **({holder.role: holder.id} if holder else {})}
        units = dict.fromkeys((holder.unit if holder else None, *case.handled_by, *case.units_told))
        for role in sorted(Role, key=lambda role: not holder or role != holder.role):
            for unit in units if role in _OF_A_UNIT else (None,):
                yield Person(id=names.get(role) or "-", role=role, unit=unit)

    def data(self) -> Iterator[dict[str, Any]]:
        """Yield the one object of JSON."""
        steps = []
        for event, limit, how, _ in self.steps:
            plain = to_plain(event)
            kept = {name: plain[name] for name in ("n", "event", "at", "by", "article")}
            steps.append({**kept, "due": to_plain(limit.due) if limit else None, "ended": how})
        following = [
            {"act": row.trigger, "roles": [*roles], "article": row.article_for(self.view.case).id}
            for row, roles in self.next.items()
        ]
        yield {**self.view.texts.data(self.view.case), "steps": steps, "next": following}

    def parts(self) -> Iterator[Part]:
        """Yield how the case stands, its steps, why each limit ends when it does, what can come."""
        say = self.context.say
        yield "why.state", ("", ""), [(say(f"head.{name}"), x) for name, x in self.view.head()]
        heads = ("", "time", "entered", "act", "by", "source", "due", "why_ended")
        yield "why.steps", heads, list(map(self._step, self.steps))
        yield "why.limits", ("",), [(line,) for line in self.view.limits() if line]
        yield "why.next", ("act", "by", "source", "due"), list(map(self._next, self.next.items()))

    def _step(self, step: tuple[Event, CaseDeadline | None, str | None, str]) -> tuple[str, ...]:
        (event, limit, how, over), lang = step, self.context.lang
        ended = self.context.say(f"status.{how}") if how else ""
        return (
            str(event.n),
            format_instant(event.at, lang, self.view.case.deciding_instants),
            self._entry(event),
            word("trigger", TRIGGERS[type(event).__name__], lang),
            tell_actor(event, lang, personal=False) or word("role", "system", lang),
            clause_text(event, lang),
            self._due(limit),
            f"{ended}: {over}" if over else ended,
        )

    def _entry(self, event: Event) -> str:
        """Return when a step was entered, if that reads otherwise than when it was done (R49)."""
        done, lang = format_instant(event.at, self.context.lang), self.context.lang
        entered = format_instant(event.recorded_at, lang) if event.recorded_at else done
        return "" if entered == done or isinstance(event, Lapsed) else entered

    def _next(self, following: tuple[Transition, dict[Role, None]]) -> tuple[str, ...]:
        (row, roles), case, lang = following, self.view.case, self.context.lang
        target = f" → {word('role', row.target, lang)}" if row.target else ""
        is_held = case.holder is not None and case.holder.role in row.by_holder
        ends, article = is_held and row.dest is not SAME_STATE, row.article_for(case).id
        reading = None if is_of_another(article) else _READINGS.get(row.trigger)
        return (
            word("trigger", row.trigger, lang) + target,
            "; ".join(word("role", role, lang) for role in roles),
            cite(article, reading, lang),
            self._due(find_current(case)) if ends else "",
        )

    def _due(self, limit: CaseDeadline | None) -> str:
        if limit is None:
            return ""
        return due_text(
            limit.deadline, limit.due, self.context.lang,
            self.view.texts.beside(self.view.case), in_cell=True,
        )  # fmt: skip

    def lines(self) -> Iterator[Any]:
        """Yield each part under its title."""
        for at, (title, heads, rows) in enumerate(self.parts()):
            if rows:
                yield from ("",) if at else ()
                yield self.context.say(title)
                yield make_table(self.context, heads, rows)

    def page(self) -> str:
        """Return the parts as a page of HTML that needs no other file."""
        say, case = self.context.say, self.view.case
        tables = []
        for title, heads, rows in self.parts():
            named = [say(f"head.{head}") if head else "" for head in heads]
            top = f"<thead>{_row('th', named)}</thead>" if any(named) else ""
            body = "".join(_row("td", row) for row in rows)
            if rows:
                table = f"<table>{top}<tbody>{body}</tbody></table>"
                tables.append(f"<h2>{escape(say(title))}</h2>\n{table}")
        title = escape(say("why.title", case=case.id))
        made = format_instant(self.view.texts.desk.now(), self.context.lang)
        return _PAGE.format(
            lang=self.context.lang, title=title, regulation=escape(say("app.help")),
            made=escape(say("why.made", at=made)), tables="\n".join(tables),
        )  # fmt: skip


def _row(tag: str, cells: tuple[str, ...] | list[str]) -> str:
    """Return a row of a table, each cell as text."""
    inner = "".join(f"<{tag}>{escape(escape_control(cell))}</{tag}>" for cell in cells)
    return f"<tr>{inner}</tr>\n"


_PAGE = """<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 18mm 15mm }}
body {{ font: 11pt/1.4 "Times New Roman", "Liberation Serif", serif; max-width: 180mm }}
h1 {{ font-size: 15pt }} h2 {{ font-size: 12pt; break-after: avoid }}
table {{ border-collapse: collapse; width: 100%; font-size: 10pt }}
th, td {{ border: 1px solid #999; padding: 2pt 4pt; text-align: left; vertical-align: top }}
tr {{ break-inside: avoid }}
th {{ background: #eee }}
td:only-child {{ border: none }}
</style>
<h1>{title}</h1>
<p>{regulation}</p>
{tables}
<p>{made}</p>
</html>
"""

SENTENCES.update({
    "why.help": (
        "Vì sao một phản ánh, kiến nghị ở tình trạng này: từng bước với người thực hiện, thời "
        "điểm, căn cứ, hạn, đúng hạn hay trễ hạn, và các bước tiếp theo.",
        "Why a case stands as it does: each step with person, time, clause, due time, in time or "
        "late, and what can come next.",
    ),
    "why.html": ("Ghi thêm một trang HTML, in được trên khổ A4.", "Also write a page for A4."),
    "why.title": ("Quá trình xử lý {case}", "How {case} was handled"),
    "why.state": ("Tình trạng", "How it stands"),
    "why.steps": ("Các bước đã thực hiện", "What was done"),
    "why.limits": ("Cách tính thời hạn", "Why it is due then"),
    "why.next": ("Các bước có thể thực hiện tiếp theo", "What can come next"),
    "why.made": ("Lập lúc {at}.", "Made {at}."),
    "head.why_ended": ("Đúng/trễ hạn", "In time"),
    "status.in_time": ("đúng hạn", "in time"),
    "status.late": ("trễ hạn", "late"),
    "status.lifted": ("đã bỏ đánh dấu", "lifted"),
})  # fmt: skip
