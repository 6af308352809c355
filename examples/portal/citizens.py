"""The pages of citizens, who have no account: send, find by code, and a case of their own."""

import secrets

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from examples.portal.errors import message_of, status_of
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import Citizen, Form, add_code, desk_of
from phananh import Person, PhanAnhError
from phananh.acts import make_act

router = APIRouter()


@router.get("/")
async def home(request: Request) -> Response:
    """Show a citizen the cases of this session, and send the staff to their inbox."""
    if request.state.account:
        return RedirectResponse("/inbox", 303)
    return render(request, "citizen.html", codes=request.session.get("codes", {}))


@router.get("/send")
async def ask(request: Request, citizen: Citizen) -> Response:
    """Show the form of a request."""
    return await show_form(request, citizen, form={}, click=secrets.token_hex(16))


async def show_form(
    request: Request, citizen: Person, *, status: int = 200, **told: object
) -> Response:
    """Return the form of a request."""
    (step,) = await desk_of(request).steps(None, citizen)
    fields = [each for each in step.fields if each.name in ("kind", "content", "sender")]
    return render(request, "new.html", status=status, action="/send", fields=fields, **told)


@router.post("/send")
async def receive(request: Request, citizen: Citizen, form: Form) -> Response:
    """Take a citizen's own request."""
    try:
        act = make_act("receive", {**form, "channel": "portal"}, by=citizen)
        command = f"{citizen.id}:{form.get('click')}"
        case = await desk_of(request).do(None, act, command_id=command)
    except PhanAnhError as error:
        status = status_of(error)
        message = message_of(error, status, lang_of(request))
        told = {"error": message, "form": form, "click": form.get("click")}
        return await show_form(request, citizen, status=status, **told)
    add_code(request, case, case.code)
    return render(request, "sent.html", status=201, case=case)


@router.post("/track")
async def find_by_code(request: Request, citizen: Citizen, form: Form) -> Response:
    """Find a case by its tracking code, which is never part of an address."""
    case = await desk_of(request).get(form.get("code", ""), for_=citizen)
    add_code(request, case, form.get("code"))
    return RedirectResponse(f"/case/{case.id}", 303)
