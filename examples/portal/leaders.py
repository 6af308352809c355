"""The pages of the leadership: what is late by unit, and the report of a month with its files.

A leader can be accused as well, so each case is asked for before it is counted.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

import attrs
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from examples.portal.accounts import Account
from examples.portal.cases import find_readable, is_readable, list_names
from examples.portal.letters import DOCUMENT, LETTERHEAD
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import desk_of, require_role
from phananh import Desk, Person
from phananh.office import Report, ReportSheet, make_report
from phananh.stores import IndexRow

router = APIRouter()
Leader = Annotated[Account, Depends(require_role("leadership"))]
By = Literal["unit", "kind", "channel", "officer", "ground"]
COUNTS = (
    "carried_over", "received", "answered_in_time", "answered_late", "refused", "withdrawn",
    "open_in_time", "open_late", "late_officer", "late_agency",
)  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY = timedelta(days=1)


@router.get("/overview")
async def overview(request: Request, account: Leader) -> Response:
    """Show the open cases by unit, those that are late or soon will be, and recent refusals."""
    desk, person, now = desk_of(request), account.person, request.app.state.clock()
    rows, _ = await desk.run(find_readable, person, is_open=True, order="urgent", limit=5000)
    refused, _ = await desk.run(
        find_readable, person, states=["rejected"], received_since=now - 30 * DAY,
        order="newest",
    )  # fmt: skip
    late = [row for row in rows if row.urgent_at and row.urgent_at < now]
    soon = [row for row in rows if row.urgent_at and now <= row.urgent_at < now + DAY]
    columns = [Counter(map(name_group, each)) for each in (rows, soon, late)]
    groups = sorted(columns[0], key=lambda each: (-columns[2][each], -columns[1][each], each))
    return render(
        request, "leader_overview.html", late=late, soon=soon, refused=refused, columns=columns,
        groups=groups, names=list_names(request.app.state.accounts),
    )  # fmt: skip


def name_group(row: IndexRow) -> tuple[str, str]:
    """Return the unit that has a case, or else the role, as the name of a filter and its value."""
    return ("unit", row.unit) if row.unit else ("holder", str(row.holder))


class ReaderStore:
    """A store in which a report finds no case that its reader may not read."""

    def __init__(self, desk: Desk, reader: Person) -> None:
        """Stand before the store of a desk."""
        self.desk, self.reader = desk, reader

    def iter_figures(self, since: datetime, before: datetime) -> Any:
        """Yield what a report reads of each case."""
        for each in [*self.desk.store.iter_figures(since, before)]:
            if is_readable(self.desk, each.case, self.reader):
                yield each

    def __getattr__(self, name: str) -> Any:
        """Return what else a store has."""
        return getattr(self.desk.store, name)


def count_month(desk: Desk, reader: Person, month: str, by: By) -> Report:
    """Return the report of a month, with the cases behind each count."""
    own: Any = ReaderStore(desk, reader)
    return make_report(attrs.evolve(desk, store=own), month=month, by=by, with_cases=True)


async def read_report(
    request: Request, account: Leader, month: str = "", by: By = "unit"
) -> ReportSheet:
    """Return the report that a page is about, by default that of this month by unit."""
    month = month or f"{request.app.state.clock() + timedelta(hours=7):%Y-%m}"
    report = await desk_of(request).run(count_month, account.person, month, by)
    return ReportSheet(report=report, letterhead=LETTERHEAD, lang=lang_of(request))


Sheet = Annotated[ReportSheet, Depends(read_report)]


@router.get("/report")
async def show_report(request: Request, sheet: Sheet) -> Response:
    """Show a report (Art. 15): how much is done of all that came (Art. 3.1), and by whom."""
    return render(request, "leader_report.html", counts=COUNTS, **tell_report(request, sheet))


def tell_report(request: Request, sheet: ReportSheet) -> dict[str, Any]:
    """Return what the pages of a report have in common."""
    report = sheet.report
    asked = f"month={report.since:%Y-%m}&by={report.by}"
    names = list_names(request.app.state.accounts)
    return {"sheet": sheet, "report": report, "asked": asked, "names": names}


@router.get("/report/cases")
async def show_cases(request: Request, sheet: Sheet, count: str, line: int = -1) -> Response:
    """Show the cases behind a count: of a line, or of all."""
    report = sheet.report
    rows = (*report.rows, report.total)
    if line not in range(-1, len(rows)) or count not in COUNTS:
        raise HTTPException(404)
    row = rows[line]
    return render(
        request, "leader_cases.html", row=row, count=count, cases=row.cases.get(count, ()),
        **tell_report(request, sheet),
    )  # fmt: skip


@router.get("/report/{name}")
async def get_file(sheet: Sheet, name: str) -> Response:
    """Return a report as a page that prints, as CSV or as a workbook."""
    saved = {"Content-Disposition": f'attachment; filename="{sheet.report.since:%Y-%m}-{name}"'}
    made: dict[str, Callable[[], Response]] = {
        "report.html": lambda: HTMLResponse(sheet.html(), headers=DOCUMENT),
        "report.csv": lambda: Response(
            "\ufeff" + sheet.csv(), media_type="text/csv", headers=saved
        ),
        "report.xlsx": lambda: Response(sheet.xlsx(), media_type=XLSX, headers=saved),
    }
    if name not in made:
        raise HTTPException(404)
    return await run_in_threadpool(made[name])
