"""`phananh list`: the cases that meet some filters, as of a moment."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import attrs
import click

from phananh.cli.context import RunContext, shared
from phananh.cli.input.parsing import instant
from phananh.cli.options.hours import hours_option
from phananh.cli.options.open_desk import at_option, is_set_back, kept_desk, say_set_back
from phananh.cli.output.deadline_texts import Standing
from phananh.cli.output.plain_data import case_facts
from phananh.cli.output.terminal import Progress, show, table
from phananh.cli.translated_command import TranslatedCommand
from phananh.desk.desk import Desk
from phananh.errors import CorruptError
from phananh.messages.labels import word
from phananh.regulation.case import Case
from phananh.regulation.values.cleaning import clean_id, clean_instant
from phananh.regulation.values.request import Kind, Role, State
from phananh.stores.base import IndexRow

_HEADS = ("Case", "State", "Holder", "Unit", "Kind", "Due", "Left/over", "Late", "Cautions")
Found = tuple[Case, tuple[str, ...]]


@attrs.frozen(kw_only=True)
class Wanted:
    """What is asked of a case as it reads now; a lapse nobody swept yet counts."""

    states: tuple[str, ...]
    late: bool | None
    due_before: datetime | None

    def might(self, row: IndexRow, now: datetime) -> bool:
        """Return whether the stored row can still turn out to be wanted."""
        passed = row.due is not None and row.due < now
        return passed or (
            (not self.states or row.state in self.states) and self.late in (None, row.late)
        )

    def has(self, case: Case) -> bool:
        """Return whether the case, as it reads now, is wanted."""
        if self.states and case.state.value not in self.states:
            return False
        if self.due_before and (case.due is None or case.due >= self.due_before):
            return False
        return self.late in (None, case.is_late)


@click.command("list", cls=TranslatedCommand, help="Cases, one a line, oldest first.")
@click.option(
    "--state", "states", multiple=True, type=click.Choice([s.value for s in State]),
    help="In this state; may be given several times.",
)  # fmt: skip
@click.option(
    "--holder", type=click.Choice([r.value for r in Role]), help="While it lies with this role."
)
@click.option("--holder-id", metavar="ID", help="While it lies with this person.")
@click.option("--unit", metavar="UNIT", help="While it lies with this unit.")
@click.option("--kind", type=click.Choice([k.value for k in Kind]), help="Of this kind.")
@click.option("--late/--not-late", default=None, help="A limit of it has run out, ever; or none.")
@click.option("--open/--done", "is_open", default=None, help="Not answered yet; or answered.")
@click.option("--due-before", metavar="TIME", help="With a running limit that ends before TIME.")
@hours_option
@at_option
@shared
@click.pass_obj
def command(
    frame: RunContext, /, *, states: tuple[str, ...], late: bool | None, due_before: str | None,
    hours: str, at: str | None, **filters: Any,
) -> int:  # fmt: skip
    """List cases."""
    for name in ("unit", "holder_id"):
        if filters[name] is not None:
            filters[name] = clean_id(filters[name], field=f"--{name.replace('_', '-')}")
    before = _instant(due_before)
    wanted = Wanted(states=states, late=late, due_before=before)
    unread: list[CorruptError] = []
    with kept_desk(frame, hours=hours, at=at) as desk:
        found, stands = _cases(frame, desk, wanted, filters, unread), Standing(frame, desk)
        _print(frame, found, stands)
    for error in unread:
        frame.note(frame.say("not listed: {problem}", problem=error.text(frame.lang)))
    return 3 if unread else 0


def _instant(given: str | None) -> datetime | None:
    return None if given is None else clean_instant(instant(given).at, field="--due-before")


def _print(frame: RunContext, found: Iterator[Found], stands: Standing) -> None:
    if not frame.json:
        rows = [_cells(frame, stands, *each) for each in found]
        show(frame, table([frame.say(head) for head in _HEADS], rows))
        return
    for case, cautions in found:
        frame.row(case_facts(case, cautions, stands.in_doubt))
        if frame.deaf:
            break


def _cases(
    frame: RunContext,
    desk: Desk,
    wanted: Wanted,
    filters: dict[str, Any],
    unread: list[CorruptError],
) -> Iterator[Found]:
    """Yield the cases that are wanted; what cannot be read hides no other, and is kept apart."""
    now = desk.now()
    # A case that has changed since may have met a filter then, and not be among the rows.
    later = is_set_back(desk) and any(value is not None for value in filters.values())
    for row in _rows(frame, desk, wanted, filters):
        later = later or row.updated_at > now
        if not wanted.might(row, now):
            continue
        try:
            case = desk.as_of(desk.get(row.case))
        except CorruptError as error:
            unread.append(error)
            continue
        if wanted.has(case):
            yield case, desk.cautions(case)
    if later:
        say_set_back(frame, desk)


def _rows(
    frame: RunContext, desk: Desk, wanted: Wanted, filters: dict[str, Any]
) -> Iterator[IndexRow]:
    after = None
    with Progress(frame, "cases", prints=frame.json) as progress:
        while True:
            page = desk.find(**filters, due_before=wanted.due_before, limit=500, after=after)
            for row in page.rows:
                progress.step()
                yield row
            after = page.next
            if after is None:
                return


def _cells(
    frame: RunContext, stands: Standing, case: Case, cautions: tuple[str, ...]
) -> tuple[str, ...]:
    lang, holder = frame.lang, case.holder
    parts = (word("role", holder.role.value, lang), holder.id) if holder else ("-",)
    return (
        case.id,
        word("state", case.state.value, lang),
        " ".join(part for part in parts if part),
        (holder.unit if holder else None) or "-",
        word("kind", case.kind.value, lang),
        stands.due(case),
        stands.left(case),
        stands.late(case),
        "; ".join(word("caution", slug, lang) for slug in cautions),
    )
