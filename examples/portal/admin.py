"""The pages of the administrator: accounts, registers, and who read which case."""

import base64
import re
import secrets
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from examples.portal.accounts import (
    ADMINISTRATOR,
    ROLES,
    Account,
    change_account,
    hash_password,
    make_account,
    read_accounts,
)  # fmt: skip
from examples.portal.database import READS, fetch
from examples.portal.errors import message_of
from examples.portal.registers import NAMES, list_lines, read_file
from examples.portal.rendering import lang_of, render
from examples.portal.sign_in import Form, require_role
from phananh import InputError, words

router = APIRouter(prefix="/admin")
Admin = Annotated[Account, Depends(require_role(ADMINISTRATOR))]
NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,62}")


@router.get("/accounts")
def list_accounts(request: Request, admin: Admin) -> Response:
    """Show the accounts."""
    return show_accounts(request)


def show_accounts(request: Request, *, status: int = 200, **told: Any) -> Response:
    """Return the page of the accounts, with what was just done, or what is wrong."""
    rows = read_accounts(request.app.state.engine).values()
    roles = words("role", lang_of(request))
    return render(
        request, "admin_accounts.html", status=status, rows=rows, names=ROLES, roles=roles, **told
    )


@router.post("/accounts")
def make(request: Request, admin: Admin, form: Form) -> Response:
    """Make an account, with a first password that is shown once."""
    name, password = str(form.get("name", "")), secrets.token_urlsafe(12)
    fields = {"name": name, "role": form.get("role"), "label": form.get("label") or name}
    fields |= {"person_id": form.get("person_id") or name, "unit": form.get("unit") or None}
    if not NAME.fullmatch(name) or fields["role"] not in ROLES:
        return show_accounts(request, status=422, wrong="name")
    try:
        make_account(request.app.state.engine, password, **fields)
    except InputError as error:
        return show_accounts(request, status=422, error=message_of(error, 422, lang_of(request)))
    except IntegrityError:
        return show_accounts(request, status=409, wrong="taken")
    return show_accounts(request, status=201, name=name, password=password)


@router.post("/accounts/{name}")
def change(request: Request, admin: Admin, name: str, form: Form) -> Response:
    """Close an account, or give it a new first password; its sessions end at once."""
    engine, password = request.app.state.engine, secrets.token_urlsafe(12)
    if name == admin.name or name not in read_accounts(engine):
        raise HTTPException(404)
    if form.get("do") == "close":
        change_account(engine, name, state="closed")
        return show_accounts(request, name=name)
    change_account(engine, name, password=hash_password(password), otp_key=None, state="new")
    return show_accounts(request, name=name, password=password)


@router.get("/reads")
def list_reads(request: Request, admin: Admin, case: str = "") -> Response:
    """Show who read which case when, the last first."""
    query = select(READS).where(READS.c.case_id == case.strip()) if case else select(READS)
    rows = fetch(request.app.state.engine, query.order_by(READS.c.at.desc()).limit(200))
    return render(request, "admin_reads.html", rows=rows, case=case)


@router.get("/registers")
def list_registers(request: Request, admin: Admin) -> Response:
    """Show the registers."""
    return show_registers(request)


def show_registers(request: Request, *, status: int = 200, **told: Any) -> Response:
    """Return the page of the registers, with the lines of each."""
    rows = {name: list_lines(request.app.state.registers.get(name)) for name in NAMES}
    return render(request, "admin_registers.html", status=status, rows=rows, **told)


@router.post("/registers")
def replace_register(request: Request, admin: Admin, form: Form) -> Response:
    """Show what a file would change, and which due times a notice would move; then replace it."""
    registers, desk, name = (
        request.app.state.registers,
        request.app.state.desk.desk,
        form.get("name"),
    )
    file, suffix = form.get("file"), str(form.get("suffix", ""))
    content = base64.b64decode(form.get("content", ""))
    if getattr(file, "filename", ""):
        content, suffix = file.file.read(), PurePath(file.filename).suffix.lower()
    if name not in NAMES or not content or not re.fullmatch(r"\.[a-z]{1,5}", suffix):
        raise HTTPException(400)
    try:
        value = read_file(name, suffix, content)
    except InputError as error:
        return show_registers(request, status=422, error=message_of(error, 422, lang_of(request)))
    is_sure, moves = "content" in form, None
    old, new = list_lines(registers.get(name)), list_lines(value)
    if is_sure:
        registers.put(name, suffix, content)
    if name == "notices":
        desk = desk if is_sure else desk.with_calendars(value)
        moves = desk.recalculate(dry_run=not is_sure, on_move=lambda move: None)
    told = {"name": name, "suffix": suffix, "moves": moves}
    if is_sure:
        return show_registers(request, **told)
    told |= {"added": [x for x in new if x not in {*old}], "content": base64.b64encode(content)}
    told["removed"] = [x for x in old if x not in {*new}]
    return render(request, "admin_register.html", **told)
