"""The pages of citizens, who have no account: send, track, act, and read what is public."""

from threading import Lock
from typing import Annotated, Any
from unicodedata import combining, normalize

import attrs
from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from examples.portal.accounts import ADMINISTRATOR
from examples.portal.cases import do, show, show_new
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import FORM, Citizen, Form, add_code, desk_of, limit
from phananh import Case, Desk, InputError, MemoryStore, NotFoundError, Person, Role, events, words
from phananh.acts import make_act
from phananh.office import list_publications

PAGE = 20  # public results on a page
NEWS = (events.Published, events.PublicationWithdrawn, events.PersonalDataErased, events.Completed)
CONTACT = ("sender.name", "sender.address", "sender.phone", "sender.email")  # Art. 6.c
NO_INBOX = {Role.OFFICE: "/report", ADMINISTRATOR: "/admin/accounts"}  # where their work is
router = APIRouter()


@router.get("/")
def home(request: Request) -> Response:
    """Show a citizen what there is to do, and send the staff to their work."""
    if account := request.state.account:
        return RedirectResponse(NO_INBOX.get(account.role, "/inbox"), 303)
    return render(request, "citizen_home.html", codes=request.session.get("codes"))


@router.get("/guidance")
def guide(request: Request) -> Response:
    """Show where a complaint or a denunciation goes, which is not here (Art. 1.1.b)."""
    return render(request, "citizen_guidance.html")


@router.api_route("/send", methods=FORM)
def receive(request: Request, citizen: Citizen, form: Form) -> Response:
    """Take a report, but first say what is missing, which can be left so if it was seen."""
    if not form:
        return show_new(request, "citizen_send.html")
    said = {name: form[name] for name in ("kind", *CONTACT) if form.get(name)}
    said |= {"content": form.get("content", ""), "channel": "portal"}
    missing = list_missing(request, said)
    shown: dict[str, Any] = {"form": form, "missing": missing}
    if request.headers.get("HX-Request"):  # while it is filled in
        return render(request, "citizen_missing.html", **shown)
    if any(each["must"] for each in missing) or (missing and form.get("anyway") != "1"):
        return show_new(request, "citizen_send.html", status=422, **shown)
    limit(request, "send", most=60)
    case = do(request, None, "receive", form, said)
    if not isinstance(case, Case):
        return show_new(request, "citizen_send.html", **{**shown, **case})
    add_code(request, case, case.code)
    return RedirectResponse(f"/my/{case.id}/receipt", 303)


def list_missing(request: Request, said: dict[str, str]) -> list[dict[str, Any]]:
    """Return what a report does not meet (Art. 6), and what it `must`, by a desk that forgets."""
    trial, lang = attrs.evolve(desk_of(request).desk, store=MemoryStore()), lang_of(request)
    wrong = [] if "kind" in said else [InputError(field="kind", code="missing")]
    try:
        act = make_act("receive", {"kind": "information", **said}, by=request.state.person)
        unmet = trial.unmet(trial.do(None, act))
    except InputError as error:
        wrong, unmet = [*wrong, error], ()
    return [
        *({"code": e.field, "text": e.as_dict(lang)["message"], "must": True} for e in wrong),
        *({**each.as_dict(lang), "must": False} for each in unmet),
    ]


@router.api_route("/track", methods=FORM)
def track(request: Request, citizen: Citizen, form: Form) -> Response:
    """Find a case by its code; a code that cannot be one is answered like one that is of none."""
    if not form:
        return render(request, "citizen_track.html", codes=request.session.get("codes"))
    limit(request, "track", most=30)
    code = form.get("code", "")
    try:
        case = desk_of(request).desk.track(code)
    except (InputError, NotFoundError):
        return render(request, "citizen_track.html", status=404, code=code)
    add_code(request, case, code)
    return RedirectResponse(f"/my/{case.id}", 303)


def require_code(request: Request, key: str, _citizen: Citizen) -> str:
    """Return the code of a case of this session, as whose sender they act from here (R48)."""
    if (code := request.session.get("codes", {}).get(key)) is None:
        raise HTTPException(404)  # as of a case that there is not
    known = desk_of(request).desk.track(code).sender_id
    if isinstance(known, str):  # neither a call nor erased
        request.state.person = Person(id=known, role=Role.CITIZEN)
    return code


Code = Annotated[str, Depends(require_code)]


@router.get("/my/{key}/receipt")
def show_receipt(request: Request, code: Code) -> Response:
    """Show the receipt of a case, also again, to print it."""
    return render(request, "citizen_receipt.html", case=desk_of(request).desk.track(code))


@router.api_route("/my/{key}", methods=FORM)
def act(request: Request, key: str, code: Code, form: Form) -> Response:
    """Show a citizen their case; record what they do, of a completion what is new alone."""
    desk = desk_of(request).desk
    known, done = list_known(desk.track(code)), dict[str, Any]()
    if form:
        limit(request, "act", most=60)
        said = {n: v for n, v in form.items() if str(v).split() != known.get(n, "").split()}
        if isinstance(done := do(request, code, form.get("trigger", ""), form, said), Case):
            return RedirectResponse(f"/my/{key}", 303)
    case = desk.track(code)
    replies = [e for e in desk.history(case.id) if isinstance(e, events.Answered | events.Rejected)]
    shown = show(request, case, "my", code) | {"reasons": words("reason", lang_of(request))}
    shown |= {"reply": replies[-1] if replies and not (case.is_open or case.is_withdrawn) else None}
    return render(request, "citizen_case.html", known=list_known(case), **shown | done)


def list_known(case: Case) -> dict[str, str]:
    """Return what is recorded, by the names of the fields of a completion."""
    texts: dict[str, object] = {"content": case.content}
    texts |= {each: getattr(case.sender, each.removeprefix("sender."), None) for each in CONTACT}
    return {name: text for name, text in texts.items() if isinstance(text, str)}


def fold(text: str) -> str:
    """Return a text without capitals and marks."""
    plain = normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(each for each in plain if not combining(each))


@attrs.define
class Results:
    """The published answers by case, as this process read them from the feed, to search in."""

    found: dict[str, tuple[Any, str]] = attrs.field(factory=dict)
    position: str | None = None
    turn: Any = attrs.field(factory=Lock)

    def read(self, desk: Desk, text: str = "") -> Any:
        """Return the publications that have these words, the newest first."""
        with self.turn:
            has_more = True
            while has_more:
                piece = desk.feed(after=self.position, events=NEWS, limit=5_000)
                changed = {entry.event.case for entry in piece.entries}
                for case in changed:
                    self.found.pop(case, None)
                for each in reversed(list_publications(desk, cases=changed).published):
                    self.found[each.case] = each, fold(f"{each.text} {each.case}")
                self.position, has_more = piece.next, piece.has_more
            known = [*reversed(self.found.values())]
        words = fold(text).split()
        published = tuple(each for each, folded in known if all(word in folded for word in words))
        return attrs.evolve(list_publications(desk, cases=()), published=published)


@router.get("/results")
def list_results(request: Request, q: str = "", page: int = 1) -> Response:
    """Show what was published, the newest first; words are found with and without marks."""
    found = request.app.state.results.read(desk_of(request).desk, q[:200]).published
    shown = {"rows": found[(page - 1) * PAGE : page * PAGE], "count": len(found), "most": PAGE}
    return render(request, "citizen_results.html", q=q, page=page, **shown)
