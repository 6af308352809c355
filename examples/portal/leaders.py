"""The pages of the leadership: what is late, the report of a month, conduct of staff."""

from collections import Counter
from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response

from examples.portal.accounts import Account
from examples.portal.cases import find_readable
from examples.portal.database import VIETNAM
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import desk_of, record_read, require_role
from examples.portal.staff import LETTERHEAD, hand_out
from phananh import Role
from phananh.office import ReportSheet, list_conduct, make_report

router = APIRouter()
Leader = Annotated[Account, Depends(require_role("leadership"))]
Reader = Annotated[Account, Depends(require_role("leadership", "office"))]
Month = Annotated[str, Query(pattern=r"^(20\d\d-\d\d)?$")]
By = Literal["unit", "kind", "channel", "officer", "ground"]
DAY = timedelta(days=1)
PRAISED = (Role.OFFICER, Role.AGENCY, Role.AGENCY_HEAD)  # those of limits (Art. 16.2)


@router.get("/overview")
def overview(request: Request, account: Leader) -> Response:
    """Show the open cases by unit, those that are late or soon will be, and recent refusals."""
    desk, person, now = desk_of(request).desk, account.person, request.app.state.clock()
    rows, _ = find_readable(desk, person, is_open=True, order="urgent", limit=5000)
    recent = {"states": ["rejected"], "received_since": now - 30 * DAY, "order": "newest"}
    refused, _ = find_readable(desk, person, limit=10, **recent)
    late = [row for row in rows if row.urgent_at and row.urgent_at < now]
    soon = [row for row in rows if row.urgent_at and now <= row.urgent_at < now + DAY]
    # By unit, or else by role, as the name of a filter and its value.
    columns = [
        Counter(("unit", x.unit) if x.unit else ("holder", str(x.holder)) for x in each)
        for each in (rows, soon, late)
    ]
    groups = sorted(columns[0], key=lambda each: (-columns[2][each], -columns[1][each], each))
    lists: dict[str, Any] = {"late": late, "soon": soon, "refused": refused, "groups": groups}
    return render(request, "leader_overview.html", columns=columns, **lists)


def tally(request: Request, account: Reader, month: Month = "", by: By = "unit") -> ReportSheet:
    """Return a report (Art. 15), with the cases behind its counts but for the Office (Art. 3.4)."""
    desk, is_leader = desk_of(request).desk, account.role == Role.LEADERSHIP
    month = month or f"{desk.now().astimezone(VIETNAM):%Y-%m}"
    report = make_report(desk, month=month, by=by, with_cases=is_leader, for_=account.person)
    return ReportSheet(report=report, letterhead=LETTERHEAD, lang=lang_of(request))


Sheet = Annotated[ReportSheet, Depends(tally)]


@router.get("/report")
def show_report(request: Request, sheet: Sheet) -> Response:
    """Show a report: how much is done of all that came (Art. 3.1), and by whom."""
    asked = f"month={sheet.report.since:%Y-%m}&by={sheet.report.by}"
    return render(request, "leader_report.html", sheet=sheet, asked=asked)


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
    start, _, form = name.partition(".")
    if start != "report" or form not in ("html", "csv", "xlsx"):
        raise HTTPException(404)
    made = f"\ufeff{sheet.csv()}" if form == "csv" else getattr(sheet, form)()
    return hand_out(f"{sheet.report.since:%Y-%m}-{name}", made)


@router.get("/conduct")
def show_conduct(request: Request, account: Leader) -> Response:
    """Show what became of complaints of staff in 90 days, and whom to praise (Art. 8.1.c2, 16)."""
    since = request.app.state.clock() - 90 * DAY
    register = list_conduct(desk_of(request).desk, for_=account.person, since=since)
    for each in register.complaints:
        record_read(request, each.case, "conduct")
    people = request.app.state.registers.list_people()
    accused = {who for each in register.complaints for who in each.people}
    has_limits = {key for key, each in people.items() if each.role in PRAISED} - accused
    punctual = [(key, count) for key, count in register.punctual if key in has_limits]
    return render(request, "leader_conduct.html", register=register, punctual=punctual)
