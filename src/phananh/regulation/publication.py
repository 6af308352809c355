"""What others may read of a case (Art. 2.2, 10.2.b): redacted by hand (R16, R45)."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from phananh.regulation.case import Case
from phananh.regulation.guards import Facts, guard, not_blank
from phananh.regulation.intake import parse_phone
from phananh.regulation.rules import Rules
from phananh.regulation.values.acts import Publish
from phananh.regulation.values.request import Sender

_RUN = re.compile(r"\+?\d(?:[-. ()]*\d)*")
_MOBILE = re.compile(r"0\d{9}")
# What shows nothing and stays in a name that was copied out of a document: soft hyphens, joiners,
# marks of direction, selectors.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)


def _normalize(text: str) -> str:
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(seen.casefold().split())


def _strip_marks(plain: str) -> str:
    """Return a normalized text without marks, commas: tổ 5, Phương Lâm is to 5 phuong lam."""
    apart = unicodedata.normalize("NFD", plain.replace("đ", "d").replace(",", " "))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def _is_in_text(value: str, text: str) -> bool:
    """Return whether `value` stands in `text` as words of its own: An is not in Lan."""
    if len(value) < 2 or value not in text:  # most are not, which is seen at once
        return False
    return bool(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text))


class _Searched(NamedTuple):
    """A text as names are sought in it, many of them: as it is, and without marks."""

    plain: str
    bare: str


def _prepare(text: str) -> _Searched:
    plain = _normalize(text)
    return _Searched(plain, _strip_marks(plain))


def _is_named_in(text: _Searched, given: str) -> bool:
    """Return whether `given` stands in `text`; two words and more even where marks are left out."""
    name = _prepare(given)
    return _is_in_text(name.plain, text.plain) or (
        " " in name.bare and _is_in_text(name.bare, text.bare)
    )


def _find_values(sender: Sender, field: str) -> Iterator[str]:
    """Yield what was given in a field, and of a long address what stands before its wide rest."""
    given = getattr(sender, field) or ""
    yield given
    parts = given.split(",")
    if field == "address" and len(parts) > 2:
        yield ",".join(parts[:2])


def _keep_digits(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("+84", "0")
    return "".join(c for c in plain if c.isdigit())


def _find_numbers(given: str) -> set[str]:
    """Return every number in what was given as a phone: two of them, one with a remark."""
    runs = _RUN.findall(unicodedata.normalize("NFKC", given))
    whole = {digits for run in runs if (digits := parse_phone(run))}
    return whole | {number for run in runs for number in _MOBILE.findall(_keep_digits(run))}


def find_sender_fields(case: Case, text: str) -> Facts | None:
    """Return which of the sender's fields a text still gives; None where it gives none."""
    sender = case.sender
    if not isinstance(sender, Sender):
        return None
    fields, read = ("name", "address", "email"), _prepare(text)
    named = [
        f for f in fields if any(_is_named_in(read, value) for value in _find_values(sender, f))
    ]
    digits = _keep_digits(text)
    if any(number in digits for number in _find_numbers(sender.phone or "")):
        named.append("phone")
    return {"field": "|".join(named)} if named else None


@guard("names_sender", "2.2", needs_act=True, reading="R45")
def sender_redacted(case: Case, act: Publish, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a text that still gives the sender's name, address, phone or e-mail."""
    return find_sender_fields(case, act.text)


@guard("names_accused", "2.2", needs_act=True, reading="R45")
def accused_redacted(case: Case, act: Publish, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a text that gives the id of an accused: their unit looks into it first."""
    read = _prepare(act.text)
    ids = {accused.id for accused in case.accused if accused.id}
    return {} if any(_is_named_in(read, each) for each in ids) else None


PUBLICATION = (not_blank("text", "10.2.b"), sender_redacted, accused_redacted)
