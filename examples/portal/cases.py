"""Who may see a case, what pages show of it, how a form is recorded, and the files of a case."""

import secrets
import struct
import time
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import func, insert, literal, select

from examples.portal.database import UPLOADS, fetch, record
from examples.portal.rendering import lang_of, message_of, render, status_of
from examples.portal.sign_in import LARGEST, Form, desk_of, digest, limit, record_reads
from phananh import Case, ConflictError, Desk, NotFoundError, Person, PhanAnhError, Sender
from phananh.acts import make_act
from phananh.office import list_readable, make_row
from phananh.stores import Page, Query

LARGEST_FILE = 5_000_000  # bytes
SIGNATURES = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
router = APIRouter()


def load(desk: Desk, key: str, user: Person) -> Case:
    """Return a case as it reads now, by its id and not by its tracking code."""
    case = desk.get(key, for_=user)
    if case.id != key:
        raise NotFoundError(key="...")
    return desk.as_of(case)


def find_readable(desk: Desk, user: Person, /, **filters: Any) -> Page:
    """Return a full page of the rows that a user may read."""
    return list_readable(desk.store, Query(**filters), user)[0]


def show(request: Request, found: Case, page: str, code: str = "") -> dict[str, Any]:
    """Return what a page shows of a case to whoever reads it, maybe by its `code` (R48)."""
    record_reads(request, page, found.id)
    desk, lang, user = desk_of(request).desk, lang_of(request), request.state.person
    names, key, case = request.app.state.registers.list_names(), code or found.id, desk.as_of(found)
    shown = {
        "case": case,
        "plain": case.as_dict(lang, for_=user, by_code=bool(code)),
        "row": make_row(desk, found, user, lang),
        "steps": desk.steps(key, user),
        "files": list_files(request, found.id),
        "timeline": desk.timeline(key, lang=lang, names=names, for_=user),
        "unmet": desk.unmet(case) if case.is_open else (),
        "click": secrets.token_hex(16),
    }
    with suppress(LookupError):  # it was counted on hours that are not here, as an import was
        shown["explanation"] = desk.explain(case, lang=lang).splitlines() if case.deadlines else ()
    return shown


def show_new(request: Request, template: str, **shown: Any) -> Response:
    """Return the form of a new case."""
    (step,) = desk_of(request).desk.steps(None, request.state.person)
    new = {"fields": {e.name: e for e in step.fields}, "form": {}, "click": secrets.token_hex(16)}
    return render(request, template, **{**new, **shown})


def do(request: Request, key: str | None, trigger: str, form: Any, said: Any) -> Any:
    """Record the act of a form, once a click, and return the case, or what the form then shows."""
    person, version = request.state.person, form.get("version", "")[:9]
    expected = int(version) if version.isdecimal() else 0
    named: Any = {"command_id": (n := form.get("click")) and digest(request.state.token, n)}
    try:
        act = make_act(trigger, said, by=person)
        return desk_of(request).desk.do(key, act, expected=expected if key else None, **named)
    except PhanAnhError as error:
        code = status_of(error)
        if code in (404, 500):
            raise
        shown = {"status": code, "form": form, "error": message_of(error, code, lang_of(request))}
        if code == 503:
            shown["click"] = form.get("click")  # perhaps recorded: the same click settles it
        if isinstance(error, ConflictError):
            shown["seen"] = error.expected  # others recorded since
        return shown


def find_ending(content: bytes) -> str:
    """Return the ending for what a file is by its content; 415 if it is not taken."""
    if found := [ending for begin, ending in SIGNATURES.items() if content.startswith(begin)]:
        return found[0]
    with suppress(zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error):
        names = zipfile.ZipFile(BytesIO(content)).namelist()
        if "word/document.xml" in names and "word/vbaProject.bin" not in names:
            return ".docx"
    raise HTTPException(415)


def load_shown(request: Request, key: str) -> Case:
    """Return a case of which this person may read who sent it, since a file can tell."""
    desk, person = desk_of(request).desk, request.state.person
    code = request.session.get("codes", {}).get(key)  # by which a citizen came to it (R48)
    case = load(desk, key, person) if code is None else desk.track(code)
    is_shown = code or (request.state.account and case.as_dict("vi", for_=person)["sender"])
    if not is_shown or case.is_sender_erased or not isinstance(case.sender, Sender):
        raise HTTPException(404)
    return case


def list_files(request: Request, case: str) -> list[Any] | None:
    """Return id, name, time and sender of the files of a case, None for whoever may have none."""
    columns = (UPLOADS.c.id, UPLOADS.c.name, UPLOADS.c.at, UPLOADS.c.who)
    with suppress(HTTPException):
        query = select(*columns).where(UPLOADS.c.case_id == load_shown(request, case).id)
        return fetch(request.app.state.engine, query.order_by(UPLOADS.c.at))
    return None


@router.post("/case/{key}/files", max_body_size=LARGEST + LARGEST_FILE)
def send_file(request: Request, key: str, form: Form) -> Response:
    """Take a file for a case that is open to this person, ten of theirs at most."""
    limit(request, "files", most=30)
    case, file = load_shown(request, key), form.get("file")
    if not case.is_open:
        raise HTTPException(409)
    content = file.file.read() if getattr(file, "filename", "") else b""
    ending, at = find_ending(content), int(time.time())
    own = {"case_id": case.id, "who": request.state.person.id}
    values = {"id": secrets.token_hex(16), "content": content, "at": at, **own}
    values["name"] = PurePath(file.filename).stem[:100] + ending
    count = select(func.count()).select_from(UPLOADS).filter_by(**own).scalar_subquery()
    row = select(*(literal(v, UPLOADS.c[n].type) for n, v in values.items())).where(count < 10)
    taken = insert(UPLOADS).from_select([*values], row)
    if len(content) > LARGEST_FILE or not record(request.app.state.engine, taken)[0]:
        raise HTTPException(413)
    return RedirectResponse(f"/{'case' if request.state.account else 'my'}/{key}", 303)


@router.get("/case/{key}/files/{file}")
def get_file(request: Request, key: str, file: str) -> Response:
    """Give a file back, to be saved and not to be shown."""
    own = (UPLOADS.c.case_id == load_shown(request, key).id) & (UPLOADS.c.id == file)
    rows = fetch(request.app.state.engine, select(UPLOADS).where(own))
    if not rows:
        raise HTTPException(404)
    record_reads(request, "file", key)
    saved = f"attachment; filename*=UTF-8''{quote(rows[0].name)}"
    headers = {"Content-Disposition": saved, "Content-Security-Policy": "sandbox"}
    return Response(rows[0].content, media_type="application/octet-stream", headers=headers)
