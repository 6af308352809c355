"""The form of an act, and what comes back: the case, or the form again with what is wrong.

If two people act at once, the second gets the form with status 409: what the first recorded, the
text that was typed, and the version to act on now. The form of a publication has a proposal, with
what could name somebody masked, beside the original.
"""

import secrets
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from examples.portal.acts import list_options, read_act
from examples.portal.cases import load, show
from examples.portal.errors import message_of, status_of
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import Form, SignedIn, desk_of, record_read
from phananh import ConflictError, PhanAnhError
from phananh.office import propose_publication

router = APIRouter()


@router.get("/case/{key}/{trigger}")
def ask(request: Request, key: str, trigger: str, account: SignedIn) -> Response:
    """Show the form of an act, or why it may not be done now."""
    return show_form(request, key, trigger, form={})


@router.post("/case/{key}/{trigger}")
def act(request: Request, key: str, trigger: str, account: SignedIn, form: Form) -> Response:
    """Record an act on the version that the form showed, or say on the form why not.

    The version and the name of the click come from the form. The person before the click is from
    the sign-in, so nobody takes the id of another's act.
    """
    desk, person, version = desk_of(request).desk, account.person, form.get("version", "")[:9]
    expected = int(version) if version.isdecimal() else 0
    command, told = f"{person.id}:{form.get('click')}", dict[str, Any]()
    try:
        case, said = load(desk, key, person), read_act(request, trigger, form)
        done = desk.do(case.id, said, expected=expected, command_id=command)
        # An agency that reported, say, does not have the case any more.
        return RedirectResponse("/" if desk.may_read(done, person) else f"/case/{key}", 303)
    except PhanAnhError as error:
        status = status_of(error)
        if status in (404, 500):
            raise
        message = message_of(error, status, lang_of(request))
        if status == 503:
            told["click"] = form.get("click")  # perhaps recorded: the same click settles it
        if isinstance(error, ConflictError):
            told["seen"] = error.expected
    return show_form(request, key, trigger, form=form, status=status, error=message, **told)


def show_form(
    request: Request, key: str, trigger: str, *, status: int = 200, seen: int | None = None,
    **told: Any,
) -> Response:  # fmt: skip
    """Return the form of an act on the case as it is now, or of one that it no longer has.

    `seen` is the version that an earlier form showed, if others recorded since.
    """
    shown, names = (
        show(request, key, request.state.person),
        request.app.state.registers.list_names(),
    )
    step = next((each for each in shown["steps"] if each.trigger == trigger), None)
    if step is None and status == 200:
        raise HTTPException(404)
    case, told = shown["case"], {"click": secrets.token_hex(16), **told}
    if trigger == "publish" and step and not step.reasons and shown["plain"]["sender"]:
        accused = [names[each.id] for each in case.accused if each.id in names]
        told["proposal"] = propose_publication(desk_of(request).desk, case, names=accused)
    record_read(request, key, trigger)
    return render(
        request, "staff_act.html", status=status, shown=shown, trigger=trigger, step=step,
        since=() if seen is None else shown["history"][seen:],
        options=list_options(request, trigger, case), **told,
    )  # fmt: skip
