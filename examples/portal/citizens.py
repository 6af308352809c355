"""The pages of citizens, who have no account: send, track, act on a case, and read what is public.

Whoever has the tracking code of a case is its sender (reading R48). The session holds the codes
that were typed in it, so that no address and no link has one.
"""

import secrets
from collections.abc import Mapping
from typing import Annotated, Any

import attrs
from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from examples.portal.errors import message_of, status_of
from examples.portal.limits import limit
from examples.portal.rendering import lang_of, render, translate
from examples.portal.sign_in import (
    Citizen,
    Form,
    add_code,
    begin_session,
    code_of,
    desk_of,
    record_read,
)
from examples.portal.uploads import list_files
from phananh import (
    Case,
    ConflictError,
    Desk,
    InputError,
    MemoryStore,
    NotFoundError,
    Person,
    PhanAnhError,
    Role,
    words,
)
from phananh.acts import make_act
from phananh.events import Answered, Rejected

PAGE = 20  # public results on a page
FEED = 50  # and in a feed
CONTACT = ("sender.name", "sender.address", "sender.phone", "sender.email")  # Art. 6.c
HOTLINE = "02183.1022"  # Art. 5.1
router = APIRouter()


@router.get("/")
def home(request: Request) -> Response:
    """Show a citizen what there is to do, and send the staff to their inbox."""
    if request.state.account:
        is_staff = request.state.account.role in {*Role}
        return RedirectResponse("/inbox" if is_staff else "/admin/accounts", 303)
    codes = request.session.get("codes", {})
    return render(request, "citizen_home.html", codes=codes, hotline=HOTLINE)


@router.get("/guidance")
def guide(request: Request) -> Response:
    """Show where a complaint or a denunciation goes, which is not here (Art. 1.1.b)."""
    return render(request, "citizen_guidance.html", hotline=HOTLINE)


# Sending.


@router.get("/send")
def ask(request: Request, citizen: Citizen) -> Response:
    """Show the form of a report (Art. 4-6)."""
    return show_form(request, citizen, form={}, click=secrets.token_hex(16))


def show_form(request: Request, citizen: Person, *, status: int = 200, **shown: Any) -> Response:
    """Return the form of a report, with what is missing."""
    (step,) = desk_of(request).desk.steps(None, citizen)
    fields = {field.name: field for field in step.fields}
    return render(request, "citizen_send.html", status=status, fields=fields, **shown)


@router.post("/send")
def receive(request: Request, citizen: Citizen, form: Form) -> Response:
    """Take a report; at first say what is missing, and send it as it is when that was seen.

    While the form is filled in, htmx asks for what is missing alone.
    """
    desk, lang = desk_of(request).desk, lang_of(request)
    missing = list_missing(desk, form, citizen, lang)
    shown: dict[str, Any] = {"form": form, "click": form.get("click"), "missing": missing}
    if request.headers.get("HX-Request"):
        return render(request, "citizen_missing.html", **shown)
    if any(each["must"] for each in missing) or (missing and form.get("anyway") != "1"):
        return show_form(request, citizen, status=422, **shown)
    limit(request, "send", most=60)
    try:
        act = make_act("receive", read_report(form), by=citizen)
        case = desk.do(None, act, command_id=f"{citizen.id}:{form.get('click')}")
    except PhanAnhError as error:
        status = status_of(error)
        message = message_of(error, status, lang)
        return show_form(request, citizen, status=status, error=message, **shown)
    add_code(request, case, case.code)
    return render(request, "citizen_receipt.html", status=201, case=case, hotline=HOTLINE)


def read_report(form: Mapping[str, str]) -> dict[str, str]:
    """Return what a citizen says in the form of a report."""
    said = {name: form[name] for name in ("kind", *CONTACT) if form.get(name)}
    return {**said, "content": form.get("content", ""), "channel": "portal"}


def list_missing(
    desk: Desk, form: Mapping[str, str], citizen: Person, lang: Any
) -> list[dict[str, Any]]:
    """Return what a report does not meet (Art. 6), found on a desk that records nothing.

    `must` is whether it cannot be sent like this. The rest is for its sender to decide.
    """
    trial = attrs.evolve(desk, store=MemoryStore())
    wrong = [] if form.get("kind") else [InputError(field="kind", code="missing")]
    try:
        report = {"kind": "information", **read_report(form)}
        unmet = trial.unmet(trial.do(None, make_act("receive", report, by=citizen)))
    except InputError as error:
        wrong, unmet = [*wrong, error], ()
    return [
        *({"code": e.field, "text": e.as_dict(lang)["message"], "must": True} for e in wrong),
        *({**each.as_dict(lang), "must": False} for each in unmet),
    ]


# Tracking.


@router.get("/track")
def ask_code(request: Request, citizen: Citizen) -> Response:
    """Show the form of a tracking code."""
    return render(request, "citizen_track.html", code="")


@router.post("/track")
def track(request: Request, citizen: Citizen, form: Form) -> Response:
    """Find a case by its code; a code that cannot be one is answered like one that is of none."""
    limit(request, "track", most=30)
    code = form.get("code", "")
    try:
        case = desk_of(request).desk.track(code)
    except (InputError, NotFoundError):
        return render(request, "citizen_track.html", status=404, code=code)
    add_code(request, case, code)
    return RedirectResponse(f"/my/{case.id}", 303)


@router.post("/forget")
def forget(request: Request, _citizen: Citizen, _form: Form) -> Response:
    """Forget the codes of this session, as on a computer that others use."""
    begin_session(request)
    return RedirectResponse("/", 303)


# A case of one's own.


@router.get("/my/{key}")
def show_case(request: Request, key: str, citizen: Citizen) -> Response:
    """Show a citizen their case: where it stands, when it is due and why, and what they may do."""
    return show_own(request, key, citizen)


@router.get("/my/{key}/receipt")
def show_receipt(request: Request, key: str, citizen: Citizen) -> Response:
    """Show the receipt of a case again, to print it."""
    case = desk_of(request).desk.track(require_code(request, key))
    return render(request, "citizen_receipt.html", case=case, hotline=HOTLINE)


@router.post("/my/{key}")
def act(request: Request, key: str, citizen: Citizen, form: Form) -> Response:
    """Record what a citizen does on the version they saw, or show why not and what they typed.

    Of a completion only what differs from what is known is recorded.
    """
    desk, code = desk_of(request).desk, require_code(request, key)
    try:
        case = desk.track(code)
        known, version = list_known(case), form.get("version", "")[:9]
        said = {n: v for n, v in form.items() if str(v).split() != known.get(n, "").split()}
        done = make_act(form.get("trigger", ""), said, by=name_sender(case, citizen))
        expected = int(version) if version.isdecimal() else 0
        desk.do(code, done, expected=expected, command_id=f"{citizen.id}:{form.get('click')}")
    except PhanAnhError as error:
        status = status_of(error)
        if status in (404, 500):
            raise
        shown: dict[str, Any] = {"error": message_of(error, status, lang_of(request)), "form": form}
        if status == 503:
            shown["click"] = form.get("click")  # perhaps recorded: the same click settles it
        if isinstance(error, ConflictError):
            shown["seen"] = error.expected
        return show_own(request, key, citizen, status=status, **shown)
    return RedirectResponse(f"/my/{key}", 303)


def require_code(request: Request, key: str) -> str:
    """Return the code of a case of this session; 404 as of a case that there is not."""
    if (code := code_of(request, key)) is None:
        raise HTTPException(404)
    return code


def name_sender(case: Case, citizen: Person) -> Person:
    """Return the sender of a case, who is whoever has its code (R48)."""
    known = case.sender_id
    return Person(id=known, role="citizen") if isinstance(known, str) else citizen


def list_known(case: Case) -> dict[str, str]:
    """Return what is recorded, by the names of the fields of a completion."""
    texts: dict[str, object] = {"content": case.content}
    texts |= {each: getattr(case.sender, each.removeprefix("sender."), None) for each in CONTACT}
    return {name: text for name, text in texts.items() if isinstance(text, str)}


def show_own(
    request: Request, key: str, citizen: Person, *, status: int = 200, **shown: Any
) -> Response:
    """Return the page of a case of one's own."""
    code, lang, desk = require_code(request, key), lang_of(request), desk_of(request).desk
    case, names = desk.as_of(desk.track(code)), request.app.state.registers.list_names()
    sender = name_sender(case, citizen)
    replies = [e for e in desk.history(case.id) if isinstance(e, Answered | Rejected)]
    record_read(request, key, "my")
    facts = {
        "case": case,
        "plain": case.as_dict(lang, for_=sender, by_code=True),
        "known": list_known(case),
        "reply": replies[-1] if replies and not case.is_open else None,
        "appointments": [each for each in case.appointments if not each.replaced_at],
        "explanation": desk.explain(case, lang=lang).splitlines() if case.deadlines else (),
        "timeline": desk.timeline(code, lang=lang, names=names, for_=sender),
        "steps": desk.steps(code, sender),
        "reasons": words("reason", lang),
        "files": list_files(request, key),
        "click": secrets.token_hex(16),
        "form": {},
        "seen": None,
    }
    return render(request, "citizen_case.html", status=status, **{**facts, **shown})


# What is public.


@router.get("/results")
def list_results(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Show what was published, the newest first; words are found with and without marks."""
    made = request.app.state.results.read(desk_of(request).desk, q)
    rows = made.published[(page - 1) * PAGE : page * PAGE]
    shown = {"rows": rows, "count": len(made.published), "q": q, "page": page, "most": PAGE}
    return render(request, "citizen_results.html", **shown)


@router.get("/results.atom")
@router.get("/results.json")
def feed_results(request: Request) -> Response:
    """Return the newest of what was published as a feed."""
    desk, lang = desk_of(request).desk, lang_of(request)
    known = request.app.state.results.read(desk)
    made = attrs.evolve(known, published=known.published[:FEED])
    named: dict[str, Any] = {
        "title": translate(request)("Kết quả giải quyết đã công khai", "Published results"),
        "home": str(request.url_for("list_results")),
        "lang": lang,
    }
    if request.url.path.endswith(".json"):
        return Response(made.as_json_feed(**named), media_type="application/feed+json")
    return Response(made.as_atom(**named, at=desk.now()), media_type="application/atom+xml")
