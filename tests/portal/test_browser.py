"""A real browser, as wide as a phone: a case from the form to the public, with each role's pages.

`PORTAL_PICTURES=docs/assets` also takes the pictures of `examples/portal/README.md` anew.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pyotp
import pytest

from phananh import Desk, open_store
from phananh.samples import draw_changes
from phananh.testing.clock import ManualClock
from tests.portal.visitor import FRIDAY, OTP_KEY, PASSWORD, PEOPLE, portal
from tests.servers.home import free_port

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
uvicorn = pytest.importorskip("uvicorn")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install the package chromium"),
]
STAFF = tuple(name for name, *_ in PEOPLE if name != "co-quan-2")
CONTENT = "Đường trước nhà tôi hỏng từ tháng trước, mẫu"


@pytest.fixture
def browse(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Any]]:
    """Run the portal by a clock that stands, and return what opens it in a browser of its own."""
    monkeypatch.setenv("PHANANH_DB", str(shutil.copy(template, tmp_path)))
    app, port, faults = portal.make_app(ManualClock(FRIDAY)), free_port(), list[str]()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    options: Any = {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu"]}
    window = {
        "viewport": {"width": 360, "height": 740},
        "base_url": f"http://127.0.0.1:{port}",
        "locale": "vi-VN",
    }
    with ThreadPoolExecutor() as pool, sync_api.sync_playwright() as playwright:
        pool.submit(server.run)
        browser = playwright.chromium.launch(**options)

        def enter(name: str | None = None, **options: Any) -> Any:
            page = browser.new_context(**window, **options).new_page()
            page.set_default_timeout(60_000)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda said: said.type == "error" and faults.append(said.text))
            page.goto("/sign-in" if name else "/send")
            if name:
                # The administrator alone needs a code.
                send(page, "sign-in", name=name, password=PASSWORD, otp=pyotp.TOTP(OTP_KEY).now())
            return page

        yield enter
        server.should_exit = True
    # An answer that refuses is said on the console too.
    assert [each for each in faults if "Failed to load resource" not in each] == []


def send(page: Any, action: str, **typed: str) -> None:
    """Fill in the form of an address as people do, and send it."""
    names = [f"[name='{name.replace('__', '.')}']" for name in typed] or ["[name='token']"]
    form = page.locator(f"main form[action$='/{action}']").filter(has=page.locator(names[0]))
    for name, text in zip(names, typed.values(), strict=False):
        if "kind" in name:
            form.locator(f"[value='{text}']").check()
        elif form.locator(f"select{name}").count():
            form.locator(name).select_option(text)
        else:
            form.locator(name).fill(text)
    form.get_by_role("button").last.click()


def carry(browse: Callable[..., Any], **options: Any) -> dict[str | None, Any]:
    """Carry a case from the form to the public, and return the window of each who had it."""
    pages = {name: browse(name, **options) for name in (None, *STAFF)}
    citizen, operator, officer, agency, *_ = pages.values()
    name = normalize("NFD", "Người Gửi Mẫu")
    send(citizen, "send", kind="regulation", content=normalize("NFD", CONTENT), sender__name=name)
    send(citizen, "send", sender__phone="0218 383 1022")  # which was missing
    code = citizen.locator(".code").inner_text()
    citizen.locator("main a[href^='/my/']").first.click()
    case = citizen.url.rpartition("/")[2]
    for page, act, typed in (
        (operator, "escalate", {"to": "mot-cua"}),
        (officer, "request_verification", {"agency": "CQ-MAU", "appointment": "2025-04-28T15:00"}),
        (agency, "report_findings", {"text": "Kết quả xác minh mẫu"}),
        (officer, "answer", {"text": "Trả lời mẫu: đã sửa đường"}),
    ):
        page.goto("/inbox")
        page.locator(f"main a[href='/case/{case}']").first.click()
        page.locator(f"main a[href$='/{act}']").click()
        send(page, act, **typed)
    operator.goto(f"/case/{case}/publish")
    send(operator, "publish")
    citizen.goto("/track")
    send(citizen, "track", code=code.lower())
    assert "Trả lời mẫu: đã sửa đường" in citizen.content()
    citizen.locator("button[name='score']").last.click()
    citizen.goto("/results?q=duong truoc nha")
    assert CONTENT in citizen.locator("article").inner_text()
    return pages


def look_around(page: Any) -> dict[str, list[str]]:
    """Return what shuts people out of each kind of page that links lead to, or is too wide."""
    seen, ahead, only = dict[str, list[str]](), ["/"], {"resultTypes": ["violations"]}
    while ahead:
        path = ahead.pop()
        kind = re.sub(r"HB-[\w-]+|=[^&]*", "*", path)
        if kind in seen or kind.endswith("lang*"):
            continue
        headers, seen[kind] = page.request.get(path).headers, []
        is_page = headers["content-type"].startswith("text/html")
        if is_page and "sandbox" not in headers["content-security-policy"]:  # as a letter is
            page.goto(path)
            found = axe.Axe().run(page, options=only).response["violations"]
            bad = [str(each) for each in found if each["impact"] in ("serious", "critical")]
            is_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            seen[kind] = [*bad, *["scrolls sideways"] * is_wide]
            links = page.locator("a[href]")
            ahead += links.evaluate_all("all => all.map(each => each.pathname + each.search)")
    return seen


def test_a_case_is_carried_to_the_public_on_a_phone(browse: Callable[..., Any]) -> None:
    """Each finds their way, no page scrolls sideways or shuts anyone out, and paper has no menu."""
    pages = carry(browse)
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


def test_a_case_is_carried_to_the_public_without_javascript(browse: Callable[..., Any]) -> None:
    """The forms and links are enough."""
    carry(browse, java_script_enabled=False)


@pytest.mark.skipif("PORTAL_PICTURES" not in os.environ, reason="PORTAL_PICTURES names no folder")
def test_the_pictures_of_the_readme_are_taken(browse: Callable[..., Any]) -> None:
    """They show a month of samples, and none is large."""
    now, folder = ManualClock(FRIDAY)(), Path(os.environ["PORTAL_PICTURES"])
    with open_store(os.environ["PHANANH_DB"]) as store:
        store.commit([*draw_changes(300, since=now - timedelta(days=30), until=now)])
        path = f"/case/{Desk(store=store).find(states=['received'], limit=1).rows[0].case}"
    for name, who, shown, width in (
        ("send", None, "/send", 360),
        ("staff", "dien-thoai-vien", path, 800),
        ("overview", "lanh-dao", "/overview", 800),
    ):
        page = browse(who)
        page.set_viewport_size({"width": width, "height": 640})
        page.goto(shown)
        page.locator("main h1, main .steps").last.scroll_into_view_if_needed()
        page.screenshot(path=folder / f"portal-{name}.jpg", quality=60)
        assert (folder / f"portal-{name}.jpg").stat().st_size < 60_000, name
