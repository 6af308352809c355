"""The form of an act, and what comes back: the case, or the form again with what is wrong."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from examples.portal.cases import do, load, show
from examples.portal.rendering import render
from examples.portal.sign_in import Form, SignedIn, desk_of
from phananh import Case, Role
from phananh.office import propose_publication

HANDLERS = (Role.OFFICER, Role.PROVIDER, Role.LEADERSHIP)  # who gets a case (Art. 8.1.b, 8.2.a)
WORKERS = (Role.OFFICER, Role.PROVIDER, Role.AGENCY)  # who can take one from another (8.1.c2)
router = APIRouter()


@router.get("/case/{key}/{trigger}")
def ask(request: Request, key: str, trigger: str, account: SignedIn) -> Response:
    """Show the form of an act, or why it may not be done now."""
    return show_form(request, key, trigger)


@router.post("/case/{key}/{trigger}")
def act(request: Request, key: str, trigger: str, account: SignedIn, form: Form) -> Response:
    """Record an act, in which the name of an account stands for its person."""
    desk, to = desk_of(request).desk, request.app.state.accounts.get(form.get("to", ""))
    said = {**form, "to": to.person.as_dict()} if to else form
    done = do(request, load(desk, key, account.person).id, trigger, form, said)
    if not isinstance(done, Case):
        return show_form(request, key, trigger, **done)
    # An agency that reported, say, does not have the case any more.
    return RedirectResponse("/" if desk.may_read(done, account.person) else f"/case/{key}", 303)


def show_form(request: Request, key: str, trigger: str, **told: Any) -> Response:
    """Return the form of an act on the case as it is now, or of one that it no longer has."""
    desk, names = desk_of(request).desk, request.app.state.registers.list_names()
    shown = show(request, load(desk, key, request.state.person), trigger) | told
    step = next((each for each in shown["steps"] if each.trigger == trigger), None)
    if not (step or told):
        raise HTTPException(404)
    if trigger == "publish" and step and not step.reasons and shown["plain"]["sender"]:
        accused = [names[each.id] for each in shown["case"].accused if each.id in names]
        shown["proposal"] = propose_publication(desk, shown["case"], names=accused)
    shown["options"] = list_options(request, trigger, shown["case"])
    return render(request, "staff_act.html", trigger=trigger, step=step, **shown)


def list_options(request: Request, trigger: str, case: Case) -> dict[str, dict[str, str]]:
    """Return what a form offers of this portal, by the name of the field: people, or units."""
    accounts, names = request.app.state.accounts, request.app.state.registers.list_names()
    if trigger == "escalate":
        return {"to": {name: e.label for name, e in accounts.items() if e.role in HANDLERS}}
    if trigger == "request_verification":
        focal = {e.person_id: e.label for e in accounts.values() if e.role == Role.AGENCY}
        units = {e.unit: names.get(e.unit, e.unit) for e in accounts.values() if e.unit}
        return {"agency": units, "focal": focal}
    if trigger == "reassign" and (now := case.holder):
        of_unit = {n: e for n, e in accounts.items() if e.unit == now.unit and e.role in WORKERS}
        return {"to": {n: e.label for n, e in of_unit.items() if e.person_id != now.id}}
    return {}
