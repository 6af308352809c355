"""The doors of the portal: passwords, codes, sessions, files, and what an administrator does."""

import html
import io
import re
import time
import zipfile
from typing import Any

import pyotp
import pytest

from tests.portal.visitor import (
    CONTACT,
    OTP_KEY,
    PASSWORD,
    Visitor,
    app,
    clock,
    database,
    sign_in,
    testclient,
    visit,
)

__all__ = ["app", "clock", "visit"]

NEW = "mật khẩu mới, dài"
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
    assert found.headers["retry-after"] == "900"
    assert sign_in(browser, "co-quan").status_code == 200
    past = database.FAILURES.update().values(ends_at=int(time.time()) - 1)
    database.record(app.state.engine, past)
    assert sign_in(browser, "mot-cua").status_code == 200


def test_a_code_is_right_once(browser: Any) -> None:
    """With an authenticator the password alone is not enough, nor a code that was used."""
    sign_in(browser, "mot-cua")
    me, page = Visitor(browser), browser.get("/account")
    key = re.findall(r'code wrap">([^<]+)<', page.text)[0].replace(" ", "")
    for code, path in (("000000", "/account"), (pyotp.TOTP(key).now(), "/inbox")):
        assert me.send("/account", page=page, password=PASSWORD, otp=code).url.path == path
    me.send("/account", "/sign-out")
    assert sign_in(browser, "mot-cua").status_code == 401
    form = {"name": "mot-cua", "password": PASSWORD, "otp": pyotp.TOTP(key).now()}
    for status in (303, 401):
        token = Visitor(browser).token()
        sent = browser.post("/sign-in", data={**form, "token": token}, follow_redirects=False)
        assert sent.status_code == status
        Visitor(browser).send("/account", "/sign-out")


def test_a_session_ends_with_its_password(app: Any, browser: Any, visit: Any) -> None:
    """A first password leads to one of one's own, in any spelling; other sessions end with it."""
    change(app, "mot-cua", state="new")
    other, me = visit("mot-cua"), Visitor(browser)
    assert sign_in(browser, "mot-cua").url.path == "/account"
    assert browser.get("/inbox").url.path == "/account"
    for easy in ("ngắn", "Qwerty123456"):
        assert me.send("/account", password=PASSWORD, new=easy).status_code == 422
    assert me.send("/account", password=PASSWORD + " ", new=NEW).status_code == 422
    assert me.send("/account", password=PASSWORD, new=NEW).url.path == "/inbox"
    assert other.client.get("/inbox").url.path == "/sign-in"
    stolen = browser.cookies["portal"]
    me.send("/account", "/sign-out")
    browser.cookies.set("portal", stolen)
    assert browser.get("/inbox").url.path == "/sign-in"
    assert sign_in(browser, "mot-cua", NEW).url.path == "/inbox"


def test_samples_let_in_only_who_sits_at_the_machine(app: Any) -> None:
    """A sample account does not open to another address, nor through a proxy."""
    change(app, "mot-cua", state="sample")
    for host, headers, status in (
        ("127.0.0.1", {}, 200),
        ("10.0.0.9", {}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.9"}, 401),
    ):
        browser = testclient.TestClient(app, client=(host, 1), headers=headers)
        assert sign_in(browser, "mot-cua").status_code == status
        browser.close()


def test_files_are_taken_by_their_content(visit: Any) -> None:
    """A file is what it begins with, is given back to be saved, and it is recorded who took it."""
    operator, word = visit("dien-thoai-vien"), io.BytesIO()
    case = operator.take(**CONTACT)
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    at, form = f"/case/{case}/files", {"token": operator.token()}
    for name, content, status in (
        ("đơn.docx", word.getvalue(), 200),
        ("x.pdf", b"<script>", 415),
        ("x.png", b"PK\x03\x04", 415),
        ("x.jpg", b"\xff\xd8\xff" + b"x" * 5_000_001, 413),
        ("x.jpg", b"x" * 6_000_000, 413),
    ):
        sent = operator.client.post(at, data=form, files={"file": (name, content)})
        assert sent.status_code == status, name
    (file,) = re.findall(rf"{at}/\w+", operator.read(f"/case/{case}"))
    found = operator.client.get(file)
    assert found.content == word.getvalue()
    assert found.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%C4%91")
    assert ">tệp</td>" in visit("quan-tri").read(f"/admin/reads?case={case}")


def test_an_administrator_makes_and_closes_accounts(app: Any, visit: Any, browser: Any) -> None:
    """A new account has a first password, shown once, and a closed one no session any more."""
    admin, at = visit("quan-tri"), "/admin/accounts"
    fields = {"do": "make", "name": "moi", "role": "officer", "unit": "MC-MAU"}
    change(app, "quan-tri", otp_key=None)
    assert admin.client.get(at).url.path == "/account"
    change(app, "quan-tri", otp_key=OTP_KEY)
    made = admin.send(at, **fields)
    password = re.search(r'class="code">([^<]+)<', made.text)
    assert password is not None
    assert sign_in(browser, "moi", password[1]).url.path == "/account"
    for wrong in ({"name": "mot-cua"}, {"name": "Moi 2"}, {"name": "moi-2", "role": "citizen"}):
        assert admin.send(at, **{**fields, **wrong}).status_code == 422
    assert admin.send(at, name="moi", do="close").status_code == 200
    assert browser.get("/account").url.path == "/sign-in"
    assert sign_in(browser, "moi", password[1]).status_code == 401


def test_a_notice_is_tried_before_it_counts(app: Any, visit: Any) -> None:
    """The page says what a file would change, and moves due times only when it is confirmed."""
    operator, admin, at = visit("dien-thoai-vien"), visit("quan-tri"), "/admin/registers"
    case = operator.take(**CONTACT)
    operator.send(f"/case/{case}/escalate", to="mot-cua")
    desk, file = app.state.desk.desk, {"file": ("notices.toml", NOTICE)}
    form = {"token": admin.token(), "name": "notices"}
    tried = admin.client.post(at, data=form, files=file)
    assert "1 thời hạn dời" in html.unescape(tried.text)
    assert "01/TB-MAU: 26/04/2025" in tried.text
    assert f"{desk.get(case).due:%d/%m %H}" == "26/04 10"
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', tried.text))
    assert "01/TB-MAU" in admin.client.post(at, data=hidden).text
    assert f"{desk.get(case).due:%d/%m %H}" == "28/04 10"


def test_cookies_and_headers_are_safe(app: Any, browser: Any) -> None:
    """No script of a page, no page in a frame, and under HTTPS a cookie of this host alone."""
    found = browser.get("/sign-in")
    assert re.fullmatch("portal=.*HttpOnly; Path=/; SameSite=lax", found.headers["set-cookie"])
    assert "script-src 'self'" in found.headers["content-security-policy"]
    assert not re.search(r"<script>|style=|onclick", found.text)
    app.state.is_https, app.state.cookie = True, "__Host-portal"
    found = browser.get("/sign-in")
    assert re.fullmatch("__Host-portal=.*; Secure", found.headers["set-cookie"])
    assert found.headers["strict-transport-security"]
