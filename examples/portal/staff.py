"""The pages of the staff: the inbox, a call, searches, a case with its steps, publications."""

import secrets
from datetime import datetime, timedelta
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from examples.portal.accounts import Account
from examples.portal.cases import clock_text, find_readable, is_readable, list_names, show
from examples.portal.errors import message_of, status_of
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import Form, SignedIn, desk_of, record_read, require_role
from phananh import Desk, Person, PhanAnhError, words
from phananh.acts import make_act
from phananh.office import Procedures, find_related, list_publications

router = APIRouter()
Operator = Annotated[Account, Depends(require_role("operator"))]
Centre = Annotated[Account, Depends(require_role("operator", "leadership"))]
SHOWN = 30  # rows of a page
NAMED = ("kind", "channel", "sender", "accused", "about_unit", "procedure")  # asked of a caller


@router.get("/inbox")
async def inbox(request: Request, account: SignedIn, after: str | None = None) -> Response:
    """Show what is for somebody to see to, the most urgent first."""
    desk, lang = desk_of(request), lang_of(request)
    box = await desk.inbox(account.person, lang=lang, limit=SHOWN, after=after)
    names = list_names(request.app.state.accounts)
    return render(request, "staff_inbox.html", rows=box.rows, next=box.next, names=names)


@router.post("/search")
async def search(request: Request, account: SignedIn, form: Form) -> Response:
    """Show the cases with some words, or the one with an id or code; no address has the words."""
    desk, text, person = desk_of(request), form.get("text", "").strip(), account.person
    try:
        case = await desk.get(text, for_=person)
        return RedirectResponse(f"/case/{case.id}", 303)
    except PhanAnhError:
        pass  # it is no id
    try:
        found = await desk.search(text, by=person, lang=lang_of(request), limit=SHOWN)
    except PhanAnhError as error:
        status = status_of(error)
        message = message_of(error, status, lang_of(request))
        return render(request, "staff_search.html", status=status, text=text, error=message)
    names = list_names(request.app.state.accounts)
    return render(request, "staff_search.html", text=text, rows=found.rows, names=names)


@router.get("/search")
async def ask_search(request: Request, _account: SignedIn) -> Response:
    """Show the form of a search."""
    return render(request, "staff_search.html", text="", rows=())


@router.get("/all")
async def find(
    request: Request, account: Centre, state: str = "", kind: str = "", unit: str = "",
    holder: str = "", late: str = "", after: str | None = None,
) -> Response:  # fmt: skip
    """Show the cases that meet some filters, the newest first."""
    asked = {"state": state, "kind": kind, "unit": unit, "holder": holder, "late": late}
    filters: dict[str, Any] = {
        "states": state and [state], "kind": kind, "unit": unit, "holder": holder,
        "late": bool(late),
    }  # fmt: skip
    given = {name: value for name, value in filters.items() if value}
    rows, following = await desk_of(request).run(
        find_readable, account.person, order="newest", limit=SHOWN, after=after, **given
    )
    names, accounts = list_names(request.app.state.accounts), request.app.state.accounts
    units = {each.person.unit for each in accounts.values() if each.person.unit}
    return render(
        request, "staff_all.html", rows=rows, next=following, asked=asked, names=names,
        units={each: names[each] for each in sorted(units)},
    )  # fmt: skip


@router.get("/new")
async def new(request: Request, account: Operator) -> Response:
    """Show the form of a call (Art. 7.1)."""
    return await show_receipt(request, account, form={}, click=secrets.token_hex(16))


async def show_receipt(
    request: Request, account: Account, *, status: int = 200, **told: object
) -> Response:
    """Return the form of a call."""
    (step,) = await desk_of(request).steps(None, account.person)
    fields = {each.name: each for each in step.fields}
    return render(request, "staff_new.html", status=status, fields=fields, **told)


@router.post("/new/look")
async def look(request: Request, account: Operator, form: Form) -> Response:
    """Show what may help during a call, beside what was typed so far.

    They are the likeliest procedures of the catalogue (Art. 12.2), and the caller's other cases.
    """
    procedures, today = procedures_of(request), request.app.state.clock().date()
    chosen = procedures.get(form.get("procedure", ""), on=today)
    likely = procedures.search(form.get("content", ""), on=today)
    lang, told = lang_of(request), form.get("sender.phone") or form.get("sender.name")
    rows = await desk_of(request).run(find_of_caller, account.person, told or "", lang)
    offered = dict.fromkeys((*([chosen] if chosen else ()), *likely))
    found: dict[str, Any] = {"procedures": offered, "rows": rows, "form": form, "is_looked": True}
    if "HX-Request" in request.headers:
        return render(request, "staff_found.html", **found)
    return await show_receipt(request, account, click=form.get("click"), **found)


def procedures_of(request: Request) -> Procedures:
    """Return the catalogue of procedures."""
    found: Procedures = request.app.state.registers.get("procedures")
    return found


def find_of_caller(desk: Desk, person: Person, told: str, lang: Any) -> tuple[Any, ...]:
    """Return the cases with the number or name that a caller gave, none if it has no letter."""
    try:
        return desk.search(told, by=person, lang=lang, limit=5).rows
    except PhanAnhError:
        return ()


@router.post("/new")
async def receive(request: Request, account: Operator, form: Form) -> Response:
    """Take a call that an operator writes down."""
    try:
        act = make_act("receive", {"channel": "phone", **form}, by=account.person)
        command = f"{account.person.id}:{form.get('click')}"
        case = await desk_of(request).do(None, act, command_id=command)
    except PhanAnhError as error:
        status = status_of(error)
        message = message_of(error, status, lang_of(request))
        told = {"error": message, "form": form, "click": form.get("click")}
        return await show_receipt(request, account, status=status, **told)
    if await desk_of(request).may_read(str(case.code), account.person):
        raise HTTPException(404)  # a call from before they were accused
    return render(request, "staff_sent.html", status=201, case=case)


@router.get("/case/{key}")
async def case_page(request: Request, key: str, account: SignedIn) -> Response:
    """Show a case: when it is due and why, and a button for each act."""
    names, lang = list_names(request.app.state.accounts), lang_of(request)
    shown = await desk_of(request).run(show, key, account.person, lang, names)
    record_read(request, key, "case")
    cautions = [words("caution", lang)[each] for each in shown["cautions"]]
    return render(request, "staff_case.html", shown=shown, names=names, cautions=cautions)


@router.get("/case/{key}/related")
async def related(request: Request, key: str, account: Centre) -> Response:
    """Propose the cases that may belong to this one; somebody decides, and nothing is merged."""
    rows = await desk_of(request).run(relate, key, account.person)
    is_part = "HX-Request" in request.headers
    return render(request, "staff_related.html", key=key, rows=rows, is_part=is_part)


def relate(desk: Desk, key: str, person: Person) -> list[tuple[Any, str, str]]:
    """Return each case that may belong to one, when it came, and how it begins."""
    own = desk.get(key, for_=person)
    found = []
    for each in find_related(desk, own, by=person)[:10]:
        other = desk.get(each.case, for_=person)
        plain = other.as_dict(for_=person)
        found.append((each, clock_text(other.received_at), (plain["content"] or "")[:120]))
    return found


@router.get("/publications")
async def publications(request: Request, account: Centre) -> Response:
    """Show what is public, and what waits for a decision, of the last 30 days (Art. 2.2)."""
    since = request.app.state.clock() - timedelta(days=30)
    found = await desk_of(request).run(list_published, account.person, since)
    return render(request, "staff_publications.html", **found)


def list_published(desk: Desk, person: Person, since: datetime) -> dict[str, Any]:
    """Return the first of each list of publications, without cases that are not for a person."""
    found = list_publications(desk, since=since)
    rows: dict[str, tuple[Any, ...]] = {
        "waiting": found.waiting, "held": found.held, "published": found.published,
        "withdrawn": found.withdrawn,
    }  # fmt: skip
    return {
        name: [*islice((e for e in each if is_readable(desk, getattr(e, "case", e), person)), 100)]
        for name, each in rows.items()
    }
