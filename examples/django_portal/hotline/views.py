"""The page of the inbox and of a case, and the transaction that a call and its case share."""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hotline.models import Call
from phananh import Case, Desk, InputError, Person, PhanAnhError
from phananh.acts import make_act
from phananh.stores import DjangoStore

desk = Desk(store=DjangoStore())  # each call uses the connection of its thread
CallForm = modelform_factory(Call, fields=["seconds"])


def get_person(user: Any) -> Person:
    """Return the person whom a user is: their group is `operator` or, say, `officer/MC-MAU`.

    Raises:
        PermissionDenied: the user is in no such group, or in several, or their name is no id.
    """
    names = user.groups.values_list("name", flat=True)
    found = [name for name in names if name == "operator" or name.startswith("officer/")]
    if len(found) != 1:
        raise PermissionDenied
    role, _, unit = found[0].partition("/")
    try:
        return Person(id=user.get_username(), role=role, unit=unit or None)
    except InputError:
        raise PermissionDenied from None


def list_officers() -> list[Person]:
    """Return the officers to whom a case can be passed on (Art. 8.1.b)."""
    found = []
    users = User.objects.filter(is_active=True, groups__name__startswith="officer/")
    for user in users.distinct():
        with suppress(PermissionDenied):
            found.append(get_person(user))
    return found


def record(trigger: str, key: str | None, form: Any, by: Person) -> Case:
    """Record an act, and with a new case the call that it came by, or neither of them.

    The account before the click is from the sign-in, so nobody takes the id of another's act.
    """
    officers = {each.id: each for each in list_officers()}
    if form.get("to") in officers:
        form["to"] = officers[form["to"]].as_dict()
    version = form.get("version", "")[:9]
    with transaction.atomic():
        case = desk.do(
            key,
            make_act(trigger, form, by=by),
            expected=(int(version) if version.isdecimal() else -1) if key else None,
            command_id=(click := form.get("click")) and f"{by.id}/{click}",
        )
        if key is None:
            Call.objects.get_or_create(case=case.id, defaults={"seconds": form["seconds"]})
    return case


@login_required
def show(
    request: HttpRequest, key: str | None = None, *, error: str = "", status: int = 200
) -> HttpResponse:
    """Show the inbox, and one case with its steps, or the form of a new one."""
    user = get_person(request.user)
    case = desk.as_of(desk.get(key, for_=user)) if key else None
    sent = request.resolver_match.kwargs.get("trigger")
    steps = [step.as_dict("vi") for step in desk.steps(case, user)]
    for step in steps:
        typed = request.POST if step["trigger"] == sent else {}
        step["inputs"] = list_inputs(step["fields"], typed, case.accused if case else ())
        step["click"] = secrets.token_hex(16)
    shown = {
        "rows": desk.inbox(user, lang="vi", limit=50).rows,
        "case": case and case.as_dict("vi", for_=user),
        "call": case and Call.objects.filter(case=case.id).first(),
        "call_form": CallForm(request.POST or None),
        "lines": desk.timeline(case, lang="vi", for_=user) if case else (),
        "explanation": desk.explain(case, lang="vi") if case and case.deadlines else "",
        "steps": steps,
        "sent": sent,
        "officers": list_officers(),
        "error": error,
    }
    return render(request, "page.html", shown, status=status)


def list_inputs(fields: Any, typed: Any, accused: Any) -> Iterator[dict[str, Any]]:
    """Yield the fields of a form, those of a group by names such as `sender.name`.

    A list of accused replaces the one before, so it is asked for only where nobody is accused.
    """
    for field in fields:
        if not field["fields"] or field["name"] == "to":
            yield {**field, "value": typed.get(field["name"], "")}
        elif not (accused and field["name"] == "accused"):
            for own in field["fields"]:
                name, label = f"{field['name']}.{own['name']}", f"{field['vi']}: {own['vi']}"
                yield {**own, "name": name, "vi": label, "value": typed.get(name, "")}


@login_required
@require_POST
def act(request: HttpRequest, trigger: str, key: str | None = None) -> HttpResponse:
    """Record an act on the version that the page showed, or show the page with what is wrong."""
    user = get_person(request.user)
    if key:
        desk.get(key, for_=user)  # an unknown case for whoever may not read it
    elif not CallForm(request.POST).is_valid():
        return show(request, error="Cần ghi cuộc gọi dài bao nhiêu giây.", status=422)
    try:
        case = record(trigger, key, request.POST.copy(), user)
    except PhanAnhError as error:
        if error.http_status in (404, 500, 503):
            raise
        return show(request, key, error=error.as_dict("vi")["message"], status=error.http_status)
    if desk.may_read(case, user):  # it lies with others now
        return redirect("home")
    return redirect("case", key=case.id)
