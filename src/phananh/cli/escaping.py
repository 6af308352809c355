"""Text that is safe to print: it can neither steer the terminal nor hide (bidi overrides)."""

import re

# Controls (C0, C1), bidi marks and overrides, line separators, halves of surrogate pairs.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def escape_control(text: str) -> str:
    """Return one line in which what cannot be seen is written as \\uXXXX."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
