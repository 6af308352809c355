"""The roles of the portal on FastAPI: what a citizen, an agency and the leadership see and do."""

import html
import os
import re
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from phananh import Accused, Desk, Person, Sender
from phananh.testing.clock import ManualClock
from tests.portal.visitor import (
    CONTACT,
    Visitor,
    app,
    clock,
    list_routes,
    portal,
    visit,
)

read_accounts = portal.sign_in.accounts.read_accounts
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
        (officer, "close", {}),
    )
    for who, trigger, typed in steps:
        assert who.send(f"/case/{case}/{trigger}", **typed).status_code == 200, trigger
    assert "Trả lời mẫu" in citizen.read(f"/my/{case}")
    assert citizen.send(f"/my/{case}", trigger="rate", score="4").status_code == 200
    assert "đã kết thúc" in citizen.read(f"/my/{case}")


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
    assert "Cơ quan mẫu, người thứ hai" in head.read(f"/case/{case}").partition("Diễn biến")[2]
    assert re.findall(r'option value="([\w-]+)"', head.read(form)) == ["co-quan"]
    assert head.send(form, to="co-quan-2").status_code == 403
    assert head.send(form, to="mot-cua").status_code == 403
    assert visit("co-quan").client.get(form).status_code == 404


def test_markup_is_shown_and_does_not_run(visit: Visit) -> None:
    """What people type is text on every page, and scripts are forbidden besides."""
    operator = visit("dien-thoai-vien")
    wild = "<script>alert(1)</script>\"'><img src=x>"
    case = operator.take(content=wild, **{"sender.name": wild})
    operator.send(f"/case/{case}/answer", text=wild)
    found = operator.client.get(f"/case/{case}")
    assert "<script>" not in found.text
    assert "<img" not in found.text
    assert html.unescape(found.text).count(wild) == 4  # content and answer, above and as history
    assert found.headers["content-security-policy"].startswith("default-src 'none'")
    again = operator.send("/new", kind="information", content=wild * 900)
    assert again.status_code == 422
    assert "<img" not in again.text


SECRETS = ("Người gửi mẫu", "0218 383 1022", "mau@vidu.vn", "Hồ sơ bị chậm")
CHANCE = re.compile(r'name="click" value="\w+"|"next":"[^"]*"')  # differs each time
LISTS = ("/", "/inbox", "/all", "/overview", "/publications", "/search", "/new/look", "/new")
STAGES = ("received", "with the officer", "with the agency")


def bring(desk: Desk, stage: str, accused: Person) -> str:
    """Return a report on conduct at a stage, in which this person came to be accused."""
    operator = Person(id="dtv-2", role="operator")
    officer = Person(id="mot-cua", role="officer", unit="MC-MAU")
    case = desk.receive(
        kind="conduct", channel="phone", content="Hồ sơ bị chậm", by=operator,
        sender=Sender(name="Người gửi mẫu", phone="0218 383 1022", email="mau@vidu.vn"),
    )  # fmt: skip
    if stage != "received":
        case = desk.escalate(case, to=officer, by=operator)
    if stage == "with the agency":
        case = desk.request_verification(
            case, agency="CQ-MAU", appointment=desk.now() + timedelta(days=5), by=officer
        )
    their = Accused(id=accused.id, unit=accused.unit or "TT-MAU")
    return desk.complete(case, accused=[their], by=operator).id


def look_everywhere(visitor: Visitor, case: str) -> dict[tuple[str, str], tuple[int, str]]:
    """Return what each route but the sign-in answers of a case, with a word in place of its id."""
    form = {"token": visitor.token(), "version": "1", "click": "c", "sender.phone": SECRETS[1]}
    tries = ("answer", "answer.txt", "Người gửi mẫu"), ("publish", "report.csv", case)
    found = {}
    for method, pattern in list_routes():
        if pattern.startswith(("/sign-", "/admin", "/account", "/api", "/guidance", "/results")):
            continue
        for trigger, name, text in tries if re.search("{|search", pattern) else tries[:1]:
            path = pattern.format(key=case, trigger=trigger, name=name, file="1")
            given = {"data": {**form, "code": case, "text": text}} if method == "POST" else {}
            told = visitor.client.request(method, path, **given)
            text = CHANCE.sub("", html.unescape(told.text)).replace(case, "THE-CASE")
            found[method, path.replace(case, "THE-CASE")] = (told.status_code, text)
    return found


def test_an_accused_finds_no_trace(app: Any, visit: Visit) -> None:
    """On every page, list, search and form the case is as one that there is not."""
    desk, unknown = app.state.desk.desk, "HB-2504-2222222222"
    accounts = read_accounts(app.state.engine)
    names = ("dien-thoai-vien", "mot-cua", "co-quan", "thu-truong", "lanh-dao", "nha-cung-cap")
    for name, stage in zip(names, STAGES * 2, strict=True):
        visitor, person = visit(name), accounts[name].person
        nothing = look_everywhere(visitor, unknown)
        assert {status for status, _ in nothing.values()} >= {200, 404}
        case = bring(desk, stage, person)
        before = desk.history(case)
        found = look_everywhere(visitor, case)
        assert found == nothing, (name, stage)
        own = {at: told for at, told in found.items() if at[1] not in LISTS}  # of other accused
        assert not any(secret in str(own) for secret in SECRETS[1:])
        assert desk.history(case) == before


def test_a_form_sends_the_known_accused_along(app: Any, visit: Visit) -> None:
    """Who adds one more on the form loses none, though a list before the hand-over is a new one."""
    desk = app.state.desk.desk
    case = bring(desk, "received", Person(id="mot-cua", role="officer", unit="MC-MAU"))
    visitor, form = visit("dien-thoai-vien"), f"/case/{case}/complete"
    page = visitor.read(form)
    shown = {
        name: re.findall(rf'name="{name}" value="([^"]*)"', page)
        for name in ("accused.id", "accused.unit")
    }
    assert shown == {"accused.id": ["mot-cua", ""], "accused.unit": ["MC-MAU", ""]}
    more: Any = {"accused.id": ["mot-cua", "CB-9"], "accused.unit": ["MC-MAU", "MC-9"]}
    assert visitor.send(form, **more).status_code == 200  # the page of the case
    assert [each.id for each in desk.get(case).accused] == ["mot-cua", "CB-9"]


def test_a_colleague_of_the_accused_does_not_learn_who_complained(app: Any, visit: Visit) -> None:
    """Their unit reads what was sent while it has the case, and before and after it does not."""
    accounts, desk = read_accounts(app.state.engine), app.state.desk.desk
    accused, unknown = accounts["co-quan"].person, "HB-2504-2222222222"
    colleague, head = visit("co-quan-2"), visit("thu-truong")
    for stage in STAGES[:2]:
        case = bring(desk, stage, accused)
        for who in (colleague, head):
            assert look_everywhere(who, case) == look_everywhere(who, unknown)
    case = bring(desk, STAGES[2], accused)
    assert case in colleague.read("/")
    for who in (colleague, head):
        page = who.read(f"/case/{case}")
        assert SECRETS[3] in page
        assert not any(secret in page for secret in SECRETS[:3])
    sent = colleague.send(f"/case/{case}/report_findings", text="Kết quả mẫu")
    assert (sent.status_code, sent.url.path) == (200, "/inbox")
    assert colleague.client.get(f"/case/{case}").status_code == 404
    page = head.read(f"/case/{case}")
    assert "không hiển thị" in page
    assert not any(secret in page for secret in SECRETS)
    assert SECRETS[1] in visit("mot-cua").read(f"/case/{case}")


def test_a_page_of_a_list_tells_of_no_hidden_case(app: Any, clock: ManualClock) -> None:
    """Each page is full, ends at a row for this user, and no next page is without rows."""
    desk, user = app.state.desk.desk, read_accounts(app.state.engine)["dien-thoai-vien"].person
    other = Person(id="nv-2", role="officer", unit="MC-MAU")
    by_turns = []
    for who in (user, other, user, user, other, user):
        clock.advance("1s")
        by_turns.append(bring(desk, STAGES[0], who))
    own = {case for n, case in enumerate(by_turns) if n in (0, 2, 3, 5)}
    shown, after, pages = [], None, 0
    while after or not pages:
        rows, after = portal.api.find_readable(desk, user, order="newest", limit=1, after=after)
        shown += [row.case for row in rows]
        pages += 1
        assert len(rows) == 1
        assert not any(case in str(after) for case in own)
    assert {*shown} == {*by_turns} - own


def test_a_hidden_case_is_unknown_by_any_spelling(app: Any, visit: Visit) -> None:
    """By an odd id, by its code, and with a damaged history it answers as one that there is not."""
    desk, user = app.state.desk.desk, read_accounts(app.state.engine)["dien-thoai-vien"].person
    visitor, case = visit("dien-thoai-vien"), bring(app.state.desk.desk, STAGES[0], user)
    odd = [case + end for end in ("%0A", "%20", "%00", "%CC%81")] + [desk.get(case).code, case]

    def look() -> set[tuple[int, str]]:
        found = [visitor.client.get(f"/case/{each}") for each in (*odd, "HB-2504-2222222222")]
        return {(told.status_code, told.text) for told in found}

    assert {status for status, _ in look()} == {404}
    assert len(look()) == 1
    other = visitor.take()
    with sqlite3.connect(os.environ["PHANANH_DB"]) as database:
        database.execute("update phananh_event set crc = crc + 1 where case_id <> ?", (other,))
    assert len(look()) == 1
    assert visitor.read("/").count('href="/case/') == 1
