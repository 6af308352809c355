"""JSON for programs that an operator signed in; the cookie and the token are Django's."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from hotline.calls import answer_call, record_call
from hotline.desks import get_desk, get_person, load
from hotline.errors import ERRORS, facts_of
from hotline.models import Call
from phananh import Person, Role, Sender

View = Callable[..., JsonResponse]


def for_operators(view: View) -> View:
    """Lend the operator who signed in to a view, and answer with what the caller can put right."""

    @wraps(view)
    def told(request: HttpRequest, **given: Any) -> JsonResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"error": "not_signed_in"}, status=401)
        operator = get_person(request.user)
        if operator.role is not Role.OPERATOR:
            return JsonResponse({"error": "not_an_operator"}, status=403)
        try:
            return view(request, operator, **given)
        except ERRORS as error:
            status, facts = facts_of(error)
            return JsonResponse(facts, status=status)

    return told


@require_POST
@for_operators
def cases(request: HttpRequest, by: Person) -> JsonResponse:
    """Record a call and its case together; the same Idempotency-Key gives the same case."""
    said = json.loads(request.body)
    case = record_call(
        kind=said["kind"],
        content=said["content"],
        sender=Sender(name=said.get("name"), phone=said.get("phone")),
        seconds=said["seconds"],
        by=by,
        command_id=request.headers["Idempotency-Key"],
    )
    return JsonResponse(case.as_dict("vi"), status=201)


@require_POST
@for_operators
def answer(request: HttpRequest, by: Person, case: str) -> JsonResponse:
    """Answer the version that was seen, and mark the call; 409 if somebody recorded since."""
    said = json.loads(request.body)
    load(case, by)  # an unknown case for whoever may not read it
    done = answer_call(
        case,
        text=said["text"],
        by=by,
        expected=said["version"],
        command_id=request.headers["Idempotency-Key"],
    )
    return JsonResponse(done.as_dict("vi"))


@require_GET
@for_operators
def counts(_request: HttpRequest, _by: Person) -> JsonResponse:
    """Count calls and cases: they are equal when nobody writes, whatever was killed before."""
    desk = get_desk()
    return JsonResponse(
        {
            "calls": Call.objects.count(),
            "calls_answered": Call.objects.filter(answered=True).count(),
            "cases": desk.count(limit=1_000_000),
            "cases_answered": desk.count(states=["answered"], limit=1_000_000),
        }
    )
