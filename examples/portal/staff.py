"""The pages of the staff: the inbox, a call, searches, a case with its steps, publications."""

import secrets
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from examples.portal.accounts import ADMINISTRATOR, Account
from examples.portal.cases import find_readable, is_readable, show
from examples.portal.errors import message_of, status_of
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import Form, SignedIn, desk_of, record_read, require_role
from examples.portal.uploads import list_files
from phananh import InputError, PhanAnhError, Role, words
from phananh.acts import make_act
from phananh.office import find_related, list_publications

router = APIRouter()
Operator = Annotated[Account, Depends(require_role("operator"))]
Centre = Annotated[Account, Depends(require_role("operator", "leadership"))]
SHOWN = 30  # rows of a page
LISTED = 25  # publications of a list
NO_INBOX = {Role.OFFICE: "/report", ADMINISTRATOR: "/admin/accounts"}  # where their work is


@router.get("/inbox")
def inbox(request: Request, account: SignedIn, after: str | None = None) -> Response:
    """Show what is for somebody to see to, the most urgent first."""
    if account.role in NO_INBOX:
        return RedirectResponse(NO_INBOX[account.role], 303)
    desk, lang = desk_of(request).desk, lang_of(request)
    box = desk.inbox(account.person, lang=lang, limit=SHOWN, after=after)
    return render(request, "staff_inbox.html", rows=box.rows, next=box.next)


@router.get("/search")
def ask_search(request: Request, account: SignedIn) -> Response:
    """Show the form of a search."""
    return render(request, "staff_search.html", text="", rows=())


@router.post("/search")
def search(request: Request, account: SignedIn, form: Form) -> Response:
    """Show the cases with some words, or the one with an id or code; no address has the words."""
    desk, person, lang = desk_of(request).desk, account.person, lang_of(request)
    text = form.get("text", "").strip()
    if is_readable(desk, text, person):
        return RedirectResponse(f"/case/{desk.get(text).id}", 303)
    try:
        rows = desk.search(text, by=person, lang=lang, limit=SHOWN).rows
    except InputError as error:
        message = message_of(error, 422, lang)
        return render(request, "staff_search.html", status=422, text=text, error=message)
    for row in rows:
        record_read(request, row.case, "search")
    return render(request, "staff_search.html", text=text, rows=rows)


@router.get("/all")
def find(
    request: Request, account: Centre, state: str = "", kind: str = "", unit: str = "",
    holder: str = "", late: str = "", after: str | None = None,
) -> Response:  # fmt: skip
    """Show the cases that meet some filters, the newest first."""
    asked = {"state": state, "kind": kind, "unit": unit, "holder": holder, "late": late}
    filters: dict[str, Any] = {
        "states": [state] if state else None, "kind": kind or None, "unit": unit or None,
        "holder": holder or None, "late": True if late else None,
    }  # fmt: skip
    rows, following = find_readable(
        desk_of(request).desk, account.person, order="newest", limit=SHOWN, after=after, **filters
    )
    units = sorted({each.unit for each in request.app.state.accounts.values() if each.unit})
    return render(request, "staff_all.html", rows=rows, next=following, asked=asked, units=units)


@router.get("/new")
def new(request: Request, account: Operator) -> Response:
    """Show the form of a call (Art. 7.1)."""
    return show_call(request, account, form={}, click=secrets.token_hex(16))


def show_call(request: Request, account: Account, *, status: int = 200, **told: Any) -> Response:
    """Return the form of a call."""
    (step,) = desk_of(request).desk.steps(None, account.person)
    fields = {each.name: each for each in step.fields}
    return render(request, "staff_new.html", status=status, fields=fields, **told)


@router.post("/new/look")
def look(request: Request, account: Operator, form: Form, part: str = "") -> Response:
    """Show what may help during a call, beside what was typed so far, or a part of it.

    They are the likeliest procedures of the catalogue (Art. 12.2), and the caller's other cases.
    """
    procedures, today = request.app.state.registers.get("procedures"), request.app.state.clock()
    chosen = procedures.get(form.get("procedure", ""), on=today.date())
    likely = procedures.search(form.get("content", ""), on=today.date())
    told = form.get("sender.phone") or form.get("sender.name") or ""
    desk, lang, rows = desk_of(request).desk, lang_of(request), tuple[Any, ...]()
    with suppress(InputError):  # there is no letter or digit in it
        if part != "procedures":
            rows = desk.search(told, by=account.person, lang=lang, limit=5).rows
    offered = dict.fromkeys((*([chosen] if chosen else ()), *likely))
    found: dict[str, Any] = {"procedures": offered, "rows": rows, "form": form, "is_looked": True}
    if "HX-Request" in request.headers:
        return render(request, "staff_found.html", part=part, **found)
    return show_call(request, account, click=form.get("click"), **found)


@router.post("/new")
def receive(request: Request, account: Operator, form: Form) -> Response:
    """Take a call that an operator writes down."""
    desk, command = desk_of(request).desk, f"{account.person_id}:{form.get('click')}"
    try:
        act = make_act("receive", {"channel": "phone", **form}, by=account.person)
        case = desk.do(None, act, command_id=command)
    except PhanAnhError as error:
        status = status_of(error)
        message = message_of(error, status, lang_of(request))
        told = {"error": message, "form": form, "click": form.get("click")}
        return show_call(request, account, status=status, **told)
    if desk.may_read(str(case.code), account.person):
        raise HTTPException(404)  # a call from before they were accused
    return render(request, "staff_sent.html", status=201, case=case)


@router.get("/case/{key}")
def case_page(request: Request, key: str, account: SignedIn) -> Response:
    """Show a case: when it is due and why, and a button for each act."""
    shown, known = show(request, key, account.person), words("caution", lang_of(request))
    record_read(request, key, "case")
    cautions = [known[each] for each in shown["cautions"]]
    files = list_files(request, key)
    return render(request, "staff_case.html", shown=shown, cautions=cautions, files=files)


@router.get("/case/{key}/related")
def related(request: Request, key: str, account: Centre) -> Response:
    """Propose the cases that may belong to this one; somebody decides, and nothing is merged."""
    desk, person = desk_of(request).desk, account.person
    found = find_related(desk, desk.get(key, for_=person), by=person)[:10]
    rows = [(each, desk.get(each.case).as_dict(for_=person)) for each in found]
    record_read(request, key, "related")
    is_part = "HX-Request" in request.headers
    return render(request, "staff_related.html", key=key, rows=rows, is_part=is_part)


@router.get("/publications")
def publications(request: Request, account: Centre) -> Response:
    """Show what is public, and what waits for a decision, of the last 30 days (Art. 2.2)."""
    desk, since = desk_of(request).desk, request.app.state.clock() - timedelta(days=30)
    found = list_publications(desk, since=since)
    lists: dict[str, Any] = {}
    for name in ("waiting", "held", "published", "withdrawn"):
        each = getattr(found, name)
        own = (x for x in each if is_readable(desk, getattr(x, "case", x), account.person))
        lists[name] = [*islice(own, LISTED)]
    return render(request, "staff_publications.html", **lists)
