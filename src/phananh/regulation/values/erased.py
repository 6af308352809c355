"""What is left of a personal value after erasure (Art. 14)."""

import attrs


@attrs.frozen(kw_only=True)
class Erased:
    """What is left of a personal field after erasure: its length and a salted digest."""

    length: int
    digest: str


Text = str | Erased
