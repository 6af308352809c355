"""Pages from templates: what each of them gets, in the language of whoever reads it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from fastapi import HTTPException, Request
from fastapi.responses import Response
from fastapi.templating import Jinja2Templates

from phananh import Role, words
from phananh.worktime.instants import VIETNAM


def clock_text(at: datetime | None) -> str:
    """Return an instant as pages show it."""
    return f"{at:%H:%M %d/%m/%Y}" if at else ""


TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")
TEMPLATES.env.filters["clock"] = clock_text
TEMPLATES.env.filters["sentence"] = lambda text: text[:1].upper() + text[1:]
TEMPLATES.env.filters["moment"] = lambda at: clock_text(datetime.fromtimestamp(at, VIETNAM))
HANDLING = tuple(role for role in Role if role is not Role.OFFICE)  # which reads no case (Art. 3.4)
# The sections of the menu: path, words in both languages, and who has it (None is a citizen).
SECTIONS = (
    ("/", "Trang đầu", "Home", (None,)),
    ("/send", "Gửi", "Send", (None,)),
    ("/track", "Tra cứu", "Track", (None,)),
    ("/results", "Kết quả", "Results", (None,)),
    ("/guidance", "Khiếu nại, tố cáo", "Complaints", (None,)),
    ("/inbox", "Việc cần xem", "Inbox", HANDLING),
    ("/new", "Ghi cuộc gọi", "New call", (Role.OPERATOR,)),
    ("/search", "Tìm kiếm", "Search", HANDLING),
    ("/all", "Tất cả", "All cases", (Role.OPERATOR, Role.LEADERSHIP)),
    ("/publications", "Công khai", "Publication", (Role.OPERATOR, Role.LEADERSHIP)),
    ("/overview", "Tổng quan", "Overview", (Role.LEADERSHIP,)),
    ("/report", "Báo cáo", "Report", (Role.LEADERSHIP, Role.OFFICE)),
    ("/admin/accounts", "Tài khoản", "Accounts", ("administrator",)),
    ("/admin/registers", "Danh bạ, thông báo", "Registers", ("administrator",)),
    ("/account", "Mật khẩu", "Password", (*Role, "administrator")),
)


def lang_of(request: Request) -> Literal["vi", "en"]:
    """Return the language of a page: of `?lang=`, else of the cookie, else Vietnamese."""
    named = request.query_params.get("lang") or request.cookies.get("lang")
    return "en" if named == "en" else "vi"


def translate(request: Request) -> Callable[[str, str], str]:
    """Return what takes a text in both languages, and returns the one of this request."""
    is_english = lang_of(request) == "en"
    return lambda vi, en: en if is_english else vi


def make_refusal(request: Request, vi: str, en: str) -> HTTPException:
    """Return an error whose page says these words."""
    return HTTPException(422, translate(request)(vi, en))


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """Return a page; what a template is given is escaped.

    Each template also has `t(vi, en)`, `lang`, `account` (None of a citizen), `token` for its
    forms, and the words of steps, states, kinds and roles: `labels`, `states`, `kinds`, `roles`.
    `names` are those of people and units by their ids.
    """
    lang, t, account = lang_of(request), translate(request), request.state.account
    role = account and account.role
    shown = {
        "account": account,
        "sections": [(path, t(vi, en)) for path, vi, en, roles in SECTIONS if role in roles],
        "token": request.state.token,
        "lang": lang,
        "t": t,
        "labels": words("trigger", lang),
        "states": words("state", lang),
        "kinds": words("kind", lang),
        "roles": words("role", lang),
        "names": request.app.state.registers.list_names(),
        **context,
    }
    return TEMPLATES.TemplateResponse(request, template, shown, status_code=status)
