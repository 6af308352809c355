"""A call and its case: what belongs together is recorded in one transaction, or not at all."""

from django.db import transaction

from hotline.desks import get_desk
from hotline.models import Call
from phananh import Case, Kind, Person, Sender


def record_call(
    *, kind: Kind | str, content: str, sender: Sender, seconds: int, by: Person,
    click: str | None,
) -> Case:  # fmt: skip
    """Record a call and its case together; the same click gives the same case.

    The account before the click is from the sign-in, so nobody takes the id of another's act.
    """
    with transaction.atomic():
        case = get_desk().receive(
            kind=kind,
            channel="phone",
            content=content,
            sender=sender,
            by=by,
            command_id=f"{by.id}:{click}",
        )
        Call.objects.get_or_create(case=case.id, defaults={"seconds": seconds})
    return case


def answer_call(case: str, *, text: str, by: Person, expected: int, click: str | None) -> Case:
    """Answer the version that was seen, and mark the call, together."""
    with transaction.atomic():
        command = f"{by.id}:{click}"
        done = get_desk().answer(case, text=text, by=by, expected=expected, command_id=command)
        Call.objects.filter(case=done.id).update(answered=True)
    return done
