"""The pages of the staff: the inbox, a call, searches, a case with its steps, publications."""

from contextlib import suppress
from datetime import timedelta
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from examples.portal.accounts import Account
from examples.portal.cases import do, find_readable, is_readable, load, show, show_new
from examples.portal.errors import message_of
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import Form, SignedIn, desk_of, record_read, require_role
from examples.portal.uploads import list_files
from phananh import Case, InputError, words
from phananh.office import find_related, list_publications

router = APIRouter()
Operator = Annotated[Account, Depends(require_role("operator"))]
Centre = Annotated[Account, Depends(require_role("operator", "leadership"))]
SHOWN = 30  # rows of a page
LISTED = 25  # publications of a list
FILTERS = ("kind", "unit", "holder", "state", "late")


@router.get("/inbox")
def inbox(request: Request, account: SignedIn, after: str | None = None) -> Response:
    """Show what is for somebody to see to, the most urgent first."""
    desk, lang = desk_of(request).desk, lang_of(request)
    box = desk.inbox(account.person, lang=lang, limit=SHOWN, after=after)
    record_read(request, "*", "inbox")  # it names senders
    return render(request, "staff_inbox.html", rows=box.rows, next=box.next)


@router.get("/search")
def ask_search(request: Request, account: SignedIn) -> Response:
    """Show the form of a search."""
    return render(request, "staff_search.html", text="")


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
def find(request: Request, account: Centre, after: str | None = None) -> Response:
    """Show the cases that meet some filters, the newest first."""
    asked = {name: request.query_params.get(name, "") for name in FILTERS}
    filters: dict[str, Any] = {name: asked[name] or None for name in FILTERS[:3]}
    filters["states"] = [asked["state"]] if asked["state"] else None
    filters["late"] = True if asked["late"] else None
    page = {"order": "newest", "limit": SHOWN, "after": after}
    rows, following = find_readable(desk_of(request).desk, account.person, **page, **filters)
    units = sorted({each.unit for each in request.app.state.accounts.values() if each.unit})
    return render(request, "staff_all.html", rows=rows, next=following, asked=asked, units=units)


@router.get("/new")
def new(request: Request, account: Operator) -> Response:
    """Show the form of a call (Art. 7.1)."""
    return show_new(request, "staff_new.html")


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
    return show_new(request, "staff_new.html", click=form.get("click"), **found)


@router.post("/new")
def receive(request: Request, account: Operator, form: Form) -> Response:
    """Take a call that an operator writes down."""
    case = do(request, None, "receive", form, {"channel": "phone", **form})
    if not isinstance(case, Case):
        return show_new(request, "staff_new.html", **case)
    if desk_of(request).desk.may_read(case, account.person):
        raise HTTPException(404)  # a call from before they were accused
    return render(request, "staff_sent.html", status=201, case=case)


@router.get("/case/{key}")
def case_page(request: Request, key: str, account: SignedIn) -> Response:
    """Show a case: when it is due and why, and a button for each act."""
    desk, known = desk_of(request).desk, words("caution", lang_of(request))
    case = load(desk, key, account.person)
    shown = show(request, case, "case") | {
        "cautions": [known[each] for each in desk.cautions(case)],
        "unmet": desk.unmet(case) if case.is_open else (),
        "files": list_files(request, key),
    }
    return render(request, "staff_case.html", **shown)


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
