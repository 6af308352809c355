"""`phananh list`: the cases that meet some filters, as of a moment.

A case is read as it is then, counting a lapse that no sweep has recorded yet. So a stored row is
first looked at for whether it can still turn out to be wanted. Of a moment that has passed, a row
tells only that there is a case, so each history is read up to that moment.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

import attrs
import click
from rich.console import RenderableType

from phananh import Case, Kind, Role, State
from phananh.cli.base import OK, SENTENCES, UNDONE, RunContext, TranslatedCommand, shared_options
from phananh.cli.case_texts import CaseTexts
from phananh.cli.database import at_option, is_set_back, load_until, open_desk
from phananh.cli.input import hours_option, parse_instant
from phananh.cli.terminal import emit, format_instant, stream_table
from phananh.desk.lookup import iter_pages
from phananh.errors import CorruptError
from phananh.messages.labels import word
from phananh.regulation.case import fold
from phananh.regulation.cleaning import clean_id, clean_instant, fold_id
from phananh.stores.base import ORDERS, IndexRow, Order, Query
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.index_row import make_index_row

_COLUMNS = ("case", "state", "holder", "unit", "kind", "due", "left", "late", "entered", "cautions")


@click.command("list", cls=TranslatedCommand, help="list.help")
@click.option(
    "--state", "states", multiple=True, type=click.Choice([s.value for s in State]),
    help="list.state",
)  # fmt: skip
@click.option("--holder", type=click.Choice([r.value for r in Role]), help="list.holder")
@click.option("--holder-id", metavar="ID", help="list.holder_id")
@click.option("--unit", metavar="UNIT", help="list.unit")
@click.option("--kind", type=click.Choice([k.value for k in Kind]), help="list.kind")
@click.option("--late/--not-late", default=None, help="list.late")
@click.option("--open/--done", "is_open", default=None, help="list.open")
@click.option("--due-before", metavar="TIME", help="list.due_before")
@click.option("--received-since", metavar="TIME", help="list.received_since")
@click.option("--received-before", metavar="TIME", help="list.received_before")
@click.option("--order", type=click.Choice(ORDERS), help="list.order")
@click.option("--limit", metavar="N", type=click.IntRange(1, 10**6), help="list.limit")
@hours_option
@at_option
@shared_options
@click.pass_obj
def command(
    context: RunContext, /, *, states: tuple[str, ...], late: bool | None, due_before: str | None,
    received_since: str | None, received_before: str | None, order: Order | None,
    limit: int | None, hours: str, at: str | None, **filters: Any,
) -> int:  # fmt: skip
    """List cases."""
    due = _parse_time("--due-before", due_before)
    paging: dict[str, Any] = {
        "due_before": due,
        "received_since": _parse_time("--received-since", received_since),
        "received_before": _parse_time("--received-before", received_before),
        "order": order or ("oldest" if due is None else "due"),
    }
    for name in ("unit", "holder_id"):
        if filters[name] is not None:
            filters[name] = clean_id(filters[name], field=f"--{name.replace('_', '-')}")
    with open_desk(context, hours=hours, at=at) as desk:
        texts = CaseTexts(context, desk)
        found = _Listing(texts, states, late, filters, paging)
        cases = islice(found.cases(), limit)
        emit(context, map(texts.data, cases), found.tables(cases))
    return UNDONE if found.unread else OK


def _parse_time(option: str, text: str | None) -> datetime | None:
    return None if text is None else clean_instant(parse_instant(text).at, field=option)


@attrs.define
class _Listing:
    """The wanted cases, and beside them the names of those that cannot be read."""

    texts: CaseTexts
    states: tuple[str, ...]
    late: bool | None
    filters: dict[str, Any]
    paging: dict[str, Any]
    unread: set[str] = attrs.field(factory=set, init=False)

    def cases(self) -> Iterator[Case]:
        """Return each wanted case as it reads then."""
        ends = {"due": "due", "urgent": "urgent_at"}.get(self.paging["order"])
        if ends is None or not is_set_back(self.texts.desk):
            return self._read()
        never = datetime.max.replace(tzinfo=UTC)
        return iter(
            sorted(self._read(), key=lambda case: getattr(make_index_row(case), ends) or never)
        )

    def _read(self) -> Iterator[Case]:
        """Yield each wanted case, in the order of the rows."""
        desk, now = self.texts.desk, self.texts.desk.now()
        for row in self._rows():
            runs_out = row.due is not None and row.due < now  # may be late by now
            fits = not self.states or row.state in self.states
            may_match = runs_out or (fits and self.late in (None, row.late))
            if not may_match and not is_set_back(desk):
                continue
            try:
                history = load_until(desk, row.case)
                case = self.texts.as_of(fold(history)) if history else None
            except CorruptError as error:
                self._say_unread(error)
                continue
            if case and self._is_match(case):
                yield case

    def _is_match(self, case: Case) -> bool:
        """Return whether the case, as it reads then, is wanted."""
        row, before = make_index_row(case), self.paging["due_before"]
        if self.states and case.state.value not in self.states:
            return False
        if before and (case.due is None or case.due >= before):
            return False
        wanted = ((name, value) for name, value in self.filters.items() if value is not None)
        if any(fold_id(str(getattr(row, name))) != fold_id(str(value)) for name, value in wanted):
            return False
        return self.late in (None, case.is_late)

    def _rows(self) -> Iterator[IndexRow]:
        # What a case is by now says nothing of what it was.
        filters = {"due_before": None} if is_set_back(self.texts.desk) else self.filters
        for page in iter_pages(
            self.texts.desk.store, Query(**{**self.paging, **filters}, limit=500)
        ):
            for case in page.damaged:
                self._say_unread(damaged_row_error(case))
            yield from page.rows

    def _say_unread(self, error: CorruptError) -> None:
        if error.case not in self.unread:
            self.unread.add(error.case)
            self.texts.context.warn("not_listed", problem=error.text(self.texts.context.lang))

    def tables(self, cases: Iterator[Case]) -> Iterator[RenderableType]:
        """Yield the one table, piece by piece, or that there is no case."""
        rows = map(self._cells, cases)
        first = next(rows, None)
        if first is not None:
            yield from stream_table(self.texts.context, _COLUMNS, chain([first], rows))
        elif not self.unread:
            yield self.texts.context.say("no_cases")

    def _cells(self, case: Case) -> tuple[str, ...]:
        texts, lang, holder = self.texts, self.texts.context.lang, case.holder
        parts = (word("role", holder.role.value, lang), holder.id) if holder else ("-",)
        return (
            case.id,
            word("state", case.state.value, lang),
            " ".join(part for part in parts if part),
            (holder.unit if holder else None) or "-",
            word("kind", case.kind.value, lang),
            texts.due_text(case),
            texts.left_text(case),
            texts.late_text(case),
            format_instant(case.recorded_at, lang) if case.entered_after_due else "",
            texts.caution_texts(case),
        )


SENTENCES.update({
    "list.help": (
        "Danh sách phản ánh, kiến nghị, mỗi dòng một PAKN; nếu không có --order thì xếp từ cũ đến "
        "mới.",
        "Cases, one a line, oldest first unless --order says otherwise.",
    ),
    "list.state": (
        "Ở trạng thái này; dùng được nhiều lần.", "In this state. Can be given several times.",
    ),
    "list.holder": ("Đang do vai trò này xử lý.", "With this role now."),
    "list.holder_id": ("Đang do người này xử lý.", "With this person now."),
    "list.unit": ("Đang do đơn vị này xử lý.", "With this unit now."),
    "list.kind": ("Thuộc loại này.", "Of this kind."),
    "list.late": (
        "Có lần trễ hạn chưa bỏ đánh dấu; hoặc không.",
        "With a limit that has run out, unless that was lifted, or without.",
    ),
    "list.open": (
        "Chưa xử lý xong; hoặc đã xử lý xong (đã trả lời, không tiếp nhận, đã kết thúc).",
        "Not answered yet, or done: answered, not accepted or closed.",
    ),
    "list.due_before": (
        "Thời hạn đang tính kết thúc trước THỜI-ĐIỂM.",
        "With a running limit that ends before TIME.",
    ),
    "list.received_since": (
        "Tiếp nhận từ THỜI-ĐIỂM trở đi.", "Received at TIME or later.",
    ),
    "list.received_before": ("Tiếp nhận trước THỜI-ĐIỂM.", "Received before TIME."),
    "list.order": (
        "oldest: cũ trước; newest: mới trước; due: hết hạn sớm trước; urgent: như due, tính cả hạn "
        "đã hết. Mặc định là oldest; với --due-before là due.",
        "oldest or newest received first, or due: the limit that ends first, or urgent: as due, "
        "limits that ran out too. By default oldest, and due with --due-before.",
    ),
    "list.limit": ("Nhiều nhất SỐ phản ánh, kiến nghị.", "At most N cases."),
    "no_cases": ("không có PAKN nào", "no cases"),
    "not_listed": ("chưa liệt kê được: {problem}", "not listed: {problem}"),
})  # fmt: skip
