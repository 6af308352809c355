"""The pages: the list of calls, a new one, and a case with its buttons and what comes back."""

import logging
import secrets
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.calls import answer_call, record_call
from hotline.desks import get_desk, get_person, list_officers
from hotline.errors import ERRORS, facts_of, status_of
from hotline.models import Call
from phananh import ConflictError, InputError, NotFoundError, Person, Role, Sender, words

ACTS = ("escalate", "answer", "close")
KINDS = words("kind", "vi")


@login_required
@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """List what is for the user to see to, with what the portal keeps of their calls."""
    user = get_person(request.user)
    try:
        found = get_desk().inbox(user, lang="vi", limit=50, after=request.GET.get("after"))
    except InputError:
        raise BadRequest from None
    if found.damaged:
        logging.getLogger("hotline").error("damaged: %s", ", ".join(found.damaged))
    calls = Call.objects.filter(case__in=[row.case for row in found.rows])
    seconds = dict(calls.values_list("case", "seconds"))
    rows = [
        {**row.as_dict("vi", personal=True), "due": row.due, "seconds": seconds.get(row.case)}
        for row in found.rows
    ]
    return render(request, "calls.html", {"rows": rows, "next": found.next, "person": user})


@login_required
@require_http_methods(["GET", "POST"])
def new_call(request: HttpRequest) -> HttpResponse:
    """Show the form of a call, and record the call with its case."""
    user = get_person(request.user)
    if user.role is not Role.OPERATOR:
        raise PermissionDenied
    shown: dict[str, Any] = {"kinds": KINDS, "click": secrets.token_hex(16)}
    if request.method == "GET":
        return render(request, "new_call.html", shown)
    said, seconds = request.POST, request.POST.get("seconds", "")[:6]
    try:
        case = record_call(
            kind=said.get("kind", ""),  # type: ignore[arg-type]  # the desk refuses another slug
            content=said.get("content", ""),
            sender=Sender(name=said.get("name") or None, phone=said.get("phone") or None),
            seconds=int(seconds) if seconds.isdecimal() else 0,
            by=user,
            click=said.get("click"),
        )
    except ERRORS as error:
        status, facts = facts_of(error)
        shown |= {"form": said, "error": facts["message"], "click": said.get("click")}
        return render(request, "new_call.html", shown, status=status)
    return redirect("case", case=case.id)


@login_required
@require_GET
def case_page(request: HttpRequest, case: str) -> HttpResponse:
    """Show a case: when it is due and why, and a button for each act."""
    return show(request, get_person(request.user), case)


@login_required
@require_POST
def act(request: HttpRequest, case: str, trigger: str) -> HttpResponse:
    """Record an act on the version that the page showed, or show the case with what is wrong."""
    user = get_person(request.user)
    if trigger not in ACTS:
        raise Http404
    try:
        get_desk().get(case, for_=user)  # an unknown case for whoever may not read it
        do(case, user, trigger, request.POST)
    except ERRORS as error:
        status, facts = facts_of(error)
        since = error.expected if isinstance(error, ConflictError) else None
        told = {"error": facts["message"], "form": request.POST}
        if status == 503:
            said = request.POST.get("click", "")
            told["click"] = said.removesuffix(f"-{trigger}")  # the same click settles it
        return show(request, user, case, status=status, since=since, **told)
    if get_desk().may_read(case, user):  # it lies with others now
        return redirect("calls")
    return redirect("case", case=case)


def do(case: str, user: Person, trigger: str, said: Any) -> None:
    """Do one act; version and click come from the form, and who acts from the sign-in."""
    version = said.get("version", "")[:9]
    expected = int(version) if version.isdecimal() else 0
    click = said.get("click")
    known = {"by": user, "expected": expected, "command_id": f"{user.id}:{click}"}
    if trigger == "answer":
        answer_call(case, text=said.get("text", ""), by=user, expected=expected, click=click)
    elif trigger == "escalate":
        officers = {each.id: each for each in list_officers()}
        if said.get("to") not in officers:
            raise Http404
        get_desk().escalate(case, to=officers[said["to"]], **known)
    else:
        get_desk().close(case, **known)


def show(
    request: HttpRequest, user: Person, key: str, *, status: int = 200, since: int | None = None,
    **told: object,
) -> HttpResponse:  # fmt: skip
    """Return the page of a case; `since` is the version that was seen before a conflict."""
    desk = get_desk()
    try:
        case = desk.as_of(desk.get(key, for_=user))
    except NotFoundError as error:
        status_of(error)
        raise Http404 from None
    history, beside = desk.history(key), case.deciding_instants
    shown = {
        "case": case,
        "plain": case.as_dict("vi", for_=user),
        "explanation": desk.explain(case, lang="vi").splitlines() if case.deadlines else [],
        "history": [event.as_text("vi", beside=beside) for event in history],
        "since": [e.as_text("vi") for e in history if since is not None and e.n > since],
        "steps": [each.as_dict("vi") for each in desk.steps(key, user) if each.trigger in ACTS],
        "officers": list_officers(),
        "click": secrets.token_hex(16),
        **told,
    }
    return render(request, "case.html", shown, status=status)
