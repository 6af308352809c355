"""What others may read of a case (Art. 2.2, 8.1.c2, 10.2.b): redacted by hand (R16, R40)."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime

from phananh.regulation.case import Case
from phananh.regulation.conduct import unit_not_accused
from phananh.regulation.guards import Facts, guard, not_blank
from phananh.regulation.intake import phone_digits
from phananh.regulation.rules import Rules
from phananh.regulation.values.acts import NotifyUnit, Publish
from phananh.regulation.values.request import Sender

_RUN = re.compile(r"\+?\d(?:[-. ()]*\d)*")
_MOBILE = re.compile(r"0\d{9}")


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _bare(text: str) -> str:
    """Return the text without marks and commas: tổ 5, Phương Lâm is to 5 phuong lam."""
    apart = unicodedata.normalize("NFD", _plain(text).replace("đ", "d").replace(",", " "))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def _stands(value: str, text: str) -> bool:
    """Return whether `value` stands in `text` as words of its own: An is not in Lan."""
    return len(value) > 1 and bool(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text))


def _gives(text: str, given: str) -> bool:
    """Return whether `given` stands in `text`; two words and more even where marks are left out."""
    bare = _bare(given)
    return _stands(_plain(given), _plain(text)) or (" " in bare and _stands(bare, _bare(text)))


def _values(sender: Sender, field: str) -> Iterator[str]:
    """Yield what was given in a field, and of a long address what stands before its wide rest."""
    given = getattr(sender, field) or ""
    yield given
    parts = given.split(",")
    if field == "address" and len(parts) > 2:
        yield ",".join(parts[:2])


def _digits(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("+84", "0")
    return "".join(c for c in plain if c.isdigit())


def _numbers(given: str) -> set[str]:
    """Return every number in what was given as a phone: two of them, one with a remark."""
    runs = _RUN.findall(unicodedata.normalize("NFKC", given))
    whole = {digits for run in runs if (digits := phone_digits(run))}
    return whole | {number for run in runs for number in _MOBILE.findall(_digits(run))}


def _named(case: Case, text: str) -> Facts | None:
    sender = case.sender
    if not isinstance(sender, Sender):
        return None
    fields = ("name", "address", "email")
    named = [f for f in fields if any(_gives(text, value) for value in _values(sender, f))]
    digits = _digits(text)
    if any(number in digits for number in _numbers(sender.phone or "")):
        named.append("phone")
    return {"field": "|".join(named)} if named else None


@guard("names_sender", "2.2", needs_act=True)
def redacted(case: Case, act: Publish, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a text that still gives the sender's name, address, phone or e-mail."""
    return _named(case, act.text)


@guard("names_sender", "8.1.c2", needs_act=True)
def sender_unnamed(case: Case, act: NotifyUnit, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to telling the accused's unit who complained (reading R40)."""
    return _named(case, act.text or "")


PUBLICATION = (not_blank("text", "2.2"), redacted, unit_not_accused)
