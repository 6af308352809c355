"""phananh: the hotline regulation of Decision 2370/QĐ-UBND (Hòa Bình, 2019) as software.

There are two ideas. A Case is a value: what a history of events adds up to. A Desk is where you
do things with cases: it asks the Regulation, and records what the Regulation allows.

A name is loaded at its first use, so a program that only counts working hours starts fast.

The examples of docstrings begin with these lines, and with the names of their own module:
    >>> from datetime import date, datetime, timedelta
    >>> from zoneinfo import ZoneInfo
    >>> from phananh import *
    >>> from phananh.testing import a_case, a_desk, a_person
    >>> friday = datetime(2025, 4, 25, 15, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    >>> desk = a_desk(at=friday)  # its clock stands still
    >>> operator, officer, agency = map(a_person, ("operator", "officer", "agency"))
    >>> head = a_person("agency_head", unit=officer.unit)
    >>> leadership, citizen = a_person("leadership"), a_person("citizen")
    >>> sender = Sender(name="Người gửi mẫu", phone="02183831022", id=citizen.id)
    >>> case = a_case(desk=desk, sender=sender)  # received by phone
"""

from typing import TYPE_CHECKING

from phananh.lazy import make_getattr

if TYPE_CHECKING:
    from phananh.desk.desk import Desk
    from phananh.errors import (
        ActError,
        ConflictError,
        InputError,
        NotFoundError,
        PhanAnhError,
        RefusedError,
        StepNotAllowedError,
        StoreError,
    )
    from phananh.messages.labels import words
    from phananh.regulation.case import Case
    from phananh.regulation.request import (
        Accused,
        Assignee,
        Channel,
        Kind,
        Person,
        Role,
        Sender,
        State,
    )
    from phananh.regulation.rules import HOA_BINH_2019, Rules
    from phananh.stores import open_store
    from phananh.stores.memory import MemoryStore
    from phananh.worktime import Term, WorkCalendar, vietnam_calendar

# These are the public names, and `docs/reference/api.md` lists those of the other modules.
__all__ = [
    "HOA_BINH_2019",
    "Accused",
    "ActError",
    "Assignee",
    "Case",
    "Channel",
    "ConflictError",
    "Desk",
    "InputError",
    "Kind",
    "MemoryStore",
    "NotFoundError",
    "Person",
    "PhanAnhError",
    "RefusedError",
    "Role",
    "Rules",
    "Sender",
    "State",
    "StepNotAllowedError",
    "StoreError",
    "Term",
    "WorkCalendar",
    "open_store",
    "vietnam_calendar",
    "words",
]

_NAMES = {
    "phananh.desk.desk": ("Desk",),
    "phananh.errors": (
        "ActError",
        "ConflictError",
        "InputError",
        "NotFoundError",
        "PhanAnhError",
        "RefusedError",
        "StepNotAllowedError",
        "StoreError",
    ),
    "phananh.messages.labels": ("words",),
    "phananh.regulation.case": ("Case",),
    "phananh.regulation.request": (
        "Accused",
        "Assignee",
        "Channel",
        "Kind",
        "Person",
        "Role",
        "Sender",
        "State",
    ),
    "phananh.regulation.rules": ("HOA_BINH_2019", "Rules"),
    "phananh.stores": ("open_store",),
    "phananh.stores.memory": ("MemoryStore",),
    "phananh.worktime": ("Term", "WorkCalendar", "vietnam_calendar"),
}

if not TYPE_CHECKING:  # a type checker would take any name at all for known
    __getattr__ = make_getattr(globals(), _NAMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
