"""The pages of the leadership: what is late, the report of a month, conduct of staff."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response

from examples.portal.accounts import Account
from examples.portal.cases import find_readable
from examples.portal.database import VIETNAM
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import desk_of, record_reads, require_role
from examples.portal.staff import LETTERHEADS, hand_out
from phananh import Role
from phananh.office import ReportSheet, list_conduct, make_report

router = APIRouter()
Leader = Annotated[Account, Depends(require_role("leadership"))]
Reader = Annotated[Account, Depends(require_role("leadership", "office"))]
Month = Annotated[str, Query(pattern=r"^(20\d\d-\d\d)?$")]
Day = Annotated[date | None, Query(ge=date(2000, 1, 1), lt=date(2100, 1, 1))]
By = Literal["unit", "kind", "channel", "officer", "ground"]
DAY = timedelta(days=1)


@router.get("/overview")
def overview(request: Request, account: Leader) -> Response:
    """Show the open cases by unit, those that are late or soon will be, and recent refusals."""
    desk, person, now = desk_of(request).desk, account.person, request.app.state.clock()
    rows = find_readable(desk, person, is_open=True, order="urgent", limit=5000).rows
    recent = {"states": ["rejected"], "received_since": now - 30 * DAY, "order": "newest"}
    refused = find_readable(desk, person, limit=10, **recent).rows
    late = [row for row in rows if row.urgent_at and row.urgent_at < now]
    soon = [row for row in rows if row.urgent_at and now <= row.urgent_at < now + DAY]
    untold = [each for each in rows if "unit_not_told" in desk.cautions(each.case)]
    columns = [  # by unit, or else by role, as the name of a filter and its value
        Counter(("unit", x.unit) if x.unit else ("holder", str(x.holder)) for x in each)
        for each in (rows, soon, late)
    ]
    groups = sorted(columns[0], key=lambda each: (-columns[2][each], -columns[1][each], each))
    lists: dict[str, Any] = {"late": late, "soon": soon, "refused": refused, "untold": untold}
    return render(request, "leader_overview.html", columns=columns, groups=groups, **lists)


def tally(
    request: Request, account: Reader, month: Month = "", since: Day = None, until: Day = None,
    by: By = "unit",
) -> ReportSheet:  # fmt: skip
    """Return a report (Art. 15), with the cases behind its counts but for the Office (Art. 3.4)."""
    desk, is_leader = desk_of(request).desk, account.role == Role.LEADERSHIP
    period: dict[str, Any] = {"month": month or f"{desk.now().astimezone(VIETNAM):%Y-%m}"}
    if since and until:  # asked for between times (Art. 12.1)
        days = (datetime.combine(each, time.min, VIETNAM) for each in (since, until + DAY))
        period = dict(zip(("since", "before"), days, strict=True))
    report = make_report(desk, by=by, with_cases=is_leader, for_=account.person, **period)
    return ReportSheet(report=report, letterhead=LETTERHEADS[account.role], lang=lang_of(request))


Sheet = Annotated[ReportSheet, Depends(tally)]


@router.get("/report")
def show_report(request: Request, sheet: Sheet) -> Response:
    """Show a report: how much is done of all that came (Art. 3.1), and by whom."""
    return render(request, "leader_report.html", sheet=sheet, last=sheet.report.before - DAY)


@router.get("/report/cases")
def show_cases(request: Request, sheet: Sheet, count: str, line: int = -1) -> Response:
    """Show the cases behind a count: of a line, or of all."""
    rows = (*sheet.report.rows, sheet.report.total)
    if line not in range(-1, len(rows)) or count not in rows[line].cases:
        raise HTTPException(404)
    return render(request, "leader_cases.html", sheet=sheet, row=rows[line], count=count)


@router.get("/report/{name}")
def get_file(sheet: Sheet, name: str) -> Response:
    """Return a report as a page that prints, as CSV or as a workbook."""
    if name not in ("report.html", "report.csv", "report.xlsx"):
        raise HTTPException(404)
    made = f"\ufeff{sheet.csv()}" if name == "report.csv" else getattr(sheet, name[7:])()
    return hand_out(f"{sheet.report.since:%Y-%m}-{name}", made)


@router.get("/conduct")
def show_conduct(request: Request, account: Leader) -> Response:
    """Show what became of complaints of staff in 90 days, and whom to praise (Art. 8.1.c2, 16)."""
    since = request.app.state.clock() - 90 * DAY
    register = list_conduct(desk_of(request).desk, for_=account.person, since=since)
    record_reads(request, "conduct", *(each.case for each in register.complaints))
    return render(request, "leader_conduct.html", register=register)
