"""The application: its store, its desk, its sign-in, its pages and its API."""

import asyncio
import os
from binascii import Error as Base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import DataError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect

from examples.portal import admin, api, cases, citizens, leaders, sign_in, staff
from examples.portal.database import VIETNAM, open_engine, read_address
from examples.portal.registers import Registers
from examples.portal.rendering import lang_of, message_of, render, status_of
from examples.portal.sign_in import LARGEST, read_session, save_session
from phananh import Desk, PhanAnhError, open_store
from phananh.aio import AsyncDesk

PARTS = (sign_in, citizens, cases, leaders, admin, staff)  # whose last route is wide
FAULTS = (PhanAnhError, HTTPException, RequestValidationError, DataError, ClientDisconnect, Base64)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def make_app(clock: Callable[[], datetime] = lambda: datetime.now(VIETNAM)) -> FastAPI:
    """Return the application; a test gives it a clock of its own."""
    app = FastAPI(lifespan=open_desk, openapi_url=None)
    app.state.clock, app.state.is_https = clock, os.environ.get("PORTAL_HTTPS") == "1"
    app.state.cookie = "__Host-portal" if app.state.is_https else "portal"
    app.state.engine = open_engine(read_address())
    hosts = ["localhost", "127.0.0.1", "testserver", *os.environ.get("PORTAL_HOSTS", "").split()]
    app.state.registers = Registers(app.state.engine)
    app.state.results = citizens.Results()
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)
    app.middleware("http")(attend)
    for kind in FAULTS:
        app.add_exception_handler(kind, tell)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    for part in PARTS:
        app.include_router(part.router, max_body_size=LARGEST)
    app.mount("/api", api.make_api(app.state))
    return app


@asynccontextmanager
async def open_desk(app: FastAPI) -> AsyncIterator[None]:
    """Open the store of this process, and close it when the last call has ended."""
    threads, office = int(os.environ.get("PORTAL_THREADS", "8")), app.state.registers
    with open_store(read_address()) as store:
        desk = Desk(store=store, clock=app.state.clock, calendar=office, directory=lambda: office)
        async with AsyncDesk(desk, threads=threads) as app.state.desk:
            swept = asyncio.Event()
            sweeps = asyncio.create_task(sweep_each_minute(app.state.desk, office, swept))
            await swept.wait()
            yield
            sweeps.cancel()
    app.state.engine.dispose()


async def sweep_each_minute(desk: AsyncDesk, office: Registers, swept: asyncio.Event) -> None:
    """Record the limits that ran out (Art. 9.2), once what notices of today move was moved."""
    counted = None
    while True:
        with suppress(Exception):  # next time, then
            known = await run_in_threadpool(office.get, "notices"), desk.desk.now().date()
            if counted != known:  # or the library was updated, and knows other days off
                counted = None if (await desk.recalculate(dry_run=False)).failed else known
        with suppress(Exception):  # also where a limit cannot be counted anew
            await desk.sweep()
        swept.set()
        await asyncio.sleep(60)


async def attend(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
    """Read and save the session, forbid foreign scripts and frames, and keep caches out."""
    is_static, is_api = (request.url.path.startswith(x) for x in ("/static/", "/api/"))
    is_page = not is_static and not is_api
    if is_page:
        await run_in_threadpool(read_session, request)
    is_new = is_page and request.state.account and request.state.account.state == "new"
    is_away = is_new and request.url.path not in ("/account", "/sign-out")
    response = RedirectResponse("/account", 303) if is_away else await call(request)
    if is_page:
        await run_in_threadpool(save_session, request, response)
    elif is_api:
        response.headers["Content-Disposition"] = 'attachment; filename="api.json"'
    response.headers.update({**HEADERS, **response.headers})
    if is_static:
        del response.headers["Cache-Control"]  # they name nobody
    if request.app.state.is_https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if is_page and "lang" in request.query_params:
        response.set_cookie("lang", lang_of(request), samesite="lax")
    return response


async def tell(request: Request, error: Exception) -> Response:
    """Send whoever has to sign in there, and say the rest on a page; faults go to the log."""
    status, message, headers = 422, "", dict[str, str]()
    if isinstance(error, HTTPException):
        status, headers = error.status_code, dict(error.headers or {})
        message = error.detail if status == 422 else ""
    if not hasattr(request.state, "saved"):  # of a file, or of /api/ with a line break
        return Response(status_code=status)
    if status == 303:
        return RedirectResponse(headers["Location"], 303)
    if isinstance(error, PhanAnhError):
        message = message_of(error, status := status_of(error), lang_of(request))
    answer = render(request, "message.html", status=status, code=status, message=message)
    answer.headers.update(headers)
    return answer
