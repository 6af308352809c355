"""The doors of the portal: passwords, codes, sessions, files, and what an administrator does."""

import asyncio
import html
import io
import re
import time
import zipfile
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock, Mock

import pyotp
import pytest
from starlette.requests import Request

from examples.portal.api import make_token
from tests.portal.visitor import (
    CONTACT,
    OTP_KEY,
    PASSWORD,
    Visitor,
    app,
    begin_session,
    clock,
    database,
    portal,
    sign_in,
    testclient,
    visit,
)

__all__ = ["app", "clock", "visit"]

NEW = "mật khẩu mới, dài"
REPORT = {"kind": "information", "channel": "phone", "content": "Câu hỏi mẫu"}
FULL = {"key": "act testclient", "count": 60, "ends_at": 2**31 - 1}  # attempts to act
NOTICE = """
format = 1
[[notice]]
document = "01/TB-MAU"
issued = 2025-04-25
[[notice.day]]
date = 2025-04-26
kind = "off"
"""


@pytest.fixture
def browser(app: Any) -> Any:
    """Return a browser in which nobody signed in."""
    with testclient.TestClient(app) as opened:
        yield opened


def change(app: Any, name: str, **fields: object) -> None:
    """Change a column of an account."""
    column = database.ACCOUNTS.c.name == name
    database.record(app.state.engine, database.ACCOUNTS.update().where(column).values(fields))


def test_a_name_is_locked_for_a_while(app: Any, browser: Any) -> None:
    """Twenty passwords lock a name, and no other one, until the while ends."""
    for attempt in range(21):
        found = sign_in(browser, "mot-cua", "sai")
        assert found.status_code == (429 if attempt == 20 else 401)
    assert (found.headers["retry-after"], sign_in(browser, "co-quan").status_code) == ("900", 200)
    database.record(
        app.state.engine, database.FAILURES.update().values(ends_at=int(time.time()) - 1)
    )
    assert sign_in(browser, "mot-cua").status_code == 200


def test_a_code_is_right_once(browser: Any) -> None:
    """With an authenticator the password alone is not enough, nor a code that was used."""
    sign_in(browser, "mot-cua")
    me, page = Visitor(browser), browser.get("/account")
    key = re.findall(r'code wrap">([^<]+)<', page.text)[0].replace(" ", "")
    first, following = (pyotp.TOTP(key).at(time.time() + after) for after in (0, 30))
    for code, path in (("000000", "/account"), (first, "/inbox")):
        assert me.send("/account", page=page, password=PASSWORD, otp=code).url.path == path
    me.send("/account", "/sign-out")
    assert sign_in(browser, "mot-cua").status_code == 401
    form = {"name": "mot-cua", "password": PASSWORD}
    for code, path in ((first, "/sign-in"), (following, "/inbox"), (following, "/sign-in")):
        assert me.send("/sign-in", **form, otp=code).url.path == path
        me.send("/account", "/sign-out")


def test_a_session_ends_with_its_password(app: Any, browser: Any, visit: Any) -> None:
    """A first password leads to one of one's own, in any spelling; other sessions end with it."""
    change(app, "mot-cua", state="new")
    other, me = visit("mot-cua"), Visitor(browser)
    assert sign_in(browser, "mot-cua").url.path == "/account"
    found = (browser.get("/inbox"), browser.get("/send"), browser.post("/case/x/files"))
    assert {each.url.path for each in found} == {"/account"}
    for easy in ("ngắn", "Qwerty123456", PASSWORD):
        assert me.send("/account", password=PASSWORD, new=easy).status_code == 422
    assert me.send("/account", password=PASSWORD + " ", new=NEW).status_code == 422
    assert me.send("/account", password=PASSWORD, new=NEW).url.path == "/inbox"
    assert other.client.get("/inbox").url.path == "/sign-in"
    stolen = browser.cookies["portal"]
    me.send("/account", "/sign-out")
    browser.cookies.set("portal", stolen)
    assert (browser.get("/inbox").url.path, sign_in(browser, "mot-cua", NEW).url.path) == (
        "/sign-in",
        "/inbox",
    )


def test_samples_let_in_only_who_sits_at_the_machine(app: Any) -> None:
    """A sample account does not open to another address, nor through a proxy, nor by a copy."""
    change(app, "mot-cua", state="sample")
    bearer = {"Authorization": f"Bearer {make_token(app.state.engine, 'mot-cua')}"}
    for host, headers, status in (
        ("127.0.0.1", {}, 200),
        ("10.0.0.9", {}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.9"}, 401),
    ):
        browser = testclient.TestClient(app, client=(host, 1), headers=headers)
        browser.portal = app.state.portal
        assert sign_in(browser, "mot-cua").status_code == status
        begin_session(browser, "mot-cua")
        assert (browser.get("/inbox").url.path == "/inbox") is (status == 200)
        assert browser.get("/api/cases", headers=bearer).status_code == status
        browser.close()


def test_files_are_taken_by_their_content(app: Any, visit: Any) -> None:
    """A file is what it begins with, is given back to be saved, and it is recorded who took it.

    It does not open once its case was erased, whoever is entered as the sender then, and no other
    is asked for.
    """
    operator, word = visit("dien-thoai-vien"), io.BytesIO()
    case = operator.take(**CONTACT)
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    at, form = f"/case/{case}/files", {"token": operator.token()}
    for name, content, status in (
        ("đơn.docx", word.getvalue(), 200),
        ("x.pdf", b"<script>", 415),
        ("x.png", b"PK\x03\x04", 415),
        (
            "x.docx",
            word.getvalue().replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x63"),
            415,
        ),
        ("x.jpg", b"\xff\xd8\xff" + b"x" * 5_000_001, 413),
        ("x.jpg", b"x" * 6_000_000, 413),
    ):
        assert (
            operator.client.post(at, data=form, files={"file": (name, content)}).status_code
            == status
        ), name
    (file,) = re.findall(rf"{at}/\w+", operator.read(f"/case/{case}"))
    found = operator.client.get(file)
    assert found.content == word.getvalue()
    assert found.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%C4%91")
    assert ">tệp</td>" in visit("quan-tri").read(f"/admin/reads?case={case}")
    leader = visit("lanh-dao")  # everybody has ten places of their own
    sent = {"data": {"token": leader.token()}, "files": {"file": ("x.pdf", b"%PDF-")}}
    assert [leader.client.post(at, **sent).status_code for _ in range(11)] == [200] * 10 + [413]
    for name, act, said in (
        ("dien-thoai-vien", "reject", {"reasons": ["unclear"], "guidance": "Hướng dẫn mẫu"}),
        ("dien-thoai-vien", "erase", {"ground": "mẫu"}),
        ("lanh-dao", "reopen", {"text": "Lý do mẫu"}),
        ("dien-thoai-vien", "complete", {"sender": app.state.desk.desk.get(case).sender}),
    ):
        getattr(app.state.desk.desk, act)(case, by=app.state.accounts[name].person, **said)
    assert (
        operator.client.get(file).status_code,
        'type="file"' in operator.read(f"/case/{case}"),
    ) == (404, False)


def test_an_administrator_makes_and_closes_accounts(app: Any, visit: Any, browser: Any) -> None:
    """A new account has a first password, shown once, and a closed one no session any more."""
    admin, at = visit("quan-tri"), "/admin/accounts"
    fields = {"do": "make", "name": "moi", "role": "officer", "unit": "MC-MAU"}
    change(app, "quan-tri", otp_key=None)
    assert admin.client.get(at).url.path == "/account"
    change(app, "quan-tri", otp_key=OTP_KEY)
    password = re.search(r'class="code">([^<]+)<', admin.send(at, **fields).text)
    assert password is not None
    assert sign_in(browser, "moi", password[1]).url.path == "/account"
    for wrong in (
        {"name": "mot-cua"},
        {"name": "Moi 2"},
        {"name": "moi-2", "role": "citizen"},
        {"name": "moi-2", "role": "agency", "unit": ""},
    ):
        assert admin.send(at, **{**fields, **wrong}).status_code == 422
    assert "Mở lại" in admin.send(at, name="moi", do="close").text
    change(app, "moi", label="Tên Mẫu", unit="SO-A")
    app.state.registers.read_at = -9.0
    assert app.state.registers.list_names()["moi"] == "Tên Mẫu"
    change(app, "co-quan-2", person_id="moi")
    app.state.registers.read_at = -9.0
    operator, accused = visit("dien-thoai-vien"), {"accused.id": "moi", "accused.unit": "CQ-MAU"}
    told = operator.send("/new", kind="conduct", content="Mẫu", **accused).text
    assert "SO-A" in told  # where they were before, and whose colleagues may have the case
    assert browser.get("/account").url.path == "/sign-in"
    assert sign_in(browser, "moi", password[1]).status_code == 401


def test_a_notice_is_tried_before_it_counts(app: Any, visit: Any) -> None:
    """The page says what a file would change, and moves due times only when it is confirmed."""
    operator, admin, at = visit("dien-thoai-vien"), visit("quan-tri"), "/admin/registers"
    case = operator.take(**CONTACT)
    operator.send(f"/case/{case}/escalate", to="mot-cua")
    desk, file = app.state.desk.desk, {"file": ("notices.toml", NOTICE)}
    tried = admin.client.post(at, data={"token": admin.token(), "name": "notices"}, files=file)
    assert "1 thời hạn dời" in html.unescape(tried.text)
    assert "01/TB-MAU: 26/04/2025" in tried.text
    assert f"{desk.get(case).due:%d/%m %H}" == "26/04 10"
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', tried.text))
    assert "01/TB-MAU" in admin.client.post(at, data=hidden).text
    assert f"{desk.get(case).due:%d/%m %H}" == "28/04 10"
    app.state.registers.put("notices", ".toml", NOTICE.replace("01/", "02/").encode())
    assert "01/TB-MAU" in operator.read(f"/case/{case}")  # as it was counted by
    app.state.registers.put("notices", ".toml", b"format = 0")  # which an update does not take
    assert type(app.state.registers)(app.state.engine).get("notices") is None


def test_a_notice_counts_where_it_was_read_late(
    app: Any, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a worker handed on before it read a new notice is due by it from the next sweep on.

    A sweep in which the database was away is not the last one.
    """
    operator, office = visit("dien-thoai-vien"), app.state.registers
    case, desk = operator.take(**CONTACT), app.state.desk
    office.put("notices", ".toml", NOTICE.encode())
    office.read_at = time.monotonic()
    operator.send(f"/case/{case}/escalate", to="mot-cua")
    assert f"{desk.desk.get(case).due:%d/%m %H}" == "26/04 10"
    office.read_at, waits = -9.0, iter((asyncio.sleep(0), asyncio.sleep(0)))
    asked = Mock(side_effect=[database.DBAPIError("", None, OSError()), *[NOTICE] * 2])
    monkeypatch.setattr(portal, "asyncio", SimpleNamespace(sleep=lambda _: next(waits)))
    with pytest.raises(RuntimeError):  # there is no third wait
        app.state.portal.call(portal.sweep_each_minute, desk, SimpleNamespace(get=asked), Mock())
    assert f"{desk.desk.get(case).due:%d/%m %H}" == "28/04 10"
    waits, failing = iter([asyncio.sleep(0) for _ in range(3)]), AsyncMock(desk=desk.desk)
    failing.recalculate.side_effect = [SimpleNamespace(failed=each) for each in ("x", "")]
    with pytest.raises(RuntimeError):
        app.state.portal.call(portal.sweep_each_minute, failing, office, Mock())
    assert failing.recalculate.await_count == 2  # again only where something failed


def test_cookies_and_headers_are_safe(app: Any, browser: Any) -> None:
    """No script of a page, no page in a frame, and under HTTPS a cookie of this host alone.

    Whoever has no session leaves none behind.
    """
    found = browser.get("/sign-in")
    assert re.fullmatch("portal=.*HttpOnly; Path=/; SameSite=lax", found.headers["set-cookie"])
    assert "script-src 'self'" in found.headers["content-security-policy"]
    assert not re.search(r"<script>|style=|onclick", found.text)
    assert Visitor(browser).send("/sign-in", "/sign-out").status_code == 200
    assert database.fetch(app.state.engine, database.SESSIONS.select()) == []
    app.state.is_https, app.state.cookie = True, "__Host-portal"
    found = browser.get("/sign-in")
    assert re.fullmatch("__Host-portal=.*; Secure", found.headers["set-cookie"])
    assert all((found.headers["strict-transport-security"], app.state.engine.hide_parameters))
    told = (
        browser.get("/static/portal.css"),
        browser.get("/static/khong-co.css"),
        browser.post("/track", data={"code": "x" * 500_001}),
    )
    assert [each.status_code for each in told if "nosniff" in str(each.headers)] == [200, 404, 413]
    assert "set-cookie" not in testclient.TestClient(app).post("/sign-out").headers
    assert browser.get("/sign-in", headers={"Host": "vidu.vn"}).status_code == 400


def test_no_spelling_takes_minutes(
    visit: Any, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password of marks without end is wrong before it is composed, and forms are in UTF-8.

    Of an accused a part is composed once, and of a procedure an id at most is looked for.
    """
    monkeypatch.delattr("examples.portal.accounts.normalize")
    marks, operator, read = "a" + "\u0301\u0316" * 9_000, visit("dien-thoai-vien"), list[int]()
    assert sign_in(browser, "mot-cua", marks).status_code == 401
    for name in ("examples.portal.staff.normalize", "phananh.office.procedures.is_same_id"):
        monkeypatch.setattr(name, lambda _, text: read.append(len(text)))
    said = {"accused.id": marks, "accused.unit": "MC-MAU", "procedure": marks}
    told = [operator.send("/new", path, **said).status_code for path in ("/new", "/new/look")]
    assert (told, max(read), read.count(1_500)) == ([422, 200], 1_500, 1)
    kind = {"Content-Type": "multipart/form-data; boundary=b; charset=punycode"}
    assert browser.post("/case/x/files", headers=kind).status_code == 400


def test_who_was_shut_out_ends_no_slow_act(
    app: Any, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An account that is closed while a body comes does nothing, by a form or by the API."""
    operator, read = visit("dien-thoai-vien"), Request.stream
    token, made = operator.token(), make_token(app.state.engine, "dien-thoai-vien")

    def close(request: Request) -> Any:
        change(app, "dien-thoai-vien", state="closed")
        return read(request)

    monkeypatch.setattr(Request, "stream", close)
    assert operator.client.post("/new", data={"token": token, **REPORT}).status_code == 403
    change(app, "dien-thoai-vien", state="open")
    headers = {"Authorization": f"Bearer {made}", "Idempotency-Key": "k"}
    assert operator.client.post("/api/cases", json=REPORT, headers=headers).status_code == 401
    assert app.state.desk.desk.count() == 0


def test_a_session_is_its_owners(app: Any, visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cookie from others shows them no case, and what was open at a sign-out begins nothing."""
    citizen, other = visit("cong-dan"), visit("cong-dan")
    for each in (citizen, other):
        each.client.cookies.set("portal", "A" * 43, domain="testserver.local")
    case = citizen.take(**CONTACT)
    assert citizen.client.get(f"/my/{case}").status_code == 200
    assert other.client.get(f"/my/{case}").status_code == 404
    database.record(app.state.engine, database.FAILURES.insert().values(FULL))
    assert citizen.send(f"/my/{case}", trigger="note", text="Ý mẫu").status_code == 429

    draw, leave = "examples.portal.sign_in.random_base32", database.SESSIONS.delete()
    read, engine = Request.stream, app.state.engine
    with monkeypatch.context() as slow:
        slow.setattr(Request, "stream", lambda r: (database.record(engine, leave), read(r))[1])
        assert citizen.send("/track", code="Z" * 20).status_code == 403
    officer = visit("mot-cua")
    monkeypatch.setattr(draw, lambda: database.record(app.state.engine, leave) and OTP_KEY)
    assert officer.client.get("/account").status_code == 200
    assert officer.client.get("/inbox").url.path == "/sign-in"


def test_two_tabs_keep_both_codes(app: Any, visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """If two reports are sent at once in one session, it has the code of each."""
    citizen, table, other = visit("cong-dan"), database.SESSIONS, "HB-OF-A-TAB"
    first, engine = citizen.take(**CONTACT), app.state.engine
    ((content,),) = database.fetch(engine, table.select().with_only_columns(table.c.content))
    saved = table.update().values(content=content.replace('{"HB', f'{{"{other}": "x", "HB'))
    name = "examples.portal.citizens.limit"
    monkeypatch.setattr(name, lambda *_, **__: database.record(engine, saved))
    case, page = citizen.take(**CONTACT), citizen.read("/")
    assert [each in page for each in (first, other, case)] == [True] * 3


def test_who_read_a_case_is_found_behind_many_reads(app: Any, visit: Any) -> None:
    """A look at the cases of a caller, and at related ones, is a read; none is out of sight.

    Each is there once a day.
    """
    operator, admin, at = visit("dien-thoai-vien"), visit("quan-tri"), "/admin/reads"
    one, other = (operator.take(**CONTACT) for _ in range(2))
    for _ in range(2):
        operator.client.post("/new/look", data={"token": operator.token(), **CONTACT})
        operator.read(f"/case/{other}/related")
    row = {"who": "x", "case_id": one, "page": "case", "at": 2**31 - 1}
    new = database.READS.insert().values([{"id": f"{n}", **row} for n in range(200)])
    database.record(app.state.engine, new)
    page = admin.read(f"{at}?case={one}")
    (earlier,) = re.findall(r'href="([^"]*before=[^"]*)"', page)
    pages, words = (page, admin.read(at + earlier)), (">cuộc gọi<", ">có thể trùng<")
    assert [[each.count(word) for word in words] for each in pages] == [[0, 0], [1, 1]]
