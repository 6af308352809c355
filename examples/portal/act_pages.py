"""The form of an act, and what comes back: the case, or the form again with what is wrong.

If two people act at once, the second gets the form with status 409: what the first recorded, the
text that was typed, and the version to act on now.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from examples.portal.acts import list_options
from examples.portal.cases import do, show, tell_since
from examples.portal.errors import message_of, status_of
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import Form, code_of, desk_of
from phananh import ConflictError, PhanAnhError

router = APIRouter()


@router.get("/case/{key}/{trigger}")
async def ask(request: Request, key: str, trigger: str) -> Response:
    """Show the form of an act, or why it may not be done now."""
    return await show_form(request, key, trigger, form={})


@router.post("/case/{key}/{trigger}")
async def act(request: Request, key: str, trigger: str, form: Form) -> Response:
    """Record an act on the version that the form showed, or say on the form why not."""
    user, code, accounts = request.state.person, code_of(request, key), request.app.state.accounts
    try:
        done = await desk_of(request).run(do, key, user, code, trigger, form, accounts)
    except PhanAnhError as error:
        told = await describe_error(request, key, form, error)
        return await show_form(request, key, trigger, form=form, **told)
    # An agency that reported, say, does not have the case any more.
    is_away = await desk_of(request).may_read(code or done, user)
    return RedirectResponse("/" if is_away else f"/case/{key}", 303)


async def describe_error(
    request: Request, key: str, form: Mapping[str, str], error: PhanAnhError
) -> dict[str, Any]:
    """Return what a form says of an error, or raise what a form cannot show."""
    status = status_of(error)
    if status in (404, 500):
        raise error
    told: dict[str, Any] = {"status": status, "error": message_of(error, status, lang_of(request))}
    if status == 503:
        told["click"] = form.get("click")  # perhaps recorded: the same click settles it
    if isinstance(error, ConflictError):
        told["since"] = await desk_of(request).run(
            tell_since, key, error.expected, lang_of(request)
        )
    return told


async def show_form(
    request: Request, key: str, trigger: str, *, status: int = 200, **told: Any
) -> Response:
    """Return the form of an act on the case as it is now, or of one that it no longer has."""
    shown = await desk_of(request).run(
        show, key, request.state.person, code_of(request, key), lang_of(request)
    )
    step = next((each for each in shown.steps if each.trigger == trigger), None)
    if step is None and status == 200:
        raise HTTPException(404)
    told = {"click": secrets.token_hex(16), "error": None, "since": (), **told}
    told["options"] = list_options(trigger, shown.case, request.app.state.accounts)
    return render(
        request, "act.html", status=status, shown=shown, trigger=trigger, step=step, **told
    )
