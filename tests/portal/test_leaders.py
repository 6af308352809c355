"""What the leadership sees of the portal: what is late, the report of a month, and its files."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from phananh.testing.clock import ManualClock
from tests.portal.visitor import CONTACT, Visitor, app, clock, testclient, visit

__all__ = ["app", "clock", "visit"]

Visit = Callable[[str], Visitor]


@pytest.fixture
def cases(visit: Visit, clock: ManualClock) -> dict[str, str]:
    """Return cases of April: refused, late with an officer, and due within the next hours."""
    operator = visit("dien-thoai-vien")
    refused, late, soon = (operator.take(**CONTACT) for _ in range(3))
    operator.send(f"/case/{refused}/reject", reasons="unclear", guidance="Hỏi tại quầy mẫu")
    operator.send(f"/case/{late}/escalate", to="mot-cua")
    clock.set("2025-04-28 09:00")
    operator.send(f"/case/{soon}/escalate", to="mot-cua")
    return {"refused": refused, "late": late, "soon": soon}


def test_what_is_late_or_soon_will_be_is_counted_by_unit(
    visit: Visit, cases: dict[str, str]
) -> None:
    """A lapse is lifted and a refusal taken back from the overview, and both are gone from it."""
    leader = visit("lanh-dao")
    page = leader.read("/overview")
    assert [part.partition("</strong>")[0] for part in page.split("<strong>")[1:4]] == [
        "2",
        "1",
        "1",
    ]
    links = (f"/case/{cases['late']}/lift_lapse", f"/case/{cases['refused']}/reopen")
    for link in links:
        assert link in page
        assert leader.send(link, text="Lý do mẫu").status_code == 200
    page = leader.read("/overview")
    assert not any(link in page for link in links)
    assert cases["late"] in leader.read("/all?kind=information&holder=officer")
    assert cases["refused"] not in leader.read("/all?state=rejected")


def test_what_is_late_is_recorded_while_nobody_acts(
    app: Any, visit: Visit, cases: dict[str, str]
) -> None:
    """Art. 9.2: a list finds a limit that ran out, as the portal sweeps when it starts."""
    leader = visit("lanh-dao")
    assert cases["late"] not in leader.read("/all?late=1")
    with testclient.TestClient(app):
        assert cases["late"] in leader.read("/all?late=1")


def test_a_report_has_the_cases_behind_its_figures(visit: Visit, cases: dict[str, str]) -> None:
    """Art. 3.1, 15: how much is done of all, each figure a list of cases, each file a download."""
    leader, asked = visit("lanh-dao"), "?month=2025-04&by=kind"
    assert "Chưa xong" in leader.read(f"/report{asked}")
    behind = leader.read(f"/report/cases{asked}&line=0&count=refused")
    assert [each in behind for each in cases.values()] == [True, False, False]
    assert leader.client.get("/report?month=2025-13").status_code == 422
    files = {form: leader.client.get(f"/report/report.{form}{asked}") for form in ("html", "csv")}
    assert "sandbox" in files["html"].headers["content-security-policy"]
    assert files["csv"].text.startswith("\ufeff")
    book: Any = leader.client.get(f"/report/report.xlsx{asked}")
    assert "xl/workbook.xml" in ZipFile(BytesIO(book.content)).namelist()
    for wrong in ("cases{}&line=5&count=refused", "cases{}&line=0&count=x", "x.csv{}"):
        assert leader.client.get(f"/report/{wrong.format(asked)}").status_code == 404


def test_the_office_gets_the_figures_and_no_case(visit: Visit, cases: dict[str, str]) -> None:
    """Art. 3.4, 15: its first page is the report, in which no figure leads to a case."""
    office = visit("van-phong")
    page = office.read("/")
    assert ("33,3%" in page, "/report/cases" in page) == (True, False)
    assert office.client.get("/report/cases?month=2025-04&by=kind&count=refused").status_code == 404
