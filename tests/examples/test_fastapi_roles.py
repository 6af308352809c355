"""The roles of the portal on FastAPI: what a citizen, an agency and the leadership see and do."""

import html
import re
from collections.abc import Callable

from phananh.testing.clock import ManualClock
from tests.examples.portal_visitor import CONTACT, Visitor, app, clock, visit

__all__ = ["app", "clock", "visit"]

Visit = Callable[[str], Visitor]


def test_a_case_goes_its_way_through_all_roles(visit: Visit, clock: ManualClock) -> None:
    """Sent, passed on, verified, put off once and no more, answered, rated: each by its role."""
    citizen, operator, officer, agency = map(
        visit, ("cong-dan", "dien-thoai-vien", "mot-cua", "co-quan")
    )
    case = citizen.take(kind="conduct", **CONTACT)
    steps = (
        (operator, "escalate", {"to": "mot-cua"}),
        (officer, "request_verification", {"agency": "CQ-MAU", "appointment": "2025-04-29T09:00"}),
        (agency, "reschedule", {"to": "2025-05-06T09:00", "reason": "Lý do mẫu"}),
    )
    for who, trigger, typed in steps:
        assert who.send(f"/case/{case}/{trigger}", **typed).status_code == 200, trigger
    grey = agency.grey(case)["reschedule"]
    assert "khoản 3 Điều 9" in grey
    assert "09:00 06/05/2025" in agency.read(f"/case/{case}")
    clock.set("2025-05-05 09:00")
    steps = (
        (agency, "report_findings", {"text": "Kết quả mẫu"}),
        (officer, "answer", {"text": "Trả lời mẫu"}),
        (citizen, "rate", {"score": "4"}),
        (officer, "close", {}),
    )
    for who, trigger, typed in steps:
        assert who.send(f"/case/{case}/{trigger}", **typed).status_code == 200, trigger
    page = citizen.read(f"/case/{case}")
    assert "Trả lời mẫu" in page
    assert "đã kết thúc" in page
    assert "rate" in citizen.grey(case)


def test_a_citizen_sees_what_they_sent_and_nothing_else(visit: Visit) -> None:
    """Another citizen's case, its forms and the lists are not found, or not theirs to see."""
    citizen, operator = visit("cong-dan"), visit("dien-thoai-vien")
    own, other = citizen.take(), operator.take(content="Câu hỏi mẫu của người khác")
    assert "Câu hỏi mẫu" in citizen.read(f"/case/{own}")
    for path in (f"/case/{other}", f"/case/{other}/note", f"/case/{other}/answer"):
        assert citizen.client.get(path).status_code == 404
    refused = citizen.send("/", f"/case/{other}/complete", content="x", version="1", click="c")
    assert refused.status_code == 404
    assert other not in citizen.read("/")
    assert {*citizen.grey(own)} == {"rate"}


def test_the_code_of_a_call_opens_it_to_its_citizen(visit: Visit) -> None:
    """By the tracking code of a call the citizen can see and complete it; no address has it."""
    citizen, operator = visit("cong-dan"), visit("dien-thoai-vien")
    sent = operator.send("/new", kind="information", content="Câu hỏi mẫu")
    code = sent.text.partition('class="code">')[2].partition("<")[0]
    found = citizen.send("/", "/track", code=f" {code.lower()} ")
    assert found.status_code == 200
    assert code not in str(found.url)
    case = found.url.path.rpartition("/")[2]
    assert citizen.send(f"/case/{case}/complete", **CONTACT).status_code == 200
    assert case in citizen.read("/")
    assert citizen.send("/", "/track", code="Z" * 20).status_code == 404


def test_staff_see_what_lies_with_their_unit(visit: Visit) -> None:
    """An officer sees what was passed on to the unit, in the list too, and an agency does not."""
    operator, officer, agency = visit("dien-thoai-vien"), visit("mot-cua"), visit("co-quan")
    case = operator.take(**CONTACT)
    assert officer.client.get(f"/case/{case}").status_code == 404
    operator.send(f"/case/{case}/escalate", to="mot-cua")
    assert case in officer.read("/")
    assert "0218 383 1022" in officer.read(f"/case/{case}")
    assert case not in agency.read("/")
    assert agency.client.get(f"/case/{case}").status_code == 404


def send_to_agency(visit: Visit) -> str:
    """Return a case that an officer has sent to the agency."""
    operator, officer = visit("dien-thoai-vien"), visit("mot-cua")
    case = operator.take(kind="conduct", **CONTACT)
    operator.send(f"/case/{case}/escalate", to="mot-cua")
    asked = {"agency": "CQ-MAU", "appointment": "2025-04-29T09:00"}
    assert officer.send(f"/case/{case}/request_verification", **asked).status_code == 200
    return case


def test_a_head_names_another_person_of_the_unit(visit: Visit) -> None:
    """Only people of the unit that has the case can be chosen, and the same one not again."""
    case, head = send_to_agency(visit), visit("thu-truong")
    form = f"/case/{case}/reassign"
    assert re.findall(r'option value="([\w-]+)"', head.read(form)) == ["co-quan", "co-quan-2"]
    assert head.send(form, to="co-quan-2").status_code == 200
    assert "co-quan-2" in head.read(f"/case/{case}").partition("Diễn biến")[2]
    assert re.findall(r'option value="([\w-]+)"', head.read(form)) == ["co-quan"]
    assert head.send(form, to="co-quan-2").status_code == 403
    assert head.send(form, to="mot-cua").status_code == 403
    assert visit("co-quan").client.get(form).status_code == 404


def test_markup_is_shown_and_does_not_run(visit: Visit) -> None:
    """What people type is text on every page, and scripts are forbidden besides."""
    operator = visit("dien-thoai-vien")
    wild = "<script>alert(1)</script>\"'><img src=x>"
    case = operator.take(content=wild, name=wild)
    operator.send(f"/case/{case}/answer", text=wild)
    found = operator.client.get(f"/case/{case}")
    assert "<script" not in found.text
    assert "<img" not in found.text
    assert html.unescape(found.text).count(wild) == 3
    assert found.headers["content-security-policy"].startswith("default-src 'none'")
    again = operator.send("/new", kind="information", content=wild * 900)
    assert again.status_code == 422
    assert "<img" not in again.text


def test_a_form_that_is_too_large_is_not_read(visit: Visit) -> None:
    """A body of megabytes is refused before it is taken apart."""
    operator = visit("dien-thoai-vien")
    assert operator.send("/new", kind="information", content="x" * 600_000).status_code == 413
