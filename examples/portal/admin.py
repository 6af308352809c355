"""The pages of the administrator: accounts, registers, and who read which case."""

import base64
import re
import secrets
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response
from sqlalchemy import select, tuple_

from examples.portal import accounts
from examples.portal.accounts import ADMINISTRATOR, ROLES, Account, read_accounts
from examples.portal.cases import LARGEST_FILE
from examples.portal.database import ACCOUNTS, READS, fetch
from examples.portal.registers import NAMES, list_lines, read_file
from examples.portal.rendering import render
from examples.portal.sign_in import FORM, Form, require_role
from phananh.acts import make_act

router = APIRouter(prefix="/admin")
NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,62}")


def require_administrator(request: Request) -> Account:
    """Return an administrator, after sending one without an authenticator to get one."""
    account = require_role(ADMINISTRATOR)(request)
    if account.otp_key is None and account.state != "sample":
        raise HTTPException(303, headers={"Location": "/account"})
    return account


Admin = Annotated[Account, Depends(require_administrator)]
Before = Annotated[str, Query(pattern=r"^([0-9]{1,12}-\w+)?$")]  # time and id of a read


@router.api_route("/accounts", methods=FORM)
def change_account(request: Request, admin: Admin, form: Form) -> Response:
    """Make an account, close one, or give it a new first password; its sessions end at once."""
    engine, name, do = request.app.state.engine, form.get("name", ""), form.get("do")
    password, is_known = secrets.token_urlsafe(12), name in read_accounts(engine, name)
    fields = {"name": name, "role": form.get("role"), "label": form.get("label") or name}
    fields |= {"person_id": form.get("person_id") or name, "unit": form.get("unit") or None}
    if do == "make" and not is_known and NAME.fullmatch(name) and fields["role"] in ROLES:
        act = make_act("note", {"text": name}, by=Account(**fields).person)
        request.app.state.registers.check_act(act, request.app.state.clock())
        accounts.make_account(engine, password, **fields)
    elif form and (name == admin.name or not is_known or do == "make"):
        raise HTTPException(422, "name")
    elif do == "close":
        accounts.change_account(engine, name, state="closed")
    elif form:
        hashed = accounts.hash_password(password)
        accounts.change_account(engine, name, password=hashed, otp_key=None, state="new")
    told = {"name": name, "password": "" if do in ("close", None) else password}
    rows = read_accounts(engine, *(x.name for x in fetch(engine, select(ACCOUNTS.c.name)))).values()
    return render(request, "admin_accounts.html", rows=rows, names=ROLES, **told)


@router.get("/reads")
def list_reads(request: Request, admin: Admin, case: str = "", before: Before = "") -> Response:
    """Show who read which case when, the last first, in pages."""
    at, _, last = before.partition("-")
    query = select(READS).order_by(READS.c.at.desc(), READS.c.id.desc()).limit(200)
    query = query.where(READS.c.case_id == case.strip().upper()) if case else query
    query = query.where(tuple_(READS.c.at, READS.c.id) < (int(at), last)) if before else query
    rows = fetch(request.app.state.engine, query)
    return render(request, "admin_reads.html", rows=rows, case=case)


@router.get("/registers")
def show_registers(request: Request, admin: Admin) -> Response:
    """Show the registers, with the lines of each."""
    rows = {name: list_lines(request.app.state.registers.get(name)) for name in NAMES}
    return render(request, "admin_registers.html", rows=rows)


@router.post("/registers", max_body_size=2 * LARGEST_FILE)
def replace_register(request: Request, admin: Admin, form: Form) -> Response:
    """Show what a file would change, and which due times a notice would move; then replace it."""
    registers, desk = request.app.state.registers, request.app.state.desk.desk
    name, file, suffix = form.get("name"), form.get("file"), str(form.get("suffix", ""))
    content, is_sure, moves = form.get("content", "").encode(), "content" in form, None
    if getattr(file, "filename", ""):
        content, suffix = file.file.read(), PurePath(file.filename).suffix.lower()
    if name not in NAMES or not re.fullmatch(r"\.[a-z]{1,5}", suffix):
        raise HTTPException(400)
    content = base64.b64decode(content + b"==") if is_sure else content
    value = read_file(name, suffix, content)
    old, new = list_lines(registers.get(name)), list_lines(value)
    if is_sure:
        registers.put(name, suffix, content)
    if name == "notices":
        desk = desk if is_sure else desk.with_calendars(value)
        moves = desk.recalculate(dry_run=not is_sure, on_move=lambda move: None)
    told: dict[str, Any] = {"name": name, "suffix": suffix, "is_sure": is_sure, "moves": moves}
    told |= {"old": old, "new": new, "content": base64.b64encode(content).decode()}
    return render(request, "admin_register.html", **told)
