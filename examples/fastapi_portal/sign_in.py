"""The sign-in: a signed cookie says who it is, and each form carries the token of the session.

The cookie is SameSite=Lax and HttpOnly. A form without the token is refused, so no other site
can act for somebody who signed in.
"""

import hmac
import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import QueryParams

from examples.fastapi_portal.accounts import Account, check_password
from examples.fastapi_portal.rendering import render
from phananh import Case
from phananh.aio import AsyncDesk

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."
CODES_KEPT = 5  # tracking codes in a session; a cookie is small
router = APIRouter()


def find_account(request: Request) -> Account | None:
    """Return the account that the session names, if there still is one."""
    found: Account | None = request.app.state.accounts.get(request.session.get("account"))
    return found


def require_account(request: Request) -> Account:
    """Return who signed in, or send them to the sign-in."""
    account = find_account(request)
    if account is None:
        raise HTTPException(303, headers={"Location": "/sign-in"})
    return account


async def read_form(request: Request) -> QueryParams:
    """Return the fields of a form of ours; 403 where the token is not that of the session."""
    try:
        form = QueryParams((await request.body()).decode())
    except ValueError:
        raise HTTPException(400) from None
    token = request.session.get("token", "")
    if not token or not hmac.compare_digest(form.get("token", "").encode(), token.encode()):
        raise HTTPException(403)
    return form


def desk_of(request: Request) -> AsyncDesk:
    """Return the desk of this process."""
    desk: AsyncDesk = request.app.state.desk
    return desk


def code_of(request: Request, key: str) -> str | None:
    """Return the tracking code by which this citizen came to a case (reading R48)."""
    code: str | None = request.session.get("codes", {}).get(key)
    return code


def keep_code(request: Request, case: Case, code: object) -> None:
    """Keep the code of a case for this session, so that its citizen can act on it."""
    if not isinstance(code, str):  # the case was erased since
        return
    codes = {**request.session.get("codes", {}), case.id: code}
    request.session["codes"] = dict(list(codes.items())[-CODES_KEPT:])


SignedIn = Annotated[Account, Depends(require_account)]
Form = Annotated[QueryParams, Depends(read_form)]


@router.get("/sign-in")
async def ask(request: Request) -> Response:
    """Show the sign-in."""
    return render(request, "sign_in.html")


@router.post("/sign-in")
def sign_in(request: Request, form: Form) -> Response:
    """Begin a session, with a token of its own; in a thread, since the hash takes a while."""
    name = form.get("name", "")
    if not check_password(request.app.state.accounts.get(name), form.get("password", "")):
        return render(request, "sign_in.html", status=401, error=WRONG, name=name)
    request.session.clear()
    request.session.update(account=name, token=secrets.token_urlsafe(32))
    return RedirectResponse("/", 303)


@router.post("/sign-out")
async def sign_out(request: Request, form: Form) -> Response:
    """End the session: the browser forgets the cookie."""
    request.session.clear()
    return RedirectResponse("/sign-in", 303)
