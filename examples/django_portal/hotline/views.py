"""Taking a call, answering its case, and counting both."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from hotline.desks import USERS, desk
from hotline.models import Call
from phananh import (
    ConflictError,
    InputError,
    NotFoundError,
    PhanAnhError,
    RefusedError,
    StepNotAllowedError,
)

STATUS: tuple[tuple[type[PhanAnhError], int], ...] = (
    (NotFoundError, 404),
    (ConflictError, 409),
    (StepNotAllowedError, 409),
    (RefusedError, 422),
    (InputError, 400),
)
BUSY = "Hệ thống đang bận, xin gửi lại với cùng Idempotency-Key."


def tell_errors(view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """Answer with what the caller can put right; 503 asks to send the request again."""

    @wraps(view)
    def told(request: HttpRequest, **given: Any) -> JsonResponse:
        try:
            return view(request, **given)
        except PhanAnhError as error:
            for kind, status in STATUS:
                if isinstance(error, kind):
                    return JsonResponse(error.as_dict("vi"), status=status)
            return JsonResponse({"error": type(error).__name__, "message": BUSY}, status=503)
        except (OperationalError, InterfaceError) as error:  # of a statement of the portal's own
            return JsonResponse({"error": type(error).__name__, "message": BUSY}, status=503)

    return told


@csrf_exempt  # a service for programs; a form for people keeps its token
@require_POST
@tell_errors
def cases(request: HttpRequest) -> JsonResponse:
    """Record a call and its case together; the same Idempotency-Key gives the same case."""
    said = json.loads(request.body)
    with transaction.atomic():
        case = desk.receive(
            kind=said["kind"],
            channel="phone",
            content=said["content"],
            by=USERS[request.headers["X-User"]],
            command_id=request.headers["Idempotency-Key"],
        )
        Call.objects.get_or_create(case=case.id, defaults={"seconds": said["seconds"]})
    return JsonResponse(case.as_dict("vi"), status=201)


@csrf_exempt
@require_POST
@tell_errors
def answer(request: HttpRequest, case: str) -> JsonResponse:
    """Answer the version that was seen, and mark the call; 409 if somebody recorded since."""
    said = json.loads(request.body)
    with transaction.atomic():
        done = desk.answer(
            case,
            text=said["text"],
            by=USERS[request.headers["X-User"]],
            expected=said["version"],
            command_id=request.headers["Idempotency-Key"],
        )
        Call.objects.filter(case=done.id).update(answered=True)
    return JsonResponse(done.as_dict("vi"))


@require_GET
@tell_errors
def counts(_request: HttpRequest) -> JsonResponse:
    """Count calls and cases: they are equal when nobody writes, whatever was killed before."""
    return JsonResponse(
        {
            "calls": Call.objects.count(),
            "calls_answered": Call.objects.filter(answered=True).count(),
            "cases": desk.count(limit=1_000_000),
            "cases_answered": desk.count(states=["answered"], limit=1_000_000),
        }
    )
