"""JSON for programs that an operator signed in; the cookie and the token are Django's."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from hotline.calls import answer_call, record_call
from hotline.desks import get_desk, get_person
from hotline.errors import ERRORS, facts_of
from phananh import Person, Role, Sender

KEY = "Idempotency-Key"
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
        except BadRequest:
            return JsonResponse({"error": "bad_request"}, status=400)
        except ERRORS as error:
            status, facts = facts_of(error)
            return JsonResponse(facts, status=status)

    return told


def read_body(request: HttpRequest, *names: str) -> dict[str, Any]:
    """Return a JSON object that has these fields, and the Idempotency-Key as `click`."""
    try:
        said = json.loads(request.body)
        known = {name: said[name] for name in names}
        return {**said, **known, "click": request.headers[KEY]}
    except (ValueError, TypeError, LookupError, RecursionError):
        raise BadRequest from None


@require_POST
@for_operators
def cases(request: HttpRequest, by: Person) -> JsonResponse:
    """Record a call and its case together; the same Idempotency-Key gives the same case."""
    said = read_body(request, "kind", "content", "seconds")
    if not isinstance(said["seconds"], int) or not 0 <= said["seconds"] < 1_000_000:
        raise BadRequest
    case = record_call(
        kind=said["kind"],
        content=said["content"],
        sender=Sender(name=said.get("name"), phone=said.get("phone")),
        seconds=said["seconds"],
        by=by,
        click=said["click"],
    )
    return JsonResponse(case.as_dict("vi"), status=201)


@require_POST
@for_operators
def answer(request: HttpRequest, by: Person, case: str) -> JsonResponse:
    """Answer the version that was seen, and mark the call; 409 if somebody recorded since."""
    said = read_body(request, "text", "version")
    get_desk().get(case, for_=by)  # an unknown case for whoever may not read it
    done = answer_call(
        case,
        text=said["text"],
        by=by,
        expected=said["version"],
        click=said["click"],
    )
    return JsonResponse(done.as_dict("vi"))
