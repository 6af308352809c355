"""The pages: the list, a new request, the tracking code, and a case with its buttons."""

import secrets

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from examples.fastapi_portal.accounts import Account
from examples.fastapi_portal.cases import show
from examples.fastapi_portal.errors import message_of, status_of
from examples.fastapi_portal.rendering import render
from examples.fastapi_portal.sign_in import Form, SignedIn, code_of, desk_of, keep_code
from phananh import Person, PhanAnhError, Role
from phananh.acts import make_act

router = APIRouter()


@router.get("/")
async def home(request: Request, account: SignedIn, after: str | None = None) -> Response:
    """Show a citizen the cases of this session, and everybody else what is for them to see to."""
    if account.person.role is Role.CITIZEN:
        return render(request, "citizen.html", codes=request.session.get("codes", {}))
    box = await desk_of(request).inbox(account.person, lang="vi", limit=50, after=after)
    return render(request, "list.html", rows=box.rows, next=box.next)


@router.get("/new")
async def new(request: Request, account: SignedIn) -> Response:
    """Show the form of a request."""
    return await show_receipt(request, account, form={}, click=secrets.token_hex(16))


async def show_receipt(
    request: Request, account: Account, *, status: int = 200, **told: object
) -> Response:
    """Return the form of a request."""
    (step,) = await desk_of(request).steps(None, require_receiver(account))
    fields = [each for each in step.fields if each.name in ("kind", "content", "sender")]
    return render(request, "new.html", status=status, fields=fields, **told)


@router.post("/new")
async def receive(request: Request, account: SignedIn, form: Form) -> Response:
    """Take a request: a citizen's own, or a call that an operator writes down."""
    is_call = require_receiver(account).role is Role.OPERATOR
    said = {**form, "channel": "phone" if is_call else "portal"}
    try:
        act = make_act("receive", said, by=account.person)
        command = f"{account.person.id}:{form.get('click')}"
        case = await desk_of(request).do(None, act, command_id=command)
    except PhanAnhError as error:
        status = status_of(error)
        told = {"error": message_of(error, status), "form": form, "click": form.get("click")}
        return await show_receipt(request, account, status=status, **told)
    if not is_call:
        keep_code(request, case, case.code)
    if await desk_of(request).may_read(str(case.code), account.person):
        raise HTTPException(404)  # a call from before they were accused
    return render(request, "sent.html", status=201, case=case)


def require_receiver(account: Account) -> Person:
    """Return who sends or takes requests, and refuse anybody else (Art. 7.1)."""
    if account.person.role not in (Role.CITIZEN, Role.OPERATOR):
        raise HTTPException(403)
    return account.person


@router.post("/track")
async def find_by_code(request: Request, account: SignedIn, form: Form) -> Response:
    """Find a case by its tracking code, which is never part of an address."""
    if account.person.role is not Role.CITIZEN:
        raise HTTPException(403)
    case = await desk_of(request).get(form.get("code", ""), for_=account.person)
    keep_code(request, case, form.get("code"))
    return RedirectResponse(f"/case/{case.id}", 303)


@router.get("/case/{key}")
async def case_page(request: Request, account: SignedIn, key: str) -> Response:
    """Show a case: when it is due and why, and a button for each act."""
    shown = await desk_of(request).run(show, key, account.person, code_of(request, key))
    return render(request, "case.html", shown=shown)
