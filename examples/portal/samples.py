"""A month of sample cases for an empty portal, with people, registers and accounts to try."""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from examples.portal.accounts import make_account
from examples.portal.registers import Registers
from phananh import Desk, RefusedError, StepNotAllowedError
from phananh.samples import LEADER, OPERATORS, PROVIDERS, UNITS, draw_changes
from phananh.stores import Store

PASSWORD = "mat-khau-mau"  # noqa: S105 - of samples, which only let in who sits at the machine
GIVEN: dict[str, list[Any]] = json.loads(
    Path(__file__).with_name("samples.json").read_text(encoding="utf-8")
)


def make_directory() -> dict[str, list[dict[str, Any]]]:
    """Return the sample directory: every unit and person of the sample cases."""
    units: list[Any] = [
        {"id": each.name, "name": each.name, "kind": "department"} for each in UNITS
    ]
    units += [{"id": each.unit, "name": each.unit, "kind": "provider"} for each in PROVIDERS]
    of_units = [each for u in UNITS for each in (*u.officers, u.focal, u.head)]
    people = [
        {"id": each.id, "name": f"Mẫu {each.id}", "role": each.role, "unit": each.unit}
        for each in (*of_units, *PROVIDERS, *OPERATORS, LEADER)
    ]
    return {"units": units, "people": [*people, {"id": "vp-1", "name": "Mẫu", "role": "office"}]}


def record_samples(store: Store, registers: Registers, now: datetime, count: int = 1_500) -> None:
    """Record registers, the cases of the last 30 days, and the sample accounts."""
    registers.put("directory", ".json", json.dumps(make_directory()).encode())
    changes = draw_changes(count, since=now - timedelta(days=30), until=now)
    while some := list(islice(changes, 500)):
        store.commit(some)
    hand_over(Desk(store=store))
    for values in GIVEN["accounts"]:
        fields = dict(zip(("name", "label", "role", "person_id", "unit"), values, strict=True))
        make_account(registers.engine, PASSWORD, state="sample", **fields)


def hand_over(desk: Desk) -> None:
    """Pass some new cases on, so that the officer and the agency among the accounts have work."""
    officer, agency = UNITS[0].officers[1], UNITS[0].focal.unit
    rows = desk.find(states=["received"], order="newest", limit=12).rows
    for n, row in enumerate(each for each in rows if each.kind != "service"):
        with suppress(RefusedError, StepNotAllowedError):  # its sender cannot be reached, say
            case = desk.escalate(row.case, to=officer, by=OPERATORS[0])
            if n % 2 and agency:
                at = desk.now() + timedelta(days=2)
                desk.request_verification(case, agency=agency, appointment=at, by=officer)
