"""The forms of the acts: whom and what of this portal they offer, and the act that one means."""

from collections.abc import Mapping

from examples.portal.accounts import Account
from phananh import Case, Person, Role
from phananh.acts import Act, make_act

Accounts = dict[str, Account]
HANDLERS = (
    Role.OFFICER,
    Role.PROVIDER,
    Role.LEADERSHIP,
)  # who gets a case (Art. 8.1.b, 8.2.a, 8.3)
WORKERS = (Role.OFFICER, Role.PROVIDER, Role.AGENCY)


def list_options(trigger: str, case: Case, accounts: Accounts) -> dict[str, dict[str, str]]:
    """Return what a form offers of this portal, by the name of the field: people, or units."""
    people, holder = accounts.items(), case.holder
    if trigger == "escalate":
        return {"to": {name: e.label for name, e in people if e.person.role in HANDLERS}}
    if trigger == "request_verification":
        known = reversed([*accounts.values()])  # a unit has the words of its first account
        return {"agency": {e.person.unit: e.label for e in known if e.person.unit}}
    if trigger == "reassign" and holder:
        of_unit = ((n, e) for n, e in people if e.person.unit == holder.unit)
        return {"to": {n: e.label for n, e in of_unit if is_other_worker(e.person, holder.id)}}
    return {}


def is_other_worker(person: Person, holder: str | None) -> bool:
    """Tell whether a person can take a case from whoever has it (Art. 8.1.c2)."""
    return person.role in WORKERS and person.id != holder


def read_act(trigger: str, form: Mapping[str, str], accounts: Accounts, by: Person) -> Act:
    """Return the act of a form, in which the name of an account stands for its person."""
    to = accounts.get(form.get("to", ""))
    return make_act(trigger, {**form, "to": to.person.as_dict()} if to else form, by=by)
