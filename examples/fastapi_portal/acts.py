"""The forms of the acts: which fields each has, and how they become arguments of the desk."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import attrs

from examples.fastapi_portal.accounts import Account
from phananh import Assignee, Case, Role, Sender, words

OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
Options = Mapping[str, str]


class FormError(ValueError):
    """A field of a form that cannot be read; its name."""


@attrs.frozen
class Field:
    """A field of a form; `kind` is "text", "line", "time" or "choice"."""

    name: str
    label: str
    kind: str = "text"
    required: bool = True
    options: Options = attrs.field(factory=dict)


YES = {"yes": "thuộc thẩm quyền", "no": "không thuộc thẩm quyền"}
SCORES = {str(score): str(score) for score in range(5, 0, -1)}
TEXT = (Field("text", "Nội dung"),)
RECEIPT = (
    Field("kind", "Loại nội dung", "choice", options=words("kind", "vi")),
    Field("content", "Nội dung"),
    Field("name", "Họ tên hoặc tên tổ chức", "line", required=False),
    Field("phone", "Số điện thoại", "line", required=False),
)
FORMS: dict[str, tuple[Field, ...]] = {
    "complete": (Field("content", "Toàn bộ nội dung", required=False), *RECEIPT[2:]),
    "note": TEXT,
    "reject": (
        Field("reasons", "Lý do", "choice", options=words("reason", "vi")),
        Field("guidance", "Hướng dẫn"),
    ),
    "answer": TEXT,
    "escalate": (Field("to", "Chuyển đến", "choice"),),
    "advise": (*TEXT, Field("within_competence", "Thẩm quyền", "choice", options=YES)),
    "request_verification": (
        Field("agency", "Cơ quan, đơn vị", "choice"),
        Field("appointment", "Hẹn trả lời lúc", "time"),
    ),
    "report_findings": TEXT,
    "reschedule": (Field("to", "Hẹn lại đến", "time"), Field("reason", "Lý do")),
    "reassign": (Field("to", "Người được cử, trong cùng đơn vị", "choice"),),
    "notify_unit": (Field("unit", "Cơ quan, đơn vị", "choice"), *TEXT),
    "close": (),
    "publish": TEXT,
    "commend": TEXT,
    "rate": (Field("score", "Mức độ hài lòng, từ 1 đến 5", "choice", options=SCORES),),
}
Read = Callable[[str, Mapping[str, Account]], object]
READ: dict[tuple[str, str], Read] = {
    ("reject", "reasons"): lambda value, _: [value],
    ("escalate", "to"): lambda value, accounts: accounts[value].person,
    ("advise", "within_competence"): lambda value, _: value == "yes",
    ("request_verification", "appointment"): lambda value, _: read_time(value),
    ("reschedule", "to"): lambda value, _: read_time(value),
    ("reassign", "to"): lambda value, accounts: read_assignee(accounts[value]),
    ("rate", "score"): lambda value, _: int(value),
}


def read_text(value: str, _: Mapping[str, Account]) -> str:
    """Return a text as it was typed."""
    return value


def read_time(value: str) -> datetime:
    """Return the instant of a field of time, which is on the clock of the office."""
    return datetime.fromisoformat(value).replace(tzinfo=OFFICE)


def read_assignee(account: Account) -> Assignee:
    """Return whoever takes the case in the same unit."""
    return Assignee(id=account.person.id, unit=account.person.unit)


def fields_of(trigger: str, case: Case, accounts: Mapping[str, Account]) -> tuple[Field, ...]:
    """Return the fields of an act on a case, with the people and units that can be chosen."""
    people = {name: each.label for name, each in accounts.items() if is_target(each)}
    units = units_of(accounts)
    choices = {
        "escalate": people,
        "request_verification": units,
        "notify_unit": units,
        "reassign": {n: each.label for n, each in accounts.items() if is_colleague(each, case)},
    }
    return tuple(
        attrs.evolve(field, options=field.options or choices[trigger])
        if field.kind == "choice"
        else field
        for field in FORMS[trigger]
    )


def is_target(account: Account) -> bool:
    """Tell whether a case can be passed on to an account (Art. 8.1.b, 8.2.a, 8.3)."""
    return account.person.role in (Role.OFFICER, Role.PROVIDER, Role.LEADERSHIP)


def is_colleague(account: Account, case: Case) -> bool:
    """Tell whether an account can take a case from whoever has it in their unit (Art. 8.1.c2)."""
    person, holder = account.person, case.holder
    works = person.role in (Role.OFFICER, Role.PROVIDER, Role.AGENCY)
    return works and holder is not None and person.unit == holder.unit and person.id != holder.id


def units_of(accounts: Mapping[str, Account]) -> dict[str, str]:
    """Return units, each with the words of its first account."""
    return {e.person.unit: e.label for e in reversed(accounts.values()) if e.person.unit}


def read_sender(form: Mapping[str, str]) -> Sender:
    """Return name and contact of a form."""
    return Sender(name=form.get("name") or None, phone=form.get("phone") or None)


def read_arguments(
    trigger: str, form: Mapping[str, str], accounts: Mapping[str, Account]
) -> dict[str, object]:
    """Return the arguments of an act; the desk checks what they say."""
    if trigger == "complete":
        sender = read_sender(form) if form.get("name") or form.get("phone") else None
        return {"content": form.get("content") or None, "sender": sender}
    return {field.name: read(trigger, field.name, form, accounts) for field in FORMS[trigger]}


def read(
    trigger: str, name: str, form: Mapping[str, str], accounts: Mapping[str, Account]
) -> object:
    """Return the argument that a field gives."""
    reader = READ.get((trigger, name), read_text)
    try:
        return reader(form.get(name, ""), accounts)
    except (KeyError, ValueError):
        raise FormError(name) from None
