"""Files that are sent to a case: looked at by content, in the database, and given as downloads."""

import secrets
import struct
import time
import zipfile
from io import BytesIO
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import func, insert, literal, select

from examples.portal.cases import load
from examples.portal.database import UPLOADS, fetch, record
from examples.portal.sign_in import LARGEST, LARGEST_FILE, Form, code_of, limit, record_read
from phananh import Case, Desk, Sender

MOST = 10  # files of a case
SIGNATURES = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
router = APIRouter()


def find_ending(content: bytes) -> str:
    """Return the ending for what a file is by its content; 415 if it is not taken."""
    if found := [ending for begin, ending in SIGNATURES.items() if content.startswith(begin)]:
        return found[0]
    try:
        names = zipfile.ZipFile(BytesIO(content)).namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error):
        names = []
    if "word/document.xml" not in names or "word/vbaProject.bin" in names:
        raise HTTPException(415)
    return ".docx"


def load_shown(request: Request, key: str) -> Case:
    """Return a case of which this person may read who sent it, since a file can tell."""
    desk: Desk = request.app.state.desk.desk
    person, code = request.state.person, code_of(request, key)
    case = load(desk, key, person) if code is None else desk.track(code)
    is_shown = code or (request.state.account and case.as_dict("vi", for_=person)["sender"])
    if not is_shown or not isinstance(case.sender, Sender):  # erased
        raise HTTPException(404)
    return case


def list_files(request: Request, case: str) -> list[Any]:
    """Return id, name, time and sender of the files of a case, for whoever may have them."""
    columns = (UPLOADS.c.id, UPLOADS.c.name, UPLOADS.c.at, UPLOADS.c.who)
    try:
        query = select(*columns).where(UPLOADS.c.case_id == load_shown(request, case).id)
    except HTTPException:
        return []
    return fetch(request.app.state.engine, query.order_by(UPLOADS.c.at))


@router.post("/case/{key}/files", max_body_size=LARGEST + LARGEST_FILE)
def send_file(request: Request, key: str, form: Form) -> Response:
    """Take a file for a case that is open to this person."""
    limit(request, "files", most=30)
    case, file = load_shown(request, key), form.get("file")
    content = file.file.read() if getattr(file, "filename", "") else b""
    ending = find_ending(content)
    name = PurePath(file.filename).stem[:100] + ending
    values = {"id": secrets.token_hex(16), "case_id": case.id, "name": name, "content": content}
    values |= {"at": int(time.time()), "who": request.state.person.id}
    count = select(func.count()).where(UPLOADS.c.case_id == case.id).scalar_subquery()
    row = select(*(literal(v, UPLOADS.c[n].type) for n, v in values.items())).where(count < MOST)
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
    record_read(request, key, "file")
    saved = f"attachment; filename*=UTF-8''{quote(rows[0].name)}"
    headers = {"Content-Disposition": saved, "Content-Security-Policy": "sandbox"}
    return Response(rows[0].content, media_type="application/octet-stream", headers=headers)
