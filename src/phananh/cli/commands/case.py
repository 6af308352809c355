"""`phananh case`: where a case stands, why its answer is due when it is, and what happened."""

from contextlib import suppress
from typing import Any

import click

from phananh.act_log.outcome import to_vietnam_iso
from phananh.cli.context import RunContext, shared
from phananh.cli.options.hours import hours_option
from phananh.cli.options.open_desk import at_option, kept_desk, say_set_back
from phananh.cli.output.deadline_texts import Standing
from phananh.cli.output.details import details, spoken
from phananh.cli.output.plain_data import TRIGGERS, case_facts, event_facts, plain
from phananh.cli.output.terminal import show, table, when
from phananh.cli.translated_command import TranslatedCommand
from phananh.desk.desk import Desk
from phananh.errors import NotFoundError, UnknownCalendarError
from phananh.messages.labels import word
from phananh.regulation.case import Case
from phananh.regulation.case_deadline import CaseDeadline, find_missed, find_running
from phananh.regulation.intake import Requirement
from phananh.regulation.values.events import Event
from phananh.regulation.values.request import Role


@click.command(
    "case", cls=TranslatedCommand,
    help="A case by its id or tracking code: where it stands, its deadline with the reasons, "
    "its history. Nothing personal is shown without --personal.",
)  # fmt: skip
@click.argument("key", metavar="ID-or-code")
@click.option("--personal", is_flag=True, help="Show content, sender and texts too.")
@hours_option
@at_option
@shared
@click.pass_obj
def command(frame: RunContext, *, key: str, personal: bool, hours: str, at: str | None) -> int:
    """Print a case."""
    with kept_desk(frame, hours=hours, at=at) as desk:
        stored = _found(desk, key)
        case = desk.as_of(stored)
        cautions = desk.cautions(case)
        if stored.updated_at > desk.now():
            say_set_back(frame, desk)
        history = desk.history(stored)
        if frame.json:
            frame.row(_facts(case, cautions, history, Standing(frame, desk), personal=personal))
            return 0
        stands = Standing(frame, desk)
        _head(frame, case, cautions, stands, personal=personal)
        for promise in (*find_missed(case), find_running(case)):
            if promise is not None:
                _limit(frame, case, promise, stands)
        _history(frame, history, personal=personal)
    return 0


def _found(desk: Desk, key: str) -> Case:
    """Return a case by its key as typed, else in capitals, as ids and codes are given out."""
    try:
        return desk.get(key)
    except NotFoundError:
        if key == key.upper():
            raise
        with suppress(NotFoundError):
            return desk.get(key.upper())
        raise


def _facts(
    case: Case,
    cautions: tuple[str, ...],
    history: tuple[Event, ...],
    stands: Standing,
    *,
    personal: bool,
) -> dict[str, Any]:
    found = case_facts(case, cautions, stands.in_doubt)
    found["appointment"] = to_vietnam_iso(case.promised)
    found["unmet"] = [row.as_dict() for row in _unmet(case, stands.desk)]
    if personal:
        found["sender"] = plain(case.sender, personal=True)
        found["content"] = plain(case.content, personal=True)
        found["code"] = plain(case.code, personal=True)
    found["deadline"] = case.deadline.as_dict() if case.deadline else None
    found["history"] = [event_facts(event, personal=personal) for event in history]
    return found


def _unmet(case: Case, desk: Desk) -> tuple[Requirement, ...]:
    """Return what the request does not meet, as long as it can still be mended or refused."""
    return desk.unmet(case) if case.is_open else ()


def _head(
    frame: RunContext, case: Case, cautions: tuple[str, ...], stands: Standing, *, personal: bool
) -> None:
    lang, holder = frame.lang, case.holder
    place = [word("role", holder.role.value, lang), holder.id, holder.unit] if holder else ["-"]
    left = stands.left(case)
    rows = [
        ("Case", case.id),
        ("State", word("state", case.state.value, lang)),
        ("Holder", ", ".join(part for part in place if part)),
        ("Kind", word("kind", case.kind.value, lang)),
        ("Channel", word("channel", case.channel.value, lang)),
        ("Received", when(case.received_at, lang)),
        ("Due", stands.due(case)),
        *([("Appointment", when(case.promised, lang))] if case.promised and case.is_open else []),
        *([("Left/over", left)] if left else []),
        ("Late", stands.late(case) or frame.say("no")),
        ("Cautions", "; ".join(word("caution", slug, lang) for slug in cautions) or "-"),
        *(("Unmet", _told(row, lang)) for row in _unmet(case, stands.desk)),
    ]
    if personal:
        secrets = (("Sender", case.sender), ("Content", case.content), ("Code", case.code))
        rows += [(name, spoken(v, frame, group="", personal=True)) for name, v in secrets]
    show(frame, table(("", ""), ((frame.say(name), text) for name, text in rows)))


def _told(row: Requirement, lang: str) -> str:
    return f"{row.text(lang)} ({row.article.text(lang)}): {row.guidance(lang)}"


def _limit(frame: RunContext, case: Case, promise: CaseDeadline, stands: Standing) -> None:
    """Print why a limit ends when it does; one that was missed by the event that opened it."""
    deadline = promise.deadline
    try:
        told = stands.desk.explain(case, lang=frame.lang, deadline=promise)
    except UnknownCalendarError:
        told = frame.say(
            "reckoned on calendar {name} {version}; give --hours and --notices of that calendar "
            "to see the steps",
            name=deadline.calendar,
            version=deadline.version,
        )
    frame.out("")
    if case.clock is None or promise.opened_by != case.clock.opened_by:
        frame.line(frame.say("The limit that was missed, of event {n}:", n=promise.opened_by))
    for line in told.splitlines():
        frame.line(line)
    if kept := stands.kept(promise, case):
        frame.line(kept)


def _history(frame: RunContext, history: tuple[Event, ...], *, personal: bool) -> None:
    lang = frame.lang
    rows = (
        (
            str(event.n),
            when(event.at, lang),
            word("trigger", TRIGGERS[type(event).__name__], lang),
            _by(event, lang, personal=personal),
            word("state", event.state.value, lang),
            details(event, frame, personal=personal),
        )
        for event in history
    )
    heads = [frame.say(head) for head in ("Time", "Act", "By", "State", "Details")]
    frame.out("")
    show(frame, table(["", *heads], rows))


def _by(event: Event, lang: str, *, personal: bool) -> str:
    who = plain(event.by, personal=personal)
    if who["role"] == Role.SYSTEM:
        return word("role", who["role"], lang)
    return " ".join([word("role", who["role"], lang), who.get("id") or ""]).strip()
