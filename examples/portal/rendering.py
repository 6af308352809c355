"""Pages from templates: what each of them gets, in the language of whoever reads it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from fastapi import Request
from fastapi.responses import Response
from fastapi.templating import Jinja2Templates

from phananh import words
from phananh.worktime.instants import VIETNAM


def clock_text(at: datetime | None) -> str:
    """Return an instant as pages show it."""
    return f"{at:%H:%M %d/%m/%Y}" if at else ""


TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")
TEMPLATES.env.filters["clock"] = clock_text
TEMPLATES.env.filters["sentence"] = lambda text: text[:1].upper() + text[1:]
TEMPLATES.env.filters["moment"] = lambda at: clock_text(datetime.fromtimestamp(at, VIETNAM))
WORDS = {"labels": "trigger", "states": "state", "kinds": "kind", "roles": "role"}


def lang_of(request: Request) -> Literal["vi", "en"]:
    """Return the language of a page: of `?lang=`, else of the cookie, else Vietnamese."""
    named = request.query_params.get("lang") or request.cookies.get("lang")
    return "en" if named == "en" else "vi"


def translate(request: Request) -> Callable[[str, str], str]:
    """Return what takes a text in both languages, and returns the one of this request."""
    is_english = lang_of(request) == "en"
    return lambda vi, en: en if is_english else vi


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """Return a page; what a template is given is escaped.

    Each template also has `t(vi, en)`, `lang`, `account` (None of a citizen), `token` for its
    forms, and the words of steps, states, kinds and roles: `labels`, `states`, `kinds`, `roles`.
    `names` are those of people and units by their ids.
    """
    state, lang = request.state, lang_of(request)
    told: dict[str, Any] = {name: words(group, lang) for name, group in WORDS.items()}
    told |= {"account": state.account, "token": state.token, "lang": lang, "t": translate(request)}
    told |= {"names": request.app.state.registers.list_names(), **context}
    return TEMPLATES.TemplateResponse(request, template, told, status_code=status)
