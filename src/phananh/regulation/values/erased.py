"""What is left of a personal value after erasure (Art. 14)."""

from typing import Any

import attrs

from phananh.errors import check_language
from phananh.messages.event_texts import EVENT_TAILS
from phananh.messages.message import say
from phananh.plain_value import PlainValue


@attrs.frozen(kw_only=True)
class Erased(PlainValue):
    """What is left of a personal field after erasure: its length and a salted digest.

    The length is in characters: of the text, or of a sender or documents as they were stored.
    """

    length: int
    digest: str

    def text(self, lang: str = "en") -> str:
        """Return that it was erased, in `vi` or `en`."""
        return say(EVENT_TAILS["erased"], check_language(lang))

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        return {"erased": True, "length": self.length}


Text = str | Erased
