"""The pages of the portal on FastAPI: grey buttons, two who act at once, and who learns what."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import attrs
import pytest

from phananh import Accused, Desk, Person, Sender, StoreError
from phananh.errors import Refusal
from tests.portal.visitor import (
    CONTACT,
    HIDDEN,
    PASSWORD,
    PEOPLE,
    Visitor,
    accounts,
    app,
    clock,
    database,
    list_routes,
    visit,
)

__all__ = ["app", "clock", "visit"]

Visit = Callable[[str], Visitor]
WILD = "<script>alert(1)</script>\"'><img src=x>"
PERSONS = {name: Person(id=name, role=role, unit=unit) for name, _, role, unit in PEOPLE[:-1]}
SECRETS = (*CONTACT.values(), "Hồ sơ bị chậm")
CHANCE = re.compile(r'name="click" value="\w+"|"next":"[^"]*"')  # differs each time
OPTION = r'option value="([\w-]+)"'
OF_OTHERS = ("/api", "/sign-", "/admin", "/account", "/send", "/track", "/my/")


def reason(code: str, **facts: object) -> str:
    """Return a reason in the words of the page."""
    return Refusal(code=code, article=None, facts=facts).text("vi")


def test_a_button_is_grey_with_its_reason_and_article(visit: Visit) -> None:
    """What is missing is told beside the grey button, and the button is blue when it is there."""
    operator = visit("dien-thoai-vien")
    case = operator.take()
    ((trigger, why),) = operator.grey(case).items()
    assert (trigger, reason("no_contact") in why, "điểm c Điều 6" in why) == ("escalate", 1, 1)
    form = f"/case/{case}/complete"
    assert "Câu hỏi mẫu</textarea>" in operator.read(form)
    assert operator.send(form, content="Câu hỏi mẫu", **CONTACT).status_code == 200
    assert "Câu hỏi mẫu" not in operator.read(f"/case/{case}").rpartition("<li>")[2]
    assert operator.grey(case) == {}
    assert operator.client.get(f"/case/{case}/close").status_code == 404


def test_two_people_act_at_once(visit: Visit) -> None:
    """The second gets a 409 with what the first recorded and the text; sent again, it counts once.

    The page explains a limit on a make-up Saturday, and shows what was typed as text.
    """
    operator, officer = visit("dien-thoai-vien"), visit("mot-cua")
    case = operator.take(content=WILD, **CONTACT)
    operator.send(f"/case/{case}/escalate", to="mot-cua")
    form = f"/case/{case}/answer"
    asked = {"agency": "NCC-MAU", "appointment": "2025-04-29T08:00"}
    assert officer.send(f"/case/{case}/request_verification", **asked).status_code == 422
    assert "NCC-MAU" not in officer.read(f"/case/{case}/request_verification")
    seen = officer.client.get(form)
    operator.send(f"/case/{case}/note", text="Ghi chú mẫu (cách hiểu R99)")
    told = officer.send(form, page=seen, text=WILD)
    assert told.status_code == 409
    assert "Điện thoại viên mẫu ghi chú" in html.unescape(told.text)
    page = officer.client.get(f"/case/{case}").text
    assert re.search("10:00 26/04/2025.*Thứ Bảy 26/04 làm bù cho thứ Sáu 02/05", page, re.DOTALL)
    for _ in range(2):
        assert officer.send(form, page=told, text=WILD).status_code == 200
    page = officer.client.get(f"/case/{case}").text
    assert html.unescape(page).count(WILD) == 3  # content, its history, and one answer
    assert not any(tag in page + told.text for tag in ("<script>", "<img"))


def test_what_is_wrong_is_told_on_the_form(visit: Visit) -> None:
    """A form that the desk refuses comes back with the reason, and records nothing."""
    operator = visit("dien-thoai-vien")
    case = operator.take(**CONTACT)
    for status, trigger, typed, words in (
        (403, "answer", {"text": " "}, reason("blank", field="text")),
        (422, "nothing", {}, "'nothing'"),
        (422, "answer", {"text": "x" * 20_001}, "20001"),
        (422, "escalate", {"to": "nobody"}, "Person"),
        (422, "answer", {"text": "Trả lời mẫu", "version": "x"}, "Expected"),
        (422, "complete", {"accused.id": "Bộ phận", "accused.unit": "MC-MAU"}, "chỉ nêu cơ quan"),
        (422, "complete", {"accused.id": "mot-cua", "accused.unit": "CQ-MAU"}, "ghi: MC-MAU"),
    ):
        told = operator.send(f"/case/{case}/note", f"/case/{case}/{trigger}", **typed)
        assert (told.status_code, words in html.unescape(told.text)) == (status, True)
    assert "đã tiếp nhận" in operator.read(f"/case/{case}")


def test_a_store_that_fails_asks_for_the_same_click(
    app: Any, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a 503 the form has the same name of the click and the text: sent again, it counts."""
    operator = visit("dien-thoai-vien")
    case = operator.take()
    form, text = f"/case/{case}/answer", "Trả lời mẫu"
    seen = operator.client.get(form)

    def fail(*_args: object, **_named: object) -> None:
        raise StoreError(doing="saving", where="a disk", code="disk_full", cause="full")

    with monkeypatch.context() as patched:
        patched.setattr(type(app.state.desk.desk.store), "commit", fail)
        told = operator.send(form, page=seen, text=text)
    assert (told.status_code, "a disk" in told.text, text in told.text) == (503, False, True)
    assert dict(HIDDEN.findall(told.text))["click"] == dict(HIDDEN.findall(seen.text))["click"]
    assert operator.send(form, page=told, text=text).status_code == 200
    assert "đã trả lời" in operator.read(f"/case/{case}")


def test_a_call_is_helped_by_the_catalogue_and_earlier_cases(
    visit: Visit,
) -> None:
    """Art. 12.2: procedures by what was typed and the caller's other cases, with nothing lost."""
    operator = visit("dien-thoai-vien")
    before = operator.take(content="Xin cấp lại giấy khai sinh bị mất", **CONTACT)
    typed = {"kind": "information", "content": "mất giấy khai sinh, xin cấp lại", **CONTACT}
    text = html.unescape(operator.send("/new", "/new/look", **typed).text)
    assert (before in text, typed["content"] in text) == (True, True)
    (key, *_) = re.findall(r'name="procedure" id="([^"]*)"', text)
    chosen = {**typed, "token": operator.token(), "procedure": key}
    part = operator.client.post("/new/look", data=chosen, headers={"HX-Request": "1"}).text
    assert (f'value="{key}" checked' in part, "<html" in part) == (True, False)
    case = operator.take(**{**typed, "procedure": key})
    assert key in operator.read(f"/case/{case}")
    assert before in operator.read(f"/case/{case}/related")


def test_a_search_finds_what_a_person_may_read(app: Any, visit: Visit) -> None:
    """By words without marks, by a number, by id; never for who may not read it, nor in a link.

    How long one takes tells a little, so one person has 300 in a quarter of an hour.
    """
    operator = visit("dien-thoai-vien")
    case = operator.take(content="Đường vào bản bị ngập", **CONTACT)
    assert case in operator.send("/search", text="ban bi ngap").text
    assert case not in visit("mot-cua").send("/search", text="0218-383-1022").text
    assert operator.send("/search", text=case).url.path == f"/case/{case}"
    database.record(app.state.engine, database.FAILURES.update().values(count=299))
    assert [operator.send("/search", text="?!").status_code for _ in range(2)] == [422, 429]
    assert operator.send("/new", "/new/look").status_code == 429  # which searches too


def test_a_result_is_published_from_a_proposal(visit: Visit, clock: Any) -> None:
    """Art. 2.2: the original and what was masked stand beside what is proposed.

    Why it was withdrawn may name the sender, so it is not for who works with an accused (R40).
    """
    operator, leader = visit("dien-thoai-vien"), visit("lanh-dao")
    case = operator.take(content="Tôi là Người gửi mẫu, hỏi về hồ sơ", **CONTACT)
    operator.send(f"/case/{case}/answer", text="Mời gọi 0912 345 678 hoặc đến quầy số 1.")
    form = f"/case/{case}/publish"
    later = operator.take()
    clock.set("2025-04-25 16:00")
    operator.send(f"/case/{later}/answer", text="Trả lời mẫu")
    page = operator.read("/publications")
    assert page.index(f'href="/case/{later}/publish"') < page.index(f'href="{form}"')
    proposed = operator.read(form).partition("<textarea")[2].partition("</textarea>")[0]
    assert "đến quầy số 1" in proposed
    assert not any(each in proposed for each in ("Người gửi mẫu", "0912 345 678"))
    assert operator.send(form, text="Người gửi mẫu hỏi").status_code == 403
    assert operator.send(form, text="Đến quầy số 1").status_code == 200
    assert case not in leader.read("/publications")
    assert case in leader.read("/publications?part=published")
    leader.send(f"/case/{case}/unpublish", text="Lý do mẫu")
    operator.send(f"/case/{case}/complete", **{"accused.id": "", "accused.unit": "TT-MAU"})
    pages = [x.read("/publications?part=withdrawn") for x in (leader, visit("lanh-dao-2"))]
    assert [(case in page, "Lý do mẫu" in page) for page in pages] == [(True, True), (True, False)]


def test_letters_are_previewed_and_taken_along(visit: Visit) -> None:
    """As a page without scripts, as text and for Word; the code is in no letter of an officer."""
    operator, officer = visit("dien-thoai-vien"), visit("mot-cua")
    case = operator.take(**CONTACT)
    operator.send(f"/case/{case}/escalate", to="mot-cua")
    officer.send(f"/case/{case}/answer", text="Trả lời mẫu")
    letters = f"/case/{case}/letters"
    for who, found in ((operator, {"receipt", "answer"}), (officer, {"answer"})):
        assert set(re.findall(r"letters/(\w+)\.docx", who.read(letters))) == found
    assert "sandbox" in str(officer.client.get(f"{letters}/answer.html").headers)
    assert "Trả lời mẫu" in officer.read(f"{letters}/answer.txt")
    assert officer.client.get(f"{letters}/answer.docx").content.startswith(b"PK")
    assert officer.client.get(f"{letters}/receipt.txt").status_code == 404


def bring(desk: Desk, accused: Person, *, is_passed_on: bool = True) -> str:
    """Return a report on conduct, with an agency or just received, that accuses this person."""
    operator, officer = Person(id="dtv-2", role="operator"), PERSONS["mot-cua"]
    sender = Sender(name=SECRETS[0], phone=SECRETS[1])
    about: Any = {"kind": "conduct", "channel": "phone", "content": SECRETS[2], "sender": sender}
    case = desk.receive(**about, by=operator)
    if is_passed_on:
        case, at = desk.escalate(case, to=officer, by=operator), desk.now() + timedelta(days=5)
        case = desk.request_verification(case, agency="CQ-MAU", appointment=at, by=officer)
    their = Accused(id=accused.id, unit=accused.unit or "TT-MAU")
    return desk.complete(case, accused=[their], by=operator).id


def look_everywhere(visitor: Visitor, case: str) -> dict[tuple[str, str], tuple[int, str]]:
    """Return what each page answers of a case, with a word in place of its id."""
    form = {"token": visitor.token(), "version": "1", "click": "c", "sender.phone": SECRETS[1]}
    found = {}
    for method, pattern in list_routes():
        if pattern.startswith(OF_OTHERS):
            continue
        for trigger, text in (("answer", SECRETS[0]), ("publish", case))[: 1 + ("{" in pattern)]:
            path = pattern.format(key=case, trigger=trigger, name="answer.txt", file="1")
            given = {} if method == "GET" else {"data": {**form, "text": text}}
            told = visitor.client.request(method, path, **given)
            said = CHANCE.sub("", html.unescape(told.text)).replace(case, "THE-CASE")
            found[method, path.replace(case, "THE-CASE")] = (told.status_code, said)
    return found


def test_a_notified_unit_says_what_it_did(app: Any, visit: Visit) -> None:
    """8.1.c2: by the id in its notice, though it may not read the case; others are told no more."""
    desk, (operator, head) = app.state.desk.desk, (visit("dien-thoai-vien"), visit("thu-truong"))
    case = operator.take(kind="conduct", about_unit="CQ-MAU")
    for named, status in ((case, 303), ("HB-1", 422)):
        if status == 303:
            desk.notify_unit(case, unit="CQ-MAU", by=Person(id="ld", role="leadership"))
        form = {"token": head.token(), "click": "c", "case": named, "text": "Đã nhắc nhở"}
        assert head.client.post("/outcome", data=form, follow_redirects=False).status_code == status
    assert desk.history(case)[-1].text == "Đã nhắc nhở"
    assert [head.client.post("/outcome", data=form).status_code for _ in range(9)] == [422] * 8 + [
        429
    ]  # so that the holder's forms come through
    noted = [operator.send(f"/case/{case}/note", text=str(n)).status_code for n in range(31)]
    assert (noted, head.client.get(f"/case/{case}").status_code) == ([200] * 30 + [429], 404)


def test_an_accused_finds_no_trace(app: Any, visit: Visit) -> None:
    """On every page, list, search and form the case is as one that there is not."""
    desk = app.state.desk.desk
    for name in ("dien-thoai-vien", "mot-cua", "co-quan", "lanh-dao"):
        visitor = visit(name)
        nothing = look_everywhere(visitor, "HB-2504-2222222222")
        assert {status for status, _ in nothing.values()} >= {200, 404}
        case = bring(desk, PERSONS[name], is_passed_on=name != "dien-thoai-vien")
        before = desk.get(case)
        assert look_everywhere(visitor, case) == nothing, name
        assert visitor.client.get(f"/case/{before.code}").status_code == 404
        assert desk.get(case) == before
    operator, said = visit("dien-thoai-vien"), {"kind": "conduct", "content": SECRETS[2]}
    form, accused = operator.client.get("/new"), [Accused(id="dien-thoai-vien", unit="TT-MAU")]
    case = re.findall(r"/case/([\w-]+)", operator.send("/new", page=form, **said).text)[0]
    desk.complete(case, accused=accused, by=Person(id="dtv-2", role="operator"))
    assert operator.send("/new", page=form, **said).status_code == 404


def test_a_colleague_of_the_accused_does_not_learn_who_complained(app: Any, visit: Visit) -> None:
    """Their unit reads what was sent neither while it has the case nor afterwards."""
    colleague, head = visit("co-quan-2"), visit("thu-truong")
    case = bring(app.state.desk.desk, PERSONS["co-quan"])
    for page in (colleague.read(f"/case/{case}"), head.read(f"/case/{case}")):
        assert not any(secret in page for secret in SECRETS)
    found = [
        colleague.send(f"/case/{case}/complete", content=x).status_code for x in ("x", SECRETS[2])
    ]
    assert found[0] == found[1]  # which is what was sent
    page = colleague.client.get(form := f"/case/{case}/report_findings")
    said = ("Kết quả mẫu", "Kết quả mẫu", "Kết quả khác")  # a second click, and another text
    told = [colleague.send(form, page=page, text=each) for each in said]
    assert ["Đã ghi: báo cáo kết quả xác minh" in each.text for each in told] == [True, True, False]
    assert colleague.client.get(f"/case/{case}").status_code == 404
    assert not any(secret in head.read(f"/case/{case}") for secret in SECRETS)


def test_a_form_offers_and_sends_whom_the_case_needs(app: Any, visit: Visit) -> None:
    """Another person of the unit, whom nobody accuses; an accused has their unit, as written."""
    desk, visitor, head = app.state.desk.desk, visit("dien-thoai-vien"), visit("thu-truong")
    case = bring(desk, PERSONS["mot-cua"])
    form = f"/case/{case}/reassign"
    assert re.findall(OPTION, head.read(form)) == ["co-quan", "co-quan-2"]
    assert head.send(form, to="co-quan-2").status_code == 200
    leader = visit("lanh-dao-2")
    assert [re.findall(OPTION, each.read(form)) for each in (head, leader)] == [["co-quan"]] * 2
    # A head with an account names the person, not the leadership (R33).
    assert [
        who.send(form, to=each).status_code
        for who, each in ((head, "mot-cua"), (head, "thu-truong"), (leader, "co-quan"))
    ] == [403, 422, 403]
    other, to = visitor.take(**CONTACT), Person(id="cb-9", role="officer", unit="CQ-MAU")
    attrs.evolve(desk, directory=None).escalate(other, to=to, by=PERSONS["dien-thoai-vien"])
    assert not re.findall(OPTION, head.read(f"/case/{other}/reassign"))
    form = f"/case/{case}/complete"
    assert re.findall(r'name="accused.id" value="([^"]*)"', visitor.read(form)) == ["mot-cua", ""]
    more: Any = {"accused.id": ["mot-cua", "Cơ quan mẫu "], "accused.unit": ["MC-MAU", ""]}
    visitor.send(form, **more)
    known = [(each.id, each.unit) for each in desk.get(case).accused]
    assert known == [("mot-cua", "MC-MAU"), ("co-quan", "CQ-MAU")]
    assert not re.findall(OPTION, head.read(f"/case/{case}/reassign"))
    assert re.findall(OPTION, leader.read(f"/case/{case}/notify_unit")) == ["MC-MAU", "CQ-MAU"]
    assert case in leader.read("/conduct")


def test_whose_unit_is_also_the_agency_is_replaced_as_the_officer(app: Any, visit: Visit) -> None:
    """8.1.c2: the head names who gets it back, and who has two posts is found in both."""
    for name, role, key in (
        ("dm-1", "agency", "nv-1"), ("mc-1", "officer", "nv-1"), ("mc-2", "officer", "nv-2"),
        ("td-1", "agency_head", "nv-3"), ("td-2", "officer", "nv-3"),
    ):  # fmt: skip
        accounts.make_account(app.state.engine, PASSWORD, name=name, label=name, role=role,
                              person_id=key, unit="SO-A", state="open")  # fmt: skip
    app.state.registers.read_at = -9.0
    operator, head = visit("dien-thoai-vien"), visit("td-1")
    case = operator.take(**CONTACT)
    operator.send(f"/case/{case}/escalate", to="mc-2")
    visit("mc-2").send(f"/case/{case}/request_verification", agency="SO-A",
                       appointment="2025-04-29T10:00")  # fmt: skip
    operator.send(f"/case/{case}/complete", **{"accused.id": "nv-2", "accused.unit": "SO-A"})
    form = f"/case/{case}/reassign"
    assert re.findall(OPTION, head.read(form)) == ["mc-1", "td-2"]
    assert head.send(form, to="mc-1").status_code == 200
    overview = visit("lanh-dao").read("/overview")
    assert case in overview.partition('id="untold"')[2].partition("<h2")[0]
    assert app.state.registers.find_head("SO-A", app.state.clock()) == "nv-3"
