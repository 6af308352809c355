"""The sign-in of the staff, the session of everybody, and the token in each form.

A citizen has no account. Their session names them, and keeps the tracking codes that they gave.
A session is a row of the database. The cookie is a random value, of which the row has the digest,
and the token of the forms is made of it too. The cookie is new at each sign-in.
"""

import hmac
import json
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from pyotp import TOTP, random_base32
from pyotp.utils import strings_equal
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from starlette.datastructures import FormData, QueryParams

from examples.portal import accounts
from examples.portal.accounts import LONGEST, SHORTEST, Account, check_password, find_account
from examples.portal.database import ACCOUNTS, READS, SESSIONS, fetch, record
from examples.portal.limits import WITH_FILE, limit
from examples.portal.rendering import render
from phananh import Case, Person, Role
from phananh.aio import AsyncDesk

SECONDS = 8 * 3600  # that a session lasts
COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text().split())
CODES_KEPT = 50  # tracking codes in a session
router = APIRouter()


def digest(*words: str) -> str:
    """Return the digest of a cookie, or of a cookie for one purpose."""
    return sha256("\0".join(words).encode()).hexdigest()


def read_session(request: Request) -> None:
    """Say on the request whose it is: `account`, `person`, and the `token` of its forms."""
    state, app, new = request.state, request.app.state, secrets.token_urlsafe(32)
    given, state.reads = request.cookies.get(app.cookie, ""), []
    state.cookie = given if len(given) == len(new) else new
    own = (SESSIONS.c.id == digest(state.cookie)) & (SESSIONS.c.ends_at > time.time())
    rows = fetch(app.engine, select(SESSIONS.c.content, SESSIONS.c.ends_at).where(own))
    state.saved, state.ends_at = tuple(rows[0]) if rows else ("{}", int(time.time()) + SECONDS)
    session = request.scope["session"] = json.loads(state.saved)
    state.account = find_account(app.engine, session.get("account", ""))
    state.token, app.accounts = digest(state.cookie, "token"), app.registers.get("accounts")
    citizen = Person(id=f"cong-dan-{digest(state.cookie, 'person')[:16]}", role=Role.CITIZEN)
    state.person = state.account.person if state.account else citizen
    state.reader = state.account.name if state.account else citizen.id


def save_session(request: Request, response: Response) -> None:
    """Record what this request read and changed of its session, before it is answered."""
    state, app, now = request.state, request.app.state, int(time.time())
    content, read = json.dumps(request.session), {"who": state.reader, "at": now}
    reads = [{"id": secrets.token_hex(16), "case_id": c, "page": p, **read} for c, p in state.reads]
    if reads:
        record(app.engine, insert(READS).values(reads))
    if content != state.saved:
        row = {"id": digest(state.cookie), "ends_at": state.ends_at, "content": content}
        old = delete(SESSIONS).where((SESSIONS.c.id == row["id"]) | (SESSIONS.c.ends_at < now))
        new = insert(SESSIONS).values(account=request.session.get("account"), **row)
        with suppress(IntegrityError):  # of a second click at the same time
            record(app.engine, old, new)
    if request.cookies.get(app.cookie) != state.cookie:
        safe: dict[str, Any] = {"httponly": True, "samesite": "lax", "secure": app.is_https}
        response.set_cookie(app.cookie, state.cookie, **safe)


def begin_session(request: Request, **content: str) -> None:
    """End the session on the server, so that a copy of its cookie is worth nothing; begin anew."""
    state, own = request.state, SESSIONS.c.id == digest(request.state.cookie)
    record(request.app.state.engine, delete(SESSIONS).where(own))
    request.scope["session"] = content
    state.saved, state.cookie = "{}", secrets.token_urlsafe(32)
    state.ends_at = int(time.time()) + SECONDS


def require_account(request: Request) -> Account:
    """Return who signed in, or send them to the sign-in, or first to a password of their own."""
    account: Account | None = request.state.account
    if account is None:
        raise HTTPException(303, headers={"Location": "/sign-in"})
    if account.state == "new" and request.url.path != "/account":
        raise HTTPException(303, headers={"Location": "/account"})
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
        if account.role not in roles:
            raise HTTPException(403)
        return account

    return require


async def read_form(request: Request) -> AsyncIterator[QueryParams | FormData]:
    """Yield the fields that were sent of a form of ours, if any; 403 by the token of another."""
    if request.method == "GET":
        yield QueryParams()
        return
    has_file = request.url.path.endswith(WITH_FILE)  # nowhere else does a form have one
    try:
        form = await request.form() if has_file else QueryParams((await request.body()).decode())
    except ValueError:
        raise HTTPException(400) from None
    given = str(form.get("token", "")).encode()
    if not hmac.compare_digest(given, request.state.token.encode()):
        raise HTTPException(403)
    try:
        yield form
    finally:
        await request.close()  # of its files


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
    if isinstance(code, str):  # it is None if the case was erased since
        codes = {**request.session.get("codes", {}), case.id: code}
        request.session["codes"] = dict(list(codes.items())[-CODES_KEPT:])


def record_read(request: Request, case: str, page: str) -> None:
    """Note that this page shows personal data of a case: it is recorded before the answer."""
    request.state.reads.append((case, page))


SignedIn = Annotated[Account, Depends(require_role(*Role))]
Owner = Annotated[Account, Depends(require_account)]
Citizen = Annotated[Person, Depends(require_citizen)]
Form = Annotated[Any, Depends(read_form)]
FORM = ["GET", "POST"]  # the methods of a page with a form


@router.api_route("/sign-in", methods=FORM)
def sign_in(request: Request, form: Form) -> Response:
    """Begin a session with a cookie of its own, after a right password and a right code."""
    if not form:
        return render(request, "sign_in.html")
    name, engine = str(form.get("name", ""))[:64], request.app.state.engine
    limit(request, "address", most=300)
    limit(request, "name", name, most=20)
    account = find_account(engine, name)
    is_right = check_password(account, str(form.get("password", "")))
    if not (account and is_right and is_near(request, account) and use_code(engine, account, form)):
        return render(request, "sign_in.html", status=401, is_wrong=True, name=name)
    begin_session(request, account=name)
    return RedirectResponse("/", 303)


def is_near(request: Request, account: Account) -> bool:
    """Tell whether an account may be used from here: a sample only at the machine itself."""
    host = request.client.host if request.client else ""
    is_proxied = {"forwarded", "x-forwarded-for"} & {*request.headers}
    return account.state != "sample" or (host in ("127.0.0.1", "::1") and not is_proxied)


def use_code(engine: Engine, account: Account, form: Any) -> bool:
    """Tell whether the code of an authenticator is right, once, if the account has one."""
    if account.otp_key is None:
        return True
    code, now = str(form.get("otp", "")).replace(" ", ""), int(time.time()) // 30
    totp, steps = TOTP(account.otp_key), (now - 1, now, now + 1)
    right = max((n for n in steps if strings_equal(totp.generate_otp(n), code)), default=0)
    first = (ACCOUNTS.c.name == account.name) & (ACCOUNTS.c.otp_used < right)
    uses = update(ACCOUNTS).where(first).values(otp_used=right)
    return bool(record(engine, uses)[0])


@router.post("/sign-out")
def sign_out(request: Request, form: Form) -> Response:
    """End the session."""
    begin_session(request)
    return RedirectResponse("/sign-in", 303)


@router.api_route("/account", methods=FORM)
def change_own(request: Request, account: Owner, form: Form) -> Response:
    """Change the password, or begin or end the use of an authenticator, and end other sessions."""
    new, code = form.get("new"), form.get("otp")
    key = request.session.setdefault("otp_key", random_base32())
    if not form:
        return render(request, "account.html", otp_key=key)
    limit(request, "name", account.name, most=20)
    if not check_password(account, str(form.get("password", ""))):
        raise HTTPException(422, "password")
    fields: dict[str, Any] = {"otp_key": key if code else None}
    if new is not None:
        if not SHORTEST <= len(new) <= LONGEST or new.casefold() in COMMON:
            raise HTTPException(422, "new")
        state = "sample" if account.state == "sample" else "open"
        fields = {"password": accounts.hash_password(new), "state": state}
    elif code and not (key and TOTP(key).verify(code.replace(" ", ""), valid_window=1)):
        raise HTTPException(422, "otp")
    request.session.pop("otp_key", None)
    fields["besides"] = digest(request.state.cookie)
    accounts.change_account(request.app.state.engine, account.name, **fields)
    return RedirectResponse("/", 303)
