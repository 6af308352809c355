"""What the pages share: who may see a case, what is shown of it, and how a form is recorded."""

import secrets
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from examples.portal.rendering import lang_of, message_of, render, status_of
from examples.portal.sign_in import desk_of, record_read
from phananh import Case, ConflictError, Desk, NotFoundError, Person, PhanAnhError
from phananh.acts import make_act
from phananh.office import list_readable, make_row
from phananh.stores import IndexRow, Query


def load(desk: Desk, key: str, user: Person) -> Case:
    """Return a case as it reads now, by its id and not by its tracking code."""
    case = desk.get(key, for_=user)
    if case.id != key:
        raise NotFoundError(key="...")
    return desk.as_of(case)


def find_readable(desk: Desk, user: Person, /, **filters: Any) -> tuple[list[IndexRow], str | None]:
    """Return a full page of the rows that a user may read, and where the next page begins."""
    page, _ = list_readable(desk.store, Query(**filters), user)
    return list(page.rows), page.next


def show(request: Request, found: Case, page: str, code: str = "") -> dict[str, Any]:
    """Return what a page shows of a case to whoever reads it: what is for them, and their steps.

    The read is recorded, with the page. `code` is what a citizen named the case by (R48).
    """
    record_read(request, found.id, page)
    desk, lang, user = desk_of(request).desk, lang_of(request), request.state.person
    names, key, case = request.app.state.registers.list_names(), code or found.id, desk.as_of(found)
    return {
        "case": case,
        "plain": case.as_dict(lang, for_=user, by_code=bool(code)),
        "row": make_row(desk, found, user, lang),
        "explanation": desk.explain(case, lang=lang).splitlines() if case.deadlines else (),
        "steps": desk.steps(key, user),
        "timeline": desk.timeline(key, lang=lang, names=names, for_=user),
        "click": secrets.token_hex(16),
        "form": {},
    }


def show_new(request: Request, template: str, **shown: Any) -> Response:
    """Return the form of a new case."""
    (step,) = desk_of(request).desk.steps(None, request.state.person)
    fields = {field.name: field for field in step.fields}
    new = {"fields": fields, "form": {}, "click": secrets.token_hex(16)}
    return render(request, template, **{**new, **shown})


def do(request: Request, key: str | None, trigger: str, form: Any, said: Any) -> Any:
    """Record the act of a form, and return the case, or what the form shows when it comes back.

    It counts once for its click, on the version that the form showed. The person before the click
    is of the session, so nobody takes the id of another's act.
    """
    person, version = request.state.person, form.get("version", "")[:9]
    expected = int(version) if version.isdecimal() else 0
    named: dict[str, Any] = {"command_id": f"{person.id}:{form.get('click')}"}
    try:
        act = make_act(trigger, said, by=person)
        return desk_of(request).desk.do(key, act, expected=expected if key else None, **named)
    except PhanAnhError as error:
        status = status_of(error)
        if status in (404, 500):
            raise
        message = message_of(error, status, lang_of(request))
        shown = {"status": status, "error": message, "form": form}
        if status == 503:
            shown["click"] = form.get("click")  # perhaps recorded: the same click settles it
        if isinstance(error, ConflictError):
            shown["seen"] = error.expected  # others recorded since
        return shown
