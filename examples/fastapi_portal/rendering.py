"""Pages from templates: what each of them gets, and the token of the session in every form."""

import secrets
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from fastapi.templating import Jinja2Templates

from examples.fastapi_portal.cases import clock_text
from phananh import words

TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")
TEMPLATES.env.filters["clock"] = clock_text
TEMPLATES.env.globals |= {"labels": words("trigger", "vi"), "states": words("state", "vi")}


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """Return a page; what a template is given is escaped."""
    session = request.session
    session.setdefault("token", secrets.token_urlsafe(32))
    account = request.app.state.accounts.get(session.get("account"))
    shown = {"account": account, "token": session["token"], **context}
    return TEMPLATES.TemplateResponse(request, template, shown, status_code=status)
