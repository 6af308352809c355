"""The forms of the acts: whom and what of this portal they offer, and the act that one means."""

from collections.abc import Mapping

from fastapi import Request

from phananh import Case, Role
from phananh.acts import Act, make_act

HANDLERS = (
    Role.OFFICER,
    Role.PROVIDER,
    Role.LEADERSHIP,
)  # who gets a case (Art. 8.1.b, 8.2.a, 8.3)
WORKERS = (Role.OFFICER, Role.PROVIDER, Role.AGENCY)  # who can take one from another (8.1.c2)


def list_options(request: Request, trigger: str, case: Case) -> dict[str, dict[str, str]]:
    """Return what a form offers of this portal, by the name of the field: people, or units."""
    accounts, names, holder = (
        request.app.state.accounts,
        request.app.state.registers.list_names(),
        case.holder,
    )
    if trigger == "escalate":
        return {"to": {name: e.label for name, e in accounts.items() if e.role in HANDLERS}}
    if trigger == "request_verification":
        focal = {e.person_id: e.label for e in accounts.values() if e.role == Role.AGENCY}
        units = {e.unit: names.get(e.unit, e.unit) for e in accounts.values() if e.unit}
        return {"agency": units, "focal": focal}
    if trigger == "reassign" and holder:
        of_unit = {name: e for name, e in accounts.items() if e.unit == holder.unit}
        others = (n for n, e in of_unit.items() if e.role in WORKERS and e.person_id != holder.id)
        return {"to": {name: of_unit[name].label for name in others}}
    return {}


def read_act(request: Request, trigger: str, form: Mapping[str, str]) -> Act:
    """Return the act of a form, in which the name of an account stands for its person."""
    to = request.app.state.accounts.get(form.get("to", ""))
    given = {**form, "to": to.person.as_dict()} if to else form
    return make_act(trigger, given, by=request.state.person)
