"""The pages of the staff: the inbox, a new call, and a case with its buttons."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from examples.portal.accounts import Account
from examples.portal.cases import show
from examples.portal.errors import message_of, status_of
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import Form, SignedIn, code_of, desk_of, require_role
from phananh import PhanAnhError
from phananh.acts import make_act

router = APIRouter()
Operator = Annotated[Account, Depends(require_role("operator"))]


@router.get("/inbox")
async def inbox(request: Request, account: SignedIn, after: str | None = None) -> Response:
    """Show what is for somebody to see to, the most urgent first."""
    desk, lang = desk_of(request), lang_of(request)
    box = await desk.inbox(account.person, lang=lang, limit=50, after=after)
    return render(request, "list.html", rows=box.rows, next=box.next)


@router.get("/new")
async def new(request: Request, account: Operator) -> Response:
    """Show the form of a call (Art. 7.1)."""
    return await show_receipt(request, account, form={}, click=secrets.token_hex(16))


async def show_receipt(
    request: Request, account: Account, *, status: int = 200, **told: object
) -> Response:
    """Return the form of a call."""
    (step,) = await desk_of(request).steps(None, account.person)
    fields = [each for each in step.fields if each.name in ("kind", "content", "sender")]
    return render(request, "new.html", status=status, action="/new", fields=fields, **told)


@router.post("/new")
async def receive(request: Request, account: Operator, form: Form) -> Response:
    """Take a call that an operator writes down."""
    try:
        act = make_act("receive", {**form, "channel": "phone"}, by=account.person)
        command = f"{account.person.id}:{form.get('click')}"
        case = await desk_of(request).do(None, act, command_id=command)
    except PhanAnhError as error:
        status = status_of(error)
        message = message_of(error, status, lang_of(request))
        told = {"error": message, "form": form, "click": form.get("click")}
        return await show_receipt(request, account, status=status, **told)
    if await desk_of(request).may_read(str(case.code), account.person):
        raise HTTPException(404)  # a call from before they were accused
    return render(request, "sent.html", status=201, case=case)


@router.get("/case/{key}")
async def case_page(request: Request, key: str) -> Response:
    """Show the staff a case: when it is due and why, and a button for each act."""
    if not request.state.account:
        return RedirectResponse(f"/my/{key}", 303)
    person, code = request.state.person, code_of(request, key)
    shown = await desk_of(request).run(show, key, person, code, lang_of(request))
    return render(request, "case.html", shown=shown)
