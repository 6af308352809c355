"""The pages of the staff: the inbox, a call, searches, a case and its acts, publications."""

import json
import secrets
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal
from unicodedata import normalize

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from examples.portal.accounts import Account
from examples.portal.cases import digest, do, find_readable, load, show, show_new
from examples.portal.registers import list_held
from examples.portal.rendering import lang_of, message_of, render
from examples.portal.sign_in import FORM, Form, SignedIn, desk_of, limit, record_reads, require_role
from phananh import ActError, Case, InputError, NotFoundError, RefusedError, Role, office, words
from phananh.acts import make_act

router = APIRouter()
Operator = Annotated[Account, Depends(require_role("operator"))]
Centre = Annotated[Account, Depends(require_role("operator", "leadership"))]
Agency = Annotated[Account, Depends(require_role("agency", "agency_head"))]
SHOWN = 20  # rows of a page
Part = Literal["waiting", "held", "published", "withdrawn"]
HANDLERS = (Role.OFFICER, Role.PROVIDER, Role.LEADERSHIP)  # who gets a case (Art. 8.1.b, 8.2.a)
HEADS = json.loads(Path(__file__).with_name("letterheads.json").read_text("utf-8"))
LETTERHEADS = {role: office.Letterhead(**fields) for role, fields in HEADS.items()}
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"  # letters
FILTERS = ("kind", "unit", "holder", "state", "late")


@router.get("/inbox")
def inbox(request: Request, account: SignedIn, after: str = "") -> Response:
    """Show what is for somebody to see to, the most urgent first, and what came back to them."""
    if account.role == Role.OFFICE:
        return RedirectResponse("/", 303)
    desk, person, returned = desk_of(request).desk, account.person, list[Any]()
    box = desk.inbox(person, lang=lang_of(request), limit=SHOWN, after=after or None)
    record_reads(request, "inbox", "*")  # it names senders
    if account.role == Role.OPERATOR and not after:  # with an opinion, say
        rows = find_readable(desk, person, holder="operator", limit=50).rows  # the oldest
        returned = [each for each in rows if each.since > each.received_at]
    return render(request, "staff_inbox.html", rows=box.rows, next=box.next, returned=returned)


@router.api_route("/search", methods=FORM)
def search(request: Request, account: SignedIn, form: Form) -> Response:
    """Show the cases with some words, or the one with an id or code; no address has the words."""
    desk, person, lang = desk_of(request).desk, account.person, lang_of(request)
    text = form.get("text", "").strip()
    if not form:
        return render(request, "staff_search.html", text=text)
    limit(request, "search", account.name, most=300)  # how long one takes tells a little
    with suppress(NotFoundError):
        return RedirectResponse(f"/case/{desk.get(text.upper(), for_=person).id}", 303)
    try:
        rows = desk.search(text, by=person, lang=lang, limit=SHOWN + 1).rows
    except InputError as error:
        message = message_of(error, 422, lang)
        return render(request, "staff_search.html", status=422, text=text, error=message)
    record_reads(request, "search", *(row.case for row in rows[:SHOWN]))
    return render(request, "staff_search.html", text=text, rows=rows, most=SHOWN)


@router.api_route("/outcome", methods=FORM)
def report_outcome(request: Request, account: Agency, form: Form) -> Response:
    """Record what a unit did that was notified. By the id in its notice: it reads no more."""
    if not form:
        return render(request, "staff_outcome.html", click=secrets.token_hex(16), form={})
    limit(request, "outcome", account.name, most=10)  # each makes other forms stale
    with suppress(ActError, InputError, NotFoundError):  # all alike, as it may be about them
        act = make_act("report_outcome", {"text": form.get("text", "")}, by=account.person)
        named: Any = {"command_id": (n := form.get("click")) and f"{account.person_id}:{n}"}
        desk_of(request).desk.do(form.get("case", "").strip().upper(), act, **named)
        return RedirectResponse("/inbox?done=report_outcome", 303)
    return render(request, "staff_outcome.html", status=422, click=form.get("click"), form=form)


@router.get("/all")
def find(request: Request, account: Centre, after: str | None = None) -> Response:
    """Show the cases that meet some filters, the newest first."""
    asked = {name: request.query_params.get(name, "") for name in FILTERS}
    filters: dict[str, Any] = {name: asked[name] or None for name in FILTERS[:3]}
    filters |= {"states": [asked["state"]] if asked["state"] else None, "order": "newest"}
    filters |= {"late": True if asked["late"] else None, "limit": SHOWN, "after": after}
    page = find_readable(desk_of(request).desk, account.person, **filters)
    return render(request, "staff_all.html", rows=page.rows, next=page.next, asked=asked)


@router.post("/new/look")
def look(request: Request, account: Operator, form: Form, part: str = "") -> Response:
    """Show the likeliest procedures during a call (Art. 12.2), and the caller's other cases."""
    procedures, today = request.app.state.registers.get("procedures"), request.app.state.clock()
    chosen = procedures.get(form.get("procedure", ""), on=today.date())
    likely = (chosen, *procedures.search(form.get("content", ""), on=today.date()))
    told = form.get("sender.phone") or form.get("sender.name") or ""
    desk, lang, rows = desk_of(request).desk, lang_of(request), tuple[Any, ...]()
    if part != "procedures":
        limit(request, "search", account.name, most=300)  # as in a search
        with suppress(InputError):  # there is no letter or digit in it
            rows = desk.search(told, by=account.person, lang=lang, limit=5).rows
    record_reads(request, "look", *(row.case for row in rows))
    found: dict[str, Any] = {"rows": rows, "form": form, "is_looked": True, "procedures": likely}
    if "HX-Request" in request.headers:
        return render(request, "staff_found.html", part=part, **found)
    return show_new(request, "staff_new.html", click=form.get("click"), **found)


@router.api_route("/new", methods=FORM)
def receive(request: Request, account: Operator, form: Form) -> Response:
    """Take a call that an operator writes down (Art. 7.1)."""
    if not form:
        return show_new(request, "staff_new.html")
    case = do(request, None, "receive", form, {"channel": "phone", **read_said(request, form)})
    if not isinstance(case, Case):
        return show_new(request, "staff_new.html", **case)
    if desk_of(request).desk.may_read(case.id, account.person):  # as it is now
        raise HTTPException(404)  # a call from before they were accused
    return render(request, "staff_sent.html", status=201, case=case)


@router.get("/case/{key}")
def case_page(request: Request, key: str, account: SignedIn) -> Response:
    """Show a case: when it is due and why, and a button for each act."""
    desk, known = desk_of(request).desk, words("caution", lang_of(request))
    case = load(desk, key, account.person)
    shown = show(request, case, "case") | {"cautions": [known[x] for x in desk.cautions(case)]}
    return render(request, "staff_case.html", **shown)


@router.get("/case/{key}/related")
def related(request: Request, key: str, account: Centre) -> Response:
    """Propose the cases that may belong to this one; somebody decides, and nothing is merged."""
    desk, person = desk_of(request).desk, account.person
    found = office.find_related(desk, load(desk, key, person), by=person)[:10]
    rows = [(each, desk.get(each.case)) for each in found]
    record_reads(request, "related", key, *(each.case for each in found))
    return render(request, "staff_related.html", key=key, rows=rows)


def hand_out(name: str, content: str | bytes) -> Response:
    """Return a document: a page as it is, and any other to be saved."""
    if name.endswith(".html"):
        return Response(content, media_type="text/html", headers={"Content-Security-Policy": ALONE})
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


def write(request: Request, key: str, *kinds: Any) -> dict[str, office.Letter]:
    """Return the letters that can be written for whoever may read what is in them."""
    desk, state, user = desk_of(request).desk, request.app.state, request.state.person
    if not hasattr(state, "letters"):  # to check its templates takes a while
        names: Any = {"names": lambda key: state.registers.list_names().get(key)}
        state.letters = office.Letters(desk=desk, letterhead=LETTERHEADS[Role.LEADERSHIP], **names)
    case, found = load(desk, key, user), dict[str, office.Letter]()
    plain = case.as_dict(for_=user)
    for kind in (x for x in kinds if plain["sender"] and (plain["code"] or x != "receipt")):
        with suppress(InputError, RefusedError):  # nothing to write about, or it names the sender
            found[kind] = state.letters.write(kind, case.id)
    record_reads(request, "letter", key)
    return found


@router.get("/case/{key}/letters")
def preview(request: Request, key: str, account: SignedIn) -> Response:
    """Show the letters that can be written about a case."""
    titles = words("letter", lang_of(request))
    found = write(request, key, *titles)
    return render(request, "staff_letters.html", key=key, letters=found, titles=titles)


@router.get("/case/{key}/letters/{name}")
def get_letter(request: Request, key: str, name: str, account: SignedIn) -> Response:
    """Return a letter, such as answer.docx, as a page, as text or as a file of Word."""
    kind, _, form = name.partition(".")
    letter = write(request, key, kind).get(kind)
    if not letter or form not in ("html", "txt", "docx"):
        raise HTTPException(404)
    texts = {"html": letter.html, "txt": letter.text}
    return hand_out(f"{key}-{name}", texts.get(form) or letter.docx())


@router.get("/publications")
def propose(request: Request, account: Centre, part: Part = "waiting", page: int = 1) -> Response:
    """Show what waits for a decision or is public, of the last 30 days (Art. 2.2)."""
    desk, since = desk_of(request).desk, request.app.state.clock() - timedelta(days=30)
    found = getattr(office.list_publications(desk, since=since), part)
    own = (x for x in found if not desk.may_read(getattr(x, "case", x), account.person))
    first = min(max(0, page - 1), 99_999) * SHOWN
    rows = [(x, desk.get(getattr(x, "case", x))) for x in islice(own, first, first + SHOWN + 1)]
    record_reads(request, "publications", *(case.id for _, case in rows[:SHOWN]))
    return render(request, "staff_publications.html", rows=rows, most=SHOWN, part=part, page=page)


@router.api_route("/case/{key}/{trigger}", methods=FORM)
def act(request: Request, key: str, trigger: str, account: SignedIn, form: Form) -> Response:
    """Show the form of an act, or why it may not be done now, and record it."""
    desk, names = desk_of(request).desk, request.app.state.registers.list_names()
    known = desk.store.find_command(digest(request.state.token, form.get("click", "")))
    hidden = known and desk.may_read(known.case, account.person) and known.case
    if hidden and isinstance(do(request, hidden, trigger, form, read_said(request, form)), Case):
        return RedirectResponse(f"/inbox?done={trigger}", 303)  # a second click
    case, done = load(desk, key, account.person), dict[str, Any]()
    if form:
        limit(request, "act", f"{account.name} {key}", most=30)  # each makes other forms stale
        said = read_said(request, form)
        shown = str(case.as_dict(for_=account.person)["content"]).split()
        if trigger == "complete" and form.get("content", "").split() == shown:
            del said["content"]  # it is no other
        rows = [*zip(said.get("accused.id", ()), said.get("accused.unit", ()), strict=False)]
        if rows == [*((each.id or "", each.unit) for each in case.accused), ("", "")]:
            del said["accused.id"], said["accused.unit"]  # they are no others
        done = do(request, case.id, trigger, form, said)
        if isinstance(done, Case):  # an agency that reported, say, has it no more
            has_it = not desk.may_read(done, account.person)
            return RedirectResponse(f"/case/{key}" if has_it else f"/inbox?done={trigger}", 303)
        case = load(desk, key, account.person)
    shown = show(request, case, "act") | done
    step = next((each for each in shown["steps"] if each.trigger == trigger), None)
    if not (step or done):
        raise HTTPException(404)
    if trigger == "publish" and step and not step.reasons and shown["plain"]["sender"]:
        accused = [names[each.id] for each in case.accused if each.id in names]
        shown["proposal"] = office.propose_publication(desk, case, names=accused)
    shown |= {"events": desk.history(key)}
    shown |= {"guidance": words("guidance", "vi"), "options": list_options(request, trigger, case)}
    return render(request, "staff_act.html", trigger=trigger, step=step, **shown)


def read_said(request: Request, form: Any) -> dict[str, Any]:
    """Return what a form says: an account or name stands for its person, an accused has a unit."""
    said = {name: form.getlist(name) for name in form}
    if to := request.app.state.accounts.get(form.get("to", "")):
        said["to"] = to.person.as_dict()
    known, accused = request.app.state.registers.list_people(), said.get("accused.id", ())
    people = dict(known)
    for n, typed in enumerate(accused):
        plain = normalize("NFC", str(typed).strip()[:1_500])  # a name has 300 at most
        named = {key for key, e in known if e.name == plain}
        accused[n] = named.pop() if len(named) == 1 and typed not in people else typed
    for n, key in enumerate(accused[: len(said.get("accused.unit", ()))]):
        said["accused.unit"][n] = said["accused.unit"][n] or getattr(people.get(key), "unit", "")
    return said


def list_options(request: Request, trigger: str, case: Case) -> dict[str, dict[str, Any]]:
    """Return what a form offers of this portal, by the name of the field: people, or units."""
    state, accused = request.app.state, {e.id.casefold() for e in case.accused if e.id}
    accounts = {n: e for n, e in state.accounts.items() if e.person_id.casefold() not in accused}
    if trigger == "escalate":
        return {"to": {name: each for name, each in accounts.items() if each.role in HANDLERS}}
    if trigger == "request_verification":
        today, people = state.clock().date(), state.registers.list_people()
        posts = {(e.role, e.unit) for e in state.accounts.values() if e.role == Role.AGENCY}
        here = [(k, e) for k, e in people if (getattr(e, "until", None) or today) >= today]
        focal = {k: e for k, e in here if (e.role, e.unit) in posts and k.casefold() not in accused}
        return {"agency": {unit: unit for _, unit in sorted(posts)}, "focal": focal}
    if trigger == "reassign" and (by := request.state.person):
        held = list_held(case)
        posts = {(x.role, x.unit) for x in held if by.role == "leadership" or by.unit == x.unit}
        found = {name: each for name, each in accounts.items() if (each.role, each.unit) in posts}
        return {"to": {n: e for n, e in found.items() if e.person_id not in {x.id for x in held}}}
    return {}
