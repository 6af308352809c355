"""What becomes of a result: it is published, and its sender commended (Art. 2.2, 10.2.b, 16.1).

What the public may read of a case was redacted by hand (R16, R45). The head of the unit that
handled it proposes to commend (second paragraph of 16.1). If no unit handled the case, because an
operator answered it, the leadership proposes.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from itertools import filterfalse
from typing import NamedTuple

from phananh.regulation.acts import Act, Publish
from phananh.regulation.case import Case
from phananh.regulation.cleaning import is_same_id, unify_spelling
from phananh.regulation.guards import Facts, Rules, guard, not_blank
from phananh.regulation.intake import within_scope
from phananh.regulation.request import Role, Sender

_RUN = re.compile(r"\d(?:[^\w,;/]*\d)*")
_APART = re.compile(r"[\s,._-]+")
_MOBILE = re.compile(r"0\d{9}")
# What is invisible and stays in a name that was copied from a document: soft hyphens, joiners,
# marks of direction, selectors.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_READ_ALIKE = str.maketrans("oil", "011")
_LONG = 8  # digits of a number that may be a person's
_FIELDS = ("name", "address", "email", "phone", "id", "code")


class _Searched(NamedTuple):
    """A text in the forms in which names, numbers and codes are searched."""

    plain: str
    bare: str
    digits: str
    letters: str


def _normalize(text: str) -> str:
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(unify_spelling(unicodedata.normalize("NFC", seen.casefold())).split())


def _strip_marks(normal: str) -> str:
    """Return the words without marks and joints: Phương-Lâm, tổ 5 is phuong lam to 5."""
    if normal.isascii():
        return _APART.sub(" ", normal).strip()
    apart = unicodedata.normalize("NFD", normal.replace("đ", "d"))
    return _APART.sub(" ", "".join(filterfalse(unicodedata.combining, apart))).strip()


def _keep_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) for c in filter(str.isdecimal, text))


def _keep_letters(bare: str) -> str:
    """Return letters and digits in a row, as in a code: O becomes 0, and I and L become 1."""
    return "".join(filter(str.isalnum, bare)).translate(_READ_ALIKE)


def _prepare(text: str) -> _Searched:
    plain = _normalize(text)
    bare = _strip_marks(plain)
    return _Searched(plain, bare, _keep_digits(plain), _keep_letters(bare))


def _is_in_text(value: str, text: str, beside: str) -> bool:
    """Return whether `text` has `value` without a character of the class `beside` next to it."""
    if len(value) < 2 or value not in text:
        return False
    before = beside if value[0].isalpha() else r"\w"
    behind = beside if value[-1].isalpha() else r"\w"
    return bool(re.search(f"(?<!{before}){re.escape(value)}(?!{behind})", text))


def _is_named_in(text: _Searched, given: str) -> bool:
    """Return whether `text` has `given` as words of its own: An is not in Lan.

    Two words and more are also found without marks, with any joint, and beside a digit.
    """
    plain = _normalize(given)
    if _is_in_text(plain, text.plain, r"\w"):
        return True
    bare = _strip_marks(plain)
    several = " " in plain or (" " in bare and not any(c.isdigit() or c == "@" for c in plain))
    return several and _is_in_text(bare, text.bare, r"[^\W\d_]")


def _find_values(sender: Sender, field: str) -> Iterator[str]:
    """Yield the value of a field, and the first two parts of a long address."""
    given = getattr(sender, field) or ""
    yield given
    parts = given.split(",")
    if field == "address" and len(parts) > 2:
        yield ",".join(parts[:2])


def _cut_prefix(digits: str) -> str:
    """Return the part of a number that all its forms share: without 0, 84, 0084 before it."""
    core = digits.lstrip("0")
    core = core[2:].lstrip("0") if core.startswith("84") and len(core) > 10 else core
    return core if len(core) >= _LONG else digits


def _find_numbers(given: str) -> set[str]:
    """Return every number in a phone field, which may have two, or one with a remark."""
    plain = _normalize(given)
    runs = [_keep_digits(run) for run in _RUN.findall(plain)]
    found = {run for run in runs if _LONG <= len(run) <= 15}
    found |= {number for run in runs for number in _MOBILE.findall(run)}
    return {
        _cut_prefix(number) for number in found or {_keep_digits(plain)} if len(number) >= _LONG
    }


def _find_named(sender: Sender, text: _Searched) -> Iterator[str]:
    """Yield the fields of this sender that the text shows."""
    for field in ("name", "address", "email"):
        if any(_is_named_in(text, value) for value in _find_values(sender, field)):
            yield field
    if sender.phone and any(number in text.digits for number in _find_numbers(sender.phone)):
        yield "phone"


def _find_keys(case: Case, text: _Searched) -> Iterator[str]:
    """Yield `id` and `code` if the text shows the sender's id or the tracking code."""
    key = case.sender_id
    if isinstance(key, str):
        is_number = key.isdigit()  # a short one is too common: 1022 in a text is not an id
        if (len(key) >= _LONG and key in text.digits) if is_number else _is_named_in(text, key):
            yield "id"
    if isinstance(case.code, str) and _keep_letters(case.code.casefold()) in text.letters:
        yield "code"


def find_sender_fields(case: Case, text: str) -> Facts | None:
    """Return which fields of the sender a text shows, present or replaced ones, or None.

    It is None once the sender was erased, because there is no data left to compare with.
    """
    if not isinstance(case.sender, Sender):
        return None
    read = _prepare(text)
    given = {*_find_keys(case, read)}
    for sender in (case.sender, *case.former_senders):
        given |= {*_find_named(sender, read)}
    named = [field for field in _FIELDS if field in given]
    return {"field": "|".join(named)} if named else None


@guard("names_sender", "2.2", needs_act=True, compares=True, reading="R45")
def sender_redacted(case: Case, act: Publish, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a text that still identifies the sender, or shows the tracking code."""
    return {} if find_sender_fields(case, act.text) else None


@guard("names_accused", "2.2", needs_act=True, compares=True, reading="R45")
def accused_redacted(case: Case, act: Publish, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a text that shows the id of an accused: their unit looks into it first."""
    read = _prepare(act.text)
    ids = {accused.id for accused in case.accused if accused.id}
    return {} if any(_is_named_in(read, each) for each in ids) else None


PUBLICATION = (not_blank("text", "10.2.b"), sender_redacted, accused_redacted)


@guard("not_handling_unit", "16.1.p2")
def by_head_of_handling_unit(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to the head of a unit that did not handle the case."""
    if act.by.role is not Role.AGENCY_HEAD:
        return None
    return None if any(is_same_id(act.by.unit, unit) for unit in case.handled_by) else {}


@guard("unit_proposes", "16.1.p2")
def no_unit_handled(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to the leadership proposing in place of a unit that handled the case."""
    return {} if act.by.role is Role.LEADERSHIP and case.handled_by else None


COMMENDATION = (
    within_scope,
    by_head_of_handling_unit,
    no_unit_handled,
    not_blank("text", "16.1.p2"),
)
