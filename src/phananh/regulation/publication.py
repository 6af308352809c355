"""Art. 2.2, 10.2.b: what the public may see: a text redacted by hand, never automatic (R16)."""

import re
import unicodedata
from datetime import datetime

from phananh.regulation.acts import Publish
from phananh.regulation.case import Case
from phananh.regulation.conduct import unit_not_accused
from phananh.regulation.guard import Facts, guard, says
from phananh.regulation.intake import phone_digits
from phananh.regulation.request import Sender
from phananh.regulation.rules import Rules


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _gives(text: str, given: str) -> bool:
    """Return whether `given` stands in `text` as words of its own: An is not in Lan."""
    value = _plain(given)
    return len(value) > 1 and bool(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text))


def _digits(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("+84", "0")
    return "".join(c for c in plain if c.isdigit())


@guard("names_sender", "2.2", needs_act=True)
def redacted(case: Case, act: Publish, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a text that still gives the sender's name, address, phone or e-mail."""
    sender = case.sender
    if not isinstance(sender, Sender):
        return None
    text = _plain(act.text)
    named = [f for f in ("name", "address", "email") if _gives(text, getattr(sender, f) or "")]
    phone = phone_digits(sender.phone)
    if phone and phone in _digits(act.text):
        named.append("phone")
    return {"field": "|".join(named)} if named else None


PUBLICATION = (says("text", "2.2"), redacted, unit_not_accused)
