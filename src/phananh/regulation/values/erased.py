"""What is left of a personal value after erasure (Art. 14)."""

from typing import Any

import attrs

from phananh.plain_value import PlainValue


@attrs.frozen(kw_only=True)
class Erased(PlainValue):
    """What is left of a personal field after erasure: its length and a salted digest."""

    length: int
    digest: str

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        return {"erased": True, "length": self.length}


Text = str | Erased
