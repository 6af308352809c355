"""A real browser, as wide as a phone: a case from the form to the public, with each role's pages.

`PORTAL_PICTURES=FOLDER` also takes the pictures of `examples/portal/README.md`.
"""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pyotp
import pytest

from phananh.testing.clock import ManualClock
from tests.portal.visitor import FRIDAY, OTP_KEY, PASSWORD, portal, template
from tests.servers.home import free_port

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
uvicorn = pytest.importorskip("uvicorn")

__all__ = ["template"]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install the package chromium"),
]
PHONE = {"width": 360, "height": 740}
Browse = Callable[..., Any]
CONTENT = "Đường trước nhà tôi hỏng từ tháng trước, mẫu"


@pytest.fixture
def home(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run the portal in a thread, by a clock that stands on a Friday, and return its address."""
    monkeypatch.setenv("PHANANH_DB", str(shutil.copy(template, tmp_path)))
    app, port = portal.make_app(ManualClock(FRIDAY)), free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(60)


@pytest.fixture
def browse(home: str) -> Iterator[Browse]:
    """Return what opens the portal in a browser of its own, an account signed in or a citizen's."""
    faults = list[str]()
    with ExitStack() as opened:
        chromium = opened.enter_context(sync_api.sync_playwright()).chromium
        browser = chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        opened.callback(browser.close)

        def enter(name: str | None = None, **options: Any) -> Any:
            window = {"viewport": PHONE, "base_url": home, "locale": "vi-VN", **options}
            page = browser.new_context(**window).new_page()
            page.set_default_timeout(60_000)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda said: said.type == "error" and faults.append(said.text))
            page.goto("/sign-in" if name else "/")
            if name:
                otp = pyotp.TOTP(OTP_KEY).now()  # which the administrator alone needs
                send(page, "sign-in", name=name, password=PASSWORD, otp=otp)
            return page

        yield enter
        # An answer that refuses is said on the console too.
        assert [each for each in faults if "Failed to load resource" not in each] == []


def send(page: Any, action: str, **typed: str) -> None:
    """Fill in the form of an address as people do, and send it."""
    form = page.locator(f"main form[action$='/{action}']")
    for name, text in typed.items():
        field = form.locator(f"[name='{name.replace('__', '.')}']")
        match field.first.evaluate("each => each.type"):
            case "radio":
                form.locator(f"[name='{name}'][value='{text}']").check()
            case "select-one":
                field.select_option(text)
            case _:
                field.fill(text)
    form.get_by_role("button").last.click()


def act(page: Any, case: str, trigger: str, **typed: str) -> None:
    """Go from the list to a case, press the button of a step, and send its form."""
    page.goto("/inbox")
    page.locator(f"main a[href='/case/{case}']").first.click()
    page.locator(f"main a[href$='/{trigger}']").click()
    send(page, trigger, **typed)


def carry(browse: Browse, **options: Any) -> dict[str | None, Any]:
    """Carry a case from the form to the public, and return the window of each who had it."""
    names = (None, "dien-thoai-vien", "mot-cua", "co-quan", "lanh-dao")
    pages = {name: browse(name, **options) for name in names}
    citizen, operator, officer, agency, leader = pages.values()
    citizen.locator("main a[href='/send']").first.click()
    about = {"kind": "regulation", "content": normalize("NFD", CONTENT)}
    send(citizen, "send", **about, sender__name=normalize("NFD", "Người Gửi Mẫu"))
    assert "6" in citizen.locator("#missing").inner_text()  # the clause that asks for a contact
    send(citizen, "send", sender__phone="0218 383 1022")
    code = citizen.locator(".code").inner_text()
    citizen.locator("main a[href^='/my/']").first.click()
    case = citizen.url.rpartition("/")[2]
    act(operator, case, "escalate", to="mot-cua")
    act(officer, case, "request_verification", agency="CQ-MAU", appointment="2025-04-28T15:00")
    act(agency, case, "report_findings", text="Kết quả xác minh mẫu")
    act(officer, case, "answer", text="Trả lời mẫu: đã sửa đường")
    operator.goto(f"/case/{case}/publish")
    assert CONTENT in operator.content()
    send(operator, "publish")
    leader.goto("/report?month=2025-04")
    citizen.goto("/track")
    send(citizen, "track", code=code.lower())
    assert "Trả lời mẫu: đã sửa đường" in citizen.content()
    citizen.locator("[name='score']").select_option("5")
    citizen.locator("form:has([name='score'])").get_by_role("button").click()
    citizen.goto("/results?q=duong truoc nha")
    assert CONTENT in citizen.locator("article").inner_text()
    return pages


def find_faults(page: Any) -> list[str]:
    """Return what shuts people out of a page, and whether it is wider than the screen."""
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    bad = [each for each in found if each["impact"] in ("serious", "critical")]
    faults = [f"{each['id']}: {node['html'][:200]}" for each in bad for node in each["nodes"]]
    is_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return faults + (["scrolls sideways"] if is_wide else [])


def look_around(page: Any) -> dict[str, list[str]]:
    """Return what is wrong with each kind of page that links lead to."""
    seen, ahead = dict[str, list[str]](), ["/"]
    while ahead:
        path = ahead.pop()
        kind = re.sub(r"HB-[\w-]+|=[^&]*", "*", path)
        if kind in seen or kind.endswith("lang*"):
            continue
        seen[kind] = []
        headers = page.request.get(path).headers
        is_page = headers["content-type"].startswith("text/html")
        if is_page and "sandbox" not in headers["content-security-policy"]:  # as a letter is
            page.goto(path)
            seen[kind] = find_faults(page)
            links = page.locator("a[href]")
            ahead += links.evaluate_all("all => all.map(each => each.pathname + each.search)")
    return seen


def test_a_case_is_carried_to_the_public_on_a_phone(browse: Browse) -> None:
    """Each finds their way, no page scrolls sideways or shuts anyone out, and paper has no menu."""
    pages = carry(browse)
    for name in ("thu-truong", "van-phong", "quan-tri", "nha-cung-cap"):
        pages[name] = browse(name)
    seen = {
        (name, *each): bad
        for name, page in pages.items()
        for *each, bad in look_around(page).items()
    }
    assert len(seen) > 40
    assert {each: bad for each, bad in seen.items() if bad} == {}
    citizen = pages[None]
    citizen.goto("/results")
    citizen.emulate_media(media="print")
    shown = citizen.locator("nav, form, button").locator("visible=true")
    assert shown.evaluate_all("all => all.map(each => each.outerHTML)") == []
    assert citizen.pdf().startswith(b"%PDF")


def test_a_case_is_carried_to_the_public_without_javascript(browse: Browse) -> None:
    """The forms and links are enough."""
    carry(browse, java_script_enabled=False)
