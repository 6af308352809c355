"""The application: its store, its desk, its sign-in, its pages and its JSON."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.sessions import SessionMiddleware

from examples.portal import act_pages, admin, api, citizens, leaders, letters, sign_in, staff
from examples.portal.accounts import SAMPLES, read_accounts
from examples.portal.errors import message_of, status_of
from examples.portal.limits import BodyLimit
from examples.portal.rendering import lang_of, render, translate
from examples.portal.results import Results
from examples.portal.sign_in import read_session
from phananh import Desk, PhanAnhError, open_store
from phananh.aio import AsyncDesk
from phananh.office import Procedures

FOLDER = Path(__file__).parent
HOURS_SIGNED_IN = 8
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
WORDS = {
    403: (
        "Tài khoản này không được làm việc đó, hoặc biểu mẫu đã cũ: tải lại trang rồi thử lại.",
        "This account may not do that, or the form is too old: load the page again, then try it.",
    ),
    404: ("Không tìm thấy trang này.", "This page was not found."),
    413: ("Nội dung quá dài.", "This is too long."),
}


def read_clock() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def make_app(clock: Callable[[], datetime] = read_clock) -> FastAPI:
    """Return the application; a test gives it a clock of its own."""
    app = FastAPI(lifespan=open_desk, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.clock = clock
    app.state.accounts = read_accounts(Path(os.environ.get("PORTAL_ACCOUNTS", SAMPLES)))
    app.state.results = Results()
    app.state.procedures = Procedures.read(FOLDER / "procedures.csv")
    app.add_middleware(BodyLimit)
    app.middleware("http")(attend)
    app.add_middleware(
        SessionMiddleware,
        secret_key=read_secret(),
        session_cookie="portal",
        max_age=HOURS_SIGNED_IN * 3600,
        same_site="lax",
        https_only=os.environ.get("PORTAL_HTTPS") == "1",
    )
    app.add_exception_handler(PhanAnhError, tell)
    app.add_exception_handler(HTTPException, tell_http)
    app.add_exception_handler(RequestValidationError, tell_invalid)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"))
    for part in (sign_in, citizens, staff, letters, leaders, act_pages, admin, api):
        app.include_router(part.router)
    return app


@asynccontextmanager
async def open_desk(app: FastAPI) -> AsyncIterator[None]:
    """Open the store of this process, and close it when the last call has ended."""
    threads = int(os.environ.get("PORTAL_THREADS", "8"))
    with open_store(os.environ.get("PHANANH_DB", "cases.db")) as store:
        desk = Desk(store=store, clock=app.state.clock)
        async with AsyncDesk(desk, threads=threads) as app.state.desk:
            await app.state.desk.count(limit=1)  # a wrong address ends the start, not a call
            yield


def read_secret() -> str:
    """Return what signs the sessions; every worker needs the same."""
    secret = os.environ.get("PORTAL_SECRET", "")
    if len(secret) < 32:
        wrong = f"PORTAL_SECRET has {len(secret)} characters, and needs 32 or more"
        words = wrong if secret else "PORTAL_SECRET is not set"
        way = 'python -c "import secrets; print(secrets.token_hex())"'
        raise ValueError(f"{words}; set PORTAL_SECRET, such as to the output of: {way}")
    return secret


async def attend(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    """Read the session, forbid foreign scripts and frames, and keep pages out of caches."""
    read_session(request)
    response = await call(request)
    response.headers.update({**HEADERS, **response.headers})
    if "lang" in request.query_params:
        response.set_cookie("lang", lang_of(request), samesite="lax")
    return response


async def tell(request: Request, error: Exception) -> Response:
    """Answer with what the caller can put right; the rest goes to the log."""
    assert isinstance(error, PhanAnhError)
    status, lang = status_of(error), lang_of(request)
    message = message_of(error, status, lang)
    if not request.url.path.startswith("/cases"):
        return render(request, "message.html", status=status, message=message)
    facts = error.as_dict(lang) if status < 500 else {"error": type(error).__name__}
    return JSONResponse({**facts, "message": message}, status)


async def tell_http(request: Request, error: Exception) -> Response:
    """Send whoever has not signed in to the sign-in; say the rest on a page, or in JSON."""
    assert isinstance(error, HTTPException)
    if error.status_code == 303 and error.headers:
        return RedirectResponse(error.headers["Location"], 303)
    words = WORDS.get(error.status_code, (error.detail, error.detail))
    message = translate(request)(*words)
    if request.url.path.startswith("/cases"):
        return JSONResponse({"message": message}, error.status_code)
    return render(request, "message.html", status=error.status_code, message=message)


async def tell_invalid(_request: Request, error: Exception) -> Response:
    """Answer with what is wrong, and without the value, such as NaN, which no answer can hold."""
    assert isinstance(error, RequestValidationError)
    facts = [{name: each[name] for name in ("type", "loc", "msg")} for each in error.errors()]
    return JSONResponse({"detail": facts}, 422)
