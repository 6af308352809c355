"""The sign-in of the staff, the session of everybody, and the token in each form."""

import json
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from hashlib import sha256
from ipaddress import IPv6Address
from pathlib import Path
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from pyotp import TOTP, random_base32
from pyotp.utils import strings_equal
from sqlalchemy import Engine, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from examples.portal import accounts
from examples.portal.accounts import LONGEST, SHORTEST, Account, check_password, read_accounts
from examples.portal.database import ACCOUNTS, READS, SESSIONS, fetch, record
from examples.portal.rendering import render
from phananh import Case, Person, Role
from phananh.aio import AsyncDesk

SECONDS = 8 * 3600  # that a session lasts
COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text().split())
CODES_KEPT = 50  # tracking codes in a session
LARGEST = 500_000  # bytes of a form; the desk takes 20,000 characters of a text
WITH_FILE = ("/files", "/admin/registers")  # how the addresses end that take a file
A_WHILE = 15 * 60  # seconds, from the first attempt
FORGET = text("delete from portal_failures where ends_at < :now")
COUNT = text(
    "insert into portal_failures (key, count, ends_at) values (:key, 1, :ends_at) "
    "on conflict (key) do update set count = portal_failures.count + 1 returning count"
)
router = APIRouter()


def limit(request: Request, what: str, who: str = "", *, most: int) -> None:
    """Count an attempt by this address, or at `who`, and answer 429 to one too many in a while."""
    now, host = int(time.time()), request.client.host if request.client else ""
    with suppress(ValueError):  # a household has as many as 2**64 of IPv6
        host = IPv6Address(host.removeprefix("::ffff:")).exploded[:19]
    count = COUNT.bindparams(key=f"{what} {who or host}"[:200], ends_at=now + A_WHILE)
    if record(request.app.state.engine, FORGET.bindparams(now=now), count)[1] > most:
        raise HTTPException(429, headers={"Retry-After": str(A_WHILE)})


def digest(*words: str) -> str:
    """Return the digest of a cookie, or of a cookie for one purpose."""
    return sha256("\0".join(words).encode()).hexdigest()


def fetch_session(request: Request) -> tuple[str, Account | None]:
    """Return what the session of this request holds now, and its account."""
    own = SESSIONS.c.id == digest(request.state.cookie)
    query = select(SESSIONS.c.content).where(own & (SESSIONS.c.ends_at > time.time()))
    saved = next((row.content for row in fetch(request.app.state.engine, query)), "{}")
    return saved, find_near(request, json.loads(saved).get("account", ""))


def read_session(request: Request) -> None:
    """Say on the request whose it is: `account`, `person`, and the `token` of its forms."""
    state, app, new = request.state, request.app.state, secrets.token_urlsafe(32)
    given = request.cookies.get(app.cookie, "")
    state.cookie = given if len(given) == len(new) else new
    state.saved, state.account = fetch_session(request)
    session = request.scope["session"] = json.loads(state.saved)
    first = session.get("first", state.cookie)  # so that forms that are open stay good
    state.token, app.accounts = digest(first, "token"), app.registers.get("accounts")
    citizen = Person(id=f"cong-dan-{digest(first, 'person')[:16]}", role=Role.CITIZEN)
    state.person = state.account.person if state.account else citizen


def save_session(request: Request, response: Response) -> None:
    """Record what this request changed of its session, beside the codes of another meanwhile."""
    state, app, saved = request.state, request.app.state, request.state.saved
    own, session = SESSIONS.c.id == digest(state.cookie), request.session
    while (content := json.dumps(session)) != saved:
        change = update(SESSIONS).where(own, SESSIONS.c.content == saved).values(content=content)
        if record(app.engine, change)[0] or (saved := fetch_session(request)[0]) == "{}":
            break  # of a session that ended meanwhile nothing is kept
        session["codes"] = json.loads(saved).get("codes", {}) | session.get("codes", {})
    given = request.cookies.get(app.cookie)  # a form of another site comes without one
    if given != state.cookie and (given or request.method == "GET"):
        safe: dict[str, Any] = {"httponly": True, "samesite": "lax", "secure": app.is_https}
        response.set_cookie(app.cookie, state.cookie, **safe)


def begin_session(request: Request, **content: Any) -> None:
    """End the session on the server, so that a copy of its cookie is worth nothing; begin anew."""
    state, now = request.state, int(time.time())
    old = (SESSIONS.c.id == digest(state.cookie)) | (SESSIONS.c.ends_at < now)
    state.cookie, state.saved = secrets.token_urlsafe(32), json.dumps(content)
    request.scope["session"] = content
    row = {"id": digest(state.cookie), "ends_at": now + SECONDS, "content": state.saved}
    new = insert(SESSIONS).values(account=content.get("account"), **row)
    record(request.app.state.engine, delete(SESSIONS).where(old), *[new] * bool(content))


def require_account(request: Request) -> Account:
    """Return who signed in, or send them to the sign-in."""
    if request.state.account is None:
        raise HTTPException(303, headers={"Location": "/sign-in"})
    return cast(Account, request.state.account)


def require_citizen(request: Request) -> None:
    """Refuse the staff; a citizen is anybody that has not signed in."""
    if request.state.account:
        raise HTTPException(403)


def require_role(*roles: str) -> Callable[[Request], Account]:
    """Return the dependency that lets people of these roles in, and nobody else."""

    def require(request: Request) -> Account:
        if (account := require_account(request)).role not in roles:
            raise HTTPException(403)
        return account

    return require


async def read_form(request: Request) -> AsyncIterator[FormData]:
    """Yield what was sent of a form of ours; 403 by another's token, or if it changed meanwhile."""
    if request.method == "GET":
        yield FormData()
        return
    kind, state = request.headers.get("content-type", "").lower(), request.state
    if "charset" in kind.replace("charset=utf-8", ""):  # some take minutes to be read
        raise HTTPException(400)
    try:
        form = await request.form(max_files=int(request.url.path.endswith(WITH_FILE)))
    except ValueError:
        raise HTTPException(400) from None
    saved, account = await run_in_threadpool(fetch_session, request)
    is_same = (account, saved == "{}") == (state.account, state.saved == "{}")
    if not is_same or not strings_equal(str(form.get("token", "")), state.token):
        raise HTTPException(403)
    try:
        yield form
    finally:
        await request.close()  # of its files


def desk_of(request: Request) -> AsyncDesk:
    """Return the desk of this process."""
    return cast("AsyncDesk", request.app.state.desk)


def add_code(request: Request, case: Case, code: object) -> None:
    """Add the code of a case to this session, so that its citizen can act on it."""
    if isinstance(code, str):  # it is None if the case was erased since
        codes = {**request.session.get("codes", {}), case.id: code}
        request.session["codes"] = dict(list(codes.items())[-CODES_KEPT:])
        if "first" not in request.session:  # the cookie may be from others
            begin_session(request, first=request.state.cookie, **request.session)


def record_reads(request: Request, page: str, *cases: str) -> None:
    """Record that a page shows staff personal data of cases, once a day; of citizens nothing."""
    if cases and (account := request.state.account):
        read = {"who": account.name, "page": page, "at": int(time.time())}
        words = (account.name, page, str(read["at"] // 86_400))
        rows = [{"id": digest(case, *words), "case_id": case, **read} for case in cases]
        new = postgresql.insert(READS).values(rows)
        record(request.app.state.engine, new.on_conflict_do_nothing())  # SQLite spells it alike


SignedIn = Annotated[Account, Depends(require_role(*Role))]
Owner = Annotated[Account, Depends(require_account)]
Citizen = Annotated[None, Depends(require_citizen)]
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
    account = find_near(request, name)
    is_right = check_password(account, str(form.get("password", "")))
    if not (account and is_right and use_code(engine, account, form)):
        return render(request, "sign_in.html", status=401, is_wrong=True, name=name)
    begin_session(request, account=name)
    return RedirectResponse("/", 303)


def find_near(request: Request, name: str) -> Account | None:
    """Return an account that is not closed, and may be used from here: a sample at the machine."""
    host = request.client.host if request.client else ""
    is_proxied = {"forwarded", "x-forwarded-for"} & {*request.headers}
    is_near = host in ("127.0.0.1", "::1") and not is_proxied
    account = read_accounts(request.app.state.engine, name).get(name)
    states = ("new", "open", "sample") if is_near else ("new", "open")
    return account if account and account.state in states else None


def find_step(key: str, form: Any) -> int:
    """Return of which half minute the code of an authenticator is, 0 if it is wrong now."""
    code, now = str(form.get("otp", "")).replace(" ", ""), int(time.time()) // 30
    steps = (n for n in (now + 1, now, now - 1) if strings_equal(TOTP(key).generate_otp(n), code))
    return next(steps, 0)


def use_code(engine: Engine, account: Account, form: Any) -> bool:
    """Tell whether the code of an authenticator is right, once, if the account has one."""
    if account.otp_key is None:
        return True
    right = find_step(account.otp_key, form)
    first = (ACCOUNTS.c.name == account.name) & (ACCOUNTS.c.otp_used < right)
    return bool(record(engine, update(ACCOUNTS).where(first).values(otp_used=right))[0])


@router.post("/sign-out")
def sign_out(request: Request, form: Form) -> Response:
    """End the session, with the codes of a citizen, as on a computer that others use."""
    begin_session(request)
    return RedirectResponse("/", 303)


@router.api_route("/account", methods=FORM)
def change_own(request: Request, account: Owner, form: Form) -> Response:
    """Change the password, or begin or end the use of an authenticator, and all older sessions."""
    new, code, old = form.get("new"), form.get("otp"), str(form.get("password", ""))
    key = request.session.setdefault("otp_key", random_base32())
    if not form:
        return render(request, "account.html", otp_key=key)
    limit(request, "name", account.name, most=20)
    if not check_password(account, old):
        raise HTTPException(422, "password")
    fields: dict[str, Any] = {"otp_key": key if code else None, "otp_used": find_step(key, form)}
    if new is not None:
        if not SHORTEST <= len(new) <= LONGEST or {new, new.casefold()} & {old, *COMMON}:
            raise HTTPException(422, "new")
        state = "sample" if account.state == "sample" else "open"
        fields = {"password": accounts.hash_password(new), "state": state}
    elif code and not fields["otp_used"]:
        raise HTTPException(422, "otp")
    accounts.change_account(request.app.state.engine, account.name, **fields)
    begin_session(request, account=account.name)
    return RedirectResponse("/", 303)
