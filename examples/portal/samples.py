"""A month of sample cases for an empty portal, with people, registers and accounts to try."""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import attrs

from examples.portal.accounts import make_account
from examples.portal.registers import Registers
from phananh import Desk, Person, RefusedError, StepNotAllowedError
from phananh.samples import LEADER, OPERATORS, PROVIDERS, UNITS, draw_changes
from phananh.stores import Store

PASSWORD = "mat-khau-mau"  # noqa: S105 - of samples, which only let in who sits at the machine


def record_samples(store: Store, registers: Registers, now: datetime, count: int = 1_500) -> None:
    """Record the directory, the cases of the last 30 days, and the sample accounts."""
    staff = [each for u in UNITS for each in (*u.officers, u.focal, u.head)]
    staff += [*PROVIDERS, *OPERATORS, LEADER, Person(id="vp-1", role="office")]
    kinds = {e.name: "department" for e in UNITS} | {str(e.unit): "provider" for e in PROVIDERS}
    people = [attrs.asdict(each) | {"name": f"Mẫu {each.id}"} for each in staff]
    units = [{"id": name, "name": name, "kind": kind} for name, kind in kinds.items()]
    registers.put("directory", ".json", json.dumps({"units": units, "people": people}).encode())
    store.commit([*draw_changes(count, since=now - timedelta(days=30), until=now)])
    desk, officer, agency = Desk(store=store), UNITS[0].officers[1], UNITS[0].focal.unit
    rows = desk.find(states=["received"], order="newest", limit=12).rows
    for n, row in enumerate(each for each in rows if each.kind != "service"):
        with suppress(RefusedError, StepNotAllowedError):  # its sender cannot be reached, say
            case = desk.escalate(row.case, to=officer, by=OPERATORS[0])
            if n % 2 and agency:
                at = desk.now() + timedelta(days=2)
                desk.request_verification(case, agency=agency, appointment=at, by=officer)
    for fields in json.loads(Path(__file__).with_name("samples.json").read_text("utf-8")):
        make_account(registers.engine, PASSWORD, state="sample", **fields)
