"""A recalculation from its first page to its last: what a changed calendar moves (R15, R37, R38).

How a case is compared, and what is reported of it, is in recalculation.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from phananh.errors import InputError, short_repr
from phananh.stores.waiting import is_cancelled
from phananh.worktime.validators import tuple_of

if TYPE_CHECKING:
    from phananh.desk.desk import Desk
    from phananh.desk.recalculation import DeadlineMove, Recalculation

KeepOrApply = Literal["keep", "apply"]


def recalculate(
    desk: Desk,
    *,
    dry_run: bool = True,
    earlier: KeepOrApply = "keep",
    unexplained: KeepOrApply = "keep",
    days: Collection[date] = (),
    at: datetime | None = None,
    after: str | None = None,
    page_size: int = 500,
    on_move: Callable[[DeadlineMove], None] | None = None,
    on_page: Callable[[Recalculation], None] | None = None,
) -> Recalculation:
    """Compare each running limit with the calendar of today, and report what moves, or move it.

    A dry run records no move, and a second run finds none. A limit that has lapsed stays, a
    time named to the citizen stays (R38), and so does a limit that ran out before the notice
    was issued (R37). Cases for a person to decide are listed with them.

    Args:
        dry_run: only report what would move.
        earlier: "apply" also takes away time that was promised, where a worked day does.
        unexplained: "apply" also moves what no notice, public day, override or dated change
            of hours in today's calendar explains: a notice was truly withdrawn, not forgotten.
        days: the dates that changed. Cases that cannot touch one are passed over unread.
        at: the moment of the moves, now by default. A notice that became known only after that
            day moves no limit.
        after: `next` of a report, to go on where that one ended.
        page_size: how many cases are read at a time.
        on_move: takes each move. The report then keeps none, and stays small.
        on_page: takes the report so far, after each page. Its `next` resumes there.

    Raises:
        UnknownCalendarError: a limit names a calendar that the desk was not given. Limits moved
            before it stay moved, and none of its page is.
        StoreError: the store failed, or another writes for too long. A single case that cannot be
            done is listed as failed instead.
    """
    from phananh.desk.recalculation import Run  # slow to load, and few programs recalculate

    known = ("keep", "apply")
    for name, value in (("earlier", earlier), ("unexplained", unexplained)):
        if value not in known:
            raise InputError(field=name, code="unknown_value", value=short_repr(value), known=known)
    run = Run(
        desk=desk,
        dry_run=dry_run,
        earlier=earlier == "apply",
        unexplained=unexplained == "apply",
        at=at,
        started=desk.moment(at),
        days=tuple_of(date, "days", days),
        on_move=on_move,
    )
    while True:
        after = run.do_page(after, page_size)
        report = run.report(after)
        if on_page is not None:
            on_page(report)
        if after is None or is_cancelled():
            return report
