"""What the pages do with cases: take, show and change them. Nothing here knows Flask."""

from collections.abc import Mapping
from typing import Any

import attrs

from examples.flask_portal.accounts import PEOPLE
from phananh import Case, Desk, Person, Sender, words
from phananh.acts import make_act

KINDS = words("kind", "vi")


@attrs.frozen(kw_only=True)
class Shown:
    """A case as a page shows it."""

    case: Case
    state: str
    content: str
    explanation: list[str]
    steps: tuple[Any, ...]
    history: list[str]
    since: list[str]


def receive(desk: Desk, form: Mapping[str, str], by: Person) -> Case:
    """Record a call; the same click gives the same case.

    The account before the click is from the sign-in, so nobody takes the id of another's act.
    """
    return desk.receive(
        kind=form.get("kind", ""),  # type: ignore[arg-type]  # the desk refuses another slug
        channel="phone",
        content=form.get("content", ""),
        sender=Sender(name=form.get("name") or None, phone=form.get("phone") or None),
        by=by,
        command_id=f"{by.id}:{form.get('click')}",
    )


def do(desk: Desk, key: str, trigger: str, form: Mapping[str, str], by: Person) -> None:
    """Do one act; version and click come from the form, and who acts from the sign-in."""
    version, to = form.get("version", "")[:9], PEOPLE.get(form.get("to", ""))
    expected = int(version) if version.isdecimal() else 0
    act = make_act(trigger, {**form, "to": to} if to else form, by=by)
    desk.do(key, act, expected=expected, command_id=f"{by.id}:{form.get('click')}")


def show(desk: Desk, key: str, user: Person, *, since: int | None = None) -> Shown:
    """Return what the page of a case shows; `since` is the version seen before a conflict."""
    case = desk.as_of(desk.get(key, for_=user))
    history, plain = desk.history(key), case.as_dict("vi", for_=user)
    beside = case.deciding_instants
    return Shown(
        case=case,
        state=plain["state_text"],
        content=text_of(plain["content"]),
        explanation=desk.explain(case, lang="vi").splitlines() if case.deadlines else [],
        steps=desk.steps(key, user),
        history=[event.as_text("vi", beside=beside) for event in history],
        since=[e.as_text("vi") for e in history if since is not None and e.n > since],
    )


def text_of(text: object) -> str:
    """Return a text, or why there is none: it is not for this user, or was erased."""
    if text is None:
        return "(không hiển thị với đơn vị của người bị phản ánh)"
    return text if isinstance(text, str) else "(đã xóa)"
