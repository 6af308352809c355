"""What an office replaces while its portal runs: files of directory, procedures and notices."""

import secrets
import tempfile
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs
from sqlalchemy import Engine, delete, insert, select, update

from examples.portal.accounts import Account, read_accounts
from examples.portal.database import ACCOUNTS, REGISTERS, fetch, record
from phananh import InputError, Person, Role, vietnam_calendar
from phananh.office import Directory, Procedures
from phananh.worktime import WorkCalendar, notices_from_toml

NAMES = ("directory", "procedures", "notices")
PROCEDURES = Path(__file__).with_name("procedures.csv")  # until there are others
SECONDS = 2  # that a worker may lag behind
ALL = select(ACCOUNTS).order_by(ACCOUNTS.c.state)  # those that are closed first


def read_file(name: str, suffix: str, content: bytes) -> Any:
    """Return what the file of a register says; its ending tells how it is written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}{suffix}"
        path.write_bytes(content)
        if name not in ("directory", "procedures"):
            notices = notices_from_toml(path.read_text(encoding="utf-8", errors="replace"))
            return vietnam_calendar("A").with_notices(notices)
        return Directory.read(path) if name == "directory" else Procedures.read(path)


def list_lines(value: Any) -> list[tuple[str, str]]:
    """Return what a register says, line by line, to be compared; each has its kind or role."""
    if isinstance(value, Directory):
        rows = [(f"{each.id}: {each.name}", each.kind, each) for each in value.units]
        rows += [(f"{x.id}: {x.name}, {x.unit or '-'}", x.role, x) for x in value.people]
        return [(f"{y}, {x.since or '...'} - {x.until or '...'}", kind) for y, kind, x in rows]
    if isinstance(value, Procedures):
        return [(f"{each.id}: {each.name}", "") for each in value.procedures]
    days = [(one, day) for one in (value.notices if value else ()) for day in one.days]
    return [(f"{one.document}: {day.date:%d/%m/%Y}", day.kind) for one, day in days]


def list_held(case: Any) -> list[Any]:
    """Return whom another can replace, one of a unit: who has a case, or gets it back (8.1.c2)."""
    held = [each for each in (case.holder, case.officer) if each]
    accused = {each.id.casefold() for each in case.accused if each.id}
    if len({each.unit for each in held}) == 1:  # the accused of both, then
        held = sorted(held, key=lambda each: (each.id or "").casefold() not in accused)[:1]
    return held


class Registers:
    """The registers as they are now, and the directory of a desk; called, the hours of a holder."""

    def __init__(self, engine: Engine) -> None:
        """Stand on the database."""
        self.engine, self.read_at = engine, float(-SECONDS)
        self.values: dict[str, Any] = {"procedures": Procedures.read(PROCEDURES)}
        self.versions: dict[str, str] = {}
        self.get("accounts")  # before any request

    def get(self, name: str) -> Any:
        """Return the accounts, or a register, None if it was not given."""
        column = REGISTERS.c
        if time.monotonic() > self.read_at + SECONDS:
            self.read_at = time.monotonic()
            self.values["accounts"] = read_accounts(self.engine)
            self.values["all"] = [Account(**x._mapping) for x in fetch(self.engine, ALL)]
            for key, version in map(tuple, fetch(self.engine, select(column.name, column.version))):
                if self.versions.get(key) != version:
                    (row,) = fetch(self.engine, select(REGISTERS).where(column.name == key))
                    with suppress(*[InputError] * (key not in NAMES[:2])):  # an update knows more
                        self.values[key] = read_file(key, row.suffix, row.content)
                    self.versions[key] = version
        return self.values.get(name)

    def put(self, name: str, suffix: str, content: bytes) -> None:
        """Replace a register by a file that was read; limits were counted by former notices."""
        own, version = REGISTERS.c.name == name, secrets.token_hex(16)
        kept = update(REGISTERS).where(own).values(name="former " + REGISTERS.c.version)
        old = kept if name == "notices" else delete(REGISTERS).where(own)
        new = insert(REGISTERS).values(name=name, suffix=suffix, version=version, content=content)
        record(self.engine, old, new)
        self.read_at = float(-SECONDS)

    def list_people(self) -> list[tuple[str, Any]]:
        """Return the id, and name, role and unit, of each post of the directory, and account."""
        own = [(x.person_id, attrs.evolve(x, name=x.label)) for x in self.get("accounts").values()]
        return [(x.id, x) for x in getattr(self.get("directory"), "people", ())] + own

    def list_names(self) -> dict[str, str]:
        """Return the names of people and units by their ids."""
        office, own = self.get("directory"), self.get("accounts").values()
        known = {x.id: office.name_of(x.id) for x in office.units + office.people} if office else {}
        left = {each.person_id: each.label for each in self.get("all")}
        return left | known | {each.person_id: each.label for each in own}

    def check_act(self, act: Any, at: datetime, case: Any = None) -> None:
        """Refuse whom the directory does not know, and to give a case to whom no account is of."""
        if directory := self.get("directory"):
            directory.check_act(act, at, case)
        elif act.by.role != Role.CITIZEN:  # whose words are put right before the hand-over
            is_handed = act.trigger == "escalate" and case is not None
            accused = case.accused if is_handed else getattr(act, "accused", None) or ()
            old = case.accused if case and case.officer else ()
            for each in (x for x in accused if x.id and (is_handed or x not in old)):
                units = {x.unit for x in (e.person for e in self.get("all")) if x.id == each.id}
                named = {x.unit for x in (*accused, *old) if x.id == each.id} | {None}
                if not units or units - named:  # a name, say, which protects nobody
                    code = "accused_in_another_unit" if units else "accused_not_in_directory"
                    raise InputError(field="accused", code=code, known=sorted(units - named))
        to, known = getattr(act, "to", None), [e.person for e in self.get("accounts").values()]
        is_staff = act.by.role != Role.CITIZEN  # who alone learns who works here
        if is_staff and hasattr(to, "id"):  # whoever replaces a holder has their role
            held = (to, *(list_held(case) if case else ()))
            posts = [x for x in held if hasattr(x, "role") and to.unit in (x.unit, None)]
            if not any(Person(id=to.id, role=x.role, unit=x.unit) in known for x in posts[:1]):
                near = [str(each) for each in known if each.id == to.id]
                raise InputError(field="to", code="not_in_directory", value=str(to), known=near)
        units = sorted({each.unit for each in known if each.role == Role.AGENCY})
        if is_staff and (agency := getattr(act, "agency", None)) and agency not in units:
            raise InputError(field="agency", code="unknown_value", value=agency, known=units)

    def find_head(self, unit: str, at: datetime) -> Any:
        """Return the head of a unit at a moment, without a directory who has an account as such."""
        heads = {x.unit: key for key, x in self.list_people() if x.role == "agency_head"}
        return x.find_head(unit, at) if (x := self.get("directory")) else heads.get(unit)

    @property
    def calendars(self) -> tuple[WorkCalendar, ...]:
        """The calendar by which every holder's time is counted, and those of before."""
        now = self.get("notices") or vietnam_calendar("A")
        former = [each for key, each in [*self.values.items()] if key.startswith("former ")]
        return (now, *former, vietnam_calendar("A"))

    def __call__(self, role: Role, unit: str | None) -> WorkCalendar:
        """Return the hours of a holder."""
        return self.calendars[0]
