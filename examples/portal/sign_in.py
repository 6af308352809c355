"""The sign-in of the staff, the session of everybody, and the token in each form.

A citizen has no account. Their session names them, and keeps the tracking codes that they gave.

The cookie is SameSite=Lax and HttpOnly. A form without the token is refused, so no other site
can act for somebody who signed in.
"""

import hmac
import secrets
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import QueryParams

from examples.portal.accounts import Account, check_password
from examples.portal.rendering import render
from phananh import Case, Person, Role
from phananh.aio import AsyncDesk

CODES_KEPT = 5  # tracking codes in a session; a cookie is small
router = APIRouter()


def begin_session(request: Request, name: str | None = None) -> None:
    """Begin a session of an account, or of a citizen, with an id and a token of its own."""
    session = request.session
    session.clear()
    session.update(id=secrets.token_hex(8), token=secrets.token_urlsafe(32))
    if name:
        session["account"] = name


def read_session(request: Request) -> None:
    """Say on the request whose it is: `account`, `person`, and the `token` of its forms."""
    if "id" not in request.session:
        begin_session(request)
    session, state = request.session, request.state
    account: Account | None = request.app.state.accounts.get(session.get("account"))
    state.account, state.token = account, session["token"]
    citizen = Person(id=f"cong-dan-{session['id']}", role=Role.CITIZEN)
    state.person = account.person if account else citizen


def require_account(request: Request) -> Account:
    """Return who signed in, or send them to the sign-in."""
    account: Account | None = request.state.account
    if account is None:
        raise HTTPException(303, headers={"Location": "/sign-in"})
    return account


def require_citizen(request: Request) -> Person:
    """Return a citizen, who is anybody that has not signed in; refuse the staff."""
    if request.state.account:
        raise HTTPException(403)
    person: Person = request.state.person
    return person


def require_role(*roles: str) -> Callable[[Request], Account]:
    """Return the dependency that lets people of these roles in, and nobody else."""

    def require(request: Request) -> Account:
        account = require_account(request)
        if account.person.role not in roles:
            raise HTTPException(403)
        return account

    return require


async def read_form(request: Request) -> QueryParams:
    """Return the fields of a form of ours; 403 where the token is not that of the session."""
    try:
        form = QueryParams((await request.body()).decode())
    except ValueError:
        raise HTTPException(400) from None
    token: str = request.state.token
    if not hmac.compare_digest(form.get("token", "").encode(), token.encode()):
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


def add_code(request: Request, case: Case, code: object) -> None:
    """Add the code of a case to this session, so that its citizen can act on it."""
    if not isinstance(code, str):  # the case was erased since
        return
    codes = {**request.session.get("codes", {}), case.id: code}
    request.session["codes"] = dict(list(codes.items())[-CODES_KEPT:])


def record_read(request: Request, case: str, page: str) -> None:
    """Note that this page showed personal data of a case: it is recorded with the answer."""


SignedIn = Annotated[Account, Depends(require_account)]
Citizen = Annotated[Person, Depends(require_citizen)]
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
        return render(request, "sign_in.html", status=401, is_wrong=True, name=name)
    begin_session(request, name)
    return RedirectResponse("/", 303)


@router.post("/sign-out")
async def sign_out(request: Request, form: Form) -> Response:
    """End the session: the browser forgets the cookie."""
    begin_session(request)
    return RedirectResponse("/sign-in", 303)
